//! What the verdict may still become, by trying every complete and exact answer.
//!
//! Where the rules cannot tell two answers to a question apart, one stands for both.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::calendar::Day;
use super::impossible::impossible;
use super::known::{Known, Mark};
use super::model::{Condition, Kind, Pack, Test, Verdict};
use super::weigh::{Truth, World, says};

/// More complete answers than this are not tried.
const MOST: usize = 20_000;

/// Best and worst verdict over all completions; `None` when they are too many.
#[must_use]
pub fn range(world: &World) -> Option<(Verdict, Verdict)> {
    let all = completions(world)?;
    let verdicts: BTreeSet<_> = all
        .iter()
        .map(|known| World { known, ..*world }.asked_for())
        .collect();
    let (best, worst) = (*verdicts.first()?, *verdicts.last()?);
    Some((best, worst.max(world.verdict())))
}

/// The least severe verdict that complete answers end in, as far as undecided rules
/// make it more severe than what the rules ask for now; `None` when there is too
/// much to try.
#[must_use]
pub fn inevitable(world: &World) -> Option<Verdict> {
    let asked = world.asked_for();
    let undecided = world.pack.rules.iter();
    let severe: Vec<_> = undecided
        .filter(|rule| rule.grade.verdict() > asked && world.rule(rule) == Truth::Unknown)
        .collect();
    // Only what these rules look at can matter.
    let mut places = BTreeSet::new();
    for rule in &severe {
        for condition in std::iter::once(&rule.when).chain(&rule.unless) {
            looked_at(world.pack, condition, &mut places);
        }
    }
    let ends = |known: &Vec<Known>| {
        let complete = World { known, ..*world };
        let applying = severe
            .iter()
            .filter(|rule| complete.rule(rule) == Truth::Yes);
        applying.map(|rule| rule.grade.verdict()).max()
    };
    let all = filled(world, &|place| places.contains(&place))?;
    // Nothing is more than something: `None` is the least.
    all.iter().map(ends).min()?.or(Some(asked))
}

/// The questions a condition reads, and those that decide whether they are asked.
fn looked_at(pack: &Pack, condition: &Condition, places: &mut BTreeSet<usize>) {
    for (id, _) in pack.says(condition) {
        let place = pack.place(id);
        if places.insert(place)
            && let Some(gate) = &pack.questions[place].gate
        {
            looked_at(pack, gate, places);
        }
    }
}

/// A smallest set of questions that settles the verdict; `None` when there is too much to try.
///
/// # Panics
///
/// When answering everything would leave the verdict open, which cannot be.
#[must_use]
pub fn ask_next(world: &World) -> Option<Vec<String>> {
    let (best, worst) = range(world)?;
    if best == worst {
        return Some(Vec::new());
    }
    let mut trial = MutantRun::new(world)?;
    let doors: Vec<usize> = all_doors(world).into_iter().collect();
    let mut sets: Vec<BTreeSet<usize>> = subsets(&doors)
        .into_iter()
        .map(|set| set.into_iter().collect())
        .collect();
    sets.sort_by_key(BTreeSet::len);
    for set in sets {
        if trial.settles(&set)? {
            return Some(
                set.into_iter()
                    .map(|place| world.pack.questions[place].id.clone())
                    .collect(),
            );
        }
    }
    panic!("asking everything must settle the verdict")
}

/// Whether exact answers to these questions always leave one verdict only.
#[must_use]
pub fn settles(world: &World, asked: &BTreeSet<usize>) -> Option<bool> {
    MutantRun::new(world)?.settles(asked)
}

/// The doors of every unknown question.
#[must_use]
pub fn all_doors(world: &World) -> BTreeSet<usize> {
    let open = (0..world.known.len()).filter(|place| world.open(*place));
    open.flat_map(|place| world.doors(place)).collect()
}

/// Sets of questions tried against every completion.
struct MutantRun<'a> {
    world: &'a World<'a>,
    completions: Vec<Vec<Known>>,
    settled: HashMap<Vec<Known>, bool>,
    /// How many verdicts may still be reached.
    left: usize,
}

