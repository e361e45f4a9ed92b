//! What a batch came to, counted.

use crate::engine::brief::Brief;
use crate::engine::plan::Plan;
use crate::engine::verdict::Verdict;
use crate::report::sheet::{PRIVATE, View};

/// The counts of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Rows per verdict, mildest first.
    pub verdicts: [u64; 5],
    /// Rows that could not be read.
    pub unreadable: u64,
    /// For each question, and last for what the desk may not be told: rows in
    /// which it is unknown and leaves a rule undecided.
    pub missing: Vec<u64>,
    /// The same, where nothing else makes the verdict as grave as it is.
    pub waiting: Vec<u64>,
}

impl Tally {
    /// Nothing yet, of `questions` questions.
    #[must_use]
    pub fn new(questions: usize) -> Self {
        Self {
            verdicts: [0; 5],
            unreadable: 0,
            missing: vec![0; questions + 1],
            waiting: vec![0; questions + 1],
        }
    }

    /// Counts `rows` rows that came to `brief`, as `view` may see it.
    pub fn count(&mut self, brief: &Brief, rows: u64, view: View) {
        if let Some(count) = self.verdicts.get_mut(brief.verdict as usize) {
            *count += rows;
        }
        let hidden = self.missing.len() - 1;
        let told = |open: &crate::engine::brief::Open| {
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
        for open in &brief.open {
            let slot = told(open);
            if slot != hidden || !std::mem::replace(&mut hidden_counted, true) {
                add(&mut self.missing, slot);
            }
        }
        if let [only] = brief.open.as_slice()
            && brief.verdict > brief.sure
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
        self.unreadable += other.unreadable;
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
        let named = counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let mut largest: Vec<(&str, u64)> = named
            .map(|(number, count)| {
                let asked = plan.questions.get(number);
                (
                    asked.map_or(PRIVATE, |asked| asked.question.id.as_str()),
                    *count,
                )
            })
            .collect();
        largest.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        largest.truncate(most);
        largest
    }
}
