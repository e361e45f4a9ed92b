//! All small changes that are tried. They change a waiting period by a day, a bound, an option or a
//! part of a condition. Others change an exception, a grade, the days in force, or `ask_when`.

mod checks;
mod conditions;

use candidacy_engine::condition::Condition;
use candidacy_engine::date::Date;
use candidacy_engine::pack::Pack;
use candidacy_engine::plan::{Asked, Plan, Rule};
use candidacy_engine::verdict::Grade;

/// A small change.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// The change in words.
    pub what: String,
    /// The changed entry.
    pub changed: Changed,
}

/// The changed entry.
#[derive(Clone, Debug)]
pub enum Changed {
    /// A rule by number, and its new form.
    Rule(usize, Box<Rule>),
    /// A question by number, and its new form.
    Asked(usize, Box<Asked>),
}

/// All mutants: rule by rule, then question by question.
#[must_use]
pub fn all(pack: &Pack, plan: &Plan) -> Vec<Mutant> {
    let mut changes = Vec::new();
    for (number, rule) in plan.rules.iter().enumerate() {
        let mut add = |what: String, changed: Rule| {
            changes.push(Mutant {
                what: format!("{}: {what}", rule.id),
                changed: Changed::Rule(number, Box::new(changed)),
            });
        };
        grades(rule, &mut add);
        days(rule, &mut add);
        let mut written = pack.rules.iter();
        let has_exception =
            written.any(|written| written.id.value == rule.id && written.unless.is_some());
        for (what, when) in whens(plan, &rule.when, has_exception) {
            let rule = rule.clone();
            add(what, Rule { when, ..rule });
        }
    }
    for (number, asked) in plan.questions.iter().enumerate() {
        for (what, changed) in askings(plan, asked) {
            changes.push(Mutant {
                what: format!("{}: {what}", asked.question.id),
                changed: Changed::Asked(number, Box::new(changed)),
            });
        }
    }
    changes
}

/// Small mistakes in the condition of a rule; an exception is its last part.
fn whens(plan: &Plan, when: &Condition, has_exception: bool) -> Vec<(String, Condition)> {
    let (true, Condition::All(parts)) = (has_exception, when) else {
        return conditions::slips(plan, when);
    };
    let [own, exception] = parts.as_slice() else {
        return conditions::slips(plan, when);
    };
    let mut found = vec![("without its `unless`".to_owned(), own.clone())];
    let both = |own: &Condition, exception: &Condition| {
        Condition::All(vec![own.clone(), exception.clone()])
    };
    for (what, slipped) in conditions::slips(plan, own) {
        found.push((what, both(&slipped, exception)));
    }
    if let Condition::Not(unless) = exception {
        for (what, slipped) in conditions::slips(plan, unless) {
            let slipped = Condition::Not(Box::new(slipped));
            found.push((format!("in its `unless`, {what}"), both(own, &slipped)));
        }
    }
    found
}

/// The next more severe and less severe grades.
fn near(grade: Grade) -> impl Iterator<Item = Grade> {
    let place = Grade::ALL.iter().position(|other| *other == grade);
    let near = place.map(|place| [place.checked_sub(1), place.checked_add(1)]);
    let near = near.into_iter().flatten().flatten();
    near.filter_map(|place| Grade::ALL.get(place).copied())
}

fn grades(rule: &Rule, add: &mut impl FnMut(String, Rule)) {
    for grade in near(rule.grade) {
        let what = format!("`{}` instead of `{}`", grade.word(), rule.grade.word());
        add(
            what,
            Rule {
                grade,
                ..rule.clone()
            },
        );
    }
    for if_unsure in near(rule.if_unsure) {
        let what = format!(
            "while undecided, `{}` instead of `{}`",
            if_unsure.word(),
            rule.if_unsure.word()
        );
        add(
            what,
            Rule {
                if_unsure,
                ..rule.clone()
            },
        );
    }
}

/// The days in force, longer and shorter by a day.
fn days(rule: &Rule, add: &mut impl FnMut(String, Rule)) {
    let shifted = |day: Date| [day.plus_days(-1), day.plus_days(1)];
    for from in rule.from.into_iter().flat_map(shifted) {
        if rule.to.is_none_or(|to| from <= to) {
            let from = Some(from);
            let what = in_words("from", from);
            add(
                what,
                Rule {
                    from,
                    ..rule.clone()
                },
            );
        }
    }
    for to in rule.to.into_iter().flat_map(shifted) {
        if rule.from.is_none_or(|from| from <= to) {
            let to = Some(to);
            add(in_words("to", to), Rule { to, ..rule.clone() });
        }
    }
}

fn in_words(key: &str, day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| format!("`{key}: {day}` instead"))
}

/// Small mistakes in when a question is asked.
fn askings(plan: &Plan, asked: &Asked) -> Vec<(String, Asked)> {
    let mut found = Vec::new();
    if let Some(gate) = &asked.gate {
        let always = Asked {
            gate: None,
            ..asked.clone()
        };
        found.push(("without its `ask_when`".to_owned(), always));
        for (what, gate) in conditions::slips(plan, gate) {
            let asked = Asked {
                gate: Some(gate),
                ..asked.clone()
            };
            found.push((format!("in its `ask_when`, {what}"), asked));
        }
    }
    if asked.question.optional {
        let mut needed = asked.clone();
        needed.question.optional = false;
        found.push(("not `optional`".to_owned(), needed));
    }
    found
}
