//! What stands on the screen, and the block at its foot that is drawn anew.

use dialoguer::console::{Key, Term, measure_text_width};

use crate::error::Error;
use crate::interview::{Prompt, Response, in_full};
use crate::report::phrases::{count, heading};
use crate::report::style::{Role, Style};
use candidacy_engine::plan::Plan;

use super::raw_mode;

/// The terminal, and how much of it is to be drawn anew.
pub struct Screen {
    term: Term,
    style: Style,
    /// The widths of the lines at the foot, in columns.
    foot: Vec<usize>,
    /// The topic last announced.
    topic: String,
    /// The question as it was last put, to be put again.
    asked: Vec<String>,
    /// What was pasted in place of the last key.
    pasted: Option<String>,
}

/// What a marked paste begins and ends with, as far as it is one key.
const PASTE: [char; 3] = ['[', '2', '0'];

/// The widest questions are set, however wide the window.
const WIDEST: usize = 80;

impl Screen {
    /// An untouched screen.
    pub fn new(style: Style) -> Self {
        Self {
            term: Term::stderr(),
            style,
            foot: Vec::new(),
            topic: String::new(),
            asked: Vec::new(),
            pasted: None,
        }
    }

    /// Columns to write in: one is left free, so that no terminal wraps by itself.
    pub fn width(&self) -> usize {
        let columns = usize::from(self.term.size().1);
        columns.saturating_sub(1).clamp(10, WIDEST)
    }

    /// Lines the foot may have beside `above` others: what has scrolled out of the
    /// window cannot be drawn anew.
    pub fn room(&self, above: usize) -> usize {
        let rows = usize::from(self.term.size().0);
        rows.saturating_sub(above + 1)
    }

    /// Whether signs beyond ASCII may be written.
    pub fn style(&self) -> Style {
        self.style
    }

    /// The next key. Ctrl-C is a key here; a terminal that is gone is an error.
    /// A paste is no key that means anything; [`Screen::pasted`] has its text.
    pub fn key(&mut self) -> Result<Key, Error> {
        self.pasted = None;
        match self.raw_key()? {
            Key::Char('\u{1a}') => {
                raw_mode::step_back();
                // What other programs wrote meanwhile stays above.
                self.foot.clear();
                for line in std::mem::take(&mut self.asked) {
                    self.write(&line)?;
                    self.asked.push(line);
                }
                Ok(Key::Unknown)
            }
            Key::UnknownEscSeq(begin) if begin == PASTE => {
                self.pasted = Some(self.paste()?);
                Ok(Key::Unknown)
            }
            key => Ok(key),
        }
    }

    fn raw_key(&mut self) -> Result<Key, Error> {
        match self.term.read_key_raw() {
            Ok(Key::CtrlC) => Err(Error::BrokenOff),
            Ok(key) => Ok(key),
            Err(why) if why.kind() == std::io::ErrorKind::Interrupted => Err(Error::BrokenOff),
            Err(why) => Err(Error::Terminal(why.to_string())),
        }
    }

    /// What was pasted in place of the last key, on one line.
    pub fn pasted(&mut self) -> Option<String> {
        self.pasted.take()
    }

    /// The rest of a paste, its lines parted as medicines are.
    fn paste(&mut self) -> Result<String, Error> {
        let mut text = String::new();
        let mut marks = 0;
        loop {
            match self.raw_key()? {
                // Two more signs belong to the mark at either end.
                Key::Char(_) if marks < 2 => marks += 1,
                Key::Char(letter) => text.push(letter),
                Key::Enter => text.push('\n'),
                Key::Tab => text.push(' '),
                Key::UnknownEscSeq(end) if end == PASTE => break,
                _ => {}
            }
        }
        self.raw_key()?;
        self.raw_key()?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        Ok(lines.collect::<Vec<_>>().join("; "))
    }

    /// A paragraph that stays.
    pub fn say(&mut self, words: &str) -> Result<(), Error> {
        for line in textwrap::wrap(words, set(self.width())) {
            self.write(&line)?;
        }
        Ok(())
    }

    /// Why the last answer could not be read.
    pub fn complain(&mut self, message: &str, help: &str) -> Result<(), Error> {
        for line in textwrap::wrap(
            &format!("{message}: {help}"),
            set(self.width().saturating_sub(2)),
        ) {
            let line = format!("! {line}");
            let painted = self.style.paint(Role::Wrong, &line);
            self.write(&painted)?;
        }
        Ok(())
    }

