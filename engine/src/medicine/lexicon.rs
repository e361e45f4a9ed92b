//! The built-in lexicon: brands and spellings of medicines, and which generics are in them.
//!
//! `build.rs` makes it from the tables in `rules/lexicon`. It says nothing about groups: a pack does.

use std::sync::LazyLock;

use fst::raw::Fst;

use super::token::Token;

/// Which names the lexicon has; the value says where the generics are.
static NAMES: LazyLock<Option<Fst<&'static [u8]>>> =
    LazyLock::new(|| Fst::new(&include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.fst"))[..]).ok());

/// The generics of a name on a line, with semicolons between them.
const GENERICS: &str = include_str!(concat!(env!("OUT_DIR"), "/lexicon-generics.txt"));

/// SHA-256 over the lexicon, for the fingerprint of packs that use it.
pub const DIGEST: &str = env!("LEXICON_DIGEST");

/// A name of the lexicon in an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// How many words of the entry it takes.
    pub words: usize,
    /// How many letters and blanks it has.
    pub letters: usize,
    /// Whether it is an everyday word, which is a name only where the entry has no other word.
    pub whole_entry: bool,
    place: usize,
}

impl Known {
    fn new(words: usize, letters: usize, value: u64) -> Self {
        Self {
            words,
            letters,
            whole_entry: value & 1 == 1,
            place: usize::try_from(value >> 1).unwrap_or(usize::MAX),
        }
    }

    /// What is in it.
    pub fn generics(self) -> impl Iterator<Item = &'static str> {
        let line = GENERICS
            .get(self.place..)
            .and_then(|rest| rest.lines().next());
        line.into_iter().flat_map(|line| line.split(';'))
    }
}

/// The names that begin with the first of these words, the shortest first.
pub fn beginning(tokens: &[Token<'_>]) -> Vec<Known> {
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
            found.push(Known::new(words + 1, letters, value));
        }
    }
    found
}

/// The generics of the name that this folded text is; none where it is no name.
pub fn generics_of(folded: &str) -> impl Iterator<Item = &'static str> + use<> {
    let value = NAMES.as_ref().and_then(|names| names.get(folded));
    let known = value.map(|value| Known::new(0, folded.len(), value.value()));
    known.into_iter().flat_map(Known::generics)
}
