//! Counts the questions that may follow.

use candidacy_engine::condition::{Condition, Test};
use candidacy_engine::date::Date;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::truth::Truth;

use super::Interview;

impl Interview<'_> {
    /// The greatest number of questions that any answers to the question `at` and later ones can
    /// lead to. A question does not count if it is unknown whether it applies and the question that
    /// decides this is already answered.
    pub(super) fn at_most(&self, at: usize) -> usize {
        let patient = Patient::new(self.plan, &self.answers, self.as_of);
        let mut free: Vec<bool> = Vec::with_capacity(self.plan.questions.len());
        let mut count = 0;
        for (question, asked) in self.plan.questions.iter().enumerate() {
            let may_be = |condition| {
                possible(condition, &mut |test| {
                    if free.get(test.question) == Some(&true) {
                        return (true, true);
                    }
                    let truth = patient.test(test, Date::EARLIEST);
                    (truth == Truth::Yes, truth == Truth::No)
                })
            };
            let comes = asked.gate.as_ref().is_none_or(|gate| may_be(gate).0);
            let comes = comes && !self.left_out(question);
            free.push(comes && (question == at || self.waits(question)));
            count += usize::from(comes);
        }
        count
    }
}

/// Whether a condition can be true, and whether it can be false, given the same two facts for each
/// of its tests.
fn possible(condition: &Condition, test: &mut impl FnMut(&Test) -> (bool, bool)) -> (bool, bool) {
    let of_all = |parts: &[Condition], test: &mut _| {
        parts.iter().fold((true, false), |(yes, no), part| {
            let part = possible(part, test);
            (yes && part.0, no || part.1)
        })
    };
    let of_any = |parts: &[Condition], test: &mut _| {
        parts.iter().fold((false, true), |(yes, no), part| {
            let part = possible(part, test);
            (yes || part.0, no && part.1)
        })
    };
    let swapped = |(yes, no)| (no, yes);
    match condition {
        Condition::Test(one) => test(one),
        Condition::All(parts) => of_all(parts, test),
        Condition::Any(parts) => of_any(parts, test),
        Condition::None(parts) => swapped(of_any(parts, test)),
        Condition::Not(part) => swapped(possible(part, test)),
    }
}
