//! Tools for rule authors: they find problems in the rules, and check cases and claims.

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
