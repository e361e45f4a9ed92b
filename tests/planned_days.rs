//! Events that may be planned, and rules that count before and after a day: in a table, at the desk, in a form, in a
//! record, and in overlays.

mod program;

use std::fs;
use std::path::Path;

use candidacy::load;
use candidacy_engine::answer::{Event, Reply, Value};
use candidacy_engine::assess::assess;
use candidacy_engine::compile::compile;
use candidacy_engine::date::{Date, Days};
use candidacy_engine::plan::Plan;
use candidacy_engine::summary::Doubt;
use candidacy_engine::verdict::Verdict;
use program::{Ended, candidacy, run};
use tempfile::TempDir;

const PACK: &str = "\
format: candidacy/1
pack: {id: small, version: 0.1.0, title: Small, status: draft, owner: Dr A. Example, review_by: 2027-06-30}
settings: {vaccine_wait: 2 weeks}
sources: [{id: P7, cite: Protocol, publisher: Example, year: 2026, url: \"https://example.org/p7\", strength: opinion}]
questions:
  - {id: vaccine, ask: \"When is your next vaccination, or when was the last?\", type: event, planned: yes}
  - {id: peel, ask: When was your last peel?, type: event}
rules:
  - {id: vaccine, grade: temporary, when: vaccine within vaccine_wait before or after, why: We wait., sources: [P7]}
  - {id: peel, grade: temporary, when: peel within 4 weeks, why: It heals., sources: [P7]}
personas: [{id: well, answers: {vaccine: never, peel: never}}]
";

fn desk() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("small.yaml"), PACK).expect("a file");
    folder
}

fn plan(desk: &TempDir) -> Plan {
    let path = desk.path().join("small.yaml");
    compile(load::load(&path).expect("a pack").read()).expect("sound rules")
}

fn today() -> Date {
    Date::from_iso("2026-11-20").expect("a day")
}

fn said(desk: &TempDir, words: &[&str]) -> Ended {
    let rules = ["--rules", "small.yaml", "--as-of", "2026-11-20"];
    run(&mut candidacy(desk.path(), &[words, &rules].concat()))
}

/// Each answer with its verdict and the day from which treatment may go ahead for good.
#[test]
fn a_table_with_past_and_later_days() {
    let desk = desk();
    let rows = [
        ("2026-11-06", "never", "eligible", ""),
        ("2026-11-07", "never", "deferred", "2026-11-21"),
        ("2026-12-03", "never", "deferred", "2026-12-17"),
        ("2026-12-04", "never", "eligible", "2026-12-18"),
        ("planned for 2026-12-10", "never", "eligible", "2026-12-24"),
        (
            "December 2026",
            "never",
            "dermatologist-review",
            "2027-01-14",
        ),
        ("yes", "never", "dermatologist-review", "2028-12-04"),
        ("planned", "never", "dermatologist-review", "2028-12-04"),
        ("9999-12-31", "never", "dermatologist-review", ""),
        ("not sure", "never", "dermatologist-review", ""),
        ("", "never", "dermatologist-review", ""),
        ("never", "never", "eligible", ""),
        ("no", "never", "eligible", ""),
        ("2027-03-01", "2026-11-10", "deferred", "2027-03-15"),
        // Not read as one of several days.
        ("in May", "never", "unreadable", ""),
        ("3 weeks", "never", "unreadable", ""),
        ("05-10", "never", "unreadable", ""),
        ("05/10/2026", "never", "unreadable", ""),
        ("soon", "never", "unreadable", ""),
        ("happened 2026-12-10", "never", "unreadable", ""),
        ("planned 2026-05-10", "never", "unreadable", ""),
        // Too far ahead.
        ("2028-11-21", "never", "unreadable", ""),
        ("2031-01-01", "never", "unreadable", ""),
        ("2028", "never", "unreadable", ""),
        // A question about the past.
        ("never", "2026-12-10", "unreadable", ""),
        ("never", "tomorrow", "unreadable", ""),
        ("never", "planned", "unreadable", ""),
    ];
    let mut table = "vaccine,peel\n".to_owned();
    for (vaccine, peel, ..) in rows {
        table += &format!("{vaccine},{peel}\n");
    }
    fs::write(desk.path().join("t.csv"), table).expect("a file");
    let ended = said(&desk, &["batch", "t.csv"]);
    let lines: Vec<&str> = ended.out.lines().skip(1).collect();
    assert_eq!(lines.len(), rows.len(), "{}{}", ended.out, ended.err);
    for (line, (vaccine, peel, verdict, from)) in lines.into_iter().zip(rows) {
        let cells: Vec<&str> = line.split(',').collect();
        let seen = (cells[2], cells[5]);
        assert_eq!(seen, (verdict, from), "{vaccine}, {peel}: {line}");
    }
}

/// Who is eligible only for a time is told so in every line that says to book.
#[test]
fn eligible_until_the_time_before_a_planned_day() {
    let desk = desk();
    let words = |vaccine| ["screen", "--set", vaccine, "--set", "peel=never"];
    let full = said(&desk, &words("vaccine=2026-12-10"));
    for expected in [
        "Book for 26 Nov 2026 or earlier.",
        "May go ahead until 26 Nov 2026, and again from 24 Dec 2026",
        "eligible ▸ 27 Nov 2026 deferred ▸ 24 Dec 2026 eligible",
        "ELIGIBLE until 26 Nov 2026, and again from 24 Dec 2026",
    ] {
        assert!(full.out.contains(expected), "{expected}\n{}", full.out);
    }
    let near = said(&desk, &words("vaccine=2026-11-25"));
    for expected in ["planned 2026-11-25", "DEFERRED to 9 Dec 2026"] {
        assert!(near.out.contains(expected), "{expected}\n{}", near.out);
    }
}

#[test]
fn the_desk_is_told_how_a_later_day_was_read() {
    let desk = desk();
    let replies = desk.path().join("replies");
    let typed = "in may\n10 December 2026\n2026-12-10\nnever\n\n";
    fs::write(&replies, typed).expect("a file");
    let rules = ["--rules", "small.yaml", "--as-of", "2026-11-20"];
    let words = [&["screen", "--plain"][..], &rules].concat();
    let replies = fs::File::open(&replies).expect("a file");
    let ended = run(candidacy(desk.path(), &words).stdin(replies));
    let said = ended.out + &ended.err;
    for expected in [
        "also a later day",
        "`May 2026` or `May 2027`",
        "planned for 10 Dec 2026",
        // The next question is about the past.
        "`2026-12-10` is after 2026-11-20, the treatment day",
    ] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
}

/// A record may hold any day, because it may be damaged.
#[test]
fn a_day_too_far_ahead_counts_as_not_known() {
    let plan = plan(&desk());
    let verdict = |day: &str| {
        let mut answers = plan.blank_answers();
        let days = Days::on(Date::from_iso(day).expect("a day"));
        let happened = |event| Reply::Given(Value::Event(event));
        answers.set(0, happened(Event::Happened(days)));
        answers.set(1, happened(Event::Never));
        let seen = assess(&plan, &answers, today());
        let doubted = matches!(seen.doubts.as_slice(), [Doubt::ImpossibleDay(_)]);
        (seen.verdict, doubted)
    };
    assert_eq!(verdict("2028-11-20"), (Verdict::Eligible, false));
    assert_eq!(verdict("2028-11-21"), (Verdict::DermatologistReview, true));
}

/// A record made when the question took planned days, read with rules in which it does not.
#[test]
fn a_later_day_is_not_known_where_nothing_is_planned() {
    let desk = desk();
    let screen = [
        "screen",
        "--set",
        "vaccine=2026-12-10",
        "--set",
        "peel=never",
    ];
    let screen = [&screen[..], &["--record", "r.json"]].concat();
    assert_eq!(said(&desk, &screen).code, 0);
    let unplanned = PACK
        .replace(", planned: yes", "")
        .replace(" before or after", "");
    fs::write(desk.path().join("other.yaml"), unplanned).expect("a file");
    let words = ["replay", "r.json", "--rules", "other.yaml"];
    let out = run(&mut candidacy(desk.path(), &words)).out;
    assert!(out.contains("is after the treatment day"), "{out}");
    assert!(out.contains("DERMATOLOGIST REVIEW"), "{out}");
}

#[test]
fn a_record_keeps_a_planned_day() {
    let desk = desk();
    let words = ["--set", "vaccine=2026-12-10", "--set", "peel=never"];
    let screen = [&["screen"][..], &words, &["--record", "r.json"]].concat();
    assert_eq!(said(&desk, &screen).code, 0);
    let words = ["replay", "r.json", "--rules", "small.yaml"];
    let ended = run(&mut candidacy(desk.path(), &words));
    assert!(
        ended.out.contains("This record is reproduced"),
        "{}",
        ended.out + &ended.err
    );
}

/// A form offers one answer for what happened and what is planned, and its day is read as either.
#[test]
fn a_form_takes_a_later_day() {
    let desk = desk();
    let form = |vaccine: &str| {
        let items = format!(
            r#"{{"linkId": "vaccine", "answer": [{{"valueCoding": {{"code": "happened"}}}}]}},
            {vaccine},
            {{"linkId": "peel", "answer": [{{"valueCoding": {{"code": "never"}}}}]}}"#
        );
        let response = format!(
            r#"{{"resourceType": "QuestionnaireResponse", "status": "completed",
            "questionnaire": "urn:candidacy:questionnaire:small|0.1.0", "item": [{items}]}}"#
        );
        fs::write(desk.path().join("form.json"), response).expect("a file");
        let ended = said(&desk, &["screen", "--answers", "form.json"]);
        ended.out + &ended.err
    };
    let day = |day: &str| {
        form(&format!(
            r#"{{"linkId": "vaccine.when", "answer": [{{"valueDate": "{day}"}}]}}"#
        ))
    };
    let words = |words: &str| {
        form(&format!(
            r#"{{"linkId": "vaccine.about", "answer": [{{"valueString": "{words}"}}]}}"#
        ))
    };
    for (said, expected) in [
        (day("2026-12-10"), "ELIGIBLE until 26 Nov 2026"),
        (day("2026-11-25"), "DEFERRED to 9 Dec 2026"),
        (day("2031-12-10"), "may be more than 2 years after"),
        (words("December 2026"), "DERMATOLOGIST REVIEW"),
        (words("not sure"), "DERMATOLOGIST REVIEW"),
    ] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
    let sheet = [
        "questionnaire",
        "--format",
        "redcap",
        "--rules",
        "small.yaml",
    ];
    let sheet = run(&mut candidacy(desk.path(), &sheet)).out;
    assert!(
        sheet.contains("concat('happened or planned ', [vaccine_when])"),
        "{sheet}"
    );
    assert!(
        sheet.contains("concat('happened ', [peel_when])"),
        "{sheet}"
    );
}

