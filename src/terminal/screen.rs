//! The content of the screen, and the block at its bottom that is redrawn.

use dialoguer::console::{Term, measure_text_width};

use crate::error::Error;
use crate::interview::{Prompt, Response, Row};
use crate::report::phrases::count;
use crate::report::style::{Role, Style};

use super::input::Input;
use super::keys::Key;
use super::raw_mode;

/// The terminal, and the part of it that is redrawn.
pub struct Screen {
    term: Term,
    style: Style,
    input: Input,
    /// The widths of the lines in the bottom block, in columns.
    foot: Vec<usize>,
    /// The rows and columns of the window when it was drawn.
    drawn_in: (u16, u16),
    /// The topic shown last.
    topic: String,
    /// The current question, for showing it again.
    asked: Vec<Paragraph>,
}

/// A paragraph that is wrapped to the width of the window.
struct Paragraph {
    text: String,
    role: Option<Role>,
    /// The beginning of its lines after the first.
    indent: &'static str,
}

/// Maximum width of questions, even in a wider window.
const WIDEST: usize = 80;

impl Screen {
    /// A new screen.
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

    /// The usable columns: one is left free, so that the terminal never wraps lines itself.
    pub fn width(&self) -> usize {
        let columns = usize::from(self.term.size().1);
        columns.saturating_sub(1).clamp(10, WIDEST)
    }

    /// The number of lines that fit the bottom block below `above` other lines. What has scrolled
    /// out of the window cannot be redrawn.
    pub fn room(&self, above: usize) -> usize {
        let rows = usize::from(self.term.size().0);
        rows.saturating_sub(above + 1)
    }

    /// The style for the screen, such as whether characters beyond ASCII may be written.
    pub fn style(&self) -> Style {
        self.style
    }

    /// The next key. Keys for which `acts` is true only count if they were typed separately. None
    /// if the question only has to be redrawn.
    pub fn key(&mut self, acts: impl Fn(&Key) -> bool) -> Result<Option<Key>, Error> {
        match self.input.key(acts) {
            Ok(Key::Interrupt) => Err(Error::BrokenOff),
            Ok(Key::Suspend) => {
                raw_mode::step_back();
                // Output of other programs stays above.
                self.put_again()?;
                Ok(None)
            }
            Ok(key) => Ok(Some(key)),
            Err(why) => Err(gone(&why)),
        }
    }

    /// Whether another key has been received already, so that drawing can wait.
    pub fn hurries(&self) -> bool {
        self.input.waits()
    }

    /// Clears the screen: its content is gone and cannot be scrolled to.
    pub fn clear(&mut self) -> Result<(), Error> {
        self.foot.clear();
        self.asked.clear();
        self.topic.clear();
        self.term
            .write_str(raw_mode::CLEAR)
            .map_err(|why| gone(&why))
    }

    /// Writes lines without changes.
    pub fn lines(&mut self, text: &str) -> Result<(), Error> {
        text.lines().try_for_each(|line| self.write(line))
    }

    /// Shows the question again below the current content of the screen.
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

    /// Shows a paragraph that is not redrawn.
    pub fn say(&mut self, words: &str) -> Result<(), Error> {
        for line in textwrap::wrap(words, set(self.width())) {
            self.write(&line)?;
        }
        Ok(())
    }

    /// Shows why the last answer could not be read.
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

    /// Shows a question that is not in the plan.
    pub fn put(&mut self, words: &str) -> Result<(), Error> {
        self.asked = vec![Paragraph::plain(words)];
        self.put_asked()
    }

    /// Shows the topic, if it is new, then the question and the progress.
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

    /// Draws the bottom block, which the next call replaces. Lines that are too long are cut.
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

    /// Removes the bottom block. If the window was made so small that lines wrapped, were cut or
    /// scrolled away, their number is not known. The block then stays, and the question is shown
    /// again.
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

    /// Shows the answer in place of the bottom block.
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

    /// Shows how an answer was read.
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

    /// Shows all answers so far, numbered. If the window has room for them and `below` more lines,
    /// they stay on the screen. Otherwise they are returned as lines to scroll through.
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

/// Wraps text that is written line by line to the width of the terminal.
#[must_use]
pub fn wrapped(words: &str) -> String {
    let columns = usize::from(Term::stderr().size().1);
    textwrap::fill(words, set(columns.saturating_sub(1).max(10)))
}

/// Wraps text to `width` columns without breaking a day such as 2026-05-31.
pub fn set(width: usize) -> textwrap::Options<'static> {
    textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation)
}

fn gone(why: &std::io::Error) -> Error {
    Error::Terminal(why.to_string())
}
