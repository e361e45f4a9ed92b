//! Rules that read the same questions, with their earlier results.

use std::collections::HashMap;

use candidacy_engine::plan::Plan;
use candidacy_engine::range;
use candidacy_engine::summary::{Scope, Summary};

use crate::batch::memo::class::Class;

use super::question::QuestionColumns;
use super::{ENTRIES, Known};

/// Maximum class number that is looked up directly.
const MAX_DIRECT: usize = 1 << 12;

/// Rules that read the same questions.
#[derive(Debug)]
pub(super) struct RuleGroup {
    /// The rules, with the doubts and answers that are checked with them.
    pub(super) scope: Scope,
    /// The indices of the question columns that they read.
    pub(super) columns: Vec<usize>,
    /// The classes of the current row in these columns.
    key: Vec<Class>,
    /// The classes of the previous row and its result, because consecutive rows are similar.
    previous: (Vec<Class>, usize),
    /// The number of the result summary by class, if there is only one question.
    by_class: Vec<usize>,
    /// The same by the classes of several questions, and by classes beyond `by_class`.
    by_key: Known<usize>,
    summaries: Vec<Summary>,
}

/// The result for the current key is not known yet.
const UNKNOWN: usize = usize::MAX;

impl RuleGroup {
    fn new(scope: Scope, columns: Vec<usize>) -> Self {
        Self {
            scope,
            columns,
            key: Vec::new(),
            previous: (Vec::new(), UNKNOWN),
            by_class: Vec::new(),
            by_key: HashMap::default(),
            summaries: Vec::new(),
        }
    }

    /// The result of a row with these classes, computed with `evaluate` if it is not known yet.
    /// None if the result is empty.
    #[inline]
    pub(super) fn result(
        &mut self,
        classes: &[Class],
        evaluate: impl FnOnce(&Self) -> Summary,
    ) -> Option<&Summary> {
        let mut found = self.lookup(classes);
        if found == UNKNOWN {
            let summary = evaluate(self);
            found = self.insert(summary);
        }
        self.summaries.get(found.checked_sub(1)?)
    }

    /// The number of the known result of a row with these classes.
    #[inline]
    fn lookup(&mut self, classes: &[Class]) -> usize {
        if let [only] = self.columns.as_slice()
            && let Some(class) = classes.get(*only)
            && let Some(known) = self.by_class.get(usize::from(*class))
            && *known != UNKNOWN
        {
            return *known;
        }
        self.key.clear();
        let classes = self.columns.iter().filter_map(|one| classes.get(*one));
        self.key.extend(classes);
        if self.previous.1 == UNKNOWN || self.previous.0 != self.key {
            let known = self.by_key.get(self.key.as_slice());
            self.previous.1 = known.copied().unwrap_or(UNKNOWN);
            self.previous.0.clone_from(&self.key);
        }
        self.previous.1
    }

    /// Remembers the result for the current key; returns its number, or 0 for an empty result.
    fn insert(&mut self, summary: Summary) -> usize {
        if self.summaries.len() >= ENTRIES || self.by_key.len() >= ENTRIES {
            self.summaries.clear();
            self.by_key.clear();
            self.by_class.clear();
        }
        let number = if summary == Summary::default() {
            0
        } else {
            self.summaries.push(summary);
            self.summaries.len()
        };
        self.previous.1 = number;
        match self.key.as_slice() {
            [class] if usize::from(*class) < MAX_DIRECT => {
                let place = usize::from(*class);
                if self.by_class.len() <= place {
                    self.by_class.resize(place + 1, UNKNOWN);
                }
                if let Some(known) = self.by_class.get_mut(place) {
                    *known = number;
                }
            }
            key => {
                self.by_key.insert(key.into(), number);
            }
        }
        number
    }
}

/// Groups the rules by the columns they read, including those of gates. Doubts and answers about
/// the same columns are added.
pub(super) fn rule_groups(plan: &Plan, columns: &[QuestionColumns<'_>]) -> Vec<RuleGroup> {
    let mut rule_groups: Vec<RuleGroup> = Vec::new();
    for (number, rule) in plan.rules.iter().enumerate() {
        let mut read = Vec::new();
        range::questions(plan, &rule.when, &mut read);
        let read_columns = columns_of(&read, columns);
        let known = rule_groups
            .iter()
            .position(|group| group.columns == read_columns);
        add(&mut rule_groups, known, read_columns, |scope| {
            scope.rules.push(number);
        });
    }
    // A group that reads more columns is accepted, because each group costs a lookup per row.
    let with_all = |rule_groups: &[RuleGroup], read_columns: &[usize]| {
        let groups = rule_groups.iter().enumerate();
        let groups =
            groups.filter(|(_, group)| read_columns.iter().all(|one| group.columns.contains(one)));
        let smallest = groups.min_by_key(|(_, group)| group.columns.len());
        smallest.map(|(place, _)| place)
    };
    for (number, (_, condition)) in plan.doubts.iter().enumerate() {
        let mut read = Vec::new();
        range::questions(plan, condition, &mut read);
        let read_columns = columns_of(&read, columns);
        let known = with_all(&rule_groups, &read_columns);
        add(&mut rule_groups, known, read_columns, |scope| {
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
        let read_columns = columns_of(&read, columns);
        let known = with_all(&rule_groups, &read_columns);
        add(&mut rule_groups, known, read_columns, |scope| {
            scope.questions.push(number);
        });
    }
    rule_groups
}

/// Adds something to the scope of the group at `known`, or to a new group.
fn add(
    rule_groups: &mut Vec<RuleGroup>,
    known: Option<usize>,
    columns: Vec<usize>,
    change: impl FnOnce(&mut Scope),
) {
    if let Some(group) = known.and_then(|place| rule_groups.get_mut(place)) {
        change(&mut group.scope);
        return;
    }
    let mut scope = Scope::default();
    change(&mut scope);
    rule_groups.push(RuleGroup::new(scope, columns));
}

/// The rules that may have a joint effect (see [`range::whichever`]). A group whose rules are all
/// in one of `rule_groups` is left out.
pub(super) fn joint_groups(
    plan: &Plan,
    columns: &[QuestionColumns<'_>],
    rule_groups: &[RuleGroup],
) -> Vec<RuleGroup> {
    let mut groups = range::groups(plan);
    groups.retain(|rules| {
        let within = |group: &RuleGroup| rules.iter().all(|rule| group.scope.rules.contains(rule));
        !rule_groups.iter().any(within)
    });
    let joint_group = |rules: Vec<usize>| {
        let mut read = Vec::new();
        for rule in rules.iter().filter_map(|rule| plan.rules.get(*rule)) {
            range::questions(plan, &rule.when, &mut read);
        }
        let scope = Scope {
            rules,
            ..Scope::default()
        };
        RuleGroup::new(scope, columns_of(&read, columns))
    };
    groups.into_iter().map(joint_group).collect()
}

/// The indices of the columns of these questions.
fn columns_of(questions: &[usize], columns: &[QuestionColumns<'_>]) -> Vec<usize> {
    let columns = columns.iter().enumerate();
    let own = columns.filter(|(_, one)| questions.contains(&one.question));
    own.map(|(place, _)| place).collect()
}
