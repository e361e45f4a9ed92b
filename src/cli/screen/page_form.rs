//! The form of the patient's page, from the name of its file or the format of the report.

use std::path::Path;

use crate::cli::args::Format;
use crate::error::Error;

/// The form of the page for the patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageForm {
    /// One page for the browser and for paper.
    Html,
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
}

impl PageForm {
    /// The form for the ending of a file's name.
    ///
    /// # Errors
    ///
    /// If the ending is not known.
    pub fn by_ending(path: &Path) -> Result<Self, Error> {
        let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
        let hint = match ending.as_deref().and_then(std::ffi::OsStr::to_str) {
            Some("html" | "htm") => return Ok(Self::Html),
            Some("md" | "markdown") | None => return Ok(Self::Markdown),
            Some("txt" | "text") => return Ok(Self::Text),
            Some("pdf") => {
                "end the name in .html, and let the browser print that page, or save it as PDF"
            }
            _ => "end the name in .html, .md or .txt",
        };
        Err(Error::Usage {
            message: format!("`{}` does not say which form to write", path.display()),
            hint: hint.to_owned(),
        })
    }

    /// The form of a page for standard output.
    ///
    /// # Errors
    ///
    /// If the format of the report is not a form of a page.
    pub fn of(format: Format) -> Result<Self, Error> {
        match format {
            Format::Text => Ok(Self::Text),
            Format::Markdown => Ok(Self::Markdown),
            Format::Html => Ok(Self::Html),
            Format::Json | Format::Note | Format::Fhir | Format::CdsHooks => Err(Error::Usage {
                message: "the page for the patient is text, Markdown or HTML".to_owned(),
                hint: "add `--format text`, `markdown` or `html`, or name a file for `--print`"
                    .to_owned(),
            }),
        }
    }
}
