//! Converts answers to a record and back without loss. Vague days keep all possible days, medicines
//! stay as typed, and each option keeps its answer.

use serde::{Deserialize, Serialize};

use candidacy_engine::answer::{Answers, Course, Event, Mark, Reply, Value};
use candidacy_engine::date::Days;
use candidacy_engine::decimal::Decimal;
use candidacy_engine::plan::Plan;
use candidacy_engine::question::{Choice, Kind, Question};

/// One answer of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The question's id.
    pub question: String,
    /// The answer itself.
    #[serde(flatten)]
    pub said: RecordedAnswer,
}

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum RecordedAnswer {
    /// The patient is not sure. The braces are needed for serde to refuse unknown keys.
    NotSure {},
    /// The patient prefers not to say.
    Declined {},
    /// Yes or no.
    YesNo {
        /// True for yes.
        yes: bool,
    },
    /// One option.
    Choice {
        /// Its id.
        option: String,
    },
    /// The answer for each option, by id; options without an answer are in no list.
    Choices {
        /// Options answered with yes.
        yes: Vec<String>,
        /// Options answered with no.
        no: Vec<String>,
        /// Options the patient is not sure about.
        not_sure: Vec<String>,
        /// Options about which the patient prefers not to say anything.
        declined: Vec<String>,
    },
    /// A number in the question's unit.
    Number {
        /// The exact decimal number.
        number: String,
    },
    /// A day.
    Date {
        /// The possible days.
        days: Days,
    },
    /// Whether it happened, and when it last did.
    Event {
        /// The possible days; null if it never happened.
        #[serde(deserialize_with = "Option::deserialize")]
        happened: Option<Days>,
    },
    /// Whether it never was, is ongoing, or when it ended.
    Course {
        /// The state.
        state: CourseState,
        /// The possible days of its end; null unless it has ended.
        #[serde(deserialize_with = "Option::deserialize")]
        ended: Option<Days>,
    },
    /// The medicines the patient takes.
    Medicines {
        /// As typed, one entry each.
        entries: Vec<String>,
        /// Whether the list may be incomplete.
        open: bool,
    },
}

/// The state of a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CourseState {
    /// It never was.
    Never,
    /// It is ongoing.
    Ongoing,
    /// It has ended.
    Ended,
}

/// An answer that the current rules do not accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoreError {
    /// The question's id.
    pub question: String,
    /// Why it is left out.
    pub why: String,
}

/// The answers in the form of a record; blank answers are left out.
#[must_use]
pub fn kept(plan: &Plan, answers: &Answers) -> Vec<Answer> {
    let keep = |(number, asked): (usize, &candidacy_engine::plan::Asked)| {
        Some(Answer {
            question: asked.question.id.clone(),
            said: said(&asked.question, answers.reply(number))?,
        })
    };
    plan.questions.iter().enumerate().filter_map(keep).collect()
}

fn said(question: &Question, reply: &Reply) -> Option<RecordedAnswer> {
    let choices = question.kind.choices();
    let value = match reply {
        Reply::Blank => return None,
        Reply::NotSure => return Some(RecordedAnswer::NotSure {}),
        Reply::Declined => return Some(RecordedAnswer::Declined {}),
        Reply::Given(value) => value,
    };
    Some(match value {
        Value::YesNo(yes) => RecordedAnswer::YesNo { yes: *yes },
        Value::Choice(option) => RecordedAnswer::Choice {
            option: choices.get(*option)?.id.clone(),
        },
        Value::Choices(marks) => RecordedAnswer::Choices {
            yes: marked(choices, marks, Mark::Yes),
            no: marked(choices, marks, Mark::No),
            not_sure: marked(choices, marks, Mark::NotSure),
            declined: marked(choices, marks, Mark::Declined),
        },
        Value::Number(number) => RecordedAnswer::Number {
            number: number.to_string(),
        },
        Value::Date(days) => RecordedAnswer::Date { days: *days },
        Value::Event(event) => RecordedAnswer::Event {
            happened: match event {
                Event::Never => None,
                Event::Happened(days) => Some(*days),
            },
        },
        Value::Course(course) => {
            let (state, ended) = match course {
                Course::Never => (CourseState::Never, None),
                Course::Ongoing => (CourseState::Ongoing, None),
                Course::Ended(days) => (CourseState::Ended, Some(*days)),
            };
            RecordedAnswer::Course { state, ended }
        }
        Value::Medicines(medicines) => RecordedAnswer::Medicines {
            entries: medicines
                .entries
                .iter()
                .map(|entry| entry.text.clone())
                .collect(),
            open: medicines.open,
        },
    })
}

