//! The outputs of a batch: rows, problems, the page of counts and the summary.

pub mod page;
pub mod problem;
pub mod recall;
pub mod repeated_ids;
pub mod row;
pub mod summary;
pub mod unread;
