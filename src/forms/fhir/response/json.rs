//! A `QuestionnaireResponse` as JSON, every value with its place.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::source::{Place, Source};

/// A resource, or a bundle of them.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Resource<'a> {
    /// The kind of resource.
    #[serde(borrow)]
    pub resource_type: Option<Cow<'a, str>>,
    /// The resources in a bundle.
    #[serde(borrow, default)]
    pub entry: Vec<Entry<'a>>,
}

/// An entry of a bundle.
#[derive(Debug, Deserialize)]
pub struct Entry<'a> {
    /// The resource.
    #[serde(borrow)]
    pub resource: Option<&'a RawValue>,
}

/// A response.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Response<'a> {
    /// Extensions that change its meaning.
    #[serde(borrow)]
    pub modifier_extension: Option<&'a RawValue>,
    /// Its id.
    #[serde(borrow)]
    pub id: Option<Cow<'a, str>>,
    /// The questionnaire that it answers.
    #[serde(borrow)]
    pub questionnaire: Option<&'a RawValue>,
    /// Its status.
    #[serde(borrow)]
    pub status: Option<&'a RawValue>,
    /// When it was written.
    #[serde(borrow)]
    pub authored: Option<Cow<'a, str>>,
    /// The patient.
    #[serde(borrow)]
    pub subject: Option<Subject<'a>>,
    /// The answers.
    #[serde(borrow, default)]
    pub item: Vec<Item<'a>>,
}

/// The patient of a response.
#[derive(Debug, Deserialize)]
pub struct Subject<'a> {
    /// Where the record of the patient is.
    #[serde(borrow)]
    pub reference: Option<Cow<'a, str>>,
    /// An identifier of the patient.
    #[serde(borrow)]
    pub identifier: Option<Identifier<'a>>,
}

/// An identifier of a patient.
#[derive(Debug, Deserialize)]
pub struct Identifier<'a> {
    /// The identifier.
    #[serde(borrow)]
    pub value: Option<Cow<'a, str>>,
}

/// The answers to one field, or the fields under one heading.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item<'a> {
    /// The field.
    #[serde(borrow)]
    pub link_id: Option<&'a RawValue>,
    /// The answers: `valueCoding` and similar keys, and items below the answer.
    #[serde(borrow, default)]
    pub answer: Vec<Answer<'a>>,
    /// Extensions that change its meaning.
    #[serde(borrow)]
    pub modifier_extension: Option<&'a RawValue>,
    /// Fields below it.
    #[serde(borrow, default, rename = "item")]
    pub below: Vec<Item<'a>>,
    /// Why there is no answer.
    #[serde(borrow, default)]
    pub extension: Vec<Extension<'a>>,
}

/// One answer: its keys and values.
pub type Answer<'a> = BTreeMap<Cow<'a, str>, &'a RawValue>;

/// An extension instead of an answer.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Extension<'a> {
    /// The URL that identifies it.
    #[serde(borrow)]
    pub url: Cow<'a, str>,
    /// Its value.
    #[serde(borrow)]
    pub value_code: Option<Cow<'a, str>>,
}

/// The extensions of a missing value, such as `_valueDate`.
#[derive(Debug, Deserialize)]
pub struct Extended<'a> {
    /// The extensions.
    #[serde(borrow, default)]
    pub extension: Vec<Extension<'a>>,
}

/// A code.
#[derive(Debug, Deserialize)]
pub struct Coding<'a> {
    /// The code system.
    #[serde(borrow)]
    pub system: Option<Cow<'a, str>>,
    /// The code.
    #[serde(borrow)]
    pub code: Option<Cow<'a, str>>,
    /// The text for people.
    #[serde(borrow)]
    pub display: Option<Cow<'a, str>>,
}

/// A JSON text, and the file that contains it.
#[derive(Clone, Copy, Debug)]
pub struct Json<'s> {
    /// The file.
    pub source: &'s Source,
    /// Its number.
    pub index: usize,
}

impl<'s> Json<'s> {
    /// The place of `part`, which is a part of the text of the file.
    #[must_use]
    pub fn place(self, part: &str) -> Place {
        let start = part.as_ptr().addr();
        let start = start.saturating_sub(self.source.text.as_ptr().addr());
        Place {
            source: self.index,
            start,
            end: start + part.len().max(1),
        }
    }

    /// Parses `text`, which is a part of the text of the file.
    ///
    /// # Errors
    ///
    /// If it is not JSON, or has another structure.
    pub fn read<T: Deserialize<'s>>(self, text: &'s str) -> Result<T, Box<Diagnostic>> {
        serde_json::from_str(text).map_err(|why| {
            let mut lines = text.split_inclusive('\n');
            let before: usize = lines
                .by_ref()
                .take(why.line().saturating_sub(1))
                .map(str::len)
                .sum();
            let at = (before + why.column().saturating_sub(1)).min(text.len());
            let at = (0..=at).rev().find(|at| text.is_char_boundary(*at));
            let from = text.get(at.unwrap_or(0)..).unwrap_or_default();
            let mut place = self.place(from);
            let first = from.chars().next().map_or(1, char::len_utf8);
            place.end = place.start + first;
            let words = why.to_string();
            let words = words.split(" at line ").next().unwrap_or(&words);
            let (code, message) = match why.classify() {
                serde_json::error::Category::Data => (
                    Code::WrongShape,
                    format!("this is not a response in the form of FHIR: {words}"),
                ),
                _ => (Code::NotJson, format!("this is not JSON: {words}")),
            };
            let help = "take the file as the form wrote it; a response is JSON of FHIR R4";
            Box::new(Diagnostic::new(code, place, message).help(help))
        })
    }
}

/// The text in quotes; for any other value, the JSON itself.
#[must_use]
pub fn unquoted(raw: &RawValue) -> Cow<'_, str> {
    serde_json::from_str(raw.get()).unwrap_or(Cow::Borrowed(raw.get()))
}
