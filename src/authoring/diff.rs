//! What two versions of the rules make of the same patients.
//!
//! Both versions are put under one questionnaire (see [`merge`]), then for every
//! two verdicts somebody is looked for who gets the one before and the other
//! after, among all patients there can be on any day. Where nobody is found,
//! no patient's verdict changes so. A verdict can only differ where a rule
//! does: a rule that stands in both versions counts the same in both.

pub mod merge;

use candidacy_engine::condition::Condition;
use candidacy_engine::date::Date;
use candidacy_engine::pack::Pack;
use candidacy_engine::plan::{Claim, Plan, Rule};
use candidacy_engine::truth::Truth;
use candidacy_engine::verdict::{Grade, Verdict};

use super::baseline::{Base, base};
use super::prove::counting;
use super::solver::{Budget, Goal, Scope, Solution, Solver, Witness};

use merge::Merged;

/// What became different.
#[derive(Clone, Debug)]
pub struct Diff {
    /// Both versions under one questionnaire.
    pub merged: Merged,
    /// The patient examples are near to.
    pub base: Base,
    /// Ids of rules that are new.
    pub added: Vec<String>,
    /// Ids of rules that are gone.
    pub gone: Vec<String>,
    /// Ids of rules that apply otherwise, or count otherwise.
    pub changed: Vec<String>,
    /// Ids of rules that were private and are so no more.
    pub shown: Vec<String>,
    /// Claims that are gone, or claim something else.
    pub claims: Vec<String>,
    /// What cannot well be, in words, and is doubted no more or otherwise.
    pub doubts: Vec<String>,
    /// How many kinds of patient the rules that are not the same tell apart today,
    /// and for how many of them they count for something else than before; none
    /// when there are too many to count.
    pub kinds: Option<(u64, u64)>,
    /// The questions that those rules read.
    pub read: Vec<String>,
    /// The kinds of change there are, those to a milder verdict first.
    pub changes: Vec<Change>,
    /// Kinds of change that could not be decided: before and after.
    pub left_out: Vec<(Verdict, Verdict)>,
}

/// Verdicts that change from one to another.
#[derive(Clone, Debug)]
pub struct Change {
    /// The verdict before.
    pub before: Verdict,
    /// The verdict after.
    pub after: Verdict,
    /// The plainest example.
    pub someone: Witness,
    /// Whether some patient who answers everything exactly is among them.
    pub exact: bool,
}

impl Change {
    /// Whether it lets patients off: to a milder verdict, either with everything
    /// known, or to one that lets treatment go ahead, or from a refusal. Who leaves
    /// an answer open goes to the dermatologist; that a longer wait defers them
    /// instead is none.
    #[must_use]
    pub fn is_milder(&self) -> bool {
        let refused = self.before == Verdict::NotEligible;
        let lets_off = self.exact || self.after.goes_ahead() || refused;
        self.after < self.before && lets_off
    }
}

impl Diff {
    /// Whether some patient gets a milder verdict than before.
    #[must_use]
    pub fn milder(&self) -> bool {
        self.changes.iter().any(Change::is_milder)
    }

    /// Whether it could be left out that some patient does.
    #[must_use]
    pub fn milder_left_out(&self) -> bool {
        self.left_out.iter().any(|(before, after)| after < before)
    }
}

/// What is different in `new` from `old`.
#[must_use]
pub fn diff(old: &Plan, new: &Plan, pack: &Pack, today: Date) -> Diff {
    within(old, new, pack, today, &Budget::default())
}

/// The same, with so much to spend: what it does not suffice for is left out.
#[must_use]
pub fn within(old: &Plan, new: &Plan, pack: &Pack, today: Date, effort: &Budget) -> Diff {
    compared(
        (old, new),
        pack,
        today,
        &pairs().collect::<Vec<_>>(),
        effort,
    )
}

/// The same as far as verdicts get milder.
#[must_use]
pub fn milder(old: &Plan, new: &Plan, pack: &Pack, today: Date) -> Diff {
    let milder: Vec<_> = pairs().filter(|(before, after)| after < before).collect();
    compared((old, new), pack, today, &milder, &Budget::default())
}

