//! The user at a real terminal. Only this file and its modules use dialoguer.
//!
//! Everything is written to standard error, so that a report on standard output can be piped. The
//! program draws by itself with dialoguer's `console`. Dialoguer's own prompts support neither
//! going back nor questions longer than the window.

mod input;
mod keys;
mod line_editor;
mod list;
mod menu;
mod raw_mode;
mod screen;
mod select;
mod system;

use std::collections::HashMap;
use std::io::IsTerminal;

use crate::error::Error;
use crate::interview::{Ask, Begun, Confirmed, Prompt, Response, Reviewed, Row};
use crate::report::style::Style;

use keys::Key;
use list::Ticks;
use raw_mode::Quiet;
use screen::Screen;

pub use input::another_line_at_once;
pub use menu::MenuKey;
pub use raw_mode::{is_aside, on_quit, restore};
pub use screen::wrapped;

/// The user at the terminal.
pub struct Person {
    screen: Screen,
    /// Unconfirmed answers, by question.
    begun: HashMap<String, Draft>,
    _quiet: Quiet,
}

/// An unconfirmed answer.
enum Draft {
    /// The text written so far.
    Text(String),
    /// The options ticked so far.
    Ticks(Ticks),
}

/// Whether questions can be asked. Keys come from standard input and questions go to standard
/// error, so both must be a terminal.
#[must_use]
pub fn somebody_is_there() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// The number of columns of the terminal on standard output or, if that is none, on standard error;
/// 80 if neither is a terminal.
#[must_use]
pub fn columns() -> usize {
    columns_if_any().unwrap_or(80)
}

/// The number of columns; none without a terminal.
#[must_use]
pub fn columns_if_any() -> Option<usize> {
    let of = |term: dialoguer::console::Term| {
        term.size_checked().map(|(_, columns)| usize::from(columns))
    };
    of(dialoguer::console::Term::stdout()).or_else(|| of(dialoguer::console::Term::stderr()))
}

impl Person {
    /// The user at this terminal; everything is drawn in `style`.
    #[must_use]
    pub fn new(style: Style) -> Self {
        Self {
            screen: Screen::new(style),
            begun: HashMap::new(),
            _quiet: Quiet::begin(),
        }
    }

    /// Shows a text once, above the questions.
    ///
    /// # Errors
    ///
    /// If the terminal is closed.
    pub fn greet(&mut self, words: &str) -> Result<(), Error> {
        self.screen.say(words)
    }

    /// The style for this terminal, with its current width.
    #[must_use]
    pub fn style(&self) -> Style {
        Style {
            width: self.screen.width(),
            ..self.screen.style()
        }
    }

    fn heading(&mut self, prompt: &Prompt<'_>) -> Result<(), Error> {
        if let Some(changes) = prompt.changes {
            self.screen.say(&changes.in_words())?;
        }
        if let Some(misread) = prompt.complaint {
            self.screen.complain(&misread.message, &misread.help)?;
        }
        self.screen.question(prompt)
    }
}

impl Ask for Person {
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Response, Error> {
        self.heading(prompt)?;
        let id = &prompt.asked.question.id;
        let draft = self.begun.remove(id);
        let (said, draft) = if prompt.asked.question.kind.is_picked() {
            select::choose(&mut self.screen, prompt, draft)
        } else {
            line_editor::line(&mut self.screen, prompt, draft)
        }?;
        self.screen.answered(prompt, &said)?;
        let begun = if draft.is_some() {
            Begun::Yes
        } else {
            Begun::No
        };
        self.begun.extend(draft.map(|draft| (id.clone(), draft)));
        Ok(match said {
            Response::Back(_) => Response::Back(begun),
            Response::Review(_) => Response::Review(begun),
            said => said,
        })
    }

    fn understood(&mut self, words: &str) -> Result<(), Error> {
        self.screen.understood(words)
    }

    fn confirm(&mut self, words: &str, private: bool) -> Result<Confirmed, Error> {
        self.screen.say("")?;
        if !private {
            self.screen.put(words)?;
            return select::confirm(&mut self.screen, "");
        }
        select::confirm(&mut self.screen, words)
    }

    fn review(&mut self, rows: &[Row]) -> Result<Reviewed, Error> {
        line_editor::review(&mut self.screen, rows)
    }
}

/// The meaning of a key that is the same for every question.
enum Command {
    Back,
    Help,
    NotSure,
    Decline,
    Skip,
    Review,
    Quit,
}

fn command(key: &Key) -> Option<Command> {
    Some(match key {
        Key::Escape | Key::Char('<') => Command::Back,
        Key::Char('?') => Command::Help,
        Key::Char('u' | 'U') => Command::NotSure,
        Key::Char('p' | 'P') => Command::Decline,
        Key::Char('s' | 'S') => Command::Skip,
        Key::Char('r' | 'R') => Command::Review,
        Key::Char('q' | 'Q') => Command::Quit,
        _ => return None,
    })
}
