//! Written years and months, years of two digits, and days without a year: `12 Apr 91`, `Mar 26`, `12 March`.

use crate::date::{Date, MONTHS, month_name};
use crate::normalize::normalize;

use super::DateError;

/// If two digits are at most this many years ahead, a typing error is more likely than the last century.
pub const AHEAD: i16 = 10;

/// The full year: two digits mean the last such year. A year just after `as_of` may be a typing error. It must be
/// written in full, as `written` shows.
pub fn in_full(year: &str, as_of: Date, written: impl Fn(i16) -> String) -> Result<i16, DateError> {
    let short = number(year)?;
    if year.len() != 2 {
        return Ok(short);
    }
    let this_year = as_of.parts().0;
    let same_century = this_year - this_year % 100 + short;
    let ahead = same_century - this_year;
    if ahead <= 0 {
        Ok(same_century)
    } else if ahead > AHEAD {
        Ok(same_century - 100)
    } else {
        Err(DateError::Open(
            [same_century - 100, same_century].map(written),
        ))
    }
}

/// The year of `Mar 91`. `Mar 26` is ambiguous, because it may be the 26th of March.
pub fn day_of_month_or_year(month: i8, digits: &str, as_of: Date) -> Result<i16, DateError> {
    let name = month_name(month);
    let year = in_full(digits, as_of, |year| format!("{name} {year}"));
    let day = i8::try_from(number(digits)?).map_err(|_| DateError::NotADate)?;
    match latest(day, month, as_of).first() {
        None => year,
        Some(date) => Err(DateError::Either([
            format!("{name} {}", year.unwrap_or(as_of.parts().0)),
            in_words(day, month, date.parts().0),
        ])),
    }
}

/// The error for a day without a year, which does not determine the day.
pub fn without_year(day: i8, month: i8, as_of: Date) -> DateError {
    match latest(day, month, as_of).as_slice() {
        [one, other, ..] => {
            DateError::Open([one, other].map(|date| in_words(day, month, date.parts().0)))
        }
        _ => DateError::NoSuchDay,
    }
}

/// The latest two such days up to `as_of`; leap days are at most eight years apart.
fn latest(day: i8, month: i8, as_of: Date) -> Vec<Date> {
    let year = as_of.parts().0;
    let years = (0..=16).filter_map(|back| Date::new(year.checked_sub(back)?, month, day));
    years.filter(|date| *date <= as_of).take(2).collect()
}

/// `12 March 2026`.
pub fn in_words(day: i8, month: i8, year: i16) -> String {
    format!("{day} {} {year}", month_name(month))
}

/// A year in digits.
pub fn number(year: &str) -> Result<i16, DateError> {
    let digits = year.bytes().all(|b| b.is_ascii_digit());
    let year = digits.then(|| year.parse().ok()).flatten();
    year.ok_or(DateError::NotADate)
}

/// 1 to 12 for a month's name or its first three letters.
pub fn month_number(word: &str) -> Option<i8> {
    let is = |name: &&'static str| {
        let name = name.to_lowercase();
        word == name
            || (word.len() >= 3 && name.get(..3) == Some(word))
            || word == "sept" && name == "september"
    };
    MONTHS
        .iter()
        .position(is)
        .and_then(|index| i8::try_from(index + 1).ok())
}

/// A word of a time with exact days: `12 May 2020`, `2020-05`, `this year`.
pub fn is_calendar_word(word: &str) -> bool {
    let word = normalize(word);
    word.is_empty()
        || word.starts_with(|c: char| c.is_ascii_digit())
        || month_number(&word).is_some()
        || matches!(
            word.as_str(),
            "the" | "of" | "in" | "on" | "this" | "year" | "month"
        )
}
