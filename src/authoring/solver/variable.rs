//! The variables of the solver: parts of answers, and their possible values.

use candidacy_engine::answer::{Mark, Reply, days_of};
use candidacy_engine::condition::Check;
use candidacy_engine::date::Days;
use candidacy_engine::range::Part;
use candidacy_engine::truth::Truth;

/// A variable: a part of the answer to one question.
#[derive(Clone, Debug)]
pub struct Variable {
    /// The number of the question.
    pub question: usize,
    /// The part.
    pub part: Part,
    /// The checks of the conditions that read it, each once.
    pub checks: Vec<Check>,
    /// The possible values.
    pub cells: Vec<Cell>,
    /// Whether it is read by rules that may have a joint effect. If so, it matters why something is
    /// unknown.
    pub together: bool,
}

impl Variable {
    /// The options it represents: one, or all that no condition reads.
    #[must_use]
    pub fn options(&self) -> &[usize] {
        match self.checks.first() {
            Some(Check::IncludesAny(options)) => options,
            _ => &[],
        }
    }

    /// The marks of its options for this value. If there are several options, the first one carries
    /// it.
    pub fn marks(&self, says: &Says) -> impl Iterator<Item = (usize, Mark)> {
        let (first, others) = match says {
            Says::Holds(Truth::Yes) => (Mark::Yes, Mark::No),
            Says::Holds(Truth::No) => (Mark::No, Mark::No),
            Says::Holds(Truth::Unknown) => (Mark::NotSure, Mark::No),
            Says::Unsaid | Says::Reply(_) => (Mark::Blank, Mark::Blank),
        };
        let marks = std::iter::once(first).chain(std::iter::repeat(others));
        self.options().iter().copied().zip(marks)
    }
}

/// A possible value of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The result of each check of the variable.
    pub results: Vec<Truth>,
    /// How to write it as a reply.
    pub says: Says,
    /// The distance from the baseline.
    pub far: u32,
}

/// How a cell is written as a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// The whole reply.
    Reply(Reply),
    /// The truth for one option, one group, or unknown medicines.
    Holds(Truth),
    /// One option, or the list of medicines, is blank, while it is unknown whether the question applies.
    Unsaid,
}

impl Cell {
    /// The days it states, if any.
    pub fn days(&self) -> Option<Days> {
        match &self.says {
            Says::Reply(reply) => days_of(reply),
            Says::Holds(_) | Says::Unsaid => None,
        }
    }

    /// Whether it is a blank: the question does not apply, is optional, or may or may not apply.
    pub fn is_blank(&self) -> bool {
        matches!(self.says, Says::Reply(Reply::Blank) | Says::Unsaid)
    }

    /// Whether the result of some check is unknown.
    pub fn is_open(&self) -> bool {
        self.results.contains(&Truth::Unknown)
    }

    /// Whether the result of some check is not no.
    pub fn says_something(&self) -> bool {
        self.results.iter().any(|result| *result != Truth::No)
    }
}
