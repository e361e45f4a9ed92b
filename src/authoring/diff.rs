//! How the verdicts of all patients differ between two versions of the rules.
//!
//! Both versions are first put under one questionnaire (see [`merge`]). A search then takes every pair of
//! verdicts. It looks for a patient who gets the first verdict before and the second one after. It covers all
//! possible patients on all days. If it finds none, no patient's verdict changes in this way. A verdict can only
//! differ if a rule differs: a rule in both versions counts the same in both. [`severity`] defines which changes
//! are less severe and which only settle a verdict.

mod concerned;
pub mod merge;
mod patients;

use std::collections::BTreeSet;

use candidacy_engine::condition::{Check, Condition};
use candidacy_engine::date::Date;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::pack::Pack;
use candidacy_engine::plan::{Claim, Plan, Rule};
use candidacy_engine::severity;
use candidacy_engine::verdict::Verdict;

use super::baseline::{Base, base};
use super::solver::{Budget, Solver, Witness};

use merge::Merged;
use patients::{Search, TooMuch};

/// The differences between two versions.
#[derive(Clone, Debug)]
pub struct Diff {
    /// Both versions under one questionnaire.
    pub merged: Merged,
    /// The patient that examples should resemble.
    pub base: Base,
    /// Ids of added rules.
    pub added: Vec<String>,
    /// Ids of removed rules.
    pub gone: Vec<String>,
    /// Ids of rules whose condition or effect has changed.
    pub changed: Vec<String>,
    /// Ids of rules that were private and are public now.
    pub shown: Vec<String>,
    /// Claims that were removed or changed.
    pub claims: Vec<String>,
    /// Doubts that were removed or changed, in words.
    pub doubts: Vec<String>,
    /// The questions that ask for the date of birth, before and after, if they differ.
    pub births: Option<[Option<String>; 2]>,
    /// How many kinds of patients the changed rules distinguish on `today`. The second number says for how many
    /// of them these rules count differently than before. None if there are too many to count.
    pub kinds: Option<(u64, u64)>,
    /// The day for which they were counted.
    pub today: Date,
    /// The questions that these rules read.
    pub read: Vec<String>,
    /// The changes found; changes to a less severe verdict come first.
    pub changes: Vec<VerdictChange>,
    /// For each changed rule without an example in `changes`: the change it causes alone.
    pub by_rule: Vec<(String, VerdictChange)>,
    /// Pairs of verdicts before and after that could not be decided.
    pub left_out: Vec<(Verdict, Verdict)>,
}

/// A change from one verdict to another.
#[derive(Clone, Debug)]
pub struct VerdictChange {
    /// The verdict before.
    pub before: Verdict,
    /// The verdict after.
    pub after: Verdict,
    /// The simplest example.
    pub someone: Witness,
    /// Whether some of these patients answer everything exactly.
    pub exact: bool,
    /// Whether some of them get a less severe verdict, or all verdicts are only settled.
    pub kind: severity::Change,
}

impl Diff {
    /// The changes of this kind.
    pub fn of_kind(&self, kind: severity::Change) -> impl Iterator<Item = &VerdictChange> {
        self.changes
            .iter()
            .filter(move |change| change.kind == kind)
    }

    /// Whether some patient gets a less severe verdict than before.
    #[must_use]
    pub fn is_less_severe(&self) -> bool {
        self.of_kind(severity::Change::LessSevere).next().is_some()
    }

    /// Whether the limit was reached before it was known if some patient does.
    #[must_use]
    pub fn may_be_less_severe(&self) -> bool {
        self.left_out.iter().any(|(before, after)| after < before)
    }
}

/// The differences between `old` and `new`.
#[must_use]
pub fn diff(old: &Plan, new: &Plan, pack: &Pack, today: Date) -> Diff {
    within(old, new, pack, today, &Budget::default())
}

/// The same with a limited budget; undecided parts are listed as left out.
#[must_use]
pub fn within(old: &Plan, new: &Plan, pack: &Pack, today: Date, budget: &Budget) -> Diff {
    let pairs: Vec<_> = pairs().collect();
    let merged = merge::merge(old, new);
    let mut seen = compared(merged, (old, new), pack, today, &pairs, budget);
    let (before, after) = (&seen.merged.old.rules, &seen.merged.new.rules);
    let (gone, come) = (unlike(before, after), unlike(after, before));
    seen.kinds = Solver::like(&seen.merged.new, &seen.base.answers, today).count(&gone, &come);
    seen.by_rule = by_rule(&seen, (old, new), pack, today, budget);
    seen
}

