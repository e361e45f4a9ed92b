//! Shows a long text in the user's pager.

use std::io::{self, Write};
use std::process::{Command, Stdio};

/// The pager if `PAGER` is not set. Windows has no pager that shows colours.
const USUAL: &str = if cfg!(windows) { "" } else { "less -R" };

/// The shell that runs the pager's command.
const SHELL: [&str; 2] = if cfg!(windows) {
    ["cmd", "/C"]
} else {
    ["sh", "-c"]
};

/// The command of the pager: `PAGER`, or else the default. None if `PAGER` is empty or `cat`, which
/// would not wait for the reader.
fn command() -> Option<String> {
    let command = std::env::var("PAGER").unwrap_or_else(|_| USUAL.to_owned());
    let command = command.trim();
    (!command.is_empty() && command != "cat").then(|| command.to_owned())
}

/// Shows `text` until the user leaves the pager; false if there is no pager.
pub fn show(text: &str) -> bool {
    let Some(command) = command() else {
        return false;
    };
    let [shell, flag] = SHELL;
    let mut pager = Command::new(shell);
    // The search history of a health report must not be kept in a file.
    pager.args([flag, &command]).env("LESSHISTFILE", "-");
    if std::env::var_os("LESS").is_none() {
        pager.env("LESS", "-R");
    }
    pager.stdin(Stdio::piped());
    let shown =
        pager.spawn().and_then(|mut pager| {
            // A user who leaves the pager early has seen enough.
            let written = pager.stdin.take().map_or(Ok(()), |mut input| {
                match input.write_all(text.as_bytes()) {
                    Err(why) if why.kind() != io::ErrorKind::BrokenPipe => Err(why),
                    _ => Ok(()),
                }
            });
            let ended = pager.wait()?;
            written.map(|()| ended.success())
        });
    shown.unwrap_or(false)
}
