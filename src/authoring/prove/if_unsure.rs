//! The rules whose `if_unsure` is the reason why a claim fails.

use candidacy_engine::evaluate::Patient;
use candidacy_engine::pack::Pack;
use candidacy_engine::plan::{Plan, Promise, Rule};
use candidacy_engine::source::Place;
use candidacy_engine::truth::Truth;
use candidacy_engine::verdict::{Grade, Verdict};

use super::Counterexample;

/// The undecided rules because of which the verdict is not the promised one. Without their own
/// `if_unsure`, the claim would be true for this patient.
#[must_use]
pub fn responsible<'p>(plan: &'p Plan, found: &Counterexample) -> Vec<&'p Rule> {
    let Some(promise) = found.promise else {
        return Vec::new();
    };
    let (Promise::AtLeast(promised) | Promise::AtMost(promised) | Promise::Exactly(promised)) =
        promise;
    let someone = &found.someone;
    let patient = Patient::new(plan, &someone.answers, someone.as_of);
    let rules = plan
        .rules
        .iter()
        .map(|rule| (rule, patient.rule(rule, someone.as_of)));
    let has_own = |rule: &Rule, truth: Truth| {
        truth == Truth::Unknown && rule.if_unsure != rule.grade.while_undecided()
    };
    let usual = |rule: &Rule| rule.grade.while_undecided().verdict();
    if found.verdict < promised {
        // One rule that counts for enough is sufficient.
        let enough = |verdict: Verdict| match promise {
            Promise::AtLeast(_) => verdict >= promised,
            Promise::AtMost(_) | Promise::Exactly(_) => verdict == promised,
        };
        return rules
            .filter(|(rule, truth)| has_own(rule, *truth) && enough(usual(rule)))
            .map(|(rule, _)| rule)
            .collect();
    }
    // Every rule that counts for too much must be such a rule.
    let counts = |rule: &Rule, truth| rule.counts_as(truth).map(Grade::verdict);
    let too_much: Vec<_> = rules
        .filter(|(rule, truth)| counts(rule, *truth).is_some_and(|counts| counts > promised))
        .collect();
    let all = too_much
        .iter()
        .all(|(rule, truth)| has_own(rule, *truth) && usual(rule) <= promised);
    if !all {
        return Vec::new();
    }
    too_much.into_iter().map(|(rule, _)| rule).collect()
}

/// The place where a rule has its `if_unsure`: the top entry of an overlay that changes it, or the rule itself.
#[must_use]
pub fn place(pack: &Pack, rule: &str) -> Option<Place> {
    let relaxed = pack.overlay.relaxations.iter().map(|one| &one.changes);
    let layers = pack.layers().into_iter();
    let mut changes = relaxed
        .chain(layers.map(|layer| &layer.overlay.changes))
        .flatten()
        .filter(|change| change.rule.value == rule);
    if let Some(word) = changes.find_map(|change| change.if_unsure.as_ref()) {
        return Some(word.place);
    }
    let own = pack.rules.iter().find(|one| one.id.value == rule)?;
    Some(own.id.place)
}
