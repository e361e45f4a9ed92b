//! Days in words: `12 May 2026`, `early 2025`, `last week`, `about 3 months ago`.

use crate::date::{Date, Days, month_name};
use crate::normalize::normalize;

use super::ago::is_about;
use super::season::Season;
use super::week::WEEKDAYS;
use super::year::{day_of_month_or_year, in_full, in_words, month_number, number, without_year};
use super::{DateError, ago, planned};

/// All days up to `latest` that the words can mean, counted from `as_of`. If `latest` is after it, planned days are
/// possible.
pub fn read(text: &str, as_of: Date, latest: Date) -> Result<Days, DateError> {
    if as_of < latest
        && let Some(days) = planned::plus(text, as_of)
    {
        return Ok(days);
    }
    let text = between_digits(text).replace(',', " ");
    let folded = normalize(&text);
    let mut words: Vec<&str> = folded
        .split_whitespace()
        .filter(|word| !matches!(*word, "the" | "of"))
        .collect();
    if as_of < latest
        && let Some(days) = planned::read(&words, as_of)
    {
        return days;
    }
    if let [.., "or", "so"] = words.as_slice() {
        words.truncate(words.len() - 2);
        return about(&words, as_of, latest);
    }
    if let Some(days) = compared(&words, as_of) {
        return days;
    }
    match words.as_slice() {
        [word, rest @ ..] if is_about(word) => about(rest, as_of, latest),
        ["just", "over" | "under", rest @ ..] => about(rest, as_of, latest),
        ["over", rest @ ..] if matches!(rest, ["last" | "past", ..]) => plainly(rest, as_of),
        ["in" | "on" | "during" | "within" | "earlier", rest @ ..] => plainly(rest, as_of),
        words => plainly(words, as_of),
    }
}

/// Comparisons with a time ago: `more than a year ago`, `2 years ago or more`, `less than a month
/// ago`. None if there is no comparison.
fn compared(words: &[&str], as_of: Date) -> Option<Result<Days, DateError>> {
    let (long, more) = match words {
        [rest @ .., "ago", "or", "more" | "longer"]
        | [rest @ .., "or", "more" | "longer", "ago"]
        | ["more" | "longer" | "greater", "than", rest @ .., "ago"]
        | ["no" | "not", "less", "than", rest @ .., "ago"]
        | ["at", "least", rest @ .., "ago"]
        | ["well" | "far", "over", rest @ .., "ago"]
        | ["over", rest @ .., "ago"] => (rest, true),
        ["less" | "fewer", "than", rest @ .., "ago"]
        | ["no" | "not", "more" | "longer", "than", rest @ .., "ago"]
        | ["at", "most", rest @ .., "ago"]
        | ["not", "over", rest @ .., "ago"]
        | ["well", "under", rest @ .., "ago"]
        | ["up", "to", rest @ .., "ago"]
        | ["under", rest @ .., "ago"] => (rest, false),
        [count, "or", "more", unit, "ago"] => (&[*count, *unit][..], true),
        [count, unit, "ago"] if let Some(count) = count.strip_suffix('+') => {
            return Some(ago::at_least(&[count, unit], as_of).ok_or(DateError::NotADate));
        }
        _ => return None,
    };
    let days = if more {
        ago::at_least(long, as_of)
    } else {
        ago::since(long, as_of)
    };
    Some(days.ok_or(DateError::NotADate))
}

/// Replaces `2-3` by `2 to 3`; a dash elsewhere becomes a blank.
fn between_digits(text: &str) -> String {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut spelt = String::with_capacity(text.len());
    let mut before = None;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if matches!(letter, '-' | '–') && digit(before) && digit(letters.peek().copied()) {
            spelt.push_str(" to ");
        } else {
            spelt.push(letter);
        }
        before = Some(letter);
    }
    spelt
}

/// The days that `about` a time can mean. The range is wider by its own length on both sides; for a
/// month or a year, by the whole one before and the whole one after.
fn about(words: &[&str], as_of: Date, latest: Date) -> Result<Days, DateError> {
    around(words, as_of, latest).map_err(|why| why.behind("about"))
}

