//! Excludes days that contradict the patient's date of birth.

use candidacy_engine::date::Days;
use candidacy_engine::impossible::impossible_day;
use candidacy_engine::question::latest_planned;
use candidacy_engine::range::Part;
use candidacy_engine::truth::Truth;

use super::{Formula, Space};
use crate::authoring::solver::truth_set::TruthSet;
use crate::authoring::solver::variable::Cell;

impl Space<'_> {
    /// Requires that nothing happened to the patient before birth. The engine treats such a day as
    /// unknown, which is a separate cell.
    pub(super) fn born_first(&mut self) {
        let plan = self.plan;
        let Some(birth) = plan.birth.and_then(|question| self.whole(question)) else {
            return;
        };
        let dated = self.beside_birth();
        let all = |number: usize, space: &Self| -> Vec<Option<Days>> {
            let variable = space.variables.get(number);
            let cells = variable.map_or(&[][..], |variable| &variable.cells);
            cells.iter().map(Cell::days).collect()
        };
        let ends = [self.day, latest_planned(self.day)];
        let can_be = |one: Option<Days>, born: Option<Days>| {
            one.is_none_or(|one| impossible_day(one, born, ends).is_none())
        };
        let mut excluded = Vec::new();
        for (cell, born) in all(birth, self).into_iter().enumerate() {
            for number in &dated {
                let days = all(*number, self);
                let fit = days
                    .iter()
                    .enumerate()
                    .filter(|(_, days)| can_be(**days, born));
                let cells: Vec<usize> = fit.map(|(cell, _)| cell).collect();
                if cells.len() < days.len() {
                    let variable = *number;
                    excluded.push((cell, Formula::Has { variable, cells }));
                }
            }
        }
        for (cell, formula) in excluded {
            let must = vec![(formula, TruthSet::of(Truth::Yes))];
            self.constrain(must, Some((birth, cell)));
        }
    }

    /// Makes joint verdicts that depend on the date of birth depend on all days, because every
    /// event comes after birth.
    pub(super) fn days_beside_birth(&mut self) {
        let Some(birth) = self.plan.birth.and_then(|question| self.whole(question)) else {
            return;
        };
        let dated = self.beside_birth();
        self.widen(&[birth], &dated);
    }

    /// The variables of all whole answers except the date of birth; some of them are days.
    fn beside_birth(&self) -> Vec<usize> {
        let questions = 0..self.plan.questions.len();
        let others = questions.filter(|question| Some(*question) != self.plan.birth);
        others.filter_map(|question| self.whole(question)).collect()
    }

    /// The variable of the whole answer to a question, if conditions read it.
    fn whole(&self, question: usize) -> Option<usize> {
        self.by_part.get(&(question, Part::Whole)).copied()
    }
}
