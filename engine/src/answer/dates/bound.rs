//! Days with one bound: `before 2020`, `since March`, `after 12 May 2022`.

use crate::date::{Date, Days};

use super::year::is_calendar_word;
use super::{DateError, in_closed_form};

/// Which side of a time is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Before,
    Since,
    After,
}

const PREFIXES: [(&str, Side); 6] = [
    ("before", Side::Before),
    ("prior to", Side::Before),
    ("earlier than", Side::Before),
    ("since", Side::Since),
    ("after", Side::After),
    ("later than", Side::After),
];

impl Side {
    fn word(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Since => "since",
            Self::After => "after",
        }
    }
}

/// The side, and the text of the time after it.
fn split(text: &str) -> Option<(Side, &str)> {
    PREFIXES.iter().find_map(|(prefix, side)| {
        let (start, rest) = text.split_at_checked(prefix.len())?;
        let parted = rest.starts_with(char::is_whitespace);
        (parted && start.eq_ignore_ascii_case(prefix)).then(|| (*side, rest.trim()))
    })
}

/// Whether a text states when something began: `since March`.
pub fn says_since(text: &str) -> bool {
    matches!(split(text.trim()), Some((Side::Since, _)))
}

/// The days on one side of a time; none if the text names no side. If the time itself is vague, all
/// days that could be on that side.
///
/// A day since or after a time is not after `as_of`. If `latest` is later, a day after a time may be planned, so it is any day
/// up to `latest`.
pub fn read(text: &str, as_of: Date, latest: Date) -> Option<Result<Days, DateError>> {
    let (side, time) = split(text)?;
    let certain = time
        .split(|c: char| c.is_whitespace() || c == ',')
        .all(is_calendar_word);
    let end = if side == Side::Since { as_of } else { latest };
    Some(match (side, in_closed_form(time, as_of, latest)) {
        (Side::Since | Side::After, Err(DateError::Open([named, _]))) => {
            since_the_latest(&named, as_of, end)
        }
        (_, Err(why)) => Err(why.behind(side.word())),
        (_, Ok(days)) if days.first.is_some_and(|first| first > end) => Err(DateError::Future),
        (Side::Before, Ok(days)) => Ok(Days::on_or_before(match days.first {
            Some(first) if certain => first.plus_days(-1),
            _ => days.last.min(end),
        })),
        (Side::After, Ok(days)) if certain => from(Some(days.last.plus_days(1)), end),
        (Side::Since | Side::After, Ok(days)) => from(days.first, end),
    })
}

/// Since a month or a season without a year: the last one that had ended by `as_of`.
fn since_the_latest(named: &str, as_of: Date, end: Date) -> Result<Days, DateError> {
    let days = in_closed_form(named, as_of, as_of)?;
    let over = days.last < as_of;
    let first = days
        .first
        .map(|first| if over { first } else { first.plus_months(-12) });
    from(first, end)
}

fn from(first: Option<Date>, end: Date) -> Result<Days, DateError> {
    if first.is_some_and(|first| first > end) {
        return Err(DateError::Future);
    }
    Ok(Days { first, last: end })
}
