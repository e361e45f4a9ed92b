//! The header of a pack: who is responsible for it, and who has reviewed it.

use serde::{Deserialize, Serialize};

use crate::answer::leaves_open;
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::normalize::key;
use crate::source::Located;

use super::Clinic;
use super::map_reader::MapReader;
use crate::diagnostic::Problems;

/// The people responsible for a pack.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Header {
    /// Short name.
    pub id: String,
    /// Version, as the owner counts them.
    pub version: String,
    /// Name in words.
    pub title: String,
    /// Who has reviewed it; none while it is a draft.
    pub review: Option<Review>,
    /// Who is responsible.
    pub owner: String,
    /// The day by which it is to be read again.
    pub review_by: Option<Date>,
    /// The treatment in words, as in "before your microneedling".
    pub procedure: Option<String>,
    /// The doctor who decides where the rules do not, in words.
    pub specialist: Option<String>,
    /// The contact details of the clinic for patients.
    pub clinic: Option<Clinic>,
}

/// That a named clinician has read every rule of a pack against its sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The clinician.
    pub by: String,
    /// The day it was done.
    pub on: Located<Date>,
}

impl Header {
    /// Whether a clinician has reviewed it.
    #[must_use]
    pub fn status(&self) -> Status {
        if self.review.is_some() {
            Status::Reviewed
        } else {
            Status::Draft
        }
    }
}

/// Whether a clinician has reviewed a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// There is no review yet.
    Draft,
    /// The review is signed.
    Reviewed,
}

impl Status {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Draft, Self::Reviewed];

    /// The word used in files, reports and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Reviewed => "reviewed",
        }
    }

    /// Reads the word used in files.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// The keys of the entry.
pub const PACK_KEYS: &[&str] = &[
    "id",
    "version",
    "title",
    "status",
    "reviewed_by",
    "reviewed_on",
    "owner",
    "review_by",
    "procedure",
    "specialist",
];

/// The entry `pack` in the main file of a pack.
pub fn header(fields: &MapReader<'_>, problems: &mut Problems) -> Header {
    let Some(node) = fields.get("pack") else {
        fields.missing(
            "pack",
            "{id: our-clinic, version: 0.1.0, title: Our clinic, status: draft, owner: Dr A. Example, review_by: 2027-06-30}",
            problems,
        );
        return Header::default();
    };
    let Some(fields) = MapReader::of(node, "pack", PACK_KEYS, problems) else {
        return Header::default();
    };
    let text = |found: Option<Located<String>>| found.map(|text| text.value).unwrap_or_default();
    let id = text(fields.id(problems));
    let version = text(fields.need("version", "0.1.0", problems));
    let title = text(fields.need("title", "Our clinic", problems));
    let owner = text(fields.need("owner", "Dr A. Example", problems));
    fields.missing("status", "draft", problems);
    let words = Status::ALL.map(Status::word);
    let status = fields.word("status", &words, Status::from_word, problems);
    fields.missing("review_by", "2027-06-30", problems);
    let review_by = fields.date("review_by", problems);
    let procedure = fields.text("procedure", problems).map(|text| text.value);
    Header {
        id,
        version,
        title,
        owner,
        review: match status {
            Some(Status::Reviewed) => review(&fields, problems),
            Some(Status::Draft) => no_review(&fields, problems),
            None => None,
        },
        review_by,
        procedure,
        specialist: specialist(&fields, problems),
        clinic: None,
    }
}

/// The doctor whom reports name.
fn specialist(fields: &MapReader<'_>, problems: &mut Problems) -> Option<String> {
    let written = fields.text("specialist", problems)?;
    if is_name_of_person(&written.value) {
        return Some(written.value);
    }
    let message = format!("`{}` is not the name of a doctor", written.value);
    problems.push(
        Diagnostic::new(Code::BadValue, written.place, message)
            .help("write one, for example `specialist: plastic surgeon`")
            .help("or leave it out; the default is a dermatologist"),
    );
    None
}

/// Who has reviewed a pack that says it is reviewed.
fn review(fields: &MapReader<'_>, problems: &mut Problems) -> Option<Review> {
    let by = fields.need("reviewed_by", "Dr A. Example", problems);
    fields.missing("reviewed_on", "2026-11-20", problems);
    let on = fields.date("reviewed_on", problems);
    let by = by.filter(|by| {
        let named = is_name_of_person(&by.value);
        if !named {
            let message = format!("`{}` is not the name of a reviewer", by.value);
            problems.push(
                Diagnostic::new(Code::BadValue, by.place, message)
                    .help(
                        "write the name of the clinician, for example `reviewed_by: Dr A. Example`",
                    )
                    .help("or write `status: draft` until one has reviewed them"),
            );
        }
        named
    });
    Some(Review {
        by: by?.value,
        on: fields.placed("reviewed_on", on?),
    })
}

/// Reports the reviewer of a draft, because one of the two must be wrong.
fn no_review(fields: &MapReader<'_>, problems: &mut Problems) -> Option<Review> {
    for key in ["reviewed_by", "reviewed_on"] {
        if fields.get(key).is_some() {
            let message = format!("a draft has no `{key}`");
            problems.push(
                Diagnostic::new(Code::UnknownKey, fields.place_of(key), message).help(format!(
                    "write `status: reviewed` if these rules have been reviewed, or leave `{key}` out"
                )),
            );
        }
    }
    None
}

/// Whether a text can be a person's name.
pub fn is_name_of_person(text: &str) -> bool {
    let word = key(text);
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters > 1 && !leaves_open(text) && !NOBODY.iter().any(|nobody| key(nobody) == word)
}

/// Words that people write if there is no name yet.
const NOBODY: &[&str] = &[
    "n/a",
    "na",
    "nobody",
    "no one",
    "none",
    "not yet",
    "not yet named",
    "null",
    "pending",
    "tba",
    "tbc",
    "tbd",
    "to be named",
    "todo",
];

#[cfg(test)]
mod tests {
    use super::is_name_of_person;

    #[test]
    fn a_reviewer_has_a_name() {
        for name in ["Dr A. Example", "Ng", "李明", "Dr Nanna Noone"] {
            assert!(is_name_of_person(name), "{name}");
        }
        for name in [
            "?",
            "-",
            "x",
            "TBD",
            "N/A",
            "not yet named",
            "Not sure",
            "nobody",
            "...",
        ] {
            assert!(!is_name_of_person(name), "{name}");
        }
    }
}
