//! Days that cannot be correct: before the patient was born, too far ahead, or placeholders that
//! record systems write for an unknown day.
//!
//! An answer with such a day counts as not known. If it were read as a day, it would be the most
//! reassuring answer possible: everything would have healed long ago.

use super::answer::{Answers, days_of};
use super::date::{Date, Days};
use super::plan::Plan;

/// The greatest age of a patient, in years.
pub const GREATEST_AGE: i32 = 120;

/// An answer that counts as not known, because its day cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImpossibleDay {
    /// The question.
    pub question: usize,
    /// Why its day cannot be right.
    pub why: Impossible,
}

/// Why a day cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Impossible {
    /// It is before the date of birth.
    BeforeBirth,
    /// It is more than 120 years ago.
    TooLongAgo,
    /// It is after the treatment day, and the question takes no planned day.
    Later,
    /// It is more than 2 years ahead.
    TooFarAhead,
    /// Record systems write it for an unknown day.
    Placeholder,
    /// The patient would be older than 120.
    TooOld,
    /// The patient would be born on the treatment day.
    BornToday,
}

impl Impossible {
    /// The message about the day: `is before the date of birth`.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::BeforeBirth => "is before the date of birth",
            Self::TooLongAgo => "is more than 120 years ago",
            Self::Later => "is after the treatment day",
            Self::TooFarAhead => "is more than 2 years ahead",
            Self::Placeholder => "is a day that record systems write if no day is known",
            Self::TooOld => "would make the patient older than 120",
            Self::BornToday => "is the treatment day",
        }
    }
}

/// Placeholders for unknown days, for all patients: the first or last day of .NET and SQL, of SQL
/// Server, of spreadsheets (twice), and of older systems.
const PLACEHOLDERS: [(i16, i8, i8); 7] = [
    (1, 1, 1),
    (1753, 1, 1),
    (1899, 12, 30),
    (1899, 12, 31),
    (1900, 1, 1),
    (1901, 1, 1),
    (9999, 12, 31),
];

/// The first day of Unix clocks, and the same moment west of Greenwich. Patients who were born
/// earlier may really mean it.
const UNIX: [(i16, i8, i8); 2] = [(1970, 1, 1), (1969, 12, 31)];

/// Whether record systems write this day for an unknown day, for all patients.
#[must_use]
pub(crate) fn is_placeholder(day: Date) -> bool {
    PLACEHOLDERS.contains(&day.parts())
}

/// The answers whose day cannot be correct for treatment on `as_of`, in the order of the plan. A
/// vague day must be impossible as a whole.
#[must_use]
pub fn impossible_days(plan: &Plan, answers: &Answers, as_of: Date) -> Vec<ImpossibleDay> {
    let born = born(plan, answers);
    let of_birth = born.and_then(|born| impossible_birth(born, as_of));
    let born = born.filter(|_| of_birth.is_none());
    let mut found = Vec::new();
    for (question, asked) in plan.questions.iter().enumerate() {
        let latest = asked.question.latest_day(as_of);
        let why = match days_of(answers.reply(question)) {
            None => None,
            Some(_) if plan.birth == Some(question) => of_birth,
            Some(days) => impossible_day(days, born, [as_of, latest]),
        };
        found.extend(why.map(|why| ImpossibleDay { question, why }));
    }
    found
}

/// The days on which the patient may have been born, as answered.
fn born(plan: &Plan, answers: &Answers) -> Option<Days> {
    days_of(answers.reply(plan.birth?))
}

/// The first day on which a patient may have been born, or anything may have happened.
#[must_use]
pub fn earliest(as_of: Date) -> Date {
    let mut day = as_of.plus_months(-12 * GREATEST_AGE).max(Date::EARLIEST);
    while is_placeholder(day) {
        day = day.plus_days(1);
    }
    day
}

/// Whether a day is before the earliest one. Most days are not, and their year shows it.
fn is_too_long_ago(day: Date, as_of: Date) -> bool {
    let year = |day: Date| i32::from(day.parts().0);
    year(as_of) - year(day) >= GREATEST_AGE - 1 && day < earliest(as_of)
}

/// Why a patient cannot have been born on `days`, if so.
#[must_use]
pub fn impossible_birth(days: Days, as_of: Date) -> Option<Impossible> {
    if days.exact().is_some_and(is_placeholder) {
        Some(Impossible::Placeholder)
    } else if is_too_long_ago(days.last, as_of) {
        Some(Impossible::TooOld)
    } else if days.exact() == Some(as_of) {
        Some(Impossible::BornToday)
    } else {
        None
    }
}

/// Why nothing can have happened on `days` to a patient who was `born` on those days; none if it
/// can. For treatment on `as_of`, an answer to the question can have a day up to `latest`.
#[must_use]
pub fn impossible_day(
    days: Days,
    born: Option<Days>,
    [as_of, latest]: [Date; 2],
) -> Option<Impossible> {
    let birth = born.and_then(|born| born.first);
    let unix = days.exact().filter(|day| UNIX.contains(&day.parts()));
    let surely_later = |day: Date| born.is_some_and(|born| born.last < day);
    if days.exact().is_some_and(is_placeholder) {
        Some(Impossible::Placeholder)
    } else if is_too_long_ago(days.last, as_of) {
        Some(Impossible::TooLongAgo)
    } else if days.first.is_some_and(|day| day > latest) {
        let planned = as_of < latest;
        Some(if planned {
            Impossible::TooFarAhead
        } else {
            Impossible::Later
        })
    } else if birth.is_some_and(|birth| days.last < birth) {
        Some(Impossible::BeforeBirth)
    } else if unix.is_some_and(|day| !surely_later(day)) {
        Some(Impossible::Placeholder)
    } else {
        None
    }
}
