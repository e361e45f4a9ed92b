//! Drafts a map file for a new table.
//!
//! It counts the contents of each column, guesses which question the column answers, and writes
//! that as a map file. A guess ends with `?`, and a batch refuses it until a person has confirmed
//! it.

pub mod guess;
mod likeness;
pub mod survey;
pub mod words;
pub mod yaml;
