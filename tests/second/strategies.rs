//! Random packs, with a patient and a day to hold them against.
//!
//! A pack is built by drawing numbers from tapes, one tape a question and one a
//! rule; nought always draws the plainest thing, so that a failing case shrinks
//! to few questions, few rules and short sentences.

use std::fmt;

use proptest::collection::vec;
use proptest::prelude::*;

use super::calendar::{Day, Period, days_in};
use super::model::{
    About, Condition, Fact, Grade, Group, Kind, Pack, Patient, Question, Rule, Sentence, Span, Test,
};
use super::patients::{filled_in, patient};
use super::tape::{Tape, tape};

/// A pack, a patient and the day decided for.
#[derive(Clone, PartialEq, Eq)]
pub struct Case {
    /// The rules.
    pub pack: Pack,
    /// The answers.
    pub patient: Patient,
    /// The day decided for.
    pub as_of: Day,
}

/// Any pack with any patient, near an awkward day.
pub fn cases() -> impl Strategy<Value = Case> {
    (
        tape(24),
        vec(tape(48), 1..=5),
        vec(tape(64), 1..=6),
        tape(96),
    )
        .prop_map(|(mut head, questions, rules, mut answers)| {
            let as_of = awkward_day(&mut head);
            let pack = pack(&mut head, questions, rules, as_of);
            let patient = patient(&mut answers, &pack, as_of);
            Case {
                pack,
                patient,
                as_of,
            }
        })
}

/// A case, and the same patient with one unknown question after another
/// answered exactly; the last has nothing left to answer.
pub fn filled_cases() -> impl Strategy<Value = (Case, Vec<Patient>)> {
    (cases(), tape(64)).prop_map(|(case, mut tape)| {
        let steps = filled_in(&mut tape, &case.pack, &case.patient, case.as_of);
        (case, steps)
    })
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "as of {}", self.as_of)?;
        for (id, text) in self.patient.entries() {
            writeln!(f, "{id} = `{text}`")?;
        }
        write!(f, "{}", self.pack.yaml())
    }
}

const PERIODS: [Period; 10] = [
    Period::Days(14),
    Period::Weeks(4),
    Period::Months(6),
    Period::Months(1),
    Period::Years(1),
    Period::Days(1),
    Period::Months(3),
    Period::Months(13),
    Period::Years(2),
    Period::Years(18),
];

/// How many of these, from the first, are at most a year.
const SHORT: usize = 7;

const NAMES: [&str; 4] = ["almorex", "bendaril", "corvasin", "dilumet"];
const OPTIONS: [&str; 3] = ["red", "green", "blue"];

/// In millionths: unit, low, high, and the step between thresholds.
const NUMBERS: [(&str, i64, i64, i64); 3] = [
    ("mm", 100_000, 3_000_000, 100_000),
    ("years", 0, 120_000_000, 6_000_000),
    ("puffs", 0, 1_000_000, 62_500),
];

/// Month ends and leap days more often than not.
fn awkward_day(tape: &mut Tape) -> Day {
    let year = tape.between(2023, 2028);
    let month = tape.one_of(&[2, 3, 8, 1, 12, 11, 4, 5, 6, 7, 9, 10]);
    match tape.below(3) {
        0 => Day::on(year, month, days_in(year, month)).shifted(tape.between(-1, 2)),
        1 => Day::on(year, 2, days_in(year, 2)).shifted(tape.between(-2, 2)),
        _ => Day::on(year, month, tape.between(1, 28)),
    }
}

fn pack(head: &mut Tape, questions: Vec<Tape>, rules: Vec<Tape>, as_of: Day) -> Pack {
    let mut pack = Pack::default();
    for number in 0..head.below(3) {
        pack.settings
            .push((format!("wait-{number}"), head.one_of(&PERIODS)));
    }
    for number in 0..=head.below(3) {
        let names = NAMES.map(str::to_owned);
        let start = head.below(NAMES.len());
        let mut names: Vec<String> = names[start..]
            .iter()
            .take(1 + head.below(2))
            .cloned()
            .collect();
        if head.chance(30) && !names.iter().any(|name| name == NAMES[0]) {
            names.push(NAMES[0].to_owned());
        }
        pack.groups.push(Group {
            id: format!("group-{number}"),
            names,
        });
    }
    for (number, mut tape) in questions.into_iter().enumerate() {
        let question = question(&mut tape, &pack, number);
        pack.questions.push(question);
        if tape.chance(30) {
            fact(&mut tape, &mut pack);
        }
    }
    if !pack
        .questions
        .iter()
        .any(|question| question.kind == Kind::Medicines)
    {
        pack.groups.clear();
    }
    for (number, mut tape) in rules.into_iter().enumerate() {
        let rule = rule(&mut tape, &pack, number, as_of);
        pack.rules.push(rule);
    }
    pack
}

