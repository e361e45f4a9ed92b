//! Resolves sentences and checks them against the questions they are about.

use crate::diagnostic::Problems;
use crate::question::QuestionType;
use std::collections::HashMap;

use crate::condition::{Check, Condition, Test};
use crate::diagnostic::{Code, Diagnostic};
use crate::pack;
use crate::pack::{Question, takes};
use crate::period::Period;
use crate::sentence;
use crate::sentence::{Says, Wait, Word};
use crate::source::{Place, Source};
use crate::suggest::way_out;

use super::symbols::{GROUP, SETTING, Symbols, unknown};

mod coverage;
mod errors;
mod limits;
mod numbers;
mod sides;
mod spans;

use limits::ExpansionLimit;
use sides::{is_too_long, not_planned, one_sided, too_long};
use spans::At;

/// Everything that is needed to resolve conditions.
pub struct Resolver<'a> {
    /// The ids of the pack.
    pub names: &'a Symbols<'a>,
    /// The resolved facts, by index.
    pub facts: &'a HashMap<usize, Condition>,
    /// The files, for marking words.
    pub sources: &'a [Source],
}

impl Resolver<'_> {
    /// The condition with all names resolved; none if there are problems, which are reported.
    pub fn condition(&self, from: &pack::Condition, problems: &mut Problems) -> Option<Condition> {
        self.part(from, &mut ExpansionLimit::new(), problems)
    }

    fn part(
        &self,
        from: &pack::Condition,
        room: &mut ExpansionLimit,
        problems: &mut Problems,
    ) -> Option<Condition> {
        let mut parts = |parts: &[pack::Condition]| -> Option<Vec<Condition>> {
            let read: Vec<_> = parts
                .iter()
                .map(|part| self.part(part, room, problems))
                .collect();
            read.into_iter().collect()
        };
        Some(match from {
            pack::Condition::All(all) => Condition::All(parts(all)?),
            pack::Condition::Any(any) => Condition::Any(parts(any)?),
            pack::Condition::None(none) => Condition::None(parts(none)?),
            pack::Condition::Sentence(sentence) => self.sentence(sentence, room, problems)?,
        })
    }

    fn sentence(
        &self,
        from: &pack::Sentence,
        room: &mut ExpansionLimit,
        problems: &mut Problems,
    ) -> Option<Condition> {
        let at = At::new(from, self.sources);
        let read = match sentence::read(&from.text) {
            Ok(read) => read,
            Err(stop) => {
                problems.push(self.unreadable(&at, &stop));
                return None;
            }
        };
        let subject = read.subject;
        let found = if let Some((number, question)) = self.names.questions.get(subject.text) {
            if !self.names.settled(subject.text) {
                return None;
            }
            let check = self.check(question, subject, &read.says, &at, problems)?;
            self.covered(question, subject, &read.says, &at, problems);
            let words = from.text.split_whitespace().skip(usize::from(read.negated));
            let words = words.collect::<Vec<_>>().join(" ");
            let words = with_days(words, &check);
            Condition::Test(Test {
                question: *number,
                check,
                words,
                if_left_out: None,
            })
        } else if let Some(number) = self.names.facts.get(subject.text) {
            if read.says != Says::Holds {
                let fact = subject.text;
                let message = format!("`{fact}` is a fact: it is either true or false");
                problems.push(
                    Diagnostic::new(Code::WrongSentence, at.behind(subject), message)
                        .help(format!("write `{fact} holds` or `not {fact} holds`")),
                );
                return None;
            }
            let fact = self.facts.get(number)?;
            room.take_up(fact, at.word(subject), problems)?;
            fact.clone()
        } else {
            problems.push(self.unknown_subject(&at, subject, &read.says));
            return None;
        };
        Some(if read.negated {
            Condition::Not(Box::new(found))
        } else {
            found
        })
    }

    fn check(
        &self,
        question: &Question,
        subject: Word<'_>,
        says: &Says<'_>,
        at: &At<'_>,
        problems: &mut Problems,
    ) -> Option<Check> {
        let options = |words: &[Word<'_>], problems: &mut Problems| {
            let found: Vec<_> = words
                .iter()
                .map(|word| option(question, *word, at, problems))
                .collect();
            found.into_iter().collect::<Option<Vec<usize>>>()
        };
        let one_of = |chosen: &[usize]| {
            Check::OneOf(
                (0..question.options.len())
                    .map(|number| chosen.contains(&number))
                    .collect(),
            )
        };
        let misfit = |problems: &mut Problems| self.misfit(question, subject, at, problems);
        let found = match question.kind {
            QuestionType::YesNo => match says {
                Says::Is(words) => match words.as_slice() {
                    [word] => match word.text {
                        "yes" | "true" => Check::Is(true),
                        "no" | "false" => Check::Is(false),
                        _ => return neither(question, *word, at, problems),
                    },
                    _ => return misfit(problems),
                },
                _ => return misfit(problems),
            },
            QuestionType::Choice => match says {
                Says::Is(words) => one_of(&options(words, problems)?),
                Says::IsNot(word) => {
                    let excluded = options(&[*word], problems)?;
                    let others: Vec<usize> = (0..question.options.len())
                        .filter(|n| !excluded.contains(n))
                        .collect();
                    one_of(&others)
                }
                _ => return misfit(problems),
            },
            QuestionType::Choices => match says {
                Says::IncludesAny(words) => Check::IncludesAny(options(words, problems)?),
                Says::IncludesAll(words) => Check::IncludesAll(options(words, problems)?),
                _ => return misfit(problems),
            },
            QuestionType::Number => match says {
                Says::Compares(how, number, unit) => {
                    numbers::compared(question, *how, *number, *unit, at, problems)?
                }
                Says::Between(least, most, unit) => {
                    numbers::between(question, [*least, *most], *unit, at, problems)?
                }
                _ => return misfit(problems),
            },
            QuestionType::Date => match says {
                Says::Within(wait) => Check::Within(self.wait(wait, at, problems)?),
                _ => return misfit(problems),
            },
            QuestionType::Event => match says {
                Says::Ever => Check::Ever,
                Says::Within(_) if question.planned => {
                    problems.push(one_sided(question, subject, at));
                    return None;
                }
                Says::Within(wait) => Check::Within(self.wait(wait, at, problems)?),
                Says::WithinBeforeOrAfter(wait) if question.planned => {
                    let period = self.wait(wait, at, problems)?;
                    if is_too_long(period) {
                        problems.push(too_long(period, subject, at));
                        return None;
                    }
                    Check::WithinBeforeOrAfter(period)
                }
                Says::WithinBeforeOrAfter(_) => {
                    problems.push(not_planned(question, subject, at));
                    return None;
                }
                _ => return misfit(problems),
            },
            QuestionType::Course => match says {
                Says::Ever => Check::Ever,
                Says::Ongoing => Check::Ongoing,
                Says::EndedWithin(wait) => Check::EndedWithin(self.wait(wait, at, problems)?),
                Says::OngoingOrEndedWithin(wait) => {
                    Check::OngoingOrEndedWithin(self.wait(wait, at, problems)?)
                }
                _ => return misfit(problems),
            },
            QuestionType::Medicines => match says {
                Says::Take(words) => self.takes(words, at, problems)?,
                _ => return misfit(problems),
            },
        };
        Some(found)
    }

    fn takes(&self, words: &[Word<'_>], at: &At<'_>, problems: &mut Problems) -> Option<Check> {
        if let [
            Word {
                text: "unrecognised",
                ..
            },
        ] = words
        {
            return Some(Check::TakesUnrecognised);
        }
        let mut group = |word: &Word<'_>| {
            let found = self.names.groups.get(word.text).copied();
            if found.is_none() {
                let known = self.names.groups.keys().copied();
                let problem = unknown(word.text, at.word(*word), &GROUP, known);
                problems.push(with_comma(*word, problem));
            }
            found
        };
        let found: Vec<_> = words.iter().map(&mut group).collect();
        found
            .into_iter()
            .collect::<Option<Vec<usize>>>()
            .map(Check::Takes)
    }

    fn wait(&self, wait: &Wait<'_>, at: &At<'_>, problems: &mut Problems) -> Option<Period> {
        match wait {
            Wait::Counted(count, unit) => {
                let period = Period::read(count.text, unit.text);
                if period.is_none() {
                    let place = Place {
                        end: at.word(*unit).end,
                        ..at.word(*count)
                    };
                    let written = format!("{} {}", count.text, unit.text);
                    problems.push(no_period(&written, place));
                }
                period
            }
            // The id of a setting begins with a letter, so this is a time written as one word.
            Wait::Named(name) if name.text.starts_with(|c: char| c.is_ascii_digit()) => {
                problems.push(no_period(name.text, at.word(*name)));
                None
            }
            Wait::Named(name) => {
                let found = self.names.settings.get(name.text);
                if found.is_none() {
                    let known = self.names.settings.keys().copied();
                    let problem = unknown(name.text, at.word(*name), &SETTING, known);
                    problems.push(problem.help("or write the time itself, for example `6 months`"));
                }
                found.map(|setting| setting.period)
            }
        }
    }

    fn misfit(
        &self,
        question: &Question,
        subject: Word<'_>,
        at: &At<'_>,
        problems: &mut Problems,
    ) -> Option<Check> {
        let message = format!(
            "`{}` is of type `{}`, and this sentence is for another type",
            question.id.value,
            question.kind.word()
        );
        problems.push(
            Diagnostic::new(Code::WrongSentence, at.behind(subject), message)
                .help(takes(question, &self.names.group_ids())),
        );
        None
    }
}

