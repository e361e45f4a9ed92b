//! Days and the date of birth, tried together if a day may be before birth.

use std::collections::BTreeSet;

use crate::answer::days_of;
use crate::condition::Condition;
use crate::date::Date;
use crate::evaluate::Patient;
use crate::plan::Rule;

use super::unknown::{Cell, Part, UnknownPart};

/// Nothing happens before birth. So a day that could be before birth belongs to the same component
/// as the date of birth.
pub(super) fn add_birth(
    patient: &Patient<'_>,
    read: &mut [(&Rule, BTreeSet<UnknownPart>)],
    as_of: Date,
) {
    let whole = |question: usize| UnknownPart {
        question,
        part: Part::Whole,
    };
    let Some(birth) = patient.plan.birth.map(whole) else {
        return;
    };
    if !read.iter().any(|(_, parts)| parts.contains(&birth)) {
        return;
    }
    let gates = patient.plan.questions.iter();
    let gates = gates.filter_map(|asked| asked.gate.as_ref());
    let rules = patient.plan.rules.iter().map(|rule| &rule.when);
    let tests: Vec<_> = rules.chain(gates).flat_map(Condition::tests).collect();
    let days = |part: &UnknownPart| -> Vec<Date> {
        let cells = part.cells(patient, &tests, as_of);
        let days = cells.iter().filter_map(|cell| match cell {
            Cell::Reply(reply) => days_of(reply),
            Cell::Holds(_) => None,
        });
        days.map(|days| days.last).collect()
    };
    let latest = days(&birth).into_iter().max();
    for (_, parts) in read {
        let mut others = parts.iter().filter(|part| **part != birth);
        if others.any(|part| days(part).into_iter().any(|day| Some(day) < latest)) {
            parts.insert(birth);
        }
    }
}