/// An example for each changed rule that has a part in no example yet: a patient whose verdict changes because of
/// this rule alone. Rules that change no verdict alone, or take too many steps, have none.
fn by_rule(
    seen: &Diff,
    plans: (&Plan, &Plan),
    pack: &Pack,
    today: Date,
    budget: &Budget,
) -> Vec<(String, VerdictChange)> {
    let ids = [&seen.changed, &seen.added, &seen.gone];
    let ids = ids.into_iter().flatten();
    // A name known in only one version changes such a rule in both. Changed names are listed separately.
    let reads_unrecognised = |id: &str| {
        let mut rules = seen.merged.new.rules.iter().filter(|rule| rule.id == id);
        rules.any(|rule| {
            let mut tests = rule.when.tests().into_iter();
            tests.any(|test| test.check == Check::TakesUnrecognised)
        })
    };
    let ids = ids.filter(|id| !reads_unrecognised(id));
    let unseen: Vec<&String> = ids.filter(|id| !has_a_part(seen, id)).collect();
    let pairs: Vec<_> = pairs().collect();
    let mut examples = Vec::new();
    for (number, id) in unseen.iter().enumerate() {
        let (before, after) = (&seen.merged.old, &seen.merged.new);
        let kept = before.rules.iter().filter(|rule| rule.id != **id);
        let own = after.rules.iter().filter(|rule| rule.id == **id);
        let alone = Merged {
            old: before.clone(),
            new: Plan {
                rules: kept.chain(own).cloned().collect(),
                ..after.clone()
            },
            gates: seen.merged.gates.clone(),
        };
        let left = unseen.len() - number;
        let share = budget.share(left);
        let few = concerned::concerned(&alone);
        let found = compared(few, plans, pack, today, &pairs, &share);
        budget.settle(&share, left);
        let plainest = found.changes.into_iter().min_by_key(|change| !change.exact);
        examples.extend(plainest.map(|change| ((*id).clone(), change)));
    }
    examples
}

/// Whether a rule counts differently before and after for the patient of some example.
fn has_a_part(seen: &Diff, id: &str) -> bool {
    seen.changes.iter().any(|change| {
        let counts = |plan: &Plan| {
            let patient = Patient::new(plan, &change.someone.answers, change.someone.as_of);
            let mut rules = plan.rules.iter().filter(|rule| rule.id == id);
            rules.find_map(|rule| {
                let truth = patient.rule(rule, change.someone.as_of);
                rule.counts_as(truth)
            })
        };
        counts(&seen.merged.old) != counts(&seen.merged.new)
    })
}

/// The differences that make a verdict less severe or settle it.
#[must_use]
pub fn less_severe(old: &Plan, new: &Plan, pack: &Pack, today: Date, budget: &Budget) -> Diff {
    less(merge::merge(old, new), (old, new), pack, today, budget)
}

/// The same for two versions of one pack that have identical questions and medicines.
#[must_use]
pub fn less_severe_alike(
    old: &Plan,
    new: &Plan,
    pack: &Pack,
    today: Date,
    budget: &Budget,
) -> Diff {
    let merged = Merged {
        old: old.clone(),
        new: new.clone(),
        gates: Vec::new(),
    };
    less(merged, (old, new), pack, today, budget)
}

fn less(merged: Merged, plans: (&Plan, &Plan), pack: &Pack, today: Date, budget: &Budget) -> Diff {
    let pairs: Vec<_> = pairs().filter(|(before, after)| after < before).collect();
    let few = concerned::concerned(&merged);
    let share = budget.share(2);
    let seen = compared(few, plans, pack, today, &pairs, &share);
    budget.settle(&share, 2);
    if seen.is_less_severe() {
        // Checks the change with all other rules, and finds the simplest example.
        compared(merged, plans, pack, today, &pairs, budget)
    } else {
        Diff { merged, ..seen }
    }
}

