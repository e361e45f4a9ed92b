//! `candidacy batch`: what can be asked of it, and what it says about it.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};

use crate::batch::files::{Output, input, source, sweep};
use crate::batch::headings::{Mapped, plain};
use crate::batch::run::{BROKEN_OFF, Done, PROBLEM_COLUMNS, Sink, run as screen};
use crate::batch::setup::{Settings, heading, output_heading, table};
use crate::batch::split::Splitter;
use crate::batch::table::Form;
use crate::batch::text::{Reading, Text, named};
use crate::engine::answer::DateFormat;
use crate::engine::date::Date;
use crate::engine::diagnostic::Refusal;
use crate::engine::locate;
use crate::engine::plan::Plan;
use crate::engine::verdict::Verdict;
use crate::error::{Error, Exit};
use crate::report::sheet::View;

mod words;

/// Screens a table of patients: a CSV in, a CSV out, one row per patient.
///
/// Columns are understood by question id, by the words of the question, or by
/// another name for it; see `candidacy template`. The output is the input with
/// five columns more: `verdict`, `reasons`, `undecided`, `eligible_from` and `problem`.
#[derive(Args, Debug)]
pub struct BatchArgs {
    /// The table; `-` reads standard input
    #[arg(value_name = "IN.csv")]
    input: PathBuf,
    /// Where the output goes: a file, which is replaced only when the whole
    /// output stands, or `-` for standard output
    #[arg(short, long, value_name = "OUT", default_value = "-")]
    output: PathBuf,
    /// The planned day of treatment, instead of today
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// What a column answers, where its heading does not say; `COLUMN=` sets it aside
    #[arg(long, value_name = "COLUMN=QUESTION[.OPTION]")]
    map: Vec<String>,
    /// A YAML file of such lines: `COLUMN: QUESTION`
    #[arg(long, value_name = "FILE")]
    map_file: Option<PathBuf>,
    /// An answer wherever the cell is blank or the column missing
    #[arg(long, value_name = "ID=VALUE")]
    assume: Vec<String>,
    /// In the option columns of this question an empty cell means no
    #[arg(long, value_name = "QUESTION")]
    ticked: Vec<String>,
    /// How dates are written, for example %d/%m/%Y
    #[arg(long, value_name = "FORMAT")]
    date_format: Option<String>,
    /// What stands between cells: `,`, `;`, `tab`, `|`; found out when left out
    #[arg(long, value_name = "C")]
    delimiter: Option<String>,
    /// The encoding of the input; UTF-8 or UTF-16 by their mark, or windows-1252, when left out
    #[arg(long, value_name = "E")]
    encoding: Option<String>,
    /// The form of the output
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// Which columns are written: all of the input's and ours, or the id and ours
    #[arg(long, value_enum, default_value = "all")]
    columns: Columns,
    /// The column that tells patients apart; the first when left out
    #[arg(long, value_name = "COLUMN")]
    id: Option<String>,
    /// Who will read it: for the desk, private reasons are not told
    #[arg(long, value_enum, default_value = "clinician")]
    view: Reader,
    /// Ends with exit code 5 when a row is this grave or graver
    #[arg(long, value_name = "VERDICT", value_parser = verdict)]
    fail_on: Option<Verdict>,
    /// Writes every problem of every unreadable row to this CSV
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Replaces columns of ours that the input already has
    #[arg(long)]
    replace: bool,
    /// Writes for spreadsheets: with a byte-order mark, CRLF, and no cell that runs as a formula
    #[arg(long)]
    excel: bool,
    /// Explains how each column is understood and reads the first thousand rows; writes nothing
    #[arg(long)]
    dry_run: bool,
    /// How many threads work; as many as there are processors, at most 8, when left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    jobs: Option<u16>,
    /// The bytes read at a time; for tests
    #[arg(long, hide = true, default_value = "262144")]
    piece: usize,
}

/// The form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table.
    Csv,
    /// One JSON object a line.
    Jsonl,
}

