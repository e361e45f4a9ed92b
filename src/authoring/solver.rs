//! Looks for a patient of whom certain things are true, among all there can be.
//!
//! **What is tried.** Rules see a patient only through their sentences, so
//! every question is cut into *cells*: answers that no sentence at hand tells
//! apart, one of each (see `domains`). *Not sure* is a cell of its own, so are
//! vague days, as any stretch of days; a blank counts as *not sure*, or, where
//! its question does not apply or may be left out, as a cell in which every
//! sentence is no. Medicines are cut by groups, and only sets of groups that
//! some list of names comes to are tried. A question no sentence at hand reads
//! can be answered in any way and is left out.
//!
//! **Which days.** Sentences with a wait compare an answer with the day decided
//! for. All that matters of the day is the order in which the waits that read
//! one question come to an end, and which dated rules are in force (see
//! `days.rs`); one day of each kind stands for all of them.
//!
//! **How.** Conditions that share nothing are looked at apart. Within one such
//! island answers are chosen one question after the other; a choice is dropped
//! as soon as some condition can no longer come out as wanted whatever follows
//! (see `search`). Nothing else is dropped, so *nobody* means nobody. Where
//! more is tried than [`search::MAX_STEPS`] or [`Budget`] allows, the answer is
//! [`Solution::Unknown`].
//!
//! **Birth.** Nothing happens before birth, so days before the date of birth are not chosen
//! beside it. What a vague or unknown day may be is not cut off at the date of birth, as the
//! engine does: only for patients who were born within the waits of the rules does that make
//! a difference, and their verdict is then as severe as is said here or more severe.
//!
//! Whoever is found is held against the engine before they are shown.

mod budget;
mod components;
mod constraints;
mod days;
mod domains;
mod search;
mod together;
mod truth_set;
mod variable;
mod witness;

use candidacy_engine::answer::Answers;
use candidacy_engine::condition::Condition;
use candidacy_engine::date::Date;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::plan::{Plan, Rule};
use candidacy_engine::truth::Truth;
use candidacy_engine::verdict::Verdict;

pub use budget::Budget;
pub use constraints::Scope;
pub use search::MAX_STEPS;
pub use together::Together;
pub use truth_set::TruthSet;
pub use witness::{differences, plain};

/// The first and the last day on which something counts.
type InForce = (Option<Date>, Option<Date>);

/// What a thing that is wanted is about.
#[derive(Clone, Copy, Debug)]
pub enum About<'a> {
    /// A condition.
    Condition(&'a Condition),
    /// That these rules lead to the verdict, or a more severe one, whichever answers
    /// are given, though each is undecided. It is yes or no, never unknown.
    Together(&'a Together, Verdict),
}

/// One thing that must be true of the patient sought.
#[derive(Clone, Copy, Debug)]
pub struct Goal<'a> {
    /// What it is about.
    pub about: About<'a>,
    /// What it may come to.
    pub may_be: TruthSet,
    /// The days on which it counts; it is no on all others.
    in_force: InForce,
}

/// A patient on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// What they answer.
    pub answers: Answers,
    /// The day decided for.
    pub as_of: Date,
}

/// What came of looking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Solution {
    /// Such a patient, as near to the one compared with as could be had.
    Sat(Box<Witness>),
    /// There is no such patient.
    Unsat,
    /// There was too much to try, and nobody was found so far.
    Unknown,
}

impl Solution {
    /// The first patient found; that there was too much to try, where some search
    /// gave up and none found anybody. Nothing is sought behind the first.
    #[must_use]
    pub fn first(searches: impl IntoIterator<Item = Self>) -> Self {
        let mut none = Self::Unsat;
        for found in searches {
            match found {
                Self::Unsat => {}
                Self::Unknown => none = Self::Unknown,
                Self::Sat(_) => return found,
            }
        }
        none
    }
}

impl<'a> Goal<'a> {
    /// That a condition comes to one of these, on any day.
    #[must_use]
    pub fn condition(condition: &'a Condition, may_be: TruthSet) -> Self {
        Self {
            about: About::Condition(condition),
            may_be,
            in_force: (None, None),
        }
    }

    /// That these rules lead to `verdict` or a more severe one whichever answers are
    /// given, or that they do not.
    #[must_use]
    pub fn together(rules: &'a Together, verdict: Verdict, lead_there: bool) -> Self {
        Self {
            about: About::Together(rules, verdict),
            may_be: TruthSet::of(lead_there.into()),
            in_force: (None, None),
        }
    }

    /// That a rule comes to one of these; no outside the days it is in force.
    #[must_use]
    pub fn rule(rule: &'a Rule, may_be: TruthSet) -> Self {
        Self {
            about: About::Condition(&rule.when),
            may_be,
            in_force: (rule.from, rule.to),
        }
    }

    fn counts_on(&self, day: Date) -> bool {
        let (from, to) = self.in_force;
        from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
    }

    /// Whether it is so for `patient` on `day`.
    #[must_use]
    pub fn holds(&self, patient: &Patient<'_>, day: Date) -> bool {
        let truth = match self.about {
            _ if !self.counts_on(day) => Truth::No,
            About::Condition(condition) => patient.truth(condition, day),
            About::Together(rules, verdict) => rules.lead_to(verdict, patient, day).into(),
        };
        self.may_be.has(truth)
    }

    /// The conditions that it depends on, with the days on which each counts.
    fn conditions(&self) -> Vec<(&'a Condition, InForce)> {
        match self.about {
            About::Condition(condition) => vec![(condition, self.in_force)],
            About::Together(together, _) => {
                let rules = together.rules.iter();
                rules
                    .map(|rule| (&rule.when, (rule.from, rule.to)))
                    .collect()
            }
        }
    }
}

