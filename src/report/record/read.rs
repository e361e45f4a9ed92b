//! A record back from its file. Strict: what is read is all there is, so that a
//! record written again is the record that was read.

use candidacy_engine::diagnostic::Problems;
use candidacy_engine::diagnostic::{Code, Diagnostic, Refusal};
use candidacy_engine::source::{Located, Source};
use candidacy_engine::verdict::{Grade, Verdict};
use candidacy_engine::yaml;
use candidacy_engine::yaml::{Node, Value};

use super::answers::{Answer, Between, RecordedAnswer, STATES};
use super::entry::{Entry, text_of, visible};
use super::{
    Because, Finding, Outcome, Override, PackName, Range, Record, Relaxed, SCHEMA_VERSION, Step,
    Typed,
};

/// The parts of a record and the keys of each.
pub const KEYS: &[(&str, &[&str])] = &[
    ("record", RECORD),
    ("pack", PACK),
    ("given", GIVEN),
    ("result", RESULT),
    ("range", RANGE),
    ("step", STEP),
    ("relaxed", RELAXED),
    ("finding", FINDING),
    ("because", BECAUSE),
    ("override", OVERRIDE),
    ("days", DAYS),
];

const RECORD: &[&str] = &[
    "schema_version",
    "tool",
    "pack",
    "as_of",
    "recorded_on",
    "answers",
    "given",
    "result",
    "overrides",
    "checksum",
];
const PACK: &[&str] = &["id", "version", "fingerprint", "status"];
const GIVEN: &[&str] = &["key", "text"];
const RESULT: &[&str] = &[
    "verdict",
    "range",
    "eligible_from",
    "timeline",
    "relaxed",
    "findings",
    "undecided",
    "contradictions",
    "doubts",
    "unrecognised_medicines",
];
const RANGE: &[&str] = &["best", "worst"];
const STEP: &[&str] = &["from", "verdict"];
const RELAXED: &[&str] = &["reason", "owner", "until"];
const FINDING: &[&str] = &[
    "rule",
    "grade",
    "counts_as",
    "state",
    "private",
    "because",
    "until",
    "clears",
    "why",
    "sources",
];
const BECAUSE: &[&str] = &["question", "answer"];
const OVERRIDE: &[&str] = &[
    "computed",
    "verdict",
    "reason",
    "reason_text",
    "comment",
    "by",
    "on",
    "until",
];
const DAYS: &[&str] = &["first", "last"];

/// Keys of a result that are left out where there is nothing behind them.
pub const OPTIONAL: &[&str] = &["relaxed"];

/// The kinds of answers and the keys each has beside `question` and `kind`.
pub const KINDS: &[(&str, &[&str])] = &[
    ("not-sure", &[]),
    ("declined", &[]),
    ("yes-no", &["yes"]),
    ("choice", &["option"]),
    ("choices", &["yes", "no", "not_sure", "declined"]),
    ("number", &["number"]),
    ("date", &["days"]),
    ("event", &["happened"]),
    ("course", &["state", "ended"]),
    ("medicines", &["entries", "open"]),
];

/// Reads a record, and the checksum that stands in it.
///
/// # Errors
///
/// Everything that keeps it from being one, with its place.
pub fn read(source: Source) -> Result<(Record, Located<String>), Refusal> {
    let mut problems = Vec::new();
    let read = match yaml::read_any_text(0, &source) {
        Ok(node) => record(&node, &mut problems),
        Err(problem) => {
            problems.push(*problem);
            None
        }
    };
    match read {
        Some(read) if problems.is_empty() => Ok(read),
        _ => {
            problems.sort_by_key(|problem| problem.place);
            Err(Refusal {
                sources: vec![source],
                problems,
            })
        }
    }
}

