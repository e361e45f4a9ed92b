//! Calendar days, exact or vague. Reads no clock: the caller gives today's date.

use std::borrow::Cow;
use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// The earliest day that an answer may have. An earlier day is more likely a typing error.
    pub const EARLIEST: Self = Self(jiff::civil::date(1900, 1, 1));
    /// The last day of the calendar.
    pub const LATEST: Self = Self(jiff::civil::Date::MAX);

    /// Day `day` of month `month` (1 to 12); none if it does not exist.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Parses `2026-11-20`; none if the form is another or the day does not exist.
    #[must_use]
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut number = |digits: usize| {
            let part = parts.next()?;
            let plain = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| part.parse::<i16>().ok())?
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        let day = Self::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        day.filter(|_| parts.next().is_none())
    }

    /// Parses the day in `text` by the strftime `format`, and ignores a time of day. None if the
    /// text has another form; `Some(None)` if the day does not exist.
    #[must_use]
    pub fn from_format(format: &str, text: &str) -> Option<Option<Self>> {
        let parts = jiff::fmt::strtime::parse(format, text).ok()?;
        Some(parts.to_date().ok().map(Self))
    }

    /// Formats the day, at noon, by the strftime `format`; none if that is not possible.
    #[must_use]
    pub(crate) fn formatted(self, format: &str) -> Option<String> {
        let noon = self
            .0
            .at(12, 0, 0, 0)
            .to_zoned(jiff::tz::TimeZone::UTC)
            .ok()?;
        jiff::fmt::strtime::format(format, &noon).ok()
    }

    /// Converts a day of the calendar library.
    #[must_use]
    pub fn from_civil(day: jiff::civil::Date) -> Self {
        Self(day)
    }

    /// Year, month (1 to 12) and day.
    #[must_use]
    pub fn parts(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }

    /// `days` later, or earlier if negative; stops at the ends of the calendar.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        let span = jiff::Span::new().try_days(days);
        Self(span.map_or(jiff::civil::Date::MAX, |span| self.0.saturating_add(span)))
    }

    /// `months` later. If that day does not exist, the first of the next month is used (31 August +
    /// 6 months = 1 March). This is the rule of the CDC for immunisations, and it is safe: a wait
    /// never ends early.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let (year, month, day) = self.parts();
        let total = i64::from(year) * 12 + i64::from(month) - 1 + i64::from(months);
        let month_starting = |total: i64| {
            let year = i16::try_from(total.div_euclid(12)).ok()?;
            let month = i8::try_from(total.rem_euclid(12) + 1).ok()?;
            Self::new(year, month, 1)
        };
        let Some(first) = month_starting(total) else {
            return if months > 0 {
                Self::LATEST
            } else {
                Self::EARLIEST
            };
        };
        let (year, month, _) = first.parts();
        Self::new(year, month, day)
            .or_else(|| month_starting(total + 1))
            .unwrap_or(Self::LATEST)
    }

    /// The number of days until `other`; negative if it is earlier.
    #[must_use]
    pub fn days_to(self, other: Self) -> i64 {
        i64::from((other.0 - self.0).get_days())
    }

    /// A day about halfway to `other`, never later than both.
    #[must_use]
    pub(crate) fn midway(self, other: Self) -> Self {
        self.plus_days(self.days_to(other) / 2)
    }

    /// The last day of this day's month.
    #[must_use]
    pub fn month_end(self) -> Self {
        Self(self.0.last_of_month())
    }

    /// The day of the week, from 0 for Monday.
    #[must_use]
    pub(crate) fn weekday(self) -> usize {
        let day = self.0.weekday().to_monday_zero_offset();
        usize::try_from(day).unwrap_or(0)
    }

    /// `1 Mar 2027`: the form for people.
    #[must_use]
    pub fn in_words(self) -> String {
        let (year, month, day) = self.parts();
        let name = month_name(month);
        format!("{day} {} {year}", name.get(..3).unwrap_or(name))
    }
}

/// The names of the months, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The name of a month, 1 to 12.
#[must_use]
pub(crate) fn month_name(month: i8) -> &'static str {
    let index = usize::try_from(month - 1).ok();
    index.and_then(|index| MONTHS.get(index)).unwrap_or(&"")
}

impl fmt::Display for Date {
    /// ISO 8601: `2027-03-01`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl Serialize for Date {
    /// ISO 8601, as [`Date`] is displayed.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    /// ISO 8601 only.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        Self::from_iso(&text).ok_or_else(|| {
            D::Error::custom(format_args!(
                "`{text}` is not a day of the calendar: write year, month and day, as in 2026-11-20"
            ))
        })
    }
}

