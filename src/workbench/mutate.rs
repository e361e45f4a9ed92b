//! Whether the cases would notice a slip of the pen.
//!
//! One small thing after another is changed in the rules (see [`changes`]), and
//! the cases are run. A change is *noticed* when some case no longer holds. A
//! change that no patient at all could tell is *nothing*: it is found by looking
//! for such a patient among all there can be, and counts neither way. What is
//! left are changes a case should notice; the patient found makes the case.
//!
//! Where there is too much to try, changes spread over all of them are tried and
//! the rest counted as left out. How much is too much is counted in work, not in
//! time, so the same rules and cases always give the same score.

pub mod changes;
mod kill;

use std::collections::HashMap;

use crate::engine::answer::{Answers, Reply, Value};
use crate::engine::date::Date;
use crate::engine::medicine::{Meaning, Medicines};
use crate::engine::pack::Pack;
use crate::engine::plan::{Asked, Case, Plan, Rule};
use crate::engine::truth::Truth;
use crate::engine::weigh::Patient;

use super::base::Base;
use super::cases;
use super::seek::Seeker;
use super::words::Line;

pub use changes::{Change, Changed};

/// How many rules may be weighed before the rest is left out: a minute's worth or less.
const MOST_WORK: usize = 40_000_000;

/// How much more a whole run of a case weighs than a look at verdict and reasons.
const WHOLE_RUN: usize = 30;

/// What became of every change.
#[derive(Clone, Debug, Default)]
pub struct Mutation {
    /// What became of changes in rules and questions.
    pub rules: Score,
    /// What became of medicines and names struck from groups.
    pub medicines: Score,
    /// Those no case noticed.
    pub survivors: Vec<Survivor>,
    /// How many changes there are that were not tried.
    pub left_out: usize,
}

/// How many changes were noticed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// How many some case noticed.
    pub noticed: usize,
    /// How many no case noticed.
    pub missed: usize,
    /// How many no patient could tell.
    pub nothing: usize,
}

/// A change no case noticed.
#[derive(Clone, Debug)]
pub struct Survivor {
    /// What was changed, in words.
    pub what: String,
    /// The case that would notice; none when it could not be found or written.
    pub case: Option<Line>,
}

impl Score {
    /// How many could have been noticed.
    #[must_use]
    pub fn all(self) -> usize {
        self.noticed + self.missed
    }

    /// Noticed changes in a hundred that could have been, rounded down.
    #[must_use]
    pub fn percent(self) -> usize {
        (self.noticed * 100).checked_div(self.all()).unwrap_or(100)
    }
}

impl Mutation {
    /// The lower of both scores: neither hides behind the other.
    #[must_use]
    pub fn percent(&self) -> usize {
        self.rules.percent().min(self.medicines.percent())
    }
}

/// Makes every change, one at a time, and runs the cases.
#[must_use]
pub fn mutate(pack: &Pack, plan: &Plan, base: &Base, today: Date) -> Mutation {
    within(pack, plan, base, today, MOST_WORK)
}

/// The same, with so much work: as many rules may be weighed, and the rest is left out.
#[must_use]
pub fn within(pack: &Pack, plan: &Plan, base: &Base, today: Date, most: usize) -> Mutation {
    let changes = changes::all(pack, plan);
    let mut seen = Mutation::default();
    let mut trial = Trial::new(plan);
    let mut survivors: Vec<(usize, Survivor)> = Vec::new();
    let seeker = Seeker::like(plan, base, today);
    for number in spread(changes.len()) {
        let Some(change) = changes.get(number) else {
            continue;
        };
        if trial.work > most || seeker.effort.left() == 0 {
            seen.left_out += 1;
            continue;
        }
        let score = match change.changed {
            Changed::Names(..) => &mut seen.medicines,
            Changed::Rule(..) | Changed::Asked(..) => &mut seen.rules,
        };
        let noticed = trial.changed(&change.changed, Trial::is_noticed);
        if noticed {
            score.noticed += 1;
            continue;
        }
        match kill::case(&mut trial, &seeker, base, change) {
            kill::Kill::Nobody => score.nothing += 1,
            kill::Kill::Case(case) => {
                score.missed += 1;
                let what = change.what.clone();
                survivors.push((number, Survivor { what, case }));
            }
        }
    }
    survivors.sort_by_key(|(number, _)| *number);
    seen.survivors = survivors.into_iter().map(|(_, one)| one).collect();
    seen
}

/// Every number below `count` once, the first of them far apart from each other.
fn spread(count: usize) -> impl Iterator<Item = usize> {
    let golden = count * 618 / 1000;
    let share_none = |step: &usize| {
        let (mut one, mut other) = (count, *step);
        while other > 0 {
            (one, other) = (other, one % other);
        }
        one == 1
    };
    let step = (golden.max(1)..=count.max(1)).find(share_none).unwrap_or(1);
    (0..count).map(move |number| number * step % count)
}

/// The rules with one change in them, and the cases it is held against.
struct Trial<'a> {
    /// The rules as they are.
    plan: &'a Plan,
    /// The rules as they are changed.
    other: Plan,
    /// The cases in which each name of a medicine stands.
    named: HashMap<usize, Vec<&'a Case>>,
    /// How many rules were weighed so far.
    work: usize,
}

impl<'a> Trial<'a> {
    fn new(plan: &'a Plan) -> Self {
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
    fn changed<T>(&mut self, changed: &Changed, then: impl FnOnce(&mut Self, &Changed) -> T) -> T {
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
    fn is_noticed(&mut self, changed: &Changed) -> bool {
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
    fn reread(&self, answers: &Answers, struck: &[usize]) -> Option<Answers> {
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

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn every_change_is_tried_once_and_the_first_lie_apart() {
        for count in [0, 1, 2, 3, 10, 97, 1000, 1618] {
            let mut numbers: Vec<usize> = spread(count).collect();
            numbers.sort_unstable();
            assert_eq!(numbers, (0..count).collect::<Vec<_>>());
        }
        let mut first: Vec<usize> = spread(1000).take(10).collect();
        first.sort_unstable();
        assert!(
            first.windows(2).all(|pair| pair[1] - pair[0] >= 40),
            "{first:?}"
        );
    }
}
