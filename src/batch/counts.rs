//! Counts the results of a batch.

use std::collections::BTreeMap;

use crate::report::model::{PRIVATE, View};
use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;
use candidacy_engine::summary::Summary;
use candidacy_engine::verdict::Verdict;

/// The counts of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Rows per verdict, least severe first.
    pub verdicts: [u64; 5],
    /// Rows that could not be read.
    pub unreadable: u64,
    /// For each question, the rows in which it is unknown and leaves a rule undecided. The last
    /// entry is for everything hidden from the desk.
    pub missing: Vec<u64>,
    /// The same, counting only rows in which nothing else makes the verdict as severe.
    pub waiting: Vec<u64>,
    /// For each rule, the rows in which it applies. The last entry is for rules hidden from the
    /// desk.
    pub reasons: Vec<u64>,
    /// Rows whose verdict relies on a relaxation.
    pub relaxed: u64,
    /// Rows with contradictory answers.
    pub doubted: u64,
    /// Deferred rows, by the first day on which treatment may go ahead.
    pub days: BTreeMap<Date, u64>,
}

impl Counts {
    /// Counts of zero.
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

    /// Adds `rows` rows with the result `summary`, limited to what `view` may see.
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
        let slot_of = |open: &candidacy_engine::summary::Open| {
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
            let slot = slot_of(open);
            if slot != hidden || !std::mem::replace(&mut hidden_counted, true) {
                add(&mut self.missing, slot);
            }
        }
        if let [only] = summary.open.as_slice()
            && summary.waits()
        {
            add(&mut self.waiting, slot_of(only));
        }
    }

    /// Adds the counts of another thread.
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

    /// The total number of rows.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.verdicts.iter().sum::<u64>() + self.unreadable
    }

    /// Whether some row has `verdict` or a more severe one.
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

/// The id of a question by its number; `private` for what is hidden from the desk.
pub fn question_id<'a>(plan: &'a Plan) -> impl Fn(usize) -> &'a str {
    |number| {
        let asked = plan.questions.get(number);
        asked.map_or(PRIVATE, |asked| asked.question.id.as_str())
    }
}

/// The counts above zero with their names, in order; counts with the same name are added.
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
