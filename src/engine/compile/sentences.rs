//! Sentences held against the questions they are about.

use std::collections::HashMap;

use crate::engine::condition::{Check, Condition, Test};
use crate::engine::decimal::Decimal;
use crate::engine::diagnostic::{Code, Diagnostic};
use crate::engine::pack::{self, Question};
use crate::engine::period::Period;
use crate::engine::sentence::{self, Comparison, Says, Stop, Wait, Word};
use crate::engine::source::Place;
use crate::engine::suggest::{listed, way_out};

use super::names::Names;

/// Where conditions look things up.
pub struct Look<'a> {
    /// Ids.
    pub names: &'a Names<'a>,
    /// Facts as far as they could be resolved, by number.
    pub facts: &'a HashMap<usize, Condition>,
}

type Problems = Vec<Diagnostic>;

impl Look<'_> {
    /// A condition with every name resolved; none, and complaints, where it cannot be.
    pub fn condition(&self, from: &pack::Condition, problems: &mut Problems) -> Option<Condition> {
        let mut parts = |parts: &[pack::Condition]| -> Option<Vec<Condition>> {
            let read: Vec<_> = parts
                .iter()
                .map(|part| self.condition(part, problems))
                .collect();
            read.into_iter().collect()
        };
        Some(match from {
            pack::Condition::All(all) => Condition::All(parts(all)?),
            pack::Condition::Any(any) => Condition::Any(parts(any)?),
            pack::Condition::None(none) => Condition::None(parts(none)?),
            pack::Condition::Sentence(sentence) => self.sentence(sentence, problems)?,
        })
    }

    fn sentence(&self, from: &pack::Sentence, problems: &mut Problems) -> Option<Condition> {
        let at = At { sentence: from };
        let read = match sentence::read(&from.text) {
            Ok(read) => read,
            Err(stop) => {
                problems.push(self.unreadable(&at, &stop));
                return None;
            }
        };
        let subject = read.subject;
        let found = if let Some((number, question)) = self.names.questions.get(subject.text) {
            let check = self.check(question, &read.says, &at, problems)?;
            let words = from.text.split_whitespace().skip(usize::from(read.negated));
            let words = words.collect::<Vec<_>>().join(" ");
            Condition::Test(Test {
                question: *number,
                check,
                words,
            })
        } else if let Some(number) = self.names.facts.get(subject.text) {
            if read.says != Says::Holds {
                let example = format!(
                    "write `{} holds`, or `not {} holds`",
                    subject.text, subject.text
                );
                problems.push(
                    Diagnostic::new(
                        Code::WrongSentence,
                        at.whole(),
                        format!("`{}` is a fact: it holds or it does not", subject.text),
                    )
                    .help(example),
                );
                return None;
            }
            self.facts.get(number)?.clone()
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
        says: &Says<'_>,
        at: &At<'_>,
        problems: &mut Problems,
    ) -> Option<Check> {
        let option = |word: &Word<'_>, problems: &mut Problems| {
            let found = question
                .options
                .iter()
                .position(|option| option.id.value == word.text);
            if found.is_none() {
                let known = question
                    .options
                    .iter()
                    .map(|option| option.id.value.as_str());
                let message = format!("`{}` has no option `{}`", question.id.value, word.text);
                problems.push(
                    Diagnostic::new(Code::UnknownOption, at.word(*word), message)
                        .help(way_out(word.text, "option", known)),
                );
            }
            found
        };
        let options = |words: &[Word<'_>], problems: &mut Problems| {
            let found: Vec<_> = words.iter().map(|word| option(word, problems)).collect();
            found.into_iter().collect::<Option<Vec<usize>>>()
        };
        let one_of = |chosen: &[usize]| {
            Check::OneOf(
                (0..question.options.len())
                    .map(|number| chosen.contains(&number))
                    .collect(),
            )
        };
        Some(match (question.kind.value.as_str(), says) {
            ("yes-no", Says::Is(words)) => match words.as_slice() {
                [
                    Word {
                        text: "yes" | "true",
                        ..
                    },
                ] => Check::Is(true),
                [
                    Word {
                        text: "no" | "false",
                        ..
                    },
                ] => Check::Is(false),
                _ => return misfit(question, at, problems),
            },
            ("choice", Says::Is(words)) => one_of(&options(words, problems)?),
            ("choice", Says::IsNot(word)) => {
                let excluded = options(&[*word], problems)?;
                let others: Vec<usize> = (0..question.options.len())
                    .filter(|n| !excluded.contains(n))
                    .collect();
                one_of(&others)
            }
            ("choices", Says::IncludesAny(words)) => Check::IncludesAny(options(words, problems)?),
            ("choices", Says::IncludesAll(words)) => Check::IncludesAll(options(words, problems)?),
            ("number", Says::Compares(how, number, unit)) => {
                compared(question, *how, *number, *unit, at, problems)?
            }
            ("number", Says::Between(least, most, unit)) => {
                let unit_fits = unit_of(question, *unit, at, problems);
                let least = decimal(question, *least, at, problems);
                let most = decimal(question, *most, at, problems);
                unit_fits?;
                Check::Between(Some(least?), Some(most?))
            }
            ("date" | "event", Says::Within(wait)) => Check::Within(self.wait(wait, at, problems)?),
            ("event" | "course", Says::Ever) => Check::Ever,
            ("course", Says::Ongoing) => Check::Ongoing,
            ("course", Says::EndedWithin(wait)) => {
                Check::EndedWithin(self.wait(wait, at, problems)?)
            }
            ("course", Says::OngoingOrEndedWithin(wait)) => {
                Check::OngoingOrEndedWithin(self.wait(wait, at, problems)?)
            }
            ("medicines", Says::Take(words)) => self.takes(words, at, problems)?,
            _ => return misfit(question, at, problems),
        })
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
                let mut known: Vec<&str> = self.names.groups.keys().copied().collect();
                known.sort_unstable();
                problems.push(
                    Diagnostic::new(
                        Code::UnknownGroup,
                        at.word(*word),
                        format!("no group of medicines is called `{}`", word.text),
                    )
                    .help(way_out(word.text, "group", known.into_iter())),
                );
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
                    problems.push(
                        Diagnostic::new(Code::BadValue, place, format!("`{} {}` is no length of time", count.text, unit.text))
                            .help("write a whole number and a unit: `14 days`, `4 weeks`, `6 months` or `1 year`"),
                    );
                }
                period
            }
            Wait::Named(name) => {
                let found = self.names.settings.get(name.text).copied();
                if found.is_none() {
                    let mut known: Vec<&str> = self.names.settings.keys().copied().collect();
                    known.sort_unstable();
                    problems.push(
                        Diagnostic::new(
                            Code::UnknownSetting,
                            at.word(*name),
                            format!("no setting is called `{}`", name.text),
                        )
                        .help(way_out(name.text, "setting", known.into_iter()))
                        .help("or write the time itself, for example `6 months`"),
                    );
                }
                found
            }
        }
    }

    fn unknown_subject(&self, at: &At<'_>, subject: Word<'_>, says: &Says<'_>) -> Diagnostic {
        let fact = *says == Says::Holds;
        let (code, kind) = if fact {
            (Code::UnknownFact, "fact")
        } else {
            (Code::UnknownQuestion, "question")
        };
        let mut known: Vec<&str> = if fact {
            self.names.facts.keys().copied().collect()
        } else {
            self.names.questions.keys().copied().collect()
        };
        known.sort_unstable();
        Diagnostic::new(
            code,
            at.word(subject),
            format!("no {kind} is called `{}`", subject.text),
        )
        .help(way_out(subject.text, kind, known.into_iter()))
    }

    fn unreadable(&self, at: &At<'_>, stop: &Stop<'_>) -> Diagnostic {
        let place = stop.at.map_or_else(|| at.end(), |word| at.word(word));
        let message = match (stop.at, stop.understood) {
            (_, "") => "a sentence is expected here".to_owned(),
            (None, understood) => format!("something is missing after `{understood}`"),
            (Some(_), understood) => format!("after `{understood}` this stops making sense"),
        };
        let question = stop
            .subject
            .and_then(|subject| self.names.questions.get(subject.text));
        let fact = stop
            .subject
            .filter(|subject| self.names.facts.contains_key(subject.text));
        let help = match (question, fact, stop.subject) {
            (Some((_, question)), ..) => takes(question),
            (None, Some(fact), _) => format!("write `{} holds`", fact.text),
            (None, None, Some(subject)) => {
                let mut known: Vec<&str> = self.names.questions.keys().copied().collect();
                known.sort_unstable();
                format!(
                    "a sentence begins with the id of a question; {}",
                    way_out(subject.text, "question", known.into_iter())
                )
            }
            (None, None, None) => "write for example `acne is inflamed`".to_owned(),
        };
        Diagnostic::new(Code::UnreadableSentence, place, message).help(help)
    }
}

