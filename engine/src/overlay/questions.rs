//! Questions of the base that an overlay asks otherwise: in other words, with more options, or at another place.

use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::pack::{Choice, Pack, Question, QuestionChange};
use crate::question::QuestionType;
use crate::source::Located;
use crate::suggest::{a, way_out};

/// Changes questions of the base.
pub fn change(pack: &mut Pack, own: &[QuestionChange], problems: &mut Problems) {
    for (number, change) in own.iter().enumerate() {
        let mut before = own.iter().take(number);
        if let Some(first) = before.find(|one| one.question.value == change.question.value) {
            let message = format!("the question `{}` is changed twice", change.question.value);
            problems.push(
                Diagnostic::new(Code::DuplicateId, change.question.place, message)
                    .other(first.question.place, "the first time")
                    .help("put all of it into one entry"),
            );
            continue;
        }
        let Some(at) = known(pack, &change.question, problems) else {
            continue;
        };
        if let Some(question) = pack.questions.get_mut(at) {
            apply(change, question, problems);
        }
        place(pack, at, change, problems);
    }
}

/// Writes what a change says into its question.
fn apply(change: &QuestionChange, question: &mut Question, problems: &mut Problems) {
    if let Some(ask) = &change.ask {
        question.ask = ask.clone();
    }
    question.help = change.help.clone().or(question.help.take());
    question.also.extend(change.also.iter().cloned());
    if let Some(optional) = &change.optional {
        if optional.value && !question.optional {
            let message = format!(
                "`{}` must be answered in the base, and an overlay cannot make it optional",
                question.id.value
            );
            problems.push(
                Diagnostic::new(Code::Weakening, optional.place, message)
                    .other(question.id.place, "the question of the base")
                    .help("leave `optional` out: an answer that is missing counts as not known"),
            );
        } else {
            question.optional = optional.value;
        }
    }
    let chooses = matches!(question.kind, QuestionType::Choice | QuestionType::Choices);
    if let (Some(option), false) = (change.options.first(), chooses) {
        let (id, kind) = (&question.id.value, a(question.kind.word()));
        let message = format!("`{id}` is {kind} question and has no options");
        problems.push(
            Diagnostic::new(Code::WrongShape, option.id.place, message)
                .other(question.id.place, "the question of the base")
                .help("add a question of your own under `questions`, and rules that read it"),
        );
        return;
    }
    for option in &change.options {
        let mut options = question.options.iter_mut();
        match options.find(|known| known.id.value == option.id.value) {
            Some(known) => reword(known, option),
            None => question.options.push(option.clone()),
        }
    }
}

/// Other words for an option that the base has.
fn reword(known: &mut Choice, option: &Choice) {
    known.text = option.text.clone();
    known.also.extend(option.also.iter().cloned());
}

/// Moves the question at `at` behind or before the one that the change names.
fn place(pack: &mut Pack, at: usize, change: &QuestionChange, problems: &mut Problems) {
    let (target, behind) = match (&change.after, &change.before) {
        (Some(after), _) => (after, 1),
        (None, Some(before)) => (before, 0),
        (None, None) => return,
    };
    let Some(to) = known(pack, target, problems) else {
        return;
    };
    if to == at {
        let message = "a question cannot be asked behind or before itself";
        problems.push(
            Diagnostic::new(Code::BadValue, target.place, message).help("name another question"),
        );
        return;
    }
    let mut question = pack.questions.remove(at);
    let to = if at < to { to - 1 } else { to };
    if let Some(neighbour) = pack.questions.get(to) {
        question.topic = neighbour.topic;
    }
    pack.questions.insert(to + behind, question);
}

/// The number of a question of the base, or a complaint that there is none.
fn known(pack: &Pack, id: &Located<String>, problems: &mut Problems) -> Option<usize> {
    let ids = || pack.questions.iter().map(|one| one.id.value.as_str());
    let found = ids().position(|known| known == id.value);
    if found.is_none() && !id.value.is_empty() {
        let message = format!("the base has no question `{}`", id.value);
        problems.push(
            Diagnostic::new(Code::UnknownQuestion, id.place, message)
                .help(way_out(&id.value, "question", ids()))
                .help("a question of this overlay is changed where it is written"),
        );
    }
    found
}
