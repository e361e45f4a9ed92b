//! `candidacy screen`: one patient, asked or given.

use std::path::{Path, PathBuf};

use crate::engine::answer::Answers;
use crate::engine::assess::assess;
use crate::engine::date::Date;
use crate::engine::diagnostic::{Code, Refusal};
use crate::engine::give::give;
use crate::engine::pack::{self, Given};
use crate::engine::plan::Plan;
use crate::engine::source::{Located, Place, Source};
use crate::error::{Error, Exit};
use crate::interview::interview;
use crate::load;
use crate::report::sheet::{self, View};
use crate::report::{markdown, text};
use crate::terminal;

use super::Surroundings;
use super::args::{ViewArg, day, setting};

/// What `candidacy screen` takes.
#[derive(Debug, Default, clap::Args)]
#[command(after_help = "\
Examples:
  candidacy screen
  candidacy screen --answers patient.yaml --format json
  candidacy screen --set acne=inflamed --set isotretinoin=2026-05 --as-of 2026-11-20")]
pub struct ScreenArgs {
    /// Answers in YAML or JSON, question ids as keys; `-` for standard input. Nothing is asked then
    #[arg(long, value_name = "FILE|-")]
    answers: Option<PathBuf>,
    /// One answer, over those of --answers; may be repeated
    #[arg(long = "set", value_name = "ID=VALUE", value_parser = setting)]
    sets: Vec<(String, String)>,
    /// The planned treatment day to decide for; today when absent
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// The form of the report
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Format,
    /// Who will read it; the desk for text and Markdown, the clinician for JSON when absent
    #[arg(long, value_name = "VIEW")]
    view: Option<ViewArg>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For a person at a screen
    #[default]
    Text,
    /// For a program
    Json,
    /// For a file or a page
    Markdown,
}

/// Screens one patient and reports.
pub fn run(args: &ScreenArgs, around: &Surroundings) -> Result<Exit, Error> {
    let from_stdin = |path: &Option<PathBuf>| path.as_deref() == Some(Path::new("-"));
    if from_stdin(&args.answers) && from_stdin(&around.rules) {
        return Err(Error::Usage {
            message: "`--rules -` and `--answers -` cannot both read standard input".to_owned(),
            hint: "put one of them in a file".to_owned(),
        });
    }
    let scripted = args.answers.is_some() || !args.sets.is_empty();
    if !scripted && !terminal::somebody_is_there() {
        return Err(Error::NoTerminal);
    }
    let plan = super::plan(around)?;
    let as_of = args.as_of.unwrap_or(around.today);
    let answers = if scripted {
        given(args, &plan, as_of)?
    } else {
        asked(&plan, as_of, around)?
    };

    let assessment = assess(&plan, &answers, as_of);
    let otherwise = if args.format == Format::Json {
        View::Clinician
    } else {
        View::Desk
    };
    let view = args.view.map_or(otherwise, View::from);
    let sheet = sheet::sheet(&plan, &answers, &assessment, view);
    let expect = sheet::expectations(&plan, &answers, &assessment);
    let report = match args.format {
        Format::Text => text::report(&plan, &sheet, &expect, view, around.out),
        Format::Markdown => markdown::report(&plan, &sheet, &expect, view),
        Format::Json => json(&sheet)?,
    };
    super::print(&report)
}

fn json(sheet: &sheet::Sheet<'_>) -> Result<String, Error> {
    let text = serde_json::to_string_pretty(sheet);
    let text = text.map_err(|why| Error::Stream {
        doing: "write the report",
        why: why.to_string(),
    })?;
    Ok(text + "\n")
}

fn asked(plan: &Plan, as_of: Date, around: &Surroundings) -> Result<Answers, Error> {
    // Between two keys a Ctrl-C reaches the program as a signal.
    let _ = ctrlc::set_handler(|| {
        terminal::restore();
        super::note("\nbroken off; nothing was saved\n");
        std::process::exit(i32::from(Exit::BrokenOff as u8));
    });
    let mut person = terminal::Person::new(around.err);
    person.greet(&format!(
        "{}. A pre-screening and no diagnosis; nothing is saved. Decided for {}.",
        plan.header.title,
        as_of.in_words()
    ))?;
    let answers = interview(plan, as_of, &mut person)?;
    super::note("\n");
    Ok(answers)
}

/// The answers of `--answers` and `--set`; what is missing is blank.
fn given(args: &ScreenArgs, plan: &Plan, as_of: Date) -> Result<Answers, Error> {
    let mut sources = Vec::new();
    let mut problems = Vec::new();
    let mut from_file = Vec::new();
    if let Some(path) = &args.answers {
        let source = if path.as_os_str() == "-" {
            Source::new("(standard input)", &load::text_of_stdin()?)
        } else {
            load::source(path)?
        };
        from_file = pack::answers(sources.len(), &source, &mut problems);
        sources.push(source);
    }
    let from_file_fine = problems.is_empty();
    let mut set = Vec::new();
    for (id, value) in &args.sets {
        set.push(from_set(sources.len(), id, value));
        sources.push(Source::new("--set", &format!("{id}={value}")));
    }
    let mut answers = plan.blank_answers();
    give(&from_file, &mut answers, plan, as_of, &mut problems);
    let file_is_wrong = !from_file_fine || !problems.is_empty();
    give(&set, &mut answers, plan, as_of, &mut problems);
    if problems.is_empty() {
        return Ok(answers);
    }
    for problem in &mut problems {
        if problem.code == Code::UnknownQuestion {
            problem
                .help
                .push("`candidacy template` lists every id".to_owned());
        }
    }
    let refusal = Refusal { sources, problems };
    Err(if file_is_wrong {
        Error::Answers(refusal)
    } else {
        Error::Settings(refusal)
    })
}

fn from_set(source: usize, id: &str, value: &str) -> Given {
    let place = |start: usize, end: usize| Place { source, start, end };
    let begin = id.len() + 1;
    Given {
        key: Located {
            value: id.to_owned(),
            place: place(0, id.len()),
        },
        text: value.to_owned(),
        place: place(begin, (begin + value.len()).max(begin + 1)),
    }
}
