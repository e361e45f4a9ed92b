//! Finds names that a misspelled word may mean.

use std::collections::BTreeSet;

use super::slips::each_slip;
use super::{Meaning, Recogniser, normalized_name, words};
use crate::suggest::nearest;

/// Minimum length of a misspelled name; shorter words are similar to too many names.
const FEWEST: usize = 5;

/// Minimum length of a word that can be another spelling.
const SHORTEST_VARIANT: usize = 6;

/// Maximum length of a word whose typing errors are tried.
const MOST: usize = 32;

/// A known name similar to unrecognised words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The name.
    pub text: String,
    /// The names of the rules that it means, as indices.
    pub names: Vec<usize>,
    /// Whether it is similar to all the words, so that it can replace them, and not only to one.
    pub whole: bool,
}

impl Recogniser {
    /// The known name that the user may have meant. It is only shown, never used as the answer.
    #[must_use]
    pub fn did_you_mean(&self, typed: &str) -> Option<Suggestion> {
        if let Some(slip) = self.slip_of(typed) {
            return Some(slip);
        }
        let names = self
            .written()
            .map(|name| name.folded.as_str())
            .filter(|name| name.len() > 3);
        let near = nearest(&bare_words(typed).join(" "), names)?;
        let number = self.written_as(near)?;
        Some(Suggestion {
            text: self.names.get(number)?.text.to_string(),
            names: vec![number],
            whole: true,
        })
    }

    /// The medicine one typing error away from unrecognised words, as indices of names; empty if there is none.
    #[must_use]
    pub fn one_slip_away(&self, typed: &str) -> Vec<usize> {
        self.slip_of(typed).map_or(Vec::new(), |slip| slip.names)
    }

    /// The name one typing error away from unrecognised words, or from one of them. A typing error is an extra,
    /// missing, wrong or swapped letter. None if there is no such name, or if several have different meanings.
    fn slip_of(&self, typed: &str) -> Option<Suggestion> {
        let bare = bare_words(typed);
        let phrase = bare.join(" ");
        let mut found: Vec<Suggestion> = Vec::new();
        let single = bare.iter().filter(|_| bare.len() > 1);
        let texts = single.map(|word| (word.as_str(), false));
        for (text, whole) in std::iter::once((phrase.as_str(), true)).chain(texts) {
            if (FEWEST..=MOST).contains(&text.len()) && text.is_ascii() {
                let brands = self.lexicon.one_slip_from(text);
                each_slip(text, |slip| {
                    let is_name = self.written_as(slip).is_some() || brands.contains(slip);
                    let names = is_name.then(|| self.known_as(slip)).flatten();
                    found.extend(names.map(|names| Suggestion {
                        text: self.as_written(slip, &names),
                        names,
                        whole,
                    }));
                });
            }
        }
        let first = found.first().map(|one| self.meaning_of(&one.names));
        let same = |other: &Suggestion| Some(self.meaning_of(&other.names)) == first;
        if found.iter().all(same) {
            found.into_iter().next()
        } else {
            None
        }
    }

    /// A name as the rules write it, or in normalized form if it is from the lexicon.
    fn as_written(&self, folded: &str, names: &[usize]) -> String {
        let mut names = names.iter().filter_map(|number| self.names.get(*number));
        let name = names.next().filter(|name| *name.folded == *folded);
        name.map_or_else(|| folded.to_owned(), |name| name.text.to_string())
    }

    /// The medicine of which a word is another spelling: `cefalexine`, `sulphasalazine`, `estrogene`.
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

    /// The names of the rules for a folded text that is a whole name in the pack or lexicon.
    fn known_as(&self, folded: &str) -> Option<Vec<usize>> {
        if let Some(number) = self.written_as(folded) {
            return Some(vec![number]);
        }
        let generics = self.lexicon.generics_of(folded);
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

/// The words of a text that can be part of a misspelled name.
fn bare_words(typed: &str) -> Vec<String> {
    let folded = normalized_name(typed);
    let words = folded.split(' ');
    words
        .filter(|word| !words::is_around(word))
        .map(str::to_owned)
        .collect()
}

/// Whether the texts differ by one extra, missing, wrong or swapped letter.
#[must_use]
pub fn is_one_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let rest = |text: &[char], from: usize| text.get(from..).unwrap_or(&[]).to_vec();
    let (a, b) = (rest(&one, start), rest(&other, start));
    match (a.as_slice(), b.as_slice()) {
        ([], []) => false,
        ([first, second, rest @ ..], [third, fourth, other @ ..])
            if first == fourth && second == third && rest == other =>
        {
            true
        }
        _ => a.get(1..) == b.get(1..) || a.get(1..) == Some(&b) || Some(a.as_slice()) == b.get(1..),
    }
}
