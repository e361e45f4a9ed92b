//! The mode of the terminal: changed while questions are asked, then restored.
//!
//! Keys are read immediately, and the terminal does not echo them within a question. It marks
//! pasted text, if it can.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

use super::system;

pub use system::on_quit;

/// Whether the alternate screen is shown. Its content cannot be scrolled back to.
static ALTERNATE: AtomicBool = AtomicBool::new(false);

/// Clears the screen.
pub const CLEAR: &str = "\x1b[H\x1b[2J";

/// While this value exists, keys are read immediately and without echo.
pub struct Quiet;

impl Quiet {
    /// Changes the mode. A terminal that does not support it is left unchanged.
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

/// Switches to the alternate screen or back. A terminal with only one screen is cleared.
fn alternate(on: bool) {
    if ALTERNATE.swap(on, Ordering::SeqCst) == on {
        return;
    }
    let words = if on {
        format!("\x1b[?1049h{CLEAR}")
    } else {
        format!("{CLEAR}\x1b[?1049l")
    };
    // Writing fails only if the terminal was closed.
    let _ = std::io::stderr().write_all(words.as_bytes());
}

/// Turns the marking of pastes on or off.
fn mark_pastes(on: bool) {
    let words: &[u8] = if on { b"\x1b[?2004h" } else { b"\x1b[?2004l" };
    // Writing fails only if the terminal was closed.
    let _ = std::io::stderr().write_all(words);
}

fn hush() {
    if system::quiet() {
        mark_pastes(true);
        alternate(true);
    }
}

/// Suspends the program until the user brings it to the foreground again, as Ctrl-Z does in other
/// programs.
pub fn step_back() {
    restore();
    system::suspend();
    hush();
}

/// Whether another program is using the terminal.
static ASIDE: AtomicBool = AtomicBool::new(false);

/// Restores the original mode of the terminal while `run` runs.
pub fn aside<T>(run: impl FnOnce() -> T) -> T {
    ASIDE.store(true, Ordering::SeqCst);
    restore();
    let done = run();
    hush();
    ASIDE.store(false, Ordering::SeqCst);
    done
}

/// Whether another program is using the terminal at the moment, as in `aside`.
#[must_use]
pub fn is_aside() -> bool {
    ASIDE.load(Ordering::SeqCst)
}

/// Restores the mode from before the first question.
pub fn restore() {
    if system::restore() {
        mark_pastes(false);
        alternate(false);
    }
}
