//! Choosing: yes or no, one of several, any of several. Nothing is chosen
//! beforehand, so no key says something reassuring by itself.

use dialoguer::console::Key;

use crate::engine::answer::{Mark, Reply, Value};
use crate::engine::question::Choice;
use crate::error::Error;
use crate::interview::{Prompt, Said};

use crate::report::paint::Role;

use super::screen::Screen;
use super::{Command, command};

/// A list on the screen.
struct List<'a> {
    labels: Vec<&'a str>,
    /// Which are chosen; none for a list that takes one.
    marks: Option<Vec<bool>>,
    /// The row under the cursor.
    row: Option<usize>,
    /// Digits typed so far.
    typed: String,
    help: bool,
    hint: &'static str,
}

/// Yes or no by letter.
pub fn yes_or_no(screen: &mut Screen, prompt: &Prompt<'_>) -> Result<Said, Error> {
    let mut list = List::new(vec!["Yes", "No"], None);
    if let Reply::Given(Value::YesNo(yes)) = prompt.before {
        list.row = Some(usize::from(!yes));
    }
    loop {
        list.draw(screen, prompt, "y yes, n no")?;
        let key = screen.key()?;
        match key {
            Key::Char('y' | 'Y') => return Ok(Said::Reply("yes".to_owned())),
            Key::Char('n' | 'N') => return Ok(Said::Reply("no".to_owned())),
            _ => {}
        }
        if let Some(said) = list.common(&key, prompt) {
            return Ok(said);
        }
        if let Some(row) = list.chosen(&key) {
            return Ok(Said::Reply(if row == 0 { "yes" } else { "no" }.to_owned()));
        }
    }
}

/// Yes or no to something that is no question of the plan.
pub fn confirm(screen: &mut Screen) -> Result<bool, Error> {
    let keys = key_line(screen, &["y yes", "n no"], "");
    screen.foot(&keys)?;
    loop {
        let yes = match screen.key()? {
            Key::Char('y' | 'Y') => true,
            Key::Char('n' | 'N') | Key::Escape => false,
            _ => continue,
        };
        screen.clear_foot()?;
        screen.understood(if yes { "yes" } else { "no" })?;
        return Ok(yes);
    }
}

/// One option by number or arrows.
pub fn one(screen: &mut Screen, prompt: &Prompt<'_>, choices: &[Choice]) -> Result<Said, Error> {
    let mut list = List::new(
        choices.iter().map(|choice| choice.text.as_str()).collect(),
        None,
    );
    if let Reply::Given(Value::Choice(option)) = prompt.before {
        list.row = Some(*option);
    }
    loop {
        list.draw(screen, prompt, "number, or arrows and Enter")?;
        let key = screen.key()?;
        if let Some(said) = list.common(&key, prompt) {
            return Ok(said);
        }
        if let Some(choice) = list.chosen(&key).and_then(|row| choices.get(row)) {
            return Ok(Said::Reply(choice.id.clone()));
        }
    }
}

/// Any options by number or space; `n` for none of them.
pub fn several(
    screen: &mut Screen,
    prompt: &Prompt<'_>,
    choices: &[Choice],
) -> Result<Said, Error> {
    let before = match prompt.before {
        Reply::Given(Value::Choices(marks)) => {
            marks.iter().map(|mark| *mark == Mark::Yes).collect()
        }
        _ => vec![false; choices.len()],
    };
    let mut list = List::new(
        choices.iter().map(|choice| choice.text.as_str()).collect(),
        Some(before),
    );
    loop {
        list.draw(screen, prompt, "numbers, then Enter; n none of these")?;
        let key = screen.key()?;
        if let Key::Char('n' | 'N') = key {
            return Ok(Said::Reply("none".to_owned()));
        }
        if let Some(said) = list.common(&key, prompt) {
            return Ok(said);
        }
        if matches!(key, Key::Enter) && list.typed.is_empty() {
            let ids = list
                .marked()
                .filter_map(|row| choices.get(row))
                .map(|choice| choice.id.as_str());
            let ids: Vec<&str> = ids.collect();
            if !ids.is_empty() {
                return Ok(Said::Reply(ids.join(";")));
            }
            list.hint = "nothing is chosen: press n if none of these applies, u if not sure";
            continue;
        }
        if let Some(row) = list.chosen(&key) {
            list.toggle(row);
        }
    }
}

impl<'a> List<'a> {
    fn new(labels: Vec<&'a str>, marks: Option<Vec<bool>>) -> Self {
        Self {
            labels,
            marks,
            row: None,
            typed: String::new(),
            help: false,
            hint: "",
        }
    }