/// What is different, with an example of each of `pairs` of verdicts that there is.
fn compared(
    (old, new): (&Plan, &Plan),
    pack: &Pack,
    today: Date,
    pairs: &[(Verdict, Verdict)],
    effort: &Budget,
) -> Diff {
    let merged = merge::merge(old, new);
    let base = Base {
        answers: merged.answers(&base(pack, new, today).answers, today),
        ..base(pack, new, today)
    };
    let ids = |rules: Vec<&Rule>| {
        let mut ids: Vec<String> = rules.into_iter().map(|rule| rule.id.clone()).collect();
        // A rule that is relaxed for a while stands there in each of its forms.
        ids.dedup();
        ids
    };
    let (before, after) = (&merged.old.rules, &merged.new.rules);
    let named = |rules: &[Rule], id: &str| rules.iter().any(|rule| rule.id == id);
    let in_both = |rule: &&Rule| named(before, &rule.id) && named(after, &rule.id);
    let mut seen = Diff {
        added: ids(after
            .iter()
            .filter(|rule| !named(before, &rule.id))
            .collect()),
        gone: ids(before
            .iter()
            .filter(|rule| !named(after, &rule.id))
            .collect()),
        changed: ids(unlike(after, before).into_iter().filter(in_both).collect()),
        shown: ids(after.iter().filter(|rule| shown(rule, before)).collect()),
        claims: claims(old, new),
        doubts: doubts(old, new),
        kinds: None,
        read: Vec::new(),
        changes: Vec::new(),
        left_out: Vec::new(),
        base,
        merged,
    };
    let (before, after) = (&seen.merged.old.rules, &seen.merged.new.rules);
    let (gone, come) = (unlike(before, after), unlike(after, before));
    seen.read = read(&seen.merged.new, gone.iter().chain(&come).copied());
    seen.kinds = Solver::like(&seen.merged.new, &seen.base, today).count(&gone, &come);
    for (number, (before, after)) in pairs.iter().copied().enumerate() {
        let left = pairs.len() - number;
        let share = effort.share(left);
        let example = |among: Scope| example(&seen, (before, after), today, among, &share);
        let found = match example(Scope::Exact) {
            Solution::Unsat => (example(Scope::All), false),
            found => (found, true),
        };
        effort.settle(&share, left);
        match found {
            (Solution::Sat(someone), exact) => seen.changes.push(Change {
                before,
                after,
                someone: *someone,
                exact,
            }),
            (Solution::Unknown, _) => seen.left_out.push((before, after)),
            (Solution::Unsat, _) => {}
        }
    }
    // The plainest first: those in which everything is known.
    seen.changes.sort_by_key(|change| {
        (
            change.after > change.before,
            !change.is_milder(),
            !change.exact,
        )
    });
    seen
}

/// Whether a rule was private before and is so no more.
fn shown(rule: &Rule, before: &[Rule]) -> bool {
    let mut before = before.iter();
    !rule.private && before.any(|other| other.id == rule.id && other.private)
}

/// The claims of `old` that `new` does not make in the same words, of the same
/// patients, and of the same verdict.
fn claims(old: &Plan, new: &Plan) -> Vec<String> {
    let same = |one: &Claim, other: &Claim| {
        one.claim == other.claim
            && one.promise == other.promise
            && in_words(&one.condition) == in_words(&other.condition)
    };
    let gone = old
        .claims
        .iter()
        .filter(|claim| !new.claims.iter().any(|other| same(claim, other)));
    gone.map(|claim| claim.claim.clone()).collect()
}

/// The doubts of `old` that `new` does not have of the same answers.
fn doubts(old: &Plan, new: &Plan) -> Vec<String> {
    let said = |(label, condition): &(String, Condition)| (label.clone(), in_words(condition));
    let kept: Vec<_> = new.doubts.iter().map(said).collect();
    let gone = old
        .doubts
        .iter()
        .filter(|doubt| !kept.contains(&said(doubt)));
    gone.map(|(label, _)| label.clone()).collect()
}

