//! An answer about medicines is blank as a whole, although its groups are chosen one by one.

use candidacy_engine::range::Part;
use candidacy_engine::truth::Truth;

use super::{Formula, Space};
use crate::authoring::solver::truth_set::TruthSet;
use crate::authoring::solver::variable::Says;

impl Space<'_> {
    /// Makes all parts of an answer about medicines matter together if one does: it is blank as a whole.
    pub(super) fn read_medicines_together(&mut self, of_question: &[usize]) {
        let of_list = |part: Part| matches!(part, Part::Group(_) | Part::Unrecognised);
        let parts = of_question
            .iter()
            .filter_map(|one| self.variables.get(*one));
        if parts
            .into_iter()
            .any(|one| one.together && of_list(one.part))
        {
            for number in of_question {
                if let Some(variable) = self.variables.get_mut(*number) {
                    variable.together = true;
                }
            }
        }
    }

    /// Requires that an answer about medicines is blank in all its parts or in none.
    pub(super) fn blank_as_a_whole(&mut self, of_question: &[usize]) {
        let blanks: Vec<(usize, usize)> = of_question
            .iter()
            .filter_map(|number| {
                let variable = self.variables.get(*number)?;
                let blank = variable
                    .cells
                    .iter()
                    .position(|cell| cell.says == Says::Unsaid);
                let of_list = matches!(variable.part, Part::Group(_) | Part::Unrecognised);
                Some((*number, blank.filter(|_| of_list)?))
            })
            .collect();
        for own in &blanks {
            for (variable, cell) in blanks.iter().filter(|other| *other != own) {
                let (variable, cells) = (*variable, vec![*cell]);
                let must = vec![(Formula::Has { variable, cells }, TruthSet::of(Truth::Yes))];
                self.constrain(must, Some(*own));
            }
        }
    }
}
