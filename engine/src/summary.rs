//! The summary of one patient: the verdict, the rules behind it, the questions
//! left open and the dates. No evidence, no range.
//!
//! An [`Assessment`](super::assess::Assessment) starts from it; a row of a table
//! needs no more. A summary can be made of some of the rules at a time: summaries
//! of parts of a pack are added up in any order, as a batch does.

use std::cmp::Reverse;

use super::date::Date;
use super::evaluate::Patient;
use super::impossible::ImpossibleDay;
use super::plan::{Plan, Rule};
use super::range;
use super::truth::Truth;
use super::verdict::{Grade, Verdict};

mod relies;

/// What some of the rules amount to for one patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The most severe of what applies or is undecided; at least `least`.
    pub verdict: Verdict,
    /// The most severe of what applies.
    pub sure: Verdict,
    /// The most severe that a rule could lead to which is undecided now.
    pub possible: Verdict,
    /// The least severe verdict that complete answers could lead to, where that is
    /// more severe than what the rules count for; `eligible` otherwise.
    pub least: Verdict,
    /// The rules that apply: most severe first, then in the pack's order.
    pub applies: Vec<usize>,
    /// What is unknown and undecided rules read, in the order of reports.
    pub open: Vec<Open>,
    /// When treatment may go ahead.
    pub clear: Clear,
    /// The relaxations that verdicts rely on.
    pub relies: Vec<Relies>,
    /// Answers that cannot all be right, in the order of reports.
    pub doubts: Vec<Doubt>,
}

/// The parts of a plan that a summary covers, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The rules.
    pub rules: Vec<usize>,
    /// The doubts of the plan.
    pub doubts: Vec<usize>,
    /// The questions whose answers are checked on their own: for whether they
    /// were asked, and for days that cannot be right.
    pub questions: Vec<usize>,
}

/// Why some answers cannot all be right. The order is that of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// The doubt of the plan with this number holds.
    Stated(usize),
    /// This question was answered, and an earlier answer says that it does not apply.
    NotAsked(usize),
    /// The day answered to this question cannot be right; it counts as not known.
    ImpossibleDay(ImpossibleDay),
}

/// A question that leaves rules undecided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// The question.
    pub question: usize,
    /// The own grade of the gravest such rule.
    pub grade: Grade,
    /// Whether all such rules are private.
    pub private: bool,
}

/// That some verdicts rely on a relaxation: without it they would be more severe.
///
/// Where each of several relaxations would do, the verdict relies on all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relies {
    /// The number of the relaxation.
    pub on: usize,
    /// The least severe such verdict.
    pub from: Verdict,
    /// What the verdict would be otherwise: those below it rely on the relaxation.
    pub below: Verdict,
}

/// When treatment may go ahead and nothing known will stop it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clear {
    /// On the day decided for.
    Already,
    /// From this later day on.
    From(Date),
    /// Time alone does not bring it about.
    Never,
}

impl Default for Summary {
    /// What no rule at all comes to.
    fn default() -> Self {
        Self {
            verdict: Verdict::Eligible,
            sure: Verdict::Eligible,
            possible: Verdict::Eligible,
            least: Verdict::Eligible,
            applies: Vec::new(),
            open: Vec::new(),
            clear: Clear::Already,
            relies: Vec::new(),
            doubts: Vec::new(),
        }
    }
}

impl Scope {
    /// All of `plan`.
    #[must_use]
    pub fn all(plan: &Plan) -> Self {
        Self {
            rules: (0..plan.rules.len()).collect(),
            doubts: (0..plan.doubts.len()).collect(),
            questions: (0..plan.questions.len()).collect(),
        }
    }
}

impl Summary {
    /// What the parts of the plan in `scope` come to for `patient` on `as_of`.
    #[must_use]
    pub fn of(patient: &Patient<'_>, scope: &Scope, as_of: Date) -> Self {
        let mut summary = Self {
            doubts: doubts(patient, scope, as_of),
            ..Self::default()
        };
        let numbered = scope
            .rules
            .iter()
            .filter_map(|number| Some((*number, patient.plan.rules.get(*number)?)));
        for (number, rule) in numbered.clone() {
            let truth = patient.rule(rule, as_of);
            let Some(grade) = rule.counts_as(truth) else {
                continue;
            };
            summary.verdict = summary.verdict.max(grade.verdict());
            if truth == Truth::Yes {
                summary.sure = summary.sure.max(grade.verdict());
                summary.applies.push(number);
            } else {
                summary.possible = summary.possible.max(rule.grade.verdict());
                let questions = patient.open_questions(&rule.when, as_of);
                summary
                    .open
                    .extend(questions.into_iter().map(|question| Open {
                        question,
                        grade: rule.grade,
                        private: rule.private,
                    }));
            }
        }
        let rules: Vec<&Rule> = numbered.map(|(_, rule)| rule).collect();
        let least = range::least(patient, rules.iter().copied(), as_of, summary.verdict);
        if least > summary.verdict {
            summary.least = least;
            summary.verdict = least;
        }
        summary.clear = clear(patient, &rules, as_of);
        summary.relies = relies::on(patient, &rules, as_of);
        summary.settle(patient.plan);
        summary
    }

