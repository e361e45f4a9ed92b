//! The healthy patient that other patients are compared with.

use candidacy_engine::answer::Answers;
use candidacy_engine::assign::assign;
use candidacy_engine::date::Date;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::pack::{Pack, Persona};
use candidacy_engine::plan::Plan;
use candidacy_engine::verdict::Verdict;

use super::solver::Solver;

/// A patient whom no rule concerns, and where the answers come from.
#[derive(Clone, Debug)]
pub struct Base {
    /// The id of the persona in the pack; none if no persona is healthy.
    pub like: Option<String>,
    /// The answers.
    pub answers: Answers,
}

/// The first persona of `pack` whom no rule of `plan` concerns on `today`. If there is none, a
/// patient is made up.
#[must_use]
pub fn base(pack: &Pack, plan: &Plan, today: Date) -> Base {
    let personas = pack.personas.iter();
    let well = personas
        .map(|persona| (persona, answers(pack, plan, persona, today)))
        .find(|(_, answers)| {
            Patient::new(plan, answers, today).verdict(today) == Verdict::Eligible
        });
    match well {
        Some((persona, answers)) => Base {
            like: Some(persona.id.value.clone()),
            answers,
        },
        None => Base {
            like: None,
            answers: Solver::new(plan, today).like,
        },
    }
}

/// The answers of a persona, completed with those of the personas it is like.
fn answers(pack: &Pack, plan: &Plan, persona: &Persona, today: Date) -> Answers {
    let mut line = vec![persona];
    let mut next = persona.like.as_ref();
    while let Some(like) = next {
        let parent = pack
            .personas
            .iter()
            .find(|other| other.id.value == like.value);
        let Some(parent) = parent.filter(|_| line.len() <= pack.personas.len()) else {
            break;
        };
        line.push(parent);
        next = parent.like.as_ref();
    }
    let mut answers = plan.blank_answers();
    // A valid pack has no unreadable answer. An answer after today is left out.
    let mut problems = Vec::new();
    for persona in line.iter().rev() {
        assign(&persona.answers, &mut answers, plan, today, &mut problems);
    }
    answers
}
