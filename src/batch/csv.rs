//! Reading CSV: chunks, records, quotes and encodings.

pub mod chunk;
pub mod encoding;
mod index;
pub mod quotes;
pub mod records;
pub mod splitter;
