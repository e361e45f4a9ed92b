//! Days that cannot be right, from the manual: nothing happens before birth, nobody
//! is older than 120 or born today, nothing is planned more than two years ahead, or later than the treatment where
//! nothing is planned, and some days stand for none in other programs.

use super::calendar::{Day, Period};
use super::known::Known;
use super::model::Pack;

/// The questions whose answers name a day that cannot be right.
#[must_use]
pub fn impossible(pack: &Pack, known: &[Known], as_of: Day) -> Vec<usize> {
    let birth = pack.questions.iter().position(|question| question.birth);
    let birth_is_wrong = birth
        .and_then(|place| days(&known[place]))
        .is_some_and(|(first, last)| no_birthday(first, last, as_of));
    let born = birth
        .filter(|_| !birth_is_wrong)
        .and_then(|place| days(&known[place]));
    let wrong = |place: &usize| {
        let Some((first, last)) = days(&known[*place]) else {
            return false;
        };
        if Some(*place) == birth {
            return birth_is_wrong;
        }
        let before_birth = born.is_some_and(|(birth, _)| birth.is_some_and(|birth| last < birth));
        let unix = first == Some(last) && [(1969, 12, 31), (1970, 1, 1)].contains(&last.date());
        let latest = if pack.questions[*place].planned {
            as_of.two_years_on()
        } else {
            as_of
        };
        let grown_up_by_then = born.is_some_and(|(_, birth)| birth < last);
        nobody_knows(first, last)
            || too_long_ago(last, as_of)
            || first.is_some_and(|first| first > latest)
            || before_birth
            || (unix && !grown_up_by_then)
    };
    (0..known.len()).filter(wrong).collect()
}

/// Whether nobody can be born on any of these days.
#[must_use]
pub fn no_birthday(first: Option<Day>, last: Day, as_of: Day) -> bool {
    nobody_knows(first, last) || too_long_ago(last, as_of) || (first, last) == (Some(as_of), as_of)
}

fn days(known: &Known) -> Option<(Option<Day>, Day)> {
    match known {
        Known::Days { first, last } => Some((*first, *last)),
        _ => None,
    }
}

fn too_long_ago(last: Day, as_of: Day) -> bool {
    last.plus(Period::Years(120)) < as_of
}

/// The days that other programs write for none at all.
pub const NO_DAYS: [(i32, i32, i32); 7] = [
    (1, 1, 1),
    (1753, 1, 1),
    (1899, 12, 30),
    (1899, 12, 31),
    (1900, 1, 1),
    (1901, 1, 1),
    (9999, 12, 31),
];

fn nobody_knows(first: Option<Day>, last: Day) -> bool {
    first == Some(last) && NO_DAYS.contains(&last.date())
}
