//! A list of options, used with numbers, arrows and ticks; long lists can be filtered by typing.

use std::borrow::Cow;

use crate::interview::{Begun, Prompt, Response, narrowed};
use candidacy_engine::answer::{Reply, Value};
use candidacy_engine::question::Choice;

use super::keys::Key;
use super::{Command, command};

mod draw;
mod ticks;

pub use ticks::Ticks;
use ticks::{NOT_SHOWN, NoneOfThese, ONE_APPLIES, Rest, THE_REST, TICKED, Tick};

/// Longer lists can be filtered by typing, because their numbers have two digits.
const LONG: usize = 9;

/// The hint for a chosen row if the answer is not shown afterwards.
const CONFIRM: &str = "Press Enter to give this answer. It is private and not shown afterwards";

/// A list on the screen.
pub struct List<'a> {
    labels: Vec<&'a str>,
    /// The options of the labels; empty for plain yes and no.
    choices: &'a [Choice],
    /// The ticks; none for a list with a single choice.
    ticks: Option<Ticks>,
    none_of_these: NoneOfThese,
    /// The exact earlier answer, until something else is chosen.
    before: Option<&'a str>,
    /// The earlier answer with hidden parts removed.
    before_shown: String,
    /// Whether the answer is not shown afterwards.
    private: bool,
    /// The row under the cursor.
    row: Option<usize>,
    /// Digits typed so far.
    typed: String,
    /// The letters of the filter, while there is one.
    finding: Option<String>,
    /// Whether the window is too low for the whole list.
    cramped: bool,
    help: bool,
    hint: Cow<'a, str>,
}

/// The result of a key while a list is filtered.
enum Found {
    /// This row was chosen, and all options are shown again.
    Row(usize),
    /// The filter is still active, or was just removed.
    Looking,
}

impl<'a> List<'a> {
    /// The list for a question, with the earlier answer.
    pub fn of(prompt: &Prompt<'a>) -> Self {
        let kind = &prompt.asked.question.kind;
        let choices = kind.choices();
        let private = prompt.mask.hides_all();
        Self {
            labels: kind.labels(),
            choices,
            none_of_these: NoneOfThese::of(&prompt.asked.question),
            ticks: kind.takes_several().then(|| Ticks::of(prompt)),
            before: Some(prompt.said_before).filter(|_| !prompt.before.is_blank()),
            before_shown: prompt.mask.over(prompt.said_before),
            private,
            row: match prompt.before {
                _ if private => None,
                Reply::Given(Value::YesNo(yes)) => Some(usize::from(!yes)),
                Reply::Given(Value::Choice(option)) => Some(*option),
                _ => None,
            },
            typed: String::new(),
            finding: None,
            cramped: false,
            help: false,
            hint: Cow::Borrowed(""),
        }
    }

    /// Restores unconfirmed ticks.
    pub fn restore(&mut self, ticks: Ticks) {
        self.ticks = Some(ticks);
        self.hint("this is not confirmed yet: Enter confirms it");
    }

    /// The unconfirmed ticks, if they were changed.
    pub fn begun(self) -> Option<Ticks> {
        self.ticks.filter(|ticks| ticks.changed)
    }

