//! The fields of a form for each question: one field, or several that make one answer together.
//!
//! Every question can be answered with *not sure*. A date field accepts only a day, so a question
//! about a day also has a field for words such as `May 2026`.

use candidacy_engine::answer::option_names;
use candidacy_engine::normalize::key;
use candidacy_engine::plan::{Asked, Plan};
use candidacy_engine::question::{Choice, Kind, Question, Scale};

use super::form_answer::FormAnswer;
use super::shown::{Shown, shown};
use crate::report::questionnaire::{numbers, only_if};

/// The questions under one heading.
#[derive(Debug)]
pub struct Section<'a> {
    /// The heading.
    pub title: &'a str,
    /// Its questions.
    pub items: Vec<Item<'a>>,
}

/// One question.
#[derive(Debug)]
pub struct Item<'a> {
    /// Its index in the plan.
    pub at: usize,
    /// Its number on paper: `4`, `4a`.
    pub number: String,
    /// The question.
    pub question: &'a Question,
    /// When it is asked; none if always, or if no form can express it.
    pub shown: Option<Shown<'a>>,
    /// When it is asked, in words.
    pub only: Option<String>,
    /// Its fields; the first one has the text of the question.
    pub fields: Vec<Field<'a>>,
}

/// One field.
#[derive(Debug)]
pub struct Field<'a> {
    /// The part of the answer that it contains.
    pub part: Part,
    /// Its text.
    pub text: String,
    /// The kind of its values.
    pub kind: FieldKind<'a>,
    /// When it is shown, in addition to the condition of the question.
    pub shown: Option<Shown<'a>>,
}

/// A part of the answer to one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The answer itself.
    Answer,
    /// The day on which it happened or ended.
    When,
    /// The same in words.
    About,
    /// Why there is no number and no day.
    Unknown,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 4] = [Self::Answer, Self::When, Self::About, Self::Unknown];

    /// The suffix of the field's name after the name of the question.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::When => "when",
            Self::About => "about",
            Self::Unknown => "unknown",
        }
    }
}

/// The kind of values of a field.
#[derive(Debug)]
pub enum FieldKind<'a> {
    /// One of these answers.
    One(Vec<FormAnswer<'a>>),
    /// Several of these answers.
    Several(Vec<FormAnswer<'a>>),
    /// A number.
    Number(&'a Scale),
    /// A day.
    Day,
    /// Text.
    Words,
    /// Names of medicines, or one of these answers.
    Medicines(Vec<FormAnswer<'a>>),
}

/// The questions under their headings; those for staff come last.
#[must_use]
pub fn sections(plan: &Plan) -> Vec<Section<'_>> {
    let numbers = numbers(plan);
    // In a form, a question is identified by its text.
    let asked = plan.questions.iter();
    let words: Vec<String> = asked
        .map(|asked| format!("\"{}\"", asked.question.ask))
        .collect();
    let section = |title, wanted: &dyn Fn(&Asked) -> bool| {
        let asked = plan.questions.iter().enumerate();
        let asked = asked.filter(|(_, asked)| wanted(asked));
        let items = asked.map(|(at, asked)| item(plan, &numbers, &words, at, asked));
        Section {
            title,
            items: items.collect(),
        }
    };
    let topics = plan.topics.iter().enumerate().map(|(at, title)| {
        section(title, &|asked: &Asked| {
            asked.topic == at && !asked.question.staff
        })
    });
    let staff = section("For staff", &|asked| asked.question.staff);
    let sections = topics.chain([staff]);
    sections
        .filter(|section| !section.items.is_empty())
        .collect()
}

fn item<'a>(
    plan: &'a Plan,
    numbers: &[String],
    words: &[String],
    at: usize,
    asked: &'a Asked,
) -> Item<'a> {
    let gate = asked.gate.as_ref();
    Item {
        at,
        number: numbers.get(at).cloned().unwrap_or_default(),
        question: &asked.question,
        only: gate.map(|gate| only_if(plan, words, gate)),
        shown: gate.and_then(|gate| shown(plan, gate)),
        fields: fields(plan, at, &asked.question),
    }
}

