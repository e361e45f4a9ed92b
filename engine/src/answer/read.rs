//! The only reader of answers. The same words have the same meaning when typed at the desk, in a
//! file, or in a table cell.

use std::rc::Rc;

use crate::date::{Date, Days};
use crate::decimal::Decimal;
use crate::impossible::impossible_birth;
use crate::medicine::{EntryReading, Piece, Recogniser};
use crate::question::{Kind, Question, Scale};

use super::dates;
use super::dates::{Century, DateError, DateFormat, counted};
use super::errors::{
    AnswerError, Cause, letters_lost, lost_by_a_spreadsheet, no_answer, no_days, no_option,
};
use super::keywords::{
    is_blank, is_blank_medicine, is_declined, is_lost, is_not_sure, leaves_medicines_open,
    yes_or_no,
};
use super::no_content::{parts, without_content};
use super::options::{claimed, one_option, options, others_not_sure};
use super::wording::{DayForm, SEPARATORS, Wording};
use super::{Mark, Reply, Value, days_of};
use crate::quote::shown;

mod events;

/// Reads answers for one day of treatment.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// Recognises the medicines of the pack.
    pub medicines: &'a Recogniser,
    /// The day of treatment; answers cannot be about later days, unless they may be planned.
    pub as_of: Date,
    /// The day on which the answers are given; words such as `3 months ago` count from it too.
    pub answered_on: Date,
    /// The format of dates that are not in ISO form.
    pub format: Option<&'a DateFormat>,
    /// The possible days of birth; `when I was 16` counts from them.
    pub born: Option<Days>,
    /// The wording of the current column, if it has its own.
    pub wording: Option<&'a Wording>,
}

