//! Reads a FHIR R4 `QuestionnaireResponse` to the questions of [`super::questionnaire`].
//!
//! Each answer becomes the words of a file of answers, so that the same reader decides its meaning.
//! Anything that cannot be read is refused with its place.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use candidacy_engine::answer::Reader;
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::{Code, Diagnostic, Problems};
use candidacy_engine::pack::Given;
use candidacy_engine::plan::Plan;
use candidacy_engine::source::{Located, Place, Source};
use candidacy_engine::suggest::way_out;

use super::codes;
use crate::forms::fields::{Field, Part, fields};
use json::{Item, Json, Resource, Response as Written, unquoted};
use value::Cell;

mod json;
mod one_answer;
mod value;

/// The content of a response.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// Its id.
    pub id: Option<String>,
    /// The patient.
    pub subject: Option<String>,
    /// The day it was written on.
    pub answered_on: Option<Date>,
    /// The status of a response that is not complete; none if it is complete.
    pub unfinished: Option<String>,
    /// The answers.
    pub given: Vec<Given>,
}

/// A response that has not been parsed yet: a part of the text of a file.
#[derive(Clone, Copy, Debug)]
pub struct Unread<'s> {
    json: Json<'s>,
    text: &'s str,
}

/// Whether a text is, or seems to be, a FHIR resource.
#[must_use]
pub fn is_resource(text: &str) -> bool {
    text.trim_start().starts_with('{') && text.contains("\"resourceType\"")
}

/// The responses in `text`, a part of the text of `source` (file number `index`): one response, or
/// those of a bundle.
///
/// # Errors
///
/// If it is neither.
fn responses<'s>(
    index: usize,
    source: &'s Source,
    text: &'s str,
) -> Result<Vec<Unread<'s>>, Box<Diagnostic>> {
    let json = Json { source, index };
    let resource: Resource<'_> = json.read(text)?;
    match resource.resource_type.as_deref() {
        Some("QuestionnaireResponse") => Ok(vec![Unread { json, text }]),
        Some("Bundle") => {
            let mut found = Vec::new();
            for resource in resource.entry.iter().filter_map(|entry| entry.resource) {
                let text = resource.get();
                let inner: Resource<'_> = json.read(text)?;
                if inner.resource_type.as_deref() == Some("QuestionnaireResponse") {
                    found.push(Unread { json, text });
                }
            }
            Ok(found)
        }
        kind => {
            let message = match kind {
                Some(kind) => format!("this is a `{kind}`, not a `QuestionnaireResponse`"),
                None => "this does not say what kind of resource it is".to_owned(),
            };
            let place = beginning(json, text);
            let help = "give a `QuestionnaireResponse`, or a `Bundle` of them";
            Err(Box::new(
                Diagnostic::new(Code::WrongShape, place, message).help(help),
            ))
        }
    }
}

/// The first bracket of a text.
fn beginning(json: Json<'_>, text: &str) -> Place {
    let place = json.place(text.trim_start());
    Place {
        end: place.start + 1,
        ..place
    }
}

/// A response with its line number, or its number in a bundle; or the reason why it is not a
/// response.
pub type Numbered<'s> = (u64, Result<Unread<'s>, Box<Diagnostic>>);

/// The responses in `source` (file number `index`): one response, those of a bundle, or one on each
/// line.
///
/// # Errors
///
/// If there is none.
pub fn all(index: usize, source: &Source) -> Result<Vec<Numbered<'_>>, Box<Diagnostic>> {
    if source.not_utf8.is_some() {
        let place = Place {
            source: index,
            start: 0,
            end: 1,
        };
        let problem = Diagnostic::new(Code::NotUtf8, place, "this file is not saved as UTF-8");
        return Err(Box::new(
            problem.help("save it as UTF-8, as JSON always is"),
        ));
    }
    let whole = responses(index, source, &source.text);
    let lines = source.text.lines().zip(1..);
    let lines: Vec<(&str, u64)> = lines.filter(|(line, _)| !line.trim().is_empty()).collect();
    let on_lines = lines.len() > 1 && lines.iter().all(|(line, _)| line.starts_with('{'));
    if whole.is_err() && on_lines {
        let on_line = |(line, number)| {
            let found = responses(index, source, line);
            let one = found.and_then(|found| match found.as_slice() {
                [one] => Ok(*one),
                _ => Err(Box::new(bundle(index, source, line, ONE_A_LINE))),
            });
            (number, one)
        };
        return Ok(lines.into_iter().map(on_line).collect());
    }
    let found = whole?;
    if found.is_empty() {
        return Err(Box::new(bundle(index, source, &source.text, NO_RESPONSE)));
    }
    Ok((1..).zip(found.into_iter().map(Ok)).collect())
}

