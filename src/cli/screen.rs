//! `candidacy screen`: one patient, asked or given.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use crate::error::{Error, Exit};
use crate::files::{self, Destination, Existing};
use crate::interview::{Ask, InterviewOptions, Lines, interview};
use crate::load;
use crate::report;
use crate::report::model;
use crate::report::model::View;
use crate::report::record::{self, Typed};
use crate::report::{handout, markdown, note, phrases, text};
use crate::terminal;
use candidacy_engine::answer::Answers;
use candidacy_engine::assess::{Assessment, assess};
use candidacy_engine::assign::assign_with;
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::{Code, Refusal};
use candidacy_engine::pack;
use candidacy_engine::pack::{AnswerFile, Given};
use candidacy_engine::plan::Plan;
use candidacy_engine::source::{Located, Place, Source};

use super::args::{Format, ViewArg, day, json, setting};
use super::saved_answers;
use super::saved_answers::{Counted, Saved, Saving, quoted};
use super::{Context, explain, far_day, record as records};

/// What `candidacy screen` takes.
#[derive(Debug, Default, clap::Args)]
#[command(group = clap::ArgGroup::new("written").args(["save", "print", "record"]).multiple(true))]
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
    /// Leave out the questions that may be
    #[arg(long, conflicts_with_all = ["answers", "sets"])]
    quick: bool,
    /// Ask line by line, without moving the cursor: for screen readers and scripts
    #[arg(long, conflicts_with_all = ["answers", "sets"])]
    plain: bool,
    /// Keep every answer in this file as it is given, readable by you alone
    #[arg(long, value_name = "FILE", conflicts_with_all = ["answers", "sets"])]
    save: Option<PathBuf>,
    /// Go on where a saved interview stopped
    #[arg(long, value_name = "FILE", conflicts_with_all = ["answers", "sets"])]
    resume: Option<PathBuf>,
    /// Write a page for the patient: HTML when the name ends in .html, else Markdown
    #[arg(long, value_name = "FILE")]
    print: Option<PathBuf>,
    /// The form of the report
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Format,
    /// Who will read it; the desk for text, Markdown and notes, the clinician for JSON when absent
    #[arg(long, value_name = "VIEW")]
    view: Option<ViewArg>,
    /// Write answers, verdict and findings to a new file for `candidacy replay`, private ones too
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Let --save, --print and --record replace a file
    #[arg(long, requires = "written")]
    force: bool,
    #[command(flatten)]
    why: explain::WhyArgs,
}

/// Screens one patient and reports.
pub fn run(args: &ScreenArgs, around: &Context) -> Result<Exit, Error> {
    let scripted = args.answers.is_some() || !args.sets.is_empty();
    if !scripted && !args.plain && !terminal::somebody_is_there() {
        return Err(Error::NoTerminal);
    }
    let plan = super::plan(around)?;
    let view = args.view.map_or(args.format.reader(), View::from);
    let why = args.why.rule(&plan, view, args.format)?;
    let kept = match &args.resume {
        Some(path) => saved_answers::read(path, &plan)?,
        None => Saved::default(),
    };
    let file = args.answers.as_deref().map(answer_file).transpose()?;
    let mut written = Written::claim(args)?;
    let (as_of, answers, typed) = if scripted {
        given(args, file, &plan, around.today)?
    } else {
        let as_of = args.as_of.or(kept.as_of).unwrap_or(around.today);
        let earlier = taken_up(&plan, kept, as_of, around.today);
        // Whoever reads the report, the questions are asked at the desk.
        let seen_by = args.view.map_or(View::Desk, View::from);
        let save = written.save.as_mut();
        let (answers, typed) = asked(args, &plan, as_of, earlier, save, seen_by, around)?;
        (as_of, answers, typed)
    };

    let assessment = assess(&plan, &answers, as_of);
    // Where it cannot be kept, what came out is told all the same.
    let kept = written.record.as_mut().map_or(Ok(()), |to| {
        let record = record::of(&plan, &answers, typed, &assessment, around.today);
        records::save(to, &record)
    });
    let handed = written.print.as_mut().map_or(Ok(()), |to| {
        to.put(page(args, &plan, &answers, &assessment).as_bytes())
    });
    let sheet = model::sheet(&plan, &answers, &assessment, view);
    let expect = model::expectations(&plan, &answers, &assessment);
    // Which form of it is in force hangs on the day.
    let why = why.and_then(|id| plan.rule_on(id, as_of));
    let report = match (args.format, why) {
        (_, Some(rule)) => report::explain::why(&plan, &answers, as_of, rule, view, around.out),
        (Format::Text, _) => text::report(&plan, &sheet, &expect, view, around.out),
        (Format::Markdown, _) => markdown::report(&plan, &sheet, &expect, view),
        (Format::Note, _) => note::note(&plan, &sheet, &[], view),
        (Format::Json, _) => json(&sheet)?,
    };
    let elsewhere = args.record.is_some() || args.print.is_some() || args.save.is_some();
    let printed = if elsewhere {
        super::print_beside(&report)
    } else {
        super::print(&report)
    };
    if !scripted && !plainly(args) && args.print.is_none() {
        super::note(FOR_THE_PATIENT);
    }
    kept.and(handed).and(printed)
}

