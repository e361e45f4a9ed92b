//! Records: nothing is lost in writing one and reading it back, every one can be
//! derived again, a changed one is noticed, and the desk learns nothing private.

mod program;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use candidacy::load;
use candidacy::report::model;
use candidacy::report::model::View;
use candidacy::report::record::{self, Override, Record};
use candidacy::report::replay::{self, Replay};
use candidacy::report::style::Style;
use candidacy::report::{explain, full, note};
use candidacy_engine::answer::Answers;
use candidacy_engine::assess::assess;
use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;
use candidacy_engine::source::Source;
use candidacy_engine::verdict::{Grade, Verdict};
use program::candidacy;
use proptest::prelude::*;
use serde_json::Value;

const SCHEMA: &str = include_str!("../src/report/record-schema.json");

fn json(record: &Record) -> Value {
    let mut value = serde_json::to_value(record).expect("JSON");
    value["checksum"] = Value::from("0".repeat(64));
    value
}

/// Writes, reads, derives again; the record that was read.
fn round(plan: &Plan, answers: &Answers, as_of: Date) -> Record {
    let assessment = assess(plan, answers, as_of);
    let record = record::of(plan, answers, Vec::new(), &assessment, as_of);
    let text = serde_json::to_string_pretty(&json(&record)).expect("JSON");
    let (back, _) = record::read(Source::new("record.json", &text)).unwrap_or_else(|refusal| {
        panic!(
            "{}\n{text}",
            candidacy::report::diagnostic::refusal(&refusal, false)
        )
    });
    assert_eq!(back, record);
    let again = Replay::of(&back, plan, None);
    assert_eq!(&again.answers, answers, "{text}");
    assert_eq!(again.assessment, assessment);
    assert_eq!(again.holds(), Some(true));
    assert!(again.identical());
    back
}

