mod medicines;
mod planned;

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
        staff: false,
        preset: None,
        moved: Vec::new(),
        guardian_under: None,
        birth: false,
        exhaustive: false,
        planned: false,
        covers: None,
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
    read_question(&question(kind), text)
}

fn read_question(question: &Question, text: &str) -> String {
    let meaning = Meaning {
        group: 0,
        generic: "aspirin".into(),
        ask_route: None,
        forms: Vec::new(),
    };
    let medicines = Recogniser::new(1, [("aspirin".to_owned(), meaning)]);
    let as_of = Date::from_iso("2026-11-20").expect("a day");
    match (Reader {
        medicines: &medicines,
        as_of,
        answered_on: as_of,
        format: None,
        born: None,
        wording: None,
    })
    .reply(question, text)
    {
        Ok(reply) => reply.in_words(question),
        Err(misread) => format!("{} / {}", misread.message, misread.help),
    }
}

#[test]
fn yes_and_no() {
    for word in ["yes", " Y ", "TRUE", "1", "1.0", "x", "Yes.", "yes please"] {
        assert_eq!(read(Kind::YesNo, word), "yes", "{word}");
    }
    for word in ["no", "N", "false", "0", "0.0", "nope", "No."] {
        assert_eq!(read(Kind::YesNo, word), "no", "{word}");
    }
    for word in [
        "not sure",
        "UNKNOWN",
        "?",
        "unsure",
        "don't know",
        "I don\u{2019}t know",
        "dunno",
        "No idea.",
        "not that I know of",
        "Not that I'm aware of",
    ] {
        assert_eq!(read(Kind::YesNo, word), "not sure", "{word}");
    }
    assert_eq!(
        read(Kind::YesNo, "#REF!"),
        "`#REF!` is an error of the spreadsheet, and the answer is lost / write the answer again, or leave the cell empty if it is not known"
    );
    for word in ["declined", "prefer not to say"] {
        assert_eq!(read(Kind::YesNo, word), "declined", "{word}");
    }
    assert_eq!(
        read(Kind::YesNo, "maybe"),
        "`maybe` is not an answer to `q` / write yes, no or not sure"
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
        "`famly` is not an answer to `q` / did you mean `family`? it takes `no`, `family` or `not-applicable`",
    );
    case(
        kind(),
        "yes",
        "`yes` is not an answer to `q` / write `no`, `family` or `not-applicable`, or not sure",
    );
}

/// The name of an option decides what a word means; other words keep their usual meaning.
#[test]
fn an_option_called_no_or_none_or_never() {
    #[track_caller]
    fn case(ids: &[&str], text: &str, expected: &str) {
        let ids: Vec<_> = ids.iter().map(|id| (*id, *id, "")).collect();
        let read = read(Kind::Choice(choices(&ids)), text);
        assert_eq!(read.split(" / ").next(), Some(expected), "{text}");
    }

    for word in ["no", "No.", "n", "false", "0", "nope"] {
        case(&["no", "family"], word, "no");
        case(
            &["never", "none"],
            word,
            &format!("`{word}` is not an answer to `q`"),
        );
    }
    case(&["never", "none"], "never", "never");
    case(&["never", "none"], "None", "none");
    case(&["no", "yes"], "none", "`none` is not an answer to `q`");
    case(&["no", "yes"], "never", "`never` is not an answer to `q`");
    case(&["no", "yes"], "x", "yes");
}

