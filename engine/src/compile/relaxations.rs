//! Rules that a relaxation touches: their relaxed form as long as it holds,
//! their strict form from the day after.
//!
//! The rules are resolved once for each stretch of days in which the same
//! relaxations hold. Where a rule comes out the same in two stretches, one form
//! stands for both; a rule that no relaxation touches has a single form.

use crate::diagnostic::Problems;
use std::collections::HashMap;

use crate::date::Date;
use crate::overlay;
use crate::pack;
use crate::pack::Pack;
use crate::plan::{Relaxation, Rule, Suspension};

use super::sentences::Resolver;
use super::symbols::Symbols;
use super::{facts, rules};

/// The rules as some relaxations make them, by id.
type Forms = HashMap<String, Rule>;

/// Every form of the `strict` rules, each behind those that hold before it.
pub fn forms(pack: &Pack, strict: Vec<Rule>, problems: &mut Problems) -> Vec<Rule> {
    let relaxations = &pack.overlay.relaxations;
    if relaxations.is_empty() {
        return strict;
    }
    let mut ends: Vec<Date> = relaxations.iter().map(|one| one.until.value).collect();
    ends.sort_unstable();
    ends.dedup();
    let stretches: Vec<(Date, Forms)> = ends
        .into_iter()
        .map(|end| {
            let still = |one: &pack::Relaxation| one.until.value >= end;
            (end, resolved(pack, |_, one| still(one), problems))
        })
        .collect();
    let alone: Vec<Forms> = (0..relaxations.len())
        .map(|own| resolved(pack, |number, _| number == own, problems))
        .collect();
    let mut all = Vec::new();
    for rule in strict {
        let touches = |forms: &Forms| forms.get(&rule.id) != Some(&rule);
        let by: Vec<usize> = (0..alone.len())
            .filter(|number| alone.get(*number).is_some_and(touches))
            .collect();
        if by.is_empty() {
            all.push(rule);
        } else {
            all.extend(in_turn(&rule, &by, &stretches));
        }
    }
    all
}

fn resolved(
    pack: &Pack,
    holds: impl Fn(usize, &pack::Relaxation) -> bool,
    problems: &mut Problems,
) -> Forms {
    let relaxed = overlay::with(pack, holds);
    let names = Symbols::of(&relaxed);
    // What is wrong with a fact was told where the rules are strict.
    let facts = facts::resolve(&relaxed, &names, &mut Vec::new());
    let look = Resolver {
        names: &names,
        facts: &facts,
        sources: &relaxed.sources,
    };
    let rules = rules::resolve(&relaxed, &look, problems);
    let by_id = rules.into_iter().map(|rule| (rule.id.clone(), rule));
    by_id.collect()
}

/// The forms of one rule, the strict one last.
fn in_turn(strict: &Rule, by: &[usize], stretches: &[(Date, Forms)]) -> Vec<Rule> {
    // What holds from which day on, the same in a row only once.
    let mut runs: Vec<(Option<Date>, Option<&Rule>)> = Vec::new();
    let mut from = None;
    let relaxed = stretches
        .iter()
        .map(|(end, forms)| (Some(*end), forms.get(&strict.id)));
    for (end, form) in relaxed.chain([(None, Some(strict))]) {
        if runs.last().is_none_or(|(_, last)| *last != form) {
            runs.push((from, form));
        }
        from = end.map(|end| end.plus_days(1));
    }
    let ends = runs
        .iter()
        .skip(1)
        .map(|(from, _)| from.map(|day| day.plus_days(-1)));
    let ends: Vec<Option<Date>> = ends.chain([None]).collect();
    let mut all = Vec::new();
    for ((from, form), to) in runs.iter().zip(ends) {
        let Some(form) = form else {
            continue;
        };
        let aside = to.is_none().then(|| Suspension {
            by: by.to_vec(),
            from: strict.from,
        });
        all.push(Rule {
            from: form.from.max(*from),
            to: match (form.to, to) {
                (Some(own), Some(end)) => Some(own.min(end)),
                (own, end) => own.or(end),
            },
            set_aside: aside,
            ..(*form).clone()
        });
    }
    all
}

/// The relaxations of `pack` whose rules came out as `rules`.
pub fn relaxations(pack: &Pack, rules: &[Rule]) -> Vec<Relaxation> {
    // A rule that is private in one of its forms is kept from the desk in all.
    let hidden = |id: &str| rules.iter().any(|rule| rule.private && rule.id == id);
    let private = |number: usize| {
        let mut touched = rules.iter().filter(|rule| {
            let aside = rule.set_aside.as_ref();
            aside.is_some_and(|aside| aside.by.contains(&number))
        });
        touched.any(|rule| hidden(&rule.id))
    };
    let all = pack.overlay.relaxations.iter().enumerate();
    all.map(|(number, one)| Relaxation {
        reason: one.reason.clone(),
        owner: one.owner.clone(),
        until: one.until.value,
        private: private(number),
    })
    .collect()
}