#[test]
fn every_worked_patient_is_recorded_and_derived_again() {
    let plan = load::compiled(load::built_in_with_cases()).expect("the built-in rules");
    assert!(plan.cases.len() > 100);
    for case in &plan.cases {
        round(&plan, &case.answers, case.as_of);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever somebody does to a record, it is read or refused, and never takes the program down.
    #[test]
    fn a_record_with_anything_in_it_is_read_or_refused(at in 0_usize..6000, more in "\\PC{0,6}", cut in 0_usize..40) {
        let plan = demo();
        let as_of = Date::from_iso("2026-11-20").expect("a day");
        let answers = plan.blank_answers();
        let record = record::of(&plan, &answers, Vec::new(), &assess(&plan, &answers, as_of), as_of);
        let mut letters: Vec<char> = serde_json::to_string_pretty(&json(&record)).expect("JSON").chars().collect();
        let at = at % letters.len();
        let end = (at + cut).min(letters.len());
        letters.splice(at..end, more.chars());
        let text: String = letters.into_iter().collect();
        match record::read(Source::new("record.json", &text)) {
            Ok((back, _)) => prop_assert!(Replay::of(&back, &plan, None).holds().is_some() || back.pack.fingerprint != plan.fingerprint),
            Err(refusal) => prop_assert!(!refusal.problems.is_empty()),
        }
    }

    #[test]
    fn whatever_is_typed_as_a_medicine_is_kept(typed in "\\PC{0,40}") {
        let plan = demo();
        let number = plan.question("medicines").expect("a question");
        let as_of = Date::from_iso("2026-11-20").expect("a day");
        if let Ok(reply) = plan.reader(as_of).reply(&plan.questions[number].question, &typed) {
            let mut answers = plan.blank_answers();
            answers.set(number, reply);
            round(&plan, &answers, as_of);
        }
    }
}

fn demo() -> Plan {
    load::plan(Some(Path::new("tests/record/pack.yaml"))).expect("the demonstration rules")
}

/// A record with something in every part and an answer of every kind.
fn full() -> Value {
    let desk = Desk::new();
    desk.overrule("eligible", "letter", &["--until", "2026-12-31"]);
    let text = fs::read_to_string(desk.record()).expect("the record");
    let mut value: Value = serde_json::from_str(&text).expect("JSON");
    let days = serde_json::json!({"first": "2026-01-01", "last": "2026-02-01"});
    value["answers"] = serde_json::json!([
        {"question": "a", "kind": "not-sure"},
        {"question": "b", "kind": "declined"},
        {"question": "c", "kind": "yes-no", "yes": true},
        {"question": "d", "kind": "choice", "option": "x"},
        {"question": "e", "kind": "choices", "yes": ["x"], "no": [], "not_sure": [], "declined": []},
        {"question": "f", "kind": "number", "number": "1.50"},
        {"question": "g", "kind": "date", "days": days},
        {"question": "h", "kind": "event", "happened": days},
        {"question": "i", "kind": "course", "state": "ended", "ended": days},
        {"question": "j", "kind": "medicines", "entries": ["null", "~", "1.50", "true", ""], "open": false},
    ]);
    value["given"] = serde_json::json!([{"key": "a", "text": "null"}]);
    value["result"]["relaxed"] =
        serde_json::json!([{"reason": "r", "owner": "o", "until": "2026-12-31"}]);
    value["result"]["findings"][0]["clears"] = "~".into();
    value
}

/// Pointers to every object in `value`.
fn objects(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            found.push(at.to_owned());
            for (key, value) in entries {
                objects(value, &format!("{at}/{key}"), found);
            }
        }
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                objects(item, &format!("{at}/{number}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_key_is_needed_and_no_other_is_taken() {
    let full = full();
    let read = |value: &Value| {
        let text = serde_json::to_string_pretty(value).expect("JSON");
        record::read(Source::new("record.json", &text))
    };
    let (record, checksum) = read(&full).expect("a record");
    let mut again = serde_json::to_value(&record).expect("JSON");
    again["checksum"] = checksum.value.into();
    assert_eq!(again, full, "nothing is lost");

    let mut found = Vec::new();
    objects(&full, "", &mut found);
    assert!(found.len() > 30, "{found:?}");
    let refused = |value: &Value, what: &str, code: &str| {
        let refusal = read(value).expect_err(what);
        let [problem] = refusal.problems.as_slice() else {
            panic!("{what}: one problem is told");
        };
        let fits = code.is_empty() || problem.code.word() == code;
        assert!(fits, "{what}: {}", problem.message);
        assert!(problem.place.start < problem.place.end, "{what}");
    };
    for at in found {
        let part = full
            .pointer(&at)
            .and_then(Value::as_object)
            .expect("a part");
        for key in part.keys().filter(|key| *key != "relaxed") {
            let mut less = full.clone();
            let part = less.pointer_mut(&at).and_then(Value::as_object_mut);
            part.expect("a part").remove(key);
            refused(&less, &format!("{at} without {key}"), "missing-key");
        }
        let mut more = full.clone();
        more.pointer_mut(&at).expect("a part")["more"] = true.into();
        refused(&more, &format!("{at} with more"), "unknown-key");
        for (key, value) in part {
            let mut other = full.clone();
            let wrong = if value.is_array() {
                Value::Null
            } else {
                Value::from(vec![1])
            };
            other.pointer_mut(&at).expect("a part")[key] = wrong;
            refused(&other, &format!("{at} with another {key}"), "");
        }
    }
}

#[test]
fn the_schema_is_as_strict_as_the_reader() {
    let schema: Value = serde_json::from_str(SCHEMA).expect("JSON");
    let known = &schema["$defs"];
    let mut found = Vec::new();
    objects(known, "", &mut found);
    let parts = found.iter().filter_map(|at| known.pointer(at));
    let parts = parts.filter(|part| part["type"] == "object");
    let mut named = BTreeSet::new();
    for part in parts {
        let properties = part["properties"].as_object().expect("properties");
        let properties: BTreeSet<&str> = properties.keys().map(String::as_str).collect();
        let required = part["required"].as_array().expect("required");
        let required: BTreeSet<&str> = required.iter().filter_map(Value::as_str).collect();
        let left_out: Vec<&&str> = properties.difference(&required).collect();
        assert!(left_out.is_empty() || left_out == [&"relaxed"], "{part}");
        assert_eq!(part["additionalProperties"], Value::Bool(false), "{part}");
        named.extend(properties);
    }
    let full = full();
    let mut found = Vec::new();
    objects(&full, "", &mut found);
    let parts = found.iter().filter_map(|at| full.pointer(at)?.as_object());
    let written: BTreeSet<&str> = parts
        .flat_map(|part| part.keys().map(String::as_str))
        .collect();
    assert_eq!(named, written);
    let words = |name: &str| {
        let words = known[name]["enum"].as_array().expect("words");
        words.iter().filter_map(Value::as_str).collect::<Vec<_>>()
    };
    assert_eq!(words("verdict"), Verdict::ALL.map(Verdict::word));
    assert_eq!(words("grade"), Grade::ALL.map(Grade::word));
}

/// A folder of its own with a record of the demonstration patient in it.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        let out = desk.run(&[
            "screen",
            "--answers",
            "tests/record/answers.yaml",
            "--as-of",
            "2026-11-20",
            "--record",
            "RECORD",
        ]);
        assert_eq!(out.status.code(), Some(0), "{}", shown(&out, &desk));
        desk
    }

    fn record(&self) -> PathBuf {
        self.folder.path().join("anna.json")
    }

    /// Runs the program on the demonstration rules; `RECORD` stands for the record.
    fn run(&self, args: &[&str]) -> Output {
        let record = self.record().display().to_string();
        let mut command = candidacy(Path::new("."), &[]);
        if !args.contains(&"--rules") {
            command.args(["--rules", "tests/record/pack.yaml"]);
        }
        command
            .args(args.iter().map(|arg| {
                if *arg == "RECORD" {
                    record.as_str()
                } else {
                    arg
                }
            }))
            .output()
            .expect("the program runs")
    }

    fn overrule(&self, verdict: &str, reason: &str, more: &[&str]) -> Output {
        let mut args = vec![
            "override",
            "RECORD",
            "--verdict",
            verdict,
            "--reason",
            reason,
            "--comment",
            "Viral load not detectable, seen today.",
            "--by",
            "Dr A. Example",
        ];
        args.extend(more);
        self.run(&args)
    }

    fn change(&self, from: &str, to: &str) {
        let text = fs::read_to_string(self.record()).expect("the record");
        assert!(text.contains(from), "{from}");
        fs::write(self.record(), text.replacen(from, to, 1)).expect("written");
    }
}

