//! For those who write rules: what is wrong with them, and whether their cases
//! and claims hold.

pub mod baseline;
pub mod cases;
pub mod coverage;
pub mod diff;
pub mod lint;
pub mod mutate;
pub mod prove;
pub mod sentences;
pub mod solver;
pub mod starter;
