//! The answer for each of several options, while the question is on the screen.

use candidacy_engine::answer::{Mark, Reply, Value};
use candidacy_engine::question::Question;

use crate::interview::Prompt;

/// The hint for the first `n` if something is ticked.
pub const TICKED: &str = "Something is ticked. Press Enter to keep it, or n again if none applies";

/// The hint for the first `n` if something is ticked and the rest was left open.
pub const THE_REST: &str =
    "The rest is now no. Press Enter to keep what is ticked, or n again if none applies";

/// The hint for the first `n` if some options are hidden, ticked or not.
pub const NOT_SHOWN: &str =
    "What is not shown is kept. Press Enter to go on, or n again if none applies";

/// The hint of a question that does not accept *none of these*.
pub const ONE_APPLIES: &str = "At least one of these applies. Choose it, or press u if not sure";

/// Whether *none of these* is an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoneOfThese {
    Taken,
    /// At least one option always applies.
    Refused,
}

impl NoneOfThese {
    pub fn of(question: &Question) -> Self {
        if question.exhaustive {
            Self::Refused
        } else {
            Self::Taken
        }
    }
}

/// The answer for each of several options.
#[derive(Clone, Debug)]
pub struct Ticks {
    pub rows: Vec<Tick>,
    /// The answer for all options that are not ticked.
    pub rest: Rest,
    /// Whether the answer differs from the earlier one.
    pub changed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    Yes,
    No,
    /// The earlier answer is kept and not shown; true if it was yes.
    Hidden(bool),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    No,
    NotSure,
    Declined,
}

impl Ticks {
    /// The earlier answers for the options. What was left open stays open, so that pressing Enter
    /// never settles it.
    pub fn of(prompt: &Prompt<'_>) -> Self {
        let options = prompt.asked.question.kind.choices().len();
        let marks = match prompt.before {
            Reply::Given(Value::Choices(marks)) => marks.clone(),
            Reply::NotSure => vec![Mark::NotSure; options],
            Reply::Declined => vec![Mark::Declined; options],
            _ => vec![Mark::No; options],
        };
        let row = |(option, mark): (usize, &Mark)| {
            if !prompt.before.is_blank() && prompt.mask.hides_option(option) {
                Tick::Hidden(*mark == Mark::Yes)
            } else if *mark == Mark::Yes {
                Tick::Yes
            } else {
                Tick::No
            }
        };
        Self {
            rows: marks.iter().enumerate().map(row).collect(),
            rest: if marks.contains(&Mark::Declined) {
                Rest::Declined
            } else if marks.contains(&Mark::NotSure) || marks.contains(&Mark::Blank) {
                Rest::NotSure
            } else {
                Rest::No
            },
            changed: false,
        }
    }

    /// Ticks an option, or removes its tick.
    pub fn press(&mut self, row: usize) {
        if let Some(tick) = self.rows.get_mut(row) {
            *tick = match tick {
                Tick::Yes => Tick::No,
                Tick::No | Tick::Hidden(_) => Tick::Yes,
            };
            self.changed = true;
        }
    }

    /// The symbol of an option: ticked, not ticked, left open, or hidden.
    pub fn sign(&self, row: usize) -> &'static str {
        match (self.rows.get(row), self.rest) {
            (Some(Tick::Yes), _) => "[x] ",
            (Some(Tick::Hidden(_)), _) => "[*] ",
            (_, Rest::No) => "[ ] ",
            (_, Rest::NotSure) => "[?] ",
            (_, Rest::Declined) => "[-] ",
        }
    }

    /// Whether an option is visibly ticked.
    pub fn is_ticked(&self, row: usize) -> bool {
        self.rows.get(row) == Some(&Tick::Yes)
    }
}
