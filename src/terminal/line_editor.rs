//! Editing a line of text with the usual keys.

use std::borrow::Cow;

use textwrap::core::display_width;

use crate::error::Error;
use crate::interview::{Begun, Prompt, Response, Reviewed, Row};
use candidacy_engine::answer::Reply;

use super::Draft;
use super::keys::Key;
use super::screen::{Screen, set};
use super::select::{common_keys, help, key_line};

/// The line that is being edited.
#[derive(Default)]
struct Line {
    letters: Vec<char>,
    /// The cursor position, as a number of letters before it.
    at: usize,
    /// Whether it contains an earlier answer that the first typed letter replaces.
    replaced: bool,
}

/// Earlier answers that are replaced, not extended, because `none` and `eliquis` would not be a
/// medicine.
const WHOLE: [&str; 5] = ["none", "never", "ongoing", "not sure", "declined"];

/// The result of editing a line.
enum Written {
    Text(String),
    Back,
    Help,
    /// The up key (-1) or the down key (1).
    Scroll(isize),
}

/// Asks for a line. A command letter of other questions works here if it is the whole line: `u` and
/// Enter is "not sure". If the user leaves the question without confirming, the text written so far
/// is returned.
pub fn line(
    screen: &mut Screen,
    prompt: &Prompt<'_>,
    draft: Option<Draft>,
) -> Result<(Response, Option<Draft>), Error> {
    let mut helping = prompt.complaint.is_some() && prompt.before.is_blank();
    let before = Before::of(prompt);
    let mut line = Line::default();
    line.fill(&before.text);
    if let Some(Draft::Text(text)) = draft {
        line.fill(&text);
    }
    let examples = prompt.asked.question.words().typed;
    loop {
        let width = screen.width();
        let mut above = if helping {
            help(prompt, width)
        } else {
            Vec::new()
        };
        if !before.note.is_empty() {
            let note = textwrap::wrap(&before.note, set(width)).into_iter();
            above.extend(note.map(Cow::into_owned));
        }
        let mut keys = vec![&*examples];
        keys.extend(common_keys(prompt));
        let said = match line.edit(screen, &above, &keys)? {
            Written::Back => {
                let text = line.text();
                let begun = text != before.text && !text.trim().is_empty();
                return Ok((
                    Response::Back(Begun::No),
                    begun.then_some(Draft::Text(text)),
                ));
            }
            Written::Help => {
                helping = !helping;
                continue;
            }
            Written::Scroll(_) => continue,
            Written::Text(text) => match text.trim() {
                "u" | "U" => Response::Reply("not sure".to_owned()),
                "p" | "P" if prompt.private => Response::Reply("declined".to_owned()),
                "s" | "S" if prompt.asked.question.optional => Response::Skip,
                "r" | "R" => Response::Review(Begun::No),
                "q" | "Q" => Response::Quit,
                "<" => Response::Back(Begun::No),
                "?" => {
                    helping = !helping;
                    line = Line::default();
                    continue;
                }
                "" if prompt.left_out_before => Response::Skip,
                text if text == before.text => Response::Reply(prompt.said_before.to_owned()),
                text => Response::Reply(prompt.mask.with_hidden(text, prompt.before)),
            },
        };
        return Ok((said, None));
    }
}

/// An earlier answer, limited to what may be shown.
struct Before {
    /// The part that is put into the line.
    text: String,
    /// A note about it.
    note: String,
}

impl Before {
    fn of(prompt: &Prompt<'_>) -> Self {
        let with = |text: &str, note: &str| Self {
            text: text.to_owned(),
            note: note.to_owned(),
        };
        if prompt.left_out_before {
            return with("", "Left out before. Press Enter to leave it out again.");
        }
        if matches!(prompt.before, Reply::Blank) {
            return with("", "");
        }
        if prompt.mask.hides_all() {
            return with(
                "",
                "Answered before: private, not shown. Press Enter to keep it.",
            );
        }
        match prompt.mask.split(prompt.before) {
            Some((shown, _)) => with(
                &shown,
                "A private medicine is not shown. It is kept, unless you write none.",
            ),
            None if prompt.before.says_nothing_new() => {
                with(&prompt.before.in_full(&prompt.asked.question), "")
            }
            None => with(prompt.said_before, ""),
        }
    }
}

