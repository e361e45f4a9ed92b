//! Reads personas, cases and claims.

use crate::date::Date;
use crate::diagnostic::Problems;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Located, Source};
use crate::verdict::Verdict;
use crate::yaml;
use crate::yaml::{Node, Value};
use crate::yaml::{text_of, visible};

use super::example::Examples;
use super::expect::{expect, promise};
use super::map_reader::{MapReader, text};
use super::{Case, Claim, Condition, Expect, Given, Persona, Promise};

/// A named set of answers.
pub fn persona(node: &Node, problems: &mut Problems) -> Option<Persona> {
    let fields = MapReader::of(node, "persona", &["id", "like", "answers"], problems)?;
    let id = fields.id(problems);
    let like = fields.text("like", problems);
    let answers = fields
        .get("answers")
        .map(|node| given(node, problems))
        .unwrap_or_default();
    Some(Persona {
        id: id.unwrap_or_else(|| fields.nameless()),
        like,
        answers,
    })
}

/// A case.
pub fn case(node: &Node, problems: &mut Problems) -> Option<Case> {
    let known = &["name", "like", "as_of", "given", "expect"];
    let fields = MapReader::of(node, "case", known, problems)?;
    let name = fields.need("name", "six months from a 31st rolls forward", problems);
    let like = fields.text("like", problems);
    fields.missing("as_of", "2026-11-20", problems);
    let as_of = fields.date("as_of", problems);
    let given = fields
        .get("given")
        .map(|node| given(node, problems))
        .unwrap_or_default();
    fields.missing("expect", "{verdict: eligible}", problems);
    let expect = fields
        .get("expect")
        .and_then(|node| expect(node, as_of, problems));
    Some(Case {
        name: name.unwrap_or_else(|| fields.nameless()),
        like,
        as_of: as_of.unwrap_or(Date::LATEST),
        given,
        expect: expect.unwrap_or_else(Expect::default),
    })
}

/// The content of a file of answers.
#[derive(Clone, Debug, Default)]
pub struct AnswerFile {
    /// The day of treatment for which the answers were given.
    pub as_of: Option<Date>,
    /// The day on which they were given, from which `3 months ago` counts.
    pub said: Option<Date>,
    /// The answers.
    pub given: Vec<Given>,
}

/// Reads a separate file of answers, keyed by question at the top level or under `answers`. The
/// file can also give the days for which and on which the answers were given.
#[must_use]
pub fn answers(index: usize, source: &Source, problems: &mut Problems) -> AnswerFile {
    let node = match yaml::read(index, source) {
        Ok(node) => node,
        Err(problem) => {
            problems.push(*problem);
            return AnswerFile::default();
        }
    };
    let keyed = |wanted: &str| match &node.value {
        Value::Entry(pairs) => pairs
            .iter()
            .find(|(key, _)| text_of(key) == Some(wanted))
            .map(|(_, value)| value),
        _ => None,
    };
    for key in ["as_of", "said"] {
        if let Some(day) = keyed(key).filter(|_| keyed("answers").is_some()) {
            comments(key, day, problems);
        }
    }
    joined_lines(keyed("answers").unwrap_or(&node), source, problems);
    match (&node.value, keyed("answers")) {
        // Probably the wrong file; a patient without answers is `{}`.
        (Value::Nothing, _) => {
            problems.push(
                Diagnostic::new(Code::EmptyFile, node.place, "there are no answers in here")
                    .help("write a line for each answer, such as `acne: clear`")
                    .help("where nothing is known yet, write `{}`"),
            );
            AnswerFile::default()
        }
        (_, Some(inner)) if matches!(inner.value, Value::Entry(_) | Value::Nothing) => {
            let known = &["as_of", "said", "answers"];
            let fields = MapReader::of(&node, "file of answers", known, problems);
            if matches!(inner.value, Value::Nothing)
                && let Some(problem) = problems.last_mut()
            {
                problem.help = vec![
                    "write a line for each answer below it, such as `acne: clear`".to_owned(),
                    "where nothing is known yet, write `answers: {}`".to_owned(),
                ];
            }
            let mut day = |key| {
                fields
                    .as_ref()
                    .and_then(|fields| fields.date(key, problems))
            };
            AnswerFile {
                as_of: day("as_of"),
                said: day("said"),
                given: match inner.value {
                    Value::Nothing => Vec::new(),
                    _ => given(inner, problems),
                },
            }
        }
        _ => AnswerFile {
            given: given(&node, problems),
            ..AnswerFile::default()
        },
    }
}

/// Answers keyed by question.
pub fn given(node: &Node, problems: &mut Problems) -> Vec<Given> {
    let Value::Entry(pairs) = &node.value else {
        problems.push(
            Diagnostic::new(
                Code::WrongShape,
                visible(node.place),
                "questions, each with its answer, are expected here",
            )
            .help("write for example `{acne: no, isotretinoin: never}`"),
        );
        return Vec::new();
    };
    let mut answers: Vec<Given> = Vec::new();
    for (key, value) in pairs {
        let Some(name) = text_of(key) else {
            problems.push(
                Diagnostic::new(
                    Code::WrongShape,
                    visible(key.place),
                    "the id of a question is expected before this colon",
                )
                .help("write for example `{acne: no, isotretinoin: never}`"),
            );
            continue;
        };
        if let Some(first) = answers.iter().find(|other| other.key.value == name) {
            problems.push(
                Diagnostic::new(
                    Code::DuplicateKey,
                    key.place,
                    format!("`{name}` is answered twice"),
                )
                .other(first.key.place, "the first answer")
                .help("keep one of them"),
            );
            continue;
        }
        comments(name, value, problems);
        let Some(text) = answer_text(name, value, problems) else {
            continue;
        };
        let key = Located {
            value: name.to_owned(),
            place: key.place,
        };
        answers.push(Given {
            key,
            text,
            place: visible(value.place),
        });
    }
    answers
}

