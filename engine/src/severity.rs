//! Defines which verdict is less severe than another, and which is only settled.
//!
//! `check`, `prove` and `diff` all use this definition to compare two versions of the rules
//! (`check` compares two versions of one rule). The manual (`docs/rules.md`) states it in words.
//!
//! A verdict that is lower in the order of [`Verdict`] is less severe, with one exception: it is
//! *settled* if the patient was sent to the dermatologist only because something was unknown, and
//! is now deferred because that no longer matters. Then a rule applies that is at least as severe
//! as every rule that was undecided before. With complete answers, the patient would have got no
//! more severe verdict before. If a patient is no longer refused, or treatment may now go ahead,
//! the verdict is never only settled.

use super::date::Date;
use super::evaluate::Patient;
use super::plan::Rule;
use super::truth::Truth;
use super::verdict::{Grade, Verdict};

/// How a verdict differs from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It is less severe.
    LessSevere,
    /// It was undecided before, and now defers the patient.
    Settled,
    /// It is the same.
    Same,
    /// It is more severe.
    MoreSevere,
}

/// A rule that applies to a patient, or is undecided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The grade of the rule.
    pub grade: Grade,
    /// The grade that it counts as; another one while it is undecided.
    pub counts_as: Grade,
    /// Whether it applies.
    pub applies: bool,
}

/// How a patient's verdict under one version of the rules differs from the verdict under the
/// version before. Both are for the same patient.
#[must_use]
pub fn change(before: &Patient<'_>, after: &Patient<'_>, day: Date) -> Change {
    compare(
        (before.verdict(day), &counted(before, day)),
        (after.verdict(day), &counted(after, day)),
    )
}

/// How the verdict changes for a patient to whom only one rule matters, which has the result
/// `truth` before and after. For each version, the grade and the grade while undecided are given.
#[must_use]
pub fn of_rule(before: (Grade, Grade), after: (Grade, Grade), truth: Truth) -> Change {
    let [before, after] = [before, after].map(|(grade, if_unsure)| {
        let counted = Counted::of(grade, if_unsure, truth);
        let verdict = counted.map_or(Verdict::Eligible, |rule| rule.counts_as.verdict());
        (verdict, counted)
    });
    compare(
        (before.0, before.1.as_slice()),
        (after.0, after.1.as_slice()),
    )
}

fn counted(patient: &Patient<'_>, day: Date) -> Vec<Counted> {
    let rules = patient.plan.rules.iter();
    let counted = |rule: &Rule| {
        let truth = patient.rule(rule, day);
        Counted::of(rule.grade, rule.if_unsure, truth)
    };
    rules.filter_map(counted).collect()
}

impl Counted {
    /// A rule of this grade with the result `truth`; none if the result is no.
    #[must_use]
    pub fn of(grade: Grade, if_unsure: Grade, truth: Truth) -> Option<Self> {
        let (counts_as, applies) = match truth {
            Truth::Yes => (grade, true),
            Truth::Unknown => (if_unsure, false),
            Truth::No => return None,
        };
        Some(Self {
            grade,
            counts_as,
            applies,
        })
    }
}

/// The same for all rules that count before and after, each with the verdict.
#[must_use]
pub fn compare(before: (Verdict, &[Counted]), after: (Verdict, &[Counted])) -> Change {
    match after.0.cmp(&before.0) {
        std::cmp::Ordering::Equal => Change::Same,
        std::cmp::Ordering::Greater => Change::MoreSevere,
        std::cmp::Ordering::Less if is_settled(before, after) => Change::Settled,
        std::cmp::Ordering::Less => Change::LessSevere,
    }
}

fn is_settled(before: (Verdict, &[Counted]), after: (Verdict, &[Counted])) -> bool {
    if (before.0, after.0) != (Verdict::DermatologistReview, Verdict::Deferred) {
        return false;
    }
    let applying = after.1.iter().filter(|rule| rule.applies);
    let sure = applying.map(|rule| rule.grade).max();
    let mut more_severe = before
        .1
        .iter()
        .filter(|rule| rule.counts_as > Grade::Temporary)
        .peekable();
    // If no single rule counts for that much, undecided rules lead there with every possible
    // answer.
    more_severe.peek().is_some()
        && more_severe.all(|rule| !rule.applies && Some(rule.grade) <= sure)
}

