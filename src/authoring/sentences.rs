//! Patients in the words of the rule language, as lines or as a case.

use std::fmt;

use candidacy_engine::answer::{Course, Event, Mark, Reply, Value, days_of};
use candidacy_engine::assess::{Assessment, assess};
use candidacy_engine::assign::assign;
use candidacy_engine::date::Days;
use candidacy_engine::finding::Standing;
use candidacy_engine::pack::Given;
use candidacy_engine::plan::{Plan, Promise};
use candidacy_engine::question::Question;
use candidacy_engine::source::{Located, Place};

use super::baseline::Base;
use super::solver::{Witness, differences};

/// How the patient differs from the baseline: questions and answers.
#[must_use]
pub fn in_words(plan: &Plan, someone: &Witness, base: &Base) -> Vec<(String, String)> {
    let differences = differences(plan, &someone.answers, &base.answers);
    let line = |(number, reply): (usize, Reply)| {
        let asked = plan.questions.get(number)?;
        let days = days_of(&reply).filter(|days| days.exact().is_none());
        let text = reply.in_words(&asked.question);
        let text = match days.and_then(|days| Some((days, days.first?))) {
            Some((days, first)) => text.replace(
                &days.to_string(),
                &format!("on a day from {first} to {}", days.last),
            ),
            None => text,
        };
        Some((asked.question.id.clone(), text))
    };
    differences.into_iter().filter_map(line).collect()
}

/// The patient's answers keyed by question, if they can be written; none if a case cannot express
/// them.
#[must_use]
pub fn given(plan: &Plan, someone: &Witness, base: &Base) -> Option<Vec<(String, String)>> {
    let start = if base.like.is_some() {
        base.answers.clone()
    } else {
        plan.blank_answers()
    };
    let mut given = Vec::new();
    for (number, reply) in differences(plan, &someone.answers, &start) {
        let asked = plan.questions.get(number)?;
        given.extend(entries(&asked.question, &reply)?);
    }
    let place = Place {
        source: 0,
        start: 0,
        end: 1,
    };
    let read: Vec<Given> = given
        .iter()
        .map(|(key, text)| Given {
            key: Located {
                value: key.clone(),
                place,
            },
            text: text.clone(),
            place,
        })
        .collect();
    let mut answers = start;
    let mut problems = Vec::new();
    assign(&read, &mut answers, plan, someone.as_of, &mut problems);
    let same = |seen: &Assessment| (seen.verdict, applying(plan, seen));
    let (said, meant) = (
        assess(plan, &answers, someone.as_of),
        assess(plan, &someone.answers, someone.as_of),
    );
    (problems.is_empty() && same(&said) == same(&meant)).then_some(given)
}

/// The rules that apply, most severe first.
#[must_use]
pub fn applying(plan: &Plan, seen: &Assessment) -> Vec<String> {
    let applying = seen
        .findings
        .iter()
        .filter(|finding| finding.standing == Standing::Applies);
    applying
        .filter_map(|finding| plan.rules.get(finding.rule))
        .map(|rule| rule.id.clone())
        .collect()
}

/// A case on one line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// The text after the name, up to the closing brace.
    pub rest: String,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "- {{name: {}, {}}}", quoted(&self.name), self.rest)
    }
}

/// The patient as a case that expects the result under `plan`.
#[must_use]
pub fn case(plan: &Plan, someone: &Witness, base: &Base, name: &str) -> Option<Line> {
    let seen = assess(plan, &someone.answers, someone.as_of);
    let because = applying(plan, &seen).join(", ");
    let expect = format!("verdict: {}, because: [{because}]", seen.verdict.word());
    line(plan, someone, base, name, &expect)
}

/// The patient as a case that expects the promised verdict.
#[must_use]
pub fn promised(
    plan: &Plan,
    someone: &Witness,
    base: &Base,
    name: &str,
    promise: Promise,
) -> Option<Line> {
    let expect = format!("verdict: {}", promise.words());
    line(plan, someone, base, name, &expect)
}

fn line(plan: &Plan, someone: &Witness, base: &Base, name: &str, expect: &str) -> Option<Line> {
    let given: Vec<String> = given(plan, someone, base)?
        .iter()
        .map(|(key, text)| format!("{key}: {}", quoted(text)))
        .collect();
    let like = base
        .like
        .as_ref()
        .map_or_else(String::new, |like| format!("like: {like}, "));
    Some(Line {
        name: name.to_owned(),
        rest: format!(
            "{like}as_of: {}, given: {{{}}}, expect: {{{expect}}}",
            someone.as_of,
            given.join(", ")
        ),
    })
}

/// A text quoted for YAML.
fn quoted(text: &str) -> String {
    let plain = !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || " -_".contains(c))
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !text.ends_with(' ');
    if plain {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

/// The entries that give this reply; none if it cannot be written.
fn entries(question: &Question, reply: &Reply) -> Option<Vec<(String, String)>> {
    let whole = |text: String| Some(vec![(question.id.clone(), text)]);
    match reply {
        Reply::Given(Value::Choices(marks)) => Some(entries_of_marks(question, marks)),
        Reply::Given(
            Value::Date(days)
            | Value::Event(Event::Happened(days))
            | Value::Course(Course::Ended(days)),
        ) => whole(stretch(reply, *days)?),
        Reply::Blank => whole(String::new()),
        Reply::Given(Value::Medicines(medicines)) if medicines.entries.is_empty() => {
            whole(if medicines.open { "not sure" } else { "none" }.to_owned())
        }
        Reply::Given(Value::Medicines(medicines)) => {
            let mut said: Vec<&str> = medicines
                .entries
                .iter()
                .map(|one| one.text.as_str())
                .collect();
            said.extend(medicines.open.then_some("not sure"));
            whole(said.join("; "))
        }
        _ => whole(reply.in_words(question)),
    }
}

fn entries_of_marks(question: &Question, marks: &[Mark]) -> Vec<(String, String)> {
    let choices = question.kind.choices().iter().zip(marks);
    let with = |wanted: Mark| {
        let chosen = choices.clone().filter(move |(_, mark)| **mark == wanted);
        chosen.map(|(choice, _)| choice.id.clone())
    };
    let yes: Vec<String> = with(Mark::Yes).collect();
    let text = if yes.is_empty() {
        "none".to_owned()
    } else {
        yes.join("; ")
    };
    let mut entries = vec![(question.id.clone(), text)];
    for (mark, word) in [(Mark::NotSure, "not sure"), (Mark::Declined, "declined")] {
        entries.extend(
            with(mark).map(|option| (format!("{}.{option}", question.id), word.to_owned())),
        );
    }
    entries
}

/// A range of days in one word: a day, a month, a year, or only `yes`.
fn stretch(reply: &Reply, days: Days) -> Option<String> {
    match (days.first, days.exact()) {
        (_, Some(day)) => Some(day.to_string()),
        (None, _) => match reply {
            Reply::Given(Value::Event(_)) => Some("yes".to_owned()),
            Reply::Given(Value::Course(_)) => Some("ended".to_owned()),
            _ => None,
        },
        (Some(_), None) => None,
    }
}