fn marked(choices: &[Choice], marks: &[Mark], wanted: Mark) -> Vec<String> {
    choices
        .iter()
        .zip(marks)
        .filter(|(_, mark)| **mark == wanted)
        .map(|(choice, _)| choice.id.clone())
        .collect()
}

/// Restores the answers of a record under the rules of `plan`. Answers that these rules do not
/// accept are left blank and reported.
#[must_use]
pub fn restored(plan: &Plan, kept: &[Answer]) -> (Answers, Vec<RestoreError>) {
    let mut answers = plan.blank_answers();
    let mut misfits = Vec::new();
    for answer in kept {
        let found = plan.question(&answer.question);
        let asked = found.and_then(|number| Some((number, plan.questions.get(number)?)));
        let reply = match asked {
            None => Err("these rules do not ask it".to_owned()),
            Some((number, asked)) => {
                reply(plan, &asked.question, &answer.said).map(|reply| (number, reply))
            }
        };
        match reply {
            Ok((number, reply)) => answers.set(number, reply),
            Err(why) => misfits.push(RestoreError {
                question: answer.question.clone(),
                why,
            }),
        }
    }
    (answers, misfits)
}

/// Restores one answer; an error says why these rules do not accept it.
fn reply(plan: &Plan, question: &Question, said: &RecordedAnswer) -> Result<Reply, String> {
    let value = match (said, &question.kind) {
        (RecordedAnswer::NotSure {}, _) => return Ok(Reply::NotSure),
        (RecordedAnswer::Declined {}, _) => return Ok(Reply::Declined),
        (RecordedAnswer::YesNo { yes }, Kind::YesNo) => Value::YesNo(*yes),
        (RecordedAnswer::Choice { option }, Kind::Choice(_)) => {
            Value::Choice(question.option(option).ok_or_else(|| no_option(option))?)
        }
        (
            RecordedAnswer::Choices {
                yes,
                no,
                not_sure,
                declined,
            },
            Kind::Choices(choices),
        ) => {
            let mut marks = vec![Mark::Blank; choices.len()];
            // An option that was answered with no may be missing from the rules.
            mark(question, no, Mark::No, false, &mut marks)?;
            mark(question, not_sure, Mark::NotSure, false, &mut marks)?;
            mark(question, declined, Mark::Declined, false, &mut marks)?;
            mark(question, yes, Mark::Yes, true, &mut marks)?;
            let value = Value::Choices(marks);
            if Reply::Given(value.clone()).denies_all(question) {
                return Err(
                    "every option of it is no, and these rules say that one always applies"
                        .to_owned(),
                );
            }
            value
        }
        (RecordedAnswer::Number { number }, Kind::Number(scale)) => {
            let number = Decimal::read(number).ok_or("it is not a number")?;
            let fits = scale
                .range
                .is_none_or(|(least, most)| least <= number && number <= most);
            if !fits {
                return Err("it is outside what these rules allow".to_owned());
            }
            Value::Number(number)
        }
        (RecordedAnswer::Date { days }, Kind::Date) => Value::Date(*days),
        (RecordedAnswer::Event { happened }, Kind::Event) => Value::Event(match happened {
            None => Event::Never,
            Some(days) => Event::Happened(*days),
        }),
        (RecordedAnswer::Course { state, ended }, Kind::Course) => {
            Value::Course(match (*state, ended) {
                (CourseState::Never, None) => Course::Never,
                (CourseState::Ongoing, None) => Course::Ongoing,
                (_, Some(days)) => Course::Ended(*days),
                _ => return Err("it does not say when it ended".to_owned()),
            })
        }
        (RecordedAnswer::Medicines { entries, open }, Kind::Medicines) => Value::Medicines(
            plan.medicines
                .of_entries(entries.iter().map(String::as_str), *open),
        ),
        _ => return Err(format!("these rules ask it as `{}`", question.kind.word())),
    };
    Ok(Reply::Given(value))
}

fn mark(
    question: &Question,
    ids: &[String],
    mark: Mark,
    needed: bool,
    marks: &mut [Mark],
) -> Result<(), String> {
    for id in ids {
        match question.option(id).and_then(|option| marks.get_mut(option)) {
            Some(place) => *place = mark,
            None if needed => return Err(no_option(id)),
            None => {}
        }
    }
    Ok(())
}

fn no_option(id: &str) -> String {
    format!("these rules have no option `{id}`")
}
