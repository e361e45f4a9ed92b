//! Answers to questions, and the only reader of typed answers and table cells.

use super::date::Days;
use super::decimal::Decimal;
use super::medicine::Medicines;
use super::question::{Choice, Question};
use super::truth::Truth;

mod dates;
mod errors;
pub(crate) mod keywords;
mod no_content;
mod options;
mod read;
mod wording;

pub use dates::{DateFormat, planned_day, says_age};
pub use errors::{AnswerError, Cause, moved_to};
pub use keywords::{begins_to_leave_open, is_lost, is_none, leaves_open, yes_or_no};
pub(crate) use keywords::{
    is_blank_medicine, is_missing_value, is_no_medicine, is_no_medicine_beside_others,
    is_no_more_medicines,
};
pub use options::{names as option_names, unread_parts};
pub use read::Reader;
pub use wording::{DayForm, Wording};

/// The reply to one question.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Reply {
    /// No answer.
    #[default]
    Blank,
    /// The patient is not sure.
    NotSure,
    /// The patient prefers not to say.
    Declined,
    /// An answer.
    Given(Value),
}

/// An answer, by the type of its question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// For a yes-no question.
    YesNo(bool),
    /// The number of the chosen option.
    Choice(usize),
    /// The mark of each option.
    Choices(Vec<Mark>),
    /// A number in the question's unit.
    Number(Decimal),
    /// The possible days.
    Date(Days),
    /// Whether it happened, and when it last did.
    Event(Event),
    /// Whether it never was, is ongoing, or when it ended.
    Course(Course),
    /// The medicines that the patient takes.
    Medicines(Medicines),
}

/// The answer for one option of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// No answer.
    Blank,
    /// The option applies.
    Yes,
    /// The option does not apply.
    No,
    /// The patient is not sure.
    NotSure,
    /// The patient prefers not to say.
    Declined,
}

/// Something that happens on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// It never happened.
    Never,
    /// It last happened on one of these days, or is planned for one of them.
    Happened(Days),
}

/// Something that lasts for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// It never was.
    Never,
    /// It is ongoing.
    Ongoing,
    /// It ended on one of these days.
    Ended(Days),
}

/// One reply for every question of a plan, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    replies: Vec<Reply>,
}

impl Answers {
    /// Blank replies to all of `questions` questions.
    #[must_use]
    pub fn blank(questions: usize) -> Self {
        Self {
            replies: vec![Reply::Blank; questions],
        }
    }

    /// The reply to question number `question`.
    #[must_use]
    pub fn reply(&self, question: usize) -> &Reply {
        self.replies.get(question).unwrap_or(&Reply::Blank)
    }

    /// Replaces the reply to a question.
    pub fn set(&mut self, question: usize, reply: Reply) {
        if let Some(place) = self.replies.get_mut(question) {
            *place = reply;
        }
    }

    /// Marks one option of a `choices` question; the others keep their marks.
    pub fn mark(&mut self, question: usize, option: usize, options: usize, mark: Mark) {
        let Some(reply) = self.replies.get_mut(question) else {
            return;
        };
        let mut marks = match reply {
            Reply::Given(Value::Choices(marks)) => std::mem::take(marks),
            Reply::NotSure => vec![Mark::NotSure; options],
            Reply::Declined => vec![Mark::Declined; options],
            Reply::Blank | Reply::Given(_) => vec![Mark::Blank; options],
        };
        if let Some(place) = marks.get_mut(option) {
            *place = mark;
        }
        let blank = marks.iter().all(|mark| *mark == Mark::Blank);
        *reply = if blank {
            Reply::Blank
        } else {
            Reply::Given(Value::Choices(marks))
        };
    }
}

impl Reply {
    /// Whether the reply is blank.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        *self == Self::Blank
    }

    /// Whether the reply has the same meaning as not being asked: `no`, `never`, `none` or blank.
    #[must_use]
    pub fn says_nothing_new(&self) -> bool {
        match self {
            Self::Blank => true,
            Self::NotSure | Self::Declined => false,
            Self::Given(value) => match value {
                Value::YesNo(yes) => !yes,
                Value::Choices(marks) => marks.iter().all(|m| matches!(m, Mark::No | Mark::Blank)),
                Value::Event(event) => *event == Event::Never,
                Value::Course(course) => *course == Course::Never,
                Value::Medicines(medicines) => {
                    medicines.entries.is_empty() && medicines.unrecognised == Truth::No
                }
                Value::Choice(_) | Value::Number(_) | Value::Date(_) => false,
            },
        }
    }

    /// Whether it denies all options of `question`, although at least one always applies.
    #[must_use]
    pub fn denies_all(&self, question: &Question) -> bool {
        match self {
            Self::Given(Value::Choices(marks)) => {
                question.exhaustive && marks.iter().all(|mark| *mark == Mark::No)
            }
            _ => false,
        }
    }

    /// The reply as a table cell has it, with the ids of options: for scripts and authors.
    #[must_use]
    pub fn in_words(&self, question: &Question) -> String {
        self.written(question, OptionName::Id)
    }

    /// The reply in plain words, with the texts of options: for people.
    #[must_use]
    pub fn in_full(&self, question: &Question) -> String {
        self.written(question, OptionName::Text)
    }

    /// The reply, with options named in this way.
    #[must_use]
    pub fn written(&self, question: &Question, name: OptionName) -> String {
        match self {
            Self::Blank => "no answer".to_owned(),
            Self::NotSure => "not sure".to_owned(),
            Self::Declined => "declined".to_owned(),
            Self::Given(value) => value.written(question, name),
        }
    }
}

