//! The sentences of a pack as written, and the entries that contain them.

use candidacy_engine::pack;
use candidacy_engine::pack::{Condition, Pack};
use candidacy_engine::sentence;
use candidacy_engine::sentence::Says;

/// The kind of entry that contains a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A rule.
    Rule,
    /// The fact with this number.
    Fact(usize),
    /// An expectation.
    Expectation,
    /// The `ask_when` of a question.
    Gate,
    /// A claim about all patients.
    Claim,
}

/// One sentence.
#[derive(Clone, Debug)]
pub struct One<'a> {
    /// The entry that contains it.
    pub by: By,
    /// As written.
    pub written: &'a pack::Sentence,
    /// The question or fact it is about.
    pub subject: &'a str,
    /// What it says about the subject.
    pub says: Says<'a>,
}

/// Every sentence.
#[derive(Clone, Debug)]
pub struct Usages<'a>(pub Vec<One<'a>>);

impl<'a> Usages<'a> {
    /// The sentences of `pack`.
    pub fn of(pack: &'a Pack) -> Self {
        let mut all = Vec::new();
        for question in &pack.questions {
            add(&mut all, By::Gate, question.ask_when.as_ref());
        }
        for (number, fact) in pack.facts.iter().enumerate() {
            add(&mut all, By::Fact(number), Some(&fact.when));
        }
        for rule in &pack.rules {
            add(&mut all, By::Rule, Some(&rule.when));
            add(&mut all, By::Rule, rule.unless.as_ref());
        }
        for expectation in &pack.expectations {
            add(&mut all, By::Expectation, expectation.when.as_ref());
        }
        for claim in &pack.claims {
            add(&mut all, By::Claim, Some(&claim.condition));
        }
        Self(all)
    }

    /// The sentences that can affect a patient: all except claims.
    pub fn bearing(&self) -> impl Iterator<Item = &One<'a>> {
        self.0.iter().filter(|one| one.by != By::Claim)
    }
}

fn add<'a>(all: &mut Vec<One<'a>>, by: By, condition: Option<&'a Condition>) {
    let written = condition.into_iter().flat_map(Condition::sentences);
    let read = |written: &'a pack::Sentence| {
        let read = sentence::read(&written.text).ok()?;
        Some(One {
            by,
            written,
            subject: read.subject.text,
            says: read.says,
        })
    };
    all.extend(written.filter_map(read));
}