/// Shows all answers and asks what to do. If they do not fit the window, the arrow keys scroll
/// through them.
pub fn review(screen: &mut Screen, rows: &[Row]) -> Result<Reviewed, Error> {
    // One line for the input and one for a hint.
    let below = key_line(screen, REVIEW_KEYS, "").len() + 2;
    let shown = screen.rows(rows, below)?;
    let rows = rows.len();
    let mut hint = Vec::new();
    let mut line = Line::default();
    let mut from = 0_usize;
    // All answers must have been on the screen before Enter accepts them.
    let mut seen = shown.is_empty();
    let reviewed = loop {
        let keys = if seen { REVIEW_KEYS } else { MORE_KEYS };
        // The last key is only for a list that is too long for the window.
        let count = keys.len() - usize::from(shown.is_empty());
        let keys = keys.get(..count).unwrap_or(keys);
        // The same room with either keys, and one more line for the position in the list.
        let heights = [REVIEW_KEYS, MORE_KEYS].map(|keys| key_line(screen, keys, "").len());
        let below = heights.into_iter().max().unwrap_or(0) + 2 + hint.len();
        let room = screen.room(below).max(1);
        let end = (from + room).min(shown.len());
        if !seen && end == shown.len() {
            seen = true;
            continue;
        }
        let mut above: Vec<String> = shown.get(from..end).unwrap_or_default().to_vec();
        if !shown.is_empty() {
            above.push(format!("lines {} to {end} of {}", from + 1, shown.len()));
        }
        above.extend(hint.iter().cloned());
        let written = match line.edit(screen, &above, keys)? {
            Written::Text(text) if text.trim().is_empty() && !seen => Written::Scroll(1),
            other => other,
        };
        let text = match written {
            Written::Back => break Reviewed::Back,
            Written::Help => continue,
            Written::Scroll(way) => {
                let last = shown.len().saturating_sub(room);
                let step = room.saturating_sub(1).max(1);
                from = match way {
                    ..0 => from.saturating_sub(step),
                    _ => (from + step).min(last),
                };
                continue;
            }
            Written::Text(text) => text,
        };
        line = Line::default();
        match text.trim() {
            "" => break Reviewed::Accept,
            "q" | "Q" => break Reviewed::Quit,
            "<" => break Reviewed::Back,
            text => {
                let number: Option<usize> = text.parse().ok();
                let row = number.and_then(|number| number.checked_sub(1));
                if let Some(row) = row.filter(|row| *row < rows) {
                    break Reviewed::Change(row);
                }
                hint = vec![format!("Type a number from 1 to {rows}, or press Enter")];
            }
        }
    };
    screen.clear_foot()?;
    Ok(reviewed)
}

/// Asks for a line outside the questions; none if it is empty or left with Escape.
pub fn free(screen: &mut Screen) -> Result<Option<String>, Error> {
    let mut line = Line::default();
    loop {
        match line.edit(screen, &[], &["Enter confirms", "Esc back"])? {
            Written::Back => return Ok(None),
            Written::Help | Written::Scroll(_) => {}
            Written::Text(text) => {
                let text = text.trim();
                return Ok((!text.is_empty()).then(|| text.to_owned()));
            }
        }
    }
}

/// The keys until the last answer was on the screen.
const MORE_KEYS: &[&str] = &[
    "Enter more answers",
    "a number to change that answer",
    "< back",
    "q quit",
    "arrows scroll",
];

const REVIEW_KEYS: &[&str] = &[
    "Enter if all is right",
    "a number to change that answer",
    "< back",
    "q quit",
    "arrows scroll",
];

impl Line {
    fn fill(&mut self, text: &str) {
        self.letters = text.chars().collect();
        self.at = self.letters.len();
        self.replaced = WHOLE.contains(&text);
    }

    fn text(&self) -> String {
        self.letters.iter().collect()
    }

