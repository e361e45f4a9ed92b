//! The possible values of one part of an answer, one of each kind.

use candidacy_engine::answer::{Reply, days_of};
use candidacy_engine::condition::Check;
use candidacy_engine::date::{Date, Days};
use candidacy_engine::evaluate::Patient;
use candidacy_engine::impossible::{earliest, impossible_day};
use candidacy_engine::plan::Plan;
use candidacy_engine::range::{Part, values};
use candidacy_engine::truth::Truth;

use super::variable::{Cell, Says, Variable};

/// The cells of a variable, the closest to the baseline first. If `exact`, only cells in which
/// every check is yes or no.
pub fn of(baseline: &Patient<'_>, variable: &Variable, exact: bool) -> Vec<Cell> {
    let mut cells = all(baseline, variable);
    cells.retain(|cell| !exact || !cell.is_open());
    cells.sort_by_key(|cell| cell.far);
    cells
}

fn all(baseline: &Patient<'_>, variable: &Variable) -> Vec<Cell> {
    let results = |reply: &Reply, silent: bool| -> Vec<Truth> {
        let checks = variable.checks.iter();
        checks
            .map(|check| check.of(reply, silent, baseline.as_of))
            .collect()
    };
    let silent = baseline.may_stay_silent(variable.question);
    let own = results(baseline.answers.reply(variable.question), silent);
    let far = |results: &[Truth]| {
        let vague = results.contains(&Truth::Unknown);
        if results == own {
            0
        } else {
            2 + u32::from(vague)
        }
    };
    let asked = baseline.plan.questions.get(variable.question);
    let gated = asked.is_some_and(|asked| asked.gate.is_some());
    let optional = asked.is_some_and(|asked| asked.question.optional);
    // If the gate is unknown, the question may turn out not to apply.
    let unanswered = variable.together && gated && !optional;
    if variable.part != Part::Whole {
        let mut cells = [Truth::No, Truth::Yes, Truth::Unknown]
            .map(|truth| Cell {
                results: vec![truth],
                says: Says::Holds(truth),
                far: far(&[truth]),
            })
            .to_vec();
        if unanswered {
            cells.push(Cell {
                results: vec![Truth::Unknown],
                says: Says::Unsaid,
                far: far(&[Truth::Unknown]) + 1,
            });
        }
        return cells;
    }
    let mut cells: Vec<Cell> = Vec::new();
    let mut add = |reply: Reply, silent: bool| {
        let results = results(&reply, silent);
        let same = |cell: &Cell| {
            let Says::Reply(known) = &cell.says else {
                return false;
            };
            // Open replies of different kinds can lead to different results later.
            let alike = std::mem::discriminant(known) == std::mem::discriminant(&reply);
            cell.results == results
                && (alike || !variable.together || !cell.is_open())
                && fits_as_well(baseline.plan, variable, known, &reply)
        };
        if !cells.iter().any(same) {
            let far = far(&results) + u32::from(reply.is_blank());
            cells.push(Cell {
                far,
                results,
                says: Says::Reply(reply),
            });
        }
    };
    for reply in replies(baseline, variable) {
        add(reply, false);
    }
    add(Reply::NotSure, false);
    if gated || optional {
        add(Reply::Blank, true);
    }
    if unanswered {
        add(Reply::Blank, false);
    }
    cells
}

/// Whether the reply of a `known` cell can be given wherever the `new` one can. Nothing happens
/// before birth, so an early birth and late other days fit the most answers to other questions. A
/// reply without a day fits all of them.
fn fits_as_well(plan: &Plan, variable: &Variable, known: &Reply, new: &Reply) -> bool {
    let (Some(birth), Some(known)) = (plan.birth, days_of(known)) else {
        return true;
    };
    days_of(new).is_some_and(|new| {
        if birth == variable.question {
            known.first <= new.first
        } else {
            known.last >= new.last
        }
    })
}

/// Replies that include every kind, exact ones before vague ones.
fn replies(baseline: &Patient<'_>, variable: &Variable) -> Vec<Reply> {
    let day = baseline.as_of;
    let Some(asked) = baseline.plan.questions.get(variable.question) else {
        return Vec::new();
    };
    let of_birth = baseline.plan.birth == Some(variable.question);
    let stretches = || {
        let latest = asked.question.latest_day(day);
        let places = if of_birth {
            births(&variable.checks, day)
        } else {
            places(&variable.checks, day, latest)
        };
        stretches(&places, latest)
    };
    let checks: Vec<&Check> = variable.checks.iter().collect();
    let values = values(&asked.question.kind, &checks, stretches);
    let said = baseline.answers.reply(variable.question).clone();
    let first = Some(said).filter(|reply| matches!(reply, Reply::Given(_)));
    // The answer of the baseline represents its own kind. Days are not used, because they need not
    // fit every date of birth.
    let dated = baseline.plan.birth.is_some() && asked.question.kind.is_dated();
    first
        .filter(|_| !dated)
        .into_iter()
        .filter(|reply| fits(reply, asked.question.latest_day(day)))
        .chain(values.into_iter().map(Reply::Given))
        .collect()
}

/// Whether a reply is possible: its days must not be after `latest`.
fn fits(reply: &Reply, latest: Date) -> bool {
    days_of(reply).is_none_or(|days| days.last <= latest)
}

/// The days on which a waiting period is just over, or just begins, divide time into intervals. This is the
/// last day of each interval: it fits the most dates of birth.
fn places(checks: &[Check], day: Date, latest: Date) -> Vec<Date> {
    let mut over: Vec<Date> = checks
        .iter()
        .flat_map(|check| check.range_ends(day))
        .collect();
    // The last interval ends today, or on the last day that can be planned.
    over.push(latest);
    let can_be = |one: &Date| impossible_day(Days::on(*one), None, [day, latest]).is_none();
    for one in &mut over {
        // Some days are placeholders for unknown days in records; a nearby day is used instead.
        *one = (0..3)
            .map(|back| one.plus_days(-back))
            .find(can_be)
            .unwrap_or(*one);
    }
    over.retain(|one| *one >= earliest(day) && *one <= latest);
    over.sort_unstable();
    over.dedup();
    over
}

/// The first day of each interval, for dates of birth; it fits the most days of other answers.
fn births(checks: &[Check], day: Date) -> Vec<Date> {
    let ends = checks.iter().flat_map(|check| check.range_ends(day));
    let over = ends.map(|end| end.plus_days(1));
    let mut places: Vec<Date> = std::iter::once(earliest(day)).chain(over).collect();
    // No patient is born today, and none is older than `earliest` allows.
    places.retain(|one| *one < day && *one >= earliest(day));
    places.sort_unstable();
    places.dedup();
    places
}

/// One day for each interval, then `yes` without a day, then every range from one interval to a
/// later one.
fn stretches(places: &[Date], latest: Date) -> Vec<Days> {
    let mut stretches: Vec<Days> = places.iter().map(|place| Days::on(*place)).collect();
    stretches.push(Days::until(latest));
    for (number, last) in places.iter().enumerate() {
        for first in places.iter().take(number) {
            stretches.push(Days {
                first: Some(*first),
                last: *last,
            });
        }
    }
    stretches
}
