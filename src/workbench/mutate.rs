//! Whether the cases would notice a slip of the pen.
//!
//! One small thing after another is changed in the rules (see [`changes`]), and
//! the cases are run. A change is *noticed* when some case no longer holds. A
//! change that no patient at all could tell is *nothing*: it is found by looking
//! for such a patient among all there can be, and counts neither way. What is
//! left are changes a case should notice; the patient found makes the case.

pub mod changes;
mod kill;

use crate::engine::answer::{Answers, Reply, Value};
use crate::engine::compile::compile;
use crate::engine::date::Date;
use crate::engine::medicine::Medicines;
use crate::engine::pack::Pack;
use crate::engine::plan::{Case, Plan, Rule};
use crate::engine::truth::Truth;
use crate::engine::weigh::Patient;

use super::base::Base;
use super::cases;

pub use changes::{Change, Changed};

/// What became of every change.
#[derive(Clone, Debug, Default)]
pub struct Mutation {
    /// How many changes some case noticed.
    pub noticed: usize,
    /// How many no patient could tell.
    pub nothing: usize,
    /// Those no case noticed.
    pub survivors: Vec<Survivor>,
}

/// A change no case noticed.
#[derive(Clone, Debug)]
pub struct Survivor {
    /// What was changed, in words.
    pub what: String,
    /// The case that would notice, on one line; none when it could not be found or written.
    pub case: Option<String>,
}

impl Mutation {
    /// Noticed changes in a hundred that could have been, rounded down.
    #[must_use]
    pub fn percent(&self) -> usize {
        let all = self.noticed + self.survivors.len();
        (self.noticed * 100).checked_div(all).unwrap_or(100)
    }
}

/// Makes every change, one at a time, and runs the cases. What an overlay has
/// of its base just so is left alone: its cases speak of what is its own.
#[must_use]
pub fn mutate(pack: &Pack, plan: &Plan, base: &Base, today: Date) -> Mutation {
    let mut seen = Mutation::default();
    let mut other = plan.clone();
    let under = pack.under.as_deref();
    let under = under.and_then(|under| compile(under.clone()).ok());
    let own = |change: &Change| {
        let base = under.as_ref();
        base.is_none_or(|base| !stands_in(base, plan, change))
    };
    for change in changes::all(pack, plan).into_iter().filter(own) {
        if noticed(plan, &mut other, &change) {
            seen.noticed += 1;
            continue;
        }
        match kill::case(plan, base, today, &change) {
            kill::Kill::Nobody => seen.nothing += 1,
            kill::Kill::Case(case) => seen.survivors.push(Survivor {
                what: change.what,
                case,
            }),
        }
    }
    seen
}

/// Whether what is changed stands in `base` as it does in `plan`.
fn stands_in(base: &Plan, plan: &Plan, change: &Change) -> bool {
    match &change.changed {
        Changed::Rule(number, _) => {
            let rule = plan.rules.get(*number);
            rule.is_some_and(|rule| base.rules.contains(rule))
        }
        Changed::Member(group, _) => *group < base.groups.len(),
    }
}

/// Whether some case no longer holds.
fn noticed(plan: &Plan, other: &mut Plan, change: &Change) -> bool {
    match &change.changed {
        Changed::Rule(number, rule) => {
            let Some(own) = plan.rules.get(*number) else {
                return false;
            };
            put(other, *number, rule);
            let concerned = plan
                .cases
                .iter()
                .filter(|case| concerns(plan, own, rule, case));
            let noticed = concerned
                .into_iter()
                .any(|case| cases::run(other, case).is_some());
            put(other, *number, own);
            noticed
        }
        Changed::Member(group, generic) => plan.cases.iter().any(|case| {
            let answers = without(plan, &case.answers, *group, generic);
            answers.is_some_and(|answers| {
                let case = Case {
                    answers,
                    ..case.clone()
                };
                cases::run(plan, &case).is_some()
            })
        }),
    }
}

fn put(plan: &mut Plan, number: usize, rule: &Rule) {
    if let Some(place) = plan.rules.get_mut(number) {
        *place = rule.clone();
    }
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

/// The answers as they are read when one medicine is struck from a group; none
/// when that changes nothing. A medicine left without any group is not known.
#[must_use]
pub fn without(plan: &Plan, answers: &Answers, group: usize, generic: &str) -> Option<Answers> {
    let mut changed = answers.clone();
    for question in 0..plan.questions.len() {
        if let Reply::Given(Value::Medicines(medicines)) = answers.reply(question) {
            let medicines = reread(plan, medicines, group, generic);
            changed.set(question, Reply::Given(Value::Medicines(medicines)));
        }
    }
    (changed != *answers).then_some(changed)
}

fn reread(plan: &Plan, medicines: &Medicines, group: usize, generic: &str) -> Medicines {
    let otherwise = if medicines.open {
        Truth::Unknown
    } else {
        Truth::No
    };
    let mut read = Medicines {
        groups: vec![otherwise; medicines.groups.len()],
        ..medicines.clone()
    };
    for entry in &medicines.entries {
        for name in entry
            .names
            .iter()
            .filter_map(|name| plan.medicines.names().get(*name))
        {
            let mut left = name
                .means
                .iter()
                .filter(|meaning| meaning.group != group || meaning.generic != generic)
                .peekable();
            if left.peek().is_none() {
                read.unrecognised = Truth::Yes;
            }
            for meaning in left {
                if let Some(place) = read.groups.get_mut(meaning.group) {
                    *place = Truth::Yes;
                }
            }
        }
    }
    read
}
