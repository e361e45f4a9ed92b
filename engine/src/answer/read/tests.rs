use super::Reader;
use crate::date::Date;
use crate::decimal::Decimal;
use crate::medicine::{Meaning, Recogniser};
use crate::question::{Choice, Kind, Question, Scale};

fn question(kind: Kind) -> Question {
    Question {
        id: "q".into(),
        ask: "Q?".into(),
        help: None,
        also: vec![],
        kind,
        optional: false,
    }
}

fn choices(ids: &[(&str, &str, &str)]) -> Vec<Choice> {
    ids.iter()
        .map(|(id, text, also)| Choice {
            id: (*id).into(),
            text: (*text).into(),
            also: also.split_whitespace().map(str::to_owned).collect(),
            icd10: vec![],
        })
        .collect()
}

fn read(kind: Kind, text: &str) -> String {
    let meaning = Meaning {
        group: 0,
        generic: "aspirin".into(),
        ask_route: None,
    };
    let medicines = Recogniser::new(1, [("aspirin".to_owned(), meaning)]);
    let as_of = Date::from_iso("2026-11-20").expect("a day");
    let question = question(kind);
    match (Reader {
        medicines: &medicines,
        as_of,
        said: as_of,
        format: None,
    })
    .reply(&question, text)
    {
        Ok(reply) => reply.in_words(&question),
        Err(misread) => format!("{} / {}", misread.message, misread.help),
    }
}

#[test]
fn yes_and_no() {
    for word in ["yes", " Y ", "TRUE", "1", "x"] {
        assert_eq!(read(Kind::YesNo, word), "yes", "{word}");
    }
    for word in ["no", "N", "false", "0"] {
        assert_eq!(read(Kind::YesNo, word), "no", "{word}");
    }
    for word in ["not sure", "UNKNOWN", "?", "unsure", "don't know"] {
        assert_eq!(read(Kind::YesNo, word), "not sure", "{word}");
    }
    for word in ["", "  ", "n/a", "NA", "null", "-"] {
        assert_eq!(read(Kind::YesNo, word), "no answer", "{word}");
    }
    for word in ["declined", "prefer not to say"] {
        assert_eq!(read(Kind::YesNo, word), "declined", "{word}");
    }
    assert_eq!(
        read(Kind::YesNo, "maybe"),
        "`maybe` is no answer to `q` / write yes, no or not sure"
    );
}

#[test]
fn one_option() {
    #[track_caller]
    fn case(kind: Kind, text: &str, expected: &str) {
        assert_eq!(read(kind, text), expected, "{text}");
    }

    let kind = || {
        Kind::Choice(choices(&[
            ("no", "No", ""),
            ("family", "A parent, brother or sister", "relative"),
            ("not-applicable", "Not applicable", "n/a"),
        ]))
    };

    case(kind(), "no", "no");
    case(kind(), "FALSE", "no");
    case(kind(), "Relative", "family");
    case(kind(), "a parent,  brother or sister", "family");
    case(kind(), "n/a", "not-applicable");
    case(kind(), "Not Applicable", "not-applicable");
    case(kind(), "-", "no answer");
    case(
        kind(),
        "famly",
        "`famly` is no answer to `q` / did you mean `family`? it takes `no`, `family` or `not-applicable`",
    );
    case(
        kind(),
        "yes",
        "`yes` is no answer to `q` / write `no`, `family` or `not-applicable`, or not sure",
    );
}

