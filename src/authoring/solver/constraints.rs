//! Conditions as formulas; each atom reads one part of one answer.

use std::collections::BTreeMap;

use candidacy_engine::condition::{Check, Condition, Test};
use candidacy_engine::date::Date;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::plan::Plan;
use candidacy_engine::range::{self, Part};
use candidacy_engine::truth::Truth;
use candidacy_engine::verdict::Verdict;

use super::domains;
use super::truth_set::TruthSet;
use super::variable::Variable;
use super::{About, Goal, Solver, Together};

mod birth;
mod exhaustive;
mod medicines;

/// A condition over variables.
#[derive(Clone, Debug)]
pub enum Formula {
    /// The result of one check of a variable.
    Atom {
        /// The number of the variable.
        variable: usize,
        /// The number of the check.
        check: usize,
    },
    /// All of these must hold.
    All(Vec<Formula>),
    /// At least one must hold.
    Any(Vec<Formula>),
    /// The negation.
    Not(Box<Formula>),
    /// Whether a variable has one of these cells.
    Has {
        /// The number of the variable.
        variable: usize,
        /// The cells.
        cells: Vec<usize>,
    },
    /// Whether several rules lead to a verdict together.
    Together {
        /// The index of the rules and the verdict in the space.
        number: usize,
        /// The variables they depend on, including those of gates.
        variables: Vec<usize>,
    },
}

/// Formulas with their allowed results; at least one must have an allowed result.
#[derive(Clone, Debug)]
pub struct Constraint {
    /// The formulas.
    pub any: Vec<(Formula, TruthSet)>,
    /// The constraint counts only while this variable has this cell; always, if none.
    pub only_if: Option<(usize, usize)>,
    /// Its variables, including that of `only_if`.
    pub variables: Vec<usize>,
    /// The number of parts in its formulas.
    pub size: u32,
}

/// Which patients a search tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patients {
    /// All patients.
    All,
    /// Patients who answer only what they are asked.
    Sensible,
    /// Patients who answer exactly.
    Exact,
    /// Patients who answer exactly and only what they are asked.
    Plain,
}

impl Patients {
    fn exact(self) -> bool {
        matches!(self, Self::Exact | Self::Plain)
    }

    fn sensible(self) -> bool {
        matches!(self, Self::Sensible | Self::Plain)
    }
}

/// Everything that must be chosen for one day.
#[derive(Debug)]
pub struct Space<'a> {
    /// The rules.
    pub plan: &'a Plan,
    /// The variables.
    pub variables: Vec<Variable>,
    /// The constraints.
    pub constraints: Vec<Constraint>,
    /// The day of treatment.
    pub day: Date,
    /// Rules that may lead to a verdict together.
    pub together: Vec<(&'a Together, Verdict)>,
    by_part: BTreeMap<(usize, Part), usize>,
}

