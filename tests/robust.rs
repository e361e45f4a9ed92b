//! No file makes it panic, hang or grow without bound.

use candidacy::report::diagnostic::refusal;
use candidacy_engine::compile::compile;
use candidacy_engine::overlay;
use candidacy_engine::pack;
use candidacy_engine::source::Source;
use proptest::prelude::*;

const PACK: &str = include_str!("terminal/demo.yaml");
const BASE: &str = include_str!("overlay/base.yaml");
const OVERLAY: &str = "\
format: candidacy/1
extends: base.yaml
pack: {id: over, version: 1.0.0, title: Over, status: draft, owner: Dr A. Example, review_by: 2027-06-30}
settings: {isotretinoin_wait: 12 months}
groups: [{id: anticoagulant, members: [{name: newthinner}]}]
questions: [{id: sauna, ask: Were you in a sauna?, type: yes-no}]
change:
  - {rule: tan, grade: relative, why: It marks easily.}
relax:
  - reason: It was seen to be safe.
    owner: Dr A. Example
    until: 2027-06-30
    settings: {peel_wait: 14 days}
    change: [{rule: keloid, grade: relative}]
    drop: [virus]
cases:
  - {name: a tan, like: well, as_of: 2026-11-20, given: {tan: yes, sauna: no}, expect: {verdict: dermatologist-review}}
";

/// A pack with a few stretches cut out, doubled or replaced.
fn damaged(pack: &'static str) -> impl Strategy<Value = String> {
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
        let mut letters: Vec<char> = pack.chars().collect();
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
    fn damaged_packs_are_refused_in_words(text in damaged(PACK)) {
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
        let as_of = candidacy_engine::date::Date::EARLIEST.plus_days(day);
        for asked in &plan.questions {
            match plan.reader(as_of).reply(&asked.question, &text) {
                Ok(reply) => prop_assert!(!reply.in_words(&asked.question).is_empty()),
                Err(misread) => prop_assert!(!misread.message.is_empty() && !misread.help.is_empty()),
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// So is what is laid over a sound pack, or over one as broken.
    #[test]
    fn damaged_overlays_are_refused_in_words((text, base) in (damaged(OVERLAY), prop_oneof![4 => Just(BASE.to_owned()), 1 => damaged(BASE)])) {
        let sources = vec![Source::new("damaged.yaml", &text), Source::new("base.yaml", &base)];
        if let Err(problems) = compile(overlay::read(sources, &[1, 1])) {
            let drawn = refusal(&problems, false);
            prop_assert!(drawn.contains(".yaml:"), "{drawn}");
            prop_assert!(problems.problems.iter().all(|problem| !problem.help.is_empty()), "{drawn}");
        }
    }
}
