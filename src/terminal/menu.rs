//! The screens after the questions: a text with keys below it, a text of many pages, an input line.

use std::borrow::Cow;

use dialoguer::console::measure_text_width;

use crate::error::Error;
use crate::report::style::Style;

use super::Person;
use super::keys::Key;
use super::line_editor;
use super::raw_mode;
use super::screen::set;
use super::select::key_line;

/// A key of a menu, and its label: `q`, `q quit`.
pub type MenuKey = (char, &'static str);

impl Person {
    /// Shows a text on an empty screen, with `hint` and the keys below it. `draw` makes the text
    /// for a style and a number of lines. Returns the key that was pressed.
    ///
    /// # Errors
    ///
    /// If the terminal is closed, or the user interrupts the program.
    pub fn choose(
        &mut self,
        draw: impl Fn(Style, usize) -> String,
        hint: &str,
        keys: &[MenuKey],
    ) -> Result<char, Error> {
        let labels: Vec<&str> = keys.iter().map(|(_, label)| *label).collect();
        loop {
            let screen = &mut self.screen;
            let width = screen.width();
            let mut below: Vec<String> = Vec::new();
            if !hint.is_empty() {
                let lines = textwrap::wrap(hint, set(width)).into_iter();
                below.extend(lines.map(Cow::into_owned));
            }
            below.extend(key_line(screen, &labels, ""));
            let room = screen.room(below.len());
            screen.clear()?;
            let text = draw(self.style(), room);
            let screen = &mut self.screen;
            screen.lines(&text)?;
            screen.foot(&below)?;
            let acts = |key: &Key| matches!(key, Key::Char(_));
            if let Some(Key::Char(letter)) = screen.key(acts)? {
                let letter = letter.to_ascii_lowercase();
                if keys.iter().any(|(key, _)| *key == letter) {
                    return Ok(letter);
                }
            }
        }
    }

    /// Asks for a line; none if it is left empty, or left with Escape.
    ///
    /// # Errors
    ///
    /// As for [`Person::choose`].
    pub fn write_line(&mut self, words: &str) -> Result<Option<String>, Error> {
        self.screen.clear()?;
        self.screen.put(words)?;
        let line = line_editor::free(&mut self.screen)?;
        self.screen.clear()?;
        Ok(line)
    }

    /// Shows a text page by page.
    ///
    /// # Errors
    ///
    /// As for [`Person::choose`].
    pub fn pages(&mut self, text: &str) -> Result<(), Error> {
        const KEYS: &[MenuKey] = &[
            ('n', "n next page"),
            ('b', "b page before"),
            ('q', "q quit"),
        ];
        let lines: Vec<&str> = text.lines().collect();
        let mut from = 0;
        loop {
            let width = self.screen.width().max(1);
            // The terminal wraps lines that are wider than the window.
            let rows = |line: &&str| measure_text_width(line).div_ceil(width).max(1);
            let room = self.screen.room(2);
            let mut used = 0;
            let fits = |line: &&&str| {
                used += rows(line);
                used <= room
            };
            let page: Vec<&str> = lines.iter().skip(from).take_while(fits).copied().collect();
            let shown = page.len().max(1);
            let page = page.join("\n");
            match self.choose(|_, _| page.clone(), "", KEYS)? {
                'n' if from + shown < lines.len() => from += shown,
                'b' => from = from.saturating_sub(shown),
                'q' => return Ok(()),
                _ => {}
            }
        }
    }

    /// Clears the screen for another patient.
    ///
    /// # Errors
    ///
    /// If the terminal is closed.
    pub fn clear(&mut self) -> Result<(), Error> {
        self.begun.clear();
        self.screen.clear()
    }

    /// Lets another program use the terminal while `run` runs.
    pub fn aside<T>(&mut self, run: impl FnOnce() -> T) -> T {
        raw_mode::aside(run)
    }
}
