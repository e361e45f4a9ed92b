//! Converts FHIR responses to a table in text form: one row per response, one column per question.
//!
//! All responses are kept in memory. If the FHIR reader refuses a part of a response, the row is unreadable.

use std::collections::BTreeMap;

use candidacy_engine::answer::days_of;
use candidacy_engine::diagnostic::Diagnostic;
use candidacy_engine::plan::Plan;
use candidacy_engine::source::Source;

use super::output::row::quoted;
use super::refused::Refused;
use super::setup::Settings;
use super::table::Form;
use crate::forms::fhir::response::{Response, all};

/// The columns before those of the questions.
const COLUMNS: [&str; 2] = ["response id", "response subject"];

/// Responses as a table.
#[derive(Debug, Default)]
pub struct ResponseTable {
    /// The table in CSV form; each row is one line.
    pub text: Vec<u8>,
    /// For each line of `text`, its line in the file or its position in the bundle.
    pub rows: Vec<u64>,
    /// Why a response cannot be read, by the same number.
    pub refused: BTreeMap<u64, Refused>,
    /// The number of unfinished responses.
    pub unfinished: usize,
}

/// The responses in `source` as a table for `plan`.
///
/// # Errors
///
/// If there is no response in it.
pub fn table(
    source: &Source,
    plan: &Plan,
    settings: &Settings,
) -> Result<ResponseTable, Box<Diagnostic>> {
    let reader = plan.reader(settings.as_of).answered_on(settings.today);
    let mut table = ResponseTable::default();
    let ids = plan.questions.iter().map(|asked| &*asked.question.id);
    table.row(COLUMNS.into_iter().chain(ids), 1);
    for (number, unread) in all(0, source)? {
        let read = unread.map_err(|why| vec![*why]);
        let read = read.and_then(|unread| unread.read(plan, &reader));
        let read = read.and_then(|read| match other_days(&read, plan, settings) {
            Some(problem) => Err(vec![problem]),
            None => Ok(read),
        });
        match read {
            Ok(read) => {
                table.unfinished += usize::from(read.unfinished.is_some());
                let answer = |id: &str| {
                    let found = read.given.iter().find(|given| given.key.value == id);
                    found.map_or("", |given| given.text.as_str())
                };
                let answers = plan
                    .questions
                    .iter()
                    .map(|asked| answer(&asked.question.id));
                let about = [&read.id, &read.subject].map(|text| text.as_deref().unwrap_or(""));
                table.row(about.into_iter().chain(answers), number);
            }
            Err(problems) => {
                // Such a row has no cells that could be read as answers.
                table.row(std::iter::once(""), number);
                let joined = |text: &dyn Fn(&Diagnostic) -> String| {
                    let texts: Vec<String> = problems.iter().map(text).collect();
                    texts.join("; ")
                };
                let refused = Refused {
                    message: joined(&|problem| problem.message.clone()),
                    help: joined(&|problem| problem.help.join("; ")),
                };
                table.refused.insert(number, refused);
            }
        }
    }
    Ok(table)
}

/// The problem of words that count from the day a response was written; a table is read as of one day.
fn other_days(read: &Response, plan: &Plan, settings: &Settings) -> Option<Diagnostic> {
    let answered_on = read
        .answered_on
        .filter(|answered_on| *answered_on != settings.today)?;
    let reader = plan.reader(settings.as_of);
    read.given.iter().find_map(|given| {
        let asked = plan.questions.get(plan.question(&given.key.value)?)?;
        let days = |day| {
            let reply = reader.answered_on(day).reply(&asked.question, &given.text);
            reply.ok().as_ref().and_then(days_of)
        };
        if days(answered_on) == days(settings.today) {
            return None;
        }
        let message = format!(
            "`{}`: `{}` counts from {answered_on}, the day of the response",
            given.key.value, given.text
        );
        let code = candidacy_engine::diagnostic::Code::UnreadableAnswer;
        let help =
            "write the month or the day, or give this response to `candidacy screen --answers`";
        Some(Diagnostic::new(code, given.place, message).help(help))
    })
}

impl ResponseTable {
    /// Adds a row; a line break in a cell becomes `;`, which has the same meaning in a list.
    fn row<'t>(&mut self, cells: impl Iterator<Item = &'t str>, number: u64) {
        for (at, cell) in cells.enumerate() {
            if at > 0 {
                self.text.push(b',');
            }
            let cell = cell.replace(['\r', '\n'], "; ");
            quoted(&cell, Form::Csv, &mut self.text);
        }
        self.text.push(b'\n');
        self.rows.push(number);
    }
}
