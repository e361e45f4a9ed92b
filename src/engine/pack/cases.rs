//! Personas, worked patients and claims.

use crate::engine::date::Date;
use crate::engine::diagnostic::{Code, Diagnostic};
use crate::engine::locate::{self, Node, Value};
use crate::engine::source::{Located, Source};
use crate::engine::verdict::Verdict;

use super::fields::{Fields, Problems, date, text, text_of, unknown_word, visible};
use super::{Case, Claim, Expect, Given, Persona, Promise};

/// A named set of answers.
pub fn persona(node: &Node, problems: &mut Problems) -> Option<Persona> {
    let fields = Fields::of(node, "persona", &["id", "like", "answers"], problems)?;
    let id = fields.id(problems);
    let like = fields.text("like", problems);
    let answers = fields
        .get("answers")
        .map(|node| given(node, problems))
        .unwrap_or_default();
    Some(Persona {
        id: id?,
        like,
        answers,
    })
}

/// A worked patient.
pub fn case(node: &Node, problems: &mut Problems) -> Option<Case> {
    let known = &["name", "like", "as_of", "given", "expect"];
    let fields = Fields::of(node, "case", known, problems)?;
    let name = fields.need("name", "six months from a 31st rolls forward", problems);
    let like = fields.text("like", problems);
    if fields.get("as_of").is_none() {
        fields.missing("as_of", "2026-11-20", problems);
    }
    let as_of = fields.date("as_of", problems);
    let given = fields
        .get("given")
        .map(|node| given(node, problems))
        .unwrap_or_default();
    if fields.get("expect").is_none() {
        fields.missing(
            "expect",
            "{verdict: deferred, because: [isotretinoin]}",
            problems,
        );
    }
    let expect = fields.get("expect").and_then(|node| expect(node, problems));
    Some(Case {
        name: name?,
        like,
        as_of: as_of?,
        given,
        expect: expect?,
    })
}

/// The answers in a file of their own, keyed by question: bare, or under
/// `answers` with the day they were given for in `as_of`.
#[must_use]
pub fn answers(
    index: usize,
    source: &Source,
    problems: &mut Problems,
) -> (Option<Date>, Vec<Given>) {
    let node = match locate::read(index, source) {
        Ok(node) => node,
        Err(problem) => {
            problems.push(*problem);
            return (None, Vec::new());
        }
    };
    let keyed = |wanted: &str| match &node.value {
        Value::Entry(pairs) => pairs
            .iter()
            .find(|(key, _)| text_of(key) == Some(wanted))
            .map(|(_, value)| value),
        _ => None,
    };
    match (&node.value, keyed("answers")) {
        // Most likely the wrong file: to know nothing of a patient is `{}`.
        (Value::Nothing, _) => {
            problems.push(
                Diagnostic::new(Code::EmptyFile, node.place, "there are no answers in here")
                    .help("write a line for each answer, such as `acne: clear`")
                    .help("where nothing is known yet, write `{}`"),
            );
            (None, Vec::new())
        }
        (_, Some(inner)) if matches!(inner.value, Value::Entry(_) | Value::Nothing) => {
            let fields = Fields::of(&node, "file of answers", &["as_of", "answers"], problems);
            let as_of = fields.and_then(|fields| fields.date("as_of", problems));
            let answers = if matches!(inner.value, Value::Nothing) {
                Vec::new()
            } else {
                given(inner, problems)
            };
            (as_of, answers)
        }
        _ => (None, given(&node, problems)),
    }
}

