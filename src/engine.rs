//! The pure core: what rules mean and what answers come to.
//!
//! Nothing in here reads a file, asks, prints, or looks at a clock.
//! `tests/doors.rs` keeps it so.

pub mod answer;
pub mod assess;
pub mod compile;
pub mod condition;
pub mod date;
pub mod decimal;
pub mod diagnostic;
pub mod finding;
pub mod fold;
pub mod give;
pub mod locate;
pub mod medicine;
pub mod outlook;
pub mod overlay;
pub mod pack;
pub mod period;
pub mod plan;
pub mod question;
pub mod sentence;
pub mod source;
pub mod suggest;
pub mod summary;
pub mod truth;
pub mod verdict;
pub mod weigh;
