//! What a patient may expect, and where on the page for the patient it is.

use crate::source::Located;

use super::Condition;

/// What a patient can expect.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// Short name.
    pub id: Located<String>,
    /// Heading.
    pub title: String,
    /// Whom it concerns; everybody when absent.
    pub when: Option<Condition>,
    /// What to expect.
    pub text: String,
    /// The same in points.
    pub points: Vec<String>,
    /// Ids of citations.
    pub sources: Vec<Located<String>>,
    /// What of it nobody has checked yet.
    pub unverified: Option<String>,
    /// Where it is on the page for the patient.
    pub on_page: Option<PagePart>,
}

/// A part of the page for the patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum PagePart {
    /// What to do before the treatment.
    Before,
    /// What to do after it.
    After,
    /// When to call somebody.
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
