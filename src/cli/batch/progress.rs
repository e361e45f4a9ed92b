//! The progress of a batch, shown on a terminal.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use super::messages;

/// Shows the progress on a terminal after the first second.
pub struct Progress {
    began: Instant,
    size: Option<u64>,
    shown: Option<Instant>,
    wanted: bool,
}

impl Progress {
    /// Starts for a table of `size` bytes, if the size is known.
    pub fn new(began: Instant, size: Option<u64>) -> Self {
        Self {
            began,
            size,
            shown: None,
            wanted: io::stderr().is_terminal() && !crate::cli::remarks::is_quiet(),
        }
    }

    /// Records how much has been written so far.
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

    /// Removes the line from the terminal.
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
