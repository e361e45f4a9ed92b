//! `course`: something that never was, is going on, or ended on a day.

use super::facts::{AnswerWords, Guess, TypeFacts, texts};

pub(super) const FACTS: TypeFacts = TypeFacts {
    word: "course",
    elsewhere: &[],
    keys: &[],
    denies: true,
    day: Some("never, ongoing, or the day it ended: "),
    ever: Some("is going on, or has ended, however long ago"),
    guesses: &[
        Guess {
            answer: "ongoing",
            first: &[],
            among: &["now", "currently", "still", "ongoing"],
        },
        Guess {
            answer: "ended",
            first: &[],
            among: &["past", "stopped", "finished", "completed", "previously"],
        },
        Guess {
            answer: "never",
            first: &["no", "never", "none"],
            among: &[],
        },
    ],
};

pub(super) fn sentences() -> Vec<String> {
    texts(&[
        "ongoing",
        "ended within 6 months",
        "ongoing or ended within 6 months",
        "ever",
    ])
}

pub(super) fn words() -> AnswerWords {
    AnswerWords {
        review: "never, going on, or the day it ended".into(),
        typed: "never, ongoing, or when it ended: 2026-05-31, May 2026, 3 months ago; ended if the day is not known".into(),
        line_mode: "Type never, ongoing, or when it ended, such as 2026-05-31 or May 2026".into(),
        keys: "",
        boxes: texts(&["Never", "Still going on"]),
        lines: texts(&["Ended on (day, month, year)"]),
        meanings: "never, ongoing, ended, or the day it ended".into(),
    }
}
