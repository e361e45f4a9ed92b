//! How strong the evidence of a source is.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How strong a source is, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Strength {
    /// Labelling or consensus that names the treatment.
    A,
    /// A review or a study.
    B,
    /// Carried over from lasers, peels or surgery.
    C,
    /// What clinics do.
    D,
    /// An opinion.
    #[serde(rename = "opinion")]
    Opinion,
}

impl Strength {
    /// Every strength, strongest first.
    pub const ALL: [Self; 5] = [Self::A, Self::B, Self::C, Self::D, Self::Opinion];

    /// The word used in files, reports and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::Opinion => "opinion",
        }
    }

    /// Reads the word used in files.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

impl fmt::Display for Strength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}
