//! One answer of a response: its value and where it is.

use std::borrow::Cow;

use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::source::Place;

use super::super::codes::{ABSENT_EXTENSION, ASKED_DECLINED};
use super::json::{Answer, Coding, Extended, Extension, Item, Json};

/// An answer.
#[derive(Debug)]
pub struct Cell<'s> {
    /// The value.
    pub value: CellValue<'s>,
    /// Its place.
    pub place: Place,
}

/// The value of an answer.
#[derive(Debug)]
pub enum CellValue<'s> {
    /// A code.
    Coding(Coding<'s>),
    /// Text.
    Text(Cow<'s, str>),
    /// A day, or a part of one.
    Day(Cow<'s, str>),
    /// A number, as JSON writes it.
    Number(&'s str),
    /// Yes or no.
    YesNo(bool),
    /// No value: unknown, or declined if true.
    Absent(bool),
    /// A value that no field accepts, such as `valueAttachment`.
    Other(Cow<'s, str>),
}

/// The value of an answer; none if there is none.
///
/// # Errors
///
/// If there are two values, or the value does not have the type that its name says.
pub fn cell<'s>(json: Json<'s>, answer: &Answer<'s>) -> Result<Option<Cell<'s>>, Box<Diagnostic>> {
    let mut values = answer.iter().filter(|(name, _)| name.starts_with("value"));
    let Some((name, raw)) = values.next() else {
        return why_absent(json, answer);
    };
    let place = json.place(raw.get());
    if let Some((other, _)) = values.next() {
        let message = format!("this answer has two values, `{name}` and `{other}`");
        let problem = Diagnostic::new(Code::WrongShape, place, message);
        return Err(Box::new(problem.help("leave the right one")));
    }
    let wrong = || {
        let message = format!("this is not a `{name}`");
        let help = "write it as FHIR does; take the file as the form wrote it";
        Box::new(Diagnostic::new(Code::WrongShape, place, message).help(help))
    };
    let text = || serde_json::from_str::<Cow<'s, str>>(raw.get()).map_err(|_| wrong());
    let value = match &**name {
        "valueCoding" => CellValue::Coding(json.read(raw.get())?),
        "valueString" => CellValue::Text(text()?),
        "valueDate" | "valueDateTime" => CellValue::Day(text()?),
        "valueDecimal" | "valueInteger" => {
            serde_json::from_str::<f64>(raw.get()).map_err(|_| wrong())?;
            CellValue::Number(raw.get())
        }
        "valueBoolean" => CellValue::YesNo(serde_json::from_str(raw.get()).map_err(|_| wrong())?),
        _ => CellValue::Other(name.clone()),
    };
    let empty = matches!(&value, CellValue::Text(text) if text.trim().is_empty());
    Ok((!empty).then_some(Cell { value, place }))
}

/// Why an answer has no value, if it says so.
fn why_absent<'s>(
    json: Json<'s>,
    answer: &Answer<'s>,
) -> Result<Option<Cell<'s>>, Box<Diagnostic>> {
    for (name, raw) in answer {
        let place = json.place(raw.get());
        let extensions: Vec<Extension<'s>> = if name == "extension" {
            json.read(raw.get())?
        } else if name.starts_with("_value") {
            json.read::<Extended<'s>>(raw.get())?.extension
        } else {
            continue;
        };
        if let Some(cell) = absent(&extensions, place) {
            return Ok(Some(cell));
        }
    }
    Ok(None)
}

/// The missing answer that one of these extensions states.
pub fn absent<'s>(extensions: &[Extension<'_>], place: Place) -> Option<Cell<'s>> {
    let mut absent = extensions.iter();
    let absent = absent.find(|extension| extension.url == ABSENT_EXTENSION)?;
    let declined = absent.value_code.as_deref() == Some(ASKED_DECLINED);
    Some(Cell {
        value: CellValue::Absent(declined),
        place,
    })
}

/// The items below an answer.
///
/// # Errors
///
/// If they are not a list of items.
pub fn below<'s>(json: Json<'s>, answer: &Answer<'s>) -> Result<Vec<Item<'s>>, Box<Diagnostic>> {
    let items = answer.get("item");
    items.map_or(Ok(Vec::new()), |raw| json.read(raw.get()))
}
