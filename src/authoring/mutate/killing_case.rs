//! Finds a case that would notice a change.

use crate::authoring::baseline::Base;
use crate::authoring::sentences;
use crate::authoring::solver::{Goal, Solution, Solver, TruthSet, Witness};
use candidacy_engine::answer::{Answers, Reply};
use candidacy_engine::assess::assess;
use candidacy_engine::date::Date;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::plan::{Asked, Plan, Rule};
use candidacy_engine::truth::Truth;
use candidacy_engine::truth::Truth::{No, Unknown, Yes};
use candidacy_engine::verdict::Grade;

use super::run::MutantRun;
use super::{Changed, Mutant};

/// The cost of one search and its case, as a number of evaluations of every rule. It is measured
/// for packs with thousands of rules.
const SEARCH: usize = 30;

/// The case that would notice a change.
pub enum KillingCase {
    /// The change affects no patient.
    Nobody,
    /// A case; none if it could not be found or written.
    Case(Option<sentences::Line>),
}

/// Searches for a patient for whom the rules before and after give different results.
pub fn case(
    trial: &mut MutantRun<'_>,
    solver: &Solver<'_>,
    base: &Base,
    change: &Mutant,
) -> KillingCase {
    trial.work += SEARCH * trial.plan.rules.len();
    let plan = trial.plan;
    let found = match &change.changed {
        Changed::Rule(number, changed) => match plan.rules.get(*number) {
            Some(own) if own.grade != changed.grade => {
                other_grade(solver, *number, changed, own.grade.max(changed.grade), Yes)
            }
            Some(own) if own.if_unsure != changed.if_unsure => {
                let more_severe = own.if_unsure.max(changed.if_unsure);
                other_grade(solver, *number, changed, more_severe, Unknown)
            }
            Some(own) => other_condition(solver, own, changed),
            None => Solution::Unsat,
        },
        Changed::Asked(number, asked) => trial.changed(&change.changed, |trial, _| {
            other_asking(trial, solver, *number, asked)
        }),
    };
    match found {
        Solution::Unsat => KillingCase::Nobody,
        Solution::Unknown => KillingCase::Case(None),
        Solution::Sat(someone) => {
            KillingCase::Case(sentences::case(plan, &someone, base, &change.what))
        }
    }
}

/// A patient for whom one condition is yes and the other is not; exactly known if possible.
fn other_condition(solver: &Solver<'_>, own: &Rule, changed: &Rule) -> Solution {
    let unlike = [
        (Yes, No),
        (No, Yes),
        (Yes, Unknown),
        (Unknown, Yes),
        (Unknown, No),
        (No, Unknown),
    ];
    Solution::first(unlike.into_iter().map(|(before, after)| {
        solver.seek(&[
            Goal::rule(own, TruthSet::of(before)),
            Goal::rule(changed, TruthSet::of(after)),
        ])
    }))
}

/// A patient whose verdict the grade decides: the rule counts, and no other rule counts for as much
/// as the more severe grade.
fn other_grade(
    solver: &Solver<'_>,
    number: usize,
    changed: &Rule,
    more_severe: Grade,
    standing: Truth,
) -> Solution {
    let mut wanted = vec![Goal::rule(changed, TruthSet::of(standing))];
    for (other, rule) in solver.plan.rules.iter().enumerate() {
        let less_severe = crate::authoring::prove::counting(rule, |grade| grade < more_severe);
        if other != number {
            wanted.push(Goal::rule(rule, less_severe.with(No)));
        }
    }
    solver.seek(&wanted)
}

/// A patient who leaves the question blank, and who is asked it either before or after the change,
/// but not both.
fn other_asking(
    trial: &MutantRun<'_>,
    solver: &Solver<'_>,
    question: usize,
    asked: &Asked,
) -> Solution {
    let plan = trial.plan;
    let Some(own) = plan.questions.get(question) else {
        return Solution::Unsat;
    };
    if own.question.optional && asked.question.optional {
        // A blank counts as no in both cases.
        return Solution::Unsat;
    }
    let unlike = [No, Unknown, Yes].into_iter().flat_map(|before| {
        let after = [No, Unknown, Yes].into_iter();
        after
            .map(move |after| (before, after))
            .filter(move |(before, after)| before != after)
    });
    let mut someone_is = own.question.optional != asked.question.optional;
    let mut who = vec![solver.like.clone()];
    for (before, after) in unlike {
        let stands = |asked: &'_ Asked, truth: Truth| asked.gate.is_none() && truth != Yes;
        if stands(own, before) || stands(asked, after) {
            continue;
        }
        let gates = [(own, before), (asked, after)];
        let gates = gates.iter().filter_map(|(asked, truth)| {
            let gate = asked.gate.as_ref()?;
            Some(Goal::condition(gate, TruthSet::of(*truth)))
        });
        match solver.seek(&gates.collect::<Vec<_>>()) {
            Solution::Unsat => {}
            Solution::Unknown => someone_is = true,
            Solution::Sat(someone) => {
                someone_is = true;
                who.push(someone.answers);
            }
        }
    }
    let reported = who.into_iter().find_map(|mut answers| {
        answers.set(question, Reply::Blank);
        tells(plan, &trial.other, &answers, solver.today).then_some(answers)
    });
    match reported {
        Some(answers) => Solution::Sat(Box::new(Witness {
            answers,
            as_of: solver.today,
        })),
        None if someone_is => Solution::Unknown,
        None => Solution::Unsat,
    }
}

/// Whether the changed rules give another verdict or other reasons.
fn tells(plan: &Plan, other: &Plan, answers: &Answers, day: Date) -> bool {
    let before = Patient::new(plan, answers, day).verdict(day);
    let after = Patient::new(other, answers, day).verdict(day);
    let applying = |plan: &Plan| sentences::applying(plan, &assess(plan, answers, day));
    before != after || applying(plan) != applying(other)
}
