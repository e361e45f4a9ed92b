//! Changes questions of the base by an overlay: their text, options or position.

use crate::answer::keywords;
use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::pack::{Choice, Pack, Question, QuestionChange, Relaxation};
use crate::source::Located;
use crate::suggest::{a, way_out};

use super::changed_twice;
use super::weakening::under_relax;

/// Changes questions of the base.
pub fn change(pack: &mut Pack, own: &[QuestionChange], problems: &mut Problems) {
    for (number, change) in own.iter().enumerate() {
        let mut before = own.iter().take(number);
        if let Some(first) = before.find(|one| one.question.value == change.question.value) {
            problems.push(changed_twice("question", &change.question, &first.question));
            continue;
        }
        let Some(at) = known(pack, &change.question, problems) else {
            continue;
        };
        problems.extend(left_out(change, pack));
        if let Some(question) = pack.questions.get_mut(at) {
            apply(change, question, problems);
        }
        place(pack, at, change, problems);
    }
}

/// The problem of a question that is left out for good.
fn left_out(change: &QuestionChange, pack: &Pack) -> Option<Diagnostic> {
    let answer = change.answer_unasked.as_ref()?;
    let id = &change.question.value;
    let message = format!("without the question `{id}` verdicts can only get less severe");
    Some(under_relax(
        Diagnostic::new(Code::Weakening, answer.place, message),
        &format!(
            "change: [{{question: {id}, answer_unasked: {}}}]",
            answer.value
        ),
        &pack.header,
    ))
}

/// Leaves out the questions that a relaxation names.
pub fn leave_out(pack: &mut Pack, relaxation: &Relaxation) {
    for (id, answer) in &relaxation.left_out {
        let mut questions = pack.questions.iter_mut();
        if let Some(question) = questions.find(|question| question.id.value == id.value) {
            question.left_out = Some(answer.clone());
        }
    }
}

/// Applies a change to its question.
fn apply(change: &QuestionChange, question: &mut Question, problems: &mut Problems) {
    problems.extend(covers(change, question));
    if let Some(ask) = &change.ask {
        question.ask = ask.clone();
    }
    if let Some(covers) = &change.covers {
        question.covers = Some(covers.clone());
    }
    question.help = change.help.clone().or(question.help.take());
    question.preset = change.preset.clone().or(question.preset.take());
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
    let chooses = question.kind.takes_key("options");
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
        problems.extend(hidden_words(option, question));
        let mut options = question.options.iter_mut();
        match options.find(|known| known.id.value == option.id.value) {
            Some(known) => reword(known, option),
            None => question.options.push(option.clone()),
        }
    }
}

/// The problem of a new text for a question with `covers`, because it may ask less far back.
fn covers(change: &QuestionChange, question: &Question) -> Option<Diagnostic> {
    let was = question.covers.as_ref()?;
    let id = &question.id.value;
    let (place, message) = match (&change.covers, &change.ask) {
        (Some(own), _) if !own.value.is_never_shorter_than(was.value) => (
            own.place,
            format!(
                "`{id}` asks about the last {} in the base, but only about {} here",
                was.value, own.value
            ),
        ),
        (None, Some(ask)) => (
            ask.place,
            format!(
                "`{id}` asks about the last {} in the base: say how far back your words ask",
                was.value
            ),
        ),
        _ => return None,
    };
    Some(
        Diagnostic::new(Code::Weakening, place, message)
            .other(was.place, "how far back the base asks")
            .help(format!(
                "ask at least as far back, and write `covers: {}`",
                was.value
            )),
    )
}

/// Problems of option words that already have a meaning, such as `y` or `n/a`. As words of the option they would
/// hide a *yes* or a blank.
fn hidden_words(option: &Choice, question: &Question) -> Problems {
    let mut known = question.options.iter();
    let is_new = known.all(|known| known.id.value != option.id.value);
    let id = is_new.then_some(&option.id);
    let words = id.into_iter().chain([&option.text]).chain(&option.also);
    let hides = |word: &&Located<String>| {
        let text = word.value.as_str();
        keywords::yes_or_no(text).is_some()
            || keywords::is_none(text)
            || keywords::is_blank(text)
            || keywords::is_missing_value(text)
            || keywords::leaves_open(text)
    };
    let problem = |word: &Located<String>| {
        let message = format!(
            "`{}` already has a meaning as an answer, which this option would hide",
            word.value
        );
        Diagnostic::new(Code::Weakening, word.place, message)
            .other(question.id.place, "the question of the base")
            .help("choose a word that says what the option is")
    };
    words.filter(hides).map(problem).collect()
}

/// Adds other words to an option of the base.
fn reword(known: &mut Choice, option: &Choice) {
    known.text = option.text.clone();
    known.also.extend(option.also.iter().cloned());
}

/// Moves the question at `at` after or before the question that the change names.
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
        let message = "a question cannot be asked after or before itself";
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

/// The index of a base question; an unknown id is reported.
pub fn known(pack: &Pack, id: &Located<String>, problems: &mut Problems) -> Option<usize> {
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
