//! Days that tables count: in days, as spreadsheets do; in years of age; or with years of two
//! digits.

use crate::date::{Date, Days};
use crate::decimal::Decimal;
use crate::impossible::GREATEST_AGE;
use crate::normalize::normalize;

use super::year::AHEAD;
use super::{Century, DateError};

/// The day with this number in a spreadsheet; none when `text` is not a number.
///
/// A number that looks like a year is refused: the column may hold years too. The number 0 is what a
/// spreadsheet has for an empty date: the day before its first, which counts as not known.
pub fn serial(text: &str, latest: Date) -> Option<Result<Days, DateError>> {
    let whole = match text.split_once('.') {
        Some((whole, part)) if part.bytes().all(|byte| byte.is_ascii_digit()) => whole,
        Some(_) => return None,
        None => text,
    };
    let number: i64 = whole.parse().ok().filter(|_| !whole.starts_with('+'))?;
    Some(match number {
        1900..2100 => Err(DateError::Open([
            "1990-05-31".to_owned(),
            "33024".to_owned(),
        ])),
        // Day 60 is 29 February 1900, which did not exist.
        ..0 | 60 => Err(DateError::NoSuchDay),
        3_000_000.. => Err(DateError::NotADate),
        number => {
            let before = i64::from(number > 60);
            let first = Date::new(1900, 1, 1).map(|first| first.plus_days(number - 1 - before));
            match first {
                Some(day) if day > latest => Err(DateError::Future),
                Some(day) => Ok(Days::on(day)),
                None => Err(DateError::NotADate),
            }
        }
    })
}

/// The days of birth of a patient who had the age in `text` on the day `answered_on` or `as_of`. None if
/// the text is not an age but may be a day.
pub fn born_at_age(text: &str, answered_on: Date, as_of: Date) -> Option<Result<Days, DateError>> {
    let (least, most) = age(text)?;
    if most > GREATEST_AGE || least > most {
        return Some(Err(DateError::NotAnAge)).filter(|_| !names_a_year(text));
    }
    let (early, late) = (answered_on.min(as_of), answered_on.max(as_of));
    Some(Ok(Days {
        first: Some(early.plus_months(-12 * (most + 1)).plus_days(1)),
        last: late.plus_months(-12 * least).min(as_of),
    }))
}

/// Why a text in a column of ages is neither an age nor a day.
pub fn no_age(text: &str, why: DateError) -> DateError {
    match why {
        DateError::NotADate | DateError::NotInFormat(_) => DateError::NotAnAge,
        why if names_a_year(text) => why,
        _ => DateError::NotAnAge,
    }
}

/// Whether there are four digits in a row, as in a year; no age has so many.
fn names_a_year(text: &str) -> bool {
    let mut parts = text.split(|c: char| !c.is_ascii_digit());
    parts.any(|digits| digits.len() == 4)
}

/// `34`, `34 years`, `25-34`, `65+`: the minimum and maximum age.
fn age(text: &str) -> Option<(i32, i32)> {
    // `34.0` comes from a column of numbers with gaps.
    let number = |text: &str| -> Option<i32> {
        let whole = Decimal::read(text)?.to_string();
        whole.parse().ok().filter(|age| *age >= 0)
    };
    let unsigned = text.trim_start_matches(|c: char| c.is_whitespace());
    if unsigned.starts_with(['-', '+']) {
        return None;
    }
    let folded = normalize(unsigned).replace('\u{2013}', " ");
    let mut words: Vec<&str> = folded.split_whitespace().collect();
    words.retain(|word| !matches!(*word, "years" | "year" | "yrs" | "yr" | "y" | "yo" | "old"));
    match words.as_slice() {
        [one] => match one.strip_suffix('+') {
            Some(least) => Some((number(least)?, GREATEST_AGE)),
            None => number(one).map(|age| (age, age)),
        },
        [least, "or" | "and", "over" | "older" | "above"] => Some((number(least)?, GREATEST_AGE)),
        [least, "to" | "or", most] | [least, most] => Some((number(least)?, number(most)?)),
        _ => None,
    }
}

/// The days that `day` may mean if its year was written with two digits.
///
/// A day of this year or the next means only that day. It may be a typing error. It is then refused
/// as a future day, not read as a day a hundred years ago. A day of birth cannot be in the future,
/// so it is a hundred years ago in that case. If the day may be planned, no day of the next ten years
/// is read as one a hundred years ago.
pub fn in_some_century(day: Date, century: Century, as_of: Date, may_be_planned: bool) -> Days {
    let (year, month, date) = day.parts();
    let (this_year, ..) = as_of.parts();
    let (year, this) = (year.rem_euclid(100), this_year - this_year.rem_euclid(100));
    let in_century = |first: i16| Date::new(first + year, month, date);
    let ahead = if may_be_planned { AHEAD } else { 1 };
    let begun = |first: i16| first + year <= this_year + ahead;
    let latest = [this, this - 100].into_iter().filter(|first| begun(*first));
    let to_come = |day: &Date| century == Century::OfBirth && *day > as_of;
    let mut latest = latest.filter_map(in_century).filter(|day| !to_come(day));
    let Some(last) = latest.next() else {
        return Days::on(day);
    };
    let earliest = as_of.plus_months(-12 * (GREATEST_AGE + 1));
    let earlier = latest.find(|day| *day > earliest && last <= as_of);
    match (century, earlier) {
        (Century::OfBirth | Century::Any, Some(first)) => Days {
            first: Some(first),
            last,
        },
        _ => Days::on(last),
    }
}

