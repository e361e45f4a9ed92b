//! `candidacy replay`: shows whether a record still holds, and what has changed.

use std::path::PathBuf;

use crate::error::{Error, Exit};
use crate::forms::cds_hooks;
use crate::forms::fhir::guidance;
use crate::report::model;
use crate::report::model::View;
use crate::report::replay::{self, Replay};
use crate::report::{full, note};
use candidacy_engine::date::Date;

use super::Context;
use super::args::{Format, ViewArg, as_of, json};

/// What `candidacy replay` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Ends with 0 when the record is reproduced, and when other rules or another day show another result; \
with 1 when the file is not a record, or was changed or damaged; with 3 when the record's own rules and \
day no longer give its result.

Examples:
  candidacy replay anna.json
  candidacy replay anna.json --as-of 2027-03-01 --view clinician
  candidacy replay anna.json --rules our-clinic --format json")]
pub struct ReplayArgs {
    /// The record, written by `candidacy screen --record`
    file: PathBuf,
    /// Another treatment day; by default the day of the record
    #[arg(long, value_name = "DATE", value_parser = as_of)]
    as_of: Option<Date>,
    /// The format of the report
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Format,
    /// The reader; by default the desk for text, Markdown, HTML and notes, the clinician for JSON, FHIR and CDS Hooks
    #[arg(long, value_name = "VIEW")]
    view: Option<ViewArg>,
}

/// Reproduces the record and reports the result.
pub fn run(args: &ReplayArgs, around: &Context) -> Result<Exit, Error> {
    let record = super::record::open_or_input(&args.file)?;
    let plan = super::plan(around)?;
    if let Some(as_of) = args.as_of {
        super::far_day::warn(as_of, around.today);
    }
    let again = Replay::of(&record, &plan, args.as_of);
    let view = args.view.map_or(args.format.reader(), View::from);
    let sheet = model::sheet(&plan, &again.answers, &again.assessment, view);
    let expect = model::expectations(&plan, &again.answers, &again.assessment);
    let replayed = again.report_for(view, &sheet);
    let document = || replay::document(&replayed, full::document(&plan, &sheet, &expect, view));
    let report = match args.format {
        Format::Text => document().text(around.out),
        Format::Markdown => document().markdown(),
        Format::Html => document().html(),
        Format::Note => note::document(&plan, &sheet, &replayed.overrides, view).lines(),
        Format::Json => json(&replayed)?,
        Format::Fhir => json(&guidance::response(&plan, &sheet, &replayed.overrides))?,
        Format::CdsHooks => json(&cds_hooks::response(
            &plan,
            &sheet,
            &replayed.overrides,
            view,
        ))?,
    };
    super::print_beside(&report)?;
    Ok(if again.holds() == Some(false) {
        Exit::Rules
    } else {
        Exit::Done
    })
}
