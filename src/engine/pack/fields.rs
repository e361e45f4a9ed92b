//! One entry of a file, key by key, with a complaint for everything amiss.

use crate::engine::date::Date;
use crate::engine::diagnostic::{Code, Diagnostic};
use crate::engine::locate::{Node, Value};
use crate::engine::source::{Located, Place};
use crate::engine::suggest::{listed, way_out};

use super::{Condition, Sentence};

/// The keys and values of one entry.
pub struct Fields<'a> {
    /// What the entry is, in an author's words: `rule`, `question`.
    what: &'static str,
    /// Where to point when something is missing: the id, else where the entry begins.
    place: Place,
    pairs: &'a [(Node, Node)],
}

/// The diagnostics gathered so far.
pub type Problems = Vec<Diagnostic>;

impl<'a> Fields<'a> {
    /// The entry in `node`; nothing, and a complaint, when it is no entry.
    /// Complains about keys that are not in `known` or stand twice.
    pub fn of(
        node: &'a Node,
        what: &'static str,
        known: &[&str],
        problems: &mut Problems,
    ) -> Option<Self> {
        let Value::Entry(pairs) = &node.value else {
            problems.push(
                Diagnostic::new(
                    Code::WrongShape,
                    visible(node.place),
                    format!("a {what} is expected here, as keys and values"),
                )
                .help(format!("a {what} has the keys {}", listed(known))),
            );
            return None;
        };
        let id = pairs
            .iter()
            .find(|(key, _)| matches!(text_of(key), Some("id" | "name" | "claim")));
        let place = id.map_or_else(
            || pairs.first().map_or(node.place, |(key, _)| key.place),
            |(_, value)| visible(value.place),
        );
        check_keys(pairs, what, known, problems);
        Some(Self { what, place, pairs })
    }

    /// Where to point when the entry as a whole is meant.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The value behind `key`, unless nothing was written there.
    pub fn get(&self, key: &str) -> Option<&'a Node> {
        let found = self
            .pairs
            .iter()
            .find(|(name, _)| text_of(name) == Some(key));
        found
            .map(|(_, value)| value)
            .filter(|value| !matches!(value.value, Value::Nothing))
    }

    /// The text behind `key`, when there is one.
    pub fn text(&self, key: &str, problems: &mut Problems) -> Option<Located<String>> {
        self.get(key).and_then(|node| text(node, key, problems))
    }

    /// The text behind `key`; without it a complaint that shows `example` as a line to add.
    pub fn need(
        &self,
        key: &str,
        example: &str,
        problems: &mut Problems,
    ) -> Option<Located<String>> {
        if self.get(key).is_none() {
            self.missing(key, example, problems);
        }
        self.text(key, problems)
    }

    /// Complains that `key` is not there.
    pub fn missing(&self, key: &str, example: &str, problems: &mut Problems) {
        problems.push(
            Diagnostic::new(
                Code::MissingKey,
                self.place,
                format!("this {} has no `{key}`", self.what),
            )
            .help(format!("add a line such as `{key}: {example}`")),
        );
    }

    /// The id: lower-case letters, digits, `-` and `_`, beginning with a letter.
    pub fn id(&self, problems: &mut Problems) -> Option<Located<String>> {
        let id = self.need("id", "a-short-name", problems)?;
        check_id(&id, problems);
        Some(id)
    }

    /// The texts of the list behind `key`; none when it is absent.
    pub fn texts(&self, key: &str, problems: &mut Problems) -> Vec<Located<String>> {
        self.list(key, problems)
            .iter()
            .filter_map(|item| text(item, key, problems))
            .collect()
    }

    /// The list behind `key`; empty when it is absent.
    pub fn list(&self, key: &str, problems: &mut Problems) -> &'a [Node] {
        match self.get(key) {
            None => &[],
            Some(Node {
                value: Value::List(items),
                ..
            }) => items,
            Some(node) => {
                let example = match &node.value {
                    Value::Text { text, .. } => format!("{key}: [{text}]"),
                    _ => format!("{key}: [one, two]"),
                };
                problems.push(
                    Diagnostic::new(
                        Code::WrongShape,
                        visible(node.place),
                        format!("`{key}` is a list"),
                    )
                    .help(format!(
                        "write `{example}`, or one entry a line, each beginning with `- `"
                    )),
                );
                &[]
            }
        }
    }

    /// Yes or no behind `key`; no when it is absent.
    pub fn flag(&self, key: &str, problems: &mut Problems) -> bool {
        let Some(word) = self.text(key, problems) else {
            return false;
        };
        match word.value.to_lowercase().as_str() {
            "yes" | "true" => true,
            "no" | "false" => false,
            _ => {
                problems.push(unknown_word(&word, key, &["yes", "no"]));
                false
            }
        }
    }

    /// One of a few words behind `key`, as `read` understands them.
    pub fn word<T>(
        &self,
        key: &str,
        words: &[&str],
        read: impl Fn(&str) -> Option<T>,
        problems: &mut Problems,
    ) -> Option<T> {
        let word = self.text(key, problems)?;
        let value = read(&word.value);
        if value.is_none() {
            problems.push(unknown_word(&word, key, words));
        }
        value
    }

    /// A day behind `key`.
    pub fn date(&self, key: &str, problems: &mut Problems) -> Option<Date> {
        let written = self.text(key, problems)?;
        date(&written, problems)
    }

    /// A condition behind `key`.
    pub fn condition(&self, key: &str, problems: &mut Problems) -> Option<Condition> {
        self.get(key).and_then(|node| condition(node, problems))
    }
}

