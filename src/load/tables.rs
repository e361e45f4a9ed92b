//! The tables of medicine names that a pack lists under `lexicon`.

use std::path::{Component, Path};

use crate::error::Error;
use crate::files;
use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::pack::Outline;

use super::{Loaded, beside, source};

/// Adds the tables named by the pack at `path`. A missing table is a problem of the pack.
pub fn add(path: &Path, outline: &Outline, loaded: &mut Loaded) -> Result<(), Error> {
    for (number, table) in outline.tables.iter().enumerate() {
        let name = &table.value;
        if let Some(first) = outline
            .tables
            .iter()
            .take(number)
            .find(|one| one.value == *name)
        {
            let message = format!("`{name}` is in `lexicon` twice");
            loaded.problems.push(
                Diagnostic::new(Code::DuplicateId, table.place, message)
                    .other(first.place, "the first time")
                    .help("keep one of them"),
            );
            continue;
        }
        let mut parts = Path::new(name).components();
        if !parts.all(|part| matches!(part, Component::Normal(_))) {
            let message = format!("`{name}` is outside the folder of the pack");
            loaded.problems.push(
                Diagnostic::new(Code::MissingFile, table.place, message)
                    .help("move the table into the folder, and write its name from there"),
            );
            continue;
        }
        let file = beside(path, name);
        match source(&file) {
            Ok(source) => loaded.sources.push(source),
            Err(Error::File { why, hint, .. }) => {
                let message = if files::is_there(&file) {
                    format!("`{name}` cannot be read: {why}")
                } else {
                    format!("there is no `{name}` beside the pack")
                };
                let problem = Diagnostic::new(Code::MissingFile, table.place, message);
                let problem = hint.into_iter().fold(problem, Diagnostic::help);
                loaded
                    .problems
                    .push(problem.help("write the path from the folder of the pack, such as `lexicon/ours.csv`, or remove it from `lexicon`"));
            }
            Err(other) => return Err(other),
        }
    }
    Ok(())
}
