//! Reading single arguments.

use crate::engine::date::Date;
use crate::report::sheet::View;

/// Who will read a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ViewArg {
    /// The front desk: private reasons are not told
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

/// Reads a day.
///
/// # Errors
///
/// When it is no day of the calendar in ISO form.
pub fn day(text: &str) -> Result<Date, String> {
    Date::from_iso(text).ok_or_else(|| {
        "write year, month and day of a day that exists, for example 2026-11-20".to_owned()
    })
}

/// Reads `ID=VALUE`.
///
/// # Errors
///
/// When there is no `=` or nothing before it.
pub fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((id, value)) if !id.trim().is_empty() => {
            Ok((id.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("write ID=VALUE, for example isotretinoin=never".to_owned()),
    }
}
