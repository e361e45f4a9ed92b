//! Pre-screens people for cosmetic microneedling.
pub mod engine;
pub mod error;
pub mod load;
pub mod report;
