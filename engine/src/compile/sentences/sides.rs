//! Errors of `within`, with and without `before or after`, that do not fit what a question asks.

use crate::diagnostic::{Code, Diagnostic};
use crate::pack::Question;
use crate::period::Period;
use crate::sentence::Word;

use super::spans::At;

/// The longest time before or after a day.
const LONGEST: Period = Period::LONGEST_BEFORE_OR_AFTER;

/// Whether a time is too long for `before or after`.
pub fn is_too_long(period: Period) -> bool {
    // A nudged time is a test of what one more day would change.
    !period.is_nudged() && !LONGEST.is_never_shorter_than(period)
}

/// The error of a time before or after a day that is too long.
pub fn too_long(period: Period, subject: Word<'_>, at: &At<'_>) -> Diagnostic {
    let message = format!("{period} before or after a planned day is too long");
    Diagnostic::new(Code::BadValue, at.behind(subject), message).help(format!(
        "make it at most {LONGEST}: answers name no day that is more than 2 years ahead"
    ))
}

/// The error of `within` about something that may be planned.
pub fn one_sided(question: &Question, subject: Word<'_>, at: &At<'_>) -> Diagnostic {
    let id = &question.id.value;
    let message = format!("`{id}` may be planned, and every later day would count as `within`");
    Diagnostic::new(Code::WrongSentence, at.behind(subject), message)
        .help(format!("write `{id} within 2 weeks before or after`"))
        .help(format!(
            "or remove `planned: yes` from `{id}`, so that it only asks about the past"
        ))
}

/// The error of `before or after` about something that cannot be planned.
pub fn not_planned(question: &Question, subject: Word<'_>, at: &At<'_>) -> Diagnostic {
    let id = &question.id.value;
    let message =
        format!("`{id}` only asks about the past, and `before or after` also needs later days");
    Diagnostic::new(Code::WrongSentence, at.behind(subject), message)
        .help(format!("write `{id} within 2 weeks`"))
        .help(format!(
            "or add `planned: yes` to `{id}`, so that it also asks about later days"
        ))
}