/// The message for a bundle without responses.
const NO_RESPONSE: &str = "there is no `QuestionnaireResponse` in this bundle";

/// The message for a line with a bundle of several responses.
const ONE_A_LINE: &str = "this line has a bundle that is not of one response";

/// The problem of a bundle without responses, or of several responses on one line.
fn bundle(index: usize, source: &Source, text: &str, message: &str) -> Diagnostic {
    let place = beginning(Json { source, index }, text);
    Diagnostic::new(Code::WrongShape, place, message)
        .help("give each response a line of its own, or one bundle a file of its own")
}

impl Unread<'_> {
    /// Reads the response; `reader` is used if it does not say when the answers were given.
    ///
    /// # Errors
    ///
    /// All problems except answers that are not valid for their questions.
    pub fn read(self, plan: &Plan, reader: &Reader<'_>) -> Result<Response, Problems> {
        let json = self.json;
        let written: Written<'_> = json.read(self.text).map_err(|why| vec![*why])?;
        let mut problems = Problems::new();
        problems.extend(other_questionnaire(plan, json, self.text, &written));
        let unfinished = status(json, &written).unwrap_or_else(|why| {
            problems.push(*why);
            None
        });
        let day = written.authored.as_deref().and_then(|time| time.get(..10));
        let answered_on = day.and_then(Date::from_iso);
        let reader = answered_on.map_or(*reader, |answered_on| reader.answered_on(answered_on));
        let names = names(plan);
        let mut items = ItemReader {
            json,
            start: beginning(json, self.text),
            names: &names,
            found: BTreeMap::new(),
            problems,
        };
        items.modified(written.modifier_extension);
        for item in &written.item {
            items.item(item, 0);
        }
        let ItemReader {
            found,
            mut problems,
            ..
        } = items;
        let mut given = Vec::new();
        for (number, asked) in plan.questions.iter().enumerate() {
            let parts: Vec<&Found<'_>> = found
                .range((number, Part::Answer)..=(number, Part::Unknown))
                .map(|(_, found)| found)
                .collect();
            match one_answer::given(plan, number, &asked.question, &parts, &reader) {
                Ok(answer) => given.extend(answer),
                Err(why) => problems.push(*why),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let subject = written.subject;
        let subject = subject.and_then(|subject| {
            let number = subject.identifier.and_then(|number| number.value);
            subject.reference.or(number)
        });
        Ok(Response {
            id: written.id.map(Cow::into_owned),
            subject: subject.map(Cow::into_owned),
            answered_on,
            unfinished,
            given,
        })
    }
}

/// The status, if the response is not complete.
fn status(json: Json<'_>, written: &Written<'_>) -> Result<Option<String>, Box<Diagnostic>> {
    let Some(raw) = written.status else {
        return Ok(Some("no status".to_owned()));
    };
    let status = unquoted(raw);
    match &*status {
        "completed" | "amended" => Ok(None),
        "in-progress" | "stopped" => Ok(Some(status.into_owned())),
        _ => {
            let message = format!("a response with the status `{status}` is not screened");
            let place = json.place(raw.get());
            let help = "the status must be `completed`, `amended`, `in-progress` or `stopped`";
            Err(Box::new(
                Diagnostic::new(Code::BadValue, place, message).help(help),
            ))
        }
    }
}

/// The problem of a response to other questions than those of `plan`.
fn other_questionnaire<'s>(
    plan: &Plan,
    json: Json<'s>,
    text: &'s str,
    written: &Written<'s>,
) -> Option<Diagnostic> {
    let (id, version) = (&plan.header.id, &plan.header.version);
    let ours = format!("{}|{version}", codes::questionnaire(plan));
    let help =
        format!("these rules ask `{ours}`; write it with `candidacy questionnaire --format fhir`");
    let Some(raw) = written.questionnaire else {
        let place = beginning(json, text);
        let message = "this response does not say which questionnaire it answers";
        return Some(
            Diagnostic::new(Code::OtherQuestionnaire, place, message).help(format!(
                "add `\"questionnaire\": \"{ours}\"`, if it answers that"
            )),
        );
    };
    let canonical = unquoted(raw);
    let (url, theirs) = match canonical.split_once('|') {
        Some((url, version)) => (url, Some(version)),
        None => (&*canonical, None),
    };
    let name = url.rsplit(['/', ':']).next().unwrap_or_default();
    let message = if name == id {
        let theirs = theirs.filter(|theirs| theirs != version)?;
        format!(
            "this response answers version {theirs} of the questions, and the rules have version {version}"
        )
    } else {
        format!("this response answers the questionnaire `{url}`")
    };
    let problem = Diagnostic::new(Code::OtherQuestionnaire, json.place(raw.get()), message);
    Some(problem.help(help))
}