impl<'a> MutantRun<'a> {
    fn new(world: &'a World<'a>) -> Option<MutantRun<'a>> {
        Some(MutantRun {
            world,
            completions: completions(world)?,
            settled: HashMap::new(),
            left: MOST,
        })
    }

    fn settles(&mut self, asked: &BTreeSet<usize>) -> Option<bool> {
        let world = self.world;
        let given: Vec<usize> = (0..world.known.len())
            .filter(|place| world.open(*place) && world.doors(*place).is_subset(asked))
            .collect();
        let mut outcomes = HashSet::new();
        for completion in &self.completions {
            let mut known = world.known.to_vec();
            for place in &given {
                known[*place] = completion[*place].clone();
            }
            outcomes.insert(known);
        }
        for known in outcomes {
            if !self.is_settled(known)? {
                return Some(false);
            }
        }
        Some(true)
    }

    fn is_settled(&mut self, known: Vec<Known>) -> Option<bool> {
        if let Some(settled) = self.settled.get(&known) {
            return Some(*settled);
        }
        let world = World {
            known: &known,
            ..*self.world
        };
        let all = completions(&world)?;
        self.left = self.left.checked_sub(all.len())?;
        let verdict = world.verdict();
        let first = World {
            known: all.first()?,
            ..world
        }
        .verdict();
        let settled = verdict <= first
            && all
                .iter()
                .all(|known| World { known, ..world }.verdict() == first);
        self.settled.insert(known, settled);
        Some(settled)
    }
}

/// Every complete exact answer that what is known still allows; `None` when there are too many.
#[must_use]
pub fn completions(world: &World) -> Option<Vec<Vec<Known>>> {
    filled(world, &|_| true)
}

/// The same as far as the questions at `places` are open.
fn filled(world: &World, places: &dyn Fn(usize) -> bool) -> Option<Vec<Vec<Known>>> {
    let mut all = vec![world.known.to_vec()];
    // A gate reads earlier questions only, and those are complete by then.
    for place in (0..world.known.len()).filter(|place| places(*place)) {
        let mut next = Vec::new();
        let mut values: BTreeMap<Truth, Vec<Known>> = BTreeMap::new();
        for known in all {
            let here = World {
                known: &known,
                ..*world
            };
            if !here.open(place) {
                next.push(known);
                continue;
            }
            for value in values
                .entry(here.blank(place))
                .or_insert_with(|| exact(&here, place))
            {
                let mut filled = known.clone();
                filled[place] = value.clone();
                next.push(filled);
            }
            if next.len() > MOST {
                return None;
            }
        }
        all = next;
    }
    all.retain(|known| impossible(world.pack, known, world.day).is_empty());
    Some(all)
}

/// The exact answers that an open question still allows, one for each that the rules tell apart.
fn exact(world: &World, place: usize) -> Vec<Known> {
    let question = &world.pack.questions[place];
    let tests = world.pack.tests_of(&question.id);
    let said = |value: &Known| -> Vec<Truth> {
        tests
            .iter()
            .map(|test| says(world.pack, test, value, Truth::No, world.day))
            .collect()
    };
    let mut heard = HashSet::new();
    let mut values = every_value(world, place, &tests);
    // What a day comes to depends on the date of birth too.
    let apart = |value: &Known| {
        let with_birth = world.pack.questions.iter().any(|question| question.birth);
        matches!(value, Known::Days { .. })
            .then(|| value.clone())
            .filter(|_| with_birth)
    };
    values.retain(|value| heard.insert((said(value), apart(value))));
    values
}

fn every_value(world: &World, place: usize, tests: &[&Test]) -> Vec<Known> {
    match (&world.pack.questions[place].kind, &world.known[place]) {
        (_, Known::Days { first, last }) => days(world, tests, *first, *last),
        (Kind::YesNo, _) => vec![Known::YesNo(false), Known::YesNo(true)],
        (Kind::Choice(options), _) => options.iter().cloned().map(Known::Choice).collect(),
        (Kind::Choices(_), Known::Choices(marks)) => {
            let mut all = choices(marks, world.blank(place));
            if world.pack.questions[place].one_applies {
                all.retain(|known| !known.is_none_of_them());
            }
            all
        }
        (Kind::Choices(_), known) => panic!("no options: {known:?}"),
        (Kind::Number { low, high, .. }, _) => numbers(tests, *low, *high),
        (Kind::Date, _) => days(world, tests, None, world.day),
        (Kind::Event, _) => {
            let end = if world.pack.questions[place].planned {
                world.day.two_years_on()
            } else {
                world.day
            };
            [vec![Known::Never], days(world, tests, None, end)].concat()
        }
        (Kind::Course, _) => [
            vec![Known::Never, Known::Ongoing],
            days(world, tests, None, world.day),
        ]
        .concat(),
        (Kind::Medicines, known) => medicines(world.pack, known),
    }
}