fn misfit(question: &Question, at: &At<'_>, problems: &mut Problems) -> Option<Check> {
    let kind = &question.kind.value;
    problems.push(
        Diagnostic::new(
            Code::WrongSentence,
            at.whole(),
            format!(
                "`{}` is a {kind} question and takes no such sentence",
                question.id.value
            ),
        )
        .help(takes(question)),
    );
    None
}

/// The sentences a question takes, filled in as far as its pack allows.
fn takes(question: &Question) -> String {
    let id = &question.id.value;
    let options: Vec<&str> = question
        .options
        .iter()
        .map(|option| option.id.value.as_str())
        .collect();
    let first = options.first().copied().unwrap_or("W");
    let two = options
        .get(..2)
        .map_or_else(|| first.to_owned(), |two| two.join(" "));
    let unit = question
        .unit
        .as_ref()
        .map_or(String::new(), |unit| format!(" {}", unit.value));
    let sentences: Vec<String> = match question.kind.value.as_str() {
        "yes-no" => vec![format!("{id} is yes"), format!("{id} is no")],
        "choice" => vec![
            format!("{id} is {first}"),
            format!("{id} is not {first}"),
            format!("{id} is one of {two}"),
        ],
        "choices" => vec![
            format!("{id} includes {first}"),
            format!("{id} includes any of {two}"),
            format!("{id} includes all of {two}"),
        ],
        "number" => vec![
            format!("{id} under 2{unit}"),
            format!("{id} at most 2{unit}"),
            format!("{id} at least 2{unit}"),
            format!("{id} over 2{unit}"),
            format!("{id} between 1 and 2{unit}"),
        ],
        "date" => vec![format!("{id} within 6 months")],
        "event" => vec![format!("{id} ever"), format!("{id} within 6 months")],
        "course" => vec![
            format!("{id} ever"),
            format!("{id} ongoing"),
            format!("{id} ended within 6 months"),
            format!("{id} ongoing or ended within 6 months"),
        ],
        _ => vec![
            format!("{id} include GROUP"),
            format!("{id} include any of GROUP GROUP"),
            format!("{id} include unrecognised"),
        ],
    };
    format!("it takes {}", listed(&sentences))
}

