//! Where on the page for the patient an expectation is.

/// A part of the page for the patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
