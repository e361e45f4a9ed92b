//! The number of a class of replies.

/// The number of a class.
pub type Class = u16;

/// Marks a cell that is not a valid answer.
pub const UNREAD: Class = Class::MAX;
