//! Questions, and the types of their answers.
//!
//! Each type of question has its own file in this folder, with its facts, its words and its
//! sentences. Answers of each type are read in `answer/read.rs`, sentences about them in
//! `compile/sentences.rs`, and the answers that are possible are listed in `range/`. The program
//! distinguishes the types where it searches for patients, and in forms and records.

mod choice;
mod choices;
mod course;
mod date;
mod event;
mod facts;
mod medicines;
mod number;
mod yes_no;

use serde::{Deserialize, Serialize};

use super::decimal::Decimal;
use super::normalize::{has_key, key};
use super::period::Period;

pub use event::latest_planned;
pub use facts::{AnswerWords, Guess, Names, TypeFacts};

/// One question.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key of the rule file"
)]
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Question {
    /// The short name, which is also the heading of its column.
    pub id: String,
    /// The text of the question.
    pub ask: String,
    /// The medical name, and how to recognise the condition.
    pub help: Option<String>,
    /// Other headings its column may have.
    pub also: Vec<String>,
    /// The type of its answers.
    pub kind: Kind,
    /// Whether the question is optional: a blank answer counts as no.
    pub optional: bool,
    /// Whether staff answer it instead of the patient.
    pub staff: bool,
    /// The answer with which an interview begins; only for questions that staff answer.
    pub preset: Option<String>,
    /// Words that used to be answers to it, each with the question that accepts them now.
    pub moved: Vec<(String, String)>,
    /// If the patient is younger than this, the interview asks whether a parent or guardian is
    /// present. Only for the date of birth.
    pub guardian_under: Option<Period>,
    /// Whether it asks for the date of birth.
    pub birth: bool,
    /// Whether at least one option of a `choices` question always applies, so that *none of these*
    /// is not an answer.
    pub exhaustive: bool,
    /// Whether the day may be a later one, on which it is planned. Only for events.
    pub planned: bool,
    /// How far back it asks, itself or because of the question that leads to it; none if it asks
    /// about any time.
    pub covers: Option<Period>,
}

/// The type of a question.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Kind {
    /// Yes or no.
    YesNo,
    /// One option.
    Choice(Vec<Choice>),
    /// Any number of options, or none of them. Each option is a separate fact.
    Choices(Vec<Choice>),
    /// A number.
    Number(Scale),
    /// A day in the past.
    Date,
    /// Something that never happened, or last happened on a day; it may also be planned for a day.
    Event,
    /// Something that never happened, is going on, or ended on a day.
    Course,
    /// Names of medicines, typed freely.
    Medicines,
}

/// The type of a question, as rule files name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionType {
    /// Yes or no.
    YesNo,
    /// One option.
    Choice,
    /// Any options, or none of them.
    Choices,
    /// A number.
    Number,
    /// A day in the past.
    Date,
    /// Something that never happened, or last happened on a day.
    Event,
    /// Something that never happened, is going on, or ended on a day.
    Course,
    /// Names of medicines.
    Medicines,
}

impl QuestionType {
    /// All types.
    pub const ALL: [Self; 8] = [
        Self::YesNo,
        Self::Choice,
        Self::Choices,
        Self::Number,
        Self::Date,
        Self::Event,
        Self::Course,
        Self::Medicines,
    ];

    /// The facts about this type.
    #[must_use]
    pub fn facts(self) -> &'static TypeFacts {
        match self {
            Self::YesNo => &yes_no::FACTS,
            Self::Choice => &choice::FACTS,
            Self::Choices => &choices::FACTS,
            Self::Number => &number::FACTS,
            Self::Date => &date::FACTS,
            Self::Event => &event::FACTS,
            Self::Course => &course::FACTS,
            Self::Medicines => &medicines::FACTS,
        }
    }

    /// The word for it in rule files.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.facts().word
    }

    /// Whether a question of this type may have the optional key `key`.
    #[must_use]
    pub fn takes_key(self, key: &str) -> bool {
        self.facts().keys.contains(&key)
    }

    /// All sentences about such a question, with examples filled in and without the subject.
    #[must_use]
    pub fn sentences(self, names: &Names<'_>) -> Vec<String> {
        match self {
            Self::YesNo => yes_no::sentences(),
            Self::Choice => choice::sentences(names),
            Self::Choices => choices::sentences(names),
            Self::Number => number::sentences(names),
            Self::Date => date::sentences(),
            Self::Event => event::sentences(names.planned),
            Self::Course => course::sentences(),
            Self::Medicines => medicines::sentences(names),
        }
    }

    /// The kind of answer for this type, made from the options or the scale of a question.
    #[must_use]
    pub fn kind(self, choices: Vec<Choice>, scale: Scale) -> Kind {
        match self {
            Self::YesNo => Kind::YesNo,
            Self::Choice => Kind::Choice(choices),
            Self::Choices => Kind::Choices(choices),
            Self::Number => Kind::Number(scale),
            Self::Date => Kind::Date,
            Self::Event => Kind::Event,
            Self::Course => Kind::Course,
            Self::Medicines => Kind::Medicines,
        }
    }

    /// Parses the word used in files.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// One option that can be chosen.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Choice {
    /// The short name.
    pub id: String,
    /// The text that people read.
    pub text: String,
    /// Other words for it in a table.
    pub also: Vec<String>,
    /// ICD-10-CM prefixes.
    pub icd10: Vec<String>,
}

