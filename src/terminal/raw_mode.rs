//! The mode of the terminal: changed while questions are asked, then restored.
//!
//! Keys are read as they are pressed, and the terminal echoes none of them in
//! the middle of a question. It marks what is pasted, if it can.

use std::io::Write;

use super::system;

pub use system::on_quit;

/// As long as this lives, keys come as they are pressed and nothing is echoed.
pub struct Quiet;

impl Quiet {
    /// Changes the mode. A terminal that cannot is left as it is.
    pub fn begin() -> Self {
        hush();
        Self
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        restore();
    }
}

/// Asks for pastes to be marked, or no longer.
fn mark_pastes(on: bool) {
    let words: &[u8] = if on { b"\x1b[?2004h" } else { b"\x1b[?2004l" };
    // A terminal that is gone marks nothing.
    let _ = std::io::stderr().write_all(words);
}

fn hush() {
    if system::quiet() {
        mark_pastes(true);
    }
}

/// Steps back until the person brings the program to the front again, as Ctrl-Z
/// does in every other program.
pub fn step_back() {
    restore();
    system::suspend();
    hush();
}

/// Leaves the terminal as it was before the first question.
pub fn restore() {
    if system::restore() {
        mark_pastes(false);
    }
}
