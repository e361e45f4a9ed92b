//! The words reports share: verdicts and grades as people say them.

use std::borrow::Cow;

use crate::engine::date::Date;
use crate::engine::plan::Rule;
use crate::engine::verdict::{Grade, Verdict};

/// `eligible with precautions`.
#[must_use]
pub fn verdict(verdict: Verdict) -> String {
    verdict.word().replace('-', " ")
}

/// What the front desk does.
#[must_use]
pub fn desk_does(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Eligible => "Book.",
        Verdict::EligibleWithPrecautions => "Book, and hand over the precautions below.",
        Verdict::Deferred => {
            "Do not book yet: book from the date, or when the condition below has cleared."
        }
        Verdict::DermatologistReview => "Book the dermatologist, not the treatment.",
        Verdict::NotEligible => "Do not book. Only a dermatologist may overrule this.",
    }
}

/// What a finding of this grade asks for, in a word or two.
#[must_use]
pub fn asks_for(grade: Grade) -> &'static str {
    match grade {
        Grade::Precaution => "take care",
        Grade::Temporary => "wait",
        Grade::Relative => "ask the dermatologist",
        Grade::Absolute => "do not treat",
    }
}

/// An id as a heading: `active-acne` becomes `Active acne`.
#[must_use]
pub fn heading(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// A rule's name in plain words.
#[must_use]
pub fn title(rule: &Rule) -> Cow<'_, str> {
    let own = rule.title.as_deref().map(Cow::Borrowed);
    own.unwrap_or_else(|| heading(&rule.id).into())
}

/// An ISO day as a person reads it: `1 Mar 2027`.
#[must_use]
pub fn day(iso: &str) -> String {
    Date::from_iso(iso).map_or_else(|| iso.to_owned(), Date::in_words)
}

/// `1 row`, `2 rows`.
#[must_use]
pub fn count(number: usize, one: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {one}{plural}")
}

#[cfg(test)]
mod tests {
    use super::{count, day, heading};

    #[test]
    fn as_people_say_it() {
        assert_eq!(heading("active-acne"), "Active acne");
        assert_eq!(day("2027-03-01"), "1 Mar 2027");
        assert_eq!(
            (count(1, "row"), count(0, "row")),
            ("1 row".to_owned(), "0 rows".to_owned())
        );
    }
}