/// The text of a node, when it is one.
pub fn text_of(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text { text, .. } => Some(text),
        _ => None,
    }
}

/// A text that is not empty, or a complaint.
pub fn text(node: &Node, key: &str, problems: &mut Problems) -> Option<Located<String>> {
    match &node.value {
        Value::Text { text, .. } if !text.trim().is_empty() => Some(Located {
            value: text.trim().to_owned(),
            place: visible(node.place),
        }),
        Value::Text { .. } | Value::Nothing => {
            problems.push(
                Diagnostic::new(
                    Code::WrongShape,
                    visible(node.place),
                    format!("`{key}` is empty"),
                )
                .help("write its text, or leave the key out"),
            );
            None
        }
        Value::List(_) | Value::Entry(_) => {
            let found = if matches!(node.value, Value::List(_)) {
                "a list"
            } else {
                "keys and values"
            };
            problems.push(
                Diagnostic::new(
                    Code::WrongShape,
                    visible(node.place),
                    format!("`{key}` is one text, and {found} stands here"),
                )
                .help("write one text; put it in double quotes if it holds a colon and a blank"),
            );
            None
        }
    }
}

/// A day in ISO form, or a complaint.
pub fn date(written: &Located<String>, problems: &mut Problems) -> Option<Date> {
    let day = Date::from_iso(&written.value);
    if day.is_none() {
        problems.push(
            Diagnostic::new(
                Code::BadValue,
                written.place,
                format!("`{}` is no day of the calendar", written.value),
            )
            .help("write year, month and day, for example `2026-11-20`"),
        );
    }
    day
}

/// A condition: a sentence, a list, or `all`, `any`, `none` over a list.
pub fn condition(node: &Node, problems: &mut Problems) -> Option<Condition> {
    match &node.value {
        Value::Text { text, verbatim } => Some(Condition::Sentence(Sentence {
            text: text.clone(),
            place: visible(node.place),
            verbatim: *verbatim,
        })),
        Value::List(items) => Some(Condition::All(parts(items, node, problems)?)),
        Value::Entry(pairs) => match pairs.as_slice() {
            [(key, value)] if matches!(text_of(key), Some("all" | "any" | "none")) => {
                let Value::List(items) = &value.value else {
                    problems.push(condition_shape(value.place));
                    return None;
                };
                let parts = parts(items, value, problems)?;
                Some(match text_of(key) {
                    Some("any") => Condition::Any(parts),
                    Some("none") => Condition::None(parts),
                    _ => Condition::All(parts),
                })
            }
            _ => {
                problems.push(condition_shape(
                    pairs.first().map_or(node.place, |(key, _)| key.place),
                ));
                None
            }
        },
        Value::Nothing => {
            problems.push(condition_shape(node.place));
            None
        }
    }
}

fn parts(items: &[Node], node: &Node, problems: &mut Problems) -> Option<Vec<Condition>> {
    if items.is_empty() {
        problems.push(condition_shape(node.place));
        return None;
    }
    let parts: Vec<_> = items
        .iter()
        .filter_map(|item| condition(item, problems))
        .collect();
    (parts.len() == items.len()).then_some(parts)
}

fn condition_shape(place: Place) -> Diagnostic {
    Diagnostic::new(Code::WrongShape, visible(place), "a condition is expected here")
        .help("write one sentence such as `acne is inflamed`, a list of sentences, or one of `all:`, `any:`, `none:` with a list")
}

/// A complaint about a word that is none of `words`.
pub fn unknown_word(word: &Located<String>, key: &str, words: &[&str]) -> Diagnostic {
    Diagnostic::new(
        Code::UnknownWord,
        word.place,
        format!("`{key}` cannot be `{}`", word.value),
    )
    .help(way_out(&word.value, "word", words.iter().copied()))
}

/// Complains about an id that is none.
pub fn check_id(id: &Located<String>, problems: &mut Problems) {
    let mut letters = id.value.bytes();
    let begins = letters.next().is_some_and(|b| b.is_ascii_lowercase());
    let goes_on =
        letters.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_');
    if !(begins && goes_on) {
        problems.push(
            Diagnostic::new(Code::BadId, id.place, format!("`{}` is no id", id.value))
                .help("use lower-case letters, digits, `-` and `_`, and begin with a letter, for example `recent-peel`"),
        );
    }
}

/// A place with something to see: one byte where nothing was written.
pub fn visible(place: Place) -> Place {
    Place {
        end: place.end.max(place.start + 1),
        ..place
    }
}

fn check_keys(pairs: &[(Node, Node)], what: &str, known: &[&str], problems: &mut Problems) {
    for (index, (key, _)) in pairs.iter().enumerate() {
        let Some(name) = text_of(key) else {
            problems.push(Diagnostic::new(
                Code::WrongShape,
                visible(key.place),
                "a key is one word",
            ));
            continue;
        };
        let earlier = pairs
            .iter()
            .take(index)
            .find(|(other, _)| text_of(other) == Some(name));
        if let Some((first, _)) = earlier {
            problems.push(
                Diagnostic::new(
                    Code::DuplicateKey,
                    key.place,
                    format!("`{name}` stands twice in one {what}"),
                )
                .other(first.place, "the first one")
                .help("keep one of them"),
            );
        } else if !known.contains(&name) {
            problems.push(
                Diagnostic::new(
                    Code::UnknownKey,
                    key.place,
                    format!("a {what} has no key `{name}`"),
                )
                .help(way_out(name, "key", known.iter().copied())),
            );
        }
    }
}
