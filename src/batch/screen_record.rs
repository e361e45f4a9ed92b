//! Screens one record of a table and writes its output row.

use std::borrow::Cow;

use serde::Serialize;

use crate::report::model;
use crate::report::model::{Report, View};
use candidacy_engine::answer::{Answers, is_lost};
use candidacy_engine::assess::from_summary;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::summary::Summary;

use super::columns::{Column, plain};
use super::csv::records::{Cells, Record};
use super::output::problem::Problem;
use super::output::row;
use super::row_answers::CellError;
use super::table::{Form, Table};
use super::target::Target;

/// The result of one record.
#[derive(Debug)]
pub enum RowOutcome {
    /// Its answers were read.
    Screened(Summary),
    /// It could not be read.
    Unreadable(Vec<Problem>),
}

/// One line of JSONL, without the row's number.
#[derive(Serialize)]
struct Screened<'a> {
    line: u64,
    id: Option<Cow<'a, str>>,
    #[serde(flatten)]
    sheet: Report<'a>,
}

/// A line of JSONL for a row that could not be read.
#[derive(Serialize)]
struct Unscreened<'a> {
    line: u64,
    id: Option<Cow<'a, str>>,
    verdict: &'static str,
    problem: String,
}

impl Table<'_> {
    /// The answers of a record that begins on `line`.
    ///
    /// # Errors
    ///
    /// All problems that make it unreadable.
    pub fn answers(
        &self,
        record: &Record<'_>,
        text: &[u8],
        line: u64,
    ) -> Result<Answers, Vec<Problem>> {
        let cells = match record {
            Record::Cells(cells) => cells,
            Record::Broken(broken) => {
                return Err(vec![Problem::quote(
                    broken,
                    text,
                    self.delimiter,
                    &self.columns,
                    line,
                )]);
            }
        };
        if self.repeats_headings(cells) {
            return Err(vec![Problem::headings_again(line)]);
        }
        if let Some(refused) = self.refused.get(&line) {
            return Err(vec![Problem::response(refused, self.view, line)]);
        }
        if cells.len() != self.columns.len() {
            let mut problem = Problem::ragged(cells, self.columns.len(), self.delimiter, line);
            if !self.sheet_rows.is_empty() {
                "write a heading above each cell of this row, or empty the cells that have none"
                    .clone_into(&mut problem.help);
            }
            return Err(vec![problem]);
        }
        let unread = |unread: CellError| {
            let column = self.columns.get(unread.column);
            let heading = column.map_or("", |column| &column.heading);
            if self.is_hidden(column) {
                return Problem::hidden((unread.column, plain(heading)), line);
            }
            let cell = cells.cell(unread.column).into_owned();
            Problem::cell((unread.column, plain(heading)), cell, unread.why, line)
        };
        let read = self.intake.answers(self.plan, &self.reader, cells);
        let no_id = self.is_id_lost(cells);
        let id_told = |cells: &[CellError]| cells.iter().any(|one| one.column == self.id);
        let lost = || {
            let heading = self.columns.get(self.id).map(|id| plain(&id.heading));
            Problem::lost_id((self.id, heading.unwrap_or_default()), line)
        };
        match read {
            Ok(_) if no_id => Err(vec![lost()]),
            Ok(answers) => Ok(answers),
            Err(cells) => {
                let first = (no_id && !id_told(&cells)).then(lost);
                Err(first
                    .into_iter()
                    .chain(cells.into_iter().map(unread))
                    .collect())
            }
        }
    }

    /// Whether the id cell has a spreadsheet error, so that the row cannot be assigned.
    #[must_use]
    pub fn is_id_lost(&self, cells: &Cells<'_>) -> bool {
        // An error begins with `#` or `Err:`, perhaps after a quote or a blank.
        let is_id = |first: &u8| first.is_ascii_alphanumeric() && !matches!(first, b'E' | b'e');
        !cells.raw(self.id).first().is_none_or(is_id) && {
            let id = cells.cell(self.id);
            is_lost(&id) || id.trim().eq_ignore_ascii_case("#N/A")
        }
    }

    /// Whether a record repeats the heading line.
    #[must_use]
    pub fn repeats_headings(&self, cells: &Cells<'_>) -> bool {
        cells.whole() == self.first_line
    }

    /// Whether `column` is hidden from the reader.
    fn is_hidden(&self, column: Option<&Column>) -> bool {
        let target = column.and_then(|column| column.target);
        let private = |target: Target| self.plan.may_be_private(target.question());
        self.view == View::Desk && target.is_some_and(private)
    }

    /// The result of a record; its output row is appended to `out`. A JSON row lacks its
    /// `{"row":N,`, because only the writer knows the number.
    pub fn screen(
        &self,
        record: &Record<'_>,
        text: &[u8],
        line: u64,
        out: &mut Vec<u8>,
    ) -> RowOutcome {
        let answers = match self.answers(record, text, line) {
            Ok(answers) => answers,
            Err(problems) => {
                self.unreadable(record, text, line, &problems, out);
                return RowOutcome::Unreadable(problems);
            }
        };
        let patient = Patient::new(self.plan, &answers, self.reader.as_of);
        let summary = Summary::of(&patient, &self.scope, self.reader.as_of);
        if self.form == Form::Jsonl {
            let assessment = from_summary(&patient, &summary, self.reader.as_of);
            let sheet = model::sheet(self.plan, &answers, &assessment, self.view);
            let id = self.id_of(record);
            json(out, &Screened { line, id, sheet });
        } else {
            self.carry(record, text, out);
            row::tail(self, &summary, out);
        }
        RowOutcome::Screened(summary)
    }

    fn unreadable(
        &self,
        record: &Record<'_>,
        text: &[u8],
        line: u64,
        problems: &[Problem],
        out: &mut Vec<u8>,
    ) {
        let problem = Problem::in_a_cell(problems);
        if self.form == Form::Jsonl {
            let id = self.id_of(record);
            json(
                out,
                &Unscreened {
                    line,
                    id,
                    verdict: row::UNREADABLE,
                    problem,
                },
            );
        } else {
            self.carry(record, text, out);
            // Such a row has no id to find it by.
            let problem = if self.id_of(record).is_some() {
                problem
            } else {
                format!("line {line}: {problem}")
            };
            row::unreadable(self, &problem, out);
        }
    }

    /// Whether a record has as many cells as the heading.
    fn is_whole(&self, record: &Record<'_>) -> bool {
        matches!(record, Record::Cells(cells) if cells.len() == self.columns.len())
    }

    /// The id of a record; none if the number of cells is wrong, because another answer may then be
    /// in its place. Ids lost in a spreadsheet do not count either.
    #[must_use]
    pub fn id_of<'c>(&self, record: &Record<'c>) -> Option<Cow<'c, str>> {
        match record {
            Record::Cells(cells) if self.is_whole(record) && !self.is_id_lost(cells) => {
                Some(cells.cell(self.id))
            }
            _ => None,
        }
    }

    /// Writes the copied cells of a record.
    pub fn carry(&self, record: &Record<'_>, text: &[u8], out: &mut Vec<u8>) {
        let width = self.columns.len();
        match record {
            Record::Cells(cells) if cells.len() == width => row::carried(self, cells, out),
            Record::Cells(cells) => self.carry_ragged(cells, out),
            Record::Broken(broken) => {
                let line = text.get(broken.start..broken.end).unwrap_or_default();
                self.carry_whole(line, out);
            }
        }
    }

    /// Writes the copied cells of a record with a wrong number of cells. If there are too few and
    /// all are copied unchanged, empty cells are added. Otherwise the first cell gets the whole
    /// row.
    fn carry_ragged(&self, cells: &Cells<'_>, out: &mut Vec<u8>) {
        if cells.len() < self.columns.len() && self.carried.is_none() {
            row::carried(self, cells, out);
        } else {
            self.carry_whole(cells.whole(), out);
        }
    }

    /// Writes a whole line to the first cell. If only the id is requested, the line is left out: it
    /// is not known which part is the id, and the rest may be private.
    fn carry_whole(&self, line: &[u8], out: &mut Vec<u8>) {
        if !self.ours_only {
            let text = String::from_utf8_lossy(line);
            row::quoted(&text, self.form, out);
        }
        let width = self.carried.as_ref().map_or(self.columns.len(), Vec::len);
        out.extend(std::iter::repeat_n(self.delimiter, width.saturating_sub(1)));
    }
}

fn json(out: &mut Vec<u8>, line: &impl Serialize) {
    let start = out.len();
    // Writing a derived type to memory cannot fail.
    if serde_json::to_writer(&mut *out, line).is_err() {
        out.truncate(start);
    }
    out.push(b'\n');
}
