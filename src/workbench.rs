//! For those who write rules: what is wrong with them, and whether their cases
//! and claims hold.

pub mod append;
pub mod base;
pub mod cases;
pub mod coverage;
pub mod diff;
pub mod format;
pub mod lint;
pub mod mutate;
pub mod prove;
pub mod say;
pub mod seek;
pub mod show;
pub mod starter;
pub mod survey;
pub mod words;
