//! `candidacy batch --draft-map`: a first map file for a table.

use std::io::{self, Write};
use std::path::Path;

use crate::batch::columns::{columns, plain};
use crate::batch::csv::encoding::{Reading, Text};
use crate::batch::csv::splitter::Splitter;
use crate::batch::draft::guess::guesses;
use crate::batch::draft::survey::survey;
use crate::batch::draft::words::{Words, unread};
use crate::batch::draft::yaml::Draft;
use crate::batch::output::problem::counted;
use crate::error::{Error, Exit};
use crate::files::{Destination, Existing};
use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;

use super::BatchArgs;
use super::flags::usage;
use super::headings::{self, headings};
use super::messages;
use super::table_input::table_input;

/// Writes a map file for the table of `args` to `path`.
///
/// # Errors
///
/// If the table cannot be read, or there is a file with that name already.
pub(super) fn draft_map(
    args: &BatchArgs,
    plan: &Plan,
    today: Date,
    path: &Path,
) -> Result<Exit, Error> {
    let settings = args.settings(today)?;
    let input = table_input(&args.input, &args.reading)?;
    let kind = input.sheet.as_ref().map(|_| "a workbook");
    headings::fits(args, kind)?;
    let failed = |why: io::Error| Error::reading(&args.input, &why);
    let (text, reading) = Text::new(input.reader, args.reading.encoding()?).map_err(failed)?;
    let mut to = Destination::claim("--draft-map", path, Existing::Refused).map_err(keep)?;
    let mut splitter = Splitter::new(text, args.piece, reading == Reading::Strict);
    let heading = headings(args, &mut splitter, plan, &settings)?;
    let headed = args.headings.columns_from.as_deref().unwrap_or(&args.input);
    if heading.names.iter().any(|name| is_personal(name)) {
        return Err(usage(
            &format!(
                "the first line of `{}` reads like a patient, not like headings",
                plain(&headed.to_string_lossy())
            ),
            "put a line of headings above it: the map file holds them",
        ));
    }
    if let Some(sheet) = &input.sheet {
        messages::sheet(&sheet.name, &sheet.others);
    }
    let columns = columns(plan, &heading.names, &settings.maps)?;
    let width = columns.len();
    let (delimiter, first) = (heading.delimiter, &heading.first);
    let (surveys, rows) = survey(&mut splitter, delimiter, width, first, &args.input)?;
    let reader = plan.reader(settings.as_of).answered_on(settings.today);
    let guesses = guesses(plan, &reader, &columns, &surveys);
    let words = guesses
        .iter()
        .zip(&surveys)
        .map(|(guess, survey)| match guess.target {
            Some(target) => unread(plan, &reader, target, survey),
            None => Words::default(),
        });
    let draft = Draft {
        plan,
        name: args.input.to_string_lossy().into_owned(),
        words: words.collect(),
        columns: &columns,
        surveys: &surveys,
        guesses: &guesses,
        rows,
    };
    let (yaml, kinds) = draft.yaml();
    to.put(yaml.as_bytes())?;
    let message = format!(
        "{}: {} understood, {} with something to confirm or to choose, {} that answer nothing\n\
         next: edit `{}`, then `candidacy batch {} --map-file {} --dry-run`",
        counted(width, "column"),
        kinds.understood,
        kinds.open,
        kinds.carried,
        path.display(),
        args.input.display(),
        path.display()
    );
    // If standard error is closed, the message is lost.
    let _ = writeln!(io::stderr(), "{message}");
    Ok(Exit::Done)
}

/// Whether a heading contains data that only a patient's row contains.
fn is_personal(name: &str) -> bool {
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let only_digits = name
        .chars()
        .all(|c| c.is_ascii_digit() || " /.-:+()".contains(c));
    name.contains('@') || (digits >= 6 && only_digits)
}

/// The error for an existing file, which may contain the user's own work.
fn keep(error: Error) -> Error {
    match error {
        Error::File {
            doing,
            path,
            why,
            hint: Some(_),
        } => Error::File {
            doing,
            path,
            why,
            hint: Some("choose another name: the file there may hold your own work".to_owned()),
        },
        error => error,
    }
}