/// The differences, with an example for each of the `pairs` of verdicts that occurs.
fn compared(
    merged: Merged,
    (old, new): (&Plan, &Plan),
    pack: &Pack,
    today: Date,
    pairs: &[(Verdict, Verdict)],
    budget: &Budget,
) -> Diff {
    let base = base(pack, new, today);
    let base = Base {
        answers: merged.answers(&base.answers, today),
        ..base
    };
    let ids = |rules: Vec<&Rule>| {
        let mut ids: Vec<String> = rules.into_iter().map(|rule| rule.id.clone()).collect();
        // A rule that is relaxed for a while is present in each of its forms.
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
        births: births(old, new),
        kinds: None,
        today,
        read: Vec::new(),
        changes: Vec::new(),
        by_rule: Vec::new(),
        left_out: Vec::new(),
        base,
        merged,
    };
    let (before, after) = (&seen.merged.old.rules, &seen.merged.new.rules);
    let (gone, come) = (unlike(before, after), unlike(after, before));
    seen.read = read(&seen.merged.new, gone.iter().chain(&come).copied());
    let search = Search::new(&seen, today);
    let (mut changes, mut left_out) = (Vec::new(), Vec::new());
    for (number, pair) in pairs.iter().copied().enumerate() {
        let left = pairs.len() - number;
        let share = budget.share(left);
        match search.change(pair, &share) {
            Ok(change) => changes.extend(change),
            Err(TooMuch) => left_out.push(pair),
        }
        budget.settle(&share, left);
    }
    (seen.changes, seen.left_out) = (changes, left_out);
    // The simplest come first: those with exact answers.
    seen.changes
        .sort_by_key(|change| (change.kind, !change.exact));
    seen
}

/// Whether a rule was private before and is public now.
fn shown(rule: &Rule, before: &[Rule]) -> bool {
    let mut before = before.iter();
    !rule.private && before.any(|other| other.id == rule.id && other.private)
}

/// The claims of `old` that are not in `new` with the same words, patients and verdicts.
fn claims(old: &Plan, new: &Plan) -> Vec<String> {
    let same = |one: &Claim, other: &Claim| {
        one.claim == other.claim
            && one.promise.bounds() == other.promise.bounds()
            && in_words(&one.condition) == in_words(&other.condition)
    };
    let gone = old
        .claims
        .iter()
        .filter(|claim| !new.claims.iter().any(|other| same(claim, other)));
    gone.map(|claim| claim.claim.clone()).collect()
}

/// The doubts of `old` that are not in `new` with the same condition.
fn doubts(old: &Plan, new: &Plan) -> Vec<String> {
    let said = |(label, condition): &(String, Condition)| (label.clone(), in_words(condition));
    let kept: Vec<_> = new.doubts.iter().map(said).collect();
    let gone = old
        .doubts
        .iter()
        .filter(|doubt| !kept.contains(&said(doubt)));
    gone.map(|(label, _)| label.clone()).collect()
}

/// The questions that ask for the date of birth, if they differ.
fn births(old: &Plan, new: &Plan) -> Option<[Option<String>; 2]> {
    let births = [old, new].map(|plan| {
        let asked = plan.questions.get(plan.birth?)?;
        Some(asked.question.id.clone())
    });
    (births[0] != births[1]).then_some(births)
}

/// A condition in its author's words, because question numbers differ between versions.
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
    let read: BTreeSet<usize> = rules.flat_map(|rule| rule.when.questions()).collect();
    let asked = read.iter().filter_map(|number| plan.questions.get(*number));
    asked.map(|asked| asked.question.id.clone()).collect()
}

/// All pairs of verdicts: changes to a less severe one first, largest changes first.
fn pairs() -> impl Iterator<Item = (Verdict, Verdict)> {
    let all = || Verdict::ALL.into_iter();
    let less_severe = all()
        .rev()
        .flat_map(move |from| all().map(move |to| (from, to)));
    let more_severe = all().flat_map(move |from| all().rev().map(move |to| (from, to)));
    less_severe
        .filter(|(from, to)| to < from)
        .chain(more_severe.filter(|(from, to)| to > from))
}

/// The rules that have no equal among `others`; ids are ignored.
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
