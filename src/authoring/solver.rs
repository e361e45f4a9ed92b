//! Searches all possible patients for one who meets given goals.
//!
//! **Answers.** Rules see a patient only through their sentences. So every question is divided into
//! *cells*: classes of answers that no relevant sentence distinguishes, with one representative
//! each (see `domains`). *Not sure* is a separate cell. So are vague days, which may be any range
//! of days. A blank counts as *not sure*. If its question does not apply or is optional, it is a
//! cell in which every sentence is no. Medicines are divided by groups. Only sets of groups that
//! some list of names can have are tried. A question that no relevant sentence reads can have any
//! answer and is left out.
//!
//! **Days.** Sentences with a waiting period compare an answer with the day of treatment. Two
//! things about that day matter: the order in which the periods on one question end, and which
//! dated rules are in force (see `days.rs`). One day of each kind represents all of them.
//!
//! **Search.** Conditions that share nothing are solved separately. Within such a component,
//! answers are chosen one question after the other. A choice is dropped as soon as some condition
//! can no longer have the required result (see `search`). Nothing else is dropped, so
//! [`Solution::Unsat`] is certain. If the search takes more steps than [`search::MAX_STEPS`] or
//! [`Budget`] allows, the result is [`Solution::Unknown`].
//!
//! **Birth.** Nothing happens before birth, so days before the date of birth are not chosen
//! together with it. The engine also cuts vague or unknown days off at the date of birth; the
//! solver does not. This only matters for patients who were born within the periods of the rules.
//! Their actual verdict is the same or more severe.
//!
//! Every patient found is checked with the engine before being returned.

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
pub use constraints::Patients;
pub use search::MAX_STEPS;
pub use together::Together;
pub use truth_set::TruthSet;
pub use witness::{differences, plain};

/// The first and the last day on which a goal counts.
type InForce = (Option<Date>, Option<Date>);

/// The subject of a goal.
#[derive(Clone, Copy, Debug)]
pub enum About<'a> {
    /// A condition.
    Condition(&'a Condition),
    /// These rules together lead to the verdict, or a more severe one, whichever answers are given,
    /// although each is undecided. The result is yes or no, never unknown.
    Together(&'a Together, Verdict),
}

/// One requirement for the patient.
#[derive(Clone, Copy, Debug)]
pub struct Goal<'a> {
    /// Its subject.
    pub about: About<'a>,
    /// The allowed results.
    pub may_be: TruthSet,
    /// The days on which it counts; on all others the result is no.
    in_force: InForce,
}

/// A patient on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The answers.
    pub answers: Answers,
    /// The day of treatment.
    pub as_of: Date,
}

/// The result of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Solution {
    /// A patient, as close to the baseline as could be found.
    Sat(Box<Witness>),
    /// There is no such patient.
    Unsat,
    /// The limit was reached before a patient was found.
    Unknown,
}

impl Solution {
    /// The first patient found; later searches are not run. Unknown if none was found and some
    /// search reached its limit.
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
    /// The goal that a condition has one of these results, on any day.
    #[must_use]
    pub fn condition(condition: &'a Condition, may_be: TruthSet) -> Self {
        Self {
            about: About::Condition(condition),
            may_be,
            in_force: (None, None),
        }
    }

    /// The goal that these rules lead to `verdict` or a more severe one whichever answers are
    /// given. If `lead_there` is false, the goal is that they do not.
    #[must_use]
    pub fn together(rules: &'a Together, verdict: Verdict, lead_there: bool) -> Self {
        Self {
            about: About::Together(rules, verdict),
            may_be: TruthSet::of(lead_there.into()),
            in_force: (None, None),
        }
    }

    /// The goal that a rule has one of these results; outside its days in force the result is no.
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

    /// Whether `patient` meets the goal on `day`.
    #[must_use]
    pub fn holds(&self, patient: &Patient<'_>, day: Date) -> bool {
        let truth = match self.about {
            _ if !self.counts_on(day) => Truth::No,
            About::Condition(condition) => patient.truth(condition, day),
            About::Together(rules, verdict) => rules.lead_to(verdict, patient, day).into(),
        };
        self.may_be.has(truth)
    }

