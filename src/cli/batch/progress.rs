//! The progress of a batch, shown on a terminal.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use super::messages;

/// Says on a terminal how far it has come, once a second has passed.
pub struct Progress {
    began: Instant,
    size: Option<u64>,
    shown: Option<Instant>,
    wanted: bool,
}

impl Progress {
    /// Has just begun to read a table of `size` bytes, where that is known.
    pub fn new(began: Instant, size: Option<u64>) -> Self {
        Self {
            began,
            size,
            shown: None,
            wanted: io::stderr().is_terminal() && !crate::cli::remarks::is_quiet(),
        }
    }

    /// So much has been written by now.
    pub fn tell(&mut self, rows: u64, bytes: u64) {
        const EVERY: Duration = Duration::from_millis(200);
        let elapsed = self.began.elapsed();
        let due = self.shown.is_none_or(|last| last.elapsed() >= EVERY);
        if !self.wanted || elapsed < Duration::from_secs(1) || !due {
            return;
        }
        self.shown = Some(Instant::now());
        let line = messages::progress(rows, bytes, self.size, elapsed);
        // A run does not stop because its progress cannot be shown.
        let _ = write!(io::stderr(), "\r{line}\x1b[K");
    }

    /// Takes the line off the terminal.
    pub fn clear(&mut self) {
        if self.shown.take().is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}
