//! The outputs of a batch and their files.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::batch::output::page::Page;
use crate::batch::output::recall;
use crate::batch::output::summary::RunSummary;
use crate::batch::run::{Done, Sink};
use crate::batch::setup::Settings;
use crate::batch::table::{Form, Listing, Table};
use crate::batch::workbook::{Cell, names_workbook};
use crate::error::{Error, Exit};
use crate::files::{self, Destination, Existing, Output};

use crate::report::calendar::{self, Made};
use candidacy_engine::plan::Clinic;

use super::super::args::json;
use super::super::clinic::clinic;
use super::flags::usage;

/// The files that a batch writes.
#[derive(Args, Debug)]
pub struct OutputArgs {
    /// Where the output goes: a file, which is replaced when the output is
    /// complete, or `-` for standard output
    #[arg(short, long, value_name = "OUT", default_value = "-")]
    output: PathBuf,
    /// Writes every problem of every unreadable row to this CSV
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Writes a page for the browser: counts, reasons, and when deferred
    /// patients may come; it names them only by `--id`
    #[arg(long, value_name = "FILE.html")]
    pub report: Option<PathBuf>,
    /// Writes the counts, the treatment day and the fingerprint of the rules to this JSON file
    #[arg(long, value_name = "FILE.json")]
    summary: Option<PathBuf>,
    /// Writes a list of recalls to this CSV: patients who wait until a day, with the day and the reason
    #[arg(long, value_name = "FILE.csv")]
    recall: Option<PathBuf>,
    /// Writes the recalls as a calendar file, with a reminder for each patient
    #[arg(long, value_name = "FILE.ics")]
    calendar: Option<PathBuf>,
    /// The clinic's name, phone and address for the page and the calendar file, in YAML; by default
    /// those of the rules
    #[arg(long, value_name = "FILE")]
    clinic: Option<PathBuf>,
    /// Only you can read the files that are written
    #[arg(long)]
    private: bool,
}

impl OutputArgs {
    /// How deferred patients are listed; on a page only by a column that was `chosen`.
    pub fn listing(&self, chosen: bool) -> Listing {
        if self.recall.is_some() || self.calendar.is_some() {
            Listing::WithReasons
        } else if self.report.is_some() && chosen {
            Listing::ById
        } else {
            Listing::Nobody
        }
    }

    /// Whether the rows are to go into a workbook.
    pub fn is_workbook(&self) -> bool {
        names_workbook(&self.output)
    }

    /// Claims every output, now that every input is known.
    pub fn claim(
        &self,
        input: &Path,
        table: &Table<'_>,
        settings: &Settings,
        dry_run: bool,
    ) -> Result<Outputs, Error> {
        if self.private && cfg!(not(unix)) {
            return Err(usage(
                "`--private` is not possible on this system",
                "leave it out, and write to a folder that only you can open",
            ));
        }
        let claim = |flag: &str, path: &Path, existing: Existing| {
            Ok(Destination::claim(flag, path, existing)?.private(self.private))
        };
        let beside = |flag: &str, path: &Option<PathBuf>| {
            let claimed = path
                .as_deref()
                .map(|path| claim(flag, path, Existing::Replaced));
            claimed.transpose()
        };
        let clinic = clinic(self.clinic.as_deref(), table.plan)?;
        let problems = beside("--errors", &self.errors)?;
        if dry_run {
            return Ok(Outputs {
                problems,
                ..Outputs::default()
            });
        }
        let to_workbook = self.is_workbook();
        if to_workbook {
            may_be_workbook(table, &self.output)?;
        }
        if let Some(errors) = self.errors.as_deref().filter(|path| names_workbook(path)) {
            return Err(usage(
                &format!(
                    "`--errors {}` names a workbook, and problems are written as CSV",
                    errors.display()
                ),
                "give it a name that ends in `.csv`",
            ));
        }
        let in_place = self.output != Path::new("-") && files::same(&self.output, input);
        let existing = if in_place {
            if to_workbook || !table.sheet_rows.is_empty() {
                return Err(usage(
                    "`--output` names the table itself, and what a workbook holds besides would be lost",
                    "name another file for the output",
                ));
            }
            keeps_table(table, settings)?;
            Existing::Extended
        } else {
            Existing::Replaced
        };
        Ok(Outputs {
            rows: Some(claim("--output", &self.output, existing)?),
            problems,
            report: beside("--report", &self.report)?,
            summary: beside("--summary", &self.summary)?,
            recall: beside("--recall", &self.recall)?,
            calendar: beside("--calendar", &self.calendar)?,
            clinic,
            in_place,
            to_workbook,
        })
    }
}

/// The outputs of a run; none of them in a dry one.
#[derive(Default)]
pub struct Outputs {
    rows: Option<Destination>,
    problems: Option<Destination>,
    report: Option<Destination>,
    summary: Option<Destination>,
    recall: Option<Destination>,
    calendar: Option<Destination>,
    clinic: Option<Clinic>,
    /// Whether the rows replace the table from which they were read.
    in_place: bool,
    /// Whether the rows are written to a workbook.
    to_workbook: bool,
}

