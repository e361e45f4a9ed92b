//! What the solver chooses: a part of one answer, and the ways it can turn out.

use candidacy_engine::answer::{Mark, Reply, days_of};
use candidacy_engine::condition::Check;
use candidacy_engine::date::Days;
use candidacy_engine::truth::Truth;

/// A part of an answer that is chosen by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// All of it.
    Whole,
    /// One option among several.
    Option(usize),
    /// Something of one group of medicines.
    Group(usize),
    /// Something the pack does not know.
    Unrecognised,
}

/// What is chosen: a part of the answer to one question.
#[derive(Clone, Debug)]
pub struct Variable {
    /// The number of the question.
    pub question: usize,
    /// The part.
    pub part: Part,
    /// What the conditions ask of it, each once.
    pub checks: Vec<Check>,
    /// The ways it can turn out.
    pub cells: Vec<Cell>,
    /// Whether rules read it of which several together may leave no way out: then
    /// it matters why something is not known.
    pub together: bool,
}

impl Variable {
    /// The options it is about: one, or all that no condition reads.
    #[must_use]
    pub fn options(&self) -> &[usize] {
        match self.checks.first() {
            Some(Check::IncludesAny(options)) => options,
            _ => &[],
        }
    }

    /// The mark of each of its options when the part turns out so: of several, the first one has
    /// to say it.
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

/// One way a part can turn out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What each check of the variable comes to.
    pub looks: Vec<Truth>,
    /// How to say it.
    pub says: Says,
    /// How far it is from the patient compared with.
    pub far: u32,
}

/// How a cell is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// As the whole reply.
    Reply(Reply),
    /// Of one option, one group, or unknown medicines.
    Holds(Truth),
    /// Nothing of one option, while it is not known whether the question applies.
    Unsaid,
}

impl Cell {
    /// The days it names, if it names any.
    pub fn days(&self) -> Option<Days> {
        match &self.says {
            Says::Reply(reply) => days_of(reply),
            Says::Holds(_) | Says::Unsaid => None,
        }
    }

    /// Whether nothing is said: to a question that does not apply, or may be left out,
    /// or of which it is not known whether it applies.
    pub fn is_blank(&self) -> bool {
        matches!(self.says, Says::Reply(Reply::Blank) | Says::Unsaid)
    }

    /// Whether some check is not known.
    pub fn is_open(&self) -> bool {
        self.looks.contains(&Truth::Unknown)
    }

    /// Whether some check is not plainly no.
    pub fn says_something(&self) -> bool {
        self.looks.iter().any(|look| *look != Truth::No)
    }
}
