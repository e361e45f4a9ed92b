//! The order of questions and the answers so far. Draws nothing and reads no keys, so that the
//! terminal, line mode and tests all use the same interview.

use candidacy_engine::answer::{AnswerError, Answers, Cause, Reply};
use candidacy_engine::date::Date;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::plan::{Asked, Plan};
use candidacy_engine::truth::Truth;

use super::{Begun, Mask, Prompt};

mod count;
mod days;

/// The state of an interview.
#[derive(Clone, Debug)]
pub struct Interview<'a> {
    plan: &'a Plan,
    as_of: Date,
    said: Date,
    answers: Answers,
    /// Questions that were answered before the interview, although it is not known whether they
    /// apply. Their answers count until the question is asked: dropping one could hide a
    /// contraindication.
    given_before: Vec<usize>,
    /// Optional questions that the user skipped.
    skipped: Vec<usize>,
    /// Questions with an unconfirmed answer.
    begun: Vec<usize>,
    /// The answers as they were typed, by question.
    texts: Vec<(usize, String)>,
    /// Whether optional questions are skipped.
    quick: bool,
    at: At,
    /// Whether the user came from the review and returns to it.
    editing: bool,
}

/// The current position in an interview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// At this question.
    Question(usize),
    /// At the list of all answers.
    Review,
}

/// How an answer changed other answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Changes {
    /// The number of later answers that are kept.
    pub kept: usize,
    /// The number of later answers that were removed because they no longer apply.
    pub dropped: usize,
}

impl Changes {
    /// `Changed; 3 later answers kept, 1 no longer applies.`
    #[must_use]
    pub fn in_words(self) -> String {
        let later = |count: usize| format!("{count} later answer{}", plural(count));
        match (self.kept, self.dropped) {
            (0, 0) => "Changed.".to_owned(),
            (kept, 0) => format!("Changed; {} kept.", later(kept)),
            (kept, 1) => format!("Changed; {} kept, 1 no longer applies.", later(kept)),
            (kept, dropped) => {
                format!("Changed; {} kept, {dropped} no longer apply.", later(kept))
            }
        }
    }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

impl<'a> Interview<'a> {
    /// A new interview at its first question. If `quick`, optional questions are skipped.
    #[must_use]
    pub fn new(plan: &'a Plan, as_of: Date, quick: bool) -> Self {
        let mut interview = Self {
            plan,
            as_of,
            said: as_of,
            answers: plan.blank_answers(),
            given_before: Vec::new(),
            skipped: Vec::new(),
            begun: Vec::new(),
            texts: Vec::new(),
            quick,
            at: At::Review,
            editing: false,
        };
        interview.at = interview
            .applicable()
            .first()
            .map_or(At::Review, |first| At::Question(*first));
        interview
    }

    /// The interview with `today` as its date; the treatment day may be another one.
    #[must_use]
    pub fn on(self, today: Date) -> Self {
        Self {
            said: today,
            ..self
        }
    }

    /// The current position.
    #[must_use]
    pub fn at(&self) -> At {
        self.at
    }

    /// The answers so far.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// The answers so far as they were typed, in the order of the questions.
    #[must_use]
    pub fn texts(&self) -> Vec<(&'a str, &str)> {
        let mut texts: Vec<_> = self.texts.iter().collect();
        texts.sort_by_key(|(question, _)| *question);
        let id = |question: usize| {
            self.plan
                .questions
                .get(question)
                .map_or("", |asked| asked.question.id.as_str())
        };
        texts
            .into_iter()
            .map(|(question, text)| (id(*question), text.as_str()))
            .collect()
    }

    /// The answer to a question as it was typed; empty if there is none.
    fn text(&self, question: usize) -> &str {
        let mut texts = self.texts.iter();
        let said = texts.find(|(number, _)| *number == question);
        said.map_or("", |(_, text)| text)
    }

