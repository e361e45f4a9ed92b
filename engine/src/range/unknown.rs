//! The unknown parts that an undecided rule reads, and their possible values.

use crate::answer::{Answers, Mark, Reply, Value, days_of};
use crate::condition::{Check, Test};
use crate::date::{Date, Days};
use crate::evaluate::Patient;
use crate::impossible::earliest;
use crate::medicine::Medicines;
use crate::truth::Truth;

use super::values::values;

/// A part of an answer that is unknown and that rules read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownPart {
    /// The number of the question.
    pub question: usize,
    /// The part of its answer.
    pub part: Part,
}

/// A part of an answer that can be chosen, or be unknown, separately from its other parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The whole answer.
    Whole,
    /// One option of a `choices`: whether it is chosen.
    Option(usize),
    /// One group: whether a medicine of it is taken.
    Group(usize),
    /// Whether a medicine that the pack does not know is taken.
    Unrecognised,
}

/// A possible value of an unknown part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// The whole answer.
    Reply(Reply),
    /// Whether the option is chosen, or the medicine taken.
    Holds(bool),
}

/// The unknown parts that leave `test` open on `day`.
pub fn unknown_parts(patient: &Patient<'_>, test: &Test, day: Date) -> Vec<UnknownPart> {
    let open = |check: Check| {
        let part = Test {
            question: test.question,
            check,
            words: String::new(),
            if_left_out: test.if_left_out,
        };
        patient.test(&part, day) == Truth::Unknown
    };
    let parts: Vec<Part> = match &test.check {
        Check::IncludesAny(options) | Check::IncludesAll(options) => {
            let options = options
                .iter()
                .filter(|option| open(Check::IncludesAny(vec![**option])));
            options.map(|option| Part::Option(*option)).collect()
        }
        Check::Takes(groups) => {
            let groups = groups
                .iter()
                .filter(|group| open(Check::Takes(vec![**group])));
            groups.map(|group| Part::Group(*group)).collect()
        }
        Check::TakesUnrecognised => vec![Part::Unrecognised],
        _ => vec![Part::Whole],
    };
    parts
        .into_iter()
        .map(|part| UnknownPart {
            question: test.question,
            part,
        })
        .collect()
}

impl UnknownPart {
    /// The values of this part that `tests` distinguish, one of each.
    pub fn cells(self, patient: &Patient<'_>, tests: &[&Test], as_of: Date) -> Vec<Cell> {
        if self.part != Part::Whole {
            return vec![Cell::Holds(false), Cell::Holds(true)];
        }
        let own: Vec<&Test> = tests
            .iter()
            .copied()
            .filter(|test| test.question == self.question)
            .collect();
        let mut seen: Vec<Vec<Truth>> = Vec::new();
        let mut cells = Vec::new();
        for value in self.values(patient, &own, as_of) {
            let reply = Reply::Given(value);
            let results: Vec<Truth> = own
                .iter()
                .map(|test| test.check.of(&reply, false, as_of))
                .collect();
            if !seen.contains(&results) {
                seen.push(results);
                cells.push(Cell::Reply(reply));
            }
        }
        cells
    }

    /// Exact answers that include every kind.
    fn values(self, patient: &Patient<'_>, tests: &[&Test], as_of: Date) -> Vec<Value> {
        let Some(asked) = patient.plan.questions.get(self.question) else {
            return Vec::new();
        };
        let known = days_of(patient.reply(self.question));
        let latest = asked.question.latest_day(as_of);
        let allowed = known.unwrap_or(Days::until(latest));
        let days = || {
            let mut days = days(allowed, tests, as_of);
            // If rules do not distinguish several days, the first one is used. Nothing happens
            // before birth, so an early birth and late other days leave the most possibilities.
            if patient.plan.birth != Some(self.question) {
                days.reverse();
            }
            days.into_iter()
        };
        let days = || days().map(Days::on).collect();
        let checks: Vec<&Check> = tests.iter().map(|test| &test.check).collect();
        let mut values = values(&asked.question.kind, &checks, days);
        // The day may be vague, but not that there is one.
        values.retain(|value| known.is_none() || value.days().is_some());
        values
    }

    /// Puts a cell into `answers`; other parts of the question stay.
    pub fn put(self, cell: &Cell, patient: &Patient<'_>, answers: &mut Answers) {
        let truth = |holds: bool| if holds { Truth::Yes } else { Truth::No };
        match (self.part, cell) {
            (Part::Whole, Cell::Reply(reply)) => answers.set(self.question, reply.clone()),
            (Part::Option(option), Cell::Holds(holds)) => {
                let mark = if *holds { Mark::Yes } else { Mark::No };
                self.mark(option, mark, patient, answers);
            }
            (Part::Group(_) | Part::Unrecognised, Cell::Holds(holds)) => {
                self.take(truth(*holds), patient, answers);
            }
            _ => {}
        }
    }

    /// Removes a cell again.
    pub fn clear(self, patient: &Patient<'_>, answers: &mut Answers) {
        match self.part {
            Part::Whole => answers.set(self.question, patient.reply(self.question).clone()),
            Part::Option(option) => {
                let mark = match patient.answers.reply(self.question) {
                    Reply::Given(Value::Choices(marks)) => {
                        marks.get(option).copied().unwrap_or(Mark::Blank)
                    }
                    Reply::NotSure | Reply::Declined => Mark::NotSure,
                    _ => Mark::Blank,
                };
                self.mark(option, mark, patient, answers);
            }
            Part::Group(_) | Part::Unrecognised => self.take(Truth::Unknown, patient, answers),
        }
    }

    /// Marks the question as not applying: every sentence about this part is no.
    pub fn rule_out(self, patient: &Patient<'_>, answers: &mut Answers) {
        match self.part {
            Part::Whole => answers.set(self.question, Reply::Blank),
            _ => self.put(&Cell::Holds(false), patient, answers),
        }
    }

    fn mark(self, option: usize, mark: Mark, patient: &Patient<'_>, answers: &mut Answers) {
        let options = patient
            .plan
            .questions
            .get(self.question)
            .map_or(0, |asked| asked.question.kind.choices().len());
        answers.mark(self.question, option, options, mark);
    }

    fn take(self, truth: Truth, patient: &Patient<'_>, answers: &mut Answers) {
        let mut medicines = match answers.reply(self.question) {
            Reply::Given(Value::Medicines(medicines)) => medicines.clone(),
            _ => Medicines {
                entries: Vec::new(),
                groups: vec![Truth::Unknown; patient.plan.groups.len()],
                unrecognised: Truth::Unknown,
                open: true,
            },
        };
        match self.part {
            Part::Group(group) => {
                if let Some(place) = medicines.groups.get_mut(group) {
                    *place = truth;
                }
            }
            _ => medicines.unrecognised = truth,
        }
        answers.set(self.question, Reply::Given(Value::Medicines(medicines)));
    }
}

/// Days on both sides of every day at which a test changes, within `allowed`.
fn days(allowed: Days, tests: &[&Test], as_of: Date) -> Vec<Date> {
    let first = allowed.first.unwrap_or(Date::EARLIEST).max(earliest(as_of));
    let mut days = vec![first, allowed.last];
    for end in tests.iter().flat_map(|test| test.check.range_ends(as_of)) {
        days.extend([end, end.plus_days(1)]);
    }
    days.retain(|day| first <= *day && *day <= allowed.last);
    days.sort_unstable();
    days
}
