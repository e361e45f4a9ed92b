//! What the program needs to know of a type of question.

use std::borrow::Cow;

/// What holds for every question of a type.
#[derive(Clone, Copy, Debug)]
pub struct TypeFacts {
    /// The word for it in rule files.
    pub word: &'static str,
    /// What forms elsewhere call it.
    pub elsewhere: &'static [&'static str],
    /// The keys that not every question has.
    pub keys: &'static [&'static str],
    /// Whether one of its answers is *no*, *never* or *none*.
    pub denies: bool,
    /// What to write for a day, before its forms; none where no answer is a day.
    pub day: Option<&'static str>,
    /// What `ever` says of it; none where it takes no such sentence.
    pub ever: Option<&'static str>,
    /// What unread words in a table may mean; the first that fits counts.
    pub guesses: &'static [Guess],
}

/// An answer that the words of a cell may mean.
#[derive(Clone, Copy, Debug)]
pub struct Guess {
    /// The answer.
    pub answer: &'static str,
    /// It is meant if one of these is the first word.
    pub first: &'static [&'static str],
    /// It is meant if one of these is among the words.
    pub among: &'static [&'static str],
}

/// How an answer to a question is asked for, in each place that asks.
#[derive(Clone, Debug)]
pub struct AnswerWords {
    /// What an answer is, for those who review rules.
    pub review: Cow<'static, str>,
    /// What may be typed in a line; nothing where an answer is picked from a list.
    pub typed: Cow<'static, str>,
    /// What to type in line mode.
    pub line_mode: Cow<'static, str>,
    /// The keys of the list from which an answer is picked; nothing where it is typed.
    pub keys: &'static str,
    /// What can be ticked on paper.
    pub boxes: Vec<String>,
    /// What stands before the lines to be filled in on paper.
    pub lines: Vec<String>,
    /// What a word in a table may mean, for whoever maps it.
    pub meanings: Cow<'static, str>,
}

/// What the sentences about a question may name, as rule files write it.
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
}

/// The first name, and the first two one after the other.
pub(super) fn first_and_two(names: &[&str], none: &str) -> (String, String) {
    match names {
        [] => (none.to_owned(), format!("{none} {none}")),
        [only] => ((*only).to_owned(), (*only).to_owned()),
        [first, second, ..] => ((*first).to_owned(), format!("{first} {second}")),
    }
}

/// Each of `words` as a text of its own.
pub(super) fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}
