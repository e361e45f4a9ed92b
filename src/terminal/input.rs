//! Reads keys from the terminal, and tells typing from a paste.
//!
//! Not every terminal marks a paste. What comes faster than a person types can
//! therefore never answer one question after another: see [`Input::key`].

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use super::keys::{Decoder, Key};
use super::system;

/// Keys with less time between them were not typed one by one: they were pasted,
/// or a key was held down.
const TYPED: Duration = Duration::from_millis(50);

/// The keys that have come, and those that are to come.
#[derive(Debug, Default)]
pub struct Input {
    decoder: Decoder,
    come: VecDeque<Key>,
}

impl Input {
    /// The next key. One for which `acts` holds answers a question or leaves it,
    /// so it counts only if a person can have typed it by itself: if letters or
    /// Enter follow at once, all of them together are a paste.
    ///
    /// # Errors
    ///
    /// When the terminal goes away.
    pub fn key(&mut self, acts: impl Fn(&Key) -> bool) -> io::Result<Key> {
        let key = self.next()?;
        if !acts(&key) {
            return Ok(key);
        }
        while self.more(Some(TYPED))? {}
        if self.come.contains(&Key::Interrupt) {
            return Ok(Key::Interrupt);
        }
        let mut text = String::new();
        for key in std::iter::once(key.clone()).chain(self.come.iter().cloned()) {
            match key {
                Key::Char(letter) if !letter.is_control() => text.push(letter),
                Key::Enter => text.push('\n'),
                Key::Tab => text.push(' '),
                Key::Pasted(more) => text.push_str(&more),
                _ => {}
            }
        }
        let by_itself = match key {
            Key::Char(letter) => text == String::from(letter),
            // Some lines end with two signs.
            _ => text.trim().is_empty(),
        };
        if by_itself {
            return Ok(key);
        }
        self.come.clear();
        Ok(Key::Pasted(text))
    }

    /// Whether another key has come already.
    pub fn waits(&self) -> bool {
        !self.come.is_empty()
    }

    fn next(&mut self) -> io::Result<Key> {
        loop {
            if let Some(key) = self.come.pop_front() {
                return Ok(key);
            }
            let patience = self.decoder.patience();
            if !self.more(patience)? {
                self.come.extend(self.decoder.silence());
            }
        }
    }

    /// Takes in what comes `within` this time; whether anything did.
    fn more(&mut self, within: Option<Duration>) -> io::Result<bool> {
        if !system::comes(within)? {
            return Ok(false);
        }
        self.come.extend(self.decoder.keys(&system::read()?));
        Ok(true)
    }
}

/// Whether another line has come to standard input together with the last one. Windows does
/// not say: to look at the events of its console takes them away from the line.
#[must_use]
pub fn another_line_at_once() -> bool {
    cfg!(unix) && system::comes(Some(TYPED)).unwrap_or(false)
}
