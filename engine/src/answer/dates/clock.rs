//! The time of day after a day, as spreadsheets and databases write it.

use crate::date::Days;

/// The part of `text` before a time of day; none if it does not end with one.
///
/// A time is `14:05`. It may have seconds with fractions, `AM` or `PM`, and an offset (`Z`,
/// `+02:00`, `[Europe/Paris]`). The day before it is the day where it was written, except in UTC, see
/// [`in_every_zone`].
pub fn before(text: &str) -> Option<&str> {
    read(text).map(|(day, _)| day)
}

/// The days that `text`, which was read as `days`, can mean. A time in UTC (`T22:00:00Z`) was often written by a program
/// for midnight somewhere else, where it is the day before or after. Midnight itself means that day.
pub fn in_every_zone(text: &str, days: Days) -> Days {
    let (Some(day), Some((_, time))) = (days.exact(), read(text)) else {
        return days;
    };
    if !time.in_utc || time.midnight {
        return days;
    }
    // From 12 hours behind UTC to 14 hours before it.
    let first = if time.hour < 12 { -1 } else { 0 };
    let last = i64::from(time.hour >= 10);
    Days {
        first: Some(day.plus_days(first)),
        last: day.plus_days(last),
    }
}

/// A time of day.
#[derive(Clone, Copy, Debug)]
struct Time {
    hour: u8,
    midnight: bool,
    in_utc: bool,
}

/// The text before a time of day, and the time.
fn read(text: &str) -> Option<(&str, Time)> {
    let text = match text.strip_suffix(']') {
        Some(zoned) => zoned.rsplit_once('[')?.0,
        None => text,
    };
    let (day, time) = halves(text)?;
    Some((day, time_of(time)?))
}

/// The day and the time, separated by `T` or a blank. A time followed by `PM` or an offset may
/// contain another blank.
fn halves(text: &str) -> Option<(&str, &str)> {
    let colon = text.find(':')?;
    let hours = text.get(..colon)?;
    let digits = hours.len() - hours.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let start = colon - digits;
    let day = text.get(..start)?;
    let bare = day
        .strip_suffix(['T', 't'])
        .filter(|day| day.ends_with(|c: char| c.is_ascii_digit()))
        .or_else(|| day.ends_with(char::is_whitespace).then_some(day))?;
    let bare = bare.trim_end().trim_end_matches(',');
    Some((bare, text.get(start..)?)).filter(|(day, _)| !day.is_empty())
}

fn time_of(time: &str) -> Option<Time> {
    let digits = |part: &str, least: usize, most: usize| {
        (least..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    let number = |part: &str| part.parse::<u8>().unwrap_or(u8::MAX);
    let end = time
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ','))
        .unwrap_or(time.len());
    let (clock, rest) = time.split_at(end);
    let (whole, fraction) = clock.split_once(['.', ',']).unwrap_or((clock, "0"));
    let mut parts = whole.split(':');
    let (hour, minute) = (parts.next()?, parts.next()?);
    let second = parts.next().unwrap_or("00");
    let rest = rest.trim().to_ascii_lowercase();
    let halves = [("am", 0), ("pm", 12), ("a.m.", 0), ("p.m.", 12)];
    let half = halves
        .iter()
        .find_map(|(word, hours)| Some((*hours, rest.strip_prefix(word)?.trim_start())));
    let (later, offset) = half.unwrap_or((0, &rest));
    let last_hour = if half.is_some() { 12 } else { 23 };
    let valid = digits(hour, 1, 2)
        && digits(minute, 2, 2)
        && digits(second, 2, 2)
        && digits(fraction, 1, 9)
        && parts.next().is_none()
        && number(hour) <= last_hour
        && number(minute) <= 59
        && number(second) <= 60
        && is_offset(offset);
    let hour = match half {
        Some(_) => number(hour) % 12 + later,
        None => number(hour),
    };
    let after_the_hour = [minute, second, fraction];
    valid.then(|| Time {
        hour,
        midnight: hour == 0
            && after_the_hour
                .iter()
                .all(|part| part.bytes().all(|b| b == b'0')),
        in_utc: is_utc(offset),
    })
}

fn is_offset(offset: &str) -> bool {
    if matches!(offset, "" | "z" | "utc" | "gmt") {
        return true;
    }
    let Some(digits) = offset.strip_prefix(['+', '-']) else {
        return false;
    };
    let digits = digits.replace(':', "");
    matches!(digits.len(), 2 | 4) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a valid offset is that of UTC: `z`, `+00:00`.
fn is_utc(offset: &str) -> bool {
    !offset.is_empty()
        && offset
            .bytes()
            .all(|byte| !byte.is_ascii_digit() || byte == b'0')
}

#[cfg(test)]
mod tests {
    use super::{before, in_every_zone};
    use crate::date::{Date, Days};

    #[test]
    fn a_time_in_utc_may_be_another_day_elsewhere() {
        #[track_caller]
        fn case(time: &str, expected: [&str; 2]) {
            let day = |text: &str| Date::from_iso(text).expect("a day");
            let days = in_every_zone(&format!("2026-05-29{time}"), Days::on(day("2026-05-29")));
            let [first, last] = expected.map(day);
            let first = Some(first);
            assert_eq!(days, Days { first, last }, "{time}");
        }

        let [before, same, after] = ["2026-05-28", "2026-05-29", "2026-05-30"];
        case("T22:00:00.000Z", [same, after]);
        case(" 22:00:00 UTC", [same, after]);
        case("T22:00+00:00", [same, after]);
        case("T22:00-00:00", [same, after]);
        case("T22:00:00Z[UTC]", [same, after]);
        case(" 10:00 PM UTC", [same, after]);
        case(" 12:00 AM UTC", [same, same]);
        case(" 12:30 AM UTC", [before, same]);
        case("T04:00:00Z", [before, same]);
        case("T11:00:00Z", [before, after]);
        case("T00:00:00Z", [same, same]);
        case("T22:00:00", [same, same]);
        case("T22:00:00+02:00", [same, same]);
        case("T22:00:00-05:00", [same, same]);
        case("", [same, same]);
    }

    #[test]
    fn a_time_of_day_is_set_apart() {
        #[track_caller]
        fn case(text: &str, expected: Option<&str>) {
            assert_eq!(before(text), expected, "{text}");
        }

        for time in [
            " 00:00",
            " 14:05",
            " 9:05",
            ", 14:05",
            " 14:05:09",
            " 14:05:09.123456789",
            " 14:05:60",
            " 2:05 PM",
            " 02:05PM",
            " 02:05:09 p.m.",
            "T14:05",
            "T14:05:00Z",
            "T14:05:00.000Z",
            "t14:05:00,5+02:00",
            "T14:05-0500",
            "T14:05+05",
            " 14:05:00 UTC",
            " 14:05:00+00",
            "T14:05:00+01:00[Europe/Paris]",
        ] {
            case(&format!("2026-05-31{time}"), Some("2026-05-31"));
        }
        case("31/05/2026 14:05", Some("31/05/2026"));
        case("12 May 2026 14:05", Some("12 May 2026"));

        for text in [
            "2026-05-31",
            "14:05",
            "2026-05-31 24:00",
            "2026-05-31 14:60",
            "2026-05-31 14:5",
            "2026-05-31 13:05 PM",
            "2026-05-31 14:05 or so",
            "2026-05-31 14:05:00:00",
            "2026-05-3114:05",
            "2026-05-31 14:05+1",
            "at T14:05",
        ] {
            case(text, None);
        }
    }
}
