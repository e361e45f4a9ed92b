//! What a column may answer.

use candidacy_engine::plan::Plan;

/// What a column answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A question.
    Question(usize),
    /// One option of a `choices` question.
    Option(usize, usize),
    /// The answer outside the options of a `choices` question.
    Rest(usize, Rest),
}

/// An answer that a form offers in addition to the options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// None of the options applies.
    None,
    /// The patient is not sure, or something else applies.
    NotSure,
    /// The patient prefers not to say.
    Declined,
}

impl Rest {
    /// All of them, with the word that follows the question in a heading.
    pub const ALL: [(Self, &str); 3] = [
        (Self::None, "none"),
        (Self::NotSure, "not-sure"),
        (Self::Declined, "declined"),
    ];

    fn word(self) -> &'static str {
        let found = Self::ALL.iter().find(|(rest, _)| *rest == self);
        found.map_or("", |(_, word)| word)
    }
}

impl Target {
    /// The question it belongs to.
    #[must_use]
    pub fn question(self) -> usize {
        match self {
            Self::Question(question) | Self::Option(question, _) | Self::Rest(question, _) => {
                question
            }
        }
    }

    /// The heading that a template gives it.
    #[must_use]
    pub fn name(self, plan: &Plan) -> String {
        let question = plan
            .questions
            .get(self.question())
            .map(|asked| &asked.question);
        let Some(question) = question else {
            return String::new();
        };
        match self {
            Self::Question(_) => question.id.clone(),
            Self::Option(_, option) => {
                let choice = question.kind.choices().get(option);
                format!("{}.{}", question.id, choice.map_or("", |choice| &choice.id))
            }
            Self::Rest(_, rest) => format!("{}.{}", question.id, rest.word()),
        }
    }
}
