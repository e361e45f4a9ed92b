//! Pre-screens people for cosmetic microneedling by rules a clinic can read and change.
//!
//! ```text
//!    rules/*.yaml                                     a person, a file, or a CSV row
//!         │  load            (edge: reads files)              │  interview / answers / batch   (edge)
//!         ▼                                                   │
//!      Source   path + text                                   │
//!         │  read            shape only                       │
//!         ▼                                                   │
//!       Pack    what the files say                            │
//!         │  compile         all checks, all problems at once │
//!         ▼                                                   ▼
//!       Plan    what the engine runs  ───────────────►     Answers   value, vague, not sure, blank
//!         │                                                   │
//!         └───────────────────────┬───────────────────────────┘
//!                                 │  assess          cannot fail, reads no clock
//!                                 ▼
//!                            Assessment   findings, verdict, range, timeline
//!                                 │  report          (edge)
//!                                 ▼
//!                    terminal · Markdown · JSON · CSV row
//! ```
//!
//! Five nouns, each with its own file in [`engine`] and made by one verb:
//! [`Source`](engine::source::Source), [`Pack`](engine::pack::Pack),
//! [`Plan`](engine::plan::Plan), [`Answers`](engine::answer::Answers),
//! [`Assessment`](engine::assess::Assessment). To find the code between two of
//! them, look for the verb. `engine` is pure; everything else is the edge.

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

pub mod batch;
pub mod cli;
pub mod engine;
pub mod error;
pub mod interview;
pub mod load;
pub mod report;
pub mod terminal;
pub mod workbench;

/// Every program of this package allocates by it, the benchmarks included.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
