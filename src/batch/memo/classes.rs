//! Groups replies that no rule distinguishes into numbered classes.
//!
//! Two replies to a question are in one class if two things hold. Every sentence of the rules has the same result
//! for both, on the day of treatment and on every later day. And both raise the same doubts. Then all results for
//! the row are the same. One reply can represent the class, and it is evaluated only once.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use candidacy_engine::answer::Reply;
use candidacy_engine::condition::Test;
use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;

use super::cell_cache::{ByteHasher, Texts};
use super::class::Class;
use super::days::{OwnDay, own_day};

/// Maximum number of classes of one question; beyond it, a thread starts again.
const MOST: usize = 50_000;

/// The classes of replies to one question so far, shared by threads.
#[derive(Clone, Debug)]
pub struct Classes<'p> {
    plan: &'p Plan,
    question: usize,
    tests: Vec<&'p Test>,
    /// Whether the question may be answered without being asked.
    gated: bool,
    as_of: Date,
    known: Arc<Mutex<Known>>,
}

/// The known classes of one question.
#[derive(Debug, Default)]
struct Known {
    /// Cells that were read.
    texts: Texts,
    /// Classes by how the rules see their replies.
    classes: HashMap<Vec<u8>, Class, BuildHasherDefault<ByteHasher>>,
    /// A reply of each class.
    replies: Vec<Reply>,
}

impl<'p> Classes<'p> {
    /// The classes of replies to `question`; none known yet.
    #[must_use]
    pub fn new(plan: &'p Plan, question: usize, as_of: Date) -> Self {
        let gates = plan
            .questions
            .iter()
            .filter_map(|asked| asked.gate.as_ref());
        let mut tests = Vec::new();
        let rules = plan.rules.iter().map(|rule| &rule.when);
        let doubts = plan.doubts.iter().map(|(_, condition)| condition);
        for condition in rules.chain(gates).chain(doubts) {
            tests.extend(condition.tests());
        }
        tests.retain(|test| test.question == question);
        let asked = plan.questions.get(question);
        Self {
            tests,
            as_of,
            plan,
            question,
            gated: asked.is_some_and(|asked| asked.gate.is_some()),
            known: Arc::default(),
        }
    }

    /// The same question without known classes, not shared with other threads.
    #[must_use]
    pub fn anew(&self) -> Self {
        Self {
            known: Arc::default(),
            ..self.clone()
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The class of a cell, if some thread has read it.
    #[must_use]
    pub fn of_cell(&self, cell: &[u8]) -> Option<Class> {
        self.known().texts.get(cell)
    }

    /// The class of `reply`, which was read from `cell` if that is given. `day` is its [`Self::own_day`].
    /// None if there are too many classes.
    #[must_use]
    pub fn get_or_insert(&self, reply: Reply, day: OwnDay, cell: Option<&[u8]>) -> Option<Class> {
        let key = self.key(&reply, day);
        let mut known = self.known();
        let class = match known.classes.get(&key) {
            Some(class) => *class,
            None if known.replies.len() >= MOST => return None,
            None => {
                let class = Class::try_from(known.replies.len()).ok()?;
                known.replies.push(reply);
                known.classes.insert(key, class);
                class
            }
        };
        if let Some(cell) = cell.filter(|cell| !cell.is_empty()) {
            known.texts.insert(cell, class);
        }
        Some(class)
    }

    /// A reply of this class.
    #[must_use]
    pub fn reply(&self, class: Class) -> Reply {
        let known = self.known();
        known
            .replies
            .get(usize::from(class))
            .cloned()
            .unwrap_or_default()
    }

    /// Whether the day of `reply` is possible.
    #[must_use]
    pub fn own_day(&self, reply: &Reply) -> OwnDay {
        own_day(self.plan, self.question, reply, self.as_of)
    }

    /// How the rules see `reply`: the result of each sentence, with and without its gate. These are the results
    /// on the day of treatment and after each day on which time changes them. How doubts see the reply is
    /// included too.
    fn key(&self, reply: &Reply, day: OwnDay) -> Vec<u8> {
        let mut key = Vec::new();
        if self.gated {
            key.push(u8::from(reply.says_nothing_new()));
        }
        let reply = match day {
            OwnDay::Impossible(why) => {
                key.push(2 + why as u8);
                &Reply::NotSure
            }
            OwnDay::Possible | OwnDay::Unsettled => reply,
        };
        let mut days: Vec<Date> = self
            .tests
            .iter()
            .flat_map(|test| test.check.turning_days(reply))
            .flatten()
            .filter(|day| *day > self.as_of)
            .collect();
        days.sort_unstable();
        days.dedup();
        for day in std::iter::once(self.as_of).chain(days) {
            let (year, month, number) = day.parts();
            key.extend(year.to_le_bytes());
            key.extend(month.to_le_bytes());
            key.extend(number.to_le_bytes());
            for test in &self.tests {
                key.push(test.check.of(reply, false, day) as u8);
                key.push(test.check.of(reply, true, day) as u8);
            }
        }
        key
    }
}
