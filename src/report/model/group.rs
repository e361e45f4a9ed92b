//! Findings that wait for the same answers, told together.
//!
//! One question left open (which medicines?) can leave a dozen rules undecided.
//! At the desk a dozen reasons would bury the one thing to do: find out.

use super::{Because, Reason};

/// What is told at one place of a list of findings.
#[derive(Debug)]
pub enum FindingGroup<'a, 'r> {
    /// One finding by itself.
    One(&'r Reason<'a>),
    /// Findings that lack the same answers, two or more of them.
    Waiting {
        /// The answers they lack.
        missing: &'r [Because<'a>],
        /// The findings, in their order.
        reasons: Vec<&'r Reason<'a>>,
    },
}

/// The findings as the desk is told them: none is left out, and each stands
/// where the first of those it is told with stands.
#[must_use]
pub fn together<'a, 'r>(findings: &'r [Reason<'a>]) -> Vec<FindingGroup<'a, 'r>> {
    let mut told: Vec<FindingGroup<'a, 'r>> = Vec::new();
    for reason in findings {
        if !waits(reason) {
            told.push(FindingGroup::One(reason));
            continue;
        }
        let with = told.iter_mut().find_map(|earlier| match earlier {
            FindingGroup::Waiting { missing, reasons } if same(missing, &reason.because) => {
                Some(reasons)
            }
            _ => None,
        });
        match with {
            Some(reasons) => reasons.push(reason),
            None => told.push(FindingGroup::Waiting {
                missing: &reason.because,
                reasons: vec![reason],
            }),
        }
    }
    let alone = |one| match one {
        FindingGroup::Waiting { reasons, .. } if reasons.len() == 1 => {
            reasons.first().copied().map(FindingGroup::One)
        }
        other => Some(other),
    };
    told.into_iter().filter_map(alone).collect()
}

/// Whether a finding asks for nothing yet but an answer that may be named.
fn waits(reason: &Reason<'_>) -> bool {
    !reason.calls_for_action() && !reason.because.is_empty()
}

fn same(one: &[Because<'_>], other: &[Because<'_>]) -> bool {
    let told = |because: &Because<'_>| (because.question.to_owned(), because.answer.clone());
    one.iter().map(told).eq(other.iter().map(told))
}

#[cfg(test)]
mod tests {
    use super::{FindingGroup, together};
    use crate::report::model::{View, sheet};
    use crate::report::test_support::{day, plan};
    use candidacy_engine::assess::assess;

    const PACK: &str = "\
questions:
  - {id: acne, ask: Acne?, type: yes-no}
  - {id: keloid, ask: Keloid?, type: yes-no}
  - {id: virus, ask: Virus?, type: yes-no}
rules:
  - {id: one, grade: relative, when: acne is yes, why: w, sources: [P4]}
  - {id: other, grade: absolute, when: keloid is yes, why: w, sources: [P4]}
  - {id: two, grade: absolute, when: acne is yes, why: w, sources: [P4]}
  - {id: hidden, grade: absolute, when: virus is yes, private: yes, why: w, sources: [P4]}
  - {id: care, grade: precaution, when: acne is yes, why: w, sources: [P4]}
";

    #[test]
    fn what_waits_for_the_same_answer_is_told_together_and_nothing_is_left_out() {
        let plan = plan(PACK);
        let answers = plan.blank_answers();
        let assessment = assess(&plan, &answers, day("2026-11-20"));
        let sheet = sheet(&plan, &answers, &assessment, View::Desk);
        let told: Vec<String> = together(&sheet.findings)
            .iter()
            .map(|told| match told {
                FindingGroup::One(reason) => reason.rule.to_owned(),
                FindingGroup::Waiting { missing, reasons } => {
                    let rules: Vec<&str> = reasons.iter().map(|reason| reason.rule).collect();
                    let asked: Vec<&str> = missing.iter().map(|one| one.question).collect();
                    format!("{}: {}", asked.join(" "), rules.join(" "))
                }
            })
            .collect();
        assert_eq!(told, ["acne: one two", "other", "private", "care"]);
    }
}