fn compared(
    question: &Question,
    how: Comparison,
    number: Word<'_>,
    unit: Option<Word<'_>>,
    at: &At<'_>,
    problems: &mut Problems,
) -> Option<Check> {
    let unit_fits = unit_of(question, unit, at, problems);
    let number = decimal(question, number, at, problems)?;
    unit_fits?;
    Some(match how {
        Comparison::Under => Check::Between(None, Some(number.next_down())),
        Comparison::AtMost => Check::Between(None, Some(number)),
        Comparison::AtLeast => Check::Between(Some(number), None),
        Comparison::Over => Check::Between(Some(number.next_up()), None),
    })
}

/// Complains unless the unit written is the question's own.
fn unit_of(
    question: &Question,
    unit: Option<Word<'_>>,
    at: &At<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let own = question.unit.as_ref().map(|unit| unit.value.as_str());
    let written = unit.map(|unit| unit.text);
    if own == written {
        return Some(());
    }
    let place = unit.map_or_else(|| at.end(), |unit| at.word(unit));
    let message = match (own, written) {
        (Some(own), Some(written)) => {
            format!("`{}` is asked in {own}, not {written}", question.id.value)
        }
        (Some(own), None) => format!(
            "the number needs its unit: `{}` is asked in {own}",
            question.id.value
        ),
        (None, _) => format!("`{}` is a bare count without a unit", question.id.value),
    };
    let help = match own {
        Some(own) => format!(
            "write the number in {own}, for example `2 {own}`: a number in another unit would mean another dose"
        ),
        None => "leave the unit out, or give the question a `unit`".to_owned(),
    };
    problems.push(Diagnostic::new(Code::WrongUnit, place, message).help(help));
    None
}

fn decimal(
    question: &Question,
    word: Word<'_>,
    at: &At<'_>,
    problems: &mut Problems,
) -> Option<Decimal> {
    let Some(number) = Decimal::read(word.text) else {
        problems.push(
            Diagnostic::new(
                Code::BadValue,
                at.word(word),
                format!("`{}` is no number", word.text),
            )
            .help("write digits, with a point for decimals, for example `1.5`"),
        );
        return None;
    };
    let range = question
        .range
        .as_ref()
        .and_then(|range| super::questions::range(&range.value));
    if let Some((least, most)) = range.filter(|(least, most)| number < *least || number > *most) {
        problems.push(
            Diagnostic::new(
                Code::OutOfRange,
                at.word(word),
                format!("`{}` takes only {least} to {most}", question.id.value),
            )
            .help("check the number and its unit, or widen the question's `range`"),
        );
        return None;
    }
    Some(number)
}

/// Where the words of a sentence stand in its file.
struct At<'a> {
    sentence: &'a pack::Sentence,
}

impl At<'_> {
    fn whole(&self) -> Place {
        self.sentence.place
    }

    fn word(&self, word: Word<'_>) -> Place {
        match self.sentence.verbatim {
            Some(begin) => {
                let start = begin + word.start;
                Place {
                    source: self.sentence.place.source,
                    start,
                    end: start + word.text.len(),
                }
            }
            None => self.sentence.place,
        }
    }

    /// Just behind the last word, where something is missing.
    fn end(&self) -> Place {
        match self.sentence.verbatim {
            Some(begin) => {
                let start = begin + self.sentence.text.trim_end().len();
                Place {
                    source: self.sentence.place.source,
                    start,
                    end: start + 1,
                }
            }
            None => self.sentence.place,
        }
    }
}
