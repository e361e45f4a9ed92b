//! The kinds of day there are for some conditions.
//!
//! On day D an event on day E is within P when it came after *c(P, D)*, the
//! latest day from which D is P later. So of D only this matters to one
//! question: in what order the c(P, D) of the waits that read it lie, which of
//! them coincide, and which lie before 1900, where no answer reaches. Waits in
//! days and weeks never change places, nor do waits in months and years, with
//! any month end: c(m months, D) lies in the m-th month before D's. Only a wait
//! in days and one in months of nearly the same length do (28 days and one
//! month in March). Which way round depends on the day and on which of the
//! years they span are leap years, on nothing else; so for such pairs every day
//! of enough years is looked at to meet every sequence of leap years there is,
//! those around a century without one included, and one of each kind is kept.
//! Days decided for before the year 2000 are not looked at.

use std::collections::HashSet;

use candidacy_engine::condition::Test;
use candidacy_engine::date::Date;
use candidacy_engine::period::Period;

use super::Goal;

/// One day of every kind, `today` first.
pub fn kinds(wanted: &[Goal<'_>], today: Date) -> Vec<Date> {
    let first = Date::new(2000, 1, 1).unwrap_or(today);
    let waits = waits(wanted);
    let mut borders: Vec<Date> = waits
        .iter()
        .flatten()
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

/// Days from `start` to before `end` among which every kind is found that there
/// is. Where a wait spans so many years, so long a sequence of years matters: in
/// ordinary times it comes again after four years; it is another one around a
/// century that is no leap year, and alike around all of those.
fn samples(pairs: &[(Period, Period)], start: Date, end: Date) -> Vec<Date> {
    let months = pairs
        .iter()
        .flat_map(|(one, other)| [one.in_months(), other.in_months()]);
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

/// The waits that read each question, each once.
fn waits(wanted: &[Goal<'_>]) -> Vec<Vec<Period>> {
    let mut waits: Vec<(usize, Vec<Period>)> = Vec::new();
    let mut tests: Vec<&Test> = Vec::new();
    let conditions = wanted.iter().flat_map(Goal::conditions);
    conditions.for_each(|(condition, _)| condition.tests(&mut tests));
    for test in tests {
        let Some(wait) = test.check.period() else {
            continue;
        };
        match waits
            .iter_mut()
            .find(|(question, _)| *question == test.question)
        {
            Some((_, known)) if known.contains(&wait) => {}
            Some((_, known)) => known.push(wait),
            None => waits.push((test.question, vec![wait])),
        }
    }
    waits.into_iter().map(|(_, waits)| waits).collect()
}

/// Pairs of waits of one question that may change places.
fn changing(waits: &[Vec<Period>]) -> Vec<(Period, Period)> {
    let mut pairs = Vec::new();
    for own in waits {
        for one in own {
            for other in own.iter().filter(|other| *other != one) {
                if may_change(*one, *other) && !pairs.contains(&(*one, *other)) {
                    pairs.push((*one, *other));
                }
            }
        }
    }
    pairs
}

/// Whether the day decides which of two waits reaches further back.
fn may_change(one: Period, other: Period) -> bool {
    match (one.in_days(), one.in_months(), other.in_months()) {
        (Some(days), _, Some(months)) => {
            // A year has 365.2425 days; some more or less for where it begins.
            let length = months * 3_652_425 / 120_000;
            (length - 6..=length + 7).contains(&days)
        }
        // Unequal waits of one length in months differ by a day: see `Period::nudged`.
        (None, Some(months), Some(others)) => {
            (one.is_nudged() || other.is_nudged()) && months.abs_diff(others) <= 1
        }
        _ => false,
    }
}

/// Whether the second wait reaches further back on `day`, as far, or less far.
fn order((one, other): (Period, Period), day: Date) -> (bool, bool) {
    let clear = one
        .in_days()
        .map_or_else(|| one.cleared_by(day), |days| day.plus_days(-days));
    (
        other.after(clear) <= day,
        other.after(clear.plus_days(1)) <= day,
    )
}

#[cfg(test)]
mod tests {
    use super::{changing, kinds};
    use crate::authoring::solver::{Goal, TruthSet};
    use candidacy_engine::condition::{Check, Condition, Test};
    use candidacy_engine::date::Date;
    use candidacy_engine::period::Period;

    fn within(wait: &str) -> Condition {
        Condition::Test(Test {
            question: 0,
            check: Check::Within(Period::from_text(wait).expect("a period")),
            words: String::new(),
        })
    }

    fn count(waits: &[&str]) -> usize {
        let conditions: Vec<Condition> = waits.iter().map(|wait| within(wait)).collect();
        let wanted: Vec<Goal<'_>> = conditions
            .iter()
            .map(|condition| Goal::condition(condition, TruthSet::ANY))
            .collect();
        kinds(&wanted, Date::new(2026, 11, 20).expect("a day")).len()
    }

    #[test]
    fn only_waits_of_nearly_one_length_make_kinds_of_day() {
        assert_eq!(count(&["14 days", "6 months"]), 1);
        assert_eq!(count(&["12 months", "1 year"]), 1);
        // In March 28 days reach as far back as a month, or not; else a month reaches further.
        assert!((2..=3).contains(&count(&["28 days", "1 month"])));
        assert!((2..=3).contains(&count(&["182 days", "6 months"])));
        // Someone born in 1900 is past 150 years only from 2050 on.
        assert_eq!(count(&["150 years"]), 2);
    }

    /// The days looked at show every kind that 400 years do.
    #[test]
    fn a_few_years_show_every_kind() {
        for (days, months) in [
            ("28 days", "1 month"),
            ("181 days", "6 months"),
            ("730 days", "24 months"),
        ] {
            let pair = [days, months].map(|wait| Period::from_text(wait).expect("a period"));
            let pairs = [(pair[0], pair[1])];
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

    /// Every wait in months against every wait in days: those the day can make
    /// change places are among those said to.
    #[test]
    fn none_is_missed() {
        for months in 1..=26 {
            let wait = Period::from_text(&format!("{months} months")).expect("a period");
            let mut day = Date::new(2023, 1, 1).expect("a day");
            let (mut least, mut most) = (i64::MAX, 0);
            while day < Date::new(2027, 3, 1).expect("a day") {
                let clear = wait.cleared_by(day);
                let length = (0..900).find(|n| clear.plus_days(*n) == day).expect("near");
                (least, most) = (least.min(length), most.max(length));
                day = day.plus_days(1);
            }
            for days in least..=most {
                let other = Period::from_text(&format!("{days} days")).expect("a period");
                assert!(!changing(&[vec![other, wait]]).is_empty(), "{days} {wait}");
            }
        }
    }
}
