//! Conditions: tests of single answers, joined by all, any, none and not.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::answer::{Course, Event, Mark, Reply, Value, days_of};
use super::date::{Date, Days};
use super::decimal::Decimal;
use super::period::Period;
use super::truth::Truth;

/// A condition with every name resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Condition {
    /// One test.
    Test(Test),
    /// All of them.
    All(Vec<Condition>),
    /// At least one of them.
    Any(Vec<Condition>),
    /// None of them.
    None(Vec<Condition>),
    /// Not this one.
    Not(Box<Condition>),
}

/// One sentence about one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Test {
    /// The index of the question.
    pub question: usize,
    /// The check of its answer.
    pub check: Check,
    /// The sentence as its author wrote it.
    pub words: String,
    /// What it comes to while its question is left out and has no answer; none where it is asked.
    pub if_left_out: Option<bool>,
}

/// A check of one answer. Options and groups are given by their indices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Check {
    /// Yes-no: is yes, or is no.
    Is(bool),
    /// Choice: is one of these. `is not` has all other options here.
    OneOf(Vec<bool>),
    /// Choices: includes at least one of these.
    IncludesAny(Vec<usize>),
    /// Choices: includes every one of these.
    IncludesAll(Vec<usize>),
    /// Number: not below the first and not above the second.
    Between(Option<Decimal>, Option<Decimal>),
    /// Date or event: less than this long before the day.
    Within(Period),
    /// Event that may be planned: less than this long before or after the day.
    WithinBeforeOrAfter(Period),
    /// Event or course: it happened, at any time. An event may also be planned.
    Ever,
    /// Course: it is going on.
    Ongoing,
    /// Course: it ended less than this long before the day.
    EndedWithin(Period),
    /// Course: it is going on, or ended less than this long before the day.
    OngoingOrEndedWithin(Period),
    /// Medicines: a medicine of one of these groups.
    Takes(Vec<usize>),
    /// Medicines: a medicine that the pack does not know.
    TakesUnrecognised,
}

impl Condition {
    /// All its tests, in the order written.
    #[must_use]
    pub fn tests(&self) -> Vec<&Test> {
        let mut found = Vec::new();
        self.add_tests(&mut found);
        found
    }

    fn add_tests<'a>(&'a self, found: &mut Vec<&'a Test>) {
        match self {
            Self::Test(test) => found.push(test),
            Self::All(parts) | Self::Any(parts) | Self::None(parts) => {
                for part in parts {
                    part.add_tests(found);
                }
            }
            Self::Not(part) => part.add_tests(found),
        }
    }

    /// The questions that it reads, in the order of the plan.
    #[must_use]
    pub fn questions(&self) -> BTreeSet<usize> {
        let tests = self.tests().into_iter();
        tests.map(|test| test.question).collect()
    }

    /// The truth of the condition; `test` gives the truth of each test.
    pub fn evaluate(&self, test: &mut impl FnMut(&Test) -> Truth) -> Truth {
        match self {
            Self::Test(one) => test(one),
            Self::All(parts) => Truth::all(parts.iter().map(|part| part.evaluate(test))),
            Self::Any(parts) => Truth::any(parts.iter().map(|part| part.evaluate(test))),
            Self::None(parts) => !Truth::any(parts.iter().map(|part| part.evaluate(test))),
            Self::Not(part) => !part.evaluate(test),
        }
    }

    /// The tests that decide the truth: if it is to change, one of these must change.
    pub fn support<'a>(&'a self, test: &mut impl FnMut(&Test) -> Truth, found: &mut Vec<&'a Test>) {
        let whole = self.evaluate(test);
        match self {
            Self::Test(one) => found.push(one),
            Self::Not(part) => part.support(test, found),
            Self::All(parts) | Self::Any(parts) | Self::None(parts) => {
                let wanted = if matches!(self, Self::None(_)) {
                    !whole
                } else {
                    whole
                };
                for part in parts {
                    if part.evaluate(test) == wanted {
                        part.support(test, found);
                    }
                }
            }
        }
    }
}

impl Check {
    /// The truth of the check for `reply` on `day`. If `silent`, a blank reply counts as no,
    /// because the question does not apply or is optional.
    #[must_use]
    pub fn of(&self, reply: &Reply, silent: bool, day: Date) -> Truth {
        let blank = if silent { Truth::No } else { Truth::Unknown };
        match reply {
            Reply::Blank => blank,
            Reply::NotSure | Reply::Declined => Truth::Unknown,
            Reply::Given(value) => self.of_value(value, blank, day),
        }
    }

