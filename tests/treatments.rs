//! A pack about another treatment: nothing that the program writes speaks of microneedling, and the word for the
//! specialist is the pack's.

mod program;

use std::fs;
use std::path::Path;

use program::{Ended, candidacy, run};
use tempfile::TempDir;

/// The folder with a pack about hair removal, which names a specialist of its own.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let procedure = "laser hair removal";
    let words = [
        "rules",
        "init",
        "laser",
        "--empty",
        "--procedure",
        procedure,
    ];
    assert_eq!(run(&mut candidacy(folder.path(), &words)).code, 0);
    let path = folder.path().join("laser/pack.yaml");
    let head = fs::read_to_string(&path).expect("the head");
    assert!(head.contains("procedure: \"laser hair removal\""), "{head}");
    assert!(head.contains("\"Laser hair removal, before the first appointment\""));
    let head = head.replace(
        "  procedure:",
        "  specialist: plastic surgeon\n  procedure:",
    );
    let head = head.replace("  - verdict: always\n    text: This is a pre-screening, not a diagnosis. Ask a dermatologist when in doubt.\n", "  - verdict: always\n    text: This is a pre-screening, not a diagnosis.\n");
    fs::write(&path, head).expect("the head");
    let clinic = "{name: Example Clinic, phone: 020 7946 0000}\n";
    fs::write(folder.path().join("clinic.yaml"), clinic).expect("a file");
    folder
}

fn says(folder: &Path, words: &[&str]) -> Ended {
    let words: Vec<&str> = ["--rules", "laser"].iter().chain(words).copied().collect();
    let ended = run(&mut candidacy(folder, &words));
    assert_eq!(ended.code, 0, "{words:?}: {}", ended.err);
    ended
}

#[track_caller]
fn names_no_other_treatment(text: &str, what: &str) {
    assert!(!text.to_lowercase().contains("needl"), "{what}: {text}");
}

const PATIENTS: [[&str; 6]; 4] = [
    [
        "--set",
        "acne=clear",
        "--set",
        "peel=never",
        "--set",
        "doctor_agreed=yes",
    ],
    [
        "--set",
        "acne=inflamed",
        "--set",
        "peel=never",
        "--set",
        "doctor_agreed=yes",
    ],
    [
        "--set",
        "acne=not sure",
        "--set",
        "peel=never",
        "--set",
        "doctor_agreed=yes",
    ],
    [
        "--set",
        "acne=clear",
        "--set",
        "peel=2026-11-10",
        "--set",
        "doctor_agreed=yes",
    ],
];

#[test]
fn no_report_speaks_of_microneedling() {
    let folder = folder();
    for patient in PATIENTS {
        for form in [
            "text",
            "json",
            "markdown",
            "html",
            "note",
            "fhir",
            "cds-hooks",
        ] {
            for view in ["desk", "clinician"] {
                let mut words = vec![
                    "screen",
                    "--as-of",
                    "2026-11-20",
                    "--format",
                    form,
                    "--view",
                    view,
                ];
                words.extend(patient);
                names_no_other_treatment(&says(folder.path(), &words).out, form);
            }
        }
        let mut words = vec![
            "screen",
            "--as-of",
            "2026-11-20",
            "--force",
            "--clinic",
            "clinic.yaml",
        ];
        words.extend(["--print", "page.html"]);
        if patient[3] == "peel=2026-11-10" {
            words.extend(["--calendar", "wait.ics"]);
        }
        words.extend(patient);
        says(folder.path(), &words);
        let page = fs::read_to_string(folder.path().join("page.html")).expect("the page");
        names_no_other_treatment(&page, "page");
        assert!(page.contains("laser hair removal"), "{page}");
    }
    let calendar = fs::read_to_string(folder.path().join("wait.ics")).expect("the calendar");
    names_no_other_treatment(&calendar, "calendar");
}

#[test]
fn no_other_command_does() {
    let folder = folder();
    for words in [
        &["questionnaire"][..],
        &["questionnaire", "--format", "html"],
        &["questionnaire", "--format", "fhir"],
        &["questionnaire", "--format", "redcap"],
        &["template"],
        &["info"],
        &["rules", "doc", "--format", "markdown"],
        &["rules", "check", "--as-of", "2026-11-20"],
        &["rules", "test"],
        &["rules", "prove"],
        &["rules", "show", "acne"],
    ] {
        names_no_other_treatment(&says(folder.path(), words).out, &words.join(" "));
    }
}

#[test]
fn the_specialist_is_the_one_of_the_pack() {
    let folder = folder();
    for patient in PATIENTS {
        for form in ["text", "markdown", "html", "json"] {
            let mut words = vec!["screen", "--as-of", "2026-11-20", "--format", form];
            words.extend(patient);
            let told = says(folder.path(), &words).out;
            assert!(told.contains("Consult a plastic surgeon"), "{form}: {told}");
            let told = told.replace("dermatologist-review", "").to_lowercase();
            assert!(!told.contains("a dermatologist"), "{form}: {told}");
        }
    }
}

#[test]
fn built_in_packs_are_listed_and_chosen() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |words: &[&str]| run(&mut candidacy(folder.path(), words));
    let listed = run(&["packs"]);
    let lines: Vec<&str> = listed.out.lines().collect();
    assert!(
        lines[0].starts_with("microneedling     Cosmetic microneedling"),
        "{lines:?}"
    );
    assert!(
        lines[0].ends_with("draft, used when none is named)"),
        "{lines:?}"
    );
    assert_eq!(
        lines[2],
        "chemical-peel     Chemical peel, before the first appointment (0.1.0, draft)"
    );
    let json: serde_json::Value =
        serde_json::from_str(&run(&["packs", "--format", "json"]).out).expect("JSON");
    assert_eq!(json[2]["id"], "chemical-peel");
    assert_eq!(json[0]["default"], true);

    let unknown = run(&["template", "--pack", "chemical-peal"]);
    assert_eq!(unknown.code, 2);
    for words in [
        "possible values: microneedling, rf-microneedling, chemical-peel",
        "'chemical-peel'",
    ] {
        assert!(unknown.err.contains(words), "{}", unknown.err);
    }

    let columns = run(&["--pack", "chemical-peel", "template"]).out;
    assert!(columns.contains("peel_depth"), "{columns}");
    let both = run(&["template", "--pack", "chemical-peel", "--rules", "x.yaml"]);
    assert_eq!(both.code, 2);

    let script = run(&["completions", "bash"]).out;
    assert!(
        script.contains("rf-microneedling chemical-peel"),
        "{script}"
    );
}