/// What came out on both streams, and the exit code; folders, days and versions cut out.
fn shown(out: &Output, desk: &Desk) -> String {
    let folder = desk.folder.path().display().to_string();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&folder, "FOLDER");
    format!(
        "{}{}ends with {}\n",
        text(&out.stdout),
        text(&out.stderr),
        out.status.code().unwrap_or(-1)
    )
}

fn snap(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "record",
        prepend_module_to_snapshot => false,
        omit_expression => true,
        filters => vec![
            (r"\([0-9a-f]{12}\)", "(fingerprint)"),
            (r"[0-9a-f]{64}", "CHECKSUM"),
            (r"(candidacy\s+)\d+\.\d+\.\d+", "${1}VERSION"),
            (r"(Recorded|Decided) on \d+ \w+ \d+", "$1 on TODAY"),
            (r"Example\s+on\s+\d+\s+\w+\s+\d+", "Example on TODAY"),
            (r#""(recorded_on|on)": "[0-9-]+""#, "\"$1\": TODAY"),
        ],
    }, {
        insta::assert_snapshot!(name, text);
    });
}

macro_rules! replays {
    ($($name:ident [$($arg:literal)*])*) => {
        $(#[test]
        fn $name() {
            let desk = Desk::new();
            let out = desk.run(&[$($arg),*]);
            snap(stringify!($name), &shown(&out, &desk));
        })*
    };
}

