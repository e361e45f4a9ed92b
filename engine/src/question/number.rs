//! `number`: a number in the question's unit and range.

use super::Scale;
use super::facts::{AnswerWords, Names, TypeFacts};

pub(super) const FACTS: TypeFacts = TypeFacts {
    word: "number",
    elsewhere: &["int", "integer", "float", "decimal", "numeric", "quantity"],
    keys: &["unit", "range"],
    denies: false,
    day: None,
    ever: None,
    guesses: &[],
};

pub(super) fn sentences(names: &Names<'_>) -> Vec<String> {
    let unit = names.unit.map_or(String::new(), |unit| format!(" {unit}"));
    let bounds = names.range.and_then(|range| range.split_once(" to "));
    let (least, most) = bounds.map_or(("1", "2"), |(least, most)| (least.trim(), most.trim()));
    let mut sentences: Vec<String> = ["under", "at most", "at least", "over"]
        .iter()
        .map(|how| format!("{how} {most}{unit}"))
        .collect();
    sentences.push(format!("between {least} and {most}{unit}"));
    sentences
}

pub(super) fn words(scale: &Scale) -> AnswerWords {
    let unit = scale.unit.as_deref();
    let range = scale.range.map_or(String::new(), |(least, most)| {
        format!(", {least} to {most}")
    });
    let behind = unit.map_or(String::new(), |unit| format!(" {unit}"));
    AnswerWords {
        review: format!("a number{range}{behind}").into(),
        typed: scale.in_words().into(),
        line_mode: format!("Type {}", scale.in_words()).into(),
        keys: "",
        boxes: Vec::new(),
        lines: vec![unit.unwrap_or("Number").to_owned()],
        meanings: scale.in_words().into(),
    }
}
