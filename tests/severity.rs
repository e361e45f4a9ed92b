//! What counts as less severe, as whoever runs the program sees it: verdicts that do
//! not depend on an open answer, and versions of the rules compared.

mod program;

use std::fs;
use std::path::Path;

const HEAD: &str = "\
format: candidacy/1
pack: {id: demo, version: 1.0.0, title: Demonstration, status: draft, owner: Dr A. Example, review_by: 2040-06-30}
sources:
  - {id: P4, cite: Example clinic protocol 4, publisher: Example, year: 2026, url: \"https://example.org/p4\", strength: opinion}
";

/// Two answers refuse, and there is no third; what else is asked refuses by half.
const WHICHEVER: &str = "\
questions:
  - id: skin
    ask: How is the skin?
    type: choice
    options: [{id: thin, text: It is thin}, {id: torn, text: It is torn}]
  - {id: tan, ask: Are you tanned?, type: yes-no}
  - {id: burn, ask: Were you burnt?, type: yes-no, ask_when: tan is yes}
  - {id: depth, ask: How deep?, type: number, unit: mm, range: 0.1 to 3}
rules:
  - {id: thin, grade: absolute, when: skin is thin, why: Thin skin tears., sources: [P4]}
  - {id: torn, grade: absolute, when: skin is torn, why: Torn skin bleeds., sources: [P4]}
  - {id: burnt, grade: absolute, when: burn is yes, why: Burnt skin., sources: [P4]}
  - {id: not-burnt, grade: absolute, when: {all: [tan is yes, burn is no]}, why: Tanned skin., sources: [P4]}
  - {id: deep, grade: relative, when: depth over 1 mm, why: Deep., sources: [P4]}
  - {id: shallow, grade: relative, if_unsure: precaution, when: depth at most 1 mm, why: Shallow., sources: [P4]}
";

struct Folder(tempfile::TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect("a file");
        }
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// What the program prints, on both ways, and how it ends.
    fn run(&self, arguments: &[&str]) -> (String, Option<i32>) {
        let ran = program::candidacy(self.path(), arguments)
            .env("NO_COLOR", "1")
            .output()
            .expect("the program runs");
        let said = String::from_utf8_lossy(&ran.stdout).into_owned()
            + &String::from_utf8_lossy(&ran.stderr);
        (said, ran.status.code())
    }
}

#[track_caller]
fn says(said: &str, parts: &[&str]) {
    for part in parts {
        assert!(said.contains(part), "no {part:?} in\n{said}");
    }
}

fn pack(rest: &str) -> String {
    format!("{HEAD}{rest}")
}

fn screened(rest: &str, given: &[&str]) -> serde_json::Value {
    let folder = Folder::with(&[("p.yaml", &pack(rest))]);
    let mut arguments = vec!["screen", "--rules", "p.yaml", "--format", "json"];
    for one in given {
        arguments.extend(["--set", one]);
    }
    let (said, code) = folder.run(&arguments);
    assert_eq!(code, Some(0), "{said}");
    serde_json::from_str(&said).expect("JSON")
}

#[test]
fn no_verdict_is_less_severe_than_every_complete_answer() {
    #[track_caller]
    fn case(given: &[&str], verdict: &str, range: (&str, &str), whichever: &[&str]) {
        let seen = screened(WHICHEVER, given);
        assert_eq!(seen["verdict"], verdict, "{given:?}");
        assert_eq!(seen["range"]["best"], range.0, "{given:?}");
        assert_eq!(seen["range"]["worst"], range.1, "{given:?}");
        assert_eq!(seen["range"]["exact"], true, "{given:?}");
        assert_eq!(seen["whichever"], serde_json::json!(whichever), "{given:?}");
        assert_eq!(seen["timeline"][0]["verdict"], verdict, "{given:?}");
    }

    let refused = ("not-eligible", "not-eligible");
    let rest = ["tan=no", "depth=1"];
    for open in ["skin=not sure", "skin=declined", "skin="] {
        case(
            &[&[open], &rest[..]].concat(),
            "not-eligible",
            refused,
            &["skin"],
        );
    }
    // By way of a gate: tanned and burnt, or tanned and not.
    let burnt = ["tan=yes", "burn=not sure", "depth=1"];
    case(
        &[&["skin=not sure"], &burnt[..]].concat(),
        "not-eligible",
        refused,
        &["skin", "burn"],
    );
    // One answer more, and nothing is left to be said so.
    case(
        &["skin=thin", "tan=no", "depth=1"],
        "not-eligible",
        refused,
        &[],
    );
}