#[cfg(test)]
mod tests {
    use super::{Change, Counted, compare, of_rule};
    use crate::truth::Truth::{self, Unknown, Yes};
    use crate::verdict::Grade::{self, Absolute, Precaution, Relative, Temporary};
    use crate::verdict::Verdict;

    type Standing<'a> = &'a [(Grade, Grade, Truth)];

    fn counted(rules: Standing<'_>) -> Vec<Counted> {
        let rules = rules.iter();
        rules
            .filter_map(|(grade, if_unsure, truth)| Counted::of(*grade, *if_unsure, *truth))
            .collect()
    }

    #[test]
    fn less_severe_and_settled() {
        #[track_caller]
        fn case(before: Standing<'_>, after: Standing<'_>, expected: Change) {
            let (before, after) = (counted(before), counted(after));
            let verdict = |rules: &[Counted]| {
                let grades = rules.iter().map(|rule| rule.counts_as);
                grades.max().map_or(Verdict::Eligible, Grade::verdict)
            };
            let (was, is) = (verdict(&before), verdict(&after));
            assert_eq!(compare((was, &before), (is, &after)), expected);
        }

        let unsure = (Temporary, Relative, Unknown);
        let waits = (Temporary, Relative, Yes);
        case(&[], &[], Change::Same);
        case(&[], &[waits], Change::MoreSevere);
        case(&[waits], &[], Change::LessSevere);
        case(&[waits], &[unsure], Change::MoreSevere);
        // A longer wait decides what was undecided.
        case(&[unsure], &[waits], Change::Settled);
        case(
            &[(Precaution, Relative, Unknown)],
            &[(Precaution, Relative, Yes)],
            Change::LessSevere,
        );
        case(
            &[(Temporary, Absolute, Unknown)],
            &[(Temporary, Absolute, Yes)],
            Change::LessSevere,
        );
        // A shorter one does too, the other way.
        case(&[unsure], &[], Change::LessSevere);
        // What was undecided could have been more severe than the rule that applies now.
        case(
            &[(Absolute, Relative, Unknown)],
            &[waits],
            Change::LessSevere,
        );
        case(
            &[(Relative, Relative, Unknown)],
            &[waits],
            Change::LessSevere,
        );
        // It is still undecided, and counts for less.
        case(
            &[unsure],
            &[(Temporary, Temporary, Unknown)],
            Change::LessSevere,
        );
        case(
            &[waits, (Absolute, Relative, Unknown)],
            &[waits, (Absolute, Temporary, Unknown)],
            Change::LessSevere,
        );
        // Rules that did not make the verdict so severe do not matter.
        case(
            &[(Absolute, Precaution, Unknown), unsure],
            &[(Absolute, Precaution, Unknown), waits],
            Change::Settled,
        );
    }

    #[test]
    fn the_only_rule_that_counts() {
        #[track_caller]
        fn case(before: (Grade, Grade), after: (Grade, Grade), truth: Truth, expected: Change) {
            assert_eq!(of_rule(before, after, truth), expected);
        }

        let usual = (Temporary, Relative);
        case(usual, usual, Yes, Change::Same);
        case(usual, (Precaution, Precaution), Yes, Change::LessSevere);
        case(usual, (Precaution, Precaution), Unknown, Change::LessSevere);
        case(usual, (Relative, Relative), Yes, Change::MoreSevere);
        case(usual, (Relative, Relative), Unknown, Change::Same);
        // While undecided it defers, and no more is known than before.
        case(usual, (Temporary, Temporary), Unknown, Change::LessSevere);
        case(usual, (Temporary, Absolute), Unknown, Change::MoreSevere);
        case(usual, (Precaution, Precaution), Truth::No, Change::Same);
    }

    #[test]
    fn a_verdict_that_no_complete_answers_avoid_is_not_settled_by_less() {
        let undecided = counted(&[(Absolute, Relative, Unknown)]);
        let before = (Verdict::NotEligible, undecided.as_slice());
        let after = (Verdict::DermatologistReview, undecided.as_slice());
        assert_eq!(compare(before, after), Change::LessSevere);
        assert_eq!(compare(after, before), Change::MoreSevere);
    }
}
