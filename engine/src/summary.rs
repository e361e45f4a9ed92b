//! The summary of one patient: the verdict, its rules, the open questions and the dates, without
//! evidence or range.
//!
//! An [`Assessment`](super::assess::Assessment) is built on it; a row of a table needs only this. A
//! summary can cover some of the rules: a batch adds up the summaries of parts of a pack in any
//! order.

use std::cmp::Reverse;

use super::date::Date;
use super::evaluate::Patient;
use super::impossible::ImpossibleDay;
use super::plan::{Plan, Rule};
use super::range;
use super::truth::Truth;
use super::verdict::{Grade, Verdict};

mod relies;

/// The result of some of the rules for one patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The most severe verdict of rules that apply or are undecided; at least `least`.
    pub verdict: Verdict,
    /// The most severe verdict of rules that apply.
    pub sure: Verdict,
    /// The most severe verdict that a currently undecided rule could lead to.
    pub possible: Verdict,
    /// The least severe verdict of complete answers, if that is more severe than what the rules
    /// count for; otherwise `eligible`.
    pub least: Verdict,
    /// The rules that apply: most severe first, then in the pack's order.
    pub applies: Vec<usize>,
    /// The unknown questions that undecided rules read, in the order of reports.
    pub open: Vec<Open>,
    /// The day from which treatment may go ahead.
    pub clear: Clear,
    /// The relaxations that verdicts rely on.
    pub relies: Vec<Relies>,
    /// Contradictory answers, in the order of reports.
    pub doubts: Vec<Doubt>,
}

/// The parts of a plan that a summary covers, by index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The rules.
    pub rules: Vec<usize>,
    /// The doubts of the plan.
    pub doubts: Vec<usize>,
    /// The questions whose answers are checked separately, for gates and for impossible days.
    pub questions: Vec<usize>,
}

/// Why some answers contradict each other. The order is that of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// The doubt of the plan with this index holds.
    Stated(usize),
    /// This question was answered, although it does not apply because of an earlier answer.
    NotAsked(usize),
    /// The day answered to this question is impossible; it counts as unknown.
    ImpossibleDay(ImpossibleDay),
}

/// A question that leaves rules undecided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// The question.
    pub question: usize,
    /// The most severe own grade of such a rule.
    pub grade: Grade,
    /// Whether all such rules are private.
    pub private: bool,
}

/// Some verdicts rely on a relaxation: without it they would be more severe.
///
/// If each of several relaxations would be enough, the verdict relies on all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relies {
    /// The index of the relaxation.
    pub on: usize,
    /// The least severe such verdict.
    pub from: Verdict,
    /// The verdict without the relaxation; less severe verdicts rely on it.
    pub below: Verdict,
}

/// The day from which treatment may go ahead and nothing known stops it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clear {
    /// The day of treatment.
    Already,
    /// From this later day on.
    From(Date),
    /// Time alone is not enough.
    Never,
}

impl Default for Summary {
    /// The result without any rules.
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
    /// The whole `plan`.
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
    /// The result of the parts of the plan in `scope`, for `patient` on `as_of`.
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

    /// The summary without what summaries of parts of these rules contain already.
    #[must_use]
    pub fn severity(self) -> Self {
        Self {
            applies: Vec::new(),
            open: Vec::new(),
            ..self
        }
    }

    /// Whether the verdict depends on missing answers: with complete answers it could be less
    /// severe.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.verdict > self.sure.max(self.least)
    }

    /// Resets it to the result without any rules.
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

    /// Adds the result of other rules; [`Self::settle`] must be called afterwards.
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

    /// Sorts reasons and questions as in reports, and removes repetitions.
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

    /// The first later day from which treatment may go ahead permanently.
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
