//! Rules that read the same questions, with their earlier results.

use std::collections::HashMap;

use candidacy_engine::plan::Plan;
use candidacy_engine::range;
use candidacy_engine::summary::{Scope, Summary};

use crate::batch::memo::class::Class;

use super::question::QuestionColumns;
use super::{Known, PARTS};

/// Maximum class number that is looked up directly.
const FEW: usize = 1 << 12;

/// Rules that read the same questions.
#[derive(Debug)]
pub(super) struct RuleGroup {
    /// The rules, with the doubts and answers that are checked with them.
    pub(super) scope: Scope,
    /// The indices of the question columns that they read.
    pub(super) inlets: Vec<usize>,
    /// The classes of the current row in these columns.
    key: Vec<Class>,
    /// The classes of the previous row and its result, because consecutive rows are similar.
    before: (Vec<Class>, usize),
    /// The number of the result summary by class, if there is only one question.
    few: Vec<usize>,
    /// The same by the classes of several questions, and by classes beyond `few`.
    many: Known<usize>,
    summaries: Vec<Summary>,
}

/// The result for the current key is not known yet.
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

    /// The result of a row with these classes, computed with `weigh` if it is not known yet. None
    /// if the result is empty.
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

    /// The number of the known result of a row with these classes.
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

    /// Remembers the result for the current key; returns its number, or 0 for an empty result.
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

/// Groups the rules by the columns they read, including those of gates. Doubts and answers about
/// the same columns are added.
pub(super) fn parts(plan: &Plan, inlets: &[QuestionColumns<'_>]) -> Vec<RuleGroup> {
    let mut parts: Vec<RuleGroup> = Vec::new();
    for (number, rule) in plan.rules.iter().enumerate() {
        let mut read = Vec::new();
        range::questions(plan, &rule.when, &mut read);
        let through = through(&read, inlets);
        let known = parts.iter().position(|part| part.inlets == through);
        add(&mut parts, known, through, |scope| scope.rules.push(number));
    }
    // A group that reads more columns is accepted, because each group costs a lookup per row.
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

/// The rules that may have a joint effect (see [`range::whichever`]). A group whose rules are all
/// in one of `parts` is left out.
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

/// The indices of the columns of these questions.
fn through(questions: &[usize], inlets: &[QuestionColumns<'_>]) -> Vec<usize> {
    let inlets = inlets.iter().enumerate();
    let through = inlets.filter(|(_, inlet)| questions.contains(&inlet.question));
    through.map(|(place, _)| place).collect()
}
