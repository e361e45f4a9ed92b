//! Overlays of different made-up clinics: each is sound, its cases hold, and what it changes is listed.

mod program;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use candidacy::load;
use candidacy::report::changes;
use candidacy_engine::compile::compile;
use program::{candidacy, run};

const FOLDER: &str = "tests/overlays";

fn clinics() -> Vec<PathBuf> {
    let entries = fs::read_dir(FOLDER).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    paths.sort();
    assert!(paths.len() > 10);
    paths
}

#[test]
fn every_clinic_passes_its_check() {
    for path in clinics() {
        let path = path.to_str().expect("a plain path");
        let words = [
            "rules",
            "check",
            path,
            "--deny-warnings",
            "--as-of",
            "2026-11-20",
        ];
        let ended = run(&mut candidacy(Path::new("."), &words));
        assert_eq!(ended.code, 0, "{path}\n{}{}", ended.out, ended.err);
    }
}

#[test]
fn what_every_clinic_changes_is_listed() {
    for path in clinics() {
        let pack = load::load(&path).expect("an overlay").read();
        let under = pack.under.clone().expect("the base");
        let (old, new) = (
            compile(Arc::unwrap_or_clone(under)).expect("a plan"),
            compile(pack).expect("a plan"),
        );
        let listed = changes::text(&changes::entries(&old, &new));
        let name = path.file_stem().and_then(|name| name.to_str());
        insta::with_settings!({
            snapshot_path => "overlays",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(name.expect("a plain name"), listed);
        });
    }
}

/// A question that is left out is not asked; an answer to it counts in a table all the same.
#[test]
fn a_question_that_is_left_out_is_answered_for_blanks_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let base = fs::read_to_string("tests/overlay/base.yaml").expect("a base");
    fs::write(folder.path().join("base.yaml"), base).expect("a file");
    let over = "format: candidacy/1\nextends: base.yaml\npack: {id: our-clinic, version: 1.0.0, title: Our clinic, status: draft, owner: Dr A. Example, review_by: 2027-06-30}\nrelax: [{reason: The file has it., owner: Dr A. Example, until: 2027-06-30, change: [{question: keloid, answer_unasked: no}]}]\n";
    fs::write(folder.path().join("over.yaml"), over).expect("a file");
    let table = "id,peel,isotretinoin,medicines,keloid,tan,virus\n1,never,never,none,,no,no\n2,never,never,none,yes,no,no\n3,never,never,none,not sure,no,no\n4,never,never,none,no,no,no\n";
    fs::write(folder.path().join("t.csv"), table).expect("a file");
    let batch = |day: &str| {
        let words = ["batch", "t.csv", "--rules", "over.yaml", "--as-of", day];
        let ended = run(&mut candidacy(folder.path(), &words));
        let rows = ended.out.lines().skip(1);
        let verdicts = rows.map(|row| row.split(',').nth(7).unwrap_or_default().to_owned());
        verdicts.collect::<Vec<String>>()
    };
    let before = batch("2026-11-20");
    assert_eq!(before.first(), before.last(), "{before:?}");
    assert_eq!(before.first().map(String::as_str), Some("eligible"));
    let after = batch("2027-07-01");
    assert_eq!(after.first(), after.get(2), "{after:?}");
    assert_eq!(before.get(1..3), after.get(1..3));
    // The interview asks everything else.
    let replies = folder.path().join("replies");
    fs::write(&replies, "not sure\n".repeat(20)).expect("a file");
    let asks = |day: &str| {
        let words = ["screen", "--plain", "--rules", "over.yaml", "--as-of", day];
        let replies = fs::File::open(&replies).expect("a file");
        let ended = run(candidacy(folder.path(), &words).stdin(replies));
        let said = ended.out + &ended.err;
        assert!(said.contains("Are you tanned?"), "{said}");
        said.contains("Have you ever had a keloid?")
    };
    assert!(!asks("2026-11-20"));
    assert!(asks("2027-07-01"));
}

