//! What is known of each question once a patient's answers have been read.

use std::collections::BTreeSet;

use super::calendar::{Day, Period, days_in};
use super::impossible::{NO_DAYS, impossible, no_birthday};
use super::model::{Answer, Kind, Pack, Patient, Question, When, Whole, Word};

/// What is known of one question.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Known {
    /// Nothing was said; never for `choices`, which are blank option by option.
    Blank,
    /// Not sure or declined.
    NotSure,
    /// Yes or no.
    YesNo(bool),
    /// This option.
    Choice(String),
    /// Each option with its own mark.
    Choices(Vec<(String, Mark)>),
    /// This many millionths of the unit.
    Number(i64),
    /// It never happened, or was never taken.
    Never,
    /// It is being taken.
    Ongoing,
    /// The day, the event or the end of the course: one of these days.
    Days {
        /// The first possible day, if there is one.
        first: Option<Day>,
        /// The last possible day.
        last: Day,
    },
    /// Medicines.
    Medicines {
        /// The known names.
        names: BTreeSet<String>,
        /// Whether some entry is not recognised.
        unrecognised: bool,
        /// Known names that an entry which is not recognised may be a slip of.
        perhaps: BTreeSet<String>,
        /// Whether there may be others.
        others: bool,
    },
}

impl Known {
    /// Whether every option is said not to be chosen.
    #[must_use]
    pub fn is_none_of_them(&self) -> bool {
        match self {
            Known::Choices(marks) => marks.iter().all(|(_, mark)| *mark == Mark::No),
            _ => false,
        }
    }
}

/// What is known of one option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mark {
    /// Chosen.
    Yes,
    /// Not chosen.
    No,
    /// Not sure or declined.
    NotSure,
    /// Nothing was said.
    Blank,
}

/// Reads a patient's answers, one state for each question of the pack.
#[must_use]
pub fn read(pack: &Pack, patient: &Patient, as_of: Day) -> Vec<Known> {
    let of = |id: &str| {
        patient
            .answers
            .iter()
            .find(|(answered, _)| answered == id)
            .map(|(_, answer)| answer)
    };
    // An age is counted from the answer to the question for the birthday.
    let birthday = birthday(pack, patient, as_of);
    let questions = pack.questions.iter();
    let mut known: Vec<Known> = questions
        .map(|question| {
            read_one(
                pack,
                question,
                of(&question.id).unwrap_or(&Answer::Blank),
                birthday,
                as_of,
            )
        })
        .collect();
    // Such an answer is as good as none.
    for place in impossible(pack, &known, as_of) {
        known[place] = Known::NotSure;
    }
    known
}

/// The entries that match nothing, in the order of the questions, as typed.
#[must_use]
pub fn unrecognised(pack: &Pack, patient: &Patient) -> Vec<String> {
    let mut found = Vec::new();
    for question in &pack.questions {
        for (id, answer) in &patient.answers {
            if let (true, Answer::Medicines(entries, _)) = (*id == question.id, answer) {
                found.extend(
                    entries
                        .iter()
                        .filter(|entry| !recognised(pack, entry))
                        .cloned(),
                );
            }
        }
    }
    found
}

/// The days that may be the birthday, the first if there is one and the last; none where
/// it is not answered, or nobody can be born so.
#[must_use]
pub fn birthday(pack: &Pack, patient: &Patient, as_of: Day) -> Option<(Option<Day>, Day)> {
    let question = pack.questions.iter().find(|question| question.birth)?;
    let mut answers = patient.answers.iter();
    let (_, answer) = answers.find(|(answered, _)| *answered == question.id)?;
    let Answer::On(when) = answer else {
        return None;
    };
    let (first, last) = days(*when, None, as_of, as_of);
    let cut = last.min(as_of);
    // A day that stands for none is known by itself, before it is cut off today.
    let wrong = [last, cut].map(|last| no_birthday(first, last, as_of));
    (wrong == [false; 2]).then_some((first, cut))
}

fn read_one(
    pack: &Pack,
    question: &Question,
    answer: &Answer,
    birthday: Option<(Option<Day>, Day)>,
    as_of: Day,
) -> Known {
    if let Kind::Choices(options) = &question.kind {
        return choices(options, answer);
    }
    let end = if question.planned {
        as_of.two_years_on()
    } else {
        as_of
    };
    match answer {
        Answer::Blank => Known::Blank,
        Answer::NotSure | Answer::Declined => Known::NotSure,
        Answer::YesNo(yes) => Known::YesNo(*yes),
        Answer::Choice(option) => Known::Choice(option.clone()),
        Answer::Number(number) => Known::Number(*number),
        Answer::Never => Known::Never,
        Answer::Ongoing => Known::Ongoing,
        Answer::Happened | Answer::Ended => Known::Days {
            first: None,
            last: end,
        },
        Answer::On(when) => {
            let (first, last) = days(*when, birthday, as_of, end);
            Known::Days {
                first,
                // No day at all is not cut off either.
                last: if NO_DAYS.contains(&last.date()) {
                    last
                } else {
                    last.min(end)
                },
            }
        }
        Answer::Medicines(entries, not_sure) => {
            let (known, unknown): (Vec<_>, Vec<_>) =
                entries.iter().partition(|entry| recognised(pack, entry));
            Known::Medicines {
                names: known
                    .iter()
                    .flat_map(|entry| entry.split(' '))
                    .map(str::to_owned)
                    .collect(),
                unrecognised: !unknown.is_empty(),
                perhaps: unknown
                    .iter()
                    .filter_map(|entry| slip_of(pack, entry))
                    .collect(),
                others: *not_sure,
            }
        }
        Answer::Choices(..) => panic!("options for a question without options"),
    }
}

