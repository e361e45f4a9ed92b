//! `candidacy questionnaire`: the questions on paper.

use std::path::PathBuf;

use crate::error::{Error, Exit};
use crate::forms::fhir::questionnaire as fhir;
use crate::report::handout::Letterhead;
use crate::report::questionnaire;

use super::Context;
use super::args::json;
use super::clinic::clinic;

/// What `candidacy questionnaire` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  candidacy questionnaire --format html > questions.html
  candidacy questionnaire --rules our-clinic --clinic clinic.yaml --format html > questions.html")]
pub struct QuestionnaireArgs {
    /// The form: text, Markdown, or a page to print from a browser
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Form,
    /// The clinic's name, phone and address, in YAML; those of the rules when absent
    #[arg(long, value_name = "FILE")]
    clinic: Option<PathBuf>,
}

/// The form of the questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// Plain text
    Text,
    /// For a wiki, or to change in an editor
    Markdown,
    /// One page for the browser and for paper; nothing else is needed to show it
    Html,
    /// For records systems and form renderers: a `Questionnaire` of FHIR R4
    Fhir,
}

/// Prints the questionnaire.
pub fn run(args: &QuestionnaireArgs, around: &Context) -> Result<Exit, Error> {
    let plan = super::plan(around)?;
    let clinic = clinic(args.clinic.as_deref(), &plan)?;
    let letterhead = Letterhead {
        clinic: clinic.as_ref(),
        reference: None,
    };
    let document = questionnaire::document(&plan, letterhead);
    super::print(&match args.format {
        Form::Text => document.text(around.out),
        Form::Markdown => document.markdown(),
        Form::Html => document.html(),
        Form::Fhir => json(&fhir::questionnaire(&plan))?,
    })
}
