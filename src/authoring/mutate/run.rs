//! Makes one change at a time in the rules and runs the cases.

use crate::authoring::cases;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::plan::{Asked, Case, Plan, Rule};
use candidacy_engine::truth::Truth;

use super::Changed;

/// The cost of a full run of a case, relative to a check of verdict and reasons.
const WHOLE_RUN: usize = 30;

/// The rules with one change, for running cases.
pub struct MutantRun<'a> {
    /// The original rules.
    pub plan: &'a Plan,
    /// The changed rules.
    pub other: Plan,
    /// The number of rule evaluations so far.
    pub work: usize,
}

impl<'a> MutantRun<'a> {
    /// A run without a change.
    pub fn new(plan: &'a Plan) -> Self {
        Self {
            plan,
            other: plan.clone(),
            work: 0,
        }
    }

    /// Makes a change, calls a function, and undoes the change.
    pub fn changed<T>(
        &mut self,
        changed: &Changed,
        then: impl FnOnce(&mut Self, &Changed) -> T,
    ) -> T {
        match changed {
            Changed::Rule(number, rule) => {
                put(&mut self.other.rules, *number, rule);
                let done = then(self, changed);
                if let Some(own) = self.plan.rules.get(*number) {
                    put(&mut self.other.rules, *number, own);
                }
                done
            }
            Changed::Asked(number, asked) => {
                put(&mut self.other.questions, *number, asked);
                let done = then(self, changed);
                if let Some(own) = self.plan.questions.get(*number) {
                    put(&mut self.other.questions, *number, own);
                }
                done
            }
        }
    }

    /// Whether some case fails.
    pub fn is_noticed(&mut self, changed: &Changed) -> bool {
        match changed {
            Changed::Rule(number, rule) => {
                let Some(own) = self.plan.rules.get(*number) else {
                    return false;
                };
                let plan = self.plan;
                self.work += plan.cases.len();
                let mut cases = plan.cases.iter();
                cases.any(|case| concerns(plan, own, rule, case) && self.fails(case))
            }
            Changed::Asked(number, asked) => {
                let plan = self.plan;
                let mut cases = plan.cases.iter();
                cases.any(|case| {
                    let silent = case.answers.reply(*number).is_blank();
                    silent && self.asked_otherwise(case, *number, asked) && self.fails(case)
                })
            }
        }
    }

    /// Whether a case fails under the changed rules.
    fn fails(&mut self, case: &Case) -> bool {
        self.work += self.plan.rules.len();
        if !cases::nearly_holds(&self.other, case) {
            return true;
        }
        if !cases::expects_more(case) {
            return false;
        }
        self.work += self.plan.rules.len() * WHOLE_RUN;
        cases::run(&self.other, case).is_some()
    }

    /// Whether the patient of a case is asked differently after the change.
    fn asked_otherwise(&self, case: &Case, question: usize, asked: &Asked) -> bool {
        let own = self.plan.questions.get(question);
        let Some(own) = own else {
            return false;
        };
        let patient = Patient::new(self.plan, &case.answers, case.as_of);
        let gate = |asked: &Asked| {
            let gate = asked.gate.as_ref();
            gate.map_or(Truth::Yes, |gate| patient.truth(gate, case.as_of))
        };
        own.question.optional != asked.question.optional || gate(own) != gate(asked)
    }
}

fn put<T: Clone>(list: &mut [T], number: usize, one: &T) {
    if let Some(place) = list.get_mut(number) {
        place.clone_from(one);
    }
}

/// Whether a rule and its changed form may give different results for a case: on its day, on a
/// later day, or in the possible verdicts.
fn concerns(plan: &Plan, own: &Rule, changed: &Rule, case: &Case) -> bool {
    let patient = Patient::new(plan, &case.answers, case.as_of);
    let mut days = vec![case.as_of];
    for rule in [own, changed] {
        let tests = rule.when.tests().into_iter();
        let replies = tests.map(|test| test.check.turning_days(patient.reply(test.question)));
        days.extend(replies.flatten().flatten());
        days.extend(rule.from);
        days.extend(rule.to.map(|to| to.plus_days(1)));
    }
    let grades = (own.grade, own.if_unsure) != (changed.grade, changed.if_unsure);
    days.into_iter()
        .filter(|day| *day >= case.as_of)
        .any(|day| {
            let truths = (patient.rule(own, day), patient.rule(changed, day));
            truths.0 != truths.1 || truths.0 == Truth::Unknown || (grades && truths.0 != Truth::No)
        })
}
