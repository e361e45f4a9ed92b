//! Chooses a cell for each variable so that all constraints are met.
//!
//! Before each choice, impossible cells are removed: those with which some constraint cannot have
//! its required result, whatever the other variables are. Then the variable with the fewest
//! remaining cells is chosen. Removed cells are in no solution, so if a variable has no cells left,
//! there is no solution. Constraints without a common variable are solved separately.

use std::cell::RefCell;
use std::collections::HashMap;

use candidacy_engine::evaluate::Patient;
use candidacy_engine::truth::Truth;

use super::budget::Budget;
use super::components::{Component, components};
use super::constraints::{Constraint, Formula, Pieces, Space};
use super::together;
use super::truth_set::TruthSet;

mod names;

/// Maximum number of formula parts checked in one component: some seconds of work.
pub const MAX_STEPS: u32 = 20_000_000;

/// The limit for optional searches, which only make examples simpler: for a baseline whom no rule
/// concerns, and for a solution that is closer to the baseline than the one already found.
pub const MAX_STEPS_OPTIONAL: u32 = 1_000_000;

/// The limit for counting all kinds; a larger number of kinds would not help the reader.
const MAX_STEPS_COUNTING: u32 = 300_000;

/// The result of a search.
pub enum Way {
    /// The chosen cell of each variable.
    Chosen(Vec<usize>),
    /// There is no solution.
    None,
    /// The limit was reached.
    TooLong,
}

/// For each variable, the cells it can still have.
type Open = Vec<Vec<usize>>;

/// The choice closest to the baseline that could be found within the limits; `most` limits the
/// search for a first one.
pub fn nearest(space: &Space<'_>, most: u32, budget: &Budget) -> Way {
    let all: Open = space
        .variables
        .iter()
        .map(|variable| (0..variable.cells.len()).collect())
        .collect();
    let mut chosen = vec![0; space.variables.len()];
    let mut too_long = false;
    // Preparing the search has a cost too.
    budget.spend((space.variables.len() + space.constraints.len()) as u64);
    for component in components(space) {
        let mut search = Search {
            space,
            component: &component,
            steps: std::cell::Cell::new(0),
            known: RefCell::default(),
            most: at_most(most, budget),
            max_far: None,
        };
        let found = search.from(all.clone());
        budget.spend(search.steps.get().into());
        let Some(mut way) = found else {
            if !search.is_spent() {
                return Way::None;
            }
            too_long = true;
            continue;
        };
        for max_far in 0..search.far(&way) {
            search.steps.set(0);
            search.most = at_most(MAX_STEPS_OPTIONAL, budget);
            search.max_far = Some(max_far);
            let nearer = search.from(all.clone());
            budget.spend(search.steps.get().into());
            if let Some(nearer) = nearer {
                way = nearer;
                break;
            }
            if search.is_spent() {
                break;
            }
        }
        for variable in &component.variables {
            let cell = way.get(*variable).and_then(|cells| cells.first());
            if let (Some(place), Some(cell)) = (chosen.get_mut(*variable), cell) {
                *place = *cell;
            }
        }
    }
    if too_long {
        Way::TooLong
    } else {
        Way::Chosen(chosen)
    }
}

/// Visits every possible choice of cells; false if there were too many to visit.
pub fn each(space: &Space<'_>, budget: &Budget, visit: &mut dyn FnMut(&Choice<'_>)) -> bool {
    let all: Open = space
        .variables
        .iter()
        .map(|variable| (0..variable.cells.len()).collect())
        .collect();
    let component = Component {
        variables: (0..space.variables.len()).collect(),
        constraints: (0..space.constraints.len()).collect(),
    };
    let search = Search {
        space,
        component: &component,
        steps: std::cell::Cell::new(0),
        known: RefCell::default(),
        most: at_most(MAX_STEPS_COUNTING, budget),
        max_far: None,
    };
    search.every(all, visit);
    budget.spend(search.steps.get().into());
    !search.is_spent()
}