/// A condition as its author put it: numbers of questions are others in another version.
fn in_words(condition: &Condition) -> String {
    let all = |word: &str, parts: &[Condition]| {
        let parts: Vec<String> = parts.iter().map(in_words).collect();
        format!("{word} [{}]", parts.join("; "))
    };
    match condition {
        Condition::Test(test) => test.words.clone(),
        Condition::All(parts) => all("all", parts),
        Condition::Any(parts) => all("any", parts),
        Condition::None(parts) => all("none", parts),
        Condition::Not(part) => format!("not {}", in_words(part)),
    }
}

/// The ids of the questions that rules read, in the order asked.
fn read<'r>(plan: &Plan, rules: impl Iterator<Item = &'r Rule>) -> Vec<String> {
    let mut tests = Vec::new();
    rules.for_each(|rule| rule.when.tests(&mut tests));
    let asked = plan.questions.iter().enumerate();
    asked
        .filter(|(number, _)| tests.iter().any(|test| test.question == *number))
        .map(|(_, asked)| asked.question.id.clone())
        .collect()
}

/// Every two verdicts, those to a milder one first, the furthest apart first.
fn pairs() -> impl Iterator<Item = (Verdict, Verdict)> {
    let all = || Verdict::ALL.into_iter();
    let milder = all()
        .rev()
        .flat_map(move |from| all().map(move |to| (from, to)));
    let graver = all().flat_map(move |from| all().rev().map(move |to| (from, to)));
    milder
        .filter(|(from, to)| to < from)
        .chain(graver.filter(|(from, to)| to > from))
}

/// The rules that do not stand among `others` just so, whatever they are called.
fn unlike<'r>(rules: &'r [Rule], others: &[Rule]) -> Vec<&'r Rule> {
    let counts = |rule: &Rule| (rule.grade, rule.if_unsure, rule.from, rule.to);
    let same = |rule: &Rule, other: &Rule| {
        counts(rule) == counts(other) && merge::same(&rule.when, &other.when)
    };
    let unlike = rules
        .iter()
        .filter(|rule| !others.iter().any(|other| same(rule, other)));
    unlike.collect()
}

/// Somebody who gets `from` under the old rules and `to` under the new ones.
fn example(
    seen: &Diff,
    (from, to): (Verdict, Verdict),
    today: Date,
    among: Scope,
    effort: &Budget,
) -> Solution {
    let (old, new) = (&seen.merged.old.rules, &seen.merged.new.rules);
    let mut wanted = at_most(old, from);
    wanted.extend(at_most(new, to));
    // The graver verdict comes from a rule that the other version does not have.
    let (graver, milder) = if from > to {
        ((unlike(old, new), from), (new, to))
    } else {
        ((unlike(new, old), to), (old, from))
    };
    wanted.push(some_at(graver.0, graver.1));
    if milder.1 > Verdict::Eligible {
        wanted.push(some_at(milder.0, milder.1));
    }
    if wanted.iter().any(Vec::is_empty) {
        return Solution::Unsat;
    }
    let seeker = Solver {
        among,
        effort: effort.clone(),
        ..Solver::like(&seen.merged.new, &seen.base, today)
    };
    seeker.seek_any(&wanted)
}

/// That no rule counts for more than `verdict`.
fn at_most(rules: &[Rule], verdict: Verdict) -> Vec<Vec<Goal<'_>>> {
    let such = |grade: Grade| grade.verdict() <= verdict;
    rules
        .iter()
        .map(|rule| vec![Goal::rule(rule, counting(rule, such).with(Truth::No))])
        .collect()
}

/// That some rule counts for just `verdict`.
fn some_at<'r>(rules: impl IntoIterator<Item = &'r Rule>, verdict: Verdict) -> Vec<Goal<'r>> {
    let such = |grade: Grade| grade.verdict() == verdict;
    rules
        .into_iter()
        .map(|rule| Goal::rule(rule, counting(rule, such)))
        .filter(|one| one.may_be != super::solver::TruthSet::NONE)
        .collect()
}
