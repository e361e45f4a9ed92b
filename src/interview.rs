//! Walks the questionnaire with one person.
//!
//! [`Interview`] is the walk itself: where it stands, what has been said, what
//! comes next. It draws nothing and reads no keys. [`Ask`] is the person: a
//! terminal, or a list of replies in a test.

use crate::engine::answer::{Answers, Misread, Reply};
use crate::engine::date::Date;
use crate::engine::plan::{Asked, Plan};
use crate::engine::truth::Truth;
use crate::engine::weigh::Patient;
use crate::error::Error;

/// A walk through the questions of a plan.
#[derive(Clone, Debug)]
pub struct Interview<'a> {
    plan: &'a Plan,
    as_of: Date,
    answers: Answers,
    /// Optional questions that were passed over.
    skipped: Vec<usize>,
    at: At,
    /// Whether the person came from the review and goes back to it.
    editing: bool,
}

/// Where a walk stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Before this question.
    Question(usize),
    /// Before the list of all answers.
    Review,
}

/// What an answer changed besides itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Changes {
    /// Later answers that still stand.
    pub kept: usize,
    /// Later answers that no longer apply and were taken back.
    pub dropped: usize,
}

/// One question as it is put.
#[derive(Clone, Copy, Debug)]
pub struct Prompt<'a> {
    /// The question.
    pub asked: &'a Asked,
    /// The topic it stands under.
    pub topic: &'a str,
    /// Which question this is, from 1.
    pub number: usize,
    /// How many there are at most.
    pub at_most: usize,
    /// What was answered before, on the way back.
    pub before: &'a Reply,
    /// Why the last try could not be read.
    pub complaint: Option<&'a Misread>,
    /// What the last answer changed.
    pub changes: Option<Changes>,
}

/// What a person says to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// An answer, in the words of a table cell.
    Reply(String),
    /// Nothing, where the question may be left out.
    Skip,
    /// To go back to the question before.
    Back,
    /// To see all answers.
    Review,
    /// To break off.
    Quit,
}

/// What a person says to the review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reviewed {
    /// That it is right.
    Accept,
    /// To change the answer in this row, from 0.
    Change(usize),
    /// To go back to the last question.
    Back,
    /// To break off.
    Quit,
}

/// Puts questions to a person.
pub trait Ask {
    /// Puts one question.
    ///
    /// # Errors
    ///
    /// When the terminal goes away, or the person breaks off by force.
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Said, Error>;

    /// Shows all answers, each under the question's number.
    ///
    /// # Errors
    ///
    /// As for [`Ask::ask`].
    fn review(&mut self, plan: &Plan, rows: &[(usize, String)]) -> Result<Reviewed, Error>;
}

/// Asks everything that applies, in order, and lets the person look it over.
///
/// # Errors
///
/// When the person breaks off, or the terminal goes away.
pub fn interview(plan: &Plan, as_of: Date, person: &mut dyn Ask) -> Result<Answers, Error> {
    let mut walk = Interview::new(plan, as_of);
    let mut complaint = None;
    let mut changes = None;
    loop {
        match walk.at() {
            At::Question(question) => {
                let Some(asked) = plan.questions.get(question) else {
                    return Ok(walk.answers);
                };
                let said =
                    person.ask(&walk.prompt(asked, question, complaint.as_ref(), changes))?;
                (complaint, changes) = (None, None);
                match said {
                    Said::Reply(text) => match walk.answer(&text) {
                        Ok(changed) => changes = changed,
                        Err(misread) => complaint = Some(misread),
                    },
                    Said::Skip => walk.skip(),
                    Said::Back => walk.back(),
                    Said::Review => walk.review(),
                    Said::Quit => return Err(Error::BrokenOff),
                }
            }
            At::Review => match person.review(plan, &walk.rows())? {
                Reviewed::Accept => match walk.unanswered() {
                    Some(question) => walk.at = At::Question(question),
                    None => return Ok(walk.answers),
                },
                Reviewed::Change(row) => walk.change(row),
                Reviewed::Back => walk.back(),
                Reviewed::Quit => return Err(Error::BrokenOff),
            },
        }
    }
}

