//! Everything the rule language says of one patient under one pack.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::calendar::Day;
use super::known::{self, Known, Mark};
use super::model::{Condition, Pack, Patient, Rule, Test, Verdict};
use super::range;
use super::weigh::{Truth, World};

/// What the second evaluator makes of one patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// The verdict on the day decided for.
    pub verdict: Verdict,
    /// Whether everything that verdicts depend on was tried, on that day and later.
    pub whole: bool,
    /// The rules that apply.
    pub applies: BTreeSet<String>,
    /// The rules that are undecided.
    pub undecided_rules: BTreeSet<String>,
    /// The unknown questions behind them, as in the CSV.
    pub undecided_questions: Vec<String>,
    /// The day decided for, then each later day on which the verdict changes.
    pub timeline: Vec<(Day, Verdict)>,
    /// The first later day from which nothing stands in the way for good.
    pub eligible_from: Option<Day>,
    /// The mildest verdict that is still possible; `None` when there is too much to try.
    pub best: Option<Verdict>,
    /// The gravest verdict that is still possible; `None` when there is too much to try.
    pub worst: Option<Verdict>,
    /// A smallest set of questions that settles the verdict; `None` when there is too much to try.
    pub ask_next: Option<Vec<String>>,
    /// The questions that were answered though their gate is no.
    pub contradictions: Vec<String>,
    /// The medicines that match nothing, as typed.
    pub unrecognised: Vec<String>,
}

/// Judges a patient under a pack, as of a day.
#[must_use]
pub fn evaluate(pack: &Pack, patient: &Patient, as_of: Day) -> Opinion {
    let known = known::read(pack, patient, as_of);
    let world = World {
        pack,
        known: &known,
        day: as_of,
    };
    let standing = |truth: Truth| {
        pack.rules
            .iter()
            .filter(move |rule| world.rule(rule) == truth)
    };
    let ids = |rules: &mut dyn Iterator<Item = &Rule>| rules.map(|rule| rule.id.clone()).collect();
    let timeline = timeline(&world);
    let range = range::range(&world);
    let tried = |day: Day| range::inevitable(&World { day, ..world }).is_some();
    Opinion {
        whole: days(&world).into_iter().chain([as_of]).all(tried),
        verdict: world.verdict(),
        applies: ids(&mut standing(Truth::Yes)),
        undecided_rules: ids(&mut standing(Truth::Unknown)),
        undecided_questions: undecided_questions(&world, standing(Truth::Unknown)),
        eligible_from: eligible_from(&timeline),
        timeline,
        best: range.map(|(best, _)| best),
        worst: range.map(|(_, worst)| worst),
        ask_next: range::ask_next(&world),
        contradictions: contradictions(&world),
        unrecognised: known::unrecognised(pack, patient),
    }
}

/// The questions that may be asked next: every unknown one, or those its gate waits for.
#[must_use]
pub fn doors(pack: &Pack, patient: &Patient, as_of: Day) -> BTreeSet<String> {
    let known = known::read(pack, patient, as_of);
    let world = World {
        pack,
        known: &known,
        day: as_of,
    };
    range::all_doors(&world)
        .into_iter()
        .map(|place| pack.questions[place].id.clone())
        .collect()
}

/// Whether exact answers to these questions, whatever they are, leave one verdict only.
///
/// No when one of them cannot be asked next; `None` when there is too much to try.
#[must_use]
pub fn settles(pack: &Pack, patient: &Patient, as_of: Day, questions: &[String]) -> Option<bool> {
    let known = known::read(pack, patient, as_of);
    let world = World {
        pack,
        known: &known,
        day: as_of,
    };
    let asked: BTreeSet<usize> = questions.iter().map(|id| pack.place(id)).collect();
    if asked.is_subset(&range::all_doors(&world)) {
        range::settles(&world, &asked)
    } else {
        Some(false)
    }
}

