//! Decides which parts of an answer may be shown again on a screen that others can see.
//!
//! An answer is visible while it is typed. After that, the desk sees no part that a private rule
//! reads: no tick, no name, no echo, no line in the review.

use crate::report::model::Redaction;
use crate::report::model::{View, private};
use candidacy_engine::answer::{Answers, Mark, Reader, Reply, Value};
use candidacy_engine::plan::{Asked, Plan};
use candidacy_engine::question::Question;

/// Shown instead of an answer that is hidden completely.
const NOT_SHOWN: &str = "private, not shown";

/// Shown after an answer that is partly hidden.
const PARTLY: &str = "private options not shown";

/// The private part of the answer to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Nothing,
    /// These options.
    Options(Vec<bool>),
    /// Some medicines.
    Medicines,
    /// The whole answer.
    Whole,
    /// The whole answer, and the fact that the question was asked.
    Asked,
}

/// The private parts of all answers.
#[derive(Clone, Debug)]
pub struct Masks {
    parts: Vec<Part>,
    view: View,
}

impl Masks {
    /// The private parts for `view`.
    #[must_use]
    pub fn new(plan: &Plan, view: View) -> Self {
        let private = private(plan, view);
        let part = |(number, asked): (usize, &Asked)| {
            let hides_part = |part: usize| private.hides_part(number, part);
            let options = asked.question.kind.choices().len();
            let options: Vec<bool> = (0..options).map(hides_part).collect();
            if private.is_gated(number) {
                Part::Asked
            } else if private.hides(number) {
                Part::Whole
            } else if options.contains(&true) {
                Part::Options(options)
            } else if (0..plan.groups.len()).any(hides_part) {
                Part::Medicines
            } else {
                Part::Nothing
            }
        };
        Self {
            parts: plan.questions.iter().enumerate().map(part).collect(),
            view,
        }
    }

    /// The answers without their private parts: such answers and options are blank. A list of
    /// medicines is blank as a whole if some of them are private.
    #[must_use]
    pub fn without_private(&self, answers: &Answers) -> Answers {
        let mut shown = answers.clone();
        for (question, part) in self.parts.iter().enumerate() {
            match part {
                Part::Nothing => {}
                Part::Options(private) => {
                    if let Reply::Given(Value::Choice(chosen)) = answers.reply(question) {
                        if private.get(*chosen).is_none_or(|private| *private) {
                            shown.set(question, Reply::Blank);
                        }
                        continue;
                    }
                    let hidden = private.iter().enumerate().filter(|(_, private)| **private);
                    for (option, _) in hidden {
                        shown.mark(question, option, private.len(), Mark::Blank);
                    }
                }
                Part::Medicines | Part::Whole | Part::Asked => shown.set(question, Reply::Blank),
            }
        }
        shown
    }

    /// The mask for the answers to one question.
    #[must_use]
    pub fn of<'a>(
        &'a self,
        plan: &'a Plan,
        question: usize,
        reader: Reader<'a>,
    ) -> Option<Mask<'a>> {
        Some(Mask {
            plan,
            question: &plan.questions.get(question)?.question,
            part: self.parts.get(question)?,
            reader,
            view: self.view,
        })
    }
}

/// The mask for the answers to one question.
#[derive(Clone, Copy, Debug)]
pub struct Mask<'a> {
    plan: &'a Plan,
    question: &'a Question,
    part: &'a Part,
    reader: Reader<'a>,
    view: View,
}

