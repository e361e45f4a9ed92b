//! Rules that never decide, because a more severe rule always counts for at least as much.
//!
//! A rule counts on a day if a patient is evaluated for that day and it applies or is undecided.
//! The more severe rule must count for at least as much on every such day, later days included.
//! Then the less severe rule changes no verdict, no timeline and no date. The search looks for a
//! patient and a day that contradict this. It only runs for rules that read a common answer. The
//! patient found for the less severe rule alone must also meet the more severe one.

use std::collections::HashMap;

use crate::authoring::solver::{Goal, Patients, Solution, TruthSet, Witness};
use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::evaluate::Patient;
use candidacy_engine::pack::Pack;
use candidacy_engine::plan::{Plan, Rule};
use candidacy_engine::truth::Truth;

use super::budgeted::{LimitedSolver, applies};

/// Warns about rules that never decide, except those already reported in `reported`.
pub fn rules(
    pack: &Pack,
    search: &mut LimitedSolver<'_>,
    reported: &[bool],
    warnings: &mut Vec<Diagnostic>,
) {
    let plan = search.plan;
    let readers = readers(plan);
    for (number, rule) in plan.rules.iter().enumerate() {
        if reported.get(number).is_some_and(|reported| *reported) {
            continue;
        }
        let Some(more_severe) = more_severe(plan, rule, &readers, search) else {
            continue;
        };
        for other in more_severe {
            match shadows(rule, other, search) {
                Shadow::No => {}
                Shadow::TooMuch => search.leave_out(&rule.id),
                Shadow::Yes => {
                    warnings.extend(warning(pack, rule, other, search));
                    break;
                }
            }
        }
    }
}

/// For each question, the numbers of the rules that read it.
fn readers(plan: &Plan) -> HashMap<usize, Vec<usize>> {
    let mut readers: HashMap<usize, Vec<usize>> = HashMap::new();
    for (number, rule) in plan.rules.iter().enumerate() {
        for question in rule.when.questions() {
            readers.entry(question).or_default().push(number);
        }
    }
    readers
}

/// The more severe rules that count for the patient closest to the healthy one to whom `rule`
/// applies. No other rule can make it redundant. None if no patient was found.
fn more_severe<'a>(
    plan: &'a Plan,
    rule: &Rule,
    readers: &HashMap<usize, Vec<usize>>,
    search: &mut LimitedSolver<'_>,
) -> Option<Vec<&'a Rule>> {
    let mut numbers: Vec<usize> = rule
        .when
        .questions()
        .iter()
        .filter_map(|question| readers.get(question))
        .flatten()
        .copied()
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    let rules = numbers.iter().filter_map(|number| plan.rules.get(*number));
    let more_severe: Vec<&Rule> = rules.filter(|other| other.grade > rule.grade).collect();
    if more_severe.is_empty() {
        return None;
    }
    let Solution::Sat(someone) = search.seek(Patients::Plain, &[applies(rule)]) else {
        return Some(more_severe);
    };
    let beside = more_severe.into_iter().filter(|other| {
        let patient = Patient::new(plan, &someone.answers, someone.as_of);
        let truth = patient.rule(other, someone.as_of);
        other.counts_as(truth) >= Some(rule.grade)
    });
    Some(beside.collect())
}

enum Shadow {
    Yes,
    No,
    TooMuch,
}

/// Whether `other` counts at least as much as `rule` for all patients on all days.
fn shadows(rule: &Rule, other: &Rule, search: &mut LimitedSolver<'_>) -> Shadow {
    let all = [Truth::No, Truth::Unknown, Truth::Yes];
    for truth in [Truth::Yes, Truth::Unknown] {
        let less = all
            .into_iter()
            .filter(|standing| other.counts_as(*standing) < rule.counts_as(truth));
        let less = less.fold(TruthSet::NONE, TruthSet::with);
        let wanted = [
            Goal::rule(rule, TruthSet::of(truth)),
            Goal::rule(other, less),
        ];
        match search.anybody(&wanted) {
            Solution::Unsat => {}
            Solution::Sat(_) => return Shadow::No,
            Solution::Unknown => return Shadow::TooMuch,
        }
    }
    Shadow::Yes
}

fn warning(
    pack: &Pack,
    rule: &Rule,
    other: &Rule,
    search: &mut LimitedSolver<'_>,
) -> Option<Diagnostic> {
    let written = |id: &str| pack.rules.iter().find(|one| one.id.value == id);
    let (own, more_severe) = (written(&rule.id)?, written(&other.id)?);
    let message = format!(
        "`{}` never changes a verdict: whenever it counts, `{}` counts at least as much, and ends no earlier",
        rule.id, other.id
    );
    let mut warning = Diagnostic::new(Code::NeverDecides, own.id.place, message).other(
        more_severe.id.place,
        format!("{}, and so more severe", other.grade.word()),
    );
    if let Solution::Sat(someone) = search.anybody(&[applies(rule)]) {
        warning = warning.note(both(search, &someone, rule));
    }
    Some(
        warning
            .note("it is still listed among the reasons, with its advice")
            .help(format!(
                "move what it says to `{}`, or separate the two with `unless`",
                other.id
            )),
    )
}

fn both(search: &LimitedSolver<'_>, someone: &Witness, rule: &Rule) -> String {
    format!("{}, with or without `{}`", search.example(someone), rule.id)
}
