//! Runs the real program as a script would: no terminal, a fixed width, and
//! nothing of the surroundings that could change what it writes.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The program in `folder`, with `words` behind its name; nothing on standard input.
pub fn candidacy(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_candidacy"));
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
