use crate::truth::Truth;

use super::{Meaning, MedicineListError, Recogniser, can_be_found, normalized_name};

/// Groups: 0 retinoid, 1 topical, 2 thinner, 3 aspirin, 4 antiplatelet, 5 ordinary. Medicines of
/// the first five must not be read as harmless ones.
pub(super) fn recogniser() -> Recogniser {
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
        ("tretinoin cream", 5),
        ("bayer 81", 3),
        ("eye drops", 5),
        ("the pill", 4),
        ("omeprazole", 5),
        ("losartan", 5),
        ("losar", 5),
        ("clopilet", 4),
        ("metformin", 5),
        ("telma", 5),
    ];
    let meaning = |group, generic: &str| Meaning {
        group,
        generic: generic.to_owned().into(),
        ask_route: None,
        forms: Vec::new(),
    };
    Recogniser::new(
        6,
        names.map(|(name, group)| {
            let generic = if name == "losar" { "losartan" } else { name };
            (name.to_owned(), meaning(group, generic))
        }),
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
            Truth::No => '.',
            Truth::Unknown => '?',
            Truth::Yes => 'Y',
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
    case("tretinoin cream", ".....Y No");
    case("tretinoin", ".Y.... No");
    case("Aknill", "Y..... No");
    case("Aknill gel", ".Y.... No");
    case("Eliquis; Paracétamol", "..Y..Y No");
    case("apixaban/aspirin", "..YY.. No");
    case("aspirin and eliquis + vitamin D", "..YY.Y No");
    case("ECOSPRIN-Plus", "...YY. No");
    // A misspelled name is unrecognised; whether the similar medicine is taken is unknown.
    case("elliquis", "..?... Yes elliquis");
    case("aspirin elliquis", "..?Y.. Yes elliquis");
    case("eliquis; elliquis", "..Y... Yes elliquis");
    case("aspirin; not sure", "???Y?? Unknown");
    case("aspirin; zzz; not sure", "???Y?? Yes zzz");
    case("co codamol", ".....Y No");
    case("none; aspirin", "garbled");
    case("aspirin, -", "garbled");
    case("no; none", "...... No");
    case("nil and aspirin", "garbled");
    case("nil/aspirin", "garbled");
    case("aspirin + nil", "garbled");
    case("aspirin & none", "garbled");
    case("no aspirin", "...Y.. Yes no");
    // A dose alone is not an answer, and a strength without a name belongs to an unknown medicine.
    case("aspirin 1/0/1", "...Y.. No");
    case("20 mg; none", "?????? Unknown");
    case("none, 20 mg", "?????? Unknown");
    case("none;", "...... No");
    case("aspirin;;", "...Y.. No");
    case("sandandra", "...... Yes sandandra");
}

