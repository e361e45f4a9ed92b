//! What people and programs are shown.

pub mod check;
pub mod consult;
pub mod diagnostic;
pub mod doc;
pub mod handout;
pub mod info;
pub mod markdown;
pub mod note;
pub mod paint;
pub mod record;
pub mod replay;
pub mod sheet;
pub mod text;
#[cfg(test)]
mod tried;
pub mod why;
pub mod words;