#[test]
fn several_options() {
    #[track_caller]
    fn case(kind: Kind, text: &str, expected: &str) {
        assert_eq!(read(kind, text), expected, "{text}");
    }

    let kind = || {
        Kind::Choices(choices(&[
            ("eczema", "Eczema", "dermatitis"),
            ("psoriasis", "Psoriasis", ""),
            ("rosacea", "Rosacea", ""),
        ]))
    };

    case(kind(), "none", "none");
    case(kind(), "no", "none");
    case(kind(), "Dermatitis | psoriasis", "eczema; psoriasis");
    case(
        kind(),
        "eczema;not sure",
        "eczema; psoriasis: not sure; rosacea: not sure",
    );
    case(
        kind(),
        "eczema;declined",
        "eczema; psoriasis: declined; rosacea: declined",
    );
    case(kind(), "not sure", "not sure");
    case(kind(), "n/a", "no answer");
    case(
        kind(),
        "none;eczema",
        "this says both none and something to `q` / leave out `none`, or write it alone",
    );
    case(
        kind(),
        "none;not sure",
        "this says both none and something to `q` / leave out `none`, or write it alone",
    );
    case(
        kind(),
        "eczema, psoriasis",
        "`eczema, psoriasis` is no answer to `q` / write `eczema`, `psoriasis` or `rosacea`, several parted by `;`, or none, or not sure",
    );
}

#[test]
fn numbers_in_their_unit() {
    let number = |text| Decimal::read(text).expect("a number");
    let kind = || {
        Kind::Number(Scale {
            unit: Some("mm".into()),
            range: Some((number("0.1"), number("3"))),
        })
    };
    assert_eq!(read(kind(), "1.5"), "1.5 mm");
    assert_eq!(read(kind(), "1.50mm"), "1.5 mm");
    assert_eq!(read(kind(), "0.1 mm"), "0.1 mm");
    assert_eq!(
        read(kind(), "300"),
        "300 mm is outside what `q` takes / it takes 0.1 to 3 mm; check the number and its unit"
    );
    assert_eq!(
        read(kind(), "1,5"),
        "`1,5` is no answer to `q` / write a number such as 0.1 mm, with a point for decimals"
    );
}

#[test]
fn events_and_courses() {
    #[track_caller]
    fn case(kind: Kind, text: &str, expected: &str) {
        assert_eq!(read(kind, text), expected, "{text}");
    }

    case(Kind::Event, "never", "never");
    case(Kind::Event, "no", "never");
    case(Kind::Event, "yes", "at some time");
    case(Kind::Event, "2026-05-12", "2026-05-12");
    case(Kind::Course, "Never", "never");
    case(Kind::Course, "ongoing", "ongoing");
    case(Kind::Course, "ended", "ended at some time");
    case(
        Kind::Course,
        "ended 2026-05",
        "ended 2026-05-01 to 2026-05-31",
    );
    case(
        Kind::Course,
        "yes",
        "`yes` is no answer to `q` / write `ongoing`, `ended`, or the day it ended: yes alone does not say which",
    );
    case(
        Kind::Event,
        "2026-02-30",
        "`2026-02-30` is no day of the calendar / check the day and the month",
    );
    case(
        Kind::Date,
        "2026-12-01",
        "`2026-12-01` is after 2026-11-20, the day decided for / this asks about something past; check the year, or decide for a later day with `--as-of`",
    );
    case(
        Kind::Date,
        "soon",
        "`soon` is no answer to `q` / write the day: 2026-05-31, 2026-05 or 2026",
    );
}

#[test]
fn medicines_take_the_blank_words_as_none() {
    for word in ["none", "nil", "no", "n/a", "-", "0"] {
        assert_eq!(read(Kind::Medicines, word), "none", "{word}");
    }
    assert_eq!(read(Kind::Medicines, ""), "no answer");
    assert_eq!(read(Kind::Medicines, "?"), "not sure");
    assert_eq!(
        read(Kind::Medicines, "aspirin; not sure"),
        "aspirin; not sure what else"
    );
}

#[test]
fn long_and_strange_texts_are_quoted_on_one_line() {
    let quoted = read(Kind::YesNo, &format!("a\u{1b}[31m\n{}", "z".repeat(200)));
    assert!(!quoted.contains(['\n', '\u{1b}']));
    assert!(quoted.len() < 150);
}

#[test]
fn declining_beside_medicines_leaves_the_rest_open() {
    assert_eq!(
        read(Kind::Medicines, "aspirin; prefer not to say"),
        "aspirin; not sure what else"
    );
}
