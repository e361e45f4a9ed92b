//! Names of the lexicon, and what they mean for an answer.

use super::super::{Meaning, Recogniser, Token};
use super::{BTreeSet, BUILT_IN, Lexicon, LexiconName, Table};

fn built_in() -> &'static Table {
    BUILT_IN.as_ref().expect("the built-in lexicon")
}

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz0123456789 ";

/// Every text that is one typing error away from this one.
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

#[test]
fn names_are_found_by_their_words() {
    let tokens = Token::all("milk of magnesia 5 ml");
    let found: Vec<(usize, usize)> = built_in()
        .beginning(&tokens)
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

/// The tree of letters is only a faster way.
#[test]
fn all_typing_errors_of_a_name_are_found() {
    let known = built_in().all().into_iter();
    let known = known.step_by(37).map(|(name, _)| name);
    let mut found = 0;
    for name in known.filter(|name| name.is_ascii() && name.len() < 20) {
        let others = [format!("x{name}"), name.replacen('a', "aa", 1)];
        for text in [name.as_str(), &others[0], &others[1], &name[1..]] {
            let mut expected = BTreeSet::new();
            each_slip(text, |slip| {
                expected.extend(built_in().get(slip).map(|_| slip.to_owned()));
            });
            assert_eq!(built_in().one_slip_from(text), expected, "{text}");
            found += expected.len();
        }
    }
    assert!(found > 500, "{found}");
}

/// A table of a pack is written when it is read.
#[test]
fn a_table_of_a_pack_is_read_like_the_built_in_one() {
    let name = |(name, generics, whole_entry): (&str, &[&str], bool)| LexiconName {
        name: name.to_owned(),
        generics: generics.iter().map(|one| (*one).to_owned()).collect(),
        whole_entry,
    };
    let names = [
        ("zorvex", &["warfarin"][..], false),
        ("duo", &["warfarin", "codeine"][..], true),
        ("duo forte", &["warfarin", "codeine"][..], false),
        ("zorvex", &["codeine"][..], false),
    ];
    let names = names.map(name);
    let lexicon = Lexicon::default().with_built_in().with_table(&names);
    let generics = |name| lexicon.generics_of(name).collect::<Vec<_>>();
    assert_eq!(generics("zorvex"), ["warfarin"]);
    assert_eq!(generics("duo forte"), ["warfarin", "codeine"]);
    assert_eq!(generics("percocet"), ["oxycodone", "paracetamol"]);
    let slips = lexicon.one_slip_from("zorvx");
    assert!(slips.contains("zorvex"), "{slips:?}");
    let tokens = Token::all("duo forte 5 mg");
    let found = lexicon.beginning(&tokens);
    let found = found.iter().map(|one| (one.words, one.whole_entry));
    assert_eq!(found.collect::<Vec<_>>(), [(1, true), (2, false)]);
    assert!(lexicon.has_product_of(&["codeine", "warfarin"]));
    let written = postcard::to_allocvec(&lexicon).expect("bytes");
    let read: Lexicon = postcard::from_bytes(&written).expect("a lexicon");
    assert_eq!(read, lexicon);
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
    case("Fucidin H cream", ".Y.Y");
    // A form that contradicts it counts as well.
    case("Fucidin H tablets", ".YYY");
    case("Fucidin H 20 MG Oral Tablet", ".YYY");
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
