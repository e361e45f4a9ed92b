//! One table being screened: its columns, its form, and what a record becomes.

use std::collections::BTreeMap;

use crate::report::model::View;
use candidacy_engine::answer::Reader;
use candidacy_engine::plan::Plan;
use candidacy_engine::private::Private;
use candidacy_engine::summary::Scope;

use super::columns::Column;
use super::refused::Refused;
use super::row_answers::RowAnswers;

/// The format of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The input's columns, then ours.
    Csv,
    /// For spreadsheets: a byte-order mark, CRLF, and no cell that runs.
    Excel,
    /// One JSON object a row.
    Jsonl,
}

/// How deferred patients are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// They are not.
    Nobody,
    /// By id, as many as a page can show.
    ById,
    /// Every one, with why they wait.
    WithReasons,
}

/// A table and how it is screened.
#[derive(Debug)]
pub struct Table<'a> {
    /// The rules.
    pub plan: &'a Plan,
    /// Reads the cells.
    pub reader: Reader<'a>,
    /// The columns of the input.
    pub columns: Vec<Column>,
    /// Words that the map file gives another meaning than they have: heading and word.
    pub changed: Vec<(String, String)>,
    /// Where answers come from.
    pub intake: RowAnswers,
    /// The line of headings as it stands there, to know it again.
    pub first_line: Vec<u8>,
    /// Whether an id on several rows is told.
    pub watches_ids: bool,
    /// For a table from a workbook: the row of the sheet that each line is from.
    pub sheet_rows: Vec<u64>,
    /// For a table from responses of FHIR: those that cannot be read, by the same number.
    pub refused: BTreeMap<u64, Refused>,
    /// What stands between two cells.
    pub delimiter: u8,
    /// The column that tells patients apart.
    pub id: usize,
    /// Whether deferred patients are listed by that column.
    pub listing: Listing,
    /// The columns carried along; all of them as they stand when absent.
    pub carried: Option<Vec<usize>>,
    /// Whether only the id is carried along.
    pub ours_only: bool,
    /// The format of the output.
    pub form: Form,
    /// Who will read it.
    pub view: View,
    /// What the reader must not see.
    pub private: Private,
    /// All that rows are screened for.
    pub scope: Scope,
    /// The encoding it was in, where that was not UTF-8.
    pub decoded: Option<&'static str>,
}

impl Table<'_> {
    /// What a message calls `line` of the text: the row of the sheet, where it is from one.
    #[must_use]
    pub fn place(&self, line: u64) -> u64 {
        let at = usize::try_from(line)
            .ok()
            .and_then(|line| line.checked_sub(1));
        let row = at.and_then(|at| self.sheet_rows.get(at));
        row.copied().unwrap_or(line)
    }
}
