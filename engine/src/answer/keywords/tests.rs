use super::{
    is_blank, is_blank_medicine, is_lost, is_no_medicine, is_none, is_not_sure, yes_or_no,
};

#[test]
fn yes_no_and_not_sure_as_people_say_them() {
    #[track_caller]
    fn case(texts: &[&str], expected: Option<bool>, not_sure: bool) {
        for text in texts {
            assert_eq!(yes_or_no(text), expected, "{text}");
            assert_eq!(is_not_sure(text), not_sure, "{text}");
        }
    }

    case(
        &["yes please", "Yep!", "yup", "yeah", "Yes, I do", "y"],
        Some(true),
        false,
    );
    case(
        &["n", "nope", "nah", "No.", "not at all", "No, I haven't"],
        Some(false),
        false,
    );
    case(
        &[
            "I don't know",
            "no idea",
            "I have no idea",
            "dunno",
            "idk",
            "not that I know of",
            "not to my knowledge",
            "can't remember",
            "not really",
            "probably not",
            "I don't think so",
        ],
        None,
        true,
    );
    // None of them determines which.
    case(
        &[
            "sure",
            "no thanks",
            "not",
            "nothing",
            "none",
            "ok",
            "sometimes",
            "maybe",
        ],
        None,
        false,
    );
}

#[test]
fn what_says_nothing() {
    for text in [
        "",
        " ",
        "-",
        "--",
        "\u{2013}",
        ".",
        ";",
        ";;",
        " ; ",
        "|",
        ",",
        ", ,",
        "[]",
        "\"\"",
        "\u{200b}",
        "\u{a0}",
        "NULL",
        "null",
        "NA",
        "N.A.",
        "NaN",
        "nan",
        "#N/A",
        "<NA>",
        "(null)",
        "\\N",
        "~",
        "NaT",
        "not recorded",
    ] {
        assert!(is_blank(text), "{text:?}");
        assert!(is_blank_medicine(text) != is_no_medicine(text), "{text:?}");
    }
    assert!(is_blank("n/a") && !is_blank_medicine("n/a"));
    assert!(is_blank_medicine("+") && !is_blank("+"));
    for text in [
        "none", "no", "?", "+", "*", "x", "0", "eczema", "\u{2713}", "not sure", "#REF!",
    ] {
        assert!(!is_blank(text), "{text:?}");
    }
}

#[test]
fn what_means_none() {
    for text in [
        "none",
        "None.",
        "nil",
        "no",
        "N",
        "0",
        "0.0",
        "false",
        "nothing",
        "none of these",
        "nope",
    ] {
        assert!(is_none(text) && is_no_medicine(text), "{text}");
    }
    for text in [
        "n/a",
        "N/A",
        "-",
        "\u{2013}",
        "I take nothing",
        "no medicines",
    ] {
        assert!(is_no_medicine(text) && !is_none(text), "{text}");
    }
    for text in ["na", "null", "nan", "#n/a", "--", "", "aspirin", "not sure"] {
        assert!(!is_no_medicine(text), "{text}");
    }
}

#[test]
fn what_a_spreadsheet_lost() {
    for text in [
        "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#ERROR!", "Err:502",
    ] {
        assert!(is_lost(text) && !is_blank(text), "{text}");
    }
    for text in ["#N/A", "#", "#1", "?", "!", "# aspirin!", "errand"] {
        assert!(!is_lost(text), "{text}");
    }
}
