//! A chunk of a table: whole records, in UTF-8.

use memchr::{memchr, memchr_iter};

use super::index::Index;
use super::quotes::{Broken, structure};

/// Whole records, in UTF-8.
#[derive(Debug, Default)]
pub struct Chunk {
    /// Its number among the chunks, from 0.
    pub number: usize,
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Its text, which ends with a line end.
    pub bytes: Vec<u8>,
    /// Lines with quoting errors, in order.
    pub broken: Vec<Broken>,
    /// The first line that was not UTF-8 and was read as windows-1252.
    pub foreign: Option<u64>,
    /// Its cells, if `indexed`.
    pub index: Index,
    /// Whether the cells have been found and no line is broken.
    pub indexed: bool,
}

/// Why no further chunk can be read.
#[derive(Debug)]
pub enum ReadError {
    /// The input could not be read.
    Input(std::io::Error),
    /// This line is not in the encoding that was named.
    NotUtf8(u64),
}

impl Chunk {
    /// Converts it to UTF-8: lines that are not UTF-8 are read as windows-1252.
    ///
    /// # Errors
    ///
    /// If there are such lines and `strict` is true.
    pub fn in_utf8(&mut self, delimiter: u8, strict: bool) -> Result<(), ReadError> {
        if simdutf8::basic::from_utf8(&self.bytes).is_ok() {
            return Ok(());
        }
        let (text, foreign) = in_utf8(&self.bytes, self.line);
        if strict {
            return Err(ReadError::NotUtf8(foreign));
        }
        self.broken = structure(&text, delimiter, true).broken;
        self.bytes = text;
        self.foreign = Some(foreign);
        self.indexed = false;
        Ok(())
    }
}

/// The number of line ends in `bytes`.
#[must_use]
pub fn lines(bytes: &[u8]) -> u64 {
    let feeds = memchr_iter(b'\n', bytes).count();
    let lone = |at: &usize| bytes.get(at + 1) != Some(&b'\n');
    let returns = match memchr(b'\r', bytes) {
        None => 0,
        Some(_) => memchr_iter(b'\r', bytes).filter(lone).count(),
    };
    (feeds + returns) as u64
}

/// The text with each line that is not UTF-8 decoded as windows-1252, and the first such line.
pub(super) fn in_utf8(bytes: &[u8], first_line: u64) -> (Vec<u8>, u64) {
    let mut text = Vec::with_capacity(bytes.len() + bytes.len() / 8);
    let (mut line, mut foreign, mut before) = (first_line, None, 0);
    for part in bytes.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
        if std::str::from_utf8(part).is_ok() {
            text.extend_from_slice(part);
        } else {
            foreign.get_or_insert(line);
            // In the middle of a table, these bytes are not a byte-order mark.
            let (decoded, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(part);
            text.extend_from_slice(decoded.as_bytes());
        }
        // A line feed after a carriage return belongs to the same line end.
        line += u64::from(part != b"\n" || before != b'\r');
        before = part.last().copied().unwrap_or_default();
    }
    (text, foreign.unwrap_or(first_line))
}
