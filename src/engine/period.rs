//! Waiting times, as rule authors write them: `14 days`, `4 weeks`, `6 months`, `1 year`.

use std::fmt;

use super::date::Date;

/// A length of time on the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    count: u16,
    unit: Unit,
}

/// What a period is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

/// The longest wait a rule may state, in each unit: 150 years, so that only slips are refused.
const LONGEST_YEARS: u16 = 150;

impl Period {
    /// Reads a count and a unit; none when they are no period.
    ///
    /// The count is a whole number from 1 to 150 years' worth of the unit.
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
        };
        (1..=most).contains(&count).then_some(Self { count, unit })
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
        match self.unit {
            Unit::Days => start.plus_days(count.into()),
            Unit::Weeks => start.plus_days((count * 7).into()),
            Unit::Months => start.plus_months(count),
            Unit::Years => start.plus_months(count * 12),
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
        };
        // `after` never moves a later start to an earlier end, so the days that are
        // clear form a run; the guess lies at most a few weeks a year before its end.
        let mut clear = day.plus_days(-count * days_each - 1);
        let mut within = day.plus_days(1);
        while clear.plus_days(1) < within {
            let middle = clear.midway(within);
            if self.after(middle) <= day {
                clear = middle
            } else {
                within = middle
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
            Unit::Days => Some(self.count.into()),
            Unit::Weeks => Some(i64::from(self.count) * 7),
            Unit::Months | Unit::Years => None,
        }
    }

    /// How long it is in calendar months, when it is counted in months or years.
    #[must_use]
    pub fn in_months(self) -> Option<i64> {
        match self.unit {
            Unit::Days | Unit::Weeks => None,
            Unit::Months => Some(self.count.into()),
            Unit::Years => Some(i64::from(self.count) * 12),
        }
    }

    /// The same wait a little longer or, where it can be, a little shorter: by
    /// a day where it is counted in days or weeks, else by a month.
    #[must_use]
    pub fn nudged(self, longer: bool) -> Option<Self> {
        let step = if longer { 1 } else { -1 };
        let (count, unit) = match (self.in_days(), self.in_months()) {
            (Some(days), _) => (days + step, Unit::Days),
            (None, Some(months)) => (months + step, Unit::Months),
            (None, None) => return None,
        };
        let count = u16::try_from(count).ok().filter(|count| *count > 0)?;
        Some(Self { count, unit })
    }
}

impl Unit {
    fn read(word: &str) -> Option<Self> {
        Some(match word {
            "day" | "days" => Self::Days,
            "week" | "weeks" => Self::Weeks,
            "month" | "months" => Self::Months,
            "year" | "years" => Self::Years,
            _ => return None,
        })
    }

    fn word(self) -> &'static str {
        match self {
            Self::Days => "day",
            Self::Weeks => "week",
            Self::Months => "month",
            Self::Years => "year",
        }
    }
}

impl fmt::Display for Period {
    /// As an author would write it: `1 year`, `6 months`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.count == 1 { "" } else { "s" };
        write!(f, "{} {}{plural}", self.count, self.unit.word())
    }
}

#[cfg(test)]
mod tests {
    use super::Period;
    use crate::engine::date::Date;

    #[test]
    fn what_is_a_period() {
        #[track_caller]
        fn case(text: &str, expected: Option<&str>) {
            let read = Period::from_text(text).map(|period| period.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }

        case("14 days", Some("14 days"));
        case("1 year", Some("1 year"));
        case("1 years", Some("1 year"));
        case("6  months", Some("6 months"));
        case("0 days", None);
        case("-1 days", None);
        case("+6 months", None);
        case("1.5 years", None);
        case("six months", None);
        case("6 moons", None);
        case("6", None);
        case("6 months ago", None);
        case("151 years", None);
    }

    #[test]
    fn cleared_by_is_the_last_clear_day() {
        let day = Date::new(2028, 3, 1).expect("a day");
        for text in [
            "1 day",
            "14 days",
            "4 weeks",
            "1 month",
            "6 months",
            "24 months",
            "18 years",
        ] {
            let period = Period::from_text(text).expect("a period");
            let clear = period.cleared_by(day);
            assert!(period.after(clear) <= day, "{text}: {clear} is clear");
            assert!(
                period.after(clear.plus_days(1)) > day,
                "{text}: the day after is not"
            );
        }
    }
}
