//! A list to choose from: numbers, arrows, ticks, and typing where it is long.

use std::borrow::Cow;

use dialoguer::console::Key;

use crate::interview::{Prompt, Response, narrowed};
use candidacy_engine::answer::{Mark, Reply, Value};
use candidacy_engine::question::{Choice, Kind};

use super::{Command, command};

mod draw;

/// Lists longer than this can be typed in: their numbers have two digits.
const LONG: usize = 9;

/// What `n` says over ticks the first time.
const TICKED: &str = "something is ticked: Enter goes on with it, n again means none after all";

/// A list on the screen.
pub struct List<'a> {
    labels: Vec<&'a str>,
    /// What the labels stand for; nothing for plain yes and no.
    choices: &'a [Choice],
    /// Which are chosen; none for a list that takes one.
    marks: Option<Vec<bool>>,
    /// The row under the cursor.
    row: Option<usize>,
    /// Digits typed so far.
    typed: String,
    /// Letters typed to narrow the list, while it is being narrowed.
    finding: Option<String>,
    /// Whether the window is too low for all of it.
    cramped: bool,
    help: bool,
    hint: Cow<'a, str>,
}

/// What came of a key while a list is narrowed.
enum Found {
    /// This row was chosen, and all options are shown again.
    Row(usize),
    /// The list is still being narrowed, or is whole again.
    Looking,
}

