//! The rules that determine whether a verdict becomes less severe.
//!
//! A verdict changes only if a rule does. The other rules read other answers, so they count the
//! same before and after. If a patient gets a less severe verdict with these rules, the same
//! patient does so without them. The reverse is not certain, because one of these rules may concern
//! every patient.

use std::collections::HashSet;

use candidacy_engine::condition::Condition;
use candidacy_engine::plan::Plan;

use super::merge::Merged;
use super::unlike;

/// Both versions with only the rules that differ, and those that read the same answers.
pub fn concerned(merged: &Merged) -> Merged {
    let (old, new) = (&merged.old, &merged.new);
    let mut questions = HashSet::new();
    let differ = unlike(&old.rules, &new.rules);
    for rule in differ.into_iter().chain(unlike(&new.rules, &old.rules)) {
        questions.extend(rule.when.questions());
    }
    loop {
        let known = questions.len();
        for rule in old.rules.iter().chain(&new.rules) {
            let read = rule.when.questions();
            if read.iter().any(|question| questions.contains(question)) {
                questions.extend(read);
            }
        }
        for plan in [old, new] {
            gates(plan, &mut questions);
        }
        if questions.len() == known {
            break;
        }
    }
    Merged {
        old: only(old, &questions),
        new: only(new, &questions),
        gates: merged.gates.clone(),
    }
}

/// Adds the questions that determine whether one of these questions is asked, or whether its day is
/// possible.
fn gates(plan: &Plan, questions: &mut HashSet<usize>) {
    for (number, asked) in plan.questions.iter().enumerate() {
        if !questions.contains(&number) {
            continue;
        }
        questions.extend(asked.gate.iter().flat_map(Condition::questions));
        if asked.question.kind.is_dated() {
            questions.extend(plan.birth);
        }
    }
}

fn only(plan: &Plan, questions: &HashSet<usize>) -> Plan {
    let mut few = plan.clone();
    few.rules.retain(|rule| {
        let read = rule.when.questions();
        read.iter().any(|question| questions.contains(question))
    });
    few
}
