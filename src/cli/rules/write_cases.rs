//! `--write`: cases that were found, into a file of cases.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::authoring::append_cases::{AppendError, append};
use crate::authoring::sentences::Line;
use crate::error::Error;
use crate::files::{Destination, Existing};
use crate::load;
use crate::report::phrases::count;
use candidacy_engine::diagnostic::Refusal;
use candidacy_engine::plan::Plan;
use candidacy_engine::source::Source;

/// What Notepad puts before a text.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Adds `cases` to the file at `path`, or begins it with `head`; says what was done.
pub fn keep(path: &Path, head: &str, cases: &[Line], plan: &Plan) -> Result<String, Error> {
    let there = match path.symlink_metadata() {
        Err(why) if why.kind() == ErrorKind::NotFound => None,
        _ => Some(load::source(path)?),
    };
    let name = path.display();
    let source = there
        .clone()
        .unwrap_or_else(|| Source::new(name.to_string(), head));
    let fresh = fresh(cases, &source.text, plan);
    if fresh.is_empty() {
        return Ok(if cases.is_empty() {
            "No case to write.\n".to_owned()
        } else {
            format!("Nothing to write: {name} has the cases already.\n")
        });
    }
    let text = append(&source, &fresh).map_err(|why| unfit(&why, source))?;
    let marked = there.is_some() && fs::read(path).is_ok_and(|bytes| bytes.starts_with(MARK));
    let mark = if marked { MARK } else { &[] };
    let mut output = Destination::claim("--write", path, Existing::Extended)?;
    output.put(&[mark, text.as_bytes()].concat())?;
    let how = if there.is_some() { "added" } else { "written" };
    Ok(format!("{} {how} to {name}.\n", count(fresh.len(), "case")))
}

/// The cases that do not stand in `text` yet, under names that are free.
fn fresh(cases: &[Line], text: &str, plan: &Plan) -> Vec<Line> {
    let mut taken: Vec<String> = plan.cases.iter().map(|case| case.name.clone()).collect();
    let mut fresh: Vec<Line> = Vec::new();
    for case in cases {
        // The same patient on the same day is the same case, whatever its number.
        if text.contains(&case.rest) || fresh.iter().any(|other| other.rest == case.rest) {
            continue;
        }
        let numbered = (2..).map(|number| format!("{} ({number})", case.name));
        let name = std::iter::once(case.name.clone())
            .chain(numbered)
            .find(|name| !taken.contains(name))
            .unwrap_or_default();
        taken.push(name.clone());
        fresh.push(Line {
            name,
            rest: case.rest.clone(),
        });
    }
    fresh
}

fn unfit(why: &AppendError, source: Source) -> Error {
    let name = source.path.clone();
    let (message, hint) = match why {
        AppendError::Unreadable(problem) => {
            return Error::Rules(Refusal {
                sources: vec![source],
                problems: vec![(**problem).clone()],
            });
        }
        AppendError::InBrackets => (
            format!("the cases of `{name}` stand in brackets, so none can be added"),
            "write each case on a line of its own that begins with `- `, or name a new file",
        ),
        AppendError::Unsafe => (
            format!("cases cannot be added to `{name}` without touching what stands there"),
            "name a new file, for example cases/found.yaml in the pack's folder",
        ),
    };
    Error::Usage {
        message,
        hint: hint.to_owned(),
    }
}
