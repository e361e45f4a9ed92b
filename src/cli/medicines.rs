//! `candidacy medicines`: how a list of medicines is read.

use crate::error::{Error, Exit};
use crate::load;
use crate::report::medicines;
use crate::report::model::View;
use candidacy_engine::question::Kind;

use super::Context;
use super::args::{self, ViewArg};

/// What `candidacy medicines` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  candidacy medicines \"Tylenol 500 mg, 2 tablets daily; eliquis\"\n  candidacy medicines --format json - < lists.txt"
)]
pub struct MedicinesArgs {
    /// The list, as a patient would write it; `-` reads lists from standard input, one on each line
    list: String,
    /// The format of the report
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Who reads the report; by default the desk reads text and the clinician JSON
    #[arg(long, value_name = "WHO")]
    view: Option<ViewArg>,
}

/// The format of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For a person at a screen
    Text,
    /// For a program
    Json,
}

/// Prints how each entry is read.
pub fn run(args: &MedicinesArgs, context: &Context) -> Result<Exit, Error> {
    let plan = super::plan(context)?;
    let asked = plan.questions.iter();
    let question = asked
        .map(|asked| &asked.question)
        .find(|question| matches!(question.kind, Kind::Medicines))
        .ok_or_else(|| Error::Usage {
            message: "these rules ask for no medicines".to_owned(),
            hint: "name other rules with `--rules`".to_owned(),
        })?;
    let typed = if args.list == "-" {
        load::standard_input()?.text
    } else {
        args.list.clone()
    };
    let lists: Vec<(usize, &str)> = if args.list == "-" {
        let lines = typed.lines().enumerate();
        lines
            .map(|(number, line)| (number + 1, line.trim()))
            .filter(|(_, line)| !line.is_empty())
            .collect()
    } else {
        vec![(1, typed.as_str())]
    };
    let view = match (args.view, args.format) {
        (Some(view), _) => View::from(view),
        (None, Format::Text) => View::Desk,
        (None, Format::Json) => View::Clinician,
    };
    let reader = plan.reader(context.today);
    let report = medicines::report(&plan, reader, question, lists.into_iter(), view);
    super::print(&match args.format {
        Format::Text => medicines::text(&report, context.out),
        Format::Json => args::json(&report)?,
    })?;
    let unreadable = report.lists.iter().any(|list| list.problem.is_some());
    Ok(if unreadable {
        Exit::Unreadable
    } else {
        Exit::Done
    })
}
