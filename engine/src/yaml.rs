//! Reads YAML text into a tree in which every key and value has its place.
//!
//! Only this module uses the YAML parser. It keeps every scalar as the text that was written (`no`,
//! `012`, `1.10` and `2026-05` stay unchanged). It keeps repeated keys, so that both places can be
//! shown. It refuses features that rule files do not use: anchors, aliases, tags, merge keys,
//! complex keys, second documents.

use super::diagnostic::Diagnostic;
use super::source::{Place, Source};

use serde::de::IgnoredAny;
use serde_yaml::options::DuplicateKeyPolicy;

mod cursor;
mod encoding;
mod features;
mod invisible;
mod messages;
mod quotes;
mod tree;
mod typed;

pub use typed::read_as;

/// A value and its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its place; for a list or an entry, where it begins.
    pub place: Place,
    /// The comment after it on its line. None for quoted values, in which a `#` would be part of
    /// the text.
    pub comment: Option<Place>,
}

impl Node {
    /// The value of `key`, if this is an entry with that key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Value::Entry(pairs) = &self.value else {
            return None;
        };
        let mut pairs = pairs.iter();
        let pair = pairs.find(|(name, _)| text_of(name) == Some(key));
        pair.map(|(_, value)| value)
    }
}

/// The shapes of YAML values.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing was written.
    Nothing,
    /// A text as written, with quotes and folding removed.
    Text {
        /// The text.
        text: String,
        /// The position of its first letter, if the text in the file is identical.
        verbatim: Option<usize>,
    },
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order written; keys may repeat.
    Entry(Vec<(Node, Node)>),
}

/// Reads the text of `source`, which has the index `index`: a file that a person wrote.
///
/// # Errors
///
/// One diagnostic if the text is not YAML, has invisible characters, or uses a feature that rule
/// files do not use.
pub fn read(index: usize, source: &Source) -> Result<Node, Box<Diagnostic>> {
    if let Some(problem) = encoding::not_utf8(index, source) {
        return Err(problem);
    }
    if let Some(problem) = invisible::first(index, &source.text) {
        return Err(problem);
    }
    let node = read_any_text(index, source)?;
    quotes::check(&node, source)?;
    Ok(node)
}

/// Like [`read`], for a file that this program wrote: its texts may contain any character.
///
/// # Errors
///
/// One diagnostic if the text is not YAML, or uses a feature that these files do not use.
pub fn read_any_text(index: usize, source: &Source) -> Result<Node, Box<Diagnostic>> {
    if let Some(problem) = encoding::not_utf8(index, source) {
        return Err(problem);
    }
    tree::of(index, source).unwrap_or_else(|| Err(refused(index, source)))
}

/// The problem of a text for which no tree can be made. The deserializer gives more details than
/// the events of the parser.
fn refused(index: usize, source: &Source) -> Box<Diagnostic> {
    let read = typed::parse::<IgnoredAny>(&source.text, DuplicateKeyPolicy::LastWins);
    let problem = match read {
        Err(error) => Some(Box::new(messages::refused(&error, index, source))),
        Ok(_) => features::first(index, &source.text),
    };
    problem.unwrap_or_else(|| Box::new(messages::too_large_a_file(index, source)))
}

/// The text of a node, if it is a text.
#[must_use]
pub fn text_of(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text { text, .. } => Some(text),
        _ => None,
    }
}

/// A place that can be marked: one byte if the place is empty.
#[must_use]
pub fn visible(place: Place) -> Place {
    Place {
        end: place.end.max(place.start + 1),
        ..place
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, Value, read};
    use crate::source::Source;

    fn show(node: &Node) -> String {
        match &node.value {
            Value::Nothing => "~".to_owned(),
            Value::Text { text, verbatim } => {
                format!(
                    "{text}@{}{}",
                    node.place.start,
                    if verbatim.is_some() { "" } else { "?" }
                )
            }
            Value::List(items) => {
                format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(" "))
            }
            Value::Entry(pairs) => {
                let pairs: Vec<_> = pairs
                    .iter()
                    .map(|(k, v)| format!("{}={}", show(k), show(v)))
                    .collect();
                format!("{{{}}}", pairs.join(" "))
            }
        }
    }

    #[test]
    fn texts_stay_as_written_and_know_their_place() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            let node = read(0, &Source::new("x.yaml", text)).expect("YAML");
            assert_eq!(show(&node), expected, "{text}");
        }

        case("a: no", "{a@0=no@3}");
        case("a: 012", "{a@0=012@3}");
        case(
            "a: [1.10, true, 2026-05, .nan]",
            "{a@0=[1.10@4 true@10 2026-05@16 .nan@25]}",
        );
        case("a: 'x y'", "{a@0=x y@3}");
        case("a: \"x\\ty\"", "{a@0=x\ty@3?}");
        case("é: ü", "{é@0=ü@4}");
        case("a:", "{a@0=~}");
        case("a: 1\na: 2", "{a@0=1@3 a@5=2@8}");
        case("{\"a\":\t[null]}", "{a@1=[~]}");
        case("\u{feff}a: 1\r\nb: 2\r\n", "{a@0=1@3 b@6=2@9}");
        case("a: >-\n  x\n  y\n", "{a@0=x y@8?}");
    }

    #[test]
    fn a_comment_after_a_value_without_quotes() {
        #[track_caller]
        fn case(text: &str, expected: Option<&str>) {
            fn first(node: &Node) -> Option<&crate::source::Place> {
                match &node.value {
                    Value::List(items) => items.iter().find_map(first),
                    Value::Entry(pairs) => pairs.iter().find_map(|(_, value)| first(value)),
                    _ => node.comment.as_ref(),
                }
            }
            let node = read(0, &Source::new("x.yaml", text)).expect("YAML");
            let found = first(&node).and_then(|place| text.get(place.start..place.end));
            assert_eq!(found, expected, "{text}");
        }

        case("a: x 50 #30, y", Some("#30, y"));
        case("a: x\t# y  \r\nb: 1", Some("# y"));
        case("a:\n  x\n  y # z\nb: 1", Some("# z"));
        case("a: null #30", Some("#30"));
        case("a: #30\nb: 1", Some("#30"));
        case("a:\n  - x\n  - y #30", Some("#30"));
        case("a:\n  - #30\n  - y", Some("#30"));
        case("a: [x #30, y\n, z]", Some("#30, y"));
        case("{a: x #30\n}", Some("#30"));
        case("a: \"x\" # y", None);
        case("a: 'x' # y", None);
        case("a: [x, y] # z", None);
        case("a: # y\n  - x", None);
        case("a: # y\n  b: x", None);
        case("a: x\n# y\nb: 1", None);
        case("a: x#30", None);
        case("a: >-\n  x #30\n# y\nb: 1", None);
        case("a: | # y\n  x\n\n# z\nb: 1", None);
    }

    #[test]
    fn what_rule_files_do_not_use_is_refused() {
        for text in [
            "a: &x 1",
            "a: *x",
            "a: !!str 1",
            "a: !x 1",
            "<<: {a: 1}",
            "a: 1\n---\nb: 2",
        ] {
            let problem = read(0, &Source::new("x.yaml", text)).expect_err(text);
            assert_eq!(problem.code.word(), "yaml-feature", "{text}");
        }
    }
}
