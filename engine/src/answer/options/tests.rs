use super::{options, unread_parts};
use crate::answer::Wording;
use crate::question::{Choice, Kind, Question};

fn question(options: &[(&str, &str)], exhaustive: bool) -> Question {
    let choice = |(id, text): &(&str, &str)| Choice {
        id: (*id).into(),
        text: (*text).into(),
        also: vec![],
        icd10: vec![],
    };
    Question {
        id: "skin".into(),
        ask: "Skin?".into(),
        help: None,
        also: vec![],
        kind: Kind::Choices(options.iter().map(choice).collect()),
        optional: false,
        exhaustive,
        planned: false,
        covers: None,
        staff: false,
        preset: None,
        moved: Vec::new(),
        guardian_under: None,
        birth: false,
    }
}

fn skin() -> Question {
    question(
        &[
            ("eczema", "Eczema"),
            ("rash", "Eczema, dermatitis or another rash"),
            ("spots", "Spots"),
            ("sore", "Spots, sore or red"),
            ("sores", "Sores"),
            ("lips", "Lips; the red part"),
        ],
        false,
    )
}

#[track_caller]
fn read(question: &Question, wording: Option<&Wording>, text: &str) -> String {
    match options(question, question.kind.choices(), wording, text) {
        Ok(reply) => reply.in_words(question),
        Err(why) => why.message,
    }
}

#[test]
fn several_options_in_one_cell() {
    #[track_caller]
    fn case(text: &str, expected: &str) {
        assert_eq!(read(&skin(), None, text), expected, "{text}");
    }

    case("eczema, spots", "eczema; spots");
    case("Spots\nEczema", "eczema; spots");
    case("Spots\r\nEczema\r\n", "eczema; spots");
    case("Eczema, dermatitis or another rash", "rash");
    case(
        "Spots, Eczema, dermatitis or another rash, Sores",
        "rash; spots; sores",
    );
    case("Spots, sore or red, Spots", "spots; sore");
    case("Lips; the red part, Sores", "sores; lips");
    case("Lips; the red part; Sores", "sores; lips");
    case("Spots,, Sores,", "spots; sores");
    case("None of the above", "none");
    case(
        "none, eczema",
        "this says `none` and also gives another answer to `skin`",
    );
    case("eczema, not sure", "eczema; the rest not sure");
    case(
        "eczema, dermatitis",
        "`dermatitis` is not an answer to `skin`",
    );
    case(
        "eczema; dermatitis",
        "`dermatitis` is not an answer to `skin`",
    );
    case(
        "spotsy, eczema",
        "`spotsy, eczema` is not an answer to `skin`",
    );
    // Ids separated by blanks, as ODK and Kobo write several options.
    case("eczema spots", "eczema; spots");
    case("eczema not_sure", "eczema; the rest not sure");
    case("declined", "the rest declined");
    case(
        "eczema none",
        "this says `none` and also gives another answer to `skin`",
    );
    case(
        "eczema and spots",
        "`eczema and spots` is not an answer to `skin`",
    );
    case("Eczema Spots", "`Eczema Spots` is not an answer to `skin`");
    case("no eczema", "`no eczema` is not an answer to `skin`");
}

#[test]
fn a_text_of_two_meanings_is_refused() {
    let question = question(
        &[
            ("acne", "Acne"),
            ("severe", "severe"),
            ("both", "Acne, severe"),
        ],
        false,
    );
    let message = "can be read in two ways";
    assert!(read(&question, None, "Acne, severe").contains(message));
    assert!(read(&question, None, "Acne, severe, Acne").contains(message));
    assert_eq!(read(&question, None, "severe, Acne"), "acne; severe");
    assert_eq!(read(&question, None, "both"), "both");
    let mut wording = Wording::default();
    assert!(wording.mean("Acne, severe", "both"));
    assert_eq!(
        read(&question, Some(&wording), "acne, SEVERE, acne"),
        "acne; both"
    );
}

#[test]
fn words_of_a_column_among_options() {
    let mut wording = Wording::default();
    for (word, answer) in [
        ("Dermatitis (all kinds, even light)", "rash;eczema"),
        ("Other", "not sure"),
        ("Nothing, thanks", "none"),
        ("-", ""),
    ] {
        assert!(wording.mean(word, answer));
    }
    let read = |text| read(&skin(), Some(&wording), text);
    assert_eq!(
        read("Sores, Dermatitis (all kinds, even light)"),
        "eczema; rash; sores"
    );
    assert_eq!(read("Sores\nOther"), "sores; the rest not sure");
    assert_eq!(read("Nothing, thanks"), "none");
    assert_eq!(
        read("Nothing, thanks, Sores"),
        "this says `none` and also gives another answer to `skin`"
    );
    assert_eq!(read("Sores, -"), "sores; the rest no answer");
    let unread = |text| unread_parts(&skin(), &wording, text);
    assert_eq!(
        unread("Sores, Boils, Spots, sore or red; Warts"),
        ["Boils", "Warts"]
    );
}

#[test]
fn where_something_always_applies() {
    let area = question(&[("face", "Face"), ("neck", "Neck")], true);
    assert_eq!(read(&area, None, "Face, Neck"), "face; neck");
    assert!(read(&area, None, "none").contains("at least one option always applies"));
}