/// Only strengths and frequencies may be without a name.
#[test]
fn a_medicine_without_a_name_is_quoted() {
    #[track_caller]
    fn quoted(answer: &str, expected: &str) {
        assert_eq!(read(answer), format!(".....Y Yes {expected}"), "{answer}");
    }
    #[track_caller]
    fn known(answer: &str) {
        assert_eq!(read(answer), ".....Y No ", "{answer}");
    }

    quoted("paracetamol; weekly injection", "weekly injection");
    quoted("paracetamol; a patch", "a patch");
    quoted("metformin + a pen once a week", "a pen once a week");
    quoted("metformin / 2 pens a month", "2 pens a month");
    quoted("metformin 500 mg + 1 injection", "1 injection");
    quoted("metformin and an infusion", "an infusion");
    quoted("paracetamol, monthly infusion", "monthly infusion");
    quoted(
        "paracetamol, one injection a month",
        "one injection a month",
    );
    quoted("paracetamol. Weekly injection", "Weekly injection");
    quoted(
        "paracetamol 500mg. 1 injection a month.",
        "1 injection a month.",
    );
    quoted("paracetamol\ncream", "cream");
    quoted("paracetamol; 2 puffs", "2 puffs");
    quoted("paracetamol; tablets", "tablets");
    quoted("paracetamol, pill", "pill");
    quoted("paracetamol, eye ointment", "eye ointment");
    quoted("paracetamol, nasal", "nasal");
    quoted("paracetamol; 20 mg, 2 tablets", "2 tablets");
    quoted("paracetamol; a supplement", "a supplement");
    quoted(
        "paracetamol and several other medicines",
        "several other medicines",
    );
    quoted(
        "paracetamol; prescribed by my doctor",
        "prescribed by my doctor",
    );
    quoted("paracetamol; EC-Pill", "EC-Pill");
    quoted("paracetamol; Aid SR", "Aid SR");
    quoted("paracetamol, SR", "SR");
    quoted("paracetamol, potassium", "potassium");
    quoted("metformin 1 tablet and 1 injection", "1 injection");
    quoted("metformin and 1 tablet at night", "1 tablet at night");

    known("paracetamol; 20 mg");
    known("paracetamol; twice a day, 7 days");
    known("omeprazole, 2 tablets every morning");
    known("omeprazole, capsules, 20 mg, once daily");
    known("omeprazole. 1 tab. b.d.");
    known("omeprazole, one small pill at night");
    known("omeprazole, 1 drop in both eyes");
    known("omeprazole, take 1-2 tablets by mouth every 6 hours as needed for pain");
    known("metformin 1 tablet in the morning and 2 tablets at night");
    known("metformin, 1 tablet in the morning and 2 tablets at night");
    known("paracetamol, prescribed by my doctor");
}

/// Short endings of brands can mean a second medicine.
#[test]
fn what_follows_a_brand_is_quoted_unless_it_says_nothing_of_a_medicine() {
    for ending in [
        "plus", "ds", "d", "m", "n", "ts", "max", "t", "a", "cr", "c", "forte", "tr", "hc", "am",
        "h", "g", "dx", "extra", "s", "l", "cv", "r", "hz", "cl", "e", "nn", "p", "x", "aid", "o",
        "fast", "ci", "pro", "br", "kit", "on", "hp", "b", "oft", "z", "v", "met", "as", "i", "an",
        "hct", "co", "pm",
    ] {
        for entry in [
            format!("losar {ending}"),
            format!("Losar-{} 50 mg", ending.to_uppercase()),
            format!("losar {ending} tablets daily"),
            format!("losar 50 {ending}"),
        ] {
            // Units, hours and each night's dose, after a number.
            let amount = entry == "losar 50 g";
            let expected = if amount {
                "No ".to_owned()
            } else {
                format!("Yes {ending}")
            };
            assert_eq!(read(&entry), format!(".....Y {expected}"), "{entry}");
        }
    }
    for ending in [
        "sr", "xr", "er", "mr", "odt", "dt", "xl", "la", "retard", "ec", "jr", "mups", "bd", "od",
        "bid",
    ] {
        for entry in [
            format!("losar {ending}"),
            format!("Losar-{} 50 mg", ending.to_uppercase()),
        ] {
            assert_eq!(read(&entry), ".....Y No ", "{entry}");
        }
    }
    for entry in [
        "losartan cr",
        "losartan 50 mg CR",
        "losartan 50 mg am",
        "losar 50mg at 8 am and 5 pm",
        "losar a day",
    ] {
        assert_eq!(read(entry), ".....Y No ", "{entry}");
    }
}