/// What an answer says of each of these options.
#[must_use]
pub fn choices(options: &[String], answer: &Answer) -> Known {
    let marks = options.iter();
    Known::Choices(
        marks
            .map(|option| (option.clone(), mark(option, answer)))
            .collect(),
    )
}

fn mark(option: &str, answer: &Answer) -> Mark {
    let (whole, singles) = match answer {
        Answer::Blank => return Mark::Blank,
        Answer::NotSure | Answer::Declined => return Mark::NotSure,
        Answer::Choices(whole, singles) => (whole, singles),
        _ => panic!("no answer for options: {answer:?}"),
    };
    if let Some((_, word)) = singles.iter().find(|(single, _)| single == option) {
        return match word {
            Word::Yes => Mark::Yes,
            Word::No => Mark::No,
            Word::NotSure | Word::Declined => Mark::NotSure,
            Word::Blank => Mark::Blank,
        };
    }
    match whole {
        Whole::Blank => Mark::Blank,
        Whole::Options(chosen, _) if chosen.iter().any(|one| one == option) => Mark::Yes,
        Whole::Declined | Whole::Options(_, true) => Mark::NotSure,
        Whole::Options(_, false) => Mark::No,
    }
}

/// The first day that may be meant, if there is one, and the last; answers are about no day after `end`.
fn days(
    when: When,
    birthday: Option<(Option<Day>, Day)>,
    as_of: Day,
    end: Day,
) -> (Option<Day>, Day) {
    let around = |day: Day, more: i32| (Some(day.shifted(-more).max(as_of)), day.shifted(more));
    match when {
        When::Day(day) | When::Planned(day) => (Some(day), day),
        When::Month(year, month) => (
            Some(Day::on(year, month, 1)),
            Day::on(year, month, days_in(year, month)),
        ),
        When::Year(year) => (Some(Day::on(year, 1, 1)), Day::on(year, 12, 31)),
        When::BeforeYear(year) => (None, Day::on(year - 1, 12, 31)),
        When::BeforeDay(day) => (None, day.shifted(-1)),
        When::AfterYear(year) => (Some(Day::on(year + 1, 1, 1)), end),
        When::SinceMonth(year, month) => (Some(Day::on(year, month, 1)), as_of),
        // The day before the first one that is still nearer than that.
        When::MoreThan(period) => (None, as_of.earliest_within(period).shifted(-1)),
        When::AtAge(years) => match birthday {
            None => (None, end),
            // Whoever was born on a leap day may keep it on 28 February.
            Some((first, last)) => (
                first.map(|first| first.plus(Period::Years(years)).shifted(-1).max(first)),
                last.plus(Period::Years(years + 1)).shifted(-1),
            ),
        },
        When::InDays(days) => around(as_of.shifted(days), 0),
        When::InWeeks(weeks) => around(as_of.shifted(7 * weeks), 4),
        When::Friday => (Some(as_of.shifted(-13)), as_of.shifted(13)),
    }
}

/// An entry is either made of known names or is one unknown word.
/// The one known name that an entry is a slip of: with a letter more or less, another letter, or two letters the
/// other way round.
fn slip_of(pack: &Pack, entry: &str) -> Option<String> {
    let names: BTreeSet<&String> = pack.groups.iter().flat_map(|group| &group.names).collect();
    let mut near = names.into_iter().filter(|name| one_slip(entry, name));
    let first = near.next()?;
    near.next().is_none().then(|| first.clone())
}

fn one_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let begin = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[begin..], &other[begin..]);
    let tail = |list: &[char], less: usize| list.get(less..).unwrap_or(&[]).to_vec();
    let swapped = one.len() > 1 && other.len() > 1 && one[0] == other[1] && one[1] == other[0];
    one != other
        && (tail(one, 1) == tail(other, 1)
            || tail(one, 1) == other
            || one == tail(other, 1)
            || (swapped && tail(one, 2) == tail(other, 2)))
}

fn recognised(pack: &Pack, entry: &str) -> bool {
    let known = |word: &str| {
        pack.groups
            .iter()
            .any(|group| group.names.iter().any(|name| name == word))
    };
    entry.split(' ').all(known)
}