#[test]
fn whichever_it_is_may_lead_to_any_verdict() {
    let depth = "\
questions:
  - {id: depth, ask: How deep?, type: number, unit: mm, range: 0.1 to 3}
  - {id: tan, ask: Are you tanned?, type: yes-no}
rules:
  - {id: deep, grade: relative, if_unsure: precaution, when: depth over 1 mm, why: Deep., sources: [P4]}
  - {id: shallow, grade: temporary, if_unsure: precaution, clears: later, when: depth at most 1 mm, why: Shallow., sources: [P4]}
  - {id: tan, grade: precaution, when: tan is yes, why: Tan., sources: [P4]}
";
    let seen = screened(depth, &["depth=not sure", "tan=yes"]);
    assert_eq!(seen["verdict"], "deferred");
    assert_eq!(seen["range"]["best"], "deferred");
    assert_eq!(seen["eligible_from"], serde_json::Value::Null);
    // The other options leave a way out.
    let seen = screened(depth, &["depth=0.5", "tan=yes"]);
    assert_eq!(seen["verdict"], "deferred");
}

#[test]
fn every_form_says_that_it_does_not_matter_which() {
    let folder = Folder::with(&[("p.yaml", &pack(WHICHEVER))]);
    let given = [
        "--set",
        "skin=not sure",
        "--set",
        "tan=no",
        "--set",
        "depth=1",
    ];
    for (format, part) in [
        (
            "text",
            "Not known: How is the skin? Every possible answer leads to the verdict not eligible.",
        ),
        (
            "markdown",
            "Not known: How is the skin? Every possible answer leads to the verdict not eligible.",
        ),
        (
            "note",
            "Not known: How is the skin? Every possible answer leads to the verdict not eligible.",
        ),
    ] {
        let arguments = [
            &["screen", "--rules", "p.yaml", "--format", format],
            &given[..],
        ]
        .concat();
        let (said, code) = folder.run(&arguments);
        assert_eq!(code, Some(0), "{said}");
        says(
            &said.split_whitespace().collect::<Vec<_>>().join(" "),
            &[part],
        );
        assert!(!said.contains("Not settled"), "{said}");
    }
    let arguments = [
        &["screen", "--rules", "p.yaml", "--print", "page.md"],
        &given[..],
    ]
    .concat();
    let (said, code) = folder.run(&arguments);
    assert_eq!(code, Some(0), "{said}");
    let page = fs::read_to_string(folder.path().join("page.md")).expect("the page");
    says(&page, &["every possible answer leads to the same result"]);
}

