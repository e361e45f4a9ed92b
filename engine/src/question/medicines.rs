//! `medicines`: names of medicines, typed freely.

use super::facts::{AnswerWords, Names, TypeFacts, first_and_two, texts};

pub(super) const FACTS: TypeFacts = TypeFacts {
    word: "medicines",
    elsewhere: &["medication", "medications", "medicine", "drug", "drugs"],
    keys: &[],
    denies: true,
    day: None,
    ever: None,
    guesses: &[],
};

pub(super) fn sentences(names: &Names<'_>) -> Vec<String> {
    let (group, two_groups) = first_and_two(names.groups, "GROUP");
    vec![
        format!("include {group}"),
        format!("include any of {two_groups}"),
        "include unrecognised".to_owned(),
    ]
}

pub(super) fn words() -> AnswerWords {
    AnswerWords {
        review: "names of medicines, typed freely".into(),
        typed: "names with a comma between them, or none".into(),
        line_mode: "Type names with a comma between them, or none".into(),
        keys: "",
        boxes: texts(&["None"]),
        lines: texts(&["Name and strength of each", "", ""]),
        meanings: "names of medicines, none".into(),
    }
}
