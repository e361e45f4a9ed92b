//! How much a condition may come to once the facts it names are written out.
//!
//! Facts may lean on facts, so a short file can stand for an endless condition:
//! ten facts that each name the next one ten times. Far more than any rule needs
//! is allowed, and no more.

use crate::condition::Condition;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;

/// The most sentences that the facts of one condition may come to.
const MOST: usize = 1_000;
/// The most facts that may lean on one another in a row, and lists in lists.
const DEEPEST: usize = 64;

/// What is left of both; nothing once it was complained about.
pub struct ExpansionLimit(Option<usize>);

impl ExpansionLimit {
    /// All of it.
    pub fn new() -> Self {
        Self(Some(MOST))
    }

    /// Makes room for `fact`, named at `place`, or complains once.
    pub fn take_up(
        &mut self,
        fact: &Condition,
        place: Place,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<()> {
        let (sentences, levels) = measure(fact);
        let left = self.0?.checked_sub(sentences);
        self.0 = left.filter(|_| levels <= DEEPEST);
        if self.0.is_none() {
            let message = "these facts expand to too many conditions";
            let help = format!(
                "name fewer: at most {MOST} sentences and {DEEPEST} levels, when all are written out"
            );
            problems.push(Diagnostic::new(Code::WrongShape, place, message).help(help));
        }
        self.0.map(|_| ())
    }
}

/// The sentences in a condition, and its levels.
fn measure(condition: &Condition) -> (usize, usize) {
    match condition {
        Condition::Test(_) => (1, 0),
        Condition::Not(part) => {
            let (sentences, levels) = measure(part);
            (sentences, levels + 1)
        }
        Condition::All(parts) | Condition::Any(parts) | Condition::None(parts) => {
            let parts = parts.iter().map(measure);
            let both = parts.fold((0, 0), |all, part| (all.0 + part.0, all.1.max(part.1)));
            (both.0, both.1 + 1)
        }
    }
}
