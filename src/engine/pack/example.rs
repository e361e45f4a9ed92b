//! Filled-in examples for help lines, out of what the pack itself has, so that
//! a line can be taken over as it stands.

use crate::engine::suggest::listed;

use super::{Citation, Group, Question};

/// What the help lines of an entry may show.
pub struct Examples {
    /// The id of a source.
    pub source: String,
    /// A sentence.
    pub sentence: String,
}

impl Examples {
    /// Examples from what a pack has.
    pub fn of(citations: &[Citation], groups: &[Group], questions: &[Question]) -> Self {
        let named = |id: &&str| !id.is_empty();
        let mut sources = citations.iter().map(|source| source.id.value.as_str());
        let groups: Vec<&str> = groups.iter().map(|group| group.id.value.as_str()).collect();
        let asked = questions.iter().rev();
        let mut sentences = asked
            .filter(|question| question.whole)
            .flat_map(|question| sentences(question, &groups));
        Self {
            source: sources.rfind(named).unwrap_or("P4").to_owned(),
            sentence: sentences.next().unwrap_or_else(|| "acne is yes".to_owned()),
        }
    }
}

/// A help line with the sentences that a question takes.
#[must_use]
pub fn takes(question: &Question, groups: &[&str]) -> String {
    format!("it takes {}", listed(&sentences(question, groups)))
}

/// Every sentence that a question takes, filled in; `groups` are those of the pack.
fn sentences(question: &Question, groups: &[&str]) -> Vec<String> {
    let id = &question.id.value;
    let of = |says: &[&str]| says.iter().map(|says| format!("{id} {says}")).collect();
    let options: Vec<&str> = question
        .options
        .iter()
        .map(|option| option.id.value.as_str())
        .collect();
    let (option, two_options) = first_and_two(&options, "OPTION");
    let (group, two_groups) = first_and_two(groups, "GROUP");
    match question.kind.value.as_str() {
        "yes-no" => of(&["is yes", "is no"]),
        "choice" => of(&[
            &format!("is {option}"),
            &format!("is not {option}"),
            &format!("is one of {two_options}"),
        ]),
        "choices" => of(&[
            &format!("includes {option}"),
            &format!("includes any of {two_options}"),
            &format!("includes all of {two_options}"),
        ]),
        "number" => numbers(question),
        "date" => of(&["within 18 years"]),
        "event" => of(&["within 6 months", "ever"]),
        "course" => of(&[
            "ongoing",
            "ended within 6 months",
            "ongoing or ended within 6 months",
            "ever",
        ]),
        _ => of(&[
            &format!("include {group}"),
            &format!("include any of {two_groups}"),
            "include unrecognised",
        ]),
    }
}

fn numbers(question: &Question) -> Vec<String> {
    let id = &question.id.value;
    let unit = question.unit.as_ref();
    let unit = unit.map_or(String::new(), |unit| format!(" {}", unit.value));
    let bounds = question.range.as_ref();
    let bounds = bounds.and_then(|range| range.value.split_once(" to "));
    let (least, most) = bounds.map_or(("1", "2"), |(least, most)| (least.trim(), most.trim()));
    let mut sentences: Vec<String> = ["under", "at most", "at least", "over"]
        .iter()
        .map(|how| format!("{id} {how} {most}{unit}"))
        .collect();
    sentences.push(format!("{id} between {least} and {most}{unit}"));
    sentences
}

/// The first name, and the first two one after the other.
fn first_and_two(names: &[&str], none: &str) -> (String, String) {
    match names {
        [] => (none.to_owned(), format!("{none} {none}")),
        [only] => ((*only).to_owned(), (*only).to_owned()),
        [first, second, ..] => ((*first).to_owned(), format!("{first} {second}")),
    }
}
