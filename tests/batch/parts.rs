//! A table in parts without headings, each screened by a process of its own, comes to what the whole comes to.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use super::batch;

const HEADINGS: &str = "patient,acne,hiv,isotretinoin\n";

/// Some rows; in some of them a cell has a line break, or cannot be read.
fn rows(from: usize, to: usize) -> String {
    let row = |number: usize| {
        let acne = ["clear", "inflamed", "mild", "maybe"][number % 4];
        let hiv = ["no", "yes", "not sure"][number % 3];
        let name = if number.is_multiple_of(7) { "\nJr" } else { "" };
        format!(
            "\"P{number}{name}\",{acne},{hiv},2026-0{}\n",
            number % 9 + 1
        )
    };
    (from..to).map(row).collect()
}

#[test]
fn parts_come_to_what_the_whole_comes_to() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("columns.csv"), HEADINGS).expect("it is written");
    let screened = |text: &str, more: &[&str]| -> (String, Value) {
        let summary = path("summary.json");
        let mut child = batch("-")
            .arg("--summary")
            .arg(&summary)
            .args(more)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        let mut input = child.stdin.take().expect("its input");
        let text = text.to_owned();
        let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
        let ended = child.wait_with_output().expect("it ends");
        writer.join().expect("it ends").expect("it is taken");
        assert_eq!(ended.status.code(), Some(0));
        let summary = fs::read_to_string(summary).expect("the summary");
        let summary = serde_json::from_str(&summary).expect("JSON");
        (String::from_utf8(ended.stdout).expect("text"), summary)
    };
    let columns = path("columns.csv");
    let columns = columns.to_string_lossy();
    for jobs in ["1", "3"] {
        for format in ["csv", "jsonl"] {
            let usual = ["--format", format, "--jobs", jobs, "--allow-unreadable"];
            let whole = format!("{HEADINGS}{}", rows(0, 3000));
            let (whole, of_whole) = screened(&whole, &usual);
            let mut headless = vec!["--columns-from", &*columns];
            headless.extend(usual);
            if format == "csv" {
                headless.push("--no-header");
            }
            let parts = [(0, 1), (1, 1), (1, 2500), (2500, 3000)];
            let parts = parts.map(|(from, to)| screened(&rows(from, to), &headless));
            let text: String = parts.iter().map(|(text, _)| text.as_str()).collect();
            if format == "csv" {
                let (_, below) = whole.split_once('\n').expect("headings");
                assert_eq!(text, below);
            } else {
                assert_eq!(without_places(&text), without_places(&whole));
            }
            assert_eq!(of_whole["rows"], 3000);
            let of_parts = parts.iter().map(|(_, summary)| counts(summary));
            let sum = of_parts.reduce(added).expect("parts");
            assert_eq!(sum, counts(&of_whole));
        }
    }
}

/// JSON lines without the places of the rows, which count from the beginning of each part.
fn without_places(text: &str) -> Vec<Value> {
    let row = |line: &str| {
        let mut row: Value = serde_json::from_str(line).expect("JSON");
        for place in ["row", "line"] {
            row.as_object_mut().expect("a row").remove(place);
        }
        row
    };
    text.lines().map(row).collect()
}

/// What can be added up in a summary.
fn counts(summary: &Value) -> Value {
    let mut counts = summary.clone();
    let object = counts.as_object_mut().expect("a summary");
    object.retain(|key, value| {
        let place = ["exit", "first_unreadable_line", "schema_version"].contains(&key.as_str());
        !place && key != "pack" && (value.is_u64() || value.is_object())
    });
    counts
}

/// Two summaries, added key by key.
fn added(mut one: Value, other: Value) -> Value {
    let Value::Object(other) = other else {
        return (one.as_u64().unwrap_or(0) + other.as_u64().expect("a number")).into();
    };
    for (key, value) in other {
        let before = one[&key].take();
        one[&key] = match before {
            Value::Null => value,
            before => added(before, value),
        };
    }
    one
}
