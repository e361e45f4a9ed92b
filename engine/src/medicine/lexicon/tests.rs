//! Names of the lexicon, and what they mean for an answer.

use super::super::{Meaning, Recogniser, Token};
use super::{HashSet, Lexicon, NAMES, all, beginning, each_slip, names_one_slip_from};

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

/// The tree of letters is only a faster way.
#[test]
fn all_typing_errors_of_a_name_are_found() {
    let names = NAMES.as_ref().expect("the lexicon");
    let known = all().into_iter().step_by(37).map(|(name, _)| name);
    let mut found = 0;
    for name in known.filter(|name| name.is_ascii() && name.len() < 20) {
        let others = [format!("x{name}"), name.replacen('a', "aa", 1)];
        for text in [name.as_str(), &others[0], &others[1], &name[1..]] {
            let mut expected = HashSet::new();
            each_slip(text, |slip| {
                expected.extend(names.get(slip).map(|_| slip.to_owned()));
            });
            assert_eq!(names_one_slip_from(names, text), expected, "{text}");
            found += expected.len();
        }
    }
    assert!(found > 500, "{found}");
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
