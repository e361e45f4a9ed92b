//! Runs the real program as a script would: no terminal, a fixed width, and
//! nothing of the surroundings that could change what it writes.

#![allow(dead_code, reason = "every file of tests uses its own part of it")]

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Where the program is, for a line of a shell.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_candidacy");

/// The program in `folder`, with `words` behind its name; nothing on standard input.
pub fn candidacy(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .args(words)
        .current_dir(folder)
        .stdin(Stdio::null())
        .env("LC_ALL", "C.UTF-8")
        .env("TERM", "xterm-256color")
        .env("COLUMNS", "80");
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
}

/// What came of a run.
pub struct Ended {
    /// The exit code.
    pub code: i32,
    /// What stood on standard output.
    pub out: String,
    /// What stood on standard error.
    pub err: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text in UTF-8");
        Self {
            code: output.status.code().expect("it ended by itself"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

/// Runs it to its end.
pub fn run(command: &mut Command) -> Ended {
    command.output().expect("the program starts").into()
}
