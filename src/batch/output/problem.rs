//! Why a row could not be read, and how to fix it.

use candidacy_engine::answer::{AnswerError, Cause};

use crate::batch::columns::{Column, plain};
use crate::batch::csv::quotes::{Broken, Fault};
use crate::batch::csv::records::{Cells, count};
use crate::batch::refused::Refused;
use crate::report::model::View;

/// The kind of problem, which may be shown even if no cell may be quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The cell is not a valid answer to its question.
    NoAnswer,
    /// The row has more cells than the heading.
    TooManyCells,
    /// The row has fewer cells than the heading.
    TooFewCells,
    /// A quote is unclosed or in a wrong position.
    Quote(Fault),
    /// The row repeats the headings.
    HeadingsAgain,
    /// The id was lost.
    LostId,
    /// It is a FHIR response that cannot be read.
    Response,
}

impl ProblemKind {
    /// The kind in words, without any content of the cell.
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

/// One problem of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The kind of problem.
    pub kind: ProblemKind,
    /// The line on which the record begins.
    pub line: u64,
    /// The index of the column, if the problem is in one column.
    pub place: Option<usize>,
    /// The heading of the column.
    pub column: Option<String>,
    /// The value of the cell, without quotes.
    pub cell: Option<String>,
    /// What is wrong.
    pub message: String,
    /// How to fix it.
    pub help: String,
}

/// How to fix an invalid answer; a flag may help for a whole table.
#[must_use]
pub fn help(why: &AnswerError) -> String {
    let flag = match why.cause {
        Cause::DateForm | Cause::TwoDays(_) => {
            "; for a whole table name its form with `--date-format`"
        }
        Cause::LostLetters => "; for a whole table name its encoding with `--encoding`",
        Cause::NoAnswer(_)
        | Cause::NoOption { .. }
        | Cause::Moved { .. }
        | Cause::OutOfRange(_)
        | Cause::NoneAndSomething
        | Cause::EveryOptionDenied
        | Cause::LaterDay
        | Cause::TwoTimes(_)
        | Cause::TwoReadings
        | Cause::Other => "",
    };
    format!("{}{flag}", why.help)
}

impl Problem {
    /// A cell that is not a valid answer.
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

    /// A cell that is not a valid answer and is hidden from the desk.
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

    /// A record with another number of cells than `width`, the heading's number.
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
            format!("{what} empty: remove the extra {delimiter} from the end of the row")
        } else {
            format!("put a cell that contains {delimiter} in quotes")
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
            help: "remove it".to_owned(),
        }
    }

    /// A row whose id was lost in a spreadsheet.
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

    /// A response that cannot be read; its content may be private.
    #[must_use]
    pub fn response(refused: &Refused, view: View, line: u64) -> Self {
        let text = |text: &str, kept: &str| match view {
            View::Clinician => text.to_owned(),
            View::Desk => kept.to_owned(),
        };
        Self {
            kind: ProblemKind::Response,
            line,
            place: None,
            column: None,
            cell: None,
            message: text(&refused.message, "this response cannot be read"),
            help: text(&refused.help, "`--view clinician` says why"),
        }
    }

    /// A line with a quoting error.
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

/// The name of a delimiter for messages.
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
