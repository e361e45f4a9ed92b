//! Words that mean the same to every question.

use crate::normalize::key;

/// The answer is not known.
pub const NOT_SURE: &[&str] = &[
    "notsure",
    "unsure",
    "unknown",
    "?",
    "dontknow",
    "donotknow",
    "notknown",
];
/// It will not be told.
pub const DECLINED: &[&str] = &["declined", "prefernottosay", "rathernotsay"];
/// Nothing was said.
pub const BLANK: &[&str] = &["", "n/a", "na", "null"];
/// Yes, in a table too.
pub const YES: &[&str] = &["yes", "y", "true", "1", "x"];
/// No, in a table too.
pub const NO: &[&str] = &["no", "n", "false", "0"];

/// Whether a word is one of `words`, however it is spelt.
pub fn is(word: &str, words: &[&str]) -> bool {
    words.contains(&key(word).as_str())
}

/// Whether a text says that the answer is not known, or will not be told.
#[must_use]
pub fn leaves_open(text: &str) -> bool {
    let key = key(text);
    NOT_SURE.contains(&key.as_str()) || DECLINED.contains(&key.as_str())
}

/// Whether a text could be the beginning of one that [`leaves_open`], or is one.
#[must_use]
pub fn begins_to_leave_open(text: &str) -> bool {
    let key = key(text);
    let mut words = NOT_SURE.iter().chain(DECLINED);
    words.any(|word| word.starts_with(&key))
}
