//! An interview on disk: kept after every answer, taken up again later.

use std::io::Write;
use std::path::Path;

use crate::engine::answer::days_of;
use crate::engine::date::Date;
use crate::engine::diagnostic::{Code, Diagnostic, Refusal};
use crate::engine::pack;
use crate::engine::plan::Plan;
use crate::engine::suggest::way_out;
use crate::error::Error;
use crate::load;

/// Writes what has been said so far, word for word.
pub fn write(path: &Path, as_of: Date, texts: &[(&str, &str)]) -> Result<(), Error> {
    let mut yaml = format!(
        "# Answers so far: go on with `candidacy screen --resume`.\nas_of: {as_of}\nanswers:\n"
    );
    for (id, text) in texts {
        // A JSON text is a YAML text too.
        let quoted = serde_json::to_string(text).unwrap_or_default();
        yaml.push_str(&format!("  {id}: {quoted}\n"));
    }
    replace(path, &yaml)
}

/// Puts `text` in the place of a file: beside it first, synced, then renamed, so
/// that the old file or the new one is there, never half of one. The file is
/// the owner's alone to read.
pub fn replace(path: &Path, text: &str) -> Result<(), Error> {
    let written = beside(path, text)
        .and_then(|file| file.persist(path).map(drop).map_err(|failed| failed.error));
    written.map_err(|why| Error::writing(path, &why))
}

/// `text` in a file beside `path`, synced, and gone again unless it is given a name.
pub fn beside(path: &Path, text: &str) -> std::io::Result<tempfile::NamedTempFile> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// The day an interview was begun for, and its answers by question.
pub type Saved = (Option<Date>, Vec<(usize, String)>);

/// Without the answers that counted from the day `then` and would mean other days
/// counted from `now`, such as `3 months ago`; and how many those are.
pub fn still_meant(
    plan: &Plan,
    earlier: Vec<(usize, String)>,
    then: Date,
    now: Date,
) -> (Vec<(usize, String)>, usize) {
    let begins = |question: usize, text: &str, as_of: Date| {
        let asked = plan.questions.get(question)?;
        let reply = plan.reader(as_of).reply(&asked.question, text).ok()?;
        days_of(&reply)?.first
    };
    let before = earlier.len();
    let kept: Vec<_> = earlier
        .into_iter()
        .filter(|(question, text)| begins(*question, text, then) == begins(*question, text, now))
        .collect();
    let lost = before - kept.len();
    (kept, lost)
}

/// The answers kept in a file, by question, and the day they were given for.
pub fn read(path: &Path, plan: &Plan) -> Result<Saved, Error> {
    let source = load::source(path)?;
    let mut problems = Vec::new();
    let (as_of, given) = pack::answers(0, &source, &mut problems);
    let mut earlier = Vec::new();
    for one in given {
        match plan.question(&one.key.value) {
            Some(question) => earlier.push((question, one.text)),
            None => problems.push(
                Diagnostic::new(
                    Code::UnknownQuestion,
                    one.key.place,
                    format!("no question is called `{}`", one.key.value),
                )
                .help(way_out(
                    &one.key.value,
                    "question",
                    plan.questions
                        .iter()
                        .map(|asked| asked.question.id.as_str()),
                )),
            ),
        }
    }
    earlier.sort_by_key(|(question, _)| *question);
    if problems.is_empty() {
        Ok((as_of, earlier))
    } else {
        Err(Error::Answers(Refusal {
            sources: vec![source],
            problems,
        }))
    }
}
