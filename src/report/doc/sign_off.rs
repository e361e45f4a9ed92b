//! The last sections: the cases, the sources, unverified statements, and space for signatures.

use crate::report::doc::survey::{Survey, Tried, Where};
use crate::report::document::{Block, Span, Table, Tone, paragraph, section, text, with_code};
use crate::report::phrases::count;
use crate::report::style::Role;
use candidacy_engine::date::Date;
use candidacy_engine::plan::{Citation, Promise};
use candidacy_engine::strength::Strength;

use super::summary::meaning;
use super::{most_severe_first, rule_link, rules_by_name};

pub fn parts(survey: &Survey<'_>) -> Vec<Block> {
    let mut parts = cases(survey);
    parts.extend(sources(survey));
    parts.push(section("unverified", "Not yet verified"));
    parts.extend(unverified(survey));
    parts.push(section("signature", "Signature"));
    parts.extend(signature(survey));
    parts
}

fn cases(survey: &Survey<'_>) -> Vec<Block> {
    let plan = survey.plan;
    let mut parts = vec![section("cases", "Cases")];
    if plan.cases.is_empty() {
        parts.push(paragraph("There are none."));
        return parts;
    }
    parts.push(with_code(&format!(
        "{}: made-up patients, each with the verdict that must result. `candidacy rules test` checks the rules with them.",
        count(plan.cases.len(), "case")
    )));
    parts.push(per_rule(survey));
    let row = |case: &candidacy_engine::plan::Case| {
        let verdict = case.expect.verdict.map_or(Vec::new(), expected);
        vec![
            vec![text(case.name.clone())],
            vec![text(case.as_of.to_string())],
            verdict,
        ]
    };
    parts.push(Block::Table(Table {
        caption: "Every case and the verdict it expects".to_owned(),
        head: ["Case", "Treatment day", "Verdict"]
            .map(str::to_owned)
            .to_vec(),
        rows: plan.cases.iter().map(row).collect(),
        numbers: vec![1],
        small: true,
    }));
    parts
}

/// The verdict a case expects, or its least or most severe allowed verdict.
fn expected(promise: Promise) -> Vec<Span> {
    match promise {
        Promise::Exactly(verdict) => vec![Span::Verdict(verdict)],
        Promise::AtLeast(verdict) => vec![text("at least "), Span::Verdict(verdict)],
        Promise::AtMost(verdict) => vec![text("at most "), Span::Verdict(verdict)],
    }
}

/// How often the cases test each rule, most severe rules first.
fn per_rule(survey: &Survey<'_>) -> Block {
    let rules = most_severe_first().flat_map(|verdict| survey.leading_to(verdict, &survey.rules));
    let row = |number: usize| {
        let rule = survey.plan.rules.get(number)?;
        let Tried { applies, undecided } = survey.tried(rule);
        let verdict = rule.grade.verdict();
        Some(vec![
            vec![rule_link(survey.plan, number)?],
            vec![Span::Verdict(verdict)],
            vec![text(applies.to_string())],
            vec![text(undecided.to_string())],
        ])
    };
    Block::Table(Table {
        caption: "How many cases test each rule".to_owned(),
        head: ["Rule", "Leads to", "Applies in", "Undecided in"]
            .map(str::to_owned)
            .to_vec(),
        rows: rules.filter_map(row).collect(),
        numbers: vec![2, 3],
        small: true,
    })
}

fn sources(survey: &Survey<'_>) -> Vec<Block> {
    let mut parts = vec![section("sources", "Sources")];
    for strength in Strength::ALL {
        let cited = survey.plan.citations.iter().enumerate();
        let rows: Vec<_> = cited
            .filter(|(_, citation)| citation.strength == strength)
            .map(|(number, citation)| source(survey, number, citation))
            .collect();
        if rows.is_empty() {
            continue;
        }
        parts.push(Block::Heading {
            role: Role::Heading,
            id: format!("strength-{strength}"),
            title: format!("Strength {strength}: {}", meaning(strength)),
        });
        parts.push(Block::Table(Table {
            caption: format!("Sources of strength {strength}"),
            head: ["Source", "Work", "Used by"].map(str::to_owned).to_vec(),
            rows,
            numbers: Vec::new(),
            small: true,
        }));
    }
    parts
}

