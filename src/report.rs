//! What people and programs are shown.

pub mod diagnostic;
pub mod handout;
pub mod info;
pub mod markdown;
pub mod paint;
pub mod sheet;
pub mod text;
pub mod words;
