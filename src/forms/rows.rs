//! The fields of a form whose answers are exported as a table: ODK, Kobo, `REDCap`.
//!
//! If a question has several fields, one more field computes the whole answer. It has the id of the
//! question, so `candidacy batch` reads the export without a map. The other columns are copied
//! unchanged.

use candidacy_engine::plan::Plan;
use candidacy_engine::question::{Question, Scale};

use super::fields::{Field, FieldKind, Item, Part, inner_part, past, sections};
use super::form_answer::FormAnswer;
use super::shown::Shown;

/// A row of the form.
#[derive(Debug)]
pub struct Row<'a> {
    /// The name of its column.
    pub name: String,
    /// Its text; empty if nothing is shown.
    pub text: String,
    /// The medical name, how to recognise the condition, and when it counts.
    pub help: Option<String>,
    /// The kind of its values.
    pub kind: RowKind<'a>,
    /// The question, for the words of its answers.
    pub question: &'a Question,
    /// When it is shown.
    pub shown: Option<Shown<'a>>,
}

/// The kind of values of a row.
#[derive(Debug)]
pub enum RowKind<'a> {
    /// One of these answers.
    One(Vec<FormAnswer<'a>>),
    /// Some of these.
    Several(Vec<FormAnswer<'a>>),
    /// A number.
    Number(&'a Scale),
    /// A day.
    Day,
    /// Words.
    Words,
    /// No input: it computes the whole answer to its question.
    Whole(Whole<'a>),
}

/// How the fields of a question make one answer.
#[derive(Debug)]
pub enum Whole<'a> {
    /// The first of these fields that has something in it.
    First(Vec<String>),
    /// The first field. If it is `past`, the first of the other fields that has a value, after some
    /// words.
    Dated {
        /// The field that says whether it happened or ended.
        answer: String,
        /// The answer that leads to the others.
        past: FormAnswer<'a>,
        /// The words before a day.
        before: &'a str,
        /// The fields for the day.
        days: Vec<String>,
    },
}

/// How a form language writes the formula of a whole answer.
pub struct FormulaLanguage {
    /// Names a field.
    pub field: fn(&str) -> String,
    /// The value of a field as text.
    pub text: fn(&str) -> String,
    /// Whether a field has a value.
    pub has_value: fn(&str) -> String,
    /// The operator for equality, with its spaces.
    pub equals: &'static str,
}

impl Whole<'_> {
    /// The answer as a formula of its fields.
    #[must_use]
    pub fn formula(&self, language: &FormulaLanguage) -> String {
        let FormulaLanguage {
            field,
            text,
            has_value,
            equals,
        } = language;
        let first = |names: &[String], before: &str, last: String| {
            names.iter().rev().fold(last, |otherwise, name| {
                let value = if before.is_empty() {
                    text(name)
                } else {
                    format!("concat('{before} ', {})", field(name))
                };
                format!("if({}, {value}, {otherwise})", has_value(name))
            })
        };
        match self {
            Self::First(fields) => first(fields, "", "''".to_owned()),
            Self::Dated {
                answer,
                past,
                before,
                days,
            } => {
                let past = past.code();
                let days = first(days, before, format!("'{past}'"));
                let answer = field(answer);
                format!("if({answer}{equals}'{past}', {days}, {answer})")
            }
        }
    }
}

/// The rows under a heading.
#[derive(Debug)]
pub struct Block<'a> {
    /// The heading.
    pub title: &'a str,
    /// Its rows.
    pub rows: Vec<Row<'a>>,
}

/// The rows of a form.
#[must_use]
pub fn blocks(plan: &Plan) -> Vec<Block<'_>> {
    let sections = sections(plan).into_iter();
    let block = sections.map(|section| Block {
        title: section.title,
        rows: section
            .items
            .into_iter()
            .flat_map(|item| rows(plan, item))
            .collect(),
    });
    block.collect()
}

/// The name of the field for a part of the answer to `question`.
#[must_use]
pub fn name(plan: &Plan, question: &Question, part: Part) -> String {
    let mut name = question.id.clone();
    if !question.kind.is_picked() {
        name.push('_');
        name.push_str(part.word());
        while plan.question(&name).is_some() {
            name.push_str("_field");
        }
    }
    name
}

fn rows<'a>(plan: &'a Plan, item: Item<'a>) -> Vec<Row<'a>> {
    let Item {
        question,
        shown,
        only,
        fields,
        ..
    } = item;
    let only = only.filter(|_| shown.is_none());
    let help: Vec<String> = only.into_iter().chain(question.help.clone()).collect();
    let mut help = (!help.is_empty()).then(|| help.join(" "));
    let named = |part| name(plan, question, part);
    let row = |name, text, kind, own: Option<&Shown<'a>>| Row {
        name,
        text,
        help: None,
        kind,
        question,
        shown: Shown::both(shown.as_ref(), own),
    };
    let mut rows = Vec::new();
    for Field {
        part,
        text,
        kind,
        shown: own,
    } in fields
    {
        let (kind, open) = match kind {
            FieldKind::One(form_answer) => (RowKind::One(form_answer), None),
            FieldKind::Several(form_answer) => (RowKind::Several(form_answer), None),
            FieldKind::Number(scale) => (RowKind::Number(scale), None),
            FieldKind::Day => (RowKind::Day, None),
            FieldKind::Words => (RowKind::Words, None),
            FieldKind::Medicines(form_answer) => (RowKind::Words, Some(form_answer)),
        };
        rows.push(Row {
            help: help.take(),
            ..row(named(part), text, kind, own.as_ref())
        });
        if let Some(form_answer) = open {
            let text = "If you named none, why?".to_owned();
            let blank = Shown::Blank(item.at);
            let unknown = named(Part::Unknown);
            rows.push(row(unknown, text, RowKind::One(form_answer), Some(&blank)));
        }
    }
    let mut parts: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
    if parts.len() > 1 {
        let whole = match past(question) {
            Some(past) => Whole::Dated {
                answer: parts.remove(0),
                past,
                before: past.before_day(question),
                days: parts,
            },
            None => Whole::First(parts),
        };
        let id = question.id.clone();
        rows.push(row(id, String::new(), RowKind::Whole(whole), None));
    }
    rows
}

/// The name of the field whose emptiness [`Shown::Blank`] means.
#[must_use]
pub fn inner_name(plan: &Plan, question: &Question) -> String {
    name(plan, question, inner_part(question))
}
