//! The rules of a topic.

use crate::report::doc::survey::{Survey, Topic};
use crate::report::document::{
    Block, Card, Fact, Point, Span, Tone, fact, joined, paragraph, text,
};
use crate::report::phrases;
use crate::report::phrases::count;
use crate::report::show;
use crate::report::style::Role;
use candidacy_engine::plan::Rule;
use candidacy_engine::strength::Strength;
use candidacy_engine::verdict::Grade;

use super::condition;

pub fn parts(survey: &Survey<'_>, topic: &Topic) -> Vec<Block> {
    let cards: Vec<Block> = topic
        .rules
        .iter()
        .flat_map(|number| {
            let forms = survey.plan.forms(*number).iter().enumerate();
            forms.map(|(form, rule)| card(survey, rule, form == 0))
        })
        .collect();
    if cards.is_empty() {
        return cards;
    }
    let heading = Block::Heading {
        role: Role::Heading,
        id: String::new(),
        title: "What the answers decide".to_owned(),
    };
    std::iter::once(heading).chain(cards).collect()
}

/// A rule, or one form of it. Links lead to the `first` form.
fn card(survey: &Survey<'_>, rule: &Rule, first: bool) -> Block {
    let plan = survey.plan;
    let mut facts = vec![Fact {
        name: "Applies when",
        says: condition(plan, &rule.when),
    }];
    facts.extend(ends(rule));
    facts.extend(unsure(rule));
    facts.extend(show::in_force(rule).map(|days| fact("In force", days)));
    for one in show::relaxations(plan, rule) {
        let (until, owner, reason) = (one.until.in_words(), &one.owner, &one.reason);
        let says = format!("relaxed until {until}; {owner} is responsible: {reason}");
        facts.push(fact("Set aside", says));
    }
    facts.push(fact("Why", rule.why.clone()));
    facts.extend(advice(survey, rule));
    facts.extend(rule.note.clone().map(|note| fact("Note", note)));
    facts.push(sources(survey, rule));
    facts.extend(rule.unverified.clone().map(|unverified| Fact {
        name: "Open",
        says: vec![Block::Text(Tone::Plain, vec![Span::Unverified(unverified)])],
    }));
    if rule.private {
        facts.push(fact(
            "Private",
            "the front desk does not see that it is this rule",
        ));
    }
    if !rule.icd10.is_empty() {
        facts.push(fact("ICD-10", rule.icd10.join(", ")));
    }
    facts.extend(tried(survey, rule));
    Block::Card(Card {
        id: if first {
            format!("rule-{}", rule.id)
        } else {
            String::new()
        },
        title: phrases::title(rule).into_owned(),
        code: rule.id.clone(),
        verdict: Some(rule.grade.verdict()),
        ticked: true,
        says: vec![Block::Facts(facts)],
        ..Card::default()
    })
}

/// What ends the reason; none if the rule does not say.
fn ends(rule: &Rule) -> Option<Fact> {
    if let Some(clears) = &rule.clears {
        return Some(fact("Ends", clears.clone()));
    }
    let mut waits: Vec<String> = Vec::new();
    let tests = rule.when.tests().into_iter();
    for period in tests.filter_map(|test| test.check.period()) {
        let wait = period.to_string();
        if !waits.contains(&wait) {
            waits.push(wait);
        }
    }
    (rule.grade == Grade::Temporary && !waits.is_empty()).then(|| {
        fact(
            "Ends",
            format!(
                "by the calendar, when the wait of {} is over",
                waits.join(" or ")
            ),
        )
    })
}

/// What the rule counts as while undecided, if this differs from the default.
fn unsure(rule: &Rule) -> Option<Fact> {
    let usual = if rule.grade == Grade::Precaution {
        Grade::Precaution
    } else {
        Grade::Relative
    };
    (rule.if_unsure != usual).then(|| Fact {
        name: "While not known",
        says: vec![Block::Text(
            Tone::Plain,
            vec![text("counts as "), Span::Verdict(rule.if_unsure.verdict())],
        )],
    })
}

fn advice(survey: &Survey<'_>, rule: &Rule) -> Option<Fact> {
    let texts = rule.advice.iter();
    let texts: Vec<&str> = texts
        .filter_map(|number| survey.plan.advice.get(*number))
        .map(|advice| advice.text.as_str())
        .collect();
    let says = match texts.as_slice() {
        [] => return None,
        [one] => paragraph(*one),
        several => Block::Points(
            several
                .iter()
                .map(|one| Point {
                    words: vec![text(*one)],
                    under: Vec::new(),
                })
                .collect(),
        ),
    };
    Some(Fact {
        name: "Advice",
        says: vec![says],
    })
}

/// The sources a rule names, strongest first.
fn sources(survey: &Survey<'_>, rule: &Rule) -> Fact {
    let mut spans = Vec::new();
    for strength in Strength::ALL {
        let links = rule.sources.iter().filter_map(|number| {
            let citation = survey.plan.citations.get(*number)?;
            (citation.strength == strength).then(|| Span::Link {
                to: format!("source-{}", number + 1),
                words: citation.id.clone(),
            })
        });
        let links = joined(links, ", ");
        if links.is_empty() {
            continue;
        }
        if !spans.is_empty() {
            spans.push(text(" · "));
        }
        spans.push(Span::Strong(strength.word().to_owned()));
        spans.push(text(": "));
        spans.extend(links);
    }
    Fact {
        name: "Sources",
        says: vec![Block::Text(Tone::Plain, spans)],
    }
}

/// How often the cases test the rule; none if the pack has no cases.
fn tried(survey: &Survey<'_>, rule: &Rule) -> Option<Fact> {
    let tried = survey.tried(rule);
    (!survey.plan.cases.is_empty()).then(|| {
        fact(
            "Cases",
            format!(
                "applies in {}, undecided in {}",
                count(tried.applies, "case"),
                tried.undecided
            ),
        )
    })
}
