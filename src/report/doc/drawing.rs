//! What leads to which verdict, drawn: all topics on one page, and each topic
//! from its questions over its rules.
//!
//! Widths are reckoned from the number of letters, generously, because nothing
//! here can measure a font.

mod overview;
mod topic;

pub use overview::overview;
pub use topic::of_topic;

use crate::report::phrases;
use crate::report::style::Style;
use candidacy_engine::verdict::Verdict;

/// Generous room for a letter of the drawings' size.
const LETTER: usize = 7;

/// A verdict with the sign that says the same as its colour.
fn signed(verdict: Verdict) -> String {
    let sign = Style::plain(0).sign(verdict);
    format!("{sign} {}", phrases::verdict(verdict))
}
