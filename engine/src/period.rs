//! Waiting periods, as rule authors write them: `72 hours`, `14 days`, `4 weeks`, `6 months`, `1 year`.
//!
//! Answers name days, not times of day, so hours are counted in days. An event at the end of day D is 72 hours ago at the
//! end of day D + 3. So the first day on which it is surely over is D + 4, and 72 hours are 4 days.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::date::Date;

/// A length of time on the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    count: u16,
    unit: Unit,
    /// Additional days; negative for fewer. Files cannot contain this: it is for tests of what one
    /// more day would change.
    slip: i8,
}

/// The unit of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
enum Unit {
    Days,
    Weeks,
    Months,
    Years,
    Hours,
}

/// The longest waiting period in each unit: 150 years, so that only typing errors are refused.
const LONGEST_YEARS: u16 = 150;

/// The longest waiting period in hours: a year.
const LONGEST_HOURS: u16 = 365 * 24;

impl Period {
    /// One day, the shortest period.
    pub const DAY: Self = Self {
        count: 1,
        unit: Unit::Days,
        slip: 0,
    };

    /// The longest waiting period of a rule.
    pub const LONGEST: Self = Self {
        count: LONGEST_YEARS,
        unit: Unit::Years,
        slip: 0,
    };

    /// The longest time before or after a planned day. No planned day is more than 2 years ahead. With a shorter limit here,
    /// a day that is far enough away can always be given.
    pub const LONGEST_BEFORE_OR_AFTER: Self = Self {
        count: 1,
        unit: Unit::Years,
        slip: 0,
    };

    /// Parses a count and a unit; none if they are not a period.
    ///
    /// The count is a whole number from 1 to 150 years' worth of the unit, or to a year of hours.
    #[must_use]
    pub fn read(count: &str, unit: &str) -> Option<Self> {
        let unit = Unit::read(unit)?;
        if count.is_empty() || !count.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let count: u16 = count.parse().ok()?;
        let most = match unit {
            Unit::Days => LONGEST_YEARS * 365,
            Unit::Weeks => LONGEST_YEARS * 52,
            Unit::Months => LONGEST_YEARS * 12,
            Unit::Years => LONGEST_YEARS,
            Unit::Hours => LONGEST_HOURS,
        };
        (1..=most).contains(&count).then_some(Self {
            count,
            unit,
            slip: 0,
        })
    }

    /// Parses `6 months`.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let period = Self::read(words.next()?, words.next()?)?;
        words.next().is_none().then_some(period)
    }

    /// The day this long after `start`. Months and years are calendar months;
    /// see [`Date::plus_months`] for month ends.
    #[must_use]
    pub fn after(self, start: Date) -> Date {
        let count = i32::from(self.count);
        let end = match self.unit {
            Unit::Days => start.plus_days(count.into()),
            Unit::Weeks => start.plus_days((count * 7).into()),
            Unit::Months => start.plus_months(count),
            Unit::Years => start.plus_months(count * 12),
            Unit::Hours => start.plus_days(self.days_of_hours()),
        };
        if self.slip == 0 {
            end
        } else {
            end.plus_days(self.slip.into())
        }
    }

    /// The latest day that is at least this long before `day`: an event on that day or earlier is
    /// no longer within this period on `day`.
    #[must_use]
    pub fn cleared_by(self, day: Date) -> Date {
        let (count, days_each) = match self.unit {
            Unit::Days => (i64::from(self.count), 1),
            Unit::Weeks => (i64::from(self.count), 7),
            Unit::Months => (i64::from(self.count), 31),
            Unit::Years => (i64::from(self.count), 366),
            Unit::Hours => (self.days_of_hours(), 1),
        };
        // A later start never gives an earlier end, so the days that are over form one range. The
        // guess is at most a few weeks a year before its end.
        let mut clear = day.plus_days(-count * days_each - 1 - i64::from(self.slip));
        let mut within = day.plus_days(1);
        while clear.plus_days(1) < within {
            let middle = clear.midway(within);
            if self.after(middle) <= day {
                clear = middle;
            } else {
                within = middle;
            }
        }
        clear
    }
}

impl Period {
    /// Its length in days, if that is always the same.
    #[must_use]
    pub fn in_days(self) -> Option<i64> {
        match self.unit {
            Unit::Days => Some(i64::from(self.count) + i64::from(self.slip)),
            Unit::Weeks => Some(i64::from(self.count) * 7 + i64::from(self.slip)),
            Unit::Hours => Some(self.days_of_hours() + i64::from(self.slip)),
            Unit::Months | Unit::Years => None,
        }
    }

