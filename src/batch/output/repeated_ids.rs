//! Ids that occur in several rows.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;

use crate::batch::memo::cell_cache::ByteHasher;

/// The ids of the first rows of a table, as numbers.
#[derive(Debug, Default)]
pub struct RepeatedIds {
    first: HashMap<u64, u64, BuildHasherDefault<ByteHasher>>,
    /// The lines of repeated rows, by the line of the first row.
    again: BTreeMap<u64, Vec<u64>>,
}

impl RepeatedIds {
    /// Adds the id of the row on `line`.
    pub fn add(&mut self, id: u64, line: u64) {
        let first = *self.first.entry(id).or_insert(line);
        if first != line {
            self.again.entry(first).or_default().push(line);
        }
    }

    /// The number of different ids.
    #[must_use]
    pub fn len(&self) -> usize {
        self.first.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    /// The lines of each id that occurs in several rows, in order.
    pub fn lines(&self) -> impl Iterator<Item = Vec<u64>> {
        self.again.iter().map(|(first, again)| {
            std::iter::once(*first)
                .chain(again.iter().copied())
                .collect()
        })
    }
}