/// Gravest rule first, then the order asked.
fn undecided_questions<'a>(
    world: &World,
    undecided: impl Iterator<Item = &'a Rule>,
) -> Vec<String> {
    let mut gravest = BTreeMap::new();
    for rule in undecided {
        for place in world.doors_of_unknown(conditions(rule)) {
            let grade = gravest.entry(place).or_insert(rule.grade);
            *grade = rule.grade.max(*grade);
        }
    }
    let mut places: Vec<_> = gravest.into_iter().collect();
    places.sort_by_key(|(place, grade)| (Reverse(*grade), *place));
    places
        .into_iter()
        .map(|(place, _)| world.pack.questions[place].id.clone())
        .collect()
}

fn conditions(rule: &Rule) -> impl Iterator<Item = &Condition> {
    std::iter::once(&rule.when).chain(&rule.unless)
}

/// The days on which something may change.
fn days(world: &World) -> BTreeSet<Day> {
    let mut days = BTreeSet::new();
    // Nothing is longer ago than the birth of the patient, nor the birth later than anything.
    let birth = world
        .pack
        .questions
        .iter()
        .position(|question| question.birth);
    if let Some(Known::Days { first, last }) = birth.map(|place| &world.known[place]) {
        for question in &world.pack.questions {
            let tests = world.pack.tests_of(&question.id);
            for span in tests.into_iter().filter_map(|test| test.span()) {
                let period = world.pack.period(span);
                days.extend(first.map(|first| first.plus(period)));
                days.insert(last.plus(period));
            }
        }
    }
    if let Some(place) = birth {
        let tests = world.pack.tests_of(&world.pack.questions[place].id);
        for span in tests.into_iter().filter_map(|test| test.span()) {
            let period = world.pack.period(span);
            for known in world.known {
                if let Known::Days { last, .. } = known {
                    days.insert(last.plus(period));
                }
            }
        }
    }
    for (question, known) in world.pack.questions.iter().zip(world.known) {
        if let Known::Days { first, last } = known {
            for test in world.pack.tests_of(&question.id) {
                let Some(span) = test.span() else { continue };
                let period = world.pack.period(span);
                for day in first.iter().chain([last]) {
                    days.insert(day.plus(period));
                    if matches!(test, Test::WithinBeforeOrAfter(_)) {
                        days.insert(day.earliest_within(period));
                    }
                }
            }
        }
    }
    for rule in &world.pack.rules {
        days.extend(rule.from);
        days.extend(rule.to.map(|to| to.shifted(1)));
    }
    days
}

fn timeline(world: &World) -> Vec<(Day, Verdict)> {
    let days = days(world);
    let mut timeline = vec![(world.day, world.verdict())];
    for day in days.into_iter().filter(|day| *day > world.day) {
        let verdict = World { day, ..*world }.verdict();
        if timeline
            .last()
            .is_some_and(|(_, before)| *before != verdict)
        {
            timeline.push((day, verdict));
        }
    }
    timeline
}

fn eligible_from(timeline: &[(Day, Verdict)]) -> Option<Day> {
    let good = |entry: &(Day, Verdict)| entry.1 <= Verdict::EligibleWithPrecautions;
    let last_bad = timeline.iter().rposition(|entry| !good(entry))?;
    timeline.get(last_bad + 1).map(|(day, _)| *day)
}

fn contradictions(world: &World) -> Vec<String> {
    let questions = world.pack.questions.iter().enumerate();
    let against = questions
        .filter(|(place, _)| world.gate(*place) == Truth::No && speaks(&world.known[*place]));
    against.map(|(_, question)| question.id.clone()).collect()
}

/// Whether an answer says more than no.
fn speaks(known: &Known) -> bool {
    match known {
        Known::Blank | Known::Never => false,
        Known::YesNo(yes) => *yes,
        Known::Choices(marks) => marks
            .iter()
            .any(|(_, mark)| matches!(mark, Mark::Yes | Mark::NotSure)),
        Known::Medicines {
            names,
            unrecognised,
            others,
            ..
        } => !names.is_empty() || *unrecognised || *others,
        Known::NotSure
        | Known::Choice(_)
        | Known::Number(_)
        | Known::Ongoing
        | Known::Days { .. } => true,
    }
}
