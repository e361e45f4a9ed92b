//! Days given by the patient's age: `when I was 16`, `at the age of 16`.

use crate::date::{Date, Days};
use crate::impossible::GREATEST_AGE;
use crate::normalize::normalize;

use super::DateError;
use super::ago::count;

/// An age in years, between two bounds.
struct Age {
    least: i32,
    most: i32,
}

/// Whether a text contains an age, so that its days depend on the date of birth.
#[must_use]
pub fn says_age(text: &str) -> bool {
    age(text).is_some()
}

/// The days on which a patient who was `born` on one of these days had the age in `text`; none if
/// there is no age. Without a date of birth, all days.
pub fn read(text: &str, born: Option<Days>, as_of: Date) -> Option<Result<Days, DateError>> {
    let age = age(text)?;
    let Some(Days { first, last }) = born else {
        return Some(Ok(Days::until(as_of)));
    };
    // A patient born on 29 February may count a year from 28 February.
    let first = first.map_or(Date::EARLIEST, |first| {
        first.plus_months(12 * age.least).plus_days(-1).max(first)
    });
    let last = last.plus_months(12 * (age.most + 1)).plus_days(-1);
    let days = Days {
        first: Some(first),
        last: last.min(as_of),
    };
    Some(if first > as_of {
        Err(DateError::Future)
    } else {
        Ok(days)
    })
}

fn age(text: &str) -> Option<Age> {
    // Most days have no letters, and normalizing takes longer than this.
    if !text.contains(char::is_alphabetic) {
        return None;
    }
    let folded = normalize(text);
    let words: Vec<&str> = folded
        .split_whitespace()
        .filter(|word| !matches!(*word, "the" | "of"))
        .collect();
    let mut words = words.as_slice();
    if let [rest @ .., "years" | "year" | "yrs" | "yr", "old"] = words {
        words = rest;
    }
    let (["when", "i", "was", number @ ..]
    | ["i", "was", number @ ..]
    | ["as", "a" | "an", number @ ..]
    | ["at", "age" | "aged", number @ ..]
    | ["at" | "age" | "aged", number @ ..]) = words
    else {
        return None;
    };
    let (number, slip) = match number {
        ["about" | "around" | "roughly" | "maybe", number @ ..] => (number, 1),
        number => (number, 0),
    };
    let (least, most) = match number {
        [one] => (count(one)?, count(one)?),
        [one, "or" | "to", other] => (count(one)?, count(other)?),
        _ => return None,
    };
    let (least, most) = (i32::from(least) - slip, i32::from(most) + slip);
    (0 <= least && least <= most && most <= GREATEST_AGE).then_some(Age { least, most })
}
