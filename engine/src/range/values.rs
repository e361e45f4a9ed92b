//! Answers to try, one of every kind that rules distinguish.

use crate::answer::{Course, Event, Value};
use crate::condition::Check;
use crate::date::Days;
use crate::question::{Kind, Scale};

/// Answers that include every kind that `checks` distinguish, with `days` as the days. Answers that
/// are partly known, such as single options, are not included.
#[must_use]
pub fn values(kind: &Kind, checks: &[&Check], days: impl FnOnce() -> Vec<Days>) -> Vec<Value> {
    match kind {
        Kind::YesNo => vec![Value::YesNo(false), Value::YesNo(true)],
        Kind::Choice(choices) => (0..choices.len()).map(Value::Choice).collect(),
        Kind::Number(scale) => numbers(scale, checks),
        Kind::Date => {
            // An event without a day is not an answer to a question about a date.
            let days = days().into_iter().filter(|days| days.first.is_some());
            days.map(Value::Date).collect()
        }
        Kind::Event => {
            let happened = days().into_iter().map(Event::Happened);
            let events = std::iter::once(Event::Never).chain(happened);
            events.map(Value::Event).collect()
        }
        Kind::Course => {
            let ended = days().into_iter().map(Course::Ended);
            let courses = [Course::Never, Course::Ongoing].into_iter().chain(ended);
            courses.map(Value::Course).collect()
        }
        Kind::Choices(_) | Kind::Medicines => Vec::new(),
    }
}

/// Numbers on both sides of every number at which a check changes.
fn numbers(scale: &Scale, checks: &[&Check]) -> Vec<Value> {
    let mut numbers = Vec::new();
    for check in checks {
        if let Check::Between(least, most) = check {
            numbers.extend(least.iter().flat_map(|n| [*n, n.next_down()]));
            numbers.extend(most.iter().flat_map(|n| [*n, n.next_up()]));
        }
    }
    if let Some((least, most)) = scale.range {
        numbers.extend([least, most]);
        numbers.retain(|number| least <= *number && *number <= most);
    }
    numbers.into_iter().map(Value::Number).collect()
}
