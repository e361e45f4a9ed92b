//! `candidacy batch`: its arguments and messages.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};

use crate::batch::csv::encoding::{Reading, Text};
use crate::batch::csv::splitter::Splitter;
use crate::batch::other_packs::other_pack;
use crate::batch::output::unread::UnreadCells;
use crate::batch::run::{BROKEN_OFF, PROBLEM_COLUMNS, screen_table};
use crate::batch::screen::UndecodedBytes;
use crate::batch::setup::{Settings, output_heading, table};
use crate::batch::table::Form;
use crate::error::{Error, Exit};
use crate::files::sweep;
use crate::report::model::View;
use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;

use draft_map::draft_map;
use flags::{ExitArgs, usage};
use headings::{HeadingArgs, headings};
use outputs::OutputArgs;
use progress::Progress;
use reading::ReadingArgs;
use responses::responses;
use table_input::{TableInput, table_input};

mod draft_map;
mod flags;
mod headings;
pub mod map_file;
mod messages;
mod outputs;
mod progress;
pub mod reading;
mod responses;
pub mod table_input;

/// Screen a table of patients: a CSV in, a CSV out, one row per patient.
///
/// Columns are recognised by question id, by the words of the question, or by
/// another name for it; see `candidacy template`. The output is the input with
/// six more columns: verdict, reasons, undecided, `eligible_from`, problem and doubts.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  candidacy batch patients.csv -o verdicts.csv
  candidacy batch patients.xlsx -o verdicts.xlsx
  candidacy batch patients.csv --columns verdict --as-of 2026-11-20
  candidacy batch export.csv --draft-map map.yaml
  candidacy batch export.csv --map-file map.yaml --dry-run
  candidacy batch - --map 'Skin today=acne' --assume keloid=no < patients.csv")]
pub struct BatchArgs {
    /// The table, CSV or a workbook of Excel, or responses of FHIR; `-` reads standard input
    #[arg(value_name = "IN")]
    input: PathBuf,
    #[command(flatten)]
    outputs: OutputArgs,
    #[command(flatten)]
    reading: ReadingArgs,
    /// The format of the output
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// The columns of the output: those of the input and the results, or the id and the results
    #[arg(long, value_enum, default_value = "all")]
    columns: Columns,
    #[command(flatten)]
    headings: HeadingArgs,
    /// The column that identifies patients; by default the first
    #[arg(long, value_name = "COLUMN")]
    id: Option<String>,
    /// Who will read it: for the desk, private reasons are not shown
    #[arg(long, value_enum, default_value = "clinician")]
    view: Reader,
    #[command(flatten)]
    exit: ExitArgs,
    /// Replaces result columns that the input already has
    #[arg(long)]
    replace: bool,
    /// Writes for spreadsheets: with a byte-order mark, CRLF, and no cell that is run as a formula
    #[arg(long)]
    excel: bool,
    /// Explains how each column is understood and reads the first thousand rows; writes no rows
    #[arg(long)]
    dry_run: bool,
    /// Writes a first map file for the table: what its columns may answer, and which
    /// words still need a meaning; writes no rows
    #[arg(long, value_name = "FILE.yaml", conflicts_with_all = ["output", "dry_run", "errors", "report", "summary", "recall", "calendar", "no_header"])]
    draft_map: Option<PathBuf>,
    /// The number of threads; by default one for each processor, at most 4
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    jobs: Option<u16>,
    /// The bytes read at a time; for tests
    #[arg(long, hide = true, default_value = "65536")]
    piece: usize,
}

/// The format of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table.
    Csv,
    /// One JSON object on each line.
    Jsonl,
}

/// The columns of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Columns {
    /// The columns of the input, then the result columns.
    All,
    /// The id, then the result columns.
    Verdict,
}

/// Who will read the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Reader {
    /// The front desk.
    Desk,
    /// The clinician.
    Clinician,
}

