//! Where the cells and records of some text end.
//!
//! Works on masks of 64 bytes at a time, one bit a byte, so that a cell costs a
//! few instructions, not a comparison for every byte of it.

use wide::u8x16;

/// The places of the delimiters and line ends of some text, quoted ones left out.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Where each cell ends.
    pub(super) ends: Vec<u32>,
    /// For each record, how many of `ends` come before its own end is reached.
    pub(super) records: Vec<u32>,
}

impl Index {
    /// Finds the cells and records of `text[part]`, whose quotes work out.
    pub(super) fn fill(&mut self, text: &[u8], part: std::ops::Range<usize>, delimiter: u8) {
        self.ends.clear();
        self.records.clear();
        let bytes = text.get(part.clone()).unwrap_or_default();
        let (blocks, tail) = bytes.as_chunks::<64>();
        let mut inside = 0_u64;
        let mut at = position(part.start);
        for block in blocks {
            inside = self.block(block, at, delimiter, inside);
            at += 64;
        }
        if !tail.is_empty() {
            let mut block = [0; 64];
            for (place, byte) in block.iter_mut().zip(tail) {
                *place = *byte;
            }
            self.block(&block, at, delimiter, inside);
        }
        if !matches!(bytes.last(), None | Some(b'\n' | b'\r')) {
            self.ends.push(position(part.end));
            self.records.push(position(self.ends.len()));
        }
    }

    /// Takes 64 bytes; `inside` is all ones within quotes, before and after.
    #[inline]
    fn block(&mut self, block: &[u8; 64], at: u32, delimiter: u8, inside: u64) -> u64 {
        let masks = Masks::of(block, delimiter);
        // Each quote turns the state over; a doubled one does so twice.
        let mut quoted = masks.quotes;
        for shift in [1, 2, 4, 8, 16, 32] {
            quoted ^= quoted << shift;
        }
        quoted ^= inside;
        let lines = masks.lines & !quoted;
        let mut left = (masks.delimiters & !quoted) | lines;
        let before = self.ends.len();
        // Gathered first and taken over at once, which is quicker than one by one.
        let (mut ends, mut count) = ([0; 64], 0);
        while left != 0 {
            if let Some(end) = ends.get_mut(count & 63) {
                *end = at + left.trailing_zeros();
            }
            count += 1;
            left &= left - 1;
        }
        self.ends
            .extend_from_slice(ends.get(..count).unwrap_or_default());
        let mut left = lines;
        while left != 0 {
            let through =
                (u64::MAX >> (63 - left.trailing_zeros())) & (masks.delimiters & !quoted | lines);
            self.records.push(position(before) + through.count_ones());
            left &= left - 1;
        }
        0_u64.wrapping_sub(quoted >> 63)
    }
}

/// A place in a piece; pieces are far smaller than 4 GiB.
fn position(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// Where in 64 bytes the bytes that matter stand, one bit each.
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
