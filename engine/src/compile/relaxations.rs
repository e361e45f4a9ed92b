//! Resolves rules that a relaxation changes: the relaxed form while it is active, and the strict
//! form from the next day on.
//!
//! The rules are resolved once for each relevant set of relaxations. If a rule is equal in two
//! consecutive ranges of days, one form covers both. A rule that no relaxation changes has a single
//! form.

use crate::diagnostic::Problems;
use std::collections::HashMap;

use crate::date::Date;
use crate::overlay;
use crate::pack::Pack;
use crate::plan::{Partly, Relaxation, Rule, Suspension};

use super::left_out::Answerer;
use super::sentences::Resolver;
use super::symbols::Symbols;
use super::{facts, rules};

/// The rules under some relaxations, by id.
type Forms = HashMap<String, Rule>;

/// The rules for each set of relaxations that was requested.
struct Resolved<'a> {
    pack: &'a Pack,
    answerer: Answerer<'a>,
    known: HashMap<Vec<usize>, Forms>,
}

/// All forms of the `strict` rules; each strict form comes after its relaxed ones.
pub fn forms(
    pack: &Pack,
    strict: Vec<Rule>,
    answerer: Answerer<'_>,
    problems: &mut Problems,
) -> Vec<Rule> {
    let count = pack.overlay.relaxations.len();
    if count == 0 {
        return strict;
    }
    let mut resolved = Resolved {
        pack,
        answerer,
        known: HashMap::new(),
    };
    let mut all = Vec::new();
    for rule in strict {
        let mut by = Vec::new();
        for number in 0..count {
            let form = resolved.form(&rule.id, &[number], problems);
            if form.as_ref() != Some(&rule) {
                by.push(number);
            }
        }
        if by.is_empty() {
            all.push(rule);
        } else {
            all.extend(in_turn(&rule, &by, &mut resolved, problems));
        }
    }
    all
}

impl Resolved<'_> {
    /// The rule `id` while exactly these relaxations are active; none if they drop it.
    fn form(&mut self, id: &str, holding: &[usize], problems: &mut Problems) -> Option<Rule> {
        if !self.known.contains_key(holding) {
            let holds = |number: usize| holding.contains(&number);
            let forms = resolved(self.pack, self.answerer, holds, problems);
            self.known.insert(holding.to_vec(), forms);
        }
        self.known.get(holding)?.get(id).cloned()
    }
}

fn resolved(
    pack: &Pack,
    answerer: Answerer<'_>,
    holds: impl Fn(usize) -> bool,
    problems: &mut Problems,
) -> Forms {
    let relaxed = overlay::with(pack, |number, _| holds(number));
    let names = Symbols::of(&relaxed);
    // The problems of facts were reported with the strict rules.
    let facts = facts::resolve(&relaxed, &names, &mut Vec::new());
    let look = Resolver {
        names: &names,
        facts: &facts,
        sources: &relaxed.sources,
    };
    let mut rules = rules::resolve(&relaxed, &look, problems);
    answerer.put(&relaxed, &mut rules);
    let by_id = rules.into_iter().map(|rule| (rule.id.clone(), rule));
    by_id.collect()
}

/// The forms of one rule in time order, the strict one last.
fn in_turn(
    strict: &Rule,
    by: &[usize],
    resolved: &mut Resolved<'_>,
    problems: &mut Problems,
) -> Vec<Rule> {
    let relaxations = &resolved.pack.overlay.relaxations;
    let until = |number: &usize| relaxations.get(*number).map(|one| one.until.value);
    let mut ends: Vec<Date> = by.iter().filter_map(until).collect();
    ends.sort_unstable();
    ends.dedup();
    // The active relaxations in each range of days.
    let stretches: Vec<(Date, Vec<usize>)> = ends
        .into_iter()
        .map(|end| {
            let holding = by.iter().filter(|number| until(number) >= Some(end));
            (end, holding.copied().collect())
        })
        .collect();

    // Each form with its first day; equal consecutive forms are merged.
    let mut runs: Vec<(Option<Date>, Option<Rule>)> = Vec::new();
    let mut from = None;
    for (end, holding) in &stretches {
        let form = resolved.form(&strict.id, holding, problems);
        if runs.last().is_none_or(|(_, last)| *last != form) {
            runs.push((from, form));
        }
        from = Some(end.plus_days(1));
    }
    if runs
        .last()
        .is_none_or(|(_, last)| last.as_ref() != Some(strict))
    {
        runs.push((from, Some(strict.clone())));
    }
    let ends = runs
        .iter()
        .skip(1)
        .map(|(from, _)| from.map(|day| day.plus_days(-1)));
    let ends: Vec<Option<Date>> = ends.chain([None]).collect();
    let forms = partly(strict, by, &stretches, resolved, problems);
    let mut all = Vec::new();
    for ((from, form), to) in runs.iter().zip(ends) {
        let Some(form) = form else {
            continue;
        };
        let aside = to.is_none().then(|| Suspension {
            by: by.to_vec(),
            forms: forms.clone(),
        });
        all.push(Rule {
            from: form.from.max(*from),
            to: match (form.to, to) {
                (Some(own), Some(end)) => Some(own.min(end)),
                (own, end) => own.or(end),
            },
            set_aside: aside,
            ..form.clone()
        });
    }
    all
}

/// The rule with fewer relaxations than are active: with none, without each one, and with each one
/// alone.
fn partly(
    strict: &Rule,
    by: &[usize],
    stretches: &[(Date, Vec<usize>)],
    resolved: &mut Resolved<'_>,
    problems: &mut Problems,
) -> Vec<Partly> {
    let mut sets: Vec<Vec<usize>> = vec![Vec::new()];
    sets.extend(by.iter().map(|number| vec![*number]));
    for (_, holding) in stretches {
        sets.extend(holding.iter().map(|without| {
            let others = holding.iter().filter(|number| *number != without);
            others.copied().collect()
        }));
    }
    sets.sort_unstable();
    sets.dedup();
    sets.into_iter()
        .map(|holding| {
            let rule = if holding.is_empty() {
                Some(strict.clone())
            } else {
                resolved.form(&strict.id, &holding, problems)
            };
            Partly { holding, rule }
        })
        .collect()
}

/// The relaxations of `pack`, whose resolved rules are `rules`.
pub fn relaxations(pack: &Pack, rules: &[Rule]) -> Vec<Relaxation> {
    // A rule that is private in one form is hidden from the desk in all forms.
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
