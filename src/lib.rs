//! Pre-screens people for cosmetic microneedling.
pub mod batch;
pub mod cli;
pub mod engine;
pub mod error;
pub mod load;
pub mod report;
