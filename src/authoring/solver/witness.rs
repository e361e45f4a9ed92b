//! Makes a patient with an answer to every question from the chosen cells.

use candidacy_engine::answer::{Answers, Course, Event, Mark, Reply, Value};
use candidacy_engine::date::{Date, Days};
use candidacy_engine::evaluate::Patient;
use candidacy_engine::impossible::earliest;
use candidacy_engine::plan::{Asked, Plan};
use candidacy_engine::question::Kind;
use candidacy_engine::range::Part;
use candidacy_engine::truth::Truth;

use super::constraints::Space;
use super::variable::{Cell, Says, Variable};
use super::{Goal, Solver};

/// A name in no pack, used for unrecognised medicines.
const NOT_KNOWN: &str = "xyzzyx";

/// A patient who answers no, never or none to every question asked.
#[must_use]
pub fn plain(plan: &Plan, day: Date) -> Answers {
    let mut answers = plan.blank_answers();
    for (number, asked) in plan.questions.iter().enumerate() {
        if Patient::new(plan, &answers, day).gate(number) != Truth::No {
            answers.set(number, Reply::Given(plainly(plan, asked, day)));
        }
    }
    answers
}

fn plainly(plan: &Plan, asked: &Asked, day: Date) -> Value {
    match &asked.question.kind {
        Kind::YesNo => Value::YesNo(false),
        Kind::Choice(_) => Value::Choice(0),
        Kind::Choices(choices) => {
            let applies = |option| asked.question.exhaustive && option == 0;
            let mark = |option| if applies(option) { Mark::Yes } else { Mark::No };
            Value::Choices((0..choices.len()).map(mark).collect())
        }
        Kind::Number(scale) => Value::Number(
            scale
                .range
                .map_or(candidacy_engine::decimal::Decimal::STEP, |(least, _)| least),
        ),
        Kind::Date => Value::Date(Days::on(day.plus_months(-30 * 12))),
        Kind::Event => Value::Event(Event::Never),
        Kind::Course => Value::Course(Course::Never),
        Kind::Medicines => Value::Medicines(plan.medicines.nothing()),
    }
}

