//! Names that a misspelt word may have been meant for.

use std::collections::BTreeSet;

use super::{Meaning, Name, Recogniser, lexicon, normalized_name, words};
use crate::suggest::nearest;

/// The fewest letters that a misspelt name has: shorter ones are near too many others.
const FEWEST: usize = 5;

/// The fewest letters of a word that can be another spelling.
const SHORTEST_VARIANT: usize = 6;

/// The most letters of which slips are tried.
const MOST: usize = 32;

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz0123456789 ";

impl Recogniser {
    /// The known name a person may have meant. Only ever shown, never taken.
    #[must_use]
    pub fn did_you_mean(&self, typed: &str) -> Option<&Name> {
        let bare = bare_words(typed);
        if let Some(number) = self.one_slip_away(typed).first() {
            return self.names.get(*number);
        }
        let names = self
            .written()
            .map(|name| name.folded.as_str())
            .filter(|name| name.len() > 3);
        let near = nearest(&bare.join(" "), names)?;
        self.written().find(|name| name.folded == near)
    }

    /// The medicine whose name is one slip away from unrecognised words: a letter too many, missing, wrong or swapped.
    /// None where no name is, or names with different meanings are.
    #[must_use]
    pub fn one_slip_away(&self, typed: &str) -> Vec<usize> {
        let bare = bare_words(typed);
        let phrase = bare.join(" ");
        let mut found: BTreeSet<Vec<usize>> = BTreeSet::new();
        for text in std::iter::once(phrase.as_str()).chain(bare.iter().map(String::as_str)) {
            if (FEWEST..=MOST).contains(&text.len()) && text.is_ascii() {
                each_slip(text, |slip| found.extend(self.known_as(slip)));
            }
        }
        let mut meanings = found.iter().map(|names| self.meaning_of(names));
        let first = meanings.next();
        if meanings.all(|other| Some(other) == first) {
            found.into_iter().next().unwrap_or_default()
        } else {
            Vec::new()
        }
    }

    /// The medicine that a word is another spelling of: `cefalexine`, `sulphasalazine`, `estrogene`.
    pub(super) fn variant_of(&self, word: &str) -> Option<Vec<usize>> {
        let letters =
            word.len() >= SHORTEST_VARIANT && word.bytes().all(|b| b.is_ascii_lowercase());
        if !letters || words::word(word).is_some() {
            return None;
        }
        let variants = variants(word).into_iter();
        let mut known = variants.filter_map(|variant| self.known_as(&variant));
        let first = known.next()?;
        let same = |other: Vec<usize>| self.meaning_of(&other) == self.meaning_of(&first);
        known.all(same).then_some(first)
    }

    /// The names of the rules that a folded text is the whole name of, there or in the lexicon.
    fn known_as(&self, folded: &str) -> Option<Vec<usize>> {
        if let Some(number) = self.written_as(folded) {
            return Some(vec![number]);
        }
        let generics = lexicon::generics_of(folded).filter(|_| self.lexicon);
        let names: Vec<usize> = generics
            .flat_map(|generic| self.names_of_generic(generic))
            .collect();
        (!names.is_empty()).then_some(names)
    }

    pub(super) fn meaning_of(&self, names: &[usize]) -> BTreeSet<usize> {
        let names = names.iter().filter_map(|number| self.names.get(*number));
        names
            .flat_map(|name| &name.means)
            .map(|meaning: &Meaning| meaning.group)
            .collect()
    }
}

/// Other spellings of a word.
fn variants(word: &str) -> Vec<String> {
    let mut all = Vec::new();
    let stem = word.strip_suffix('e').unwrap_or(word);
    if !stem.ends_with(['a', 'e', 'i', 'o', 'u', 'y']) {
        all.extend([stem.to_owned(), format!("{stem}e")]);
    }
    for (one, other) in [("ph", "f"), ("f", "ph"), ("oe", "e"), ("ae", "e")] {
        if word.contains(one) {
            all.push(word.replacen(one, other, 1));
        }
    }
    for (at, _) in word.match_indices('e') {
        let (before, after) = word.split_at(at);
        all.push(format!("{before}o{after}"));
    }
    all.retain(|variant| variant != word);
    all
}

/// The words of a text that can be part of a misspelt name.
fn bare_words(typed: &str) -> Vec<String> {
    let folded = normalized_name(typed);
    let words = folded.split(' ');
    words
        .filter(|word| !words::is_around(word))
        .map(str::to_owned)
        .collect()
}

/// Every text that is one slip away from this one.
fn each_slip(text: &str, mut found: impl FnMut(&str)) {
    let mut slip = String::with_capacity(text.len() + 1);
    for at in 0..=text.len() {
        let (before, after) = text.split_at(at);
        let mut put = |parts: [&str; 3]| {
            slip.clear();
            for part in parts {
                slip.push_str(part);
            }
            if slip != text {
                found(&slip);
            }
        };
        let rest = after.get(1..).unwrap_or("");
        let (first, second) = (after.get(..1), after.get(1..2));
        for letter in (0..LETTERS.len()).filter_map(|at| LETTERS.get(at..=at)) {
            put([before, letter, after]);
            if first.is_some() {
                put([before, letter, rest]);
            }
        }
        if first.is_some() {
            put([before, rest, ""]);
        }
        if let (Some(first), Some(second)) = (first, second) {
            let swapped = [second, first].concat();
            put([before, &swapped, after.get(2..).unwrap_or("")]);
        }
    }
}
