//! Random numbers, drawn one after another to build something.
//!
//! Nought always draws the plainest thing, so that what is built shrinks well.

use proptest::collection::vec;
use proptest::prelude::*;

/// Numbers to draw from; noughts once it has run out.
#[derive(Clone, Debug)]
pub struct Tape(std::vec::IntoIter<u16>);

impl Tape {
    /// A number below `count`; nought from nought.
    pub fn below(&mut self, count: usize) -> usize {
        (usize::from(self.0.next().unwrap_or(0)) * count) >> 16
    }

    /// Yes in so many of a hundred draws; no from nought.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) + percent >= 100
    }

    /// One of these; the first from nought.
    pub fn one_of<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }

    /// A whole number from `low` to `high`, both included; `low` from nought.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        let width = usize::try_from(high - low + 1).unwrap_or(1);
        low + i32::try_from(self.below(width)).unwrap_or(0)
    }

    /// Some of these, in order, at least so many; the first ones from nought.
    pub fn some_of<T: Clone>(&mut self, items: &[T], least: usize) -> Vec<T> {
        let mut missing = (least + self.below(items.len() + 1 - least)).min(items.len());
        let mut some = Vec::new();
        for (place, item) in items.iter().enumerate() {
            let left = items.len() - place;
            if missing > 0 && (missing == left || !self.chance(100 - 100 * missing / left)) {
                some.push(item.clone());
                missing -= 1;
            }
        }
        some
    }
}

/// A tape of so many numbers.
pub fn tape(length: usize) -> impl Strategy<Value = Tape> {
    vec(any::<u16>(), length).prop_map(|numbers| Tape(numbers.into_iter()))
}