fn around(words: &[&str], as_of: Date, latest: Date) -> Result<Days, DateError> {
    if let [words @ .., "ago"] = words {
        return ago::read(words, as_of, true).ok_or(DateError::NotADate);
    }
    let months = match stretch(words, as_of) {
        Ok(Stretch::Month(..)) => Some(1),
        Ok(Stretch::Year(_)) => Some(12),
        _ => None,
    };
    let days = plainly(words, as_of)?;
    let first = days.first.filter(|first| *first <= latest);
    let first = first.ok_or(DateError::Future)?;
    let (first, last) = if let Some(months) = months {
        let after = days.last.plus_days(1);
        (
            first.plus_months(-months),
            after.plus_months(months).plus_days(-1),
        )
    } else {
        let more = first.days_to(days.last).max(16);
        (first.plus_days(-more), days.last.plus_days(more))
    };
    Ok(Days {
        first: Some(first),
        last,
    })
}

fn plainly(words: &[&str], as_of: Date) -> Result<Days, DateError> {
    let back = |from: i64, to: i64| {
        Ok(Days {
            first: Some(as_of.plus_days(-from)),
            last: as_of.plus_days(-to),
        })
    };
    match words {
        ["today"] | ["this", "morning"] => back(0, 0),
        ["yesterday"] => back(1, 1),
        ["day", "before", "yesterday"] => back(2, 2),
        ["last", "night"] => back(1, 0),
        ["this", "week"] => back(6, 0),
        // The previous week, whatever day weeks begin on, or the last seven days.
        ["last" | "past", "week"] => back(13, 0),
        [weekday] | ["last", weekday] if WEEKDAYS.contains(weekday) => back(13, 0),
        [unit, "ago"] | ["some" | "many", unit, "ago"] => {
            ago::many(unit, as_of).ok_or(DateError::NotADate)
        }
        [words @ .., "ago"] => ago::read(words, as_of, false).ok_or(DateError::NotADate),
        // The previous calendar month or year, or the month or year that ends today.
        ["last" | "past", "month" | "year"] => Ok(Days {
            last: as_of,
            ..stretch(words, as_of)?.days(None)?
        }),
        ["last" | "past", words @ ..] if words.len() > 1 => {
            ago::since(words, as_of).ok_or(DateError::NotADate)
        }
        [word, rest @ ..] if let Some(part) = Part::named(word) => match stretch(rest, as_of) {
            Ok(stretch) => stretch.days(Some(part)),
            // A day has no early part, so the month is meant.
            Err(DateError::Either([month, _])) => {
                let month = normalize(&month);
                let words: Vec<&str> = month.split(' ').collect();
                stretch(&words, as_of)?.days(Some(part))
            }
            Err(why) => Err(why.behind(word)),
        },
        [day, month, year] | [month, day, year]
            if matches!(year.len(), 2 | 4) && month_number(month).is_some() =>
        {
            let month = month_number(month).ok_or(DateError::NotADate)?;
            let day = day_number(day).ok_or(DateError::NotADate)?;
            let year = in_full(year, as_of, |year| in_words(day, month, year))?;
            Date::new(year, month, day)
                .map(Days::on)
                .ok_or(DateError::NoSuchDay)
        }
        words if let Some((day, month)) = day_and_month(words) => {
            Err(without_year(day, month, as_of))
        }
        words => stretch(words, as_of)?.days(None),
    }
}

/// A day and a month that cannot be a month and a year: `12 March`, `March 12th`.
fn day_and_month(words: &[&str]) -> Option<(i8, i8)> {
    let (day, month) = match words {
        [month, day] if month_number(month).is_some() => {
            let year = day.len() > 1 && day.bytes().all(|b| b.is_ascii_digit());
            (!year).then_some((day, month))?
        }
        [day, month] => (day, month),
        _ => return None,
    };
    Some((day_number(day)?, month_number(month)?))
}

