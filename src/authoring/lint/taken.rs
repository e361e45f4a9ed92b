//! Warnings about questions that are taken from another pack and not read here, at the place where they are taken.
//!
//! A question is taken without its rules, so an answer that decides something there may decide nothing here. A file that
//! is taken whole brings its rules along, and the other pack is checked by itself. An option gets a warning only if more
//! than a text for patients reads it in the other pack.

use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::pack::{self, Pack, Question, Take};
use candidacy_engine::source::{Located, Place, Source};
use candidacy_engine::suggest::listed_all;

use super::options::named;
use super::usages::{By, Usages};

/// The warnings about questions that are taken by name, made of the warnings about their places in the other pack.
pub fn questions(pack: &Pack, warnings: &[Diagnostic]) -> Vec<Diagnostic> {
    let head = pack.own.start;
    let Some(text) = pack.sources.get(head) else {
        return Vec::new();
    };
    let takes = pack::outline(head, text).takes;
    if takes.iter().all(|take| take.questions.is_empty()) {
        return Vec::new();
    }
    let sources = pack.sources.iter().enumerate();
    let others = sources.filter(|(number, _)| !pack.own.contains(number));
    let others: Vec<Source> = others.map(|(_, source)| source.clone()).collect();
    let others = pack::read(others);
    let elsewhere = Usages::of(&others);
    let mut found = Vec::new();
    for take in &takes {
        for name in &take.questions {
            let mut questions = pack.questions.iter();
            let question = questions.find(|question| question.id.value == name.value);
            found.extend(
                question.and_then(|question| of(take, name, question, &elsewhere, warnings)),
            );
        }
    }
    found
}

fn of(
    take: &Take,
    name: &Located<String>,
    question: &Question,
    elsewhere: &Usages<'_>,
    warnings: &[Diagnostic],
) -> Option<Diagnostic> {
    let has = |code: Code, place: Place| {
        let mut warnings = warnings.iter();
        warnings.any(|one| one.code == code && one.place == place)
    };
    let (id, from) = (&name.value, &take.from.value);
    if has(Code::UnreadQuestion, question.id.place) {
        let message =
            format!("nothing reads the answer to `{id}`: the rules of `{from}` do not come along");
        return Some(
            Diagnostic::new(Code::UnreadQuestion, name.place, message)
                .help("write a rule that reads it, or do not take the question"),
        );
    }
    let decides_there = |option: &str| {
        let mut sentences = elsewhere
            .bearing()
            .filter(|one| one.by != By::Expectation && one.subject == id);
        sentences.any(|one| named(&one.says).0.contains(&option))
    };
    let options = question.options.iter();
    let unread = options.filter(|option| has(Code::UnreadOption, option.id.place));
    let unread = unread.map(|option| option.id.value.as_str());
    let unread: Vec<&str> = unread.filter(|option| decides_there(option)).collect();
    let first = unread.first()?;
    let message = format!(
        "no rule here depends on {} of `{id}`: the rules of `{from}` do not come along",
        listed_all(&unread)
    );
    let sentence = if question.kind.takes_key("none") {
        format!("{id} includes {first}")
    } else {
        format!("{id} is {first}")
    };
    Some(
        Diagnostic::new(Code::UnreadOption, name.place, message).help(format!(
            "write the rules they were meant for, such as `when: {sentence}`"
        )),
    )
}