/// The position of a strength or a salt does not matter.
#[test]
fn strengths_do_not_part_a_name_from_its_form() {
    #[track_caller]
    fn case(answer: &str, expected: &str) {
        assert_eq!(read(answer).trim_end(), expected, "{answer}");
    }

    for entry in [
        "aknill gel",
        "aknill 0.05% gel",
        "aknill gel 0.05 %",
        "Aknill 0.05 % sodium gel",
        "aknill (0,05%) GEL",
        "20 g aknill gel",
        "aknill 1.5/0.5 mg gel",
        "Aknill 10 MG/ML gel",
    ] {
        case(entry, ".Y.... No");
    }
    case("aknill 0.05% forte gel", "Y..... Yes forte");
    case("aknill gel capsules", ".Y.... Yes capsules");
    case("oral aknill gel", ".Y.... Yes oral");
    case("aknill gel; 2 capsules", ".Y.... Yes 2 capsules");
    case("bayer 81", "...Y.. No");
    case("bayer 81mg", "...Y.. No");
    case("bayer 50 81", "...... Yes bayer 50 81");
    case("eye drops", ".....Y No");
    case("losartan eye drops", ".....Y No");
    case("the pill", "....Y. No");
    case("losartan the pill", ".....Y Yes the");
}

#[test]
fn words_around_a_name_are_understood() {
    for entry in [
        "Losartan Potassium 50 MG Oral Tablet",
        "24 HR losartan potassium 50 MG Extended Release Oral Tablet",
        "losartan 10 MG/ML Oral Suspension [Katerzia]",
        "1 ML losartan 4000 UNT/ML Injection",
        "losartan 0.12/0.015 MG per 24HR",
        "losartan NDA020503 200 ACTUAT",
        "losartan 50mg tab(s) p.o. q.d.",
        "Tab. Losartan 50 mg 1+0+1",
        "losartan 50 mg 1-0-1 x 5 days #30",
        "losartan 25mg: one and a half tablets daily with food",
        "i take losartan every other day in the morning before breakfast",
        "losartan 1,000 mg q6h prn for pain",
        "losartan 50mg/day w/ food as directed",
        "losartan 10 mg on",
        "my losartan, now 5 mg",
        "losartan as per INR",
        "teva losartan",
    ] {
        assert_eq!(read(entry), ".....Y No ", "{entry}");
    }
    for (entry, left) in [
        ("no losartan", "no"),
        ("stopped losartan last week", "stopped last"),
        ("losartan for my heart", "for my heart"),
        ("losartan zuvetan", "zuvetan"),
        ("losartan with zuvetan", "with zuvetan"),
        ("losartan [zuvetan]", "zuvetan"),
        ("losartan pain", "pain"),
        ("allergic to losartan", "allergic"),
    ] {
        assert_eq!(read(entry), format!(".....Y Yes {left}"), "{entry}");
    }
}

#[test]
fn none_beside_a_name_is_refused() {
    assert_eq!(
        recogniser().read("nil; eliquis", |_| false),
        Err(MedicineListError::NoneAndSome)
    );
    assert_eq!(read("nil and aspirin"), "garbled");
    assert_eq!(read("nil/aspirin"), "garbled");
    assert_eq!(read("20 mg; none"), "?????? Unknown ");
}

#[test]
fn near_misses_are_only_suggested() {
    let recogniser = recogniser();
    let suggested = |typed| {
        recogniser
            .did_you_mean(typed)
            .map(|near| (near.text, near.whole))
    };
    assert_eq!(
        suggested("acutane 20 mg"),
        Some(("accutane".to_owned(), true))
    );
    assert_eq!(suggested("elliquis"), Some(("eliquis".to_owned(), true)));
    assert_eq!(suggested("zzzzzz"), None);
    assert_eq!(suggested("20 mg"), None);
    // Only a name similar to all the words may replace them.
    assert_eq!(
        suggested("elliquis zuvetan"),
        Some(("eliquis".to_owned(), false))
    );
}

#[test]
fn names_that_could_never_be_found() {
    for name in ["sulfa/trim", "a and b", "x, y", "®"] {
        assert!(!can_be_found(name, &normalized_name(name)), "{name}");
    }
    assert!(can_be_found("vitamin b12", "vitamin b12"));
}
