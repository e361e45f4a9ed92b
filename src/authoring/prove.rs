//! Claims about every patient: proved, or somebody of whom they are not true.
//!
//! A claim *if C, at least V* fails just when some patient on some day has C
//! (yes, not merely perhaps) while no rule counts for V or more. So only the
//! questions matter that C or a rule that can count for V reads: [`Solver`] looks
//! for somebody for whom C is yes and each of those rules stands so that it
//! counts for less. *At most V* fails when C is yes and one rule counts for more
//! than V: each is tried. *Exactly V* is both.
//!
//! Three claims are made for every pack. The engine keeps the first two for
//! rules that leave `if_unsure` alone, for an undecided precaution counts as one
//! and every other undecided rule as a matter for the dermatologist; only a rule
//! that says otherwise has to be tried.

mod built_in;
pub mod less_severe;
pub mod overlay;
pub mod waits;

use candidacy_engine::assess::assess;
use candidacy_engine::plan::{Claim, Plan, Promise, Rule};
use candidacy_engine::truth::Truth;
use candidacy_engine::verdict::{Grade, Verdict};

use super::solver::{Goal, Solution, Solver, Together, TruthSet, Witness};

/// A claim and what became of it.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The claim in words.
    pub claim: String,
    /// Whether it is made for every pack.
    pub built_in: bool,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a claim.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It is true for every patient on every day.
    Proved,
    /// It is true of nobody, because nobody is like that.
    Empty,
    /// It is not true of this one.
    Fails(Box<Counterexample>),
    /// It is not true of this one, but would be without these relaxations.
    Relaxed(Box<Counterexample>, Vec<usize>),
    /// It could not be decided; this was left out.
    LeftOut(String),
}

/// Somebody of whom a claim is not true.
#[derive(Clone, Debug)]
pub struct Counterexample {
    /// Who.
    pub someone: Witness,
    /// The verdict they get.
    pub verdict: Verdict,
    /// What is promised of the verdict; none where more than a verdict is.
    pub promise: Option<Promise>,
    /// What is wrong with it, after "this patient".
    pub but: String,
}

/// Everything that is claimed, the claims of every pack first.
#[must_use]
pub fn prove(seeker: &Solver<'_>) -> Vec<Proof> {
    let claims = &seeker.plan.claims;
    let shares = claims.len() + built_in::CLAIMS.len();
    let mut proofs = Vec::new();
    let mut prove = |claim: &str, built_in: bool, decide: &dyn Fn(&Solver<'_>) -> Outcome| {
        // What an easy claim leaves over, a harder one may use.
        let left = shares - proofs.len();
        let own = seeker.sharing(left);
        let outcome = decide(&own);
        seeker.effort.settle(&own.effort, left);
        proofs.push(Proof {
            claim: claim.to_owned(),
            built_in,
            outcome,
        });
    };
    for (claim, decide) in built_in::CLAIMS {
        prove(claim, true, decide);
    }
    for claim in claims {
        prove(&claim.claim, false, &|seeker| decide(seeker, claim));
    }
    proofs
}

/// The same, where a claim that holds under the `strict` rules and fails only for
/// as long as a relaxation holds is told from one that fails.
#[must_use]
pub fn prove_relaxed(seeker: &Solver<'_>, strict: &Solver<'_>) -> Vec<Proof> {
    let mut proofs = prove(seeker);
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
            let seen = assess(seeker.plan, &someone.answers, someone.as_of);
            proof.outcome = Outcome::Relaxed(found.clone(), seen.relaxed);
        }
    }
    proofs
}

fn decide(seeker: &Solver<'_>, claim: &Claim) -> Outcome {
    let who = Goal::condition(&claim.condition, TruthSet::of(Truth::Yes));
    let mut outcome = match claim.promise {
        Promise::AtLeast(verdict) => at_least(seeker, &[who], verdict),
        Promise::AtMost(verdict) => at_most(seeker, who, verdict),
        Promise::Exactly(verdict) => match at_least(seeker, &[who], verdict) {
            Outcome::Proved => at_most(seeker, who, verdict),
            other => other,
        },
    };
    if let Outcome::Fails(found) = &mut outcome {
        found.promise = Some(claim.promise);
    }
    match outcome {
        Outcome::Proved if seeker.seek(&[who]) == Solution::Unsat => Outcome::Empty,
        other => other,
    }
}

/// Whether everyone of whom `who` is true gets `verdict` or a more severe one.
fn at_least(seeker: &Solver<'_>, who: &[Goal<'_>], verdict: Verdict) -> Outcome {
    if verdict == Verdict::Eligible {
        // Nothing is less severe.
        return Outcome::Proved;
    }
    let together = Together::of(seeker.plan);
    let mut wanted = who.to_vec();
    wanted.extend(less_severe(seeker.plan, &together, verdict));
    let promise = Some(Promise::AtLeast(verdict));
    outcome(seeker, &seeker.seek(&wanted), promise, &|seen| {
        format!(
            "gets `{}`, which is less severe than `{}`",
            seen.word(),
            verdict.word()
        )
    })
}

/// Whether everyone of whom `who` is true gets `verdict` or a less severe one. What
/// several rules lead to together, one of them leads to with complete answers.
fn at_most(seeker: &Solver<'_>, who: Goal<'_>, verdict: Verdict) -> Outcome {
    let mut left_out = None;
    for rule in &seeker.plan.rules {
        let more = counting(rule, |grade| grade.verdict() > verdict);
        if more == TruthSet::NONE {
            continue;
        }
        let found = seeker.seek(&[who, Goal::rule(rule, more)]);
        let promise = Some(Promise::AtMost(verdict));
        match outcome(seeker, &found, promise, &|seen| {
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

/// That no rule counts for `verdict` or more, and none together.
fn less_severe<'a>(plan: &'a Plan, together: &'a [Together], verdict: Verdict) -> Vec<Goal<'a>> {
    let less = |rule| counting(rule, |grade| grade.verdict() < verdict).with(Truth::No);
    let rules = plan.rules.iter().map(|rule| Goal::rule(rule, less(rule)));
    let rules = rules.filter(|one| one.may_be != TruthSet::ANY);
    rules.chain(not_together(together, verdict)).collect()
}

/// That no rules lead to `verdict` or more together.
pub fn not_together(together: &[Together], verdict: Verdict) -> impl Iterator<Item = Goal<'_>> {
    let could = together
        .iter()
        .filter(move |rules| rules.worst() >= verdict);
    could.map(move |rules| Goal::together(rules, verdict, false))
}

/// How a rule may stand for the grade it then counts at to be such.
#[must_use]
pub fn counting(rule: &Rule, such: impl Fn(Grade) -> bool) -> TruthSet {
    let standings = [Truth::Unknown, Truth::Yes].into_iter();
    let such = standings.filter(|truth| rule.counts_as(*truth).is_some_and(&such));
    such.fold(TruthSet::NONE, TruthSet::with)
}

/// A claim holds when nobody was found of whom the contrary is true.
fn outcome(
    seeker: &Solver<'_>,
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
            let verdict = assess(seeker.plan, &someone.answers, someone.as_of).verdict;
            Outcome::Fails(Box::new(Counterexample {
                someone: (**someone).clone(),
                verdict,
                promise,
                but: but(verdict),
            }))
        }
    }
}
