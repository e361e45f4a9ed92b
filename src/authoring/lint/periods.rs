//! Two waiting periods that differ only because of the calendar.
//!
//! One is in days or weeks, the other in months or years. They count as almost equal if they are
//! equal for months of 30 days, or of some actual length. Examples are 28 to 31 days and 1 month,
//! or 180 to 184 days and 6 months.

use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::pack::{Pack, Sentence};
use candidacy_engine::period::Period;
use candidacy_engine::sentence::{Wait, Word};
use candidacy_engine::source::Place;

use super::usages::Usages;

/// A waiting period and its place.
#[derive(Clone, Debug)]
struct Known<'a> {
    period: Period,
    place: Place,
    /// The setting with this period; none if it is written in a sentence.
    setting: Option<&'a str>,
}

impl Known<'_> {
    fn words(&self) -> String {
        match self.setting {
            Some(setting) => format!("`{setting}` ({})", self.period),
            None => format!("`{}`", self.period),
        }
    }
}

/// Every setting, and every period written in a sentence, in the order of the files.
fn known<'a>(pack: &'a Pack, said: &Usages<'a>) -> Vec<Known<'a>> {
    let written = said.0.iter();
    let mut known: Vec<Known<'_>> = written
        .filter_map(|one| match one.says.wait()? {
            Wait::Counted(count, unit) => Some(Known {
                period: Period::read(count.text, unit.text)?,
                place: place(one.written, count, unit),
                setting: None,
            }),
            Wait::Named(_) => None,
        })
        .collect();
    known.extend(pack.settings.iter().map(|setting| Known {
        period: setting.period,
        place: setting.name.place,
        setting: Some(&setting.name.value),
    }));
    known.sort_by_key(|wait| wait.place);
    known
}

/// The place of a period in its sentence.
fn place(sentence: &Sentence, count: Word<'_>, unit: Word<'_>) -> Place {
    sentence.verbatim.map_or(sentence.place, |begin| Place {
        start: begin + count.start,
        end: begin + unit.start + unit.text.len(),
        ..sentence.place
    })
}

/// Warns about two periods that differ only because of the calendar, once for each pair.
pub fn calendar(pack: &Pack, said: &Usages<'_>, warnings: &mut Vec<Diagnostic>) {
    let known = known(pack, said);
    let mut reported: Vec<(Period, Period)> = Vec::new();
    for (number, later) in known.iter().enumerate() {
        for earlier in known.iter().take(number) {
            let pair = (earlier.period, later.period);
            let turned = (later.period, earlier.period);
            if !nearly(pair.0, pair.1) || reported.contains(&pair) || reported.contains(&turned) {
                continue;
            }
            reported.push(pair);
            let message = format!(
                "{} and {} are almost the same wait",
                earlier.words(),
                later.words()
            );
            let warning = Diagnostic::new(Code::CalendarWait, later.place, message)
                .other(earlier.place, "the other one")
                .help("write both in the same unit, or make them plainly different");
            warnings.push(match apart(earlier.period, later.period) {
                Some(note) => warning.note(note),
                None => warning,
            });
        }
    }
}

/// Whether one period is in days and the other in months, and they are almost equal.
fn nearly(one: Period, other: Period) -> bool {
    let (days, months) = match (one.in_days(), other.in_months()) {
        (Some(days), Some(months)) => (days, months),
        _ => match (other.in_days(), one.in_months()) {
            (Some(days), Some(months)) => (days, months),
            _ => return false,
        },
    };
    // Months of 30 days, or any actual length of that many months.
    let lengths = |such: &dyn Fn(Date, Date) -> bool| {
        let first = Date::new(2023, 1, 1);
        let starts = first
            .into_iter()
            .flat_map(|first| (0..48).map(move |n| first.plus_months(n)));
        let months = i32::try_from(months).unwrap_or(i32::MAX);
        starts
            .into_iter()
            .any(|start| such(start.plus_days(days), start.plus_months(months)))
    };
    let as_long = days >= months * 30 || lengths(&|days, months| days >= months);
    as_long && lengths(&|days, months| days <= months)
}

/// A day from which the two periods end on different days.
fn apart(one: Period, other: Period) -> Option<String> {
    let first = Date::new(2026, 1, 1)?;
    let mut days = (0..366).map(|more| first.plus_days(more));
    let day = days.find(|day| one.after(*day) != other.after(*day))?;
    Some(format!(
        "for example: what was on {day} was {one} ago on {}, and {other} ago on {}",
        one.after(day),
        other.after(day)
    ))
}

#[cfg(test)]
mod tests {
    use super::nearly;
    use candidacy_engine::period::Period;

    #[test]
    fn waits_that_are_almost_equal() {
        #[track_caller]
        fn case(one: &str, other: &str, expected: bool) {
            let period = |text: &str| Period::from_text(text).expect("a period");
            assert_eq!(
                nearly(period(one), period(other)),
                expected,
                "{one}, {other}"
            );
            assert_eq!(
                nearly(period(other), period(one)),
                expected,
                "{other}, {one}"
            );
        }

        for days in ["28 days", "4 weeks", "30 days", "31 days"] {
            case(days, "1 month", true);
        }
        case("27 days", "1 month", false);
        case("32 days", "1 month", false);
        case("90 days", "3 months", true);
        case("13 weeks", "3 months", true);
        case("12 weeks", "3 months", false);
        case("180 days", "6 months", true);
        case("26 weeks", "6 months", true);
        case("184 days", "6 months", true);
        case("185 days", "6 months", false);
        case("360 days", "1 year", true);
        case("52 weeks", "12 months", true);
        case("366 days", "1 year", true);
        case("367 days", "1 year", false);
        case("28 days", "4 weeks", false);
        case("12 months", "1 year", false);
        case("6 months", "7 months", false);
    }
}
