//! Finds the names in an entry.

use crate::normalize::normalize;

use super::entry::{self, Parsed, Place};
use super::forms::Forms;
use super::token::Token;
use super::{Entry, Meaning, Name, Recogniser, normalized_name};

/// One entry, and how it can relate to the previous one.
pub(super) struct ReadEntry {
    pub entry: Entry,
    /// Whether it names no medicine and can continue the previous entry.
    pub goes_on: bool,
    /// Whether it states a number of counted units.
    pub counted: bool,
    /// The form it states; with several medicines, that of the last one.
    pub forms: Forms,
}

/// A name in an entry, with the words it covers.
#[derive(Clone)]
pub(super) struct Found {
    /// The names of the rules that it means; several for a combination in the lexicon.
    pub names: Vec<usize>,
    pub words: Vec<usize>,
    letters: usize,
    generic: bool,
    pub of_lexicon: bool,
    /// Whether a part of it is in no group of the rules.
    in_no_group: bool,
}

/// The words of an entry and their kinds.
pub(super) struct Analysis<'t> {
    pub tokens: Vec<Token<'t>>,
    pub found: Vec<Found>,
    pub places: Vec<Place>,
    pub parsed: Parsed,
    /// The words that the grammar cannot use, by number.
    pub left: Vec<usize>,
    /// Whether all names are one product whose form is stated once: `fluticasone/salmeterol Diskus`.
    pub combined: bool,
    /// Whether it has a question mark, so that the form it states is not certain.
    pub doubted: bool,
}

