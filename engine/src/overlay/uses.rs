//! How rules read waiting periods: a longer period makes one rule apply to more patients, and
//! prevents another from applying.

use std::collections::HashSet;

use crate::pack::{Condition, Pack};
use crate::sentence::{self, Says, Wait};

/// The settings that rules read, directly or through facts.
#[derive(Default)]
pub struct Uses<'a> {
    /// Settings in parts that must hold.
    plain: HashSet<&'a str>,
    /// Settings in parts that must not hold, under `not`, `none` or `unless`.
    denied: HashSet<&'a str>,
    /// The facts already visited, plain and denied. Each is visited once, because some name others
    /// many times, or themselves.
    facts: HashSet<(&'a str, bool)>,
}

/// How rules read one period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// A longer period can only make rules apply.
    Plain,
    /// A longer period can only prevent rules from applying.
    Denied,
    /// A longer period can do both.
    Both,
}

impl<'a> Uses<'a> {
    /// The uses in the rules of `pack`.
    #[must_use]
    pub fn of(pack: &'a Pack) -> Self {
        let mut uses = Self::default();
        for rule in &pack.rules {
            uses.condition(&rule.when, false, pack);
            if let Some(unless) = &rule.unless {
                uses.condition(unless, true, pack);
            }
        }
        uses
    }

    /// The use of the setting called `name`.
    #[must_use]
    pub fn of_setting(&self, name: &str) -> Use {
        match (self.plain.contains(name), self.denied.contains(name)) {
            (true, true) => Use::Both,
            (false, true) => Use::Denied,
            _ => Use::Plain,
        }
    }

    fn condition(&mut self, condition: &'a Condition, negated: bool, pack: &'a Pack) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.condition(part, negated, pack);
                }
            }
            Condition::None(parts) => {
                for part in parts {
                    self.condition(part, !negated, pack);
                }
            }
            Condition::Sentence(sentence) => self.sentence(&sentence.text, negated, pack),
        }
    }

    fn sentence(&mut self, text: &'a str, negated: bool, pack: &'a Pack) {
        let Ok(read) = sentence::read(text) else {
            return;
        };
        let negated = negated ^ read.negated;
        match read.says {
            Says::Within(Wait::Named(name))
            | Says::WithinBeforeOrAfter(Wait::Named(name))
            | Says::EndedWithin(Wait::Named(name))
            | Says::OngoingOrEndedWithin(Wait::Named(name)) => {
                if negated {
                    self.denied.insert(name.text);
                } else {
                    self.plain.insert(name.text);
                }
            }
            Says::Holds => {
                let mut facts = pack.facts.iter();
                if let Some(fact) = facts.find(|fact| fact.id.value == read.subject.text)
                    && self.facts.insert((&fact.id.value, negated))
                {
                    self.condition(&fact.when, negated, pack);
                }
            }
            _ => {}
        }
    }
}
