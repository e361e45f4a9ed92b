//! Workbooks of Excel: a sheet becomes a table in text, and the output a workbook.
//!
//! What is read and written is in memory as a whole, as these files cannot be read in
//! order. Everything about answers is left to the table in text.

use std::path::Path;

#[cfg(feature = "excel")]
pub mod read;
#[cfg(feature = "excel")]
pub mod write;

/// The longest workbook that is read, in bytes.
pub const LONGEST: u64 = 256 << 20;

/// What a formula shows that no program has worked out.
pub const NOT_WORKED_OUT: &str = "#CALC!";

/// A sheet as a table in text.
#[derive(Debug, Default)]
pub struct Sheet {
    /// The table, in UTF-8 with commas.
    pub text: Vec<u8>,
    /// The row of the sheet that each line of `text` is from.
    pub rows: Vec<u64>,
    /// What the cells of each row of the table are, the headings included.
    pub cells: Vec<Vec<Cell>>,
    /// The formulas that no program has worked out: the column, and the row of the sheet.
    pub not_worked_out: Vec<(usize, u64)>,
    /// The name of the sheet.
    pub name: String,
    /// The other sheets that can be seen and hold something.
    pub others: Vec<String>,
}

/// What a cell is, apart from its text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// Text.
    Text,
    /// A formula that no program has worked out.
    NotWorkedOut,
    /// A number.
    Number(f64),
    /// A day, with a time of day where it is `timed`.
    Day {
        /// The year, the month and the day.
        day: (u16, u8, u8),
        /// The hour, the minute and the second.
        time: (u8, u8, u8),
    },
    /// Yes or no.
    Boolean(bool),
}

/// How a file begins that is a zip file, as workbooks are.
const ZIP: &[u8] = b"PK\x03\x04";

/// How a file begins that is a workbook of an old program, or one with a password.
const OLD: &[u8] = b"\xd0\xcf\x11\xe0";

/// Whether a file that begins with `start` is a workbook, or wants to be one.
#[must_use]
pub fn is_workbook(start: &[u8]) -> bool {
    start.starts_with(ZIP) || start.starts_with(OLD)
}

/// Whether a path names a workbook.
#[must_use]
pub fn names_workbook(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"))
}

/// Why a workbook that begins with `bytes` cannot be read by any program here.
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

/// That this program was built without workbooks.
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