    /// The earlier answer, as long as Enter keeps it.
    fn kept(&self) -> Option<&'a str> {
        let changed = self.ticks.as_ref().is_some_and(|ticks| ticks.changed);
        self.before.filter(|_| !changed)
    }

    /// Shows a hint below the list until the next key.
    pub fn hint(&mut self, words: &'static str) {
        self.hint = Cow::Borrowed(words);
    }

    /// Whether a key could answer the question or leave it. Letters of a filter do not.
    pub fn acts(&self, key: &Key) -> bool {
        match key {
            Key::Char('<' | '?') | Key::Enter => true,
            Key::Char(letter) => self.finding.is_none() || letter.is_ascii_digit(),
            _ => false,
        }
    }

    /// Handles a key; gives the response, or none if the answer is not complete.
    pub fn press(&mut self, key: &Key, prompt: &Prompt<'_>) -> Option<Response> {
        match self.find(key) {
            Some(Found::Looking) => return None,
            Some(Found::Row(row)) => return self.take(row),
            None => {}
        }
        if self.finding.is_none() {
            match (key, &self.ticks, self.choices.is_empty()) {
                (Key::Char('y' | 'Y'), _, true) => return self.choose(0),
                (Key::Char('n' | 'N'), _, true) => return self.choose(1),
                (Key::Char('n' | 'N'), Some(_), _) => return self.none(),
                (Key::Enter, Some(_), _) if self.typed.is_empty() => return self.several(),
                (Key::Enter, None, _) if self.typed.is_empty() && self.row.is_none() => {
                    if let Some(before) = self.kept() {
                        return Some(Response::Reply(before.to_owned()));
                    }
                }
                _ => {}
            }
        }
        if let Some(said) = self.common(key, prompt) {
            return Some(said);
        }
        let row = self.chosen(key)?;
        if let Key::Enter | Key::Char(' ') = key {
            return self.take(row);
        }
        self.choose(row)
    }

    /// Chooses a row by its own key. If the answer is not shown afterwards, the row is highlighted
    /// first and Enter confirms it.
    fn choose(&mut self, row: usize) -> Option<Response> {
        if !self.private || self.ticks.is_some() {
            return self.take(row);
        }
        self.row = Some(row);
        self.hint(CONFIRM);
        None
    }

    /// Takes a row: as the answer or, if several are allowed, by ticking it.
    fn take(&mut self, row: usize) -> Option<Response> {
        self.row = Some(row);
        if let Some(ticks) = &mut self.ticks {
            ticks.press(row);
            return None;
        }
        let word = match self.choices.get(row) {
            Some(choice) => choice.id.as_str(),
            None if row == 0 => "yes",
            None => "no",
        };
        Some(Response::Reply(word.to_owned()))
    }

    /// None of these; must be pressed twice if something is ticked or hidden.
    fn none(&mut self) -> Option<Response> {
        if self.none_of_these == NoneOfThese::Refused {
            self.hint(ONE_APPLIES);
            return None;
        }
        let ticks = self.ticks.as_mut()?;
        let is_hidden = |tick: &Tick| matches!(tick, Tick::Hidden(_));
        let hint = if ticks.rows.iter().any(is_hidden) {
            NOT_SHOWN
        } else if !ticks.rows.contains(&Tick::Yes) {
            return Some(Response::Reply("none".to_owned()));
        } else if ticks.rest == Rest::No {
            TICKED
        } else {
            THE_REST
        };
        if [TICKED, THE_REST, NOT_SHOWN].contains(&&*self.hint) {
            return Some(Response::Reply("none".to_owned()));
        }
        if hint == THE_REST {
            ticks.rest = Rest::No;
            ticks.changed = true;
        }
        self.hint(hint);
        None
    }

    /// All ticked options, or the earlier answer if nothing was changed.
    fn several(&mut self) -> Option<Response> {
        if let Some(before) = self.kept() {
            return Some(Response::Reply(before.to_owned()));
        }
        let ticks = self.ticks.as_ref()?;
        let words = match ticks.rest {
            Rest::No => self.ids().join(";"),
            Rest::NotSure => self.the_rest("not sure"),
            Rest::Declined => self.the_rest("declined"),
        };
        if !words.is_empty() {
            return Some(Response::Reply(words));
        }
        if self.none_of_these == NoneOfThese::Refused {
            self.hint(ONE_APPLIES);
            return None;
        }
        if ticks.rows.contains(&Tick::Hidden(false)) {
            // Same result as if a hidden option were ticked, so that the screen does not reveal
            // which it is.
            return Some(Response::Reply("none".to_owned()));
        }
        self.hint("Nothing is chosen. Press n if none of these applies, or u if not sure");
        None
    }

    /// Whether it can be filtered by typing.
    fn is_long(&self) -> bool {
        self.choices.len() > LONG || self.cramped && !self.choices.is_empty()
    }

    /// The rows that are shown.
    fn shown(&self) -> Vec<usize> {
        match &self.finding {
            Some(letters) => narrowed(self.choices, letters),
            None => (0..self.labels.len()).collect(),
        }
    }

    /// Filters the list. `/` starts it, letters extend it, Enter takes the row under the cursor,
    /// Esc shows all rows again. Numbers, arrows, help and going back work as always: the result is
    /// none for these, and if there is no filter.
    fn find(&mut self, key: &Key) -> Option<Found> {
        let Some(letters) = &mut self.finding else {
            let begins = self.is_long() && matches!(key, Key::Char('/'));
            return begins.then(|| {
                self.finding = Some(String::new());
                (self.row, self.typed) = (None, String::new());
                self.hint("");
                Found::Looking
            });
        };
        match key {
            Key::Escape => self.finding = None,
            Key::Backspace if self.typed.is_empty() => {
                if letters.pop().is_none() {
                    self.finding = None;
                }
            }
            Key::Char('<' | '?') => return None,
            Key::Char(letter) if !letter.is_ascii_digit() && !letter.is_control() => {
                letters.push(*letter);
                self.typed.clear();
            }
            Key::Enter if self.typed.is_empty() => {
                let Some(row) = self.row else {
                    self.hint(
                        "Nothing is chosen yet. Type more letters, or use a number or the arrows",
                    );
                    return Some(Found::Looking);
                };
                self.finding = None;
                return Some(Found::Row(row));
            }
            _ => return None,
        }
        self.hint("");
        // The cursor is on the row if only one is left; otherwise on none.
        self.row = match (&self.finding, self.shown().as_slice()) {
            (Some(_), [only]) => Some(*only),
            _ => None,
        };
        if self.finding.is_some() && self.shown().is_empty() {
            self.hint("No option has a word that begins like this");
        }
        Some(Found::Looking)
    }

    /// Handles the keys that are the same for every question.
    fn common(&mut self, key: &Key, prompt: &Prompt<'_>) -> Option<Response> {
        self.hint("");
        match command(key)? {
            Command::Back => Some(Response::Back(Begun::No)),
            Command::NotSure => Some(Response::Reply(self.the_rest("not sure"))),
            Command::Decline if prompt.private => Some(Response::Reply(self.the_rest("declined"))),
            Command::Decline => None,
            Command::Skip if prompt.asked.question.optional => Some(Response::Skip),
            Command::Skip => {
                self.hint("This question needs an answer. If it is not known, press u");
                None
            }
            Command::Review => Some(Response::Review(Begun::No)),
            Command::Quit => Some(Response::Quit),
            Command::Help => {
                self.help = !self.help;
                if prompt.asked.question.help.is_none() {
                    self.hint("There is no help for this question");
                }
                None
            }
        }
    }

    /// The row that a key completes. A digit that could begin a longer number waits.
    fn chosen(&mut self, key: &Key) -> Option<usize> {
        match key {
            Key::Down | Key::Tab => self.step(1),
            Key::Up | Key::BackTab => self.step(self.labels.len().saturating_sub(1)),
            Key::Backspace => {
                self.typed.pop();
            }
            Key::Char(digit) if digit.is_ascii_digit() => {
                self.typed.push(*digit);
                let number: usize = self.typed.parse().unwrap_or(0);
                if number == 0 || number > self.labels.len() {
                    self.typed.clear();
                    self.hint("There is no option with this number");
                } else if number * 10 > self.labels.len() {
                    return self.settle();
                } else {
                    self.hint =
                        Cow::Owned(format!("Press Enter for {number}, or type the next digit"));
                }
            }
            Key::Enter if !self.typed.is_empty() => return self.settle(),
            Key::Enter if self.row.is_none() => {
                self.hint("Nothing is chosen yet. Press a number, or u if not sure");
            }
            Key::Enter | Key::Char(' ') => return self.row,
            _ => {}
        }
        None
    }

    fn settle(&mut self) -> Option<usize> {
        let number: usize = std::mem::take(&mut self.typed).parse().ok()?;
        self.finding = None;
        self.row = number.checked_sub(1);
        self.row
    }

    /// Moves the cursor by this many of the rows that are shown.
    fn step(&mut self, by: usize) {
        let shown = self.shown();
        let at = self
            .row
            .and_then(|row| shown.iter().position(|one| *one == row));
        let next = match at {
            Some(at) if by == 1 => (at + 1) % shown.len().max(1),
            Some(at) => at.checked_sub(1).unwrap_or(shown.len().saturating_sub(1)),
            None if by == 1 => 0,
            None => shown.len().saturating_sub(1),
        };
        self.row = shown.get(next).copied();
    }

    /// The ticked options, and this word for all others.
    fn the_rest(&self, word: &str) -> String {
        let mut words = self.ids();
        words.push(word);
        words.join(";")
    }

    /// The ids of the ticked options, including hidden ones.
    fn ids(&self) -> Vec<&'a str> {
        let ticks = self.ticks.as_ref().map_or(&[][..], |ticks| &ticks.rows);
        let ticked = self.choices.iter().zip(ticks);
        ticked
            .filter(|(_, tick)| matches!(tick, Tick::Yes | Tick::Hidden(true)))
            .map(|(choice, _)| choice.id.as_str())
            .collect()
    }
}

#[cfg(test)]
mod tests;