#[test]
fn a_shorter_time_on_both_sides_is_less_severe() {
    #[track_caller]
    fn case(entry: &str, expected: &str) {
        let desk = desk();
        let head = "format: candidacy/1\nextends: small.yaml\npack: {id: ours, version: 1.0.0, title: Ours, status: draft, owner: Dr A. Example, review_by: 2027-06-30}\n";
        fs::write(desk.path().join("ours.yaml"), format!("{head}{entry}\n")).expect("a file");
        let words = ["rules", "check", "ours.yaml", "--as-of", "2026-11-20"];
        let ended = run(&mut candidacy(Path::new(desk.path()), &words));
        let said = ended.out + &ended.err;
        assert!(said.contains(expected), "{entry}\n{said}");
    }

    let relaxed = |entry: &str| {
        format!("relax: [{{reason: fine, owner: Dr A. Example, until: 2026-12-31, {entry}}}]")
    };
    let change = |wait: &str| {
        format!("change: [{{rule: vaccine, when: vaccine within {wait} before or after}}]")
    };
    case("settings: {vaccine_wait: 1 week}", "error[milder]");
    case("settings: {vaccine_wait: 4 weeks}", "no problems");
    case(&relaxed("settings: {vaccine_wait: 1 week}"), "no problems");
    case(
        &relaxed("settings: {vaccine_wait: 4 weeks}"),
        "not-less-severe",
    );
    case(&change("10 days"), "error[milder]");
    case(&change("30 days"), "no problems");
    case(&relaxed(&change("10 days")), "no problems");
}