fn question(tape: &mut Tape, pack: &Pack, number: usize) -> Question {
    let optional = number > 0 && tape.chance(18);
    let scope = Scope {
        pack,
        windows: false,
        optional,
    };
    let gate = (tape.chance(45) && scope.has_something()).then(|| scope.condition(tape, 1));
    let options = |least: usize, tape: &mut Tape| {
        OPTIONS[..least + tape.below(4 - least)]
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    let kind = match tape.below(9) {
        0 => Kind::YesNo,
        1 => Kind::Choice(options(2, tape)),
        2 => Kind::Choices(options(1, tape)),
        3 => {
            let (unit, low, high, _) = tape.one_of(&NUMBERS);
            Kind::Number {
                unit: unit.to_owned(),
                low,
                high,
            }
        }
        4 => Kind::Date,
        5 => Kind::Event,
        6 | 7 => Kind::Course,
        _ => Kind::Medicines,
    };
    let born = pack.questions.iter().any(|question| question.birth);
    let birth = kind == Kind::Date && !born && tape.chance(60);
    let planned = kind == Kind::Event && tape.chance(50);
    let one_applies = matches!(kind, Kind::Choices(_)) && tape.chance(45);
    Question {
        id: format!("q{number}"),
        kind,
        gate,
        optional,
        birth,
        planned,
        one_applies,
    }
}

fn fact(tape: &mut Tape, pack: &mut Pack) {
    let scope = Scope {
        pack,
        windows: tape.chance(50),
        optional: tape.chance(30),
    };
    if scope.has_something() {
        let when = scope.condition(tape, 1);
        pack.facts.push(Fact {
            id: format!("fact-{}", pack.facts.len()),
            when,
        });
    }
}

fn rule(tape: &mut Tape, pack: &Pack, number: usize, as_of: Day) -> Rule {
    let mut grades = [Grade::Precaution; 16];
    grades[5..11].fill(Grade::Temporary);
    grades[11..14].fill(Grade::Relative);
    grades[14..].fill(Grade::Absolute);
    let grade = tape.one_of(&grades);
    let scope = Scope {
        pack,
        windows: true,
        optional: grade == Grade::Precaution,
    };
    let when = scope.condition(tape, 2);
    let unless = tape.chance(25).then(|| scope.condition(tape, 1));
    let grades = [
        Grade::Temporary,
        Grade::Relative,
        Grade::Precaution,
        Grade::Absolute,
    ];
    let if_unsure = tape.chance(25).then(|| tape.one_of(&grades));
    let from = tape
        .chance(12)
        .then(|| as_of.shifted(tape.between(-20, 60)));
    let to = tape.chance(12).then(|| {
        from.unwrap_or(as_of)
            .max(as_of.shifted(-20))
            .shifted(tape.between(0, 80))
    });
    Rule {
        id: format!("r{number}"),
        grade,
        when,
        unless,
        if_unsure,
        from,
        to,
    }
}

/// What a condition may speak of.
struct Scope<'a> {
    pack: &'a Pack,
    windows: bool,
    optional: bool,
}

