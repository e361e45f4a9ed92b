//! Days in digits only: `2026-08-31`, `2026/8/31`, `20260831`, `15.03.2024`, `05/2026`, `2019`.

use crate::date::{Date, Days};

use super::DateError;

/// The separators between the parts.
const SEPARATORS: [char; 3] = ['-', '/', '.'];

/// The days of a text of digits and separators; none for any other text.
pub fn read(text: &str) -> Option<Result<Days, DateError>> {
    if let Some((year, month, day)) = in_iso(text) {
        return Some(exact(year, month, day).map(Days::on));
    }
    let parts = parts(text)?;
    Some(match parts.as_slice() {
        [year, month, day] if year.len() == 4 => exact(year, month, day).map(Days::on),
        [one, other, year] if year.len() == 4 => year_last(one, other, year),
        [one, other, _] => Err(if is_month(one) && is_month(other) {
            DateError::TwoWays(None)
        } else {
            DateError::YearLast
        }),
        [year, month] if year.len() == 4 && month.len() == 2 && text.contains('-') => {
            whole_month(year, month)
        }
        [month, year] if year.len() == 4 && month.len() <= 2 => whole_month(year, month),
        [year] if year.len() == 4 => whole_year(year),
        [day] if day.len() == 8 => {
            let (year, rest) = day.split_at(4);
            let (month, day) = rest.split_at(2);
            exact(year, month, day).map(Days::on)
        }
        _ => return None,
    })
}

/// The parts of a day in ISO form, which most tables have.
fn in_iso(text: &str) -> Option<(&str, &str, &str)> {
    let is_digit = |(at, byte): (usize, &u8)| match at {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    let iso = text.len() == 10 && text.as_bytes().iter().enumerate().all(is_digit);
    iso.then(|| Some((text.get(..4)?, text.get(5..7)?, text.get(8..)?)))?
}

/// Whether a text contains year, month and day in digits, but not in ISO form.
pub fn is_not_iso(text: &str) -> bool {
    let names_a_day = parts(text).is_some_and(|parts| match parts.as_slice() {
        [_, _, _] => true,
        [day] => day.len() == 8,
        _ => false,
    });
    let iso = || {
        let lengths = text.split('-').map(str::len);
        lengths.eq([4, 2, 2])
    };
    names_a_day && !iso()
}

/// The parts, if all are digits and have the same separator.
fn parts(text: &str) -> Option<Vec<&str>> {
    let parts: Vec<&str> = text.split(SEPARATORS).collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mut signs = text.matches(SEPARATORS);
    let first = signs.next();
    (parts.iter().all(digits) && signs.all(|sign| Some(sign) == first)).then_some(parts)
}

/// Day and month may be in either order; the text is only read if exactly one order is possible.
fn year_last(one: &str, other: &str, year: &str) -> Result<Days, DateError> {
    let readings = [exact(year, other, one), exact(year, one, other)];
    match readings {
        [Ok(day), Ok(same)] if day == same => Ok(Days::on(day)),
        [Ok(day_first), Ok(month_first)] => Err(DateError::TwoWays(Some([day_first, month_first]))),
        [Ok(day), Err(_)] | [Err(_), Ok(day)] => Ok(Days::on(day)),
        [Err(why), Err(_)] => Err(why),
    }
}

fn is_month(part: &str) -> bool {
    part.parse::<u16>().is_ok_and(|number| number <= 12)
}

fn exact(year: &str, month: &str, day: &str) -> Result<Date, DateError> {
    if month.len() > 2 || day.len() > 2 {
        return Err(DateError::NotADate);
    }
    let year = year.parse().map_err(|_| DateError::NotADate)?;
    let month = month.parse().map_err(|_| DateError::NotADate)?;
    let day = day.parse().map_err(|_| DateError::NotADate)?;
    Date::new(year, month, day).ok_or(DateError::NoSuchDay)
}

fn whole_month(year: &str, month: &str) -> Result<Days, DateError> {
    let first = exact(year, month, "1")?;
    Ok(Days {
        first: Some(first),
        last: first.month_end(),
    })
}

fn whole_year(year: &str) -> Result<Days, DateError> {
    Ok(Days {
        first: Some(exact(year, "1", "1")?),
        last: exact(year, "12", "31")?,
    })
}