    /// The keys that mean the same on every question.
    fn common(&mut self, key: &Key, prompt: &Prompt<'_>) -> Option<Said> {
        self.hint = "";
        match command(key)? {
            Command::Back => Some(Said::Back),
            Command::NotSure => Some(Said::Reply("not sure".to_owned())),
            Command::Decline if prompt.private => {
                let ids = self
                    .marked()
                    .filter_map(|row| prompt.asked.question.kind.choices().get(row));
                let mut words: Vec<&str> = ids.map(|choice| choice.id.as_str()).collect();
                words.push("declined");
                Some(Said::Reply(words.join(";")))
            }
            Command::Decline => None,
            Command::Skip if prompt.asked.question.optional => Some(Said::Skip),
            Command::Skip => {
                self.hint = "this one needs an answer; if it is not known, press u";
                None
            }
            Command::Review => Some(Said::Review),
            Command::Quit => Some(Said::Quit),
            Command::Help => {
                self.help = !self.help;
                if prompt.asked.question.help.is_none() {
                    self.hint = "there is no more to say about this question";
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
                    self.hint = "there is no such number";
                } else if number * 10 > self.labels.len() {
                    return self.settle();
                }
            }
            Key::Enter if !self.typed.is_empty() => return self.settle(),
            Key::Enter if self.row.is_none() => {
                self.hint = "nothing is chosen yet: press a number, or u if not sure";
            }
            Key::Enter | Key::Char(' ') => return self.row,
            _ => {}
        }
        None
    }

    fn settle(&mut self) -> Option<usize> {
        let number: usize = std::mem::take(&mut self.typed).parse().ok()?;
        self.row = number.checked_sub(1);
        self.row
    }

    fn step(&mut self, by: usize) {
        let count = self.labels.len().max(1);
        self.row = Some(match self.row {
            Some(row) => (row + by) % count,
            None if by == 1 => 0,
            None => count - 1,
        });
    }

    fn toggle(&mut self, row: usize) {
        if let Some(mark) = self.marks.as_mut().and_then(|marks| marks.get_mut(row)) {
            *mark = !*mark;
        }
    }

    fn marked(&self) -> impl Iterator<Item = usize> {
        let marks = self.marks.as_deref().unwrap_or(&[]);
        marks
            .iter()
            .enumerate()
            .filter(|(_, mark)| **mark)
            .map(|(row, _)| row)
    }

    fn draw(&self, screen: &mut Screen, prompt: &Prompt<'_>, keys: &str) -> Result<(), Error> {
        let width = screen.width();
        let digits = self.labels.len().to_string().len();
        let mut lines = Vec::new();
        for (row, label) in self.labels.iter().enumerate() {
            let cursor = if self.row == Some(row) { ">" } else { " " };
            let mark = match &self.marks {
                Some(marks) if marks.get(row) == Some(&true) => "[x] ",
                Some(_) => "[ ] ",
                None => "",
            };
            let lead = format!("{cursor} {:>digits$} {mark}", row + 1);
            let indent = " ".repeat(lead.len());
            let options = textwrap::Options::new(width)
                .initial_indent(&lead)
                .subsequent_indent(&indent);
            lines.extend(
                textwrap::wrap(label, options)
                    .into_iter()
                    .map(std::borrow::Cow::into_owned),
            );
        }
        if self.help {
            lines.extend(help(prompt, width));
        }
        if !self.hint.is_empty() {
            lines.extend(
                textwrap::wrap(self.hint, width)
                    .into_iter()
                    .map(std::borrow::Cow::into_owned),
            );
        }
        let mut all = vec![keys];
        all.extend(common_keys(prompt));
        lines.extend(key_line(screen, &all, &self.typed));
        screen.foot(&lines)
    }
}

/// The help text under a question, in lines.
pub fn help(prompt: &Prompt<'_>, width: usize) -> Vec<String> {
    let Some(help) = &prompt.asked.question.help else {
        return Vec::new();
    };
    let options = textwrap::Options::new(width)
        .initial_indent("  ")
        .subsequent_indent("  ");
    textwrap::wrap(help, options)
        .into_iter()
        .map(std::borrow::Cow::into_owned)
        .collect()
}

/// The keys that mean the same on every question.
pub fn common_keys(prompt: &Prompt<'_>) -> Vec<&'static str> {
    let mut keys = vec!["u not sure", "? help"];
    if prompt.private {
        keys.push("p rather not say");
    }
    if prompt.asked.question.optional {
        keys.push("s leave out");
    }
    keys.extend(["< back", "r review", "q quit"]);
    keys
}

/// The keys, always on screen; digits typed so far behind them. A key and its
/// meaning stay on one line.
pub fn key_line(screen: &Screen, keys: &[&str], typed: &str) -> Vec<String> {
    let dot = if screen.style().unicode {
        " · "
    } else {
        " | "
    };
    let mut lines: Vec<String> = Vec::new();
    for key in keys
        .iter()
        .flat_map(|key| textwrap::wrap(key, screen.width()))
    {
        match lines.last_mut() {
            Some(line)
                if textwrap::core::display_width(line)
                    + 3
                    + textwrap::core::display_width(&key)
                    <= screen.width() =>
            {
                line.push_str(dot);
                line.push_str(&key);
            }
            _ => lines.push(key.into_owned()),
        }
    }
    let mut lines: Vec<String> = lines
        .iter()
        .map(|line| screen.style().paint(Role::Muted, line))
        .collect();
    if let Some(last) = lines.last_mut().filter(|_| !typed.is_empty()) {
        last.push_str(&format!(" [{typed}]"));
    }
    lines
}
