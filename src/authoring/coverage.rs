//! Which rules the cases cover: removing such a rule would change some case.

use candidacy_engine::evaluate::Patient;
use candidacy_engine::pack::Pack;
use candidacy_engine::plan::Plan;
use candidacy_engine::truth::Truth;
use candidacy_engine::verdict::Grade;

/// The rules and which of them are covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// How many rules there are.
    pub rules: usize,
    /// The numbers of the rules that no case covers.
    pub missed: Vec<usize>,
}

impl Coverage {
    /// The coverage without rules that are identical in `base`, because the cases of an overlay
    /// only test its own rules.
    #[must_use]
    pub fn beside(mut self, plan: &Plan, base: &Plan) -> Self {
        let own = |number: &usize| {
            let rule = plan.rules.get(*number);
            rule.is_some_and(|rule| !base.rules.contains(rule))
        };
        self.rules = (0..plan.rules.len()).filter(|number| own(number)).count();
        self.missed.retain(own);
        self
    }

    /// The same without the rules that are taken from another pack, whose cases cover them.
    #[must_use]
    pub fn of_own(mut self, plan: &Plan, pack: &Pack) -> Self {
        let own = |number: &usize| {
            let rule = plan.rules.get(*number);
            rule.is_some_and(|rule| !pack.is_taken(&rule.id))
        };
        self.rules = (0..plan.rules.len()).filter(|number| own(number)).count();
        self.missed.retain(own);
        self
    }

    /// Covered rules in a hundred, rounded down; all of none is a hundred.
    #[must_use]
    pub fn percent(&self) -> usize {
        let covered = self.rules - self.missed.len();
        (covered * 100).checked_div(self.rules).unwrap_or(100)
    }
}

/// Which rules the cases of `plan` cover. A rule is covered if removing it would change the verdict
/// of some case, or its set of rules that apply.
#[must_use]
pub fn coverage(plan: &Plan) -> Coverage {
    let mut covered = vec![false; plan.rules.len()];
    for case in &plan.cases {
        let patient = Patient::new(plan, &case.answers, case.as_of);
        let truths: Vec<Truth> = plan
            .rules
            .iter()
            .map(|rule| patient.rule(rule, case.as_of))
            .collect();
        let without = |left_out: Option<usize>| -> Option<Grade> {
            let rules = plan.rules.iter().zip(&truths).enumerate();
            rules
                .filter(|(number, _)| Some(*number) != left_out)
                .filter_map(|(_, (rule, truth))| rule.counts_as(*truth))
                .max()
        };
        let verdict = without(None);
        for (number, truth) in truths.iter().enumerate() {
            let missed = *truth == Truth::Yes
                || (*truth == Truth::Unknown && without(Some(number)) != verdict);
            if let Some(place) = covered.get_mut(number).filter(|_| missed) {
                *place = true;
            }
        }
    }
    let missed = covered.iter().enumerate();
    Coverage {
        rules: plan.rules.len(),
        missed: missed
            .filter(|(_, covered)| !**covered)
            .map(|(number, _)| number)
            .collect(),
    }
}
