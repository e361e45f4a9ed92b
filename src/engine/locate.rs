//! YAML text to a tree in which every key and value knows its place.
//!
//! The only file that names the YAML parser. It keeps every scalar as the text
//! that was written (`no`, `012`, `1.10` and `2026-05` stay what they are), keeps
//! repeated keys so that both places can be shown, and refuses what rule files
//! do not use: anchors, aliases, tags, merge keys, second documents.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{
    Spanned,
    options::{DuplicateKeyPolicy, MergeKeyPolicy, NonFiniteFloatPolicy},
};

use super::diagnostic::{Code, Diagnostic};
use super::source::{Place, Source};

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where: for a list or an entry, where it begins.
    pub place: Place,
}

/// The three shapes of YAML.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing was written.
    Nothing,
    /// A text, as written; quotes and folding undone.
    Text {
        /// The text.
        text: String,
        /// Where it begins when it stands in the file letter for letter.
        verbatim: Option<usize>,
    },
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order written; keys may repeat.
    Entry(Vec<(Node, Node)>),
}

/// The most levels a file may nest, and values it may hold: far more than any
/// pack needs, so that a hostile file ends in a message.
const DEEPEST: usize = 32;
const LARGEST: usize = 400_000;

/// Reads the text of `source`, which goes by the number `index`.
///
/// # Errors
///
/// One diagnostic when the text is no YAML, or holds what these files do not use.
pub fn read(index: usize, source: &Source) -> Result<Node, Box<Diagnostic>> {
    let options = serde_yaml::options! {
        strict_booleans: true,
        duplicate_keys: DuplicateKeyPolicy::LastWins,
        merge_keys: MergeKeyPolicy::Error,
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        reject_unsupported_tags: true,
        with_snippet: false,
        budget: serde_yaml::budget! {
            max_aliases: 0,
            max_anchors: 0,
            max_depth: DEEPEST,
            max_nodes: LARGEST,
            max_documents: 1,
        },
    };
    let tree: Spanned<Raw> = serde_yaml::from_str_with_options(&source.text, options)
        .map_err(|error| Box::new(refusal(&error, index, source)))?;
    place(tree, index, source)
}

/// What the parser hands over: only the shape matters, the text is cut from the file.
enum Raw {
    Nothing,
    Text(Option<String>),
    List(Vec<Spanned<Raw>>),
    Entry(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(Some(text.to_owned())))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Text(None))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Text(None))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Text(None))
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Text(None))
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Text(None))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Text(None))
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut pairs = Vec::new();
        while let Some(key) = map.next_key()? {
            pairs.push((key, map.next_value()?));
        }
        Ok(Raw::Entry(pairs))
    }
}

fn place(raw: Spanned<Raw>, index: usize, source: &Source) -> Result<Node, Box<Diagnostic>> {
    let span = raw.referenced.span();
    let at = |part: Option<u64>| part.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let start = at(span.byte_offset()).min(source.text.len());
    let end = (start + at(span.byte_len())).min(source.text.len());
    let place_of_value = Place {
        source: index,
        start,
        end,
    };
    refuse_tag(place_of_value, source)?;

    let value = match raw.value {
        Raw::Nothing => Value::Nothing,
        Raw::Text(parsed) => {
            let written = source.text.get(start..end).unwrap_or("");
            text(parsed, written, start)
        }
        Raw::List(items) => Value::List(
            items
                .into_iter()
                .map(|item| place(item, index, source))
                .collect::<Result<_, _>>()?,
        ),
        Raw::Entry(pairs) => Value::Entry(
            pairs
                .into_iter()
                .map(|(key, value)| Ok((place(key, index, source)?, place(value, index, source)?)))
                .collect::<Result<_, Box<Diagnostic>>>()?,
        ),
    };
    Ok(Node {
        value,
        place: place_of_value,
    })
}

/// The text that was written, and where it stands letter for letter.
fn text(parsed: Option<String>, written: &str, start: usize) -> Value {
    let Some(text) = parsed else {
        return Value::Text {
            text: written.to_owned(),
            verbatim: Some(start),
        };
    };
    let verbatim = if text == written {
        Some(start)
    } else if written.get(1..written.len().saturating_sub(1)) == Some(&text) {
        Some(start + 1)
    } else {
        None
    };
    Value::Text { text, verbatim }
}

