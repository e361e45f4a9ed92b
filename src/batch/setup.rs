//! Prepares a run before the first row: determines columns and missing questions.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use crate::error::Error;
use crate::report::model;
use candidacy_engine::answer::{DateFormat, Reader};
use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;
use candidacy_engine::summary::Scope;

use super::column_reading::ColumnReading;
use super::columns::{self, Column, Mapped};
use super::csv::chunk::{Chunk, ReadError};
use super::csv::quotes::line_end;
use super::csv::records::{Record, for_each};
use super::csv::splitter::Splitter;
use super::header::{
    Heading, decoded, first_record, is_text, refused, stated_delimiter, without_line_end,
};
use super::heading_forms;
use super::output::row;
use super::read_column::ReadColumn;
use super::row_answers::RowAnswers;
use super::run::stopped;
use super::table::{Form, Listing, Table};
use super::title_rows;

/// The user's settings, apart from files.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The day of treatment.
    pub as_of: Date,
    /// The day on which the table is read.
    pub today: Date,
    /// Who will read it.
    pub view: model::View,
    /// The format of the output.
    pub form: Form,
    /// Whether only the id and the added columns are written.
    pub ours_only: bool,
    /// The delimiter between cells; detected if none.
    pub delimiter: Option<u8>,
    /// The column that identifies patients; the first column if none.
    pub id: Option<String>,
    /// Whether deferred patients are listed by that column.
    pub listing: Listing,
    /// What columns answer, in addition to their headings.
    pub maps: Vec<Mapped>,
    /// Answers that are assumed if there is none.
    pub assumes: Vec<(String, String)>,
    /// Questions whose empty option columns mean no.
    pub ticked: Vec<String>,
    /// How dates are written.
    pub date_format: Option<DateFormat>,
    /// Whether added columns replace columns of the input with the same name.
    pub replace: bool,
}

/// Maximum size of the heading line in bytes.
const LONGEST_HEADING: usize = 1 << 18;

/// Reads the heading from `splitter`, and sets the delimiter there.
///
/// # Errors
///
/// If there is none, or it cannot be read.
pub fn heading<R: Read>(
    splitter: &mut Splitter<R>,
    plan: &Plan,
    settings: &Settings,
    path: &Path,
) -> Result<Heading, Error> {
    let bytes = splitter
        .peek(LONGEST_HEADING)
        .map_err(|stop| stopped(&stop, path))?;
    let (stated, before) = stated_delimiter(bytes);
    let rest = bytes.get(before..).unwrap_or_default();
    is_text(rest, path)?;
    let known = |name: &str| {
        heading_forms::understood(plan, name).is_some()
            || settings.maps.iter().any(|map| map.column == name)
    };
    let names =
        |delimiter: u8| first_record(rest, delimiter).map_or_else(Vec::new, |(names, _)| names);
    let delimiter = settings
        .delimiter
        .or(stated)
        .unwrap_or_else(|| columns::delimiter(known, names));
    let first = first_record(rest, delimiter);
    let length = match &first {
        Some((_, length)) => Some(*length),
        None => line_end(rest, 0, true).map(|(_, next)| next),
    };
    if length.is_some_and(|length| before + length >= LONGEST_HEADING) {
        return Err(refused(
            path,
            "the line of headings is longer than 256 KiB",
            "shorten it; if the file has line ends, a quote in its first line is never closed",
        ));
    }
    let Some((names, length)) = first else {
        return Err(refused(
            path,
            "a quote in the line of headings is never closed, or is in a place where none is allowed",
            "put the whole heading in quotes and write each quote in it twice",
        ));
    };
    let raw = rest.get(..length).unwrap_or_default();
    let (text, foreign) = decoded(raw);
    let below = if names.iter().any(|name| known(name)) {
        None
    } else {
        title_rows::headings_on(bytes, known)
    };
    let mut heading = Heading {
        names,
        first: without_line_end(&text).to_vec(),
        text,
        delimiter,
        foreign,
        below,
        second: None,
    };
    if foreign && splitter.is_strict() {
        return Err(stopped(&ReadError::NotUtf8(1), path));
    }
    splitter.skip(before + length);
    splitter.delimit(delimiter);
    let line = splitter.line();
    let bytes = splitter
        .peek(LONGEST_HEADING)
        .map_err(|stop| stopped(&stop, path))?;
    if let Some(length) = heading.join_second(plan, bytes, line) {
        splitter.skip(length);
    }
    Ok(heading)
}

/// Reads the heading from `columns`, the beginning of `columns_path`, and prepares `splitter`, a
/// table without headings at `path`, for its rows.
///
/// # Errors
///
/// If there is no heading, or one of the two cannot be read.
pub fn separate_heading<C: Read, R: Read>(
    (columns, columns_path): (&mut Splitter<C>, &Path),
    (splitter, path): (&mut Splitter<R>, &Path),
    plan: &Plan,
    settings: &Settings,
) -> Result<Heading, Error> {
    let heading = heading(columns, plan, settings, columns_path)?;
    let bytes = splitter
        .peek(LONGEST_HEADING)
        .map_err(|stop| stopped(&stop, path))?;
    // A part of a table may have no rows.
    if !bytes.is_empty() {
        is_text(bytes, path)?;
    }
    splitter.delimit(heading.delimiter);
    Ok(heading)
}