/// Reports comments after answers without quotes. ` #` begins a comment, but its text may be part
/// of the answer, as in `levothyroxine 50 mcg #30, warfarin`.
fn comments(name: &str, node: &Node, problems: &mut Problems) {
    if let Value::List(items) = &node.value {
        for item in items {
            comments(name, item, problems);
        }
    }
    let Some(comment) = node.comment else {
        return;
    };
    let message =
        format!("` #` begins a comment, and nothing of it is read as an answer to `{name}`");
    problems.push(
        Diagnostic::new(Code::CommentAfterAnswer, comment, message)
            .help("if it is part of the answer, put the value in quotes")
            .help("if it is a comment, move it to a line of its own"),
    );
}

/// Reports answers over several lines that YAML makes one line of. `eye drops` and `prednisolone` below it would be one
/// medicine. A comma or semicolon at the end of a line keeps them apart.
fn joined_lines(answers: &Node, source: &Source, problems: &mut Problems) {
    let Value::Entry(pairs) = &answers.value else {
        return;
    };
    for (key, value) in pairs {
        let items = match &value.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(value),
        };
        let joined = items.iter().filter(|item| has_joined_lines(item, source));
        let name = text_of(key).unwrap_or_default();
        problems.extend(joined.map(|item| {
            let message = format!("the lines of this answer to `{name}` would be joined to one");
            Diagnostic::new(Code::UnreadableAnswer, visible(item.place), message)
                .help("to keep them apart, write `|` before them, or end each line with a comma")
                .help("if it is one text, write it on one line")
        }));
    }
}

fn has_joined_lines(item: &Node, source: &Source) -> bool {
    let Some(text) = text_of(item) else {
        return false;
    };
    let written = source.text.get(item.place.start..item.place.end);
    let lines = written.unwrap_or("").lines().map(str::trim).enumerate();
    // The first line of a block has only its sign.
    let lines = lines.filter(|(number, line)| *number > 0 || !line.starts_with(['>', '|']));
    let lines: Vec<&str> = lines
        .map(|(_, line)| line)
        .filter(|line| !line.is_empty())
        .collect();
    let kept = text.lines().filter(|line| !line.trim().is_empty()).count();
    let separated = |line: &&str| line.ends_with([',', ';']);
    let before_last = lines.split_last().map_or(&[][..], |(_, before)| before);
    lines.len() > kept && !before_last.iter().all(separated)
}

/// The text for an empty value in a list.
const NO_VALUE: &str = "null";

/// The text of an answer as in a table cell: a list is joined, and nothing is blank. An empty list
/// is blank too, because only the word `none` denies all options.
fn answer_text(name: &str, node: &Node, problems: &mut Problems) -> Option<String> {
    match &node.value {
        Value::Nothing => Some(String::new()),
        Value::Text { text, .. } => Some(text.clone()),
        Value::List(items) => {
            let mut word = |item: &Node| match &item.value {
                Value::Nothing => Some(NO_VALUE.to_owned()),
                Value::Text { text, .. } => Some(text.clone()),
                _ => text(item, name, problems).map(|word| word.value),
            };
            let words: Vec<Option<String>> = items.iter().map(&mut word).collect();
            let words: Option<Vec<String>> = words.into_iter().collect();
            words.map(|words| words.join(";"))
        }
        Value::Entry(pairs) => {
            problems.push(
                Diagnostic::new(
                    Code::WrongShape,
                    visible(node.place),
                    format!("the answer to `{name}` is one text or a list"),
                )
                .help(
                    match pairs
                        .first()
                        .and_then(|(option, said)| Some((text_of(option)?, text_of(said)?)))
                    {
                        Some((option, said)) => {
                            format!("for one option alone write `{name}.{option}: {said}`")
                        }
                        None => format!("for one option alone write `{name}.OPTION: yes`"),
                    },
                ),
            );
            None
        }
    }
}

/// A claim about all patients.
pub fn claim(node: &Node, examples: &Examples, problems: &mut Problems) -> Option<Claim> {
    let fields = MapReader::of(node, "claim", &["claim", "if", "verdict"], problems)?;
    let claim = fields.need("claim", "nobody on isotretinoin passes", problems);
    fields.missing("if", &examples.sentence, problems);
    let condition = fields.condition("if", problems);
    let written = fields.need("verdict", "at least deferred", problems);
    let promise = written.and_then(|written| promise(&written, problems));
    Some(Claim {
        claim: claim.unwrap_or_else(|| fields.nameless()),
        condition: condition.unwrap_or(Condition::All(Vec::new())),
        promise: promise.unwrap_or(Promise::AtLeast(Verdict::Eligible)),
    })
}
