//! Recognises medicines as people type them: only by whole names, never by guessing.
//!
//! An answer is divided into entries. Known names are found in each entry by whole words, longest first. The
//! grammar in `entry` classifies the other words. Words that it cannot use are reported as unrecognised, not
//! dropped. An unknown word next to a known name may be a second medicine typed without a comma. A form without a
//! name may be any medicine.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::normalize::normalize;
use super::text::Text;
use super::truth::Truth;

use token::Token;

pub use explain::{EntryReading, NameReading, Says};
pub use forms::{FormMeaning, Forms};
pub use lexicon::{DIGEST as LEXICON_DIGEST, Lexicon, LexiconName};
pub use list::{MedicineListError, Piece};
pub use near::{Suggestion, is_one_slip};

mod belongs;
mod combination;
mod entry;
mod explain;
mod find;
mod forms;
mod lexicon;
mod list;
mod meaning;
mod near;
mod slips;
mod split;
mod token;
mod words;

/// The names of medicines and the groups they belong to, prepared for lookup.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Recogniser {
    names: Vec<Name>,
    /// The names written in the pack, with the hash of their first word, in order.
    by_first_word: Vec<(u32, usize)>,
    groups: usize,
    /// The lexicons whose names are also known.
    lexicon: Lexicon,
    /// The names written in the pack as a tree of letters, once it is needed.
    #[serde(skip)]
    spelt: OnceLock<fst::Set<Vec<u8>>>,
}

/// A name of a medicine.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Name {
    /// The name as written in the pack.
    pub text: Text,
    /// Its meaning in each of its groups.
    pub means: Vec<Meaning>,
    /// Its words in normalized form, separated by one blank.
    folded: Text,
    /// The number of its words.
    length: usize,
    /// The names that replace it if a form is stated; empty if the form makes no difference.
    readings: Vec<(Forms, usize)>,
    /// Whether it replaces another name in some form and is not written in the pack.
    reading: bool,
}

/// The meaning of a name in one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Meaning {
    /// The number of the group.
    pub group: usize,
    /// The generic name.
    pub generic: Text,
    /// The question that distinguishes it from another drug or route with the same name.
    pub ask_route: Option<Text>,
    /// Different meanings for stated forms.
    pub forms: Vec<FormMeaning>,
}

/// The medicines that a patient takes, according to the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Medicines {
    /// The typed text of each entry.
    pub entries: Vec<Entry>,
    /// For each group, whether the patient takes one of its medicines.
    pub groups: Vec<Truth>,
    /// Whether the patient takes a medicine that the pack does not know.
    pub unrecognised: Truth,
    /// Whether there may be medicines that are not in the entries.
    pub open: bool,
}

/// One entry of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// As typed.
    pub text: String,
    /// The names found in it, as indices of the recogniser's names.
    pub names: Vec<usize>,
    /// The words that were not recognised.
    pub unrecognised: Option<String>,
    /// The medicine that differs from these words by one typing error, as indices of names.
    pub near: Vec<usize>,
}

impl Recogniser {
    /// A recogniser for `groups` groups and the names in them.
    #[must_use]
    pub fn new(groups: usize, names: impl IntoIterator<Item = (String, Meaning)>) -> Self {
        let names = names.into_iter();
        let expected = names.size_hint().0;
        let mut known = Self {
            names: Vec::with_capacity(expected),
            by_first_word: Vec::new(),
            groups,
            lexicon: Lexicon::default(),
            spelt: OnceLock::new(),
        };
        let mut by_name: HashMap<String, usize> = HashMap::with_capacity(expected);
        for (text, meaning) in names {
            let folded = normalized_name(&text);
            if folded.is_empty() {
                continue;
            }
            let number = by_name.get(&folded);
            if let Some(name) = number.and_then(|number| known.names.get_mut(*number)) {
                if !name.means.iter().any(|other| other.group == meaning.group) {
                    name.means.push(meaning);
                }
                continue;
            }
            known.names.push(Name {
                text: text.into(),
                means: vec![meaning],
                length: folded.split(' ').count(),
                folded: folded.clone().into(),
                readings: Vec::new(),
                reading: false,
            });
            by_name.insert(folded, by_name.len());
        }
        let names = known.names.iter().enumerate();
        known.by_first_word = names
            .map(|(number, name)| (find::hash_of_first_word(&name.folded), number))
            .collect();
        known.by_first_word.sort_unstable();
        for number in 0..known.names.len() {
            known.add_readings(number);
        }
        known
    }

    /// Adds the names of lexicons, if their generic names are known.
    #[must_use]
    pub(crate) fn with_lexicon(self, lexicon: Lexicon) -> Self {
        Self { lexicon, ..self }
    }

