//! Conditions as written: a sentence, a list, or `all`, `any`, `none` over a list.

use crate::diagnostic::Problems;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;
use crate::suggest::meant;
use crate::yaml::{Node, Value};
use crate::yaml::{text_of, visible};

use super::{Condition, Rule, Sentence};

impl Condition {
    /// All its sentences, in the order written.
    #[must_use]
    pub fn sentences(&self) -> Vec<&Sentence> {
        let signed = self.signed(false).into_iter();
        signed.map(|(sentence, _)| sentence).collect()
    }

    /// All its sentences, each with whether it is denied. One under `none` is, if the whole is not `denied` itself.
    #[must_use]
    pub fn signed(&self, denied: bool) -> Vec<(&Sentence, bool)> {
        let (parts, denied) = match self {
            Self::Sentence(sentence) => return vec![(sentence, denied)],
            Self::All(parts) | Self::Any(parts) => (parts, denied),
            Self::None(parts) => (parts, !denied),
        };
        parts.iter().flat_map(|part| part.signed(denied)).collect()
    }
}

impl Sentence {
    /// Whether it is about the question or fact `id`.
    #[must_use]
    pub fn is_about(&self, id: &str) -> bool {
        let mut words = self.text.split_whitespace();
        words.find(|word| *word != "not") == Some(id)
    }
}

impl Rule {
    /// Its condition, and its exception if it has one.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        std::iter::once(&self.when).chain(&self.unless)
    }
}

/// The words that may precede a list of conditions.
const WORDS: &[&str] = &["all", "any", "none"];

/// The condition in `node`; invalid parts are reported and left out.
pub fn condition(node: &Node, problems: &mut Problems) -> Option<Condition> {
    match &node.value {
        Value::Text { text, verbatim } => Some(Condition::Sentence(Sentence {
            text: text.clone(),
            place: visible(node.place),
            verbatim: *verbatim,
        })),
        Value::List(items) => Some(Condition::All(parts(items, node, problems))),
        Value::Entry(pairs) => keyed(pairs, node, problems),
        Value::Nothing => {
            let message = "a condition is missing here";
            problems.push(problem(node.place, message).help(EXAMPLE));
            None
        }
    }
}

const EXAMPLE: &str = "write a sentence such as `acne is yes`, a list of sentences, or one of `all:`, `any:`, `none:` before a list";

fn keyed(pairs: &[(Node, Node)], node: &Node, problems: &mut Problems) -> Option<Condition> {
    let word = |key: &Node| text_of(key).and_then(|key| WORDS.iter().find(|word| **word == key));
    if let Some((key, value)) = pairs.iter().find(|(key, _)| word(key).is_none()) {
        problems.push(no_word(key, value));
        return None;
    }
    let [(key, value)] = pairs else {
        let place = pairs.get(1).map_or(node.place, |(key, _)| key.place);
        let problem = problem(
            place,
            "only one of `all`, `any` and `none` can be used here",
        );
        problems.push(
            problem.help("write them as a list: `[{all: [first, second]}, {none: [third]}]`"),
        );
        return None;
    };
    let word = word(key)?;
    let Value::List(items) = &value.value else {
        let list = text_of(value).unwrap_or("first, second");
        let problem = problem(value.place, format!("a list is expected after `{word}`"));
        problems.push(problem.help(format!("write `{word}: [{list}]`")));
        return None;
    };
    let parts = parts(items, value, problems);
    Some(match *word {
        "any" => Condition::Any(parts),
        "none" => Condition::None(parts),
        _ => Condition::All(parts),
    })
}

/// The problem of a key other than `all`, `any` or `none`, usually a sentence written as key and
/// value.
fn no_word(key: &Node, value: &Node) -> Diagnostic {
    let problem = problem(key.place, "a condition is a sentence, but this is a key");
    match (text_of(key), text_of(value)) {
        (Some(key), None) if meant(key, WORDS).is_some() => problem.help(format!(
            "did you mean `{}`?",
            meant(key, WORDS).unwrap_or("all")
        )),
        (Some(key), Some(value)) => problem.help(format!(
            "write a sentence without a colon, for example `{key} is {value}`"
        )),
        _ => problem.help(EXAMPLE),
    }
}

fn parts(items: &[Node], node: &Node, problems: &mut Problems) -> Vec<Condition> {
    if items.is_empty() {
        problems.push(problem(node.place, "this list of conditions is empty").help(EXAMPLE));
    }
    items
        .iter()
        .filter_map(|item| condition(item, problems))
        .collect()
}

fn problem(place: Place, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::WrongShape, visible(place), message)
}
