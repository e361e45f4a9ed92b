//! What entries of a pack need: the names that they use and do not define.

use std::collections::HashSet;

use crate::sentence;
use crate::sentence::Says;
use crate::source::Place;
use crate::yaml::{Node, Value, text_of};

/// The names that entries use.
#[derive(Debug, Default)]
pub struct Needs {
    /// Sources.
    pub sources: HashSet<String>,
    /// Advice.
    advice: HashSet<String>,
    /// The words of sentences, and the names in braces in texts: facts, settings and medicine groups are among them.
    words: HashSet<String>,
    /// Whether medicines are asked for or read. Then all groups are needed, so that no name becomes unrecognised.
    pub medicines: bool,
    /// What sentences are about, and where.
    pub subjects: Vec<(String, Place)>,
    /// The facts among the subjects.
    pub facts: HashSet<String>,
}

/// The keys whose values are conditions.
const CONDITIONS: &[&str] = &["when", "unless", "ask_when"];

impl Needs {
    /// Adds what the file needs.
    pub fn add_file(&mut self, tree: &Node) {
        let Value::Entry(pairs) = &tree.value else {
            return;
        };
        for (key, value) in pairs {
            if let (Some(section), Value::List(entries)) = (text_of(key), &value.value) {
                for entry in entries {
                    self.add_entry(section, entry);
                }
            }
        }
    }

    /// Adds what an entry of this section needs.
    pub fn add_entry(&mut self, section: &str, entry: &Node) {
        if let Some(id) = entry
            .get("id")
            .and_then(text_of)
            .filter(|_| section == "facts")
        {
            self.facts.insert(id.to_owned());
        }
        let Value::Entry(pairs) = &entry.value else {
            return;
        };
        for (key, value) in pairs {
            match text_of(key) {
                Some("sources") => texts(value, &mut |text, _| {
                    self.sources.insert(text.to_owned());
                }),
                Some("advice") => texts(value, &mut |text, _| {
                    self.advice.insert(text.to_owned());
                }),
                Some(key) if CONDITIONS.contains(&key) => self.add_sentences(value),
                Some("type") if section == "questions" => {
                    self.medicines |= text_of(value) == Some("medicines");
                }
                _ => texts(value, &mut |text, _| self.add_names_in_braces(text)),
            }
        }
    }

    /// Adds what a condition needs.
    pub fn add_sentences(&mut self, condition: &Node) {
        texts(condition, &mut |text, place| self.add_sentence(text, place));
    }

    fn add_sentence(&mut self, text: &str, place: Place) {
        self.words
            .extend(text.split_whitespace().map(str::to_owned));
        if let Ok(read) = sentence::read(text) {
            self.subjects.push((read.subject.text.to_owned(), place));
            self.medicines |= matches!(read.says, Says::Take(_));
        }
    }

    fn add_names_in_braces(&mut self, text: &str) {
        let pieces = text.split('{').skip(1);
        let names = pieces.filter_map(|piece| piece.split_once('}').map(|(name, _)| name));
        self.words.extend(names.map(|name| name.trim().to_owned()));
    }

    /// Whether the entry of this name in a section is needed.
    pub fn has(&self, section: &str, name: &str) -> bool {
        match section {
            "sources" => self.sources.contains(name),
            "advice" => self.advice.contains(name),
            "groups" => self.medicines,
            _ => self.words.contains(name),
        }
    }
}

/// All texts in a value.
fn texts(node: &Node, tell: &mut impl FnMut(&str, Place)) {
    match &node.value {
        Value::Nothing => {}
        Value::Text { text, .. } => tell(text, node.place),
        Value::List(items) => {
            for item in items {
                texts(item, tell);
            }
        }
        Value::Entry(pairs) => {
            for (_, value) in pairs {
                texts(value, tell);
            }
        }
    }
}
