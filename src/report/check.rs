//! What a check of rules found, for programs: as JSON, as SARIF, and as the
//! commands that GitHub turns into annotations.
//!
//! All three tell the same findings in the same order: errors, or else warnings
//! and the cases that do not hold. Lines and columns count from 1, columns in
//! characters; an end is the place behind the last character.

pub mod github;
pub mod sarif;

use serde::Serialize;

use crate::authoring::cases::Failure;
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::{Diagnostic, Level};
use candidacy_engine::plan::Plan;
use candidacy_engine::source::{Place, Source};

use super::model::TOOL;

/// The word for a worked patient that does not come out as expected; the other
/// words are those of the messages.
pub const CASE: &str = "case";

/// What a check found.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// The path of the rules, or `built-in rules`.
    pub rules: String,
    /// The rules themselves; null when they cannot be used.
    pub pack: Option<Named>,
    /// The day taken for today.
    pub as_of: String,
    /// How many findings are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// How many cases were run; none when the rules cannot be used.
    pub cases: usize,
    /// What was found.
    pub findings: Vec<Finding>,
    /// The program and its version.
    pub tool: &'static str,
    /// The version of this form.
    pub schema_version: u32,
}

/// The version of the JSON form; a change that breaks readers makes a new one.
pub const SCHEMA_VERSION: u32 = 1;

/// Which rules they are.
#[derive(Clone, Debug, Serialize)]
pub struct Named {
    /// Their short name.
    pub id: String,
    /// Their version.
    pub version: String,
    /// The SHA-256 over everything they say.
    pub fingerprint: String,
}

/// One thing found.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// `error` or `warning`.
    pub level: &'static str,
    /// The word of the message, or `case`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// Where.
    #[serde(flatten)]
    pub at: At,
    /// What shows it.
    pub notes: Vec<String>,
    /// What to do about it.
    pub help: Vec<String>,
    /// A second place that belongs to it.
    pub other: Option<Other>,
}

/// A stretch of a file.
#[derive(Clone, Debug, Serialize)]
pub struct At {
    /// The path of the file.
    pub file: String,
    /// Its first line.
    pub line: usize,
    /// The first column.
    pub column: usize,
    /// The line it ends on.
    pub end_line: usize,
    /// The column behind its last character.
    pub end_column: usize,
}

/// A second place, and what stands there.
#[derive(Clone, Debug, Serialize)]
pub struct Other {
    /// Where.
    #[serde(flatten)]
    pub at: At,
    /// What it has to do with it.
    pub label: String,
}

impl Check {
    /// A check that found `problems`, all of them errors or all of them warnings.
    #[must_use]
    pub fn new(rules: &str, as_of: Date, problems: &[Diagnostic], sources: &[Source]) -> Self {
        let findings: Vec<Finding> = problems.iter().map(|one| finding(one, sources)).collect();
        let with = |level: Level| {
            let words = findings.iter().filter(|one| one.level == level.word());
            words.count()
        };
        Self {
            rules: rules.to_owned(),
            pack: None,
            as_of: as_of.to_string(),
            errors: with(Level::Error),
            warnings: with(Level::Warning),
            cases: 0,
            findings,
            tool: TOOL,
            schema_version: SCHEMA_VERSION,
        }
    }

    /// The same, of rules that can be used.
    #[must_use]
    pub fn of(mut self, plan: &Plan) -> Self {
        self.pack = Some(Named {
            id: plan.header.id.clone(),
            version: plan.header.version.clone(),
            fingerprint: plan.fingerprint.clone(),
        });
        self.cases = plan.cases.len();
        self
    }

    /// Adds a case that does not hold; its name stands at `place`.
    pub fn add(&mut self, failure: &Failure, place: Place, sources: &[Source]) {
        let notes = failure.differences.iter().map(|one| {
            format!(
                "{}: expected {}, came out {}",
                one.of, one.expected, one.actual
            )
        });
        self.errors += 1;
        self.findings.push(Finding {
            level: Level::Error.word(),
            code: CASE,
            message: format!("the case `{}` fails", failure.name),
            at: at(place, sources),
            notes: notes.collect(),
            help: Vec::new(),
            other: None,
        });
    }
}

impl Finding {
    /// The message, what shows it and the way out, a line each.
    fn lines(&self) -> String {
        let notes = self.notes.iter().map(|note| format!("note: {note}"));
        let help = self.help.iter().map(|help| format!("help: {help}"));
        let lines = std::iter::once(self.message.clone())
            .chain(notes)
            .chain(help);
        lines.collect::<Vec<_>>().join("\n")
    }
}

fn finding(from: &Diagnostic, sources: &[Source]) -> Finding {
    Finding {
        level: from.code.level().word(),
        code: from.code.word(),
        message: from.message.clone(),
        at: at(from.place, sources),
        notes: from.notes.clone(),
        help: from.help.clone(),
        other: from.other.as_ref().map(|(place, label)| Other {
            at: at(*place, sources),
            label: label.clone(),
        }),
    }
}

/// The stretch without the blanks at its end, which may run on into the next line.
fn at(place: Place, sources: &[Source]) -> At {
    let source = sources.get(place.source);
    let text = source.map_or("", |source| source.text.as_str());
    let start = place.start.min(text.len());
    let end = place.end.clamp(start, text.len());
    let seen = text.get(start..end).unwrap_or("").trim_end();
    let position = |byte: usize| source.map_or((1, 1), |source| source.position(byte));
    let (line, column) = position(start);
    let (end_line, end_column) = position(start + seen.len());
    At {
        file: source.map_or_else(String::new, |source| source.path.clone()),
        line,
        column,
        end_line,
        end_column,
    }
}
