//! Reads one entry of a file key by key, and reports everything that is wrong.

use crate::date::Date;
use crate::diagnostic::Problems;
use crate::diagnostic::{Code, Diagnostic};
use crate::normalize::normalize;
use crate::source::{Located, Place};
use crate::suggest::{a, listed_all};
use crate::verdict::Grade;
use crate::yaml::{Node, Value};
use crate::yaml::{text_of, visible};

use super::Condition;
use super::check_keys;
use super::condition::condition;
use super::unknown_words::{unknown_grade, unknown_word};

/// The keys and values of one entry.
pub struct MapReader<'a> {
    /// The kind of entry, in an author's words: `rule`, `question`.
    what: &'static str,
    /// The place for problems of missing keys: that of the id, or the start of the entry.
    place: Place,
    /// Whether it is written in braces on one line.
    braced: bool,
    /// The known keys that misspelled ones were probably meant to be.
    meant: Vec<&'static str>,
    pairs: &'a [(Node, Node)],
}

impl<'a> MapReader<'a> {
    /// Reads the entry in `node`; if it is not an entry, this is reported and the result is none.
    /// Keys that are not in `known` or are repeated are reported too.
    pub fn of(
        node: &'a Node,
        what: &'static str,
        known: &[&'static str],
        problems: &mut Problems,
    ) -> Option<Self> {
        let Value::Entry(pairs) = &node.value else {
            let message = match what {
                "file" => "keys with values are expected here".to_owned(),
                _ => format!("{} is expected here, as keys and values", a(what)),
            };
            let help = format!("{} has the keys {}", a(what), listed_all(known));
            problems
                .push(Diagnostic::new(Code::WrongShape, visible(node.place), message).help(help));
            return None;
        };
        let id = pairs
            .iter()
            .find(|(key, _)| matches!(text_of(key), Some("id" | "name" | "claim")));
        let place = id.map_or_else(
            || pairs.first().map_or(node.place, |(key, _)| key.place),
            |(_, value)| visible(value.place),
        );
        let meant = check_keys::check(pairs, what, known, problems);
        problems.extend(pairs.iter().filter_map(|pair| empty(pair, known)));
        Some(Self {
            what,
            place,
            braced: node.place.end > node.place.start,
            meant,
            pairs,
        })
    }

    /// Replaces a missing id: an empty name with the place of the entry.
    pub fn nameless(&self) -> Located<String> {
        Located {
            value: String::new(),
            place: self.place,
        }
    }

    /// A value with the place of the value of `key`.
    pub fn placed<T>(&self, key: &str, value: T) -> Located<T> {
        let place = self.get(key).map_or(self.place, |node| visible(node.place));
        Located { value, place }
    }

    /// The place of the key `key` itself, or of the entry.
    pub fn place_of(&self, key: &str) -> Place {
        let named = |(name, _): &&(Node, Node)| text_of(name) == Some(key);
        let found = self.pairs.iter().find(named);
        found.map_or(self.place, |(name, _)| name.place)
    }

    /// The known keys that misspelled ones were probably meant to be.
    pub fn meant(&self) -> &[&'static str] {
        &self.meant
    }

    /// Whether `key` is present, even without a value, or was probably meant by a misspelled key.
    pub fn means(&self, key: &str) -> bool {
        let mut keys = self.pairs.iter().map(|(name, _)| text_of(name));
        keys.any(|name| name == Some(key)) || self.meant.contains(&key)
    }

    /// The value of `key`; none if it is empty.
    pub fn get(&self, key: &str) -> Option<&'a Node> {
        let found = self
            .pairs
            .iter()
            .find(|(name, _)| text_of(name) == Some(key));
        found
            .map(|(_, value)| value)
            .filter(|value| !matches!(value.value, Value::Nothing))
    }

    /// The text of `key`, if there is one.
    pub fn text(&self, key: &str, problems: &mut Problems) -> Option<Located<String>> {
        self.get(key).and_then(|node| text(node, key, problems))
    }