    /// The topic, when it is new, then the question and how far along it is.
    pub fn question(&mut self, prompt: &Prompt<'_>) -> Result<(), Error> {
        if self.topic != prompt.topic {
            prompt.topic.clone_into(&mut self.topic);
            self.write("")?;
            let heading = self.style.paint(Role::Heading, prompt.topic);
            self.write(&heading)?;
        }
        self.write("")?;
        let progress = format!("Question {} of at most {}", prompt.number, prompt.at_most);
        self.asked = vec![self.style.paint(Role::Muted, &progress)];
        for line in textwrap::wrap(&prompt.asked.question.ask, set(self.width())) {
            self.asked.push(self.style.paint(Role::Heading, &line));
        }
        for line in &self.asked {
            self.write(line)?;
        }
        Ok(())
    }

    /// The foot: lines that the next call draws over. Too long ones are cut.
    pub fn foot(&mut self, lines: &[String]) -> Result<(), Error> {
        self.clear_foot()?;
        let width = self.width();
        for line in lines {
            let line = dialoguer::console::truncate_str(line, width, "");
            self.foot.push(measure_text_width(&line));
            self.write(&line)?;
        }
        Ok(())
    }

    /// Takes the foot away, also where a narrower window has wrapped it since.
    pub fn clear_foot(&mut self) -> Result<(), Error> {
        let columns = usize::from(self.term.size().1).max(1);
        let rows: usize = self
            .foot
            .drain(..)
            .map(|width| width.saturating_sub(1) / columns + 1)
            .sum();
        self.term.clear_last_lines(rows).map_err(|why| gone(&why))
    }

    /// What was answered, in place of the foot.
    pub fn answered(&mut self, prompt: &Prompt<'_>, said: &Response) -> Result<(), Error> {
        self.clear_foot()?;
        let words = match said {
            Response::Reply(text) if text.is_empty() => return Ok(()),
            Response::Reply(text) => text.as_str(),
            Response::Skip => "(left out)",
            Response::Back => "(back)",
            Response::Review => "(review)",
            Response::Quit => "(quit)",
        };
        let arrow = if self.style.unicode { "→" } else { "->" };
        let words = in_full(prompt.asked.question.kind.choices(), words);
        let indent = "     ";
        let options = set(self.width()).subsequent_indent(indent);
        for line in textwrap::wrap(&format!("  {arrow} {words}"), options) {
            let line = self.style.paint(Role::Right, &line);
            self.write(&line)?;
        }
        Ok(())
    }

    /// How an answer was read.
    pub fn understood(&mut self, words: &str) -> Result<(), Error> {
        let options = set(self.width())
            .initial_indent("    ")
            .subsequent_indent("    ");
        for line in textwrap::wrap(words, options) {
            let line = self.style.paint(Role::Muted, &line);
            self.write(&line)?;
        }
        Ok(())
    }

    /// All answers so far, numbered.
    pub fn rows(&mut self, plan: &Plan, rows: &[(usize, String)]) -> Result<(), Error> {
        self.topic.clear();
        self.write("")?;
        let title = self.style.paint(Role::Heading, "The answers");
        self.write(&title)?;
        for (number, (question, words)) in rows.iter().enumerate() {
            let asked = plan.questions.get(*question);
            let name = asked.map_or_else(String::new, |asked| heading(&asked.question.id));
            let words: String = words
                .chars()
                .map(|c| if c.is_control() { ' ' } else { c })
                .collect();
            let options = set(self.width()).subsequent_indent("      ");
            for line in textwrap::wrap(&format!("{:>3}  {name}: {words}", number + 1), options) {
                self.write(&line)?;
            }
        }
        let total = count(rows.len(), "answer");
        let total = self.style.paint(Role::Muted, &total);
        self.write(&total)
    }

    fn write(&self, line: &str) -> Result<(), Error> {
        self.term.write_line(line).map_err(|why| gone(&why))
    }
}

/// How text is set in `width` columns: a day such as 2026-05-31 is never broken.
pub fn set(width: usize) -> textwrap::Options<'static> {
    textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation)
}

fn gone(why: &std::io::Error) -> Error {
    Error::Terminal(why.to_string())
}