/// The fields of a question.
#[must_use]
pub fn fields<'a>(plan: &Plan, at: usize, question: &'a Question) -> Vec<Field<'a>> {
    let open = open(plan, at, question);
    let with_open = |form_answer: &[FormAnswer<'a>]| [form_answer, open.as_slice()].concat();
    let of_options =
        |choices: &'a [Choice]| choices.iter().map(FormAnswer::Option).collect::<Vec<_>>();
    let ask = |kind| Field {
        part: Part::Answer,
        text: question.ask.clone(),
        kind,
        shown: None,
    };
    let more = |part, text: &str, kind, shown| Field {
        part,
        text: text.to_owned(),
        kind,
        shown,
    };
    let blank = || Some(Shown::Blank(at));
    let unknown = |why| more(Part::Unknown, why, FieldKind::One(open.clone()), blank());
    let about = if question.planned {
        ABOUT_PLANNED
    } else {
        ABOUT
    };
    let days = |form_answer: FormAnswer<'a>, when: &str| {
        let is = Shown::Is(at, form_answer);
        let no_day = Shown::All(vec![is.clone(), Shown::Blank(at)]);
        [
            more(Part::When, when, FieldKind::Day, Some(is)),
            more(Part::About, about, FieldKind::Words, Some(no_day)),
        ]
    };
    match &question.kind {
        Kind::YesNo => vec![ask(FieldKind::One(with_open(&[
            FormAnswer::Yes,
            FormAnswer::No,
        ])))],
        Kind::Choice(choices) => vec![ask(FieldKind::One(with_open(&of_options(choices))))],
        Kind::Choices(choices) => {
            let mut offered = of_options(choices);
            if !question.exhaustive && !has_option(question, &["none", "none of these"]) {
                offered.push(FormAnswer::None);
            }
            vec![ask(FieldKind::Several(with_open(&offered)))]
        }
        Kind::Number(scale) => vec![
            ask(FieldKind::Number(scale)),
            unknown("If there is no number, why?"),
        ],
        Kind::Date => vec![
            ask(FieldKind::Day),
            more(Part::About, ABOUT, FieldKind::Words, blank()),
            unknown("If there is no day, why?"),
        ],
        Kind::Event => {
            let offered = with_open(&[FormAnswer::Never, FormAnswer::Happened]);
            let mut fields = vec![ask(FieldKind::One(offered))];
            let when = if question.planned {
                "On which day was it, or for which day is it planned?"
            } else {
                "On which day was the last time?"
            };
            fields.extend(days(FormAnswer::Happened, when));
            fields
        }
        Kind::Course => {
            let offered = with_open(&[FormAnswer::Never, FormAnswer::Ongoing, FormAnswer::Ended]);
            let mut fields = vec![ask(FieldKind::One(offered))];
            fields.extend(days(FormAnswer::Ended, "On which day did it end?"));
            fields
        }
        Kind::Medicines => vec![ask(FieldKind::Medicines(with_open(&[FormAnswer::None])))],
    }
}

/// The answer to `question` that shows the field for the day; none if there is no such field.
#[must_use]
pub fn past(question: &Question) -> Option<FormAnswer<'static>> {
    match question.kind {
        Kind::Event => Some(FormAnswer::Happened),
        Kind::Course => Some(FormAnswer::Ended),
        Kind::YesNo
        | Kind::Choice(_)
        | Kind::Choices(_)
        | Kind::Number(_)
        | Kind::Date
        | Kind::Medicines => None,
    }
}

/// The part of the answer to `question` that is a day, a number or text.
#[must_use]
pub fn inner_part(question: &Question) -> Part {
    match past(question) {
        Some(_) => Part::When,
        None => Part::Answer,
    }
}

/// The beginning of the text for a day given in words.
const ABOUT: &str = "If you do not know the day: about when? For example May 2026, or last summer";

/// The same, if the day may be a later one.
const ABOUT_PLANNED: &str =
    "If you do not know the day: about when? For example May 2026, or in 3 weeks";

/// The answers that leave a question unknown.
fn open<'a>(plan: &Plan, at: usize, question: &Question) -> Vec<FormAnswer<'a>> {
    let not_sure = !has_option(question, &["not sure", "unsure", "don't know"]);
    let not_sure = not_sure.then_some(FormAnswer::NotSure);
    let declined = plan.is_private(at) && !has_option(question, &["declined"]);
    let declined = declined.then_some(FormAnswer::Declined);
    not_sure.into_iter().chain(declined).collect()
}

/// Whether the question has an option with one of these ids.
fn has_option(question: &Question, words: &[&str]) -> bool {
    let mut names = question.kind.choices().iter().flat_map(option_names);
    names.any(|name| words.iter().any(|word| key(word) == key(name)))
}
