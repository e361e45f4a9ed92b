//! The case that would notice a change.

use crate::engine::assess::assess;
use crate::engine::date::Date;
use crate::engine::plan::{Plan, Rule};
use crate::engine::truth::Truth::{No, Unknown, Yes};
use crate::engine::weigh::Patient;
use crate::workbench::base::Base;
use crate::workbench::seek::{Found, Seeker, Someone, Truths, Wanted};
use crate::workbench::words;

use super::{Change, Changed, without};

/// Who would notice.
pub enum Kill {
    /// Nobody can tell the change.
    Nobody,
    /// This case; none when it could not be found or written.
    Case(Option<words::Line>),
}

/// Looks for a patient who tells the rules before from those after.
pub fn case(plan: &Plan, base: &Base, today: Date, change: &Change) -> Kill {
    let found = match &change.changed {
        Changed::Rule(number, changed) => match plan.rules.get(*number) {
            Some(own) if own.when == changed.when => {
                other_grade(plan, base, today, *number, changed)
            }
            Some(own) => other_condition(plan, base, today, own, changed),
            None => Found::Nobody,
        },
        Changed::Member(group, generic) => named(plan, base, today, *group, generic),
    };
    match found {
        Found::Nobody => Kill::Nobody,
        Found::TooMuch => Kill::Case(None),
        Found::Patient(someone) => Kill::Case(words::case(plan, &someone, base, &change.what)),
    }
}

/// Somebody for whom the one condition is yes and the other is not, exactly
/// known where that can be.
fn other_condition(plan: &Plan, base: &Base, today: Date, own: &Rule, changed: &Rule) -> Found {
    let seeker = Seeker::like(plan, base, today);
    let mut too_much = false;
    for (before, after) in [
        (Yes, No),
        (No, Yes),
        (Yes, Unknown),
        (Unknown, Yes),
        (Unknown, No),
        (No, Unknown),
    ] {
        let wanted = [
            Wanted::rule(own, Truths::of(before)),
            Wanted::rule(changed, Truths::of(after)),
        ];
        match seeker.seek(&wanted) {
            Found::Nobody => {}
            Found::TooMuch => too_much = true,
            found @ Found::Patient(_) => return found,
        }
    }
    if too_much {
        Found::TooMuch
    } else {
        Found::Nobody
    }
}

/// Somebody whose verdict the grade decides: the rule applies, and nothing else
/// is as grave as the graver of the two.
fn other_grade(plan: &Plan, base: &Base, today: Date, number: usize, changed: &Rule) -> Found {
    let Some(own) = plan.rules.get(number) else {
        return Found::Nobody;
    };
    let graver = own.grade.max(changed.grade).verdict();
    let mut wanted = vec![Wanted::rule(own, Truths::of(Yes))];
    for (other, rule) in plan.rules.iter().enumerate() {
        let milder = crate::workbench::prove::counting(rule, |grade| grade.verdict() < graver);
        if other != number {
            wanted.push(Wanted::rule(rule, milder.with(No)));
        }
    }
    Seeker::like(plan, base, today).seek(&wanted)
}

/// Somebody who takes the medicine and nothing else.
fn named(plan: &Plan, base: &Base, today: Date, group: usize, generic: &str) -> Found {
    let names = plan.medicines.names().iter().filter(|name| {
        let mut means = name.means.iter();
        means.any(|meaning| meaning.group == group && meaning.generic == generic)
    });
    for name in names {
        for (question, asked) in plan.questions.iter().enumerate() {
            let Ok(reply) = plan.reader(today).reply(&asked.question, &name.text) else {
                continue;
            };
            if !matches!(
                asked.question.kind,
                crate::engine::question::Kind::Medicines
            ) {
                continue;
            }
            let mut answers = base.answers.clone();
            answers.set(question, reply);
            let Some(other) = without(plan, &answers, group, generic) else {
                continue;
            };
            let before = words::applying(plan, &assess(plan, &answers, today));
            let after = words::applying(plan, &assess(plan, &other, today));
            let verdicts =
                [&answers, &other].map(|answers| Patient::new(plan, answers).verdict(today));
            if before != after || verdicts[0] != verdicts[1] {
                return Found::Patient(Box::new(Someone {
                    answers,
                    as_of: today,
                }));
            }
        }
    }
    Found::Nobody
}
