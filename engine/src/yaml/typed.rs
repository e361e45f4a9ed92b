//! Reads files that this program wrote into the types from which they were written.

use serde::de::DeserializeOwned;
use serde_yaml::Error;
use serde_yaml::options::{DuplicateKeyPolicy, MergeKeyPolicy, NonFiniteFloatPolicy};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Source};
use crate::suggest::way_out;

use super::tree::{DEEPEST, LARGEST};
use super::visible;

/// Reads the text of `source`, which has the index `index` and must be YAML.
///
/// # Errors
///
/// The first part that does not fit the type.
pub fn read_as<T: DeserializeOwned>(index: usize, source: &Source) -> Result<T, Box<Diagnostic>> {
    parse(&source.text, DuplicateKeyPolicy::Error)
        .map_err(|error| Box::new(misfit(&error, place(&error, index, source))))
}

/// Parses a text.
///
/// # Errors
///
/// If the parser refuses the text, or it does not fit the type.
pub fn parse<T: DeserializeOwned>(
    text: &str,
    duplicate_keys: DuplicateKeyPolicy,
) -> Result<T, serde_yaml::Error> {
    let options = serde_yaml::options! {
        strict_booleans: true,
        duplicate_keys: duplicate_keys,
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
    serde_yaml::from_str_with_options(text, options)
}

fn place(error: &Error, index: usize, source: &Source) -> Place {
    let number = |part: Option<u64>| part.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let span = error.location().map(|at| at.span());
    let start = span.map_or(0, |span| number(span.byte_offset()));
    let length = span.map_or(0, |span| number(span.byte_len()));
    let last = source.text.len();
    visible(Place {
        source: index,
        start: start.min(last),
        end: start.saturating_add(length).min(last),
    })
}

fn misfit(error: &Error, place: Place) -> Diagnostic {
    match error {
        Error::SerdeUnknownField {
            field, expected, ..
        } => {
            let message = format!("there is no key `{field}` here");
            let help = way_out(field, "key", expected.iter().copied());
            Diagnostic::new(Code::UnknownKey, place, message).help(help)
        }
        Error::SerdeMissingField { field, .. } => {
            let message = format!("the key `{field}` is missing here");
            Diagnostic::new(Code::MissingKey, place, message)
        }
        Error::DuplicateMappingKey { key, .. } => {
            let key = key.as_deref().unwrap_or_default();
            let message = format!("the key `{key}` is here twice");
            Diagnostic::new(Code::DuplicateKey, place, message)
        }
        Error::SerdeUnknownVariant {
            variant, expected, ..
        } => {
            let message = format!("this cannot be `{variant}`");
            let help = way_out(variant, "word", expected.iter().copied());
            Diagnostic::new(Code::UnknownWord, place, message).help(help)
        }
        Error::Message { msg, .. } => Diagnostic::new(Code::BadValue, place, msg.clone()),
        _ => Diagnostic::new(
            Code::WrongShape,
            place,
            "a value of another kind is expected here",
        ),
    }
}
