//! Splits a table into chunks of whole records, whatever its quotes are.
//!
//! A record ends at a line end outside quotes. A quote may be invalid (unclosed, or in a wrong
//! position). Then only the first physical line of its record is given up. Reading continues with
//! the next line, so nothing after it is lost. Memory use is limited: only one chunk is held, and a
//! quoted cell has at most [`LONGEST_CELL`] bytes.

use std::io::Read;

use super::chunk::{Chunk, ReadError, lines};
use super::index::{Index, Quotes};
use super::quotes::{Broken, Fault, LONGEST_CELL, Structure, line_end, structure};

/// Maximum size of a record in bytes. The first line of a longer record is skipped.
const LONGEST_LINE: usize = 8 << 20;

/// Splits a stream into chunks.
#[derive(Debug)]
pub struct Splitter<R> {
    reader: R,
    /// Bytes that were read but not returned yet, with spare capacity.
    rest: Vec<u8>,
    /// How many bytes of `rest` were read.
    known: usize,
    ended: bool,
    delimiter: u8,
    size: usize,
    strict: bool,
    number: usize,
    line: u64,
    last_line: Option<u64>,
}

impl<R: Read> Splitter<R> {
    /// Splits `reader` into chunks of about `size` bytes. If `strict`, text that is not UTF-8 is
    /// refused; otherwise such lines are read as windows-1252.
    pub fn new(reader: R, size: usize, strict: bool) -> Self {
        Self {
            reader,
            rest: Vec::new(),
            known: 0,
            ended: false,
            delimiter: b',',
            size: size.max(1),
            strict,
            number: 0,
            line: 1,
            last_line: None,
        }
    }

    /// Sets the delimiter between cells.
    pub fn delimit(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
    }

    /// The first bytes of the input, without consuming them: at least `least`, if the input has as
    /// many.
    ///
    /// # Errors
    ///
    /// If the input cannot be read.
    pub fn peek(&mut self, least: usize) -> Result<&[u8], ReadError> {
        self.fill(least)?;
        Ok(self.known())
    }

    /// Skips the next `count` bytes.
    pub fn skip(&mut self, count: usize) {
        let count = count.min(self.known);
        self.line += lines(self.known().get(..count).unwrap_or_default());
        self.rest.drain(..count);
        self.known -= count;
    }

    /// The line number of the next byte.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Whether text that is not UTF-8 is refused.
    #[must_use]
    pub fn is_strict(&self) -> bool {
        self.strict
    }

    /// Stops after the chunk in which about this many lines have been read.
    pub fn stop_after(&mut self, lines: u64) {
        self.last_line = Some(self.line + lines);
    }

    /// The next chunk; none at the end. It reuses the memory of `spare`.
    ///
    /// # Errors
    ///
    /// If the input cannot be read, or is not a table.
    pub fn next_chunk(&mut self, mut spare: Chunk) -> Result<Option<Chunk>, ReadError> {
        let mut size = self.size;
        loop {
            self.fill(size)?;
            if self.known == 0 || self.last_line.is_some_and(|last| self.line > last) {
                return Ok(None);
            }
            if self.ended && !matches!(self.known().last(), Some(b'\n' | b'\r')) {
                self.rest.truncate(self.known);
                self.rest.push(b'\n');
                self.known += 1;
            }
            spare.indexed = false;
            let quick = self.indexed(&mut spare.index);
            let structure = match quick {
                Some(end) => Structure {
                    end,
                    broken: Vec::new(),
                },
                None => structure(self.known(), self.delimiter, self.ended),
            };
            if structure.end > 0 {
                spare.indexed = quick.is_some();
                return Ok(Some(self.take(structure, spare)));
            }
            if self.known > LONGEST_LINE {
                return self.without_line(spare).map(Some);
            }
            size = (self.known * 2).min(LONGEST_LINE + 1);
        }
    }

    /// Skips the next line, and returns a chunk that reports it.
    fn without_line(&mut self, spare: Chunk) -> Result<Chunk, ReadError> {
        let chunk = Chunk {
            number: self.number,
            line: self.line,
            bytes: b"\n".to_vec(),
            broken: vec![Broken {
                start: 0,
                end: 0,
                next: 1,
                quote: 0,
                fault: Fault::TooLong,
            }],
            foreign: None,
            ..spare
        };
        self.number += 1;
        loop {
            if let Some((_, next)) = line_end(self.known(), 0, self.ended) {
                self.skip(next);
                return Ok(chunk);
            }
            // A line feed may follow a carriage return.
            let kept = usize::from(self.known().ends_with(b"\r"));
            self.skip(self.known - kept);
            self.fill(self.size + kept)?;
        }
    }

    /// Bytes that were read but not returned yet.
    fn known(&self) -> &[u8] {
        self.rest.get(..self.known).unwrap_or_default()
    }

    /// Finds the cells of the known bytes, and the end of their whole records. This is fast, but
    /// only works if all quotes are valid and no cell can be too long.
    fn indexed(&self, index: &mut Index) -> Option<usize> {
        let known = self.known();
        if known.len() > LONGEST_CELL {
            return None;
        }
        let quotes = index.scan(known, 0..known.len(), self.delimiter);
        if quotes == Quotes::Wrong || (self.ended && quotes == Quotes::Open) {
            return None;
        }
        // A line feed may follow.
        let last = known.len() - 1;
        if !self.ended && index.last() == Some(last) && known.ends_with(b"\r") {
            index.leave_last();
        }
        index.last().map(|end| end + 1)
    }

    fn fill(&mut self, size: usize) -> Result<(), ReadError> {
        if self.ended || self.known >= size {
            return Ok(());
        }
        if self.rest.len() < size {
            self.rest.resize(size, 0);
        }
        while let Some(room) = self.rest.get_mut(self.known..size)
            && !room.is_empty()
        {
            match self.reader.read(room) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(count) => self.known += count,
                Err(why) if why.kind() == std::io::ErrorKind::Interrupted => {}
                Err(why) => return Err(ReadError::Input(why)),
            }
        }
        Ok(())
    }

    fn take(&mut self, structure: Structure, spare: Chunk) -> Chunk {
        let mut rest = spare.bytes;
        let left = self.known().get(structure.end..).unwrap_or_default();
        if rest.len() < left.len() {
            rest.resize(left.len(), 0);
        }
        for (place, byte) in rest.iter_mut().zip(left) {
            *place = *byte;
        }
        self.known = left.len();
        let mut bytes = std::mem::replace(&mut self.rest, rest);
        bytes.truncate(structure.end);
        let chunk = Chunk {
            number: self.number,
            line: self.line,
            bytes,
            broken: structure.broken,
            foreign: None,
            index: spare.index,
            indexed: spare.indexed,
        };
        self.number += 1;
        self.line += lines(&chunk.bytes);
        chunk
    }
}

#[cfg(test)]
mod tests;
