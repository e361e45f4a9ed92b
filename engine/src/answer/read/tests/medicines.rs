//! Answers about medicines, and unusual texts.

use super::*;

#[test]
fn medicines_take_the_blank_words_as_none() {
    for word in [
        "none",
        "nil",
        "no",
        "n/a",
        "-",
        "0",
        "n",
        "false",
        "nothing",
        "I take nothing",
        "none; no",
        "no medicines",
    ] {
        assert_eq!(read(Kind::Medicines, word), "none", "{word}");
    }
    assert_eq!(
        read(Kind::Medicines, "aspirin; #VALUE!"),
        "`#VALUE!` is an error of the spreadsheet, and the answer is lost / write the answer again, or leave the cell empty if it is not known"
    );
    assert_eq!(read(Kind::Medicines, ""), "no answer");
    assert_eq!(read(Kind::Medicines, "?"), "not sure");
    assert_eq!(
        read(Kind::Medicines, "aspirin; not sure"),
        "aspirin; not sure what else"
    );
    for text in [
        "aspirin; null",
        "aspirin, NaN",
        "aspirin and n.a.",
        "aspirin; --",
    ] {
        assert_eq!(
            read(Kind::Medicines, text),
            "aspirin; not sure what else",
            "{text}"
        );
    }
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
