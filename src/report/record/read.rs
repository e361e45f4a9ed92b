//! Reads a record from its file. Reading is strict: nothing else may be in the file, so that
//! writing the record again gives the same record.

use serde_json::Value as Json;

use candidacy_engine::diagnostic::{Code, Diagnostic, Refusal};
use candidacy_engine::source::{Located, Place, Source};
use candidacy_engine::yaml::{self, Node, Value, visible};

use super::{Record, SCHEMA_VERSION};

/// How to handle a record that cannot be read.
const WRITTEN: &str =
    "records are written by `candidacy screen --record`; take an unchanged copy of this one";

/// Reads a record, and the checksum in its file.
///
/// # Errors
///
/// The first problem that makes it unreadable, with its place.
pub fn read(source: Source) -> Result<(Record, Located<String>), Refusal> {
    record(&source).map_err(|problem| Refusal {
        sources: [source].into(),
        problems: vec![*problem],
    })
}

fn record(source: &Source) -> Result<(Record, Located<String>), Box<Diagnostic>> {
    let node = yaml::read_any_text(0, source)?;
    if let Some(problem) = other_version(&node) {
        return Err(Box::new(problem));
    }
    let mut record: Record =
        yaml::read_as(0, source).map_err(|problem| Box::new(problem.help(WRITTEN)))?;
    let written = serde_json::to_value(&record).unwrap_or_default();
    if let Some(place) = difference(&node, &written) {
        let message = "a value of another kind is expected here";
        let problem = Diagnostic::new(Code::WrongShape, visible(place), message);
        return Err(Box::new(problem.help(WRITTEN)));
    }
    let checksum = Located {
        value: std::mem::take(&mut record.checksum),
        place: visible(node.get("checksum").map_or(node.place, |node| node.place)),
    };
    Ok((record, checksum))
}

/// The only problem that is reported for a record in a form this program does not read.
fn other_version(node: &Node) -> Option<Diagnostic> {
    let version = node.get("schema_version")?;
    let written = yaml::text_of(version).unwrap_or_default();
    (written != SCHEMA_VERSION.to_string()).then(|| {
        let message = format!("this record has the form `{written}`");
        Diagnostic::new(Code::UnknownWord, visible(version.place), message).help(format!(
            "this version of candidacy reads the form {SCHEMA_VERSION}; use the version that wrote the record"
        ))
    })
}

/// The place of a value of another kind than `written`: serde accepts null for an empty list. Only
/// an empty list or text may be missing from `written`.
fn difference(node: &Node, written: &Json) -> Option<Place> {
    match (&node.value, written) {
        (Value::Entry(pairs), Json::Object(written)) => pairs.iter().find_map(|(key, value)| {
            match yaml::text_of(key).and_then(|key| written.get(key)) {
                Some(written) => difference(value, written),
                None => (!is_empty(value)).then_some(value.place),
            }
        }),
        (Value::List(items), Json::Array(written)) => {
            let mut pairs = items.iter().zip(written);
            pairs.find_map(|(item, written)| difference(item, written))
        }
        (Value::Nothing, Json::Null)
        | (Value::Text { .. }, Json::String(_) | Json::Bool(_) | Json::Number(_)) => None,
        _ => Some(node.place),
    }
}

fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::List(items) => items.is_empty(),
        Value::Text { .. } => yaml::text_of(node) == Some(""),
        _ => false,
    }
}
