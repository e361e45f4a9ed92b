//! Finds the options that a text names: one, or several in one cell.
//!
//! Form tools join options with `, `, `;` or line breaks, but options contain commas themselves. A text is split at
//! separators in every way in which each part is an option. If two ways give different options, the text is refused.

use std::collections::VecDeque;

use crate::normalize::{has_key, key};
use crate::question::{Choice, Question};
use crate::quote::shown;

use super::errors::{AnswerError, Cause, no_option, none_is_no_answer};
use super::keywords::{is_blank, is_declined, is_none, is_not_sure, yes_or_no};
use super::wording::{Wording, most_separators, parts};
use super::{Mark, Reply, Value};

/// The option that `text` names by id, text or another name. If options are called `yes` and `no`, all spellings of
/// these words count.
pub(super) fn claimed(question: &Question, text: &str) -> Option<usize> {
    let choices = question.kind.choices();
    if choices.is_empty() || text.is_empty() {
        return None;
    }
    let named = |wanted: &str| {
        choices
            .iter()
            .position(|choice| names(choice).any(|name| has_key(name, wanted)))
    };
    let wanted = key(text);
    if wanted.is_empty() {
        return choices
            .iter()
            .position(|choice| names(choice).any(|name| name == text));
    }
    named(&wanted).or_else(|| {
        let yes = yes_or_no(text).filter(|_| !question.takes_several())?;
        named(if yes { "yes" } else { "no" })
    })
}

/// All names of an option.
pub fn names(choice: &Choice) -> impl Iterator<Item = &str> {
    [choice.id.as_str(), choice.text.as_str()]
        .into_iter()
        .chain(choice.also.iter().map(String::as_str))
}

pub(super) fn one_option(question: &Question, option: usize) -> Value {
    if !question.takes_several() {
        return Value::Choice(option);
    }
    let mark = |index| if index == option { Mark::Yes } else { Mark::No };
    Value::Choices((0..question.kind.choices().len()).map(mark).collect())
}

/// The combined meaning of the parts of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Reading {
    chosen: Vec<bool>,
    /// Whether one part says that none of the options applies.
    none: bool,
    /// The mark of the options that are not named.
    rest: Mark,
}

/// Maximum number of ways to read one text.
const MOST_WAYS: usize = 8;

/// Reads several options, or `none` alone. `not sure` and words for a missing value leave the rest open.
pub(super) fn options(
    question: &Question,
    choices: &[Choice],
    wording: Option<&Wording>,
    text: &str,
) -> Result<Reply, AnswerError> {
    let reading = match reading(question, choices, wording, text) {
        Ok(reading) => reading,
        // In a column with its own wording, a word may have another meaning.
        Err(why) if wording.is_some() => return Err(why),
        Err(why) => spaced(question, choices, text).ok_or(why)?,
    };
    let chosen = reading.chosen.contains(&true);
    if reading.none && (reading.rest != Mark::No || chosen) {
        return Err(AnswerError::none_and_something(question));
    }
    let marks = reading.chosen.into_iter();
    let marks = marks.map(|chosen| if chosen { Mark::Yes } else { reading.rest });
    Ok(Reply::Given(Value::Choices(marks.collect())))
}

/// The meaning of ids separated only by blanks, as ODK and Kobo write them.
fn spaced(question: &Question, choices: &[Choice], text: &str) -> Option<Reading> {
    let mut reading = Reading {
        chosen: vec![false; choices.len()],
        none: false,
        rest: Mark::No,
    };
    for word in text.split_whitespace() {
        match (question.option(word), word) {
            (Some(option), _) => *reading.chosen.get_mut(option)? = true,
            (None, "none") if !question.exhaustive => reading.none = true,
            (None, "not_sure") => reading.rest = Mark::NotSure,
            (None, "declined") => reading.rest = Mark::Declined,
            _ => return None,
        }
    }
    Some(reading)
}