/// All fields by name.
fn names(plan: &Plan) -> BTreeMap<String, (usize, Part)> {
    let mut names = BTreeMap::new();
    for (number, asked) in plan.questions.iter().enumerate() {
        for Field { part, .. } in fields(plan, number, &asked.question) {
            let name = codes::link_id(&asked.question.id, part);
            names.insert(name, (number, part));
        }
    }
    names
}

/// The content of one field.
#[derive(Debug)]
struct Found<'s> {
    part: Part,
    /// Its name.
    name: Located<String>,
    /// The answers in it.
    cells: Vec<Cell<'s>>,
}

/// The key of an extension that changes the meaning of an answer.
const MODIFIED: &str = "modifierExtension";

/// Maximum nesting of items.
const DEEPEST: usize = 32;

/// Reads the items of a response.
struct ItemReader<'s, 'n> {
    json: Json<'s>,
    /// Where the response begins.
    start: Place,
    names: &'n BTreeMap<String, (usize, Part)>,
    found: BTreeMap<(usize, Part), Found<'s>>,
    problems: Problems,
}

impl<'s> ItemReader<'s, '_> {
    fn item(&mut self, item: &Item<'s>, level: usize) {
        if level > DEEPEST {
            let message = format!("items are nested more than {DEEPEST} levels deep");
            let help = "take the response as the form wrote it";
            let problem = Diagnostic::new(Code::WrongShape, self.start, message);
            self.problems.push(problem.help(help));
            return;
        }
        let mut cells = Vec::new();
        self.modified(item.modifier_extension);
        for answer in &item.answer {
            self.modified(answer.get(MODIFIED).copied());
            match value::cell(self.json, answer) {
                Ok(cell) => cells.extend(cell),
                Err(why) => self.problems.push(*why),
            }
            match value::below(self.json, answer) {
                Ok(items) => items.iter().for_each(|item| self.item(item, level + 1)),
                Err(why) => self.problems.push(*why),
            }
        }
        if cells.is_empty()
            && let Some(raw) = item.link_id
        {
            cells.extend(value::absent(&item.extension, self.json.place(raw.get())));
        }
        if !cells.is_empty() {
            self.answered(item, cells);
        }
        for item in &item.below {
            self.item(item, level + 1);
        }
    }

    /// Refuses an extension that changes the meaning of a part, because this program knows none.
    fn modified(&mut self, extension: Option<&'s RawValue>) {
        if let Some(raw) = extension {
            let message = "this changes the meaning of the response in a way that is not known";
            let place = self.json.place(raw.get());
            let help = "read this response by hand, or take it without `modifierExtension`";
            let problem = Diagnostic::new(Code::WrongShape, place, message);
            self.problems.push(problem.help(help));
        }
    }

    fn answered(&mut self, item: &Item<'s>, cells: Vec<Cell<'s>>) {
        let first = cells.first().map(|cell| cell.place);
        let place = item.link_id.map(|raw| self.json.place(raw.get())).or(first);
        let Some(place) = place else { return };
        let name = item.link_id.map(unquoted);
        let name = name.unwrap_or_default();
        let Some((question, part)) = self.names.get(&*name).copied() else {
            let known = self.names.keys().map(String::as_str);
            let message = format!("no field of the questionnaire is called `{name}`");
            self.problems.push(
                Diagnostic::new(Code::UnknownQuestion, place, message)
                    .help(way_out(&name, "field", known)),
            );
            return;
        };
        let found = Found {
            part,
            name: Located {
                value: name.clone().into_owned(),
                place,
            },
            cells,
        };
        if let Some(earlier) = self.found.insert((question, part), found) {
            let message = format!("`{name}` is answered twice");
            self.problems.push(
                Diagnostic::new(Code::DuplicateKey, place, message)
                    .other(earlier.name.place, "first here")
                    .help("leave one of them, with all its answers"),
            );
        }
    }
}
