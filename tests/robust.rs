//! No file makes it panic, hang or grow without bound.

use candidacy::engine::compile::compile;
use candidacy::engine::pack;
use candidacy::engine::source::Source;
use candidacy::report::diagnostic::refusal;
use proptest::prelude::*;

/// The small pack with a few stretches cut out, doubled or replaced.
fn damaged() -> impl Strategy<Value = String> {
    const PACK: &str = include_str!("terminal/demo.yaml");
    let junk = prop::sample::select(vec![
        "",
        " ",
        "\n",
        "\t",
        ":",
        ": ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "\"",
        "'",
        "#",
        "&a ",
        "*a",
        "!x ",
        "<<: ",
        "---\n",
        "é",
        "\u{0}",
        "\u{feff}",
        "not ",
        " within ",
        "9999999999 months",
        "99999 years",
        "0 days",
        "acne",
        "id: ",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        "? ",
        "| ",
        "> ",
        "%",
        "@",
        "~",
        "null",
        "1e400",
        ".nan",
    ]);
    let cut = (any::<prop::sample::Index>(), 0_usize..40, junk);
    prop::collection::vec(cut, 1..6).prop_map(|cuts| {
        let mut letters: Vec<char> = PACK.chars().collect();
        for (at, length, junk) in cuts {
            let at = at.index(letters.len().max(1));
            let end = (at + length).min(letters.len());
            letters.splice(at..end, junk.chars());
        }
        letters.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is broken, every problem has a place that can be drawn, and a way out.
    #[test]
    fn damaged_packs_are_refused_in_words(text in damaged()) {
        let read = pack::read(vec![Source::new("damaged.yaml", &text)]);
        if let Err(problems) = compile(read) {
            let drawn = refusal(&problems, false);
            prop_assert!(drawn.contains("damaged.yaml:"), "{drawn}");
            prop_assert!(problems.problems.iter().all(|problem| !problem.help.is_empty()), "{drawn}");
            for word in ["Option<", "panicked", "serde", "Spanned", "usize"] {
                prop_assert!(!drawn.replace(&text, "").contains(word) || text.contains(word), "{drawn}");
            }
        }
    }

    /// Whatever is typed, it is an answer or it is not.
    #[test]
    fn any_text_is_an_answer_or_is_not(text in "\\PC{0,80}", day in 0_i64..60_000) {
        let plan = candidacy::load::plan(Some("tests/terminal/demo.yaml".as_ref())).expect("a sound pack");
        let as_of = candidacy::engine::date::Date::EARLIEST.plus_days(day);
        for asked in &plan.questions {
            match plan.reader(as_of).reply(&asked.question, &text) {
                Ok(reply) => prop_assert!(!reply.in_words(&asked.question).is_empty()),
                Err(misread) => prop_assert!(!misread.message.is_empty() && !misread.help.is_empty()),
            }
        }
    }
}
