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

    /// Waits for the end; the exit code and whether the cursor can be seen.
    pub fn end(&mut self) -> (i32, bool) {
        while self.read() {}
        let code = match self.session.get_process().wait().expect("it ends") {
            WaitStatus::Exited(_, code) => code,
            other => panic!("it did not exit by itself: {other:?}"),
        };
        (code, !self.screen.screen().hide_cursor())
    }
}