    /// The days after which so many hours are surely over, whatever the time of day.
    fn days_of_hours(self) -> i64 {
        i64::from(self.count.div_ceil(24)) + 1
    }

    /// Whether it is written in hours, which are counted in days.
    #[must_use]
    pub fn is_in_hours(self) -> bool {
        self.unit == Unit::Hours
    }

    /// Of a period in hours: the whole days that are surely within it, whatever the time of day.
    #[must_use]
    pub fn whole_days(self) -> Option<u16> {
        self.is_in_hours().then_some(self.count / 24)
    }

    /// Its length in calendar months, if it is counted in months or years.
    #[must_use]
    pub fn in_months(self) -> Option<i64> {
        match self.unit {
            Unit::Days | Unit::Weeks | Unit::Hours => None,
            Unit::Months => Some(self.count.into()),
            Unit::Years => Some(i64::from(self.count) * 12),
        }
    }

    /// Whether it never ends earlier than `other`, whatever the first day is.
    #[must_use]
    pub fn is_never_shorter_than(self, other: Self) -> bool {
        if let (Some(own), Some(others)) = (self.in_days(), other.in_days()) {
            return own >= others;
        }
        if let (Some(own), Some(others)) = (self.in_months(), other.in_months())
            && self.slip == other.slip
        {
            return own >= others;
        }
        // This many months are at least this many days and at most that many.
        let bounds = |months: i64| (30 * months - 2, 31 * months);
        let slips = self.slip != 0 || other.slip != 0;
        match (self.in_days(), other.in_months()) {
            (Some(days), Some(months)) if !slips && days >= bounds(months).1 => return true,
            (Some(days), Some(months)) if !slips && days < bounds(months).0 => return false,
            _ => {}
        }
        match (self.in_months(), other.in_days()) {
            (Some(months), Some(days)) if !slips && days <= bounds(months).0 => return true,
            (Some(months), Some(days)) if !slips && days > bounds(months).1 => return false,
            _ => {}
        }
        // Between these two limits, the calendar is checked. It repeats after 400 years, and within
        // a month only the last days differ from the first.
        Date::new(2000, 1, 1).is_some_and(|start| {
            let firsts = (0..400 * 12).map(|months| start.plus_months(months));
            let mut starts =
                firsts.flat_map(|first| [0, 28, 29, 30].map(|days| first.plus_days(days)));
            starts.all(|start| self.after(start) >= other.after(start))
        })
    }

    /// Whether it is a day longer or shorter than written: see [`Period::nudged`].
    #[must_use]
    pub fn is_nudged(self) -> bool {
        self.slip != 0
    }

    /// The same wait one month longer, if it is in months or years.
    #[must_use]
    pub fn month_more(self) -> Option<Self> {
        let months = self.in_months()?.checked_add(1)?;
        Some(Self {
            count: u16::try_from(months).ok()?,
            unit: Unit::Months,
            ..self
        })
    }

    /// The same wait one day longer, or one day shorter if it is longer than a day.
    #[must_use]
    pub fn nudged(self, longer: bool) -> Option<Self> {
        let slip = self.slip.checked_add(if longer { 1 } else { -1 })?;
        let some_left = self
            .in_days()
            .is_none_or(|days| days + i64::from(slip) - i64::from(self.slip) > 0);
        some_left.then_some(Self { slip, ..self })
    }
}

impl Unit {
    fn read(word: &str) -> Option<Self> {
        Some(match word {
            "day" | "days" => Self::Days,
            "week" | "weeks" => Self::Weeks,
            "month" | "months" => Self::Months,
            "year" | "years" => Self::Years,
            "hour" | "hours" | "h" => Self::Hours,
            _ => return None,
        })
    }

    fn word(self) -> &'static str {
        match self {
            Self::Days => "day",
            Self::Weeks => "week",
            Self::Months => "month",
            Self::Years => "year",
            Self::Hours => "hour",
        }
    }
}

impl fmt::Display for Period {
    /// The form for readers: `1 year`, `72 hours (counted as 4 days)`. With `{:#}`, the form in rule files:
    /// `72 hours`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.count == 1 { "" } else { "s" };
        write!(f, "{} {}{plural}", self.count, self.unit.word())?;
        if self.is_in_hours() && !f.alternate() {
            write!(f, " (counted as {} days)", self.days_of_hours())?;
        }
        match self.slip {
            0 => Ok(()),
            1 => write!(f, " and a day"),
            -1 => write!(f, " less a day"),
            slip => write!(f, " and {slip} days"),
        }
    }
}

#[cfg(test)]
mod tests;