    /// The truth of the check for a value. `blank` is the truth for its blank parts.
    pub(super) fn of_value(&self, value: &Value, blank: Truth, day: Date) -> Truth {
        // Grouped by the type of the value, so that each new type must say what its checks mean.
        // The compiler allows no check on a value of another type.
        match value {
            Value::YesNo(yes) => match self {
                Self::Is(wanted) => (wanted == yes).into(),
                _ => Truth::No,
            },
            Value::Choice(option) => match self {
                Self::OneOf(wanted) => wanted.get(*option).copied().unwrap_or(false).into(),
                _ => Truth::No,
            },
            Value::Choices(marks) => match self {
                Self::IncludesAny(options) => {
                    Truth::any(options.iter().map(|option| of_mark(marks, *option, blank)))
                }
                Self::IncludesAll(options) => {
                    Truth::all(options.iter().map(|option| of_mark(marks, *option, blank)))
                }
                _ => Truth::No,
            },
            Value::Number(number) => match self {
                Self::Between(least, most) => (least.is_none_or(|least| least <= *number)
                    && most.is_none_or(|most| *number <= most))
                .into(),
                _ => Truth::No,
            },
            Value::Date(days) => match self {
                Self::Within(period) => within(*days, *period, day),
                _ => Truth::No,
            },
            Value::Event(event) => match (self, event) {
                (Self::Ever, event) => (*event != Event::Never).into(),
                (Self::Within(period), Event::Happened(days)) => within(*days, *period, day),
                (Self::WithinBeforeOrAfter(period), Event::Happened(days)) => {
                    within_before_or_after(*days, *period, day)
                }
                // `never`, as the answer to a question about time.
                _ => Truth::No,
            },
            Value::Course(course) => match (self, course) {
                (Self::Ever, course) => (*course != Course::Never).into(),
                (Self::Ongoing, course) => (*course == Course::Ongoing).into(),
                (Self::OngoingOrEndedWithin(_), Course::Ongoing) => Truth::Yes,
                (
                    Self::EndedWithin(period) | Self::OngoingOrEndedWithin(period),
                    Course::Ended(days),
                ) => within(*days, *period, day),
                _ => Truth::No,
            },
            Value::Medicines(medicines) => match self {
                Self::Takes(groups) => Truth::any(
                    groups
                        .iter()
                        .map(|group| medicines.groups.get(*group).copied().unwrap_or(Truth::No)),
                ),
                Self::TakesUnrecognised => medicines.unrecognised,
                _ => Truth::No,
            },
        }
    }

    /// Whether it reads option number `option` of several.
    #[must_use]
    pub fn reads(&self, option: usize) -> bool {
        match self {
            Self::IncludesAny(options) | Self::IncludesAll(options) => options.contains(&option),
            _ => false,
        }
    }

    /// Its waiting period, if any.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        match self {
            Self::Within(period)
            | Self::WithinBeforeOrAfter(period)
            | Self::EndedWithin(period)
            | Self::OngoingOrEndedWithin(period) => Some(*period),
            _ => None,
        }
    }

    /// Replaces the length of its waiting period, if it has one.
    pub fn set_period(&mut self, length: Period) {
        match self {
            Self::Within(period)
            | Self::WithinBeforeOrAfter(period)
            | Self::EndedWithin(period)
            | Self::OngoingOrEndedWithin(period) => *period = length,
            _ => {}
        }
    }

    /// The days on which the truth for `reply` changes only because time passes.
    #[must_use]
    pub fn turning_days(&self, reply: &Reply) -> [Option<Date>; 4] {
        let (Some(period), Some(days)) = (self.period(), days_of(reply)) else {
            return [None; 4];
        };
        let ends = |day: Date| period.after(day);
        let begins = |day: Date| match self {
            Self::WithinBeforeOrAfter(_) => Some(period.cleared_by(day).plus_days(1)),
            _ => None,
        };
        [
            days.first.and_then(begins),
            begins(days.last),
            days.first.map(ends),
            Some(ends(days.last)),
        ]
    }

    /// The last day of each range of days that it distinguishes on `day`, except the last range:
    /// for answers on two days of the same range, its truth is the same.
    #[must_use]
    pub fn range_ends(&self, day: Date) -> Vec<Date> {
        let Some(period) = self.period() else {
            return Vec::new();
        };
        let mut ends = vec![period.cleared_by(day)];
        if matches!(self, Self::WithinBeforeOrAfter(_)) {
            ends.push(period.after(day).plus_days(-1));
        }
        ends
    }
}

fn of_mark(marks: &[Mark], option: usize, blank: Truth) -> Truth {
    match marks.get(option) {
        Some(Mark::Blank) | None => blank,
        Some(mark) => mark.truth(),
    }
}

/// `E within P` is true on day D if D < E + P. On the day E + P it is no longer true.
fn within(days: Days, period: Period, day: Date) -> Truth {
    let surely = days.first.is_some_and(|first| day < period.after(first));
    let possibly = day < period.after(days.last);
    match (surely, possibly) {
        (true, _) => Truth::Yes,
        (false, true) => Truth::Unknown,
        (false, false) => Truth::No,
    }
}

/// `E within P before or after` is true on day D if the later of the two days is less than P after
/// the earlier one. It is no longer true if they are exactly P apart.
fn within_before_or_after(days: Days, period: Period, day: Date) -> Truth {
    // The period begins on the day after the last one that is at least P before E.
    let begun = |event: Date| period.cleared_by(event) < day;
    let surely = days.first.is_some_and(|first| day < period.after(first)) && begun(days.last);
    let possibly = day < period.after(days.last) && days.first.is_none_or(begun);
    match (surely, possibly) {
        (true, _) => Truth::Yes,
        (false, true) => Truth::Unknown,
        (false, false) => Truth::No,
    }
}

#[cfg(test)]
mod tests;
