//! The records of a chunk and the cells of each record.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr2;

use super::chunk::Chunk;
use super::index::Index;
use super::quotes::{Broken, Structure, fault_of, line_end, structure};

/// The number of records that are processed together.
pub const BLOCK: usize = 64;

/// One record of a chunk.
#[derive(Clone, Copy, Debug)]
pub enum Record<'a> {
    /// A record with valid quotes.
    Cells(Cells<'a>),
    /// A line with a quoting error.
    Broken(Broken),
}

/// What is found in a chunk.
#[derive(Clone, Copy, Debug)]
pub enum Found<'a> {
    /// Records with the same number of cells as the heading, at most [`BLOCK`].
    Rows(&'a [Cells<'a>]),
    /// Any other record.
    Other(Record<'a>),
}

/// The cells of one record.
#[derive(Clone, Copy, Debug)]
pub struct Cells<'a> {
    text: &'a [u8],
    start: usize,
    ends: &'a [u32],
}

impl<'a> Cells<'a> {
    /// The number of cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no cells; always false.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Where cell number `column` is; empty when there is no such cell.
    #[inline]
    fn range(&self, column: usize) -> Range<usize> {
        let start = match column.checked_sub(1) {
            None => self.start,
            Some(before) => self
                .ends
                .get(before)
                .map_or(usize::MAX, |end| *end as usize + 1),
        };
        start..self.ends.get(column).map_or(0, |end| *end as usize)
    }

    /// Cell number `column` exactly as in the file, with its quotes; empty if there is no such
    /// cell.
    #[inline]
    #[must_use]
    pub fn raw(&self, column: usize) -> &'a [u8] {
        self.text.get(self.range(column)).unwrap_or_default()
    }

    /// Cell number `column` as in the file, and its letters packed into one number. That is possible
    /// for up to 15 letters; the top byte is their count. For a longer cell the number is [`LONG`].
    #[inline]
    #[must_use]
    pub fn letters(&self, column: usize) -> (&'a [u8], u128) {
        let range = self.range(column);
        let start = range.start;
        let raw = self.text.get(range).unwrap_or_default();
        let Some(mask) = FIRST.get(raw.len()) else {
            return (raw, LONG);
        };
        // Copies sixteen bytes at once, if the text is long enough.
        let window = self.text.get(start..).and_then(<[u8]>::first_chunk::<16>);
        let letters = window.map_or_else(|| padded(raw), |window| u128::from_le_bytes(*window));
        (raw, letters & mask | (raw.len() as u128) << 120)
    }

    /// The letters of the cells `first` to `last` and the bytes between them, packed into two
    /// numbers. That is possible for up to 31 letters in all; the top byte is their count. For more
    /// letters, both numbers are [`LONG`].
    #[inline]
    #[must_use]
    pub fn span(&self, first: usize, last: usize) -> [u128; 2] {
        let start = match first.checked_sub(1) {
            None => self.start,
            Some(before) => self
                .ends
                .get(before)
                .map_or(usize::MAX, |end| *end as usize + 1),
        };
        let end = self.ends.get(last).map_or(0, |end| *end as usize);
        let length = end.wrapping_sub(start);
        let window = self.text.get(start..).and_then(<[u8]>::first_chunk::<32>);
        let (Some(window), true) = (window, length < 32) else {
            return [LONG; 2];
        };
        let (pair, _) = window.as_chunks::<16>();
        let half = |n: usize| pair.get(n).map_or(0, |half| u128::from_le_bytes(*half));
        let low = FIRST.get(length).copied().unwrap_or(u128::MAX);
        let high = FIRST.get(length.saturating_sub(16)).copied().unwrap_or(0);
        [half(0) & low, half(1) & high | (length as u128) << 120]
    }

    /// The value of cell number `column`, without quotes.
    #[must_use]
    pub fn cell(&self, column: usize) -> Cow<'a, str> {
        unquoted(self.raw(column))
    }

    /// The whole record as in the file, without its line end.
    #[must_use]
    pub fn whole(&self) -> &'a [u8] {
        let end = self.ends.last().map_or(self.start, |end| *end as usize);
        self.text.get(self.start..end).unwrap_or_default()
    }

    /// Whether it is a blank line.
    fn is_blank(&self) -> bool {
        self.ends.len() == 1 && self.whole().is_empty()
    }

    /// Its start in the chunk.
    #[must_use]
    pub fn start(&self) -> usize {
        self.start
    }
}

/// The packed letters of a long cell.
pub const LONG: u128 = u128::MAX;

/// Masks for the first bytes of sixteen.
const FIRST: [u128; 16] = [
    0,
    u128::MAX >> 120,
    u128::MAX >> 112,
    u128::MAX >> 104,
    u128::MAX >> 96,
    u128::MAX >> 88,
    u128::MAX >> 80,
    u128::MAX >> 72,
    u128::MAX >> 64,
    u128::MAX >> 56,
    u128::MAX >> 48,
    u128::MAX >> 40,
    u128::MAX >> 32,
    u128::MAX >> 24,
    u128::MAX >> 16,
    u128::MAX >> 8,
];

