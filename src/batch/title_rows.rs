//! Tables that begin with something else than their headings, as exports with a title do.

use std::path::Path;

use crate::error::Error;

use super::columns::plain;
use super::csv::chunk::lines;
use super::csv::quotes::line_end;
use super::header::{Heading, first_record};
use super::output::problem::counted;

/// So many lines are looked at.
const MOST: usize = 40;

/// What may stand between two headings.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The first line of `bytes`, from 1, that reads like headings: two or more of
/// its cells are `known`.
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

/// No column answers anything.
pub(super) fn no_answers(heading: &Heading, path: &Path) -> Error {
    let path = plain(&path.to_string_lossy());
    if let Some(line) = heading.below {
        return Error::Usage {
            message: format!("the headings of `{path}` seem to stand on line {line}"),
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
