//! Medicines a group could lose: each with all its names, and each further name alone.

use std::collections::HashMap;

use candidacy_engine::answer::{Reply, Value};
use candidacy_engine::condition::{Check, Test};
use candidacy_engine::medicine::normalized_name;
use candidacy_engine::pack::Pack;
use candidacy_engine::plan::Plan;

use super::{Changed, Mutant};

/// Every medicine and every further name struck from every group, where rules
/// could tell: they read the group, or whether a medicine is known at all.
#[must_use]
pub fn changes(pack: &Pack, plan: &Plan) -> Vec<Mutant> {
    let names = plan.medicines.names().iter().enumerate();
    let by_text: HashMap<String, usize> = names
        .map(|(number, name)| (normalized_name(&name.text), number))
        .collect();
    let told = Told::of(plan);
    let mut changes = Vec::new();
    for written in &pack.groups {
        let id = &written.id.value;
        let Some(group) = plan.groups.iter().position(|group| group.id == *id) else {
            continue;
        };
        if !told.unrecognised && !told.groups.contains(&group) {
            continue;
        }
        let mut strike = |what: String, names: Vec<usize>| {
            let what = format!("{}: without {what}", written.id.value);
            changes.push(Mutant {
                what,
                changed: Changed::Names(group, names),
            });
        };
        for member in &written.members {
            let generic = &member.name.value;
            let of_member = |text: &str| {
                let number = *by_text.get(&normalized_name(text))?;
                let name = plan.medicines.names().get(number)?;
                let mut means = name.means.iter();
                means
                    .any(|meaning| meaning.group == group && meaning.generic == *generic)
                    .then_some(number)
            };
            let own = of_member(generic);
            let further = member.also.iter().map(|also| also.value.as_str());
            let further: Vec<(&str, usize)> = further
                .filter_map(|text| Some((text, of_member(text)?)))
                .filter(|(_, number)| Some(*number) != own)
                .collect();
            let all = further.iter().map(|(_, number)| *number).chain(own);
            strike(format!("`{generic}`"), all.collect());
            for (text, number) in further {
                strike(format!("the name `{text}` of `{generic}`"), vec![number]);
            }
        }
    }
    changes
}

/// What the rules and the gates can tell of medicines.
pub struct Told {
    /// The groups they read.
    pub groups: Vec<usize>,
    /// Whether they read that a medicine is not known.
    pub unrecognised: bool,
}

impl Told {
    /// What those of `plan` can tell.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        let mut tests: Vec<&Test> = Vec::new();
        let gates = plan
            .questions
            .iter()
            .filter_map(|asked| asked.gate.as_ref());
        let rules = plan.rules.iter().map(|rule| &rule.when);
        rules
            .chain(gates)
            .for_each(|condition| condition.tests(&mut tests));
        let groups = tests.iter().filter_map(|test| match &test.check {
            Check::Takes(groups) => Some(groups),
            _ => None,
        });
        Self {
            groups: groups.flatten().copied().collect(),
            unrecognised: tests
                .iter()
                .any(|test| test.check == Check::TakesUnrecognised),
        }
    }

    /// Whether rules can tell two answers about medicines apart.
    #[must_use]
    pub fn apart(&self, one: &Reply, other: &Reply) -> bool {
        let (Reply::Given(Value::Medicines(one)), Reply::Given(Value::Medicines(other))) =
            (one, other)
        else {
            return one != other;
        };
        let mut groups = self.groups.iter();
        (self.unrecognised && one.unrecognised != other.unrecognised)
            || groups.any(|group| one.groups.get(*group) != other.groups.get(*group))
    }
}