/// Tags the parser knows (`!!str`) are refused like all others.
fn refuse_tag(place: Place, source: &Source) -> Result<(), Box<Diagnostic>> {
    // A look at the one letter that matters keeps this from costing more than the parser.
    let before = source
        .text
        .get(..place.start)
        .unwrap_or("")
        .trim_end_matches(' ');
    let tail = before
        .bytes()
        .rev()
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    if !before
        .get(..before.len() - tail)
        .is_some_and(|rest| rest.ends_with('!'))
    {
        return Ok(());
    }
    let line = before.rsplit('\n').next().unwrap_or("").trim_end();
    let word = line.rsplit([' ', '[', '{', ',']).next().unwrap_or("");
    if !word.starts_with('!') || line.contains('#') || line.contains('"') || line.contains('\'') {
        return Ok(());
    }
    let end = before.len() - (before.len() - before.trim_end().len());
    let tag = Place {
        source: place.source,
        start: end - word.len(),
        end,
    };
    Err(Box::new(
        Diagnostic::new(
            Code::YamlFeature,
            tag,
            format!("tags such as `{word}` are not used in these files"),
        )
        .help("leave the tag out; put the value in double quotes if it must stay a text"),
    ))
}

/// The parser's complaint in an author's words.
fn refusal(error: &serde_yaml::Error, index: usize, source: &Source) -> Diagnostic {
    let said = error.to_string();
    let at = error.location().map_or((1, 1), |location| {
        let number = |n: u64| usize::try_from(n).unwrap_or(1);
        (number(location.line()), number(location.column()))
    });
    let start = source.byte_at(at.0, at.1);
    let width = source
        .text
        .get(start..)
        .and_then(|rest| rest.chars().next())
        .map_or(0, char::len_utf8);
    let place = Place {
        source: index,
        start,
        end: start + width,
    };

    let known = COMPLAINTS.iter().find(|(part, ..)| said.contains(part));
    if let Some((_, code, message, help)) = known {
        return Diagnostic::new(*code, place, *message).help(*help);
    }
    let said = said
        .rsplit_once(" at line")
        .map_or(said.as_str(), |(said, _)| said);
    Diagnostic::new(Code::NotYaml, place, format!("this is no YAML: {said}"))
        .help("look at this line and the one above: an open quote or bracket, or indentation unlike its neighbours")
}

/// Part of the parser's message, and what an author reads instead.
const COMPLAINTS: &[(&str, Code, &str, &str)] = &[
    (
        "mapping values are not allowed",
        Code::NotYaml,
        "a colon and a blank inside a text that is not in quotes",
        "put the whole text in double quotes, for example `why: \"Needling: wait\"`, or check the indentation",
    ),
    (
        "Anchors",
        Code::YamlFeature,
        "anchors (`&name`) are not used in these files",
        "write the value out in each place; put a text that begins with `&` in double quotes",
    ),
    (
        "unknown anchor",
        Code::YamlFeature,
        "aliases (`*name`) are not used in these files",
        "write the value out; put a text that begins with `*` in double quotes",
    ),
    (
        "merge keys",
        Code::YamlFeature,
        "merge keys (`<<`) are not used in these files",
        "write the keys out in each entry",
    ),
    (
        "unsupported tag",
        Code::YamlFeature,
        "tags (`!name`) are not used in these files",
        "leave the tag out; put a text that begins with `!` in double quotes",
    ),
    (
        "Documents",
        Code::YamlFeature,
        "a second document begins here (`---`)",
        "put it in a file of its own, or leave the line out",
    ),
    (
        "Depth",
        Code::NotYaml,
        "nested too deep",
        "these files need no more than six levels",
    ),
    (
        "budget breached",
        Code::NotYaml,
        "this file is too large",
        "a pack of a thousand rules fits easily; split the file",
    ),
    (
        "tabs disallowed",
        Code::NotYaml,
        "a tab in the indentation",
        "indent with blanks, two for each level",
    ),
    (
        "unexpected character",
        Code::NotYaml,
        "a text may not begin with this character unless it is in quotes",
        "put the whole text in double quotes",
    ),
    (
        "multiline quoted scalar",
        Code::NotYaml,
        "a quote opened above is not closed, or its text is not indented",
        "close the quote on the line where it opens, or indent the lines that follow it",
    ),
    (
        "unclosed bracket",
        Code::NotYaml,
        "this bracket is not closed",
        "add the closing `]` or `}`",
    ),
    (
        "did not find expected '-'",
        Code::NotYaml,
        "a list entry beginning with `- ` is expected here",
        "begin each entry of the list with `- `, or give this line the indentation of the key it belongs to",
    ),
];

#[cfg(test)]
mod tests {
    use super::{Node, Value, read};
    use crate::engine::source::Source;

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
