//! Errors of texts that are not valid answers, with valid alternatives.

use crate::date::Date;
use crate::normalize::key;
use crate::question::{Choice, Question};
use crate::suggest::{listed, nearest};

use super::dates::DateError;
use crate::quote::shown;

/// Why a text is not a valid answer, and what would be valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerError {
    /// One sentence, lower case, no full stop.
    pub message: String,
    /// What would be valid.
    pub help: String,
    /// The kind of error.
    pub cause: Cause,
}

/// The kind of error, for callers that can suggest more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// This text, which may be a part of the answer, is not a valid answer to the question.
    NoAnswer(String),
    /// This text is not an option of the question.
    NoOption {
        /// The text, which may be a part of the answer.
        text: String,
        /// The index of the option that is spelt in a similar way.
        near: Option<usize>,
    },
    /// Another question accepts this text now.
    Moved {
        /// The text.
        text: String,
        /// The id of the other question.
        to: String,
    },
    /// This number, with its unit, is outside the range.
    OutOfRange(String),
    /// `none` is stated together with something else.
    NoneAndSomething,
    /// Every option is denied, although at least one always applies.
    EveryOptionDenied,
    /// Any other error, whose message does not name the question.
    Other,
    /// It is a day after the day of treatment.
    LaterDay,
    /// It is a day in an unknown format; a table can name the format of its days.
    DateForm,
    /// It may be either of two days; a table can name the format of its days.
    TwoDays([Date; 2]),
    /// It may mean either of two times.
    TwoTimes([String; 2]),
    /// It may mean either one option or several.
    TwoReadings,
    /// Letters were lost; a table can name its encoding.
    LostLetters,
}

/// The error for a name with a lost letter, because it may have been any name.
pub(super) fn letters_lost(text: &str) -> AnswerError {
    let text = shown(&text.replace('\0', "\u{fffd}"));
    AnswerError {
        message: format!("`{text}` has lost letters: `\u{fffd}` stands for them"),
        help: "write it again".to_owned(),
        cause: Cause::LostLetters,
    }
}

/// The error for a `text` that is not an answer to `question`; `help` says what would be valid.
pub(super) fn no_answer(question: &Question, text: &str, help: &str) -> AnswerError {
    AnswerError {
        message: format!("`{}` is not an answer to `{}`", shown(text), question.id),
        help: help.to_owned(),
        cause: Cause::NoAnswer(text.to_owned()),
    }
}

/// The error for a `text` that cannot be read as days, for treatment on `as_of`.
pub(super) fn no_days(
    question: &Question,
    text: &str,
    why: &DateError,
    as_of: Date,
) -> AnswerError {
    let text = shown(text);
    let (message, help) = match why {
        DateError::NotADate => {
            let word = question.day_words();
            return no_answer(question, &text, &format!("write {word}2026-05-31, 2026-05 or 2026"));
        }
        DateError::Either([one, other]) => (
            format!("`{text}` can be read in two ways"),
            format!("write `{one}` or `{other}`"),
        ),
        DateError::Open([one, other]) => (
            format!("`{text}` does not say exactly which days are meant"),
            format!("write for example `{one}` or `{other}`"),
        ),
        DateError::NoSuchDay => {
            (format!("`{text}` is not a day of the calendar"), "check the day and the month".to_owned())
        }
        DateError::NotInFormat(format) => (
            format!("`{text}` is not a day written as `{}`", shown(format.as_given())),
            format!("write it as in `{}`, or year, month, day: 2026-05-31", shown(format.example())),
        ),
        DateError::TwoWays(days) => (
            format!("in `{text}` it is not clear which number is the day and which the month"),
            match days {
                Some([one, other]) => format!(
                    "write `{one}` for {} or `{other}` for {}",
                    one.in_words(),
                    other.in_words()
                ),
                None => "write year, month, day: 2026-05-31".to_owned(),
            },
        ),
        DateError::YearLast => (
            format!("`{text}` does not begin with the year, so it is not read as a day"),
            "write year, month, day: 2026-05-31".to_owned(),
        ),
        DateError::TooFarAhead => (
            format!("`{text}` may be more than 2 years after {as_of}, the treatment day"),
            "check the year, or write `planned` if the day is not known".to_owned(),
        ),
        DateError::Passed => (
            format!("`{text}` says planned, but this day is before {as_of}, the treatment day"),
            "check the day, or write the day alone if it happened then".to_owned(),
        ),
        DateError::Future if question.planned => (
            format!("`{text}` is after {as_of}, the treatment day"),
            "this says that it has happened; check the day, or write the day alone".to_owned(),
        ),
        DateError::Future => (
            format!("`{text}` is after {as_of}, the treatment day"),
            "this asks about something past; check the year, or decide for a later day with `--as-of`".to_owned(),
        ),
        DateError::NotAnAge => (
            format!("`{text}` is not an age"),
            "write whole years such as `34`, or the date of birth: 1991-05-31".to_owned(),
        ),
        DateError::TooEarly => {
            (format!("`{text}` is before {}", Date::EARLIEST), "check the year".to_owned())
        }
    };
    let cause = match why {
        DateError::Future | DateError::TooFarAhead => Cause::LaterDay,
        DateError::TwoWays(Some(days)) => Cause::TwoDays(*days),
        DateError::Either(times) => Cause::TwoTimes(times.clone()),
        DateError::TwoWays(None) | DateError::YearLast => Cause::DateForm,
        _ => Cause::Other,
    };
    AnswerError {
        message,
        help,
        cause,
    }
}

