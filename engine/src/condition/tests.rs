use super::{Check, Condition, Test, within, within_before_or_after};
use crate::answer::{Event, Reply, Value};
use crate::date::{Date, Days};
use crate::period::Period;
use crate::truth::Truth;
use crate::truth::Truth::{No, Unknown, Yes};

#[test]
fn windows_are_over_on_the_day_they_end() {
    #[track_caller]
    fn case(first: Option<&str>, last: &str, day: &str, expected: Truth) {
        let date = |text: &str| Date::from_iso(text).expect("a day");
        let days = Days {
            first: first.map(date),
            last: date(last),
        };
        let period = Period::from_text("6 months").expect("a period");
        assert_eq!(within(days, period, date(day)), expected, "{days} on {day}");
    }

    case(Some("2026-05-21"), "2026-05-21", "2026-11-20", Yes);
    case(Some("2026-05-20"), "2026-05-20", "2026-11-20", No);
    case(Some("2026-08-31"), "2026-08-31", "2027-02-28", Yes);
    case(Some("2026-08-31"), "2026-08-31", "2027-03-01", No);
    case(Some("2026-05-01"), "2026-05-31", "2026-10-31", Yes);
    case(Some("2026-05-01"), "2026-05-31", "2026-11-01", Unknown);
    case(Some("2026-05-01"), "2026-05-31", "2026-11-30", Unknown);
    case(Some("2026-05-01"), "2026-05-31", "2026-12-01", No);
    case(None, "2026-11-20", "2026-11-20", Unknown);
    case(None, "2026-11-20", "2027-05-20", No);
}

#[test]
fn what_supports_a_condition() {
    #[track_caller]
    fn case(condition: &Condition, of: &mut impl FnMut(&Test) -> Truth, expected: &[usize]) {
        let mut found = Vec::new();
        condition.support(of, &mut found);
        let found: Vec<usize> = found.iter().map(|test| test.question).collect();
        assert_eq!(found, expected);
    }

    let test = |question| {
        Condition::Test(Test {
            question,
            check: Check::Ever,
            words: String::new(),
            if_left_out: None,
        })
    };
    let truths = [Yes, No, Unknown];
    let mut of = |test: &Test| truths[test.question];

    case(
        &Condition::Any(vec![test(0), test(1), test(2)]),
        &mut of,
        &[0],
    );
    case(&Condition::All(vec![test(0), test(2)]), &mut of, &[2]);
    case(&Condition::All(vec![test(0), test(1)]), &mut of, &[1]);
    case(&Condition::None(vec![test(1), test(1)]), &mut of, &[1, 1]);
    case(
        &Condition::Not(Box::new(Condition::Any(vec![test(0), test(1)]))),
        &mut of,
        &[0],
    );
}

#[track_caller]
fn date(text: &str) -> Date {
    Date::from_iso(text).expect("a day")
}

#[track_caller]
fn period(text: &str) -> Period {
    Period::from_text(text).expect("a period")
}

fn days(first: Option<&str>, last: &str) -> Days {
    Days {
        first: first.map(date),
        last: date(last),
    }
}

#[test]
fn windows_on_both_sides_are_over_a_period_away() {
    #[track_caller]
    fn case(wait: &str, first: Option<&str>, last: &str, day: &str, expected: Truth) {
        let days = days(first, last);
        let truth = within_before_or_after(days, period(wait), date(day));
        assert_eq!(truth, expected, "{days} within {wait} of {day}");
    }

    for (day, expected) in [
        ("2026-11-26", No),
        ("2026-11-27", Yes),
        ("2026-12-10", Yes),
        ("2026-12-23", Yes),
        ("2026-12-24", No),
    ] {
        case("2 weeks", Some("2026-12-10"), "2026-12-10", day, expected);
    }
    // Of a vague day, every possible day is near only in the middle.
    for (day, expected) in [
        ("2026-11-03", No),
        ("2026-11-04", Unknown),
        ("2026-12-03", Unknown),
        ("2026-12-04", Yes),
        ("2026-12-28", Yes),
        ("2026-12-29", Unknown),
        ("2027-01-27", Unknown),
        ("2027-01-28", No),
    ] {
        case("28 days", Some("2026-12-01"), "2026-12-31", day, expected);
    }
    // Months are counted from the earlier day, on both sides.
    for (event, day, expected) in [
        ("2026-08-31", "2026-02-28", No),
        ("2026-08-31", "2026-03-01", Yes),
        ("2026-08-31", "2027-02-28", Yes),
        ("2026-08-31", "2027-03-01", No),
        ("2027-03-01", "2026-09-01", No),
        ("2027-03-01", "2026-09-02", Yes),
        ("2027-02-28", "2026-08-28", No),
        ("2027-02-28", "2026-08-29", Yes),
    ] {
        case("6 months", Some(event), event, day, expected);
    }
    for (day, expected) in [
        ("2026-12-06", No),
        ("2026-12-07", Yes),
        ("2026-12-13", Yes),
        ("2026-12-14", No),
    ] {
        case("72 hours", Some("2026-12-10"), "2026-12-10", day, expected);
    }
    // Days not known.
    case("2 weeks", None, "2028-11-20", "2026-11-20", Unknown);
    case("2 weeks", None, "2026-11-20", "2026-12-03", Unknown);
    case("2 weeks", None, "2026-11-20", "2026-12-04", No);
}

/// The truth of a vague day follows from that of every possible day. It changes on turning days only, and is the same for
/// all days between two ends of ranges.
#[test]
fn windows_on_both_sides_agree_with_every_single_day() {
    let base = date("2026-02-20");
    for wait in [
        "1 day", "9 days", "30 days", "1 month", "2 months", "49 hours",
    ] {
        let check = Check::WithinBeforeOrAfter(period(wait));
        let reply = |first: Date, last: Date| {
            let days = Days {
                first: Some(first),
                last,
            };
            Reply::Given(Value::Event(Event::Happened(days)))
        };
        let one = |event: Date, day: Date| {
            let (early, late) = (event.min(day), event.max(day));
            late < period(wait).after(early)
        };
        for (start, length) in (0..40)
            .step_by(3)
            .flat_map(|start| [0, 1, 8, 40, 90].map(|n| (start, n)))
        {
            let first = base.plus_days(start);
            let vague = reply(first, first.plus_days(length));
            let turning = check.turning_days(&vague);
            let mut before = None;
            for day in (-100..200).map(|more| base.plus_days(more)) {
                let mut near = (0..=length).map(|more| one(first.plus_days(more), day));
                let expected = match (near.clone().all(|near| near), near.any(|near| near)) {
                    (true, _) => Yes,
                    (false, true) => Unknown,
                    (false, false) => No,
                };
                let truth = check.of(&vague, false, day);
                assert_eq!(truth, expected, "{first} and {length} days, {wait}, {day}");
                if before.is_some_and(|before| before != truth) {
                    assert!(turning.contains(&Some(day)), "{day} turns {wait}");
                }
                before = Some(truth);
            }
        }
        for day in (0..40).map(|more| base.plus_days(more)) {
            let ends = check.range_ends(day);
            for event in (-100..100).map(|more| base.plus_days(more)) {
                let same = one(event, day) == one(event.plus_days(1), day);
                assert_eq!(!same, ends.contains(&event), "{event} {wait} {day}");
            }
        }
    }
}
