//! What is claimed of every pack.

use crate::authoring::solver::{Goal, Solution, Solver, TruthSet};
use crate::report::model;
use crate::report::model::View;
use candidacy_engine::assess::assess;
use candidacy_engine::plan::Rule;
use candidacy_engine::truth::Truth;
use candidacy_engine::verdict::{Grade, Verdict};

use super::{Outcome, at_least, outcome};

/// A claim in words, and what decides it.
type Claim = (&'static str, &'static dyn Fn(&Solver<'_>) -> Outcome);

/// The claims of every pack.
pub const CLAIMS: [Claim; 3] = [
    (
        "unknown never passes: while anything more severe than a precaution is undecided, no patient goes ahead",
        &|seeker| {
            undecided(seeker, |rule| {
                (rule.grade > Grade::Precaution).then_some(Verdict::Deferred)
            })
        },
    ),
    (
        "nothing is gained by not answering: an undecided rule counts as its grade, or sends to the dermatologist",
        &|seeker| {
            undecided(seeker, |rule| {
                Some(rule.grade.min(Grade::Relative).verdict())
            })
        },
    ),
    (
        "private reasons never show at the desk, not even through another rule that reads the same answer",
        &private,
    ),
];

/// Whether everybody for whom a rule is undecided gets at least what `least` says of it.
fn undecided(seeker: &Solver<'_>, least: impl Fn(&Rule) -> Option<Verdict>) -> Outcome {
    let mut left_out = None;
    for rule in &seeker.plan.rules {
        let Some(verdict) = least(rule).filter(|least| rule.if_unsure.verdict() < *least) else {
            // While it is undecided it counts for that much itself.
            continue;
        };
        let who = Goal::rule(rule, TruthSet::of(Truth::Unknown));
        match at_least(seeker, &[who], verdict) {
            Outcome::Fails(mut found) => {
                found.but = format!("{}, while the rule `{}` is undecided", found.but, rule.id);
                return Outcome::Fails(found);
            }
            Outcome::LeftOut(why) => left_out = Some(format!("{why}, for the rule `{}`", rule.id)),
            _ => {}
        }
    }
    left_out.map_or(Outcome::Proved, Outcome::LeftOut)
}

/// Whether the desk learns of no private reason. The sheet for the desk leaves
/// out every finding of a private rule, one by one; that is tried on one patient
/// for each way such a rule can stand. A public rule that reads the same answer
/// is not compiled.
fn private(seeker: &Solver<'_>) -> Outcome {
    for rule in seeker.plan.rules.iter().filter(|rule| rule.private) {
        for truth in [Truth::Yes, Truth::Unknown] {
            let found = seeker.seek(&[Goal::rule(rule, TruthSet::of(truth))]);
            if let Solution::Sat(someone) = &found {
                let assessment = assess(seeker.plan, &someone.answers, someone.as_of);
                let sheet = model::sheet(seeker.plan, &someone.answers, &assessment, View::Desk);
                if sheet.findings.iter().any(|reason| reason.rule == rule.id) {
                    return outcome(seeker, &found, None, &|_| {
                        format!("shows the private rule `{}` at the desk", rule.id)
                    });
                }
            }
        }
    }
    Outcome::Proved
}
