//! Tables that do not begin with their headings, such as exports with a title.

use std::path::Path;

use crate::error::Error;
use candidacy_engine::answer::Reader;
use candidacy_engine::normalize::key;
use candidacy_engine::plan::Plan;
use candidacy_engine::question::Question;

use super::columns::{Column, plain};
use super::csv::chunk::lines;
use super::csv::quotes::line_end;
use super::header::{Heading, first_record};
use super::heading_forms::understood;
use super::output::problem::counted;

/// Maximum number of lines that are checked.
const MOST: usize = 40;

/// Possible delimiters between headings.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The first line of `bytes`, from 1, that looks like headings: at least two of its cells are
/// `known`.
pub(super) fn headings_on(bytes: &[u8], known: impl Fn(&str) -> bool) -> Option<u64> {
    let mut start = 0;
    for _ in 0..MOST {
        let (end, next) = line_end(bytes, start, true)?;
        let line = bytes.get(start..end).unwrap_or_default();
        let headings = |delimiter: &u8| {
            let names = first_record(line, *delimiter).map_or_else(Vec::new, |(names, _)| names);
            names.iter().filter(|name| known(name)).count() > 1
        };
        if DELIMITERS.iter().any(headings) {
            return Some(lines(bytes.get(..start)?) + 1);
        }
        if next >= bytes.len() {
            return None;
        }
        start = next;
    }
    None
}

/// Whether `text` begins with headings of a table.
#[must_use]
pub fn is_table(plan: &Plan, text: &str) -> bool {
    let known = |name: &str| understood(plan, name).is_some();
    // A file of answers may list words that are headings too: `skin: acne, keloid`.
    let keyed = text.lines().next().is_some_and(|line| line.contains(": "));
    !keyed && headings_on(text.as_bytes(), known) == Some(1)
}

/// Refuses a first line that holds no headings: no column answers anything, or it
/// reads like a patient, who would be lost. Columns that flags name, `used`, are headings.
///
/// # Errors
///
/// If one of these is the case.
pub(super) fn are_headings(
    plan: &Plan,
    reader: &Reader<'_>,
    columns: &[Column],
    used: &[&str],
    heading: &Heading,
    path: &Path,
) -> Result<(), Error> {
    let answering = columns.iter().filter(|column| column.target.is_some());
    let answering = answering.count();
    if answering == 0 && heading.below.is_some() {
        return Err(no_answers(heading, path));
    }
    let is_used = |column: &Column| used.iter().any(|name| key(name) == key(&column.heading));
    let values = columns.iter().filter(|column| {
        column.target.is_none() && !is_used(column) && is_answer(plan, reader, &column.heading)
    });
    let values = values.count();
    if values > 0 && values >= answering {
        return Err(Error::Usage {
            message: format!(
                "the first line of `{}` reads like a patient, not like headings: {} of its {} {}",
                plain(&path.to_string_lossy()),
                values,
                counted(columns.len(), "cell"),
                if values == 1 { "is an answer" } else { "are answers" },
            ),
            hint: "put a line of headings above it, such as `candidacy template` writes; if these are headings, ignore each one that reads like an answer with `--map 'COLUMN='`".to_owned(),
        });
    }
    if answering == 0 {
        return Err(no_answers(heading, path));
    }
    Ok(())
}

/// Whether a text could be the content of a cell: a number, a day, or an answer to a question.
/// Medicine questions do not count, because they accept any text.
fn is_answer(plan: &Plan, reader: &Reader<'_>, text: &str) -> bool {
    let digits = text.chars().any(|c| c.is_ascii_digit());
    let separators = |c: char| c.is_ascii_digit() || c.is_whitespace() || ".,:/-+".contains(c);
    let answers = |question: &Question| {
        let reply = reader.reply(question, text);
        !question.kind.names_medicines() && reply.is_ok_and(|reply| !reply.is_blank())
    };
    let mut questions = plan.questions.iter();
    digits && text.chars().all(separators) || questions.any(|asked| answers(&asked.question))
}

/// The error if no column has a target.
fn no_answers(heading: &Heading, path: &Path) -> Error {
    let path = plain(&path.to_string_lossy());
    if let Some(line) = heading.below {
        return Error::Usage {
            message: format!("the headings of `{path}` seem to be on line {line}"),
            hint:
                "take out the lines above them and run it again: a table begins with its headings"
                    .to_owned(),
        };
    }
    let message = match heading.names.len() {
        1 => format!("the only column of `{path}` answers no question of these rules"),
        many => format!(
            "none of the {} of `{path}` answers a question of these rules",
            counted(many, "column")
        ),
    };
    Error::Usage {
        message,
        hint: "say which do with `--map 'COLUMN=QUESTION'`; `candidacy template` writes the headings a batch understands; and the first line must hold headings".to_owned(),
    }
}
