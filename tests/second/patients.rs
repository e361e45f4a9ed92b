//! Random answers: exact, vague, unsure, missing, and against the gate.

use super::calendar::{Day, Period, days_in};
use super::known::{self, Known, Mark};
use super::model::{Answer, Kind, Pack, Patient, Question, Test, When, Whole, Word};
use super::tape::Tape;
use super::weigh::{Truth, World};

/// Answers to some or all questions of a pack, as a patient might give them.
#[must_use]
pub fn patient(tape: &mut Tape, pack: &Pack, as_of: Day) -> Patient {
    let mut patient = Patient::default();
    // In a hundred questions: how many not answered exactly.
    let doubt = tape.one_of(&[0, 25, 45, 70]);
    for (place, question) in pack.questions.iter().enumerate() {
        let known = known::read(pack, &patient, as_of);
        let shut = World {
            pack,
            known: &known,
            day: as_of,
        }
        .gate(place)
            == Truth::No;
        // Where nobody would have asked, most say nothing.
        if (shut && !tape.chance(35)) || (question.optional && tape.chance(40)) {
            continue;
        }
        if matches!(question.kind, Kind::Date | Kind::Event | Kind::Course) && tape.chance(6) {
            let (year, month, day) = tape.one_of(&[(1900, 1, 1), (1970, 1, 1), (9999, 12, 31)]);
            let answer = on(Day::on(year, month, day));
            patient.answers.push((question.id.clone(), answer));
        } else if !tape.chance(doubt) {
            let answer = exact(tape, pack, question, &Known::Blank, as_of);
            patient.answers.push((question.id.clone(), answer));
        } else if let Some(answer) = doubtful(tape, pack, &patient, question, as_of) {
            patient.answers.push((question.id.clone(), answer));
        }
    }
    patient
}

/// The patient after each further exact answer, until nothing is unknown.
///
/// In the order asked; what is known already is kept to.
#[must_use]
pub fn filled_in(tape: &mut Tape, pack: &Pack, patient: &Patient, as_of: Day) -> Vec<Patient> {
    let mut steps = vec![patient.clone()];
    for (place, question) in pack.questions.iter().enumerate() {
        let mut patient = steps[steps.len() - 1].clone();
        let known = known::read(pack, &patient, as_of);
        let world = World {
            pack,
            known: &known,
            day: as_of,
        };
        if !world.open(place) {
            continue;
        }
        patient.answers.retain(|(id, _)| *id != question.id);
        let with = |answer: Answer| {
            let mut patient = patient.clone();
            patient.answers.push((question.id.clone(), answer));
            patient
        };
        let mut next = with(match &known[place] {
            Known::Choices(marks) => {
                let words = settled(tape, marks, world.blank(place), question.one_applies);
                Answer::Choices(Whole::Blank, words)
            }
            known => exact(tape, pack, question, known, as_of),
        });
        // What is filled in goes with what is known: late where it is no birth, and early where it is.
        let contradicts = |patient: &Patient| {
            let now = known::read(pack, patient, as_of);
            let lost =
                |place: usize| now[place] == Known::NotSure && known[place] != Known::NotSure;
            now[place] == Known::NotSure || (0..now.len()).any(lost)
        };
        if contradicts(&next) {
            let (first, last) = match &known[place] {
                Known::Days { first, last } => (*first, *last),
                _ => (None, end(question, as_of)),
            };
            let early = first.unwrap_or(as_of.shifted(-40_000));
            next = with(on(if question.birth { early } else { last }));
        }
        assert!(!contradicts(&next), "nothing goes with what is known");
        steps.push(next);
    }
    steps
}

/// Every option that is open is settled; one that is blank and not asked stays so. Where
/// one must apply and none does, it is the last that was open.
fn settled(
    tape: &mut Tape,
    marks: &[(String, Mark)],
    blank: Truth,
    one_applies: bool,
) -> Vec<(String, Word)> {
    let mut word = |mark: Mark| match mark {
        Mark::Yes => Word::Yes,
        Mark::No => Word::No,
        Mark::Blank if blank == Truth::No => Word::Blank,
        Mark::Blank | Mark::NotSure => tape.one_of(&[Word::No, Word::Yes]),
    };
    let mut words: Vec<(String, Word)> = marks
        .iter()
        .map(|(option, mark)| (option.clone(), word(*mark)))
        .collect();
    let last = marks.iter().rposition(|(_, mark)| *mark != Mark::No);
    if let (true, Some(last)) = (one_applies, last)
        && words.iter().all(|(_, word)| *word == Word::No)
    {
        words[last].1 = Word::Yes;
    }
    words
}

