//! A chunk of a table: whole records, in UTF-8.

use memchr::{memchr, memchr_iter};

use super::index::Index;
use super::quotes::{Broken, structure};

/// Whole records, in UTF-8.
#[derive(Debug, Default)]
pub struct Chunk {
    /// Its place among the pieces, from 0.
    pub number: usize,
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Its text; ends with a line end.
    pub bytes: Vec<u8>,
    /// Lines whose quotes do not work out, in order.
    pub broken: Vec<Broken>,
    /// The first line that was no UTF-8 and was read as windows-1252.
    pub foreign: Option<u64>,
    /// Its cells, where `indexed`.
    pub index: Index,
    /// Whether they have been found, and nothing is broken.
    pub indexed: bool,
}

/// Why no further piece could be had.
#[derive(Debug)]
pub enum ReadError {
    /// The input could not be read.
    Input(std::io::Error),
    /// This line is not in the encoding that was named.
    NotUtf8(u64),
}

impl Chunk {
    /// Makes it UTF-8: lines that are none are read as windows-1252.
    ///
    /// # Errors
    ///
    /// When there are some, with `strict`.
    pub fn in_utf8(&mut self, delimiter: u8, strict: bool) -> Result<(), ReadError> {
        if std::str::from_utf8(&self.bytes).is_ok() {
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

/// How many lines end in `bytes`.
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

/// The same text with every line that is no UTF-8 read as windows-1252, and
/// the first such line.
pub(super) fn in_utf8(bytes: &[u8], first_line: u64) -> (Vec<u8>, u64) {
    let mut text = Vec::with_capacity(bytes.len() + bytes.len() / 8);
    let (mut line, mut foreign, mut before) = (first_line, None, 0);
    for part in bytes.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
        if std::str::from_utf8(part).is_ok() {
            text.extend_from_slice(part);
        } else {
            foreign.get_or_insert(line);
            // What looks like a byte-order mark is none in the middle of a table.
            let (decoded, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(part);
            text.extend_from_slice(decoded.as_bytes());
        }
        // The line feed after a return ends no line of its own.
        line += u64::from(part != b"\n" || before != b'\r');
        before = part.last().copied().unwrap_or_default();
    }
    (text, foreign.unwrap_or(first_line))
}
