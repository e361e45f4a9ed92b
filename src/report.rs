//! What people and programs are shown.

pub mod diagnostic;
pub mod sheet;