/// Tables are read by what is remembered of rows before, JSONL row by row.
#[test]
fn tables_say_the_same_as_single_patients() {
    let mut table = String::from("skin,tan,burn,depth\n");
    for skin in ["thin", "not sure", ""] {
        for tan in ["yes", "no", "not sure", ""] {
            for burn in ["yes", "no", "not sure", ""] {
                for depth in ["0.5", "2", "?"] {
                    table += &format!("{skin},{tan},{burn},{depth}\n");
                }
            }
        }
    }
    let skin_is_fine = WHICHEVER.replace("skin is torn,", "skin is torn, if_unsure: absolute,");
    let third = WHICHEVER.replace(
        "{id: torn, text: It is torn}",
        "{id: torn, text: It is torn}, {id: well, text: It is well}",
    );
    for rest in [WHICHEVER, &skin_is_fine, &third] {
        let folder = Folder::with(&[("p.yaml", &pack(rest)), ("t.csv", &table)]);
        let batch = |format: &str| {
            let (said, code) = folder.run(&[
                "batch", "t.csv", "--rules", "p.yaml", "--format", format, "-o", "out",
            ]);
            assert_eq!(code, Some(0), "{said}");
            let written = fs::read_to_string(folder.path().join("out")).expect("the table");
            fs::remove_file(folder.path().join("out")).expect("gone");
            written
        };
        let csv = batch("csv");
        let rows: Vec<&str> = csv
            .lines()
            .skip(1)
            .map(|row| row.split(',').nth(4).expect("a cell"))
            .collect();
        let jsonl = batch("jsonl");
        let lines: Vec<serde_json::Value> = jsonl
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect();
        let singly: Vec<&str> = lines
            .iter()
            .map(|line| line["verdict"].as_str().expect("a word"))
            .collect();
        assert_eq!(rows, singly);
        assert_eq!(rows.len(), 144);
        let refused = |row: &&&str| **row == "not-eligible";
        let expected = if rest == third { 48 + 64 } else { 144 };
        assert!(
            rows.iter().filter(refused).count() >= expected.min(48),
            "{rows:?}"
        );
        for line in &lines {
            let order = [
                "eligible",
                "eligible-with-precautions",
                "deferred",
                "dermatologist-review",
                "not-eligible",
            ];
            let place = |word: &serde_json::Value| {
                order.iter().position(|one| word == one).expect("a verdict")
            };
            assert!(
                place(&line["verdict"]) >= place(&line["range"]["best"]),
                "{line}"
            );
        }
    }
}

const WAITS: &str = "\
settings: {peel_wait: 28 days}
questions:
  - {id: peel, ask: When was your last peel?, type: event}
  - {id: keloid, ask: Have you ever had a keloid?, type: yes-no}
rules:
  - {id: peel, grade: temporary, when: peel within peel_wait, why: Peeled skin., sources: [P4]}
  - {id: keloid, grade: absolute, when: keloid is yes, why: Keloids., sources: [P4]}
personas: [{id: well, answers: {peel: never, keloid: no}}]
always:
  - {claim: a keloid is refused, if: keloid is yes, verdict: not-eligible}
";

const OVER: &str = "\
format: candidacy/1
extends: base.yaml
pack: {id: over, version: 2.0.0, title: Over, status: draft, owner: Dr A. Example, review_by: 2040-06-30}
";

fn over(rest: &str) -> Folder {
    Folder::with(&[
        ("base.yaml", &pack(WAITS)),
        ("over.yaml", &format!("{OVER}{rest}")),
    ])
}

#[test]
fn an_overlay_alone_is_the_version_after_and_its_base_the_version_before() {
    let folder =
        over("change: [{rule: peel, grade: relative, why: Here the doctor looks., advice: []}]\n");
    let (alone, code) = folder.run(&["rules", "diff", "over.yaml", "--forbid-milder"]);
    assert_eq!(code, Some(0), "{alone}");
    says(
        &alone,
        &[
            "before: base.yaml (demo 1.0.0), which it extends\n",
            "after:  over.yaml (over 2.0.0)\n",
            "more severe: some patients get `dermatologist-review` instead of `deferred`",
        ],
    );
    assert!(!alone.contains("LESS SEVERE"), "{alone}");
    let (both, _) = folder.run(&["rules", "diff", "base.yaml", "over.yaml"]);
    assert_eq!(
        both.lines().skip(2).collect::<Vec<_>>(),
        alone.lines().skip(2).collect::<Vec<_>>()
    );
    let (back, code) = folder.run(&["rules", "diff", "over.yaml", "base.yaml", "--forbid-milder"]);
    assert_eq!(code, Some(3), "{back}");
    says(
        &back,
        &["LESS SEVERE: some patients get `deferred` instead of `dermatologist-review`"],
    );
    // Any other pack is compared with the chosen rules.
    let (chosen, _) = folder.run(&["rules", "diff", "over.yaml", "--rules", "base.yaml"]);
    says(
        &chosen,
        &[
            "before: base.yaml (demo 1.0.0)\n",
            "after:  over.yaml (over 2.0.0)\n",
        ],
    );
    let (alone, _) = folder.run(&["rules", "diff", "base.yaml", "--rules", "over.yaml"]);
    says(
        &alone,
        &[
            "before: over.yaml (over 2.0.0)\n",
            "after:  base.yaml (demo 1.0.0)\n",
        ],
    );
}

