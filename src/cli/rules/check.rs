//! `rules check` and `rules test`: shows all problems, then the cases.

use std::path::{Path, PathBuf};

use crate::authoring::cases;
use crate::authoring::cases::{Difference, Failure};
use crate::authoring::lint::lint;
use crate::authoring::prove::less_severe;
use crate::error::{Error, Exit};
use crate::load::DEFAULT;
use crate::report::check::{Check, github, sarif};
use crate::report::diagnostic;
use crate::report::phrases::count;
use crate::report::style::Role;
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::{Diagnostic, Refusal};
use candidacy_engine::plan::Plan;

use super::super::args::{as_of, json};
use super::super::{Context, note, print_beside};
use super::Read;

/// What `rules check` takes.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// A file, or a folder with a `pack.yaml`; by default `--rules`, otherwise the built-in rules
    path: Option<PathBuf>,
    /// The output format
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// End with exit code 3 when there are warnings
    #[arg(long)]
    deny_warnings: bool,
    /// The day to use as today, which decides whether a review is overdue or a rule has ended
    #[arg(long, value_name = "DATE", value_parser = as_of)]
    as_of: Option<Date>,
}

/// The output format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// For a person at a screen
    #[default]
    Text,
    /// For a program: one object
    Json,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For a GitHub workflow: one annotation on each line
    Github,
}

/// Prints errors; if there are none, warnings and the cases that fail.
pub fn check(args: &CheckArgs, around: &Context) -> Result<Exit, Error> {
    let path = args.path.as_deref();
    let today = args.as_of.unwrap_or(around.today);
    let (read, undecided) = match checked(path, around, today) {
        Err(Error::Rules(refusal)) if args.format != Form::Text => {
            let Refusal { sources, problems } = &refusal;
            let found = Check::new(&name(path, around), today, problems, sources);
            print_as(args.format, &found)?;
            return Ok(Exit::Rules);
        }
        read => read?,
    };
    let mut warnings = lint(&read.pack, &read.plan, today);
    warnings.extend(undecided);
    let failures = if args.format == Form::Text {
        if !warnings.is_empty() {
            let sources = &read.pack.sources;
            note(&diagnostic::warnings(&warnings, sources, around.err.colour));
        }
        run(&read, path, around, Some(&warnings))?
    } else {
        let failures = failures(&read.plan);
        let count = failures.len();
        let found = found(&name(path, around), today, &read, &warnings, failures);
        print_as(args.format, &found)?;
        count
    };
    let denied = args.deny_warnings && !warnings.is_empty();
    if denied && args.format == Form::Text {
        note("Warnings are denied here: they count as problems.\n");
    }
    Ok(if denied { Exit::Rules } else { ended(failures) })
}

/// Reads rules without errors that are never less severe than their base. There is a warning if the
/// search for this reached its limit.
fn checked(
    path: Option<&Path>,
    around: &Context,
    today: Date,
) -> Result<(Read, Option<Diagnostic>), Error> {
    let read = super::read_on(path, around, today)?;
    let found = less_severe::found(&read.pack, today).map_err(Error::Rules)?;
    if found.problems.is_empty() {
        return Ok((read, found.undecided));
    }
    Err(Error::Rules(Refusal {
        sources: read.pack.sources,
        problems: found.problems,
    }))
}

/// Runs the cases and names each.
pub fn test(path: Option<&Path>, around: &Context) -> Result<Exit, Error> {
    let read = super::read(path, around)?;
    run(&read, path, around, None).map(ended)
}

fn ended(failures: usize) -> Exit {
    if failures == 0 {
        Exit::Done
    } else {
        Exit::Rules
    }
}

fn failures(plan: &Plan) -> Vec<Failure> {
    let failures = plan.cases.iter().map(|case| cases::run(plan, case));
    failures.flatten().collect()
}

/// All findings about rules without errors.
fn found(
    name: &str,
    today: Date,
    read: &Read,
    warnings: &[Diagnostic],
    failures: Vec<Failure>,
) -> Check {
    let sources = &read.pack.sources;
    let mut found = Check::new(name, today, warnings, sources).of(&read.plan);
    for failure in failures {
        let mut cases = read.pack.cases.iter();
        if let Some(case) = cases.find(|case| case.name.value == failure.name) {
            let notes = failure.differences.iter().map(Difference::in_words);
            found.add(&case.name, notes.collect(), sources);
        }
    }
    found
}

fn print_as(form: Form, found: &Check) -> Result<Exit, Error> {
    print_beside(&match form {
        Form::Json | Form::Text => json(found)?,
        Form::Sarif => json(&sarif::log(found))?,
        Form::Github => github::lines(found),
    })
}

/// Runs the cases; without a request for `warnings`, passed cases are listed too. Returns the
/// number of failed cases.
fn run(
    read: &Read,
    path: Option<&Path>,
    around: &Context,
    warnings: Option<&[Diagnostic]>,
) -> Result<usize, Error> {
    let plan = &read.plan;
    let name_each = warnings.is_none();
    let mut report = String::new();
    let mut failures = 0;
    for case in &plan.cases {
        match cases::run(plan, case) {
            None if name_each => {
                report.push_str(&format!(
                    "{} {}\n",
                    around.out.paint(Role::Right, "ok    "),
                    case.name
                ));
            }
            None => {}
            Some(failure) => {
                failures += 1;
                report.push_str(&in_words(&failure, around));
            }
        }
    }
    let warnings = warnings.map_or(0, <[Diagnostic]>::len);
    report.push_str(&summary(plan, &name(path, around), failures, warnings));
    print_beside(&report)?;
    Ok(failures)
}

/// A failed case, in words.
fn in_words(failure: &Failure, around: &Context) -> String {
    let mut text = format!(
        "{} {}\n       {}\n",
        around.out.paint(Role::Wrong, "FAILED"),
        failure.name,
        failure.at
    );
    for difference in &failure.differences {
        text.push_str(&format!(
            "       {:13} expected {}\n",
            difference.of, difference.expected
        ));
        text.push_str(&format!(
            "       {:13} came out {}\n",
            "", difference.actual
        ));
    }
    text
}

/// The name of the rules in messages.
fn name(path: Option<&Path>, around: &Context) -> String {
    path.or(around.rules.as_deref())
        .map_or_else(|| built_in_name(around), |path| path.display().to_string())
}

/// What the built-in rules are called.
fn built_in_name(around: &Context) -> String {
    match around.pack {
        pack if pack == DEFAULT => "built-in rules".to_owned(),
        pack => format!("built-in rules for {}", pack.id),
    }
}

/// How much was checked, and the result.
fn summary(plan: &Plan, name: &str, failures: usize, warnings: usize) -> String {
    let checked = [
        count(plan.questions.len(), "question"),
        count(plan.ids_of_rules().len(), "rule"),
        format!(
            "{} of medicines",
            count(plan.medicines.written().count(), "name")
        ),
        count(plan.citations.len(), "source"),
        count(plan.claims.len(), "claim"),
        count(plan.cases.len(), "case"),
    ]
    .join(", ");
    let warned = match warnings {
        0 => String::new(),
        warnings => format!("{}, ", count(warnings, "warning")),
    };
    let outcome = match failures {
        0 => format!("no problems, {warned}every case passes"),
        1 => format!("{warned}1 case fails"),
        n => format!("{warned}{n} cases fail"),
    };
    format!("{name}: {checked}: {outcome}.\n")
}
