//! `event`: something that happened never, or last on a day.

use super::facts::{AnswerWords, Guess, TypeFacts, texts};

pub(super) const FACTS: TypeFacts = TypeFacts {
    word: "event",
    elsewhere: &[],
    keys: &[],
    denies: true,
    day: Some("never, or the day it last happened: "),
    ever: Some("has happened, however long ago"),
    guesses: &[Guess {
        answer: "never",
        first: &["no", "never", "none"],
        among: &[],
    }],
};

pub(super) fn sentences() -> Vec<String> {
    texts(&["within 6 months", "ever"])
}

pub(super) fn words() -> AnswerWords {
    AnswerWords {
        review: "never, or the day it last happened".into(),
        typed: "never, or when it last was: 2026-05-31, May 2026, 3 weeks ago; yes if the day is not known".into(),
        line_mode: "Type never, or when it last was, such as 2026-05-31, May 2026 or 3 weeks ago".into(),
        keys: "",
        boxes: texts(&["Never"]),
        lines: texts(&["Last on (day, month, year)"]),
        meanings: "never, yes (on a day not known), or a day such as 2026-05".into(),
    }
}
