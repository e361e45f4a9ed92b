//! Every page for a browser: whole, without a script, and nothing in it comes from elsewhere.

mod html;
mod program;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use html::{tags, values};
use tempfile::TempDir;

/// Answers with words that would be markup.
const PATIENT: [&str; 10] = [
    "--as-of",
    "2026-11-20",
    "--set",
    "acne=inflamed",
    "--set",
    "skin_conditions=none",
    "--set",
    "isotretinoin=2026-08-31",
    "--set",
    "medicines=<b>zzz</b><script>x()</script>",
];

/// What the program writes to standard output.
#[track_caller]
fn written(folder: &Path, args: &[&str]) -> String {
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/terminal/demo.yaml");
    let run = program::candidacy(folder, &["--rules", rules])
        .args(args)
        .output()
        .expect("it runs");
    let problems = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{args:?}: {problems}");
    String::from_utf8(run.stdout).expect("UTF-8")
}

/// Every page of the program.
fn pages(folder: &Path) -> Vec<(&'static str, String)> {
    let screen = |more: &[&str]| written(folder, &[&["screen"], &PATIENT[..], more].concat());
    screen(&["--record", "record.json", "--print", "handout.html"]);
    let table = "patient,acne\nA <i>,inflamed\n";
    fs::write(folder.join("patients.csv"), table).expect("written");
    let batch = [
        "batch",
        "patients.csv",
        "--as-of",
        "2026-11-20",
        "--id",
        "patient",
    ];
    written(folder, &[&batch[..], &["--report", "batch.html"]].concat());
    let file = |name: &str| fs::read_to_string(folder.join(name)).expect("a page");
    let html = ["--format", "html"];
    vec![
        ("screen", screen(&html)),
        (
            "screen for the clinician",
            screen(&[&html[..], &["--view", "clinician"]].concat()),
        ),
        (
            "replay",
            written(
                folder,
                &[
                    "replay",
                    "record.json",
                    "--as-of",
                    "2027-03-01",
                    "--format",
                    "html",
                ],
            ),
        ),
        (
            "rules doc",
            written(folder, &["rules", "doc", "--format", "html"]),
        ),
        (
            "questionnaire",
            written(folder, &[&["questionnaire"], &html[..]].concat()),
        ),
        ("handout", file("handout.html")),
        ("batch", file("batch.html")),
    ]
}

#[test]
fn every_page_is_whole_and_needs_nothing_else() {
    let folder = TempDir::new().expect("a folder");
    for (page, html) in pages(folder.path()) {
        assert!(
            html.starts_with("<!doctype html>\n<html lang=\"en\">"),
            "{page}"
        );
        let tags = tags(page, &html);
        let known: BTreeSet<&str> = tags.iter().map(String::as_str).collect();
        for never in ["script", "img", "link", "iframe", "form", "object", "b"] {
            assert!(!known.contains(never), "{page}: {never}");
        }
        assert_eq!(tags.iter().filter(|tag| *tag == "h1").count(), 1, "{page}");
        let (style, _) = html.split_once("</style>").expect("a style");
        assert!(
            !style.contains("url(") && !style.contains("@import"),
            "{page}"
        );
        assert!(style.contains("prefers-color-scheme:dark"), "{page}");
        assert!(style.contains("@media print"), "{page}");
        assert!(values(&html, "src").is_empty(), "{page}");
        let ids = values(&html, "id");
        let different: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(different.len(), ids.len(), "{page}: an id is there twice");
    }
}

#[test]
fn a_report_as_a_page() {
    let folder = TempDir::new().expect("a folder");
    for (page, html) in pages(folder.path()) {
        if !["screen", "replay"].contains(&page) {
            continue;
        }
        insta::with_settings!({
            snapshot_path => "pages",
            prepend_module_to_snapshot => false,
            omit_expression => true,
            filters => vec![
                (r"(?s)<style>.*</style>", "<style>…</style>"),
                (r"\([0-9a-f]{12}\)", "(fingerprint)"),
                (r"candidacy \d+\.\d+\.\d+", "candidacy VERSION"),
                (r"Recorded on \d+ \w+ \d+", "Recorded on TODAY"),
            ],
        }, {
            insta::assert_snapshot!(page, html);
        });
    }
}

/// On paper too every question can be left open, a private one as well.
#[test]
fn every_question_on_paper_can_be_not_sure() {
    let run = program::candidacy(Path::new("."), &["questionnaire"])
        .output()
        .expect("it runs");
    let text = String::from_utf8(run.stdout).expect("UTF-8");
    let mut asked: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines() {
        let number = line.split_once(". ").map_or("", |(number, _)| number);
        let digits = number.trim_end_matches(|c: char| c.is_ascii_lowercase());
        if !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()) {
            asked.push((line, Vec::new()));
        } else if let Some((_, lines)) = asked.last_mut() {
            lines.push(line.trim());
        }
    }
    assert!(asked.len() > 20, "{text}");
    for (question, lines) in &asked {
        assert!(lines.contains(&"[ ] Not sure"), "{question}: {lines:?}");
    }
    let private = |lines: &Vec<&str>| lines.contains(&"[ ] I prefer not to say");
    assert!(asked.iter().any(|(_, lines)| private(lines)), "{text}");
}
