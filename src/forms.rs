//! The questions of a pack as forms of other tools, and what those tools send back.
//!
//! `fields` says what a form shows for each question; `fhir`, `xlsform` and `redcap` write it down.

pub mod cds_hooks;
pub mod fhir;
pub mod fields;
pub mod form_answer;
pub mod redcap;
mod rows;
mod shown;
#[cfg(feature = "excel")]
pub mod xlsform;
