//! Finds entries with the same name, and words with two meanings.

use crate::diagnostic::Problems;
use std::collections::HashMap;

use crate::answer::{is_blank_medicine, is_missing_value, is_no_medicine, is_none, leaves_open};
use crate::diagnostic::{Code, Diagnostic};
use crate::medicine::{can_be_found, normalized_name};
use crate::normalize::key;
use crate::pack::{Pack, Question};
use crate::source::{Located, Place};

/// Reports every name that is used twice.
pub fn clashes(pack: &Pack, problems: &mut Problems) {
    same_ids(pack, problems);
    reserved_ids(pack, problems);
    for question in &pack.questions {
        let ids = question.options.iter().map(|option| &option.id);
        twice("options", ids, problems);
        option_words(question, problems);
    }
    headings(pack, problems);
    medicines(pack, problems);
}

fn same_ids(pack: &Pack, problems: &mut Problems) {
    let questions = || pack.questions.iter().map(|question| &question.id);
    let facts = || pack.facts.iter().map(|fact| &fact.id);
    twice("questions", questions(), problems);
    twice("facts", facts(), problems);
    question_and_fact(questions(), facts(), problems);
    twice("rules", pack.rules.iter().map(|rule| &rule.id), problems);
    let sources = pack.citations.iter().map(|citation| &citation.id);
    twice("sources", sources, problems);
    let advice = pack.advice.iter().map(|advice| &advice.id);
    twice("pieces of advice", advice, problems);
    let groups = pack.groups.iter().map(|group| &group.id);
    twice("groups of medicines", groups, problems);
    let expectations = pack.expectations.iter().map(|expectation| &expectation.id);
    twice("expectations", expectations, problems);
    let personas = pack.personas.iter().map(|persona| &persona.id);
    twice("personas", personas, problems);
    let reasons = pack.override_reasons.iter().map(|reason| &reason.id);
    twice("reasons to overrule", reasons, problems);
    twice("cases", pack.cases.iter().map(|case| &case.name), problems);
}

/// Reports ids that have a meaning of their own in rules or in reports.
fn reserved_ids(pack: &Pack, problems: &mut Problems) {
    let groups = pack.groups.iter().map(|group| &group.id);
    let groups = groups.map(|id| (id, "unrecognised", "a medicine that is in no group"));
    let rules = pack.rules.iter().map(|rule| &rule.id);
    let questions = pack.questions.iter().map(|question| &question.id);
    // Reports for the desk put this word in place of the id of a private rule or question.
    let shown = rules.chain(questions);
    let shown = shown.map(|id| (id, "private", "what is kept for the dermatologist"));
    for (id, reserved, meaning) in groups.chain(shown) {
        if id.value == reserved {
            let message = format!("`{reserved}` already means {meaning}");
            problems
                .push(Diagnostic::new(Code::BadId, id.place, message).help("choose another id"));
        }
    }
}

fn twice<'a>(kind: &str, ids: impl Iterator<Item = &'a Located<String>>, problems: &mut Problems) {
    let mut seen: HashMap<&str, &Located<String>> = HashMap::new();
    for id in ids.filter(|id| !id.value.is_empty()) {
        if let Some(first) = seen.get(id.value.as_str()) {
            let message = format!("two {kind} are called `{}`", id.value);
            problems.push(called_the_same(id, first, message));
        } else {
            seen.insert(&id.value, id);
        }
    }
}

/// Sentences begin with a question or a fact, so these share one set of names.
fn question_and_fact<'a>(
    questions: impl Iterator<Item = &'a Located<String>>,
    facts: impl Iterator<Item = &'a Located<String>>,
    problems: &mut Problems,
) {
    let questions: HashMap<&str, &Located<String>> =
        questions.map(|id| (id.value.as_str(), id)).collect();
    for fact in facts.filter(|id| !id.value.is_empty()) {
        if let Some(question) = questions.get(fact.value.as_str()) {
            let message = format!("a question and a fact are both called `{}`", fact.value);
            problems.push(called_the_same(fact, question, message));
        }
    }
}

fn called_the_same(one: &Located<String>, other: &Located<String>, message: String) -> Diagnostic {
    Diagnostic::new(Code::DuplicateId, one.place, message)
        .other(other.place, "the other one")
        .help("rename one of them")
}

/// Words as they are compared, each with the id of the first entry that uses it, and the place.
#[derive(Default)]
struct Words<'a>(HashMap<String, (&'a str, Place)>);

