//! What the fields of one question say together, in the words of a file of answers.

use candidacy_engine::answer::{Course, Event, Reader, Reply, Value};
use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::pack::Given;
use candidacy_engine::plan::Plan;
use candidacy_engine::question::{Kind, Question};
use candidacy_engine::source::{Located, Place};
use candidacy_engine::suggest::listed;

use super::super::codes::{self, coding};
use super::Found;
use super::value::{Cell, CellValue};
use crate::forms::fields::{Field, FieldKind, Part, fields, past};
use crate::forms::form_answer::FormAnswer;

/// What one field says.
struct Words<'f> {
    part: Part,
    found: &'f Found<'f>,
    text: String,
    place: Place,
}

/// The answer to `question`, number `number` of the plan; none if there is none.
///
/// # Errors
///
/// If a field does not accept its value, or the fields contradict each other.
pub fn given(
    plan: &Plan,
    number: usize,
    question: &Question,
    found: &[&Found<'_>],
    reader: &Reader<'_>,
) -> Result<Option<Given>, Box<Diagnostic>> {
    let system = codes::answers(plan);
    let fields = fields(plan, number, question);
    let mut form_answer = Vec::new();
    for found in found {
        if let Some(field) = fields.iter().find(|field| field.part == found.part) {
            form_answer.push(words(&system, question, field, found)?);
        }
    }
    let text = match past(question) {
        Some(past) => with_day(question, past, &form_answer, reader)?,
        None => one_of(&form_answer)?,
    };
    let Some(first) = form_answer.first() else {
        return Ok(None);
    };
    Ok(text.map(|(text, place)| Given {
        key: Located {
            value: question.id.clone(),
            place: first.found.name.place,
        },
        text,
        place,
    }))
}

/// The only field that says anything.
fn one_of(form_answer: &[Words<'_>]) -> Result<Option<(String, Place)>, Box<Diagnostic>> {
    match form_answer {
        [] => Ok(None),
        [only] => Ok(Some((only.text.clone(), only.place))),
        [one, other, ..] => Err(both(one, other)),
    }
}

/// Whether something happened or ended, and the day of it; `past` is the answer that has a day.
fn with_day(
    question: &Question,
    past: FormAnswer<'_>,
    form_answer: &[Words<'_>],
    reader: &Reader<'_>,
) -> Result<Option<(String, Place)>, Box<Diagnostic>> {
    let (answers, days): (Vec<&Words<'_>>, Vec<&Words<'_>>) = form_answer
        .iter()
        .partition(|words| words.part == Part::Answer);
    let day = match days.as_slice() {
        [] => return Ok(answers.first().map(|one| (one.text.clone(), one.place))),
        [only] => *only,
        [one, other, ..] => return Err(both(one, other)),
    };
    match answers.first() {
        Some(answer) if answer.text == past.word() => {}
        Some(answer) => return Err(both(answer, day)),
        None => {
            let name = &day.found.name;
            let message = format!(
                "`{}` has a day, and `{}` has no answer",
                name.value, question.id
            );
            return Err(Box::new(
                Diagnostic::new(Code::UnreadableAnswer, name.place, message)
                    .help(format!("answer `{}`, or leave the day out", question.id)),
            ));
        }
    }
    let alone = reader.reply(question, &day.text);
    let text = match alone {
        Ok(Reply::Given(
            Value::Event(Event::Never) | Value::Course(Course::Never | Course::Ongoing),
        )) => {
            let answer = answers.first().map_or(day, |answer| *answer);
            return Err(both(answer, day));
        }
        // Words that name no day do not take back that it happened.
        Ok(Reply::Blank | Reply::NotSure | Reply::Declined) => past.word().to_owned(),
        Ok(Reply::Given(_)) => day.text.clone(),
        Err(_) => format!("{} {}", past.before_day(question), day.text),
    };
    Ok(Some((text, day.place)))
}

/// That two fields of a question both have an answer, and only one may.
fn both(one: &Words<'_>, other: &Words<'_>) -> Box<Diagnostic> {
    let message = format!(
        "`{}` and `{}` contradict each other",
        one.found.name.value, other.found.name.value
    );
    Box::new(
        Diagnostic::new(Code::UnreadableAnswer, other.place, message)
            .other(one.place, "this is the first answer")
            .help("leave the one that is right"),
    )
}

/// What a field says, in words.
fn words<'f>(
    system: &str,
    question: &Question,
    field: &Field<'_>,
    found: &'f Found<'f>,
) -> Result<Words<'f>, Box<Diagnostic>> {
    let several = matches!(field.kind, FieldKind::Several(_) | FieldKind::Medicines(_));
    if let [_, second, ..] = found.cells.as_slice()
        && !several
    {
        let message = format!(
            "`{}` takes one answer, and this is the second",
            found.name.value
        );
        return Err(Box::new(
            Diagnostic::new(Code::UnreadableAnswer, second.place, message)
                .help("leave the one that is right"),
        ));
    }
    let mut texts = Vec::new();
    for cell in &found.cells {
        texts.push(word(system, question, field, found, cell)?);
    }
    let places = found.cells.iter().map(|cell| cell.place);
    let place = match places.clone().zip(places.rev()).next() {
        Some((first, last)) => Place {
            end: last.end,
            ..first
        },
        None => found.name.place,
    };
    Ok(Words {
        part: field.part,
        found,
        text: texts.join("; "),
        place,
    })
}

/// What one answer says, in a word.
fn word(
    system: &str,
    question: &Question,
    field: &Field<'_>,
    found: &Found<'_>,
    cell: &Cell<'_>,
) -> Result<String, Box<Diagnostic>> {
    let refused = |message: String, help: String| {
        Err(Box::new(
            Diagnostic::new(Code::UnreadableAnswer, cell.place, message).help(help),
        ))
    };
    let name = &found.name.value;
    let offered = match &field.kind {
        FieldKind::One(form_answer)
        | FieldKind::Several(form_answer)
        | FieldKind::Medicines(form_answer) => form_answer,
        FieldKind::Number(_) | FieldKind::Day | FieldKind::Words => &Vec::new(),
    };
    match (&cell.value, &field.kind) {
        (CellValue::Absent(declined), _) => {
            let form_answer = if *declined {
                FormAnswer::Declined
            } else {
                FormAnswer::NotSure
            };
            Ok(form_answer.word().to_owned())
        }
        (
            CellValue::Coding(found),
            FieldKind::One(_) | FieldKind::Several(_) | FieldKind::Medicines(_),
        ) => {
            let is = |form_answer: &&FormAnswer<'_>| {
                let ours = coding(system, **form_answer, "");
                let same = found.system.is_none() || found.system == ours.system;
                same && found.code.is_some() && found.code == ours.code
            };
            if let Some(form_answer) = offered.iter().find(is) {
                return Ok(form_answer.word().to_owned());
            }
            let display = found
                .display
                .as_deref()
                .filter(|words| !words.trim().is_empty());
            let own = found.system.as_deref() == Some(system);
            if let (FieldKind::Medicines(_), Some(display), false) = (&field.kind, display, own) {
                return Ok(display.to_owned());
            }
            let code = match (found.code.as_deref(), found.system.as_deref()) {
                (Some(code), Some(system)) => format!("`{code}` of `{system}`"),
                (Some(code), None) => format!("`{code}`"),
                (None, _) => "what has no code".to_owned(),
            };
            let codes: Vec<String> = offered
                .iter()
                .filter_map(|form_answer| coding(system, *form_answer, "").code)
                .map(std::borrow::Cow::into_owned)
                .collect();
            let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
            refused(
                format!("{code} is not an answer to `{name}`"),
                format!("it takes {}", listed(&codes)),
            )
        }
        (CellValue::YesNo(yes), FieldKind::One(_)) if matches!(question.kind, Kind::YesNo) => {
            let form_answer = if *yes {
                FormAnswer::Yes
            } else {
                FormAnswer::No
            };
            Ok(form_answer.word().to_owned())
        }
        (CellValue::Text(text), FieldKind::Words | FieldKind::Medicines(_)) => {
            Ok(text.trim().to_owned())
        }
        (CellValue::Number(number), FieldKind::Number(_)) => Ok((*number).to_owned()),
        (CellValue::Day(day), FieldKind::Day) => {
            let year = day.bytes().take(4);
            if day.len() < 4 || !year.into_iter().all(|byte| byte.is_ascii_digit()) {
                return refused(
                    format!("`{day}` is not a day in the form of FHIR"),
                    "write year, month and day, for example `2026-11-20`".to_owned(),
                );
            }
            Ok(day.clone().into_owned())
        }
        (value, kind) => refused(
            format!(
                "`{name}` takes {}, and this is {}",
                taken(kind),
                value.in_words()
            ),
            "take the response as the form wrote it, to the questionnaire of these rules"
                .to_owned(),
        ),
    }
}

/// The value that a field takes.
fn taken(kind: &FieldKind<'_>) -> &'static str {
    match kind {
        FieldKind::One(_) | FieldKind::Several(_) => "a `valueCoding`",
        FieldKind::Medicines(_) => "a `valueString` or a `valueCoding`",
        FieldKind::Number(_) => "a `valueDecimal`",
        FieldKind::Day => "a `valueDate`",
        FieldKind::Words => "a `valueString`",
    }
}

impl CellValue<'_> {
    fn in_words(&self) -> String {
        let name = match self {
            Self::Coding(_) => "valueCoding",
            Self::Text(_) => "valueString",
            Self::Day(_) => "valueDate",
            Self::Number(_) => "valueDecimal",
            Self::YesNo(_) => "valueBoolean",
            Self::Absent(_) => return "no value".to_owned(),
            Self::Other(name) => name,
        };
        format!("a `{name}`")
    }
}
