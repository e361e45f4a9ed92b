//! Whom the clinic calls back, by day: a table and a calendar file.

mod program;

use std::fmt::Write;
use std::fs;

use program::{candidacy, run};
use tempfile::TempDir;

const RULES: &str = "\
format: candidacy/1
pack: {id: demo, version: 1.0.0, title: Demo, status: draft, owner: Dr A. Example, review_by: 2040-06-30, procedure: needling}
clinic: {name: Example Clinic, phone: 020 7946 0000}
sources: [{id: S1, cite: E, publisher: E, year: 2026, url: \"https://example.org\", strength: opinion}]
questions:
  - {id: peel, ask: When was the last peel?, type: event}
  - {id: cure, ask: When did the cure end?, type: course}
  - {id: acne, ask: Is there acne?, type: yes-no}
rules:
  - {id: peeled, title: Chemical peel, grade: temporary, when: peel within 3 months, why: w, sources: [S1]}
  - {id: cured, grade: temporary, when: cure ongoing or ended within 6 months, private: yes, why: w, sources: [S1]}
  - {id: acne, grade: temporary, when: acne is yes, clears: once it is calm, why: w, sources: [S1]}
";

const TABLE: &str = "\
patient,peel,cure,acne
Late,2026-11-01,never,no
=Both,2026-10-01,2026-09-30,no
\"Early, B\",2026-09-01,never,no
Secret,never,2026-08-01,no
Acne,never,never,yes
Fine,never,never,no
Odd,someday,never,no
Late,2026-11-01,never,no
";

fn listed(view: &str, table: &str, more: &[&str]) -> (String, String) {
    let folder = TempDir::new().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("rules.yaml"), RULES).expect("written");
    fs::write(path("table.csv"), table).expect("written");
    let line = [
        "--rules",
        "rules.yaml",
        "batch",
        "table.csv",
        "-o",
        "out.csv",
        "--as-of",
        "2026-11-20",
        "--recall",
        "recall.csv",
        "--calendar",
        "recall.ics",
        "--view",
        view,
    ];
    let ended = run(&mut candidacy(folder.path(), &[&line[..], more].concat()));
    assert!([0, 4].contains(&ended.code), "{}", ended.err);
    assert!(ended.out.is_empty(), "{}", ended.out);
    let read = |name: &str| fs::read_to_string(path(name)).expect("an output");
    (read("recall.csv"), read("recall.ics"))
}

/// Only those who wait until a day, in the order of the days.
#[test]
fn the_list_is_by_day() {
    let (list, calendar) = listed("clinician", TABLE, &[]);
    assert_eq!(
        list,
        "day,id,reason\n\
         2026-12-01,\"Early, B\",Chemical peel\n\
         2027-02-01,Late,Chemical peel\n\
         2027-02-01,Secret,Cured\n\
         2027-02-01,Late,Chemical peel\n\
         2027-03-30,'=Both,Chemical peel; Cured\n"
    );
    let calendar = calendar.replace("\r\n ", "");
    let events = calendar.matches("BEGIN:VEVENT").count();
    assert_eq!(events, 5, "{calendar}");
    assert!(
        calendar.contains("X-WR-CALNAME:Example Clinic: Recalls: needling"),
        "{calendar}"
    );
    assert!(
        calendar.contains("SUMMARY:Call back Early\\, B: needling"),
        "{calendar}"
    );
    let uids: std::collections::BTreeSet<&str> = calendar
        .lines()
        .filter(|line| line.starts_with("UID:") && !line.starts_with("UID:reminder"))
        .collect();
    assert_eq!(uids.len(), events, "each has an id of its own: {calendar}");
}

#[test]
fn a_private_reason_is_not_shown_at_the_desk() {
    let (list, calendar) = listed("desk", TABLE, &[]);
    assert!(list.contains("2027-02-01,Secret,private\n"), "{list}");
    assert!(list.contains("'=Both,Chemical peel; private\n"), "{list}");
    for text in [list, calendar] {
        assert!(!text.to_lowercase().contains("cured"), "{text}");
    }
}

#[test]
fn a_spreadsheet_gets_its_form() {
    let (list, _) = listed("clinician", TABLE, &["--excel"]);
    assert!(
        list.starts_with("\u{feff}day,id,reason\r\n2026-12-01,"),
        "{list}"
    );
}

/// What is learnt of earlier rows holds no reasons: a long table has every one of them.
#[test]
fn no_patient_is_missing_from_a_long_list() {
    let mut table = "patient,peel,cure,acne\n".to_owned();
    for number in 0..30_000 {
        let _ = writeln!(table, "P{number},2026-11-01,never,no");
    }
    let (list, calendar) = listed("clinician", &table, &["--jobs", "2"]);
    assert_eq!(list.lines().count(), 30_001);
    assert!(
        list.lines()
            .skip(1)
            .all(|line| line.ends_with(",Chemical peel"))
    );
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 30_000);
    let (first, end) = (list.lines().nth(1), list.lines().last());
    assert_eq!(first, Some("2027-02-01,P0,Chemical peel"));
    assert_eq!(end, Some("2027-02-01,P29999,Chemical peel"));
}
