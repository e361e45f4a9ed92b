//! What can be asked, and how it may be answered.

use serde::{Deserialize, Serialize};

use super::decimal::Decimal;
use super::normalize::{has_key, key};
use super::period::Period;

/// One question.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key of the rule file"
)]
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Question {
    /// Short name, and the heading of its column.
    pub id: String,
    /// The words it is asked in.
    pub ask: String,
    /// The medical name, and how to tell.
    pub help: Option<String>,
    /// Other headings its column may have.
    pub also: Vec<String>,
    /// What an answer is.
    pub kind: Kind,
    /// Whether it may be left out of the verdict when unanswered.
    pub optional: bool,
    /// Whether staff answer it, not the patient.
    pub staff: bool,
    /// What an interview begins with as its answer; only where staff answer it.
    pub preset: Option<String>,
    /// Words that were answers to it, each with the question that takes them now.
    pub moved: Vec<(String, String)>,
    /// Under this age the interview asks whether a parent or guardian is there; only of the
    /// date of birth.
    pub guardian_under: Option<Period>,
    /// Whether it asks for the date of birth.
    pub birth: bool,
    /// Whether at least one option of a `choices` question always applies, so that
    /// *none of these* is no answer.
    pub exhaustive: bool,
    /// How far back it asks, itself or because of the question that leads to it; none
    /// where it asks about any time.
    pub covers: Option<Period>,
}

/// The type of a question.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Kind {
    /// Yes or no.
    YesNo,
    /// One option.
    Choice(Vec<Choice>),
    /// Any options, or none of them; each is a fact of its own.
    Choices(Vec<Choice>),
    /// A number.
    Number(Scale),
    /// A day in the past.
    Date,
    /// Something that happened never, or last on a day.
    Event,
    /// Something that never was, is going on, or ended on a day.
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
    /// Something that happened never, or last on a day.
    Event,
    /// Something that never was, is going on, or ended on a day.
    Course,
    /// Names of medicines.
    Medicines,
}

impl QuestionType {
    /// Every type.
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

    /// The word for it in rule files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::YesNo => "yes-no",
            Self::Choice => "choice",
            Self::Choices => "choices",
            Self::Number => "number",
            Self::Date => "date",
            Self::Event => "event",
            Self::Course => "course",
            Self::Medicines => "medicines",
        }
    }

    /// Reads the word used in files.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// One thing that may be chosen.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Choice {
    /// Short name.
    pub id: String,
    /// In words.
    pub text: String,
    /// Other words for it in a table.
    pub also: Vec<String>,
    /// ICD-10-CM prefixes.
    pub icd10: Vec<String>,
}

/// What a number is counted in, and which numbers make sense.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Scale {
    /// The unit, as written behind the number; none for a bare count.
    pub unit: Option<String>,
    /// The least and the greatest.
    pub range: Option<(Decimal, Decimal)>,
}

impl Scale {
    /// What is asked for: `a number in mm, 0.1 to 3`.
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

    /// What may be chosen; empty for the types that offer no options.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::Choice(choices) | Self::Choices(choices) => choices,
            _ => &[],
        }
    }
}

impl Question {
    /// Whether several of its options may be chosen.
    #[must_use]
    pub fn takes_several(&self) -> bool {
        matches!(self.kind, Kind::Choices(_))
    }

    /// The question that takes the answer `text` now, which this one took before.
    #[must_use]
    pub fn moved_to(&self, text: &str) -> Option<&str> {
        let wanted = key(text);
        let mut moved = self.moved.iter();
        let found = moved.find(|(word, _)| has_key(word, &wanted))?;
        Some(&found.1)
    }

    /// The number of the option called `id`.
    #[must_use]
    pub fn option(&self, id: &str) -> Option<usize> {
        self.kind
            .choices()
            .iter()
            .position(|choice| choice.id == id)
    }
}
