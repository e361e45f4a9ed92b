//! The commands of the program, its exit codes, and the clock.
//!
//! Only this module writes to standard output and standard error, and only it reads the current
//! day.

#![expect(
    clippy::print_stderr,
    reason = "this is where messages leave the program"
)]

mod args;
mod batch;
mod chapters;
mod clinic;
mod completions;
mod demo;
mod explain;
mod far_day;
mod help;
mod info;
mod man;
mod medicines;
mod override_record;
mod packs;
mod pager;
mod panic;
mod questionnaire;
mod record;
mod remarks;
mod replay;
mod rules;
mod rules_in_use;
mod saved_answers;
mod screen;
mod template;

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::OnceLock;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::error::{Error, Exit};
use crate::load::{BuiltIn, DEFAULT, PACKS};
use crate::report::diagnostic;
use crate::report::style;
use crate::report::style::{Role, Style};
use candidacy_engine::date::Date;

pub use panic::report_panics;
use rules_in_use::plan;

/// The text at the end of every `--help`.
///
/// Each paragraph is one line, because clap wraps them to the window.
const AFTER_HELP: &str = "\
Examples:
  candidacy
  candidacy screen --answers patient.yaml
  candidacy batch patients.csv -o verdicts.csv

Chapters of the manual, such as `candidacy help screening`: screening, medicine-names, handout, records, tables, forms, scale, rule-files, checking, json, messages, privacy, model-card, architecture.

Exit codes: 0 done, whatever the verdicts; 1 could not finish; 2 the command line was wrong, or there is \
no terminal to ask on; 3 the rules have problems, or a record cannot be reproduced; 4 some rows could not be read; 5 --fail-on was met; \
130 interrupted, or you stopped before the verdict; 141 the output was closed; 101 a fault in the program itself.

This is a pre-screening, not a diagnosis. It does not replace a clinician's judgement.";

/// Pre-screens people for a cosmetic treatment, with rules that a clinic can read and change
#[derive(Debug, Parser)]
#[command(name = "candidacy", version, long_version = help::VERSION, after_help = AFTER_HELP, max_term_width = help::WIDEST)]
struct Cli {
    /// The rules to use instead of the built-in ones: a file, or a folder with a `pack.yaml`
    #[arg(long, global = true, value_name = "PATH")]
    rules: Option<PathBuf>,
    /// The built-in rules to use; `candidacy packs` lists them
    #[arg(long, global = true, value_name = "NAME", conflicts_with = "rules", default_value = DEFAULT.id, hide_default_value = true, value_parser = clap::builder::PossibleValuesParser::new(PACKS.iter().map(|pack| pack.id)), hide_possible_values = true)]
    pack: String,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Color,
    /// Print only warnings and errors on standard error
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Print on standard error which rules are used
    #[arg(short, long, global = true)]
    verbose: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Also in a file or a pipe
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Screen one patient: by questions in the terminal, or from given answers
    Screen(screen::ScreenArgs),
    Batch(Box<batch::BatchArgs>),
    /// Print an empty table with every column that a batch reads
    #[command(
        after_help = "Examples:\n  candidacy template > patients.csv\n  candidacy template --rules our-clinic > patients.csv"
    )]
    Template,
    /// Reproduce a record: is its result still the same, and what has changed?
    Replay(replay::ReplayArgs),
    /// Add a dermatologist's own decision to a record, next to the computed one
    Override(override_record::OverrideArgs),
    /// Print the questions: on paper for the waiting room, or as a form for another tool
    Questionnaire(questionnaire::QuestionnaireArgs),
    /// Show what a patient can expect: sessions, aftercare, cost, warning signs
    Info(info::InfoArgs),
    /// Show how a list of medicines is read: names, groups, form, and what is not known
    Medicines(medicines::MedicinesArgs),
    /// List the built-in rules, one pack for each treatment
    Packs(packs::PacksArgs),
    /// Work on rules: check, test, compare and print them
    #[command(
        subcommand,
        after_help = "Examples:\n  candidacy rules init our-clinic\n  candidacy rules check our-clinic\n  candidacy rules show isotretinoin"
    )]
    Rules(rules::RulesCommand),
    /// Screen a sample patient and a sample table, to see the results
    #[command(after_help = "Examples:\n  candidacy demo\n  candidacy --rules our-clinic.yaml demo")]
    Demo,
    /// Print a completion script for a shell
    #[command(
        after_help = "Examples:\n  candidacy completions bash > candidacy.bash\n  candidacy completions zsh > _candidacy"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page of the program or of one command, for `man -l -`
    Man(man::ManArgs),
}

/// The surroundings of a command, which all commands get.
pub(crate) struct Context {
    /// The rules to use; built-in ones when absent.
    pub rules: Option<PathBuf>,
    /// The built-in ones.
    pub pack: &'static BuiltIn,
    /// Today.
    pub today: Date,
    /// How standard output is written to.
    pub out: Style,
    /// How standard error is written to.
    pub err: Style,
}

