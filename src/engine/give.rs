//! Answers by id, from a file, a case or the command line, put where they belong.

use super::answer::{Answers, Misread};
use super::date::Date;
use super::diagnostic::{Code, Diagnostic};
use super::pack::Given;
use super::plan::Plan;
use super::question::Kind;
use super::source::Place;
use super::suggest::way_out;

/// Puts answers where they belong; complains about those that are none. Whole
/// answers first, so that `question.option` refines `question` in any order.
pub fn give(
    given: &[Given],
    answers: &mut Answers,
    plan: &Plan,
    as_of: Date,
    problems: &mut Vec<Diagnostic>,
) {
    let (marks, whole): (Vec<_>, Vec<_>) = given
        .iter()
        .partition(|given| given.key.value.contains('.'));
    for given in whole.into_iter().chain(marks) {
        if let Err(problem) = give_one(given, answers, plan, as_of) {
            problems.push(*problem);
        }
    }
}

fn give_one(
    given: &Given,
    answers: &mut Answers,
    plan: &Plan,
    as_of: Date,
) -> Result<(), Box<Diagnostic>> {
    let (id, option) = match given.key.value.split_once('.') {
        Some((id, option)) => (id, Some(option)),
        None => (given.key.value.as_str(), None),
    };
    let reader = plan.reader(as_of);
    let found = plan
        .question(id)
        .and_then(|number| Some((number, plan.questions.get(number)?)));
    let Some((number, asked)) = found else {
        let known = plan
            .questions
            .iter()
            .map(|asked| asked.question.id.as_str());
        return Err(Diagnostic::new(
            Code::UnknownQuestion,
            given.key.place,
            format!("no question is called `{id}`"),
        )
        .help(way_out(id, "question", known))
        .into());
    };
    let question = &asked.question;
    let Some(option) = option else {
        let reply = reader
            .reply(question, &given.text)
            .map_err(|why| misread(why, given.place))?;
        answers.set(number, reply);
        return Ok(());
    };
    if !matches!(question.kind, Kind::Choices(_)) {
        let message =
            format!("`{id}` takes one answer, so its options have no answers of their own");
        return Err(
            Diagnostic::new(Code::UnknownOption, given.key.place, message)
                .help(format!("write `{id}: {option}`, or whatever the answer is"))
                .into(),
        );
    }
    let Some(which) = question.option(option) else {
        let known = question
            .kind
            .choices()
            .iter()
            .map(|choice| choice.id.as_str());
        return Err(Diagnostic::new(
            Code::UnknownOption,
            given.key.place,
            format!("`{id}` has no option `{option}`"),
        )
        .help(way_out(option, "option", known))
        .into());
    };
    let mark = reader
        .mark(question, option, &given.text)
        .map_err(|why| misread(why, given.place))?;
    answers.mark(number, which, question.kind.choices().len(), mark);
    Ok(())
}

fn misread(why: Misread, place: Place) -> Diagnostic {
    Diagnostic::new(Code::UnreadableAnswer, place, why.message).help(why.help)
}