/// The files to be written, for the eyes of their owner alone.
struct Written {
    save: Option<Destination>,
    print: Option<Destination>,
    record: Option<Destination>,
}

impl Written {
    /// Claims them all, before anybody is asked anything.
    fn claim(args: &ScreenArgs) -> Result<Self, Error> {
        let existing = Existing::unless_forced(args.force);
        let claim = |flag: &str, path: Option<&Path>, existing: Existing| {
            let claimed = path.map(|path| Destination::claim(flag, path, existing));
            Ok::<_, Error>(claimed.transpose()?.map(|claimed| claimed.private(true)))
        };
        // What was resumed is saved again with every answer that is added.
        let resumed = match (&args.save, &args.resume) {
            (Some(save), Some(resume)) => files::same(save, resume),
            _ => false,
        };
        let saved = if resumed {
            Existing::Extended
        } else {
            existing
        };
        Ok(Self {
            save: claim("--save", args.save.as_deref(), saved)?,
            print: claim("--print", args.print.as_deref(), existing)?,
            record: claim("--record", args.record.as_deref(), existing)?,
        })
    }
}

/// Told after an interview that wrote no page.
const FOR_THE_PATIENT: &str = "\nFor the patient: add --print FILE.html\n";

/// The answers of an interview that was broken off, as far as they still mean the
/// same days.
fn taken_up(plan: &Plan, kept: Saved, as_of: Date, today: Date) -> Vec<(usize, String)> {
    let now = Counted { as_of, said: today };
    let then = Counted {
        as_of: kept.as_of.unwrap_or(as_of),
        said: kept.said.or(kept.as_of).unwrap_or(as_of),
    };
    let (earlier, lost) = saved_answers::still_meant(plan, kept.answers, then, now);
    if lost > 0 {
        let again = phrases::count(lost, "answer");
        super::note(&format!(
            "{again} counted from another day, as `3 months ago` does, and must be given again.\n\n"
        ));
    }
    earlier
}

/// The page for the patient. What is handed over at the desk tells no
/// private reason, whoever reads the report.
fn page(args: &ScreenArgs, plan: &Plan, answers: &Answers, assessment: &Assessment) -> String {
    let sheet = model::sheet(plan, answers, assessment, View::Desk);
    let expect = model::expectations(plan, answers, assessment);
    let ending = args.print.as_deref().and_then(Path::extension);
    if ending.is_some_and(|ending| ending.eq_ignore_ascii_case("html")) {
        handout::html(plan, &sheet, &expect)
    } else {
        handout::markdown(plan, &sheet, &expect)
    }
}

/// The answers of a person, read and as typed: at the terminal, or line by line.
fn asked(
    args: &ScreenArgs,
    plan: &Plan,
    as_of: Date,
    earlier: Vec<(usize, String)>,
    mut save: Option<&mut Destination>,
    view: View,
    around: &Context,
) -> Result<(Answers, Vec<Typed>), Error> {
    let saving = saving(args, around);
    let mut typed = Vec::new();
    let mut keep = |texts: &[(&str, &str)]| {
        typed = texts
            .iter()
            .map(|(id, text)| Typed::new(id, text))
            .collect();
        match &mut save {
            Some(to) => {
                saved_answers::write(to, as_of, around.today, texts)?;
                saving.note_any();
                Ok(())
            }
            None => Ok(()),
        }
    };
    let manner = InterviewOptions {
        as_of,
        today: around.today,
        quick: args.quick,
        view,
        earlier,
        keep: &mut keep,
    };
    let kept = args
        .save
        .as_ref()
        .map_or("nothing is saved".to_owned(), |path| {
            format!("answers are kept in {}", path.display())
        });
    let greeting = format!(
        "{}. A pre-screening and no diagnosis; {kept}. Decided for {}.",
        plan.header.title,
        as_of.in_words()
    );
    if plainly(args) {
        let mut person = Lines::new(std::io::stdin().lock(), std::io::stderr().lock());
        if std::io::stdin().is_terminal() {
            person = person.typed(terminal::another_line_at_once);
        }
        person.greet(&greeting)?;
        if std::io::stdin().is_terminal() {
            meant(&mut person, as_of, around.today)?;
        } else {
            far_day::warn(as_of, around.today);
        }
        let answers = interview(plan, manner, &mut person).map_err(|why| saving.noted(why))?;
        return Ok((answers, typed));
    }
    let (at_the_end, style) = (saving.clone(), around.err);
    let end = move || {
        terminal::restore();
        super::note("\n");
        super::tell(&at_the_end.noted(Error::BrokenOff), style);
        std::process::exit(i32::from(Exit::BrokenOff as u8));
    };
    terminal::on_quit(end.clone());
    let _ = ctrlc::set_handler(end);
    let mut person = terminal::Person::new(around.err);
    person.greet(&greeting)?;
    meant(&mut person, as_of, around.today)?;
    let answers = interview(plan, manner, &mut person).map_err(|why| saving.noted(why))?;
    super::note("\n");
    Ok((answers, typed))
}

