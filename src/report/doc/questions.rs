//! The questions of a topic.

use crate::report::doc::survey::{Survey, Topic};
use crate::report::document::{Block, Card, Fact, Span, Table, Tone, fact, joined, text};
use crate::report::phrases;
use crate::report::show::{BIRTH, PLANNED, covers_in_words};
use crate::report::style::Role;
use candidacy_engine::plan::Asked;
use candidacy_engine::question::Choice;

use super::{condition, question_link, rules_by_name};

pub fn parts(survey: &Survey<'_>, topic: &Topic) -> Vec<Block> {
    let cards: Vec<Block> = topic
        .questions
        .iter()
        .filter_map(|number| Some(card(survey, *number, survey.plan.questions.get(*number)?)))
        .collect();
    if cards.is_empty() {
        return cards;
    }
    let heading = Block::Heading {
        role: Role::Heading,
        id: String::new(),
        title: "What is asked".to_owned(),
    };
    std::iter::once(heading).chain(cards).collect()
}

fn card(survey: &Survey<'_>, number: usize, asked: &Asked) -> Block {
    let (plan, question) = (survey.plan, &asked.question);
    let mut facts = Vec::new();
    facts.extend(question.help.clone().map(|help| fact("Help", help)));
    facts.push(fact("Answer", question.words().review.into_owned()));
    if let Some(gate) = &asked.gate {
        facts.push(Fact {
            name: "Asked when",
            says: condition(plan, gate),
        });
    }
    if plan.birth == Some(number) {
        facts.push(fact("Birth", BIRTH));
    }
    if question.planned {
        facts.push(fact("Planned", PLANNED));
    }
    facts.extend(
        question
            .covers
            .map(|covers| fact("Covers", covers_in_words(covers))),
    );
    if question.staff {
        facts.push(fact("Staff", "answer it, not the patient"));
    }
    if question.optional {
        facts.push(fact(
            "Optional",
            "optional; left blank it counts as no, and only precautions read it",
        ));
    }
    if let Some(left_out) = phrases::left_out(plan, asked) {
        let says = format!("{left_out}, and an answer that is given all the same counts");
        facts.push(fact("Not asked here", says));
    }
    if plan.is_private(number) {
        facts.push(fact(
            "Private",
            "the front desk does not see what a rule makes of it",
        ));
    }
    facts.push(Fact {
        name: "Read by",
        says: vec![Block::Text(
            Tone::Plain,
            rules_by_name(plan, &survey.readers(number)),
        )],
    });
    let gated = survey.gated(number);
    if !gated.is_empty() {
        let links = gated.iter().filter_map(|one| question_link(plan, *one));
        facts.push(Fact {
            name: "Opens",
            says: vec![Block::Text(Tone::Plain, joined(links, ", "))],
        });
    }
    let mut says = vec![Block::Text(
        Tone::Plain,
        vec![Span::Quote(question.ask.clone())],
    )];
    says.extend(options(question.kind.choices(), &question.id));
    says.push(Block::Facts(facts));
    Block::Card(Card {
        id: format!("question-{}", question.id),
        title: phrases::heading(&question.id),
        code: question.id.clone(),
        says,
        ..Card::default()
    })
}

/// The options, with the codes and other words they are known by.
fn options(choices: &[Choice], question: &str) -> Option<Block> {
    let coded = choices.iter().any(|choice| !choice.icd10.is_empty());
    let named = choices.iter().any(|choice| !choice.also.is_empty());
    let mut head = vec!["Option".to_owned()];
    head.extend(named.then(|| "In a table also".to_owned()));
    head.extend(coded.then(|| "ICD-10".to_owned()));
    let row = |choice: &Choice| {
        let mut cells = vec![vec![text(choice.text.clone())]];
        cells.extend(named.then(|| vec![text(choice.also.join(", "))]));
        cells.extend(coded.then(|| vec![text(choice.icd10.join(", "))]));
        cells
    };
    (!choices.is_empty()).then(|| {
        Block::Table(Table {
            caption: format!("Options of {}", phrases::heading(question)),
            head,
            rows: choices.iter().map(row).collect(),
            numbers: Vec::new(),
            small: true,
        })
    })
}
