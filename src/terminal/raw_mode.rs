//! The mode of the terminal: changed while questions are asked, then restored.
//!
//! Keys are read as they are pressed, and the terminal echoes none of them in
//! the middle of a question. It marks what is pasted, if it can.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

use super::system;

pub use system::on_quit;

/// Whether the alternate screen is shown. What is written on it cannot be scrolled back to.
static ALTERNATE: AtomicBool = AtomicBool::new(false);

/// Empties the screen.
pub const CLEAR: &str = "\x1b[H\x1b[2J";

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

/// Shows the alternate screen, or the one that was there before. A terminal that has only one
/// is emptied.
fn alternate(on: bool) {
    if ALTERNATE.swap(on, Ordering::SeqCst) == on {
        return;
    }
    let words = if on {
        format!("\x1b[?1049h{CLEAR}")
    } else {
        format!("{CLEAR}\x1b[?1049l")
    };
    // A terminal that is gone shows nothing.
    let _ = std::io::stderr().write_all(words.as_bytes());
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
        alternate(true);
    }
}

/// Steps back until the person brings the program to the front again, as Ctrl-Z
/// does in every other program.
pub fn step_back() {
    restore();
    system::suspend();
    hush();
}

/// Whether another program has the terminal.
static ASIDE: AtomicBool = AtomicBool::new(false);

/// Leaves the terminal as it was as long as `run` runs.
pub fn aside<T>(run: impl FnOnce() -> T) -> T {
    ASIDE.store(true, Ordering::SeqCst);
    restore();
    let done = run();
    hush();
    ASIDE.store(false, Ordering::SeqCst);
    done
}

/// Whether another program has the terminal at the moment, as in `aside`.
#[must_use]
pub fn is_aside() -> bool {
    ASIDE.load(Ordering::SeqCst)
}

/// Leaves the terminal as it was before the first question.
pub fn restore() {
    if system::restore() {
        mark_pastes(false);
        alternate(false);
    }
}
