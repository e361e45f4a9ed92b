//! Days in words, one row for each form.

use super::{read, said};
use crate::date::{Date, Days};

#[test]
fn days_as_people_say_them() {
    #[track_caller]
    fn case(text: &str, expected: &str) {
        assert_eq!(said(text, None), expected, "{text}");
    }

    case("this morning", "2026-11-20");
    case("last night", "2026-11-19 to 2026-11-20");
    case("the day before yesterday", "2026-11-18");
    case("this week", "2026-11-14 to 2026-11-20");
    case("last week", "2026-11-07 to 2026-11-20");
    case("Last Tuesday", "2026-11-07 to 2026-11-20");
    case("on Friday", "2026-11-07 to 2026-11-20");
    case("this month", "2026-11-01 to 2026-11-20");
    case("last month", "2026-10-01 to 2026-11-20");
    case("this year", "2026-01-01 to 2026-11-20");
    case("earlier this year", "2026-01-01 to 2026-11-20");
    case("last year", "2025-01-01 to 2026-11-20");
    case("in the past year", "2025-01-01 to 2026-11-20");
    case("in the last 3 months", "2026-08-04 to 2026-11-20");
    case("in the last 2 years", "2024-05-21 to 2026-11-20");
    case("in the last 10 days", "2026-11-10 to 2026-11-20");
    case("within the last few weeks", "2026-08-24 to 2026-11-20");

    case("early mar 26", "2026-03-01 to 2026-03-16");
    case("early 2025", "2025-01-01 to 2025-06-30");
    case("mid-2025", "2025-04-01 to 2025-09-30");
    case("late 2025", "2025-07-01 to 2025-12-31");
    case("the end of last year", "2025-07-01 to 2025-12-31");
    case("late 2026", "2026-07-01 to 2026-11-20");
    case("mid May 2026", "2026-05-06 to 2026-05-25");
    case("beginning of May 2026", "2026-05-01 to 2026-05-16");
    case("late Feb 2024", "2024-02-15 to 2024-02-29");
    case("the end of last month", "2026-10-15 to 2026-10-31");
    case("in May 2026", "2026-05-01 to 2026-05-31");
    case("on the 12th of May 2026", "2026-05-12");
    case("about 12 May 2026", "2026-04-26 to 2026-05-28");
    case("around May 2026", "2026-04-01 to 2026-06-30");
    case("about February 2024", "2024-01-01 to 2024-03-31");
    case("about January 2026", "2025-12-01 to 2026-02-28");
    case("about last month", "2026-09-01 to 2026-11-20");
    case("about 2019", "2018-01-01 to 2020-12-31");

    case("half a year ago", "2025-11-18 to 2026-08-20");
    case("a year and a half ago", "2024-11-18 to 2025-11-19");
    case("one and a half years ago", "2024-11-18 to 2025-11-19");
    case("1.5 years ago", "2024-11-18 to 2025-11-19");
    case("about a year and a half ago", "2024-05-19 to 2025-11-19");
    case("a couple of months ago", "2026-07-04 to 2026-11-05");
    case("a couple weeks ago", "2026-10-19 to 2026-11-17");
    case("a few days ago", "2026-11-08 to 2026-11-19");
    case("several months ago", "2025-11-04 to 2026-11-05");
    case("2-3 months ago", "2026-08-04 to 2026-10-06");
    case("two to three months ago", "2026-08-04 to 2026-10-06");
    case("2 or 3 months ago", "2026-08-04 to 2026-10-06");
    case("a month or two ago", "2026-09-04 to 2026-11-05");
    case("3 months ago or so", "2026-07-20 to 2026-09-20");
    case("a fortnight ago", "2026-11-02 to 2026-11-10");
    case("eighteen months ago", "2025-05-04 to 2025-06-05");
    case("3 yrs ago", "2023-05-21 to 2024-05-21");
}

#[test]
fn seasons_on_both_sides_of_the_equator() {
    #[track_caller]
    fn case(text: &str, expected: &str) {
        assert_eq!(said(text, None), expected, "{text}");
    }

    case("spring 2025", "2025-02-01 to 2025-12-23");
    case("autumn 2025", "2025-02-01 to 2025-12-23");
    case("fall 2025", "2025-02-01 to 2025-12-23");
    case("summer 2025", "2024-11-01 to 2026-03-23");
    case("early winter 2024", "2023-11-01 to 2025-03-23");
    case("winter 2023/24", "2023-11-01 to 2024-03-23");
    case("summer 2023-2024", "2023-11-01 to 2024-03-23");
    case("last spring", "2025-02-01 to 2026-11-20");
    case("this past spring", "2025-02-01 to 2026-11-20");
    case("this spring", "2026-02-01 to 2026-11-20");
    case("last summer", "2024-11-01 to 2026-11-20");
    case("this summer", "2025-11-01 to 2026-11-20");
    case("last autumn", "2025-02-01 to 2026-11-20");
    case("this winter", "2025-11-01 to 2026-11-20");
    case("last winter", "2024-11-01 to 2026-11-20");
}