/// The baseline patient with the chosen cells in place of the original answers.
pub fn dress(
    solver: &Solver<'_>,
    space: &Space<'_>,
    chosen: &[usize],
    day: Date,
    wanted: &[Vec<Goal<'_>>],
) -> Answers {
    let mut answers = no_later_than(solver, day);
    let same = |answers: &Answers, question: usize, own: &[(&Variable, &Cell)]| {
        let silent = Patient::new(solver.plan, answers, day).may_stay_silent(question);
        let reply = answers.reply(question);
        own.iter().all(|(variable, cell)| {
            let checks = variable.checks.iter();
            let results = checks.map(|check| check.of(reply, silent, day));
            results.eq(cell.results.iter().copied())
        })
    };
    for question in 0..solver.plan.questions.len() {
        let own = space.variables.iter().zip(chosen);
        let own: Vec<_> = own
            .filter(|(variable, _)| variable.question == question)
            .filter_map(|(variable, cell)| Some((variable, variable.cells.get(*cell)?)))
            .collect();
        if own.is_empty() || same(&answers, question, &own) {
            continue;
        }
        let mut groups = Vec::new();
        for (variable, cell) in own {
            match (&cell.says, variable.part) {
                (Says::Reply(reply), _) => answers.set(question, reply.clone()),
                (says, Part::Option(_)) => {
                    for (option, mark) in variable.marks(says) {
                        set_mark(solver.plan, question, option, mark, &mut answers);
                    }
                }
                (Says::Holds(truth), part) => groups.push((part, *truth)),
                (Says::Unsaid, _) => answers.set(question, Reply::Blank),
            }
        }
        if !groups.is_empty() {
            answers.set(question, medicines(solver.plan, question, &groups, day));
        }
        one_applies(solver.plan, space, question, &mut answers);
    }
    if !super::all_hold(wanted, &Patient::new(solver.plan, &answers, day), day) {
        chosen_days(solver, space, chosen, day, &mut answers);
    }
    unsay(solver, &mut answers, day, wanted);
    answers
}

/// Uses the days of all chosen cells instead of the baseline's days, because all events must come
/// after birth. If no condition reads the date of birth, its answer is as vague as possible.
fn chosen_days(
    solver: &Solver<'_>,
    space: &Space<'_>,
    chosen: &[usize],
    day: Date,
    answers: &mut Answers,
) {
    for (question, asked) in solver.plan.questions.iter().enumerate() {
        if !asked.question.kind.is_dated() || answers.reply(question).is_blank() {
            continue;
        }
        let value = match asked.question.kind {
            Kind::Date if solver.plan.birth == Some(question) => {
                Value::Date(Days::on(earliest(day)))
            }
            Kind::Date => Value::Date(Days::on(day)),
            _ => plainly(solver.plan, asked, day),
        };
        answers.set(question, Reply::Given(value));
    }
    for (variable, cell) in space.variables.iter().zip(chosen) {
        let asked = solver.plan.questions.get(variable.question);
        let dated = asked.is_some_and(|asked| asked.question.kind.is_dated());
        if let (true, Some(cell)) = (dated, variable.cells.get(*cell))
            && let Says::Reply(reply) = &cell.says
        {
            answers.set(variable.question, reply.clone());
        }
    }
}

/// The baseline patient without answers that are too late for treatment on `day`.
fn no_later_than(solver: &Solver<'_>, day: Date) -> Answers {
    let mut answers = solver.like.clone();
    let plain = std::cell::LazyCell::new(|| plain(solver.plan, day));
    for (question, asked) in solver.plan.questions.iter().enumerate() {
        let days = candidacy_engine::answer::days_of(answers.reply(question));
        if days.is_some_and(|days| days.last > asked.question.latest_day(day)) {
            answers.set(question, plain.reply(question).clone());
        }
    }
    answers
}

fn set_mark(plan: &Plan, question: usize, option: usize, mark: Mark, answers: &mut Answers) {
    let asked = plan.questions.get(question);
    let options = asked.map_or(0, |asked| asked.question.kind.choices().len());
    if answers.reply(question).is_blank() {
        let none = Value::Choices(vec![Mark::No; options]);
        answers.set(question, Reply::Given(none));
    }
    answers.mark(question, option, options, mark);
}

/// If no option of an exhaustive question is chosen, an option that no condition reads may apply.
fn one_applies(plan: &Plan, space: &Space<'_>, question: usize, answers: &mut Answers) {
    let Some(asked) = plan.questions.get(question) else {
        return;
    };
    let marks = match answers.reply(question) {
        Reply::Given(Value::Choices(marks)) if asked.question.exhaustive => marks,
        _ => return,
    };
    if marks.contains(&Mark::Yes) {
        return;
    }
    let open = marks.iter().any(|mark| *mark != Mark::No);
    let is_read = |option: usize| {
        let mut variables = space.variables.iter();
        variables.any(|one| one.question == question && one.options().contains(&option))
    };
    let options = asked.question.kind.choices().len();
    if let Some(option) = (0..options).find(|option| !is_read(*option)) {
        let mark = if open { Mark::NotSure } else { Mark::Yes };
        answers.mark(question, option, options, mark);
    }
}

/// A list of names that gives exactly these groups.
fn medicines(plan: &Plan, question: usize, groups: &[(Part, Truth)], day: Date) -> Reply {
    let wanted = |group: usize| groups.iter().find(|(part, _)| *part == Part::Group(group));
    let mut said: Vec<&str> = Vec::new();
    for (part, truth) in groups {
        if *truth != Truth::Yes {
            continue;
        }
        let Part::Group(group) = part else {
            said.push(NOT_KNOWN);
            continue;
        };
        let names = plan.medicines.names().iter().filter(|name| {
            name.means.iter().any(|meaning| meaning.group == *group)
                && name.means.iter().all(|meaning| {
                    wanted(meaning.group).is_none_or(|(_, truth)| *truth == Truth::Yes)
                })
        });
        let name = names.min_by_key(|name| name.means.len());
        said.extend(name.map(|name| name.text.as_str()));
    }
    if groups.iter().any(|(_, truth)| *truth == Truth::Unknown) {
        said.push("not sure");
    }
    said.dedup();
    let text = if said.is_empty() {
        "none".to_owned()
    } else {
        said.join("; ")
    };
    let asked = plan.questions.get(question);
    let read = asked.and_then(|asked| plan.reader(day).reply(&asked.question, &text).ok());
    read.unwrap_or(Reply::NotSure)
}

/// Removes answers to questions that would not be asked, unless a goal needs them. Then answers
/// open questions as the baseline would, except optional ones that the baseline leaves blank.
fn unsay(solver: &Solver<'_>, answers: &mut Answers, day: Date, wanted: &[Vec<Goal<'_>>]) {
    let plan = solver.plan;
    let holds = |answers: &Answers| {
        let patient = Patient::new(plan, answers, day);
        super::all_hold(wanted, &patient, day)
    };
    for question in 0..plan.questions.len() {
        let gate = Patient::new(plan, answers, day).gate(question);
        let before = answers.reply(question).clone();
        let instead = match (gate, &before) {
            (Truth::No, Reply::Blank) | (_, Reply::NotSure | Reply::Declined) => continue,
            (Truth::No, _) => Reply::Blank,
            (_, Reply::Blank) => {
                let asked = plan.questions.get(question);
                let optional = asked.is_some_and(|asked| asked.question.optional);
                if optional && solver.like.reply(question).is_blank() {
                    continue;
                }
                let usual = asked.map(|asked| plainly(plan, asked, day));
                usual.map_or(Reply::NotSure, Reply::Given)
            }
            _ => continue,
        };
        answers.set(question, instead);
        if !holds(answers) {
            answers.set(question, before);
        }
    }
}

/// The differences between two patients: for each such question its number and the first patient's
/// reply.
#[must_use]
pub fn differences(plan: &Plan, answers: &Answers, like: &Answers) -> Vec<(usize, Reply)> {
    (0..plan.questions.len())
        .filter(|question| answers.reply(*question) != like.reply(*question))
        .map(|question| (question, answers.reply(question).clone()))
        .collect()
}
