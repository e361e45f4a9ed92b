//! Days as people say them. What could mean two days is never guessed.

use crate::date::{Date, Days};

mod ago;
mod natural;
mod season;

/// How a table writes its dates, in strftime's terms: `%d/%m/%Y`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateFormat(String);

/// Why a text names no days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
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
    /// It leaves open which days are meant; these would say it.
    Open([String; 2]),
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

/// The days `text`, said on the day `said`, means, cut off at `as_of`.
///
/// Words such as `3 months ago` count back from the day they are said on. Nothing
/// tells whether a text is as old as the day decided for, so that they mean every
/// day they could, counted from either.
pub fn read(
    text: &str,
    said: Date,
    as_of: Date,
    format: Option<&DateFormat>,
) -> Result<Days, DateError> {
    let text = text.trim();
    let days = match format.and_then(|format| format.read(text)) {
        Some(day) => Days::on(day),
        None => counted_from(said, text, as_of).map_err(|why| match (why, format) {
            // The format says which way round it is, so the day itself is wrong.
            (DateError::TwoWays | DateError::YearLast, Some(_)) => DateError::NoSuchDay,
            (why, _) => why,
        })?,
    };
    let first = days.first.unwrap_or(Date::EARLIEST);
    if first > as_of {
        return Err(DateError::Future);
    }
    if first < Date::EARLIEST {
        return Err(DateError::TooEarly);
    }
    Ok(Days {
        first: days.first,
        last: days.last.min(as_of),
    })
}

fn counted_from(said: Date, text: &str, as_of: Date) -> Result<Days, DateError> {
    let days = in_known_form(text, as_of)?;
    if said == as_of {
        return Ok(days);
    }
    Ok(match in_known_form(text, said) {
        Ok(other) => Days {
            first: days.first.min(other.first),
            last: days.last.max(other.last),
        },
        // What names its days by itself may lie after one of the two days.
        Err(_) => days,
    })
}

fn in_known_form(text: &str, as_of: Date) -> Result<Days, DateError> {
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
                    (4, _) => DateError::NotADate,
                    (_, true) => DateError::TwoWays,
                    (_, false) => DateError::YearLast,
                });
            }
            Date::from_iso(text)
                .map(Days::on)
                .ok_or(DateError::NoSuchDay)
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
            let year: i16 = year.parse().map_err(|_| DateError::NotADate)?;
            let day = |month, day| Date::new(year, month, day).ok_or(DateError::NoSuchDay);
            Ok(Days {
                first: Some(day(1, 1)?),
                last: day(12, 31)?,
            })
        }
        _ => natural::read(text, as_of),
    }
}

fn whole_month(year: &str, month: &str) -> Result<Days, DateError> {
    let year: i16 = year.parse().map_err(|_| DateError::NotADate)?;
    let month: i8 = month.parse().map_err(|_| DateError::NotADate)?;
    let first = Date::new(year, month, 1).ok_or(DateError::NoSuchDay)?;
    Ok(Days {
        first: Some(first),
        last: first.month_end(),
    })
}

#[cfg(test)]
mod tests;