    /// The text of `key`; if it is missing, the problem suggests a line with `example`.
    pub fn need(
        &self,
        key: &str,
        example: &str,
        problems: &mut Problems,
    ) -> Option<Located<String>> {
        self.missing(key, example, problems);
        self.text(key, problems)
    }

    /// Reports that `key` is missing, unless a misspelled key was reported already. If the key has
    /// no value, the example is added to that problem.
    pub fn missing(&self, key: &str, example: &str, problems: &mut Problems) {
        if self.means(key) {
            let mut empty = self.pairs.iter().filter(|(name, value)| {
                text_of(name) == Some(key) && matches!(value.value, Value::Nothing)
            });
            let found = empty.next().and_then(|(name, _)| {
                let mut found = problems.iter_mut().rev();
                found.find(|problem| problem.place == name.place)
            });
            if let Some(problem) = found {
                problem.help = vec![format!("write for example `{key}: {example}`")];
            }
            return;
        }
        let help = if self.braced {
            format!("add inside the braces `, {key}: {example}`")
        } else {
            format!("add a line such as `{key}: {example}`")
        };
        let message = format!("this {} has no `{key}`", self.what);
        problems.push(Diagnostic::new(Code::MissingKey, self.place, message).help(help));
    }

    /// The id: lower-case letters, digits, `-` and `_`, starting with a letter.
    pub fn id(&self, problems: &mut Problems) -> Option<Located<String>> {
        let id = self.need("id", "a-short-name", problems)?;
        check_id(&id, problems);
        Some(id)
    }

    /// The texts in the list of `key`; empty if it is missing.
    pub fn texts(&self, key: &str, problems: &mut Problems) -> Vec<Located<String>> {
        self.list(key, problems)
            .iter()
            .filter_map(|item| text(item, key, problems))
            .collect()
    }

    /// The list of `key`; empty if it is missing. If a key is repeated, which is reported
    /// elsewhere, all its lists are read.
    pub fn list(&self, key: &str, problems: &mut Problems) -> Vec<&'a Node> {
        let mut all = Vec::new();
        for (name, node) in self.pairs {
            match &node.value {
                _ if text_of(name) != Some(key) => {}
                Value::Nothing => {}
                Value::List(items) => all.extend(items),
                _ => problems.push(no_list(key, node)),
            }
        }
        all
    }

    /// Whether `key` has an empty list.
    pub fn is_empty_list(&self, key: &str) -> bool {
        let node = self.get(key).map(|node| &node.value);
        matches!(node, Some(Value::List(items)) if items.is_empty())
    }

    /// The yes or no of `key`; no if it is missing.
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

    /// The word of `key`, as converted by `read`.
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

    /// The grade of `key`.
    pub fn grade(&self, key: &str, problems: &mut Problems) -> Option<Grade> {
        let word = self.text(key, problems)?;
        let grade = Grade::from_word(&word.value);
        if grade.is_none() {
            problems.push(unknown_grade(&word, key));
        }
        grade
    }

    /// The day of `key`.
    pub fn date(&self, key: &str, problems: &mut Problems) -> Option<Date> {
        let written = self.text(key, problems)?;
        date(&written, problems)
    }

    /// The condition of `key`.
    pub fn condition(&self, key: &str, problems: &mut Problems) -> Option<Condition> {
        self.get(key).and_then(|node| condition(node, problems))
    }
}

fn is_empty(key: &str) -> String {
    format!("`{key}` is empty")
}

