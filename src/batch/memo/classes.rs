//! Answers that no rule can tell apart, under one small number.
//!
//! Two replies to a question are of one kind when every sentence of the rules
//! comes to the same for both, on the day decided for and on every later day,
//! and when both raise the same doubts. Then everything a row says is the same for both, so one of them can stand
//! for the other, and what it comes to need be found out only once.

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

/// The most kinds of one question that are told apart; then a thread starts anew.
const MOST: usize = 50_000;

/// The kinds of replies to one question met so far, by all threads that share them.
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

/// What is known of one question.
#[derive(Debug, Default)]
struct Known {
    /// Cells that were read.
    texts: Texts,
    /// Classes by how their replies look to the rules.
    looks: HashMap<Vec<u8>, Class, BuildHasherDefault<ByteHasher>>,
    /// A reply of each kind.
    replies: Vec<Reply>,
}

impl<'p> Classes<'p> {
    /// The kinds of replies to `question`; none met so far.
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
            condition.tests(&mut tests);
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

    /// The same with nothing met so far, and shared with nobody.
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

    /// The kind of a cell, where some thread has read it.
    #[must_use]
    pub fn met(&self, cell: &[u8]) -> Option<Class> {
        self.known().texts.get(cell)
    }

    /// The kind of `reply`, which was read in `cell` where that is given; none when
    /// there are too many to tell apart.
    #[must_use]
    pub fn of(&self, reply: Reply, cell: Option<&[u8]>) -> Option<Class> {
        let look = self.look(&reply);
        let mut known = self.known();
        let kind = match known.looks.get(&look) {
            Some(kind) => *kind,
            None if known.replies.len() >= MOST => return None,
            None => {
                let kind = Class::try_from(known.replies.len()).ok()?;
                known.replies.push(reply);
                known.looks.insert(look, kind);
                kind
            }
        };
        if let Some(cell) = cell.filter(|cell| !cell.is_empty()) {
            known.texts.insert(cell, kind);
        }
        Some(kind)
    }

    /// A reply of this kind.
    #[must_use]
    pub fn reply(&self, kind: Class) -> Reply {
        let known = self.known();
        known
            .replies
            .get(usize::from(kind))
            .cloned()
            .unwrap_or_default()
    }

    /// Whether the day of `reply` can be right.
    #[must_use]
    pub fn own_day(&self, reply: &Reply) -> OwnDay {
        own_day(self.plan, self.question, reply, self.as_of)
    }

    /// How `reply` looks to the rules: what each sentence comes to, with and
    /// without its gate, on the day decided for and after each day on which
    /// time changes it; and how it looks to those who doubt answers.
    fn look(&self, reply: &Reply) -> Vec<u8> {
        let mut doubts = Vec::new();
        if self.gated {
            doubts.push(u8::from(reply.says_nothing_new()));
        }
        let reply = match self.own_day(reply) {
            OwnDay::Impossible(why) => {
                doubts.push(2 + why as u8);
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
        let mut look = doubts;
        for day in std::iter::once(self.as_of).chain(days) {
            let (year, month, number) = day.parts();
            look.extend(year.to_le_bytes());
            look.extend(month.to_le_bytes());
            look.extend(number.to_le_bytes());
            for test in &self.tests {
                look.push(test.check.of(reply, false, day) as u8);
                look.push(test.check.of(reply, true, day) as u8);
            }
        }
        look
    }
}