impl Recogniser {
    /// One entry; none if it contains only strengths and frequencies.
    pub(super) fn entry(&self, text: &str) -> Option<ReadEntry> {
        let folded = normalize(text);
        let read = self.analyse(&folded, self.lexicon.is_used());
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
                near: Vec::new(),
            },
        };
        if read.found.is_empty() {
            entry.goes_on = read.parsed.goes_on();
            entry.forms = read.parsed.forms_of(None, &read.places);
            entry.entry.unrecognised = Some(text.to_owned());
            entry.entry.near = self.one_slip_away(text);
            return Some(entry);
        }
        entry.entry.names = read.names(self);
        if let Some((last, found)) = read.found.iter().enumerate().next_back() {
            let stated = read.parsed.forms_of(Some(last), &read.places);
            entry.forms = stated.with(entry::own_forms(&found.words, &read.tokens));
        }
        if !read.left.is_empty() {
            let left = read.words(&read.left).join(" ");
            entry.entry.near = self.one_slip_away(&left);
            entry.entry.unrecognised = Some(left);
        }
        Some(entry)
    }

    /// Analyses the words of a folded entry, with or without the names of the lexicon.
    pub(super) fn analyse<'t>(&self, folded: &'t str, lexicon: bool) -> Analysis<'t> {
        let tokens = Token::all(folded);
        let found = self.found(&tokens, lexicon);
        let mut taken = vec![false; tokens.len()];
        for at in found.iter().flat_map(|found| &found.words) {
            if let Some(taken) = taken.get_mut(*at) {
                *taken = true;
            }
        }
        let places: Vec<Place> = found.iter().map(Found::place).collect();
        let parsed = entry::parse(&tokens, &taken, &places);
        let mut left: Vec<usize> = parsed.left().chain(parsed.second.clone()).collect();
        for (number, found) in found.iter().enumerate() {
            left.extend(parsed.against(number, &found.words, &tokens, &places));
            if found.in_no_group {
                left.extend(&found.words);
            }
        }
        left.sort_unstable();
        left.dedup();
        let mut analysis = Analysis {
            tokens,
            found,
            places,
            parsed,
            left,
            combined: false,
            doubted: folded.contains('?'),
        };
        analysis.combined = folded.contains(['/', '+']) && self.is_combined(&analysis);
        analysis
    }

    /// The names in an entry, in order. If two names share a word, the longer one is found.
    fn found(&self, tokens: &[Token<'_>], lexicon: bool) -> Vec<Found> {
        let mut all: Vec<Found> = Vec::new();
        for start in 0..tokens.len() {
            all.extend(self.found_at(tokens, start));
            if lexicon {
                all.extend(self.found_in_lexicon(tokens, start));
            }
        }
        all.sort_by_key(|found| {
            (
                std::cmp::Reverse(found.letters),
                found.words.first().copied(),
            )
        });
        let mut found: Vec<Found> = Vec::new();
        for number in 0..all.len() {
            let Some(one) = all.get(number) else { continue };
            let free = |word: &usize| !found.iter().any(|other| other.words.contains(word));
            if one.words.iter().all(free) {
                found.push(one.with_names_inside(all.get(number + 1..).unwrap_or(&[])));
            }
        }
        // A longer name must not hide another spelling of a name inside it either.
        for one in found.iter_mut().filter(|one| one.of_lexicon) {
            let words = one.words.iter().filter(|_| one.words.len() > 1);
            let words = words.filter_map(|at| tokens.get(*at));
            let inside: Vec<Vec<usize>> = words
                .filter_map(|token| self.variant_of(&token.text))
                .collect();
            for names in &inside {
                one.add(names);
            }
        }
        // `eye drops` is a name on its own, but with another name it is the form of that name.
        let around = |found: &Found| {
            let mut words = found.words.iter().filter_map(|at| tokens.get(*at));
            words.all(Token::is_no_name_beside_one)
        };
        if !found.iter().all(around) {
            found.retain(|found| !around(found));
        }
        found.extend(self.found_as_variants(tokens, &found, lexicon));
        found.sort_unstable_by_key(|found| found.words.first().copied());
        found
    }

    /// Finds names by other spellings, among the words that belong to no name.
    fn found_as_variants(
        &self,
        tokens: &[Token<'_>],
        found: &[Found],
        lexicon: bool,
    ) -> Vec<Found> {
        let taken = |at: &usize| found.iter().any(|found| found.words.contains(at));
        let free = (0..tokens.len()).filter(|at| lexicon && !taken(at));
        let variant = |at: usize| {
            let names = self.variant_of(&tokens.get(at)?.text)?;
            Some(Found {
                names,
                words: vec![at],
                letters: 0,
                generic: true,
                of_lexicon: true,
                in_no_group: false,
            })
        };
        free.filter_map(variant).collect()
    }

    /// The names of the rules that begin with this word of an entry.
    fn found_at(&self, tokens: &[Token<'_>], start: usize) -> impl Iterator<Item = Found> {
        let first = tokens.get(start).map_or("", |token| &token.text);
        self.beginning_with(first).filter_map(move |number| {
            let name = self.names.get(number)?;
            let words = words_of(name, tokens, start)?;
            let generic = |meaning: &Meaning| meaning.generic == name.text;
            (!name.means.is_empty()).then(|| Found {
                names: vec![number],
                words,
                letters: name.folded.len(),
                generic: name.means.iter().any(generic),
                of_lexicon: false,
                in_no_group: false,
            })
        })
    }

    /// The lexicon names that begin with this word of an entry, if the rules know their generic names.
    fn found_in_lexicon(&self, tokens: &[Token<'_>], start: usize) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for known in self.lexicon.beginning(tokens.get(start..).unwrap_or(&[])) {
            if known.whole_entry && (start > 0 || known.words < tokens.len()) {
                continue;
            }
            // Another lexicon may have its generic names already.
            let same = |found: &Found| found.words.len() == known.words;
            let at = found.iter().position(same).unwrap_or(found.len());
            if at == found.len() {
                found.push(Found {
                    names: Vec::new(),
                    words: (start..start + known.words).collect(),
                    letters: known.letters,
                    generic: false,
                    of_lexicon: true,
                    in_no_group: false,
                });
            }
            let Some(found) = found.get_mut(at) else {
                continue;
            };
            for generic in known.generics() {
                let names = self.names_of_generic(generic);
                found.in_no_group |= names.is_empty();
                found.add(&names);
            }
        }
        found.retain(|found| !found.names.is_empty());
        found
    }

    /// The name of the rules that equals a folded text.
    pub(super) fn written_as(&self, folded: &str) -> Option<usize> {
        let mut names = self.beginning_with(folded);
        names.find(|number| {
            let name = self.names.get(*number);
            name.is_some_and(|name| *name.folded == *folded && !name.means.is_empty())
        })
    }

    /// The names of the rules that may begin with the first of these words, because its hash is equal.
    fn beginning_with(&self, words: &str) -> impl Iterator<Item = usize> {
        let hash = hash_of_first_word(words);
        let start = self
            .by_first_word
            .partition_point(|(other, _)| *other < hash);
        let rest = self.by_first_word.get(start..).unwrap_or_default();
        let same = rest.iter().take_while(move |(other, _)| *other == hash);
        same.map(|(_, number)| *number)
    }

    /// The names of the rules that a generic name of the lexicon means: `azithromycin`, `hydrocortisone cream`.
    pub(super) fn names_of_generic(&self, generic: &str) -> Vec<usize> {
        let folded = normalized_name(generic);
        if let Some(number) = self.written_as(&folded) {
            return vec![number];
        }
        let read = self.analyse(&folded, false);
        if read.left.is_empty() {
            read.names(self)
        } else {
            Vec::new()
        }
    }
}

impl Found {
    /// The name; if it is from the lexicon, with the names inside it, which a longer name must not hide.
    /// `shorter` has the names that are not longer.
    fn with_names_inside(&self, shorter: &[Self]) -> Self {
        let mut whole = self.clone();
        let inside = |other: &&Self| other.words.iter().all(|word| self.words.contains(word));
        if self.of_lexicon {
            for other in shorter.iter().filter(inside) {
                whole.add(&other.names);
            }
        }
        whole
    }

    fn add(&mut self, names: &[usize]) {
        for name in names {
            if !self.names.contains(name) {
                self.names.push(*name);
            }
        }
    }

    fn place(&self) -> Place {
        let (first, last) = (self.words.first(), self.words.last());
        Place {
            words: first.copied().unwrap_or(0)..last.map_or(0, |last| last + 1),
            generic: self.generic,
        }
    }
}

impl Analysis<'_> {
    /// The words with these numbers.
    pub fn words(&self, numbers: &[usize]) -> Vec<&str> {
        let tokens = numbers.iter().filter_map(|at| self.tokens.get(*at));
        tokens.map(|token| &*token.text).collect()
    }
}

/// A hash (FNV-1a) of the first word. It must not change, because the built-in pack is stored with it.
pub(super) fn hash_of_first_word(words: &str) -> u32 {
    let first = words.bytes().take_while(|byte| *byte != b' ');
    first.fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// The positions of the words of `name` in an entry from `start` on. Strengths and salts may be between them,
/// but not before a number.
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
