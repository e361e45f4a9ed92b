//! `rules doc`: the whole pack as one document for reading and signing.

use std::path::{Path, PathBuf};

use crate::error::{Error, Exit};
use crate::files::{Destination, Existing};
use crate::report::doc;
use crate::report::doc::survey::survey;

use super::super::remarks::remark;
use super::super::{Context, print};

/// The arguments of `rules doc`.
#[derive(Debug, clap::Args)]
pub struct DocArgs {
    /// A file, or a folder with a `pack.yaml`; by default `--rules`, otherwise the built-in rules
    path: Option<PathBuf>,
    /// Write it to this file; its ending, .html or .md, chooses the form
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Allow --out to replace a file
    #[arg(long, requires = "out")]
    force: bool,
    /// The form; by default Markdown
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
    let document = doc::document(&survey(&read.pack, &read.plan));
    let text = match form {
        Form::Html => document.html(),
        Form::Markdown => document.markdown(),
    };
    let (Some(claimed), Some(out)) = (&mut claimed, out) else {
        // A file is always UTF-8, and the page declares it.
        return if around.out.unicode {
            print(&text)
        } else {
            print(&in_ascii(&text, form))
        };
    };
    claimed.put(text.as_bytes())?;
    remark(&format!("Written to {}.\n", out.display()));
    Ok(Exit::Done)
}

/// The document in ASCII; a browser shows it unchanged. Because Markdown is also read as plain
/// text, its common symbols become similar ASCII characters.
fn in_ascii(text: &str, form: Form) -> String {
    let mut ascii = String::with_capacity(text.len());
    for letter in text.chars() {
        match (letter, form) {
            (letter, _) if letter.is_ascii() => ascii.push(letter),
            ('\u{2717}', Form::Markdown) => ascii.push('x'),
            ('\u{25b8}', Form::Markdown) => ascii.push('>'),
            ('\u{2713}', Form::Markdown) => ascii.push('+'),
            ('\u{201c}' | '\u{201d}', Form::Markdown) => ascii.push('"'),
            ('\u{2018}' | '\u{2019}', Form::Markdown) => ascii.push('\''),
            ('\u{2013}' | '\u{2014}', Form::Markdown) => ascii.push('-'),
            ('\u{b7}', Form::Markdown) => ascii.push('/'),
            (letter, _) => ascii.push_str(&format!("&#{};", u32::from(letter))),
        }
    }
    ascii
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
