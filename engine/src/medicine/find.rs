//! The names in an entry.

use crate::normalize::normalize;

use super::entry::{self, Parsed, Place};
use super::forms::Forms;
use super::token::Token;
use super::{Entry, Name, Recogniser};

/// One entry, and how it can belong to the one before it.
pub(super) struct ReadEntry {
    pub entry: Entry,
    /// Whether it names no medicine and can go on about the one before it.
    pub goes_on: bool,
    /// Whether it says how many of something are taken.
    pub counted: bool,
    /// The form that it says, of its last medicine where it names several.
    pub forms: Forms,
}

/// A name in an entry and which words of the entry it takes.
pub(super) struct Found {
    pub name: usize,
    pub words: Vec<usize>,
}

/// The words of an entry and what each of them is.
pub(super) struct Analysis<'t> {
    pub tokens: Vec<Token<'t>>,
    pub found: Vec<Found>,
    pub places: Vec<Place>,
    pub parsed: Parsed,
    /// The words that the grammar has no use for, by number.
    pub left: Vec<usize>,
}

impl Recogniser {
    /// One entry; none when it holds nothing but strengths and frequencies.
    pub(super) fn entry(&self, text: &str) -> Option<ReadEntry> {
        let folded = normalize(text);
        let read = self.analyse(&folded);
        if read.found.is_empty() && read.parsed.names_nothing() {
            return None;
        }
        let mut entry = ReadEntry {
            goes_on: false,
            counted: read.parsed.is_counted(),
            forms: Forms::default(),
            entry: Entry {
                text: text.to_owned(),
                names: Vec::new(),
                unrecognised: None,
            },
        };
        if read.found.is_empty() {
            entry.goes_on = read.parsed.goes_on();
            entry.forms = read.parsed.forms_of(None, &read.places);
            entry.entry.unrecognised = Some(text.to_owned());
            return Some(entry);
        }
        for (number, found) in read.found.iter().enumerate() {
            let said = read.parsed.forms_of(Some(number), &read.places);
            entry.entry.names.extend(self.readings(found.name, said));
            entry.forms = said.with(entry::own_forms(&found.words, &read.tokens));
        }
        if !read.left.is_empty() {
            entry.entry.unrecognised = Some(read.words(&read.left).join(" "));
        }
        Some(entry)
    }

    /// What the words of a folded entry are.
    pub(super) fn analyse<'t>(&self, folded: &'t str) -> Analysis<'t> {
        let tokens = Token::all(folded);
        let found = self.found(&tokens);
        let mut taken = vec![false; tokens.len()];
        for at in found.iter().flat_map(|found| &found.words) {
            if let Some(taken) = taken.get_mut(*at) {
                *taken = true;
            }
        }
        let places: Vec<Place> = found.iter().map(|found| self.place(found)).collect();
        let parsed = entry::parse(&tokens, &taken, &places);
        let mut left: Vec<usize> = parsed.left().collect();
        for (number, found) in found.iter().enumerate() {
            left.extend(parsed.against(number, &found.words, &tokens, &places));
        }
        left.sort_unstable();
        left.dedup();
        Analysis {
            tokens,
            found,
            places,
            parsed,
            left,
        }
    }

    /// The names in an entry in the order in which they come. Where two share a word, the longer one is found.
    fn found(&self, tokens: &[Token<'_>]) -> Vec<Found> {
        let mut all: Vec<Found> = (0..tokens.len())
            .flat_map(|start| self.found_at(tokens, start))
            .collect();
        let letters = |found: &Found| {
            self.names
                .get(found.name)
                .map_or(0, |name| name.folded.len())
        };
        all.sort_by_key(|found| {
            (
                std::cmp::Reverse(letters(found)),
                found.words.first().copied(),
            )
        });
        let mut found: Vec<Found> = Vec::new();
        for one in all {
            let free = |word: &usize| !found.iter().any(|other| other.words.contains(word));
            if one.words.iter().all(free) {
                found.push(one);
            }
        }
        // `eye drops` is a name where it stands alone, and says the form of another.
        let around = |found: &Found| {
            found
                .words
                .iter()
                .all(|at| tokens.get(*at).is_some_and(Token::is_no_name_beside_one))
        };
        if !found.iter().all(around) {
            found.retain(|found| !around(found));
        }
        found.sort_unstable_by_key(|found| found.words.first().copied());
        found
    }

    /// The names that begin with this word of an entry.
    fn found_at(&self, tokens: &[Token<'_>], start: usize) -> impl Iterator<Item = Found> {
        let first = tokens.get(start).map_or("", |token| &token.text);
        let candidates = self.by_first.get(first).map_or(&[][..], Vec::as_slice);
        candidates.iter().filter_map(move |number| {
            let name = self.names.get(*number)?;
            let words = words_of(name, tokens, start)?;
            (!name.means.is_empty()).then_some(Found {
                name: *number,
                words,
            })
        })
    }

    /// The names that stand for this one in the forms that are said, and itself for a form that makes no
    /// difference or where none is said.
    pub(super) fn readings(&self, name: usize, said: Forms) -> Vec<usize> {
        let readings = self.names.get(name).map_or(&[][..], |name| &name.readings);
        let mut read = Vec::new();
        let mut others = said;
        for (form, reading) in readings {
            if form.meets(said) {
                read.push(*reading);
                others = others.without(*form);
            }
        }
        if !others.is_empty() || read.is_empty() {
            read.push(name);
        }
        read
    }

    fn place(&self, found: &Found) -> Place {
        let generic = |name: &Name| {
            name.means
                .iter()
                .any(|meaning| meaning.generic == name.text)
        };
        let (first, last) = (found.words.first(), found.words.last());
        Place {
            words: first.copied().unwrap_or(0)..last.map_or(0, |last| last + 1),
            generic: self.names.get(found.name).is_some_and(generic),
        }
    }
}

impl Analysis<'_> {
    /// The words of these numbers.
    pub fn words(&self, numbers: &[usize]) -> Vec<&str> {
        let tokens = numbers.iter().filter_map(|at| self.tokens.get(*at));
        tokens.map(|token| &*token.text).collect()
    }
}

/// Where the words of `name` are in an entry from `start` on. Strengths and salts may come between them, but
/// not before a number.
fn words_of(name: &Name, tokens: &[Token<'_>], start: usize) -> Option<Vec<usize>> {
    let mut at = start;
    let mut words = Vec::with_capacity(name.length);
    for wanted in name.folded.split(' ') {
        let number = wanted.starts_with(|c: char| c.is_ascii_digit());
        while tokens.get(at)?.text != wanted {
            if number || words.is_empty() || !tokens.get(at)?.parts_no_name() {
                return None;
            }
            at += 1;
        }
        words.push(at);
        at += 1;
    }
    Some(words)
}