/// A vague day that was perhaps within the wait, and now surely is.
#[test]
fn what_was_undecided_and_is_decided_now_is_settled() {
    let folder = over("settings: {peel_wait: 90 days}\n");
    let (said, code) = folder.run(&["rules", "diff", "over.yaml", "--forbid-milder"]);
    assert_eq!(code, Some(0), "{said}");
    says(
        &said,
        &[
            "settled: some patients who leave an answer open get `deferred` instead of `dermatologist-review`",
            "No patient gets a less severe verdict than before; some get a more severe one.\n",
            "Decided now: these patients were sent to the dermatologist only because an answer was not known",
        ],
    );
    assert!(!said.contains("claims that are gone"), "{said}");
    assert!(!said.contains("No patient gets another verdict"), "{said}");
    let (proved, code) = folder.run(&["rules", "prove", "over.yaml"]);
    assert_eq!(code, Some(0), "{proved}");
    says(
        &proved,
        &[
            "proved  no patient gets a less severe verdict than with the base rules, except through `relax`\n        decided now, because what was not known no longer matters: `deferred` for `dermatologist-review`\n",
        ],
    );
}

/// A rule that is still undecided and counts for less is not settled.
#[test]
fn what_stays_undecided_and_counts_for_less_is_less_severe() {
    let weaker = WAITS.replace(
        "when: peel within",
        "if_unsure: temporary, when: peel within",
    );
    let folder = Folder::with(&[("a.yaml", &pack(WAITS)), ("b.yaml", &pack(&weaker))]);
    let (said, code) = folder.run(&["rules", "diff", "a.yaml", "b.yaml", "--forbid-milder"]);
    assert_eq!(code, Some(3), "{said}");
    says(
        &said,
        &[
            "LESS SEVERE: some patients who leave an answer open get `deferred` instead of `dermatologist-review`",
        ],
    );
}

/// Another rule defers the patient in both versions; what was undecided could refuse.
#[test]
fn an_undecided_refusal_that_counts_for_less_is_less_severe_beside_another_rule() {
    let weaker = WAITS.replace(
        "when: keloid is yes",
        "if_unsure: temporary, when: keloid is yes",
    );
    let folder = Folder::with(&[
        ("a.yaml", &pack(WAITS)),
        ("b.yaml", &pack(&weaker)),
        ("t.csv", "peel,keloid\n2026-11-10,not sure\n"),
    ]);
    let (said, code) = folder.run(&[
        "rules",
        "diff",
        "a.yaml",
        "b.yaml",
        "--patients",
        "t.csv",
        "--as-of",
        "2026-11-20",
        "--forbid-milder",
    ]);
    assert_eq!(code, Some(3), "{said}");
    says(
        &said,
        &["1 LESS SEVERE: `deferred` instead of `dermatologist-review`: line 2"],
    );
}

#[test]
fn counts_name_the_day_they_are_for() {
    let later = WAITS.replace(
        "when: keloid is yes,",
        "when: keloid is yes, to: 2030-12-31,",
    );
    let folder = Folder::with(&[("a.yaml", &pack(WAITS)), ("b.yaml", &pack(&later))]);
    let (said, _) = folder.run(&["rules", "diff", "a.yaml", "b.yaml"]);
    says(
        &said,
        &[
            "; 0 of these are decided otherwise on that day\n",
            "LESS SEVERE: some patients get `eligible` instead of `not-eligible`, for example on 2031-01-01",
        ],
    );
    assert!(said.lines().any(|line| line.starts_with("on 20")), "{said}");
}
