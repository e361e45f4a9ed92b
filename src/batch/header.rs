//! The headings of a table, and its first record.

use super::csv::chunk::Chunk;
use super::csv::quotes::{line_end, structure};
use super::csv::records::{Record, for_each};

/// The heading of a table.
#[derive(Clone, Debug)]
pub struct Heading {
    /// The cells.
    pub names: Vec<String>,
    /// The record as it stands there, in UTF-8.
    pub text: Vec<u8>,
    /// What stands between its cells.
    pub delimiter: u8,
    /// Whether it was no UTF-8.
    pub foreign: bool,
    /// Where nothing in it is known: the line below that reads like headings.
    pub below: Option<u64>,
}

/// The cells of the first record, and how long it is with its line end.
pub(super) fn first_record(bytes: &[u8], delimiter: u8) -> Option<(Vec<String>, usize)> {
    let found = structure(bytes, delimiter, true);
    if found.broken.first().is_some_and(|broken| broken.start == 0) {
        return None;
    }
    // The record goes as far as the first line end at which the quotes work out.
    let mut length = 0;
    loop {
        (_, length) = line_end(bytes, length, true)?;
        let part = bytes.get(..length)?;
        if length >= bytes.len() || structure(part, delimiter, true).broken.is_empty() {
            break;
        }
    }
    let (text, _) = decoded(bytes.get(..length)?);
    let chunk = Chunk {
        bytes: text,
        ..Chunk::default()
    };
    let mut names = Vec::new();
    for_each(&chunk, delimiter, None, &mut |record| {
        if let Record::Cells(cells) = record
            && names.is_empty()
        {
            names = (0..cells.len())
                .map(|column| cells.cell(column).trim().to_owned())
                .collect();
        }
    });
    Some((names, length))
}

pub(super) fn decoded(raw: &[u8]) -> (Vec<u8>, bool) {
    if std::str::from_utf8(raw).is_ok() {
        return (raw.to_vec(), false);
    }
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(raw);
    (text.into_owned().into_bytes(), true)
}