replays! {
    holds ["replay" "RECORD"]
    another_day ["replay" "RECORD" "--as-of" "2027-03-05" "--view" "clinician"]
    another_day_at_the_desk ["replay" "RECORD" "--as-of" "2027-03-05"]
    other_rules ["replay" "RECORD" "--rules" "tests/record/later.yaml" "--view" "clinician"]
    other_rules_at_the_desk ["replay" "RECORD" "--rules" "tests/record/later.yaml"]
    not_overwritten ["screen" "--set" "acne=clear" "--record" "RECORD"]
    note_at_the_desk ["screen" "--answers" "tests/record/answers.yaml" "--as-of" "2026-11-20" "--format" "note"]
    note_for_the_clinician ["screen" "--answers" "tests/record/answers.yaml" "--as-of" "2026-11-20" "--format" "note" "--view" "clinician"]
    consult ["screen" "--answers" "tests/record/answers.yaml" "--as-of" "2026-11-20" "--view" "clinician"]
    why_undecided ["screen" "--answers" "tests/record/answers.yaml" "--as-of" "2026-11-20" "--why" "isotretinoin"]
    why_not ["screen" "--answers" "tests/record/answers.yaml" "--as-of" "2026-11-20" "--why-not" "thinner"]
    why_with_its_exception ["screen" "--answers" "tests/record/answers.yaml" "--as-of" "2026-11-20" "--why" "deep"]
    why_private_at_the_desk ["screen" "--answers" "tests/record/answers.yaml" "--why" "virus"]
    why_private ["screen" "--answers" "tests/record/answers.yaml" "--as-of" "2026-11-20" "--why" "virus" "--view" "clinician"]
    why_no_such_rule ["screen" "--answers" "tests/record/answers.yaml" "--why" "isotretinon"]
}

#[cfg(unix)]
#[test]
fn a_record_is_for_its_owner_alone_and_lies_where_it_should() {
    use std::os::unix::fs::PermissionsExt;

    let desk = Desk::new();
    let mode = |path: &Path| fs::metadata(path).expect("the record").permissions().mode();
    assert_eq!(mode(&desk.record()) & 0o777, 0o600);
    desk.overrule("eligible", "letter", &[]);
    assert_eq!(mode(&desk.record()) & 0o777, 0o600);
    assert_eq!(
        fs::read_dir(desk.folder.path()).expect("a folder").count(),
        1
    );

    let before = fs::read_to_string(desk.record()).expect("the record");
    let forced = desk.run(&[
        "screen",
        "--set",
        "acne=clear",
        "--record",
        "RECORD",
        "--force",
    ]);
    assert_eq!(forced.status.code(), Some(0));
    assert_ne!(
        fs::read_to_string(desk.record()).expect("the record"),
        before
    );
    assert_eq!(mode(&desk.record()) & 0o777, 0o600);
}

#[test]
fn both_verdicts_are_shown_and_the_computed_one_stays() {
    let desk = Desk::new();
    let before: Value =
        serde_json::from_str(&fs::read_to_string(desk.record()).expect("it")).expect("JSON");
    let added = desk.overrule(
        "eligible-with-precautions",
        "letter",
        &["--until", "2026-12-31"],
    );
    snap("overruled", &shown(&added, &desk));
    let after: Value =
        serde_json::from_str(&fs::read_to_string(desk.record()).expect("it")).expect("JSON");
    assert_eq!(before["result"], after["result"]);
    assert_eq!(before["answers"], after["answers"]);

    let replay = |more: &[&str]| {
        let args: Vec<&str> = ["replay", "RECORD"].iter().chain(more).copied().collect();
        shown(&desk.run(&args), &desk)
    };
    snap("overruled_at_the_desk", &replay(&[]));
    snap(
        "overruled_for_the_clinician",
        &replay(&["--view", "clinician"]),
    );
    snap("overruled_markdown", &replay(&["--format", "markdown"]));
    snap(
        "overruled_note",
        &replay(&["--format", "note", "--view", "clinician"]),
    );
    snap("overruled_note_at_the_desk", &replay(&["--format", "note"]));
    snap(
        "overruled_no_longer",
        &replay(&["--as-of", "2027-01-01", "--view", "clinician"]),
    );

    let told: Value =
        serde_json::from_slice(&desk.run(&["replay", "RECORD", "--format", "json"]).stdout)
            .expect("JSON");
    assert_eq!(told["standing"], "eligible-with-precautions");
    assert_eq!(told["report"]["verdict"], "dermatologist-review");
    assert_eq!(
        told["overrides"][0]["comment"],
        "Viral load not detectable, seen today."
    );
    let desk_json = replay(&["--format", "json", "--view", "desk"]);
    for secret in ["Viral", "virus", "letter"] {
        assert!(!desk_json.contains(secret), "{secret} in {desk_json}");
    }
}

