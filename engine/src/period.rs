//! Waiting times, as rule authors write them: `72 hours`, `14 days`, `4 weeks`, `6 months`, `1 year`.
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
    /// Days more, or fewer when negative: no file can say so, but whoever tests
    /// a file asks what a day more would change.
    slip: i8,
}

/// What a period is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
enum Unit {
    Days,
    Weeks,
    Months,
    Years,
    Hours,
}

/// The longest wait a rule may state, in each unit: 150 years, so that only slips are refused.
const LONGEST_YEARS: u16 = 150;

/// The longest wait in hours: a year. Longer ones are not counted so.
const LONGEST_HOURS: u16 = 365 * 24;

impl Period {
    /// One day, the shortest.
    pub const DAY: Self = Self {
        count: 1,
        unit: Unit::Days,
        slip: 0,
    };

    /// The longest wait a rule may state.
    pub const LONGEST: Self = Self {
        count: LONGEST_YEARS,
        unit: Unit::Years,
        slip: 0,
    };

    /// Reads a count and a unit; none when they are no period.
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

    /// Reads `6 months`.
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

    /// The latest day from which `day` is this long after or more: an event on
    /// it, or before it, is no longer within this period on `day`.
    #[must_use]
    pub fn cleared_by(self, day: Date) -> Date {
        let (count, days_each) = match self.unit {
            Unit::Days => (i64::from(self.count), 1),
            Unit::Weeks => (i64::from(self.count), 7),
            Unit::Months => (i64::from(self.count), 31),
            Unit::Years => (i64::from(self.count), 366),
            Unit::Hours => (self.days_of_hours(), 1),
        };
        // `after` never moves a later start to an earlier end, so the days that are
        // clear form a run; the guess lies at most a few weeks a year before its end.
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
    /// How long it is in days, when that is always the same.
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

    /// How long it is in calendar months, when it is counted in months or years.
    #[must_use]
    pub fn in_months(self) -> Option<i64> {
        match self.unit {
            Unit::Days | Unit::Weeks | Unit::Hours => None,
            Unit::Months => Some(self.count.into()),
            Unit::Years => Some(i64::from(self.count) * 12),
        }
    }

    /// Whether it ends no earlier than `other`, on whichever day both begin.
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
        // So many months are no fewer days than this, and no more than that.
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
        // Between the two the calendar is gone through: it repeats itself after
        // 400 years, and in a month only the last days differ from the first.
        Date::new(2000, 1, 1).is_some_and(|start| {
            let firsts = (0..400 * 12).map(|months| start.plus_months(months));
            let mut starts =
                firsts.flat_map(|first| [0, 28, 29, 30].map(|days| first.plus_days(days)));
            starts.all(|start| self.after(start) >= other.after(start))
        })
    }

    /// Whether it is a day more or less than anybody wrote: see [`Period::nudged`].
    #[must_use]
    pub fn is_nudged(self) -> bool {
        self.slip != 0
    }

    /// A month more, of a wait in months or years.
    #[must_use]
    pub fn month_more(self) -> Option<Self> {
        let months = self.in_months()?.checked_add(1)?;
        Some(Self {
            count: u16::try_from(months).ok()?,
            unit: Unit::Months,
            ..self
        })
    }

    /// The same wait a day longer or, where it is more than a day, a day shorter.
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
    /// As a reader understands it: `1 year`, `72 hours (counted as 4 days)`. With `{:#}`, as an author writes it:
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
