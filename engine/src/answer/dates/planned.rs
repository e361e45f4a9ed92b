//! Words for days that may be planned: `tomorrow`, `next Friday`, `in 3 weeks`. If words may mean a past day or a later
//! one, such as `Friday`, both are possible.

use crate::date::{Date, Days};

use super::ago::is_about;
use super::season::Season;
use super::week::{WEEKDAYS, weekday};
use super::{DateError, ago};

/// The days that the words can mean, counted from `as_of`. None if they do not name a later day by its distance: then they
/// name a past day, or say which day of the calendar is meant.
pub fn read(words: &[&str], as_of: Date) -> Option<Result<Days, DateError>> {
    let from_to = |first: Date, last: Date| {
        Some(Ok(Days {
            first: Some(first),
            last,
        }))
    };
    let tomorrow = as_of.plus_days(1);
    let named = match words {
        ["in" | "on" | "during" | "within", rest @ ..] => rest,
        words => words,
    };
    match named {
        ["tomorrow"] => return from_to(tomorrow, tomorrow),
        ["day", "after", "tomorrow"] => return from_to(tomorrow.plus_days(1), as_of.plus_days(2)),
        ["this", "week"] => return from_to(as_of.plus_days(-6), as_of.plus_days(6)),
        // The next week, whatever day weeks begin on, or the next seven days.
        ["next", "week"] => return from_to(tomorrow, as_of.plus_days(13)),
        // The next calendar month or year, or the one that begins today.
        ["next", "month"] => {
            let (year, month, _) = as_of.parts();
            let last = Date::new(year, month, 1)?.plus_months(1).month_end();
            return from_to(tomorrow, last.max(as_of.plus_months(1)));
        }
        ["next", "year"] => {
            return from_to(
                tomorrow,
                Date::new(as_of.parts().0.checked_add(1)?, 12, 31)?,
            );
        }
        // The first such day, or the one a week later.
        ["next", name] if let Some(day) = weekday(name, tomorrow) => {
            return from_to(day, day.plus_days(7));
        }
        [name] | ["this", name] if weekday(name, as_of).is_some() => {
            return from_to(as_of.plus_days(-13), as_of.plus_days(13));
        }
        _ => {}
    }
    if let Some(days) = distance(words, as_of) {
        return Some(Ok(days));
    }
    either(words, as_of).map(Err)
}

/// `+2w`, which is as exact as `in 2 weeks`.
pub fn plus(text: &str, as_of: Date) -> Option<Days> {
    let (count, unit) = super::ahead::plus(text)?;
    ago::ahead(&[count, &unit], as_of, false)
}

/// `in 3 weeks`, `about 3 weeks from now`, `the next 3 weeks`.
fn distance(words: &[&str], as_of: Date) -> Option<Days> {
    let (words, about) = match words {
        [rest @ .., "or", "so"] => (rest, true),
        [word, rest @ ..] if is_about(word) => (rest, true),
        words => (words, false),
    };
    match words {
        ["next", long @ ..] | ["in" | "within" | "during", "next", long @ ..] => {
            ago::until(long, as_of)
        }
        ["in", word, long @ .., "time"] | ["in", word, long @ ..] if is_about(word) => {
            ago::ahead(long, as_of, true)
        }
        ["in", long @ .., "time"] | ["in", long @ ..] | [long @ .., "from", "now" | "today"] => {
            ago::ahead(long, as_of, about)
        }
        _ => None,
    }
}

/// The error of words that the reader of past days would read as past ones, although they may mean later ones.
fn either(words: &[&str], as_of: Date) -> Option<DateError> {
    let mut pairs = words.windows(2);
    let this = pairs.find_map(|pair| match pair {
        ["this", name] => Season::named(name).map(|_| *name),
        _ => None,
    });
    if let Some(name) = this {
        let year = as_of.parts().0;
        return Some(DateError::Open(
            [year, year.saturating_add(1)].map(|year| format!("{name} {year}")),
        ));
    }
    let day = words.iter().position(|word| WEEKDAYS.contains(word))?;
    let before = day.checked_sub(1).and_then(|before| words.get(before));
    (before != Some(&"last")).then_some(DateError::NotADate)
}

/// The same error, if it names two days or months that are a year apart: the latest one, and the next one instead of the one
/// before.
pub fn with_next(why: DateError, as_of: Date) -> DateError {
    let DateError::Open([latest, before]) = why else {
        return why;
    };
    let next = || {
        let (name, year) = latest.rsplit_once(' ')?;
        let (other, _) = before.rsplit_once(' ')?;
        let year: i16 = year.parse().ok()?;
        let recent = (as_of.parts().0 - 1..=as_of.parts().0).contains(&year);
        (name == other && recent).then(|| format!("{name} {}", year + 1))
    };
    let next = next().unwrap_or(before);
    DateError::Open([latest, next])
}

/// The days of `days` that are not before `since`, for treatment on `as_of`. Days that begin before it and end by the
/// day of treatment, such as `last week`, say when it was planned and not for which day.
pub fn from([since, as_of]: [Date; 2], days: Days) -> Result<Days, DateError> {
    let first = days.first.unwrap_or(since);
    if days.last < since || (first < since && days.last <= as_of) {
        return Err(DateError::Passed);
    }
    Ok(Days {
        first: Some(first.max(since)),
        ..days
    })
}
