//! `choices`: any of its options, or none of them; each is a fact of its own.

use super::Choice;
use super::facts::{AnswerWords, Names, TypeFacts, first_and_two};

pub(super) const FACTS: TypeFacts = TypeFacts {
    word: "choices",
    elsewhere: &[
        "multi",
        "multiple",
        "multiple choice",
        "multiselect",
        "checkboxes",
        "list",
        "options",
    ],
    keys: &["options", "moved", "none"],
    denies: true,
    day: None,
    ever: None,
    guesses: &[],
};

pub(super) fn sentences(names: &Names<'_>) -> Vec<String> {
    let (option, two_options) = first_and_two(names.options, "OPTION");
    vec![
        format!("includes {option}"),
        format!("includes any of {two_options}"),
        format!("includes all of {two_options}"),
    ]
}

/// `exhaustive` says that one option always applies.
pub(super) fn words(choices: &[Choice], exhaustive: bool) -> AnswerWords {
    let ids: Vec<&str> = choices.iter().map(|choice| choice.id.as_str()).collect();
    let options = choices.iter().map(|choice| choice.text.clone());
    let meanings = format!("{}, none", ids.join(", ")).into();
    if exhaustive {
        AnswerWords {
            review: "one or more of the options".into(),
            typed: "".into(),
            line_mode: "Type one or more numbers or beginnings with a comma between them".into(),
            keys: "numbers, then Enter",
            boxes: options.collect(),
            lines: Vec::new(),
            meanings,
        }
    } else {
        AnswerWords {
            review: "any of the options, or none of them".into(),
            typed: "".into(),
            line_mode: "Type one or more numbers or beginnings with a comma between them, or n for none of these".into(),
            keys: "numbers, then Enter; n none of these",
            boxes: options.chain(["None of these".to_owned()]).collect(),
            lines: Vec::new(),
            meanings,
        }
    }
}
