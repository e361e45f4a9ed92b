//! Answers about events that may be planned.

use super::{question, read_question};
use crate::question::{Kind, Question};

#[test]
fn events_that_may_be_planned() {
    #[track_caller]
    fn case(text: &str, expected: &str) {
        let question = Question {
            planned: true,
            ..question(Kind::Event)
        };
        assert_eq!(read_question(&question, text), expected, "{text}");
    }

    case("never", "never");
    case("no", "never");
    for text in ["yes", "happened", "Planned", "booked", "scheduled", "x"] {
        case(text, "at some time");
    }
    case("2026-12-10", "2026-12-10");
    case("2026-05-12", "2026-05-12");
    case("planned 2026-12-10", "2026-12-10");
    case("Booked for the 10th of December 2026", "2026-12-10");
    case("scheduled: 10 December 2026", "2026-12-10");
    case("planned on Friday", "2026-11-20 to 2026-12-03");
    case("planned for this year", "2026-11-20 to 2026-12-31");
    case("happened 2026-05-12", "2026-05-12");
    case("happened on friday", "2026-11-07 to 2026-11-20");
    case("happened this year", "2026-01-01 to 2026-11-20");
    case("happened or planned", "at some time");
    case("happened or planned 2026-12-10", "2026-12-10");
    case("happened or planned 2026-05-10", "2026-05-10");
    case("happened or planned friday", "2026-11-07 to 2026-12-03");
    case("not sure", "not sure");
    case("?", "not sure");
    case("", "no answer");
    case(
        "booked last week",
        "`booked last week` says planned, but this day is before 2026-11-20, the treatment day / check the day, or write the day alone if it happened then",
    );
    case(
        "planned 2026-05-12",
        "`planned 2026-05-12` says planned, but this day is before 2026-11-20, the treatment day / check the day, or write the day alone if it happened then",
    );
    case(
        "happened 2026-12-10",
        "`2026-12-10` is after 2026-11-20, the treatment day / this says that it has happened; check the day, or write the day alone",
    );
    case(
        "2029-01-01",
        "`2029-01-01` may be more than 2 years after 2026-11-20, the treatment day / check the year, or write `planned` if the day is not known",
    );
    case(
        "planned soon",
        "`soon` is not an answer to `q` / write never, or the day it happened or is planned: 2026-05-31, 2026-05 or 2026",
    );
    case(
        "since 2027",
        "`since 2027` is after 2026-11-20, the treatment day / this says that it has happened; check the day, or write the day alone",
    );
    case(
        "05/06/2027",
        "in `05/06/2027` it is not clear which number is the day and which the month / write `2027-06-05` for 5 Jun 2027 or `2027-05-06` for 6 May 2027",
    );
}

/// Without `planned`, later days and words for planned days are refused.
#[test]
fn other_questions_take_no_later_day() {
    for kind in [Kind::Event, Kind::Course, Kind::Date] {
        let question = question(kind);
        for text in [
            "2026-12-10",
            "tomorrow",
            "in 3 weeks",
            "+2w",
            "next friday",
            "next week",
            "next month",
            "planned",
            "planned 2026-12-10",
            "booked",
            "December 2026",
            "2027",
        ] {
            let read = read_question(&question, text);
            assert!(read.contains(" / "), "{text}: {read}");
        }
    }
}