impl<'a> Mask<'a> {
    /// The question.
    #[must_use]
    pub fn question(&self) -> &'a Question {
        self.question
    }

    /// Whether the answer is hidden completely.
    #[must_use]
    pub fn hides_all(&self) -> bool {
        matches!(self.part, Part::Whole | Part::Asked)
    }

    /// Whether even the fact that the question was asked is hidden.
    #[must_use]
    pub fn hides_question(&self) -> bool {
        *self.part == Part::Asked
    }

    /// Whether the answer about this option is hidden.
    #[must_use]
    pub fn hides_option(&self, option: usize) -> bool {
        match self.part {
            Part::Options(private) => private.get(option) == Some(&true),
            Part::Whole | Part::Asked => true,
            Part::Nothing | Part::Medicines => false,
        }
    }

    /// The visible part of an answer, as in a table cell. Options are shown by their texts.
    #[must_use]
    pub fn over(&self, words: &str) -> String {
        let has_options = !self.question.kind.choices().is_empty();
        match (self.part, self.reader.reply(self.question, words)) {
            (Part::Whole | Part::Asked, _) => NOT_SHOWN.to_owned(),
            // It is about to be said why.
            (Part::Options(_) | Part::Medicines, Err(_)) => "not understood".to_owned(),
            (Part::Options(_), Ok(reply)) => self.reply(&reply),
            (Part::Medicines, Ok(reply)) if self.redaction(&reply).hides_anything() => {
                self.reply(&reply)
            }
            (_, Ok(reply)) if has_options || reply.says_nothing_new() => self.reply(&reply),
            (Part::Nothing | Part::Medicines, _) => words.to_owned(),
        }
    }

    /// Whether these words are an answer.
    #[must_use]
    pub fn understands(&self, words: &str) -> bool {
        self.reader.reply(self.question, words).is_ok()
    }

    /// The visible part of the reply, in the user's words.
    #[must_use]
    pub fn reply(&self, reply: &Reply) -> String {
        match (self.part, reply) {
            (_, Reply::Blank) | (Part::Nothing, _) => reply.in_full(self.question),
            (Part::Whole | Part::Asked, _) => NOT_SHOWN.to_owned(),
            (Part::Options(private), Reply::Given(Value::Choices(marks))) => {
                let marks = marks.iter().zip(private);
                let marks = marks.map(|(mark, private)| if *private { Mark::No } else { *mark });
                let shown = Reply::Given(Value::Choices(marks.collect()));
                format!("{}; {PARTLY}", shown.in_full(self.question))
            }
            (Part::Options(_), _) => format!("{}; {PARTLY}", reply.in_full(self.question)),
            (Part::Medicines, _) => {
                let words = reply.in_full(self.question);
                self.redaction(reply).over(&words).into_owned()
            }
        }
    }

    /// The visible and the hidden medicines of `reply`, as in a table cell; none if all are
    /// visible.
    #[must_use]
    pub fn split(&self, reply: &Reply) -> Option<(String, String)> {
        let Reply::Given(Value::Medicines(medicines)) = reply else {
            return None;
        };
        let redaction = self.redaction(reply);
        if *self.part != Part::Medicines || !redaction.hides_anything() {
            return None;
        }
        let entries = medicines.entries.iter().map(|entry| entry.text.as_str());
        let (hidden, mut shown): (Vec<&str>, Vec<&str>) =
            entries.partition(|entry| redaction.hides(entry));
        if medicines.open {
            shown.push("not sure");
        }
        Some((shown.join("; "), hidden.join("; ")))
    }

    /// The text that was typed to replace `before`, together with the hidden medicines of `before`.
    /// The user cannot have meant to remove hidden names, except with a word such as `none`.
    #[must_use]
    pub fn with_hidden(&self, typed: &str, before: &Reply) -> String {
        let Some((_, hidden)) = self.split(before) else {
            return typed.to_owned();
        };
        match self.reader.reply(self.question, typed) {
            Ok(Reply::Given(Value::Medicines(medicines))) if !medicines.entries.is_empty() => {
                let names = |entry: &str| medicines.entries.iter().any(|one| one.text == entry);
                let kept = hidden.split("; ").filter(|entry| !names(entry));
                let all: Vec<&str> = std::iter::once(typed).chain(kept).collect();
                all.join("; ")
            }
            _ => typed.to_owned(),
        }
    }

    /// Hides the medicines of `reply`.
    #[must_use]
    pub fn redaction(&self, reply: &Reply) -> Redaction {
        Redaction::of(self.plan, reply, self.view)
    }
}