fn record(node: &Node, problems: &mut Problems) -> Option<(Record, Located<String>)> {
    if let Some(problem) = other_version(node) {
        problems.push(problem);
        return None;
    }
    let entry = Entry::of(node, "record", RECORD, problems);
    let checksum = Located {
        value: entry.text("checksum", problems),
        place: entry
            .get("checksum")
            .map_or(entry.place(), |node| visible(node.place)),
    };
    let result = entry
        .need("result", problems)
        .map(|node| outcome(node, problems));
    let record = Record {
        schema_version: SCHEMA_VERSION,
        tool: entry.text("tool", problems),
        pack: entry
            .need("pack", problems)
            .map_or_else(PackName::default, |node| pack(node, problems)),
        as_of: entry.day("as_of", problems),
        recorded_on: entry.day("recorded_on", problems),
        answers: entry.list("answers", problems, answer),
        given: entry.list("given", problems, |node, problems| {
            let entry = Entry::of(node, "given answer", GIVEN, problems);
            Typed {
                key: entry.text("key", problems),
                text: entry.text("text", problems),
            }
        }),
        result: result?,
        overrides: entry.list("overrides", problems, overruled),
    };
    Some((record, checksum))
}

/// A record of a form this program does not read says only that.
fn other_version(node: &Node) -> Option<Diagnostic> {
    let Value::Entry(pairs) = &node.value else {
        return None;
    };
    let version = pairs
        .iter()
        .find(|(key, _)| text_of(key) == Some("schema_version"));
    let (_, version) = version?;
    let written = text_of(version).unwrap_or_default();
    (written != SCHEMA_VERSION.to_string()).then(|| {
        let message = format!("this record has the form `{written}`");
        Diagnostic::new(Code::UnknownWord, visible(version.place), message).help(format!(
            "this version of candidacy reads the form {SCHEMA_VERSION}; use the version that wrote the record"
        ))
    })
}

fn pack(node: &Node, problems: &mut Problems) -> PackName {
    let entry = Entry::of(node, "pack", PACK, problems);
    PackName {
        id: entry.text("id", problems),
        version: entry.text("version", problems),
        fingerprint: entry.text("fingerprint", problems),
        status: entry.text("status", problems),
    }
}

fn answer(node: &Node, problems: &mut Problems) -> Answer {
    let kind = match &node.value {
        Value::Entry(pairs) => pairs
            .iter()
            .find(|(key, _)| text_of(key) == Some("kind"))
            .and_then(|(_, value)| text_of(value)),
        _ => None,
    };
    let own = KINDS.iter().find(|(known, _)| Some(*known) == kind);
    // Without a kind there is no telling which keys belong.
    let keys = own.map_or_else(
        || KINDS.iter().flat_map(|(_, keys)| *keys).collect(),
        |(_, keys)| Vec::from_iter(*keys),
    );
    let keys = ["question", "kind"].iter().chain(keys);
    let keys: Vec<&str> = keys.copied().collect();
    let entry = match own {
        Some(_) => Entry::of(node, "kept answer", &keys, problems),
        None => Entry::of(node, "kept answer", &keys, &mut Vec::new()),
    };
    let kinds: Vec<&str> = KINDS.iter().map(|(kind, _)| *kind).collect();
    let kind = entry.word("kind", &kinds, problems);
    if kind.is_empty() {
        Entry::of(node, "kept answer", &["question", "kind"], problems);
    }
    Answer {
        question: entry.text("question", problems),
        said: said(&kind, &entry, problems),
    }
}

fn said(kind: &str, entry: &Entry<'_>, problems: &mut Problems) -> RecordedAnswer {
    match kind {
        "declined" => RecordedAnswer::Declined,
        "yes-no" => RecordedAnswer::YesNo {
            yes: entry.flag("yes", problems),
        },
        "choice" => RecordedAnswer::Choice {
            option: entry.text("option", problems),
        },
        "choices" => RecordedAnswer::Choices {
            yes: entry.texts("yes", problems),
            no: entry.texts("no", problems),
            not_sure: entry.texts("not_sure", problems),
            declined: entry.texts("declined", problems),
        },
        "number" => RecordedAnswer::Number {
            number: entry.text("number", problems),
        },
        "date" => RecordedAnswer::Date {
            days: entry
                .need("days", problems)
                .map_or_else(Between::default, |node| days(node, problems)),
        },
        "event" => RecordedAnswer::Event {
            happened: entry.get("happened").map(|node| days(node, problems)),
        },
        "course" => {
            let word = entry.word("state", &STATES, problems);
            let state = STATES.into_iter().find(|state| *state == word);
            RecordedAnswer::Course {
                state: state.unwrap_or("never"),
                ended: entry.get("ended").map(|node| days(node, problems)),
            }
        }
        "medicines" => RecordedAnswer::Medicines {
            entries: entry.texts("entries", problems),
            open: entry.flag("open", problems),
        },
        // Another word has been complained about.
        _ => RecordedAnswer::NotSure,
    }
}