/// The only possible reading of `text`.
fn reading(
    question: &Question,
    choices: &[Choice],
    wording: Option<&Wording>,
    text: &str,
) -> Result<Reading, AnswerError> {
    let nothing = Reading {
        chosen: vec![false; choices.len()],
        none: false,
        rest: Mark::No,
    };
    let parts = parts(text);
    let words = wording.into_iter().flat_map(Wording::words);
    let most = 1 + most_separators(choices.iter().flat_map(names).chain(words));
    // The readings up to each of the next parts; the first entry has those up to the current part.
    let mut ways: VecDeque<Vec<Reading>> = VecDeque::from([vec![nothing]]);
    let mut unread = 0;
    for (at, (start, _)) in parts.iter().enumerate() {
        let before = ways.pop_front().unwrap_or_default();
        if before.is_empty() {
            continue;
        }
        unread = at;
        let span = |end: usize| text.get(*start..end).unwrap_or_default().trim();
        let ends = parts.iter().skip(at).take(most).map(|(_, end)| *end);
        let ends: Vec<usize> = ends.collect();
        // A word with a meaning set by the user is not split.
        let is_word = |end: &usize| wording.is_some_and(|words| words.answer(span(*end)).is_some());
        let word = ends.iter().rposition(is_word);
        for (ahead, end) in ends.into_iter().enumerate() {
            if word.is_some_and(|word| word != ahead) {
                continue;
            }
            let part = span(end);
            let Some(meant) = meaning(question, choices, wording, part)? else {
                continue;
            };
            if ways.len() <= ahead {
                ways.resize(ahead + 1, Vec::new());
            }
            let Some(after) = ways.get_mut(ahead) else {
                continue;
            };
            for reading in &before {
                let reading = reading.and(&meant);
                if !after.contains(&reading) && after.len() < MOST_WAYS {
                    after.push(reading);
                }
            }
        }
        if ways.is_empty() || ways.iter().all(Vec::is_empty) {
            break;
        }
    }
    let whole = ways.pop_front().filter(|_| ways.is_empty());
    match whole.as_deref() {
        Some([only]) => Ok(only.clone()),
        Some([_, _, ..]) => Err(AnswerError {
            message: format!(
                "`{}` can be read in two ways: as one option that contains a comma, and as several options",
                shown(text)
            ),
            help: "write the ids of the options, separated by `;`".to_owned(),
            cause: Cause::TwoReadings,
        }),
        _ => {
            let only_commas = !text.contains([';', '|', '\n', '\r']);
            let part = parts.get(unread).filter(|_| unread > 0 || !only_commas);
            let part = part.and_then(|(start, end)| text.get(*start..*end));
            Err(no_option(question, choices, part.unwrap_or(text).trim()))
        }
    }
}

impl Reading {
    fn and(&self, other: &Self) -> Self {
        let both = self.chosen.iter().zip(&other.chosen);
        Self {
            chosen: both.map(|(one, other)| *one || *other).collect(),
            none: self.none || other.none,
            rest: match (self.rest, other.rest) {
                (rest, Mark::No | Mark::Blank) if rest != Mark::No => rest,
                (_, rest) => rest,
            },
        }
    }
}

/// The meaning of one part; none if it cannot be read.
fn meaning(
    question: &Question,
    choices: &[Choice],
    wording: Option<&Wording>,
    part: &str,
) -> Result<Option<Reading>, AnswerError> {
    let mut meant = Reading {
        chosen: vec![false; choices.len()],
        none: false,
        rest: Mark::No,
    };
    if let Some(answer) = wording.and_then(|wording| wording.answer(part)) {
        if is_blank(answer) {
            meant.rest = Mark::Blank;
            return Ok(Some(meant));
        }
        return reading(question, choices, None, answer).map(Some);
    }
    if let Some(place) = claimed(question, part).and_then(|one| meant.chosen.get_mut(one)) {
        *place = true;
    } else if part.is_empty() {
        // There is nothing between two separators.
    } else if is_none(part) && question.exhaustive {
        return Err(none_is_no_answer(question, part));
    } else if is_none(part) {
        meant.none = true;
    } else if is_not_sure(part) {
        meant.rest = Mark::NotSure;
    } else if is_declined(part) {
        meant.rest = Mark::Declined;
    } else if is_blank(part) {
        meant.rest = Mark::Blank;
    } else {
        return Ok(None);
    }
    Ok(Some(meant))
}

/// The parts of `text` that name no option of `question`, for listing unread words.
#[must_use]
pub fn unread_parts<'t>(question: &Question, wording: &Wording, text: &'t str) -> Vec<&'t str> {
    longest_parts(question, wording, text).1
}

/// The reply for a text in which some words mean that the answer is not known. The options it names apply, and the
/// others are unknown.
pub(super) fn others_not_sure(question: &Question, wording: &Wording, text: &str) -> Reply {
    if !question.takes_several() {
        return Reply::NotSure;
    }
    let (reading, _) = longest_parts(question, wording, text);
    if !reading.contains(&true) {
        return Reply::NotSure;
    }
    let mark = |chosen| if chosen { Mark::Yes } else { Mark::NotSure };
    Reply::Given(Value::Choices(reading.into_iter().map(mark).collect()))
}

/// The options that `text` names, after splitting it into the longest readable parts, and the unreadable parts.
fn longest_parts<'t>(
    question: &Question,
    wording: &Wording,
    text: &'t str,
) -> (Vec<bool>, Vec<&'t str>) {
    let choices = question.kind.choices();
    let parts = parts(text);
    let words = wording.words();
    let most = 1 + most_separators(choices.iter().flat_map(names).chain(words));
    let mut chosen = vec![false; choices.len()];
    let (mut at, mut unread) = (0, Vec::new());
    while let Some((start, end)) = parts.get(at).copied() {
        let read = |last: usize| {
            let part = text.get(start..parts.get(last)?.1)?.trim();
            match meaning(question, choices, Some(wording), part) {
                Ok(Some(reading)) => Some((last, reading.chosen)),
                Ok(None) => None,
                Err(_) => Some((last, Vec::new())),
            }
        };
        let mut last = (at..parts.len().min(at + most)).rev();
        if let Some((last, reading)) = last.find_map(read) {
            at = last + 1;
            let marks = chosen.iter_mut().zip(reading);
            marks.for_each(|(mark, reading)| *mark |= reading);
        } else {
            unread.push(text.get(start..end).unwrap_or_default().trim());
            at += 1;
        }
    }
    (chosen, unread)
}

#[cfg(test)]
mod tests;
