//! Limits the size of a condition after its facts are expanded.
//!
//! Facts may name facts, so a short file can describe an enormous condition: ten facts that each
//! name the next one ten times. The limits are far above what any rule needs.

use crate::condition::Condition;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;

/// Maximum number of sentences in the expanded facts of one condition.
const MOST: usize = 1_000;
/// Maximum depth of facts that name facts, and of nested lists.
const DEEPEST: usize = 64;

/// The remaining number of sentences; none after the problem was reported.
pub struct ExpansionLimit(Option<usize>);

impl ExpansionLimit {
    /// The full limit.
    pub fn new() -> Self {
        Self(Some(MOST))
    }

    /// Uses part of the limit for `fact`, named at `place`; reports once that it is exceeded.
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

/// The number of sentences in a condition, and its depth.
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
