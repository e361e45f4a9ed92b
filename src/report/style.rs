//! Colour by role, at the very edge; plain when told so.

use colored::{ColoredString, Colorize};

use candidacy_engine::verdict::Verdict;

/// The widest that lines get.
const WIDEST: usize = 100;

/// How a stream is written to: decided once, where the stream is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether escape codes may be written.
    pub colour: bool,
    /// Whether signs beyond ASCII may be written.
    pub unicode: bool,
    /// How many columns there are.
    pub width: usize,
}

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A verdict's own words.
    Verdict(Verdict),
    /// A heading.
    Heading,
    /// What may be passed over.
    Muted,
    /// What went wrong.
    Wrong,
    /// What went right.
    Right,
}

impl Style {
    /// Plain text, `width` columns: what tests and files get.
    #[must_use]
    pub fn plain(width: usize) -> Self {
        Self {
            colour: false,
            unicode: true,
            width,
        }
    }

    /// `text` in the colour of its role.
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

    /// How wide lines get: longer ones are hard to read, however wide the window is.
    #[must_use]
    pub fn columns(self) -> usize {
        self.width.clamp(20, WIDEST)
    }

    /// `words` in lines, the first behind `lead` and the others as far in.
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

    /// The sign of a verdict: says the same as its colour, for whoever sees none.
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

/// Makes `colored` obey us instead of looking at standard output itself: what
/// is painted is painted, and only a coloured [`Style`] paints.
pub fn obey() {
    colored::control::set_override(true);
}