/// The error for a lost answer, because it may have been anything.
pub(super) fn lost_by_a_spreadsheet(text: &str) -> AnswerError {
    AnswerError {
        message: format!(
            "`{}` is an error of the spreadsheet, and the answer is lost",
            shown(text.trim())
        ),
        help: "write the answer again, or leave the cell empty if it is not known".to_owned(),
        cause: Cause::Other,
    }
}

impl AnswerError {
    /// The two possible meanings of the text, in words and as an answer.
    #[must_use]
    pub fn readings(&self) -> Option<[(String, String); 2]> {
        match &self.cause {
            Cause::TwoDays(days) => Some(days.map(|day| (day.in_words(), day.to_string()))),
            Cause::TwoTimes(times) => Some(times.clone().map(|time| (time.clone(), time))),
            _ => None,
        }
    }

    /// The error if none of the options of `question` applies, and something else is stated too.
    #[must_use]
    pub fn none_and_something(question: &Question) -> Self {
        Self {
            message: format!(
                "this says `none` and also gives another answer to `{}`",
                question.id
            ),
            help: "leave out `none`, or write it alone".to_owned(),
            cause: Cause::NoneAndSomething,
        }
    }

    /// The error if all options of `question` are denied, although at least one always applies.
    #[must_use]
    pub fn every_option_denied(question: &Question) -> Self {
        Self {
            message: format!(
                "every option of `{}` is no, although at least one always applies",
                question.id
            ),
            help: one_of(question),
            cause: Cause::EveryOptionDenied,
        }
    }
}

/// The error if `none`, written as `text`, is not a valid answer to `question`.
pub(super) fn none_is_no_answer(question: &Question, text: &str) -> AnswerError {
    AnswerError {
        message: format!(
            "`{}` is not an answer to `{}`: at least one option always applies",
            shown(text),
            question.id
        ),
        help: one_of(question),
        cause: Cause::EveryOptionDenied,
    }
}

fn one_of(question: &Question) -> String {
    let choices = question.kind.choices();
    let ids: Vec<&str> = choices.iter().map(|choice| choice.id.as_str()).collect();
    match ids.as_slice() {
        [only] => format!("write `{only}`, or not sure"),
        ids => format!("write one or more of {}, or not sure", listed(ids)),
    }
}

/// The error if `text` is not an option of `question`.
pub(super) fn no_option(question: &Question, choices: &[Choice], text: &str) -> AnswerError {
    if let Some(to) = question.moved_to(text) {
        return AnswerError {
            cause: Cause::Moved {
                text: text.to_owned(),
                to: to.to_owned(),
            },
            ..no_answer(question, text, &moved_to(to))
        };
    }
    let ids: Vec<&str> = choices.iter().map(|choice| choice.id.as_str()).collect();
    let near = nearest(&key(text), ids.iter().copied()).filter(|_| !text.is_empty());
    let several = match (question.takes_several(), question.exhaustive) {
        (true, true) => ", several separated by `;`",
        (true, false) => ", several separated by `;`, or none",
        (false, _) => "",
    };
    let help = match near {
        Some(near) => format!("did you mean `{near}`? it takes {}{several}", listed(&ids)),
        None => format!("write {}{several}, or not sure", listed(&ids)),
    };
    let near = near.and_then(|near| ids.iter().position(|id| *id == near));
    AnswerError {
        cause: Cause::NoOption {
            text: text.to_owned(),
            near,
        },
        ..no_answer(question, text, &help)
    }
}

/// The question that now accepts this answer.
#[must_use]
pub fn moved_to(question: &str) -> String {
    format!("answer `{question}` instead: it is a separate question now")
}