    /// The lexicons whose names are also known.
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Brands of the lexicons that `other` does not have in the same way, each with the names it means. There is
    /// one brand for each set of groups.
    #[must_use]
    pub fn brands(&self, other: &Lexicon) -> Vec<(String, Vec<usize>)> {
        if self.lexicon == *other {
            return Vec::new();
        }
        let mut seen = HashSet::new();
        let mut brands = Vec::new();
        for (brand, known) in self.lexicon.all() {
            if self
                .lexicon
                .generics_of(&brand)
                .eq(other.generics_of(&brand))
            {
                continue;
            }
            let parts = known.generics().map(|part| self.names_of_generic(part));
            let parts: Vec<Vec<usize>> = parts.collect();
            let names = parts.concat();
            let groups = self.meaning_of(&names);
            let all_known = parts.iter().all(|part| !part.is_empty());
            if all_known && self.written_as(&brand).is_none() && seen.insert(groups) {
                brands.push((brand, names));
            }
        }
        brands
    }

    /// The generic names that the lexicon gives for an unrecognised text and that no group has.
    #[must_use]
    pub fn generics_without_group(&self, typed: &str) -> Vec<&str> {
        let folded = normalized_name(typed);
        let tokens = Token::all(&folded);
        let starts = (0..tokens.len()).filter_map(|start| tokens.get(start..));
        let known = starts.flat_map(|words| self.lexicon.beginning(words));
        let known = known.filter(|known| !known.whole_entry);
        let mut generics: Vec<&str> = known
            .flat_map(lexicon::Known::generics)
            .filter(|generic| self.names_of_generic(generic).is_empty())
            .collect();
        generics.dedup();
        generics
    }

    /// Whether a group has this generic name, written as in a lexicon.
    #[must_use]
    pub fn knows_generic(&self, generic: &str) -> bool {
        !self.names_of_generic(generic).is_empty()
    }

    /// Adds the names that replace this name if its form is stated.
    fn add_readings(&mut self, number: usize) {
        let Some(name) = self.names.get(number) else {
            return;
        };
        let (text, readings) = (name.text.clone(), forms::readings(&name.means));
        for (forms, means) in readings {
            let text = format!("{text} {}", forms.typed());
            let next = self.names.len();
            if let Some(name) = self.names.get_mut(number) {
                name.readings.push((forms, next));
            }
            self.names.push(Name {
                folded: normalized_name(&text).into(),
                length: text.split(' ').count(),
                text: text.into(),
                means,
                readings: Vec::new(),
                reading: true,
            });
        }
    }

    /// All names. Those written in the pack come first, then those that replace them in some form.
    #[must_use]
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// The names written in the pack, which are the first ones.
    pub fn written(&self) -> impl Iterator<Item = &Name> {
        self.names.iter().filter(|name| !name.reading)
    }

    /// The answer of a patient who takes nothing.
    #[must_use]
    pub fn nothing(&self) -> Medicines {
        Medicines {
            entries: Vec::new(),
            groups: vec![Truth::No; self.groups],
            unrecognised: Truth::No,
            open: false,
        }
    }

    /// The meanings of the names in an entry.
    pub fn meanings<'a>(&'a self, entry: &'a Entry) -> impl Iterator<Item = &'a Meaning> {
        entry
            .names
            .iter()
            .filter_map(|index| self.names.get(*index))
            .flat_map(|name| &name.means)
    }
}

/// Whether a name can ever be found. Answers are split at `;` `,` `/` `+` `&` and the word "and". A name that
/// contains one of them is never found. `folded` is its [`normalized_name`].
#[must_use]
pub(crate) fn can_be_found(name: &str, folded: &str) -> bool {
    let divides = |byte| matches!(byte, b';' | b',' | b'/' | b'+' | b'&' | b'\n');
    let split = name.bytes().any(divides) || folded.split(' ').any(|word| word == "and");
    !split && !folded.is_empty()
}

/// Whether `folded` consists only of strengths and frequencies, such as `20 mg`. That means nothing unless it is
/// a name.
#[must_use]
pub fn says_nothing(folded: &str) -> bool {
    // Most names begin with a word that is never around a name.
    let first = folded.split(' ').next().unwrap_or("");
    if first.bytes().all(|byte| byte.is_ascii_lowercase()) && !words::can_begin_words(first) {
        return false;
    }
    let tokens = Token::all(folded);
    entry::parse(&tokens, &vec![false; tokens.len()], &[]).names_nothing()
}

/// The words of a name in normalized form, separated by one blank.
#[must_use]
pub fn normalized_name(name: &str) -> String {
    let folded = normalize(name);
    if folded
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b' ')
    {
        return folded;
    }
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests;
