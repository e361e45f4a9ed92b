//! How rules read waiting periods: a longer period makes one rule apply to more patients, and
//! prevents another from applying.

use std::collections::HashSet;

use crate::pack::Pack;
use crate::sentence::Wait;
use crate::waits;

/// The settings that rules read, directly or through facts.
#[derive(Default)]
pub struct Uses<'a> {
    /// Settings in parts that must hold.
    plain: HashSet<&'a str>,
    /// Settings in parts that must not hold, under `not`, `none` or `unless`.
    denied: HashSet<&'a str>,
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
        for read in waits::of_rules(pack) {
            if let Wait::Named(name) = read.wait {
                let names = if read.denied {
                    &mut uses.denied
                } else {
                    &mut uses.plain
                };
                names.insert(name.text);
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
}
