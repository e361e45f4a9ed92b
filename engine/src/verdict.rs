//! The grades of rules and the verdicts.

use serde::{Deserialize, Serialize};

pub mod natural;

/// How severe a rule is, least severe first, in the terms of the literature on contraindications.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// Treat with precautions.
    Precaution,
    /// Not yet: it ends on a date, or when a condition has cleared.
    Temporary,
    /// A dermatologist decides.
    Relative,
    /// No treatment in a cosmetic setting.
    Absolute,
}

impl Grade {
    /// All grades, least severe first.
    pub const ALL: [Self; 4] = [
        Self::Precaution,
        Self::Temporary,
        Self::Relative,
        Self::Absolute,
    ];

    /// The word used in files and reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Precaution => "precaution",
            Self::Temporary => "temporary",
            Self::Relative => "relative",
            Self::Absolute => "absolute",
        }
    }

    /// Parses the word used in files.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grade| grade.word() == word)
    }

    /// The verdict of a finding with this grade.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        match self {
            Self::Precaution => Verdict::EligibleWithPrecautions,
            Self::Temporary => Verdict::Deferred,
            Self::Relative => Verdict::DermatologistReview,
            Self::Absolute => Verdict::NotEligible,
        }
    }

    /// What a rule of this grade counts as while undecided, unless it has its own `if_unsure`.
    #[must_use]
    pub fn while_undecided(self) -> Self {
        match self {
            Self::Precaution => Self::Precaution,
            _ => Self::Relative,
        }
    }
}

/// The outcome for one patient, least severe first.
///
/// The order is the policy: the verdict of an assessment is the most severe verdict of its
/// findings. Moving a line here changes what the clinic does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// No finding is a reason against the treatment.
    Eligible,
    /// Treatment with the listed precautions.
    EligibleWithPrecautions,
    /// Not yet: wait until a date or until a condition has cleared.
    Deferred,
    /// The rules or the answers do not decide it, so a clinician does.
    DermatologistReview,
    /// No treatment by the rules of this pack; only a dermatologist may overrule it.
    NotEligible,
}

impl Verdict {
    /// All verdicts, least severe first.
    pub const ALL: [Self; 5] = [
        Self::Eligible,
        Self::EligibleWithPrecautions,
        Self::Deferred,
        Self::DermatologistReview,
        Self::NotEligible,
    ];

    /// The word used in files, tables and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::EligibleWithPrecautions => "eligible-with-precautions",
            Self::Deferred => "deferred",
            Self::DermatologistReview => "dermatologist-review",
            Self::NotEligible => "not-eligible",
        }
    }

    /// Parses the word used in files, tables and on the command line.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.word() == word)
    }

    /// Whether treatment may be booked: eligible, with or without precautions.
    #[must_use]
    pub fn goes_ahead(self) -> bool {
        self <= Self::EligibleWithPrecautions
    }
}

/// The limits of a verdict that a claim promises for all patients, or a case for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Promise {
    /// Never less severe.
    AtLeast(Verdict),
    /// Never more severe.
    AtMost(Verdict),
    /// Always this one.
    Exactly(Verdict),
}

impl Promise {
    /// Whether `verdict` is within the limits.
    #[must_use]
    pub fn keeps(self, verdict: Verdict) -> bool {
        let (least, most) = self.bounds();
        least <= verdict && verdict <= most
    }

    /// The least and the most severe verdict within the limits. Limits with the same bounds are
    /// equal, however they are written: nothing is more severe than `not-eligible`, so *at least*
    /// and *exactly* are the same there.
    #[must_use]
    pub fn bounds(self) -> (Verdict, Verdict) {
        match self {
            Self::AtLeast(least) => (least, Verdict::NotEligible),
            Self::AtMost(most) => (Verdict::Eligible, most),
            Self::Exactly(only) => (only, only),
        }
    }

    /// The words in files.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::AtLeast(least) => format!("at least {}", least.word()),
            Self::AtMost(most) => format!("at most {}", most.word()),
            Self::Exactly(only) => only.word().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use serde::de::value::Error;
    use serde::de::{DeserializeOwned, IntoDeserializer};

    use super::{Grade, Promise, Verdict};
    use crate::finding::Standing;
    use crate::pack::Status;

    #[test]
    fn promises_are_kept_or_broken() {
        let middle = Verdict::Deferred;
        let kept = |promise: Promise| Verdict::ALL.map(|verdict| promise.keeps(verdict));
        assert_eq!(
            kept(Promise::AtLeast(middle)),
            [false, false, true, true, true]
        );
        assert_eq!(
            kept(Promise::AtMost(middle)),
            [true, true, true, false, false]
        );
        assert_eq!(
            kept(Promise::Exactly(middle)),
            [false, false, true, false, false]
        );
    }

    #[test]
    fn graver_grades_lead_to_graver_verdicts() {
        assert!(Grade::ALL.is_sorted_by(|a, b| a.verdict() < b.verdict()));
        assert!(Verdict::ALL.is_sorted());
        assert!(Grade::Precaution.verdict() > Verdict::Eligible);
    }

    #[test]
    fn words_are_read_back() {
        for verdict in Verdict::ALL {
            assert_eq!(Verdict::from_word(verdict.word()), Some(verdict));
        }
        for grade in Grade::ALL {
            assert_eq!(Grade::from_word(grade.word()), Some(grade));
        }
        assert_eq!(Verdict::from_word("Eligible"), None);
    }

    #[test]
    fn serde_uses_the_same_words() {
        #[track_caller]
        fn case<T: DeserializeOwned + PartialEq + Debug>(expected: T, word: &'static str) {
            let read = T::deserialize(word.into_deserializer());
            assert_eq!(read.map_err(|error: Error| error.to_string()), Ok(expected));
        }

        for verdict in Verdict::ALL {
            case(verdict, verdict.word());
        }
        for grade in Grade::ALL {
            case(grade, grade.word());
        }
        for standing in [Standing::Applies, Standing::Undecided] {
            case(standing, standing.word());
        }
        for status in Status::ALL {
            case(status, status.word());
        }
    }
}