#[test]
fn an_override_that_cannot_be_changes_nothing() {
    let desk = Desk::new();
    let before = fs::read(desk.record()).expect("the record");
    let tries = [
        desk.overrule("eligible", "examind", &[]),
        desk.overrule("eligble", "examined", &[]),
        desk.overrule("dermatologist-review", "examined", &[]),
        desk.overrule("eligible", "examined", &["--until", "2026-11-19"]),
        desk.overrule("eligible", "examined", &["--rules", "rules/microneedling"]),
    ];
    let said: Vec<String> = tries.iter().map(|out| shown(out, &desk)).collect();
    snap("overrides_refused", &said.join("\n"));
    assert_eq!(fs::read(desk.record()).expect("the record"), before);
}

/// What somebody does to a record.
type Damage = fn(&Desk);

#[test]
fn a_changed_or_damaged_record_is_noticed() {
    let damage: [(&str, Damage); 10] = [
        ("changed_answer", |desk| {
            desk.change("\"inflamed\"", "\"clear\"");
        }),
        ("changed_verdict", |desk| {
            desk.change(
                "\"verdict\": \"dermatologist-review\"",
                "\"verdict\": \"eligible\"",
            );
        }),
        ("unknown_key", |desk| desk.change("\"as_of\"", "\"asof\"")),
        ("wrong_day", |desk| {
            desk.change("\"2026-11-20\"", "\"2026-11-31\"");
        }),
        ("wrong_kind", |desk| {
            desk.change("\"kind\": \"choice\"", "\"kind\": \"choise\"");
        }),
        ("wrong_flag", |desk| {
            desk.change("\"private\": false", "\"private\": \"perhaps\"");
        }),
        ("wrong_grade", |desk| {
            desk.change("\"grade\": \"relative\"", "\"grade\": \"relativ\"");
        }),
        ("no_list", |desk| {
            desk.change("\"overrides\": []", "\"overrides\": null");
        }),
        ("key_twice", |desk| {
            desk.change("\"as_of\"", "\"as_of\": \"2026-11-20\",\n  \"as_of\"");
        }),
        ("other_form", |desk| {
            desk.change("\"schema_version\": 1", "\"schema_version\": 2");
        }),
    ];
    for (name, change) in damage {
        let desk = Desk::new();
        change(&desk);
        let out = desk.run(&["replay", "RECORD"]);
        assert_eq!(out.status.code(), Some(1), "{name}");
        snap(name, &shown(&out, &desk));
    }
    let desk = Desk::new();
    let text = fs::read(desk.record()).expect("the record");
    for end in (0..text.len()).step_by(211) {
        fs::write(desk.record(), &text[..end]).expect("written");
        let out = desk.run(&["replay", "RECORD"]);
        assert_eq!(out.status.code(), Some(1), "cut after {end} bytes");
    }
}

/// The words that only private rules of `plan` use.
fn secrets(plan: &Plan) -> Vec<String> {
    let rules = plan.rules.iter().filter(|rule| rule.private);
    let mut secrets: Vec<String> = rules
        .flat_map(|rule| [rule.id.clone(), rule.why.clone()])
        .collect();
    secrets.push("blood-borne".to_owned());
    secrets
}

#[test]
fn the_desk_learns_nothing_private_from_any_report_of_a_record() {
    let plan = load::compiled(load::built_in_with_cases()).expect("the built-in rules");
    let other = demo();
    let secrets = secrets(&plan);
    let style = Style::plain(100);
    let mut tried = 0;
    for case in plan.cases.iter().filter(|case| case.at.contains("private")) {
        let assessment = assess(&plan, &case.answers, case.as_of);
        let mut found = assessment.findings.iter();
        if !found.any(|finding| plan.rules[finding.rule].private) {
            continue;
        }
        let mut record = record::of(&plan, &case.answers, Vec::new(), &assessment, case.as_of);
        record.overrides.push(Override {
            computed: record.result.verdict,
            verdict: Verdict::Eligible,
            reason: "blood-borne-cleared".to_owned(),
            reason_text: "The blood-borne virus is not detectable.".to_owned(),
            comment: "blood-borne-virus: see letter".to_owned(),
            by: "Dr A. Example".to_owned(),
            on: Date::from_iso("2026-11-20").expect("a day"),
            until: None,
        });
        for (rules, day) in [(&plan, None), (&plan, Some("2029-01-01")), (&other, None)] {
            let again = Replay::of(&record, rules, day.and_then(Date::from_iso));
            let sheet = model::sheet(rules, &again.answers, &again.assessment, View::Desk);
            let told = again.report_for(View::Desk, &sheet);
            let full = full::document(rules, &sheet, &[], View::Desk);
            let document = replay::document(&told, full);
            let forms = [
                document.text(style),
                document.markdown(),
                document.html(),
                serde_json::to_string(&told).expect("JSON"),
                note::document(rules, &sheet, &told.overrides, View::Desk).lines(),
            ];
            for secret in &secrets {
                assert!(
                    forms.iter().all(|form| !form.contains(secret)),
                    "{secret}: {forms:?}"
                );
            }
        }
        for rule in plan.rules.iter().filter(|rule| !rule.private) {
            let why = explain::why(
                &plan,
                &case.answers,
                case.as_of,
                rule,
                View::Clinician,
                style,
            );
            assert!(secrets.iter().all(|secret| !why.contains(secret)), "{why}");
        }
        tried += 1;
    }
    assert!(tried > 3);
}

