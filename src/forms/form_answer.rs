//! The answers that a form offers: their codes, their texts, and the words for the reader of
//! answers.

use candidacy_engine::question::{Choice, Question};

/// An answer that a form offers.
#[derive(Clone, Copy, Debug)]
pub enum FormAnswer<'a> {
    /// Yes.
    Yes,
    /// No.
    No,
    /// An option of the question.
    Option(&'a Choice),
    /// None of the options, or no medicines.
    None,
    /// It never happened.
    Never,
    /// It happened.
    Happened,
    /// It is still going on.
    Ongoing,
    /// It ended.
    Ended,
    /// The patient is not sure.
    NotSure,
    /// The patient prefers not to say.
    Declined,
}

impl<'a> FormAnswer<'a> {
    /// Its code in a form.
    #[must_use]
    pub fn code(self) -> &'a str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Option(choice) => &choice.id,
            Self::None => "none",
            Self::Never => "never",
            Self::Happened => "happened",
            Self::Ongoing => "ongoing",
            Self::Ended => "ended",
            Self::NotSure => "not_sure",
            Self::Declined => "declined",
        }
    }

    /// The word for the reader of answers.
    #[must_use]
    pub fn word(self) -> &'a str {
        match self {
            Self::Happened => "yes",
            Self::NotSure => "not sure",
            form_answer => form_answer.code(),
        }
    }

    /// The words before a day, for the reader of answers.
    #[must_use]
    pub fn before_day(self, question: &Question) -> &'a str {
        match self {
            Self::Happened if question.planned => "happened or planned",
            form_answer => form_answer.code(),
        }
    }

    /// The text that the patient reads.
    #[must_use]
    pub fn text(self, question: &Question) -> &'a str {
        match self {
            Self::Yes => "Yes",
            Self::No => "No",
            Self::Option(choice) => &choice.text,
            Self::None if question.kind.names_medicines() => "No medicines",
            Self::None => "None of these",
            Self::Never if question.planned => "Never and not planned",
            Self::Never => "Never",
            Self::Happened if question.planned => "It happened or is planned",
            Self::Happened => "It happened",
            Self::Ongoing => "Still going on",
            Self::Ended => "It ended",
            Self::NotSure => "Not sure",
            Self::Declined => "I prefer not to say",
        }
    }

    /// Whether it excludes all other answers.
    #[must_use]
    pub fn is_alone(self) -> bool {
        matches!(self, Self::None)
    }
}