/// An exact answer that agrees with what is known of the question.
fn exact(tape: &mut Tape, pack: &Pack, question: &Question, known: &Known, as_of: Day) -> Answer {
    let tests = pack.tests_of(&question.id);
    if let Known::Days { first, last } = known {
        return on(near(tape, pack, &tests, *first, *last, as_of));
    }
    let end = end(question, as_of);
    let any_day = |tape: &mut Tape| on(near(tape, pack, &tests, None, end, as_of));
    match &question.kind {
        Kind::YesNo => Answer::YesNo(tape.chance(50)),
        Kind::Choice(options) => Answer::Choice(tape.one_of(options)),
        Kind::Choices(options) => {
            let chosen = tape.some_of(options, usize::from(question.one_applies));
            if tape.chance(30) {
                let word = |option: &String| {
                    if chosen.contains(option) {
                        Word::Yes
                    } else {
                        Word::No
                    }
                };
                let singles = options
                    .iter()
                    .map(|option| (option.clone(), word(option)))
                    .collect();
                Answer::Choices(Whole::Blank, singles)
            } else {
                Answer::Choices(Whole::Options(chosen, false), Vec::new())
            }
        }
        Kind::Number { low, high, .. } => Answer::Number(number(tape, &tests, *low, *high)),
        Kind::Date => any_day(tape),
        Kind::Event if tape.chance(65) => any_day(tape),
        Kind::Event => Answer::Never,
        Kind::Course => match tape.below(4) {
            0 => Answer::Never,
            1 => Answer::Ongoing,
            _ => any_day(tape),
        },
        Kind::Medicines => {
            let (taken, unrecognised) = match known {
                // A list that is all there is: only a slip may turn out to be the name meant.
                Known::Medicines {
                    names,
                    unrecognised,
                    perhaps,
                    others: false,
                } => {
                    let perhaps: Vec<String> = perhaps.difference(names).cloned().collect();
                    let meant = tape.some_of(&perhaps, 0);
                    let mut all: Vec<String> = names.iter().cloned().chain(meant).collect();
                    all.extend(unrecognised.then(|| "zuvetan".to_owned()));
                    return Answer::Medicines(all, false);
                }
                Known::Medicines {
                    names,
                    unrecognised,
                    ..
                } => (names.iter().cloned().collect(), *unrecognised),
                _ => (Vec::new(), false),
            };
            Answer::Medicines(entries(tape, pack, taken, unrecognised), false)
        }
    }
}

/// Anything but an exact answer; `None` for no entry at all.
fn doubtful(
    tape: &mut Tape,
    pack: &Pack,
    patient: &Patient,
    question: &Question,
    as_of: Day,
) -> Option<Answer> {
    let kind = &question.kind;
    Some(match tape.below(6) {
        0 => return None,
        1 if *kind != Kind::Medicines => Answer::Blank,
        1 | 2 => Answer::NotSure,
        3 => Answer::Declined,
        _ => match kind {
            Kind::YesNo | Kind::Choice(_) | Kind::Number { .. } => Answer::NotSure,
            Kind::Choices(options) => {
                let answer = mixed(tape, options);
                let says_none = match &answer {
                    Answer::Choices(Whole::Options(chosen, false), _) if chosen.is_empty() => true,
                    answer => known::choices(options, answer).is_none_of_them(),
                };
                if question.one_applies && says_none {
                    Answer::NotSure
                } else {
                    answer
                }
            }
            Kind::Event if tape.chance(30) => Answer::Happened,
            Kind::Course if tape.chance(30) => Answer::Ended,
            Kind::Date | Kind::Event | Kind::Course => vague(tape, pack, patient, question, as_of),
            Kind::Medicines => {
                let mut all = entries(tape, pack, Vec::new(), false);
                let slip = slip(tape, pack).filter(|_| tape.chance(40));
                let not_sure = slip.is_none() || tape.chance(30);
                all.extend(slip);
                Answer::Medicines(all, not_sure)
            }
        },
    })
}

/// Options together, with single ones beside them.
fn mixed(tape: &mut Tape, options: &[String]) -> Answer {
    let whole = match tape.below(5) {
        0 | 1 => Whole::Options(tape.some_of(options, 0), true),
        2 => Whole::Blank,
        3 => Whole::Options(tape.some_of(options, 0), false),
        _ => Whole::Declined,
    };
    let words: &[Word] = match whole {
        // An empty cell for one option says nothing of what another cell says.
        Whole::Blank => &[
            Word::Yes,
            Word::No,
            Word::NotSure,
            Word::Declined,
            Word::Blank,
        ],
        _ => &[Word::Yes, Word::No, Word::NotSure, Word::Declined],
    };
    let singles = tape.some_of(options, usize::from(whole == Whole::Blank));
    Answer::Choices(
        whole,
        singles
            .into_iter()
            .map(|option| (option, tape.one_of(words)))
            .collect(),
    )
}