fn days(node: &Node, problems: &mut Problems) -> Between {
    let entry = Entry::of(node, "stretch of days", DAYS, problems);
    Between {
        first: entry.optional_day("first", problems),
        last: entry.day("last", problems),
    }
}

fn verdict(entry: &Entry<'_>, key: &str, problems: &mut Problems) -> String {
    let words = Verdict::ALL.map(Verdict::word);
    entry.word(key, &words, problems)
}

fn outcome(node: &Node, problems: &mut Problems) -> Outcome {
    let entry = Entry::with(node, "result", RESULT, OPTIONAL, problems);
    let range = entry.need("range", problems).map(|node| {
        let entry = Entry::of(node, "range", RANGE, problems);
        Range {
            best: verdict(&entry, "best", problems),
            worst: verdict(&entry, "worst", problems),
        }
    });
    Outcome {
        verdict: verdict(&entry, "verdict", problems),
        range: range.unwrap_or_default(),
        eligible_from: entry.optional_day("eligible_from", problems),
        timeline: entry.list("timeline", problems, |node, problems| {
            let entry = Entry::of(node, "step", STEP, problems);
            Step {
                from: entry.day("from", problems),
                verdict: verdict(&entry, "verdict", problems),
            }
        }),
        relaxed: if entry.get("relaxed").is_some() {
            entry.list("relaxed", problems, relaxed)
        } else {
            Vec::new()
        },
        findings: entry.list("findings", problems, finding),
        undecided: entry.texts("undecided", problems),
        contradictions: entry.texts("contradictions", problems),
        doubts: entry.texts("doubts", problems),
        unrecognised_medicines: entry.texts("unrecognised_medicines", problems),
    }
}

fn relaxed(node: &Node, problems: &mut Problems) -> Relaxed {
    let entry = Entry::of(node, "relaxation", RELAXED, problems);
    Relaxed {
        reason: entry.text("reason", problems),
        owner: entry.text("owner", problems),
        until: entry.day("until", problems),
    }
}

fn finding(node: &Node, problems: &mut Problems) -> Finding {
    let grades = Grade::ALL.map(Grade::word);
    let entry = Entry::of(node, "finding", FINDING, problems);
    Finding {
        rule: entry.text("rule", problems),
        grade: entry.word("grade", &grades, problems),
        counts_as: entry.word("counts_as", &grades, problems),
        state: entry.word("state", &["applies", "undecided"], problems),
        private: entry.flag("private", problems),
        because: entry.list("because", problems, |node, problems| {
            let entry = Entry::of(node, "reason", BECAUSE, problems);
            Because {
                question: entry.text("question", problems),
                answer: entry.text("answer", problems),
            }
        }),
        until: entry.optional_day("until", problems),
        clears: entry.optional("clears", problems),
        why: entry.text("why", problems),
        sources: entry.texts("sources", problems),
    }
}

fn overruled(node: &Node, problems: &mut Problems) -> Override {
    let entry = Entry::of(node, "override", OVERRIDE, problems);
    Override {
        computed: verdict(&entry, "computed", problems),
        verdict: verdict(&entry, "verdict", problems),
        reason: entry.text("reason", problems),
        reason_text: entry.text("reason_text", problems),
        comment: entry.text("comment", problems),
        by: entry.text("by", problems),
        on: entry.day("on", problems),
        until: entry.optional_day("until", problems),
    }
}
