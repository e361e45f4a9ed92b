//! The number by which a kind of reply is remembered.

/// The number of a kind.
pub type Class = u16;

/// Stands for a cell that is no answer.
pub const UNREAD: Class = Class::MAX;
