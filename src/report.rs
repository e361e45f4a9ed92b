//! Reports, lists and documents, for people and for programs.

pub mod brief;
pub mod calendar;
pub mod changes;
pub mod check;
pub mod diagnostic;
pub mod doc;
pub mod document;
pub mod expectations;
pub mod explain;
pub mod full;
pub mod handout;
pub mod list;
pub mod medicines;
pub mod model;
pub mod note;
pub mod phrases;
pub mod questionnaire;
pub mod record;
pub mod replay;
pub mod style;
#[cfg(test)]
pub(crate) mod test_support;
pub mod verdict_line;

pub mod conditions;
pub mod show;
pub mod specialist;
