use super::{Meaning, MedicineListError, Recogniser, can_be_found, normalized_name};

/// Groups 0 retinoid, 1 topical, 2 thinner, 3 aspirin, 4 antiplatelet, 5 ordinary.
fn recogniser() -> Recogniser {
    let names = [
        ("isotretinoin", 0),
        ("accutane", 0),
        ("aknill", 0),
        ("tretinoin", 1),
        ("aknill gel", 1),
        ("apixaban", 2),
        ("eliquis", 2),
        ("aspirin", 3),
        ("ecosprin plus", 3),
        ("ecosprin plus", 4),
        ("paracetamol", 5),
        ("vitamin d", 5),
        ("co-codamol", 5),
    ];
    let meaning = |group, generic: &str| Meaning {
        group,
        generic: generic.into(),
        ask_route: None,
    };
    Recogniser::new(
        6,
        names.map(|(name, group)| (name.to_owned(), meaning(group, name))),
    )
}

fn read(answer: &str) -> String {
    let recogniser = recogniser();
    let Ok(read) = recogniser.read(answer, |word| word == "not sure") else {
        return "garbled".into();
    };
    let letters: String = read
        .groups
        .iter()
        .map(|group| match group {
            super::Truth::No => '.',
            super::Truth::Unknown => '?',
            super::Truth::Yes => 'Y',
        })
        .collect();
    let quoted: Vec<_> = read
        .entries
        .iter()
        .filter_map(|e| e.unrecognised.as_deref())
        .collect();
    format!("{letters} {:?} {}", read.unrecognised, quoted.join("|"))
}

#[test]
fn what_answers_come_to() {
    #[track_caller]
    fn case(answer: &str, expected: &str) {
        assert_eq!(read(answer).trim_end(), expected, "{answer}");
    }

    case("none", "...... No");
    case("n/a", "...... No");
    case("-", "...... No");
    case("0", "...... No");
    case("20 mg", "?????? Unknown");
    case("not sure", "?????? Unknown");
    case("Accutane 20mg capsules BID", "Y..... No");
    case("Accutaneous balm", "...... Yes Accutaneous balm");
    case("isotretinoin", "Y..... No");
    case("tretinoin cream", ".Y.... No");
    case("Aknill", "Y..... No");
    case("Aknill gel", ".Y.... No");
    case("Eliquis; Paracétamol", "..Y..Y No");
    case("apixaban/aspirin", "..YY.. No");
    case("aspirin and eliquis + vitamin D", "..YY.Y No");
    case("ECOSPRIN-Plus", "...YY. No");
    case("elliquis", "...... Yes elliquis");
    case("aspirin elliquis", "...Y.. Yes elliquis");
    case("aspirin; not sure", "???Y?? Unknown");
    case("aspirin; zzz; not sure", "???Y?? Yes zzz");
    case("co codamol", ".....Y No");
    case("none; aspirin", "garbled");
    case("aspirin, -", "garbled");
    case("no; none", "...... No");
    case("aspirin;;", "...Y.. No");
    case("sandandra", "...... Yes sandandra");
}

#[test]
fn none_beside_a_name_is_refused() {
    assert_eq!(
        recogniser().read("nil; eliquis", |_| false),
        Err(MedicineListError::NoneAndSome)
    );
}

#[test]
fn near_misses_are_only_suggested() {
    let recogniser = recogniser();
    let suggested = |typed| {
        recogniser
            .did_you_mean(typed)
            .map(|name| name.text.as_str())
    };
    assert_eq!(suggested("acutane 20 mg"), Some("accutane"));
    assert_eq!(suggested("elliquis"), Some("eliquis"));
    assert_eq!(suggested("zzzzzz"), None);
    assert_eq!(suggested("20 mg"), None);
}

#[test]
fn names_that_could_never_be_found() {
    for name in ["sulfa/trim", "a and b", "x, y", "®"] {
        assert!(!can_be_found(name, &normalized_name(name)), "{name}");
    }
    assert!(can_be_found("vitamin b12", "vitamin b12"));
}
