//! Records on disk: written whole or not at all, for their owner's eyes only,
//! and sealed, so that a changed or damaged one is noticed.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::load;
use crate::report::record::{self, Record};
use candidacy_engine::diagnostic::{Code, Diagnostic, Refusal};

use super::saved_answers;

/// A record and the seal over it.
#[derive(Serialize)]
struct Sealed<'a> {
    #[serde(flatten)]
    record: &'a Record,
    /// SHA-256 over the record as compact JSON, without this key.
    checksum: String,
}

/// Refuses a place where a record cannot be written, before anybody is asked anything.
///
/// # Errors
///
/// When something stands there and may not be overwritten, or nothing can be written beside it.
pub fn may_write(path: &Path, force: bool) -> Result<(), Error> {
    if path.is_dir() {
        return Err(Error::writing(path, &ErrorKind::IsADirectory.into()));
    }
    if !force && fs::symlink_metadata(path).is_ok() {
        return Err(taken(path));
    }
    let tried = saved_answers::beside(path, "");
    tried.map(drop).map_err(|why| Error::writing(path, &why))
}

/// Writes a new record.
///
/// # Errors
///
/// When it cannot be written, or something stands there and `force` is not set.
pub fn save(path: &Path, record: &Record, force: bool) -> Result<(), Error> {
    let text = written(record)?;
    if force {
        return saved_answers::replace(path, &text);
    }
    let file = saved_answers::beside(path, &text).map_err(|why| Error::writing(path, &why))?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(()),
        Err(why) if why.error.kind() == ErrorKind::AlreadyExists => Err(taken(path)),
        Err(why) => Err(Error::writing(path, &why.error)),
    }
}

/// Writes a record over the one it was read from.
///
/// # Errors
///
/// When it cannot be written; the old one is still there then.
pub fn replace(path: &Path, record: &Record) -> Result<(), Error> {
    // A link stays a link, and what it leads to is replaced.
    let target = fs::canonicalize(path).map_err(|why| Error::writing(path, &why))?;
    saved_answers::replace(&target, &written(record)?)
}

/// Reads a record that nobody has changed since it was written.
///
/// # Errors
///
/// When it cannot be read, is no record, or does not fit its checksum.
pub fn open(path: &Path) -> Result<Record, Error> {
    let source = load::source(path)?;
    let (record, checksum) = record::read(source.clone()).map_err(Error::Record)?;
    if checksum.value == seal(&record)? {
        return Ok(record);
    }
    let problem = Diagnostic::new(
        Code::BadValue,
        checksum.place,
        "this record was changed or damaged after it was written: its content does not fit this checksum",
    )
    .help("take an unchanged copy; a decision of one's own is added with `candidacy override`");
    Err(Error::Record(Refusal {
        sources: vec![source],
        problems: vec![problem],
    }))
}

/// A record with its seal, as it stands in its file.
fn written(record: &Record) -> Result<String, Error> {
    let sealed = Sealed {
        record,
        checksum: seal(record)?,
    };
    let text = serde_json::to_string_pretty(&sealed).map_err(|why| unwritable(&why))?;
    Ok(text + "\n")
}

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

fn taken(path: &Path) -> Error {
    Error::File {
        doing: "write",
        path: path.to_owned(),
        why: "there is a file of that name already".to_owned(),
        hint: Some("choose another name, or overwrite it with `--force`".to_owned()),
    }
}
