//! Looks up entries by id.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::pack::{Pack, Question, Setting};
use crate::source::{Located, Place};
use crate::suggest::{meant, way_out};

use super::coverage::{self, Coverage};

/// The indices of a pack's entries, by id.
pub struct Symbols<'a> {
    /// The questions.
    pub questions: HashMap<&'a str, (usize, &'a Question)>,
    /// Named conditions.
    pub facts: HashMap<&'a str, usize>,
    /// Groups of medicines.
    pub groups: HashMap<&'a str, usize>,
    /// Named waiting periods.
    pub settings: HashMap<&'a str, &'a Setting>,
    /// How far back questions ask.
    pub coverage: Coverage<'a>,
    /// The sources of rules.
    pub citations: HashMap<&'a str, usize>,
    /// Texts that rules name.
    pub advice: HashMap<&'a str, usize>,
    /// Rules.
    pub rules: HashMap<&'a str, usize>,
    /// Named sets of answers.
    pub personas: HashMap<&'a str, usize>,
    /// Questions that nothing is checked against, because they have problems themselves or share an
    /// id.
    unsettled: HashSet<&'a str>,
    /// Whether there may be more questions in parts that could not be read.
    pub more_questions: bool,
}

impl<'a> Symbols<'a> {
    /// All ids of `pack`; of two equal ones, the first counts.
    pub fn of(pack: &'a Pack) -> Self {
        let questions = pack.questions.iter().enumerate().rev();
        let settings = pack
            .settings
            .iter()
            .map(|setting| (setting.name.value.as_str(), setting));
        Self {
            questions: questions
                .map(|(n, question)| (question.id.value.as_str(), (n, question)))
                .collect(),
            facts: numbered(pack.facts.iter().map(|fact| &fact.id)),
            groups: numbered(pack.groups.iter().map(|group| &group.id)),
            settings: settings.collect(),
            coverage: coverage::of(pack),
            citations: numbered(pack.citations.iter().map(|citation| &citation.id)),
            advice: numbered(pack.advice.iter().map(|advice| &advice.id)),
            rules: numbered(pack.rules.iter().map(|rule| &rule.id)),
            personas: numbered(pack.personas.iter().map(|persona| &persona.id)),
            unsettled: unsettled(pack),
            more_questions: pack.unseen.may_have(Code::UnknownQuestion),
        }
    }

    /// Whether sentences and answers can be checked against this question.
    pub fn settled(&self, question: &str) -> bool {
        !self.unsettled.contains(question)
    }

    /// The problem that no question is called `word`.
    pub fn unknown_question(&self, word: &str, place: Place) -> Diagnostic {
        unknown(word, place, &QUESTION, self.questions.keys().copied())
    }

    /// The ids of the questions, in alphabetical order.
    pub fn question_ids(&self) -> Vec<&'a str> {
        let mut ids: Vec<&str> = self.questions.keys().copied().collect();
        ids.sort_unstable();
        ids
    }

    /// The ids of the groups of medicines, in alphabetical order.
    pub fn group_ids(&self) -> Vec<&'a str> {
        let mut ids: Vec<&str> = self.groups.keys().copied().collect();
        ids.sort_unstable();
        ids
    }
}

fn unsettled(pack: &Pack) -> HashSet<&str> {
    let mut seen = HashSet::new();
    let mut amiss = HashSet::new();
    for question in &pack.questions {
        let id = question.id.value.as_str();
        if !seen.insert(id) || !question.whole {
            amiss.insert(id);
        }
    }
    amiss
}

fn numbered<'a>(
    ids: impl DoubleEndedIterator<Item = &'a Located<String>> + ExactSizeIterator,
) -> HashMap<&'a str, usize> {
    ids.enumerate()
        .rev()
        .map(|(number, id)| (id.value.as_str(), number))
        .collect()
}

/// A kind of entry: its name, its section, and the code of the problem of an unknown id.
pub struct Kind(&'static str, Option<&'static str>, Code);

/// Questions.
pub const QUESTION: Kind = Kind("question", Some("questions"), Code::UnknownQuestion);
/// Named conditions.
pub const FACT: Kind = Kind("fact", Some("facts"), Code::UnknownFact);
/// Groups of medicines.
pub const GROUP: Kind = Kind("group of medicines", Some("groups"), Code::UnknownGroup);
/// Named waiting periods.
pub const SETTING: Kind = Kind("setting", Some("settings"), Code::UnknownSetting);
/// The sources of rules.
pub const SOURCE: Kind = Kind("source", Some("sources"), Code::UnknownSource);
/// Texts that rules name.
pub const ADVICE: Kind = Kind("piece of advice", Some("advice"), Code::UnknownAdvice);
/// Rules.
pub const RULE: Kind = Kind("rule", None, Code::UnknownRule);
/// Named sets of answers.
pub const PERSONA: Kind = Kind("persona", Some("personas"), Code::UnknownPersona);

/// The problem that no entry of this kind is called `word`. It suggests the closest id or, if none
/// is close, lists all ids and says where to add one.
pub fn unknown<'a>(
    word: &str,
    place: Place,
    kind: &Kind,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let Kind(thing, section, code) = kind;
    let mut known: Vec<&str> = known.filter(|name| !name.is_empty()).collect();
    known.sort_unstable();
    let problem = Diagnostic::new(*code, place, format!("no {thing} is called `{word}`"));
    let way_out = way_out(word, thing, known.iter().copied());
    match section {
        Some(section) if known.is_empty() => {
            problem.help(format!("{way_out}: add `{word}` under `{section}`"))
        }
        Some(section) if meant(word, &known).is_none() => problem
            .help(way_out)
            .help(format!("or add `{word}` under `{section}`")),
        _ => problem.help(way_out),
    }
}

/// Looks up an id; an unknown one is reported with the closest known id.
pub fn look_up(
    id: &Located<String>,
    known: &HashMap<&str, usize>,
    kind: &Kind,
    problems: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let found = known.get(id.value.as_str()).copied();
    if found.is_none() {
        problems.push(unknown(&id.value, id.place, kind, known.keys().copied()));
    }
    found
}
