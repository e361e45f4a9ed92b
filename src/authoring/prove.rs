//! Checks claims about all possible patients; each is proved or gets a counterexample.
//!
//! A claim is *if C, at least V*. It fails if for some patient on some day C is yes (not unknown)
//! and no rule counts for V or more. Only questions read by C, or by a rule that can count for V,
//! matter. [`Solver`] searches for a patient for whom C is yes and each of these rules counts for
//! less. *At most V* fails if C is yes and one rule counts for more than V; each rule is tried.
//! *Exactly V* is both.
//!
//! Three claims are checked for every pack. The engine guarantees the first two for rules without
//! their own `if_unsure`. An undecided precaution counts as a precaution, and every other undecided
//! rule needs a dermatologist. Only rules with another `if_unsure` must be tried.

mod built_in;
pub mod if_unsure;
pub mod less_severe;
pub mod overlay;
pub mod waits;

use candidacy_engine::assess::assess;
use candidacy_engine::plan::{Claim, Plan, Promise, Rule};
use candidacy_engine::truth::Truth;
use candidacy_engine::verdict::{Grade, Verdict};

use super::solver::{Goal, Solution, Solver, Together, TruthSet, Witness};

/// A claim and its result.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The claim in words.
    pub claim: String,
    /// The index of the claim among those of the pack; none if it is checked for every pack.
    pub number: Option<usize>,
    /// The result.
    pub outcome: Outcome,
}

/// The result of checking a claim.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It holds for every patient on every day.
    Proved,
    /// It holds because no patient matches its condition.
    Empty,
    /// It does not hold for this patient.
    Fails(Box<Counterexample>),
    /// It does not hold for this patient, but would without these relaxations.
    Relaxed(Box<Counterexample>, Vec<usize>),
    /// It is undecided; the text says why.
    LeftOut(String),
}

/// A patient who contradicts a claim.
#[derive(Clone, Debug)]
pub struct Counterexample {
    /// The patient.
    pub someone: Witness,
    /// The patient's verdict.
    pub verdict: Verdict,
    /// The promised verdict; none if the claim is not only about a verdict.
    pub promise: Option<Promise>,
    /// What is wrong, in words that follow "this patient".
    pub but: String,
}

/// The results of all claims, the built-in claims first.
#[must_use]
pub fn prove(solver: &Solver<'_>) -> Vec<Proof> {
    let claims = &solver.plan.claims;
    let shares = claims.len() + built_in::CLAIMS.len();
    let mut proofs = Vec::new();
    let mut prove =
        |claim: &str, number: Option<usize>, decide: &dyn Fn(&Solver<'_>) -> Outcome| {
            // A hard claim may use the budget that easier claims left over.
            let left = shares - proofs.len();
            let own = solver.sharing(left);
            let outcome = decide(&own);
            solver.budget.settle(&own.budget, left);
            proofs.push(Proof {
                claim: claim.to_owned(),
                number,
                outcome,
            });
        };
    for (claim, decide) in built_in::CLAIMS {
        prove(claim, None, decide);
    }
    for (number, claim) in claims.iter().enumerate() {
        prove(&claim.claim, Some(number), &|solver| decide(solver, claim));
    }
    proofs
}

/// The same, but a claim that fails only because of an active relaxation is marked as relaxed. Such
/// a claim holds under the `strict` rules.
#[must_use]
pub fn prove_relaxed(solver: &Solver<'_>, strict: &Solver<'_>) -> Vec<Proof> {
    let mut proofs = prove(solver);
    let fails = |proof: &Proof| matches!(proof.outcome, Outcome::Fails(_));
    if !proofs.iter().any(fails) {
        return proofs;
    }
    for (proof, strictly) in proofs.iter_mut().zip(prove(strict)) {
        let holds = matches!(strictly.outcome, Outcome::Proved | Outcome::Empty);
        if let Outcome::Fails(found) = &proof.outcome
            && holds
        {
            let someone = &found.someone;
            let seen = assess(solver.plan, &someone.answers, someone.as_of);
            proof.outcome = Outcome::Relaxed(found.clone(), seen.relaxed);
        }
    }
    proofs
}

