//! Makes the tree of a YAML text from the events of the parser.

use std::borrow::Cow;

use serde_yaml::granit_parser::{Event, Parser, ScalarStyle};

use crate::diagnostic::Diagnostic;
use crate::source::{Place, Source};

use super::{Node, Value, features};

/// Maximum nesting depth and number of values of a file. Packs need far less; the limits give a
/// message for malicious files.
pub const DEEPEST: usize = 32;
pub const LARGEST: usize = 400_000;

/// A list or an entry that is not closed yet.
struct Open {
    node: Node,
    /// In an entry, the key whose value comes next.
    key: Option<Node>,
}

/// The tree of `source`, which has the index `index`. None if the text is not YAML, or uses a
/// feature that these files do not use.
///
/// # Errors
///
/// The first key that is not a text.
pub fn of(index: usize, source: &Source) -> Option<Result<Node, Box<Diagnostic>>> {
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    let mut wrong_key = None;
    let mut nodes = 0;
    let mut documents = 0;
    for event in Parser::new_from_str(&source.text) {
        let (event, span) = event.ok()?;
        let bytes = span.byte_range()?;
        let place = Place {
            source: index,
            start: bytes.start,
            end: bytes.end,
        };
        let done = match event {
            Event::Scalar(text, style, 0, None) => Some(scalar(text, style, place, source)),
            Event::SequenceStart(_, 0, None) => {
                open.push(Open::new(Value::List(Vec::new()), place));
                None
            }
            Event::MappingStart(_, 0, None) => {
                open.push(Open::new(Value::Entry(Vec::new()), place));
                None
            }
            Event::SequenceEnd | Event::MappingEnd => Some(open.pop()?.node),
            Event::DocumentStart(..) => {
                documents += 1;
                None
            }
            Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => None,
            // An anchor, an alias or a tag.
            _ => return None,
        };
        nodes += usize::from(done.is_some());
        if documents > 1 || nodes > LARGEST || open.len() > DEEPEST {
            return None;
        }
        let Some(node) = done else { continue };
        let Some(Open { node: outer, key }) = open.last_mut() else {
            root = Some(node);
            continue;
        };
        match &mut outer.value {
            Value::List(items) => items.push(node),
            Value::Entry(pairs) => {
                if let Some(key) = key.take() {
                    pairs.push((key, node));
                    continue;
                }
                if source.text.get(bytes) == Some("<<") {
                    return None;
                }
                if let Err(problem) = features::key(&node, source) {
                    wrong_key.get_or_insert(problem);
                }
                *key = Some(node);
            }
            Value::Nothing | Value::Text { .. } => return None,
        }
    }
    let start = Place {
        source: index,
        start: 0,
        end: 0,
    };
    Some(match wrong_key {
        Some(problem) => Err(problem),
        None => Ok(root.unwrap_or_else(|| Open::new(Value::Nothing, start).node)),
    })
}

impl Open {
    fn new(value: Value, place: Place) -> Self {
        let node = Node {
            value,
            place,
            comment: None,
        };
        Self { node, key: None }
    }
}

/// The node of a text, or of an empty value.
fn scalar(text: Cow<'_, str>, style: ScalarStyle, place: Place, source: &Source) -> Node {
    let is_plain = style == ScalarStyle::Plain;
    let value = if is_plain && (matches!(&*text, "" | "~") || text.eq_ignore_ascii_case("null")) {
        Value::Nothing
    } else {
        let written = source.text.get(place.start..place.end).unwrap_or("");
        let inside = written.get(1..written.len().saturating_sub(1));
        let verbatim = if text == written {
            Some(place.start)
        } else if inside == Some(&text) {
            Some(place.start + 1)
        } else {
            None
        };
        Value::Text {
            text: text.into_owned(),
            verbatim,
        }
    };
    Node {
        value,
        place,
        comment: comment(place, source),
    }
}

const BLANKS: &[char] = &[' ', '\t'];
const BLANKS_AND_DASH: &[char] = &[' ', '\t', '-'];

/// The comment after an unquoted value, on the same line.
fn comment(value: Place, source: &Source) -> Option<Place> {
    let written = source.text.get(value.start..value.end)?;
    // The text of `>-` and `|` extends to the next line, and a comment there does not belong to it.
    if written.starts_with(['"', '\'']) || written.ends_with(char::is_whitespace) {
        return None;
    }
    // For an empty value, the place is that of the colon, or the end of the line in a list.
    let start = if written.is_empty() && !source.text.get(value.end..)?.starts_with(':') {
        let before = source.text.get(..value.end)?;
        before.rfind('\n').map_or(0, |end| end + 1)
    } else {
        value.end + usize::from(written.is_empty())
    };
    let after = source.text.get(start..)?;
    let comment = after.trim_start_matches(if start < value.start {
        BLANKS_AND_DASH
    } else {
        BLANKS
    });
    if comment.len() == after.len() || !comment.starts_with('#') {
        return None;
    }
    let line = comment.lines().next().unwrap_or("");
    let start = source.text.len() - comment.len();
    Some(Place {
        start,
        end: start + line.trim_end().len(),
        ..value
    })
}
