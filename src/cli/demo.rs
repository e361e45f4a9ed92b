//! Screens a sample patient and a sample table, without any file of the user.

use std::fs;

use clap::Parser;

use super::{Cli, Command, Context, batch, plan, print, screen};
use crate::error::{Error, Exit};

/// The files of the demonstration, which are those of the manual; the patients are invented.
const FILES: [(&str, &str); 2] = [
    ("anna.yaml", include_str!("../../tests/readme/anna.yaml")),
    (
        "patients.csv",
        include_str!("../../tests/readme/patients.csv"),
    ),
];

/// The error if other rules are chosen, because the samples answer the built-in questions.
fn other_questions(why: Error) -> Error {
    match why {
        Error::Answers(_) => Error::Usage {
            message: "the sample patient does not answer the questions of these rules".to_owned(),
            hint: "leave out `--rules`, or name an overlay of the built-in rules".to_owned(),
        },
        other => other,
    }
}

/// Shows the commands that screen a patient and a table, with their output.
///
/// # Errors
///
/// If there is no folder for temporary files, or standard output cannot be written.
pub fn run(around: &Context) -> Result<Exit, Error> {
    let folder = tempfile::tempdir().map_err(|why| Error::Stream {
        doing: "make a temporary folder",
        why: why.to_string(),
    })?;
    for (name, text) in FILES {
        let path = folder.path().join(name);
        fs::write(&path, text).map_err(|why| Error::writing(&path, &why))?;
    }
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (anna, table) = (path("anna.yaml"), path("patients.csv"));
    print("One patient, from a file of answers:\n\n$ candidacy screen --answers anna.yaml\n\n")?;
    let words = ["candidacy", "screen", "--answers", &anna];
    if let Some(Command::Screen(args)) = Cli::parse_from(words).command {
        screen::run(args, around).map_err(other_questions)?;
    }
    print(
        "\nA table, one row for each patient:\n\n$ candidacy batch patients.csv --id patient --columns verdict\n\n",
    )?;
    let words = [
        "candidacy",
        "batch",
        &table,
        "--id",
        "patient",
        "--columns",
        "verdict",
    ];
    if let Some(Command::Batch(args)) = Cli::parse_from(words).command {
        batch::run(&args, &plan(around)?, around.today)?;
    }
    print("\nTo screen a patient yourself, type `candidacy`.\n")
}
