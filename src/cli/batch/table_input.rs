//! The table that a command reads: a text, or a sheet of a workbook.

use std::io::{self, Cursor, Read};
use std::path::Path;

use super::flags::usage;
use super::reading::ReadingArgs;
use crate::batch::workbook::{Sheet, is_workbook};
use crate::error::Error;
use crate::files::input;

/// A table to be read.
pub struct TableInput {
    /// Its text.
    pub reader: Box<dyn Read + Send>,
    /// Its size in bytes, if known.
    pub size: Option<u64>,
    /// The sheet it is from, without its text.
    pub sheet: Option<Sheet>,
}

/// Opens the table at `path`; `-` is standard input.
///
/// # Errors
///
/// If it cannot be read, or the flags do not fit it.
pub fn table_input(path: &Path, args: &ReadingArgs) -> Result<TableInput, Error> {
    let (mut reader, size) = input(path)?;
    let failed = |why: io::Error| Error::reading(path, &why);
    let mut start = Vec::new();
    reader
        .by_ref()
        .take(4)
        .read_to_end(&mut start)
        .map_err(failed)?;
    if !is_workbook(&start) {
        if let Some(sheet) = &args.sheet {
            return Err(usage(
                &format!("`--sheet {sheet}` names a sheet, but the table is not a workbook"),
                "leave it out",
            ));
        }
        return Ok(TableInput {
            reader: Box::new(Cursor::new(start).chain(reader)),
            size,
            sheet: None,
        });
    }
    let flag = match (&args.delimiter, &args.encoding) {
        (Some(_), _) => Some("--delimiter"),
        (None, Some(_)) => Some("--encoding"),
        (None, None) => None,
    };
    if let Some(flag) = flag {
        return Err(usage(
            &format!("`{flag}` is for a table in text, and this is a workbook"),
            "leave it out",
        ));
    }
    workbook(start, reader, path, args)
}

/// Reads a workbook that begins with `start`.
#[cfg(feature = "excel")]
fn workbook(
    mut bytes: Vec<u8>,
    reader: Box<dyn Read + Send>,
    path: &Path,
    args: &ReadingArgs,
) -> Result<TableInput, Error> {
    use crate::batch::workbook::{LONGEST, read::sheet};
    let read = reader.take(LONGEST).read_to_end(&mut bytes);
    read.map_err(|why| Error::reading(path, &why))?;
    if bytes.len() as u64 > LONGEST {
        return Err(Error::File {
            doing: "read",
            path: path.to_owned(),
            why: "the workbook is larger than 256 MiB".to_owned(),
            hint: Some("save its sheet as \"CSV UTF-8\"".to_owned()),
        });
    }
    let mut sheet = sheet(&bytes, args.sheet.as_deref(), path)?;
    let text = std::mem::take(&mut sheet.text);
    Ok(TableInput {
        size: Some(text.len() as u64),
        reader: Box::new(Cursor::new(text)),
        sheet: Some(sheet),
    })
}

/// Refuses a workbook.
#[cfg(not(feature = "excel"))]
fn workbook(
    _: Vec<u8>,
    _: Box<dyn Read + Send>,
    path: &Path,
    _: &ReadingArgs,
) -> Result<TableInput, Error> {
    Err(crate::batch::workbook::left_out("read", path))
}
