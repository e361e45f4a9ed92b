//! One table of a lexicon: its names as a tree of letters, and their generic names.

use std::borrow::Cow;
use std::collections::BTreeSet;

use fst::raw::Output;
use fst::{Map, Streamer};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::medicine::slips::names_one_slip_from;
use crate::medicine::token::Token;

use super::{Known, LexiconName, tree};

/// The names of a table with their generic names.
#[derive(Debug, Serialize, Deserialize)]
pub struct Table {
    /// The names; the values are explained at [`tree::written`].
    #[serde(serialize_with = "bytes_of", deserialize_with = "tree_of")]
    names: Map<Cow<'static, [u8]>>,
    /// The generic names of one or more names per line, separated by semicolons.
    generics: Cow<'static, str>,
}

impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        self.names.as_fst().as_bytes() == other.names.as_fst().as_bytes()
            && self.generics == other.generics
    }
}

impl Eq for Table {}

fn bytes_of<S: Serializer>(
    names: &Map<Cow<'static, [u8]>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    names.as_fst().as_bytes().serialize(serializer)
}

fn tree_of<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Map<Cow<'static, [u8]>>, D::Error> {
    let bytes = Vec::deserialize(deserializer)?;
    Map::new(Cow::Owned(bytes)).map_err(de::Error::custom)
}

impl Table {
    /// The table that the build script wrote.
    pub fn from_build(names: &'static [u8], generics: &'static str) -> Option<Self> {
        Some(Self {
            names: Map::new(Cow::Borrowed(names)).ok()?,
            generics: Cow::Borrowed(generics),
        })
    }

    /// The table of these names. If a name is there twice, the first one counts.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n LexiconName>) -> Option<Self> {
        let mut names: Vec<&LexiconName> = names.into_iter().collect();
        names.sort_by(|one, other| one.name.cmp(&other.name));
        names.dedup_by(|next, kept| next.name == kept.name);
        let names = names.into_iter();
        let names = names.map(|name| (&*name.name, &*name.generics, name.whole_entry));
        let (names, generics) = tree::written(names).ok()?;
        Some(Self {
            names: Map::new(Cow::Owned(names)).ok()?,
            generics: Cow::Owned(generics),
        })
    }

    fn known(&self, words: usize, letters: usize, value: u64) -> Known<'_> {
        let position = usize::try_from(value >> 1).unwrap_or(usize::MAX);
        let rest = self.generics.get(position..).unwrap_or("");
        Known {
            words,
            letters,
            whole_entry: value & 1 == 1,
            generics: rest.lines().next().unwrap_or(""),
        }
    }

    /// The name that equals this folded text.
    pub fn get(&self, folded: &str) -> Option<Known<'_>> {
        let value = self.names.get(folded)?;
        Some(self.known(0, folded.len(), value))
    }

    /// The names that begin with the first of these words, shortest first.
    pub fn beginning(&self, tokens: &[Token<'_>]) -> Vec<Known<'_>> {
        let mut found = Vec::new();
        let tree = self.names.as_fst();
        let (mut node, mut value, mut letters) = (tree.root(), Output::zero(), 0);
        for (words, token) in tokens.iter().enumerate() {
            let blank = (words > 0).then_some(b' ');
            for byte in blank.into_iter().chain(token.text.bytes()) {
                let Some(number) = node.find_input(byte) else {
                    return found;
                };
                let transition = node.transition(number);
                value = value.cat(transition.out);
                node = tree.node(transition.addr);
                letters += 1;
            }
            if node.is_final() {
                let value = value.cat(node.final_output());
                found.push(self.known(words + 1, letters, value.value()));
            }
        }
        found
    }

    /// All names in order, with their generic names.
    pub fn all(&self) -> Vec<(String, Known<'_>)> {
        let mut all = Vec::new();
        let mut names = self.names.stream();
        while let Some((name, value)) = names.next() {
            let known = self.known(0, name.len(), value);
            all.push((String::from_utf8_lossy(name).into_owned(), known));
        }
        all
    }

    /// The names that are one typing error away from this text, which must be ASCII.
    pub fn one_slip_from(&self, text: &str) -> BTreeSet<String> {
        names_one_slip_from(self.names.as_fst(), text)
    }

    /// The generic names of every product, separated by semicolons.
    pub fn products(&self) -> impl Iterator<Item = &str> {
        self.generics.lines()
    }
}