/// Whether at least one of each list is so for `patient` on `day`.
fn all_hold(wanted: &[Vec<Goal<'_>>], patient: &Patient<'_>, day: Date) -> bool {
    wanted
        .iter()
        .all(|any| any.iter().any(|one| one.holds(patient, day)))
}

/// Looks for patients under one plan.
#[derive(Clone, Debug)]
pub struct Solver<'a> {
    /// The rules.
    pub plan: &'a Plan,
    /// The patient others are compared with: the fewer answers differ, the nearer.
    pub like: Answers,
    /// The day tried first.
    pub today: Date,
    /// Whom to look among.
    pub among: Scope,
    /// How much is tried before giving up: see [`search::MAX_STEPS`].
    pub most: u32,
    /// How much may be tried.
    pub effort: Budget,
}

impl<'a> Solver<'a> {
    /// A seeker that compares with somebody whom no rule of `plan` concerns,
    /// or as few as can be told at once.
    #[must_use]
    pub fn new(plan: &'a Plan, today: Date) -> Self {
        let mut seeker = Self {
            plan,
            like: plain(plan, today),
            today,
            among: Scope::All,
            most: search::MOST_LOOKS_NEARER,
            effort: Budget::default(),
        };
        let silent: Vec<Vec<Goal<'_>>> = plan
            .rules
            .iter()
            .map(|rule| vec![Goal::rule(rule, TruthSet::of(Truth::No))])
            .collect();
        if let Solution::Sat(someone) = seeker.on(today, &silent) {
            seeker.like = someone.answers;
        }
        seeker.most = search::MAX_STEPS;
        seeker
    }

    /// The same with a share of what may be tried, for the next of `many`.
    #[must_use]
    pub fn sharing(&self, many: usize) -> Self {
        Self {
            effort: self.effort.share(many),
            ..self.clone()
        }
    }

    /// A patient of whom all of `wanted` is true, on any day.
    #[must_use]
    pub fn seek(&self, wanted: &[Goal<'_>]) -> Solution {
        self.seek_any(&wanted.iter().map(|one| vec![*one]).collect::<Vec<_>>())
    }

    /// A patient of whom at least one of each list is true, on any day.
    #[must_use]
    pub fn seek_any(&self, wanted: &[Vec<Goal<'_>>]) -> Solution {
        // What can be found today need not be looked for on any other day.
        let others = std::iter::once_with(|| days::kinds(&wanted.concat(), self.today)).flatten();
        let days = std::iter::once(self.today).chain(others);
        Solution::first(days.map(|day| self.on(day, wanted)))
    }

    /// How many kinds of patient these rules tell apart today, and for how many
    /// of them `old` and `new` count for something else; none when there are too
    /// many to count.
    #[must_use]
    pub fn count<'r>(&self, old: &[&'r Rule], new: &[&'r Rule]) -> Option<(u64, u64)> {
        let in_force = |rules: &[&'r Rule]| -> Vec<&'r Rule> {
            let rules = rules.iter().copied();
            rules.filter(|rule| rule.in_force(self.today)).collect()
        };
        let (old, new) = (in_force(old), in_force(new));
        let all = old.iter().chain(&new);
        let wanted: Vec<_> = all
            .map(|rule| vec![Goal::rule(rule, TruthSet::ANY)])
            .collect();
        let space = constraints::Space::of(self, self.today, &wanted, Scope::All)?;
        let formulas = space.formulas(wanted.len());
        let (before, after) = formulas.split_at(old.len());
        let (mut kinds, mut otherwise) = (0, 0);
        let whole = search::each(&space, &self.effort, &mut |choice| {
            let gravest = |rules: &[&Rule], formulas: &[&constraints::Formula]| {
                let rules = rules.iter().zip(formulas);
                rules
                    .filter_map(|(rule, formula)| rule.counts_as(choice.truth(formula)))
                    .max()
            };
            kinds += 1;
            otherwise += u64::from(gravest(&old, before) != gravest(&new, after));
        });
        whole.then_some((kinds, otherwise))
    }

    fn on(&self, day: Date, wanted: &[Vec<Goal<'_>>]) -> Solution {
        let found = self.among(day, wanted, self.among);
        let plainer = match (&found, self.among) {
            (Solution::Sat(_), Scope::All) => &[Scope::Plain, Scope::Sensible][..],
            (Solution::Sat(_), Scope::Exact) => &[Scope::Plain][..],
            _ => &[],
        };
        // An example that a clinic could meet says more than one that is merely possible.
        let mut plainer = plainer.iter().map(|among| self.among(day, wanted, *among));
        plainer
            .find(|found| matches!(found, Solution::Sat(_)))
            .unwrap_or(found)
    }

    fn among(&self, day: Date, wanted: &[Vec<Goal<'_>>], among: Scope) -> Solution {
        let Some(space) = constraints::Space::of(self, day, wanted, among) else {
            return Solution::Unsat;
        };
        let cells = match search::nearest(&space, self.most, &self.effort) {
            search::Way::None => return Solution::Unsat,
            search::Way::TooLong => return Solution::Unknown,
            search::Way::Chosen(cells) => cells,
        };
        let answers = witness::dress(self, &space, &cells, day, wanted);
        // Everybody who is shown has been held against the engine itself.
        if all_hold(wanted, &Patient::new(self.plan, &answers, day), day) {
            Solution::Sat(Box::new(Witness {
                answers,
                as_of: day,
            }))
        } else {
            Solution::Unknown
        }
    }
}
