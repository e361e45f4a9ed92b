//! Tables as form tools write them: each in `tests/forms` with its map file, what is drafted
//! for it, and what comes of it. The people in them do not exist.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

#[cfg(feature = "excel")]
#[path = "forms/workbooks.rs"]
mod workbooks;

#[path = "forms/exports.rs"]
mod exports;

#[path = "forms/readings.rs"]
mod readings;

#[path = "forms/headings.rs"]
mod headings;

#[path = "forms/not_known.rs"]
mod not_known;

mod program;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms")
}

/// The program with the built-in rules, for a fixed day.
fn batch(table: &str) -> Command {
    program::candidacy(&folder(), &["batch", "--as-of", "2026-11-20", table])
}

/// Whether it is a workbook, and this program was built without them.
fn cannot_read(table: &str) -> bool {
    table == "excel.xlsx" && cfg!(not(feature = "excel"))
}

fn messages(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What a run says of each row, without the missing answers: forms ask a part of the questions.
fn rows(output: &Output) -> String {
    let mut reader = csv::Reader::from_reader(output.stdout.as_slice());
    let mut text = String::new();
    for row in reader.records() {
        let row = row.expect("a row");
        let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
        text.push_str(&format!("{} | {} | {}", cell(0), cell(1), cell(2)));
        for more in [cell(4), cell(5)]
            .into_iter()
            .filter(|cell| !cell.is_empty())
        {
            text.push_str(&format!(" | {more}"));
        }
        text.push('\n');
    }
    text
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "forms",
        prepend_module_to_snapshot => false,
        omit_expression => true,
        filters => vec![(r"in \d+\.\d\d seconds", "in [seconds]")],
    }, {
        insta::assert_snapshot!(name, text);
    });
}

/// A table with its complete map file.
fn screened(table: &str) {
    if cannot_read(table) {
        return;
    }
    let name = table.split('.').next().expect("a name");
    let output = batch(table)
        .args([
            "--columns",
            "verdict",
            "--map-file",
            &format!("{name}.yaml"),
        ])
        .output()
        .expect("it runs");
    let messages = messages(&output);
    // Which questions the form does not ask is told elsewhere.
    let notes = messages.lines().filter(|line| {
        !line.starts_with("note: no column answers")
            && !line.starts_with("  = help: name a column")
            && !line.starts_with("missing most often")
    });
    let notes: Vec<&str> = notes.collect();
    let code = output.status.code().expect("it ends");
    snapshot(
        name,
        &format!("exit {code}\n{}---\n{}\n", rows(&output), notes.join("\n")),
    );
}

/// The map file that is drafted for a table, and what a dry run with it says is left to do.
fn drafted(table: &str) {
    if cannot_read(table) {
        return;
    }
    let name = table.split('.').next().expect("a name");
    let to = tempfile::tempdir().expect("a folder");
    let map = to.path().join("map.yaml");
    let map = map.to_string_lossy();
    let output = batch(table)
        .args(["--draft-map", &map])
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", messages(&output));
    let draft = fs::read_to_string(&*map).expect("a map file");
    let (draft, _) = draft
        .split_once("\n# No column seems")
        .expect("missing questions");
    let dry = batch(table)
        .args(["--dry-run", "--map-file", &map])
        .output()
        .expect("it runs");
    let dry = messages(&dry).replace(&*map, "map.yaml");
    let left = dry
        .split_once("guesses of the map")
        .map_or("", |(_, left)| left);
    let left: Vec<&str> = left
        .lines()
        .skip(1)
        .filter(|line| !line.starts_with("missing"))
        .collect();
    let first = messages(&output);
    let first = first
        .lines()
        .find(|line| line.contains("understood"))
        .unwrap_or_default();
    snapshot(
        &format!("{name}.draft"),
        &format!("{first}\n---\n{draft}---\n{}\n", left.join("\n")),
    );
    // Who the people are, and what they alone wrote, is in no draft.
    for personal in [
        "Ada",
        "Bea Example",
        "example.org",
        "6010000001",
        "118000000001",
        "tattoo on the chin",
        "gout",
    ] {
        assert!(!draft.contains(personal), "{personal} in {draft}");
    }
}

macro_rules! forms {
    ($($name:ident: $table:literal)*) => {
        $(mod $name {
            #[test] fn screened() { super::screened($table); }
            #[test] fn drafted() { super::drafted($table); }
        })*

        #[test]
        fn no_table_is_forgotten() {
            let mut listed = vec![$($table),*];
            listed.sort_unstable();
            let mut found: Vec<String> = fs::read_dir(folder())
                .expect("the folder")
                .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
                .filter(|name| name.ends_with(".csv") || name.ends_with(".xlsx"))
                .collect();
            found.sort();
            assert_eq!(found, listed);
        }
    };
}

forms! {
    google_forms: "google_forms.csv"
    jotform: "jotform.csv"
    microsoft_forms: "microsoft_forms.csv"
    redcap_labels: "redcap_labels.csv"
    redcap_raw: "redcap_raw.csv"
    surveymonkey: "surveymonkey.csv"
    typeform: "typeform.csv"
    excel: "excel.xlsx"
}

/// So often the rows of a table are repeated.
const TIMES: usize = 200;

/// A long table is read by what was learnt from its first rows; a short one is not.
#[test]
fn a_long_table_says_the_same_as_a_short_one() {
    for name in [
        "google_forms",
        "jotform",
        "microsoft_forms",
        "redcap_labels",
        "redcap_raw",
        "surveymonkey",
        "typeform",
    ] {
        let text = fs::read_to_string(folder().join(format!("{name}.csv"))).expect("the table");
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.as_bytes());
        let records: Vec<csv::StringRecord> =
            reader.records().map(|row| row.expect("a row")).collect();
        let above = if name == "surveymonkey" { 2 } else { 1 };
        let mut long = csv::Writer::from_writer(Vec::new());
        for record in records.iter().take(above) {
            long.write_record(record).expect("memory");
        }
        for _ in 0..TIMES {
            for record in records.iter().skip(above) {
                long.write_record(record).expect("memory");
            }
        }
        let to = tempfile::tempdir().expect("a folder");
        let path = to.path().join("long.csv");
        fs::write(&path, long.into_inner().expect("memory")).expect("it is written");
        let map = format!("{name}.yaml");
        let run = |table: &str| {
            let run = batch(table)
                .args(["--columns", "verdict", "--map-file", &map])
                .output();
            let run = run.expect("it runs");
            let text = String::from_utf8_lossy(&run.stdout).into_owned();
            text.lines()
                .skip(1)
                .map(str::to_owned)
                .collect::<Vec<String>>()
        };
        let short = run(&format!("{name}.csv"));
        let long = run(&path.to_string_lossy());
        assert_eq!(short.len(), records.len() - above, "{name}");
        assert_eq!(long.len(), short.len() * TIMES, "{name}");
        for (place, row) in long.iter().enumerate() {
            assert_eq!(row, &short[place % short.len()], "{name}, row {place}");
        }
    }
}

/// A program without workbooks says so.
#[cfg(not(feature = "excel"))]
#[test]
fn workbooks_are_left_out() {
    let read = batch("excel.xlsx").output().expect("it runs");
    assert_eq!(read.status.code(), Some(1));
    assert!(messages(&read).contains("this program was built without them"));
    let written = batch("redcap_labels.csv").args(["-o", "out.xlsx"]).output();
    let written = written.expect("it runs");
    assert_eq!(written.status.code(), Some(2));
    assert!(messages(&written).contains("this program was built without them"));
    assert!(!folder().join("out.xlsx").exists());
}
