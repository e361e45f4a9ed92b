//! Lexicons: brands and spellings of medicines, with their generic names.
//!
//! `build.rs` makes the built-in lexicon from the tables in `rules/lexicon`; a pack may have its own tables.
//! Lexicons contain no groups; these are set in packs.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use fst::Streamer;
use fst::raw::Fst;
use serde::{Deserialize, Serialize, Serializer};

use super::slips::{each_slip, names_one_slip_from};
use super::token::Token;

/// The names of the lexicon; the value is the position of the generic names.
static NAMES: LazyLock<Option<Fst<&'static [u8]>>> =
    LazyLock::new(|| Fst::new(&include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.fst"))[..]).ok());

/// The generic names of one name per line, separated by semicolons.
const GENERICS: &str = include_str!(concat!(env!("OUT_DIR"), "/lexicon-generics.txt"));

/// SHA-256 of the lexicon, for the fingerprint of packs that use it.
pub const DIGEST: &str = env!("LEXICON_DIGEST");

/// A name in a pack's own table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconName {
    /// The name in normalized form.
    pub name: String,
    /// All generic names of the product.
    pub generics: Vec<String>,
    /// Whether it is an everyday word, which only counts as a whole entry.
    pub whole_entry: bool,
}

/// The lexicons of a pack. For a name in several of them, all generic names count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lexicon {
    built_in: bool,
    own: Vec<Arc<Table>>,
}

/// A table of a pack.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Table {
    #[serde(serialize_with = "in_order")]
    names: HashMap<String, (Vec<String>, bool)>,
    /// Number of words of the longest name.
    most_words: usize,
}

/// Serializes the names of a table in a fixed order, so that builds are reproducible.
fn in_order<S: Serializer>(
    names: &HashMap<String, (Vec<String>, bool)>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    names
        .iter()
        .collect::<BTreeMap<_, _>>()
        .serialize(serializer)
}

/// A lexicon name found in an entry.
#[derive(Clone, Copy, Debug)]
pub struct Known<'l> {
    /// The number of words of the entry that it covers.
    pub words: usize,
    /// The number of its letters and blanks.
    pub letters: usize,
    /// Whether it is an everyday word, which only counts if the entry has no other word.
    pub whole_entry: bool,
    generics: Generics<'l>,
}

#[derive(Clone, Copy, Debug)]
enum Generics<'l> {
    /// The position of the line in the built-in list.
    BuiltIn(usize),
    Own(&'l [String]),
}

impl<'l> Known<'l> {
    fn built_in(words: usize, letters: usize, value: u64) -> Self {
        Self {
            words,
            letters,
            whole_entry: value & 1 == 1,
            generics: Generics::BuiltIn(usize::try_from(value >> 1).unwrap_or(usize::MAX)),
        }
    }

    /// Its generic names.
    pub fn generics(self) -> impl Iterator<Item = &'l str> {
        let (line, own) = match self.generics {
            Generics::BuiltIn(place) => {
                let line = GENERICS.get(place..).and_then(|rest| rest.lines().next());
                (line, &[][..])
            }
            Generics::Own(own) => (None, own),
        };
        let line = line.into_iter().flat_map(|line| line.split(';'));
        line.chain(own.iter().map(String::as_str))
    }
}

impl Lexicon {
    /// Adds the built-in names.
    #[must_use]
    pub fn with_built_in(self) -> Self {
        Self {
            built_in: true,
            ..self
        }
    }

    /// Adds a table of a pack.
    #[must_use]
    pub fn with_table(mut self, names: impl IntoIterator<Item = LexiconName>) -> Self {
        let names = names.into_iter();
        let names: HashMap<_, _> = names
            .map(|name| (name.name, (name.generics, name.whole_entry)))
            .collect();
        let words = names.keys().map(|name| name.split(' ').count());
        self.own.push(Arc::new(Table {
            most_words: words.max().unwrap_or(0),
            names,
        }));
        self
    }

    /// Adds the lexicons of another pack.
    #[must_use]
    pub fn with(mut self, other: &Self) -> Self {
        self.built_in |= other.built_in;
        self.own.extend(other.own.iter().cloned());
        self
    }

    /// Whether the built-in names are included.
    #[must_use]
    pub fn has_built_in(&self) -> bool {
        self.built_in
    }

    /// Whether any lexicon is included.
    #[must_use]
    pub fn is_used(&self) -> bool {
        self.built_in || !self.own.is_empty()
    }