/// Both ends, and both sides of every day on which a window opens.
fn days(world: &World, tests: &[&Test], first: Option<Day>, last: Day) -> Vec<Known> {
    // Nearly 120 years ago: what is longer ago cannot be right, and would stand for days that can.
    let mut days = vec![first.unwrap_or(world.day.shifted(-43_800)), last];
    for span in tests.iter().filter_map(|test| test.span()) {
        let period = world.pack.period(span);
        let edges = [world.day.earliest_within(period), world.day.plus(period)];
        days.extend(edges.iter().flat_map(|edge| [edge.shifted(-1), *edge]));
    }
    days.retain(|day| first.is_none_or(|first| first <= *day) && *day <= last);
    days.into_iter()
        .map(|day| Known::Days {
            first: Some(day),
            last: day,
        })
        .collect()
}

fn numbers(tests: &[&Test], low: i64, high: i64) -> Vec<Known> {
    let mut numbers = vec![low, high];
    for test in tests {
        match test {
            Test::Under(limit) | Test::AtMost(limit) | Test::AtLeast(limit) | Test::Over(limit) => {
                numbers.extend([limit - 1, *limit, limit + 1]);
            }
            Test::Between(from, to) => {
                numbers.extend([from - 1, *from, from + 1, to - 1, *to, to + 1]);
            }
            _ => {}
        }
    }
    numbers.retain(|number| (low..=high).contains(number));
    numbers.into_iter().map(Known::Number).collect()
}

/// Option by option: what is known stays, and so does what is blank and not asked.
fn choices(marks: &[(String, Mark)], blank: Truth) -> Vec<Known> {
    let mut all = vec![Vec::new()];
    for (option, mark) in marks {
        let filled: &[Mark] = match mark {
            Mark::Blank if blank == Truth::No => &[Mark::Blank],
            Mark::NotSure | Mark::Blank => &[Mark::No, Mark::Yes],
            Mark::Yes => &[Mark::Yes],
            Mark::No => &[Mark::No],
        };
        let extended = |mark: &Mark| {
            all.iter()
                .map(|before: &Vec<(String, Mark)>| {
                    [before.as_slice(), &[(option.clone(), *mark)]].concat()
                })
                .collect()
        };
        all = filled
            .iter()
            .map(extended)
            .collect::<Vec<Vec<_>>>()
            .concat();
    }
    all.into_iter().map(Known::Choices).collect()
}

/// Any set of names, with or without something unrecognised, on top of what is known.
fn medicines(pack: &Pack, known: &Known) -> Vec<Known> {
    let every: BTreeSet<&String> = pack.groups.iter().flat_map(|group| &group.names).collect();
    let (taken, certain, names) = match known {
        // Only what a slip may stand for is open.
        Known::Medicines {
            names,
            unrecognised,
            perhaps,
            others: false,
        } => (names.clone(), *unrecognised, perhaps.iter().collect()),
        Known::Medicines {
            names,
            unrecognised,
            ..
        } => (names.clone(), *unrecognised, every),
        _ => (BTreeSet::new(), false, every),
    };
    let names: Vec<&String> = names.into_iter().collect();
    let mut all = Vec::new();
    for more in subsets(&names) {
        for unrecognised in [false, true] {
            if unrecognised || !certain {
                let names = taken.iter().chain(more.iter().copied()).cloned().collect();
                all.push(Known::Medicines {
                    names,
                    unrecognised,
                    perhaps: BTreeSet::new(),
                    others: false,
                });
            }
        }
    }
    all
}

fn subsets<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    let mut all = vec![Vec::new()];
    for item in items {
        let with: Vec<Vec<T>> = all
            .iter()
            .map(|set| [set.as_slice(), std::slice::from_ref(item)].concat())
            .collect();
        all.extend(with);
    }
    all
}
