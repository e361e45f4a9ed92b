//! The waiting periods that rules read, themselves or through facts.

use std::collections::HashSet;

use super::pack::{Condition, Pack, Sentence};
use super::sentence::{self, Says, Wait};

/// A waiting period that a rule reads.
#[derive(Clone, Copy, Debug)]
pub struct WaitRead<'a> {
    /// As named or stated.
    pub wait: Wait<'a>,
    /// The sentence.
    pub sentence: &'a Sentence,
    /// Whether it is under `not`, `none` or `unless`, where a longer wait keeps the rule from applying.
    pub denied: bool,
}

/// Every waiting period that the rules of `pack` read.
#[must_use]
pub fn of_rules(pack: &Pack) -> Vec<WaitRead<'_>> {
    let mut search = Search {
        pack,
        facts: HashSet::new(),
        found: Vec::new(),
    };
    for rule in &pack.rules {
        search.condition(&rule.when, false);
        if let Some(unless) = &rule.unless {
            search.condition(unless, true);
        }
    }
    search.found
}

struct Search<'a> {
    pack: &'a Pack,
    /// The facts already visited, as read and denied. Each is visited once, because some name others many times, or
    /// themselves.
    facts: HashSet<(&'a str, bool)>,
    found: Vec<WaitRead<'a>>,
}

impl<'a> Search<'a> {
    fn condition(&mut self, condition: &'a Condition, denied: bool) {
        for (sentence, denied) in condition.signed(denied) {
            let Ok(read) = sentence::read(&sentence.text) else {
                continue;
            };
            let denied = denied ^ read.negated;
            self.found.extend(read.says.wait().map(|wait| WaitRead {
                wait,
                sentence,
                denied,
            }));
            let mut facts = self.pack.facts.iter();
            if read.says == Says::Holds
                && let Some(fact) = facts.find(|fact| fact.id.value == read.subject.text)
                && self.facts.insert((&fact.id.value, denied))
            {
                self.condition(&fact.when, denied);
            }
        }
    }
}
