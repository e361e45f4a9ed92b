//! What a batch came to, counted.

use std::collections::BTreeMap;

use crate::report::model::{PRIVATE, View};
use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;
use candidacy_engine::summary::Summary;
use candidacy_engine::verdict::Verdict;

/// The counts of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Rows per verdict, mildest first.
    pub verdicts: [u64; 5],
    /// Rows that could not be read.
    pub unreadable: u64,
    /// For each question, and last for what the desk may not be told: rows in
    /// which it is unknown and leaves a rule undecided.
    pub missing: Vec<u64>,
    /// The same, where nothing else makes the verdict as grave as it is.
    pub waiting: Vec<u64>,
    /// For each rule, rows in which it applies; last, those in which one
    /// applies that the desk may not be told.
    pub reasons: Vec<u64>,
    /// Rows whose verdict relies on a relaxation.
    pub relaxed: u64,
    /// Rows whose answers cannot all be right.
    pub doubted: u64,
    /// Deferred rows by the first day on which treatment may go ahead.
    pub days: BTreeMap<Date, u64>,
}

impl Counts {
    /// Nothing yet.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let questions = plan.questions.len();
        Self {
            reasons: vec![0; plan.rules.len() + 1],
            days: BTreeMap::new(),
            verdicts: [0; 5],
            unreadable: 0,
            relaxed: 0,
            doubted: 0,
            missing: vec![0; questions + 1],
            waiting: vec![0; questions + 1],
        }
    }

    /// Counts `rows` rows that came to `summary`, as `view` may see it.
    pub fn count(&mut self, plan: &Plan, summary: &Summary, rows: u64, view: View) {
        if let (Verdict::Deferred, Some(day)) = (summary.verdict, summary.eligible_from()) {
            *self.days.entry(day).or_default() += rows;
        }
        if !summary.relaxed().is_empty() {
            self.relaxed += rows;
        }
        if !summary.doubts.is_empty() {
            self.doubted += rows;
        }
        let mut private = false;
        for rule in &summary.applies {
            let hide = view == View::Desk && plan.rules.get(*rule).is_some_and(|rule| rule.private);
            let slot = if hide { plan.rules.len() } else { *rule };
            if (!hide || !std::mem::replace(&mut private, true))
                && let Some(count) = self.reasons.get_mut(slot)
            {
                *count += rows;
            }
        }
        if let Some(count) = self.verdicts.get_mut(summary.verdict as usize) {
            *count += rows;
        }
        let hidden = self.missing.len() - 1;
        let told = |open: &candidacy_engine::summary::Open| {
            if open.private && view == View::Desk {
                hidden
            } else {
                open.question
            }
        };
        let add = |counts: &mut Vec<u64>, slot: usize| {
            if let Some(count) = counts.get_mut(slot) {
                *count += rows;
            }
        };
        let mut hidden_counted = false;
        for open in &summary.open {
            let slot = told(open);
            if slot != hidden || !std::mem::replace(&mut hidden_counted, true) {
                add(&mut self.missing, slot);
            }
        }
        if let [only] = summary.open.as_slice()
            && summary.waits()
        {
            add(&mut self.waiting, told(only));
        }
    }

    /// Adds another thread's counts.
    pub fn add(&mut self, other: &Self) {
        let add = |mine: &mut [u64], theirs: &[u64]| {
            for (count, more) in mine.iter_mut().zip(theirs) {
                *count += more;
            }
        };
        add(&mut self.verdicts, &other.verdicts);
        add(&mut self.missing, &other.missing);
        add(&mut self.waiting, &other.waiting);
        add(&mut self.reasons, &other.reasons);
        for (day, count) in &other.days {
            *self.days.entry(*day).or_default() += count;
        }
        self.unreadable += other.unreadable;
        self.relaxed += other.relaxed;
        self.doubted += other.doubted;
    }

    /// All rows.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.verdicts.iter().sum::<u64>() + self.unreadable
    }

    /// Whether some row is at least as grave as `verdict`.
    #[must_use]
    pub fn reaches(&self, verdict: Verdict) -> bool {
        let grave = Verdict::ALL.iter().zip(self.verdicts);
        grave
            .into_iter()
            .any(|(one, rows)| *one >= verdict && rows > 0)
    }

    /// The `most` largest of `counts` with their questions' ids, largest first.
    #[must_use]
    pub fn largest<'a>(counts: &[u64], plan: &'a Plan, most: usize) -> Vec<(&'a str, u64)> {
        largest(counts, question_id(plan), most)
    }
}

/// The id of a question by its number; `private` for what the desk may not be told.
pub fn question_id<'a>(plan: &'a Plan) -> impl Fn(usize) -> &'a str {
    |number| {
        let asked = plan.questions.get(number);
        asked.map_or(PRIVATE, |asked| asked.question.id.as_str())
    }
}

/// The counts above zero, each under its name and in their order; those of one name together.
pub fn named<N: Ord + Clone>(counts: &[u64], name: impl Fn(usize) -> N) -> Vec<(N, u64)> {
    let mut places = BTreeMap::new();
    let mut named: Vec<(N, u64)> = Vec::new();
    let met = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    for (number, count) in met {
        let name = name(number);
        let place = *places.entry(name.clone()).or_insert(named.len());
        match named.get_mut(place) {
            Some((_, all)) => *all += count,
            None => named.push((name, *count)),
        }
    }
    named
}

/// The `most` largest of `counts` with their names, largest first.
pub fn largest<N: Ord + Clone>(
    counts: &[u64],
    name: impl Fn(usize) -> N,
    most: usize,
) -> Vec<(N, u64)> {
    let mut largest = named(counts, name);
    largest.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    largest.truncate(most);
    largest
}