impl<'a> List<'a> {
    /// The list of a question, with what was answered before; an answer that left
    /// some options open is given anew, so that going on never settles them.
    pub fn of(prompt: &Prompt<'a>) -> Self {
        let kind = &prompt.asked.question.kind;
        let choices = kind.choices();
        let labels = match kind {
            Kind::YesNo => vec!["Yes", "No"],
            _ => choices.iter().map(|choice| choice.text.as_str()).collect(),
        };
        let settled = |marks: &&Vec<Mark>| {
            let open = |mark: &Mark| !matches!(mark, Mark::Yes | Mark::No);
            !marks.iter().any(open)
        };
        let ticked = match prompt.before {
            Reply::Given(Value::Choices(marks)) => Some(marks).filter(settled),
            _ => None,
        };
        let ticked = ticked.map(|marks| marks.iter().map(|mark| *mark == Mark::Yes).collect());
        let several = matches!(kind, Kind::Choices(_));
        Self {
            labels,
            choices,
            marks: several.then(|| ticked.unwrap_or_else(|| vec![false; choices.len()])),
            row: match prompt.before {
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

    /// Says something under the list until the next key.
    pub fn hint(&mut self, words: &'static str) {
        self.hint = Cow::Borrowed(words);
    }

    /// What a key comes to; none while the answer is still being made.
    pub fn press(&mut self, key: &Key, prompt: &Prompt<'_>) -> Option<Response> {
        match self.find(key) {
            Some(Found::Looking) => return None,
            Some(Found::Row(row)) => return self.take(row),
            None => {}
        }
        if self.finding.is_none() {
            match (key, &self.marks, self.choices.is_empty()) {
                (Key::Char('y' | 'Y'), _, true) => return self.take(0),
                (Key::Char('n' | 'N'), _, true) => return self.take(1),
                (Key::Char('n' | 'N'), Some(_), _) => return self.none(),
                (Key::Enter, Some(_), _) if self.typed.is_empty() => return self.several(),
                _ => {}
            }
        }
        if let Some(said) = self.common(key, prompt) {
            return Some(said);
        }
        let row = self.chosen(key)?;
        self.take(row)
    }

    /// A row was chosen: it is the answer, or is ticked where several may be.
    fn take(&mut self, row: usize) -> Option<Response> {
        self.row = Some(row);
        if let Some(marks) = &mut self.marks {
            if let Some(mark) = marks.get_mut(row) {
                *mark = !*mark;
            }
            return None;
        }
        let word = match self.choices.get(row) {
            Some(choice) => choice.id.as_str(),
            None if row == 0 => "yes",
            None => "no",
        };
        Some(Response::Reply(word.to_owned()))
    }

    /// None of these; said twice, where something is ticked.
    fn none(&mut self) -> Option<Response> {
        if self.ids().is_empty() || self.hint == TICKED {
            return Some(Response::Reply("none".to_owned()));
        }
        self.hint(TICKED);
        None
    }

    /// All that is ticked.
    fn several(&mut self) -> Option<Response> {
        let ids = self.ids();
        if ids.is_empty() {
            self.hint("nothing is chosen: press n if none of these applies, u if not sure");
            return None;
        }
        Some(Response::Reply(ids.join(";")))
    }

    /// Whether it may be narrowed by typing.
    fn is_long(&self) -> bool {
        self.choices.len() > LONG || self.cramped && !self.choices.is_empty()
    }

    /// The rows on show.
    fn shown(&self) -> Vec<usize> {
        match &self.finding {
            Some(letters) => narrowed(self.choices, letters),
            None => (0..self.labels.len()).collect(),
        }
    }

    /// Narrows the list: `/` begins it, letters go on, Enter takes the row under
    /// the cursor, Esc shows all again. Numbers, arrows, help and the way back
    /// mean what they always do; none for those and whenever nobody is looking.
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
                        "nothing is chosen yet: type more of it, or use a number or the arrows",
                    );
                    return Some(Found::Looking);
                };
                self.finding = None;
                return Some(Found::Row(row));
            }
            _ => return None,
        }
        self.hint("");
        // What is the only one left is under the cursor; otherwise nothing is.
        self.row = match (&self.finding, self.shown().as_slice()) {
            (Some(_), [only]) => Some(*only),
            _ => None,
        };
        if self.finding.is_some() && self.shown().is_empty() {
            self.hint("no option has a word that begins so");
        }
        Some(Found::Looking)
    }

    /// The keys that mean the same on every question.
    fn common(&mut self, key: &Key, prompt: &Prompt<'_>) -> Option<Response> {
        self.hint("");
        match command(key)? {
            Command::Back => Some(Response::Back),
            Command::NotSure => Some(self.the_rest("not sure")),
            Command::Decline if prompt.private => Some(self.the_rest("declined")),
            Command::Decline => None,
            Command::Skip if prompt.asked.question.optional => Some(Response::Skip),
            Command::Skip => {
                self.hint("this one needs an answer; if it is not known, press u");
                None
            }
            Command::Review => Some(Response::Review),
            Command::Quit => Some(Response::Quit),
            Command::Help => {
                self.help = !self.help;
                if prompt.asked.question.help.is_none() {
                    self.hint("there is no more to say about this question");
                }
                None
            }
        }
    }

    /// The row a key settles on. A digit that could begin a longer number waits.
    fn chosen(&mut self, key: &Key) -> Option<usize> {
        match key {
            Key::ArrowDown | Key::Tab => self.step(1),
            Key::ArrowUp | Key::BackTab => self.step(self.labels.len().saturating_sub(1)),
            Key::Backspace => {
                self.typed.pop();
            }
            Key::Char(digit) if digit.is_ascii_digit() => {
                self.typed.push(*digit);
                let number: usize = self.typed.parse().unwrap_or(0);
                if number == 0 || number > self.labels.len() {
                    self.typed.clear();
                    self.hint("there is no such number");
                } else if number * 10 > self.labels.len() {
                    return self.settle();
                } else {
                    self.hint =
                        Cow::Owned(format!("Enter takes {number}, or go on with its number"));
                }
            }
            Key::Enter if !self.typed.is_empty() => return self.settle(),
            Key::Enter if self.row.is_none() => {
                self.hint("nothing is chosen yet: press a number, or u if not sure");
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

    /// So many rows on, among those on show.
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

    /// What is ticked, and this about everything else.
    fn the_rest(&self, word: &str) -> Response {
        let mut words = self.ids();
        words.push(word);
        Response::Reply(words.join(";"))
    }

    /// The ids of the options that are ticked.
    fn ids(&self) -> Vec<&'a str> {
        let marks = self.marks.as_deref().unwrap_or(&[]);
        let ticked = self.choices.iter().zip(marks).filter(|(_, mark)| **mark);
        ticked.map(|(choice, _)| choice.id.as_str()).collect()
    }
}

#[cfg(test)]
mod tests;