    /// Adds earlier answers and moves to the first unanswered question.
    pub fn resume(&mut self, earlier: &[(usize, String)]) {
        for (question, text) in earlier {
            self.at = At::Question(*question);
            // An answer that these rules cannot read is asked for again.
            let read = self.answer(text).is_ok();
            if read && self.gate(*question) != Truth::Yes {
                self.given_before.push(*question);
            }
        }
        self.at = self.unanswered().map_or(At::Review, At::Question);
    }

    /// Leaves the review for the next question without a confirmed answer; returns false if there
    /// is none.
    pub(super) fn go_on(&mut self) -> bool {
        let next = self.unconfirmed().or_else(|| self.unanswered());
        if let Some(question) = next {
            self.editing = !self.waits(question);
            self.at = At::Question(question);
        }
        next.is_some()
    }

    /// Remembers whether the question is left with an unconfirmed answer.
    pub fn leave(&mut self, begun: Begun) {
        if let At::Question(question) = self.at {
            self.begun.retain(|other| *other != question);
            if begun == Begun::Yes {
                self.begun.push(question);
            }
        }
    }

    /// Whether a question has an unconfirmed answer.
    #[must_use]
    pub fn is_begun(&self, question: usize) -> bool {
        self.begun.contains(&question)
    }

    /// The first question that applies and has an unconfirmed answer.
    fn unconfirmed(&self) -> Option<usize> {
        let mut asked = self.applicable().into_iter();
        asked.find(|question| self.is_begun(*question))
    }

    /// Records the answer to the current question and moves on. Later answers are removed if their
    /// question no longer applies.
    ///
    /// # Errors
    ///
    /// If the text is not an answer; the position does not change.
    pub fn answer(&mut self, text: &str) -> Result<Option<Changes>, AnswerError> {
        let At::Question(question) = self.at else {
            return Ok(None);
        };
        let Some(asked) = self.plan.questions.get(question) else {
            return Ok(None);
        };
        let reply = self.reader().reply(&asked.question, text)?;
        if reply.is_blank() {
            return Err(AnswerError {
                message: "an answer is needed to go on".to_owned(),
                help: "if it is not known, say not sure".to_owned(),
                cause: Cause::Other,
            });
        }
        self.day_can_be(question, &reply, text)?;
        let said_before =
            *self.answers.reply(question) != reply && !self.answers.reply(question).is_blank();
        self.answers.set(question, reply);
        self.texts.retain(|(other, _)| *other != question);
        self.texts.push((question, text.to_owned()));
        self.skipped.retain(|other| *other != question);
        self.begun.retain(|other| *other != question);
        self.given_before.retain(|other| *other != question);
        if self.plan.birth == Some(question) {
            self.read_ages_again();
        }
        let changes = self.drop_what_no_longer_applies(question);
        self.at = self.next_after(question);
        Ok(said_before.then_some(changes))
    }

    fn drop_what_no_longer_applies(&mut self, question: usize) -> Changes {
        let mut changes = Changes::default();
        for later in question + 1..self.plan.questions.len() {
            if self.answers.reply(later).is_blank() {
                continue;
            }
            if self.given_before.contains(&later) || self.gate(later) == Truth::Yes {
                changes.kept += 1;
            } else {
                self.answers.set(later, Reply::Blank);
                self.texts.retain(|(other, _)| *other != later);
                changes.dropped += 1;
            }
        }
        changes
    }

    /// Whether the question applies, by the answers so far.
    fn gate(&self, question: usize) -> Truth {
        Patient::new(self.plan, &self.answers, self.as_of).gate(question)
    }

    /// Skips the current question if it is optional.
    pub fn skip(&mut self) {
        let At::Question(question) = self.at else {
            return;
        };
        if self
            .plan
            .questions
            .get(question)
            .is_some_and(|asked| asked.question.optional)
        {
            self.answers.set(question, Reply::Blank);
            self.texts.retain(|(other, _)| *other != question);
            self.skipped.retain(|other| *other != question);
            self.skipped.push(question);
            self.begun.retain(|other| *other != question);
            self.drop_what_no_longer_applies(question);
            self.at = self.next_after(question);
        }
    }

