//! The sentences of a pack as they are written, and who says them.

use candidacy_engine::pack;
use candidacy_engine::pack::{Condition, Pack};
use candidacy_engine::sentence;
use candidacy_engine::sentence::Says;

/// Where a sentence stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// In a rule.
    Rule,
    /// In the fact of this number.
    Fact(usize),
    /// In an expectation.
    Expectation,
    /// In the `ask_when` of a question.
    Gate,
    /// In a claim about every patient.
    Claim,
}

/// One sentence.
#[derive(Clone, Debug)]
pub struct One<'a> {
    /// Where it stands.
    pub by: By,
    /// As written.
    pub written: &'a pack::Sentence,
    /// The question or fact it is about.
    pub subject: &'a str,
    /// What it says of it.
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

    /// What bears on a patient: all but claims.
    pub fn bearing(&self) -> impl Iterator<Item = &One<'a>> {
        self.0.iter().filter(|one| one.by != By::Claim)
    }
}

fn add<'a>(all: &mut Vec<One<'a>>, by: By, condition: Option<&'a Condition>) {
    match condition {
        None => {}
        Some(Condition::Sentence(written)) => {
            if let Ok(read) = sentence::read(&written.text) {
                all.push(One {
                    by,
                    written,
                    subject: read.subject.text,
                    says: read.says,
                });
            }
        }
        Some(Condition::All(parts) | Condition::Any(parts) | Condition::None(parts)) => {
            for part in parts {
                add(all, by, Some(part));
            }
        }
    }
}