/// A record of an interview holds what was typed beside what it means.
#[test]
fn an_interview_is_recorded_as_it_was_typed() {
    let desk = Desk::new();
    let typed = "clear\nabout 5 months ago\nnone\n1 mm\neliquis 5 mg\n\n";
    let words = ["--rules", "tests/record/pack.yaml", "screen", "--plain"];
    let mut child = candidacy(Path::new("."), &words)
        .args(["--as-of", "2026-11-20", "--force", "--record"])
        .arg(desk.record())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("its input");
    stdin.write_all(typed.as_bytes()).expect("typed");
    drop(stdin);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));

    let source = load::source(&desk.record()).expect("the record");
    let (record, _) = record::read(source).expect("a record");
    let given = |key: &str| record.given.iter().find(|one| one.key == key);
    let said = |key: &str| given(key).map(|one| one.text.as_str());
    assert_eq!(said("isotretinoin"), Some("about 5 months ago"));
    assert_eq!(said("medicines"), Some("eliquis 5 mg"));
    assert_eq!(desk.run(&["replay", "RECORD"]).status.code(), Some(0));
}

#[test]
fn a_place_that_cannot_be_written_is_reported_before_the_first_question() {
    let desk = Desk::new();
    for place in ["/proc/no/such/anna.json", "tests"] {
        let out = desk.run(&[
            "screen",
            "--set",
            "acne=clear",
            "--record",
            place,
            "--force",
        ]);
        assert_eq!(out.status.code(), Some(1), "{place}");
        assert!(out.stdout.is_empty(), "{place}");
    }
}

/// Another layout, or another order of keys in hand-written tools, says the same.
#[test]
fn layout_is_no_change() {
    let desk = Desk::new();
    let text = fs::read_to_string(desk.record()).expect("the record");
    let value: Value = serde_json::from_str(&text).expect("JSON");
    fs::write(desk.record(), value.to_string()).expect("written");
    assert_eq!(desk.run(&["replay", "RECORD"]).status.code(), Some(0));
}

/// A record whose seal fits but whose result does not follow from its answers.
#[test]
fn a_result_that_does_not_follow_ends_with_three() {
    use sha2::{Digest, Sha256};

    let desk = Desk::new();
    let source = load::source(&desk.record()).expect("the record");
    let (mut record, _) = record::read(source).expect("a record");
    record
        .result
        .findings
        .retain(|finding| finding.rule != "virus");
    record.result.verdict = Verdict::Deferred;
    let compact = serde_json::to_string(&record).expect("JSON");
    let mut value = json(&record);
    let digest = Sha256::digest(compact.as_bytes());
    let nibbles = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let hexadecimal: String = nibbles
        .filter_map(|nibble| char::from_digit(nibble.into(), 16))
        .collect();
    value["checksum"] = hexadecimal.into();
    fs::write(desk.record(), value.to_string()).expect("written");

    let out = desk.run(&["replay", "RECORD", "--view", "clinician"]);

    assert_eq!(out.status.code(), Some(3));
    let first = shown(&out, &desk);
    let until_report = first
        .split("The report as it is computed")
        .next()
        .unwrap_or_default();
    snap("no_longer_holds", until_report);
    let later = desk.run(&["replay", "RECORD", "--as-of", "2027-01-01"]);
    assert_eq!(later.status.code(), Some(3), "on another day too");
}
