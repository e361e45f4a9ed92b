//! When a form shows a field, as a condition on other fields.

use candidacy_engine::condition::{Check, Condition, Test};
use candidacy_engine::decimal::Decimal;
use candidacy_engine::plan::Plan;
use candidacy_engine::question::{Kind, Question};

use super::form_answer::FormAnswer;

/// When a field is shown.
#[derive(Clone, Debug)]
pub enum Shown<'a> {
    /// The answer to the question is this one, or includes it.
    Is(usize, FormAnswer<'a>),
    /// The answer is this number or more.
    AtLeast(usize, Decimal),
    /// The answer is this number or less.
    AtMost(usize, Decimal),
    /// The field for the day or the number is empty.
    Blank(usize),
    /// All of them.
    All(Vec<Shown<'a>>),
    /// At least one of them.
    Any(Vec<Shown<'a>>),
    /// Negation.
    Not(Box<Shown<'a>>),
}

/// The condition over the fields of a form; none if a form cannot express it, as for groups of
/// medicines.
#[must_use]
pub fn shown<'a>(plan: &'a Plan, condition: &Condition) -> Option<Shown<'a>> {
    let parts = |parts: &[Condition]| {
        let parts = parts.iter().map(|part| shown(plan, part));
        parts.collect::<Option<Vec<_>>>()
    };
    Some(match condition {
        Condition::Test(test) => of_test(plan, test)?,
        Condition::All(all) => Shown::all(parts(all)?),
        Condition::Any(any) => Shown::any(parts(any)?),
        Condition::None(none) => Shown::Not(Box::new(Shown::any(parts(none)?))),
        Condition::Not(part) => Shown::Not(Box::new(shown(plan, part)?)),
    })
}

fn of_test<'a>(plan: &'a Plan, test: &Test) -> Option<Shown<'a>> {
    let number = test.question;
    let question: &Question = &plan.questions.get(number)?.question;
    let is = |form_answer| Shown::Is(number, form_answer);
    let option = |at: usize| {
        let choice = question.kind.choices().get(at);
        choice.map(|choice| is(FormAnswer::Option(choice)))
    };
    let options = |all: &[usize]| {
        let options = all.iter().map(|at| option(*at));
        options.collect::<Option<Vec<_>>>()
    };
    match (&test.check, &question.kind) {
        (Check::Is(yes), Kind::YesNo) => Some(is(if *yes {
            FormAnswer::Yes
        } else {
            FormAnswer::No
        })),
        (Check::OneOf(wanted), Kind::Choice(_)) => {
            let wanted = wanted.iter().enumerate().filter(|(_, wanted)| **wanted);
            let wanted: Vec<usize> = wanted.map(|(at, _)| at).collect();
            options(&wanted).map(Shown::any)
        }
        (Check::IncludesAny(wanted), Kind::Choices(_)) => options(wanted).map(Shown::any),
        (Check::IncludesAll(wanted), Kind::Choices(_)) => options(wanted).map(Shown::all),
        (Check::Between(least, most), Kind::Number(_)) => {
            let least = least.map(|least| Shown::AtLeast(number, least));
            let most = most.map(|most| Shown::AtMost(number, most));
            Some(Shown::all(least.into_iter().chain(most).collect()))
        }
        (Check::Ever, Kind::Event) => Some(is(FormAnswer::Happened)),
        (Check::Ever, Kind::Course) => Some(Shown::Any(vec![
            is(FormAnswer::Ongoing),
            is(FormAnswer::Ended),
        ])),
        (Check::Ongoing, Kind::Course) => Some(is(FormAnswer::Ongoing)),
        _ => None,
    }
}

impl Shown<'_> {
    /// All of them; a single one is not wrapped.
    #[must_use]
    pub fn all(parts: Vec<Self>) -> Self {
        <[Self; 1]>::try_from(parts).map_or_else(Self::All, |[only]| only)
    }

    /// At least one of them; a single one is not wrapped.
    #[must_use]
    pub fn any(parts: Vec<Self>) -> Self {
        <[Self; 1]>::try_from(parts).map_or_else(Self::Any, |[only]| only)
    }

    /// Both, if there are two.
    #[must_use]
    pub fn both(one: Option<&Self>, other: Option<&Self>) -> Option<Self> {
        match (one, other) {
            (Some(one), Some(other)) => Some(Self::All(vec![one.clone(), other.clone()])),
            (one, other) => one.or(other).cloned(),
        }
    }
}
