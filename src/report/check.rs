//! The findings of a check of rules, for programs: as JSON, as SARIF, and as commands that GitHub
//! turns into annotations.
//!
//! All three forms contain the same findings in the same order. These are either errors, or
//! warnings and failed cases. Lines and columns count from 1, columns in characters. The end column
//! is the one after the last character.

pub mod github;
pub mod sarif;

use serde::Serialize;

use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::{Diagnostic, Level};
use candidacy_engine::plan::Plan;
use candidacy_engine::source::{Located, Place, Source};

use super::model::TOOL;

/// The code of a failed case; all other codes are those of the messages.
pub const CASE: &str = "case";

/// The result of a check.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// The path of the rules, or `built-in rules`.
    pub rules: String,
    /// The rules themselves; null if they contain errors.
    pub pack: Option<Named>,
    /// The day used as today.
    pub as_of: String,
    /// How many findings are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// How many cases were run; zero if the rules contain errors.
    pub cases: usize,
    /// The errors, or the warnings and failed cases.
    pub findings: Vec<Finding>,
    /// The program and its version.
    pub tool: &'static str,
    /// The version of the JSON form.
    pub schema_version: u32,
}

/// The version of the JSON form. A change that breaks readers needs a new version.
pub const SCHEMA_VERSION: u32 = 1;

/// The rules that were checked.
#[derive(Clone, Debug, Serialize)]
pub struct Named {
    /// Their short name.
    pub id: String,
    /// Their version.
    pub version: String,
    /// The SHA-256 of the whole content of the rules.
    pub fingerprint: String,
}

/// An error, a warning or a failed case.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// `error` or `warning`.
    pub level: &'static str,
    /// The code of the message, or `case`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// The place of the problem.
    #[serde(flatten)]
    pub at: At,
    /// Facts that show the problem.
    pub notes: Vec<String>,
    /// How to fix it.
    pub help: Vec<String>,
    /// A second place that is part of the problem.
    pub other: Option<Other>,
}

/// A range of text in a file.
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
    /// The column after its last character.
    pub end_column: usize,
}

/// A second place and its label.
#[derive(Clone, Debug, Serialize)]
pub struct Other {
    /// The place.
    #[serde(flatten)]
    pub at: At,
    /// How it is related to the problem.
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

    /// Adds the names of rules without errors to the check.
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

    /// Adds a case that fails, with what came out differently.
    pub fn add(&mut self, case: &Located<String>, notes: Vec<String>, sources: &[Source]) {
        self.errors += 1;
        self.findings.push(Finding {
            level: Level::Error.word(),
            code: CASE,
            message: format!("the case `{}` fails", case.value),
            at: at(case.place, sources),
            notes,
            help: Vec::new(),
            other: None,
        });
    }
}

impl Finding {
    /// The message, the notes and the help, one per line.
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

/// The range without the blanks at its end, which may include a line break.
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