/// One cell for each variable.
pub struct Choice<'w> {
    search: &'w Search<'w>,
    open: &'w Open,
}

impl Choice<'_> {
    /// The result of a formula.
    pub fn truth(&self, formula: &Formula) -> Truth {
        let comes_to = formula.could_be(&self.search.left(self.open));
        let mut truths = [Truth::No, Truth::Yes].into_iter();
        truths
            .find(|truth| comes_to == TruthSet::of(*truth))
            .unwrap_or(Truth::Unknown)
    }
}

fn at_most(steps: u32, budget: &Budget) -> u32 {
    u32::try_from(budget.left()).map_or(steps, |left| left.min(steps))
}

/// The results that are possible with the remaining cells.
struct Left<'w> {
    search: &'w Search<'w>,
    open: &'w Open,
}

impl Pieces for Left<'_> {
    fn atom(&self, variable: usize, check: usize) -> TruthSet {
        self.search.possible_results(self.open, variable, check)
    }

    fn has(&self, variable: usize, wanted: &[usize]) -> TruthSet {
        let open = cells(self.open, variable).iter();
        let has = open.map(|cell| Truth::from(wanted.contains(cell)));
        has.fold(TruthSet::NONE, TruthSet::with)
    }

    fn together(&self, number: usize, variables: &[usize]) -> TruthSet {
        self.search.together(self.open, number, variables)
    }
}

struct Search<'s> {
    space: &'s Space<'s>,
    component: &'s Component,
    /// The number of parts checked so far.
    steps: std::cell::Cell<u32>,
    /// Results of joint verdicts, by the chosen cells.
    known: RefCell<HashMap<Vec<usize>, TruthSet>>,
    most: u32,
    /// Maximum distance from the baseline, if it is limited.
    max_far: Option<u32>,
}

