//! Excel workbooks: a sheet is converted to a table in text form, and the output to a workbook.
//!
//! These files cannot be read sequentially, so input and output are kept in memory. Everything
//! about answers is handled by the table in text form.

use std::path::Path;

#[cfg(feature = "excel")]
pub mod read;
#[cfg(feature = "excel")]
pub mod write;

/// Maximum size of a workbook in bytes.
pub const LONGEST: u64 = 256 << 20;

/// The value of a formula that no program has calculated.
pub const NOT_WORKED_OUT: &str = "#CALC!";

/// A sheet as a table in text form.
#[derive(Debug, Default)]
pub struct Sheet {
    /// The table, in UTF-8 with commas.
    pub text: Vec<u8>,
    /// The sheet row of each line of `text`.
    pub rows: Vec<u64>,
    /// The cell types of each row of the table, including the headings.
    pub cells: Vec<Vec<Cell>>,
    /// Formulas that no program has calculated: the column, and the row of the sheet.
    pub not_worked_out: Vec<(usize, u64)>,
    /// The name of the sheet.
    pub name: String,
    /// The other sheets that are visible and not empty.
    pub others: Vec<String>,
}

/// The type of a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// Text.
    Text,
    /// A formula that no program has calculated.
    NotWorkedOut,
    /// A number.
    Number(f64),
    /// A day; with a time of day if `timed`.
    Day {
        /// The year, the month and the day.
        day: (u16, u8, u8),
        /// The hour, the minute and the second.
        time: (u8, u8, u8),
    },
    /// Yes or no.
    Boolean(bool),
}

/// The first bytes of a zip file; workbooks are zip files.
const ZIP: &[u8] = b"PK\x03\x04";

/// The first bytes of an old or password-protected workbook.
const OLD: &[u8] = b"\xd0\xcf\x11\xe0";

/// Whether a file that begins with `start` is a workbook, possibly an unsupported one.
#[must_use]
pub fn is_workbook(start: &[u8]) -> bool {
    start.starts_with(ZIP) || start.starts_with(OLD)
}

/// Whether a path has the extension of a workbook.
#[must_use]
pub fn names_workbook(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"))
}

/// Why a workbook that begins with `bytes` cannot be read.
#[must_use]
pub fn refusal(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const SAVE: &str = "open it and save it as a workbook (.xlsx) or as \"CSV UTF-8\"";
    let holds = |text: &str| {
        let wide: Vec<u8> = text.bytes().flat_map(|byte| [byte, 0]).collect();
        memchr::memmem::find(bytes, &wide).is_some()
    };
    if bytes.starts_with(OLD) {
        return Some(if holds("EncryptedPackage") {
            (
                "it is protected with a password",
                "open it, take the password off (File, Info, Protect Workbook), and save it under another name",
            )
        } else {
            ("it is a workbook of an old program (.xls)", SAVE)
        });
    }
    let start = bytes.get(..200).unwrap_or(bytes);
    if memchr::memmem::find(start, b"opendocument").is_some() {
        return Some(("it is a workbook in the OpenDocument form (.ods)", SAVE));
    }
    None
}

/// The error of a program that was built without workbook support.
#[cfg(not(feature = "excel"))]
#[must_use]
pub fn left_out(doing: &'static str, path: &Path) -> crate::error::Error {
    crate::error::Error::File {
        doing,
        path: path.to_owned(),
        why: "it is a workbook, and this program was built without them".to_owned(),
        hint: Some("use CSV, or a program built with the feature `excel`".to_owned()),
    }
}