/// Screens the table that `args` name.
///
/// # Errors
///
/// When flags, files or columns are wrong, or the user interrupts the run.
pub fn run(args: &BatchArgs, plan: &Plan, today: Date) -> Result<Exit, Error> {
    if let Some(path) = &args.draft_map {
        return draft_map(args, plan, today, path);
    }
    let began = Instant::now();
    let settings = args.settings(today)?;
    if !args.dry_run {
        map_file::without_guesses(&settings.maps)?;
    }
    let TableInput {
        reader,
        size,
        sheet,
    } = table_input(&args.input, &args.reading)?;
    let (reader, responses) = responses(reader, plan, &settings, args)?;
    let kind = match (&sheet, &responses) {
        (Some(_), _) => Some("a workbook"),
        (None, Some(_)) => Some("JSON"),
        (None, None) => None,
    };
    headings::fits(args, kind)?;
    let failed = |why: io::Error| Error::reading(&args.input, &why);
    let reading = args.reading.encoding()?;
    let (text, reading) = Text::new(reader, reading).map_err(failed)?;
    // A dry run should read as little as possible, and JSON rows are long.
    let piece = if args.dry_run || args.format == Format::Jsonl {
        args.piece.min(1 << 14)
    } else {
        args.piece
    };
    let mut splitter = Splitter::new(text, piece, reading == Reading::Strict);
    let heading = headings(args, &mut splitter, plan, &settings)?;
    let headed = args.headings.columns_from.as_deref().unwrap_or(&args.input);
    let mut table = table(plan, &settings, &heading, headed)?;
    table.other_pack = other_pack(plan, &table.columns, &settings.maps, settings.today)?;
    if let Reading::As(encoding) = reading {
        table.decoded = Some(encoding.name());
    }

    let sheet = sheet.unwrap_or_default();
    table.sheet_rows = sheet.rows;
    if let Some(responses) = responses {
        messages::unfinished(responses.unfinished);
        table.sheet_rows = responses.rows;
        table.refused = responses.refused;
    }
    let cells = sheet.cells;
    let outputs = args
        .outputs
        .claim(&args.input, &table, &settings, args.dry_run)?;
    break_off_cleanly();
    messages::sheet(&sheet.name, &sheet.others);
    messages::not_worked_out(&table, &sheet.not_worked_out);
    messages::before(&table, &settings, &heading, args.dry_run);
    let mut sink = outputs.open()?;
    if !args.headings.no_header {
        sink.rows.write(&output_heading(&table, &heading))?;
    }
    if let Some(problems) = &mut sink.problems {
        problems.write(PROBLEM_COLUMNS.as_bytes())?;
    }
    if args.dry_run {
        sink.unread = Some(UnreadCells::default());
        splitter.stop_after(1000);
    }
    let mut progress = Progress::new(began, size);
    let tell = &mut |rows, bytes| progress.tell(rows, bytes);
    let mut done = screen_table(&mut splitter, &table, args.jobs(), sink, &args.input, tell)?;
    progress.clear();
    if heading.foreign && args.headings.columns_from.is_none() {
        done.foreign = Some(1);
    }
    if table.decoded.is_some() {
        let mut lost = UndecodedBytes::of(&heading.text, 1);
        lost.add(done.lost);
        done.lost = lost;
    }
    outputs.may_replace_table(&done)?;
    let exit = args.exit.of(&done.tally);
    outputs.finish(&table, &settings, &mut done, &args.input, exit, &cells)?;
    messages::after(&table, &settings, &done, args.dry_run, began.elapsed());
    Ok(exit)
}

impl BatchArgs {
    fn settings(&self, today: Date) -> Result<Settings, Error> {
        let form = match (self.format, self.excel) {
            (Format::Csv, false) => Form::Csv,
            (Format::Csv, true) => Form::Excel,
            (Format::Jsonl, false) => Form::Jsonl,
            (Format::Jsonl, true) => {
                return Err(usage(
                    "`--excel` and `--format jsonl` contradict each other",
                    "leave out one of them",
                ));
            }
        };
        Ok(Settings {
            view: match self.view {
                Reader::Desk => View::Desk,
                Reader::Clinician => View::Clinician,
            },
            form,
            ours_only: self.columns == Columns::Verdict,
            listing: self.outputs.listing(self.id.is_some()),
            replace: self.replace,
            ..self.reading.settings(self.id.clone(), today)?
        })
    }

    fn jobs(&self) -> usize {
        let processors =
            || std::thread::available_parallelism().map_or(1, |count| count.get().min(4));
        self.jobs.map_or_else(processors, usize::from)
    }
}

/// Lets Ctrl-C end the run after the current chunk, or soon if no input arrives.
fn break_off_cleanly() {
    const PATIENCE: Duration = Duration::from_millis(300);
    // Only the first handler of a program is used; a second one is refused.
    let _ = ctrlc::set_handler(|| {
        BROKEN_OFF.store(true, Ordering::Relaxed);
        std::thread::sleep(PATIENCE);
        sweep();
        std::process::exit(Exit::BrokenOff as i32);
    });
}
