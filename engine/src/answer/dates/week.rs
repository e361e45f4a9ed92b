//! The days of the week.

use crate::date::Date;

/// Their names, Monday first.
pub const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The first day with this name, or with these first letters of a name, from `from` on.
pub fn weekday(name: &str, from: Date) -> Option<Date> {
    let wanted = WEEKDAYS
        .iter()
        .position(|day| *day == name || name.len() >= 3 && day.get(..3) == Some(name))?;
    (0..7)
        .map(|days| from.plus_days(days))
        .find(|day| day.weekday() == wanted)
}
