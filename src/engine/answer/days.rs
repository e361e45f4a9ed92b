//! Days as people say them. What could mean two days is never guessed.

use crate::engine::date::{Date, Days, MONTHS};
use crate::engine::fold::fold;
use crate::engine::period::Period;

/// How a table writes its dates, in strftime's terms: `%d/%m/%Y`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateFormat(String);

/// Why a text names no days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoDays {
    /// It is no date in any form read here.
    NotADate,
    /// The form is right but the calendar has no such day.
    NoSuchDay,
    /// Day and month could be either way round.
    TwoWays,
    /// The year does not come first.
    YearLast,
    /// It lies after the day decided for.
    Future,
    /// It lies before 1900.
    TooEarly,
}

impl DateFormat {
    /// A format, when it names a year, a month and a day.
    #[must_use]
    pub fn new(format: &str) -> Option<Self> {
        let day = Date::new(2024, 11, 23)?;
        let format = Self(format.to_owned());
        (format.read(&day.formatted(&format.0)?) == Some(day)).then_some(format)
    }

    fn read(&self, text: &str) -> Option<Date> {
        Date::from_format(&self.0, text)
    }
}

/// The days `text` means, cut off at `as_of`.
pub fn read(text: &str, as_of: Date, format: Option<&DateFormat>) -> Result<Days, NoDays> {
    let text = text.trim();
    let days = match format.and_then(|format| format.read(text)) {
        Some(day) => Days::on(day),
        None => in_known_form(text, as_of).map_err(|why| match (why, format) {
            // The format says which way round it is, so the day itself is wrong.
            (NoDays::TwoWays | NoDays::YearLast, Some(_)) => NoDays::NoSuchDay,
            (why, _) => why,
        })?,
    };
    let first = days.first.unwrap_or(Date::EARLIEST);
    if first > as_of {
        return Err(NoDays::Future);
    }
    if first < Date::EARLIEST {
        return Err(NoDays::TooEarly);
    }
    Ok(Days {
        first: days.first,
        last: days.last.min(as_of),
    })
}

fn in_known_form(text: &str, as_of: Date) -> Result<Days, NoDays> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    // What a spreadsheet adds to a day when it takes it for a moment.
    let text = text
        .strip_suffix(" 00:00:00")
        .or_else(|| text.strip_suffix("T00:00:00"))
        .unwrap_or(text);
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    match parts.as_slice() {
        [year, month, day] if digits(year) && digits(month) && digits(day) => {
            if !text.contains('-') || year.len() != 4 || month.len() != 2 || day.len() != 2 {
                let either_way = [*year, *month]
                    .iter()
                    .all(|part| part.parse::<u16>().is_ok_and(|n| n <= 12));
                return Err(match (year.len(), either_way) {
                    (4, _) => NoDays::NotADate,
                    (_, true) => NoDays::TwoWays,
                    (_, false) => NoDays::YearLast,
                });
            }
            Date::from_iso(text).map(Days::on).ok_or(NoDays::NoSuchDay)
        }
        [year, month]
            if year.len() == 4
                && month.len() == 2
                && digits(year)
                && digits(month)
                && text.contains('-') =>
        {
            whole_month(year, month)
        }
        [month, year] if year.len() == 4 && month.len() <= 2 && digits(year) && digits(month) => {
            whole_month(year, month)
        }
        [year] if year.len() == 4 && digits(year) => {
            let year: i16 = year.parse().map_err(|_| NoDays::NotADate)?;
            let day = |month, day| Date::new(year, month, day).ok_or(NoDays::NoSuchDay);
            Ok(Days {
                first: Some(day(1, 1)?),
                last: day(12, 31)?,
            })
        }
        _ => in_words(&fold(text), as_of),
    }
}

fn whole_month(year: &str, month: &str) -> Result<Days, NoDays> {
    let year: i16 = year.parse().map_err(|_| NoDays::NotADate)?;
    let month: i8 = month.parse().map_err(|_| NoDays::NotADate)?;
    let first = Date::new(year, month, 1).ok_or(NoDays::NoSuchDay)?;
    Ok(Days {
        first: Some(first),
        last: first.month_end(),
    })
}

/// `today`, `about 3 months ago`, `May 2026`, `12 May 2026`.
fn in_words(folded: &str, as_of: Date) -> Result<Days, NoDays> {
    let folded = folded.replace(',', " ");
    let words: Vec<&str> = folded.split_whitespace().collect();
    match words.as_slice() {
        ["today"] => Ok(Days::on(as_of)),
        ["yesterday"] => Ok(Days::on(as_of.plus_days(-1))),
        [
            "about" | "around" | "roughly" | "approximately",
            count,
            unit,
            "ago",
        ] => ago(count, unit, as_of, true).ok_or(NoDays::NotADate),
        [count, unit, "ago"] => ago(count, unit, as_of, false).ok_or(NoDays::NotADate),
        [month, year] if year.len() == 4 => {
            let month = month_number(month).ok_or(NoDays::NotADate)?;
            whole_month(year, &month.to_string())
        }
        [day, month, year] | [month, day, year]
            if year.len() == 4 && month_number(month).is_some() =>
        {
            let month = month_number(month).ok_or(NoDays::NotADate)?;
            let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let day = day.parse().map_err(|_| NoDays::NotADate)?;
            let year = year.parse().map_err(|_| NoDays::NotADate)?;
            Date::new(year, month, day)
                .map(Days::on)
                .ok_or(NoDays::NoSuchDay)
        }
        _ => Err(NoDays::NotADate),
    }
}