/// The columns of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Columns {
    /// All of the input's, then ours.
    All,
    /// The id, then ours.
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
/// When flags, files or columns are wrong, or the person breaks off.
pub fn run(args: &BatchArgs, plan: &Plan, today: Date) -> Result<Exit, Error> {
    let began = Instant::now();
    let settings = args.settings(today)?;
    let reading = args.reading()?;
    let (reader, size) = input(&args.input)?;
    let failed = |why: io::Error| Error::reading(&args.input, &why);
    let (text, reading) = Text::new(reader, reading).map_err(failed)?;
    let mut splitter = Splitter::new(text, args.piece, reading == Reading::Strict);
    let heading = heading(&mut splitter, plan, &settings, &args.input)?;
    let table = table(plan, &settings, &heading, &args.input)?;

    break_off_cleanly();
    words::before(&table, &settings, args.dry_run);
    let mut sink = args.sink()?;
    sink.rows.write(&output_heading(&table, &heading))?;
    if let Some(problems) = &mut sink.problems {
        problems.write(PROBLEM_COLUMNS.as_bytes())?;
    }
    if args.dry_run {
        splitter.stop_after(1000);
    }
    let mut progress = Progress::new(began, size);
    let tell = &mut |rows, bytes| progress.tell(rows, bytes);
    let done = screen(&mut splitter, &table, args.jobs(), sink, &args.input, tell)?;
    progress.clear();
    let Done {
        tally,
        sink,
        foreign,
        unreadable,
    } = done;
    sink.rows.finish()?;
    if let Some(problems) = sink.problems {
        problems.finish()?;
    }
    let foreign = if heading.foreign { Some(1) } else { foreign };
    words::after(
        &table,
        &settings,
        &tally,
        began.elapsed(),
        foreign,
        unreadable,
    );
    Ok(match args.fail_on {
        Some(verdict) if tally.reaches(verdict) => Exit::FailOn,
        _ if tally.unreadable > 0 => Exit::Unreadable,
        _ => Exit::Done,
    })
}

impl BatchArgs {
    fn settings(&self, today: Date) -> Result<Settings, Error> {
        let as_of = match &self.as_of {
            None => today,
            Some(text) => day(text, today)?,
        };
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
        let split = |flag: &str, text: &String, form: &str| {
            let parts = text
                .rsplit_once('=')
                .filter(|(name, _)| !name.trim().is_empty());
            parts
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .ok_or_else(|| {
                    usage(
                        &format!("`{flag} {}` has no `=`", plain(text)),
                        &format!("write `{flag} '{form}'`"),
                    )
                })
        };
        let mut maps = match &self.map_file {
            Some(path) => map_file(path)?,
            None => Vec::new(),
        };
        for text in &self.map {
            let (column, target) = split("--map", text, "COLUMN=QUESTION")?;
            maps.push(Mapped { column, target });
        }
        let assumes = self.assume.iter().map(|text| {
            let (name, value) = text
                .split_once('=')
                .filter(|(name, _)| !name.trim().is_empty())
                .ok_or_else(|| {
                    usage(
                        &format!("`--assume {}` has no `=`", plain(text)),
                        "write `--assume ID=VALUE`",
                    )
                })?;
            Ok((name.trim().to_owned(), value.to_owned()))
        });
        Ok(Settings {
            as_of,
            view: match self.view {
                Reader::Desk => View::Desk,
                Reader::Clinician => View::Clinician,
            },
            form,
            ours_only: self.columns == Columns::Verdict,
            delimiter: self.delimiter.as_deref().map(delimiter).transpose()?,
            id: self.id.clone(),
            maps,
            assumes: assumes.collect::<Result<_, Error>>()?,
            ticked: self.ticked.clone(),
            date_format: self.date_format.as_deref().map(date_format).transpose()?,
            replace: self.replace,
        })
    }

    fn reading(&self) -> Result<Reading, Error> {
        let Some(name) = &self.encoding else {
            return Ok(Reading::Tolerant);
        };
        named(name).ok_or_else(|| {
            usage(
                &format!("`{}` is no encoding known here", plain(name)),
                "for example `utf-8`, `utf-16le`, `windows-1252` or `windows-1250`",
            )
        })
    }

    fn sink(&self) -> Result<Sink, Error> {
        let same = self
            .errors
            .as_ref()
            .is_some_and(|errors| *errors == self.output);
        if same {
            return Err(usage(
                "`--output` and `--errors` name the same file",
                "give the problems a file of their own",
            ));
        }
        if self.dry_run {
            return Ok(Sink {
                rows: Output::Nowhere,
                problems: None,
            });
        }
        Ok(Sink {
            rows: Output::open(&self.output)?,
            problems: self.errors.as_deref().map(Output::open).transpose()?,
        })
    }

