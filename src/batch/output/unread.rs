//! The unreadable words of a table by column, for completing a map file.

use std::collections::BTreeMap;

use super::problem::{Problem, ProblemKind};
use crate::batch::table::Table;
use crate::batch::target::Target;
use candidacy_engine::answer::{Wording, unread_parts, yes_or_no};

/// Maximum number of words counted for one column; no form has more.
const MOST_WORDS: usize = 1000;

/// Cells that could not be read.
#[derive(Debug, Default)]
pub struct UnreadCells {
    columns: BTreeMap<usize, BTreeMap<String, u64>>,
}

/// The unreadable words of one column.
#[derive(Debug, PartialEq, Eq)]
pub struct UnreadColumn {
    /// The index of the column.
    pub column: usize,
    /// Words with their counts, most frequent first. A word that occurs only once may be personal
    /// and is left out.
    pub words: Vec<(String, u64)>,
    /// The number of other cells.
    pub others: u64,
}

impl UnreadCells {
    /// Adds a problem of a row.
    pub fn add(&mut self, table: &Table<'_>, problem: &Problem) {
        let (ProblemKind::NoAnswer, Some(place)) = (problem.kind, problem.place) else {
            return;
        };
        let words = self.columns.entry(place).or_default();
        // Hidden cells are counted, but not shown.
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

    /// The columns with such cells, in order.
    #[must_use]
    pub fn columns(&self) -> Vec<UnreadColumn> {
        let column = |(column, words): (&usize, &BTreeMap<String, u64>)| {
            let is_listed = |(word, count): &(&String, &u64)| {
                (**count > 1 || yes_or_no(word).is_some() || is_shape(word)) && may_be_shown(word)
            };
            let mut known: Vec<(String, u64)> = words
                .iter()
                .filter(is_listed)
                .map(|(word, count)| (word.clone(), *count))
                .collect();
            known.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
            let all: u64 = words.values().sum();
            let listed: u64 = known.iter().map(|(_, count)| count).sum();
            UnreadColumn {
                column: *column,
                words: known,
                others: all - listed,
            }
        };
        self.columns.iter().map(column).collect()
    }
}

/// Whether a repeated word may be shown: it must not be an address or a telephone number, which may
/// be personal.
#[must_use]
pub fn may_be_shown(word: &str) -> bool {
    const LONGEST: usize = 160;
    let digits = word
        .chars()
        .filter(|c| c.is_ascii_digit() && *c != '9')
        .count();
    !word.is_empty() && word.len() <= LONGEST && !word.contains('@') && digits < 6
}

/// A date or number with each digit as 9, so that only its pattern is shown; any other word
/// unchanged.
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

/// Whether a word is only the pattern of a number.
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
