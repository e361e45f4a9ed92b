//! A program under a pseudo-terminal, and the screen it has drawn.

#![allow(dead_code, reason = "every file of tests uses its own part of it")]

use std::io::Write;
use std::process::Command;
use std::time::{Duration, Instant};

use expectrl::process::unix::WaitStatus;
use expectrl::session::OsSession;

/// High enough that nothing scrolls away.
pub const ROWS: u16 = 600;

/// A program running in a window, and the screen it has drawn.
pub struct Window {
    session: OsSession,
    screen: vt100::Parser,
    /// Everything the program wrote, as it wrote it.
    pub written: Vec<u8>,
}

impl Window {
    /// Starts `command` in a window.
    pub fn of(command: Command, columns: u16) -> Self {
        Self::sized(command, columns, ROWS)
    }

    /// Starts `command` in a window that may be too low for all it draws.
    pub fn sized(command: Command, columns: u16, rows: u16) -> Self {
        let mut session = OsSession::spawn(command).expect("a pseudo-terminal");
        session
            .get_process_mut()
            .set_window_size(columns, rows)
            .expect("a size");
        let size = |n: u16| n.try_into().expect("not zero");
        Self {
            session,
            screen: vt100::Parser::new(size(rows), size(columns), 0),
            written: Vec::new(),
        }
    }

    pub fn read(&mut self) -> bool {
        let mut bytes = [0; 4096];
        match self.session.try_read(&mut bytes) {
            Ok(0) => false,
            Ok(count) => {
                self.screen.process(&bytes[..count]);
                self.written.extend_from_slice(&bytes[..count]);
                true
            }
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                std::thread::sleep(Duration::from_millis(2));
                true
            }
            Err(_) => false,
        }
    }

    /// Waits until `text` stands on the screen.
    #[track_caller]
    pub fn see(&mut self, text: &str) -> &mut Self {
        self.wait(text, |screen| screen.contains(text))
    }

    #[track_caller]
    pub fn wait(&mut self, text: &str, seen: impl Fn(&str) -> bool) -> &mut Self {
        let started = Instant::now();
        while !seen(&self.text()) {
            let late = started.elapsed() > Duration::from_secs(20);
            assert!(!late, "never saw {text:?}; the screen:\n{}", self.text());
            let goes_on = self.read() || seen(&self.text());
            assert!(
                goes_on,
                "it ended without {text:?}; the screen:\n{}",
                self.text()
            );
        }
        self
    }

    /// Makes the window another size.
    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        let process = self.session.get_process_mut();
        process.set_window_size(columns, rows).expect("a size");
        let size = |n: u16| n.try_into().expect("not zero");
        self.screen.screen_mut().set_size(size(rows), size(columns));
        self
    }

    /// Types `keys`.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        self.session.write_all(keys.as_bytes()).expect("keys");
        self.session.flush().expect("keys");
        self
    }

    /// Types `keys` as a person does, each when the question has been drawn after
    /// the one before. A sequence that begins with Escape is one key.
    pub fn by_hand(&mut self, keys: &str) -> &mut Self {
        let mut rest = keys;
        while let Some(first) = rest.chars().next() {
            let sequence = rest.find(|c: char| c.is_ascii_alphabetic() || c == '~');
            let end = match (first, sequence) {
                ('\u{1b}', Some(end)) => end + 1,
                _ => first.len_utf8(),
            };
            let (key, more) = rest.split_at(end);
            self.at_once(key);
            rest = more;
        }
        self
    }

    /// Types `keys` all at once, after the question has been drawn, and waits until
    /// it is drawn again.
    pub fn at_once(&mut self, keys: &str) -> &mut Self {
        self.drawn(0);
        let before = self.written.len();
        self.press(keys).drawn(before);
        self
    }

    /// Waits until more than `before` was written and a question stands there whole:
    /// its keys or its line are the last thing, and the cursor is below. It need not
    /// once the program has ended.
    fn drawn(&mut self, before: usize) {
        const ENDS: [&str; 4] = ["quit", "n no", "_", "]"];
        let started = Instant::now();
        loop {
            let goes_on = self.read();
            let screen = self.text();
            let screen = screen.trim_end();
            let (row, column) = self.screen.screen().cursor_position();
            let columns = self.screen.screen().size().1;
            let rows = self.screen.screen().rows(0, columns.into());
            let last = rows
                .enumerate()
                .filter(|(_, text)| !text.trim().is_empty())
                .last();
            let below = last.is_some_and(|(last, _)| last + 1 == usize::from(row)) && column == 0;
            let whole = below && ENDS.iter().any(|end| screen.ends_with(end));
            if !goes_on || whole && self.written.len() > before {
                return;
            }
            let late = started.elapsed() > Duration::from_secs(30);
            assert!(!late, "nothing came of the key:\n{screen}");
        }
    }

    /// Reads until nothing has been written for a while.
    pub fn settle(&mut self) -> &mut Self {
        let mut quiet = Instant::now();
        let mut before = self.written.len();
        while quiet.elapsed() < Duration::from_millis(60) && self.read() {
            if self.written.len() != before {
                before = self.written.len();
                quiet = Instant::now();
            }
        }
        self
    }

    /// What stands on the screen.
    pub fn text(&self) -> String {
        let lines: Vec<String> = self
            .screen
            .screen()
            .contents()
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect();
        lines.join("\n")
    }

    /// Whether the cursor cannot be seen.
    pub fn hides_cursor(&self) -> bool {
        self.screen.screen().hide_cursor()
    }

    /// Waits for the end; the exit code and whether the cursor can be seen.
    pub fn end(&mut self) -> (i32, bool) {
        let started = Instant::now();
        while self.read() {
            let late = started.elapsed() > Duration::from_secs(50);
            assert!(!late, "it does not end; the screen:\n{}", self.text());
        }
        let code = match self.session.get_process().wait().expect("it ends") {
            WaitStatus::Exited(_, code) => code,
            other => panic!("it did not exit by itself: {other:?}"),
        };
        (code, !self.hides_cursor())
    }
}
