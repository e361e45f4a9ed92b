//! Reads keys from the terminal, and distinguishes typing from pasting.
//!
//! Not every terminal marks a paste. Input that is faster than typing must not answer one question
//! after another: see [`Input::key`].

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use super::keys::{Decoder, Key};
use super::system;

/// Minimum time between typed keys. Faster keys were pasted, or a key was held down.
const TYPED: Duration = Duration::from_millis(50);

/// Received keys, and the decoder for further ones.
#[derive(Debug, Default)]
pub struct Input {
    decoder: Decoder,
    come: VecDeque<Key>,
}

impl Input {
    /// The next key. A key for which `acts` is true answers a question or leaves it. It only counts
    /// if it was typed separately. If letters or Enter follow at once, all of them together are a
    /// paste.
    ///
    /// # Errors
    ///
    /// If the terminal is closed.
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
            // Some lines end with two characters.
            _ => text.trim().is_empty(),
        };
        if by_itself {
            return Ok(key);
        }
        self.come.clear();
        Ok(Key::Pasted(text))
    }

    /// Whether another key has been received already.
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

    /// Receives the input that arrives `within` this time; returns whether there was any.
    fn more(&mut self, within: Option<Duration>) -> io::Result<bool> {
        if !system::comes(within)? {
            return Ok(false);
        }
        self.come.extend(self.decoder.keys(&system::read()?));
        Ok(true)
    }
}

/// Whether standard input received another line together with the last one. This does not work on
/// Windows, where reading console events would remove them from the line.
#[must_use]
pub fn another_line_at_once() -> bool {
    cfg!(unix) && system::comes(Some(TYPED)).unwrap_or(false)
}
