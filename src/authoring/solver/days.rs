//! The kinds of days that some conditions distinguish.
//!
//! **What matters.** Let *c(P, D)* be the latest day from which D is P later. On day D, an event on
//! day E is within period P if E is after c(P, D). For one question, only this matters about D:
//!
//! * the order of the c(P, D) of its periods, and which are equal;
//! * which of them are before 1900, where answers are not possible.
//!
//! An event may also be planned. Then the days that are P after D matter in the same way. No period
//! reaches as far as the last day that can be planned, except the longest of all, which reaches
//! further.
//!
//! **Which orders change.**
//!
//! * Periods in days and weeks never change their order.
//! * Nor do periods in months and years, with any month end: c(m months, D) is in the m-th month
//!   before D's.
//! * Only a period in days and one in months of nearly the same length can (28 days and one month
//!   in March). Their order depends only on the day and on which of the years they span are leap
//!   years.
//!
//! **Which days are checked.** For such pairs, all days of enough years are checked, so that every
//! possible sequence of leap years occurs. This includes those around a century that is not a leap
//! year. One day of each kind is kept. Treatment days before the year 2000 are not checked.

use std::cmp::Ordering;
use std::collections::HashSet;

use candidacy_engine::condition::{Check, Test};
use candidacy_engine::date::Date;
use candidacy_engine::period::Period;

use super::Goal;

/// One day of each kind, `today` first.
pub fn kinds(wanted: &[Goal<'_>], today: Date) -> Vec<Date> {
    let first = Date::new(2000, 1, 1).unwrap_or(today);
    let waits = waits(wanted);
    let mut borders: Vec<Date> = waits
        .iter()
        .flat_map(|own| &own.periods)
        .map(|wait| wait.after(Date::EARLIEST))
        .collect();
    for (_, (from, to)) in wanted.iter().flat_map(Goal::conditions) {
        borders.extend(from);
        borders.extend(to.map(|to| to.plus_days(1)));
    }
    borders.retain(|day| *day > first);
    borders.sort_unstable();
    borders.dedup();
    let pairs = changing(&waits);
    let kind = |day: Date| {
        let borders = borders.partition_point(|border| *border <= day);
        let orders: Vec<_> = pairs.iter().map(|pair| order(*pair, day)).collect();
        (borders, orders)
    };
    let mut days = vec![today.max(first), first];
    days.extend(borders.iter().copied());
    if !pairs.is_empty() {
        let starts = std::iter::once(first).chain(borders.iter().copied());
        let ends = borders.iter().copied().chain([Date::LATEST]);
        days.extend(
            starts
                .zip(ends)
                .flat_map(|(start, end)| samples(&pairs, start, end)),
        );
    }
    let mut seen = HashSet::new();
    days.retain(|day| seen.insert(kind(*day)));
    days
}

/// Days from `start` to before `end` that include every possible kind. If a period spans several
/// years, a sequence of that many years matters. Normally the sequence repeats after four years.
/// Around a century that is not a leap year it differs, but equally for all such centuries.
fn samples(pairs: &[Pair], start: Date, end: Date) -> Vec<Date> {
    let months = pairs
        .iter()
        .flat_map(|pair| [pair.one.in_months(), pair.other.in_months()]);
    let longest = months.flatten().max().unwrap_or(0);
    let years = i16::try_from(longest / 12 + 2).unwrap_or(i16::MAX / 4);
    let (year, _, _) = start.parts();
    let century = (21..)
        .map(|century| century * 100)
        .filter(|year| year % 400 != 0);
    let century = century
        .take(400)
        .find(|century| century - 1 - years >= year);
    let january = |year: i16| Date::new(year, 1, 1).unwrap_or(Date::LATEST);
    let mut spans = vec![(start, january(year + 10 + 2 * years))];
    spans.extend(
        century.map(|century| (january(century - 1 - years), january(century + 3 + years))),
    );
    let days = spans.into_iter().flat_map(|(from, to)| {
        let days = (0_i64..).map(move |more| from.plus_days(more));
        days.take_while(move |day| *day < to.min(end))
    });
    days.collect()
}

/// The periods that read one question, each once.
#[derive(Debug, PartialEq, Eq)]
struct Waits {
    question: usize,
    periods: Vec<Period>,
    /// Whether later days matter too.
    both_sides: bool,
}

/// Two periods of one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pair {
    one: Period,
    other: Period,
    /// Whether later days matter too.
    both_sides: bool,
}

