//! A whole pack as one document, for people who review and sign it and have never seen a rule file.
mod changed;
mod questions;
mod reference;
mod rules;
mod sign_off;
mod summary;

use crate::report::conditions;
use crate::report::conditions::{Phrase, Piece};
use crate::report::doc::survey::Survey;
use candidacy_engine::condition::Condition;
use candidacy_engine::pack::short_fingerprint;
use candidacy_engine::plan::Plan;
use candidacy_engine::verdict::Verdict;

use super::document::{Block, Document, Point, Span, Tone, joined, section, text, toned};
use super::phrases;
use super::style::Role;

/// The document for this pack.
#[must_use]
pub fn document(survey: &Survey<'_>) -> Document {
    let header = &survey.plan.header;
    let mut parts = changed::parts(survey);
    parts.extend(summary::parts(survey));
    for (number, topic) in survey.topics.iter().enumerate() {
        parts.push(section(&topic_id(number), &topic.title));
        parts.extend(questions::parts(survey, topic));
        parts.extend(rules::parts(survey, topic));
    }
    parts.extend(reference::parts(survey));
    parts.extend(sign_off::parts(survey));
    Document {
        name: format!("Rules: {}", header.title),
        head: vec![
            Block::Title(Role::Heading, header.title.clone()),
            toned(Tone::Small, "Rules for review"),
            summary::standing(survey),
        ],
        footer: format!(
            "{} {} ({}) · fingerprint {}",
            header.id,
            header.version,
            survey.plan.status().word(),
            short_fingerprint(&survey.plan.fingerprint)
        ),
        blocks: parts,
    }
}

fn topic_id(number: usize) -> String {
    format!("topic-{}", number + 1)
}

/// The name of a rule, as a link to its entry.
fn rule_link(plan: &Plan, number: usize) -> Option<Span> {
    let rule = plan.rules.get(number)?;
    Some(Span::Link {
        to: format!("rule-{}", rule.id),
        words: phrases::title(rule).into_owned(),
    })
}

/// The name of a question, as a link to its entry.
fn question_link(plan: &Plan, number: usize) -> Option<Span> {
    let question = &plan.questions.get(number)?.question;
    Some(Span::Link {
        to: format!("question-{}", question.id),
        words: phrases::heading(&question.id),
    })
}

/// The names of the rules, or a note that there are none.
fn rules_by_name(plan: &Plan, rules: &[usize]) -> Vec<Span> {
    let mut ids: Vec<&str> = Vec::new();
    let links = rules.iter().filter_map(|number| {
        let id = plan.rules.get(*number)?.id.as_str();
        // A rule that is relaxed for a while has several forms.
        let new = !ids.contains(&id);
        ids.push(id);
        new.then(|| rule_link(plan, *number))?
    });
    let links = joined(links, ", ");
    if links.is_empty() {
        vec![text("no rule")]
    } else {
        links
    }
}

/// A condition as a paragraph, with points under it if it has parts.
fn condition(plan: &Plan, condition: &Condition) -> Vec<Block> {
    let Point { words, under } = point(plan, &conditions::condition(plan, condition));
    let points = (!under.is_empty()).then_some(Block::Points(under));
    std::iter::once(Block::Text(Tone::Plain, words))
        .chain(points)
        .collect()
}

fn point(plan: &Plan, said: &Phrase) -> Point {
    match said {
        Phrase::Sentence(pieces) => Point {
            words: sentence(plan, pieces),
            under: Vec::new(),
        },
        Phrase::Joined(head, parts) => Point {
            words: vec![text(*head)],
            under: parts.iter().map(|part| point(plan, part)).collect(),
        },
    }
}

fn sentence(plan: &Plan, pieces: &[Piece]) -> Vec<Span> {
    let span = |piece: &Piece| match piece {
        Piece::Words(words) => Some(text(words.clone())),
        Piece::Question(number) => question_link(plan, *number),
        Piece::Option(number, option) => {
            let choices = plan.questions.get(*number)?.question.kind.choices();
            Some(Span::Quote(choices.get(*option)?.text.clone()))
        }
        Piece::Group(number) => Some(Span::Link {
            to: format!("group-{}", number + 1),
            words: group_name(plan, *number),
        }),
    };
    pieces.iter().filter_map(span).collect()
}

/// A group of medicines in plain words.
fn group_name(plan: &Plan, number: usize) -> String {
    plan.groups.get(number).map_or_else(String::new, |group| {
        group
            .label
            .clone()
            .unwrap_or_else(|| group.id.replace(['-', '_'], " "))
    })
}

/// The verdicts a rule can lead to, most severe first.
fn most_severe_first() -> impl Iterator<Item = Verdict> {
    let verdicts = Verdict::ALL.into_iter().rev();
    verdicts.filter(|verdict| *verdict != Verdict::Eligible)
}

pub mod survey;
