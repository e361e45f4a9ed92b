//! One change at a time in the rules, and the cases held against it.

use std::collections::HashMap;

use crate::authoring::cases;
use candidacy_engine::answer::{Answers, Reply, Value};
use candidacy_engine::evaluate::Patient;
use candidacy_engine::medicine::{Meaning, Medicines};
use candidacy_engine::plan::{Asked, Case, Plan, Rule};
use candidacy_engine::truth::Truth;

use super::Changed;

/// How much more a whole run of a case weighs than a look at verdict and reasons.
const WHOLE_RUN: usize = 30;

/// The rules with one change in them, and the cases it is held against.
pub struct MutantRun<'a> {
    /// The rules as they are.
    pub plan: &'a Plan,
    /// The rules as they are changed.
    pub other: Plan,
    /// The cases in which each name of a medicine stands.
    named: HashMap<usize, Vec<&'a Case>>,
    /// How many rules were weighed so far.
    pub work: usize,
}

impl<'a> MutantRun<'a> {
    /// No change yet.
    pub fn new(plan: &'a Plan) -> Self {
        let mut named: HashMap<usize, Vec<&Case>> = HashMap::new();
        for case in &plan.cases {
            let mut found: Vec<usize> = names(plan, &case.answers).collect();
            found.sort_unstable();
            found.dedup();
            for name in found {
                named.entry(name).or_default().push(case);
            }
        }
        Self {
            plan,
            other: plan.clone(),
            named,
            work: 0,
        }
    }

    /// Makes a change, does something, and undoes it.
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
            Changed::Names(group, struck) => {
                let own: Vec<Vec<Meaning>> = struck
                    .iter()
                    .map(|name| strike(&mut self.other, *name, *group))
                    .collect();
                let done = then(self, changed);
                for (name, means) in struck.iter().zip(own) {
                    self.other.medicines.redefine(*name, means);
                }
                done
            }
        }
    }

    /// Whether some case no longer holds.
    pub fn is_noticed(&mut self, changed: &Changed) -> bool {
        match changed {
            Changed::Rule(number, rule) => {
                let Some(own) = self.plan.rules.get(*number) else {
                    return false;
                };
                let plan = self.plan;
                self.work += plan.cases.len();
                let mut cases = plan.cases.iter();
                cases.any(|case| concerns(plan, own, rule, case) && self.fails(case, None))
            }
            Changed::Asked(number, asked) => {
                let plan = self.plan;
                let mut cases = plan.cases.iter();
                cases.any(|case| {
                    let silent = case.answers.reply(*number).is_blank();
                    silent && self.asked_otherwise(case, *number, asked) && self.fails(case, None)
                })
            }
            Changed::Names(_, struck) => {
                let cases = struck.iter().filter_map(|name| self.named.get(name));
                let cases: Vec<&Case> = cases.flatten().copied().collect();
                cases.into_iter().any(|case| {
                    let answers = self.reread(&case.answers, struck);
                    answers.is_some_and(|answers| self.fails(case, Some(answers)))
                })
            }
        }
    }

    /// Whether a case fails under the changed rules, its answers as they are then read.
    fn fails(&mut self, case: &Case, answers: Option<Answers>) -> bool {
        self.work += self.plan.rules.len();
        let read = answers.map(|answers| Case {
            answers,
            ..case.clone()
        });
        let case = read.as_ref().unwrap_or(case);
        if !cases::nearly_holds(&self.other, case) {
            return true;
        }
        if !cases::expects_more(case) {
            return false;
        }
        self.work += self.plan.rules.len() * WHOLE_RUN;
        cases::run(&self.other, case).is_some()
    }

    /// Whether it is another matter for the patient of a case if they are asked.
    fn asked_otherwise(&self, case: &Case, question: usize, asked: &Asked) -> bool {
        let own = self.plan.questions.get(question);
        let Some(own) = own else {
            return false;
        };
        let patient = Patient::new(self.plan, &case.answers);
        let gate = |asked: &Asked| {
            let gate = asked.gate.as_ref();
            gate.map_or(Truth::Yes, |gate| patient.truth(gate, case.as_of))
        };
        own.question.optional != asked.question.optional || gate(own) != gate(asked)
    }

    /// The answers as they are read without the `struck` names; none when that
    /// tells no rule anything else.
    pub fn reread(&self, answers: &Answers, struck: &[usize]) -> Option<Answers> {
        let mut read: Vec<(usize, Medicines)> = Vec::new();
        for question in 0..self.plan.questions.len() {
            let Reply::Given(Value::Medicines(medicines)) = answers.reply(question) else {
                continue;
            };
            let other = self.reread_list(medicines, struck);
            if (&other.groups, other.unrecognised) != (&medicines.groups, medicines.unrecognised) {
                read.push((question, other));
            }
        }
        let mut changed = (!read.is_empty()).then(|| answers.clone())?;
        for (question, medicines) in read {
            changed.set(question, Reply::Given(Value::Medicines(medicines)));
        }
        Some(changed)
    }

    /// What a list comes to without the `struck` names. Rules read the groups
    /// alone, so its entries are left out.
    fn reread_list(&self, before: &Medicines, struck: &[usize]) -> Medicines {
        let recogniser = &self.other.medicines;
        let mut open = before.open;
        let mut unknown = false;
        let mut taken: Vec<usize> = Vec::new();
        for entry in &before.entries {
            let read;
            let entries = if entry.names.iter().any(|name| struck.contains(name)) {
                read = recogniser.of_entries([entry.text.as_str()], false).entries;
                open |= read.is_empty();
                read.as_slice()
            } else {
                std::slice::from_ref(entry)
            };
            for entry in entries {
                unknown |= entry.unrecognised.is_some();
                taken.extend(recogniser.meanings(entry).map(|meaning| meaning.group));
            }
        }
        let otherwise = if open { Truth::Unknown } else { Truth::No };
        let mut after = recogniser.nothing();
        after.open = open;
        after.groups.fill(otherwise);
        for group in taken {
            put(&mut after.groups, group, &Truth::Yes);
        }
        after.unrecognised = if unknown { Truth::Yes } else { otherwise };
        after
    }
}

