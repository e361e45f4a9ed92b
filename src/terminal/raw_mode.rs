//! The terminal's own ways, set aside while questions are asked.
//!
//! Keys are read one at a time, and between two of them the terminal would echo
//! what is typed early, in the middle of the question being drawn. What is pasted
//! is marked as such, so that its lines do not answer one question each.

use std::io::Write;
use std::sync::OnceLock;

use rustix::process::{Signal, kill_current_process_group};
use rustix::stdio::stdin;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

/// How the terminal was before the first question.
static BEFORE: OnceLock<Termios> = OnceLock::new();

/// As long as this lives, nothing is echoed.
pub struct Quiet;

impl Quiet {
    /// Turns echo off. A terminal that will not is left as it is.
    pub fn begin() -> Self {
        if let Ok(mode) = tcgetattr(stdin()) {
            BEFORE.get_or_init(|| mode);
        }
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
    if let Some(mut mode) = BEFORE.get().cloned() {
        mode.local_modes -= LocalModes::ECHO | LocalModes::ICANON;
        // Without it the screen is less tidy; the answers are the same.
        let _ = tcsetattr(stdin(), OptionalActions::Now, &mode);
        mark_pastes(true);
    }
}

/// Steps back until the person brings the program to the front again, as Ctrl-Z
/// does in every other program.
pub fn step_back() {
    restore();
    // Where the system will not, the interview just goes on.
    let _ = kill_current_process_group(Signal::TSTP);
    hush();
}

/// Leaves the terminal as it was before the first question.
pub fn restore() {
    if let Some(before) = BEFORE.get() {
        mark_pastes(false);
        // Nobody is left to tell when even this fails.
        let _ = tcsetattr(stdin(), OptionalActions::Now, before);
    }
}
