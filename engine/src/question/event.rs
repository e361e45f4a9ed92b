//! `event`: something that happened never, or last on a day. With `planned: yes` it may also be
//! planned for a later day.

use crate::date::Date;

use super::Question;
use super::facts::{AnswerWords, Guess, TypeFacts, texts};

pub(super) const FACTS: TypeFacts = TypeFacts {
    word: "event",
    elsewhere: &[],
    keys: &["planned"],
    denies: true,
    day: Some("never, or the day it last happened: "),
    ever: Some("has happened, however long ago"),
    guesses: &[Guess {
        answer: "never",
        first: &["no", "never", "none"],
        among: &[],
    }],
};

/// How to introduce the formats of a day that may be planned.
const PLANNED_DAY: &str = "never, or the day it happened or is planned: ";

/// The meaning of `ever` if the day may be planned.
const PLANNED_EVER: &str = "has happened, however long ago, or is planned";

/// How far ahead a planned day can be, in years.
const PLANNED_YEARS: i32 = 2;

/// The last day that an answer can have, if its question takes planned days.
#[must_use]
pub fn latest_planned(as_of: Date) -> Date {
    as_of.plus_months(12 * PLANNED_YEARS)
}

pub(super) fn sentences(planned: bool) -> Vec<String> {
    let within = if planned {
        "within 2 weeks before or after"
    } else {
        "within 6 months"
    };
    texts(&[within, "ever"])
}

pub(super) fn words(planned: bool) -> AnswerWords {
    if planned {
        return AnswerWords {
            review: "never, or the day it last happened or is planned".into(),
            typed: "never, or when it was or is planned, also a later day: 2026-05-31, May 2026, in 3 weeks; yes if the day is not known".into(),
            line_mode: "Type never, or when it was or is planned, also a later day, such as 2026-05-31, 3 weeks ago or in 3 weeks".into(),
            keys: "",
            boxes: texts(&["Never, and not planned"]),
            lines: texts(&["Was or is planned on (day, month, year)"]),
            meanings: "never, yes (happened or planned, on a day not known), or a day such as 2026-05".into(),
        };
    }
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

impl Question {
    /// How to introduce the formats of a day; empty if no answer is a day.
    #[must_use]
    pub fn day_words(&self) -> &'static str {
        if self.planned {
            PLANNED_DAY
        } else {
            self.kind.question_type().facts().day.unwrap_or_default()
        }
    }

    /// The meaning of `ever`; empty if there is no such sentence.
    #[must_use]
    pub fn ever_words(&self) -> &'static str {
        if self.planned {
            PLANNED_EVER
        } else {
            self.kind.question_type().facts().ever.unwrap_or_default()
        }
    }

    /// The last day that an answer can have for treatment on `as_of`.
    #[must_use]
    pub fn latest_day(&self, as_of: Date) -> Date {
        if self.planned {
            latest_planned(as_of)
        } else {
            as_of
        }
    }
}
