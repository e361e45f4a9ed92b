//! Records on disk, with a checksum that reveals changes and damage.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::files::{Destination, Existing};
use crate::load;
use crate::report::record::{self, Record};
use candidacy_engine::diagnostic::{Code, Diagnostic, Refusal};
use candidacy_engine::source::Source;

/// Writes a new record.
///
/// # Errors
///
/// When it cannot be written; what was there before is still there then.
pub fn save(to: &mut Destination, record: &Record) -> Result<(), Error> {
    to.put(written(record)?.as_bytes())
}

/// Writes a record over the one it was read from.
///
/// # Errors
///
/// When it cannot be written; the old one is still there then.
pub fn replace(path: &Path, record: &Record) -> Result<(), Error> {
    save(
        &mut Destination::claim("", path, Existing::Extended)?,
        record,
    )
}

/// Reads a record. A record that was changed after it was written is refused.
///
/// # Errors
///
/// If it cannot be read, is not a record, or does not match its checksum.
pub fn open(path: &Path) -> Result<Record, Error> {
    sealed(load::source(path)?)
}

/// The same; `-` is standard input.
///
/// # Errors
///
/// As for [`open`].
pub fn open_or_input(path: &Path) -> Result<Record, Error> {
    if path == Path::new("-") {
        return sealed(load::standard_input()?);
    }
    open(path)
}

fn sealed(source: Source) -> Result<Record, Error> {
    let (record, checksum) = record::read(source.clone()).map_err(Error::Record)?;
    if checksum.value == seal(&record)? {
        return Ok(record);
    }
    let problem = Diagnostic::new(
        Code::BadValue,
        checksum.place,
        "this record was changed or damaged after it was written: its content does not fit this checksum",
    )
    .help("take an unchanged copy; add your own decision with `candidacy override`");
    Err(Error::Record(Refusal {
        sources: [source].into(),
        problems: vec![problem],
    }))
}

/// A record with its checksum, as written to its file.
fn written(record: &Record) -> Result<String, Error> {
    let sealed = Record {
        checksum: seal(record)?,
        ..record.clone()
    };
    let text = serde_json::to_string_pretty(&sealed).map_err(|why| unwritable(&why))?;
    Ok(text + "\n")
}

/// The checksum of a record without a checksum.
fn seal(record: &Record) -> Result<String, Error> {
    let compact = serde_json::to_string(record).map_err(|why| unwritable(&why))?;
    let digest = Sha256::digest(compact.as_bytes());
    let hexadecimal =
        |byte: &u8| [byte >> 4, byte & 15].map(|four| char::from_digit(four.into(), 16));
    Ok(digest.iter().flat_map(hexadecimal).flatten().collect())
}

fn unwritable(why: &serde_json::Error) -> Error {
    Error::Stream {
        doing: "write the record",
        why: why.to_string(),
    }
}
