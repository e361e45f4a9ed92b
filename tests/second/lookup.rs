//! Finding one's way in a pack: what an id stands for, and who speaks of it.

use super::calendar::Period;
use super::model::{About, Condition, Fact, Pack, Span, Test};

impl Test {
    /// The period this test measures, if it is a window.
    #[must_use]
    pub fn span(&self) -> Option<&Span> {
        match self {
            Test::Within(span)
            | Test::WithinBeforeOrAfter(span)
            | Test::EndedWithin(span)
            | Test::OngoingOrEndedWithin(span) => Some(span),
            _ => None,
        }
    }
}

impl Condition {
    /// The parts of a composed condition; none of a sentence.
    #[must_use]
    pub fn parts(&self) -> &[Condition] {
        match self {
            Condition::One(_) => &[],
            Condition::List(parts)
            | Condition::All(parts)
            | Condition::Any(parts)
            | Condition::None(parts) => parts,
        }
    }
}

impl Pack {
    /// The place of a question in the order asked.
    ///
    /// # Panics
    ///
    /// When there is no such question.
    #[must_use]
    pub fn place(&self, id: &str) -> usize {
        let place = self.questions.iter().position(|question| question.id == id);
        place.unwrap_or_else(|| panic!("no question `{id}`"))
    }

    /// The fact with this id.
    ///
    /// # Panics
    ///
    /// When there is no such fact.
    #[must_use]
    pub fn fact(&self, id: &str) -> &Fact {
        let fact = self.facts.iter().find(|fact| fact.id == id);
        fact.unwrap_or_else(|| panic!("no fact `{id}`"))
    }

    /// How long a span is.
    ///
    /// # Panics
    ///
    /// When it names no setting.
    #[must_use]
    pub fn period(&self, span: &Span) -> Period {
        match span {
            Span::Is(period) => *period,
            Span::Setting(id) => {
                let setting = self.settings.iter().find(|(name, _)| name == id);
                setting.unwrap_or_else(|| panic!("no setting `{id}`")).1
            }
        }
    }

    /// What a condition says of questions, facts expanded.
    #[must_use]
    pub fn says<'a>(&'a self, condition: &'a Condition) -> Vec<(&'a str, &'a Test)> {
        match condition {
            Condition::One(sentence) => match &sentence.about {
                About::Question(id, test) => vec![(id, test)],
                About::Fact(id) => self.says(&self.fact(id).when),
            },
            _ => condition
                .parts()
                .iter()
                .flat_map(|part| self.says(part))
                .collect(),
        }
    }

    /// Everything that the pack's gates and rules say of one question.
    #[must_use]
    pub fn tests_of(&self, id: &str) -> Vec<&Test> {
        let gates = self
            .questions
            .iter()
            .filter_map(|question| question.gate.as_ref());
        let rules = self
            .rules
            .iter()
            .flat_map(|rule| [Some(&rule.when), rule.unless.as_ref()]);
        let said = gates
            .chain(rules.flatten())
            .flat_map(|condition| self.says(condition));
        said.filter(|(of, _)| *of == id)
            .map(|(_, test)| test)
            .collect()
    }
}