    /// The conditions it depends on, with the days on which each counts.
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

/// Whether `patient` meets at least one goal of each list on `day`.
fn all_hold(wanted: &[Vec<Goal<'_>>], patient: &Patient<'_>, day: Date) -> bool {
    wanted
        .iter()
        .all(|any| any.iter().any(|one| one.holds(patient, day)))
}

/// Searches for patients under one plan.
#[derive(Clone, Debug)]
pub struct Solver<'a> {
    /// The rules.
    pub plan: &'a Plan,
    /// The baseline; a patient with fewer differing answers is closer to it.
    pub like: Answers,
    /// The day that is tried first.
    pub today: Date,
    /// Which patients are tried.
    pub patients: Patients,
    /// Maximum number of steps of one search: see [`search::MAX_STEPS`].
    pub most: u32,
    /// The budget for all searches.
    pub budget: Budget,
}

impl<'a> Solver<'a> {
    /// A solver whose baseline is a patient whom no rule of `plan` concerns. If none is found
    /// quickly, as few rules as possible concern the patient.
    #[must_use]
    pub fn new(plan: &'a Plan, today: Date) -> Self {
        let mut solver = Self {
            plan,
            like: plain(plan, today),
            today,
            patients: Patients::All,
            most: search::MAX_STEPS_OPTIONAL,
            budget: Budget::default(),
        };
        let silent: Vec<Vec<Goal<'_>>> = plan
            .rules
            .iter()
            .map(|rule| vec![Goal::rule(rule, TruthSet::of(Truth::No))])
            .collect();
        if let Solution::Sat(someone) = solver.on(today, &silent) {
            solver.like = someone.answers;
        }
        solver.most = search::MAX_STEPS;
        solver
    }

    /// A solver whose baseline gives these answers.
    #[must_use]
    pub fn like(plan: &'a Plan, answers: &Answers, today: Date) -> Self {
        Self {
            plan,
            like: answers.clone(),
            today,
            patients: Patients::All,
            most: search::MAX_STEPS,
            budget: Budget::default(),
        }
    }

    /// The same with a share of the budget, for the next of `many` searches.
    #[must_use]
    pub fn sharing(&self, many: usize) -> Self {
        Self {
            budget: self.budget.share(many),
            ..self.clone()
        }
    }

    /// Searches for a patient who meets all goals, on any day.
    #[must_use]
    pub fn seek(&self, wanted: &[Goal<'_>]) -> Solution {
        self.seek_any(&wanted.iter().map(|one| vec![*one]).collect::<Vec<_>>())
    }

    /// Searches for a patient who meets at least one goal of each list, on any day.
    #[must_use]
    pub fn seek_any(&self, wanted: &[Vec<Goal<'_>>]) -> Solution {
        // If a patient is found for today, no other day is tried.
        let others = std::iter::once_with(|| days::kinds(&wanted.concat(), self.today)).flatten();
        let days = std::iter::once(self.today).chain(others);
        Solution::first(days.map(|day| self.on(day, wanted)))
    }

    /// How many kinds of patients these rules distinguish today, and for how many of them `old` and
    /// `new` count differently; none if there are too many to count.
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
        let space = constraints::Space::of(self, self.today, &wanted, Patients::All)?;
        let formulas = space.formulas(wanted.len());
        let (before, after) = formulas.split_at(old.len());
        let (mut kinds, mut otherwise) = (0, 0);
        let whole = search::each(&space, &self.budget, &mut |choice| {
            let most_severe = |rules: &[&Rule], formulas: &[&constraints::Formula]| {
                let rules = rules.iter().zip(formulas);
                rules
                    .filter_map(|(rule, formula)| rule.counts_as(choice.truth(formula)))
                    .max()
            };
            kinds += 1;
            otherwise += u64::from(most_severe(&old, before) != most_severe(&new, after));
        });
        whole.then_some((kinds, otherwise))
    }

    fn on(&self, day: Date, wanted: &[Vec<Goal<'_>>]) -> Solution {
        let found = self.search(day, wanted, self.patients);
        let plainer = match (&found, self.patients) {
            (Solution::Sat(_), Patients::All) => &[Patients::Plain, Patients::Sensible][..],
            (Solution::Sat(_), Patients::Exact) => &[Patients::Plain][..],
            _ => &[],
        };
        // A realistic example is more helpful than one that is merely possible.
        let mut plainer = plainer
            .iter()
            .map(|patients| self.search(day, wanted, *patients));
        plainer
            .find(|found| matches!(found, Solution::Sat(_)))
            .unwrap_or(found)
    }

    fn search(&self, day: Date, wanted: &[Vec<Goal<'_>>], patients: Patients) -> Solution {
        let Some(space) = constraints::Space::of(self, day, wanted, patients) else {
            return Solution::Unsat;
        };
        let cells = match search::nearest(&space, self.most, &self.budget) {
            search::Way::None => return Solution::Unsat,
            search::Way::TooLong => return Solution::Unknown,
            search::Way::Chosen(cells) => cells,
        };
        let answers = witness::dress(self, &space, &cells, day, wanted);
        // Every patient that is shown has been checked with the engine.
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
