//! Mutation testing: whether the cases would notice a small mistake in the rules.
//!
//! Each mutant is one small change of the rules (see [`mutants`]), against which the cases are run.
//! A change is *noticed* if some case fails. A change that affects no possible patient is
//! *nothing*: a search through all patients shows this, and it is not counted. Cases should notice
//! all other changes. The patient that the search finds becomes a new case.
//!
//! If there is too much work, only an evenly spread sample of the changes is tried. The rest is
//! counted as left out. The limit counts steps, not time, so the same rules and cases always give
//! the same score.

mod killing_case;
pub mod mutants;
mod run;

use candidacy_engine::compile::compile;
use candidacy_engine::date::Date;
use candidacy_engine::pack::Pack;
use candidacy_engine::plan::Plan;

use super::baseline::Base;
use super::sentences::Line;
use super::solver::{Budget, Solver};

use run::MutantRun;

pub use mutants::{Changed, Mutant};

/// Maximum number of rule evaluations before the rest is left out: a minute at most.
const MAX_WORK: usize = 40_000_000;

/// Maximum number of steps of the search for patients affected by unnoticed changes. With thousands
/// of rules, this is half a minute.
const MAX_STEPS: u64 = 40_000_000;

/// The results for all changes.
#[derive(Clone, Debug, Default)]
pub struct Mutation {
    /// The number of noticed changes.
    pub score: Score,
    /// The changes that no case noticed.
    pub survivors: Vec<Survivor>,
    /// The number of changes that were not tried.
    pub left_out: usize,
}

/// The numbers of changes by result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Changes that some case noticed.
    pub noticed: usize,
    /// Changes that no case noticed.
    pub missed: usize,
    /// Changes that affect no patient.
    pub nothing: usize,
}

/// A change no case noticed.
#[derive(Clone, Debug)]
pub struct Survivor {
    /// What was changed, in words.
    pub what: String,
    /// A case that would notice it; none if it could not be found or written.
    pub case: Option<Line>,
}

impl Score {
    /// The number of changes that a case could notice.
    #[must_use]
    pub fn all(self) -> usize {
        self.noticed + self.missed
    }

    /// Percentage of these that were noticed, rounded down.
    #[must_use]
    pub fn percent(self) -> usize {
        (self.noticed * 100).checked_div(self.all()).unwrap_or(100)
    }
}

/// Makes every change, one at a time, and runs the cases. Parts that an overlay has unchanged from
/// its base, and parts that a pack takes from another, are not changed, because the cases only test
/// the pack's own parts.
#[must_use]
pub fn mutate(pack: &Pack, plan: &Plan, base: &Base, today: Date) -> Mutation {
    within(pack, plan, base, today, MAX_WORK)
}

/// The same with a limit of `most` rule evaluations; the rest is left out.
#[must_use]
pub fn within(pack: &Pack, plan: &Plan, base: &Base, today: Date, most: usize) -> Mutation {
    let mut changes = mutants::all(pack, plan);
    let under = pack.under.as_deref();
    if let Some(under) = under.and_then(|under| compile(under.clone()).ok()) {
        changes.retain(|change| !stands_in(&under, plan, change));
    }
    changes.retain(|change| !is_taken(pack, plan, change));
    let mut seen = Mutation::default();
    let mut trial = MutantRun::new(plan);
    let mut survivors: Vec<(usize, Survivor)> = Vec::new();
    let solver = Solver {
        budget: Budget::of(MAX_STEPS),
        ..Solver::like(plan, &base.answers, today)
    };
    for number in spread(changes.len()) {
        let Some(change) = changes.get(number) else {
            continue;
        };
        if trial.work > most || solver.budget.left() == 0 {
            seen.left_out += 1;
            continue;
        }
        let noticed = trial.changed(&change.changed, MutantRun::is_noticed);
        if noticed {
            seen.score.noticed += 1;
            continue;
        }
        match killing_case::case(&mut trial, &solver, base, change) {
            killing_case::KillingCase::Nobody => seen.score.nothing += 1,
            killing_case::KillingCase::Case(case) => {
                seen.score.missed += 1;
                let what = change.what.clone();
                survivors.push((number, Survivor { what, case }));
            }
        }
    }
    survivors.sort_by_key(|(number, _)| *number);
    seen.survivors = survivors.into_iter().map(|(_, one)| one).collect();
    seen
}

/// Whether the changed entry is identical in `base` and `plan`.
fn stands_in(base: &Plan, plan: &Plan, change: &Mutant) -> bool {
    match &change.changed {
        Changed::Rule(number, _) => {
            let rule = plan.rules.get(*number);
            rule.is_some_and(|rule| base.rules.contains(rule))
        }
        Changed::Asked(number, _) => *number < base.questions.len(),
    }
}

/// Whether what is changed was taken from another pack.
fn is_taken(pack: &Pack, plan: &Plan, change: &Mutant) -> bool {
    let id = match &change.changed {
        Changed::Rule(number, _) => plan.rules.get(*number).map(|rule| &rule.id),
        Changed::Asked(number, _) => plan.questions.get(*number).map(|one| &one.question.id),
    };
    id.is_some_and(|id| pack.is_taken(id))
}

/// Every number below `count` once, the first of them far apart from each other.
fn spread(count: usize) -> impl Iterator<Item = usize> {
    let golden = count * 618 / 1000;
    let share_none = |step: &usize| {
        let (mut one, mut other) = (count, *step);
        while other > 0 {
            (one, other) = (other, one % other);
        }
        one == 1
    };
    let step = (golden.max(1)..=count.max(1)).find(share_none).unwrap_or(1);
    (0..count).map(move |number| number * step % count)
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn every_change_is_tried_once_and_the_first_lie_apart() {
        for count in [0, 1, 2, 3, 10, 97, 1000, 1618] {
            let mut numbers: Vec<usize> = spread(count).collect();
            numbers.sort_unstable();
            assert_eq!(numbers, (0..count).collect::<Vec<_>>());
        }
        let mut first: Vec<usize> = spread(1000).take(10).collect();
        first.sort_unstable();
        assert!(
            first.windows(2).all(|pair| pair[1] - pair[0] >= 40),
            "{first:?}"
        );
    }
}
