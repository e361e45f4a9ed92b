//! One table in, one table out, one row per patient.
//!
//! `split` cuts the input into pieces of whole records; `cells` finds the cells
//! of each, `quotes` what is wrong with them; `headings` and `intake` turn them
//! into answers; `table` and `row` write what comes of it; `piece` and `run` do
//! so on several threads, in order; `files` keeps what was there before until
//! the whole output stands. `compare` holds a table against two versions of the
//! rules instead.

pub mod cells;
pub mod compare;
pub mod files;
pub mod glance;
pub mod headings;
pub mod intake;
pub mod kinds;
pub mod page;
pub mod piece;
pub mod problem;
pub mod quotes;
pub mod recall;
pub mod row;
pub mod run;
pub mod setup;
pub mod split;
pub mod table;
pub mod tally;
pub mod text;
mod titles;
