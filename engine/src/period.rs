//! Waiting periods, as rule authors write them: `14 days`, `4 weeks`, `6 months`, `1 year`.

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
}

/// The longest waiting period in each unit: 150 years, so that only typing errors are refused.
const LONGEST_YEARS: u16 = 150;

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

    /// Parses a count and a unit; none if they are not a period.
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
            Unit::Months | Unit::Years => None,
        }
    }

    /// Its length in calendar months, if it is counted in months or years.
    #[must_use]
    pub fn in_months(self) -> Option<i64> {
        match self.unit {
            Unit::Days | Unit::Weeks => None,
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
    /// The form in rule files: `1 year`, `6 months`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.count == 1 { "" } else { "s" };
        write!(f, "{} {}{plural}", self.count, self.unit.word())?;
        match self.slip {
            0 => Ok(()),
            1 => write!(f, " and a day"),
            -1 => write!(f, " less a day"),
            slip => write!(f, " and {slip} days"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Period;
    use crate::date::Date;

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
    fn a_day_more_or_less() {
        let day = Date::new(2028, 3, 1).expect("a day");
        for text in ["2 days", "4 weeks", "1 month", "6 months", "18 years"] {
            let period = Period::from_text(text).expect("a period");
            for longer in [true, false] {
                let other = period.nudged(longer).expect("a period");
                assert_eq!(
                    other.after(day),
                    period.after(day).plus_days(if longer { 1 } else { -1 })
                );
                let clear = other.cleared_by(day);
                assert!(
                    other.after(clear) <= day && other.after(clear.plus_days(1)) > day,
                    "{other}"
                );
            }
        }
        assert_eq!(
            Period::from_text("1 day").and_then(|day| day.nudged(false)),
            None
        );
    }

    #[test]
    fn shorter_after_some_day() {
        #[track_caller]
        fn case(own: &str, other: &str, expected: bool) {
            let period = |text: &str| Period::from_text(text).expect("a period");
            let never = period(own).is_never_shorter_than(period(other));
            assert_eq!(never, expected, "{own}, {other}");
        }

        case("14 days", "2 weeks", true);
        case("13 days", "2 weeks", false);
        case("12 months", "1 year", true);
        case("11 months", "1 year", false);
        case("31 days", "1 month", true);
        case("30 days", "1 month", false);
        case("1 month", "28 days", true);
        case("1 month", "29 days", false);
        case("26 weeks", "6 months", false);
        case("27 weeks", "6 months", true);
        case("6 months", "26 weeks", false);
        case("6 months", "25 weeks", true);
        case("12 months", "28 days", true);
        case("28 days", "12 months", false);
        case("1 year", "365 days", true);
        case("1 year", "366 days", false);
        case("366 days", "1 year", true);
        case("365 days", "1 year", false);
    }

    /// The limits and the chosen starts give the same result as all starts of 400 years.
    #[test]
    fn never_shorter_is_never_shorter_on_any_day() {
        let first = Date::new(2000, 1, 1).expect("a day");
        for months in [1, 2, 3, 6, 12] {
            let month = Period::from_text(&format!("{months} months")).expect("a period");
            let lengths = (0..400 * 365 + 97).map(|days| {
                let start = first.plus_days(days);
                let over = |length: i64| start.plus_days(length) >= month.after(start);
                (30 * months - 3..=31 * months)
                    .find(|length| over(*length))
                    .expect("a length")
            });
            let lengths: Vec<i64> = lengths.collect();
            let (least, most) = (lengths.iter().min(), lengths.iter().max());
            let days = |count: i64| Period::from_text(&format!("{count} days")).expect("a period");
            let (least, most) = (*least.expect("a length"), *most.expect("a length"));
            assert!(days(most).is_never_shorter_than(month), "{months}");
            assert!(!days(most - 1).is_never_shorter_than(month), "{months}");
            assert!(month.is_never_shorter_than(days(least)), "{months}");
            assert!(!month.is_never_shorter_than(days(least + 1)), "{months}");
        }
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
