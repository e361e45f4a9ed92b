//! A slow second reading of the rule language, and random packs to hold it against.
//!
//! Written from section 4 of the design alone and sharing no line with the
//! engine: where the two disagree, one of them has misread the page.

pub mod calendar;
pub mod evaluate;
pub mod impossible;
pub mod known;
pub mod lookup;
pub mod model;
pub mod patients;
pub mod range;
pub mod strategies;
pub mod tape;
pub mod weigh;
pub mod writing;

#[cfg(test)]
mod examples;
#[cfg(test)]
mod laws;
