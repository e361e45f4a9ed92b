//! Assigns answers, given by id in a file, a case or on the command line, to their questions.

use crate::answer::{AnswerError, Answers, Cause, Reader, Reply, moved_to};
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::pack::Given;
use crate::plan::Plan;
use crate::question::Question;
use crate::source::{Located, Place};
use crate::suggest::way_out;

/// Assigns answers and reports invalid ones. Whole answers are assigned first, so that
/// `question.option` refines `question` in any order.
pub fn assign(
    given: &[Given],
    answers: &mut Answers,
    plan: &Plan,
    as_of: Date,
    problems: &mut Vec<Diagnostic>,
) {
    assign_with(given, answers, plan, &plan.reader(as_of), problems);
}

/// The same as [`assign`], read by `reader`.
pub fn assign_with(
    given: &[Given],
    answers: &mut Answers,
    plan: &Plan,
    reader: &Reader<'_>,
    problems: &mut Vec<Diagnostic>,
) {
    let (marks, whole): (Vec<_>, Vec<_>) = given
        .iter()
        .partition(|given| given.key.value.contains('.'));
    let birth = birth_of(given, answers, plan, reader);
    let reader = reader.born(&birth);
    for given in whole.into_iter().chain(marks) {
        if let Err(problem) = assign_one(given, answers, plan, &reader) {
            problems.push(*problem);
        }
    }
    problems.extend(every_option_denied(given, answers, plan));
}

/// The answer to the question for the date of birth, in `given` or before. Ages count from it, in
/// whatever order the answers are given.
#[must_use]
pub fn birth_of(given: &[Given], answers: &Answers, plan: &Plan, reader: &Reader<'_>) -> Reply {
    let Some((birth, asked)) = plan.birth.and_then(|n| Some((n, plan.questions.get(n)?))) else {
        return Reply::Blank;
    };
    let last = given.iter().rfind(|one| one.key.value == asked.question.id);
    let read = last.map(|one| reader.reply(&asked.question, &one.text));
    match read {
        Some(read) => read.unwrap_or(Reply::NotSure),
        None => answers.reply(birth).clone(),
    }
}

/// Reports questions with every option denied although one always applies, at the place of the last
/// answer.
fn every_option_denied(given: &[Given], answers: &Answers, plan: &Plan) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (number, asked) in plan.questions.iter().enumerate() {
        let id = &asked.question.id;
        let of_question = |given: &&Given| {
            let key = given.key.value.split_once('.');
            key.is_some_and(|(question, _)| question == id)
        };
        if let Some(last) = given.iter().rfind(of_question)
            && answers.reply(number).denies_all(&asked.question)
        {
            let why = AnswerError::every_option_denied(&asked.question);
            found.push(misread(why, last.place));
        }
    }
    found
}

fn assign_one(
    given: &Given,
    answers: &mut Answers,
    plan: &Plan,
    reader: &Reader<'_>,
) -> Result<(), Box<Diagnostic>> {
    let (id, option) = match given.key.value.split_once('.') {
        Some((id, option)) => (id, Some(option)),
        None => (given.key.value.as_str(), None),
    };
    let found = plan
        .question(id)
        .and_then(|number| Some((number, plan.questions.get(number)?)));
    let Some((number, asked)) = found else {
        let known = plan
            .questions
            .iter()
            .map(|asked| asked.question.id.as_str());
        let message = format!("no question is called `{id}`");
        let place = part(&given.key, 0, id);
        let problem = Diagnostic::new(Code::UnknownQuestion, place, message);
        return Err(Box::new(problem.help(way_out(id, "question", known))));
    };
    let question = &asked.question;
    let Some(option) = option else {
        let reply = reader
            .reply(question, &given.text)
            .map_err(|why| Box::new(misread(why, given.place)))?;
        answers.set(number, reply);
        return Ok(());
    };
    let place = part(&given.key, id.len() + 1, option);
    if !question.takes_several() {
        return Err(Box::new(one_answer(question, option, place)));
    }
    let Some(which) = question.option(option) else {
        return Err(Box::new(no_option(question, option, place)));
    };
    let mark = reader
        .mark(question, option, &given.text)
        .map_err(|why| Box::new(misread(why, given.place)))?;
    answers.mark(number, which, question.kind.choices().len(), mark);
    Ok(())
}

/// `question.option` for a question that has no several options.
fn one_answer(question: &Question, option: &str, place: Place) -> Diagnostic {
    let id = &question.id;
    let message = format!("`{id}` has one answer, so its options cannot be answered separately");
    let help = match question.option(option) {
        Some(_) => format!("write `{id}: {option}`, or another answer"),
        None => format!("leave `.{option}` out, and answer `{id}` as a whole"),
    };
    Diagnostic::new(Code::UnknownOption, place, message).help(help)
}

fn no_option(question: &Question, option: &str, place: Place) -> Diagnostic {
    let id = &question.id;
    if let Some(to) = question.moved_to(option) {
        let message = format!("`{id}` has no option `{option}` any more");
        return Diagnostic::new(Code::UnknownOption, place, message).help(moved_to(to));
    }
    let known = question.kind.choices();
    let known = known.iter().map(|choice| choice.id.as_str());
    let message = format!("`{id}` has no option `{option}`");
    Diagnostic::new(Code::UnknownOption, place, message).help(way_out(option, "option", known))
}

/// The place of `word` in a key. If the key is in quotes, only the whole key has a place.
fn part(key: &Located<String>, from: usize, word: &str) -> Place {
    if key.place.end - key.place.start != key.value.len() {
        return key.place;
    }
    let start = key.place.start + from;
    Place {
        start,
        end: start + word.len(),
        ..key.place
    }
}

fn misread(why: AnswerError, place: Place) -> Diagnostic {
    let code = match why.cause {
        Cause::LaterDay => Code::LaterDay,
        _ => Code::UnreadableAnswer,
    };
    Diagnostic::new(code, place, why.message).help(why.help)
}