impl Search<'_> {
    /// One cell for each variable of the component; none if there is no such choice or the limit
    /// was reached.
    fn from(&self, mut open: Open) -> Option<Open> {
        if !self.strike_out(&mut open) {
            return None;
        }
        let undecided = self
            .component
            .variables
            .iter()
            .copied()
            .filter(|variable| cells(&open, *variable).len() > 1);
        let Some(next) = undecided.min_by_key(|variable| cells(&open, *variable).len()) else {
            return Some(open);
        };
        for cell in cells(&open, next).to_vec() {
            if self.is_spent() {
                return None;
            }
            let mut chosen = open.clone();
            if let Some(place) = chosen.get_mut(next) {
                *place = vec![cell];
            }
            if let Some(found) = self.from(chosen) {
                return Some(found);
            }
        }
        None
    }

    /// Visits every choice that `open` still allows.
    fn every(&self, mut open: Open, visit: &mut dyn FnMut(&Choice<'_>)) {
        if !self.strike_out(&mut open) {
            return;
        }
        let variables = self.component.variables.iter();
        let next = variables
            .copied()
            .find(|variable| cells(&open, *variable).len() > 1);
        let Some(next) = next else {
            visit(&Choice {
                search: self,
                open: &open,
            });
            return;
        };
        for cell in cells(&open, next).to_vec() {
            if self.is_spent() {
                return;
            }
            let mut chosen = open.clone();
            put(&mut chosen, next, vec![cell]);
            self.every(chosen, visit);
        }
    }

    fn is_spent(&self) -> bool {
        self.steps.get() >= self.most
    }

    /// The distance of the closest choice that is still open.
    fn far(&self, open: &Open) -> u32 {
        let far = |variable: &usize| {
            let own = self.space.variables.get(*variable)?;
            let cells = cells(open, *variable).iter();
            cells
                .filter_map(|cell| own.cells.get(*cell))
                .map(|cell| cell.far)
                .min()
        };
        self.component.variables.iter().filter_map(far).sum()
    }

    /// Removes cells until nothing changes; false if a variable has none left.
    fn strike_out(&self, open: &mut Open) -> bool {
        loop {
            if self.max_far.is_some_and(|max_far| self.far(open) > max_far) {
                return false;
            }
            let mut changed = false;
            for constraint in self.constraints() {
                if self.is_spent() || !self.can_be(constraint, open) {
                    return false;
                }
                for variable in &constraint.variables {
                    let before = cells(open, *variable).to_vec();
                    if before.len() < 2 {
                        continue;
                    }
                    let kept = self.kept(constraint, *variable, &before, open);
                    changed |= kept.len() < before.len();
                    let empty = kept.is_empty();
                    put(open, *variable, kept);
                    if empty {
                        return false;
                    }
                }
            }
            match self.names_fit(open) {
                None => return false,
                Some(struck) => changed |= struck,
            }
            if !changed {
                return true;
            }
        }
    }

    fn constraints(&self) -> impl Iterator<Item = &Constraint> {
        let numbers = self.component.constraints.iter();
        numbers.filter_map(|number| self.space.constraints.get(*number))
    }

    /// The cells of one variable with which a constraint can still be met.
    fn kept(
        &self,
        constraint: &Constraint,
        variable: usize,
        before: &[usize],
        open: &mut Open,
    ) -> Vec<usize> {
        let mut kept = Vec::new();
        for cell in before {
            put(open, variable, vec![*cell]);
            if self.can_be(constraint, open) {
                kept.push(*cell);
            }
        }
        kept
    }

    fn can_be(&self, constraint: &Constraint, open: &Open) -> bool {
        if let Some((variable, cell)) = constraint.only_if
            && cells(open, variable) != [cell]
        {
            // `only_if` does not hold, or not yet.
            return true;
        }
        self.steps
            .set(self.steps.get().saturating_add(constraint.size));
        let left = self.left(open);
        constraint
            .any
            .iter()
            .any(|(formula, may_be)| formula.could_be(&left).meets(*may_be))
    }

    fn left<'w>(&'w self, open: &'w Open) -> Left<'w> {
        Left { search: self, open }
    }

    /// Whether some rules lead to their verdict together, if all cells they depend on are chosen;
    /// otherwise both results are possible.
    fn together(&self, open: &Open, number: usize, variables: &[usize]) -> TruthSet {
        let either = TruthSet::of(Truth::No).with(Truth::Yes);
        let mut key = vec![number];
        for variable in variables {
            let [only] = cells(open, *variable) else {
                return either;
            };
            key.push(*only);
        }
        if let Some(known) = self.known.borrow().get(&key) {
            return *known;
        }
        let chosen = variables.iter().zip(key.iter().skip(1));
        let chosen = chosen.filter_map(|(variable, cell)| {
            let variable = self.space.variables.get(*variable)?;
            Some((variable, variable.cells.get(*cell)?))
        });
        let answers = together::answers(self.space.plan, chosen);
        let patient = Patient::new(self.space.plan, &answers, self.space.day);
        let rules = self.space.together.get(number);
        let lead =
            rules.is_some_and(|(rules, verdict)| rules.lead_to(*verdict, &patient, self.space.day));
        let truth = TruthSet::of(lead.into());
        self.known.borrow_mut().insert(key, truth);
        truth
    }

    fn possible_results(&self, open: &Open, variable: usize, check: usize) -> TruthSet {
        let Some(own) = self.space.variables.get(variable) else {
            return TruthSet::ANY;
        };
        let left = cells(open, variable)
            .iter()
            .filter_map(|cell| own.cells.get(*cell));
        let results = left.filter_map(|cell| cell.results.get(check));
        results.fold(TruthSet::NONE, |all, truth| all.with(*truth))
    }
}

fn cells(open: &Open, variable: usize) -> &[usize] {
    open.get(variable).map_or(&[], Vec::as_slice)
}

fn put(open: &mut Open, variable: usize, cells: Vec<usize>) {
    if let Some(place) = open.get_mut(variable) {
        *place = cells;
    }
}
