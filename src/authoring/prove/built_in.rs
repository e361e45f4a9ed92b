//! The claims that are checked for every pack.

use crate::authoring::solver::{Goal, Solution, Solver, TruthSet};
use crate::report::model;
use crate::report::model::View;
use candidacy_engine::assess::assess;
use candidacy_engine::plan::Rule;
use candidacy_engine::truth::Truth;
use candidacy_engine::verdict::{Grade, Verdict};

use super::{Outcome, at_least, outcome};

/// A claim in words, and the function that checks it.
type Claim = (&'static str, &'static dyn Fn(&Solver<'_>) -> Outcome);

/// The built-in claims.
pub const CLAIMS: [Claim; 3] = [
    (
        "unknown never passes: while anything more severe than a precaution is undecided, no patient goes ahead",
        &|solver| {
            undecided(solver, |rule| {
                (rule.grade > Grade::Precaution).then_some(Verdict::Deferred)
            })
        },
    ),
    (
        "not answering is never an advantage: an undecided rule counts as its grade, or sends the patient to the dermatologist",
        &|solver| {
            undecided(solver, |rule| {
                Some(rule.grade.min(Grade::Relative).verdict())
            })
        },
    ),
    (
        "private reasons never show at the desk, not even through another rule that reads the same answer",
        &private,
    ),
];

/// Whether all patients with an undecided rule get at least the verdict that `least` requires.
fn undecided(solver: &Solver<'_>, least: impl Fn(&Rule) -> Option<Verdict>) -> Outcome {
    let mut left_out = None;
    for rule in &solver.plan.rules {
        let Some(verdict) = least(rule).filter(|least| rule.if_unsure.verdict() < *least) else {
            // While undecided, the rule itself counts for that much.
            continue;
        };
        let who = Goal::rule(rule, TruthSet::of(Truth::Unknown));
        match at_least(solver, &[who], verdict) {
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

/// Whether private reasons stay hidden from the desk. The desk's report leaves out each finding of
/// a private rule separately. So one patient per state of such a rule is tried. A pack in which a
/// public rule reads the same answer does not compile.
fn private(solver: &Solver<'_>) -> Outcome {
    for rule in solver.plan.rules.iter().filter(|rule| rule.private) {
        for truth in [Truth::Yes, Truth::Unknown] {
            let found = solver.seek(&[Goal::rule(rule, TruthSet::of(truth))]);
            if let Solution::Sat(someone) = &found {
                let assessment = assess(solver.plan, &someone.answers, someone.as_of);
                let sheet = model::sheet(solver.plan, &someone.answers, &assessment, View::Desk);
                if sheet.findings.iter().any(|reason| reason.rule == rule.id) {
                    return outcome(solver, &found, None, &|_| {
                        format!("shows the private rule `{}` at the desk", rule.id)
                    });
                }
            }
        }
    }
    Outcome::Proved
}
