//! Texts that say nothing, or that the answer is not known or not given.

use crate::question::Question;

use super::Reply;
use super::errors::{AnswerError, lost_by_a_spreadsheet};
use super::keywords::{is_blank, is_blank_medicine, is_declined, is_lost, is_not_sure};
use super::options::claimed;
use super::wording::{SEPARATORS, Wording};

/// The reply if `text` says nothing, or says that the answer is not known or not given.
///
/// # Errors
///
/// If a spreadsheet lost the answer.
pub(super) fn without_content(
    question: &Question,
    wording: Option<&Wording>,
    text: &str,
) -> Result<Option<Reply>, AnswerError> {
    // No such word is made of digits, and trying them all takes longer than reading a day.
    if is_digits_and_dashes(text) {
        return Ok(None);
    }
    let is_word = |part: &str| wording.is_some_and(|words| words.answer(part).is_some());
    if says_nothing(question, text) && !parts(text).any(is_word) {
        return Ok(Some(Reply::Blank));
    }
    // None of these words contains a separator, and folding long lists is slow.
    if !text.contains([';', ',']) {
        if is_not_sure(text) {
            return Ok(Some(Reply::NotSure));
        }
        if is_declined(text) {
            return Ok(Some(Reply::Declined));
        }
    }
    if let Some(lost) = parts(text).find(|part| is_lost(part)) {
        return Err(lost_by_a_spreadsheet(lost));
    }
    Ok(None)
}

/// Whether `text` says nothing about `question`. An option may be called like a word that otherwise
/// says nothing.
fn says_nothing(question: &Question, text: &str) -> bool {
    let says_nothing = if question.kind.names_medicines() {
        is_blank_medicine
    } else {
        is_blank
    };
    parts(text).all(|part| says_nothing(part) && claimed(question, part.trim()).is_none())
}

/// Whether a text looks like `2026-05-31`.
fn is_digits_and_dashes(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// The parts between separators.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(SEPARATORS)
}

#[cfg(test)]
mod tests {
    use super::{is_blank, is_declined, is_digits_and_dashes, is_lost, is_not_sure};

    /// So the words need not be tried for such a text.
    #[test]
    fn no_word_is_made_of_digits() {
        let numbers = (0..10_000).map(|number| number.to_string());
        let days = ["2026-05-31", "00-00-0000", "9999-12-31", "1-"].map(str::to_owned);
        for text in numbers.chain(days) {
            assert!(is_digits_and_dashes(&text), "{text}");
            let is_word = is_blank(&text) || is_not_sure(&text) || is_declined(&text);
            assert!(!is_word && !is_lost(&text), "{text}");
        }
        for text in ["-", "--", "", "?", "n/a", "2026/05/31", "-99"] {
            assert!(!is_digits_and_dashes(text), "{text}");
        }
    }
}
