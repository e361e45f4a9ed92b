//! The pure core: what rules mean and what answers come to.
//!
//! Nothing in here reads a file, asks, prints, or looks at a clock.
//! `tests/doors.rs` keeps it so.

pub mod date;
pub mod decimal;
pub mod diagnostic;
pub mod fold;
pub mod locate;
pub mod period;
pub mod source;
pub mod suggest;
pub mod truth;
pub mod verdict;
