//! A person at a real terminal: the only file that names dialoguer.
//!
//! Everything goes to standard error, so that a report on standard output can
//! be piped. The drawing is ours, on dialoguer's own `console`: its prompts know
//! neither a way back nor a question longer than the window.

mod line_editor;
mod list;
mod raw_mode;
mod screen;
mod select;

use std::io::IsTerminal;

use dialoguer::console::Key;

use crate::error::Error;
use crate::interview::{Ask, Prompt, Response, Reviewed};
use crate::report::style::Style;
use candidacy_engine::plan::Plan;
use candidacy_engine::question::Kind;

use raw_mode::Quiet;
use screen::Screen;

pub use raw_mode::restore;

/// A person at the terminal.
pub struct Person {
    screen: Screen,
    _quiet: Quiet,
}

/// Whether there is somebody to ask: keys come from standard input and
/// questions go to standard error, so both must be a terminal.
#[must_use]
pub fn somebody_is_there() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// How many columns the terminal behind standard output, or else standard
/// error, has; 80 where there is none.
#[must_use]
pub fn columns() -> usize {
    let of = |term: dialoguer::console::Term| {
        term.size_checked().map(|(_, columns)| usize::from(columns))
    };
    of(dialoguer::console::Term::stdout())
        .or_else(|| of(dialoguer::console::Term::stderr()))
        .unwrap_or(80)
}

impl Person {
    /// The person at this terminal, drawn for in `style`.
    #[must_use]
    pub fn new(style: Style) -> Self {
        Self {
            screen: Screen::new(style),
            _quiet: Quiet::begin(),
        }
    }

    /// Says something once, above the questions.
    ///
    /// # Errors
    ///
    /// When the terminal goes away.
    pub fn greet(&mut self, words: &str) -> Result<(), Error> {
        self.screen.say(words)
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
        let said = match &prompt.asked.question.kind {
            Kind::YesNo | Kind::Choice(_) | Kind::Choices(_) => {
                select::choose(&mut self.screen, prompt)
            }
            _ => line_editor::line(&mut self.screen, prompt),
        }?;
        self.screen.answered(prompt, &said)?;
        Ok(said)
    }

    fn understood(&mut self, words: &str) -> Result<(), Error> {
        self.screen.understood(words)
    }

    fn confirm(&mut self, words: &str) -> Result<bool, Error> {
        self.screen.say("")?;
        self.screen.say(words)?;
        select::confirm(&mut self.screen)
    }

    fn review(&mut self, plan: &Plan, rows: &[(usize, String)]) -> Result<Reviewed, Error> {
        self.screen.rows(plan, rows)?;
        line_editor::review(&mut self.screen, rows.len())
    }
}

/// What a key means on every question.
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
