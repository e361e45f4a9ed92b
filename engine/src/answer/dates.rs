//! Reads days as people write them. A text that could mean two days is never guessed.

use crate::date::{Date, Days};
use crate::impossible::is_placeholder;

mod age;
mod ago;
mod ahead;
mod bound;
mod clock;
pub mod counted;
mod natural;
mod numeric;
mod planned;
mod season;
mod week;
mod year;

/// The format of dates in a table, in strftime notation: `%d/%m/%Y %H:%M`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateFormat {
    /// The format as given.
    format: String,
    /// The part before the time of day, if the format has one.
    day_alone: Option<String>,
    /// 31 May 2026 in this format.
    example: String,
    /// Whether a day in this format could also be read in ISO form.
    like_iso: bool,
    /// Whether years have two digits.
    two_digits: bool,
}

/// The possible centuries of a year with two digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Century {
    /// All in which the patient may have been born by the day of treatment.
    OfBirth,
    /// All within a long life; a day in the future stays one.
    Any,
    /// The latest one that has begun.
    Latest,
}

/// Why a text cannot be read as days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
    /// It is not in a known form.
    NotADate,
    /// The form is right but the calendar has no such day.
    NoSuchDay,
    /// It is not in the table's format.
    NotInFormat(DateFormat),
    /// Day and month could be in either order. The two days are given if the year is certain.
    TwoWays(Option<[Date; 2]>),
    /// The year is not the first part.
    YearLast,
    /// It is after the day of treatment.
    Future,
    /// It may be more than 2 years after the day of treatment, so far no day is planned.
    TooFarAhead,
    /// It is said to be planned, but it is before the day of treatment.
    Passed,
    /// It is before 1900.
    TooEarly,
    /// It may mean either of these.
    Either([String; 2]),
    /// It does not determine the days. These two texts, among others, would.
    Open([String; 2]),
    /// It is neither an age nor a day, in a column of ages.
    NotAnAge,
}

impl DateError {
    /// The same error for a text with `word` before the texts suggested in the error.
    fn behind(self, word: &str) -> Self {
        let with_word = |texts: [String; 2]| texts.map(|text| format!("{word} {text}"));
        match self {
            Self::TwoWays(Some(days)) => Self::Either(with_word(days.map(|day| day.to_string()))),
            Self::Either(texts) => Self::Either(with_word(texts)),
            Self::Open(texts) => Self::Open(with_word(texts)),
            why => why,
        }
    }
}

pub use age::says_age;
pub use ahead::planned_day;
pub use bound::says_since;
pub use planned::from as planned_from;

impl DateFormat {
    /// A format; none unless it contains a year, a month and a day.
    #[must_use]
    pub fn new(format: &str) -> Option<Self> {
        let (day, other) = (Date::new(2024, 11, 23)?, Date::new(2026, 5, 31)?);
        let written = names_a_day(format, day)?;
        let time = format.match_indices('%').map(|(place, _)| place);
        let mut before_time = time.filter_map(|place| {
            let day_alone = format.get(..place)?.trim_end_matches([' ', ',', 'T']);
            names_a_day(day_alone, day).map(|_| day_alone.to_owned())
        });
        let digits = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "0");
        let day_alone = before_time.next();
        let of_day = day_alone
            .as_deref()
            .and_then(|format| names_a_day(format, day));
        let of_day = of_day.unwrap_or_else(|| written.clone());
        Some(Self {
            format: format.to_owned(),
            day_alone,
            example: other.formatted(format)?,
            like_iso: digits(&of_day) == "0000-00-00" && of_day != day.to_string(),
            two_digits: Date::new(1924, 11, 23)?.formatted(format)? == written,
        })
    }

    /// The format as given.
    #[must_use]
    pub fn as_given(&self) -> &str {
        &self.format
    }

    /// An example day in this format.
    #[must_use]
    pub fn example(&self) -> &str {
        &self.example
    }

    /// Reads the day of `text`. The time of day may be missing although the format has one. It may
    /// also be present although the format has none.
    fn read(&self, text: &str) -> Option<Result<Date, DateError>> {
        let formats = [Some(&self.format), self.day_alone.as_ref()];
        let texts = [Some(text), clock::before(text)];
        let mut read = formats.into_iter().flatten().flat_map(|format| {
            let texts = texts.into_iter().flatten();
            texts.filter_map(|text| Date::from_format(format, text))
        });
        let day = read.next()?;
        // `%Y` reads `26` as the year 26.
        let year = day.map_or(1000, |day| day.parts().0);
        let in_full = year >= 1000 || text.contains(&format!("{year:04}"));
        in_full.then(|| day.ok_or(DateError::NoSuchDay))
    }
}

/// A day in `format`, if it can be read back.
fn names_a_day(format: &str, day: Date) -> Option<String> {
    let written = day.formatted(format)?;
    (Date::from_format(format, &written) == Some(Some(day))).then_some(written)
}

