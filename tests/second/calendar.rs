//! Days, and the one sum the rule language knows: a day plus a period.
//!
//! The Gregorian calendar for the years 1 to 9999, counted in days.

use std::fmt;

/// A day, as the number of days since the first of January of the year 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// A stretch of calendar time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// So many days.
    Days(i32),
    /// So many times seven days.
    Weeks(i32),
    /// So many calendar months.
    Months(i32),
    /// So many times twelve calendar months.
    Years(i32),
    /// So many hours, counted in days.
    Hours(i32),
}

impl Day {
    /// The day with this date, which must exist.
    #[must_use]
    pub fn on(year: i32, month: i32, day: i32) -> Day {
        let before: i32 = (1..month).map(|earlier| days_in(year, earlier)).sum();
        Day(days_before(year) + before + day - 1)
    }

    /// Year, month and day of the month.
    #[must_use]
    pub fn date(self) -> (i32, i32, i32) {
        let mut year = self.0 / 366 + 1;
        while days_before(year + 1) <= self.0 {
            year += 1;
        }
        let mut month = 1;
        let mut left = self.0 - days_before(year);
        while left >= days_in(year, month) {
            left -= days_in(year, month);
            month += 1;
        }
        (year, month, left + 1)
    }

    /// The day so many days later, or earlier when negative.
    #[must_use]
    pub fn shifted(self, days: i32) -> Day {
        Day(self.0 + days)
    }

    /// The day one `period` later.
    ///
    /// A date that does not exist rolls forward to the first of the next month.
    #[must_use]
    pub fn plus(self, period: Period) -> Day {
        let months = match period {
            Period::Days(days) => return self.shifted(days),
            Period::Weeks(weeks) => return self.shifted(7 * weeks),
            Period::Months(months) => months,
            Period::Years(years) => 12 * years,
            Period::Hours(hours) => return self.shifted(whole_days(hours)),
        };
        let (year, month, day) = self.date();
        let (year, month) = months_later(year, month, months);
        if day <= days_in(year, month) {
            Day::on(year, month, day)
        } else {
            let (year, month) = months_later(year, month, 1);
            Day::on(year, month, 1)
        }
    }

    /// The last day for which anything can be planned.
    #[must_use]
    pub fn two_years_on(self) -> Day {
        self.plus(Period::Years(2))
    }

    /// Whether two days are less than one `period` apart, counted from the earlier one.
    #[must_use]
    pub fn is_near(self, other: Day, period: Period) -> bool {
        self.max(other) < self.min(other).plus(period)
    }

    /// The earliest day from which `self` is still less than one `period` away.
    #[must_use]
    pub fn earliest_within(self, period: Period) -> Day {
        let length = match period {
            Period::Days(days) => days,
            Period::Weeks(weeks) => 7 * weeks,
            Period::Months(months) => 31 * months,
            Period::Years(years) => 366 * years,
            Period::Hours(hours) => whole_days(hours),
        };
        // Later days only reach further, so the edge can be closed in on.
        let (mut clear, mut within) = (self.shifted(-length - 1), self);
        while clear.shifted(1) < within {
            let middle = Day(i32::midpoint(clear.0, within.0));
            if self < middle.plus(period) {
                within = middle;
            } else {
                clear = middle;
            }
        }
        within
    }
}

/// The first day, counted from the one it happened on, that begins when so many hours are over even for what happened
/// in the last minute of its day.
fn whole_days(hours: i32) -> i32 {
    let happened = 24 * 60 - 1;
    let over = happened + 60 * hours;
    let begins = |day: &i32| 24 * 60 * day;
    let most = hours + 2;
    (0..most).find(|day| over <= begins(day)).unwrap_or(most)
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = match self {
            Period::Days(count) => (count, "day"),
            Period::Weeks(count) => (count, "week"),
            Period::Months(count) => (count, "month"),
            Period::Years(count) => (count, "year"),
            Period::Hours(count) => (count, "hour"),
        };
        write!(f, "{count} {unit}{}", if *count == 1 { "" } else { "s" })
    }
}

/// The last day of a month.
#[must_use]
pub fn days_in(year: i32, month: i32) -> i32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The month so many months later, or earlier when negative.
#[must_use]
pub fn months_later(year: i32, month: i32, months: i32) -> (i32, i32) {
    let since = year * 12 + month - 1 + months;
    (since.div_euclid(12), since.rem_euclid(12) + 1)
}

fn days_before(year: i32) -> i32 {
    let past = year - 1;
    365 * past + past / 4 - past / 100 + past / 400
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        let parts: Vec<i32> = text.split('-').map(|part| part.parse().unwrap()).collect();
        Day::on(parts[0], parts[1], parts[2])
    }

    #[test]
    fn every_day_of_eight_centuries_keeps_its_date() {
        let mut expected = (1600, 1, 1);
        for number in day("1600-01-01").0..day("2400-01-01").0 {
            let (year, month, date) = Day(number).date();
            assert_eq!((year, month, date), expected);
            assert_eq!(Day::on(year, month, date), Day(number));
            expected = match (month, date) {
                (12, 31) => (year + 1, 1, 1),
                _ if date == days_in(year, month) => (year, month + 1, 1),
                _ => (year, month, date + 1),
            };
        }
    }

    #[test]
    fn a_day_that_does_not_exist_rolls_forward() {
        #[track_caller]
        fn case(start: &str, period: Period, expected: &str) {
            assert_eq!(
                day(start).plus(period).to_string(),
                expected,
                "{start} + {period}"
            );
        }

        case("2026-08-31", Period::Months(6), "2027-03-01");
        case("2026-08-29", Period::Months(6), "2027-03-01");
        case("2026-08-28", Period::Months(6), "2027-02-28");
        case("2027-08-29", Period::Months(6), "2028-02-29");
        case("2027-08-30", Period::Months(6), "2028-03-01");
        case("2024-02-29", Period::Years(1), "2025-03-01");
        case("2024-02-29", Period::Years(4), "2028-02-29");
        case("2026-12-31", Period::Months(2), "2027-03-01");
        case("2026-11-30", Period::Months(1), "2026-12-30");
        case("2026-03-31", Period::Months(1), "2026-05-01");
        case("2024-02-28", Period::Days(2), "2024-03-01");
        case("2023-12-31", Period::Weeks(4), "2024-01-28");
    }

    #[test]
    fn the_earliest_day_within_is_the_first_not_clear() {
        #[track_caller]
        fn case(as_of: &str, period: Period, expected: &str) {
            let earliest = day(as_of).earliest_within(period);
            assert_eq!(earliest.to_string(), expected, "{period} before {as_of}");
            assert!(earliest.plus(period) > day(as_of), "still within");
            assert!(
                earliest.shifted(-1).plus(period) <= day(as_of),
                "clear the day before"
            );
        }

        case("2027-02-28", Period::Months(6), "2026-08-29");
        case("2027-03-01", Period::Months(6), "2026-09-02");
        case("2026-11-20", Period::Days(1), "2026-11-20");
        case("2026-11-20", Period::Weeks(2), "2026-11-07");
        case("2026-02-28", Period::Years(18), "2008-02-29");
        case("2026-03-01", Period::Years(18), "2008-03-02");
    }
}
