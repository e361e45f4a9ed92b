//! Lexicons: brands and spellings of medicines, with their generic names.
//!
//! `build.rs` makes the built-in lexicon from the tables in `rules/lexicon`; a pack may have its own tables.
//! Lexicons contain no groups; these are set in packs.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use fst::Streamer;
use fst::raw::Fst;
use serde::{Deserialize, Serialize, Serializer};

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
        let value = NAMES.as_ref().and_then(|names| names.get(folded));
        let value = value.filter(|_| self.built_in);
        let known = value.map(|value| Known::built_in(0, folded.len(), value.value()));
        let own = self.own.iter().filter_map(|table| table.names.get(folded));
        let own: Vec<&str> = own
            .flat_map(|(generics, _)| generics.iter().map(String::as_str))
            .collect();
        known.into_iter().flat_map(Known::generics).chain(own)
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
mod tests {
    use super::super::{Meaning, Recogniser, Token};
    use super::{Lexicon, beginning};

    #[test]
    fn names_are_found_by_their_words() {
        let tokens = Token::all("milk of magnesia 5 ml");
        let found: Vec<(usize, usize)> = beginning(&tokens)
            .iter()
            .map(|known| (known.words, known.letters))
            .collect();
        assert_eq!(found, [(3, "milk of magnesia".len())]);
        let lexicon = Lexicon::default().with_built_in();
        let generics: Vec<&str> = lexicon.generics_of("percocet").collect();
        assert_eq!(generics, ["oxycodone", "paracetamol"]);
        assert_eq!(lexicon.generics_of("percoce").count(), 0);
        assert_eq!(lexicon.generics_of("").count(), 0);
        assert_eq!(Lexicon::default().generics_of("percocet").count(), 0);
    }

    /// Groups: 0 opioid, 1 ordinary, 2 steroid, 3 skin cream.
    fn recogniser() -> Recogniser {
        let names = [
            ("oxycodone", 0),
            ("paracetamol", 1),
            ("codeine", 1),
            ("warfarin", 0),
            ("hydrocortisone", 2),
            ("fusidic acid", 1),
        ];
        let cream = crate::medicine::FormMeaning {
            forms: crate::medicine::Forms::named("skin").expect("a form"),
            groups: vec![3],
            ask_route: None,
        };
        let meaning = |(name, group): (&str, usize)| Meaning {
            group,
            generic: name.to_owned().into(),
            ask_route: None,
            forms: Vec::from_iter((group == 2).then(|| cream.clone())),
        };
        let names = names.map(|one| (one.0.to_owned(), meaning(one)));
        Recogniser::new(4, names).with_lexicon(Lexicon::default().with_built_in())
    }

    #[test]
    fn a_brand_counts_as_all_that_is_in_it() {
        #[track_caller]
        fn case(answer: &str, expected: &str) {
            let recogniser = recogniser();
            let read = recogniser.read(answer, |_| false).expect("a list");
            let groups: String = read
                .groups
                .iter()
                .map(|truth| match truth {
                    crate::truth::Truth::Yes => 'Y',
                    crate::truth::Truth::Unknown => '?',
                    crate::truth::Truth::No => '.',
                })
                .collect();
            let quoted: Vec<&str> = read
                .entries
                .iter()
                .filter_map(|entry| entry.unrecognised.as_deref())
                .collect();
            let said = format!("{groups} {}", quoted.join("|"));
            assert_eq!(said.trim_end(), expected, "{answer}");
        }

        case("Percocet 5/325 tablets", "YY..");
        case("Tylenol 500 mg", ".Y..");
        case("tylenol oxycodone", "YY..");
        // The form is part of the brand.
        case("Fucidin H", ".Y.Y");
        case("hydrocortisone", "..Y.");
        // A part that is in no group is unrecognised.
        case("vicodin", ".Y.. vicodin");
        case("zithromax", ".... zithromax");
        // An everyday word only counts as the whole entry.
        case("lean", ".Y..");
        case("lean meat", ".... lean meat");
        case("paracetamol lean", ".Y.. lean");
        // Other spellings are recognised. Typing errors are not; they leave the groups of similar names undecided.
        case("oxycodon", "Y...");
        case("oxycodonee", "?... oxycodonee");
        case("percocett", "??.. percocett");
        case("paracetamol percocett", "?Y.. percocett");
        case("warfarine", "Y...");
        case("warfrin", "?... warfrin");
    }

    #[test]
    fn a_generic_without_a_group_is_named() {
        let recogniser = recogniser();
        let named = |typed| recogniser.generics_without_group(typed);
        assert_eq!(named("Zithromax 250"), ["azithromycin"]);
        assert_eq!(named("vicodin"), ["hydrocodone"]);
        assert!(named("tylenol").is_empty() && named("zzz").is_empty());
    }
}
