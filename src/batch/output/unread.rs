//! The words of a table that could not be read, by column: what a map file still has to say.

use std::collections::BTreeMap;

use super::problem::{Problem, ProblemKind};
use crate::batch::table::Table;
use crate::batch::target::Target;
use candidacy_engine::answer::{Wording, unread_parts, yes_or_no};

/// So many words of one column are counted; a form has no more.
const MOST_WORDS: usize = 1000;

/// Cells that could not be read.
#[derive(Debug, Default)]
pub struct UnreadCells {
    columns: BTreeMap<usize, BTreeMap<String, u64>>,
}

/// The words of one column that could not be read.
#[derive(Debug, PartialEq, Eq)]
pub struct UnreadColumn {
    /// Its place in the table.
    pub column: usize,
    /// Words and how often each is there, the most frequent first. A word that is there
    /// once may be about one person, and is not among them.
    pub words: Vec<(String, u64)>,
    /// How many other cells there are.
    pub others: u64,
}

impl UnreadCells {
    /// Adds a problem of a row.
    pub fn add(&mut self, table: &Table<'_>, problem: &Problem) {
        let (ProblemKind::NoAnswer, Some(place)) = (problem.kind, problem.place) else {
            return;
        };
        let words = self.columns.entry(place).or_default();
        // What the reader may not see is counted, and not told.
        let Some(cell) = &problem.cell else {
            *words.entry(String::new()).or_default() += 1;
            return;
        };
        for part in parts(table, place, cell) {
            let word = shape(&part.split_whitespace().collect::<Vec<_>>().join(" "));
            if words.len() < MOST_WORDS || words.contains_key(&word) {
                *words.entry(word).or_default() += 1;
            } else {
                *words.entry(String::new()).or_default() += 1;
            }
        }
    }

    /// The columns with such cells, in their order.
    #[must_use]
    pub fn columns(&self) -> Vec<UnreadColumn> {
        let column = |(column, words): (&usize, &BTreeMap<String, u64>)| {
            let told = |(word, count): &(&String, &u64)| {
                (**count > 1 || yes_or_no(word).is_some() || is_shape(word)) && is_tellable(word)
            };
            let mut known: Vec<(String, u64)> = words
                .iter()
                .filter(told)
                .map(|(word, count)| (word.clone(), *count))
                .collect();
            known.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
            let all: u64 = words.values().sum();
            let told: u64 = known.iter().map(|(_, count)| count).sum();
            UnreadColumn {
                column: *column,
                words: known,
                others: all - told,
            }
        };
        self.columns.iter().map(column).collect()
    }
}

/// Whether a word that is there several times may be told: no address and no telephone
/// number, which may be one person's.
#[must_use]
pub fn is_tellable(word: &str) -> bool {
    const LONGEST: usize = 160;
    let digits = word
        .chars()
        .filter(|c| c.is_ascii_digit() && *c != '9')
        .count();
    !word.is_empty() && word.len() <= LONGEST && !word.contains('@') && digits < 6
}

/// A date or number with each digit as 9, so that its form shows and nothing else; any
/// other word as it is.
#[must_use]
pub fn shape(word: &str) -> String {
    let sign = |c: char| c.is_ascii_digit() || " /.-:".contains(c);
    let digits = word.chars().filter(char::is_ascii_digit).count();
    if digits > 2 && word.chars().all(sign) {
        word.replace(|c: char| c.is_ascii_digit(), "9")
    } else {
        word.to_owned()
    }
}

/// Whether a word shows the form of a number alone.
fn is_shape(word: &str) -> bool {
    word.contains("999") && shape(word) == word && !word.contains(char::is_alphabetic)
}

/// The parts of a cell that could not be read.
fn parts<'c>(table: &Table<'_>, place: usize, cell: &'c str) -> Vec<&'c str> {
    let target = table.columns.get(place).and_then(|column| column.target);
    let number = target.map(Target::question);
    let asked = number.and_then(|number| table.plan.questions.get(number));
    let source = number.and_then(|number| table.intake.questions.get(number));
    match (asked, source) {
        (Some(asked), Some(source))
            if source.column == Some(place) && asked.question.takes_several() =>
        {
            let none = Wording::default();
            let wording = source.wording.as_ref().unwrap_or(&none);
            let parts = unread_parts(&asked.question, wording, cell);
            if parts.is_empty() { vec![cell] } else { parts }
        }
        _ => vec![cell],
    }
}
