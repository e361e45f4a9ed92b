//! `candidacy packs`: the built-in rules, each for another treatment.

use serde::Serialize;

use crate::error::{Error, Exit};
use crate::load;
use crate::load::PACKS;
use candidacy_engine::pack::Status;

use super::args::json;
use super::{Context, print};

/// What `packs` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  candidacy packs\n  candidacy packs --format json\n  candidacy screen --pack chemical-peel"
)]
pub struct PacksArgs {
    /// How the list is written
    #[arg(long, value_enum, default_value_t = PacksFormat::Text)]
    format: PacksFormat,
}

/// How the list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum PacksFormat {
    /// For a person at a screen
    Text,
    /// For a program
    Json,
}

/// A pack in the list.
#[derive(Serialize)]
struct Listed {
    id: String,
    title: String,
    version: String,
    status: Status,
    fingerprint: String,
    /// Whether it is used where none is named.
    default: bool,
}

/// Prints the list.
///
/// # Errors
///
/// If a pack cannot be opened, or if standard output cannot be written.
pub fn run(args: &PacksArgs, around: &Context) -> Result<Exit, Error> {
    let mut packs = Vec::new();
    for pack in &PACKS {
        let plan = load::plan_of(pack, around.today)?;
        packs.push(Listed {
            status: plan.status(),
            id: plan.header.id,
            title: plan.header.title,
            version: plan.header.version,
            fingerprint: plan.fingerprint,
            default: pack == load::DEFAULT,
        });
    }
    match args.format {
        PacksFormat::Text => print(&text(&packs)),
        PacksFormat::Json => print(&json(&packs)?),
    }
}

fn text(packs: &[Listed]) -> String {
    let width = packs.iter().map(|pack| pack.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for pack in packs {
        let default = if pack.default {
            ", used when none is named"
        } else {
            ""
        };
        text.push_str(&format!(
            "{:width$}  {} ({}, {}{default})\n",
            pack.id,
            pack.title,
            pack.version,
            pack.status.word()
        ));
    }
    text
}