/// `3 months ago`: people round, so half a unit either way; with "about" a
/// whole unit, but never so far that one unit ago could be today. Days without
/// "about" are taken at their word.
fn ago(count: &str, unit: &str, as_of: Date, about: bool) -> Option<Days> {
    let counted: u16 = match COUNTS.iter().position(|word| *word == count) {
        Some(index) => u16::try_from(index).ok()? + 1,
        None if matches!(count, "a" | "an") => 1,
        None => count.parse().ok()?,
    };
    let day = Period::read(&counted.to_string(), unit)?.cleared_by(as_of);
    let (half, whole) = match unit.trim_end_matches('s') {
        "day" => (0, 1),
        "week" => (4, 7),
        "month" => (16, 31),
        _ => (183, 366),
    };
    let before = if about { whole } else { half };
    let after = if about && counted > 1 { whole } else { half };
    Some(Days {
        first: Some(day.plus_days(-before)),
        last: day.plus_days(after).min(as_of),
    })
}

const COUNTS: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// 1 to 12 for a month's name or its first three letters.
fn month_number(word: &str) -> Option<i8> {
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

#[cfg(test)]
mod tests {
    use super::{DateFormat, NoDays, read};
    use crate::engine::date::Date;

    fn said(text: &str, format: Option<&str>) -> String {
        let as_of = Date::from_iso("2026-11-20").expect("a day");
        let format = format.map(|format| DateFormat::new(format).expect("a format"));
        match read(text, as_of, format.as_ref()) {
            Ok(days) => days.to_string(),
            Err(why) => format!("{why:?}"),
        }
    }

    #[test]
    fn what_days_a_text_means() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            assert_eq!(said(text, None), expected, "{text}");
        }

        case("2026-08-31", "2026-08-31");
        case("2026-05", "2026-05-01 to 2026-05-31");
        case("2026-11", "2026-11-01 to 2026-11-20");
        case("2019", "2019-01-01 to 2019-12-31");
        case("2026", "2026-01-01 to 2026-11-20");
        case("05/2026", "2026-05-01 to 2026-05-31");
        case("5/2026", "2026-05-01 to 2026-05-31");
        case("May 2026", "2026-05-01 to 2026-05-31");
        case("12 may 2026", "2026-05-12");
        case("May 12th, 2026", "2026-05-12");
        case("2026-05-12 00:00:00", "2026-05-12");
        case("today", "2026-11-20");
        case("yesterday", "2026-11-19");
        case("3 days ago", "2026-11-17");
        case("about 3 days ago", "2026-11-16 to 2026-11-18");
        case("3 months ago", "2026-08-04 to 2026-09-05");
        case("about 5 months ago", "2026-05-20 to 2026-07-21");
        case("a month ago", "2026-10-04 to 2026-11-05");
        case("two weeks ago", "2026-11-02 to 2026-11-10");
        case("about 1 year ago", "2024-11-19 to 2026-05-22");
    }

    #[test]
    fn what_is_never_guessed() {
        #[track_caller]
        fn case(text: &str, expected: &NoDays) {
            assert_eq!(said(text, None), format!("{expected:?}"), "{text}");
        }

        case("2026-02-30", &NoDays::NoSuchDay);
        case("2026-13", &NoDays::NoSuchDay);
        case("30 February 2026", &NoDays::NoSuchDay);
        case("05/06/2026", &NoDays::TwoWays);
        case("31/12/2025", &NoDays::YearLast);
        case("12/31/2025", &NoDays::YearLast);
        case("1.5.2026", &NoDays::TwoWays);
        case("2026/05/06", &NoDays::NotADate);
        case("20260506", &NoDays::NotADate);
        case("last May", &NoDays::NotADate);
        case("soon", &NoDays::NotADate);
        case("3 months", &NoDays::NotADate);
        case("2026-11-21", &NoDays::Future);
        case("2026-12", &NoDays::Future);
        case("2027", &NoDays::Future);
        case("1066", &NoDays::TooEarly);
        case("0026-05-01", &NoDays::TooEarly);
    }

    #[test]
    fn a_format_says_which_way_round() {
        assert_eq!(said("05/06/2026", Some("%d/%m/%Y")), "2026-06-05");
        assert_eq!(said("05/06/2026", Some("%m/%d/%Y")), "2026-05-06");
        assert_eq!(
            said("2026-05", Some("%d/%m/%Y")),
            "2026-05-01 to 2026-05-31"
        );
        assert_eq!(said("31/06/2026", Some("%d/%m/%Y")), "NoSuchDay");
        assert_eq!(DateFormat::new("%d/%m"), None);
        assert_eq!(DateFormat::new("hello"), None);
    }
}
