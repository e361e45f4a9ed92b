//! Who is called what, and whether two are called the same.

use std::collections::HashMap;

use crate::engine::answer::leaves_open;
use crate::engine::diagnostic::{Code, Diagnostic};
use crate::engine::fold::key;
use crate::engine::medicine::{can_be_found, folded_name};
use crate::engine::pack::{Pack, Question};
use crate::engine::period::Period;
use crate::engine::source::Located;
use crate::engine::suggest::way_out;

/// The numbers behind the ids of a pack.
pub struct Names<'a> {
    /// The questions.
    pub questions: HashMap<&'a str, (usize, &'a Question)>,
    /// Named conditions.
    pub facts: HashMap<&'a str, usize>,
    /// Groups of medicines.
    pub groups: HashMap<&'a str, usize>,
    /// Named waits.
    pub settings: HashMap<&'a str, Period>,
    /// Where rules come from.
    pub citations: HashMap<&'a str, usize>,
    /// Texts that rules name.
    pub advice: HashMap<&'a str, usize>,
    /// Rules.
    pub rules: HashMap<&'a str, usize>,
    /// Named sets of answers.
    pub personas: HashMap<&'a str, usize>,
}

impl<'a> Names<'a> {
    /// Every id of `pack`; of two alike, the first.
    pub fn of(pack: &'a Pack) -> Self {
        let questions = pack.questions.iter().enumerate().rev();
        let settings = pack
            .settings
            .iter()
            .map(|setting| (setting.name.value.as_str(), setting.period));
        Self {
            questions: questions
                .map(|(n, question)| (question.id.value.as_str(), (n, question)))
                .collect(),
            facts: numbered(pack.facts.iter().map(|fact| &fact.id)),
            groups: numbered(pack.groups.iter().map(|group| &group.id)),
            settings: settings.collect(),
            citations: numbered(pack.citations.iter().map(|citation| &citation.id)),
            advice: numbered(pack.advice.iter().map(|advice| &advice.id)),
            rules: numbered(pack.rules.iter().map(|rule| &rule.id)),
            personas: numbered(pack.personas.iter().map(|persona| &persona.id)),
        }
    }
}

fn numbered<'a>(
    ids: impl DoubleEndedIterator<Item = &'a Located<String>> + ExactSizeIterator,
) -> HashMap<&'a str, usize> {
    ids.enumerate()
        .rev()
        .map(|(number, id)| (id.value.as_str(), number))
        .collect()
}

/// Looks up an id, or complains with the nearest known one.
pub fn look_up(
    id: &Located<String>,
    known: &HashMap<&str, usize>,
    kind: (&'static str, Code),
    problems: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let found = known.get(id.value.as_str()).copied();
    if found.is_none() {
        let (kind, code) = kind;
        let mut names: Vec<&str> = known.keys().copied().collect();
        names.sort_unstable();
        problems.push(
            Diagnostic::new(
                code,
                id.place,
                format!("no {kind} is called `{}`", id.value),
            )
            .help(way_out(&id.value, kind, names.into_iter())),
        );
    }
    found
}

/// Complains about everything that is called the same as something else.
pub fn duplicates(pack: &Pack, problems: &mut Vec<Diagnostic>) {
    let asked = pack.questions.iter().map(|question| &question.id);
    let named = pack.facts.iter().map(|fact| &fact.id);
    twice("questions or facts", asked.chain(named), problems);
    twice("rules", pack.rules.iter().map(|rule| &rule.id), problems);
    twice(
        "sources",
        pack.citations.iter().map(|citation| &citation.id),
        problems,
    );
    twice(
        "pieces of advice",
        pack.advice.iter().map(|advice| &advice.id),
        problems,
    );
    twice(
        "groups",
        pack.groups.iter().map(|group| &group.id),
        problems,
    );
    twice(
        "expectations",
        pack.expectations.iter().map(|expectation| &expectation.id),
        problems,
    );
    twice(
        "personas",
        pack.personas.iter().map(|persona| &persona.id),
        problems,
    );
    twice("cases", pack.cases.iter().map(|case| &case.name), problems);
    for question in &pack.questions {
        twice(
            "options",
            question.options.iter().map(|option| &option.id),
            problems,
        );
        option_words(question, problems);
    }
    headings(pack, problems);
    medicines(pack, problems);
}

fn twice<'a>(
    kind: &str,
    ids: impl Iterator<Item = &'a Located<String>>,
    problems: &mut Vec<Diagnostic>,
) {
    let mut seen: HashMap<&str, &Located<String>> = HashMap::new();
    for id in ids {
        if let Some(first) = seen.get(id.value.as_str()) {
            problems.push(
                Diagnostic::new(
                    Code::DuplicateId,
                    id.place,
                    format!("two {kind} are called `{}`", id.value),
                )
                .other(first.place, "the other one")
                .help("rename one of them"),
            );
        } else {
            seen.insert(&id.value, id);
        }
    }
}

/// Complains when one word would choose two options, or say that none is known.
fn option_words(question: &Question, problems: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (number, option) in question.options.iter().enumerate() {
        let also = option
            .also
            .iter()
            .map(|word| (word.value.as_str(), word.place));
        let words = [
            (option.id.value.as_str(), option.id.place),
            (option.text.as_str(), option.id.place),
        ];
        for (word, place) in words.into_iter().chain(also) {
            let folded = key(word);
            if leaves_open(word) {
                problems.push(
                    Diagnostic::new(
                        Code::DuplicateWord,
                        place,
                        format!("`{word}` already means that the answer is not known"),
                    )
                    .help("choose another word for this option"),
                );
            }
            let first = *seen.entry(folded).or_insert(number);
            if let Some(other) = question.options.get(first).filter(|_| first != number) {
                problems.push(
                    Diagnostic::new(
                        Code::DuplicateWord,
                        place,
                        format!("`{word}` would mean two options of `{}`", question.id.value),
                    )
                    .other(other.id.place, "the other option")
                    .help("give one of them another word"),
                );
            }
        }
    }
}

/// Complains when one heading of a table would mean two questions.
fn headings(pack: &Pack, problems: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (number, question) in pack.questions.iter().enumerate() {
        let also = question
            .also
            .iter()
            .map(|word| (word.value.as_str(), word.place));
        let words = [
            (question.id.value.as_str(), question.id.place),
            (question.ask.as_str(), question.id.place),
        ];
        for (word, place) in words.into_iter().chain(also) {
            let first = *seen.entry(key(word)).or_insert(number);
            let other = pack
                .questions
                .get(first)
                .filter(|other| first != number && other.id.value != question.id.value);
            if let Some(other) = other {
                problems.push(
                    Diagnostic::new(
                        Code::DuplicateWord,
                        place,
                        format!("the heading `{word}` would mean two questions"),
                    )
                    .other(other.id.place, "the other question")
                    .help("change the `ask` text or the `also` name of one of them"),
                );
            }
        }
    }
}

/// Complains about medicines named twice in a group, or named so that no answer finds them.
fn medicines(pack: &Pack, problems: &mut Vec<Diagnostic>) {
    for group in &pack.groups {
        if group.id.value == "unrecognised" {
            problems.push(
                Diagnostic::new(
                    Code::BadId,
                    group.id.place,
                    "`unrecognised` already means a medicine that is in no group",
                )
                .help("give the group another id"),
            );
        }
        let mut seen: HashMap<String, &Located<String>> = HashMap::new();
        for name in group
            .members
            .iter()
            .flat_map(|member| std::iter::once(&member.name).chain(&member.also))
        {
            let folded = folded_name(&name.value);
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
                            "`{}` stands twice in the group `{}`",
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