impl<'a> Space<'a> {
    /// The space for `wanted` on `day`, one goal of each list; none if a dated condition cannot
    /// have the required result on that day.
    pub fn of(
        solver: &Solver<'a>,
        day: Date,
        wanted: &[Vec<Goal<'a>>],
        patients: Patients,
    ) -> Option<Self> {
        let mut space = Self {
            plan: solver.plan,
            variables: Vec::new(),
            constraints: Vec::new(),
            day,
            together: Vec::new(),
            by_part: BTreeMap::new(),
        };
        for any in wanted {
            if any
                .iter()
                .any(|one| !one.counts_on(day) && one.may_be.has(Truth::No))
            {
                continue;
            }
            let counting = any.iter().filter(|one| one.counts_on(day));
            let formulas: Vec<_> = counting
                .map(|one| (space.about(one.about), one.may_be))
                .collect();
            if formulas.is_empty() {
                return None;
            }
            space.constrain(formulas, None);
        }
        space.days_beside_birth();
        // Gates read earlier questions only. Going backwards, all conditions that read a question
        // are known when its cells are made.
        let baseline = Patient::new(solver.plan, &solver.like, day);
        for question in (0..solver.plan.questions.len()).rev() {
            space.cut(&baseline, question, patients);
        }
        space.born_first();
        Some(space)
    }

    /// The formulas of the first `count` goals.
    pub fn formulas(&self, count: usize) -> Vec<&Formula> {
        let constraints = self.constraints.iter().take(count);
        let formulas = constraints.filter_map(|constraint| constraint.any.first());
        formulas.map(|(formula, _)| formula).collect()
    }

    fn cut(&mut self, baseline: &Patient<'_>, question: usize, patients: Patients) {
        let asked = baseline.plan.questions.get(question);
        if let Some(asked) = asked.filter(|asked| asked.question.exhaustive) {
            self.other_options(question, asked);
            self.one_applies(question, asked);
        }
        let gate = asked.and_then(|asked| asked.gate.as_ref());
        let optional = asked.is_some_and(|asked| asked.question.optional);
        let of_question: Vec<usize> = self
            .by_part
            .range((question, Part::Whole)..=(question, Part::Unrecognised))
            .map(|(_, variable)| *variable)
            .collect();
        self.read_medicines_together(&of_question);
        for number in of_question.iter().copied() {
            let Some(variable) = self.variables.get_mut(number) else {
                continue;
            };
            let cells = domains::of(baseline, variable, patients.exact());
            variable.cells.clone_from(&cells);
            let Some(gate) = gate else {
                continue;
            };
            for (cell, says) in cells.iter().enumerate() {
                let shut = TruthSet::of(Truth::No);
                let open = TruthSet::of(Truth::Yes).with(Truth::Unknown);
                let may_be = match says.is_blank() {
                    true if optional => continue,
                    true if says.is_open() => TruthSet::of(Truth::Unknown),
                    true => shut,
                    false if patients.sensible() && says.says_something() => open,
                    false => continue,
                };
                let formula = self.formula(gate);
                self.constrain(vec![(formula, may_be)], Some((number, cell)));
            }
        }
        self.blank_as_a_whole(&of_question);
    }

    /// Makes a [`Formula::Together`] that depends on one of `some` depend on `all`.
    fn widen(&mut self, some: &[usize], all: &[usize]) {
        for constraint in &mut self.constraints {
            for (formula, _) in &mut constraint.any {
                let Formula::Together { variables, .. } = formula else {
                    continue;
                };
                if some.iter().any(|one| variables.contains(one)) {
                    for more in [variables, &mut constraint.variables] {
                        more.extend(all);
                        more.sort_unstable();
                        more.dedup();
                    }
                }
            }
        }
    }

    fn constrain(&mut self, any: Vec<(Formula, TruthSet)>, only_if: Option<(usize, usize)>) {
        let mut variables = Vec::new();
        for (formula, _) in &any {
            formula.variables(&mut variables);
        }
        let size = u32::try_from(variables.len()).unwrap_or(u32::MAX);
        variables.extend(only_if.map(|(variable, _)| variable));
        variables.sort_unstable();
        variables.dedup();
        self.constraints.push(Constraint {
            any,
            only_if,
            variables,
            size,
        });
    }

    fn about(&mut self, about: About<'a>) -> Formula {
        let (together, verdict) = match about {
            About::Condition(condition) => return self.formula(condition),
            About::Together(together, verdict) => (together, verdict),
        };
        let mut variables = Vec::new();
        for rule in &together.rules {
            let formula = self.formula(&rule.when);
            formula.variables(&mut variables);
        }
        let mut questions = Vec::new();
        for rule in &together.rules {
            range::questions(self.plan, &rule.when, &mut questions);
        }
        let plan = self.plan;
        let asked = questions
            .iter()
            .filter_map(|question| plan.questions.get(*question));
        for gate in asked.filter_map(|asked| asked.gate.as_ref()) {
            self.formula(gate).variables(&mut variables);
        }
        variables.sort_unstable();
        variables.dedup();
        for number in &variables {
            if let Some(variable) = self.variables.get_mut(*number) {
                variable.together = true;
            }
        }
        self.together.push((together, verdict));
        Formula::Together {
            number: self.together.len() - 1,
            variables,
        }
    }

    fn formula(&mut self, condition: &Condition) -> Formula {
        let mut each = |parts: &[Condition]| parts.iter().map(|part| self.formula(part)).collect();
        match condition {
            Condition::Test(test) => self.test(test),
            Condition::All(parts) => Formula::All(each(parts)),
            Condition::Any(parts) => Formula::Any(each(parts)),
            Condition::None(parts) => Formula::Not(Box::new(Formula::Any(each(parts)))),
            Condition::Not(part) => Formula::Not(Box::new(self.formula(part))),
        }
    }

    fn test(&mut self, test: &Test) -> Formula {
        let question = test.question;
        let mut option = |option: &usize| self.option(question, *option);
        match &test.check {
            Check::IncludesAny(options) => Formula::Any(options.iter().map(&mut option).collect()),
            Check::IncludesAll(options) => Formula::All(options.iter().map(&mut option).collect()),
            Check::Takes(groups) => {
                let group = |group: &usize| {
                    self.atom(question, Part::Group(*group), Check::Takes(vec![*group]))
                };
                Formula::Any(groups.iter().map(group).collect())
            }
            Check::TakesUnrecognised => {
                self.atom(question, Part::Unrecognised, Check::TakesUnrecognised)
            }
            check => self.atom(question, Part::Whole, check.clone()),
        }
    }

    fn option(&mut self, question: usize, option: usize) -> Formula {
        let check = Check::IncludesAny(vec![option]);
        self.atom(question, Part::Option(option), check)
    }

    fn atom(&mut self, question: usize, part: Part, check: Check) -> Formula {
        let next = self.variables.len();
        let variable = *self.by_part.entry((question, part)).or_insert(next);
        if variable == next {
            self.variables.push(Variable {
                question,
                part,
                checks: Vec::new(),
                cells: Vec::new(),
                together: false,
            });
        }
        let mut number = 0;
        if let Some(known) = self.variables.get_mut(variable) {
            let place = known.checks.iter().position(|other| *other == check);
            number = place.unwrap_or(known.checks.len());
            if place.is_none() {
                known.checks.push(check);
            }
        }
        Formula::Atom {
            variable,
            check: number,
        }
    }
}

/// The possible results of the parts of formulas.
pub trait Pieces {
    /// The possible results of one check of a variable.
    fn atom(&self, variable: usize, check: usize) -> TruthSet;
    /// Whether a variable can have one of these cells.
    fn has(&self, variable: usize, cells: &[usize]) -> TruthSet;
    /// Whether rules can lead to a verdict together; they depend on these variables.
    fn together(&self, number: usize, variables: &[usize]) -> TruthSet;
}

impl Formula {
    fn variables(&self, found: &mut Vec<usize>) {
        match self {
            Self::Atom { variable, .. } | Self::Has { variable, .. } => found.push(*variable),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.variables(found);
                }
            }
            Self::Not(part) => part.variables(found),
            Self::Together { variables, .. } => found.extend(variables),
        }
    }

    /// All possible results, computed from those of the `pieces`. Pieces are treated as
    /// independent, so the set may be too large, but never too small.
    pub fn could_be(&self, pieces: &impl Pieces) -> TruthSet {
        match self {
            Self::Atom { variable, check } => pieces.atom(*variable, *check),
            Self::All(parts) => {
                let parts = parts.iter().map(|part| part.could_be(pieces));
                parts.fold(TruthSet::of(Truth::Yes), TruthSet::and)
            }
            Self::Any(parts) => {
                let parts = parts.iter().map(|part| part.could_be(pieces));
                parts.fold(TruthSet::of(Truth::No), TruthSet::or)
            }
            Self::Not(part) => !part.could_be(pieces),
            Self::Has { variable, cells } => pieces.has(*variable, cells),
            Self::Together { number, variables } => pieces.together(*number, variables),
        }
    }
}
