mod planned;
mod spoken;

use proptest::prelude::*;

use super::{DateError, DateFormat, read};
use crate::date::Date;
use crate::impossible::is_placeholder;

fn said(text: &str, format: Option<&str>) -> String {
    let as_of = Date::from_iso("2026-11-20").expect("a day");
    let format = format.map(|format| DateFormat::new(format).expect("a format"));
    let format = format
        .as_ref()
        .map(|format| (format, super::Century::Latest));
    match read(text, as_of, as_of, as_of, format, None) {
        Ok(days) => days.to_string(),
        Err(why) => format!("{why:?}"),
    }
}

#[test]
fn what_days_a_text_means() {
    #[track_caller]
    fn case(text: &str, expected: &str) {
        assert_eq!(said(text, None), expected, "{text}");
    }

    case("2026-08-31", "2026-08-31");
    case("2026-05", "2026-05-01 to 2026-05-31");
    case("2026-11", "2026-11-01 to 2026-11-20");
    case("2019", "2019-01-01 to 2019-12-31");
    case("2026", "2026-01-01 to 2026-11-20");
    case("05/2026", "2026-05-01 to 2026-05-31");
    case("5/2026", "2026-05-01 to 2026-05-31");
    case("May 2026", "2026-05-01 to 2026-05-31");
    case("12 may 2026", "2026-05-12");
    case("May 12th, 2026", "2026-05-12");
    case("2026-05-12 00:00:00", "2026-05-12");
    case("2026-05-12 14:05", "2026-05-12");
    case("2026-05-12T00:00:00Z", "2026-05-12");
    case("2026-05-12T14:05:00Z", "2026-05-12 to 2026-05-13");
    case("2026/08/31", "2026-08-31");
    case("2026/8/3", "2026-08-03");
    case("2026.08.31", "2026-08-31");
    case("2026-8-31", "2026-08-31");
    case("20260831", "2026-08-31");
    case("2026-08-31 10:00", "2026-08-31");
    case("2026/08/31 10:00", "2026-08-31");
    case("15.03.2024", "2024-03-15");
    case("15/3/2024", "2024-03-15");
    case("12/31/2025", "2025-12-31");
    case("05/05/2026", "2026-05-05");
    case("12 Apr 91", "1991-04-12");
    case("12-Apr-91", "1991-04-12");
    case("Apr 12, 26", "2026-04-12");
    case("12 Apr '08", "2008-04-12");
    case("mar 91", "1991-03-01 to 1991-03-31");
    case("mar 00", "2000-03-01 to 2000-03-31");
    case("12 May 2026 2:05 pm", "2026-05-12");
    case("today", "2026-11-20");
    case("yesterday", "2026-11-19");
    case("3 days ago", "2026-11-17");
    case("about 3 days ago", "2026-11-16 to 2026-11-18");
    case("3 months ago", "2026-08-04 to 2026-09-05");
    case("about 5 months ago", "2026-05-20 to 2026-07-21");
    case("a month ago", "2026-10-04 to 2026-11-05");
    case("two weeks ago", "2026-11-02 to 2026-11-10");
    case("about 1 year ago", "2024-11-19 to 2026-05-22");
}

fn two_ways(one: &str, other: &str) -> DateError {
    DateError::TwoWays(Some(
        [one, other].map(|day| Date::from_iso(day).expect("a day")),
    ))
}

