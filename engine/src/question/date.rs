//! `date`: a day in the past.

use super::facts::{AnswerWords, TypeFacts, texts};

pub(super) const FACTS: TypeFacts = TypeFacts {
    word: "date",
    elsewhere: &["day", "datetime", "timestamp"],
    keys: &["birth", "guardian_under"],
    denies: false,
    day: Some("the day: "),
    ever: None,
    guesses: &[],
};

pub(super) fn sentences() -> Vec<String> {
    texts(&["within 18 years"])
}

pub(super) fn words() -> AnswerWords {
    AnswerWords {
        review: "a day; a month or a year will do".into(),
        typed: "a day: 1990-05-31, or 1990".into(),
        line_mode: "Type a day such as 1990-05-31, or a year".into(),
        keys: "",
        boxes: Vec::new(),
        lines: texts(&["Day, month, year"]),
        meanings: "a day such as 2026-05".into(),
    }
}