#[cold]
fn padded(raw: &[u8]) -> u128 {
    let mut letters = [0; 16];
    for (place, byte) in letters.iter_mut().zip(raw) {
        *place = *byte;
    }
    u128::from_le_bytes(letters)
}

/// The value of a cell: without its quotes, and with doubled quotes made single.
#[must_use]
pub fn unquoted(raw: &[u8]) -> Cow<'_, str> {
    let text = std::str::from_utf8(raw).unwrap_or_default();
    let inner = text
        .strip_prefix('"')
        .and_then(|inner| inner.strip_suffix('"'));
    match inner {
        Some(inner) if inner.contains('"') => Cow::Owned(inner.replace("\"\"", "\"")),
        Some(inner) => Cow::Borrowed(inner),
        None => Cow::Borrowed(text),
    }
}

/// The number of unquoted delimiters in `text`.
#[must_use]
pub fn count(text: &[u8], delimiter: u8) -> usize {
    let mut index = Index::default();
    index.fill(text, 0..text.len(), delimiter);
    let last = usize::from(!text.is_empty() && !text.ends_with(b"\n"));
    index.cells().saturating_sub(last)
}

/// Calls `each` for every record of `chunk`, in order, without blank lines. For `width` see
/// [`blocks`].
pub fn for_each(
    chunk: &Chunk,
    delimiter: u8,
    width: Option<usize>,
    each: &mut impl FnMut(Record<'_>),
) {
    blocks(chunk, delimiter, width, &mut |found| match found {
        Found::Rows(rows) => rows.iter().for_each(|row| each(Record::Cells(*row))),
        Found::Other(record) => each(record),
    });
}

/// Calls `each` for the records of `chunk`, in order, without blank lines. Regular records are
/// passed in groups.
///
/// If `width` is known, a record over several lines with another number of cells is treated as an
/// unclosed quote. Its lines are then read one by one: two rows reported as broken are better than
/// one that hides a patient.
pub fn blocks(
    chunk: &Chunk,
    delimiter: u8,
    width: Option<usize>,
    each: &mut impl FnMut(Found<'_>),
) {
    let text = &chunk.bytes;
    if chunk.indexed {
        sound(text, 0, &chunk.index, delimiter, width, each);
    } else {
        within(text, 0, &chunk.broken, delimiter, width, each);
    }
}

fn within(
    text: &[u8],
    from: usize,
    broken: &[Broken],
    delimiter: u8,
    width: Option<usize>,
    each: &mut impl FnMut(Found<'_>),
) {
    let mut index = Index::default();
    let mut start = from;
    for line in broken {
        index.fill(text, start..line.start, delimiter);
        sound(text, start, &index, delimiter, width, each);
        each(Found::Other(Record::Broken(*line)));
        start = line.next;
    }
    index.fill(text, start..text.len(), delimiter);
    sound(text, start, &index, delimiter, width, each);
}

/// The records of a part that begins at `start` and has valid quotes.
fn sound(
    text: &[u8],
    mut start: usize,
    index: &Index,
    delimiter: u8,
    width: Option<usize>,
    each: &mut impl FnMut(Found<'_>),
) {
    let mut rows = Vec::with_capacity(BLOCK);
    let mut first = 0;
    for last in index.records() {
        let last = *last as usize;
        let ends = index.ends(first..last);
        let cells = Cells { text, start, ends };
        first = last;
        start = ends.last().map_or(start, |end| *end as usize) + 1;
        if width.is_none_or(|width| ends.len() == width) && !cells.is_blank() {
            rows.push(cells);
            if rows.len() == BLOCK {
                each(Found::Rows(&rows));
                rows.clear();
            }
            continue;
        }
        if cells.is_blank() {
            continue;
        }
        each(Found::Rows(&rows));
        rows.clear();
        if memchr2(b'\n', b'\r', cells.whole()).is_some() {
            reread(text, cells, delimiter, width, each);
        } else {
            each(Found::Other(Record::Cells(cells)));
        }
    }
    each(Found::Rows(&rows));
}

/// Reads the lines of a record that contains other records because of a wrong quote.
fn reread(
    text: &[u8],
    cells: Cells<'_>,
    delimiter: u8,
    width: Option<usize>,
    each: &mut impl FnMut(Found<'_>),
) {
    let start = cells.start();
    let text = text.get(..start + cells.whole().len()).unwrap_or_default();
    let (end, from) = line_end(text, start, true).unwrap_or((text.len(), text.len()));
    let (quote, fault) = fault_of(text, start, end, delimiter);
    each(Found::Other(Record::Broken(Broken {
        start,
        end,
        next: from,
        quote,
        fault,
    })));
    let rest = text.get(from..).unwrap_or_default();
    let Structure { mut broken, .. } = structure(rest, delimiter, true);
    for line in &mut broken {
        line.start += from;
        line.end += from;
        line.next += from;
        line.quote += from;
    }
    within(text, from, &broken, delimiter, width, each);
}