#[test]
fn what_is_never_guessed() {
    #[track_caller]
    fn case(text: &str, expected: &DateError) {
        assert_eq!(said(text, None), format!("{expected:?}"), "{text}");
    }

    case("2026-02-30", &DateError::NoSuchDay);
    case("2026-13", &DateError::NoSuchDay);
    case("30 February 2026", &DateError::NoSuchDay);
    case("05/06/2026", &two_ways("2026-06-05", "2026-05-06"));
    case("1.5.2026", &two_ways("2026-05-01", "2026-01-05"));
    case("03/04/1991", &two_ways("1991-04-03", "1991-03-04"));
    case("05/06/26", &DateError::TwoWays(None));
    case("31/12/25", &DateError::YearLast);
    case("31.02.2024", &DateError::NoSuchDay);
    case("02/30/2024", &DateError::NoSuchDay);
    case("13/13/2024", &DateError::NoSuchDay);
    case("2026/31/08", &DateError::NoSuchDay);
    case("20261331", &DateError::NoSuchDay);
    case("31082026", &DateError::NoSuchDay);
    case("2026/02/30", &DateError::NoSuchDay);
    case("20261201", &DateError::Future);
    case("31 February", &DateError::NoSuchDay);
    case("2026-05/06", &DateError::NotADate);
    case("2026/05", &DateError::NotADate);
    case("2026050", &DateError::NotADate);
    case("about December 2026", &DateError::Future);
    case("soon", &DateError::NotADate);
    case("3 months", &DateError::NotADate);
    case("2026-11-21", &DateError::Future);
    case("2026-12", &DateError::Future);
    case("2027", &DateError::Future);
    case("2026-05 14:05", &DateError::NotADate);
    case("2026-02-30 14:05", &DateError::NoSuchDay);
    case("05/06/2026 14:05", &two_ways("2026-06-05", "2026-05-06"));
    case("2026-11-21T00:30", &DateError::Future);
    case("1066", &DateError::TooEarly);
    case("0026-05-01", &DateError::TooEarly);
}

#[test]
fn a_format_says_which_way_round() {
    #[track_caller]
    fn case(text: &str, format: &str, expected: &str) {
        let seen = said(text, Some(format));
        let seen = if seen.starts_with("NotInFormat") {
            "not so written"
        } else {
            &seen
        };
        assert_eq!(seen, expected, "{text} as {format}");
    }

    case("05/06/2026", "%d/%m/%Y", "2026-06-05");
    case("05/06/2026", "%m/%d/%Y", "2026-05-06");
    case("2026-06-05", "%Y-%d-%m", "2026-05-06");
    case("31-05-26", "%d-%m-%y", "2026-05-31");

    // A time of day may be in the format, in the cell, in both or in neither.
    case("31/05/2026 14:05", "%d/%m/%Y %H:%M", "2026-05-31");
    case("31/05/2026", "%d/%m/%Y %H:%M", "2026-05-31");
    case("31/05/2026 14:05:09", "%d/%m/%Y %H:%M", "2026-05-31");
    case("31/05/2026 14:05", "%d/%m/%Y", "2026-05-31");
    case("05/31/2026 02:05 PM", "%m/%d/%Y %I:%M %p", "2026-05-31");
    case("31.05.2026, 14:05:09", "%d.%m.%Y, %H:%M:%S", "2026-05-31");
    case("2026-05-31T14:05:09", "%Y-%m-%dT%H:%M:%S", "2026-05-31");
    case(
        "2026-05-31T14:05:09+0200",
        "%Y-%m-%dT%H:%M:%S%z",
        "2026-05-31",
    );
    case("14:05 31/05/2026", "%H:%M %d/%m/%Y", "2026-05-31");
    case("20260531140509", "%Y%m%d%H%M%S", "2026-05-31");
    case("20260531", "%Y%m%d", "2026-05-31");

    // Vague days, days in words and ISO days are read in any table.
    case("2026-05", "%d/%m/%Y", "2026-05-01 to 2026-05-31");
    case("2026-05-31 14:05", "%d/%m/%Y", "2026-05-31");
    case("3 days ago", "%d/%m/%Y", "2026-11-17");

    case("31/06/2026", "%d/%m/%Y", "NoSuchDay");
    case("31/06/2026 14:05", "%d/%m/%Y %H:%M", "NoSuchDay");
    case("2026-02-30", "%d/%m/%Y", "NoSuchDay");
    case("31/05/2027", "%d/%m/%Y", "Future");
    case("soon", "%d/%m/%Y", "NotADate");

    case("31/05/2026", "%m/%d/%Y", "not so written");
    case("31.05.2026", "%d/%m/%Y", "not so written");
    case("31/05/26", "%d/%m/%Y", "not so written");
    case("31/05/2026 25:05", "%d/%m/%Y %H:%M", "not so written");
    case("2026/05/31", "%d/%m/%Y", "not so written");
    // In a table with the order year, day, month, this is ambiguous.
    case("2026-05-31", "%Y-%d-%m", "not so written");
    case("2026-05-31 14:05", "%Y-%d-%m %H:%M", "not so written");
}

