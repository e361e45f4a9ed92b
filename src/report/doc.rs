//! A whole pack as one document for whoever has to review and sign it, and has
//! never seen a rule file.
//!
//! What it says is put together once, as parts without a form; HTML and
//! Markdown are made from the same parts, so neither can say more.

mod html;
mod markdown;
mod questions;
mod reference;
mod rules;
mod sign_off;
mod summary;

use crate::report::conditions;
use crate::report::conditions::{Phrase, Piece};
use crate::report::doc::survey::Survey;
use candidacy_engine::condition::Condition;
use candidacy_engine::plan::Plan;
use candidacy_engine::verdict::Verdict;

use super::phrases;

pub use html::html;
pub use markdown::markdown;

/// The parts of the document in order.
struct Document {
    title: String,
    /// What stands on every printed page: which version was signed.
    footer: String,
    /// Whether anybody may rely on it, said before anything else.
    standing: Part,
    parts: Vec<Part>,
}

/// What the document is made of.
enum Part {
    /// A section, listed in the contents.
    Section { id: String, title: String },
    /// A heading within a section.
    Heading { id: String, title: String },
    /// A paragraph.
    Text(Vec<Span>),
    /// A long list of names.
    Names(Vec<Span>),
    /// A paragraph that must not be missed.
    Warning(Vec<Span>),
    /// Points, each possibly with points under it.
    Points(Vec<Point>),
    /// Names and what is said of each.
    Facts(Vec<Fact>),
    /// Rows under headings.
    Table(Table),
    /// Something with a name of its own: a question or a rule.
    Card(Card),
    /// Statements to tick, and lines to fill in by hand.
    Signature(Vec<String>),
}

/// A point and those under it.
struct Point {
    words: Vec<Span>,
    under: Vec<Point>,
}

/// A name and what is said of it.
struct Fact {
    name: &'static str,
    says: Vec<Part>,
}

struct Table {
    /// What it shows, for whoever cannot see it at once.
    caption: String,
    head: Vec<String>,
    rows: Vec<Vec<Vec<Span>>>,
    /// Columns of numbers.
    numbers: Vec<usize>,
    /// Whether it is long and may be set small.
    small: bool,
}

/// A question or a rule.
struct Card {
    id: String,
    title: String,
    /// Its name in files and tables.
    code: String,
    /// What it leads to; none for a question.
    verdict: Option<Verdict>,
    says: Vec<Part>,
}

/// A stretch of text.
enum Span {
    Text(String),
    Strong(String),
    /// A name as files and tables have it.
    Code(String),
    /// Words that somebody is asked or told.
    Quote(String),
    /// A place in this document.
    Link {
        to: String,
        words: String,
    },
    /// A place that links lead to.
    Place {
        id: String,
        words: String,
    },
    /// An address on the web.
    Address(String),
    Verdict(Verdict),
    /// What nobody has checked yet.
    Unverified(String),
}

/// The document for this pack.
fn document(survey: &Survey<'_>) -> Document {
    let header = &survey.plan.header;
    let mut parts = summary::parts(survey);
    for (number, topic) in survey.topics.iter().enumerate() {
        parts.push(Part::Section {
            id: topic_id(number),
            title: topic.title.clone(),
        });
        parts.extend(questions::parts(survey, topic));
        parts.extend(rules::parts(survey, topic));
    }
    parts.extend(reference::parts(survey));
    parts.extend(sign_off::parts(survey));
    Document {
        title: header.title.clone(),
        standing: summary::standing(survey),
        footer: format!(
            "{} {} ({}) · fingerprint {}",
            header.id,
            header.version,
            survey.plan.status().word(),
            survey.plan.fingerprint.get(..12).unwrap_or_default()
        ),
        parts,
    }
}

fn text(words: impl Into<String>) -> Span {
    Span::Text(words.into())
}

fn paragraph(words: impl Into<String>) -> Part {
    Part::Text(vec![text(words)])
}

/// A paragraph in words of our own, names between backticks.
fn told(words: &str) -> Part {
    let parts = words.split('`').enumerate();
    let span = |(number, words): (usize, &str)| {
        if number % 2 == 0 {
            text(words)
        } else {
            Span::Code(words.to_owned())
        }
    };
    Part::Text(parts.map(span).collect())
}

fn section(id: &str, title: &str) -> Part {
    Part::Section {
        id: id.to_owned(),
        title: title.to_owned(),
    }
}

fn fact(name: &'static str, words: impl Into<String>) -> Fact {
    Fact {
        name,
        says: vec![paragraph(words)],
    }
}

fn topic_id(number: usize) -> String {
    format!("topic-{}", number + 1)
}

/// A rule by its name, leading to where it stands.
fn rule_link(plan: &Plan, number: usize) -> Option<Span> {
    let rule = plan.rules.get(number)?;
    Some(Span::Link {
        to: format!("rule-{}", rule.id),
        words: phrases::title(rule).into_owned(),
    })
}

/// A question by its name, leading to where it stands.
fn question_link(plan: &Plan, number: usize) -> Option<Span> {
    let question = &plan.questions.get(number)?.question;
    Some(Span::Link {
        to: format!("question-{}", question.id),
        words: phrases::heading(&question.id),
    })
}

/// The spans with a word between each two.
fn joined(spans: impl IntoIterator<Item = Span>, between: &str) -> Vec<Span> {
    let mut all = Vec::new();
    for span in spans {
        if !all.is_empty() {
            all.push(text(between));
        }
        all.push(span);
    }
    all
}

/// Rules by name, or that there is none.
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

/// A condition as a paragraph, with points under it where it has parts.
fn condition(plan: &Plan, condition: &Condition) -> Vec<Part> {
    let Point { words, under } = point(plan, &conditions::condition(plan, condition));
    let points = (!under.is_empty()).then_some(Part::Points(under));
    std::iter::once(Part::Text(words)).chain(points).collect()
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

/// The verdicts a rule can lead to, gravest first.
fn gravest_first() -> impl Iterator<Item = Verdict> {
    let verdicts = Verdict::ALL.into_iter().rev();
    verdicts.filter(|verdict| *verdict != Verdict::Eligible)
}

pub mod survey;
