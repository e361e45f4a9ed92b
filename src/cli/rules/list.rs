//! `rules list`: the ids of a pack, each with a few words.

use std::path::PathBuf;

use crate::error::{Error, Exit};
use crate::report::list;

use super::super::args::json;
use super::super::{Context, print};

/// What `rules list` takes.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    /// A file, or a folder with a `pack.yaml`; by default `--rules`, otherwise the built-in rules
    path: Option<PathBuf>,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// The output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For a person at a screen
    Text,
    /// For a program
    Json,
}

/// Prints the list.
pub fn list(args: &ListArgs, around: &Context) -> Result<Exit, Error> {
    let read = super::read(args.path.as_deref(), around)?;
    let list = list::list(&read.pack, &read.plan);
    match args.format {
        Format::Text => print(&list::text(&list)),
        Format::Json => print(&json(&list)?),
    }
}