/// `12`, `12th`.
fn day_number(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
    let plain = digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// A named range of the calendar.
enum Stretch {
    Year(i16),
    Month(i16, i8),
    Season(Days),
}

/// `2025`, `May 2026`, `this year`, `last month`, `spring 2025`, `last spring`.
fn stretch(words: &[&str], as_of: Date) -> Result<Stretch, DateError> {
    let (this_year, this_month, _) = as_of.parts();
    let season = |days: Option<Days>| days.map(Stretch::Season).ok_or(DateError::NotADate);
    match words {
        ["this", "year"] => Ok(Stretch::Year(this_year)),
        ["last" | "past", "year"] => Ok(Stretch::Year(this_year - 1)),
        ["this", "month"] => Ok(Stretch::Month(this_year, this_month)),
        ["last" | "past", "month"] => Ok(match this_month {
            1 => Stretch::Month(this_year - 1, 12),
            month => Stretch::Month(this_year, month - 1),
        }),
        [year] if year.len() == 4 => Ok(Stretch::Year(number(year)?)),
        [name, year] if year.len() == 4 && month_number(name).is_some() => {
            let month = month_number(name).ok_or(DateError::NotADate)?;
            Ok(Stretch::Month(number(year)?, month))
        }
        [name, year] if let (Some(month), 2) = (month_number(name), year.len()) => Ok(
            Stretch::Month(day_of_month_or_year(month, year, as_of)?, month),
        ),
        [name] | ["last" | "this" | "past", name] if let Some(month) = month_number(name) => {
            Err(DateError::Open(last_two(month, as_of)))
        }
        // Christmas is not in December for everyone.
        ["christmas" | "xmas", ..] | ["last", "christmas" | "xmas"] => {
            let year = words.last().and_then(|year| year.parse().ok());
            let year = year.unwrap_or(this_year - i16::from(this_month < 12));
            Err(DateError::Open([
                format!("December {year}"),
                format!("January {}", year.saturating_add(1)),
            ]))
        }
        ["this", name] if let Some(named) = Season::named(name) => season(named.this(as_of)),
        ["last" | "past", name] | ["this", "past", name]
            if let Some(named) = Season::named(name) =>
        {
            season(named.last(as_of))
        }
        [name] if Season::named(name).is_some() => Err(DateError::Open([
            format!("{name} {this_year}"),
            format!("{name} {}", this_year - 1),
        ])),
        [name, year] if let Some(named) = Season::named(name) => season_of(named, year),
        [name, year, "to", next] if let Some(named) = Season::named(name) => {
            season_of(named, &format!("{year}/{next}"))
        }
        _ => Err(DateError::NotADate),
    }
}

/// The season of `2025`, or of `2024/25`.
fn season_of(season: Season, year: &str) -> Result<Stretch, DateError> {
    let days = match year.split_once('/') {
        None if year.len() == 4 => season.of_year(number(year)?),
        None => None,
        Some((year, next)) => {
            let (year, next) = (number(year)?, number(next)?);
            let after = year.checked_add(1).ok_or(DateError::NotADate)?;
            let follows = next == after || next == after % 100;
            follows.then(|| season.of_two_years(year)).flatten()
        }
    };
    days.map(Stretch::Season).ok_or(DateError::NotADate)
}

/// The month in the last two years, in words.
fn last_two(month: i8, as_of: Date) -> [String; 2] {
    let (year, this_month, _) = as_of.parts();
    let latest = year - i16::from(month > this_month);
    let name = month_name(month);
    [latest, latest - 1].map(|year| format!("{name} {year}"))
}

/// A part of a range.
#[derive(Clone, Copy)]
enum Part {
    Early,
    Middle,
    Late,
}

impl Part {
    fn named(word: &str) -> Option<Self> {
        Some(match word {
            "early" | "beginning" | "start" => Self::Early,
            "mid" | "middle" => Self::Middle,
            "late" | "end" => Self::Late,
            _ => return None,
        })
    }
}

impl Stretch {
    /// All days of the range, or of a part of it. Parts overlap widely, because people differ on
    /// where the early part of a year ends.
    fn days(&self, part: Option<Part>) -> Result<Days, DateError> {
        let days = |first: Option<Date>, last: Option<Date>| match (first, last) {
            (Some(first), Some(last)) => Ok(Days {
                first: Some(first),
                last,
            }),
            _ => Err(DateError::NoSuchDay),
        };
        match *self {
            Self::Season(days) => Ok(days),
            Self::Year(year) => {
                let (from, to) = match part {
                    None => (1, 12),
                    Some(Part::Early) => (1, 6),
                    Some(Part::Middle) => (4, 9),
                    Some(Part::Late) => (7, 12),
                };
                let last = Date::new(year, to, 1).map(Date::month_end);
                days(Date::new(year, from, 1), last)
            }
            Self::Month(year, month) => {
                let end = Date::new(year, month, 1).map(Date::month_end);
                let (from, last) = match part {
                    None => (1, end),
                    Some(Part::Early) => (1, Date::new(year, month, 16)),
                    Some(Part::Middle) => (6, Date::new(year, month, 25)),
                    Some(Part::Late) => (15, end),
                };
                days(Date::new(year, month, from), last)
            }
        }
    }
}
