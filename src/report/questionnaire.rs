//! The questions of a pack on paper, for the waiting room.
//!
//! A question that is always asked has the number that it has in an interview without further
//! questions. Questions that depend on its answer are `4a`, `4b`.

use candidacy_engine::condition::Condition;
use candidacy_engine::pack::short_fingerprint;
use candidacy_engine::plan::{Asked, Plan};

use super::conditions;
use super::document::{Block, Document, Form, Tone, heading, paragraph, toned};
use super::handout::Letterhead;
use super::model::TOOL;
use super::style::Role;

/// The questionnaire.
#[must_use]
pub fn document(plan: &Plan, letterhead: Letterhead<'_>) -> Document {
    let title = format!("Before your {}: questions", plan.procedure());
    let mut head = Vec::new();
    head.extend(letterhead.clinic.map(super::handout::sender));
    head.push(Block::Title(Role::Heading, title.clone()));
    head.push(paragraph(
        "Please answer every question as well as you can. If you are not sure, tick \"not sure\": \
         we ask about it. If you prefer not to say something in writing, tell the doctor instead.",
    ));
    head.push(Block::Forms(vec![
        line_for("Name, or the number we gave you"),
        line_for("Today's date"),
    ]));
    let numbers = numbers(plan);
    let of = |staff: bool| {
        let numbered = plan.questions.iter().enumerate();
        numbered.filter(move |(_, asked)| asked.question.staff == staff)
    };
    let form = |(at, asked)| form(plan, asked, &numbers, at);
    let mut blocks = Vec::new();
    for (number, topic) in plan.topics.iter().enumerate() {
        let asked = of(false).filter(|(_, asked)| asked.topic == number);
        let forms: Vec<Form> = asked.map(form).collect();
        if !forms.is_empty() {
            blocks.extend([heading(topic), Block::Forms(forms)]);
        }
    }
    let staff: Vec<Form> = of(true).map(form).collect();
    if !staff.is_empty() {
        let title = heading("For staff");
        blocks.extend([title, Block::Framed(vec![Block::Forms(staff)])]);
    }
    let (id, version) = (&plan.header.id, &plan.header.version);
    let fingerprint = short_fingerprint(&plan.fingerprint);
    let note = "This is a pre-screening, not a diagnosis.";
    blocks.push(Block::Break);
    blocks.push(toned(
        Tone::Small,
        format!("{note} Questions of {id} {version} ({fingerprint}); {TOOL}."),
    ));
    Document {
        name: title,
        footer: format!("{id} {version}"),
        head,
        blocks,
    }
}

/// The number of each question: `4`, or `4a` for a question that depends on other answers.
#[must_use]
pub fn numbers(plan: &Plan) -> Vec<String> {
    let (mut main, mut further) = (0_usize, 0_usize);
    let number = |asked: &Asked| {
        if asked.gate.is_some() {
            further += 1;
            return format!("{main}{}", letters(further));
        }
        (main, further) = (main + 1, 0);
        main.to_string()
    };
    plan.questions.iter().map(number).collect()
}

/// `a` to `z`, then `aa`.
fn letters(mut number: usize) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or(0)));
        number /= 26;
    }
    letters.iter().rev().collect()
}

/// A line to write on.
fn line_for(words: &str) -> Form {
    Form {
        ask: words.to_owned(),
        lines: vec![String::new()],
        ..Form::default()
    }
}

fn form(plan: &Plan, asked: &Asked, numbers: &[String], at: usize) -> Form {
    let question = &asked.question;
    let only = asked.gate.as_ref();
    let only = only.map(|gate| only_if(plan, numbers, gate));
    let words = question.words();
    let private = plan.is_private(at).then_some("I prefer not to say");
    let last = ["Not sure"].into_iter().chain(private);
    Form {
        number: numbers.get(at).cloned().unwrap_or_default(),
        ask: question.ask.clone(),
        only,
        help: question.help.clone(),
        ticks: words
            .boxes
            .into_iter()
            .chain(last.map(str::to_owned))
            .collect(),
        lines: words.lines,
    }
}

/// When a question is asked: `Only if question 4 includes "Eczema".`
#[must_use]
pub fn only_if(plan: &Plan, numbers: &[String], gate: &Condition) -> String {
    let condition = conditions::condition(plan, gate);
    let number = |at: usize| format!("question {}", numbers.get(at).map_or("", String::as_str));
    format!(
        "Only if {}.",
        conditions::in_words(plan, &condition, &number)
    )
}
