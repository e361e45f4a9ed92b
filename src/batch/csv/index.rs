//! Finds where the cells and records of a text end.
//!
//! It works on masks of 64 bytes, with one bit for each byte. So a cell takes a few instructions
//! instead of one comparison per byte.

use std::ops::Range;

use wide::u8x16;

/// For each block of 64 bytes, this many cells are written even if there are fewer. This is faster
/// than counting first, and few blocks have more.
const AT_ONCE: usize = 12;

/// The positions of the delimiters and line ends of a text, without quoted ones.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The end of each cell, with spare capacity.
    ends: Vec<u32>,
    /// The number of cells.
    cells: usize,
    /// For each record, the number of `ends` up to and including its own end, with spare capacity.
    records: Vec<u32>,
    /// The number of records.
    whole: usize,
}

/// The state between blocks of 64 bytes; each field is all ones, or only its lowest bit.
#[derive(Clone, Copy, Debug)]
struct State {
    /// All ones within quotes.
    inside: u64,
    /// Set if the previous byte ends a cell.
    separated: u64,
    /// Set if the previous byte closes a quote.
    closed: u64,
    /// The quotes in invalid positions.
    wrong: u64,
}

/// Whether the quotes of a text are valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quotes {
    /// They are valid.
    Closed,
    /// They are valid so far; the last one is still open.
    Open,
    /// They are invalid.
    Wrong,
}

impl Index {
    /// Finds the cells and records of `text[part]`, whose quotes must be valid.
    pub(super) fn fill(&mut self, text: &[u8], part: Range<usize>, delimiter: u8) {
        self.scan(text, part.clone(), delimiter);
        let last = part.end.checked_sub(1).filter(|last| *last >= part.start);
        let last = last.and_then(|last| text.get(last));
        if !matches!(last, None | Some(b'\n' | b'\r')) {
            self.make_room();
            if let Some(end) = self.ends.get_mut(self.cells) {
                *end = position(part.end);
                self.cells += 1;
            }
            if let Some(record) = self.records.get_mut(self.whole) {
                *record = position(self.cells);
                self.whole += 1;
            }
        }
    }

    /// Finds the cells of `text[part]`, which begins with a record, and the records that end in it.
    /// If quotes are wrong, the result has no meaning.
    pub fn scan(&mut self, text: &[u8], part: Range<usize>, delimiter: u8) -> Quotes {
        (self.cells, self.whole) = (0, 0);
        let bytes = text.get(part.clone()).unwrap_or_default();
        let (blocks, tail) = bytes.as_chunks::<64>();
        let mut state = State {
            inside: 0,
            separated: 1,
            closed: 0,
            wrong: 0,
        };
        let mut at = position(part.start);
        for block in blocks {
            self.block(block, at, delimiter, u64::MAX, &mut state);
            at += 64;
        }
        if !tail.is_empty() {
            let mut block = [0; 64];
            for (place, byte) in block.iter_mut().zip(tail) {
                *place = *byte;
            }
            let known = u64::MAX >> (64 - tail.len());
            self.block(&block, at, delimiter, known, &mut state);
        }
        match (state.wrong, state.inside) {
            (0, 0) => Quotes::Closed,
            (0, _) => Quotes::Open,
            _ => Quotes::Wrong,
        }
    }

    /// The end positions of the cells in this range.
    #[inline]
    pub(super) fn ends(&self, cells: Range<usize>) -> &[u32] {
        self.ends.get(cells).unwrap_or_default()
    }

    /// For each record, the number of the cell after its last.
    #[inline]
    pub(super) fn records(&self) -> &[u32] {
        self.records.get(..self.whole).unwrap_or_default()
    }

    /// The position of the last record's end.
    #[must_use]
    pub fn last(&self) -> Option<usize> {
        let last = self.records().last()?.checked_sub(1)?;
        self.ends.get(last as usize).map(|end| *end as usize)
    }

    /// Removes the last record.
    pub fn leave_last(&mut self) {
        self.whole = self.whole.saturating_sub(1);
    }

    /// The number of cells.
    pub(super) fn cells(&self) -> usize {
        self.cells
    }

