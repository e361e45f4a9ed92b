//! Pre-screens people for cosmetic microneedling.
pub mod engine;
