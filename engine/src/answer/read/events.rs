//! Reads answers about events and courses: whether it happened, is planned or is going on, and the day.

use crate::date::{Date, Days};
use crate::normalize::{is_dash, key};
use crate::question::Question;

use super::super::dates;
use super::super::dates::Century;
use super::super::dates::counted;
use super::super::errors::{AnswerError, no_answer, no_days};
use super::super::keywords::yes_or_no;
use super::super::wording::DayForm;
use super::super::{Course, Event, Reply, Value};
use super::Reader;

/// Words before a day on which something happened or is planned.
const EITHER: &str = "happened or planned";

/// Words before a day on which something is planned.
const PLANNED: [&str; 3] = ["planned", "booked", "scheduled"];

impl Reader<'_> {
    /// Yes or no, as an answer to a question about a day. In a column of day numbers a number does not
    /// mean no: `0` is an empty date there.
    fn happened(&self, text: &str) -> Option<bool> {
        let days = self.wording.and_then(|wording| wording.days.as_ref());
        let numbered =
            days == Some(&DayForm::ExcelSerial) && counted::serial(text, self.as_of).is_some();
        yes_or_no(text).filter(|yes| *yes || !numbered)
    }

    /// The answer to a question about an event in the past.
    pub(super) fn event(&self, question: &Question, text: &str) -> Result<Reply, AnswerError> {
        let event = match self.happened(text) {
            Some(false) => Event::Never,
            Some(true) => Event::Happened(Days::until(self.as_of)),
            None => match key(text).as_str() {
                "never" => Event::Never,
                "happened" => Event::Happened(Days::until(self.as_of)),
                _ => Event::Happened(self.date(
                    question,
                    after(text, "happened"),
                    Century::Latest,
                    self.as_of,
                )?),
            },
        };
        Ok(Reply::Given(Value::Event(event)))
    }

    /// The answer to a question about an event that may be planned. If a word says that it happened
    /// or that it is planned, the day is a past one or a later one. Without a day, it may be either.
    pub(super) fn planned_event(
        &self,
        question: &Question,
        text: &str,
    ) -> Result<Reply, AnswerError> {
        let latest = question.latest_day(self.as_of);
        let date = |text: &str, latest: Date| self.date(question, text, Century::Latest, latest);
        let word = key(text);
        let is_planned = PLANNED.iter().find(|planned| after(text, planned) != text);
        let event = match self.happened(text) {
            Some(false) => Event::Never,
            Some(true) => Event::Happened(Days::until(latest)),
            None if word == "never" => Event::Never,
            None if ["happened", "happenedorplanned"].contains(&word.as_str())
                || PLANNED.contains(&word.as_str()) =>
            {
                Event::Happened(Days::until(latest))
            }
            None if after(text, EITHER) != text => {
                Event::Happened(date(after(text, EITHER), latest)?)
            }
            None if after(text, "happened") != text => {
                Event::Happened(date(after(text, "happened"), self.as_of)?)
            }
            None => Event::Happened(match is_planned {
                None => date(text, latest)?,
                Some(planned) => {
                    let day = after(after(after(text, planned), "for"), "on");
                    let since = self.answered_on.min(self.as_of);
                    let days = dates::planned_from([since, self.as_of], date(day, latest)?);
                    days.map_err(|why| no_days(question, text, &why, self.as_of))?
                }
            }),
        };
        Ok(Reply::Given(Value::Event(event)))
    }

    /// The answer to a question about something that lasts for a while.
    pub(super) fn course(&self, question: &Question, text: &str) -> Result<Reply, AnswerError> {
        let course = match (key(text).as_str(), self.happened(text)) {
            ("never", _) | (_, Some(false)) => Course::Never,
            ("ongoing", _) => Course::Ongoing,
            ("ended", _) => Course::Ended(Days::until(self.as_of)),
            (_, Some(true)) => {
                return Err(no_answer(
                    question,
                    text,
                    "write `ongoing`, `ended`, or the day it ended: yes alone does not say which",
                ));
            }
            _ if dates::says_since(after(text, "ended")) => {
                return Err(no_answer(
                    question,
                    text,
                    "it says when it began: write `ongoing`, `ended`, or the day it ended",
                ));
            }
            _ => {
                let day = after(text, "ended");
                Course::Ended(self.date(question, day, Century::Latest, self.as_of)?)
            }
        };
        Ok(Reply::Given(Value::Course(course)))
    }
}

/// The text after `word`, if it begins with `word`; otherwise the whole text.
fn after<'t>(text: &'t str, word: &str) -> &'t str {
    let (start, rest) = text.split_at_checked(word.len()).unwrap_or((text, ""));
    let day = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':' || is_dash(c));
    if start.eq_ignore_ascii_case(word) && day.len() < rest.len() {
        day
    } else {
        text
    }
}
