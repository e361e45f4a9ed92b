//! `rules doc`: the whole pack as one document to read and sign.

use std::path::{Path, PathBuf};

use crate::error::{Error, Exit};
use crate::files::{Destination, Existing};
use crate::report::doc;
use crate::report::doc::survey::survey;

use super::super::{Context, note, print};

/// What `rules doc` takes.
#[derive(Debug, clap::Args)]
pub struct DocArgs {
    /// A file, or a folder with a `pack.yaml`; `--rules`, else the built-in rules, when absent
    path: Option<PathBuf>,
    /// Write it to this file; its ending, .html or .md, chooses the form
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Let --out replace a file
    #[arg(long, requires = "out")]
    force: bool,
    /// The form; Markdown when nothing else says so
    #[arg(long)]
    format: Option<Form>,
}

/// The form of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// One page for the browser and for paper; nothing else is needed to show it
    Html,
    /// For a wiki, or to read as it is
    Markdown,
}

/// Writes the document.
pub fn doc(args: &DocArgs, around: &Context) -> Result<Exit, Error> {
    let read = super::read(args.path.as_deref(), around)?;
    let out = args.out.as_deref().filter(|out| *out != Path::new("-"));
    let form = match (args.format, out) {
        (Some(form), _) => form,
        (None, Some(out)) => by_ending(out)?,
        (None, None) => Form::Markdown,
    };
    let existing = Existing::unless_forced(args.force);
    let claimed = out.map(|out| Destination::claim("--out", out, existing));
    let mut claimed = claimed.transpose()?;
    let survey = survey(&read.pack, &read.plan);
    let text = match form {
        Form::Html => doc::html(&survey),
        Form::Markdown => doc::markdown(&survey),
    };
    let (Some(claimed), Some(out)) = (&mut claimed, out) else {
        return print(&text);
    };
    claimed.put(text.as_bytes())?;
    note(&format!("Written to {}.\n", out.display()));
    Ok(Exit::Done)
}

fn by_ending(out: &Path) -> Result<Form, Error> {
    let ending = out.extension().map(std::ffi::OsStr::to_ascii_lowercase);
    match ending.as_deref().and_then(std::ffi::OsStr::to_str) {
        Some("html" | "htm") => Ok(Form::Html),
        Some("md" | "markdown") => Ok(Form::Markdown),
        _ => Err(Error::Usage {
            message: format!("`{}` does not say which form to write", out.display()),
            hint: "end the name in .html or .md, or add `--format html` or `--format markdown`"
                .to_owned(),
        }),
    }
}
