//! Lists of medicines that can be written with known names, in a search.

use candidacy_engine::range::Part;
use candidacy_engine::truth::Truth;

use crate::authoring::solver::components::medicines;
use crate::authoring::solver::truth_set::TruthSet;

use super::{Open, Search, cells, put};

impl Search<'_> {
    /// Removes what no list of names can give: groups whose names all belong to another group that
    /// is not taken as well. Also removes certain groups that are not taken while others are open.
    /// None if no cell is left.
    pub(super) fn names_fit(&self, open: &mut Open) -> Option<bool> {
        let mut questions: Vec<usize> = Vec::new();
        for variable in &self.component.variables {
            let variable = self.space.variables.get(*variable)?;
            if matches!(variable.part, Part::Group(_) | Part::Unrecognised) {
                questions.push(variable.question);
            }
        }
        questions.sort_unstable();
        questions.dedup();
        let mut changed = false;
        for question in questions {
            let variables = medicines(self.space, question);
            let sure = |open: &Open, truth: Truth| {
                variables.iter().any(|variable| {
                    self.possible_results(open, *variable, 0) == TruthSet::of(truth)
                })
            };
            let (no, unknown) = (sure(open, Truth::No), sure(open, Truth::Unknown));
            for variable in &variables {
                let own = self.space.variables.get(*variable)?;
                let may = |cell: &usize| {
                    own.cells
                        .get(*cell)
                        .and_then(|cell| cell.results.first())
                        .is_some_and(|truth| match truth {
                            Truth::No => !unknown,
                            Truth::Unknown => !no,
                            Truth::Yes => self.can_be_named(open, &variables, own.part),
                        })
                };
                let before = cells(open, *variable).len();
                let kept: Vec<usize> = cells(open, *variable).iter().copied().filter(may).collect();
                if kept.is_empty() {
                    return None;
                }
                changed |= kept.len() < before;
                put(open, *variable, kept);
            }
        }
        Some(changed)
    }

    /// Whether some name of the group belongs to no group that is not taken.
    fn can_be_named(&self, open: &Open, variables: &[usize], part: Part) -> bool {
        let Part::Group(group) = part else {
            return true;
        };
        let may_be_taken = |group: usize| {
            let of_group = variables.iter().find(|variable| {
                let own = self.space.variables.get(**variable);
                own.is_some_and(|own| own.part == Part::Group(group))
            });
            of_group
                .is_none_or(|variable| self.possible_results(open, *variable, 0).has(Truth::Yes))
        };
        let mut names = self.space.plan.medicines.names().iter();
        names.any(|name| {
            name.means.iter().any(|meaning| meaning.group == group)
                && name.means.iter().all(|meaning| may_be_taken(meaning.group))
        })
    }
}
