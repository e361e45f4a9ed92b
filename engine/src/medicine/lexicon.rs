//! The built-in lexicon: brands and spellings of medicines, and which generics are in them.
//!
//! `build.rs` makes it from the tables in `rules/lexicon`. It says nothing about groups: a pack does.

use std::sync::LazyLock;

use fst::Streamer;
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

/// Every name that is no everyday word, and what is in it.
pub fn all() -> Vec<(String, Known)> {
    let mut all = Vec::new();
    let Some(names) = &*NAMES else {
        return all;
    };
    let mut names = names.stream();
    while let Some((name, value)) = names.next() {
        let known = Known::new(0, name.len(), value.value());
        if !known.whole_entry {
            all.push((String::from_utf8_lossy(name).into_owned(), known));
        }
    }
    all
}

/// Whether a product has just these generics in it.
pub fn has_product_of(generics: &[&str]) -> bool {
    let is = |part: &str, generic: &str| {
        // `hydrocortisone cream`
        let rest = part.strip_prefix(generic);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    GENERICS.lines().any(|line| {
        let parts = || line.split(';');
        parts().count() == generics.len()
            && generics
                .iter()
                .all(|generic| parts().any(|part| is(part, generic)))
            && parts().all(|part| generics.iter().any(|generic| is(part, generic)))
    })
}

/// The generics of the name that this folded text is; none where it is no name.
pub fn generics_of(folded: &str) -> impl Iterator<Item = &'static str> + use<> {
    let value = NAMES.as_ref().and_then(|names| names.get(folded));
    let known = value.map(|value| Known::new(0, folded.len(), value.value()));
    known.into_iter().flat_map(Known::generics)
}

#[cfg(test)]
mod tests {
    use super::super::{Meaning, Recogniser, Token};
    use super::{beginning, generics_of};

    #[test]
    fn names_are_found_by_their_words() {
        let tokens = Token::all("milk of magnesia 5 ml");
        let found: Vec<(usize, usize)> = beginning(&tokens)
            .iter()
            .map(|known| (known.words, known.letters))
            .collect();
        assert_eq!(found, [(3, "milk of magnesia".len())]);
        let generics: Vec<&str> = generics_of("percocet").collect();
        assert_eq!(generics, ["oxycodone", "paracetamol"]);
        assert_eq!(generics_of("percoce").count(), 0);
        assert_eq!(generics_of("").count(), 0);
    }

    /// Groups 0 opioid, 1 ordinary, 2 steroid, 3 skin cream.
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
            generic: name.to_owned(),
            ask_route: None,
            forms: Vec::from_iter((group == 2).then(|| cream.clone())),
        };
        let names = names.map(|one| (one.0.to_owned(), meaning(one)));
        Recogniser::new(4, names).with_lexicon()
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
        // The form that is in the brand.
        case("Fucidin H", ".Y.Y");
        case("hydrocortisone", "..Y.");
        // A part that no group has is not recognised.
        case("vicodin", ".Y.. vicodin");
        case("zithromax", ".... zithromax");
        // An everyday word counts only where it is the whole entry.
        case("lean", ".Y..");
        case("lean meat", ".... lean meat");
        case("paracetamol lean", ".Y.. lean");
        // Other spellings are names; slips are not, and leave the groups of what they are near to undecided.
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
