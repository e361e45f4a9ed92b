//! A rule that applies, or is undecided, for one patient, with its evidence.

use serde::{Deserialize, Serialize};

use super::date::Date;
use super::verdict::Grade;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The index of the rule.
    pub rule: usize,
    /// Whether it applies or is undecided.
    pub standing: Standing,
    /// What it counts as: the rule's grade, or the cautious one while undecided.
    pub counts_as: Grade,
    /// Whether it is one of several undecided rules of which one applies whichever
    /// answers are given: together they count for the verdict.
    pub whichever: bool,
    /// The answers it rests on; for an undecided rule, those that are missing.
    pub evidence: Vec<Evidence>,
    /// The first later day on which time alone ends it, if there is one.
    pub until: Option<Date>,
}

/// Whether a rule applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It applies to this patient.
    Applies,
    /// The answers do not decide it.
    Undecided,
}

impl Standing {
    /// The word in reports and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Applies => "applies",
            Self::Undecided => "undecided",
        }
    }
}

/// One answer on which a finding is based.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The index of the question.
    pub question: usize,
    /// The part of the answer that the rule reads: of several chosen options, only those.
    pub answer: String,
    /// The same, with the texts of options.
    pub in_full: String,
}
