//! What a column may answer.

use candidacy_engine::plan::Plan;

/// What a column answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A question.
    Question(usize),
    /// One option of a `choices` question.
    Option(usize, usize),
    /// What is left of a `choices` question beside its options.
    Rest(usize, Rest),
}

/// What a form offers beside the options of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// That none of them applies.
    None,
    /// That the person is not sure, or that something else applies.
    NotSure,
    /// That the person would rather not say.
    Declined,
}

impl Rest {
    /// All of them, with the word behind the question in a heading.
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

    /// The heading a template gives it.
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
