//! `candidacy screen`: screens one patient, from questions or from given answers.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use crate::error::{Error, Exit};
use crate::files;
use crate::load::DEFAULT;
use crate::report::handout::Letterhead;
use crate::report::model::View;
use crate::report::phrases;
use crate::terminal;
use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;

use super::args::{Format, ViewArg, as_of, reference, setting};
use super::saved_answers;
use super::saved_answers::{Saved, Saving, quoted};
use super::{Context, explain};
use given::{answer_file, given};
use menu::Next;
use outcome::Outcome;
use preset::Preset;
use session::Session;
use written::Written;

mod given;
mod menu;
mod outcome;
mod page_form;
mod preset;
mod session;
mod written;

/// The arguments of `candidacy screen`.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
#[derive(Debug, Default, clap::Args)]
#[command(group = clap::ArgGroup::new("written").args(["save", "print", "record", "calendar"]).multiple(true))]
#[command(after_help = "\
Examples:
  candidacy screen
  candidacy screen --answers patient.yaml --format json
  candidacy screen --set acne=inflamed --set isotretinoin=2026-05 --as-of 2026-11-20
  candidacy screen --ask --set device=standard --set area=face")]
pub struct ScreenArgs {
    /// Answers in YAML or JSON, with question ids as keys, or a FHIR `QuestionnaireResponse`; `-` reads standard input. No question is asked then
    #[arg(long, value_name = "FILE|-")]
    answers: Option<PathBuf>,
    /// One answer, which replaces the one of --answers; can be repeated. No question is asked then, unless you add --ask
    #[arg(long = "set", value_name = "ID=VALUE", value_parser = setting)]
    sets: Vec<(String, String)>,
    /// Ask the questions that --set does not answer; --quick, --plain, --save and --resume do so too
    #[arg(long, conflicts_with = "answers")]
    ask: bool,
    /// The planned treatment day; by default today
    #[arg(long, value_name = "DATE", value_parser = as_of)]
    as_of: Option<Date>,
    /// Skip optional questions
    #[arg(long, conflicts_with = "answers")]
    quick: bool,
    /// Ask line by line, without moving the cursor: for screen readers and scripts
    #[arg(long, conflicts_with = "answers")]
    plain: bool,
    /// Save every answer at once in this file, which only you can read
    #[arg(long, value_name = "FILE", conflicts_with = "answers")]
    save: Option<PathBuf>,
    /// Continue a saved interview, and keep the answers in the same file unless `--save` names another
    #[arg(long, value_name = "FILE", conflicts_with = "answers")]
    resume: Option<PathBuf>,
    /// The file that keeps the answers of this interview: that of `--save`, or the resumed one.
    #[arg(skip)]
    kept_in: Option<PathBuf>,
    /// Write a page for the patient; the ending of its name, .html, .md or .txt, chooses the form. `-` prints it instead of the report
    #[arg(long, value_name = "FILE|-")]
    print: Option<PathBuf>,
    /// Write a calendar file (.ics) with the day on which the wait ends, and a reminder
    #[arg(long, value_name = "FILE")]
    calendar: Option<PathBuf>,
    /// The clinic's name, phone and address for the patient, in YAML; by default those of the rules
    #[arg(long, value_name = "FILE")]
    clinic: Option<PathBuf>,
    /// Your own number or name for the patient, for the page and the calendar file
    #[arg(long, value_name = "TEXT", value_parser = reference)]
    reference: Option<String>,
    /// The format of the report
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Format,
    /// The reader; by default the desk for text, Markdown, HTML and notes, the clinician for JSON, FHIR and CDS Hooks
    #[arg(long, value_name = "VIEW")]
    view: Option<ViewArg>,
    /// Write answers, verdict and findings to a new file for `candidacy replay`, private ones too
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Allow --save, --print, --record and --calendar to replace a file
    #[arg(long, requires = "written")]
    force: bool,
    #[command(flatten)]
    length: LengthArgs,
    #[command(flatten)]
    why: explain::WhyArgs,
}

impl ScreenArgs {
    /// Whether what `--set` leaves open is asked.
    fn asks(&self) -> bool {
        let files = [&self.save, &self.resume];
        self.ask || self.quick || self.plain || files.iter().any(|file| file.is_some())
    }
}