    /// Goes back to the previous question, if there is one; from the review, to the first question
    /// without a confirmed answer.
    pub fn back(&mut self) {
        self.editing = false;
        let open = self.unconfirmed().or_else(|| self.unanswered());
        if let (At::Review, Some(open)) = (self.at, open) {
            self.at = At::Question(open);
            return;
        }
        let end = match self.at {
            At::Question(question) => question,
            At::Review => self.plan.questions.len(),
        };
        let before = self
            .applicable()
            .into_iter()
            .rev()
            .find(|question| *question < end);
        if let Some(question) = before {
            self.at = At::Question(question);
        }
    }

    /// Goes to the list of all answers.
    pub fn review(&mut self) {
        self.at = At::Review;
    }

    /// Goes to the question in row `row` of the review, which follows again after the answer.
    pub fn change(&mut self, row: usize) {
        if let Some(question) = self.rows().get(row) {
            self.editing = true;
            self.at = At::Question(*question);
        }
    }

    /// The questions with an answer, confirmed or not, in order.
    #[must_use]
    pub fn rows(&self) -> Vec<usize> {
        let applies = self.applicable();
        let has_one = |question: &usize| {
            !self.answers.reply(*question).is_blank()
                || self.is_begun(*question) && applies.contains(question)
        };
        (0..self.plan.questions.len()).filter(has_one).collect()
    }

    /// The first question that applies and has no answer yet.
    #[must_use]
    pub fn unanswered(&self) -> Option<usize> {
        self.applicable()
            .into_iter()
            .find(|question| self.waits(*question))
    }

    fn waits(&self, question: usize) -> bool {
        self.answers.reply(question).is_blank() && !self.skipped.contains(&question)
    }

    fn next_after(&mut self, question: usize) -> At {
        let next = if std::mem::take(&mut self.editing) {
            self.unanswered()
        } else {
            let unanswered = |later: &usize| *later > question && self.waits(*later);
            self.applicable()
                .into_iter()
                .find(unanswered)
                .or_else(|| self.unanswered())
        };
        next.map_or(At::Review, At::Question)
    }

    /// Whether a quick interview skips the question.
    fn left_out(&self, question: usize) -> bool {
        let optional = self
            .plan
            .questions
            .get(question)
            .is_some_and(|asked| asked.question.optional);
        self.quick && optional
    }

    /// The questions to ask by the answers so far. A question is not asked if it is unknown whether
    /// it applies: the question that decides this was already asked.
    fn applicable(&self) -> Vec<usize> {
        let patient = Patient::new(self.plan, &self.answers, self.as_of);
        (0..self.plan.questions.len())
            .filter(|question| patient.gate(*question) == Truth::Yes && !self.left_out(*question))
            .collect()
    }

    pub(super) fn prompt<'p>(
        &'p self,
        asked: &'p Asked,
        question: usize,
        mask: Mask<'p>,
    ) -> Prompt<'p> {
        let applicable = self.applicable();
        let earlier = applicable.iter().filter(|other| **other <= question);
        let same_topic = |other: &&usize| {
            let other = self.plan.questions.get(**other);
            other.is_some_and(|other| other.topic == asked.topic)
        };
        let here = earlier.clone().filter(same_topic).count();
        let in_topic = applicable.iter().filter(same_topic).count();
        Prompt {
            asked,
            topic: self.plan.topics.get(asked.topic).map_or("", String::as_str),
            number: earlier.count(),
            at_least: applicable.len(),
            at_most: self.at_most(question),
            in_topic: (here, in_topic),
            before: self.answers.reply(question),
            said_before: self.text(question),
            left_out_before: self.skipped.contains(&question),
            complaint: None,
            changes: None,
            private: self.plan.is_private(question),
            mask,
        }
    }
}