/// The table with this heading.
///
/// # Errors
///
/// If flags and columns do not fit together, or no column answers a question.
pub fn table<'a>(
    plan: &'a Plan,
    settings: &'a Settings,
    heading: &Heading,
    path: &Path,
) -> Result<Table<'a>, Error> {
    let columns = columns::columns(plan, &heading.names, &settings.maps)?;
    let reader = Reader {
        format: settings.date_format.as_ref(),
        ..plan.reader(settings.as_of).answered_on(settings.today)
    };
    let readings = readings(plan, &reader, &columns, &heading.names, &settings.maps)?;
    let changed = columns.iter().zip(&readings).flat_map(|(column, read)| {
        let words = read.changed.iter();
        words.map(|word| (column.heading.clone(), word.clone()))
    });
    let changed = changed.collect();
    let mut intake = RowAnswers::new(plan, &columns, readings);
    for name in &settings.ticked {
        intake.tick(plan, name)?;
    }
    for (name, value) in &settings.assumes {
        intake.assume(plan, &reader, name, value)?;
    }
    let used = settings.maps.iter().map(|map| &map.column);
    let used: Vec<&str> = used.chain(&settings.id).map(String::as_str).collect();
    title_rows::are_headings(plan, &reader, &columns, &used, heading, path)?;
    let id = match &settings.id {
        Some(name) => columns::find(&heading.names, "--id", name)?,
        None => 0,
    };
    Ok(Table {
        plan,
        reader,
        intake,
        delimiter: heading.delimiter,
        id,
        listing: settings.listing,
        carried: carried(plan, &columns, settings, id)?,
        ours_only: settings.ours_only,
        watches_ids: settings.id.is_some()
            || columns.get(id).is_none_or(|column| column.target.is_none()),
        columns,
        other_pack: None,
        changed,
        first_line: heading.first.clone(),
        sheet_rows: Vec::new(),
        refused: BTreeMap::new(),
        form: settings.form,
        view: settings.view,
        private: model::private(plan, settings.view),
        scope: Scope::all(plan),
        decoded: None,
    })
}

/// How each column writes its answers.
fn readings(
    plan: &Plan,
    reader: &Reader<'_>,
    columns: &[Column],
    headings: &[String],
    maps: &[Mapped],
) -> Result<Vec<ReadColumn>, Error> {
    let by_heading = |column: &Column| ColumnReading::default().of(plan, reader, column);
    let mut readings: Vec<ReadColumn> = columns.iter().map(by_heading).collect::<Result<_, _>>()?;
    for map in maps {
        let place = columns::find(headings, "--map", &map.column)?;
        if let (Some(read), Some(column)) = (readings.get_mut(place), columns.get(place)) {
            *read = map.reading.of(plan, reader, column)?;
        }
    }
    Ok(readings)
}

/// The columns that are copied; none if all are copied unchanged.
fn carried(
    plan: &Plan,
    columns: &[Column],
    settings: &Settings,
    id: usize,
) -> Result<Option<Vec<usize>>, Error> {
    if settings.ours_only {
        return Ok(Some(vec![id]));
    }
    let ours = |column: &Column| row::ours(plan).any(|name| name == column.heading);
    if settings.form == Form::Jsonl || !columns.iter().any(ours) {
        return Ok(None);
    }
    if settings.replace {
        let kept = columns
            .iter()
            .enumerate()
            .filter(|(_, column)| !ours(column));
        return Ok(Some(kept.map(|(place, _)| place).collect()));
    }
    let there: Vec<&str> = columns
        .iter()
        .filter(|c| ours(c))
        .map(|c| c.heading.as_str())
        .collect();
    Err(Error::Usage {
        message: format!(
            "the table already has {} {}, which a batch writes",
            if there.len() == 1 {
                "the column"
            } else {
                "the columns"
            },
            candidacy_engine::suggest::listed(&there).replace(" or ", " and ")
        ),
        hint: "rename it, or let it be replaced with `--replace`".to_owned(),
    })
}

/// The heading row of the output.
#[must_use]
pub fn output_heading(table: &Table<'_>, heading: &Heading) -> Vec<u8> {
    let mut out = Vec::new();
    let chunk = Chunk {
        bytes: heading.text.clone(),
        ..Chunk::default()
    };
    if table.form != Form::Jsonl {
        for_each(&chunk, table.delimiter, None, &mut |record| {
            if let Record::Cells(cells) = record {
                out = row::heading(table, &cells);
            }
        });
    }
    out
}

/// Questions that rules need and that no column answers, in the plan's order.
#[must_use]
pub fn missing(plan: &Plan, intake: &RowAnswers) -> Vec<usize> {
    let without = |question: usize| {
        intake
            .questions
            .get(question)
            .is_none_or(super::row_answers::Source::is_missing)
    };
    let mut needed: Vec<usize> = plan
        .rules
        .iter()
        .flat_map(|rule| rule.when.questions())
        .collect();
    // The gate of a question matters only if no column can answer the question.
    let mut seen = 0;
    while let Some(question) = needed.get(seen).copied() {
        seen += 1;
        let gate = plan
            .questions
            .get(question)
            .and_then(|asked| asked.gate.as_ref());
        if let Some(gate) = gate.filter(|_| without(question)) {
            let mut more = gate.questions();
            more.retain(|one| !needed.contains(one));
            needed.extend(more);
        }
    }
    let optional = |question: usize| {
        plan.questions
            .get(question)
            .is_some_and(|asked| asked.question.optional)
    };
    needed.retain(|question| without(*question) && !optional(*question));
    // A question that depends on another missing question is not listed.
    let named = needed.clone();
    needed.retain(|question| {
        let asked = plan.questions.get(*question);
        let gate = asked.and_then(|asked| asked.gate.as_ref());
        gate.is_none_or(|gate| !gate.questions().iter().any(|one| named.contains(one)))
    });
    needed.sort_unstable();
    needed.dedup();
    needed
}