/// Answers keyed by question.
pub fn given(node: &Node, problems: &mut Problems) -> Vec<Given> {
    let Value::Entry(pairs) = &node.value else {
        problems.push(
            Diagnostic::new(
                Code::WrongShape,
                visible(node.place),
                "answers are questions and what was answered",
            )
            .help("write `{acne: clear, isotretinoin: never}`"),
        );
        return Vec::new();
    };
    let mut answers: Vec<Given> = Vec::new();
    for (key, value) in pairs {
        let Some(name) = text_of(key) else {
            problems.push(Diagnostic::new(
                Code::WrongShape,
                visible(key.place),
                "the id of a question is expected here",
            ));
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

/// An answer as a table cell would hold it: a list is joined, nothing is blank.
fn answer_text(name: &str, node: &Node, problems: &mut Problems) -> Option<String> {
    match &node.value {
        Value::Nothing => Some(String::new()),
        Value::Text { text, .. } => Some(text.clone()),
        Value::List(items) => {
            let words: Vec<String> = items
                .iter()
                .filter_map(|item| text(item, name, problems))
                .map(|w| w.value)
                .collect();
            let all = words.len() == items.len();
            let word = if words.is_empty() {
                "none".to_owned()
            } else {
                words.join(";")
            };
            all.then_some(word)
        }
        Value::Entry(_) => {
            problems.push(
                Diagnostic::new(
                    Code::WrongShape,
                    visible(node.place),
                    format!("the answer to `{name}` is one text or a list"),
                )
                .help(format!("for one option alone write `{name}.OPTION: yes`")),
            );
            None
        }
    }
}

fn expect(node: &Node, problems: &mut Problems) -> Option<Expect> {
    let known = &[
        "verdict",
        "because",
        "undecided",
        "eligible_from",
        "timeline",
        "range",
        "ask_next",
    ];
    let fields = Fields::of(node, "expectation of a case", known, problems)?;
    let list = |key: &str, problems: &mut Problems| {
        fields
            .get(key)
            .is_some()
            .then(|| fields.texts(key, problems))
    };
    let verdict = fields.word("verdict", &verdict_words(), Verdict::from_word, problems);
    let because = list("because", problems);
    let undecided = list("undecided", problems);
    let ask_next = list("ask_next", problems);
    let eligible_from = fields.text("eligible_from", problems).and_then(|written| {
        if written.value == "never" {
            Some(None)
        } else {
            date(&written, problems).map(Some)
        }
    });
    let timeline = fields.get("timeline").is_some().then(|| {
        fields
            .list("timeline", problems)
            .iter()
            .filter_map(|node| step(node, problems))
            .collect()
    });
    let range = fields.get("range").and_then(|node| range(node, problems));
    if known.iter().all(|key| fields.get(key).is_none()) {
        problems.push(
            Diagnostic::new(
                Code::MissingKey,
                visible(node.place),
                "this case expects nothing",
            )
            .help("add what must come out, for example `expect: {verdict: eligible}`"),
        );
    }
    Some(Expect {
        verdict,
        because,
        undecided,
        eligible_from,
        timeline,
        range,
        ask_next,
    })
}

fn step(node: &Node, problems: &mut Problems) -> Option<(Date, Verdict)> {
    let fields = Fields::of(node, "step of a timeline", &["from", "verdict"], problems)?;
    fields.need("from", "2027-03-01", problems)?;
    fields.need("verdict", "eligible", problems)?;
    let from = fields.date("from", problems);
    let verdict = fields.word("verdict", &verdict_words(), Verdict::from_word, problems);
    Some((from?, verdict?))
}

fn range(node: &Node, problems: &mut Problems) -> Option<(Verdict, Verdict)> {
    let fields = Fields::of(node, "range", &["best", "worst"], problems)?;
    fields.need("best", "eligible", problems)?;
    fields.need("worst", "not-eligible", problems)?;
    let best = fields.word("best", &verdict_words(), Verdict::from_word, problems);
    let worst = fields.word("worst", &verdict_words(), Verdict::from_word, problems);
    Some((best?, worst?))
}

fn verdict_words() -> [&'static str; 5] {
    Verdict::ALL.map(Verdict::word)
}

/// A claim about every patient.
pub fn claim(node: &Node, problems: &mut Problems) -> Option<Claim> {
    let fields = Fields::of(node, "claim", &["claim", "if", "verdict"], problems)?;
    let claim = fields.need("claim", "nobody on isotretinoin passes", problems);
    if fields.get("if").is_none() {
        fields.missing("if", "isotretinoin ongoing", problems);
    }
    let condition = fields.condition("if", problems);
    let written = fields.need("verdict", "at least deferred", problems);
    let promise = written.and_then(|written| promise(&written, problems));
    Some(Claim {
        claim: claim?,
        condition: condition?,
        promise: promise?,
    })
}

fn promise(written: &Located<String>, problems: &mut Problems) -> Option<Promise> {
    let words: Vec<&str> = written.value.split_whitespace().collect();
    let read = match words.as_slice() {
        ["at", "least", word] => Verdict::from_word(word).map(Promise::AtLeast),
        ["at", "most", word] => Verdict::from_word(word).map(Promise::AtMost),
        [word] => Verdict::from_word(word).map(Promise::Exactly),
        _ => None,
    };
    if read.is_none() {
        let last = words.last().copied().unwrap_or_default().to_owned();
        let mut problem = unknown_word(
            &Located {
                value: last,
                place: written.place,
            },
            "verdict",
            &verdict_words(),
        );
        problem.help.push(
            "write for example `at least deferred`, `at most dermatologist-review` or `eligible`"
                .to_owned(),
        );
        problems.push(problem);
    }
    read
}
