//! Sets of truths: the possible results of a condition.

use candidacy_engine::truth::Truth;

/// A set of the truths no, unknown and yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TruthSet(u8);

const ORDER: [Truth; 3] = [Truth::No, Truth::Unknown, Truth::Yes];

impl TruthSet {
    /// The empty set.
    pub const NONE: Self = Self(0);
    /// All truths.
    pub const ANY: Self = Self(0b111);

    /// The set with one truth.
    #[must_use]
    pub fn of(truth: Truth) -> Self {
        match truth {
            Truth::No => Self(0b001),
            Truth::Unknown => Self(0b010),
            Truth::Yes => Self(0b100),
        }
    }

    /// This set with one more truth.
    #[must_use]
    pub fn with(self, truth: Truth) -> Self {
        Self(self.0 | Self::of(truth).0)
    }

    /// Whether the truth is in the set.
    #[must_use]
    pub fn has(self, truth: Truth) -> bool {
        self.0 & Self::of(truth).0 != 0
    }

    /// Whether the sets have a truth in common.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The result of `and` for every pair from the two sets.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.pairs(other, Truth::and)
    }

    /// The result of `or` for every pair from the two sets.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.pairs(other, Truth::or)
    }

    fn pairs(self, other: Self, join: fn(Truth, Truth) -> Truth) -> Self {
        let mut all = Self::NONE;
        for left in ORDER.into_iter().filter(|truth| self.has(*truth)) {
            for right in ORDER.into_iter().filter(|truth| other.has(*truth)) {
                all = all.with(join(left, right));
            }
        }
        all
    }
}

impl std::ops::Not for TruthSet {
    type Output = Self;

    fn not(self) -> Self {
        let own = ORDER.into_iter().filter(|truth| self.has(*truth));
        own.fold(Self::NONE, |all, truth| all.with(!truth))
    }
}

#[cfg(test)]
mod tests {
    use super::{ORDER, TruthSet};
    use candidacy_engine::truth::Truth::{No, Unknown, Yes};

    #[test]
    fn one_of_each_is_joined_as_ever() {
        for left in ORDER {
            for right in ORDER {
                let (a, b) = (TruthSet::of(left), TruthSet::of(right));
                assert_eq!(a.and(b), TruthSet::of(left.and(right)));
                assert_eq!(a.or(b), TruthSet::of(left.or(right)));
            }
            assert_eq!(!TruthSet::of(left), TruthSet::of(!left));
        }
    }

    #[test]
    fn what_is_still_possible() {
        let open = TruthSet::ANY;
        assert_eq!(open.and(TruthSet::of(No)), TruthSet::of(No));
        assert_eq!(open.or(TruthSet::of(Yes)), TruthSet::of(Yes));
        assert_eq!(
            open.and(TruthSet::of(Unknown)),
            TruthSet::of(No).with(Unknown)
        );
        assert_eq!(!open, open);
        assert!(!TruthSet::NONE.meets(open));
    }
}
