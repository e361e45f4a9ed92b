//! The chapters of the manual, for a desk without internet: `candidacy help screening`.

use std::io::{self, IsTerminal};

use crate::error::{Error, Exit};

use super::{pager, print};

/// The chapters by name.
pub const CHAPTERS: &[(&str, &str)] = &[
    ("screening", include_str!("../../docs/screening.md")),
    ("medicine-names", include_str!("../../docs/medicines.md")),
    ("handout", include_str!("../../docs/handout.md")),
    ("records", include_str!("../../docs/records.md")),
    ("tables", include_str!("../../docs/batch.md")),
    ("forms", include_str!("../../docs/forms.md")),
    ("scale", include_str!("../../docs/scale.md")),
    ("rule-files", include_str!("../../docs/rules.md")),
    ("checking", include_str!("../../docs/checking.md")),
    ("json", include_str!("../../docs/json.md")),
    ("messages", include_str!("../../docs/messages.md")),
    ("privacy", include_str!("../../docs/privacy.md")),
    ("model-card", include_str!("../../docs/model-card.md")),
    ("architecture", include_str!("../../docs/architecture.md")),
];

/// The chapter that these arguments ask for, as in `candidacy help screening`.
pub fn asked(arguments: &[String]) -> Option<&'static str> {
    let [help, name] = arguments else {
        return None;
    };
    let mut chapters = CHAPTERS.iter();
    let found = chapters.find(|(chapter, _)| help == "help" && chapter == name)?;
    Some(found.1)
}

/// Shows a chapter through the pager, or prints it if standard output is not a terminal.
///
/// # Errors
///
/// When standard output cannot be written.
pub fn show(text: &str) -> Result<Exit, Error> {
    if io::stdout().is_terminal() && pager::show(text) {
        return Ok(Exit::Done);
    }
    print(text)
}
