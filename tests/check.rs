//! `rules check` in the forms for programs: JSON, SARIF and GitHub annotations;
//! and when it ends with 3.

mod program;

use std::path::Path;

use program::{Ended, candidacy, run};
use serde_json::Value;

/// A pack with one warning that goes to two places.
const WARNED: &str = "tests/warned/never_decides.yaml";
/// A pack that cannot be used.
const BAD: &str = "tests/bad/places/many_mistakes.yaml";

fn check(words: &[&str]) -> Ended {
    let words: Vec<&str> = ["rules", "check"].iter().chain(words).copied().collect();
    run(&mut candidacy(
        Path::new(env!("CARGO_MANIFEST_DIR")),
        &words,
    ))
}

/// What one form tells, held against the snapshot of this name.
fn snapshot(name: &str, told: &str) {
    insta::with_settings!({
        snapshot_path => "check",
        prepend_module_to_snapshot => false,
        omit_expression => true,
        filters => vec![(r"[0-9a-f]{64}", "(fingerprint)"), (r"candidacy \d+\.\d+\.\d+", "candidacy (version)"),
                        (r#""version": "\d+\.\d+\.\d+""#, r#""version": "(version)""#)],
    }, {
        insta::assert_snapshot!(name, told);
    });
}

/// A folder with the pack that has a warning and a case that fails.
fn failing() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let text = std::fs::read_to_string(WARNED).expect("a pack");
    let case = "cases:\n  - {name: \"eczema: 100 %, passes\", like: well, as_of: 2026-11-20, given: {skin: eczema}, expect: {verdict: eligible}}\n";
    std::fs::write(folder.path().join("pack.yaml"), text + case).expect("a file");
    folder
}

#[test]
fn every_format_has_the_same_content() {
    for form in ["json", "sarif", "github"] {
        for (name, path) in [("warned", WARNED), ("bad", BAD)] {
            let ended = check(&[path, "--format", form, "--as-of", "2026-11-20"]);
            assert_eq!(ended.err, "", "{form}: all of it on standard output");
            assert_eq!(ended.code, if path == BAD { 3 } else { 0 }, "{form}");
            snapshot(&format!("{form}-{name}"), &ended.out);
        }
    }
}

#[test]
fn a_case_that_does_not_hold_is_among_the_findings() {
    let folder = failing();
    for form in ["json", "sarif", "github"] {
        let words = ["rules", "check", "pack.yaml", "--format", form];
        let ended = run(&mut candidacy(folder.path(), &words));
        assert_eq!((ended.code, ended.err.as_str()), (3, ""), "{form}");
        assert!(
            ended
                .out
                .contains("expected eligible, came out dermatologist-review")
        );
        assert!(ended.out.contains("never-decides"), "beside the warning");
    }
    let words = ["rules", "check", "pack.yaml", "--format", "github"];
    let lines = run(&mut candidacy(folder.path(), &words)).out;
    let line = lines.lines().last().expect("a line");
    assert!(
        line.starts_with("::error file=pack.yaml,line=") && line.contains("100 %25, passes"),
        "{line}"
    );
    assert_eq!(lines.lines().count(), 2, "one line each: {lines}");
}

#[test]
fn warnings_end_with_3_only_where_they_are_denied() {
    let day = ["--as-of", "2026-11-20"];
    let ends = |words: &[&str]| {
        let ended = check(&[words, &day].concat());
        (ended.code, ended.err.contains("warning[never-decides]"))
    };
    assert_eq!(ends(&[WARNED]), (0, true));
    assert_eq!(ends(&[WARNED, "--deny-warnings"]), (3, true));
    for form in ["json", "sarif", "github"] {
        assert_eq!(ends(&[WARNED, "--format", form]), (0, false));
        assert_eq!(
            ends(&[WARNED, "--format", form, "--deny-warnings"]),
            (3, false)
        );
    }
    let well = check(&[
        "tests/cli/small.yaml",
        "--deny-warnings",
        "--as-of",
        "2026-11-20",
    ]);
    assert_eq!((well.code, well.err.as_str()), (0, ""));
}

/// The day taken for today decides about reviews, and about nothing in a case.
#[test]
fn a_review_is_overdue_the_day_after() {
    let on = |day: &str| check(&["tests/cli/small.yaml", "--deny-warnings", "--as-of", day]);
    assert_eq!(on("2027-06-30").code, 0);
    let late = on("2027-07-01");
    assert_eq!(late.code, 3);
    assert!(late.err.contains("warning[review-overdue]"), "{}", late.err);
    assert!(
        late.out
            .contains("no problems, 1 warning, every case passes")
    );
}

#[test]
fn the_json_is_as_the_manual_says() {
    let ended = check(&[WARNED, "--format", "json", "--as-of", "2026-11-20"]);
    let told: Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!(told["schema_version"], 1);
    let chapter = std::fs::read_to_string("docs/checking.md").expect("the chapter");
    let mut fields = Vec::new();
    names(&told, &mut fields);
    assert!(fields.len() > 20, "{fields:?}");
    for field in fields {
        assert!(
            chapter.contains(&format!("`{field}`")),
            "the manual lacks {field}"
        );
    }
}

fn names(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            for (name, value) in entries {
                found.push(name.clone());
                names(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, found)),
        _ => {}
    }
}