impl<'a> Interview<'a> {
    /// A walk that begins with the first question.
    #[must_use]
    pub fn new(plan: &'a Plan, as_of: Date) -> Self {
        let mut walk = Self {
            plan,
            as_of,
            answers: plan.blank_answers(),
            skipped: Vec::new(),
            at: At::Review,
            editing: false,
        };
        walk.at = walk
            .applicable()
            .first()
            .map_or(At::Review, |first| At::Question(*first));
        walk
    }

    /// Where it stands.
    #[must_use]
    pub fn at(&self) -> At {
        self.at
    }

    /// What has been said so far.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// Takes an answer to the question it stands before, and goes on. Later
    /// answers whose question no longer applies are taken back.
    ///
    /// # Errors
    ///
    /// When the text is no answer; the walk stays where it is.
    pub fn answer(&mut self, text: &str) -> Result<Option<Changes>, Misread> {
        let At::Question(question) = self.at else {
            return Ok(None);
        };
        let Some(asked) = self.plan.questions.get(question) else {
            return Ok(None);
        };
        let reply = self.plan.reader(self.as_of).reply(&asked.question, text)?;
        if reply.is_blank() {
            return Err(Misread {
                message: "an answer is needed to go on".to_owned(),
                help: "if it is not known, say not sure".to_owned(),
            });
        }
        let changed =
            *self.answers.reply(question) != reply && !self.answers.reply(question).is_blank();
        self.answers.set(question, reply);
        let changes = self.drop_what_no_longer_applies(question);
        self.at = self.next_after(question);
        Ok(changed.then_some(changes))
    }

    fn drop_what_no_longer_applies(&mut self, question: usize) -> Changes {
        let mut changes = Changes::default();
        for later in question + 1..self.plan.questions.len() {
            if self.answers.reply(later).is_blank() {
                continue;
            }
            if Patient::new(self.plan, &self.answers).gate(later) == Truth::Yes {
                changes.kept += 1;
            } else {
                self.answers.set(later, Reply::Blank);
                changes.dropped += 1;
            }
        }
        changes
    }

    /// Passes over the question it stands before, where that is allowed.
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
            self.skipped.push(question);
            self.drop_what_no_longer_applies(question);
            self.at = self.next_after(question);
        }
    }

    /// Back to the question before; the first has none.
    pub fn back(&mut self) {
        self.editing = false;
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

    /// On to the list of all answers.
    pub fn review(&mut self) {
        self.at = At::Review;
    }

    /// To the question in row `row` of the review, and back afterwards.
    pub fn change(&mut self, row: usize) {
        if let Some((question, _)) = self.rows().get(row) {
            self.editing = true;
            self.at = At::Question(*question);
        }
    }

    /// The questions answered so far, with their answers, in order.
    #[must_use]
    pub fn rows(&self) -> Vec<(usize, String)> {
        let answered = |question: &usize| !self.answers.reply(*question).is_blank();
        let row = |question: usize| {
            let asked = self.plan.questions.get(question);
            let words = asked.map_or_else(String::new, |asked| {
                self.answers.reply(question).in_words(&asked.question)
            });
            (question, words)
        };
        (0..self.plan.questions.len())
            .filter(answered)
            .map(row)
            .collect()
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

    /// The questions to ask as things stand. A question whose gate is not known
    /// is left: what would have to be asked is the gate, and it was.
    fn applicable(&self) -> Vec<usize> {
        let patient = Patient::new(self.plan, &self.answers);
        (0..self.plan.questions.len())
            .filter(|question| patient.gate(*question) == Truth::Yes)
            .collect()
    }

    fn prompt<'p>(
        &'p self,
        asked: &'p Asked,
        question: usize,
        complaint: Option<&'p Misread>,
        changes: Option<Changes>,
    ) -> Prompt<'p> {
        let patient = Patient::new(self.plan, &self.answers);
        let applies = |wanted: fn(Truth) -> bool| {
            let numbers = 0..self.plan.questions.len();
            numbers
                .filter(|number| wanted(patient.gate(*number)))
                .collect::<Vec<_>>()
        };
        let number = applies(|gate| gate == Truth::Yes)
            .iter()
            .filter(|other| **other <= question)
            .count();
        Prompt {
            asked,
            topic: self.plan.topics.get(asked.topic).map_or("", String::as_str),
            number,
            at_most: applies(|gate| gate != Truth::No).len(),
            before: self.answers.reply(question),
            complaint,
            changes,
        }
    }
}
