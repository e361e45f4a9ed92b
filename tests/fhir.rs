//! FHIR: the questionnaire of a pack, answers back from responses to it, and results.
//!
//! `tests/peers/fhir_r4.py` holds the same files against the models of `fhir.resources`.

mod program;

#[path = "fhir/filled.rs"]
mod filled;

#[path = "fhir/refusals.rs"]
mod refusals;

use std::fs;
use std::path::Path;

use candidacy::forms::fhir::response;
use candidacy::load;
use candidacy_engine::answer::{Answers, Reply};
use candidacy_engine::assess::assess;
use candidacy_engine::assign::assign_with;
use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;
use candidacy_engine::source::Source;
use filled::Form;
use program::{Ended, candidacy, run};
use serde_json::{Value, json};
use tempfile::TempDir;

const DAY: &str = "2026-11-20";

fn day() -> Date {
    Date::from_iso(DAY).expect("a day")
}

fn pack() -> String {
    concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/forms/exported/asked.yaml"
    )
    .to_owned()
}

fn asked() -> Plan {
    load::plan(Some(Path::new(&pack()))).expect("rules")
}

/// Runs the program under the rules of `asked.yaml`.
fn under_rules(folder: &Path, words: &[&str]) -> Ended {
    let pack = pack();
    let all = [&["--rules", &pack], words].concat();
    run(&mut candidacy(folder, &all))
}

fn snap(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "fhir",
        prepend_module_to_snapshot => false,
        omit_expression => true,
        filters => vec![
            (r"candidacy \d+\.\d+\.\d+", "candidacy VERSION"),
            (r"[0-9a-f]{64}", "[fingerprint]"),
            (r"\([0-9a-f]{12}\)", "([fingerprint])"),
        ],
    }, {
        insta::assert_snapshot!(name, text);
    });
}

/// The answers that a response gives, or what is wrong with it.
fn read(plan: &Plan, response: &Value, day: Date) -> Result<Answers, String> {
    let source = Source::new("response.json", &response.to_string());
    let reader = plan.reader(day);
    let mut all = response::all(0, &source).map_err(|why| why.message.clone())?;
    assert_eq!(all.len(), 1);
    let (_, one) = all.pop().expect("one");
    let one = one.map_err(|why| why.message.clone())?;
    let said = |problems: &[candidacy_engine::diagnostic::Diagnostic]| {
        let texts = problems.iter().map(|one| one.message.clone());
        texts.collect::<Vec<_>>().join("\n")
    };
    let read = one.read(plan, &reader).map_err(|why| said(&why))?;
    let mut answers = plan.blank_answers();
    let mut problems = Vec::new();
    let reader = reader.answered_on(read.answered_on.unwrap_or(day));
    assign_with(&read.given, &mut answers, plan, &reader, &mut problems);
    if problems.is_empty() {
        Ok(answers)
    } else {
        Err(said(&problems))
    }
}