/// The unit and the range of a number.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Scale {
    /// The unit, as written after the number; none for a count.
    pub unit: Option<String>,
    /// The least and the greatest number.
    pub range: Option<(Decimal, Decimal)>,
}

impl Scale {
    /// A description of the answer: `a number in mm, 0.1 to 3`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let unit = self.unit.as_deref();
        let unit = unit.map_or(String::new(), |unit| format!(" in {unit}"));
        let range = self.range.as_ref();
        let range = range.map_or(String::new(), |(least, most)| {
            format!(", {least} to {most}")
        });
        format!("a number{unit}{range}")
    }
}

impl Kind {
    /// Its type.
    #[must_use]
    pub fn question_type(&self) -> QuestionType {
        match self {
            Self::YesNo => QuestionType::YesNo,
            Self::Choice(_) => QuestionType::Choice,
            Self::Choices(_) => QuestionType::Choices,
            Self::Number(_) => QuestionType::Number,
            Self::Date => QuestionType::Date,
            Self::Event => QuestionType::Event,
            Self::Course => QuestionType::Course,
            Self::Medicines => QuestionType::Medicines,
        }
    }

    /// The word for its type in rule files.
    #[must_use]
    pub fn word(&self) -> &'static str {
        self.question_type().word()
    }

    /// The options; empty for types without options.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::Choice(choices) | Self::Choices(choices) => choices,
            Self::YesNo
            | Self::Number(_)
            | Self::Date
            | Self::Event
            | Self::Course
            | Self::Medicines => &[],
        }
    }

    /// The same, for adding options.
    pub fn choices_mut(&mut self) -> Option<&mut Vec<Choice>> {
        match self {
            Self::Choice(choices) | Self::Choices(choices) => Some(choices),
            Self::YesNo
            | Self::Number(_)
            | Self::Date
            | Self::Event
            | Self::Course
            | Self::Medicines => None,
        }
    }

    /// The unit and the range; none for types that are not a number.
    #[must_use]
    pub fn scale(&self) -> Option<&Scale> {
        match self {
            Self::Number(scale) => Some(scale),
            Self::YesNo
            | Self::Choice(_)
            | Self::Choices(_)
            | Self::Date
            | Self::Event
            | Self::Course
            | Self::Medicines => None,
        }
    }

    /// The same, to change it.
    pub fn scale_mut(&mut self) -> Option<&mut Scale> {
        match self {
            Self::Number(scale) => Some(scale),
            Self::YesNo
            | Self::Choice(_)
            | Self::Choices(_)
            | Self::Date
            | Self::Event
            | Self::Course
            | Self::Medicines => None,
        }
    }

    /// The words of the list from which the answer is chosen; empty if it is typed.
    #[must_use]
    pub fn labels(&self) -> Vec<&str> {
        match self {
            Self::YesNo => yes_no::LABELS.to_vec(),
            Self::Choice(choices) | Self::Choices(choices) => {
                choices.iter().map(|choice| choice.text.as_str()).collect()
            }
            Self::Number(_) | Self::Date | Self::Event | Self::Course | Self::Medicines => {
                Vec::new()
            }
        }
    }

    /// Whether the answer is chosen from a list instead of typed.
    #[must_use]
    pub fn is_picked(&self) -> bool {
        !self.labels().is_empty()
    }

    /// Whether several options may be chosen.
    #[must_use]
    pub fn takes_several(&self) -> bool {
        matches!(self, Self::Choices(_))
    }

    /// Whether the answer consists of names of medicines.
    #[must_use]
    pub fn names_medicines(&self) -> bool {
        matches!(self, Self::Medicines)
    }

    /// Whether an answer can be a day.
    #[must_use]
    pub fn is_dated(&self) -> bool {
        self.question_type().facts().day.is_some()
    }
}

impl Question {
    /// The texts that ask for the answer.
    #[must_use]
    pub fn words(&self) -> AnswerWords {
        match &self.kind {
            Kind::YesNo => yes_no::words(),
            Kind::Choice(choices) => choice::words(choices),
            Kind::Choices(choices) => choices::words(choices, self.exhaustive),
            Kind::Number(scale) => number::words(scale),
            Kind::Date => date::words(),
            Kind::Event => event::words(self.planned),
            Kind::Course => course::words(),
            Kind::Medicines => medicines::words(),
        }
    }

    /// Whether several of its options may be chosen.
    #[must_use]
    pub fn takes_several(&self) -> bool {
        self.kind.takes_several()
    }

    /// The question that accepts the answer `text` now. In an older version this question accepted
    /// it.
    #[must_use]
    pub fn moved_to(&self, text: &str) -> Option<&str> {
        let wanted = key(text);
        let mut moved = self.moved.iter();
        let found = moved.find(|(word, _)| has_key(word, &wanted))?;
        Some(&found.1)
    }

    /// The index of the option with the id `id`.
    #[must_use]
    pub fn option(&self, id: &str) -> Option<usize> {
        self.kind
            .choices()
            .iter()
            .position(|choice| choice.id == id)
    }
}
