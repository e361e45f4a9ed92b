//! The JSON reports against `src/report/schema.json`, and records against
//! `src/report/record-schema.json`, by a small check of the words of JSON Schema
//! that stand in them.

mod program;

use std::path::Path;

use candidacy::load;
use candidacy::report::model;
use candidacy::report::model::View;
use candidacy::report::record::{self, Override, Typed};
use candidacy_engine::answer::Answers;
use candidacy_engine::assess::assess;
use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;
use candidacy_engine::verdict::Verdict;
use program::{candidacy, run};
use serde_json::Value;

/// Checks `value` against `schema`; everything that does not fit, with its path.
fn misfits(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let words = schema.as_object().expect("a schema is an object");
    for (word, wanted) in words {
        let fits = match word.as_str() {
            "$ref" => {
                let path = wanted.as_str().and_then(|path| path.strip_prefix('#'));
                let schema = root.pointer(path.expect("a path")).expect("a definition");
                misfits(root, schema, value, at, found);
                true
            }
            "oneOf" => {
                let mut fitting = 0;
                let mut nearest: Option<Vec<String>> = None;
                for schema in list(wanted) {
                    let mut missed = Vec::new();
                    misfits(root, schema, value, at, &mut missed);
                    fitting += usize::from(missed.is_empty());
                    if nearest
                        .as_ref()
                        .is_none_or(|near| missed.len() < near.len())
                    {
                        nearest = Some(missed);
                    }
                }
                if fitting == 0 {
                    found.extend(nearest.unwrap_or_default());
                }
                fitting <= 1
            }
            "type" => match wanted {
                Value::String(kind) => is(value, kind),
                kinds => list(kinds)
                    .iter()
                    .any(|kind| is(value, kind.as_str().expect("a type"))),
            },
            "enum" => list(wanted).contains(value),
            "const" => wanted == value,
            "required" => list(wanted)
                .iter()
                .all(|key| value.get(key.as_str().expect("a key")).is_some()),
            "additionalProperties" => {
                let known = &schema["properties"];
                let entries = value.as_object().into_iter().flatten();
                let mut more = entries.filter(|(key, _)| known.get(key).is_none());
                if wanted.is_object() {
                    for (key, inner) in more {
                        misfits(root, wanted, inner, &format!("{at}.{key}"), found);
                    }
                    true
                } else {
                    more.next().is_none()
                }
            }
            "properties" => {
                for (key, schema) in wanted.as_object().expect("properties") {
                    if let Some(inner) = value.get(key) {
                        misfits(root, schema, inner, &format!("{at}.{key}"), found);
                    }
                }
                true
            }
            "items" => {
                for (number, inner) in value.as_array().into_iter().flatten().enumerate() {
                    misfits(root, wanted, inner, &format!("{at}[{number}]"), found);
                }
                true
            }
            "minItems" => value
                .as_array()
                .is_none_or(|items| items.len() as u64 >= wanted.as_u64().expect("a number")),
            "minimum" => value
                .as_u64()
                .is_some_and(|number| number >= wanted.as_u64().expect("a number")),
            "format" => {
                assert_eq!(wanted, "date");
                value
                    .as_str()
                    .is_none_or(|day| Date::from_iso(day).is_some())
            }
            "pattern" => {
                assert_eq!(wanted, "^[0-9a-f]{64}$");
                let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
                value
                    .as_str()
                    .is_some_and(|text| text.len() == 64 && text.bytes().all(hex))
            }
            "$schema" | "$id" | "$defs" | "title" | "description" => true,
            unknown => panic!("the schema uses `{unknown}`, which nothing here checks"),
        };
        if !fits {
            found.push(format!("{at}: {word} {wanted}"));
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "array" => value.is_array(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        unknown => panic!("the schema knows no type `{unknown}` so far"),
    }
}

fn schema() -> Value {
    let text = std::fs::read_to_string("src/report/schema.json").expect("the schema");
    serde_json::from_str(&text).expect("the schema is JSON")
}

fn found(schema: &Value, report: &Value) -> Vec<String> {
    let mut found = Vec::new();
    misfits(schema, schema, report, "report", &mut found);
    found
}

fn report(plan: &Plan, answers: &Answers, as_of: Date, view: View) -> Value {
    let assessment = assess(plan, answers, as_of);
    let sheet = model::sheet(plan, answers, &assessment, view);
    serde_json::to_value(&sheet).expect("JSON")
}

/// The built-in rules, and an overlay that relaxes something for a while.
fn plans() -> [Plan; 2] {
    let relaxing = Path::new("rules/examples/skin-clinic.yaml");
    [
        load::compiled(load::built_in_with_cases()).expect("the built-in rules"),
        load::compiled(load::load(relaxing).expect("the example")).expect("the example"),
    ]
}

/// Every worked patient, for both readers.
#[test]
fn real_reports_fit() {
    let schema = schema();
    let plans = plans();
    let mut seen = std::collections::BTreeSet::new();
    for (plan, case) in plans
        .iter()
        .flat_map(|plan| plan.cases.iter().map(move |case| (plan, case)))
    {
        for view in [View::Desk, View::Clinician] {
            let report = report(plan, &case.answers, case.as_of, view);
            let misfits = found(&schema, &report);
            assert!(misfits.is_empty(), "{}: {misfits:#?}", case.name);
            for key in [
                "contradictions",
                "unrecognised_medicines",
                "ask_about",
                "findings",
                "relaxed",
            ] {
                if report[key].as_array().is_some_and(|list| !list.is_empty()) {
                    seen.insert(key);
                }
            }
            seen.insert(if report["eligible_from"].is_null() {
                "no day"
            } else {
                "a day"
            });
        }
    }
    assert_eq!(seen.len(), 7, "every part was seen filled: {seen:?}");
}

/// The record of every worked patient, with an override in it.
#[test]
fn records_fit() {
    let text = std::fs::read_to_string("src/report/record-schema.json").expect("the schema");
    let schema: Value = serde_json::from_str(&text).expect("the schema is JSON");
    let plans = plans();
    for (plan, case) in plans
        .iter()
        .flat_map(|plan| plan.cases.iter().map(move |case| (plan, case)))
    {
        let assessment = assess(plan, &case.answers, case.as_of);
        let typed = vec![Typed::new("acne", "clear")];
        let mut record = record::of(plan, &case.answers, typed, &assessment, case.as_of);
        record.overrides.push(Override {
            computed: record.result.verdict,
            verdict: Verdict::Deferred,
            reason: "examined".to_owned(),
            reason_text: "The skin was examined.".to_owned(),
            comment: "Red scars.".to_owned(),
            by: "Dr A. Example".to_owned(),
            on: case.as_of,
            until: None,
        });
        let mut json = serde_json::to_value(&record).expect("JSON");
        json["checksum"] = "0".repeat(64).into();
        let misfits = found(&schema, &json);
        assert!(misfits.is_empty(), "{}: {misfits:#?}", case.name);
    }
}

/// What `batch --format jsonl` writes, unreadable rows included.
#[test]
fn rows_of_a_batch_fit() {
    let schema = schema();
    let words = [
        "batch",
        "patients.csv",
        "--as-of",
        "2026-11-20",
        "--format",
        "jsonl",
    ];
    let ended = run(&mut candidacy(Path::new("tests/readme"), &words));
    assert_eq!(ended.code, 4, "{}", ended.err);
    let rows: Vec<Value> = ended
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert!(rows.iter().any(|row| row["verdict"] == "unreadable"));
    for row in rows {
        let misfits = found(&schema, &row);
        assert!(misfits.is_empty(), "row {}: {misfits:#?}", row["row"]);
    }
}

/// What `medicines --format json` writes.
#[test]
fn readings_of_medicines_fit() {
    let text = std::fs::read_to_string("src/report/medicines-schema.json").expect("the schema");
    let schema: Value = serde_json::from_str(&text).expect("the schema is JSON");
    for list in [
        "none",
        "none; aspirin",
        "",
        "not sure",
        "aspirin 81 mg; renova cream, 2 tablets; elliquis; 20 mg; biktarvy; not sure",
    ] {
        for view in ["desk", "clinician"] {
            let words = ["medicines", list, "--format", "json", "--view", view];
            let report = run(&mut candidacy(Path::new("."), &words)).out;
            let report = serde_json::from_str(&report).expect("JSON");
            let misfits = found(&schema, &report);
            assert!(misfits.is_empty(), "{list}: {misfits:#?}");
        }
    }
}

/// What `batch --summary` writes, and that two halves add up to the whole.
#[test]
fn summaries_of_a_batch_fit_and_add_up() {
    let text = std::fs::read_to_string("src/report/summary-schema.json").expect("the schema");
    let schema: Value = serde_json::from_str(&text).expect("the schema is JSON");
    let folder = tempfile::tempdir().expect("a folder");
    let table = std::fs::read_to_string("tests/readme/patients.csv").expect("the table");
    let summary = |rows: &dyn Fn(usize) -> bool| -> Value {
        let numbered = table.lines().enumerate();
        let part: Vec<&str> = numbered
            .filter(|(row, _)| *row == 0 || rows(*row))
            .map(|(_, line)| line)
            .collect();
        std::fs::write(folder.path().join("in.csv"), part.join("\n")).expect("it is written");
        let words = [
            "batch",
            "in.csv",
            "--as-of",
            "2026-11-20",
            "--view",
            "desk",
            "--assume",
            "keloid=no",
            "-o",
            "/dev/null",
            "--summary",
            "summary.json",
        ];
        let ended = run(&mut candidacy(folder.path(), &words));
        let text = std::fs::read_to_string(folder.path().join("summary.json"));
        let summary: Value = serde_json::from_str(&text.expect("the summary")).expect("JSON");
        let misfits = found(&schema, &summary);
        assert!(misfits.is_empty(), "{misfits:#?}");
        assert_eq!(summary["exit"], ended.code);
        summary
    };
    let whole = summary(&|_| true);
    let halves = [summary(&|row| row % 2 == 0), summary(&|row| row % 2 == 1)];
    assert_eq!(whole["rows"], table.lines().count() - 1);
    let sum = |at: &str| -> u64 {
        let count = |one: &Value| one.pointer(at).and_then(Value::as_u64).unwrap_or(0);
        halves.iter().map(count).sum()
    };
    assert_eq!(whole["unreadable"], sum("/unreadable"));
    for object in ["verdicts", "reasons", "undecided", "eligible_from"] {
        let counts = whole[object].as_object().expect("counts");
        assert!(!counts.is_empty(), "{object}");
        for (key, count) in counts {
            assert_eq!(count, sum(&format!("/{object}/{key}")), "{object} {key}");
        }
    }
}

/// The check itself: a report that is broken in one place is found out.
#[test]
fn broken_reports_do_not_fit() {
    let schema = schema();
    let plan = load::compiled(load::built_in()).expect("the built-in rules");
    let as_of = Date::from_iso("2026-11-20").expect("a day");
    let report = report(&plan, &plan.blank_answers(), as_of, View::Clinician);
    assert!(found(&schema, &report).is_empty());

    let breaks: &[(&str, &str, Value)] = &[
        ("a verdict of no such name", "/verdict", "fine".into()),
        ("no day of the calendar", "/as_of", "2026-02-30".into()),
        ("a number for a text", "/findings/0/why", 1.into()),
        ("an empty timeline", "/timeline", Value::Array(Vec::new())),
        (
            "a fingerprint cut short",
            "/pack/fingerprint",
            "0e7f".into(),
        ),
    ];
    for (what, place, wrong) in breaks {
        let mut report = report.clone();
        *report.pointer_mut(place).expect("a field") = wrong.clone();
        assert!(!found(&schema, &report).is_empty(), "{what}");
    }
    let mut more = report.clone();
    more["extra"] = 1.into();
    assert!(!found(&schema, &more).is_empty(), "a field too many");
    let mut less = report;
    less.as_object_mut().expect("a report").remove("ask_next");
    assert!(!found(&schema, &less).is_empty(), "a field too few");
}
