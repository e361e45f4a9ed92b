//! A first map file for a table that nobody has described yet.
//!
//! Counts what is in each column, guesses which question it answers, and writes that as a
//! map file. A guess ends with `?`, and a batch refuses it until a person has confirmed it.

pub mod guess;
mod likeness;
pub mod survey;
pub mod words;
pub mod yaml;
