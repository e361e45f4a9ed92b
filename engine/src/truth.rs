//! Yes, no, or not known: the logic every condition is weighed in.
//!
//! Strong Kleene logic: a part that is not known leaves the whole not known
//! unless the other parts settle it alone.

/// The truth of a statement about a patient.
///
/// The order is used: `all` is the least of its parts, `any` the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It does not hold.
    No,
    /// The answers do not say.
    Unknown,
    /// It holds.
    Yes,
}

impl Truth {
    /// And: no if at least one is no.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// Or: yes if at least one is yes.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// True for every part of `parts`; yes when there are none.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        parts.into_iter().fold(Self::Yes, Self::and)
    }

    /// True for at least one part of `parts`; no when there are none.
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        parts.into_iter().fold(Self::No, Self::or)
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, No, Unknown, Yes};

    #[test]
    fn all_is_no_as_soon_as_one_part_is() {
        #[track_caller]
        fn case(left: Truth, right: Truth, expected: Truth) {
            assert_eq!(left.and(right), expected, "{left:?} and {right:?}");
            assert_eq!(right.and(left), expected, "order must not matter");
        }

        case(Yes, Yes, Yes);
        case(Yes, No, No);
        case(Yes, Unknown, Unknown);
        case(No, No, No);
        case(No, Unknown, No);
        case(Unknown, Unknown, Unknown);
    }

    #[test]
    fn any_is_yes_as_soon_as_one_part_is() {
        #[track_caller]
        fn case(left: Truth, right: Truth, expected: Truth) {
            assert_eq!(left.or(right), expected, "{left:?} or {right:?}");
            assert_eq!(right.or(left), expected, "order must not matter");
        }

        case(Yes, Yes, Yes);
        case(Yes, No, Yes);
        case(Yes, Unknown, Yes);
        case(No, No, No);
        case(No, Unknown, Unknown);
        case(Unknown, Unknown, Unknown);
    }

    #[test]
    fn not_known_stays_not_known() {
        assert_eq!(!Yes, No);
        assert_eq!(!No, Yes);
        assert_eq!(!Unknown, Unknown);
    }

    #[test]
    fn nothing_at_all() {
        assert_eq!(Truth::all([]), Yes);
        assert_eq!(Truth::any([]), No);
    }
}
