//! How a pack is tried out: personas, worked patients, claims.

use crate::date::Date;
use crate::source::{Located, Place};
use crate::verdict::Verdict;

pub use crate::verdict::Promise;

use super::Condition;

/// One answer in a persona or a case.
#[derive(Clone, Debug)]
pub struct Given {
    /// `question` or `question.option`.
    pub key: Located<String>,
    /// The answer as a cell would hold it; a list is joined by `;`.
    pub text: String,
    /// Where the answer stands.
    pub place: Place,
}

/// A named set of answers.
#[derive(Clone, Debug)]
pub struct Persona {
    /// Short name.
    pub id: Located<String>,
    /// The persona it starts from.
    pub like: Option<Located<String>>,
    /// What differs.
    pub answers: Vec<Given>,
}

/// A worked patient.
#[derive(Clone, Debug)]
pub struct Case {
    /// A sentence that says what it shows.
    pub name: Located<String>,
    /// The persona it starts from.
    pub like: Option<Located<String>>,
    /// The day decided for.
    pub as_of: Date,
    /// What differs.
    pub given: Vec<Given>,
    /// What must come out.
    pub expect: Expect,
}

/// What must come out of a case; only what is named is compared.
#[derive(Clone, Debug, Default)]
pub struct Expect {
    /// The verdict, or how grave it is at least or at most.
    pub verdict: Option<Promise>,
    /// Exactly the rules that apply.
    pub because: Option<Vec<Located<String>>>,
    /// Exactly the questions left undecided.
    pub undecided: Option<Vec<Located<String>>>,
    /// The day from which treatment may go ahead; `Some(None)` means never named.
    pub eligible_from: Option<Option<Date>>,
    /// The whole timeline.
    pub timeline: Option<Vec<(Date, Verdict)>>,
    /// The best and the worst verdict still possible.
    pub range: Option<(Verdict, Verdict)>,
    /// The questions that would settle it.
    pub ask_next: Option<Vec<Located<String>>>,
}

/// A claim about every patient.
#[derive(Clone, Debug)]
pub struct Claim {
    /// In words.
    pub claim: Located<String>,
    /// Whom it is about.
    pub condition: Condition,
    /// What it promises.
    pub promise: Promise,
}