/// How an answer names the options of its question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionName {
    /// By their ids, which can be typed again.
    Id,
    /// By their texts, as the patient read them.
    Text,
}

impl OptionName {
    /// The name of this option.
    #[must_use]
    pub fn of(self, choice: &Choice) -> &str {
        match self {
            Self::Id => &choice.id,
            Self::Text => &choice.text,
        }
    }
}

impl Mark {
    /// The truth of the option; a blank counts as unknown.
    #[must_use]
    pub fn truth(self) -> Truth {
        match self {
            Self::Yes => Truth::Yes,
            Self::No => Truth::No,
            Self::Blank | Self::NotSure | Self::Declined => Truth::Unknown,
        }
    }
}

impl Value {
    /// The days it may mean, if it is about a day.
    #[must_use]
    pub fn days(&self) -> Option<Days> {
        match self {
            Self::Date(days)
            | Self::Event(Event::Happened(days))
            | Self::Course(Course::Ended(days)) => Some(*days),
            Self::Event(Event::Never)
            | Self::Course(Course::Never | Course::Ongoing)
            | Self::YesNo(_)
            | Self::Choice(_)
            | Self::Choices(_)
            | Self::Number(_)
            | Self::Medicines(_) => None,
        }
    }

    /// The answer in the words of a table cell; with ids it is readable back, except for vague days.
    #[must_use]
    pub fn written(&self, question: &Question, name: OptionName) -> String {
        let choices = question.kind.choices();
        let named = |index: usize| choices.get(index).map_or("", |choice| name.of(choice));
        match self {
            Self::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Self::Choice(index) => named(*index).to_owned(),
            Self::Choices(marks) => in_words_of_marks(marks, choices, name),
            Self::Number(number) => {
                let scale = question.kind.scale();
                match scale.and_then(|scale| scale.unit.as_deref()) {
                    Some(unit) => format!("{number} {unit}"),
                    None => number.to_string(),
                }
            }
            Self::Date(days) | Self::Event(Event::Happened(days)) => days.to_string(),
            Self::Event(Event::Never) | Self::Course(Course::Never) => "never".to_owned(),
            Self::Course(Course::Ongoing) => "ongoing".to_owned(),
            Self::Course(Course::Ended(days)) => format!("ended {days}"),
            Self::Medicines(medicines) => in_words_of_medicines(medicines),
        }
    }
}

fn in_words_of_marks(marks: &[Mark], choices: &[Choice], name: OptionName) -> String {
    let named = |index: usize| choices.get(index).map_or("", |choice| name.of(choice));
    let with = |wanted: Mark| {
        marks
            .iter()
            .enumerate()
            .filter(move |(_, mark)| **mark == wanted)
            .map(|(index, _)| index)
    };
    let mut words: Vec<String> = with(Mark::Yes)
        .map(|index| named(index).to_owned())
        .collect();
    for (mark, word) in [
        (Mark::NotSure, "not sure"),
        (Mark::Declined, "declined"),
        (Mark::Blank, "no answer"),
    ] {
        let count = with(mark).count();
        if count > 3 {
            words.push(match name {
                OptionName::Id => format!("the rest {word}"),
                OptionName::Text => format!("{word} about the rest"),
            });
        } else {
            words.extend(with(mark).map(|index| format!("{}: {word}", named(index))));
        }
    }
    if words.is_empty() {
        "none".to_owned()
    } else {
        words.join("; ")
    }
}

fn in_words_of_medicines(medicines: &Medicines) -> String {
    let mut words: Vec<&str> = medicines
        .entries
        .iter()
        .map(|entry| entry.text.as_str())
        .collect();
    match (words.is_empty(), medicines.open) {
        (true, true) => return "not sure which".to_owned(),
        (true, false) => return "none".to_owned(),
        (false, true) => words.push("not sure what else"),
        (false, false) => {}
    }
    words.join("; ")
}

/// The days of a dated answer.
#[must_use]
pub fn days_of(reply: &Reply) -> Option<Days> {
    match reply {
        Reply::Given(value) => value.days(),
        Reply::Blank | Reply::NotSure | Reply::Declined => None,
    }
}
