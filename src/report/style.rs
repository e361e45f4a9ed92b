//! Colours by role; plain text if colours are off.

use colored::{ColoredString, Colorize};

use candidacy_engine::verdict::Verdict;

/// The maximum width of lines.
const WIDEST: usize = 100;

/// How to write to a stream; decided once, when the stream is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether escape codes may be written.
    pub colour: bool,
    /// Whether characters beyond ASCII may be written.
    pub unicode: bool,
    /// How many columns there are.
    pub width: usize,
}

/// The meaning of a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The words of a verdict.
    Verdict(Verdict),
    /// A heading.
    Heading,
    /// Less important text.
    Muted,
    /// An error.
    Wrong,
    /// A success.
    Right,
}

impl Style {
    /// Plain text with `width` columns, for tests and files.
    #[must_use]
    pub fn plain(width: usize) -> Self {
        Self {
            colour: false,
            unicode: true,
            width,
        }
    }

    /// `text` in the colour of its role, if colours are on.
    #[must_use]
    pub fn paint(self, role: Role, text: &str) -> String {
        if !self.colour || text.is_empty() {
            return text.to_owned();
        }
        let painted: ColoredString = match role {
            Role::Verdict(Verdict::Eligible) | Role::Right => text.green().bold(),
            Role::Verdict(Verdict::EligibleWithPrecautions) => text.cyan().bold(),
            Role::Verdict(Verdict::Deferred) => text.yellow().bold(),
            Role::Verdict(Verdict::DermatologistReview) => text.magenta().bold(),
            Role::Verdict(Verdict::NotEligible) | Role::Wrong => text.red().bold(),
            Role::Heading => text.bold(),
            Role::Muted => text.dimmed(),
        };
        painted.to_string()
    }

    /// The width of lines. It has a maximum, because long lines are hard to read in any window.
    #[must_use]
    pub fn columns(self) -> usize {
        self.width.clamp(20, WIDEST)
    }

    /// Wraps `words`; the first line begins with `lead`, the others have the same indentation.
    #[must_use]
    pub fn wrapped(self, lead: &str, words: &str, role: Option<Role>) -> String {
        let rest = " ".repeat(lead.chars().count());
        let options = textwrap::Options::new(self.columns())
            .initial_indent(lead)
            .subsequent_indent(&rest);
        let mut text = String::new();
        for line in textwrap::wrap(words, options) {
            let line = line.trim_end();
            text.push_str(&role.map_or_else(|| line.to_owned(), |role| self.paint(role, line)));
            text.push('\n');
        }
        text
    }

    /// The symbol of a verdict, with the same meaning as its colour, for readers who see no colour.
    #[must_use]
    pub fn sign(self, verdict: Verdict) -> &'static str {
        match (verdict, self.unicode) {
            (Verdict::Eligible, true) => "✓",
            (Verdict::Eligible, false) => "+",
            (Verdict::EligibleWithPrecautions, _) => "!",
            (Verdict::Deferred, true) => "▸",
            (Verdict::Deferred, false) => ">",
            (Verdict::DermatologistReview, _) => "?",
            (Verdict::NotEligible, true) => "✗",
            (Verdict::NotEligible, false) => "x",
        }
    }

    /// The sign between two steps in time.
    #[must_use]
    pub fn then(self) -> &'static str {
        if self.unicode { "▸" } else { ">" }
    }
}

/// Makes `colored` always paint, instead of checking standard output: only a coloured [`Style`]
/// calls it.
pub fn obey() {
    colored::control::set_override(true);
}
