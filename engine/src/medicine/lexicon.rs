//! Lexicons: brands and spellings of medicines, with their generic names.
//!
//! `build.rs` makes the built-in lexicon from the tables in `rules/lexicon`; a pack may have its own tables.
//! Lexicons contain no groups; these are set in packs.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};

use super::token::Token;

use table::Table;

mod table;
mod tree;

/// The built-in lexicon.
static BUILT_IN: LazyLock<Option<Table>> = LazyLock::new(|| {
    Table::from_build(
        include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.fst")),
        include_str!(concat!(env!("OUT_DIR"), "/lexicon-generics.txt")),
    )
});

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

/// A lexicon name found in an entry.
#[derive(Clone, Copy, Debug)]
pub struct Known<'l> {
    /// The number of words of the entry that it covers.
    pub words: usize,
    /// The number of its letters and blanks.
    pub letters: usize,
    /// Whether it is an everyday word, which only counts if the entry has no other word.
    pub whole_entry: bool,
    /// Its generic names, separated by semicolons.
    generics: &'l str,
}

impl<'l> Known<'l> {
    /// Its generic names.
    pub fn generics(self) -> impl Iterator<Item = &'l str> {
        self.generics.split(';')
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

    /// Adds a table of a pack. If a name is in it twice, only the first one counts.
    #[must_use]
    pub fn with_table<'n>(mut self, names: impl IntoIterator<Item = &'n LexiconName>) -> Self {
        self.own.extend(Table::new(names).map(Arc::new));
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

    fn tables(&self) -> impl Iterator<Item = &Table> {
        let built_in = BUILT_IN.as_ref().filter(|_| self.built_in);
        built_in
            .into_iter()
            .chain(self.own.iter().map(|own| &**own))
    }

    /// The names that begin with the first of these words.
    pub(super) fn beginning(&self, tokens: &[Token<'_>]) -> Vec<Known<'_>> {
        let tables = self.tables();
        tables.flat_map(|table| table.beginning(tokens)).collect()
    }

    /// All names except everyday words, with their generic names.
    pub(super) fn all(&self) -> Vec<(String, Known<'_>)> {
        let all = self.tables().flat_map(Table::all);
        all.filter(|(_, known)| !known.whole_entry).collect()
    }

    /// The generic names of the name that equals this folded text; empty if it is not a name.
    pub fn generics_of(&self, folded: &str) -> impl Iterator<Item = &str> {
        let known = self.tables().filter_map(move |table| table.get(folded));
        known.flat_map(Known::generics)
    }

    /// The names that are one typing error away from this text, which must be ASCII.
    pub(super) fn one_slip_from(&self, text: &str) -> BTreeSet<String> {
        let tables = self.tables();
        tables.flat_map(|table| table.one_slip_from(text)).collect()
    }

    /// Whether a product has exactly these generic names.
    pub(super) fn has_product_of(&self, generics: &[&str]) -> bool {
        let mut products = self.tables().flat_map(Table::products);
        products.any(|parts| are_parts(&parts.split(';').collect::<Vec<_>>(), generics))
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

#[cfg(test)]
mod tests;