#[test]
fn a_format_names_year_month_and_day() {
    for format in ["%d/%m", "hello", "%H:%M", "%Y-%m", "%d/%m/%Y %"] {
        assert_eq!(DateFormat::new(format), None, "{format}");
    }
}

/// If the day of treatment is not the day on which the answer is given, words may count from
/// either. Both readings are kept, because the earlier one is less severe.
#[test]
fn what_counts_from_a_day_counts_from_both() {
    #[track_caller]
    fn case(text: &str, said: &str, expected: &str) {
        let day = |text| Date::from_iso(text).expect("a day");
        let read = match read(
            text,
            day(said),
            day("2026-11-20"),
            day("2026-11-20"),
            None,
            None,
        ) {
            Ok(days) => days.to_string(),
            Err(why) => format!("{why:?}"),
        };
        assert_eq!(read, expected, "{text} on {said}");
    }

    case("3 months ago", "2026-12-20", "2026-08-04 to 2026-10-06");
    case("3 months ago", "2026-10-20", "2026-07-04 to 2026-09-05");
    case("3 months ago", "2027-11-20", "2026-08-04 to 2026-11-20");
    case("yesterday", "2026-11-21", "2026-11-19 to 2026-11-20");
    case("last year", "2027-01-01", "2025-01-01 to 2026-11-20");
    case("last spring", "2027-06-01", "2025-02-01 to 2026-11-20");
    // A text with its own date means only that date.
    case("2026-08", "2027-11-20", "2026-08-01 to 2026-08-31");
    case("2026-11", "2026-10-20", "2026-11-01 to 2026-11-20");
    case(
        "about November 2026",
        "2025-01-01",
        "2026-10-01 to 2026-11-20",
    );
    case("2026-12", "2027-11-20", "Future");
    case("May", "2027-11-20", "Open([\"May 2026\", \"May 2025\"])");
}

/// On any day of the year, `last`, `this` and a season include all days that people may mean. This
/// holds in the north and the south, and for springs that begin in February, in March or at the
/// equinox.
#[test]
fn a_season_holds_every_day_that_could_be_meant() {
    let seasons = [("spring", 2), ("summer", 5), ("autumn", 8), ("winter", 11)];
    let mut as_of = Date::from_iso("2025-12-01").expect("a day");
    while as_of < Date::from_iso("2027-03-01").expect("a day") {
        for (name, february) in seasons {
            let last =
                read(&format!("last {name}"), as_of, as_of, as_of, None, None).expect("days");
            let this =
                read(&format!("this {name}"), as_of, as_of, as_of, None, None).expect("days");
            // North and south of the equator; spring from 1 February, 1 March or 23 March.
            for (south, later) in [0, 6].into_iter().flat_map(|s| [(s, 0), (s, 28), (s, 50)]) {
                let begins = |year: i16| {
                    let first = Date::new(year, february, 1).expect("a month");
                    first.plus_months(south).plus_days(later)
                };
                let begun: Vec<Date> = (2022..2028)
                    .map(begins)
                    .filter(|day| *day <= as_of)
                    .collect();
                for (back, reading) in [(0, this), (0, last), (1, last)] {
                    let first = begun[begun.len() - 1 - back];
                    let end = first.plus_days(89).min(as_of);
                    assert!(
                        reading.first <= Some(first) && reading.last >= end,
                        "on {as_of}, {name}: {first} to {end} is not in {reading}"
                    );
                }
            }
        }
        as_of = as_of.plus_days(1);
    }
}

