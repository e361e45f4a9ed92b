//! Pre-screens people for a cosmetic treatment, with rules that a clinic can read and change.
//!
//! `docs/architecture.md` draws how a value goes through it. Five nouns, each with its own file in
//! [`candidacy_engine`] and made by one verb:
//! [`Source`](candidacy_engine::source::Source), [`Pack`](candidacy_engine::pack::Pack),
//! [`Plan`](candidacy_engine::plan::Plan), [`Answers`](candidacy_engine::answer::Answers),
//! [`Assessment`](candidacy_engine::assess::Assessment). To find the code between two of
//! them, look for the verb. The engine is pure; everything in this crate is the edge.

#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]
#![cfg_attr(not(test), warn(clippy::print_stdout, clippy::print_stderr))]

pub mod authoring;
pub mod batch;
pub mod cli;
pub mod error;
pub mod files;
pub mod forms;
pub mod interview;
pub mod load;
pub mod report;
pub mod terminal;
