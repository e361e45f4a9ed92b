//! Which answers the front desk must not see: those that private rules read.

use std::collections::HashSet;

use super::condition::{Check, Condition, Test};
use super::plan::Asked;

/// The private parts of answers.
#[derive(Clone, Debug, Default)]
pub struct Private {
    /// The parts that private rules read.
    parts: HashSet<Part>,
    /// Questions that are asked only after a private answer, by number: to know
    /// their answer is to know that one.
    gated: HashSet<usize>,
}

/// A part of an answer: a question, and which of its options or groups; none for the whole answer.
type Part = (usize, Option<usize>);

impl Private {
    /// What is private of these questions if the conditions read private answers.
    #[must_use]
    pub fn of<'a>(
        conditions: impl IntoIterator<Item = &'a Condition>,
        questions: &[Asked],
    ) -> Self {
        let mut private = Self::default();
        for condition in conditions {
            private.parts.extend(parts(condition));
        }
        // A gate reads earlier questions only.
        for (number, asked) in questions.iter().enumerate() {
            if asked.gate.as_ref().is_some_and(|gate| private.reads(gate)) {
                private.gated.insert(number);
            }
        }
        private
    }

    /// Whether nothing is private.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether the condition reads something private.
    #[must_use]
    pub fn reads(&self, condition: &Condition) -> bool {
        parts(condition).iter().any(|part| self.has(*part))
    }

    /// Whether the whole answer to the question is private.
    #[must_use]
    pub fn hides(&self, question: usize) -> bool {
        self.has((question, None))
    }

    /// Whether an answer to the question is private for this option or group.
    #[must_use]
    pub fn hides_part(&self, question: usize, part: usize) -> bool {
        self.has((question, Some(part)))
    }

    fn has(&self, part: Part) -> bool {
        self.gated.contains(&part.0) || self.parts.contains(&part)
    }

    /// Whether the question is asked only after a private answer.
    #[must_use]
    pub fn is_gated(&self, question: usize) -> bool {
        self.gated.contains(&question)
    }
}

/// The parts of answers that a condition reads.
fn parts(condition: &Condition) -> Vec<Part> {
    condition.tests().into_iter().flat_map(parts_of).collect()
}

fn parts_of(test: &Test) -> Vec<Part> {
    match &test.check {
        Check::IncludesAny(parts) | Check::IncludesAll(parts) | Check::Takes(parts) => parts
            .iter()
            .map(|part| (test.question, Some(*part)))
            .collect(),
        _ => vec![(test.question, None)],
    }
}
