//! `rules prove`, `rules test --coverage` and `--mutate`, `rules diff` and
//! `rules show`, as their author sees them.

mod program;

use std::fs;
use std::path::Path;

const PACK: &str = "\
format: candidacy/1
pack: {id: demo, version: 1.0.0, title: Demonstration, status: draft, owner: Dr A. Example, review_by: 2040-06-30}
sources:
  - {id: P4, cite: Example clinic protocol 4, publisher: Example, year: 2026, url: \"https://example.org/p4\", strength: opinion}
questions:
  - {id: isotretinoin, ask: Have you taken isotretinoin capsules?, type: course}
  - {id: keloid, ask: Have you ever had a keloid?, type: yes-no}
rules:
  - id: isotretinoin
    grade: temporary
    when: isotretinoin ongoing or ended within 6 months
    why: Skin may heal differently for some months.
    sources: [P4]
  - {id: keloid, grade: absolute, when: keloid is yes, why: Keloids come back., sources: [P4]}
personas: [{id: well, answers: {isotretinoin: never, keloid: no}}]
cases:
  - {name: on it, like: well, as_of: 2026-11-20, given: {isotretinoin: ongoing}, expect: {verdict: deferred, because: [isotretinoin]}}
always:
  - {claim: nobody on isotretinoin passes, if: isotretinoin ongoing, verdict: at least deferred}
  - {claim: nobody who ever took it passes, if: isotretinoin ever, verdict: at least deferred}
";

/// What the program prints and how it ends.
fn run(arguments: &[&str]) -> (String, Option<i32>) {
    let ran = program::candidacy(Path::new(env!("CARGO_MANIFEST_DIR")), arguments)
        .env("NO_COLOR", "1")
        .output()
        .expect("the program runs");
    let said =
        String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
    (said, ran.status.code())
}

fn pack(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).expect("a file");
    path.to_string_lossy().into_owned()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

#[track_caller]
fn says(said: &str, parts: &[&str]) {
    for part in parts {
        assert!(said.contains(part), "no {part:?} in\n{said}");
    }
}

#[test]
fn every_claim_of_the_built_in_rules_is_proved() {
    let (said, code) = run(&["rules", "prove"]);
    assert_eq!(code, Some(0), "{said}");
    says(
        &said,
        &[
            "unknown never passes",
            "every one is true for every patient",
        ],
    );
}

#[test]
fn a_claim_that_fails_shows_a_patient() {
    let folder = folder();
    let (said, code) = run(&["rules", "prove", &pack(folder.path(), "p.yaml", PACK)]);
    assert_eq!(code, Some(3), "{said}");
    says(
        &said,
        &[
            "proved  nobody on isotretinoin passes",
            "FAILS   nobody who ever took it passes\n        at ",
            "p.yaml:20\n",
            "this patient gets `eligible`, which is less severe than `deferred`",
            "isotretinoin: ended ",
            "every other answer is that of the persona `well`",
            "- {name: nobody who ever took it passes, like: well, as_of: ",
            "expect: {verdict: at least deferred}}",
            "5 claims, 3 of them checked for every pack: 1 fails",
        ],
    );
}

/// The pack in a folder, with its cases and claims in a file of their own.
fn pack_with_cases(folder: &Path) -> (String, String) {
    let (head, cases) = PACK.split_once("cases:\n").expect("cases");
    fs::create_dir_all(folder.join("cases")).expect("a folder");
    pack(folder, "pack.yaml", head);
    let cases = pack(
        &folder.join("cases"),
        "cases.yaml",
        &format!("# Kept.\ncases:\n{cases}"),
    );
    (folder.to_string_lossy().into_owned(), cases)
}

#[test]
fn who_a_claim_fails_for_becomes_a_case_that_fails_until_the_rules_are_mended() {
    let folder = folder();
    let (path, cases) = pack_with_cases(folder.path());
    let before = fs::read_to_string(&cases).expect("the cases");
    let found = folder.path().join("cases/claims.yaml");
    let found = found.to_string_lossy().into_owned();
    let (said, code) = run(&["rules", "prove", &path, "--write", &found]);
    assert_eq!(code, Some(3), "{said}");
    says(&said, &["1 case written to "]);
    assert_eq!(fs::read_to_string(&cases).expect("the cases"), before);
    let (said, code) = run(&["rules", "test", &path]);
    assert_eq!(code, Some(3), "{said}");
    says(
        &said,
        &[
            "FAILED nobody who ever took it passes",
            "verdict       expected at least deferred",
            "came out eligible",
            "1 case fails",
        ],
    );
    let mended = PACK
        .split_once("cases:\n")
        .expect("cases")
        .0
        .replace(
            "isotretinoin ongoing or ended within 6 months",
            "isotretinoin ever",
        )
        .replace(
            "    why: Skin may",
            "    clears: once a doctor has looked\n    why: Skin may",
        );
    pack(folder.path(), "pack.yaml", &mended);
    let (said, code) = run(&["rules", "test", &path]);
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn cases_are_never_written_into_what_is_there() {
    let (rules, folder) = (folder(), folder());
    let (path, cases) = pack_with_cases(rules.path());
    let refused = |file: &str| {
        let (said, code) = run(&["rules", "prove", &path, "--write", file]);
        assert_eq!(code, Some(1), "{said}");
        says(
            &said,
            &["there is a file of that name already", "name a new file"],
        );
        let (said, code) = run(&["rules", "test", &path, "--mutate", "--write", file]);
        assert_eq!(code, Some(1), "{said}");
        says(&said, &["there is a file of that name already"]);
    };
    let kept = |file: &str| {
        let before = fs::read(file).expect("the file");
        refused(file);
        assert_eq!(fs::read(file).expect("the file"), before, "{file}");
    };
    kept(&cases);
    kept(&pack(folder.path(), "empty.yaml", ""));
    kept(&pack(folder.path(), "notes.txt", "Ring the laboratory.\n"));
    refused(&folder.path().to_string_lossy());
    #[cfg(unix)]
    {
        let link = folder.path().join("link.yaml");
        let nowhere = folder.path().join("nowhere.yaml");
        std::os::unix::fs::symlink(&nowhere, &link).expect("a link");
        refused(&link.to_string_lossy());
        assert!(link.is_symlink() && !nowhere.exists());
    }
}

#[test]
fn a_rule_that_lets_the_unknown_pass_is_found() {
    let folder = folder();
    let lax = PACK.replace(
        "when: keloid is yes,",
        "when: keloid is yes, if_unsure: precaution,",
    );
    let (said, code) = run(&["rules", "prove", &pack(folder.path(), "p.yaml", &lax)]);
    assert_eq!(code, Some(3));
    says(
        &said,
        &[
            "FAILS   unknown never passes",
            "because of `if_unsure: precaution` of the rule `keloid` (",
            "p.yaml:14): without it, the rule counts as `relative` while undecided",
            "keloid: not sure",
            "while the rule `keloid` is undecided",
        ],
    );
}

#[test]
fn an_if_unsure_that_is_the_reason_is_named_with_its_place() {
    let folder = folder();
    let strict = PACK.replace(
        "grade: absolute, when: keloid is yes,",
        "grade: relative, when: keloid is yes, if_unsure: absolute,",
    ) + "  - {claim: a doctor may decide, if: isotretinoin ongoing, verdict: at most dermatologist-review}\n  - {claim: nobody is both, if: [isotretinoin ongoing, not isotretinoin ever], verdict: at least deferred}\n";
    let (said, code) = run(&["rules", "prove", &pack(folder.path(), "p.yaml", &strict)]);
    assert_eq!(code, Some(3));
    says(
        &said,
        &[
            "FAILS   a doctor may decide\n        at ",
            "p.yaml:21\n        because of `if_unsure: absolute` of the rule `keloid` (",
            "p.yaml:14): without it, the rule counts as `relative` while undecided",
            "proved  nobody is both\n        at ",
            "p.yaml:22\n        but no patient can match its `if`",
        ],
    );
    assert_eq!(said.matches("because of").count(), 1, "{said}");
}

#[test]
fn no_other_rule_reveals_what_is_private() {
    let folder = folder();
    let secret = PACK.replace(
        "{id: keloid, grade: absolute,",
        "{id: keloid, private: true, grade: absolute,",
    ) + "";
    let twice = secret.replace(
        "personas:",
        "  - {id: scars, grade: precaution, when: keloid is yes, why: Scars., sources: [P4]}\npersonas:",
    );
    let (said, _) = run(&["rules", "prove", &pack(folder.path(), "one.yaml", &secret)]);
    says(&said, &["proved  private reasons never show"]);
    let (said, _) = run(&["rules", "prove", &pack(folder.path(), "two.yaml", &twice)]);
    says(
        &said,
        &[
            "error[private-answer]",
            "the rule `scars` shows at the desk the answer behind the private rule `keloid`",
        ],
    );
}

#[test]
fn rules_no_case_would_miss_are_named() {
    let folder = folder();
    let path = pack(folder.path(), "p.yaml", PACK);
    let (said, code) = run(&["rules", "test", &path, "--coverage"]);
    assert_eq!(code, Some(0));
    says(
        &said,
        &[
            "not covered no case fails without the rule `keloid`",
            "1 of 2 rules covered: 50 %",
        ],
    );
    assert_eq!(
        run(&["rules", "test", &path, "--coverage", "--threshold", "51"]).1,
        Some(3)
    );
    assert_eq!(
        run(&["rules", "test", "--coverage", "--threshold", "100"]).1,
        Some(0)
    );
}

/// The cases that are proposed hold, and leave nothing unnoticed.
#[test]
fn slips_no_case_notices_come_with_the_case_that_would() {
    let folder = folder();
    let path = pack(folder.path(), "p.yaml", PACK);
    let cases = folder
        .path()
        .join("cases.yaml")
        .to_string_lossy()
        .into_owned();
    let (said, code) = run(&["rules", "test", &path, "--mutate", "--write", &cases]);
    assert_eq!(code, Some(0), "{said}");
    says(
        &said,
        &[
            "6 months and a day instead of 6 months",
            "`relative` instead of `absolute`",
            " noticed: ",
        ],
    );
    let written = fs::read_to_string(&cases).expect("the cases");
    let more = written.split("cases:\n").nth(1).expect("cases");
    let better = PACK.replace("always:", &format!("{more}always:"));
    let better = pack(folder.path(), "better.yaml", &better);
    let (said, code) = run(&["rules", "test", &better, "--mutate", "--threshold", "100"]);
    assert_eq!(code, Some(0), "{said}");
    let (said, code) = run(&["rules", "test", &path, "--mutate", "--write", &cases]);
    assert_eq!(code, Some(1), "{said}");
    says(&said, &["there is a file of that name already"]);
    assert_eq!(fs::read_to_string(&cases).expect("the cases"), written);
}

#[test]
fn most_slips_in_the_built_in_rules_are_noticed() {
    let (said, code) = run(&["rules", "test", "--mutate", "--threshold", "98"]);
    assert_eq!(code, Some(0), "{said}");
    says(&said, &["changes in rules and questions noticed"]);
}

/// A rule of every shape, and none of its cases yet.
const SHAPES: &str = "\
format: candidacy/1
pack: {id: shapes, version: 1.0.0, title: Shapes, status: draft, owner: Dr A. Example, review_by: 2040-06-30}
sources:
  - {id: P4, cite: Example clinic protocol 4, publisher: Example, year: 2026, url: \"https://example.org/p4\", strength: opinion}
groups:
  - {id: thinner, members: [{name: apixaban, also: [eliquis]}, {name: heparin}]}
  - {id: heart, members: [{name: heparin}, {name: bisoprolol}]}
questions:
  - {id: fever, ask: Have you a fever?, type: yes-no}
  - {id: cough, ask: Have you a cough?, type: yes-no}
  - {id: cold, ask: Is it a cold?, type: yes-no, ask_when: cough is yes}
  - {id: smokes, ask: Do you smoke?, type: yes-no, optional: yes}
  - {id: medicines, ask: Which medicines do you take?, type: medicines}
rules:
  - {id: both, grade: relative, when: [fever is yes, cough is yes], why: Both., sources: [P4]}
  - {id: either, grade: precaution, when: {any: [fever is yes, cough is yes]}, unless: cold is yes, why: Either., sources: [P4]}
  - {id: cold, grade: temporary, when: cold is yes, clears: once it is over, why: A cold., sources: [P4]}
  - {id: season, grade: temporary, when: cough is yes, from: 2026-12-01, to: 2027-02-28, clears: in March, why: Winter., sources: [P4]}
  - {id: smokes, grade: precaution, when: smokes is yes, if_unsure: temporary, why: Smoke., sources: [P4]}
  - {id: thinner, grade: relative, when: medicines include thinner, why: Bleeding., sources: [P4]}
  - {id: heart, grade: precaution, when: medicines include heart, why: The heart., sources: [P4]}
personas: [{id: well, answers: {fever: no, cough: no, medicines: none}}]
cases:
  - {name: no to all, as_of: 2026-11-20, given: {fever: no, cough: no, cold: no, medicines: none}, expect: {verdict: eligible}}
";

#[test]
fn slips_of_every_kind_come_with_the_case_that_would_notice() {
    let folder = folder();
    let path = pack(folder.path(), "shapes.yaml", SHAPES);
    let cases = folder.path().join("found.txt");
    let file = cases.to_string_lossy().into_owned();
    let (said, code) = run(&["rules", "test", &path, "--mutate", "--write", &file]);
    assert_eq!(code, Some(0), "{said}");
    says(
        &said,
        &[
            "both: `fever is yes`: left out",
            "both: `fever is yes` and the condition beside it: `any` instead of `all`",
            "either: without its `unless`",
            "either: in its `unless`, `cold is yes`: yes and no swapped",
            "season: `from: 2026-11-30` instead",
            "season: `to: 2027-03-01` instead",
            "smokes: while undecided, `precaution` instead of `temporary`",
            "cold: without its `ask_when`",
            "cold: in its `ask_when`, `cough is yes`: yes and no swapped",
        ],
    );
    assert!(!said.contains("could be found for it"), "{said}");
    let written = fs::read_to_string(&cases).expect("the cases");
    let more = written.split("cases:\n").nth(1).expect("cases");
    let path = pack(folder.path(), "better.yaml", &format!("{SHAPES}{more}"));
    let (said, code) = run(&["rules", "test", &path, "--mutate", "--threshold", "100"]);
    assert_eq!(code, Some(0), "{said}");
    let (said, code) = run(&["rules", "test", &path]);
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn another_question_for_the_date_of_birth_is_named() {
    let folder = folder();
    let born = |birth: &str| {
        let asks =
            format!("questions:\n  - {{id: born, ask: When were you born?, type: date{birth}}}\n");
        PACK.replace("questions:\n", &asks)
    };
    let old = pack(folder.path(), "old.yaml", &born(""));
    let new = pack(folder.path(), "new.yaml", &born(", birth: yes"));
    let (said, _) = run(&["rules", "diff", &old, &new]);
    says(
        &said,
        &["question for the date of birth: `born`, before: none\n"],
    );
    let (said, _) = run(&["rules", "diff", &new, &old]);
    says(
        &said,
        &["question for the date of birth: none, before: `born`\n"],
    );
    let (said, _) = run(&["rules", "diff", &new, &new]);
    assert!(!said.contains("date of birth"), "{said}");
    for (path, shown) in [(&old, false), (&new, true)] {
        let line = "birth         this is the date of birth: days before it";
        let (said, _) = run(&["rules", "show", "born", path]);
        assert_eq!(said.contains(line), shown, "{said}");
        let (said, _) = run(&["rules", "doc", path]);
        let line = "**Birth:** this is the date of birth: days before it";
        assert_eq!(said.contains(line), shown, "{said}");
    }
}

#[test]
fn two_versions_are_compared_by_patients() {
    let folder = folder();
    let old = pack(folder.path(), "old.yaml", PACK);
    let new = pack(
        folder.path(),
        "new.yaml",
        &PACK.replace("6 months", "5 months"),
    );
    let (said, code) = run(&["rules", "diff", &old, &new, "--forbid-milder"]);
    assert_eq!(code, Some(3), "{said}");
    says(
        &said,
        &[
            "rule isotretinoin\n    when\n",
            "they distinguish 6 kinds of patient, by isotretinoin; 3 of these are decided otherwise on that day",
            "before: `isotretinoin` applies (temporary)",
            "LESS SEVERE: some patients get `eligible` instead of `deferred`",
            "Some patients get a less severe verdict than before.",
        ],
    );
    let (said, code) = run(&["rules", "diff", &new, &old, "--forbid-milder"]);
    assert_eq!(code, Some(0), "{said}");
    says(
        &said,
        &["No patient gets a less severe verdict than before; some get a more severe one."],
    );
    let (said, code) = run(&["rules", "diff", &old, &old, "--forbid-milder"]);
    assert_eq!(
        (said.contains("\nNo patient gets another verdict"), code),
        (true, Some(0))
    );
}

#[test]
fn the_clinics_own_patients_are_counted_under_both_versions() {
    let folder = folder();
    let old = pack(folder.path(), "old.yaml", PACK);
    let new = pack(
        folder.path(),
        "new.yaml",
        &PACK.replace("6 months", "5 months"),
    );
    let table = "chart;isotretinoin;keloid\n\
        A1;2026-06-10;no\n\
        A2;never;no\n\
        A3;soon;no\n\
        A4;2026-06-01;no;too many\n\
        A5;2026-06-12;yes\n\
        A6;2026-06-15;no\n";
    let patients = pack(folder.path(), "patients.csv", table);
    let day = ["--as-of", "2026-11-20"];
    let diff = |old: &str, new: &str, more: &[&str]| {
        let mut arguments = vec!["rules", "diff", old, new, "--patients", &patients];
        arguments.extend(day);
        arguments.extend(more);
        run(&arguments)
    };
    let (said, code) = diff(&old, &new, &[]);
    assert_eq!(code, Some(4), "{said}");
    says(
        &said,
        &[
            "patients.csv: 6 rows, treatment day 2026-11-20",
            "2 get the same verdict as before\n",
            "2 LESS SEVERE: `eligible` instead of `deferred`: line 2, line 7\n",
            "2 cannot be read with either version: line 4, line 5\n",
        ],
    );
    assert!(!said.contains("A1"), "nobody is named unasked");
    let (said, code) = diff(&old, &new, &["--id", "chart", "--forbid-milder"]);
    assert_eq!(code, Some(3), "{said}");
    says(
        &said,
        &[
            "`eligible` instead of `deferred`: A1, A6\n",
            // What is in the place of the id in a row with a cell too many may be another answer.
            "2 cannot be read with either version: A3, line 5\n",
        ],
    );
    let (said, code) = diff(&new, &old, &["--forbid-milder"]);
    assert_eq!(code, Some(4), "{said}");
    says(&said, &["2 more severe: `deferred` instead of `eligible`"]);
}

/// Columns, answers and words that only one version knows are set aside for the other.
#[test]
fn a_table_is_read_as_either_version_understands_it() {
    let folder = folder();
    let old = pack(folder.path(), "old.yaml", PACK);
    let smokes = PACK
        .replace(
            "rules:\n",
            "  - {id: smokes, ask: Do you smoke?, type: yes-no}\nrules:\n  - {id: smokes, grade: precaution, when: smokes is yes, why: Smoke., sources: [P4]}\n",
        )
        .replace("keloid: no}", "keloid: no, smokes: no}");
    let new = pack(folder.path(), "new.yaml", &smokes);
    let patients = pack(
        folder.path(),
        "patients.csv",
        "isotretinoin,keloid,tobacco\nnever,no,yes\nnever,no,perhaps\nnever,no,\n",
    );
    let (said, code) = run(&[
        "rules",
        "diff",
        &old,
        &new,
        "--patients",
        &patients,
        "--map",
        "tobacco=smokes",
        "--assume",
        "smokes=no",
    ]);
    assert_eq!(code, Some(4), "{said}");
    says(
        &said,
        &[
            "1 more severe: `eligible-with-precautions` instead of `eligible`: line 2",
            "1 can be read only with the old version: line 3",
            "1 get the same verdict as before",
        ],
    );
    let (said, code) = run(&[
        "rules",
        "diff",
        &old,
        &new,
        "--patients",
        &patients,
        "--map",
        "tobacco=smoke",
    ]);
    assert_eq!(code, Some(2), "{said}");
    says(&said, &["did you mean `smokes`?"]);
    let (said, code) = run(&["rules", "diff", &old, &new, "--map", "tobacco=smokes"]);
    assert_eq!(code, Some(2), "{said}");
    says(&said, &["no table to be read", "--patients FILE.csv"]);
    let (said, code) = run(&["rules", "diff", &old, &new, "--patients", "nobody.csv"]);
    assert_eq!(code, Some(1), "{said}");
}

/// Whoever leaves an answer open is no proof that a rule let them off.
#[test]
fn an_open_answer_that_is_now_decided_is_not_milder() {
    let folder = folder();
    let old = pack(folder.path(), "old.yaml", PACK);
    let new = pack(
        folder.path(),
        "new.yaml",
        &PACK.replace("6 months", "2 years"),
    );
    let patients = pack(
        folder.path(),
        "patients.csv",
        "isotretinoin,keloid\n2026-05,no\n",
    );
    let (said, code) = run(&[
        "rules",
        "diff",
        &old,
        &new,
        "--patients",
        &patients,
        "--as-of",
        "2026-11-20",
        "--forbid-milder",
    ]);
    assert_eq!(code, Some(0), "{said}");
    says(
        &said,
        &["1 settled: `deferred` instead of `dermatologist-review`: line 2"],
    );
}

#[test]
fn a_rule_is_shown_with_everything_about_it() {
    let folder = folder();
    let path = pack(folder.path(), "p.yaml", PACK);
    let (said, code) = run(&["rules", "show", "isotretinoin", &path]);
    assert_eq!(code, Some(0), "{said}");
    says(
        &said,
        &[
            "Rule isotretinoin",
            "`isotretinoin` is going on, or ended less than 6 months before the day of treatment",
            "counts as relative, `dermatologist-review`",
            "source        P4 (opinion)",
            "case          on it (",
            "Question isotretinoin",
            "read by       rule isotretinoin (temporary)",
            "claimed       nobody on isotretinoin passes",
        ],
    );
    let (said, code) = run(&["rules", "show", "isotretinon", &path]);
    assert_eq!(code, Some(2));
    says(
        &said,
        &[
            "no rule, question, setting or group is called `isotretinon`",
            "did you mean `isotretinoin`?",
        ],
    );
}

/// The pack with a setting and a group of medicines, of which a rule reads each.
fn with_waits_and_medicines() -> String {
    PACK.replace(
        "questions:",
        "settings: {isotretinoin_wait: 6 months, peel_wait: 2 weeks}
groups: [{id: thinner, label: blood thinners, members: [{name: warfarin, also: [coumadin]}]}]
questions:
  - {id: medicines, ask: Which medicines do you take?, type: medicines}",
    )
    .replace("within 6 months", "within isotretinoin_wait")
    .replace(
        "  - {id: keloid, grade",
        "  - {id: thinner, title: Blood thinner, grade: precaution, when: medicines include thinner, why: It may bleed more., sources: [P4]}
  - {id: keloid, private: yes, grade",
    )
}

#[test]
fn everything_in_a_pack_is_listed_by_its_id() {
    let folder = folder();
    let path = pack(folder.path(), "p.yaml", &with_waits_and_medicines());
    let (said, code) = run(&["rules", "list", &path]);
    assert_eq!(code, Some(0), "{said}");
    let list = "\
Rules (3)
  isotretinoin  temporary: Isotretinoin
  thinner       precaution: Blood thinner
  keloid        absolute, private: Keloid

Questions (3)
  medicines     medicines: Which medicines do you take?
  isotretinoin  course: Have you taken isotretinoin capsules?
  keloid        yes-no: Have you ever had a keloid?

Settings (2)
  isotretinoin_wait  6 months, used by isotretinoin
  peel_wait          2 weeks, used by no rule

Groups of medicines (1)
  thinner  blood thinners, 1 medicine, used by thinner
";
    assert_eq!(said, list);
    let (said, _) = run(&["rules", "list", &path, "--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(list["pack"], "demo");
    assert_eq!(list["rules"][2]["private"], true);
    assert_eq!(list["rules"][1]["questions"][0], "medicines");
    assert_eq!(list["questions"][1]["type"], "course");
    assert_eq!(list["settings"][0]["period"], "6 months");
    assert_eq!(list["groups"][0]["rules"][0], "thinner");
}

#[test]
fn a_setting_and_a_group_are_shown_with_the_rules_that_use_them() {
    let folder = folder();
    let path = pack(folder.path(), "p.yaml", &with_waits_and_medicines());
    let show = |id: &str| run(&["rules", "show", id, &path]).0;
    says(
        &show("isotretinoin_wait"),
        &[
            "Setting isotretinoin_wait",
            "wait          6 months",
            "used by       rule isotretinoin (temporary): Isotretinoin",
        ],
    );
    says(
        &show("isotretinoin"),
        &["setting       isotretinoin_wait: 6 months"],
    );
    says(&show("peel_wait"), &["used by       no rule"]);
    says(
        &show("thinner"),
        &[
            "Group thinner",
            "label         blood thinners",
            "checked by    nobody yet",
            "read by       rule thinner (precaution): Blood thinner",
            "medicine      warfarin, coumadin",
        ],
    );
}

#[test]
fn the_opposite_of_a_sentence_is_said_plainly() {
    let folder = folder();
    let other = PACK.replace(
        "when: keloid is yes,",
        "when: {all: [keloid is yes, not isotretinoin ongoing or ended within 6 months, {none: [isotretinoin ever]}]},",
    );
    let path = pack(folder.path(), "p.yaml", &other);
    let (said, code) = run(&["rules", "show", "keloid", &path]);
    assert_eq!(code, Some(0), "{said}");
    says(
        &said,
        &[
            "all of these are true:",
            "- `keloid` is answered yes",
            "- `isotretinoin` is not going on, and did not end less than 6 months before the day of treatment",
            "- `isotretinoin` has never been",
        ],
    );
}

#[test]
fn a_fingerprint_is_of_what_is_said() {
    let folder = folder();
    let print =
        |name: &str, text: &str| run(&["rules", "fingerprint", &pack(folder.path(), name, text)]);
    let (own, code) = print("p.yaml", PACK);
    assert_eq!((own.len(), code), (65, Some(0)), "{own}");
    assert_eq!(
        print("comment.yaml", &format!("# A remark.\n{PACK}")).0,
        own
    );
    assert_ne!(
        print("other.yaml", &PACK.replace("6 months", "7 months")).0,
        own
    );
}

/// Ten people, nine rooms, no two in one: true of nobody, but not seen in good time.
#[test]
fn what_takes_too_long_is_said_and_never_called_proved() {
    let rooms = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
    let options: Vec<String> = rooms
        .iter()
        .map(|room| format!("{{id: {room}, text: Room {room}}}"))
        .collect();
    let (mut questions, mut all) = (String::new(), String::new());
    for one in 0..10 {
        questions += &format!(
            "  - {{id: q{one}, ask: Which room has person {one}?, type: choice, options: [{}]}}\n",
            options.join(", ")
        );
        all += &format!("      - q{one} is one of {}\n", rooms.join(" "));
        for other in 0..one {
            for room in rooms {
                all +=
                    &format!("      - none: [{{all: [q{one} is {room}, q{other} is {room}]}}]\n");
            }
        }
    }
    let hard = PACK.replace("rules:\n", &format!("{questions}rules:\n"))
        + &format!("  - claim: rooms\n    if:\n{all}    verdict: at least deferred\n");
    let folder = folder();
    let (said, code) = run(&["rules", "prove", &pack(folder.path(), "p.yaml", &hard)]);
    assert_eq!(code, Some(3), "{said}");
    says(
        &said,
        &[
            "LEFT OUT rooms",
            "more combinations than are tried",
            "1 could not be decided",
        ],
    );
}
