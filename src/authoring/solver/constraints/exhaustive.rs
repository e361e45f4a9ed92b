//! Questions with exhaustive options, of which at least one applies.

use candidacy_engine::condition::Check;
use candidacy_engine::plan::Asked;
use candidacy_engine::range::Part;
use candidacy_engine::truth::Truth;

use super::{Formula, Space};
use crate::authoring::solver::truth_set::TruthSet;

impl Space<'_> {
    /// Makes joint verdicts depend on all options of an exhaustive question: if all other options
    /// are denied, the last one applies. The options that no condition reads are one variable.
    pub(super) fn other_options(&mut self, question: usize, asked: &Asked) {
        let own = |space: &Self| -> Vec<usize> {
            let variables = space.variables.iter().enumerate();
            let own = variables.filter(|(_, variable)| variable.question == question);
            own.map(|(number, _)| number).collect()
        };
        let read = own(self);
        let variables = read.iter().filter_map(|number| self.variables.get(*number));
        if !variables.into_iter().any(|variable| variable.together) {
            return;
        }
        let options = 0..asked.question.kind.choices().len();
        let unread = |option: &usize| {
            !self
                .by_part
                .contains_key(&(question, Part::Option(*option)))
        };
        let unread: Vec<usize> = options.filter(unread).collect();
        if let Some(first) = unread.first() {
            let part = Part::Option(*first);
            self.atom(question, part, Check::IncludesAny(unread));
        }
        let all = own(self);
        for number in &all {
            if let Some(variable) = self.variables.get_mut(*number) {
                variable.together = true;
            }
        }
        self.widen(&read, &all);
    }

    /// Requires that not every option is no, unless the question is not asked or is optional. An
    /// option that no condition reads can always be the one that applies.
    pub(super) fn one_applies(&mut self, question: usize, asked: &Asked) {
        let options = 0..asked.question.kind.choices().len();
        let variables: Option<Vec<usize>> = options
            .map(|option| self.by_part.get(&(question, Part::Option(option))).copied())
            .collect();
        let Some(variables) = variables.filter(|_| !asked.question.optional) else {
            return;
        };
        let atom = |variable| Formula::Atom { variable, check: 0 };
        let some = Formula::Any(variables.into_iter().map(atom).collect());
        let mut any = vec![(some, TruthSet::of(Truth::Yes).with(Truth::Unknown))];
        if let Some(gate) = &asked.gate {
            any.push((self.formula(gate), TruthSet::of(Truth::No)));
        }
        self.constrain(any, None);
    }
}
