//! The menu after a verdict at a terminal, before the next patient.

use std::path::Path;

use crate::cli::args::Format;
use crate::cli::explain;
use crate::cli::pager;
use crate::error::Error;
use crate::files::{Destination, Existing};
use crate::report::phrases;
use crate::terminal::{MenuKey, Person};
use candidacy_engine::plan::Plan;

use super::outcome::Outcome;
use super::page_form::PageForm;

/// What comes after the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Change an answer of the same patient.
    Change,
    /// Start with another patient.
    Patient,
    /// End the session.
    Quit,
}

const KEYS: [MenuKey; 8] = [
    ('a', "a all reasons"),
    ('w', "w why"),
    ('p', "p print"),
    ('d', "d calendar"),
    ('s', "s save"),
    ('c', "c change"),
    ('n', "n next"),
    ('q', "q quit"),
];

/// Shows the short report with its menu until the user goes on. `hint` is shown first. The key for
/// the next patient is there only if `more` patients may follow, and the key for the calendar only
/// if the last day of the wait is known.
pub fn run(
    person: &mut Person,
    outcome: &Outcome<'_>,
    plan: &Plan,
    mut hint: String,
    more: bool,
) -> Result<Next, Error> {
    let calendar = outcome.calendar();
    let keys = KEYS.iter().filter(|(key, _)| match key {
        'n' => more,
        'd' => calendar.is_some(),
        _ => true,
    });
    let keys: Vec<MenuKey> = keys.copied().collect();
    loop {
        let said = std::mem::take(&mut hint);
        match person.choose(|style, rows| outcome.brief(style, rows), &said, &keys)? {
            'a' => {
                let report = outcome.report(Format::Text, person.style())?;
                show(person, &report)?;
            }
            'w' => hint = why(person, outcome, plan)?,
            'p' => {
                let what = "page for the patient (.html, .md or .txt)";
                hint = write(person, what, |path, to| {
                    outcome.print_page(PageForm::by_ending(path)?, to)
                })?;
            }
            'd' => {
                let calendar = calendar.as_deref().unwrap_or_default();
                hint = write(person, "calendar (.ics)", |_, to| {
                    to.put(calendar.as_bytes())
                })?;
            }
            's' => hint = write(person, "record (.json)", |_, to| outcome.save_record(to))?,
            'c' => return Ok(Next::Change),
            'n' => return Ok(Next::Patient),
            _ => return Ok(Next::Quit),
        }
    }
}

/// Shows a long text in the pager, or else page by page.
fn show(person: &mut Person, text: &str) -> Result<(), Error> {
    if person.aside(|| pager::show(text)) {
        return Ok(());
    }
    person.pages(text)
}

/// Explains a rule; returns an error message, if any.
fn why(person: &mut Person, outcome: &Outcome<'_>, plan: &Plan) -> Result<String, Error> {
    let applying = outcome.applying();
    let numbered = applying.iter().enumerate();
    let listed: Vec<String> = numbered
        .filter_map(|(number, id)| {
            let title = phrases::title(outcome.rule(id)?);
            Some(format!("{} {title}", number + 1))
        })
        .collect();
    let words = if listed.is_empty() {
        "Which rule? Write its id, such as one of `candidacy rules list`.".to_owned()
    } else {
        let listed = listed.join(", ");
        format!("Which reason? Write its number ({listed}), or the id of another rule.")
    };
    let Some(id) = person.write_line(&words)? else {
        return Ok(String::new());
    };
    let number = id.parse::<usize>().ok().and_then(|at| at.checked_sub(1));
    let id = number
        .and_then(|at| applying.get(at))
        .cloned()
        .unwrap_or(id);
    match explain::rule(plan, &id, outcome.view) {
        Ok(rule) => {
            if let Some(rule) = outcome.rule(rule) {
                let text = outcome.why(rule, person.style());
                show(person, &text)?;
            }
            Ok(String::new())
        }
        Err(why) => Ok(in_a_line(&why)),
    }
}

/// Asks for the name of a new file and writes it, readable only by its owner. Returns a message
/// about what was done or what went wrong.
fn write(
    person: &mut Person,
    what: &str,
    put: impl Fn(&Path, &mut Destination) -> Result<(), Error>,
) -> Result<String, Error> {
    let words = format!("File for the {what}? An existing file is never replaced.");
    let Some(name) = person.write_line(&words)? else {
        return Ok("nothing was written".to_owned());
    };
    let path = Path::new(&name);
    if name == "-" {
        return Ok("write the name of a file: the answers must not stay on the screen".to_owned());
    }
    let claimed = Destination::claim("", path, Existing::Refused);
    let written = claimed.and_then(|to| put(path, &mut to.private(true)));
    Ok(match written {
        Ok(()) => format!("written: {name}"),
        // The usual hint names a flag; here the user can choose another name.
        Err(why) => format!("{why}; choose another name"),
    })
}

/// An error and its way out, for the line above the keys.
pub fn in_a_line(why: &Error) -> String {
    why.hint()
        .map_or_else(|| why.to_string(), |hint| format!("{why}; {hint}"))
}