/// What the schema of SARIF 2.1.0 requires, and what GitHub's upload does.
#[test]
fn the_sarif_has_what_is_required() {
    let folder = failing();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (inside, path) in [
        (here, WARNED),
        (here, BAD),
        (here, "tests/cli/small.yaml"),
        (folder.path(), "pack.yaml"),
    ] {
        let ended = run(&mut candidacy(
            inside,
            &["rules", "check", path, "--format", "sarif"],
        ));
        let log: Value = serde_json::from_str(&ended.out).expect("JSON");
        assert_eq!(log["version"], "2.1.0");
        assert!(
            log["$schema"]
                .as_str()
                .is_some_and(|schema| schema.contains("sarif-2.1.0"))
        );
        let run = &log["runs"][0];
        let driver = &run["tool"]["driver"];
        assert_eq!(driver["name"], "candidacy");
        let kinds = driver["rules"].as_array().expect("rules");
        let results = run["results"].as_array().expect("results");
        assert_eq!(results.is_empty(), path.ends_with("small.yaml"));
        for result in results {
            let kind = result["ruleIndex"].as_u64().expect("a number");
            let kind = &kinds[usize::try_from(kind).expect("small")];
            assert_eq!(kind["id"], result["ruleId"]);
            assert!(kind["shortDescription"]["text"].is_string());
            assert!(["error", "warning"].contains(&result["level"].as_str().expect("a word")));
            assert!(
                result["message"]["text"]
                    .as_str()
                    .is_some_and(|text| !text.is_empty())
            );
            let related = result["relatedLocations"].as_array();
            let places = result["locations"].as_array().expect("locations");
            for place in places.iter().chain(related.into_iter().flatten()) {
                let place = &place["physicalLocation"];
                assert!(place["artifactLocation"]["uri"].is_string());
                let region = &place["region"];
                let number = |key: &str| region[key].as_u64().expect("a number");
                let start = (number("startLine"), number("startColumn"));
                assert!(start >= (1, 1) && (number("endLine"), number("endColumn")) >= start);
            }
        }
    }
}

/// A topic or a file of cases is checked with the pack around it, wherever the check is started.
#[test]
fn a_file_of_a_pack_is_checked_with_its_pack() {
    #[track_caller]
    fn case(folder: &str, path: &str) {
        let words = ["rules", "check", path, "--as-of", "2026-11-20"];
        let ended = run(&mut candidacy(Path::new(folder), &words));
        assert_eq!(
            ended.code,
            0,
            "{}",
            ended.err.lines().take(3).collect::<String>()
        );
        assert!(ended.out.contains("every case passes"), "{}", ended.out);
    }

    case(".", "rules/microneedling/health.yaml");
    case(".", "rules/microneedling/cases/health.yaml");
    case("rules/microneedling", "pack.yaml");
    case("rules/microneedling/cases", "health.yaml");
    case("rules/examples", "studio.yaml");
}