/// What is filled in means what the same answer means in an interview.
#[test]
#[expect(clippy::too_many_lines, reason = "one table of answers")]
fn every_type_of_question_comes_back() {
    #[track_caller]
    fn case(question: &str, typed: &str, filled: &[(&str, Value)]) {
        let plan = asked();
        let form = Form::of(&plan);
        let number = plan.question(question).expect("a question");
        let asked = &plan.questions[number].question;
        let meant = plan.reader(day()).reply(asked, typed).expect("an answer");
        let back = read(&plan, &form.response(filled), day()).expect("a response that is read");
        assert_eq!(*back.reply(number), meant, "{typed}");
        for (other, _) in plan
            .questions
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != number)
        {
            assert_eq!(*back.reply(other), Reply::Blank);
        }
    }

    let none = json!([]);
    let date = |day: &str| json!([{ "valueDate": day }]);
    let words = |text: &str| json!([{ "valueString": text }]);

    for code in ["Y", "N"] {
        let typed = if code == "Y" { "yes" } else { "no" };
        case("keloid", typed, &[("keloid", json!([code]))]);
    }
    case(
        "keloid",
        "yes",
        &[("keloid", json!([{ "valueBoolean": true }]))],
    );
    case(
        "keloid",
        "not sure",
        &[("keloid", json!(["asked-unknown"]))],
    );
    case("keloid", "", &[("keloid", none.clone())]);
    case("keloid", "", &[]);
    case("hiv", "declined", &[("hiv", json!(["asked-declined"]))]);

    case("dose", "strong", &[("dose", json!(["strong"]))]);
    case("dose", "not sure", &[("dose", json!(["asked-unknown"]))]);

    case("skin", "eczema", &[("skin", json!(["eczema"]))]);
    case(
        "skin",
        "eczema; open-sores",
        &[("skin", json!(["open-sores", "eczema"]))],
    );
    case("skin", "none", &[("skin", json!(["none-of-these"]))]);
    case("skin", "not sure", &[("skin", json!(["asked-unknown"]))]);
    case(
        "skin",
        "eczema; not sure",
        &[("skin", json!(["eczema", "asked-unknown"]))],
    );
    case("area", "neck", &[("area", json!(["neck"]))]);

    case(
        "spread",
        "2.50",
        &[("spread", json!([{ "valueDecimal": 2.5 }]))],
    );
    case("spread", "3", &[("spread", json!([{ "valueInteger": 3 }]))]);
    case(
        "spread",
        "not sure",
        &[("spread.unknown", json!(["asked-unknown"]))],
    );

    case("born", "1990-05-04", &[("born", date("1990-05-04"))]);
    case("born", "1990-05", &[("born", date("1990-05"))]);
    case("born", "1990", &[("born.about", words("1990"))]);
    case("born", "not sure", &[("born.about", words("not sure"))]);
    case(
        "born",
        "not sure",
        &[("born.unknown", json!(["asked-unknown"]))],
    );

    case("peel", "never", &[("peel", json!(["never"]))]);
    case("peel", "yes", &[("peel", json!(["happened"]))]);
    case(
        "peel",
        "2026-11-01",
        &[
            ("peel", json!(["happened"])),
            ("peel.when", date("2026-11-01")),
        ],
    );
    case(
        "peel",
        "last month",
        &[
            ("peel", json!(["happened"])),
            ("peel.about", words("last month")),
        ],
    );
    case("peel", "not sure", &[("peel", json!(["asked-unknown"]))]);
    // Whoever does not know when has said that it happened.
    for about in ["not sure", "n/a", "?", "declined"] {
        case(
            "peel",
            "yes",
            &[("peel", json!(["happened"])), ("peel.about", words(about))],
        );
        case(
            "capsules",
            "ended",
            &[
                ("capsules", json!(["ended"])),
                ("capsules.about", words(about)),
            ],
        );
    }

    case("capsules", "never", &[("capsules", json!(["never"]))]);
    case("capsules", "ongoing", &[("capsules", json!(["ongoing"]))]);
    case("capsules", "ended", &[("capsules", json!(["ended"]))]);
    case(
        "capsules",
        "ended 2026-08",
        &[
            ("capsules", json!(["ended"])),
            ("capsules.when", date("2026-08")),
        ],
    );
    for about in ["May 2026", "ended May 2026"] {
        case(
            "capsules",
            "May 2026",
            &[
                ("capsules", json!(["ended"])),
                ("capsules.about", words(about)),
            ],
        );
    }
    case(
        "capsules",
        "not sure",
        &[("capsules", json!(["asked-unknown"]))],
    );

    case("drugs", "none", &[("drugs", json!(["none-of-these"]))]);
    case("drugs", "not sure", &[("drugs", json!(["asked-unknown"]))]);
    let two = json!([{ "valueString": "Coumadin 5 mg" }, { "valueString": "vitamin D" }]);
    case("drugs", "Coumadin 5 mg; vitamin D", &[("drugs", two)]);
    let more = json!([{ "valueString": "warfarin" }, "asked-unknown"]);
    case("drugs", "warfarin; not sure", &[("drugs", more)]);
    let coded = json!([{ "valueCoding": {
        "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "11289", "display": "warfarin"
    } }]);
    case("drugs", "warfarin", &[("drugs", coded)]);
}