fn put<T: Clone>(list: &mut [T], number: usize, one: &T) {
    if let Some(place) = list.get_mut(number) {
        place.clone_from(one);
    }
}

/// Takes a name out of a group; what it meant before.
fn strike(plan: &mut Plan, name: usize, group: usize) -> Vec<Meaning> {
    let names = plan.medicines.names();
    let own = names
        .get(name)
        .map_or(Vec::new(), |name| name.means.clone());
    let left = own.iter().filter(|meaning| meaning.group != group);
    plan.medicines.redefine(name, left.cloned().collect())
}

/// The names of medicines found in the answers.
fn names<'p>(plan: &'p Plan, answers: &'p Answers) -> impl Iterator<Item = usize> + 'p {
    let replies = (0..plan.questions.len()).map(|question| answers.reply(question));
    let entries = replies.filter_map(|reply| match reply {
        Reply::Given(Value::Medicines(medicines)) => Some(&medicines.entries),
        _ => None,
    });
    entries
        .flatten()
        .flat_map(|entry| entry.names.iter().copied())
}

/// Whether a rule and what it is changed to may differ for a case: on its day,
/// on a later one, or in what could still come out.
fn concerns(plan: &Plan, own: &Rule, changed: &Rule, case: &Case) -> bool {
    let patient = Patient::new(plan, &case.answers);
    let mut days = vec![case.as_of];
    for rule in [own, changed] {
        let mut tests = Vec::new();
        rule.when.tests(&mut tests);
        let replies = tests
            .iter()
            .map(|test| test.check.turning_days(case.answers.reply(test.question)));
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
