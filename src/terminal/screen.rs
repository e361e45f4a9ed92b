//! What stands on the screen, and the block at its foot that is drawn anew.

use dialoguer::console::{Term, measure_text_width};

use crate::error::Error;
use crate::interview::{Prompt, Response, Row};
use crate::report::phrases::count;
use crate::report::style::{Role, Style};

use super::input::Input;
use super::keys::Key;
use super::raw_mode;

/// The terminal, and how much of it is to be drawn anew.
pub struct Screen {
    term: Term,
    style: Style,
    input: Input,
    /// The widths of the lines at the foot, in columns.
    foot: Vec<usize>,
    /// The rows and columns of the window it was drawn in.
    drawn_in: (u16, u16),
    /// The topic last announced.
    topic: String,
    /// The question as it was last put, to be put again.
    asked: Vec<Paragraph>,
}

/// A paragraph that is set to the width of the window.
struct Paragraph {
    text: String,
    role: Option<Role>,
    /// What its lines after the first begin with.
    indent: &'static str,
}

/// The widest questions are set, however wide the window.
const WIDEST: usize = 80;

impl Screen {
    /// An untouched screen.
    pub fn new(style: Style) -> Self {
        Self {
            term: Term::stderr(),
            style,
            input: Input::default(),
            foot: Vec::new(),
            drawn_in: (0, 0),
            topic: String::new(),
            asked: Vec::new(),
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

    /// The next key; those for which `acts` holds count only if they were typed
    /// one by one. None where the question is only to be drawn anew.
    pub fn key(&mut self, acts: impl Fn(&Key) -> bool) -> Result<Option<Key>, Error> {
        match self.input.key(acts) {
            Ok(Key::Interrupt) => Err(Error::BrokenOff),
            Ok(Key::Suspend) => {
                raw_mode::step_back();
                // What other programs wrote meanwhile stays above.
                self.put_again()?;
                Ok(None)
            }
            Ok(key) => Ok(Some(key)),
            Err(why) => Err(gone(&why)),
        }
    }

    /// Whether another key has come already, so that drawing can wait for it.
    pub fn hurries(&self) -> bool {
        self.input.waits()
    }

    /// Empties the screen: what was on it cannot be seen or scrolled to any more.
    pub fn clear(&mut self) -> Result<(), Error> {
        self.foot.clear();
        self.asked.clear();
        self.topic.clear();
        self.term
            .write_str(raw_mode::CLEAR)
            .map_err(|why| gone(&why))
    }

    /// Lines as they are.
    pub fn lines(&mut self, text: &str) -> Result<(), Error> {
        text.lines().try_for_each(|line| self.write(line))
    }

    /// Puts the question again below whatever is on the screen.
    fn put_again(&mut self) -> Result<(), Error> {
        self.foot.clear();
        self.write("")?;
        self.put_asked()
    }

    fn put_asked(&self) -> Result<(), Error> {
        let lines = self.asked_lines();
        lines.iter().try_for_each(|line| self.write(line))
    }

    fn asked_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for Paragraph { text, role, indent } in &self.asked {
            let options = set(self.width()).subsequent_indent(indent);
            let wrapped = textwrap::wrap(text, options).into_iter();
            lines.extend(wrapped.map(|line| match role {
                Some(role) => self.style.paint(*role, &line),
                None => line.into_owned(),
            }));
        }
        lines
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

    /// Something to be answered that is no question of the plan.
    pub fn put(&mut self, words: &str) -> Result<(), Error> {
        self.asked = vec![Paragraph::plain(words)];
        self.put_asked()
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
        let question = prompt.asked.question.ask.clone();
        self.asked = vec![
            Paragraph::painted(prompt.progress(), Role::Muted),
            Paragraph::painted(question, Role::Heading),
        ];
        self.put_asked()
    }

    /// The foot: lines that the next call draws over. Too long ones are cut.
    pub fn foot(&mut self, lines: &[String]) -> Result<(), Error> {
        self.clear_foot()?;
        self.drawn_in = self.term.size();
        let width = self.width();
        for line in lines {
            let line = dialoguer::console::truncate_str(line, width, "");
            self.foot.push(measure_text_width(&line));
            self.write(&line)?;
        }
        Ok(())
    }

    /// Takes the foot away. In a window made so small that it was wrapped, cut or
    /// scrolled away, nobody knows how many lines that are: it is left there and
    /// the question is put again.
    pub fn clear_foot(&mut self) -> Result<(), Error> {
        let size = self.term.size();
        let (rows, columns) = (usize::from(size.0), usize::from(size.1));
        let wrapped = self.foot.iter().any(|width| *width > columns);
        if size != self.drawn_in && (wrapped || self.foot.len() >= rows) {
            return self.put_again();
        }
        let lines = std::mem::take(&mut self.foot).len();
        self.term.clear_last_lines(lines).map_err(|why| gone(&why))
    }

    /// What was answered, in place of the foot.
    pub fn answered(&mut self, prompt: &Prompt<'_>, said: &Response) -> Result<(), Error> {
        self.clear_foot()?;
        let words = match said {
            Response::Reply(text) if text.is_empty() => return Ok(()),
            Response::Reply(text) => &prompt.mask.over(text),
            Response::Skip => "(left out)",
            Response::Back(_) => "(back)",
            Response::Review(_) => "(review)",
            Response::Quit => "(quit)",
        };
        let arrow = if self.style.unicode { "→" } else { "->" };
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

    /// All answers so far, numbered. They stay on the screen where the window holds them and
    /// `below` lines more; else they are given back as lines, to be scrolled through.
    pub fn rows(&mut self, rows: &[Row], below: usize) -> Result<Vec<String>, Error> {
        self.topic.clear();
        self.write("")?;
        self.asked = vec![Paragraph::painted("The answers", Role::Heading)];
        for (number, Row { name, words }) in rows.iter().enumerate() {
            let words: String = words
                .chars()
                .map(|c| if c.is_control() { ' ' } else { c })
                .collect();
            self.asked.push(Paragraph {
                indent: "      ",
                ..Paragraph::plain(&format!("{:>3}  {name}: {words}", number + 1))
            });
        }
        let total = count(rows.len(), "answer");
        self.asked.push(Paragraph::painted(total, Role::Muted));
        let lines = self.asked_lines();
        if lines.len() <= self.room(below) {
            self.put_asked()?;
            return Ok(Vec::new());
        }
        self.asked.clear();
        Ok(lines)
    }

    fn write(&self, line: &str) -> Result<(), Error> {
        self.term.write_line(line).map_err(|why| gone(&why))
    }
}

impl Paragraph {
    fn plain(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            role: None,
            indent: "",
        }
    }

    fn painted(text: impl Into<String>, role: Role) -> Self {
        Self {
            text: text.into(),
            role: Some(role),
            indent: "",
        }
    }
}

/// How text is set in `width` columns: a day such as 2026-05-31 is never broken.
pub fn set(width: usize) -> textwrap::Options<'static> {
    textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation)
}

fn gone(why: &std::io::Error) -> Error {
    Error::Terminal(why.to_string())
}
