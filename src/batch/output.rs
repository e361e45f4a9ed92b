//! What a batch writes: rows, problems and the page of counts.

pub mod page;
pub mod problem;
pub mod row;