/// A reason why there is not an answer, as FHIR can also write it.
#[test]
fn a_reason_in_place_of_an_answer_leaves_the_question_open() {
    #[track_caller]
    fn case(item: &str, question: &str, typed: &str) {
        let plan = asked();
        let item: Value = serde_json::from_str(item).expect("JSON");
        let mut response = Form::of(&plan).response(&[]);
        response["item"] = json!([item]);
        let number = plan.question(question).expect("a question");
        let meant = plan
            .reader(day())
            .reply(&plan.questions[number].question, typed);
        let back = read(&plan, &response, day()).expect("a response that is read");
        assert_eq!(*back.reply(number), meant.expect("an answer"));
    }

    let absent = |code: &str| {
        format!(
            r#"[{{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "{code}"}}]"#
        )
    };
    for (code, typed) in [
        ("asked-unknown", "not sure"),
        ("asked-declined", "declined"),
        ("masked", "not sure"),
    ] {
        let extension = absent(code);
        case(
            &format!(r#"{{"linkId": "keloid", "extension": {extension}}}"#),
            "keloid",
            typed,
        );
        case(
            &format!(
                r#"{{"linkId": "born", "answer": [{{"_valueDate": {{"extension": {extension}}}}}]}}"#
            ),
            "born",
            typed,
        );
        case(
            &format!(r#"{{"linkId": "spread", "answer": [{{"extension": {extension}}}]}}"#),
            "spread",
            typed,
        );
    }
}

/// Items may be below answers or headings, as renderers have it.
#[test]
fn where_an_item_is_does_not_matter() {
    let plan = asked();
    let mut response = Form::of(&plan).response(&[]);
    let coding = |code: &str| json!({ "system": "urn:candidacy:answers:asked", "code": code });
    response["item"] = json!([{
        "linkId": "of another renderer",
        "item": [{
            "linkId": "peel",
            "answer": [{
                "valueCoding": coding("happened"),
                "item": [{ "linkId": "peel.when", "answer": [{ "valueDate": "2026-11-01" }] }],
            }],
        }],
    }]);
    let back = read(&plan, &response, day()).expect("a response that is read");
    let number = plan.question("peel").expect("a question");
    assert_eq!(
        back.reply(number)
            .in_words(&plan.questions[number].question),
        "2026-11-01"
    );
}

/// Every patient of the built-in rules, filled in as far as the form can: the same verdict where the form can
/// say all that was answered. What it cannot say leaves the question open, and nobody is let through by that.
#[test]
fn the_patients_of_the_built_in_rules_come_back() {
    let plan = load::compiled(load::built_in_with_cases()).expect("the built-in rules");
    let form = Form::of(&plan);
    let mut whole = 0;
    for case in &plan.cases {
        let (filled, lost) = form.filled(&plan, &case.answers);
        let back = read(&plan, &form.response_of(filled), case.as_of);
        let back = back.unwrap_or_else(|why| panic!("{}: {why}", case.name));
        let (was, is) = (
            assess(&plan, &case.answers, case.as_of),
            assess(&plan, &back, case.as_of),
        );
        if lost {
            assert!(is.range.worst >= was.verdict, "{}", case.name);
            let ahead = is.verdict.goes_ahead() && !was.verdict.goes_ahead();
            assert!(!ahead, "{}", case.name);
        } else {
            assert_eq!(back, case.answers, "{}", case.name);
            whole += 1;
        }
    }
    assert!(
        whole * 10 > plan.cases.len() * 9,
        "{whole} of {}",
        plan.cases.len()
    );
}

#[test]
fn a_questionnaire() {
    let folder = TempDir::new().expect("a folder");
    let ended = under_rules(folder.path(), &["questionnaire", "--format", "fhir"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    snap("questionnaire", &ended.out);
}

/// Screens a response in a file, with further words.
fn screened(responses: &[&Value], words: &[&str]) -> Ended {
    let folder = TempDir::new().expect("a folder");
    let lines: Vec<String> = responses.iter().map(ToString::to_string).collect();
    fs::write(folder.path().join("responses.json"), lines.join("\n")).expect("written");
    let all = [words, &["--as-of", DAY]].concat();
    under_rules(folder.path(), &all)
}

/// The same answers from a response, from flags, and from a row.
#[test]
fn a_response_is_screened_like_the_same_answers() {
    let form = Form::of(&asked());
    let filled = [
        ("keloid", json!(["N"])),
        ("hiv", json!(["asked-declined"])),
        ("skin", json!(["eczema"])),
        ("capsules", json!(["ended"])),
        ("capsules.about", json!([{ "valueString": "May 2026" }])),
        ("drugs", json!([{ "valueString": "Coumadin" }])),
    ];
    let response = form.response(&filled);
    let report = ["--format", "json"];
    let one = screened(
        &[&response],
        &[&["screen", "--answers", "responses.json"], &report[..]].concat(),
    );
    let typed = "keloid=no hiv=declined skin=eczema capsules=2026-05 drugs=Coumadin";
    let mut words = vec!["screen"];
    typed
        .split(' ')
        .for_each(|word| words.extend(["--set", word]));
    let flags = screened(&[], &[words.as_slice(), &report].concat());
    assert_eq!(
        (one.code, one.out.as_str()),
        (0, flags.out.as_str()),
        "{}",
        one.err
    );

    let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": [
        { "resource": { "resourceType": "Patient", "id": "17" } },
        { "resource": response },
    ] });
    let one = screened(
        &[&bundle],
        &[&["screen", "--answers", "responses.json"], &report[..]].concat(),
    );
    assert_eq!(
        (one.code, one.out.as_str()),
        (0, flags.out.as_str()),
        "{}",
        one.err
    );

    let verdict: Value = serde_json::from_str(&flags.out).expect("JSON");
    let row = |table: &[&Value]| {
        let ended = screened(table, &["batch", "responses.json", "--columns", "verdict"]);
        assert_eq!(ended.code, 0, "{}", ended.err);
        ended.out.lines().nth(1).expect("a row").to_owned()
    };
    for table in [&[&response][..], &[&bundle], &[&response, &response]] {
        let verdict = verdict["verdict"].as_str().expect("a verdict");
        assert!(
            row(table).starts_with(&format!("\"r1\",{verdict},")),
            "{}",
            row(table)
        );
    }
}

#[test]
fn results() {
    let folder = TempDir::new().expect("a folder");
    let answers = "keloid=no hiv=yes skin=eczema capsules=2026-08 drugs=zzz";
    let mut words = vec!["screen", "--as-of", DAY, "--record", "kept.json"];
    answers
        .split(' ')
        .for_each(|word| words.extend(["--set", word]));
    for (format, view) in [
        ("fhir", "clinician"),
        ("fhir", "desk"),
        ("cds-hooks", "clinician"),
        ("cds-hooks", "desk"),
    ] {
        let more = ["--format", format, "--view", view, "--force"];
        let ended = under_rules(folder.path(), &[words.as_slice(), &more].concat());
        assert_eq!(ended.code, 0, "{}", ended.err);
        assert!(view == "clinician" || !ended.out.contains("hiv"), "private");
        snap(&format!("{format}_{view}"), &ended.out);
    }
    let overruled = "override kept.json --verdict eligible-with-precautions --reason examined --comment Seen. --by Dr~A.~Example";
    let overruled: Vec<String> = overruled
        .split(' ')
        .map(|word| word.replace('~', " "))
        .collect();
    let overruled: Vec<&str> = overruled.iter().map(String::as_str).collect();
    assert_eq!(under_rules(folder.path(), &overruled).code, 0);
    for format in ["fhir", "cds-hooks"] {
        let ended = under_rules(folder.path(), &["replay", "kept.json", "--format", format]);
        assert_eq!(ended.code, 0, "{}", ended.err);
        assert!(ended.out.contains("Dr A. Example"));
        let told: Value = serde_json::from_str(&ended.out).expect("JSON");
        if format == "cds-hooks" {
            let card = &told["cards"][0];
            assert_eq!(card["indicator"], "warning");
            let summary = card["summary"].as_str().expect("a summary");
            assert!(
                summary.starts_with("Eligible with precautions (a dermatologist's decision)"),
                "{summary}"
            );
        }
    }
}

/// A summary holds at most 140 letters, whatever the titles of the rules.
#[test]
fn a_summary_is_short() {
    let folder = TempDir::new().expect("a folder");
    let mut words = vec!["screen", "--as-of", DAY, "--format", "cds-hooks"];
    for answer in [
        "keloid=yes",
        "skin_conditions=eczema;psoriasis",
        "health=diabetes;epilepsy",
        "isotretinoin=ongoing",
    ] {
        words.extend(["--set", answer]);
    }
    let ended = run(&mut candidacy(folder.path(), &words));
    let told: Value = serde_json::from_str(&ended.out).expect("JSON");
    let summary = told["cards"][0]["summary"].as_str().expect("a summary");
    assert!(summary.chars().count() <= 140, "{summary}");
    assert_eq!(told["cards"][0]["indicator"], "critical");
}