    /// The same without what summaries of parts of these rules say already.
    #[must_use]
    pub fn severity(self) -> Self {
        Self {
            applies: Vec::new(),
            open: Vec::new(),
            ..self
        }
    }

    /// Whether answers decide that are still to come: with everything known the
    /// verdict could be less severe.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.verdict > self.sure.max(self.least)
    }

    /// Forgets everything: what no rule at all comes to.
    pub fn clear(&mut self) {
        self.verdict = Verdict::Eligible;
        self.sure = Verdict::Eligible;
        self.possible = Verdict::Eligible;
        self.least = Verdict::Eligible;
        self.applies.clear();
        self.open.clear();
        self.clear = Clear::Already;
        self.relies.clear();
        self.doubts.clear();
    }

    /// Adds what other rules come to; [`Self::settle`] afterwards.
    pub fn add(&mut self, other: &Self) {
        self.verdict = self.verdict.max(other.verdict);
        self.sure = self.sure.max(other.sure);
        self.possible = self.possible.max(other.possible);
        self.least = self.least.max(other.least);
        self.applies.extend_from_slice(&other.applies);
        self.open.extend_from_slice(&other.open);
        self.clear = self.clear.max(other.clear);
        self.relies.extend_from_slice(&other.relies);
        self.doubts.extend_from_slice(&other.doubts);
    }

    /// Puts reasons and questions into the order of reports, each once.
    pub fn settle(&mut self, plan: &Plan) {
        self.doubts.sort_unstable();
        if self.applies.len() < 2 && self.open.len() < 2 {
            return;
        }
        let grade = |rule: &usize| plan.rules.get(*rule).map(|rule| rule.grade);
        self.applies
            .sort_by_key(|rule| (Reverse(grade(rule)), *rule));
        self.open
            .sort_by_key(|open| (open.question, Reverse(open.grade)));
        self.open.dedup_by(|later, first| {
            let same = later.question == first.question;
            first.private &= !same || later.private;
            same
        });
        self.open
            .sort_by_key(|open| (Reverse(open.grade), open.question));
    }

    /// The day from which a deferred patient may be treated.
    #[must_use]
    pub fn recall(&self) -> Option<Date> {
        self.eligible_from()
            .filter(|_| self.verdict == Verdict::Deferred)
    }

    /// The relaxations without which the verdict would be more severe.
    #[must_use]
    pub fn relaxed(&self) -> Vec<usize> {
        let verdict = self.verdict;
        let relies = |one: &&Relies| one.from <= verdict && verdict < one.below;
        let mut relaxed: Vec<usize> = self.relies.iter().filter(relies).map(|r| r.on).collect();
        relaxed.sort_unstable();
        relaxed.dedup();
        relaxed
    }

    /// The first later day from which treatment may go ahead for good.
    #[must_use]
    pub fn eligible_from(&self) -> Option<Date> {
        match self.clear {
            Clear::From(day) => Some(day),
            Clear::Already | Clear::Never => None,
        }
    }
}

fn doubts(patient: &Patient<'_>, scope: &Scope, as_of: Date) -> Vec<Doubt> {
    let stated = scope.doubts.iter().copied();
    let stated = stated.filter(|number| patient.is_doubted(*number, as_of));
    let questions = || scope.questions.iter().copied();
    let not_asked = questions().filter(|question| patient.contradicts(*question));
    let days = questions().filter_map(|question| {
        let why = patient.impossible(question)?;
        Some(ImpossibleDay { question, why })
    });
    let found = stated.map(Doubt::Stated);
    let found = found.chain(not_asked.map(Doubt::NotAsked));
    found.chain(days.map(Doubt::ImpossibleDay)).collect()
}

fn clear(patient: &Patient<'_>, rules: &[&Rule], as_of: Date) -> Clear {
    let goes_ahead = |day: Date| {
        let counted = patient.counted(rules.iter().copied(), day);
        counted.goes_ahead()
            && range::least(patient, rules.iter().copied(), day, counted).goes_ahead()
    };
    let mut clear = if goes_ahead(as_of) {
        Clear::Already
    } else {
        Clear::Never
    };
    for day in patient.turning_days_of(rules.iter().copied(), as_of) {
        clear = match (clear, goes_ahead(day)) {
            (Clear::Never, true) => Clear::From(day),
            (_, false) => Clear::Never,
            (clear, true) => clear,
        };
    }
    clear
}