fn source(survey: &Survey<'_>, number: usize, citation: &Citation) -> Vec<Vec<Span>> {
    let year = citation.year.as_deref().unwrap_or("undated");
    let mut work = vec![
        text(format!(
            "{}. {}, {year}. ",
            citation.cite, citation.publisher
        )),
        Span::Address(citation.url.clone()),
    ];
    if let Some(unverified) = &citation.unverified {
        work.push(text(" "));
        work.push(Span::Unverified(unverified.clone()));
    }
    vec![
        vec![Span::Place {
            id: format!("source-{}", number + 1),
            words: citation.id.clone(),
        }],
        work,
        rules_by_name(survey.plan, &survey.citing(number)),
    ]
}

fn unverified(survey: &Survey<'_>) -> Vec<Block> {
    if survey.unverified.is_empty() {
        return vec![paragraph("Nothing is marked as unverified.")];
    }
    let row = |(at, said): &(Where, &str)| {
        let (kind, link) = place(survey, *at)?;
        Some(vec![vec![text(kind)], vec![link], vec![text(*said)]])
    };
    vec![
        paragraph(format!(
            "{} that nobody has checked yet. Each is also marked in its place.",
            count(survey.unverified.len(), "statement")
        )),
        Block::Table(Table {
            caption: "Everything marked as not verified".to_owned(),
            head: ["With", "Name", "What"].map(str::to_owned).to_vec(),
            rows: survey.unverified.iter().filter_map(row).collect(),
            numbers: Vec::new(),
            small: false,
        }),
    ]
}

fn place(survey: &Survey<'_>, at: Where) -> Option<(&'static str, Span)> {
    match at {
        Where::Rule(number) => Some(("rule", rule_link(survey.plan, number)?)),
        Where::Expectation(number) => {
            let one = survey.plan.expectations.get(number)?;
            let to = format!("expectation-{}", number + 1);
            let words = one.title.clone();
            Some(("expectation", Span::Link { to, words }))
        }
        Where::Source(number) => {
            let citation = survey.plan.citations.get(number)?;
            let to = format!("source-{}", number + 1);
            let words = citation.id.clone();
            Some(("source", Span::Link { to, words }))
        }
    }
}

fn signature(survey: &Survey<'_>) -> Vec<Block> {
    let header = &survey.plan.header;
    vec![
        Block::Text(
            Tone::Plain,
            vec![
                text(format!("You sign {} {}, ", header.id, header.version)),
                text("with the fingerprint "),
                Span::Code(survey.plan.fingerprint.clone()),
                text(". Any later change of the rules has another fingerprint, which "),
                Span::Code("candidacy rules fingerprint".to_owned()),
                text(" prints."),
            ],
        ),
        Block::Signature(statements(survey)),
        with_code(&format!(
            "Once signed, `status` in the head of the pack becomes `reviewed`, `reviewed_by` names \
             the signer, `reviewed_on` is the day, and `review_by` is the day by which it is to be \
             read again ({} now). These entries do not count in the fingerprint: the pack that is \
             used has the fingerprint that was signed.",
            header
                .review_by
                .map_or_else(|| "no day".to_owned(), Date::in_words)
        )),
    ]
}

/// The statements to tick before signing.
fn statements(survey: &Survey<'_>) -> Vec<String> {
    let unverified = survey.unverified.len();
    let mut statements =
        vec!["I have read every rule in this document against its sources.".to_owned()];
    if unverified > 0 {
        statements.push(format!(
            "I have read what is not verified: {}.",
            count(unverified, "statement")
        ));
    }
    statements
        .push("I agree with the rules, except for the changes marked or listed here:".to_owned());
    statements
}