/// The days that an answer may mean; one day if it is exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    /// The earliest day; none if any day before `last` is possible. If `last` was stated as a limit
    /// (`before 2020`), it is [`Date::EARLIEST`].
    // Named explicitly, otherwise serde would accept a missing key.
    #[serde(deserialize_with = "Option::deserialize")]
    pub first: Option<Date>,
    /// The latest day.
    pub last: Date,
}

impl Days {
    /// One day.
    #[must_use]
    pub fn on(day: Date) -> Self {
        Self {
            first: Some(day),
            last: day,
        }
    }

    /// Any day up to and including `last`.
    #[must_use]
    pub fn until(last: Date) -> Self {
        Self { first: None, last }
    }

    /// Any day up to and including `last`, which was stated as a limit.
    #[must_use]
    pub(crate) fn on_or_before(last: Date) -> Self {
        Self {
            first: Some(Date::EARLIEST),
            last,
        }
    }

    /// The day, if only one is possible.
    #[must_use]
    pub fn exact(self) -> Option<Date> {
        self.first.filter(|first| *first == self.last)
    }
}

impl fmt::Display for Days {
    /// The shortest ISO text for these days.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.first {
            None => write!(f, "at some time"),
            Some(first) if first == self.last => write!(f, "{first}"),
            Some(Date::EARLIEST) => write!(f, "{} or before", self.last),
            Some(first) => write!(f, "{first} to {}", self.last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    fn day(text: &str) -> Date {
        Date::from_iso(text).expect("a day")
    }

    #[test]
    fn days_are_written_in_iso_form() {
        #[track_caller]
        fn case(text: &str, expected: Option<&str>) {
            assert_eq!(
                Date::from_iso(text).map(|day| day.to_string()).as_deref(),
                expected,
                "{text}"
            );
        }

        case("2026-11-20", Some("2026-11-20"));
        case("2024-02-29", Some("2024-02-29"));
        case("2026-02-30", None);
        case("2026-11", None);
        case("2026-11-20-", None);
        case("20-11-2026", None);
        case("2026/11/20", None);
        case("+026-11-20", None);
    }

    #[test]
    fn month_ends_roll_forward() {
        #[track_caller]
        fn case(from: &str, months: i32, expected: &str) {
            assert_eq!(
                day(from).plus_months(months),
                day(expected),
                "{from} + {months} months"
            );
        }

        case("2026-08-31", 6, "2027-03-01");
        case("2026-08-30", 6, "2027-03-01");
        case("2026-08-29", 6, "2027-03-01");
        case("2026-08-28", 6, "2027-02-28");
        case("2027-08-29", 6, "2028-02-29");
        case("2027-08-30", 6, "2028-03-01");
        case("2024-02-29", 12, "2025-03-01");
        case("2024-02-29", 48, "2028-02-29");
        case("2026-12-31", 2, "2027-03-01");
        case("2026-05-31", 1, "2026-07-01");
    }

    /// Checks every day of a leap year, 1 to 24 months later, against a second form of the rule:
    /// the same day number if the month has it, otherwise the day after the last day of the month.
    #[test]
    fn every_day_of_a_leap_year_by_one_to_twenty_four_months() {
        const LENGTHS: [i8; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let leap = |year: i16| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        let length = |year: i16, month: i8| {
            LENGTHS[usize::try_from(month - 1).expect("month")] + i8::from(month == 2 && leap(year))
        };

        let mut from = day("2024-01-01");
        while from < day("2025-01-01") {
            let (year, month, number) = from.parts();
            let (mut to_year, mut to_month) = (year, month);
            for months in 1..=24 {
                to_month += 1;
                if to_month == 13 {
                    (to_year, to_month) = (to_year + 1, 1);
                }
                let expected = if number <= length(to_year, to_month) {
                    Date::new(to_year, to_month, number).expect("it exists")
                } else {
                    Date::new(to_year, to_month, length(to_year, to_month))
                        .expect("the last of the month")
                        .plus_days(1)
                };
                assert_eq!(
                    from.plus_months(months),
                    expected,
                    "{from} + {months} months"
                );
            }
            from = from.plus_days(1);
        }
    }

    #[test]
    fn a_later_start_never_ends_earlier() {
        let mut from = day("2023-12-01");
        while from < day("2025-03-05") {
            for months in 1..=24 {
                assert!(from.plus_months(months) <= from.plus_days(1).plus_months(months));
            }
            from = from.plus_days(1);
        }
    }

    #[test]
    fn the_calendar_ends_quietly() {
        assert_eq!(Date::LATEST.plus_days(1), Date::LATEST);
        assert_eq!(Date::LATEST.plus_months(1), Date::LATEST);
        assert_eq!(Date::new(2026, 2, 30), None);
    }
}