    fn jobs(&self) -> usize {
        let processors =
            || std::thread::available_parallelism().map_or(1, |count| count.get().min(8));
        self.jobs.map_or_else(processors, usize::from)
    }
}

/// Lets Ctrl-C end the run after the piece at hand; soon, where nothing comes in.
fn break_off_cleanly() {
    const PATIENCE: Duration = Duration::from_millis(300);
    // Only the first handler of a program counts; a second one is refused.
    let _ = ctrlc::set_handler(|| {
        BROKEN_OFF.store(true, Ordering::Relaxed);
        std::thread::sleep(PATIENCE);
        sweep();
        std::process::exit(Exit::BrokenOff as i32);
    });
}

/// Says on a terminal how far it has come, once a second has passed.
struct Progress {
    began: Instant,
    size: Option<u64>,
    shown: Option<Instant>,
    wanted: bool,
}

impl Progress {
    fn new(began: Instant, size: Option<u64>) -> Self {
        Self {
            began,
            size,
            shown: None,
            wanted: io::stderr().is_terminal(),
        }
    }

    fn tell(&mut self, rows: u64, bytes: u64) {
        const EVERY: Duration = Duration::from_millis(200);
        let elapsed = self.began.elapsed();
        let due = self.shown.is_none_or(|last| last.elapsed() >= EVERY);
        if !self.wanted || elapsed < Duration::from_secs(1) || !due {
            return;
        }
        self.shown = Some(Instant::now());
        let line = words::progress(rows, bytes, self.size, elapsed);
        // What cannot be shown is not worth stopping for.
        let _ = write!(io::stderr(), "\r{line}\x1b[K");
    }

    fn clear(&mut self) {
        if self.shown.take().is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

fn usage(message: &str, hint: &str) -> Error {
    Error::Usage {
        message: message.to_owned(),
        hint: hint.to_owned(),
    }
}

fn verdict(text: &str) -> Result<Verdict, String> {
    Verdict::from_word(text).ok_or_else(|| {
        let words: Vec<&str> = Verdict::ALL.iter().map(|verdict| verdict.word()).collect();
        format!("a verdict is one of {}", words.join(", "))
    })
}

fn day(text: &str, today: Date) -> Result<Date, Error> {
    let read = match text {
        "today" => Some(today),
        text => Date::from_iso(text),
    };
    read.filter(|day| *day >= Date::EARLIEST).ok_or_else(|| {
        usage(
            &format!("`--as-of {}` is no day", plain(text)),
            "write year, month, day: 2026-05-31",
        )
    })
}

fn date_format(text: &str) -> Result<DateFormat, Error> {
    DateFormat::new(text).ok_or_else(|| {
        usage(
            &format!(
                "`--date-format {}` names no year, month and day",
                plain(text)
            ),
            "write, for example, `--date-format %d/%m/%Y`",
        )
    })
}

fn delimiter(text: &str) -> Result<u8, Error> {
    let byte = match text {
        "tab" | "\\t" => Some(b'\t'),
        text => match text.as_bytes() {
            [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() => Some(*byte),
            _ => None,
        },
    };
    let usable = byte.filter(|byte| !matches!(byte, b'"' | b'\n' | b'\r' | 0));
    usable.ok_or_else(|| {
        usage(
            &format!("`--delimiter {}` cannot stand between cells", plain(text)),
            "one character: `,`, `;`, `tab` or `|`",
        )
    })
}

/// The lines of a map file, `COLUMN: QUESTION`.
fn map_file(path: &Path) -> Result<Vec<Mapped>, Error> {
    let source = source(path)?;
    let refused = |why: Box<crate::engine::diagnostic::Diagnostic>| {
        Error::Answers(Refusal {
            sources: vec![source.clone()],
            problems: vec![*why],
        })
    };
    let node = locate::read(0, &source).map_err(refused)?;
    let wrong = || {
        usage(
            &format!("`{}` is no list of columns", plain(&path.to_string_lossy())),
            "write one line for each: `Heading: question` or `Heading: question.option`",
        )
    };
    let text = |node: locate::Node| match node.value {
        locate::Value::Text { text, .. } => Ok(text),
        locate::Value::Nothing => Ok(String::new()),
        _ => Err(wrong()),
    };
    let locate::Value::Entry(pairs) = node.value else {
        return Err(wrong());
    };
    let pair = |(column, target)| {
        Ok(Mapped {
            column: text(column)?,
            target: text(target)?,
        })
    };
    pairs.into_iter().map(pair).collect()
}
