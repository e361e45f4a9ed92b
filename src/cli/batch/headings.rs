//! The headings of a batch: the first line of the table, or of a file of their own.

use std::io::{self, Read};
use std::path::PathBuf;

use clap::Args;

use crate::batch::csv::encoding::{Reading, Text};
use crate::batch::csv::splitter::Splitter;
use crate::batch::header::Heading;
use crate::batch::setup::{Settings, heading, separate_heading};
use crate::error::Error;
use candidacy_engine::plan::Plan;

use super::flags::usage;
use super::table_input::table_input;
use super::{BatchArgs, Format, messages};

/// Where the headings are.
#[derive(Args, Debug)]
pub(super) struct HeadingArgs {
    /// Writes no line of headings; for a table whose headings are in another file
    #[arg(long)]
    pub(super) no_header: bool,
    /// The table has no line of headings: they are the first line of this file
    #[arg(long, value_name = "FILE")]
    pub(super) columns_from: Option<PathBuf>,
}

/// The headings of the table in `splitter`.
///
/// # Errors
///
/// When there are none, or the file that holds them cannot be read.
pub(super) fn headings<R: Read>(
    args: &BatchArgs,
    splitter: &mut Splitter<R>,
    plan: &Plan,
    settings: &Settings,
) -> Result<Heading, Error> {
    let Some(path) = &args.headings.columns_from else {
        return heading(splitter, plan, settings, &args.input);
    };
    let columns = table_input(path, &args.reading)?;
    if columns.sheet.is_some() {
        return Err(usage(
            "`--columns-from` names a workbook",
            "save the line of headings as \"CSV UTF-8\"",
        ));
    }
    let failed = |why: io::Error| Error::reading(path, &why);
    let (text, reading) = Text::new(columns.reader, args.reading.encoding()?).map_err(failed)?;
    let mut columns = Splitter::new(text, args.piece, reading == Reading::Strict);
    let table = (splitter, args.input.as_path());
    let heading = separate_heading((&mut columns, path.as_path()), table, plan, settings)?;
    if heading.foreign {
        messages::foreign_headings(path);
    }
    Ok(heading)
}

/// Refuses flags that contradict headings in another file.
///
/// # Errors
///
/// If the table is not text, or the output is for people.
pub(super) fn fits(args: &BatchArgs, kind: Option<&str>) -> Result<(), Error> {
    if let (Some(_), Some(kind)) = (&args.headings.columns_from, kind) {
        return Err(usage(
            &format!("`--columns-from` is for a table in text, and this is {kind}"),
            "leave it out",
        ));
    }
    if !args.headings.no_header {
        return Ok(());
    }
    if args.headings.columns_from.is_none() {
        return Err(usage(
            "`--no-header` is for a table whose headings are in another file",
            "name that file with `--columns-from FILE`",
        ));
    }
    let other = if args.format == Format::Jsonl {
        "`--format jsonl` has no line of headings, so `--no-header` has no effect"
    } else if args.excel {
        "`--excel` writes for people, and `--no-header` leaves out the headings"
    } else if args.outputs.is_workbook() {
        "a workbook is written with its headings, and `--no-header` leaves them out"
    } else {
        return Ok(());
    };
    Err(usage(other, "leave out one of the two"))
}
