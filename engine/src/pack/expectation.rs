//! What a patient can expect, and its position on the patient's page.

use crate::source::Located;

use super::Condition;

/// What a patient can expect.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// Short name.
    pub id: Located<String>,
    /// Heading.
    pub title: String,
    /// The condition that selects patients; all patients if none.
    pub when: Option<Condition>,
    /// What to expect.
    pub text: String,
    /// The same as a list of points.
    pub points: Vec<String>,
    /// Ids of citations.
    pub sources: Vec<Located<String>>,
    /// What is not verified yet.
    pub unverified: Option<String>,
    /// Its position on the patient's page.
    pub on_page: Option<PagePart>,
}

/// A part of the patient's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum PagePart {
    /// What to do before the treatment.
    Before,
    /// What to do after it.
    After,
    /// When to call the clinic.
    Call,
}

impl PagePart {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Before, Self::After, Self::Call];

    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
            Self::Call => "call",
        }
    }

    /// Reads the word used in files.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.word() == word)
    }
}
