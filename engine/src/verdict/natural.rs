//! Words that people write where a grade or a verdict is expected.
//!
//! They are only ever suggested, never taken.

use crate::normalize::key;

use super::{Grade, Verdict};

/// What such a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Nothing is in the way of the treatment.
    Allowed,
    /// A rule of this grade applies.
    Graded(Grade),
}

impl Meaning {
    /// The verdict that is meant.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        match self {
            Self::Allowed => Verdict::Eligible,
            Self::Graded(grade) => grade.verdict(),
        }
    }
}

const WORDS: &[(Meaning, &[&str])] = &[
    (
        Meaning::Allowed,
        &[
            "accept", "accepted", "allow", "allowed", "approve", "approved", "clear", "eligible",
            "fine", "go", "go ahead", "no risk", "ok", "okay", "pass", "permit", "proceed", "safe",
            "suitable", "treat", "yes",
        ],
    ),
    (
        Meaning::Graded(Grade::Precaution),
        &[
            "advice",
            "advise",
            "advisory",
            "alert",
            "amber",
            "care",
            "careful",
            "caution",
            "eligible with precautions",
            "info",
            "inform",
            "low",
            "low risk",
            "mild",
            "minor",
            "note",
            "notice",
            "precautions",
            "warn",
            "warning",
            "with care",
            "with precautions",
        ],
    ),
    (
        Meaning::Graded(Grade::Temporary),
        &[
            "defer",
            "deferral",
            "deferred",
            "delay",
            "hold",
            "later",
            "not now",
            "not yet",
            "pause",
            "postpone",
            "postponed",
            "suspend",
            "temporarily",
            "temporary block",
            "wait",
            "waiting",
            "waiting period",
        ],
    ),
    (
        Meaning::Graded(Grade::Relative),
        &[
            "ask",
            "ask a doctor",
            "clinician",
            "consult",
            "consultation",
            "dermatologist",
            "dermatologist review",
            "discuss",
            "doctor",
            "escalate",
            "gp",
            "medical review",
            "physician",
            "refer",
            "referral",
            "referred",
            "relative contraindication",
            "review",
            "see a doctor",
            "see doctor",
            "specialist",
            "unclear",
            "unsure",
        ],
    ),
    (
        Meaning::Graded(Grade::Absolute),
        &[
            "absolute contraindication",
            "ban",
            "banned",
            "block",
            "blocked",
            "contraindicated",
            "contraindication",
            "critical",
            "decline",
            "deny",
            "disqualified",
            "disqualify",
            "do not treat",
            "exclude",
            "excluded",
            "exclusion",
            "fail",
            "forbid",
            "forbidden",
            "high",
            "high risk",
            "ineligible",
            "never",
            "no",
            "no go",
            "no treatment",
            "not allowed",
            "not eligible",
            "not ok",
            "not suitable",
            "prohibit",
            "prohibited",
            "red",
            "refusal",
            "refuse",
            "refused",
            "reject",
            "rejected",
            "severe",
            "stop",
            "unsafe",
            "unsuitable",
        ],
    ),
];

/// The meaning of `word`; none if it may mean several things.
#[must_use]
pub fn meaning(word: &str) -> Option<Meaning> {
    let word = key(word);
    let known = WORDS
        .iter()
        .find(|(_, words)| words.iter().any(|known| key(known) == word));
    known.map(|(meaning, _)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::{Grade, Meaning, WORDS, key, meaning};

    #[test]
    fn natural_words_have_one_meaning() {
        #[track_caller]
        fn case(word: &str, expected: Option<Meaning>) {
            assert_eq!(meaning(word), expected, "{word}");
        }

        case("refuse", Some(Meaning::Graded(Grade::Absolute)));
        case("Not-Eligible", Some(Meaning::Graded(Grade::Absolute)));
        case("no", Some(Meaning::Graded(Grade::Absolute)));
        case("postpone", Some(Meaning::Graded(Grade::Temporary)));
        case("doctor", Some(Meaning::Graded(Grade::Relative)));
        case("Warning", Some(Meaning::Graded(Grade::Precaution)));
        case("OK", Some(Meaning::Allowed));
        case("not ok", Some(Meaning::Graded(Grade::Absolute)));
        case("purple", None);
        case("not refuse", None);
        case("", None);
    }

    #[test]
    fn no_word_is_listed_twice() {
        let all = WORDS.iter().flat_map(|(_, words)| words.iter());
        let mut all: Vec<String> = all.map(|word| key(word)).collect();
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
        for grade in Grade::ALL {
            assert_eq!(meaning(grade.word()), None);
            let verdict = meaning(grade.verdict().word());
            assert_eq!(verdict, Some(Meaning::Graded(grade)));
        }
    }
}
