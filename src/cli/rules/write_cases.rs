//! `--write`: writes the cases that were found to a new file.

use std::path::Path;

use crate::authoring::sentences::Line;
use crate::error::Error;
use crate::files::{Destination, Existing, is_there};
use crate::report::phrases::count;
use candidacy_engine::plan::Plan;

/// The place of a new file of cases, before anything is searched for.
///
/// # Errors
///
/// When there is a file already, or none can be written there.
pub fn claim(path: &Path) -> Result<Destination, Error> {
    if is_there(path) {
        return Err(Error::File {
            doing: "write",
            path: path.to_owned(),
            why: "there is a file of that name already".to_owned(),
            hint: Some("name a new file: a file of cases is never changed".to_owned()),
        });
    }
    Destination::claim("--write", path, Existing::Refused)
}

/// Writes `cases` after `head` to `output`, whose name is `path`; returns a message.
pub fn write(
    mut output: Destination,
    path: &Path,
    head: &str,
    cases: &[Line],
    plan: &Plan,
) -> Result<String, Error> {
    let cases = named(cases, plan);
    if cases.is_empty() {
        return Ok("No case to write.\n".to_owned());
    }
    let mut text = format!("{head}\ncases:\n");
    for case in &cases {
        text.push_str(&format!("  {case}\n"));
    }
    output.put(text.as_bytes())?;
    let (many, name) = (count(cases.len(), "case"), path.display());
    Ok(format!("{many} written to {name}.\n"))
}

/// The cases with names that are not used yet, each patient once.
fn named(cases: &[Line], plan: &Plan) -> Vec<Line> {
    let mut taken: Vec<String> = plan.cases.iter().map(|case| case.name.clone()).collect();
    let mut named: Vec<Line> = Vec::new();
    for case in cases {
        // The same patient on the same day is the same case, even with another name.
        if named.iter().any(|other| other.rest == case.rest) {
            continue;
        }
        let numbered = (2..).map(|number| format!("{} ({number})", case.name));
        let name = std::iter::once(case.name.clone())
            .chain(numbered)
            .find(|name| !taken.contains(name))
            .unwrap_or_default();
        taken.push(name.clone());
        named.push(Line {
            name,
            rest: case.rest.clone(),
        });
    }
    named
}
