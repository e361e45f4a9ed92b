//! The rules of candidacy: reads rule packs, evaluates answers against them and explains the verdict.
//!
//! Nothing in this crate reads a file, asks a question, prints, starts a thread or looks at a clock.
//! `clippy.toml` beside it refuses the functions that could.

#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

pub mod answer;
pub mod assess;
pub mod assign;
pub mod compile;
pub mod condition;
pub mod date;
pub mod decimal;
pub mod diagnostic;
pub mod evaluate;
pub mod finding;
pub mod impossible;
pub mod medicine;
pub mod normalize;
pub mod overlay;
pub mod pack;
pub mod period;
pub mod plan;
pub mod private;
pub mod question;
pub mod range;
pub mod sentence;
pub mod severity;
pub mod source;
pub mod strength;
pub mod suggest;
pub mod summary;
pub mod text;
pub mod truth;
pub mod verdict;
pub mod yaml;

pub mod quote;
