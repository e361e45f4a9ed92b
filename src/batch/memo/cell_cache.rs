//! Remembers the class of each cell by its letters.
//!
//! A column has few different cells, or contains days. Each text is read once by the engine's
//! reader; later its class is looked up. Full tables are cleared, so that memory use stays limited.

use std::hash::Hasher;

use super::class::Class;
use crate::batch::csv::records::{BLOCK, Cells, LONG};

pub use long::Texts;

mod long;

/// Number of slots for short cells.
const SHORT: usize = 1 << 10;

/// Days from this year on are remembered by their number.
const FIRST_YEAR: usize = 1900;
const YEARS: usize = 200;

/// The class is not known yet.
pub const NEW: Class = Class::MAX - 1;

/// The cells of one column that occurred so far.
#[derive(Debug)]
pub struct CellCache {
    short: Vec<(u128, Class)>,
    days: Vec<Class>,
    long: Texts,
}

impl CellCache {
    /// An empty cache. `dated` columns remember days by their number.
    #[must_use]
    pub fn new(dated: bool) -> Self {
        Self {
            short: vec![(LONG, NEW); SHORT],
            days: if dated {
                vec![NEW; YEARS * 372]
            } else {
                Vec::new()
            },
            long: Texts::default(),
        }
    }

    /// Writes the class of each row's cell to `classes`; [`NEW`] if it did not occur before.
    pub fn get_all(&self, rows: &[Cells<'_>], column: usize, classes: &mut [Class; BLOCK]) {
        for (cells, class) in rows.iter().zip(classes) {
            let (raw, letters) = cells.letters(column);
            *class = self.get(raw, letters);
        }
    }

    /// The class of a cell with these letters; [`NEW`] if it did not occur before.
    #[inline]
    #[must_use]
    pub fn get(&self, raw: &[u8], letters: u128) -> Class {
        if letters == LONG {
            return self.long.get(raw).unwrap_or(NEW);
        }
        if let Some(class) = self.day(letters) {
            return class;
        }
        match self.short.get(slot(letters)) {
            Some((known, class)) if *known == letters => *class,
            _ => NEW,
        }
    }

    #[inline]
    fn day(&self, letters: u128) -> Option<Class> {
        let dated = !self.days.is_empty() && letters >> 120 == 10;
        let day = dated.then(|| day(letters))?;
        self.days.get(day?).copied()
    }

    /// Remembers the class of a cell.
    pub fn insert(&mut self, raw: &[u8], letters: u128, class: Class) {
        if letters == LONG {
            self.long.insert(raw, class);
        } else if self.day(letters).is_some() {
            if let Some(place) = day(letters).and_then(|day| self.days.get_mut(day)) {
                *place = class;
            }
        } else if let Some(place) = self.short.get_mut(slot(letters)) {
            *place = (letters, class);
        }
    }
}

#[inline]
fn slot(letters: u128) -> usize {
    let (low, high) = halves(letters);
    let mixed = (low ^ high.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    usize::try_from(mixed >> 54).unwrap_or(0) % SHORT
}

/// The low and the high eight bytes.
#[inline]
fn halves(letters: u128) -> (u64, u64) {
    #[expect(clippy::cast_possible_truncation, reason = "the other half follows")]
    (letters as u64, (letters >> 64) as u64)
}

/// The number of the day for ten letters of the form `2026-11-20`. Days that do not exist have
/// numbers too.
#[inline]
fn day(letters: u128) -> Option<usize> {
    let (low, high) = halves(letters);
    // Subtracts `2026-11-` and `20` bytewise: `0` from each digit, and the dashes from themselves.
    let low = low ^ 0x2d30_302d_3030_3030;
    let high = (high & 0xffff) ^ 0x3030;
    // The highest bit of each byte that is no digit, or no dash where one must be. A carry comes only
    // from such a byte.
    let wrong = |word: u64, most: u64| (word.wrapping_add(most) | word) & 0x8080_8080_8080_8080;
    if wrong(low, 0x7f76_767f_7676_7676) | wrong(high, 0x7676) != 0 {
        return None;
    }
    // Each byte becomes the number of two digits that begins there.
    let pairs = |word: u64| word * 10 + (word >> 8);
    let pair = |word: u64, at: u32| (word >> (8 * at) & 0xff) as usize;
    let (start, end) = (pairs(low), pairs(high));
    let year = pair(start, 0) * 100 + pair(start, 2);
    let (month, day) = (pair(start, 5), pair(end, 0));
    let year = year.checked_sub(FIRST_YEAR).filter(|year| *year < YEARS)?;
    let real = (1..=12).contains(&month) && (1..=31).contains(&day);
    real.then(|| (year * 12 + month - 1) * 31 + day - 1)
}

/// A fast hash. Specially chosen letters can make it slow, but never wrong.
#[derive(Clone, Copy, Debug, Default)]
pub struct ByteHasher(u64);

impl Hasher for ByteHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, tail) = bytes.as_chunks::<8>();
        for word in words {
            self.write_u64(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        for (place, byte) in last.iter_mut().zip(tail) {
            *place = *byte;
        }
        self.write_u64(u64::from_le_bytes(last));
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_u16(&mut self, number: u16) {
        self.write_u64(number.into());
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

#[cfg(test)]
mod tests {
    use super::{CellCache, LONG, NEW, day};

    fn letters(text: &str) -> u128 {
        let mut bytes = [0; 16];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        bytes[15] = u8::try_from(text.len()).expect("short");
        u128::from_le_bytes(bytes)
    }

    #[test]
    fn what_spells_a_day() {
        assert_eq!(day(letters("1900-01-01")), Some(0));
        assert_eq!(day(letters("1900-02-01")), Some(31));
        assert_eq!(day(letters("2026-12-31")), Some((126 * 12 + 11) * 31 + 30));
        for text in [
            "2026/11/20",
            "2026-13-01",
            "2026-00-10",
            "2026-01-32",
            "1899-01-01",
            "2100-01-01",
            "20a6-11-20",
            "2026-1:-20",
            "2026-11-2x",
            "not sure!!",
            "2026-11-2\u{ff}",
        ] {
            assert_eq!(day(letters(text)), None, "{text}");
        }
    }

    #[test]
    fn each_text_is_remembered_and_none_for_another() {
        let mut cache = CellCache::new(true);
        let texts = [
            "no",
            "yes",
            "",
            "2026-11-20",
            "2026-11-21",
            "a much longer cell than most",
        ];
        for (class, text) in (0..).zip(texts) {
            let letters = if text.len() < 16 { letters(text) } else { LONG };
            assert_eq!(cache.get(text.as_bytes(), letters), NEW, "{text}");
            cache.insert(text.as_bytes(), letters, class);
            assert_eq!(cache.get(text.as_bytes(), letters), class, "{text}");
        }
    }
}