impl Scope<'_> {
    fn may_read(&self, question: &Question) -> bool {
        (self.optional || !question.optional) && (self.windows || question.kind != Kind::Date)
    }

    fn may_use(&self, fact: &Fact) -> bool {
        self.pack.says(&fact.when).iter().all(|(id, test)| {
            self.may_read(&self.pack.questions[self.pack.place(id)])
                && (self.windows || test.span().is_none())
        })
    }

    fn has_something(&self) -> bool {
        self.pack
            .questions
            .iter()
            .any(|question| self.may_read(question))
    }

    /// A condition, composed at most so many deep.
    fn condition(&self, tape: &mut Tape, depth: usize) -> Condition {
        match tape.below(8) {
            _ if depth == 0 => Condition::One(self.sentence(tape)),
            0..=3 => Condition::One(self.sentence(tape)),
            4 => Condition::List(self.parts(tape, depth)),
            5 => Condition::All(self.parts(tape, depth)),
            6 => Condition::Any(self.parts(tape, depth)),
            _ => Condition::None(self.parts(tape, depth)),
        }
    }

    fn parts(&self, tape: &mut Tape, depth: usize) -> Vec<Condition> {
        let count = 1 + tape.below(3);
        let part = |_| match self.condition(tape, depth - 1) {
            // A bare list stands only at the head.
            Condition::List(parts) => Condition::All(parts),
            part => part,
        };
        (0..count).map(part).collect()
    }

    fn sentence(&self, tape: &mut Tape) -> Sentence {
        let not = tape.chance(20);
        let facts: Vec<&Fact> = self
            .pack
            .facts
            .iter()
            .filter(|fact| self.may_use(fact))
            .collect();
        if !facts.is_empty() && tape.chance(20) {
            return Sentence {
                not,
                about: About::Fact(tape.one_of(&facts).id.clone()),
            };
        }
        let questions: Vec<&Question> = self
            .pack
            .questions
            .iter()
            .filter(|one| self.may_read(one))
            .collect();
        // Later questions are behind more gates.
        let question = questions[questions.len() - 1 - tape.below(questions.len())];
        Sentence {
            not,
            about: About::Question(question.id.clone(), self.test(tape, question)),
        }
    }

    fn test(&self, tape: &mut Tape, question: &Question) -> Test {
        match &question.kind {
            Kind::YesNo if tape.chance(30) => Test::IsNo,
            Kind::YesNo => Test::IsYes,
            Kind::Choice(options) => match tape.below(5) {
                0..=2 => Test::Is(tape.one_of(options)),
                3 => Test::IsNot(tape.one_of(options)),
                _ => Test::IsOneOf(tape.some_of(options, 2)),
            },
            Kind::Choices(options) => match tape.below(4) {
                2 if options.len() > 1 => Test::IncludesAnyOf(tape.some_of(options, 2)),
                3 if options.len() > 1 => Test::IncludesAllOf(tape.some_of(options, 2)),
                _ => Test::Includes(tape.one_of(options)),
            },
            Kind::Number { unit, .. } => number_test(tape, unit),
            Kind::Date => Test::Within(self.span(tape)),
            Kind::Event if self.windows && question.planned && !tape.chance(20) => {
                Test::WithinBeforeOrAfter(self.short_span(tape))
            }
            Kind::Event if self.windows && !question.planned && !tape.chance(30) => {
                Test::Within(self.span(tape))
            }
            Kind::Event => Test::Ever,
            Kind::Course if self.windows && !tape.chance(30) => match tape.below(2) {
                0 => Test::OngoingOrEndedWithin(self.span(tape)),
                _ => Test::EndedWithin(self.span(tape)),
            },
            Kind::Course => tape.one_of(&[Test::Ongoing, Test::Ever]),
            Kind::Medicines => {
                let groups: Vec<String> = self
                    .pack
                    .groups
                    .iter()
                    .map(|group| group.id.clone())
                    .collect();
                match tape.below(5) {
                    3 if groups.len() > 1 => Test::IncludeAnyOf(tape.some_of(&groups, 2)),
                    4 => Test::IncludeUnrecognised,
                    _ => Test::Include(tape.one_of(&groups)),
                }
            }
        }
    }

    /// A period of at most a year: planned days are at most two years ahead.
    fn short_span(&self, tape: &mut Tape) -> Span {
        let short = &PERIODS[..SHORT];
        match self.span(tape) {
            span if short.contains(&self.pack.period(&span)) => span,
            _ => Span::Is(tape.one_of(short)),
        }
    }

    fn span(&self, tape: &mut Tape) -> Span {
        if !self.pack.settings.is_empty() && tape.chance(30) {
            return Span::Setting(tape.one_of(&self.pack.settings).0);
        }
        Span::Is(tape.one_of(&PERIODS))
    }
}

/// Thresholds lie strictly inside the range, so that every sentence can be yes and no.
fn number_test(tape: &mut Tape, unit: &str) -> Test {
    let (_, low, _, step) = NUMBERS[NUMBERS
        .iter()
        .position(|(one, ..)| *one == unit)
        .unwrap_or(0)];
    let at = |steps: i32| low + step * i64::from(steps);
    let steps = tape.between(2, 8);
    match tape.below(5) {
        0 => Test::Under(at(steps)),
        1 => Test::AtLeast(at(steps)),
        2 => Test::AtMost(at(steps)),
        3 => Test::Over(at(steps)),
        _ => Test::Between(at(steps), at(steps + tape.between(1, 7))),
    }
}
