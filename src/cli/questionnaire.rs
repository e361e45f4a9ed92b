//! `candidacy questionnaire`: the questions on paper, and as forms for other tools.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use candidacy_engine::plan::Plan;

use crate::error::{Error, Exit};
use crate::files::{Destination, Existing};
use crate::forms::fhir::questionnaire as fhir;
use crate::forms::redcap;
use crate::report::handout::Letterhead;
use crate::report::questionnaire;

use super::args::json;
use super::clinic::clinic;
use super::{Context, template};

/// What `candidacy questionnaire` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  candidacy questionnaire --format html > questions.html
  candidacy questionnaire --rules our-clinic --clinic clinic.yaml --format html > questions.html
  candidacy questionnaire --format fhir -o questionnaire.json
  candidacy questionnaire --format xlsform -o questions.xlsx")]
pub struct QuestionnaireArgs {
    /// The form: on paper, or for another tool
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Form,
    /// The clinic's name, phone and address, in YAML; by default those of the rules
    #[arg(long, value_name = "FILE")]
    clinic: Option<PathBuf>,
    /// Write it to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Allow --output to replace a file
    #[arg(long, requires = "output")]
    force: bool,
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
    /// For ODK, Kobo and the like: a workbook, `XLSForm`
    Xlsform,
    /// For `REDCap`: a data dictionary
    Redcap,
    /// For any spreadsheet: a table with a column for each question
    Csv,
}

/// Prints the questionnaire.
pub fn run(args: &QuestionnaireArgs, around: &Context) -> Result<Exit, Error> {
    let existing = Existing::unless_forced(args.force);
    let to = args.output.as_deref();
    let to = to.map(|path| Destination::claim("--output", path, existing));
    let to = to.transpose()?;
    let plan = super::plan(around)?;
    let clinic = clinic(args.clinic.as_deref(), &plan)?;
    let letterhead = Letterhead {
        clinic: clinic.as_ref(),
        reference: None,
    };
    let document = questionnaire::document(&plan, letterhead);
    let form = match args.format {
        Form::Text => document.text(around.out),
        Form::Markdown => document.markdown(),
        Form::Html => document.html(),
        Form::Fhir => json(&fhir::questionnaire(&plan))?,
        Form::Redcap => redcap::dictionary(&plan),
        Form::Csv => template::template(&plan),
        Form::Xlsform => return written(to, &xlsform(&plan)?),
    };
    written(to, form.as_bytes())
}

/// Writes a form to a file or to standard output.
fn written(to: Option<Destination>, form: &[u8]) -> Result<Exit, Error> {
    if let Some(mut to) = to {
        to.put(form)?;
        return Ok(Exit::Done);
    }
    if let Ok(text) = std::str::from_utf8(form) {
        return super::print(text);
    }
    let mut out = std::io::stdout().lock();
    if out.is_terminal() {
        return Err(Error::Usage {
            message: "a workbook cannot be shown on a terminal".to_owned(),
            hint: "write it to a file: `-o questions.xlsx`".to_owned(),
        });
    }
    let written = out.write_all(form).and_then(|()| out.flush());
    written.map_err(|why| Error::output(&why))?;
    if crate::files::output_is_lost() {
        return Err(Error::output_lost());
    }
    Ok(Exit::Done)
}

/// The questions as a workbook.
#[cfg(feature = "excel")]
fn xlsform(plan: &Plan) -> Result<Vec<u8>, Error> {
    crate::forms::xlsform::workbook(plan).map_err(|why| Error::Stream {
        doing: "write the workbook",
        why,
    })
}

/// Refuses a workbook.
#[cfg(not(feature = "excel"))]
fn xlsform(_: &Plan) -> Result<Vec<u8>, Error> {
    Err(Error::Usage {
        message: "this program was built without workbooks".to_owned(),
        hint: "use another form, or a program built with the feature `excel`".to_owned(),
    })
}