/// Another condition is compared with that of the base for every patient.
#[test]
fn a_condition_that_is_less_severe_is_refused() {
    #[track_caller]
    fn case(change: &str, code: i32) {
        let folder = tempfile::tempdir().expect("a folder");
        let head = "format: candidacy/1\nextends: base.yaml\npack: {id: our-clinic, version: 1.0.0, title: Our clinic, status: draft, owner: Dr A. Example, review_by: 2027-06-30}\nchange:\n";
        let base = fs::read_to_string("tests/overlay/base.yaml").expect("a base");
        fs::write(folder.path().join("base.yaml"), base).expect("a file");
        fs::write(
            folder.path().join("over.yaml"),
            format!("{head}  - {change}\n"),
        )
        .expect("a file");
        let words = ["rules", "check", "over.yaml", "--as-of", "2026-11-20"];
        let ended = run(&mut candidacy(folder.path(), &words));
        assert_eq!(ended.code, code, "{change}\n{}{}", ended.out, ended.err);
        // Nobody is screened by such rules, whether they were checked or not.
        let answers =
            "peel: never\nisotretinoin: never\nmedicines: none\nkeloid: yes\ntan: no\nvirus: no\n";
        fs::write(folder.path().join("a.yaml"), answers).expect("a file");
        let words = [
            "screen",
            "--answers",
            "a.yaml",
            "--rules",
            "over.yaml",
            "--as-of",
            "2026-11-20",
        ];
        let screened = run(&mut candidacy(folder.path(), &words));
        assert_eq!(
            screened.code, code,
            "{change}\n{}{}",
            screened.out, screened.err
        );
        if code != 0 {
            let place = "over.yaml:5:";
            assert!(ended.err.contains("error[milder]"), "{}", ended.err);
            assert!(ended.err.contains(place), "{}", ended.err);
        }
    }

    case(
        "{rule: keloid, when: {any: [keloid is yes, tan is yes]}}",
        0,
    );
    case("{rule: keloid, when: [keloid is yes, tan is yes]}", 3);
    case("{rule: keloid, unless: tan is yes}", 3);
    case(
        "{rule: isotretinoin, when: isotretinoin ongoing, clears: when the course has ended}",
        3,
    );
    case(
        "{rule: isotretinoin, when: isotretinoin ongoing or ended within 9 months}",
        0,
    );
    case("{rule: keloid, when: keloid is no}", 3);
    case(
        "{rule: recent-peel, when: peel within 6 weeks, unless: tan is yes}",
        3,
    );
    case(
        "{rules: [keloid, tan], when: {any: [keloid is yes, tan is yes]}}",
        0,
    );
}

/// A clinic words the end of a report as it likes, but cannot leave out the dermatologist, nor that this is not a diagnosis.
#[test]
fn no_words_of_a_clinic_leave_out_the_dermatologist() {
    let folder = tempfile::tempdir().expect("a folder");
    let over = "format: candidacy/1\nextends: microneedling\npack: {id: our-clinic, version: 1.0.0, title: Our clinic, status: draft, owner: Dr A. Example, review_by: 2027-06-30}\nchange:\n  - {closing: deferred, text: Not yet.}\n  - {closing: always, text: Call us any time.}\n";
    fs::write(folder.path().join("over.yaml"), over).expect("a file");
    fs::copy("tests/readme/anna.yaml", folder.path().join("anna.yaml")).expect("a copy");
    for form in ["text", "markdown", "html", "json"] {
        let words = [
            "screen",
            "--rules",
            "over.yaml",
            "--answers",
            "anna.yaml",
            "--as-of",
            "2026-11-20",
            "--format",
            form,
        ];
        let ended = run(&mut candidacy(folder.path(), &words));
        let (_, end) = ended
            .out
            .split_once("Not yet.")
            .expect("the clinic's words");
        let end = end.split_whitespace().collect::<Vec<_>>().join(" ");
        for words in [
            "Consult a dermatologist",
            "not a diagnosis",
            "Call us any time.",
        ] {
            assert!(end.contains(words), "{form}: {end}");
        }
    }
}

/// The text of a rule whose wait is relaxed for a while names both waits: the day may be that of the strict one.
#[test]
fn a_relaxed_wait_is_named_with_the_strict_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let over = "format: candidacy/1\nextends: base.yaml\npack: {id: our-clinic, version: 1.0.0, title: Our clinic, status: draft, owner: Dr A. Example, review_by: 2027-06-30}\nchange:\n  - {rule: isotretinoin, why: \"We wait {isotretinoin_wait}.\"}\nrelax:\n  - {reason: Newer studies., owner: Dr A. Example, until: 2027-01-31, settings: {isotretinoin_wait: 1 month}}\n";
    fs::write(folder.path().join("over.yaml"), over).expect("a file");
    fs::copy("tests/overlay/base.yaml", folder.path().join("base.yaml")).expect("a copy");
    let answers =
        "peel: never\nisotretinoin: 2027-01-05\nmedicines: none\nkeloid: no\ntan: no\nvirus: no\n";
    fs::write(folder.path().join("a.yaml"), answers).expect("a file");
    let text = |day: &str| {
        let words = [
            "screen",
            "--answers",
            "a.yaml",
            "--rules",
            "over.yaml",
            "--as-of",
            day,
        ];
        let ended = run(&mut candidacy(folder.path(), &words));
        ended.out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let relaxed = text("2027-01-20");
    assert!(
        relaxed.contains("We wait 1 month (until 31 Jan 2027; from then on 6 months)."),
        "{relaxed}"
    );
    let strict = text("2027-02-20");
    assert!(strict.contains("We wait 6 months."), "{strict}");
}
