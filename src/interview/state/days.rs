//! Checks days against the date of birth, and reads ages, which count from it.

use candidacy_engine::answer::{AnswerError, Cause, Reader, Reply, says_age};
use candidacy_engine::date::Date;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::impossible::Impossible;
use candidacy_engine::quote::shown;

use super::Interview;

impl<'a> Interview<'a> {
    /// Refuses a day that cannot be correct because of an earlier answer.
    pub(super) fn day_can_be(
        &self,
        question: usize,
        reply: &Reply,
        text: &str,
    ) -> Result<(), AnswerError> {
        let mut answers = self.answers.clone();
        answers.set(question, reply.clone());
        // The date of birth cannot be today either, whatever the treatment day is.
        let of_birth = [self.as_of, self.said];
        let days: &[Date] = match self.plan.birth {
            Some(birth) if birth == question => &of_birth,
            _ => &of_birth[..1],
        };
        let why = days
            .iter()
            .find_map(|day| Patient::new(self.plan, &answers, *day).impossible(question));
        why.map_or(Ok(()), |why| {
            Err(AnswerError {
                message: format!("`{}` {}", shown(text), why.in_words()),
                help: match why {
                    Impossible::BeforeBirth => "check the year; if the date of birth is wrong, go back and correct it; if the day is not known, say not sure",
                    _ => "check the year; if the day is not known, say not sure",
                }
                .to_owned(),
                cause: Cause::Other,
            })
        })
    }

    /// Reads answers given now; ages count from the date of birth, if there is one.
    pub(super) fn reader(&self) -> Reader<'a> {
        let reader = self.plan.reader(self.as_of).answered_on(self.said);
        match self.plan.birth {
            Some(birth) => reader.born(self.answers.reply(birth)),
            None => reader,
        }
    }

    /// After the date of birth was changed: reads answers such as `when I was 16` again. An answer
    /// that is no longer possible is asked for again.
    pub(super) fn read_ages_again(&mut self) {
        let reader = self.reader();
        let mut ages = self.texts.clone();
        ages.retain(|(_, text)| says_age(text));
        for (question, text) in ages {
            let asked = self.plan.questions.get(question);
            let read = asked.and_then(|asked| reader.reply(&asked.question, &text).ok());
            if read.is_none() {
                self.texts.retain(|(other, _)| *other != question);
            }
            self.answers.set(question, read.unwrap_or(Reply::Blank));
        }
    }
}
