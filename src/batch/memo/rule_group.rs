//! Rules that read the same questions, and what they came to before.

use std::collections::HashMap;

use candidacy_engine::condition::Condition;
use candidacy_engine::plan::Plan;
use candidacy_engine::question::Kind;
use candidacy_engine::summary::{Scope, Summary};

use crate::batch::memo::class::Class;

use super::question::QuestionColumns;
use super::{Known, PARTS};

/// The kinds of one question that are looked up by their number.
const FEW: usize = 1 << 12;

/// Rules that read the same questions.
#[derive(Debug)]
pub(super) struct RuleGroup {
    /// The rules, and the doubts and answers that are checked with them.
    pub(super) scope: Scope,
    /// The inlets that tell them apart.
    pub(super) inlets: Vec<usize>,
    /// The kinds of the row at hand, in these inlets.
    key: Vec<Class>,
    /// Those of the row before, and what was found for them: most rows are alike in most.
    before: (Vec<Class>, usize),
    /// What was found, by the kind of the only inlet; the number of its summary.
    few: Vec<usize>,
    /// The same by the kinds of several inlets, and by kinds beyond `few`.
    many: Known<usize>,
    summaries: Vec<Summary>,
}

/// What the key at hand comes to is not known yet.
pub(super) const UNKNOWN: usize = usize::MAX;

impl RuleGroup {
    /// The number of what a row of these kinds comes to.
    #[inline]
    pub(super) fn recalled(&mut self, kinds: &[Class]) -> usize {
        if let [only] = self.inlets.as_slice()
            && let Some(kind) = kinds.get(*only)
            && let Some(known) = self.few.get(usize::from(*kind))
            && *known != UNKNOWN
        {
            return *known;
        }
        self.key.clear();
        let kinds = self.inlets.iter().filter_map(|inlet| kinds.get(*inlet));
        self.key.extend(kinds);
        if self.before.1 == UNKNOWN || self.before.0 != self.key {
            let known = self.many.get(self.key.as_slice());
            self.before.1 = known.copied().unwrap_or(UNKNOWN);
            self.before.0.clone_from(&self.key);
        }
        self.before.1
    }

    /// What was found under `number`; none where it was nothing at all.
    #[inline]
    pub(super) fn summary(&self, number: usize) -> Option<&Summary> {
        self.summaries.get(number.checked_sub(1)?)
    }

    /// Remembers what the key at hand comes to; gives its number, 0 for nothing at all.
    pub(super) fn remember(&mut self, summary: Summary) -> usize {
        if self.summaries.len() >= PARTS || self.many.len() >= PARTS {
            self.summaries.clear();
            self.many.clear();
            self.few.clear();
        }
        let number = if summary == Summary::default() {
            0
        } else {
            self.summaries.push(summary);
            self.summaries.len()
        };
        self.before.1 = number;
        match self.key.as_slice() {
            [kind] if usize::from(*kind) < FEW => {
                let place = usize::from(*kind);
                if self.few.len() <= place {
                    self.few.resize(place + 1, UNKNOWN);
                }
                if let Some(known) = self.few.get_mut(place) {
                    *known = number;
                }
            }
            key => {
                self.many.insert(key.into(), number);
            }
        }
        number
    }
}

/// The rules by the columns they read, gates included; with them whatever else is
/// looked at in the same columns.
pub(super) fn parts(plan: &Plan, inlets: &[QuestionColumns<'_>]) -> Vec<RuleGroup> {
    let through = |read: &[usize]| -> Vec<usize> {
        let places = inlets.iter().enumerate();
        let places = places.filter(|(_, inlet)| read.contains(&inlet.question));
        places.map(|(place, _)| place).collect()
    };
    let mut parts: Vec<RuleGroup> = Vec::new();
    for (number, rule) in plan.rules.iter().enumerate() {
        let mut read = Vec::new();
        questions(plan, &rule.when, &mut read);
        let through = through(&read);
        let known = parts.iter().position(|part| part.inlets == through);
        add(&mut parts, known, through, |scope| scope.rules.push(number));
    }
    // A group that reads more columns will do: one group more costs every row a look.
    let with_all = |parts: &[RuleGroup], through: &[usize]| {
        let groups = parts.iter().enumerate();
        let groups = groups.filter(|(_, part)| through.iter().all(|one| part.inlets.contains(one)));
        let smallest = groups.min_by_key(|(_, part)| part.inlets.len());
        smallest.map(|(place, _)| place)
    };
    for (number, (_, condition)) in plan.doubts.iter().enumerate() {
        let mut read = Vec::new();
        questions(plan, condition, &mut read);
        let through = through(&read);
        let known = with_all(&parts, &through);
        add(&mut parts, known, through, |scope| {
            scope.doubts.push(number);
        });
    }
    for (number, asked) in plan.questions.iter().enumerate() {
        let dated = matches!(asked.question.kind, Kind::Date | Kind::Event | Kind::Course);
        if asked.gate.is_none() && !dated {
            continue;
        }
        let mut read = vec![number];
        if let Some(gate) = &asked.gate {
            questions(plan, gate, &mut read);
        }
        let through = through(&read);
        let known = with_all(&parts, &through);
        add(&mut parts, known, through, |scope| {
            scope.questions.push(number);
        });
    }
    parts
}

/// Adds something to the scope of the group at `known`, or to a new group.
fn add(
    parts: &mut Vec<RuleGroup>,
    known: Option<usize>,
    inlets: Vec<usize>,
    change: impl FnOnce(&mut Scope),
) {
    if let Some(part) = known.and_then(|place| parts.get_mut(place)) {
        change(&mut part.scope);
        return;
    }
    let mut scope = Scope::default();
    change(&mut scope);
    parts.push(RuleGroup {
        scope,
        key: Vec::new(),
        before: (Vec::new(), UNKNOWN),
        few: Vec::new(),
        inlets,
        many: HashMap::default(),
        summaries: Vec::new(),
    });
}

/// Every question that `condition` reads, and those that decide whether they are asked.
fn questions(plan: &Plan, condition: &Condition, found: &mut Vec<usize>) {
    let mut tests = Vec::new();
    condition.tests(&mut tests);
    for test in tests {
        if found.contains(&test.question) {
            continue;
        }
        found.push(test.question);
        let gate = plan
            .questions
            .get(test.question)
            .and_then(|asked| asked.gate.as_ref());
        if let Some(gate) = gate {
            questions(plan, gate, found);
        }
    }
}
