//! A day in the future: `tomorrow`, `next Friday`, `+2w`, `in 3 weeks`.

use crate::date::{Date, Days};
use crate::normalize::normalize;
use crate::period::Period;

use super::week::weekday;
use super::{ago, in_closed_form};

/// The single day that `text` means on the day `today`, in the future or not. None if it means no
/// day or several. If a name means two days, the earlier one is used: a waiting period that has
/// ended on it has also ended on the later one.
#[must_use]
pub fn planned_day(text: &str, today: Date) -> Option<Date> {
    let text = text.trim();
    let day = ahead(text, today).or_else(|| {
        in_closed_form(text, today, today)
            .ok()
            .and_then(Days::exact)
    })?;
    (Date::EARLIEST <= day && day < Date::LATEST).then_some(day)
}

fn ahead(text: &str, today: Date) -> Option<Date> {
    if let Some((count, unit)) = plus(text) {
        return later(&[count, &unit], today);
    }
    let folded = normalize(text);
    let words: Vec<&str> = folded
        .split_whitespace()
        .filter(|word| *word != "the")
        .collect();
    match words.as_slice() {
        ["tomorrow"] => Some(today.plus_days(1)),
        ["day", "after", "tomorrow"] => Some(today.plus_days(2)),
        ["in", long @ ..] | [long @ .., "from", "now" | "today"] => later(long, today),
        ["week", "from", "tomorrow"] => Some(today.plus_days(8)),
        ["next", name] => weekday(name, today.plus_days(1)),
        ["this" | "on", name] | [name] => weekday(name, today),
        _ => None,
    }
}

/// The count and the unit of `+2w`.
pub fn plus(text: &str) -> Option<(&str, String)> {
    let length = text.strip_prefix('+')?;
    let digits = length.len()
        - length
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .len();
    let (count, unit) = length.split_at_checked(digits)?;
    let unit = normalize(unit);
    let unit = match unit.as_str() {
        "d" => "days",
        "w" => "weeks",
        "m" => "months",
        "y" => "years",
        unit => unit,
    };
    Some((count, unit.to_owned()))
}

/// The day this many whole units later.
fn later(long: &[&str], today: Date) -> Option<Date> {
    let [count, unit] = long else {
        return None;
    };
    let count = match *count {
        "a" | "an" => 1,
        word => ago::count(word)?,
    };
    let (unit, times) = ago::unit_of(unit)?;
    let count = count.checked_mul(times)?;
    match count {
        0 => Some(today),
        _ => Some(Period::read(&count.to_string(), unit)?.after(today)),
    }
}

#[cfg(test)]
mod tests {
    use super::planned_day;
    use crate::date::Date;

    #[test]
    fn a_day_still_to_come() {
        #[track_caller]
        fn case(text: &str, expected: Option<&str>) {
            // A Friday.
            let today = Date::from_iso("2026-11-20").expect("a day");
            let day = planned_day(text, today).map(|day| day.to_string());
            assert_eq!(day.as_deref(), expected, "{text}");
        }

        for (text, expected) in [
            ("today", "2026-11-20"),
            ("tomorrow", "2026-11-21"),
            ("Tomorrow", "2026-11-21"),
            ("the day after tomorrow", "2026-11-22"),
            ("next friday", "2026-11-27"),
            ("next Mon", "2026-11-23"),
            ("friday", "2026-11-20"),
            ("this saturday", "2026-11-21"),
            ("on Thursday", "2026-11-26"),
            ("+2w", "2026-12-04"),
            ("+10d", "2026-11-30"),
            ("+3 months", "2027-02-20"),
            ("+1y", "2027-11-20"),
            ("+0d", "2026-11-20"),
            ("in 3 weeks", "2026-12-11"),
            ("in a month", "2026-12-20"),
            ("in two days", "2026-11-22"),
            ("a fortnight from now", "2026-12-04"),
            ("2 weeks from today", "2026-12-04"),
            ("2026-12-01", "2026-12-01"),
            ("2026/12/01", "2026-12-01"),
            ("20261201", "2026-12-01"),
            ("15.03.2027", "2027-03-15"),
            ("12 Dec 2026", "2026-12-12"),
            ("yesterday", "2026-11-19"),
        ] {
            case(text, Some(expected));
        }
        for text in [
            "next week",
            "in a few weeks",
            "in weeks",
            "+",
            "+2",
            "+w",
            "2w",
            "-2w",
            "next",
            "next foo",
            "03/04/2027",
            "2027-02-30",
            "2026-12",
            "2027",
            "May",
            "soon",
            "+99999y",
            "+65535 years",
            "last friday",
            "0001-01-01",
            "when I was 16",
            "",
        ] {
            case(text, None);
        }
    }
}
