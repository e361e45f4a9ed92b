//! How much more may be tried before a search is given up.

use std::cell::Cell;
use std::rc::Rc;

/// How many pieces of formulas may still be looked at. Counted, not timed: the
/// same rules always lead to the same answer. Clones draw on the same account.
#[derive(Clone, Debug)]
pub struct Budget(Rc<Cell<u64>>);

/// What one question about a pack may cost in all: half a minute's worth.
const ALL: u64 = 600_000_000;

impl Default for Budget {
    fn default() -> Self {
        Self::of(ALL)
    }
}

impl Budget {
    /// An account of its own.
    #[must_use]
    pub fn of(looks: u64) -> Self {
        Self(Rc::new(Cell::new(looks)))
    }

    /// How much is left.
    #[must_use]
    pub fn left(&self) -> u64 {
        self.0.get()
    }

    /// Takes something off.
    pub fn spend(&self, looks: u64) {
        self.0.set(self.left().saturating_sub(looks));
    }

    /// What falls to the next of `many` that have the rest to share. What it does
    /// not use is put back by [`Self::settle`].
    #[must_use]
    pub fn share(&self, many: usize) -> Self {
        let many = u64::try_from(many.max(1)).unwrap_or(u64::MAX);
        Self::of(self.left() / many)
    }

    /// Takes off what was used of a `share` of so many.
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