    /// Reserves space for the cells and records of 64 bytes.
    #[inline]
    fn make_room(&mut self) {
        if self.ends.len() < self.cells + 64 {
            self.ends.resize(2 * self.ends.len() + 64, 0);
        }
        if self.records.len() < self.whole + 64 {
            self.records.resize(2 * self.records.len() + 64, 0);
        }
    }

    /// Processes 64 bytes, of which only those in `known` count.
    #[inline]
    fn block(&mut self, block: &[u8; 64], at: u32, delimiter: u8, known: u64, state: &mut State) {
        let masks = Masks::of(block, delimiter);
        // Each quote inverts the state; a doubled quote inverts it twice.
        let mut quoted = masks.quotes;
        if quoted != 0 {
            for shift in [1, 2, 4, 8, 16, 32] {
                quoted ^= quoted << shift;
            }
        }
        quoted ^= state.inside;
        let lines = masks.lines & !quoted;
        let separators = (masks.delimiters & !quoted) | lines;
        state.follow(masks.quotes, quoted, separators, known);
        self.make_room();
        self.note_records(separators, lines);
        self.note_cells(separators, at);
    }

    #[inline]
    fn note_records(&mut self, separators: u64, lines: u64) {
        let room = self.records.get_mut(self.whole..);
        let Some(room) = room.and_then(|room| room.first_chunk_mut::<64>()) else {
            return;
        };
        let before = position(self.cells);
        let (mut left, mut count) = (lines, 0);
        // Most blocks have at most one line end, so the first is written without a check.
        loop {
            let through = separators & (left ^ left.wrapping_sub(1));
            if let Some(record) = room.get_mut(count & 63) {
                *record = before + through.count_ones();
            }
            count += usize::from(left != 0);
            left &= left.wrapping_sub(1);
            if left == 0 {
                break;
            }
        }
        self.whole += count;
    }

    #[inline]
    fn note_cells(&mut self, separators: u64, at: u32) {
        let room = self.ends.get_mut(self.cells..);
        let Some(room) = room.and_then(|room| room.first_chunk_mut::<64>()) else {
            return;
        };
        let mut left = separators;
        let mut note = |place: &mut u32| {
            *place = at + left.trailing_zeros();
            left &= left.wrapping_sub(1);
            left
        };
        let (first, rest) = room.split_at_mut(AT_ONCE);
        let mut more = 0;
        for place in first {
            more = note(place);
        }
        for place in rest {
            if more == 0 {
                break;
            }
            more = note(place);
        }
        self.cells += separators.count_ones() as usize;
    }
}

impl State {
    /// Checks the quotes of 64 bytes. An opening quote must be at the start of a cell or double the
    /// previous one. After a closing quote the cell must end, or the quote is doubled.
    #[inline]
    fn follow(&mut self, quotes: u64, inside: u64, separators: u64, known: u64) {
        let opening = quotes & inside;
        let closing = quotes & !inside;
        let after_separator = separators << 1 | self.separated;
        let after_closing = closing << 1 | self.closed;
        self.wrong |= known
            & (opening & !(after_separator | after_closing)
                | after_closing & !(separators | opening));
        self.inside = 0_u64.wrapping_sub(inside >> 63);
        self.separated = separators >> 63;
        self.closed = closing >> 63;
    }
}

/// A position in a chunk; chunks are much smaller than 4 GiB.
fn position(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// The positions of the relevant bytes among 64 bytes, one bit each.
struct Masks {
    quotes: u64,
    delimiters: u64,
    lines: u64,
}

impl Masks {
    #[inline]
    fn of(block: &[u8; 64], delimiter: u8) -> Self {
        let mut masks = Self {
            quotes: 0,
            delimiters: 0,
            lines: 0,
        };
        let (parts, _) = block.as_chunks::<16>();
        let [quote, delimiter, feed, back] = [b'"', delimiter, b'\n', b'\r'].map(u8x16::splat);
        for (number, part) in parts.iter().enumerate() {
            let part = u8x16::new(*part);
            let shift = number * 16;
            let place = |found: u8x16| u64::from(found.to_bitmask()) << shift;
            masks.quotes |= place(part.simd_eq(quote));
            masks.delimiters |= place(part.simd_eq(delimiter));
            masks.lines |= place(part.simd_eq(feed) | part.simd_eq(back));
        }
        masks
    }
}
