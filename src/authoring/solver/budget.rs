//! The number of steps that searches may still take.

use std::cell::Cell;
use std::rc::Rc;

/// The number of formula parts that may still be checked. It counts steps, not time, so the same
/// rules always give the same result. Clones share one account.
#[derive(Clone, Debug)]
pub struct Budget(Rc<Cell<u64>>);

/// The total cost allowed for one question about a pack: half a minute.
const ALL: u64 = 600_000_000;

impl Default for Budget {
    fn default() -> Self {
        Self::of(ALL)
    }
}

impl Budget {
    /// A new account.
    #[must_use]
    pub fn of(steps: u64) -> Self {
        Self(Rc::new(Cell::new(steps)))
    }

    /// The number of steps left.
    #[must_use]
    pub fn left(&self) -> u64 {
        self.0.get()
    }

    /// Subtracts steps.
    pub fn spend(&self, steps: u64) {
        self.0.set(self.left().saturating_sub(steps));
    }

    /// The share of the next of `many` searches that divide the rest. [`Self::settle`] returns what
    /// it does not use.
    #[must_use]
    pub fn share(&self, many: usize) -> Self {
        let many = u64::try_from(many.max(1)).unwrap_or(u64::MAX);
        Self::of(self.left() / many)
    }

    /// Subtracts what a `share` for `many` searches used.
    pub fn settle(&self, share: &Self, many: usize) {
        let given = self.share(many).left();
        self.spend(given.saturating_sub(share.left()));
    }
}

#[cfg(test)]
mod tests {
    use super::Budget;

    #[test]
    fn what_one_does_not_use_is_left_for_the_others() {
        let all = Budget::of(100);
        let first = all.share(2);
        first.spend(10);
        all.settle(&first, 2);
        assert_eq!(all.left(), 90);
        let last = all.share(1);
        last.spend(1000);
        all.settle(&last, 1);
        assert_eq!(all.left(), 0);
    }
}