/// Reads the days of `text`, an answer given on the day `answered_on`, for treatment on the day
/// `as_of`. They end at `latest`: it is after `as_of` if the days may be planned ones. A day that
/// record systems use as a placeholder is read unchanged. Such an answer counts as unknown,
/// see [`crate::impossible`].
///
/// Words such as `3 months ago` count back from the day on which the answer was given. It is not
/// known whether a text is as old as the day of treatment. So the result includes all days counted
/// from either.
///
/// An age counts from the days on which the patient may have been `born`.
pub fn read(
    text: &str,
    answered_on: Date,
    as_of: Date,
    latest: Date,
    format: Option<(&DateFormat, Century)>,
    born: Option<Days>,
) -> Result<Days, DateError> {
    let may_be_planned = as_of < latest;
    let text = text.trim();
    let in_format = format.and_then(|(format, century)| {
        let day = format.read(text)?;
        let century = Some(century).filter(|_| format.two_digits);
        Some(day.map(|day| match century {
            Some(century) => counted::in_some_century(day, century, as_of, may_be_planned),
            None => Days::on(day),
        }))
    });
    let format = format.map(|(format, _)| format);
    let days = match in_format {
        Some(days) => days?,
        None => match age::read(text, born, latest) {
            Some(days) => days?,
            None => in_other_form(text, [answered_on, as_of], latest, format)?,
        },
    };
    let days = clock::in_every_zone(text, days);
    // Words such as `yesterday` do not mean a placeholder day.
    let written = |day: Date| text.contains(&format!("{:04}", day.parts().0));
    let placeholder = days.exact().filter(|day| is_placeholder(*day));
    if placeholder.is_some_and(written) {
        return Ok(days);
    }
    let first = days.first.unwrap_or(Date::EARLIEST);
    if may_be_planned && days.last > latest {
        return Err(DateError::TooFarAhead);
    }
    if first > latest {
        return Err(DateError::Future);
    }
    if first.min(days.last) < Date::EARLIEST {
        return Err(DateError::TooEarly);
    }
    Ok(Days {
        first: days.first,
        last: days.last.min(latest),
    })
}

/// Reads a text that is not in the table's own format, if it has one.
fn in_other_form(
    text: &str,
    [answered_on, as_of]: [Date; 2],
    latest: Date,
    format: Option<&DateFormat>,
) -> Result<Days, DateError> {
    let read = counted_from([answered_on, as_of], text, latest).map_err(|why| {
        if as_of < latest {
            planned::with_next(why, as_of)
        } else {
            why
        }
    });
    let Some(format) = format else {
        return read;
    };
    let in_iso = |text: &str| Date::from_iso(clock::before(text).unwrap_or(text)).is_some();
    let day_alone = clock::before(text).unwrap_or(text);
    let in_digits = day_alone.split_whitespace().any(numeric::is_not_iso);
    let dated = text.contains(|c: char| c.is_ascii_digit());
    match read {
        _ if in_digits => Err(DateError::NotInFormat(format.clone())),
        // The table has the order year, day, month, so this text is ambiguous.
        Ok(_) if format.like_iso && in_iso(text) => Err(DateError::NotInFormat(format.clone())),
        Err(DateError::NotADate | DateError::TwoWays(_) | DateError::YearLast) if dated => {
            Err(DateError::NotInFormat(format.clone()))
        }
        read => read,
    }
}

fn counted_from(
    [answered_on, as_of]: [Date; 2],
    text: &str,
    latest: Date,
) -> Result<Days, DateError> {
    // Digits mean the same on any day, and most answers in tables are such.
    if let Some(days) = numeric::read(text) {
        return days;
    }
    let days = in_known_form(text, as_of, latest)?;
    if answered_on == as_of {
        return Ok(days);
    }
    // No day is planned if none may be after the day of treatment.
    let latest = if as_of < latest { latest } else { answered_on };
    Ok(match in_known_form(text, answered_on, latest) {
        Ok(other) => Days {
            first: days.first.min(other.first),
            last: days.last.max(other.last),
        },
        // A text with its own date may be after one of the two days.
        Err(_) => days,
    })
}

fn in_known_form(text: &str, as_of: Date, latest: Date) -> Result<Days, DateError> {
    bound::read(text, as_of, latest).unwrap_or_else(|| in_closed_form(text, as_of, latest))
}

/// Reads a text that contains its own date, without `before`, `since` or `after`.
fn in_closed_form(text: &str, as_of: Date, latest: Date) -> Result<Days, DateError> {
    if let Some(day) = clock::before(text) {
        let days = in_closed_form(day, as_of, latest)?;
        // A month has no time of day.
        return days.exact().map(Days::on).ok_or(DateError::NotADate);
    }
    numeric::read(text).unwrap_or_else(|| natural::read(text, as_of, latest))
}

#[cfg(test)]
mod tests;
