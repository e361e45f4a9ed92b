//! YAML features that rule files do not use, with their places.

use serde_yaml::granit_parser::{self, Event, Parser, Span};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Source};

use super::{Node, Value, visible};

/// A feature of YAML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// `&name`
    Anchor,
    /// `*name`
    Alias,
    /// `!name`
    Tag,
    /// `<<`
    MergeKey,
    /// `? key`, or a list or an entry before a colon
    ComplexKey,
    /// `---` or `...` with content after it
    Document,
}

impl Feature {
    /// The diagnostic for this feature.
    pub fn refused(self, index: usize, (start, end): (usize, usize)) -> Diagnostic {
        let (message, help) = match self {
            Self::Anchor => (
                "anchors (`&name`) are not used in these files",
                "write the value out in each place; put a text that begins with `&` in double quotes",
            ),
            Self::Alias => (
                "aliases (`*name`) are not used in these files",
                "write the value out; put a text that begins with `*` in double quotes",
            ),
            Self::Tag => (
                "tags (`!name`) are not used in these files",
                "leave the tag out; put a text that begins with `!` in double quotes",
            ),
            Self::MergeKey => (
                "merge keys (`<<`) are not used in these files",
                "write the keys out in each entry",
            ),
            Self::ComplexKey => (
                "complex keys (`? key`, or a list or braces before a colon) are not used in these files",
                "write one word, a colon and a space before the value; put a text that begins with `?`, `[` or `{` in double quotes",
            ),
            Self::Document => (
                "a line of `---` or `...` begins a second document, but a file contains one",
                "leave the line out, or put what follows in a file of its own",
            ),
        };
        let place = Place {
            source: index,
            start,
            end,
        };
        Diagnostic::new(Code::YamlFeature, place, message).help(help)
    }
}

/// The first such feature before the position at which the parser stops.
pub fn first(index: usize, text: &str) -> Option<Box<Diagnostic>> {
    let options = granit_parser::options! {
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
    };
    let mut document = false;
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.ok()?;
        let found = match event {
            Event::Scalar(_, _, _, Some(_))
            | Event::SequenceStart(_, _, Some(_))
            | Event::MappingStart(_, _, Some(_)) => Some((Feature::Tag, span.tag_span())),
            Event::Anchor(..) => Some((Feature::Anchor, Some(span))),
            Event::Alias(_) | Event::UnresolvedAlias(_) => Some((Feature::Alias, Some(span))),
            Event::DocumentStart(..) if document => {
                return Some(Box::new(second_document(index, text, bytes(span))));
            }
            Event::DocumentStart(..) => {
                document = true;
                None
            }
            _ => None,
        };
        if let Some((feature, place)) = found {
            return Some(Box::new(
                feature.refused(index, bytes(place.unwrap_or(span))),
            ));
        }
    }
    None
}

/// The line of `---` or `...` before a second document that begins at `start`.
pub fn second_document(index: usize, text: &str, (start, end): (usize, usize)) -> Diagnostic {
    let before = text.get(..start).unwrap_or("");
    let line = match before.rfind("\n...") {
        Some(at) if text.get(start..end) != Some("---") => (at + 1, at + "\n...".len()),
        _ => (start, end),
    };
    Feature::Document.refused(index, line)
}

fn bytes(span: Span) -> (usize, usize) {
    let start = span.start.byte_offset().unwrap_or(0);
    (
        start,
        span.end.byte_offset().unwrap_or(start).max(start + 1),
    )
}

/// Refuses a key that is not a text, or has a `?` before it.
///
/// # Errors
///
/// The diagnostic.
pub fn key(key: &Node, source: &Source) -> Result<(), Box<Diagnostic>> {
    let refused = |bytes| {
        Err(Box::new(
            Feature::ComplexKey.refused(key.place.source, bytes),
        ))
    };
    if matches!(key.value, Value::List(_) | Value::Entry(_)) {
        let place = visible(key.place);
        return refused((place.start, place.end));
    }
    let before = source.text.get(..key.place.start).unwrap_or("");
    let on_line = before.trim_end_matches([' ', '\t']);
    let above = before.trim_end();
    let line = above.rsplit('\n').next().unwrap_or("");
    let is_alone = line.trim_start_matches([' ', '-']) == "?";
    if is_alone || on_line.ends_with('?') {
        return refused((above.len() - 1, above.len()));
    }
    Ok(())
}
