//! The entries that test a pack: personas, cases and claims.

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
    /// The answer as in a table cell; a list is joined by `;`.
    pub text: String,
    /// The place of the answer.
    pub place: Place,
}

/// A named set of answers.
#[derive(Clone, Debug)]
pub struct Persona {
    /// Short name.
    pub id: Located<String>,
    /// The persona whose answers it starts with.
    pub like: Option<Located<String>>,
    /// The answers that differ.
    pub answers: Vec<Given>,
}

/// A case: a patient with expected results.
#[derive(Clone, Debug)]
pub struct Case {
    /// A sentence that says what the case shows.
    pub name: Located<String>,
    /// The persona whose answers it starts with.
    pub like: Option<Located<String>>,
    /// The day of treatment.
    pub as_of: Date,
    /// The answers that differ.
    pub given: Vec<Given>,
    /// The expected results.
    pub expect: Expect,
}

/// The expected results of a case; only results that are given are compared.
#[derive(Clone, Debug, Default)]
pub struct Expect {
    /// The verdict, or its least or most severe allowed value.
    pub verdict: Option<Promise>,
    /// The exact set of rules that apply.
    pub because: Option<Vec<Located<String>>>,
    /// The exact set of undecided questions.
    pub undecided: Option<Vec<Located<String>>>,
    /// The day from which treatment may go ahead; `Some(None)` means that there is none.
    pub eligible_from: Option<Option<Date>>,
    /// The whole timeline.
    pub timeline: Option<Vec<(Date, Verdict)>>,
    /// The best and the worst possible verdict.
    pub range: Option<(Verdict, Verdict)>,
    /// The questions that would settle the verdict.
    pub ask_next: Option<Vec<Located<String>>>,
}

/// A claim about all patients.
#[derive(Clone, Debug)]
pub struct Claim {
    /// In words.
    pub claim: Located<String>,
    /// The condition that selects patients.
    pub condition: Condition,
    /// The promised verdict.
    pub promise: Promise,
}
