//! The ways one part of an answer can turn out, one of each kind.

use candidacy_engine::answer::{Course, Event, Reply, Value};
use candidacy_engine::condition::Check;
use candidacy_engine::date::{Date, Days};
use candidacy_engine::evaluate::Patient;
use candidacy_engine::period::Period;
use candidacy_engine::question::{Kind, Scale};
use candidacy_engine::truth::Truth;

use super::Solver;
use super::variable::{Cell, Part, Says, Variable};

/// The cells of a variable, the nearest first; when `exact`, only those in
/// which every check is yes or no.
pub fn of(seeker: &Solver<'_>, variable: &Variable, day: Date, exact: bool) -> Vec<Cell> {
    let mut cells = all(seeker, variable, day);
    cells.retain(|cell| !exact || !cell.looks.contains(&Truth::Unknown));
    cells.sort_by_key(|cell| cell.far);
    cells
}

fn all(seeker: &Solver<'_>, variable: &Variable, day: Date) -> Vec<Cell> {
    let like = seeker.like.reply(variable.question);
    let silent = Patient::new(seeker.plan, &seeker.like).may_stay_silent(variable.question);
    let looks = |reply: &Reply, silent: bool| -> Vec<Truth> {
        let checks = variable.checks.iter();
        checks.map(|check| check.of(reply, silent, day)).collect()
    };
    let own = looks(like, silent);
    let far = |looks: &[Truth]| {
        let vague = looks.contains(&Truth::Unknown);
        if looks == own {
            0
        } else {
            2 + u32::from(vague)
        }
    };
    if variable.part != Part::Whole {
        let cells = [Truth::No, Truth::Yes, Truth::Unknown].map(|truth| Cell {
            looks: vec![truth],
            says: Says::Holds(truth),
            far: far(&[truth]),
        });
        return cells.to_vec();
    }
    let mut cells: Vec<Cell> = Vec::new();
    let mut add = |reply: Reply, silent: bool| {
        let looks = looks(&reply, silent);
        if cells.iter().all(|cell| cell.looks != looks) {
            let far = far(&looks) + u32::from(reply.is_blank());
            cells.push(Cell {
                far,
                looks,
                says: Says::Reply(reply),
            });
        }
    };
    for reply in replies(seeker, variable, day) {
        add(reply, false);
    }
    add(Reply::NotSure, false);
    let asked = seeker.plan.questions.get(variable.question);
    if asked.is_some_and(|asked| asked.gate.is_some() || asked.question.optional) {
        add(Reply::Blank, true);
    }
    cells
}

/// Replies among which every kind is found, exact ones before vague ones.
fn replies(seeker: &Solver<'_>, variable: &Variable, day: Date) -> Vec<Reply> {
    let Some(asked) = seeker.plan.questions.get(variable.question) else {
        return Vec::new();
    };
    let stretches = || stretches(&variable.checks, day);
    let values: Vec<Value> = match &asked.question.kind {
        Kind::YesNo => vec![Value::YesNo(false), Value::YesNo(true)],
        Kind::Choice(choices) => (0..choices.len()).map(Value::Choice).collect(),
        Kind::Number(scale) => numbers(scale, &variable.checks),
        Kind::Date => stretches()
            .into_iter()
            .filter(|days| days.first.is_some())
            .map(Value::Date)
            .collect(),
        Kind::Event => std::iter::once(Event::Never)
            .chain(stretches().into_iter().map(Event::Happened))
            .map(Value::Event)
            .collect(),
        Kind::Course => [Course::Never, Course::Ongoing]
            .into_iter()
            .chain(stretches().into_iter().map(Course::Ended))
            .map(Value::Course)
            .collect(),
        Kind::Choices(_) | Kind::Medicines => Vec::new(),
    };
    let said = seeker.like.reply(variable.question).clone();
    let first = Some(said).filter(|reply| matches!(reply, Reply::Given(_)));
    // The answer compared with stands for its own kind.
    first
        .into_iter()
        .filter(|reply| fits(reply, day))
        .chain(values.into_iter().map(Reply::Given))
        .collect()
}

/// Whether a reply can be given on `day`: nothing answered lies after it.
fn fits(reply: &Reply, day: Date) -> bool {
    candidacy_engine::answer::days_of(reply).is_none_or(|days| days.last <= day)
}

/// One day for every place among the days on which a wait is just over, then
/// `yes` without a day, then every stretch from one place to a later one.
fn stretches(checks: &[Check], day: Date) -> Vec<Days> {
    let mut over: Vec<Date> = checks
        .iter()
        .filter_map(Check::period)
        .map(|wait: Period| wait.cleared_by(day))
        .filter(|over| *over >= Date::EARLIEST)
        .collect();
    over.sort_unstable();
    over.dedup();
    // Between two places lies a day on which a wait is just over; the last place ends today.
    let mut places: Vec<Date> = over;
    places.push(day);
    let mut stretches: Vec<Days> = places.iter().map(|place| Days::on(*place)).collect();
    stretches.push(Days::until(day));
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

/// Numbers on both sides of every number at which a check changes.
fn numbers(scale: &Scale, checks: &[Check]) -> Vec<Value> {
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