/// How long the report is.
#[derive(Debug, Default, clap::Args)]
struct LengthArgs {
    /// Print the short report: the verdict, when, why, what to do and what to say
    #[arg(long, conflicts_with_all = ["full", "why", "why_not"])]
    brief: bool,
    /// Print the full report at the end of an interview at a terminal, instead of the short one and its menu
    #[arg(long)]
    full: bool,
}

impl LengthArgs {
    /// Refuses a short report in a format that has none.
    fn fits(&self, format: Format) -> Result<(), Error> {
        if !self.brief || format == Format::Text {
            return Ok(());
        }
        Err(Error::Usage {
            message: "the short report is text only".to_owned(),
            hint: "leave out `--format` or `--brief`; `--format note` is a few lines too"
                .to_owned(),
        })
    }
}

/// Screens one patient and reports.
pub fn run(mut args: ScreenArgs, around: &Context) -> Result<Exit, Error> {
    let scripted = args.answers.is_some() || !args.sets.is_empty() && !args.asks();
    if !scripted && !args.plain && !terminal::somebody_is_there() {
        return Err(Error::NoTerminal);
    }
    let plan = super::plan(around)?;
    let mut kept = match &args.resume {
        Some(path) => saved_answers::read(path, &plan)?,
        None => Saved::default(),
    };
    let as_of = args.as_of.or(kept.as_of).unwrap_or(around.today);
    let lost = kept.leave_out_others(&plan, as_of, around.today);
    let unreadable = kept.leave_out_unreadable(&plan, as_of, around.today);
    // Files of other programs, and files with answers that must be asked again, are not changed.
    let goes_on = kept.by_candidacy && lost == 0 && unreadable.is_empty();
    let resumed = args.resume.clone().filter(|_| goes_on);
    args.kept_in = args.save.clone().or(resumed);
    let args = &args;
    let view = args.view.map_or(args.format.reader(), View::from);
    let why = args.why.rule(&plan, view, args.format)?;
    args.length.fits(args.format)?;
    let file = args.answers.as_deref().map(answer_file).transpose()?;
    let clinic = super::clinic::clinic(args.clinic.as_deref(), &plan)?;
    let letterhead = Letterhead {
        clinic: clinic.as_ref(),
        reference: args.reference.as_deref(),
    };
    let came_to = |given| Outcome::of(&plan, given, view, around.today, letterhead);
    let mut written = Written::claim(args)?;
    written.instead_of_report(why.is_some() || args.length.brief)?;
    if scripted {
        let outcome = came_to(given(args, file, &plan, around.today)?);
        return reported(args, &outcome, &mut written, why, around);
    }
    note_what_is_asked_again(lost, &unreadable);
    let preset = preset::presets(&args.sets, &plan, as_of, around.today)?;
    let earlier = kept.answers;
    let saving = saving(args, around);
    // The questions are asked at the desk, whoever reads the report.
    let seen_by = args.view.map_or(View::Desk, View::from);
    let first_lines = greeting(&plan, as_of, args.kept_in.as_deref(), &preset, seen_by);
    let mut session = Session {
        plan: &plan,
        as_of,
        today: around.today,
        quick: args.quick,
        seen_by,
        preset,
        save: written.save.take(),
        saving,
        greeting: first_lines,
    };
    if plainly(args) {
        let outcome = came_to(session.line_by_line(earlier)?);
        return reported(args, &outcome, &mut written, why, around);
    }
    let menu = args.format == Format::Text
        && why.is_none()
        && written.page.is_none()
        && !args.length.brief
        && !args.length.full;
    let mut person = session.person(around.err)?;
    if !menu || !std::io::stdout().is_terminal() {
        let mut interview = session.begin(earlier);
        let outcome = came_to(session.conduct(&mut interview, &mut person)?);
        drop(person);
        let ended = reported(args, &outcome, &mut written, why, around);
        if args.print.is_none() {
            super::remarks::remark(FOR_THE_PATIENT);
        }
        return ended;
    }
    // A named file is for one patient.
    let named = [&args.print, &args.record, &args.calendar];
    let unnamed = args.save.is_none() && args.reference.is_none();
    let more = unnamed && named.iter().all(|path| path.is_none());
    let mut interview = session.begin(earlier);
    loop {
        let outcome = came_to(session.conduct(&mut interview, &mut person)?);
        let kept = written.put(&outcome);
        let hint = kept.as_ref().err().map(menu::in_a_line);
        session.saving.note_verdict(true);
        let next = menu::run(&mut person, &outcome, &plan, hint.unwrap_or_default(), more)
            .map_err(|why| session.saving.noted(why))?;
        session.saving.note_verdict(false);
        person.clear()?;
        match next {
            Next::Change => interview.review(),
            Next::Patient => {
                // A file of answers is for one patient, even a resumed one.
                session.save = None;
                session.saving = Saving::default();
                person.greet(&greeting(&plan, as_of, None, &session.preset, seen_by))?;
                interview = session.begin(Vec::new());
            }
            Next::Quit => {
                drop(person);
                // The text that stays on the screen is only the verdict, which reveals no answer.
                let printed = super::print_beside(&outcome.verdict_and_day());
                return kept.and(printed);
            }
        }
    }
}