impl<'a> Words<'a> {
    /// Takes a word for the entry `id`; the place of the word if another entry has it. Two entries with the same id were
    /// reported already.
    fn claim(&mut self, id: &'a str, word: &Located<String>) -> Option<Place> {
        let folded = Some(key(&word.value)).filter(|folded| !folded.is_empty())?;
        let (first, place) = *self.0.entry(folded).or_insert((id, word.place));
        (first != id).then_some(place)
    }
}

/// Reports words that would select two options.
fn option_words(question: &Question, problems: &mut Problems) {
    let mut words = Words::default();
    for option in &question.options {
        for word in [&option.id, &option.text].into_iter().chain(&option.also) {
            let is_read = !key(&word.value).is_empty();
            if let Some(meaning) = taken(question, &word.value).filter(|_| is_read) {
                let message = format!("`{}` already means {meaning}", word.value);
                problems.push(
                    Diagnostic::new(Code::DuplicateWord, word.place, message)
                        .help("choose another word for this option"),
                );
            }
            if let Some(first) = words.claim(&option.id.value, word) {
                let (word, place) = (&word.value, word.place);
                let message = format!("`{word}` would mean two options of `{}`", question.id.value);
                problems.push(
                    Diagnostic::new(Code::DuplicateWord, place, message)
                        .other(first, "the other option")
                        .help("letter case, accents, dashes and spaces make no difference: choose another word for one of them"),
                );
            }
        }
    }
}

/// The general meaning of a word, because of which no option may use it.
fn taken(question: &Question, word: &str) -> Option<&'static str> {
    if leaves_open(word) {
        Some("that the answer is not known")
    } else if is_missing_value(word) {
        Some("that there is no answer")
    } else if question.kind.takes_key("none") && is_none_in_letters(word) {
        Some("that no option applies")
    } else {
        None
    }
}

/// Whether a word means *none*. A number does not count, because it may be an option's code in a
/// table.
fn is_none_in_letters(word: &str) -> bool {
    is_none(word) && word.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
}

/// The meaning of a word in every list of medicines, because of which no medicine may have this
/// name.
fn taken_in_lists(name: &str) -> Option<&'static str> {
    if leaves_open(name) {
        Some("that the answer is not known")
    } else if is_no_medicine(name) {
        Some("that there are no medicines")
    } else if is_blank_medicine(name) {
        Some("that there is no answer")
    } else {
        None
    }
}

/// Reports table headings that would mean two questions.
fn headings(pack: &Pack, problems: &mut Problems) {
    let mut words = Words::default();
    for question in &pack.questions {
        let own = [&question.id, &question.ask].into_iter();
        for word in own.chain(&question.also) {
            if let Some(first) = words.claim(&question.id.value, word) {
                let message = format!("the heading `{}` would mean two questions", word.value);
                problems.push(
                    Diagnostic::new(Code::DuplicateWord, word.place, message)
                        .other(first, "the other question")
                        .help("a column is found by the `id`, `ask` or `also` of its question: change one of the two"),
                );
            }
        }
    }
}

/// Reports medicines that are named twice in a group, or whose name can never be found in an
/// answer.
fn medicines(pack: &Pack, problems: &mut Problems) {
    for group in &pack.groups {
        let mut seen: HashMap<String, &Located<String>> = HashMap::new();
        for name in group
            .members
            .iter()
            .flat_map(|member| std::iter::once(&member.name).chain(&member.also))
        {
            let folded = normalized_name(&name.value);
            if let Some(meaning) = taken_in_lists(&name.value) {
                let message = format!("`{}` already means {meaning}", name.value);
                problems.push(
                    Diagnostic::new(Code::DuplicateWord, name.place, message)
                        .help("an answer cannot contain this name: write the name in full, such as `sodium` for `na`, or leave it out"),
                );
                continue;
            }
            if !can_be_found(&name.value, &folded) {
                problems.push(
                    Diagnostic::new(Code::BadValue, name.place, format!("`{}` can never be found in an answer", name.value))
                        .help("answers are split at `;` `,` `/` `+` `&` and the word `and`: name each part on its own"),
                );
                continue;
            }
            if let Some(first) = seen.get(&folded) {
                problems.push(
                    Diagnostic::new(
                        Code::DuplicateWord,
                        name.place,
                        format!(
                            "`{}` is twice in the group `{}`",
                            name.value, group.id.value
                        ),
                    )
                    .other(first.place, "the first time")
                    .help("letter case, accents and dashes make no difference: keep one of them"),
                );
            } else {
                seen.insert(folded, name);
            }
        }
    }
}