fn decide(solver: &Solver<'_>, claim: &Claim) -> Outcome {
    let who = Goal::condition(&claim.condition, TruthSet::of(Truth::Yes));
    let mut outcome = match claim.promise {
        Promise::AtLeast(verdict) => at_least(solver, &[who], verdict),
        Promise::AtMost(verdict) => at_most(solver, who, verdict),
        Promise::Exactly(verdict) => match at_least(solver, &[who], verdict) {
            Outcome::Proved => at_most(solver, who, verdict),
            other => other,
        },
    };
    if let Outcome::Fails(found) = &mut outcome {
        found.promise = Some(claim.promise);
    }
    match outcome {
        Outcome::Proved if solver.seek(&[who]) == Solution::Unsat => Outcome::Empty,
        other => other,
    }
}

/// Whether all patients who meet `who` get `verdict` or a more severe one.
fn at_least(solver: &Solver<'_>, who: &[Goal<'_>], verdict: Verdict) -> Outcome {
    if verdict == Verdict::Eligible {
        // No verdict is less severe.
        return Outcome::Proved;
    }
    let together = Together::of(solver.plan);
    let mut wanted = who.to_vec();
    wanted.extend(less_severe(solver.plan, &together, verdict));
    let promise = Some(Promise::AtLeast(verdict));
    outcome(solver, &solver.seek(&wanted), promise, &|seen| {
        format!(
            "gets `{}`, which is less severe than `{}`",
            seen.word(),
            verdict.word()
        )
    })
}

/// Whether all patients who meet `who` get `verdict` or a less severe one. If several rules lead to
/// a verdict together, one of them does so with complete answers.
fn at_most(solver: &Solver<'_>, who: Goal<'_>, verdict: Verdict) -> Outcome {
    let mut left_out = None;
    for rule in &solver.plan.rules {
        let more = counting(rule, |grade| grade.verdict() > verdict);
        if more == TruthSet::NONE {
            continue;
        }
        let found = solver.seek(&[who, Goal::rule(rule, more)]);
        let promise = Some(Promise::AtMost(verdict));
        match outcome(solver, &found, promise, &|seen| {
            format!(
                "gets `{}`, which is more severe than `{}`",
                seen.word(),
                verdict.word()
            )
        }) {
            Outcome::Proved | Outcome::Empty => {}
            Outcome::LeftOut(why) => left_out = Some(format!("{why}, for the rule `{}`", rule.id)),
            fails => return fails,
        }
    }
    left_out.map_or(Outcome::Proved, Outcome::LeftOut)
}

/// The goals that no rule, and no rules together, count for `verdict` or more.
fn less_severe<'a>(plan: &'a Plan, together: &'a [Together], verdict: Verdict) -> Vec<Goal<'a>> {
    let less = |rule| counting(rule, |grade| grade.verdict() < verdict).with(Truth::No);
    let rules = plan.rules.iter().map(|rule| Goal::rule(rule, less(rule)));
    let rules = rules.filter(|one| one.may_be != TruthSet::ANY);
    rules.chain(not_together(together, verdict)).collect()
}

/// The goals that no rules lead to `verdict` or more together.
pub fn not_together(together: &[Together], verdict: Verdict) -> impl Iterator<Item = Goal<'_>> {
    let could = together
        .iter()
        .filter(move |rules| rules.worst() >= verdict);
    could.map(move |rules| Goal::together(rules, verdict, false))
}

/// The states of a rule for which its grade meets `such`.
#[must_use]
pub fn counting(rule: &Rule, such: impl Fn(Grade) -> bool) -> TruthSet {
    let standings = [Truth::Unknown, Truth::Yes].into_iter();
    let such = standings.filter(|truth| rule.counts_as(*truth).is_some_and(&such));
    such.fold(TruthSet::NONE, TruthSet::with)
}

/// The claim holds if no patient was found who contradicts it.
fn outcome(
    solver: &Solver<'_>,
    found: &Solution,
    promise: Option<Promise>,
    but: &dyn Fn(Verdict) -> String,
) -> Outcome {
    match found {
        Solution::Unsat => Outcome::Proved,
        Solution::Unknown => Outcome::LeftOut(
            "the questions that it depends on have more combinations than are tried here"
                .to_owned(),
        ),
        Solution::Sat(someone) => {
            let verdict = assess(solver.plan, &someone.answers, someone.as_of).verdict;
            Outcome::Fails(Box::new(Counterexample {
                someone: (**someone).clone(),
                verdict,
                promise,
                but: but(verdict),
            }))
        }
    }
}