/// The words of a sentence. If it states hours, they say how these are counted.
fn with_days(words: String, check: &Check) -> String {
    let hours = check.period().filter(|period| period.is_in_hours());
    match (hours, words.rsplit_once(" within ")) {
        (Some(period), Some((before, wait))) => {
            let (wait, sides) = match wait.strip_suffix(" before or after") {
                Some(wait) => (wait, " before or after"),
                None => (wait, ""),
            };
            if wait.contains(' ') {
                format!("{before} within {period}{sides}")
            } else {
                words
            }
        }
        _ => words,
    }
}

/// The index of the option `word`; an unknown one is reported with the known options.
fn option(
    question: &Question,
    word: Word<'_>,
    at: &At<'_>,
    problems: &mut Problems,
) -> Option<usize> {
    let mut ids = question
        .options
        .iter()
        .map(|option| option.id.value.as_str());
    let found = ids.clone().position(|id| id == word.text);
    if found.is_none() {
        let message = format!("`{}` has no option `{}`", question.id.value, word.text);
        let problem = Diagnostic::new(Code::UnknownOption, at.word(word), message);
        let problem = problem.help(way_out(word.text, "option", &mut ids));
        problems.push(with_comma(word, problem));
    }
    found
}

/// If the word ends with a comma, adds the hint that words are separated only by spaces.
fn with_comma(word: Word<'_>, problem: Diagnostic) -> Diagnostic {
    if word.text.ends_with([',', ';']) {
        problem.help("separate words with spaces only: leave the comma out")
    } else {
        problem
    }
}

fn neither(
    question: &Question,
    word: Word<'_>,
    at: &At<'_>,
    problems: &mut Problems,
) -> Option<Check> {
    let id = &question.id.value;
    let message = format!("`{id}` is answered yes or no, not `{}`", word.text);
    problems.push(
        Diagnostic::new(Code::WrongSentence, at.word(word), message).help(takes(question, &[])),
    );
    None
}

fn no_period(written: &str, place: Place) -> Diagnostic {
    Diagnostic::new(
        Code::BadValue,
        place,
        format!("`{written}` is not a length of time"),
    )
    .help("write a whole number and a unit: `14 days`, `4 weeks`, `6 months` or `1 year`")
}