    /// The names that begin with the first of these words.
    pub(super) fn beginning(&self, tokens: &[Token<'_>]) -> Vec<Known<'_>> {
        let mut found = if self.built_in {
            beginning(tokens)
        } else {
            Vec::new()
        };
        for table in &self.own {
            let mut text = String::new();
            for (at, token) in tokens.iter().enumerate().take(table.most_words) {
                if at > 0 {
                    text.push(' ');
                }
                text.push_str(&token.text);
                if let Some((generics, whole_entry)) = table.names.get(&text) {
                    found.push(Known {
                        words: at + 1,
                        letters: text.len(),
                        whole_entry: *whole_entry,
                        generics: Generics::Own(generics),
                    });
                }
            }
        }
        found
    }

    /// All names except everyday words, with their generic names.
    pub(super) fn all(&self) -> Vec<(String, Known<'_>)> {
        let mut names = if self.built_in { all() } else { Vec::new() };
        for table in &self.own {
            let own = table.names.iter().filter(|(_, (_, whole))| !whole);
            let mut own: Vec<(String, Known<'_>)> = own
                .map(|(name, (generics, whole_entry))| {
                    let known = Known {
                        words: 0,
                        letters: name.len(),
                        whole_entry: *whole_entry,
                        generics: Generics::Own(generics),
                    };
                    (name.clone(), known)
                })
                .collect();
            own.sort_by(|one, other| one.0.cmp(&other.0));
            names.extend(own);
        }
        names
    }

    /// The generic names of the name that equals this folded text; empty if it is not a name.
    pub fn generics_of<'l>(&'l self, folded: &str) -> impl Iterator<Item = &'l str> {
        let built_in = NAMES.as_ref().filter(|_| self.built_in);
        let value = built_in.and_then(|names| names.get(folded));
        let known = value.map(|value| Known::built_in(0, folded.len(), value.value()));
        let own = self.own.iter().filter_map(|table| table.names.get(folded));
        let own: Vec<&str> = own
            .flat_map(|(generics, _)| generics.iter().map(String::as_str))
            .collect();
        known.into_iter().flat_map(Known::generics).chain(own)
    }

    /// The names that are one typing error away from this text, which must be ASCII.
    pub(super) fn one_slip_from(&self, text: &str) -> HashSet<String> {
        let names = NAMES.as_ref().filter(|_| self.built_in);
        let mut found = names.map_or_else(HashSet::new, |names| names_one_slip_from(names, text));
        if !self.own.is_empty() {
            each_slip(text, |slip| {
                if self.own.iter().any(|table| table.names.contains_key(slip)) {
                    found.insert(slip.to_owned());
                }
            });
        }
        found
    }

    /// Whether a product has exactly these generic names.
    pub(super) fn has_product_of(&self, generics: &[&str]) -> bool {
        let own = self.own.iter().flat_map(|table| table.names.values());
        let is_own = |(parts, _): &(Vec<String>, bool)| {
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            are_parts(&parts, generics)
        };
        let is_line = |line: &str| are_parts(&line.split(';').collect::<Vec<_>>(), generics);
        (self.built_in && GENERICS.lines().any(is_line)) || own.into_iter().any(is_own)
    }
}

/// Whether these are the parts of a product; `hydrocortisone cream` counts as hydrocortisone.
fn are_parts(parts: &[&str], generics: &[&str]) -> bool {
    let is = |part: &str, generic: &str| {
        let rest = part.strip_prefix(generic);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    parts.len() == generics.len()
        && generics
            .iter()
            .all(|generic| parts.iter().any(|part| is(part, generic)))
        && parts
            .iter()
            .all(|part| generics.iter().any(|generic| is(part, generic)))
}

/// The built-in names that begin with the first of these words, shortest first.
fn beginning(tokens: &[Token<'_>]) -> Vec<Known<'static>> {
    let mut found = Vec::new();
    let Some(names) = &*NAMES else {
        return found;
    };
    let (mut node, mut value, mut letters) = (names.root(), 0_u64, 0);
    for (words, token) in tokens.iter().enumerate() {
        let blank = (words > 0).then_some(b' ');
        for byte in blank.into_iter().chain(token.text.bytes()) {
            let Some(number) = node.find_input(byte) else {
                return found;
            };
            let transition = node.transition(number);
            value += transition.out.value();
            node = names.node(transition.addr);
            letters += 1;
        }
        if node.is_final() {
            let value = value + node.final_output().value();
            found.push(Known::built_in(words + 1, letters, value));
        }
    }
    found
}

/// All built-in names except everyday words, with their generic names.
fn all() -> Vec<(String, Known<'static>)> {
    let mut all = Vec::new();
    let Some(names) = &*NAMES else {
        return all;
    };
    let mut names = names.stream();
    while let Some((name, value)) = names.next() {
        let known = Known::built_in(0, name.len(), value.value());
        if !known.whole_entry {
            all.push((String::from_utf8_lossy(name).into_owned(), known));
        }
    }
    all
}

#[cfg(test)]
mod tests;
