//! Searches for patients whose verdicts differ between two versions of the rules.

use candidacy_engine::date::Date;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::plan::Rule;
use candidacy_engine::severity;
use candidacy_engine::truth::Truth;
use candidacy_engine::verdict::{Grade, Verdict};

use crate::authoring::prove::{counting, not_together};
use crate::authoring::solver::{
    Budget, Goal, Patients, Solution, Solver, Together, TruthSet, Witness,
};

use super::{Diff, VerdictChange, unlike};

/// The search limit was reached.
pub(super) struct TooMuch;

/// Searches for patients whose verdicts differ.
pub(super) struct Search<'d> {
    seen: &'d Diff,
    old: Vec<Together>,
    new: Vec<Together>,
    today: Date,
}

impl<'d> Search<'d> {
    /// A search among the patients of both versions.
    pub(super) fn new(seen: &'d Diff, today: Date) -> Self {
        Self {
            seen,
            old: Together::of(&seen.merged.old),
            new: Together::of(&seen.merged.new),
            today,
        }
    }

    /// The simplest example of a patient with this change of verdict, if there is one.
    pub(super) fn change(
        &self,
        (before, after): (Verdict, Verdict),
        budget: &Budget,
    ) -> Result<Option<VerdictChange>, TooMuch> {
        let wanted = self.pair(before, after);
        let mut change = VerdictChange {
            before,
            after,
            someone: Witness {
                answers: self.seen.base.answers.clone(),
                as_of: self.today,
            },
            exact: true,
            kind: severity::Change::MoreSevere,
        };
        if let Some(someone) = self.find(&wanted, Patients::Exact, budget)? {
            // If everything is known, the verdict cannot only be settled.
            change.kind = self.kind(&someone);
            change.someone = someone;
            return Ok(Some(change));
        }
        let Some(someone) = self.find(&wanted, Patients::All, budget)? else {
            return Ok(None);
        };
        change.exact = false;
        change.kind = self.kind(&someone);
        change.someone = someone;
        if change.kind == severity::Change::Settled {
            for more in self.not_settled(after) {
                let wanted = wanted.iter().cloned().chain(more).collect::<Vec<_>>();
                if let Some(someone) = self.find(&wanted, Patients::All, budget)? {
                    change.kind = self.kind(&someone);
                    change.someone = someone;
                    break;
                }
            }
        }
        Ok(Some(change))
    }

    fn kind(&self, someone: &Witness) -> severity::Change {
        let patient = |plan| Patient::new(plan, &someone.answers, someone.as_of);
        let (old, new) = (&self.seen.merged.old, &self.seen.merged.new);
        severity::change(&patient(old), &patient(new), someone.as_of)
    }

    fn find(
        &self,
        wanted: &[Vec<Goal<'_>>],
        patients: Patients,
        budget: &Budget,
    ) -> Result<Option<Witness>, TooMuch> {
        if wanted.iter().any(Vec::is_empty) {
            return Ok(None);
        }
        let solver = Solver {
            patients,
            budget: budget.clone(),
            ..Solver::like(&self.seen.merged.new, &self.seen.base.answers, self.today)
        };
        match solver.seek_any(wanted) {
            Solution::Sat(someone) => Ok(Some(*someone)),
            Solution::Unsat => Ok(None),
            Solution::Unknown => Err(TooMuch),
        }
    }

    /// The goal that the verdict is `from` under the old rules and `to` under the new ones.
    fn pair(&self, from: Verdict, to: Verdict) -> Vec<Vec<Goal<'_>>> {
        let (old, new) = (&self.seen.merged.old.rules, &self.seen.merged.new.rules);
        let mut wanted = at_most(old, &self.old, from);
        wanted.extend(at_most(new, &self.new, to));
        // The more severe verdict comes from a rule that is missing in the other version.
        let (own_old, own_new) = if from > to {
            (unlike(old, new), new.iter().collect())
        } else {
            (old.iter().collect(), unlike(new, old))
        };
        for (rules, together, verdict) in [(own_old, &self.old, from), (own_new, &self.new, to)] {
            if verdict > Verdict::Eligible {
                let mut some = some_at(rules, verdict);
                let could = together.iter().filter(|rules| rules.worst() >= verdict);
                some.extend(could.map(|rules| Goal::together(rules, verdict, true)));
                wanted.push(some);
            }
        }
        wanted
    }

