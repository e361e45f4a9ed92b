//! The least severe verdict of complete answers, without trying all of them.

use crate::answer::Answers;
use crate::evaluate::Patient;
use crate::truth::Truth;
use crate::verdict::Verdict;

use super::{Component, MOST_WAYS};

impl Component<'_> {
    /// The least severe verdict of complete answers, if it is `above` or more severe; otherwise
    /// `above`. It is also `above` if there is too much to try.
    pub fn least(&self, patient: &Patient<'_>, above: Verdict) -> Verdict {
        let mut left = MOST_WAYS;
        let mut answers = self.answers.clone();
        let mut levels = Verdict::ALL.into_iter().filter(|level| *level >= above);
        let least = levels.find(|level| self.allows(patient, &mut answers, 0, *level, &mut left));
        least.filter(|_| left > 0).unwrap_or(above)
    }

    /// Whether the parts from `place` on can be such that no rule leads to a verdict more severe
    /// than `level`. A choice that already leads there is not tried further.
    fn allows(
        &self,
        patient: &Patient<'_>,
        answers: &mut Answers,
        place: usize,
        level: Verdict,
        left: &mut usize,
    ) -> bool {
        *left = left.saturating_sub(1);
        if *left == 0 {
            return true;
        }
        let supposed = Patient::new(patient.plan, answers, self.as_of);
        let mut severe = self.rules.iter().filter(|r| r.grade.verdict() > level);
        if severe.any(|rule| supposed.rule(rule, self.as_of) == Truth::Yes) {
            return false;
        }
        let Some(unknown_part) = self.unknown_parts.get(place) else {
            return self.can_be(patient, answers) && self.days_can_be(patient, &supposed);
        };
        let mut allows = false;
        if self.does_not_apply(patient, *unknown_part, answers) {
            unknown_part.rule_out(patient, answers);
            allows = self.allows(patient, answers, place + 1, level, left);
        } else {
            for cell in self.cells_of(place) {
                unknown_part.put(cell, patient, answers);
                allows = self.allows(patient, answers, place + 1, level, left);
                if allows {
                    break;
                }
            }
        }
        unknown_part.clear(patient, answers);
        allows
    }
}