#[cfg(test)]
mod tests {
    use super::{Century, born_at_age, in_some_century, serial};
    use crate::date::{Date, Days};

    fn day(text: &str) -> Date {
        Date::from_iso(text).expect("a day")
    }

    #[test]
    fn days_as_spreadsheets_count_them() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            let read = match serial(text, day("2026-11-20")) {
                None => "none".to_owned(),
                Some(Ok(days)) => days.to_string(),
                Some(Err(why)) => format!("{why:?}"),
            };
            assert!(read.starts_with(expected), "{text}: {read}");
        }

        case("1", "1900-01-01");
        case("59", "1900-02-28");
        case("60", "NoSuchDay");
        case("61", "1900-03-01");
        case("33024", "1990-05-31");
        case("33024.5", "1990-05-31");
        case("46346", "2026-11-20");
        case("46347", "Future");
        case("1990", "Open");
        // An empty date; the day before the first counts as not known.
        case("0", "1899-12-31");
        case("0.0", "1899-12-31");
        case("0.5", "1899-12-31");
        case("-4", "NoSuchDay");
        case("5000000", "NotADate");
        case("1990-05-31", "none");
        case("never", "none");
        case("", "none");
    }

    #[test]
    fn a_birth_by_the_age() {
        #[track_caller]
        fn case(text: &str, answered_on: &str, expected: &str) {
            let read = match born_at_age(text, day(answered_on), day("2026-11-20")) {
                None => "none".to_owned(),
                Some(Ok(days)) => days.to_string(),
                Some(Err(why)) => format!("{why:?}"),
            };
            assert_eq!(read, expected, "{text}");
        }

        case("17", "2026-11-20", "2008-11-21 to 2009-11-20");
        case("18", "2026-11-20", "2007-11-21 to 2008-11-20");
        case("18.0 years old", "2026-11-20", "2007-11-21 to 2008-11-20");
        case("18", "2026-09-20", "2007-09-21 to 2008-11-20");
        case("18", "2026-12-20", "2007-11-21 to 2008-12-20");
        case("25-34", "2026-11-20", "1991-11-21 to 2001-11-20");
        case("25 to 34", "2026-11-20", "1991-11-21 to 2001-11-20");
        case("65+", "2026-11-20", "1905-11-21 to 1961-11-20");
        case("34-25", "2026-11-20", "NotAnAge");
        case("180", "2026-11-20", "NotAnAge");
        case("1991-04", "2026-11-20", "none");
        case("2009", "2026-11-20", "none");
        case("-18", "2026-11-20", "none");
        case("18.5", "2026-11-20", "none");
        case("1990-05-31", "2026-11-20", "none");
        case("", "2026-11-20", "none");
    }

    #[test]
    fn years_of_two_digits() {
        #[track_caller]
        fn case(read: &str, century: Century, expected: &str) {
            let days: Days = in_some_century(day(read), century, day("2026-11-20"), false);
            assert_eq!(days.to_string(), expected);
        }

        // The format reads 1962 as 2062.
        case("2062-05-31", Century::Any, "1962-05-31");
        case("2062-05-31", Century::Latest, "1962-05-31");
        case("1985-05-31", Century::Any, "1985-05-31");
        // The patient may be a centenarian or a minor.
        case("2010-05-31", Century::Any, "1910-05-31 to 2010-05-31");
        case("2026-11-19", Century::Any, "1926-11-19 to 2026-11-19");
        case("2004-05-31", Century::Any, "2004-05-31");
        case("2024-02-29", Century::Latest, "2024-02-29");
        // A typing error is not read as a day a hundred years ago.
        case("2026-11-21", Century::Any, "2026-11-21");
        case("2026-11-21", Century::Latest, "2026-11-21");
        case("2027-01-01", Century::Latest, "2027-01-01");
        case("2028-01-01", Century::Any, "1928-01-01");
        // A day of birth cannot be in the future.
        case("2026-11-21", Century::OfBirth, "1926-11-21");
        case("2027-01-01", Century::OfBirth, "1927-01-01");
        case("2026-11-20", Century::OfBirth, "1926-11-20 to 2026-11-20");
        case("1985-05-31", Century::OfBirth, "1985-05-31");
    }
}
