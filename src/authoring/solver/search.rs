//! Chooses a cell for every variable, so that every constraint can be met.
//!
//! Before each choice the cells that no longer can be are struck out: those
//! with which a constraint could not come out as wanted, whatever the other
//! variables are. Then the variable with the fewest cells left is chosen for.
//! What is struck out cannot be part of any answer, so when nothing is left
//! there is none. Constraints without a common variable are met separately.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use candidacy_engine::evaluate::Patient;
use candidacy_engine::truth::Truth;

use super::budget::Budget;
use super::components::{Component, islands};
use super::constraints::{Constraint, Formula, Pieces, Space};
use super::together;
use super::truth_set::TruthSet;

mod names;

/// How many times a piece of a formula is looked at in one island before giving
/// up: some seconds' worth.
pub const MAX_STEPS: u32 = 20_000_000;

/// The same, where what is found need only be better than nothing: to come nearer
/// once somebody is found.
pub const MOST_LOOKS_NEARER: u32 = 1_000_000;

/// The same, to count them all: more kinds than come of this say nothing to anybody.
const MOST_LOOKS_COUNTING: u32 = 300_000;

/// What came of walking.
pub enum Way {
    /// A cell for every variable.
    Chosen(Vec<usize>),
    /// There is none.
    None,
    /// There was too much to try.
    TooLong,
}

/// For each variable the cells it may still have.
type Open = Vec<Vec<usize>>;

/// The choice that is nearest, as far as it could be found in good time; `most`
/// is how much is tried to find any.
pub fn nearest(space: &Space<'_>, most: u32, effort: &Budget) -> Way {
    let all: Open = space
        .variables
        .iter()
        .map(|variable| (0..variable.cells.len()).collect())
        .collect();
    let mut chosen = vec![0; space.variables.len()];
    let mut too_long = false;
    // To set it all up costs something too.
    effort.spend((space.variables.len() + space.constraints.len()) as u64);
    for island in islands(space) {
        let mut walk = Walk {
            space,
            island: &island,
            looks: Cell::new(0),
            known: RefCell::default(),
            most: at_most(most, effort),
            budget: None,
        };
        let found = walk.from(all.clone());
        effort.spend(walk.looks.get().into());
        let Some(mut way) = found else {
            if !walk.is_spent() {
                return Way::None;
            }
            too_long = true;
            continue;
        };
        for budget in 0..walk.far(&way) {
            walk.looks.set(0);
            walk.most = at_most(MOST_LOOKS_NEARER, effort);
            walk.budget = Some(budget);
            let nearer = walk.from(all.clone());
            effort.spend(walk.looks.get().into());
            if let Some(nearer) = nearer {
                way = nearer;
                break;
            }
            if walk.is_spent() {
                break;
            }
        }
        for variable in &island.variables {
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

/// Every choice of cells there is, one after the other; false when there were
/// too many to go through.
pub fn each(space: &Space<'_>, effort: &Budget, visit: &mut dyn FnMut(&Choice<'_>)) -> bool {
    let all: Open = space
        .variables
        .iter()
        .map(|variable| (0..variable.cells.len()).collect())
        .collect();
    let island = Component {
        variables: (0..space.variables.len()).collect(),
        constraints: (0..space.constraints.len()).collect(),
    };
    let walk = Walk {
        space,
        island: &island,
        looks: Cell::new(0),
        known: RefCell::default(),
        most: at_most(MOST_LOOKS_COUNTING, effort),
        budget: None,
    };
    walk.every(all, visit);
    effort.spend(walk.looks.get().into());
    !walk.is_spent()
}

/// One cell for every variable.
pub struct Choice<'w> {
    walk: &'w Walk<'w>,
    open: &'w Open,
}

impl Choice<'_> {
    /// What a formula comes to.
    pub fn truth(&self, formula: &Formula) -> Truth {
        let comes_to = formula.could_be(&self.walk.left(self.open));
        let mut truths = [Truth::No, Truth::Yes].into_iter();
        truths
            .find(|truth| comes_to == TruthSet::of(*truth))
            .unwrap_or(Truth::Unknown)
    }
}

fn at_most(looks: u32, effort: &Budget) -> u32 {
    u32::try_from(effort.left()).map_or(looks, |left| left.min(looks))
}

/// What the cells that are left could still come to.
struct Left<'w> {
    walk: &'w Walk<'w>,
    open: &'w Open,
}

impl Pieces for Left<'_> {
    fn atom(&self, variable: usize, look: usize) -> TruthSet {
        self.walk.could_look(self.open, variable, look)
    }

    fn has(&self, variable: usize, wanted: &[usize]) -> TruthSet {
        let open = cells(self.open, variable).iter();
        let has = open.map(|cell| Truth::from(wanted.contains(cell)));
        has.fold(TruthSet::NONE, TruthSet::with)
    }

    fn together(&self, number: usize, variables: &[usize]) -> TruthSet {
        self.walk.together(self.open, number, variables)
    }
}

struct Walk<'s> {
    space: &'s Space<'s>,
    island: &'s Component,
    /// How many pieces have been looked at.
    looks: Cell<u32>,
    /// What rules were found to lead to together, by the cells chosen.
    known: RefCell<HashMap<Vec<usize>, TruthSet>>,
    most: u32,
    budget: Option<u32>,
}

impl Walk<'_> {
    /// One cell for each variable of the island; none when there is no such
    /// choice, or when there were too many steps.
    fn from(&self, mut open: Open) -> Option<Open> {
        if !self.strike_out(&mut open) {
            return None;
        }
        let undecided = self
            .island
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

    /// Visits every choice that is left in `open`.
    fn every(&self, mut open: Open, visit: &mut dyn FnMut(&Choice<'_>)) {
        if !self.strike_out(&mut open) {
            return;
        }
        let variables = self.island.variables.iter();
        let next = variables
            .copied()
            .find(|variable| cells(&open, *variable).len() > 1);
        let Some(next) = next else {
            visit(&Choice {
                walk: self,
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
        self.looks.get() >= self.most
    }

    /// How far the nearest of what is open is.
    fn far(&self, open: &Open) -> u32 {
        let far = |variable: &usize| {
            let own = self.space.variables.get(*variable)?;
            let cells = cells(open, *variable).iter();
            cells
                .filter_map(|cell| own.cells.get(*cell))
                .map(|cell| cell.far)
                .min()
        };
        self.island.variables.iter().filter_map(far).sum()
    }

    /// Strikes out cells until nothing changes; false when nothing can be.
    fn strike_out(&self, open: &mut Open) -> bool {
        loop {
            if self.budget.is_some_and(|budget| self.far(open) > budget) {
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
        let numbers = self.island.constraints.iter();
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
            // Not chosen, or not yet.
            return true;
        }
        self.looks
            .set(self.looks.get().saturating_add(constraint.size));
        let left = self.left(open);
        constraint
            .any
            .iter()
            .any(|(formula, may_be)| formula.could_be(&left).meets(*may_be))
    }

    fn left<'w>(&'w self, open: &'w Open) -> Left<'w> {
        Left { walk: self, open }
    }

    /// Whether some rules lead to their verdict together, where all that they depend
    /// on is chosen; either way where it is not.
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

    fn could_look(&self, open: &Open, variable: usize, look: usize) -> TruthSet {
        let Some(own) = self.space.variables.get(variable) else {
            return TruthSet::ANY;
        };
        let left = cells(open, variable)
            .iter()
            .filter_map(|cell| own.cells.get(*cell));
        let looks = left.filter_map(|cell| cell.looks.get(look));
        looks.fold(TruthSet::NONE, |all, truth| all.with(*truth))
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