    /// Draws and edits until Enter or a key that leaves the line.
    fn edit(
        &mut self,
        screen: &mut Screen,
        above: &[String],
        keys: &[&str],
    ) -> Result<Written, Error> {
        loop {
            let mut lines = above.to_vec();
            lines.extend(key_line(screen, keys, ""));
            lines.push(self.shown(screen.width()));
            if !screen.hurries() {
                screen.foot(&lines)?;
            }
            let empty = self.letters.is_empty();
            let acts = |key: &Key| match key {
                Key::Enter => true,
                Key::Char('<' | '?') => empty,
                _ => false,
            };
            match screen.key(acts)? {
                None => {}
                Some(Key::Enter) => return Ok(Written::Text(self.text())),
                Some(Key::Escape) => return Ok(Written::Back),
                Some(Key::Char('<')) if empty => return Ok(Written::Back),
                Some(Key::Char('?')) if empty => return Ok(Written::Help),
                Some(Key::Up) => return Ok(Written::Scroll(-1)),
                Some(Key::Down) => return Ok(Written::Scroll(1)),
                Some(Key::Pasted(text)) => self.paste(&text),
                Some(key) => self.press(&key),
            }
        }
    }

    /// Puts pasted text on one line; its lines are joined with `; ` like medicines.
    fn paste(&mut self, text: &str) {
        let goes_on = text.starts_with('\n') && !self.letters.is_empty();
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let text = lines.collect::<Vec<_>>().join("; ");
        let parted = if goes_on { "; " } else { "" };
        for letter in parted.chars().chain(text.chars()) {
            self.press(&Key::Char(letter));
        }
    }

    fn press(&mut self, key: &Key) {
        let letter = matches!(key, Key::Char(letter) if letter.is_alphanumeric());
        if std::mem::take(&mut self.replaced) && letter {
            self.letters.clear();
            self.at = 0;
        }
        match key {
            Key::Backspace if self.at > 0 => {
                self.at -= 1;
                self.letters.remove(self.at);
            }
            Key::Delete if self.at < self.letters.len() => {
                self.letters.remove(self.at);
            }
            Key::Left => self.at = self.at.saturating_sub(1),
            Key::Right => self.at = (self.at + 1).min(self.letters.len()),
            Key::Home | Key::Char('\u{1}') => self.at = 0,
            Key::End | Key::Char('\u{5}') => self.at = self.letters.len(),
            Key::Char('\u{15}') => {
                self.letters.drain(..self.at);
                self.at = 0;
            }
            Key::Char('\u{17}') => {
                let kept = self
                    .letters
                    .iter()
                    .take(self.at)
                    .rposition(|c| !c.is_whitespace())
                    .map_or(0, |end| {
                        self.letters
                            .iter()
                            .take(end)
                            .rposition(|c| c.is_whitespace())
                            .map_or(0, |space| space + 1)
                    });
                self.letters.drain(kept..self.at);
                self.at = kept;
            }
            Key::Char(letter) if !letter.is_control() => {
                self.letters.insert(self.at, *letter);
                self.at += 1;
            }
            _ => {}
        }
    }

    /// The line with its cursor; if it is too long, only the part around the cursor.
    fn shown(&self, width: usize) -> String {
        let room = width.saturating_sub(4).max(2);
        let wide = |letter: &char| display_width(letter.encode_utf8(&mut [0; 4]));
        let (mut start, mut used) = (self.at.min(self.letters.len()), 1);
        for letter in self.letters.iter().take(self.at).rev() {
            used += wide(letter);
            if used > room {
                break;
            }
            start -= 1;
        }
        let mut shown = String::from("> ");
        let mut used = 0;
        for (number, letter) in self.letters.iter().enumerate().skip(start) {
            if number == self.at {
                shown.push('_');
            }
            used += wide(letter);
            if used >= room {
                break;
            }
            shown.push(*letter);
        }
        if self.at >= self.letters.len() {
            shown.push('_');
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::{Key, Line};

    #[test]
    fn a_letter_replaces_an_earlier_answer_that_nobody_writes_on_from() {
        let written = |before: &str, more: &str| {
            let mut line = Line::default();
            line.fill(before);
            more.chars().for_each(|c| line.press(&Key::Char(c)));
            line.text()
        };
        assert_eq!(written("none", "eliquis"), "eliquis");
        assert_eq!(written("never", "2026"), "2026");
        assert_eq!(written("not sure", ", eliquis"), "not sure, eliquis");
        assert_eq!(written("eliquis", ", aspirin"), "eliquis, aspirin");
        assert_eq!(written("2026", "-05"), "2026-05");

        let mut line = Line::default();
        line.fill("none");
        line.press(&Key::Backspace);
        line.press(&Key::Char('e'));
        assert_eq!(line.text(), "none");
    }
}