/// Every command with its arguments.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the program on the arguments it was started with.
#[must_use]
pub fn main() -> ExitCode {
    panic::report_panics();
    let parsed = command()
        .try_get_matches()
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            let ended = help::answer(error).unwrap_or_else(|error| {
                tell(&error, style(Color::Auto, io::stderr().is_terminal()));
                error.exit()
            });
            return ExitCode::from(ended as u8);
        }
    };
    remarks::set(cli.quiet, cli.verbose);
    style::obey();
    crate::files::report_size_limit();
    let surroundings = Context {
        rules: cli.rules.clone(),
        pack: BuiltIn::named(&cli.pack).unwrap_or(DEFAULT),
        today: today(),
        out: style(cli.color, io::stdout().is_terminal()),
        err: style(cli.color, io::stderr().is_terminal()),
    };
    let on_rules = matches!(cli.command, Some(Command::Rules(_)));
    let ended = match cli.command {
        None => screen::run(screen::ScreenArgs::default(), &surroundings),
        Some(Command::Screen(args)) => screen::run(args, &surroundings),
        Some(Command::Batch(args)) => {
            plan(&surroundings).and_then(|plan| batch::run(&args, &plan, surroundings.today))
        }
        Some(Command::Template) => {
            plan(&surroundings).and_then(|plan| print(&template::template(&plan)))
        }
        Some(Command::Replay(args)) => replay::run(&args, &surroundings),
        Some(Command::Override(args)) => override_record::run(&args, &surroundings),
        Some(Command::Questionnaire(args)) => questionnaire::run(&args, &surroundings),
        Some(Command::Info(args)) => info::run(&args, &surroundings),
        Some(Command::Medicines(args)) => medicines::run(&args, &surroundings),
        Some(Command::Packs(args)) => packs::run(&args, &surroundings),
        Some(Command::Rules(command)) => rules::run(&command, &surroundings),
        Some(Command::Demo) => demo::run(&surroundings),
        Some(Command::Completions { shell }) => completions::run(shell, &surroundings),
        Some(Command::Man(args)) => man::man(&args),
    };
    let exit = ended.unwrap_or_else(|error| {
        tell(&error, surroundings.err);
        if error.is_refusal() && !on_rules {
            note("No patient was screened.\n");
        }
        error.exit()
    });
    ExitCode::from(exit as u8)
}

/// The local day, in the time zone named by `TZ` or else in the system's. It is read once, so that
/// everything counts from the same day.
fn today() -> Date {
    static TODAY: OnceLock<Date> = OnceLock::new();
    *TODAY.get_or_init(read_today)
}

fn read_today() -> Date {
    let zone = jiff::tz::TimeZone::try_system().unwrap_or_else(|_| {
        if let Some(name) = std::env::var_os("TZ").filter(|name| !name.is_empty()) {
            note(&format!(
                "warning: there is no time zone called `{}`, so today is the day in UTC; set `TZ`, for example, to `Europe/Paris`\n",
                crate::batch::columns::plain(&name.to_string_lossy())
            ));
        }
        jiff::tz::TimeZone::UTC
    });
    Date::from_civil(jiff::Timestamp::now().to_zoned(zone).date())
}

/// Writes the only result of a run to standard output.
///
/// # Errors
///
/// If it cannot be written; [`Error::Closed`] if the reader has closed the pipe.
pub(crate) fn print(text: &str) -> Result<Exit, Error> {
    print_beside(text)?;
    if crate::files::output_is_lost() {
        return Err(Error::output_lost());
    }
    Ok(Exit::Done)
}

/// Writes output that is not the only result of a run to standard output. The exit code or a file
/// is a result too, so the output may be discarded in any way.
///
/// # Errors
///
/// As for [`print`].
pub(crate) fn print_beside(text: &str) -> Result<Exit, Error> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written
        .map(|()| Exit::Done)
        .map_err(|why| Error::output(&why))
}

/// Writes to standard error.
pub(crate) fn note(text: &str) {
    // A closed standard error does not end the program.
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Shows what went wrong and how to fix it.
fn tell(error: &Error, style: Style) {
    match error {
        Error::Closed => return,
        Error::Rules(refusal)
        | Error::Answers(refusal)
        | Error::Settings(refusal)
        | Error::Record(refusal) => {
            note(&diagnostic::refusal(refusal, style.colour));
            return;
        }
        _ => {}
    }
    if error.is_stop() {
        let hint = error
            .hint()
            .map_or(String::new(), |hint| format!(": {hint}."));
        eprintln!("{error}{hint}");
        return;
    }
    eprintln!("{} {error}", style.paint(Role::Wrong, "error:"));
    if let Some(hint) = error.hint() {
        eprintln!("{} {hint}", style.paint(Role::Heading, "help:"));
    }
}

/// The style of a stream. The flag decides first, then `NO_COLOR`, then `CLICOLOR_FORCE`, then
/// whether it is a terminal.
fn style(color: Color, terminal: bool) -> Style {
    let set = |name: &str| std::env::var(name).is_ok_and(|value| !value.is_empty());
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    let painted = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if set("NO_COLOR") => false,
        Color::Auto if set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0") => true,
        Color::Auto => terminal && !is("TERM", "dumb") && !is("CLICOLOR", "0"),
    };
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    // Without a locale, text is UTF-8, as in files and pipes.
    let unicode = locale.is_none_or(|locale| {
        let locale = locale.to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    });
    Style {
        colour: painted,
        unicode,
        width: crate::terminal::columns(),
    }
}
