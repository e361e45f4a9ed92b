//! Remembers long cells, such as lists of medicines.

use crate::batch::memo::class::Class;

/// Maximum number of remembered cells, and maximum bytes in total.
const MOST: usize = 1 << 15;
const MOST_BYTES: usize = 2 << 20;

/// Maximum size of a remembered cell in bytes.
const LONGEST: usize = 1 << 10;

/// Maximum number of places that are searched for a text, even with chosen collisions.
const REACH: usize = 16;

/// Texts and their classes. One array of places and one of letters keep memory access local.
#[derive(Debug, Default)]
pub struct Texts {
    places: Vec<Place>,
    letters: Vec<u8>,
    count: usize,
}

/// A place for a text; free if its length is 0.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    /// The bits of its hash that do not determine its place.
    mark: u32,
    /// The start of its letters.
    start: u32,
    length: u16,
    class: Class,
}

impl Texts {
    /// The remembered class of `text`. Not inlined, so that the search for short cells stays small.
    #[inline(never)]
    #[must_use]
    pub fn get(&self, text: &[u8]) -> Option<Class> {
        let hash = hash(text);
        for place in self.reach(hash) {
            if place.length == 0 {
                return None;
            }
            if place.mark == mark(hash) && self.letters(place) == Some(text) {
                return Some(place.class);
            }
        }
        None
    }

    /// Remembers the class of `text`, which must not be empty. If there is no space left,
    /// everything is forgotten first.
    pub fn insert(&mut self, text: &[u8], class: Class) {
        let Some(length) = u16::try_from(text.len())
            .ok()
            .filter(|length| usize::from(*length) <= LONGEST)
        else {
            return;
        };
        if self.count >= MOST || self.letters.len() + text.len() > MOST_BYTES {
            self.places.fill(Place::default());
            self.letters.clear();
            self.count = 0;
        }
        if self.count * 4 >= self.places.len() * 3 {
            self.grow();
        }
        let hash = hash(text);
        let place = Place {
            mark: mark(hash),
            start: u32::try_from(self.letters.len()).unwrap_or(u32::MAX),
            length,
            class,
        };
        if self.put(hash, place) {
            self.letters.extend_from_slice(text);
            self.count += 1;
        }
    }

    fn grow(&mut self) {
        let room = (self.places.len() * 2).max(1 << 8);
        let old = std::mem::replace(&mut self.places, vec![Place::default(); room]);
        for place in old.into_iter().filter(|place| place.length > 0) {
            if let Some(hash) = self.letters(&place).map(hash) {
                self.put(hash, place);
            }
        }
    }

    /// Stores a text in one of its possible places; false if all are taken.
    fn put(&mut self, hash: u64, place: Place) -> bool {
        let first = self.first(hash);
        let mut reach = self.places.iter_mut().skip(first).take(REACH);
        match reach.find(|place| place.length == 0) {
            Some(free) => {
                *free = place;
                true
            }
            None => false,
        }
    }

    /// The possible places of a text with this hash.
    #[inline]
    fn reach(&self, hash: u64) -> &[Place] {
        let first = self.first(hash);
        let last = self.places.len().min(first + REACH);
        self.places.get(first..last).unwrap_or_default()
    }

    #[inline]
    fn first(&self, hash: u64) -> usize {
        // The number of places is a power of two, at most 2 to the 16th.
        let spread = usize::try_from(hash >> 48).unwrap_or(0);
        spread & self.places.len().wrapping_sub(1)
    }

    #[inline]
    fn letters(&self, place: &Place) -> Option<&[u8]> {
        let start = place.start as usize;
        self.letters.get(start..start + usize::from(place.length))
    }
}

#[inline]
fn mark(hash: u64) -> u32 {
    u32::try_from(hash >> 32).unwrap_or(0)
}

/// A fast hash. Specially chosen texts can make it slow, but never wrong.
#[inline]
fn hash(text: &[u8]) -> u64 {
    const MIX: u64 = 0x517c_c1b7_2722_0a95;
    let add = |hash: u64, word: [u8; 8]| {
        (hash.rotate_left(23) ^ u64::from_le_bytes(word)).wrapping_mul(MIX)
    };
    let (words, _) = text.as_chunks::<8>();
    let mut hash = words
        .iter()
        .fold(text.len() as u64, |h, word| add(h, *word));
    if let Some(last) = text.last_chunk::<8>() {
        hash = add(hash, *last);
    }
    hash ^ (hash >> 29)
}

#[cfg(test)]
mod tests {
    use super::{MOST, Texts, hash, mark};

    #[test]
    fn a_text_has_the_class_it_was_given() {
        let mut texts = Texts::default();
        let text = |number: u16| format!("a long cell of the table, number {number}");
        for number in 0..5000 {
            assert_eq!(texts.get(text(number).as_bytes()), None);
            texts.insert(text(number).as_bytes(), number);
        }
        let known = (0..5000).filter(|number| {
            let class = texts.get(text(*number).as_bytes());
            assert!(class.is_none_or(|class| class == *number));
            class.is_some()
        });
        assert!(known.count() > 4900);
    }

    #[test]
    fn what_is_remembered_stays_small() {
        let mut texts = Texts::default();
        for number in 0..3 * MOST {
            texts.insert(format!("{number:>200}").as_bytes(), 1);
        }
        texts.insert(&[b'x'; 5000], 1);
        assert_eq!(texts.get(&[b'x'; 5000]), None);
        assert!(texts.places.len() <= 2 * MOST && texts.letters.capacity() <= 4 << 20);
    }

    #[test]
    fn texts_with_equal_hashes_are_distinguished() {
        let mut texts = Texts::default();
        let (one, other) = (b"azathioprine 50 mg", b"paracetamol 500 mg");
        texts.insert(one, 1);
        let place = texts.places.iter().find(|place| place.length > 0);
        let mut place = *place.expect("it is there");
        place.mark = mark(hash(other));
        assert!(texts.put(hash(other), place));
        assert_eq!(texts.get(other), None);
        assert_eq!(texts.get(one), Some(1));
    }
}
