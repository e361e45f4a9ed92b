//! Medicines as people type them: recognised by whole names, never guessed.
//!
//! An answer is divided into entries. In each, known names are looked for on
//! whole words, longest first; the grammar in `entry` says what the other words
//! are. What it has no use for is quoted back, not dropped: an unknown word
//! beside a known name may be a second medicine typed without a comma, and a
//! form without a name may be any medicine.

use std::collections::{HashMap, HashSet};

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
mod near;
mod split;
mod token;
mod words;

/// A medicine's names and the groups it belongs to, ready to be looked up.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Recogniser {
    names: Vec<Name>,
    /// The names that the pack writes, by a hash of their first word, in order.
    by_first_word: Vec<(u32, usize)>,
    groups: usize,
    /// The lexicons whose names are known too.
    lexicon: Lexicon,
}

/// One name a medicine goes by.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Name {
    /// As the pack writes it.
    pub text: Text,
    /// The generic name of the medicine it stands for, per group.
    pub means: Vec<Meaning>,
    /// Its words as they are compared, one blank between two.
    folded: Text,
    /// How many they are.
    length: usize,
    /// The names that stand for it where the form is said: none if the form makes no difference.
    readings: Vec<(Forms, usize)>,
    /// Whether it stands for another name in some form, and the pack does not write it.
    reading: bool,
}

/// What a name means in one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Meaning {
    /// The group's number.
    pub group: usize,
    /// The generic name.
    pub generic: Text,
    /// The question that tells it from another drug or route of the same name.
    pub ask_route: Option<Text>,
    /// What it means instead where the form is said.
    pub forms: Vec<FormMeaning>,
}

/// What a person takes, as far as the answer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Medicines {
    /// What was typed, entry by entry.
    pub entries: Vec<Entry>,
    /// For each group, whether they take something of it.
    pub groups: Vec<Truth>,
    /// Whether they take something the pack does not know.
    pub unrecognised: Truth,
    /// Whether there may be more than the entries say.
    pub open: bool,
}

/// One entry of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// As typed.
    pub text: String,
    /// The names found in it, as numbers into the recogniser's names.
    pub names: Vec<usize>,
    /// The words nothing explains.
    pub unrecognised: Option<String>,
    /// The medicine that these words are one slip away from, as numbers of names.
    pub near: Vec<usize>,
}

impl Recogniser {
    /// A recogniser for `groups` groups and the names they hold.
    #[must_use]
    pub fn new(groups: usize, names: impl IntoIterator<Item = (String, Meaning)>) -> Self {
        let names = names.into_iter();
        let expected = names.size_hint().0;
        let mut known = Self {
            names: Vec::with_capacity(expected),
            by_first_word: Vec::new(),
            groups,
            lexicon: Lexicon::default(),
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

    /// The same, which also knows the names of lexicons whose generics it knows.
    #[must_use]
    pub(crate) fn with_lexicon(self, lexicon: Lexicon) -> Self {
        Self { lexicon, ..self }
    }

    /// The lexicons whose names are known.
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// One brand of the lexicons for each set of groups that brands are in, with the names that it stands for, of
    /// those that `other` does not have so.
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

    /// The generics that the lexicon says are in an unrecognised text, because no group has them.
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

    /// Whether a group has this generic, as a lexicon writes it.
    #[must_use]
    pub fn knows_generic(&self, generic: &str) -> bool {
        !self.names_of_generic(generic).is_empty()
    }

    /// Adds the names that stand for the one of this number where its form is said.
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

    /// Every name. Behind those that the pack writes come those that stand for one of them in some form.
    #[must_use]
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// The names that the pack writes, which are the first.
    pub fn written(&self) -> impl Iterator<Item = &Name> {
        self.names.iter().filter(|name| !name.reading)
    }

    /// A patient who takes nothing.
    #[must_use]
    pub fn nothing(&self) -> Medicines {
        Medicines {
            entries: Vec::new(),
            groups: vec![Truth::No; self.groups],
            unrecognised: Truth::No,
            open: false,
        }
    }

    /// What the names in an entry mean.
    pub fn meanings<'a>(&'a self, entry: &'a Entry) -> impl Iterator<Item = &'a Meaning> {
        entry
            .names
            .iter()
            .filter_map(|index| self.names.get(*index))
            .flat_map(|name| &name.means)
    }
}

/// Whether a name can ever be found: answers are split at `;` `,` `/` `+` `&`
/// and the word "and", so a name that holds one of them never is. `folded` is
/// its [`normalized_name`].
#[must_use]
pub(crate) fn can_be_found(name: &str, folded: &str) -> bool {
    let split = name.contains([';', ',', '/', '+', '&', '\n'])
        || folded.split(' ').any(|word| word == "and");
    !split && !folded.is_empty()
}

/// Whether `folded` is made of nothing but strengths and frequencies, so that without a name of its own it
/// would say nothing: `20 mg`.
#[must_use]
pub fn says_nothing(folded: &str) -> bool {
    let tokens = Token::all(folded);
    entry::parse(&tokens, &vec![false; tokens.len()], &[]).names_nothing()
}

/// The words of a name as they are compared, one blank between two.
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
