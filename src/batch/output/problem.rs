//! Why a row could not be read, and what would be.

use candidacy_engine::answer::{AnswerError, Cause};

use crate::batch::columns::{Column, plain};
use crate::batch::csv::quotes::{Broken, Fault};
use crate::batch::csv::records::{Cells, count};
use crate::batch::refused::Refused;
use crate::report::model::View;

/// What kind of reason it is: all that may be said where no cell may be quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The cell is not an answer to its question.
    NoAnswer,
    /// The row has more cells than the heading.
    TooManyCells,
    /// The row has fewer cells than the heading.
    TooFewCells,
    /// A quote is never closed, or is where none may be.
    Quote(Fault),
    /// The row repeats the headings.
    HeadingsAgain,
    /// The id is lost.
    LostId,
    /// It is a response of FHIR that cannot be read.
    Response,
}

impl ProblemKind {
    /// The kind in words, without a word of the cell.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NoAnswer => "not an answer to its question",
            Self::TooManyCells => "more cells than the heading has",
            Self::TooFewCells => "fewer cells than the heading has",
            Self::HeadingsAgain => "the headings again",
            Self::LostId => "an id that is lost",
            Self::Response => "a response that cannot be read",
            Self::Quote(Fault::Unclosed) => "a quote that is never closed",
            Self::Quote(Fault::Stray) => "a quote where none is allowed",
            Self::Quote(Fault::TooLong) => "a row that is too long",
        }
    }
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its kind.
    pub kind: ProblemKind,
    /// The line on which the record begins.
    pub line: u64,
    /// The place of the column, where there is one to name.
    pub place: Option<usize>,
    /// Its heading.
    pub column: Option<String>,
    /// The cell, as it is meant.
    pub cell: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What would be read.
    pub help: String,
}

/// What to do about a cell that is no answer; for a whole table there may be a flag.
#[must_use]
pub fn help(why: &AnswerError) -> String {
    let flag = match why.cause {
        Cause::DateForm | Cause::TwoDays(_) => {
            "; for a whole table name its form with `--date-format`"
        }
        Cause::LostLetters => "; for a whole table name its encoding with `--encoding`",
        Cause::NoAnswer | Cause::LaterDay | Cause::TwoTimes(_) | Cause::TwoReadings => "",
    };
    format!("{}{flag}", why.help)
}

impl Problem {
    /// A cell that is no answer.
    #[must_use]
    pub fn cell(at: (usize, String), cell: String, why: AnswerError, line: u64) -> Self {
        let (place, column) = at;
        Self {
            kind: ProblemKind::NoAnswer,
            line,
            place: Some(place),
            column: Some(column),
            cell: Some(cell),
            help: help(&why),
            message: why.message,
        }
    }

    /// A cell that is no answer, and that the desk may not see.
    #[must_use]
    pub fn hidden(at: (usize, String), line: u64) -> Self {
        let (place, column) = at;
        Self {
            kind: ProblemKind::NoAnswer,
            line,
            place: Some(place),
            column: Some(column),
            cell: None,
            message: "this is not an answer".to_owned(),
            help: "it is private; `--view clinician` shows what would be read".to_owned(),
        }
    }

    /// A record that has not `width` cells, as the heading has.
    #[must_use]
    pub fn ragged(cells: &Cells<'_>, width: usize, delimiter: u8, line: u64) -> Self {
        let delimiter = delimiter_name(delimiter);
        let surplus = width..cells.len();
        let help = if cells.len() < width {
            "look for a missing cell, or for a line break in the middle of the row".to_owned()
        } else if surplus.clone().all(|cell| cells.raw(cell).is_empty()) {
            let what = if surplus.len() == 1 {
                "the last one is".to_owned()
            } else {
                format!("the last {} are", surplus.len())
            };
            format!("{what} empty: take the extra {delimiter} off the end of the row")
        } else {
            format!("put a cell that holds {delimiter} in quotes")
        };
        Self {
            kind: if cells.len() < width {
                ProblemKind::TooFewCells
            } else {
                ProblemKind::TooManyCells
            },
            line,
            place: None,
            column: None,
            cell: None,
            message: format!(
                "this row has {}, and the heading has {width}",
                counted(cells.len(), "cell")
            ),
            help,
        }
    }

    /// A row that repeats the headings.
    #[must_use]
    pub fn headings_again(line: u64) -> Self {
        Self {
            kind: ProblemKind::HeadingsAgain,
            line,
            place: None,
            column: None,
            cell: None,
            message: "this row repeats the headings".to_owned(),
            help: "take it out".to_owned(),
        }
    }

    /// A row whose id a spreadsheet lost.
    #[must_use]
    pub fn lost_id(at: (usize, String), line: u64) -> Self {
        let (place, column) = at;
        Self {
            kind: ProblemKind::LostId,
            line,
            place: Some(place),
            column: Some(column),
            cell: None,
            message: "the id is lost: a formula failed here, or was never calculated"
                .to_owned(),
            help: "open the table in the program that wrote it, see that the id is there, and save it again"
                .to_owned(),
        }
    }

    /// A response that cannot be read; what it says may be private.
    #[must_use]
    pub fn response(refused: &Refused, view: View, line: u64) -> Self {
        let told = |text: &str, kept: &str| match view {
            View::Clinician => text.to_owned(),
            View::Desk => kept.to_owned(),
        };
        Self {
            kind: ProblemKind::Response,
            line,
            place: None,
            column: None,
            cell: None,
            message: told(&refused.message, "this response cannot be read"),
            help: told(&refused.help, "`--view clinician` says why"),
        }
    }

    /// A line whose quotes do not work out.
    #[must_use]
    pub fn quote(
        broken: &Broken,
        text: &[u8],
        delimiter: u8,
        columns: &[Column],
        line: u64,
    ) -> Self {
        let before = text.get(broken.start..broken.quote).unwrap_or_default();
        let column = columns.get(count(before, delimiter));
        let column = column.map(|column| plain(&column.heading));
        let (message, help) = match broken.fault {
            Fault::Unclosed => (
                "the quote that opens here is never closed",
                "close it, or write it twice and put the whole cell in quotes",
            ),
            Fault::Stray => (
                "a quote is in a place where none is allowed",
                "put the whole cell in quotes and write each quote in it twice",
            ),
            Fault::TooLong => (
                "this row is longer than 8 MiB, and was left out",
                "look for missing line ends",
            ),
        };
        Self {
            kind: ProblemKind::Quote(broken.fault),
            line,
            place: None,
            column: column.filter(|_| broken.fault != Fault::TooLong),
            cell: None,
            message: message.to_owned(),
            help: help.to_owned(),
        }
    }

    /// `column: message; help`.
    #[must_use]
    pub fn in_words(&self) -> String {
        match &self.column {
            Some(column) => format!("{column}: {}; {}", self.message, self.help),
            None => format!("{}; {}", self.message, self.help),
        }
    }

    /// All the problems of a row in one cell.
    #[must_use]
    pub fn in_a_cell(problems: &[Self]) -> String {
        let words: Vec<String> = problems.iter().map(Self::in_words).collect();
        words.join(" | ")
    }
}

/// A delimiter as a message names it.
#[must_use]
pub fn delimiter_name(delimiter: u8) -> String {
    match delimiter {
        b'\t' => "a tab".to_owned(),
        other => format!("`{}`", char::from(other)),
    }
}

/// `1 cell`, `2 cells`, with commas between thousands.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    let digits = count.to_string();
    let mut number = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            number.push(',');
        }
        number.push(digit);
    }
    format!("{number} {noun}{}", if count == 1 { "" } else { "s" })
}