const VOCABULARY: &str = "the of in on about around or so early mid late end this last past week month \
    year years months weeks days fortnight morning night yesterday today day before ago a an half and one \
    two twelve couple few several to 0 1 2 3 1.5 .5 12 24 2-3 -3 2024 2025/26 24/25 32767 32767/1 9999 0001 \
    99999999999 May sept november Feb monday spring summer autumn fall winter christmas xmas 12th 31 , - / . \
    05/2026 2026-05 2026-02-30 more less than over under at least most before since after many 91 26 2+ 20260831 15.03.2024 mar \u{e9}t\u{e9} \u{5bbd}";

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any words in any order cause no panic, and all days read are between 1900 and the day of
    /// treatment, or a placeholder, which is read unchanged.
    #[test]
    fn words_in_any_order_are_read_or_refused(
        words in prop::collection::vec(prop::sample::select(VOCABULARY.split_whitespace().collect::<Vec<_>>()), 1..6),
        day in prop::sample::select(vec!["2026-11-20", "2024-02-29", "1900-01-01", "0001-01-01", "9999-12-31"]),
    ) {
        let as_of = Date::from_iso(day).expect("a day");
        let text = words.join(" ");
        if let Ok(days) = read(&text, as_of, as_of, as_of, None, None) {
            let first = days.first.unwrap_or(Date::EARLIEST);
            let kept = days.exact().is_some_and(is_placeholder);
            let in_order = Date::EARLIEST <= first && first <= days.last && days.last <= as_of;
            prop_assert!(kept || in_order, "{text}: {days}");
        }
    }
}

#[test]
fn what_leaves_open_which_days_is_asked_back() {
    #[track_caller]
    fn case(text: &str, one: &str, other: &str) {
        let expected = format!("{:?}", DateError::Open([one.to_owned(), other.to_owned()]));
        assert_eq!(said(text, None), expected, "{text}");
    }

    case("May", "May 2026", "May 2025");
    case("last May", "May 2026", "May 2025");
    case("in November", "November 2026", "November 2025");
    case("last December", "December 2025", "December 2024");
    case("mid May", "mid May 2026", "mid May 2025");
    case("spring", "spring 2026", "spring 2025");
    case("last Christmas", "December 2025", "January 2026");
    case("Christmas 2024", "December 2024", "January 2025");
    case("26 mar", "26 March 2026", "26 March 2025");
    case("March 26th", "26 March 2026", "26 March 2025");
    case("29 feb", "29 February 2024", "29 February 2020");
    case("12 Apr 30", "12 April 1930", "12 April 2030");
    case("before May", "before May 2026", "before May 2025");
    case("about May", "about May 2026", "about May 2025");
}

#[test]
fn what_may_mean_either_of_two() {
    #[track_caller]
    fn case(text: &str, one: &str, other: &str) {
        let expected = format!(
            "{:?}",
            DateError::Either([one.to_owned(), other.to_owned()])
        );
        assert_eq!(said(text, None), expected, "{text}");
    }

    case("mar 26", "March 2026", "26 March 2026");
    case("mar 12", "March 2012", "12 March 2026");
    case("dec 12", "December 2012", "12 December 2025");
    case(
        "before 05/06/2020",
        "before 2020-06-05",
        "before 2020-05-06",
    );
    case("since 05/06/2020", "since 2020-06-05", "since 2020-05-06");
}

#[test]
fn what_says_too_little_is_no_date() {
    for text in [
        "ago",
        "a year",
        "some time ago",
        "long ago",
        "a while ago",
        "recently",
        "in 3 months",
        "in 3 weeks",
        "next week",
        "next spring",
        "last",
        "this",
        "the",
        "early",
        "early last",
        "month",
        "or so",
        "about",
        "spring 2023/24",
        "winter 2023/25",
        "winter 24",
        "half a day ago",
        "0 months ago",
        "3-2 months ago",
        "last 40000 years",
        "65535.5 years ago",
        "about 65535 years ago",
        "May 20266",
        "+025 May",
        "spring +025",
        "12 2026",
        "end of the year",
        "more than",
        "more than a year",
        "over a year",
        "at least",
        "more than ago",
        "less than a while ago",
        "year ago or more",
        "before",
        "since",
        "after",
        "before soon",
        "before 12",
        "since then",
        "2 ++ years ago",
        "week ago",
        "when I was",
        "when I was young",
        "when I was 200",
        "at 121",
        "tomorrow",
        "+2w",
        "next friday",
    ] {
        assert_eq!(said(text, None), "NotADate", "{text}");
    }
}