/// Asks whether a day decided for that is far from today is meant.
fn meant(person: &mut impl Ask, as_of: Date, today: Date) -> Result<(), Error> {
    let Some(words) = far_day::far_day(as_of, today) else {
        return Ok(());
    };
    let words = format!("Look again: {words}. Is this the day meant (y), or not (n)?");
    if person.confirm(&words, false)? {
        return Ok(());
    }
    Err(Error::Usage {
        message: format!("{} is not the day decided for", as_of.in_words()),
        hint: format!("leave out `--as-of` for today, or write the day as in `--as-of {today}`"),
    })
}

/// Where the answers are saved, and the command that goes on with them.
fn saving(args: &ScreenArgs, around: &Context) -> Saving {
    let Some(path) = &args.save else {
        return Saving::default();
    };
    let resumed = args.resume.as_deref();
    let resumed = resumed.is_some_and(|resumed| files::same(path, resumed));
    let rules = around.rules.as_deref();
    let rules = rules.map_or(String::new(), |rules| format!(" --rules {}", quoted(rules)));
    let quick = if args.quick { " --quick" } else { "" };
    let file = quoted(path);
    let command = format!("candidacy screen{rules}{quick} --resume {file} --save {file}");
    Saving::new(path, &command, resumed)
}

/// Whether to ask line by line: when told to, and where the screen is not one
/// that can be drawn on.
fn plainly(args: &ScreenArgs) -> bool {
    let set = |name: &str| std::env::var(name).is_ok_and(|value| !value.is_empty() && value != "0");
    args.plain || std::env::var("TERM").is_ok_and(|term| term == "dumb") || set("ACCESSIBLE")
}

/// The text of `--answers`; `-` is standard input.
fn answer_file(path: &Path) -> Result<Source, Error> {
    let source = if path == Path::new("-") {
        load::standard_input()?
    } else {
        load::source(path)?
    };
    // A record is JSON, and a file of answers may be JSON too: only a record has a checksum.
    if source.text.starts_with('{') && source.text.contains("\"checksum\"") {
        return Err(Error::Usage {
            message: format!("`{}` is a record, not a file of answers", path.display()),
            hint: format!(
                "`candidacy replay {}` derives it again; to change an answer, change the file of answers it was made from, or screen again",
                quoted(path)
            ),
        });
    }
    Ok(source)
}

/// The day and the answers of `--answers` and `--set`, read and as typed; what is missing is blank.
fn given(
    args: &ScreenArgs,
    source: Option<Source>,
    plan: &Plan,
    today: Date,
) -> Result<(Date, Answers, Vec<Typed>), Error> {
    let mut sources = Vec::new();
    let mut problems = Vec::new();
    let mut file = AnswerFile::default();
    if let Some(source) = source {
        file = pack::answers(sources.len(), &source, &mut problems);
        sources.push(source);
    }
    let from_file_fine = problems.is_empty();
    let mut set = Vec::new();
    for (id, value) in &args.sets {
        set.push(from_set(sources.len(), id, value));
        sources.push(Source::new("--set", &format!("{id}={value}")));
    }
    let as_of = args.as_of.or(file.as_of).unwrap_or(today);
    far_day::warn(as_of, today);
    let mut answers = plan.blank_answers();
    let said_on = |day: Date| plan.reader(as_of).said_on(day);
    let reader = said_on(file.said.unwrap_or(today));
    assign_with(&file.given, &mut answers, plan, &reader, &mut problems);
    let file_is_wrong = !from_file_fine || !problems.is_empty();
    assign_with(&set, &mut answers, plan, &said_on(today), &mut problems);
    if problems.is_empty() {
        let typed = file.given.iter().chain(&set);
        let typed = typed.map(|given| Typed::new(&given.key.value, &given.text));
        return Ok((as_of, answers, typed.collect()));
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
