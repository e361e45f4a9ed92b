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
    case("72 hours", Some("72 hours (counted as 4 days)"));
    case("72 h", Some("72 hours (counted as 4 days)"));
    case("1 hour", Some("1 hour (counted as 2 days)"));
    case("8760 hours", Some("8760 hours (counted as 366 days)"));
    case("8761 hours", None);
    case("0 hours", None);
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
    for text in [
        "12 hours", "2 days", "4 weeks", "1 month", "6 months", "18 years",
    ] {
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

    case("72 hours", "4 days", true);
    case("3 days", "72 hours", false);
    case("72 hours", "5 days", false);
    case("72 hours", "49 hours", true);
    case("48 hours", "49 hours", false);
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

/// The bounds and the chosen starts say what every start of 400 years says.
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
        "12 hours",
        "72 hours",
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