impl Reader<'_> {
    /// Sets a day on which the answers are given, if it is not the day of treatment.
    #[must_use]
    pub fn answered_on(self, answered_on: Date) -> Self {
        Self {
            answered_on,
            ..self
        }
    }

    /// Sets the patient's date of birth to `birth`, unless it is known already. An impossible one
    /// counts as unknown.
    #[must_use]
    pub fn born(self, birth: &Reply) -> Self {
        let born = days_of(birth).filter(|days| impossible_birth(*days, self.as_of).is_none());
        Self {
            born: self.born.or(born),
            ..self
        }
    }

    /// Reads one reply to `question`.
    ///
    /// Letter case, accents and spacing do not matter. Numbers are in the question's own unit. A
    /// text without words, and words for a missing value, are [`Reply::Blank`].
    ///
    /// # Errors
    ///
    /// If the text is not a valid reply; the error says what would be valid.
    pub fn reply(&self, question: &Question, text: &str) -> Result<Reply, AnswerError> {
        self.reply_by(question, text, &mut |piece| Rc::new(self.piece(piece)))
    }

    /// Reads one piece of a list of medicines.
    #[must_use]
    pub fn piece(&self, piece: &str) -> Piece {
        let open = |text: &str| leaves_medicines_open(text) || is_blank_medicine(text);
        self.medicines.piece(piece, open)
    }

    /// Explains how each entry of a list of medicines is read.
    #[must_use]
    pub fn explain_medicines(&self, text: &str) -> Vec<EntryReading> {
        let open = |text: &str| leaves_medicines_open(text) || is_blank_medicine(text);
        self.medicines.explain(text.trim(), open)
    }

    /// The same as [`Self::reply`], with a function `piece` that returns the same as
    /// [`Self::piece`], but may use a cache.
    ///
    /// # Errors
    ///
    /// If the text is not a valid reply; the error says what would be valid.
    pub fn reply_by(
        &self,
        question: &Question,
        text: &str,
        piece: &mut dyn FnMut(&str) -> Rc<Piece>,
    ) -> Result<Reply, AnswerError> {
        let text = text.trim();
        if has_lost_letters(text) {
            return Err(letters_lost(text));
        }
        let Some(wording) = self.wording else {
            return self.in_our_words(question, text, piece);
        };
        let replaced = match wording.answer(text) {
            Some(answer) => Some(answer.to_owned()),
            None if question.kind.names_medicines() => wording.replaced(text),
            None => None,
        };
        let reply = match replaced {
            Some(answer) => {
                let plain = Reader {
                    wording: None,
                    format: None,
                    ..*self
                };
                plain.in_our_words(question, answer.trim(), piece)?
            }
            None => match self.in_our_words(question, text, piece) {
                Err(why) if wording.others_not_sure => {
                    if why.cause == Cause::TwoReadings {
                        return Err(why);
                    }
                    others_not_sure(question, wording, text)
                }
                read => read?,
            },
        };
        Ok(wording.asked_about(reply))
    }

    /// The reply for `text` without the wording of a column.
    fn in_our_words(
        &self,
        question: &Question,
        text: &str,
        piece: &mut dyn FnMut(&str) -> Rc<Piece>,
    ) -> Result<Reply, AnswerError> {
        // An option may hold a comma, and so may a list of options.
        let list = question.takes_several() && text.contains(SEPARATORS);
        if let Some(option) = claimed(question, text).filter(|_| !list) {
            return Ok(Reply::Given(one_option(question, option)));
        }
        if let Some(reply) = without_content(question, self.wording, text)? {
            return Ok(reply);
        }
        let value = match &question.kind {
            Kind::YesNo => yes_or_no(text).map(Value::YesNo),
            Kind::Choice(choices) => return Err(no_option(question, choices, text)),
            Kind::Choices(choices) => return options(question, choices, self.wording, text),
            Kind::Number(scale) => return number(question, scale, text),
            Kind::Date => return self.day(question, text),
            Kind::Event if question.planned => return self.planned_event(question, text),
            Kind::Event => return self.event(question, text),
            Kind::Course => return self.course(question, text),
            Kind::Medicines => return self.list(text, piece),
        };
        value
            .map(Reply::Given)
            .ok_or_else(|| no_answer(question, text, "write yes, no or not sure"))
    }

    /// Reads the answer for a single option: yes, no, not sure, declined or nothing.
    ///
    /// # Errors
    ///
    /// If the text is none of these.
    pub fn mark(&self, question: &Question, option: &str, text: &str) -> Result<Mark, AnswerError> {
        let answer = self.wording.and_then(|wording| wording.answer(text));
        let text = answer.unwrap_or(text).trim();
        if has_lost_letters(text) {
            return Err(letters_lost(text));
        }
        if parts(text).all(is_blank) {
            return Ok(Mark::Blank);
        }
        match yes_or_no(text) {
            Some(true) => Ok(Mark::Yes),
            Some(false) => Ok(Mark::No),
            None if is_not_sure(text) => Ok(Mark::NotSure),
            None if is_declined(text) => Ok(Mark::Declined),
            None if is_lost(text) => Err(lost_by_a_spreadsheet(text)),
            None => Err(AnswerError {
                message: format!(
                    "`{}` is not an answer to `{}.{option}`",
                    shown(text),
                    question.id
                ),
                help: "write yes, no or not sure".to_owned(),
                cause: Cause::NoAnswer(text.to_owned()),
            }),
        }
    }

    /// The answer to a question for a day.
    fn day(&self, question: &Question, text: &str) -> Result<Reply, AnswerError> {
        let century = if question.birth {
            Century::OfBirth
        } else {
            Century::Any
        };
        let days = self.date(question, text, century, self.as_of)?;
        Ok(Reply::Given(Value::Date(days)))
    }

    /// The days up to `latest` that `text` means; a year of two digits is one of `century`.
    fn date(
        &self,
        question: &Question,
        text: &str,
        century: Century,
        latest: Date,
    ) -> Result<Days, AnswerError> {
        let form = self.wording.and_then(|wording| wording.days.as_ref());
        let format = match form {
            Some(DayForm::Format(format)) => Some(format),
            Some(DayForm::ExcelSerial | DayForm::Age) | None => self.format,
        };
        let counted = match form {
            Some(DayForm::ExcelSerial) => counted::serial(text, latest),
            Some(DayForm::Age) => counted::born_at_age(text, self.answered_on, self.as_of),
            Some(DayForm::Format(_)) | None => None,
        };
        let read = || {
            let format = format.map(|format| (format, century));
            dates::read(
                text,
                self.answered_on,
                self.as_of,
                latest,
                format,
                self.born,
            )
        };
        let by_age = form == Some(&DayForm::Age);
        counted
            .unwrap_or_else(read)
            .map_err(|why| {
                if by_age {
                    counted::no_age(text, why)
                } else if why == DateError::Future
                    && latest > self.as_of
                    && !dates::says_since(text)
                {
                    DateError::TooFarAhead
                } else {
                    why
                }
            })
            .map_err(|why| no_days(question, text, &why, self.as_of))
    }

    fn list(
        &self,
        text: &str,
        piece: &mut dyn FnMut(&str) -> Rc<Piece>,
    ) -> Result<Reply, AnswerError> {
        let read = self.medicines.read_by(text, piece);
        read.map(|medicines| Reply::Given(Value::Medicines(medicines)))
            .map_err(|_| AnswerError {
                message: "this says that there are no medicines and also names some".to_owned(),
                help: "leave out `none`, or write it alone".to_owned(),
                cause: Cause::NoneAndSomething,
            })
    }
}

/// Whether a sign is in the place of a letter that was lost. In a damaged file, it may be a NUL.
fn has_lost_letters(text: &str) -> bool {
    text.contains([char::REPLACEMENT_CHARACTER, '\0'])
}

fn number(question: &Question, scale: &Scale, text: &str) -> Result<Reply, AnswerError> {
    let bare = scale
        .unit
        .as_deref()
        .and_then(|unit| without_unit(text, unit))
        .unwrap_or(text)
        .trim_end();
    let unit = scale
        .unit
        .as_deref()
        .map_or(String::new(), |unit| format!(" {unit}"));
    let example = scale
        .range
        .map_or_else(|| "12".to_owned(), |(least, _)| least.to_string());
    let Some(number) = Decimal::rounded(bare) else {
        return Err(no_answer(
            question,
            text,
            &format!("write a number such as {example}{unit}, with a point for decimals"),
        ));
    };
    match scale.range {
        Some((least, most)) if number < least || number > most => Err(AnswerError {
            message: format!("{number}{unit} is outside the range of `{}`", question.id),
            help: format!("the range is {least} to {most}{unit}; check the number and its unit"),
            cause: Cause::OutOfRange(format!("{number}{unit}")),
        }),
        _ => Ok(Reply::Given(Value::Number(number))),
    }
}

/// A number without the unit after it, in any letter case.
fn without_unit<'t>(text: &'t str, unit: &str) -> Option<&'t str> {
    let at = text.len().checked_sub(unit.len())?;
    let (number, end) = text.split_at_checked(at)?;
    end.eq_ignore_ascii_case(unit).then_some(number)
}

#[cfg(test)]
mod tests;