#[test]
fn what_says_nothing_is_blank_for_every_question() {
    let scale = || Scale {
        unit: None,
        range: None,
    };
    let options = || choices(&[("a", "A", ""), ("b", "B", "")]);
    let kinds = || {
        [
            Kind::YesNo,
            Kind::Choice(options()),
            Kind::Choices(options()),
            Kind::Number(scale()),
            Kind::Date,
            Kind::Event,
            Kind::Course,
            Kind::Medicines,
        ]
    };
    for text in [
        "", "  ", ";", ";;", "|", " ; ", ",", ", ,", ";|;", "\n", "[]", "--", ".", "NULL", "null",
        "NA", "NaN", "#N/A", "<NA>", "(null)", "~", "\\N", "NaT", "\u{a0}", "\u{200b}", ";null;",
        "NA; NA", "nan,nan", "\u{2026}",
    ] {
        for kind in kinds() {
            let word = kind.word();
            assert_eq!(read(kind, text), "no answer", "{text:?} for {word}");
        }
    }
    for text in ["n/a", "N/A", "-", "\u{2013}", "- ; -", ";n/a;"] {
        for kind in kinds() {
            let expected = match kind {
                Kind::Medicines => "none",
                _ => "no answer",
            };
            let word = kind.word();
            assert_eq!(read(kind, text), expected, "{text:?} for {word}");
        }
    }
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
    case(kind(), "nothing", "none");
    case(kind(), "None of these.", "none");
    case(kind(), "nope", "none");
    case(kind(), ";none;", "none");
    case(kind(), "eczema;", "eczema");
    // A word for a missing value leaves the rest open.
    case(
        kind(),
        "eczema;null",
        "eczema; psoriasis: no answer; rosacea: no answer",
    );
    case(
        kind(),
        "eczema; n/a; not sure",
        "eczema; psoriasis: not sure; rosacea: not sure",
    );
    case(
        kind(),
        "eczema; #REF!",
        "`#REF!` is an error of the spreadsheet, and the answer is lost / write the answer again, or leave the cell empty if it is not known",
    );
    case(
        kind(),
        "ec\0zema",
        "`ec\u{fffd}zema` has lost letters: `\u{fffd}` stands for them / write it again",
    );
    case(
        kind(),
        "none;null",
        "this says `none` and also gives another answer to `q` / leave out `none`, or write it alone",
    );
    case(
        kind(),
        "not eczema",
        "`not eczema` is not an answer to `q` / write `eczema`, `psoriasis` or `rosacea`, several separated by `;`, or none, or not sure",
    );
    case(
        kind(),
        "none;eczema",
        "this says `none` and also gives another answer to `q` / leave out `none`, or write it alone",
    );
    case(
        kind(),
        "none;not sure",
        "this says `none` and also gives another answer to `q` / leave out `none`, or write it alone",
    );
    case(kind(), "eczema, psoriasis", "eczema; psoriasis");
    case(kind(), "eczema\npsoriasis", "eczema; psoriasis");
}

#[test]
fn none_is_no_answer_where_one_option_always_applies() {
    let options = choices(&[("face", "Face", ""), ("lips", "Lips", "")]);
    let question = Question {
        exhaustive: true,
        covers: None,
        ..question(Kind::Choices(options))
    };
    let read = |text: &str| read_question(&question, text);
    for word in ["none", "no", "N", "0", "nothing", "None of these"] {
        assert_eq!(
            read(word),
            format!(
                "`{word}` is not an answer to `q`: at least one option always applies / write one or more of `face` or `lips`, or not sure"
            )
        );
    }
    assert!(read("face;none").contains("at least one option always applies"));
    assert_eq!(read("lips"), "lips");
    assert_eq!(
        read("mouth"),
        "`mouth` is not an answer to `q` / write `face` or `lips`, several separated by `;`, or not sure"
    );
    for word in ["", ";", "null", "n/a", "-"] {
        assert_eq!(read(word), "no answer", "{word}");
    }
    assert_eq!(read("not sure"), "not sure");
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
    assert_eq!(read(kind(), "0.1 MM"), "0.1 mm");
    assert_eq!(read(kind(), "0.30000000000000004"), "0.3 mm");
    assert_eq!(read(kind(), "1.4999999999999998 mm"), "1.5 mm");
    assert_eq!(
        read(kind(), "300"),
        "300 mm is outside the range of `q` / the range is 0.1 to 3 mm; check the number and its unit"
    );
    assert_eq!(
        read(kind(), "1,5"),
        "`1,5` is not an answer to `q` / write a number such as 0.1 mm, with a point for decimals"
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
    case(Kind::Event, "happened", "at some time");
    case(Kind::Event, "Happened 2026-05-12", "2026-05-12");
    case(
        Kind::Event,
        "happened never",
        "`never` is not an answer to `q` / write never, or the day it last happened: 2026-05-31, 2026-05 or 2026",
    );
    case(Kind::Course, "Never", "never");
    for word in [
        "ongoing",
        "on-going",
        "On going",
        "ON\u{2011}GOING",
        "on_going",
    ] {
        case(Kind::Course, word, "ongoing");
    }
    case(Kind::Course, "Ended: 2026-05-12", "ended 2026-05-12");
    case(Kind::Course, "ended - 2026-05-12", "ended 2026-05-12");
    case(Kind::Event, "nope", "never");
    case(Kind::Course, "ended", "ended at some time");
    case(
        Kind::Course,
        "ended 2026-05",
        "ended 2026-05-01 to 2026-05-31",
    );
    case(
        Kind::Course,
        "yes",
        "`yes` is not an answer to `q` / write `ongoing`, `ended`, or the day it ended: yes alone does not say which",
    );
    case(
        Kind::Event,
        "2026-02-30",
        "`2026-02-30` is not a day of the calendar / check the day and the month",
    );
    case(
        Kind::Date,
        "2026-12-01",
        "`2026-12-01` is after 2026-11-20, the treatment day / this asks about something past; check the year, or decide for a later day with `--as-of`",
    );
    case(
        Kind::Date,
        "soon",
        "`soon` is not an answer to `q` / write the day: 2026-05-31, 2026-05 or 2026",
    );
}
