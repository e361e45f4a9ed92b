//! `choice`: one of its options.

use super::Choice;
use super::facts::{AnswerWords, Names, TypeFacts, first_and_two};

pub(super) const FACTS: TypeFacts = TypeFacts {
    word: "choice",
    elsewhere: &[
        "select",
        "radio",
        "dropdown",
        "enum",
        "single",
        "single choice",
        "option",
    ],
    keys: &["options", "moved"],
    denies: false,
    day: None,
    ever: None,
    guesses: &[],
};

pub(super) fn sentences(names: &Names<'_>) -> Vec<String> {
    let (option, two_options) = first_and_two(names.options, "OPTION");
    vec![
        format!("is {option}"),
        format!("is not {option}"),
        format!("is one of {two_options}"),
    ]
}

pub(super) fn words(choices: &[Choice]) -> AnswerWords {
    let ids: Vec<&str> = choices.iter().map(|choice| choice.id.as_str()).collect();
    AnswerWords {
        review: "one of the options".into(),
        typed: "".into(),
        line_mode: "Type a number, or the beginning of an answer".into(),
        keys: "number, or arrows and Enter",
        boxes: choices.iter().map(|choice| choice.text.clone()).collect(),
        lines: Vec::new(),
        meanings: ids.join(", ").into(),
    }
}
