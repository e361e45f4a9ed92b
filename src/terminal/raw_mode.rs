//! The mode of the terminal: changed while questions are asked, then restored.
//!
//! Keys are read as they are pressed, and the terminal echoes none of them in
//! the middle of a question. It marks what is pasted, if it can.

use std::io::Write;
use std::sync::OnceLock;

use nix::sys::signal::{SigSet, Signal};
use rustix::process::kill_current_process_group;
use rustix::stdio::stdin;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

/// How the terminal was before the first question.
static BEFORE: OnceLock<Termios> = OnceLock::new();

/// As long as this lives, keys come as they are pressed and nothing is echoed.
pub struct Quiet;

impl Quiet {
    /// Changes the mode. A terminal that cannot is left as it is.
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
        let output = mode.output_modes;
        mode.make_raw();
        mode.output_modes = output;
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
    let _ = kill_current_process_group(rustix::process::Signal::TSTP);
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

/// Calls `end` when the program is told to quit by SIGQUIT, which would leave
/// the terminal in its changed mode. Call it before any other thread begins.
pub fn on_quit(end: impl FnOnce() + Send + 'static) {
    let mut quit = SigSet::empty();
    quit.add(Signal::SIGQUIT);
    // Where it cannot be blocked, the signal ends the program as it always did.
    if quit.thread_block().is_ok() {
        std::thread::spawn(move || {
            if quit.wait().is_ok() {
                end();
            }
        });
    }
}
