//! Follows quotes one by one, to find whole records and broken lines.
//!
//! This is the slow and exact way. If all quotes are valid, [`super::records`] handles many bytes
//! at a time.

use memchr::{memchr, memchr2, memrchr2};

/// Maximum size of a quoted cell in bytes. A quote that is not closed within this size counts as
/// never closed.
pub const LONGEST_CELL: usize = 1 << 20;

/// A physical line with a quoting error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Its start in the chunk.
    pub start: usize,
    /// Its end, without the line end.
    pub end: usize,
    /// The start of the next line.
    pub next: usize,
    /// The position of the faulty quote.
    pub quote: usize,
    /// The error.
    pub fault: Fault,
}

/// A quoting error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It opens a cell and is never closed.
    Unclosed,
    /// It is inside a cell that does not begin with one, or it closes a cell that continues.
    Stray,
    /// There is no quote: the line was skipped because the row is too long.
    TooLong,
}

/// The end of the whole records, and the broken lines.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Structure {
    /// All records before this position are whole.
    pub end: usize,
    /// The lines with quoting errors.
    pub broken: Vec<Broken>,
}

/// Follows the quotes of `bytes`, which must begin with a record. `ended` means that no more bytes
/// follow.
#[must_use]
pub fn structure(bytes: &[u8], delimiter: u8, ended: bool) -> Structure {
    let mut found = Structure::default();
    // `record` is the start of the current record, and `at` the position reached.
    let (mut record, mut at) = (0, 0);
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(quote) = memchr(b'"', rest).map(|offset| at + offset) else {
            record = after_last_line(bytes, at, bytes.len(), ended).unwrap_or(record);
            break;
        };
        record = after_last_line(bytes, at, quote, true).unwrap_or(record);
        match closing(bytes, quote, record, delimiter, ended) {
            Quote::Closed(next) => {
                at = next;
                continue;
            }
            Quote::Unfinished => break,
            Quote::Fault(_) => {}
        }
        let Some((end, next)) = line_end(bytes, record, ended) else {
            break;
        };
        // The line is checked alone, because a record of several lines may fail on a later line.
        let (quote, fault) = fault_of(bytes, record, end, delimiter);
        found.broken.push(Broken {
            start: record,
            end,
            next,
            quote,
            fault,
        });
        (record, at) = (next, next);
    }
    found.end = record;
    found.broken.retain(|broken| broken.start < record);
    found
}

/// The result of following a quote.
enum Quote {
    /// It is closed; the cell ends at this position.
    Closed(usize),
    /// More bytes are needed.
    Unfinished,
    /// It is invalid.
    Fault(Fault),
}

/// Follows the quote at `quote` in the record that begins at `record`.
fn closing(bytes: &[u8], quote: usize, record: usize, delimiter: u8, ended: bool) -> Quote {
    let ends_cell = |byte: u8| byte == delimiter || matches!(byte, b'\n' | b'\r');
    let before = quote.checked_sub(1).and_then(|at| bytes.get(at));
    if quote != record && !before.is_some_and(|byte| ends_cell(*byte)) {
        return Quote::Fault(Fault::Stray);
    }
    let mut at = quote + 1;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(next) = memchr(b'"', rest).map(|offset| at + offset) else {
            return if ended || bytes.len() - quote > LONGEST_CELL {
                Quote::Fault(Fault::Unclosed)
            } else {
                Quote::Unfinished
            };
        };
        if next - quote > LONGEST_CELL {
            return Quote::Fault(Fault::Unclosed);
        }
        match bytes.get(next + 1) {
            Some(b'"') => at = next + 2,
            Some(byte) if ends_cell(*byte) => return Quote::Closed(next + 1),
            Some(_) => return Quote::Fault(Fault::Stray),
            None if ended => return Quote::Closed(next + 1),
            None => return Quote::Unfinished,
        }
    }
}

/// The first invalid quote of the line `start..end`.
#[must_use]
pub fn fault_of(bytes: &[u8], start: usize, end: usize, delimiter: u8) -> (usize, Fault) {
    let line = bytes.get(..end).unwrap_or_default();
    let mut at = start;
    while let Some(quote) = memchr(b'"', line.get(at..).unwrap_or_default()).map(|o| at + o) {
        match closing(line, quote, start, delimiter, true) {
            Quote::Closed(next) => at = next,
            Quote::Fault(fault) => return (quote, fault),
            Quote::Unfinished => break,
        }
    }
    (start, Fault::Unclosed)
}

/// The start of the line after the last line end in `from..to`. If the last known byte is a
/// carriage return, a line feed may still follow it.
fn after_last_line(bytes: &[u8], from: usize, to: usize, sure: bool) -> Option<usize> {
    let part = bytes.get(from..to)?;
    let mut end = from + memrchr2(b'\n', b'\r', part)?;
    if !sure && end + 1 == bytes.len() && bytes.get(end) == Some(&b'\r') {
        end = from + memrchr2(b'\n', b'\r', bytes.get(from..end)?)?;
    }
    Some(end + 1)
}

/// The end of the line that begins at `start`, and the start of the next line.
#[must_use]
pub fn line_end(bytes: &[u8], start: usize, ended: bool) -> Option<(usize, usize)> {
    let Some(end) = memchr2(b'\n', b'\r', bytes.get(start..)?).map(|offset| start + offset) else {
        return ended.then_some((bytes.len(), bytes.len()));
    };
    match (bytes.get(end), bytes.get(end + 1)) {
        (Some(b'\r'), Some(b'\n')) => Some((end, end + 2)),
        (Some(b'\r'), None) if !ended => None,
        _ => Some((end, end + 1)),
    }
}