fn vague(
    tape: &mut Tape,
    pack: &Pack,
    patient: &Patient,
    question: &Question,
    as_of: Day,
) -> Answer {
    let tests = pack.tests_of(&question.id);
    let end = end(question, as_of);
    let day = near(tape, pack, &tests, None, end, as_of);
    let (year, month, _) = day.date();
    let (this_year, ..) = as_of.date();
    if question.planned && tape.chance(35) {
        return Answer::On(match tape.below(4) {
            0 => When::Planned(day.max(as_of)),
            1 => When::InDays(tape.between(1, 60)),
            2 => When::InWeeks(tape.between(1, 30)),
            _ => When::Friday,
        });
    }
    // What reaches further ahead is no answer.
    if question.planned && Day::on(year, 12, 31) > end {
        return on(day);
    }
    Answer::On(match tape.below(9) {
        0 | 1 => When::Month(year, month),
        2 => When::Year(year),
        3 => When::BeforeYear(year),
        4 => When::BeforeDay(day),
        5 if year < this_year => When::AfterYear(year),
        // Of what goes on for a time it would say when it began.
        5 | 6 if question.kind != Kind::Course && Day::on(year, month, 1) <= as_of => {
            When::SinceMonth(year, month)
        }
        7 => {
            let spans = tests.iter().filter_map(|test| test.span());
            let mut periods: Vec<Period> = spans.map(|span| pack.period(span)).collect();
            periods.push(Period::Months(2));
            When::MoreThan(tape.one_of(&periods))
        }
        _ => match known::birthday(pack, patient, as_of) {
            // Nobody was older than now.
            Some((_, last)) if !question.birth => {
                let (born, ..) = last.date();
                let most = (this_year - born - 1).max(0);
                When::AtAge(tape.between(0, most.min(40)))
            }
            _ => When::Month(year, month),
        },
    })
}

/// The last day that an answer may be about.
fn end(question: &Question, as_of: Day) -> Day {
    if question.planned {
        as_of.two_years_on()
    } else {
        as_of
    }
}

fn on(day: Day) -> Answer {
    Answer::On(When::Day(day))
}

/// A day in the interval, most often close to where some window opens.
fn near(
    tape: &mut Tape,
    pack: &Pack,
    tests: &[&Test],
    first: Option<Day>,
    last: Day,
    as_of: Day,
) -> Day {
    let mut periods: Vec<Period> = tests
        .iter()
        .filter_map(|test| test.span())
        .map(|span| pack.period(span))
        .collect();
    periods.push(Period::Months(2));
    let period = tape.one_of(&periods);
    let ahead = as_of < last && tape.chance(50);
    let edge = if ahead {
        as_of.plus(period)
    } else {
        as_of.earliest_within(period)
    };
    let day = match tape.below(6) {
        0 | 1 => edge.shifted(tape.between(-2, 3)),
        // The end of the month, for the roll.
        2 => {
            let (year, month, _) = edge.date();
            Day::on(year, month, days_in(year, month))
        }
        3 if ahead => as_of.shifted(tape.between(0, edge.0 - as_of.0)),
        3 => edge.shifted(tape.between(0, as_of.0 - edge.0)),
        4 => last.shifted(tape.between(-40, 0)),
        _ => last.shifted(-tape.between(0, 3000)),
    };
    day.min(last).max(first.unwrap_or(day.min(last)))
}

fn number(tape: &mut Tape, tests: &[&Test], low: i64, high: i64) -> i64 {
    let mut marks = vec![low, high, i64::midpoint(low, high)];
    for test in tests {
        match test {
            Test::Under(limit) | Test::AtMost(limit) | Test::AtLeast(limit) | Test::Over(limit) => {
                marks.push(*limit);
            }
            Test::Between(from, to) => marks.extend([*from, *to]),
            _ => {}
        }
    }
    let mark = tape.one_of(&marks);
    let off = i64::from(tape.between(-1, 1));
    let wide = if tape.chance(50) { 50_000 } else { 1 };
    (mark + off * wide).clamp(low, high)
}

/// What is taken already, more names, and perhaps something nobody knows.
fn entries(tape: &mut Tape, pack: &Pack, taken: Vec<String>, unrecognised: bool) -> Vec<String> {
    let mut names: Vec<String> = pack
        .groups
        .iter()
        .flat_map(|group| group.names.clone())
        .collect();
    names.sort();
    names.dedup();
    names.retain(|name| !taken.contains(name));
    let more = if tape.chance(60) {
        tape.some_of(&names, 0)
    } else {
        Vec::new()
    };
    let mut entries = [taken, more].concat();
    if entries.len() > 1 && tape.chance(20) {
        let last = entries.remove(entries.len() - 1);
        entries[0] = format!("{} {last}", entries[0]);
    }
    if unrecognised || tape.chance(20) {
        entries.insert(
            tape.below(entries.len() + 1),
            tape.one_of(&["zuvetan", "yprofel"]).to_owned(),
        );
    }
    entries
}

/// A known name, misspelt.
fn slip(tape: &mut Tape, pack: &Pack) -> Option<String> {
    let groups = pack.groups.iter();
    let names: Vec<&String> = groups.flat_map(|group| &group.names).collect();
    if names.is_empty() {
        return None;
    }
    let name = tape.one_of(&names).as_str();
    let (first, rest) = name.split_at(1);
    Some(match tape.below(3) {
        0 => format!("{first}{name}"),
        1 => rest.to_owned(),
        _ => format!("{name}q"),
    })
}
