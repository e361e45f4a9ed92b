//! Seasons. A text does not show on which side of the equator the patient lives. Nor does it show
//! whether spring begins in February, in March or at the equinox. So a season means all days that
//! may belong to it.

use crate::date::{Date, Days};

/// A season, given by its earliest beginning.
#[derive(Clone, Copy)]
pub struct Season {
    /// Months after February, north of the equator; in the south it is half a year more.
    months: i32,
}

impl Season {
    /// The season with this name.
    pub fn named(word: &str) -> Option<Self> {
        let months = match word {
            "spring" => 0,
            "summer" => 3,
            "autumn" | "fall" => 6,
            "winter" => 9,
            _ => return None,
        };
        Some(Self { months })
    }

    /// `spring 2025`, north and south; a summer or winter may be in two years.
    pub fn of_year(self, year: i16) -> Option<Days> {
        if self.months % 6 == 0 {
            let north = Date::new(year, 2, 1)?;
            return Some(enclosing(north, north.plus_months(6)));
        }
        let eve = Date::new(year.checked_sub(1)?, 11, 1)?;
        Some(enclosing(eve, eve.plus_months(12)))
    }

    /// `winter 2024/25`: the one that is in two years.
    pub fn of_two_years(self, year: i16) -> Option<Days> {
        let begins = Date::new(year, 11, 1)?;
        (self.months % 6 == 3).then(|| enclosing(begins, begins))
    }

    /// `this spring`: the current one or the previous one, on either side.
    pub fn this(self, as_of: Date) -> Option<Days> {
        let (surely, perhaps) = self.begun(as_of)?;
        Some(enclosing(surely.plus_months(-6), perhaps))
    }

    /// `last spring`: either of the last two, on either side.
    pub fn last(self, as_of: Date) -> Option<Days> {
        let (surely, perhaps) = self.begun(as_of)?;
        Some(enclosing(surely.plus_months(-18), perhaps))
    }

    /// The beginning of the last season that has begun by all definitions, and of the last one by
    /// some definition. Definitions differ by two months.
    fn begun(self, as_of: Date) -> Option<(Date, Date)> {
        let (year, _, _) = as_of.parts();
        let earliest = Date::new(year.checked_sub(2)?, 2, 1)?.plus_months(self.months);
        let begun = |latest: Date| {
            let beginnings = (0..6).map(|half| earliest.plus_months(6 * half));
            beginnings.take_while(|day| *day <= latest).last()
        };
        Some((begun(as_of.plus_months(-2))?, begun(as_of)?))
    }
}

/// The days from the first season to the last one, which are given by their earliest beginnings. A
/// season has ended by the day after the fourth equinox or solstice that could end it.
fn enclosing(first: Date, last: Date) -> Days {
    Days {
        first: Some(first),
        last: last.plus_months(4).plus_days(22),
    }
}
