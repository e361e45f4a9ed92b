//! `3 months ago`, `a couple of weeks ago`, `more than a year ago`, `years ago`; `in 3 months`.

use crate::date::{Date, Days};
use crate::period::Period;

/// Whether a word says that a time is not exact.
pub fn is_about(word: &str) -> bool {
    matches!(
        word,
        "about" | "around" | "roughly" | "approximately" | "approx" | "almost" | "nearly"
    )
}

/// A minimum and maximum time ago, in half units.
#[derive(Clone, Copy)]
struct Long<'a> {
    least: u16,
    most: u16,
    unit: &'a str,
}

impl Long<'_> {
    /// By how many days the range is wider, on the far side and on the near side.
    fn rounding(&self, about: bool) -> (i64, i64) {
        let (half, whole) = rounded(self.unit);
        let far = if about { whole } else { half };
        let near = match self.least {
            1 => (half + 1) / 2,
            2 | 3 => half,
            _ => far,
        };
        (far, near)
    }
}

/// Reads `words`, which come before "ago". People round, so the range is wider by half a unit on
/// both sides. With "about" it is wider by a whole unit, but the time is at least half as long.
/// Days without "about" are exact.
pub fn read(words: &[&str], as_of: Date, about: bool) -> Option<Days> {
    let long = long(words)?;
    let (before, after) = long.rounding(about);
    Some(Days {
        first: Some(back(long.most, long.unit, as_of)?.plus_days(-before)),
        last: back(long.least, long.unit, as_of)?
            .plus_days(after)
            .min(as_of),
    })
}

/// Reads `words` of `in 3 months`, which come after "in". The range is as wide as for "ago".
pub fn ahead(words: &[&str], as_of: Date, about: bool) -> Option<Days> {
    let long = long(words)?;
    let (before, after) = long.rounding(about);
    Some(Days {
        first: Some(
            forth(long.least, long.unit, as_of)?
                .plus_days(-after)
                .max(as_of),
        ),
        last: forth(long.most, long.unit, as_of)?.plus_days(before),
    })
}

/// `the next 3 months`: every day up to the latest that `in 3 months` can mean.
pub fn until(words: &[&str], as_of: Date) -> Option<Days> {
    let last = ahead(words, as_of, false)?.last;
    Some(Days {
        first: Some(as_of),
        last,
    })
}

/// `the last 3 months`: every day since the earliest that `3 months ago` can mean.
pub fn since(words: &[&str], as_of: Date) -> Option<Days> {
    let first = read(words, as_of, false)?.first;
    Some(Days { first, last: as_of })
}

/// `more than a year ago`: every day up to the one a year ago. The bound is exact.
pub fn at_least(words: &[&str], as_of: Date) -> Option<Days> {
    let long = long(words)?;
    let last = back(long.least, long.unit, as_of)?;
    // Half a month may have one day less than `back` counts.
    let slip = i64::from(long.unit == "month" && long.least % 2 == 1);
    Some(Days::on_or_before(last.plus_days(slip)))
}

/// `years ago` and `many years ago`: at the latest as recent as `a few years ago`.
pub fn many(unit: &str, as_of: Date) -> Option<Days> {
    let last = read(&["few", unit], as_of, false)?.last;
    unit.ends_with('s').then(|| Days::on_or_before(last))
}

/// Half a unit and a whole unit in days, rounded up.
fn rounded(unit: &str) -> (i64, i64) {
    match unit {
        "day" => (0, 1),
        "week" => (4, 7),
        "month" => (16, 31),
        _ => (183, 366),
    }
}

fn long<'a>(words: &[&'a str]) -> Option<Long<'a>> {
    let between = |least: u16, most: u16, unit: &'a str| {
        let (unit, times) = unit_of(unit)?;
        let (least, most) = (least.checked_mul(times)?, most.checked_mul(times)?);
        (0 < least && least <= most).then_some(Long { least, most, unit })
    };
    match words {
        ["half", "a" | "an", unit] | ["half", unit] => between(1, 1, unit),
        // From the smallest number with rounding to the largest that people call so.
        ["a", "couple", unit] | ["couple", unit] => between(2, 8, unit),
        ["a", "few", unit] | ["few" | "several", unit] => between(2, 24, unit),
        [count, unit] => {
            let halves = halves(count)?;
            between(halves, halves, unit)
        }
        ["a", unit, "or", "two"] => between(2, 4, unit),
        [least, "or" | "to", most, unit] => between(halves(least)?, halves(most)?, unit),
        [count, unit, "and", "a", "half"] | [count, "and", "a", "half", unit] => {
            let halves = halves(count)?.checked_add(1)?;
            between(halves, halves, unit)
        }
        _ => None,
    }
}

/// A unit by its usual names, and the number of units that the name means.
pub fn unit_of(word: &str) -> Option<(&'static str, u16)> {
    Some(match word {
        "day" | "days" => ("day", 1),
        "week" | "weeks" | "wk" | "wks" => ("week", 1),
        "fortnight" | "fortnights" => ("week", 2),
        "month" | "months" | "mth" | "mths" => ("month", 1),
        "year" | "years" | "yr" | "yrs" => ("year", 1),
        _ => return None,
    })
}

/// A count in halves: `a` is 2, `1.5` is 3.
fn halves(count: &str) -> Option<u16> {
    let (count, half) = match count.strip_suffix(".5") {
        Some(whole) => (whole, 1),
        None => (count, 0),
    };
    let whole = match count {
        "a" | "an" => 1,
        word => self::count(word)?,
    };
    whole.checked_mul(2)?.checked_add(half)
}

/// A whole number in digits or as a word.
pub fn count(word: &str) -> Option<u16> {
    match COUNTS.iter().position(|name| *name == word) {
        Some(index) => Some(u16::try_from(index).ok()? + 1),
        None if word.bytes().all(|b| b.is_ascii_digit()) => word.parse().ok(),
        None => None,
    }
}

const COUNTS: [&str; 20] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// The day this many half units before `as_of`; none for half days.
fn back(halves: u16, unit: &str, as_of: Date) -> Option<Date> {
    let (whole, half) = (halves / 2, halves % 2 == 1);
    let day = |count: u16, unit: &str| match count {
        0 => Some(as_of),
        _ => Some(Period::read(&count.to_string(), unit)?.cleared_by(as_of)),
    };
    match unit {
        _ if !half => day(whole, unit),
        "year" => day(halves.checked_mul(6)?, "months"),
        "month" => Some(day(whole, "months")?.plus_days(-15)),
        "week" => Some(day(whole, "weeks")?.plus_days(-3)),
        _ => None,
    }
}

/// The day this many half units after `as_of`; none for half days.
fn forth(halves: u16, unit: &str, as_of: Date) -> Option<Date> {
    let (whole, half) = (halves / 2, halves % 2 == 1);
    let day = |count: u16, unit: &str| match count {
        0 => Some(as_of),
        _ => Some(Period::read(&count.to_string(), unit)?.after(as_of)),
    };
    match unit {
        _ if !half => day(whole, unit),
        "year" => day(halves.checked_mul(6)?, "months"),
        "month" => Some(day(whole, "months")?.plus_days(15)),
        "week" => Some(day(whole, "weeks")?.plus_days(3)),
        _ => None,
    }
}