#[test]
fn what_has_one_bound() {
    #[track_caller]
    fn case(text: &str, expected: &str) {
        assert_eq!(said(text, None), expected, "{text}");
    }

    case("more than a year ago", "2025-11-20 or before");
    case("over a year ago", "2025-11-20 or before");
    case("over 2 years ago", "2024-11-20 or before");
    case("2 years ago or more", "2024-11-20 or before");
    case("2 or more years ago", "2024-11-20 or before");
    case("2+ years ago", "2024-11-20 or before");
    case("at least 6 months ago", "2026-05-20 or before");
    case("no less than 6 months ago", "2026-05-20 or before");
    case("more than half a year ago", "2026-05-20 or before");
    case("more than half a month ago", "2026-11-06 or before");
    case("more than a couple of weeks ago", "2026-11-13 or before");
    case("more than 3 days ago", "2026-11-17 or before");
    case("years ago", "2026-05-22 or before");
    case("many years ago", "2026-05-22 or before");
    case("months ago", "2026-11-05 or before");
    case("weeks ago", "2026-11-17 or before");
    case("days ago", "2026-11-19 or before");
    case("less than a month ago", "2026-10-04 to 2026-11-20");
    case("under 6 months ago", "2026-05-04 to 2026-11-20");
    case("not more than 6 months ago", "2026-05-04 to 2026-11-20");
    case("within the last 2 weeks", "2026-11-02 to 2026-11-20");
    case("over the last 2 weeks", "2026-11-02 to 2026-11-20");
    case("just over a year ago", "2024-11-19 to 2026-05-22");
    case("almost a year ago", "2024-11-19 to 2026-05-22");

    case("before 2020", "2019-12-31 or before");
    case("Before March 2021", "2021-02-28 or before");
    case("before 2021-03", "2021-02-28 or before");
    case("prior to 12 May 2026", "2026-05-11 or before");
    case("before 15.03.2024", "2024-03-14 or before");
    case("before this year", "2025-12-31 or before");
    // If the time itself is vague, its last day may also be before it.
    case("before spring 2025", "2025-12-23 or before");
    case("before about 2019", "2020-12-31 or before");
    case("before last year", "2026-11-20 or before");
    case("since 2022", "2022-01-01 to 2026-11-20");
    case("since March", "2026-03-01 to 2026-11-20");
    case("since last March", "2026-03-01 to 2026-11-20");
    case("since December", "2025-12-01 to 2026-11-20");
    case("since November", "2025-11-01 to 2026-11-20");
    case("since last spring", "2025-02-01 to 2026-11-20");
    case("since Christmas", "2025-12-01 to 2026-11-20");
    case("since 12 May 2026", "2026-05-12 to 2026-11-20");
    case("since yesterday", "2026-11-19 to 2026-11-20");
    case("since 3 months ago", "2026-08-04 to 2026-11-20");
    case("after 2022", "2023-01-01 to 2026-11-20");
    case("after 12 May 2026", "2026-05-13 to 2026-11-20");
    case("after spring 2025", "2025-02-01 to 2026-11-20");

    case("after 2026", "Future");
    case("since 2027", "Future");
    case("before 2027", "Future");
    case("before 1900", "TooEarly");
    case("since 1850", "TooEarly");
}

#[test]
fn an_age_counts_from_the_date_of_birth() {
    #[track_caller]
    fn case(text: &str, born: Option<&str>, expected: &str) {
        let day = |text| Date::from_iso(text).expect("a day");
        let born = born.map(|born| Days::on(day(born)));
        let as_of = day("2026-11-20");
        let read = match read(text, as_of, as_of, as_of, None, born) {
            Ok(days) => days.to_string(),
            Err(why) => format!("{why:?}"),
        };
        assert_eq!(read, expected, "{text}");
    }

    let born = Some("1990-05-04");
    case("when I was 16", born, "2006-05-03 to 2007-05-03");
    case("When I was sixteen.", born, "NotADate");
    case("when I was sixteen", born, "2006-05-03 to 2007-05-03");
    case("at the age of 16", born, "2006-05-03 to 2007-05-03");
    case("aged 16", born, "2006-05-03 to 2007-05-03");
    case("as a 16-year-old", born, "2006-05-03 to 2007-05-03");
    case("when I was 16 years old", born, "2006-05-03 to 2007-05-03");
    case("when I was about 16", born, "2005-05-03 to 2008-05-03");
    case("when I was 15 or 16", born, "2005-05-03 to 2007-05-03");
    case("when I was 0", born, "1990-05-04 to 1991-05-03");
    case("when I was 36", born, "2026-05-03 to 2026-11-20");
    case("when I was 37", born, "Future");
    case(
        "when I was 16",
        Some("1988-02-29"),
        "2004-02-28 to 2005-02-28",
    );
    case(
        "when I was 17",
        Some("1988-02-29"),
        "2005-02-28 to 2006-02-28",
    );
    case("when I was 16", None, "at some time");
}
