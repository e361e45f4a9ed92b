//! Facts about a type of question.

use std::borrow::Cow;

/// Facts that are the same for all questions of a type.
#[derive(Clone, Copy, Debug)]
pub struct TypeFacts {
    /// The word for it in rule files.
    pub word: &'static str,
    /// The names of this type in other form tools.
    pub elsewhere: &'static [&'static str],
    /// The keys that only some types of questions have.
    pub keys: &'static [&'static str],
    /// Whether one of its answers is *no*, *never* or *none*.
    pub denies: bool,
    /// How to introduce the formats of a day; none if no answer is a day.
    pub day: Option<&'static str>,
    /// The meaning of `ever`; none if there is no such sentence.
    pub ever: Option<&'static str>,
    /// Guesses for words in a table that could not be read; the first match counts.
    pub guesses: &'static [Guess],
}

/// A possible answer for the words of a cell.
#[derive(Clone, Copy, Debug)]
pub struct Guess {
    /// The answer.
    pub answer: &'static str,
    /// It matches if the first word is one of these.
    pub first: &'static [&'static str],
    /// It matches if any word is one of these.
    pub among: &'static [&'static str],
}

/// The texts that ask for an answer, one for each place.
#[derive(Clone, Debug)]
pub struct AnswerWords {
    /// The description of an answer for reviewers of rules.
    pub review: Cow<'static, str>,
    /// What can be typed in a line; empty if the answer is chosen from a list.
    pub typed: Cow<'static, str>,
    /// What to type in line mode.
    pub line_mode: Cow<'static, str>,
    /// The keys for the list of answers; empty if the answer is typed.
    pub keys: &'static str,
    /// The box that can be ticked on paper.
    pub boxes: Vec<String>,
    /// The text before the blank lines on paper.
    pub lines: Vec<String>,
    /// The possible meanings of a word in a table, for the author of a map file.
    pub meanings: Cow<'static, str>,
}

/// The names that sentences about a question can use, as in rule files.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The ids of its options.
    pub options: &'a [&'a str],
    /// Its unit.
    pub unit: Option<&'a str>,
    /// Its range.
    pub range: Option<&'a str>,
    /// The ids of all groups of medicines.
    pub groups: &'a [&'a str],
    /// Whether its day may be a later one.
    pub planned: bool,
}

/// The first name, and the first two names together.
pub(super) fn first_and_two(names: &[&str], none: &str) -> (String, String) {
    match names {
        [] => (none.to_owned(), format!("{none} {none}")),
        [only] => ((*only).to_owned(), (*only).to_owned()),
        [first, second, ..] => ((*first).to_owned(), format!("{first} {second}")),
    }
}

/// Each of `words` as a separate text.
pub(super) fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}
