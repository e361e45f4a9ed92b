//! Rules that read the same questions, and what they came to before.

use std::collections::HashMap;

use candidacy_engine::plan::Plan;
use candidacy_engine::range;
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
const UNKNOWN: usize = usize::MAX;

impl RuleGroup {
    fn new(scope: Scope, inlets: Vec<usize>) -> Self {
        Self {
            scope,
            inlets,
            key: Vec::new(),
            before: (Vec::new(), UNKNOWN),
            few: Vec::new(),
            many: HashMap::default(),
            summaries: Vec::new(),
        }
    }

    /// What a row of these kinds comes to, found with `weigh` where it is not known yet;
    /// none where that is nothing at all.
    #[inline]
    pub(super) fn of(
        &mut self,
        kinds: &[Class],
        weigh: impl FnOnce(&Self) -> Summary,
    ) -> Option<&Summary> {
        let mut found = self.recalled(kinds);
        if found == UNKNOWN {
            let summary = weigh(self);
            found = self.remember(summary);
        }
        self.summaries.get(found.checked_sub(1)?)
    }

    /// The number of what a row of these kinds comes to.
    #[inline]
    fn recalled(&mut self, kinds: &[Class]) -> usize {
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

    /// Remembers what the key at hand comes to; gives its number, 0 for nothing at all.
    fn remember(&mut self, summary: Summary) -> usize {
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
    let mut parts: Vec<RuleGroup> = Vec::new();
    for (number, rule) in plan.rules.iter().enumerate() {
        let mut read = Vec::new();
        range::questions(plan, &rule.when, &mut read);
        let through = through(&read, inlets);
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
        range::questions(plan, condition, &mut read);
        let through = through(&read, inlets);
        let known = with_all(&parts, &through);
        add(&mut parts, known, through, |scope| {
            scope.doubts.push(number);
        });
    }
    for (number, asked) in plan.questions.iter().enumerate() {
        let dated = asked.question.kind.is_dated();
        if asked.gate.is_none() && !dated {
            continue;
        }
        let mut read = vec![number];
        if let Some(gate) = &asked.gate {
            range::questions(plan, gate, &mut read);
        }
        let through = through(&read, inlets);
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
    parts.push(RuleGroup::new(scope, inlets));
}

/// The rules that may come to more together than each by itself (see
/// [`range::whichever`]). A group whose rules are all in one of `parts` is left out.
pub(super) fn groups(
    plan: &Plan,
    inlets: &[QuestionColumns<'_>],
    parts: &[RuleGroup],
) -> Vec<RuleGroup> {
    let mut groups = range::groups(plan);
    groups.retain(|rules| {
        let within = |part: &RuleGroup| rules.iter().all(|rule| part.scope.rules.contains(rule));
        !parts.iter().any(within)
    });
    let part = |rules: Vec<usize>| {
        let mut read = Vec::new();
        for rule in rules.iter().filter_map(|rule| plan.rules.get(*rule)) {
            range::questions(plan, &rule.when, &mut read);
        }
        let scope = Scope {
            rules,
            ..Scope::default()
        };
        RuleGroup::new(scope, through(&read, inlets))
    };
    groups.into_iter().map(part).collect()
}

/// The numbers of the inlets of these questions.
fn through(questions: &[usize], inlets: &[QuestionColumns<'_>]) -> Vec<usize> {
    let inlets = inlets.iter().enumerate();
    let through = inlets.filter(|(_, inlet)| questions.contains(&inlet.question));
    through.map(|(place, _)| place).collect()
}