/// Says that `lost` saved answers counted from another day, and that these rules cannot read the
/// answers to the questions `unreadable`.
fn note_what_is_asked_again(lost: usize, unreadable: &[&str]) {
    if lost > 0 {
        let again = phrases::count(lost, "answer");
        super::note(&format!(
            "{again} counted from another day, as `3 months ago` does, and must be given again.\n\n"
        ));
    }
    if !unreadable.is_empty() {
        super::note(&format!(
            "These rules cannot read the saved answers to {}: answer again. The file stays as it is.\n\n",
            phrases::headings(unreadable)
        ));
    }
}

/// The first lines of an interview, whose answers are kept in this file.
fn greeting(
    plan: &Plan,
    as_of: Date,
    kept: Option<&Path>,
    preset: &[Preset],
    view: View,
) -> String {
    let kept = kept.map_or("nothing is saved".to_owned(), |path| {
        format!("answers are kept in {}", path.display())
    });
    format!(
        "{}. A pre-screening, not a diagnosis; {kept}. Treatment day: {}.{}",
        plan.header.title,
        as_of.in_words(),
        preset::in_words(plan, preset, as_of, view)
    )
}

/// Writes the requested files and prints the report.
fn reported(
    args: &ScreenArgs,
    outcome: &Outcome<'_>,
    written: &mut Written,
    why: Option<&str>,
    around: &Context,
) -> Result<Exit, Error> {
    // The report is printed even if a file cannot be written.
    let kept = written.put(outcome);
    // The form of the rule that is in force depends on the day.
    let report = match (written.page, why.and_then(|id| outcome.rule(id))) {
        (Some(form), _) => outcome.page(form, around.out),
        (None, Some(rule)) => outcome.why(rule, around.out),
        (None, None) if args.length.brief => outcome.brief(around.out, usize::MAX),
        (None, None) => outcome.report(args.format, around.out)?,
    };
    let printed = args.print.is_some() && written.page.is_none();
    let elsewhere =
        args.record.is_some() || args.kept_in.as_deref().is_some() || args.calendar.is_some();
    let elsewhere = elsewhere || printed;
    let printed = if elsewhere {
        super::print_beside(&report)
    } else {
        super::print(&report)
    };
    kept.and(printed)
}

/// Printed after an interview that wrote no page.
const FOR_THE_PATIENT: &str = "\nFor the patient: add --print FILE.html\n";

/// The file of saved answers, and the command that resumes the interview.
fn saving(args: &ScreenArgs, around: &Context) -> Saving {
    let Some(path) = args.kept_in.as_deref() else {
        return Saving::default();
    };
    let resumed = args.resume.as_deref();
    let resumed = resumed.is_some_and(|resumed| files::same(path, resumed));
    let rules = around.rules.as_deref();
    let rules = match rules {
        Some(rules) => format!(" --rules {}", quoted(rules)),
        None if around.pack == DEFAULT => String::new(),
        None => format!(" --pack {}", around.pack.id),
    };
    let quick = if args.quick { " --quick" } else { "" };
    let file = quoted(path);
    let command = format!("candidacy screen{rules}{quick} --resume {file}");
    Saving::new(path, &command, resumed)
}

/// Whether to ask line by line: if requested, or if the screen cannot be drawn on.
fn plainly(args: &ScreenArgs) -> bool {
    let set = |name: &str| std::env::var(name).is_ok_and(|value| !value.is_empty() && value != "0");
    args.plain || std::env::var("TERM").is_ok_and(|term| term == "dumb") || set("ACCESSIBLE")
}
