//! `yes-no`: yes or no.

use super::facts::{AnswerWords, Guess, TypeFacts, texts};

pub(super) const FACTS: TypeFacts = TypeFacts {
    word: "yes-no",
    elsewhere: &[
        "bool",
        "boolean",
        "yes/no",
        "yes or no",
        "true/false",
        "flag",
    ],
    keys: &[],
    denies: true,
    day: None,
    ever: None,
    guesses: &[
        Guess {
            answer: "yes",
            first: &["yes"],
            among: &[],
        },
        Guess {
            answer: "no",
            first: &["no", "never", "none"],
            among: &[],
        },
    ],
};

pub(super) const LABELS: [&str; 2] = ["Yes", "No"];

pub(super) fn sentences() -> Vec<String> {
    texts(&["is yes", "is no"])
}

pub(super) fn words() -> AnswerWords {
    AnswerWords {
        review: "yes or no".into(),
        typed: "".into(),
        line_mode: "Type y for yes or n for no".into(),
        keys: "y yes, n no",
        boxes: texts(&LABELS),
        lines: Vec::new(),
        meanings: "yes, no".into(),
    }
}