impl Outputs {
    pub fn open(&self) -> Result<Sink, Error> {
        let open = |to: &Option<Destination>| to.as_ref().map(Destination::open).transpose();
        Ok(Sink {
            rows: if self.to_workbook {
                Output::Memory(Vec::new())
            } else {
                open(&self.rows)?.unwrap_or_default()
            },
            problems: open(&self.problems)?,
            unread: None,
        })
    }

    /// Refuses to replace a table of which something would be lost.
    pub fn may_replace_table(&self, done: &Done) -> Result<(), Error> {
        let (line, why, more) = match (done.lost.first, done.too_long) {
            _ if !self.in_place => return Ok(()),
            (Some(line), _) => (
                line,
                "has letters that cannot be read, and they",
                ", or the right encoding with `--encoding`",
            ),
            (None, Some(line)) => (line, "is too long, and it", ""),
            (None, None) => return Ok(()),
        };
        Err(usage(
            &format!("the table was not replaced: line {line} {why} would be lost"),
            &format!("name another file for the output{more}"),
        ))
    }

    /// Moves the outputs to their places. The rows come last, so that a program that waits for them
    /// finds the others too. The run read `input` and ends with `exit`.
    pub fn finish(
        mut self,
        table: &Table<'_>,
        settings: &Settings,
        done: &mut Done,
        input: &Path,
        exit: Exit,
        cells: &[Vec<Cell>],
    ) -> Result<(), Error> {
        if let Some(summary) = &mut self.summary {
            let input = input.to_string_lossy();
            let of_run = RunSummary::of(table, done, &input, &settings.assumes, exit as u8);
            summary.put(json(&of_run)?.as_bytes())?;
        }
        if let Some(report) = &mut self.report {
            let page = Page {
                plan: table.plan,
                tally: &done.tally,
                other_pack: table.other_pack.as_ref(),
                as_of: settings.as_of,
                assumes: &settings.assumes,
                clinic: self.clinic.as_ref(),
                recalls: settings.id.is_some().then_some(done.recalls.as_slice()),
            };
            report.put(page.document().html().as_bytes())?;
        }
        if let Some(recall) = &mut self.recall {
            recall.put(&recall::csv(table, &done.recalls))?;
        }
        if let Some(calendar) = &mut self.calendar {
            let made = Made {
                clinic: self.clinic.as_ref(),
                on: settings.today,
            };
            let of_recalls = calendar::of_recalls(table.plan, &done.recalls, made);
            calendar.put(of_recalls.as_bytes())?;
        }
        let sink = std::mem::take(&mut done.sink);
        if let Some(problems) = sink.problems {
            problems.finish()?;
        }
        match (sink.rows, &mut self.rows) {
            (Output::Memory(text), Some(to)) => {
                let name = input.to_string_lossy();
                let of_run = RunSummary::of(table, done, &name, &settings.assumes, exit as u8);
                to.put(&in_workbook(table, &of_run, text, cells)?)
            }
            (rows, _) => rows.finish(),
        }
    }
}

/// Refuses outputs that cannot be a workbook.
fn may_be_workbook(table: &Table<'_>, path: &Path) -> Result<(), Error> {
    let flag = match table.form {
        Form::Jsonl => "--format jsonl",
        Form::Excel => "--excel",
        Form::Csv if cfg!(feature = "excel") => return Ok(()),
        Form::Csv => {
            return Err(usage(
                &format!(
                    "`{}` names a workbook, and this program was built without them",
                    path.display()
                ),
                "write a `.csv` file, or use a program built with the feature `excel`",
            ));
        }
    };
    Err(usage(
        &format!(
            "`{flag}` is for a table in text, and `{}` names a workbook",
            path.display()
        ),
        "leave the flag out, or give the output another ending, such as `.csv`",
    ))
}

/// The rows in `text` as a workbook.
#[cfg(feature = "excel")]
fn in_workbook(
    table: &Table<'_>,
    summary: &RunSummary<'_>,
    text: Vec<u8>,
    cells: &[Vec<Cell>],
) -> Result<Vec<u8>, Error> {
    crate::batch::workbook::write::workbook(table, summary, text, cells).map_err(|why| {
        usage(
            &format!("the rows cannot be written as a workbook: {why}"),
            "name an output that ends in `.csv`; nothing was written",
        )
    })
}

/// The rows in `text`; without workbook support they were refused before reading.
#[cfg(not(feature = "excel"))]
#[expect(clippy::unnecessary_wraps, reason = "with workbooks it can fail")]
fn in_workbook(
    _: &Table<'_>,
    _: &RunSummary<'_>,
    text: Vec<u8>,
    _: &[Vec<Cell>],
) -> Result<Vec<u8>, Error> {
    Ok(text)
}

/// Refuses to replace the table with an output that does not contain all of it.
fn keeps_table(table: &Table<'_>, settings: &Settings) -> Result<(), Error> {
    let lost = match table.form {
        Form::Jsonl => "`--format jsonl` leaves out its columns",
        Form::Excel => "`--excel` changes its cells",
        Form::Csv if settings.ours_only => "`--columns verdict` leaves out its columns",
        Form::Csv if table.carried.is_some() => "`--replace` replaces some of its columns",
        Form::Csv => return Ok(()),
    };
    Err(usage(
        &format!("`--output` names the table itself, and {lost}: they would be lost"),
        "name another file for the output",
    ))
}
