//! A table that is being screened: its columns, its form, and its settings.

use std::collections::BTreeMap;

use crate::report::model::View;
use candidacy_engine::answer::Reader;
use candidacy_engine::plan::Plan;
use candidacy_engine::private::Private;
use candidacy_engine::summary::Scope;

use super::columns::Column;
use super::other_packs::OtherPack;
use super::refused::Refused;
use super::row_answers::RowAnswers;

/// The format of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The input's columns, then the added ones.
    Csv,
    /// For spreadsheets: with a byte-order mark and CRLF, and without cells that run as formulas.
    Excel,
    /// One JSON object for each row.
    Jsonl,
}

/// Whether and how deferred patients are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// They are not listed.
    Nobody,
    /// By id, with the maximum number that fits a page.
    ById,
    /// All of them, with the reasons.
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
    /// Columns that are questions of other built-in rules.
    pub other_pack: Option<OtherPack>,
    /// Words with a changed meaning in the map file: heading and word.
    pub changed: Vec<(String, String)>,
    /// The sources of the answers.
    pub intake: RowAnswers,
    /// The heading line as in the file, to recognise repetitions.
    pub first_line: Vec<u8>,
    /// Whether repeated ids are reported.
    pub watches_ids: bool,
    /// For a table from a workbook: the sheet row of each line.
    pub sheet_rows: Vec<u64>,
    /// For a table from FHIR responses: those that cannot be read, by the same number.
    pub refused: BTreeMap<u64, Refused>,
    /// The delimiter between cells.
    pub delimiter: u8,
    /// The column that identifies patients.
    pub id: usize,
    /// Whether deferred patients are listed by that column.
    pub listing: Listing,
    /// The columns that are copied; if none, all are copied unchanged.
    pub carried: Option<Vec<usize>>,
    /// Whether only the id is copied.
    pub ours_only: bool,
    /// The format of the output.
    pub form: Form,
    /// The reader of the output.
    pub view: View,
    /// What the reader must not see.
    pub private: Private,
    /// Everything that rows are screened for.
    pub scope: Scope,
    /// The encoding of the input, if it was not UTF-8.
    pub decoded: Option<&'static str>,
}

impl Table<'_> {
    /// The number of `line` for messages: the row of the sheet, if there is one.
    #[must_use]
    pub fn place(&self, line: u64) -> u64 {
        let at = usize::try_from(line)
            .ok()
            .and_then(|line| line.checked_sub(1));
        let row = at.and_then(|at| self.sheet_rows.get(at));
        row.copied().unwrap_or(line)
    }
}
