//! Unknown parts of answers that cannot be tried separately.

use std::collections::BTreeSet;

use crate::answer::{Mark, Reply, Value};
use crate::condition::{Check, Condition, Test};
use crate::date::Date;
use crate::evaluate::Patient;
use crate::truth::Truth;

use super::unknown::{Part, UnknownPart, unknown_parts};

/// The unknown parts that leave a condition open, including those of unknown gates.
pub(super) fn open_parts(
    patient: &Patient<'_>,
    condition: &Condition,
    day: Date,
    found: &mut BTreeSet<UnknownPart>,
) {
    for test in condition.tests() {
        if patient.test(test, day) != Truth::Unknown {
            continue;
        }
        found.extend(unknown_parts(patient, test, day));
        let gate = patient
            .plan
            .questions
            .get(test.question)
            .and_then(|asked| asked.gate.as_ref());
        if let Some(gate) = gate.filter(|_| patient.gate(test.question) == Truth::Unknown) {
            open_parts(patient, gate, day, found);
        }
    }
}

/// If all names of a group are in other groups too, no medicine is in this group alone. So those
/// groups belong to the same component.
pub(super) fn add_inseparable(patient: &Patient<'_>, found: &mut BTreeSet<UnknownPart>, day: Date) {
    let mut waiting: Vec<UnknownPart> = found.iter().copied().collect();
    while let Some(unknown_part) = waiting.pop() {
        let Part::Group(group) = unknown_part.part else {
            continue;
        };
        let names = || names_of(patient, unknown_part.question, group);
        if names().any(|groups| groups.len() == 1) {
            continue;
        }
        for other in names().flatten() {
            let test = Test {
                question: unknown_part.question,
                check: Check::Takes(vec![other]),
                words: String::new(),
                if_left_out: None,
            };
            if patient.test(&test, day) != Truth::Unknown {
                continue;
            }
            let unknown_part = UnknownPart {
                question: unknown_part.question,
                part: Part::Group(other),
            };
            if found.insert(unknown_part) {
                waiting.push(unknown_part);
            }
        }
    }
}

/// At least one option of an exhaustive question applies. If all its open options (`all`) matter to
/// some rule, the last one is not free: they belong to the same component.
pub(super) fn add_other_options(
    patient: &Patient<'_>,
    all: &BTreeSet<UnknownPart>,
    found: &mut BTreeSet<UnknownPart>,
) {
    let exhaustive = |number: &usize| {
        let asked = patient.plan.questions.get(*number);
        asked.is_some_and(|asked| asked.question.exhaustive)
    };
    let looks_at_options = |part: &&UnknownPart| matches!(part.part, Part::Option(_));
    let questions = found.iter().filter(looks_at_options);
    let questions: BTreeSet<usize> = questions.map(|part| part.question).collect();
    for question in questions.into_iter().filter(exhaustive) {
        let asked = patient.plan.questions.get(question);
        let options = asked.map_or(0, |asked| asked.question.kind.choices().len());
        let mark = |option: usize| match patient.answers.reply(question) {
            Reply::Given(Value::Choices(marks)) => {
                marks.get(option).copied().unwrap_or(Mark::Blank)
            }
            _ => Mark::Blank,
        };
        let open = (0..options).filter(|option| mark(*option) != Mark::No);
        let open: BTreeSet<UnknownPart> = open
            .map(|option| UnknownPart {
                question,
                part: Part::Option(option),
            })
            .collect();
        if open.is_subset(all) {
            found.extend(open);
        }
    }
}

/// For each name of a group that may turn out to be taken, the groups it is in. If there may be
/// more medicines, these are all names; otherwise the names similar to a misspelled one.
pub(super) fn names_of<'p>(
    patient: &'p Patient<'_>,
    question: usize,
    group: usize,
) -> impl Iterator<Item = Vec<usize>> + 'p {
    let closed = match patient.reply(question) {
        Reply::Given(Value::Medicines(medicines)) if !medicines.open => Some(medicines),
        _ => None,
    };
    let may_be = move |number: usize| {
        closed.is_none_or(|medicines| {
            let mut entries = medicines.entries.iter();
            entries.any(|entry| entry.near.contains(&number))
        })
    };
    let groups =
        |name: &crate::medicine::Name| name.means.iter().map(|m| m.group).collect::<Vec<_>>();
    patient
        .plan
        .medicines
        .names()
        .iter()
        .enumerate()
        .filter(move |(number, _)| may_be(*number))
        .map(move |(_, name)| groups(name))
        .filter(move |groups| groups.contains(&group))
}