/// The problem of a key without a value.
fn empty((key, value): &(Node, Node), known: &[&'static str]) -> Option<Diagnostic> {
    let name = text_of(key).filter(|name| known.contains(name))?;
    matches!(value.value, Value::Nothing).then(|| {
        Diagnostic::new(Code::WrongShape, key.place, is_empty(name))
            .help("write its value after the colon, or remove the line")
    })
}

/// The problem of a value that should be a list.
fn no_list(key: &str, node: &Node) -> Diagnostic {
    let help = match &node.value {
        Value::Text { text, .. } => {
            format!("write `{key}: [{text}]`, or one entry a line, each beginning with `- `")
        }
        _ => "put `- ` before the first line of each entry".to_owned(),
    };
    let message = match &node.value {
        Value::Text { .. } => format!("`{key}` is a list, but this is one text"),
        _ => format!("`{key}` is a list, and this entry has no `- ` before it"),
    };
    Diagnostic::new(Code::WrongShape, visible(node.place), message).help(help)
}

/// A text that is not empty; anything else is reported.
pub fn text(node: &Node, key: &str, problems: &mut Problems) -> Option<Located<String>> {
    match &node.value {
        Value::Text { text, .. } if !text.trim().is_empty() => Some(Located {
            value: text.trim().to_owned(),
            place: visible(node.place),
        }),
        Value::Text { .. } | Value::Nothing => {
            let help = if matches!(node.value, Value::Nothing) {
                "write a text here, or remove it"
            } else {
                "write its text between the quotes"
            };
            problems.push(
                Diagnostic::new(Code::WrongShape, visible(node.place), is_empty(key)).help(help),
            );
            None
        }
        Value::List(_) | Value::Entry(_) => {
            let found = if matches!(node.value, Value::List(_)) {
                "this is a list"
            } else {
                "these are keys and values"
            };
            let message = format!("`{key}` is one text, and {found}");
            let help = "write one text; put it in double quotes if it begins with a bracket or contains a colon and a space";
            problems
                .push(Diagnostic::new(Code::WrongShape, visible(node.place), message).help(help));
            None
        }
    }
}

/// A day in ISO form; anything else is reported.
pub fn date(written: &Located<String>, problems: &mut Problems) -> Option<Date> {
    let day = Date::from_iso(&written.value);
    if day.is_none() {
        let digits = |b: u8| if b.is_ascii_digit() { b'0' } else { b };
        let form: Vec<u8> = written.value.bytes().map(digits).collect();
        let (fault, help) = if form == b"0000-00-00" {
            (
                "is not a day of the calendar",
                "check the month and the day",
            )
        } else {
            (
                "is not a day in the form of these files",
                "write year, month and day, for example `2026-11-20`",
            )
        };
        let message = format!("`{}` {fault}", written.value);
        problems.push(Diagnostic::new(Code::BadValue, written.place, message).help(help));
    }
    day
}

/// Reports an id that is not valid.
pub fn check_id(id: &Located<String>, problems: &mut Problems) {
    let mut letters = id.value.bytes();
    let begins = letters.next().is_some_and(|b| b.is_ascii_lowercase());
    let goes_on =
        letters.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_');
    if !(begins && goes_on) {
        let example = as_id(&id.value).unwrap_or_else(|| "recent-peel".to_owned());
        let help = format!(
            "use lower-case letters, digits, `-` and `_`, and begin with a letter, for example `{example}`"
        );
        let message = format!("`{}` cannot be an id", id.value);
        problems.push(Diagnostic::new(Code::BadId, id.place, message).help(help));
    }
}

/// `text` in small letters with dashes for gaps, if that is a valid id.
fn as_id(text: &str) -> Option<String> {
    let folded = normalize(text);
    let words: Vec<&str> = folded
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .collect();
    let id = words.join("-");
    id.starts_with(|c: char| c.is_ascii_lowercase())
        .then_some(id)
}

#[cfg(test)]
mod tests {
    use super::as_id;

    #[test]
    fn ids_made_of_other_words() {
        #[track_caller]
        fn case(text: &str, expected: Option<&str>) {
            assert_eq!(as_id(text).as_deref(), expected, "{text}");
        }

        case("Acne today", Some("acne-today"));
        case("Acné (active)", Some("acne-active"));
        case("2nd peel", None);
        case("?", None);
    }
}
