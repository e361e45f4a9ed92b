//! Finds the relaxations that verdicts rely on.
//!
//! A verdict relies on a relaxation if it would be more severe without it while the others are
//! active. If this is true of none of them, the verdict may still be more severe without all of
//! them. Then it relies on each one that would be enough alone; if none would be enough, it relies
//! on all.

use crate::date::Date;
use crate::evaluate::Patient;
use crate::plan::{Rule, Suspension};
use crate::range;
use crate::verdict::{Grade, Verdict};

use super::Relies;

/// A rule, and the active relaxations that affect it.
struct Touched<'a> {
    id: &'a str,
    aside: &'a Suspension,
    holding: Vec<usize>,
}

/// The relaxations that verdicts on `day` rely on, judged by these rules only.
pub(super) fn on<'a>(patient: &Patient<'a>, rules: &[&'a Rule], day: Date) -> Vec<Relies> {
    let touched: Vec<Touched<'a>> = rules
        .iter()
        .filter_map(|rule| touched(patient, rule, day))
        .collect();
    let mut all = Vec::new();
    for one in &touched {
        all.extend(relied(&one.holding, |holding| {
            let form = one.aside.form(holding);
            let grade = form.and_then(|form| form.counts_as(patient.rule(form, day)));
            grade.map_or(Verdict::Eligible, Grade::verdict)
        }));
    }
    all.extend(whichever(patient, rules, &touched, day));
    all
}

fn touched<'a>(patient: &Patient<'_>, rule: &'a Rule, day: Date) -> Option<Touched<'a>> {
    let aside = rule.set_aside.as_ref()?;
    let holds = |number: &usize| {
        let relaxation = patient.plan.relaxations.get(*number);
        relaxation.is_some_and(|relaxation| day <= relaxation.until)
    };
    let holding: Vec<usize> = aside.by.iter().copied().filter(holds).collect();
    (!holding.is_empty()).then_some(Touched {
        id: &rule.id,
        aside,
        holding,
    })
}

/// The same for rules that would have a joint effect without relaxations, although each of them is
/// undecided: see [`range::whichever`].
fn whichever<'a>(
    patient: &Patient<'a>,
    rules: &[&'a Rule],
    touched: &[Touched<'a>],
    day: Date,
) -> Vec<Relies> {
    let find = |rule: &Rule| touched.iter().find(|one| one.id == rule.id);
    let untouched = rules.iter().copied().filter(|rule| find(rule).is_none());
    let strict = touched.iter().filter_map(|one| one.aside.form(&[]));
    // A rule that counts for its own grade while undecided needs no joint effect.
    let strict: Vec<&Rule> = untouched
        .chain(strict)
        .filter(|rule| rule.grade > rule.if_unsure)
        .collect();
    let mut all = Vec::new();
    if !strict.iter().any(|rule| find(rule).is_some()) {
        return all;
    }
    for (rules, _) in range::whichever(patient, strict, day, Verdict::Eligible) {
        let mut holding: Vec<usize> = rules
            .iter()
            .filter_map(|rule| find(rule))
            .flat_map(|one| one.holding.iter().copied())
            .collect();
        holding.sort_unstable();
        holding.dedup();
        all.extend(relied(&holding, |holding| {
            let forms = rules.iter().filter_map(|rule| {
                let Some(one) = find(rule) else {
                    return Some(*rule);
                };
                let own = one.holding.iter().filter(|number| holding.contains(number));
                one.aside.form(&own.copied().collect::<Vec<_>>())
            });
            range::least(patient, forms, day, Verdict::Eligible)
        }));
    }
    all
}

/// Which verdicts rely on which of `holding`; `verdict` gives the verdict while only some of them
/// are active.
fn relied(holding: &[usize], verdict: impl Fn(&[usize]) -> Verdict) -> Vec<Relies> {
    let without = |left_out: &usize| {
        let others = holding.iter().filter(|number| *number != left_out);
        verdict(&others.copied().collect::<Vec<_>>())
    };
    let strict = verdict(&[]);
    // From this verdict on, none of them is needed as long as the others are active.
    let needs_none = holding.iter().map(without).max().unwrap_or(strict);
    let alone = |number: &usize| verdict(&[*number]);
    let best_alone = holding.iter().map(alone).min().unwrap_or(strict);
    let mut all = Vec::new();
    for number in holding {
        let needed = (Verdict::Eligible, without(number));
        let one_of_several = (needs_none.max(alone(number)), strict);
        let only_together = (needs_none, strict.min(best_alone));
        for (from, below) in [needed, one_of_several, only_together] {
            all.push(Relies {
                on: *number,
                from,
                below,
            });
        }
    }
    all.retain(|one| one.from < one.below);
    all
}
