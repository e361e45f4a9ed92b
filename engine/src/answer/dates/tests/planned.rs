//! Days that may be planned, one row for each form.

use super::{DateError, DateFormat, read};
use crate::date::Date;

/// What a text means on Friday, 20 November 2026, if its day may be up to two years later.
fn planned(text: &str, answered_on: &str, format: Option<&str>) -> String {
    let day = |text: &str| Date::from_iso(text).expect("a day");
    let format = format.map(|format| DateFormat::new(format).expect("a format"));
    let format = format
        .as_ref()
        .map(|format| (format, super::super::Century::Latest));
    match read(
        text,
        day(answered_on),
        day("2026-11-20"),
        day("2028-11-20"),
        format,
        None,
    ) {
        Ok(days) => days.to_string(),
        Err(why) => format!("{why:?}"),
    }
}

#[test]
fn days_that_may_be_planned() {
    #[track_caller]
    fn case(text: &str, expected: &str) {
        assert_eq!(planned(text, "2026-11-20", None), expected, "{text}");
    }

    case("2026-12-10", "2026-12-10");
    case("10 December 2026", "2026-12-10");
    case("Dec 10th, 2026", "2026-12-10");
    case("15.03.2027", "2027-03-15");
    case("2028-11-20", "2028-11-20");
    case("2026-12-10T09:30", "2026-12-10");
    case("2026-11-20", "2026-11-20");
    case("today", "2026-11-20");
    case("tomorrow", "2026-11-21");
    case("the day after tomorrow", "2026-11-22");
    case("in 3 days", "2026-11-23");
    case("+10d", "2026-11-30");
    case("+2w", "2026-11-30 to 2026-12-08");
    case("in 2 weeks", "2026-11-30 to 2026-12-08");
    case("in 2 weeks time", "2026-11-30 to 2026-12-08");
    case("2 weeks from now", "2026-11-30 to 2026-12-08");
    case("in about 2 weeks", "2026-11-27 to 2026-12-11");
    case("about 2 weeks from today", "2026-11-27 to 2026-12-11");
    case("in a month", "2026-12-04 to 2027-01-05");
    case("in a few days", "2026-11-21 to 2026-12-02");
    case("in the next 2 weeks", "2026-11-20 to 2026-12-08");
    case("next week", "2026-11-21 to 2026-12-03");
    case("next month", "2026-11-21 to 2026-12-31");
    case("next year", "2026-11-21 to 2027-12-31");
    case("next friday", "2026-11-27 to 2026-12-04");
    case("on next friday", "2026-11-27 to 2026-12-04");
    case("in the next month", "2026-11-21 to 2026-12-31");
    case("next Mon", "2026-11-23 to 2026-11-30");
    case("December 2026", "2026-12-01 to 2026-12-31");
    case("2026-12", "2026-12-01 to 2026-12-31");
    case("early January 2027", "2027-01-01 to 2027-01-16");
    case("2027", "2027-01-01 to 2027-12-31");
    case("spring 2027", "2027-02-01 to 2027-12-23");
    case("about 12 December 2026", "2026-11-26 to 2026-12-28");
    case("before 10 December 2026", "2026-12-09 or before");
    case("after 10 December 2026", "2026-12-11 to 2028-11-20");
    // What happened is read as for other questions.
    case("yesterday", "2026-11-19");
    case("3 weeks ago", "2026-10-26 to 2026-11-03");
    case("last friday", "2026-11-07 to 2026-11-20");
    case("last month", "2026-10-01 to 2026-11-20");
    case("since March 2026", "2026-03-01 to 2026-11-20");
    case("May 2026", "2026-05-01 to 2026-05-31");
}

#[test]
fn words_for_a_past_or_a_later_day_mean_both_or_neither() {
    #[track_caller]
    fn case(text: &str, expected: &str) {
        assert_eq!(planned(text, "2026-11-20", None), expected, "{text}");
    }
    let open = |one: &str, other: &str| {
        format!("{:?}", DateError::Open([one.to_owned(), other.to_owned()]))
    };

    case("friday", "2026-11-07 to 2026-12-03");
    case("on Tuesday", "2026-11-07 to 2026-12-03");
    case("this wed", "2026-11-07 to 2026-12-03");
    case("this week", "2026-11-14 to 2026-11-26");
    case("during this week", "2026-11-14 to 2026-11-26");
    case("in this week", "2026-11-14 to 2026-11-26");
    case("about this week", "2026-10-29 to 2026-12-06");
    case("on this Friday", "2026-11-07 to 2026-12-03");
    case("this month", "2026-11-01 to 2026-11-30");
    case("2026-11", "2026-11-01 to 2026-11-30");
    case("this year", "2026-01-01 to 2026-12-31");
    case("2026", "2026-01-01 to 2026-12-31");
    case("after friday", "2026-11-07 to 2028-11-20");
    case("before friday", "2026-12-03 or before");
    case("after March", "2026-03-01 to 2028-11-20");
    case("May", &open("May 2026", "May 2027"));
    case("in May", &open("May 2026", "May 2027"));
    case("this december", &open("December 2025", "December 2026"));
    case("about May", &open("about May 2026", "about May 2027"));
    case("10 December", &open("10 December 2025", "10 December 2026"));
    case("spring", &open("spring 2026", "spring 2027"));
    case("this spring", &open("spring 2026", "spring 2027"));
    case("early this winter", &open("winter 2026", "winter 2027"));
    for text in [
        "3 weeks",
        "05-10",
        "soon",
        "later",
        "next May",
        "next spring",
        "about friday",
        "the friday after next",
        "friday or saturday",
        "weekend",
        "within 2 weeks",
        "in weeks",
        "+",
        "+2",
        "2w",
        "-2w",
    ] {
        case(text, "NotADate");
    }
}

#[test]
fn a_planned_day_is_at_most_two_years_ahead() {
    #[track_caller]
    fn case(text: &str, expected: &str) {
        assert_eq!(planned(text, "2026-11-20", None), expected, "{text}");
    }

    for text in [
        "2028-11-21",
        "2062-12-10",
        "2028",
        "December 2028",
        "in 3 years",
        "+65 years",
        "20 November 2029",
    ] {
        case(text, "TooFarAhead");
    }
    // A placeholder is read as it is, and counts as not known.
    case("9999-12-31", "9999-12-31");
}

#[test]
fn a_planned_day_of_an_older_answer() {
    #[track_caller]
    fn case(text: &str, expected: &str) {
        assert_eq!(planned(text, "2026-11-01", None), expected, "{text}");
    }

    case("2026-11-10", "2026-11-10");
    case("tomorrow", "2026-11-02 to 2026-11-21");
    case("in 3 days", "2026-11-04 to 2026-11-23");
    case("in 3 weeks", "2026-11-18 to 2026-12-15");
    case("friday", "2026-10-19 to 2026-12-03");
}

#[test]
fn a_planned_day_in_the_format_of_a_table() {
    #[track_caller]
    fn case(text: &str, format: &str, expected: &str) {
        assert_eq!(
            planned(text, "2026-11-20", Some(format)),
            expected,
            "{text}"
        );
    }

    case("10/12/2026", "%d/%m/%Y", "2026-12-10");
    case("10/12/26", "%d/%m/%y", "2026-12-10");
    case("10/01/28", "%d/%m/%y", "2028-01-10");
    // Not a day a hundred years ago.
    case("10/01/29", "%d/%m/%y", "TooFarAhead");
    case("10/01/36", "%d/%m/%y", "TooFarAhead");
    case("10/01/62", "%d/%m/%y", "1962-01-10");
    case("in 3 days", "%d/%m/%Y", "2026-11-23");
}
