//! The parts of FHIR resources that are written here.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Number;

/// A code and what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coding<'a> {
    /// Where the code is from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<Cow<'a, str>>,
    /// The code; none if there is only text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Cow<'a, str>>,
    /// In words.
    pub display: Cow<'a, str>,
}

/// A concept: codes, or words, or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Concept<'a> {
    /// Its codes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub coding: Vec<Coding<'a>>,
    /// In words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Cow<'a, str>>,
}

/// A concept of which only the words are known.
#[must_use]
pub fn in_words<'a>(text: impl Into<Cow<'a, str>>) -> Concept<'a> {
    Concept {
        coding: Vec::new(),
        text: Some(text.into()),
    }
}

/// An extension: information for which a resource has no field.
#[derive(Clone, Debug, Serialize)]
pub struct Extension<'a> {
    /// What it is.
    pub url: &'static str,
    /// What it says.
    #[serde(flatten)]
    pub value: ExtensionValue<'a>,
}

/// What an extension says.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ExtensionValue<'a> {
    /// Yes or no.
    ValueBoolean(bool),
    /// A code.
    ValueCoding(Coding<'a>),
    /// A concept.
    ValueCodeableConcept(Concept<'a>),
    /// A number.
    ValueDecimal(Number),
    /// Words.
    ValueString(Cow<'a, str>),
}

/// A reference to a resource inside the same one, or in words.
#[derive(Clone, Debug, Serialize)]
pub struct Reference {
    /// `#` and its id.
    pub reference: String,
}

/// A note.
#[derive(Clone, Debug, Serialize)]
pub struct Annotation {
    /// In words.
    pub text: String,
}
