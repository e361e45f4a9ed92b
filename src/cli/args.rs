//! Reading single arguments.

use crate::error::Error;
use crate::report::model::View;
use candidacy_engine::answer::planned_day;
use candidacy_engine::date::Date;

/// Who will read a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ViewArg {
    /// The front desk: private reasons are not shown
    Desk,
    /// The dermatologist: everything
    Clinician,
}

impl From<ViewArg> for View {
    fn from(view: ViewArg) -> Self {
        match view {
            ViewArg::Desk => Self::Desk,
            ViewArg::Clinician => Self::Clinician,
        }
    }
}

/// The form of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For a person at a screen
    #[default]
    Text,
    /// For a program
    Json,
    /// For a file or a page
    Markdown,
    /// One page for the browser and for paper; nothing else is needed to show it
    Html,
    /// A few lines to paste into a patient's file
    Note,
    /// For a records system: a `GuidanceResponse` of FHIR R4
    Fhir,
    /// For a service of CDS Hooks: a card
    CdsHooks,
}

impl Format {
    /// The default reader of a report in this format.
    #[must_use]
    pub fn reader(self) -> View {
        match self {
            Self::Json | Self::Fhir | Self::CdsHooks => View::Clinician,
            Self::Text | Self::Markdown | Self::Html | Self::Note => View::Desk,
        }
    }
}

/// A report as JSON.
///
/// # Errors
///
/// If it cannot be written as JSON, which is true of no report so far.
pub fn json(report: &impl serde::Serialize) -> Result<String, Error> {
    let text = serde_json::to_string_pretty(report);
    let text = text.map_err(|why| Error::Stream {
        doing: "write the report",
        why: why.to_string(),
    })?;
    Ok(text + "\n")
}

/// Parses a day.
///
/// # Errors
///
/// If it is not a day of the calendar in ISO form.
pub fn day(text: &str) -> Result<Date, String> {
    Date::from_iso(text).ok_or_else(|| {
        "write year, month and day of a day that exists, for example 2026-11-20".to_owned()
    })
}

/// Parses the treatment day, which can also be given relative to today.
///
/// # Errors
///
/// If it is not one day.
pub fn as_of(text: &str) -> Result<Date, String> {
    planned_day(text, super::today()).ok_or_else(|| NO_DAY.to_owned())
}

/// The hint for an invalid treatment day.
pub const NO_DAY: &str = "write a day that exists as year, month and day, for example 2026-11-20, \
    or tomorrow, next friday, +2w or in 3 weeks";

/// Parses the clinic's own name or number for a patient.
///
/// # Errors
///
/// If it is blank, longer than a line, or contains characters that cannot be printed.
pub fn reference(text: &str) -> Result<String, String> {
    const LONGEST: usize = 60;
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST || text.chars().any(char::is_control) {
        return Err(format!(
            "write a short text, at most {LONGEST} letters, such as 4711"
        ));
    }
    Ok(text.to_owned())
}

/// Parses `ID=VALUE`.
///
/// # Errors
///
/// If there is no `=`, or nothing before it.
pub fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((id, value)) if !id.trim().is_empty() => {
            Ok((id.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("write ID=VALUE, for example isotretinoin=never".to_owned()),
    }
}
