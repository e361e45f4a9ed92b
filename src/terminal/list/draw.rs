//! Draws a list: as many rows as fit the window, and the keys below.

use std::borrow::Cow;
use std::ops::Range;

use crate::error::Error;
use crate::interview::Prompt;
use crate::terminal::screen::{Screen, set};
use crate::terminal::select::{common_keys, help, key_line};

use super::List;

/// Minimum number of lines of the list that are shown, even in a low window.
const FEWEST: usize = 3;

impl List<'_> {
    /// Draws the list with its keys.
    pub fn draw(&mut self, screen: &mut Screen, prompt: &Prompt<'_>) -> Result<(), Error> {
        let below = self.below(screen, prompt);
        let question = textwrap::wrap(&prompt.asked.question.ask, set(screen.width())).len();
        // The progress is shown above the question.
        let room = screen.room(question + 1 + below.len());
        let rows = self.shown();
        let drawn: Vec<Vec<String>> = rows
            .iter()
            .map(|row| self.row(*row, screen.width()))
            .collect();
        let cursor = rows.iter().position(|row| self.row == Some(*row));
        let window = window(&drawn, cursor.unwrap_or(0), room);
        self.cramped = window.len() < drawn.len();
        let above = window.start;
        let mut lines = Vec::new();
        lines.extend(self.left_out(rows.iter().take(above), "above"));
        lines.extend(drawn.into_iter().skip(above).take(window.len()).flatten());
        lines.extend(self.left_out(rows.iter().skip(window.end), "below"));
        lines.extend(below);
        screen.foot(&lines)
    }

    /// How many rows do not fit the window, and how many of them are ticked.
    fn left_out<'r>(&self, rows: impl Iterator<Item = &'r usize>, place: &str) -> Option<String> {
        let rows: Vec<&usize> = rows.collect();
        let is_ticked = |row: &&&usize| {
            let ticks = self.ticks.as_ref();
            ticks.is_some_and(|ticks| ticks.is_ticked(***row))
        };
        let ticked = match rows.iter().filter(is_ticked).count() {
            0 => String::new(),
            ticked => format!(", {ticked} of them ticked"),
        };
        (!rows.is_empty()).then(|| format!("    ({} more {place}{ticked})", rows.len()))
    }

    /// One option, on as many lines as it needs.
    fn row(&self, row: usize, width: usize) -> Vec<String> {
        let digits = self.labels.len().to_string().len();
        let cursor = if self.row == Some(row) { ">" } else { " " };
        let mark = self.ticks.as_ref().map_or("", |ticks| ticks.sign(row));
        let lead = format!("{cursor} {:>digits$} {mark}", row + 1);
        let indent = " ".repeat(lead.len());
        let options = set(width).initial_indent(&lead).subsequent_indent(&indent);
        let label = self.labels.get(row).copied().unwrap_or_default();
        let lines = textwrap::wrap(label, options);
        lines.into_iter().map(Cow::into_owned).collect()
    }

    /// The lines below the list: help, a hint, the keys, the letters typed.
    fn below(&self, screen: &Screen, prompt: &Prompt<'_>) -> Vec<String> {
        let width = screen.width();
        let mut lines = Vec::new();
        if self.help {
            lines.extend(help(prompt, width));
        }
        if self.kept().is_some() {
            let before = format!(
                "Answered before: {}. Press Enter to keep it.",
                self.before_shown
            );
            let before = textwrap::wrap(&before, set(width));
            lines.extend(before.into_iter().map(Cow::into_owned));
        } else if prompt.left_out_before {
            lines.push("Left out before. Press s to leave it out again.".to_owned());
        }
        if !self.hint.is_empty() {
            let hint = textwrap::wrap(&self.hint, set(width));
            lines.extend(hint.into_iter().map(Cow::into_owned));
        }
        let Some(letters) = &self.finding else {
            let mut all = vec![prompt.asked.question.words().keys];
            if self.is_long() {
                all.push("/ find");
            }
            all.extend(common_keys(prompt));
            lines.extend(key_line(screen, &all, &self.typed));
            return lines;
        };
        lines.extend(key_line(screen, &FINDING_KEYS, &self.typed));
        lines.push(format!("/ {letters}_"));
        lines
    }
}

const FINDING_KEYS: [&str; 5] = [
    "letters find",
    "number, or arrows and Enter",
    "Esc all options, and the other keys",
    "? help",
    "< back",
];

/// The rows to show: at most `room` lines, with the row under the cursor among them.
fn window(rows: &[Vec<String>], cursor: usize, room: usize) -> Range<usize> {
    let height = |rows: &[Vec<String>]| rows.iter().map(Vec::len).sum::<usize>();
    if height(rows) <= room.max(FEWEST) {
        return 0..rows.len();
    }
    // Two lines say how many rows are left out.
    let room = room.saturating_sub(2).max(FEWEST);
    let fits = |window: Range<usize>| rows.get(window).is_some_and(|rows| height(rows) <= room);
    let (mut start, mut end) = (cursor, cursor + 1);
    loop {
        let before = (start, end);
        if end < rows.len() && fits(start..end + 1) {
            end += 1;
        }
        if start > 0 && fits(start - 1..end) {
            start -= 1;
        }
        if (start, end) == before {
            return start..end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::window;

    #[test]
    fn the_cursor_is_always_in_the_window() {
        for heights in [vec![1; 14], vec![2, 1, 3, 1, 1, 2, 1, 1, 4]] {
            let rows: Vec<Vec<String>> = heights.iter().map(|n| vec![String::new(); *n]).collect();
            for room in 0..30 {
                for cursor in 0..rows.len() {
                    let window = window(&rows, cursor, room);
                    assert!(
                        window.contains(&cursor),
                        "{cursor} of {heights:?} in {room}"
                    );
                    let lines: usize = heights[window.clone()].iter().sum();
                    assert!(
                        lines <= room.max(heights[cursor]).max(3),
                        "{window:?} in {room}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_list_that_fits_is_whole() {
        let rows = vec![vec![String::new()]; 5];
        assert_eq!(window(&rows, 4, 5), 0..5);
        assert_eq!(window(&rows, 4, 4), 2..5);
    }
}
