//! `rules fmt`: rule files in one form, as far as that is certain.

use std::path::{Path, PathBuf};

use crate::authoring::format::{Unformed, format};
use crate::error::{Error, Exit};
use crate::files::{Destination, Existing};
use crate::load::{self, Loaded};
use crate::report::phrases::count;
use candidacy_engine::diagnostic::Refusal;
use candidacy_engine::source::Source;

use super::super::{Context, print};

/// What `rules fmt` takes.
#[derive(Debug, clap::Args)]
pub struct FmtArgs {
    /// A file, or a folder with a `pack.yaml`; `--rules` when absent; `-` goes from input to output
    path: Option<PathBuf>,
    /// Change nothing; name the files that are not in form and end with exit code 3
    #[arg(long)]
    check: bool,
}

/// Puts the files into form, or tells which are not.
pub fn fmt(args: &FmtArgs, around: &Context) -> Result<Exit, Error> {
    let Some(path) = args.path.as_deref().or(around.rules.as_deref()) else {
        return Err(Error::Usage {
            message: "the built-in rules are part of the program and cannot be changed".to_owned(),
            hint: "name your own: a file, or a folder with a `pack.yaml`".to_owned(),
        });
    };
    let formed = formed(load::load(path)?)?;
    if path == Path::new("-") && !args.check {
        let texts: Vec<&str> = formed.iter().map(|(_, text)| text.as_str()).collect();
        return print(&texts.concat());
    }
    let unlike: Vec<&(Source, String)> = formed
        .iter()
        .filter(|(source, text)| source.text != *text)
        .collect();
    let mut report = String::new();
    for (source, _) in &unlike {
        report.push_str(&source.path);
        report.push('\n');
    }
    if args.check {
        report.push_str(&format!(
            "{} of {} not in form.\n",
            unlike.len(),
            count(formed.len(), "file")
        ));
        print(&report)?;
        return Ok(if unlike.is_empty() {
            Exit::Done
        } else {
            Exit::Rules
        });
    }
    for (source, text) in &unlike {
        let path = Path::new(&source.path);
        Destination::claim("", path, Existing::Extended)?.put(text.as_bytes())?;
    }
    report.push_str(&format!(
        "{} of {} put into form. The fingerprint is as it was.\n",
        unlike.len(),
        count(formed.len(), "file")
    ));
    print(&report)
}

/// Every file and its text in form; nothing is written until all are known.
fn formed(mut loaded: Loaded) -> Result<Vec<(Source, String)>, Error> {
    // What an overlay extends is not its own to change.
    let own = loaded.layers.first().copied().unwrap_or_default();
    loaded.sources.truncate(own);
    let mut problems = loaded.problems;
    problems.retain(|problem| problem.place.source < own);
    let mut texts = Vec::new();
    for (index, source) in loaded.sources.iter().enumerate() {
        match format(index, source) {
            Ok(text) => texts.push(text),
            Err(Unformed::Unreadable(problem)) => problems.push(*problem),
            Err(Unformed::Changed) => return Err(unsure(source)),
        }
    }
    if problems.is_empty() {
        return Ok(loaded.sources.into_iter().zip(texts).collect());
    }
    Err(Error::Rules(Refusal {
        sources: loaded.sources,
        problems,
    }))
}

fn unsure(source: &Source) -> Error {
    Error::File {
        doing: "put into form",
        path: PathBuf::from(&source.path),
        why: "in form it would not say what it says now; no file was changed".to_owned(),
        hint: Some(
            "take out blanks at the ends of lines and repeated empty lines by hand, or write texts over several lines behind `>-`"
                .to_owned(),
        ),
    }
}
