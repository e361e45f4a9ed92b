//! The parts of a record, read strictly: every key is there, no other is, and
//! each holds what it should. Problems are gathered with their places.

use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::source::Place;
use candidacy_engine::suggest::{listed, way_out};
use candidacy_engine::yaml::{Node, Value};

/// Keys and values whose keys have been checked. What is wrong with a value is
/// complained about, and something empty stands in for it.
pub struct Entry<'a> {
    place: Place,
    pairs: &'a [(Node, Node)],
}

/// What a broken record is told to do.
const WRITTEN: &str =
    "records are written by `candidacy screen --record`; take an unchanged copy of this one";

impl<'a> Entry<'a> {
    /// The entry in `node`, called `what`; its keys are just `known`.
    pub fn of(node: &'a Node, what: &str, known: &[&str], problems: &mut Vec<Diagnostic>) -> Self {
        Self::with(node, what, known, &[], problems)
    }

    /// The same, where the `optional` ones of the keys may be missing.
    pub fn with(
        node: &'a Node,
        what: &str,
        known: &[&str],
        optional: &[&str],
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let Value::Entry(pairs) = &node.value else {
            problems.push(wrong(node.place, format!("a {what} is expected here")));
            return Self {
                place: node.place,
                pairs: &[],
            };
        };
        let entry = Self {
            place: pairs.first().map_or(node.place, |(key, _)| key.place),
            pairs,
        };
        let mut seen: Vec<&str> = Vec::new();
        for (key, _) in pairs {
            let name = text_of(key).unwrap_or_default();
            if seen.contains(&name) {
                let message = format!("`{name}` stands twice in one {what}");
                problems
                    .push(Diagnostic::new(Code::DuplicateKey, key.place, message).help(WRITTEN));
            } else if !known.contains(&name) {
                let message = format!("a {what} has no key `{name}`");
                let help = way_out(name, "key", known.iter().copied());
                problems.push(Diagnostic::new(Code::UnknownKey, key.place, message).help(help));
            }
            seen.push(name);
        }
        let missing: Vec<&&str> = known
            .iter()
            .filter(|key| !seen.contains(*key) && !optional.contains(*key))
            .collect();
        if !missing.is_empty() {
            let message = format!("this {what} has no {}", listed(&missing));
            problems.push(Diagnostic::new(Code::MissingKey, entry.place, message).help(WRITTEN));
        }
        entry
    }

    /// Where to point when the entry as a whole is meant.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The value behind `key`, when something stands there.
    pub fn get(&self, key: &str) -> Option<&'a Node> {
        let pair = self
            .pairs
            .iter()
            .find(|(name, _)| text_of(name) == Some(key));
        pair.map(|(_, value)| value)
            .filter(|value| !matches!(value.value, Value::Nothing))
    }

    /// The value behind `key`, where null may not stand. That the key is there
    /// at all has been checked.
    pub fn need(&self, key: &str, problems: &mut Vec<Diagnostic>) -> Option<&'a Node> {
        let mut names = self.pairs.iter().map(|(name, _)| name);
        let value = self.get(key);
        if let Some(name) = names
            .find(|name| text_of(name) == Some(key))
            .filter(|_| value.is_none())
        {
            problems.push(wrong(name.place, format!("nothing stands behind `{key}`")));
        }
        value
    }

    /// The text behind `key`, exactly.
    pub fn text(&self, key: &str, problems: &mut Vec<Diagnostic>) -> String {
        self.need(key, problems)
            .and_then(|_| self.optional(key, problems))
            .unwrap_or_default()
    }

    /// The text behind `key`; none where null stands.
    pub fn optional(&self, key: &str, problems: &mut Vec<Diagnostic>) -> Option<String> {
        let node = self.get(key)?;
        let text = text_of(node).map(str::to_owned);
        if text.is_none() {
            problems.push(wrong(node.place, format!("`{key}` is one text")));
        }
        text
    }

    /// One of `words` behind `key`.
    pub fn word(&self, key: &str, words: &[&str], problems: &mut Vec<Diagnostic>) -> String {
        let text = self.text(key, problems);
        if let Some(node) = self.get(key).filter(|_| !words.contains(&text.as_str())) {
            let message = format!("`{key}` cannot be `{text}`");
            let help = way_out(&text, "word", words.iter().copied());
            problems
                .push(Diagnostic::new(Code::UnknownWord, visible(node.place), message).help(help));
        }
        text
    }

    /// Yes or no behind `key`.
    pub fn flag(&self, key: &str, problems: &mut Vec<Diagnostic>) -> bool {
        self.word(key, &["true", "false"], problems) == "true"
    }

    /// A day behind `key`.
    pub fn day(&self, key: &str, problems: &mut Vec<Diagnostic>) -> String {
        let text = self.text(key, problems);
        self.check_day(key, &text, problems);
        text
    }

    /// A day behind `key`; none where null stands.
    pub fn optional_day(&self, key: &str, problems: &mut Vec<Diagnostic>) -> Option<String> {
        let text = self.optional(key, problems)?;
        self.check_day(key, &text, problems);
        Some(text)
    }

    fn check_day(&self, key: &str, text: &str, problems: &mut Vec<Diagnostic>) {
        if let Some(node) = self.get(key).filter(|_| Date::from_iso(text).is_none()) {
            let message = format!("`{text}` is no day of the calendar");
            problems.push(
                Diagnostic::new(Code::BadValue, visible(node.place), message)
                    .help("a day is written as year, month and day: 2026-11-20"),
            );
        }
    }

    /// The list behind `key`, each item as `read` reads it.
    pub fn list<T>(
        &self,
        key: &str,
        problems: &mut Vec<Diagnostic>,
        mut read: impl FnMut(&'a Node, &mut Vec<Diagnostic>) -> T,
    ) -> Vec<T> {
        match self.need(key, problems) {
            Some(Node {
                value: Value::List(items),
                ..
            }) => items.iter().map(|item| read(item, problems)).collect(),
            Some(node) => {
                problems.push(wrong(node.place, format!("`{key}` is a list")));
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// The texts of the list behind `key`.
    pub fn texts(&self, key: &str, problems: &mut Vec<Diagnostic>) -> Vec<String> {
        self.list(key, problems, |item, problems| {
            let text = text_of(item);
            if text.is_none() {
                problems.push(wrong(item.place, format!("`{key}` is a list of texts")));
            }
            text.unwrap_or_default().to_owned()
        })
    }
}

/// The text of a node, when it is one.
pub fn text_of(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text { text, .. } => Some(text),
        _ => None,
    }
}

/// A place with something to see.
pub fn visible(place: Place) -> Place {
    Place {
        end: place.end.max(place.start + 1),
        ..place
    }
}

fn wrong(place: Place, message: String) -> Diagnostic {
    Diagnostic::new(Code::WrongShape, visible(place), message).help(WRITTEN)
}