    /// Alternative goals for a change to `to` that is less severe and not only settled, as defined
    /// by [`severity::compare`]. Only rules that differ between the versions can count for more
    /// before than after.
    fn not_settled(&self, to: Verdict) -> Vec<Vec<Vec<Goal<'_>>>> {
        let (old, new) = (&self.seen.merged.old.rules, &self.seen.merged.new.rules);
        let before = unlike(old, new);
        let counted_more = |rule: &Rule| counting(rule, |grade| grade.verdict() > to);
        // A rule that counted for more could lead to that verdict, or did.
        let severe = before.iter().filter(|rule| rule.grade.verdict() > to);
        let severe = severe.map(|rule| Goal::rule(rule, counted_more(rule)));
        let mut all = vec![vec![possible(severe)]];
        // A rule that counted for more while undecided could lead at least to this level. No rule
        // that applies now does, so the verdict has another cause.
        let open = new.iter().filter(|rule| rule.if_unsure.verdict() == to);
        let open = open.map(|rule| Goal::rule(rule, TruthSet::of(Truth::Unknown)));
        let together = self.new.iter().filter(|rules| rules.worst() >= to);
        let together = together.map(|rules| Goal::together(rules, to, true));
        let due_to: Vec<Goal<'_>> = open.chain(together).collect();
        for level in Verdict::ALL.into_iter().filter(|level| *level <= to) {
            let unsure = before.iter().filter(|rule| rule.grade.verdict() >= level);
            let unsure = unsure.filter(|rule| counted_more(rule).has(Truth::Unknown));
            let unsure = unsure.map(|rule| Goal::rule(rule, TruthSet::of(Truth::Unknown)));
            let applying = new.iter().filter(|rule| rule.grade.verdict() >= level);
            let not_sure = TruthSet::of(Truth::No).with(Truth::Unknown);
            let mut wanted = vec![possible(unsure), due_to.clone()];
            wanted.extend(applying.map(|rule| vec![Goal::rule(rule, not_sure)]));
            all.push(wanted);
        }
        // Undecided rules led to it together, and no single rule counted for as much.
        if !self.old.is_empty() {
            all.push(at_most(old, &[], to));
        }
        all
    }
}

/// The goals that are possible at all.
fn possible<'r>(wanted: impl Iterator<Item = Goal<'r>>) -> Vec<Goal<'r>> {
    wanted.filter(|one| one.may_be != TruthSet::NONE).collect()
}

/// The goal that no rule, and no rules together, count for more than `verdict`.
fn at_most<'r>(
    rules: &'r [Rule],
    together: &'r [Together],
    verdict: Verdict,
) -> Vec<Vec<Goal<'r>>> {
    let such = |grade: Grade| grade.verdict() <= verdict;
    let single = rules
        .iter()
        .map(|rule| Goal::rule(rule, counting(rule, such).with(Truth::No)));
    let above = Verdict::ALL.into_iter().find(|one| *one > verdict);
    let more = above
        .into_iter()
        .flat_map(|above| not_together(together, above));
    single.chain(more).map(|one| vec![one]).collect()
}

/// The goal that some rule counts for exactly `verdict`.
fn some_at<'r>(rules: impl IntoIterator<Item = &'r Rule>, verdict: Verdict) -> Vec<Goal<'r>> {
    let such = |grade: Grade| grade.verdict() == verdict;
    let rules = rules.into_iter();
    possible(rules.map(|rule| Goal::rule(rule, counting(rule, such))))
}