/// The periods that read each question.
fn waits(wanted: &[Goal<'_>]) -> Vec<Waits> {
    let mut waits: Vec<Waits> = Vec::new();
    let mut tests: Vec<&Test> = Vec::new();
    let conditions = wanted.iter().flat_map(Goal::conditions);
    conditions.for_each(|(condition, _)| tests.extend(condition.tests()));
    for test in tests {
        let Some(wait) = test.check.period() else {
            continue;
        };
        let both_sides = matches!(test.check, Check::WithinBeforeOrAfter(_));
        let mut known = waits.iter_mut();
        match known.find(|known| known.question == test.question) {
            Some(known) => {
                // In two versions of a pack, it may be planned in one only.
                known.both_sides |= both_sides;
                if !known.periods.contains(&wait) {
                    known.periods.push(wait);
                }
            }
            None => waits.push(Waits {
                question: test.question,
                periods: vec![wait],
                both_sides,
            }),
        }
    }
    waits
}

/// Pairs of periods of one question whose order may change.
fn changing(waits: &[Waits]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for own in waits {
        for one in &own.periods {
            for other in own.periods.iter().filter(|other| *other != one) {
                let pair = Pair {
                    one: *one,
                    other: *other,
                    both_sides: own.both_sides,
                };
                if may_change(*one, *other) && !pairs.contains(&pair) {
                    pairs.push(pair);
                }
            }
        }
    }
    pairs
}

/// Whether the order of two periods depends on the day.
fn may_change(one: Period, other: Period) -> bool {
    match (one.in_days(), one.in_months(), other.in_months()) {
        (Some(days), _, Some(months)) => {
            // A year has 365.2425 days on average; the margin allows for different start days.
            let length = months * 3_652_425 / 120_000;
            (length - 6..=length + 7).contains(&days)
        }
        // Unequal periods with the same number of months differ by a day: see `Period::nudged`.
        (None, Some(months), Some(others)) => {
            (one.is_nudged() || other.is_nudged()) && months.abs_diff(others) <= 1
        }
        _ => false,
    }
}

/// Whether the second period reaches further back on `day`, equally far, or less far. If later days
/// matter, also whether it reaches further ahead.
fn order(pair: Pair, day: Date) -> (bool, bool, Option<Ordering>) {
    let Pair { one, other, .. } = pair;
    let clear = one
        .in_days()
        .map_or_else(|| one.cleared_by(day), |days| day.plus_days(-days));
    (
        other.after(clear) <= day,
        other.after(clear.plus_days(1)) <= day,
        pair.both_sides
            .then(|| other.after(day).cmp(&one.after(day))),
    )
}

#[cfg(test)]
mod tests {
    use super::{Pair, Waits, changing, kinds};
    use crate::authoring::solver::{Goal, TruthSet};
    use candidacy_engine::condition::{Check, Condition, Test};
    use candidacy_engine::date::Date;
    use candidacy_engine::period::Period;

    fn condition(check: fn(Period) -> Check, wait: &str) -> Condition {
        Condition::Test(Test {
            question: 0,
            check: check(Period::from_text(wait).expect("a period")),
            words: String::new(),
            if_left_out: None,
        })
    }

    fn count(check: fn(Period) -> Check, waits: &[&str]) -> usize {
        let conditions: Vec<Condition> = waits.iter().map(|wait| condition(check, wait)).collect();
        let wanted: Vec<Goal<'_>> = conditions
            .iter()
            .map(|condition| Goal::condition(condition, TruthSet::ANY))
            .collect();
        kinds(&wanted, Date::new(2026, 11, 20).expect("a day")).len()
    }

    #[test]
    fn only_waits_of_nearly_one_length_make_kinds_of_day() {
        assert_eq!(count(Check::Within, &["14 days", "6 months"]), 1);
        assert_eq!(count(Check::Within, &["12 months", "1 year"]), 1);
        // In March, 28 days may reach as far back as a month; otherwise a month reaches further.
        assert!((2..=3).contains(&count(Check::Within, &["28 days", "1 month"])));
        assert!((2..=3).contains(&count(Check::Within, &["182 days", "6 months"])));
        // A patient born in 1900 is past 150 years only from 2050 on.
        assert_eq!(count(Check::Within, &["150 years"]), 2);
        // In February, 28 days may reach as far ahead as a month.
        let both_sides = Check::WithinBeforeOrAfter;
        assert_eq!(count(both_sides, &["14 days", "6 months"]), 1);
        assert!((3..=4).contains(&count(both_sides, &["28 days", "1 month"])));
    }

    /// The checked days include every kind that occurs in 400 years.
    #[test]
    fn a_few_years_show_every_kind() {
        for (days, months, both_sides) in [
            ("28 days", "1 month", false),
            ("181 days", "6 months", false),
            ("730 days", "24 months", false),
            ("28 days", "1 month", true),
            ("183 days", "6 months", true),
            ("365 days", "12 months", true),
        ] {
            let [one, other] =
                [days, months].map(|wait| Period::from_text(wait).expect("a period"));
            let pairs = [Pair {
                one,
                other,
                both_sides,
            }];
            let kinds = |days: &mut dyn Iterator<Item = Date>| {
                days.map(|day| super::order(pairs[0], day))
                    .collect::<std::collections::HashSet<_>>()
            };
            let first = Date::new(2000, 1, 1).expect("a day");
            let all = kinds(&mut (0..146_097).map(|more| first.plus_days(more)));
            let few = super::samples(&pairs, first, Date::LATEST);
            assert_eq!(kinds(&mut few.into_iter()), all, "{days} and {months}");
        }
    }

    /// Compares every period in months with every period in days: `may_change` must be true for all
    /// pairs whose order changes.
    #[test]
    fn none_is_missed() {
        for months in 1..=26 {
            let wait = Period::from_text(&format!("{months} months")).expect("a period");
            let mut day = Date::new(2023, 1, 1).expect("a day");
            let (mut least, mut most) = (i64::MAX, 0);
            while day < Date::new(2027, 3, 1).expect("a day") {
                let clear = wait.cleared_by(day);
                for length in [clear.days_to(day), day.days_to(wait.after(day))] {
                    (least, most) = (least.min(length), most.max(length));
                }
                day = day.plus_days(1);
            }
            for days in least..=most {
                let other = Period::from_text(&format!("{days} days")).expect("a period");
                let waits = Waits {
                    question: 0,
                    periods: vec![other, wait],
                    both_sides: true,
                };
                assert!(!changing(&[waits]).is_empty(), "{days} {wait}");
            }
        }
    }
}
