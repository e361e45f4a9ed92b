//! Responses that are refused: what a person sees, with the place.

use std::fmt::Write;
use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::filled::Form;
use super::{DAY, asked, screened, snap, under_rules};

/// What `screen` says of a response.
fn refused(response: &Value) -> String {
    let folder = TempDir::new().expect("a folder");
    let text = serde_json::to_string_pretty(response).expect("JSON");
    said_of(&folder, &text)
}

fn said_of(folder: &TempDir, text: &str) -> String {
    fs::write(folder.path().join("response.json"), text).expect("written");
    let words = ["screen", "--as-of", DAY, "--answers", "response.json"];
    let ended = under_rules(folder.path(), &words);
    assert_ne!(ended.code, 0, "{}", ended.out);
    assert!(ended.out.is_empty(), "{}", ended.out);
    ended.err
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table of responses")]
fn responses_that_are_refused() {
    let plan = asked();
    let form = Form::of(&plan);
    let item = |link: &str, answer: &Value| json!({ "linkId": link, "answer": answer });
    let with = |items: &[Value]| {
        let mut response = form.response(&[]);
        response["item"] = json!(items);
        response
    };
    let one = |link: &str, answer: Value| with(&[item(link, &answer)]);
    let code = |code: &str| json!({ "valueCoding": { "system": "urn:candidacy:answers:asked", "code": code } });
    let day = |day: &str| json!([{ "valueDate": day }]);
    let about = |text: &str| json!([{ "valueString": text }]);
    let changed = |key: &str, value: Value| {
        let mut response = form.response(&[("keloid", json!(["N"]))]);
        response[key] = value;
        response
    };
    let cases: Vec<(&str, Value)> = vec![
        ("another field", one("keloids", json!([code("yes")]))),
        (
            "a boolean for a choice",
            one("skin", json!([{ "valueBoolean": true }])),
        ),
        (
            "words for a choice",
            one("keloid", json!([{ "valueString": "no" }])),
        ),
        (
            "a code of others",
            one(
                "skin",
                json!([{ "valueCoding": { "system": "http://snomed.info/sct", "code": "43116000" } }]),
            ),
        ),
        (
            "an option that is not there",
            one("skin", json!([code("acne")])),
        ),
        (
            "no code",
            one("dose", json!([{ "valueCoding": { "display": "Weak" } }])),
        ),
        (
            "a word for a number",
            one("spread", json!([{ "valueDecimal": "2" }])),
        ),
        (
            "a number out of range",
            one("spread", json!([{ "valueDecimal": 41 }])),
        ),
        (
            "a quantity",
            one(
                "spread",
                json!([{ "valueQuantity": { "value": 2, "unit": "mm" } }]),
            ),
        ),
        ("a word for a day", one("born", day("never"))),
        ("a day to come", one("born", day("2027-01-01"))),
        ("no such day", one("born", day("1990-02-30"))),
        (
            "two answers to one",
            one("keloid", json!([code("yes"), code("no")])),
        ),
        (
            "two values",
            one(
                "keloid",
                json!([{ "valueBoolean": true, "valueString": "no" }]),
            ),
        ),
        (
            "answered twice",
            with(&[
                item("keloid", &json!([code("yes")])),
                item("keloid", &json!([code("no")])),
            ]),
        ),
        (
            "none beside an option",
            one("skin", json!([code("eczema"), code("none-of-these")])),
        ),
        (
            "no medicines beside one",
            one(
                "drugs",
                json!([code("none-of-these"), { "valueString": "warfarin" }]),
            ),
        ),
        (
            "a medicine with a code of ours",
            one("drugs", json!([code("warfarin")])),
        ),
        (
            "a day of what never was",
            with(&[
                item("peel", &json!([code("never")])),
                item("peel.when", &day("2026-11-01")),
            ]),
        ),
        (
            "a day without an answer",
            one("peel.when", day("2026-11-01")),
        ),
        (
            "a day and words",
            with(&[
                item("peel", &json!([code("happened")])),
                item("peel.when", &day("2026-11-01")),
                item("peel.about", &about("May 2026")),
            ]),
        ),
        (
            "words that take it back",
            with(&[
                item("peel", &json!([code("happened")])),
                item("peel.about", &about("never")),
            ]),
        ),
        (
            "words that take its end back",
            with(&[
                item("capsules", &json!([code("ended")])),
                item("capsules.about", &about("ongoing")),
            ]),
        ),
        (
            "words that are no day",
            with(&[
                item("capsules", &json!([code("ended")])),
                item("capsules.about", &about("soon")),
            ]),
        ),
        (
            "a day and not sure",
            with(&[
                item("born", &day("1990-05-04")),
                item(
                    "born.unknown",
                    &json!([{ "valueCoding": { "system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "asked-unknown" } }]),
                ),
            ]),
        ),
        (
            "another questionnaire",
            changed(
                "questionnaire",
                json!("https://example.org/Questionnaire/other|1.2.0"),
            ),
        ),
        (
            "another version",
            changed(
                "questionnaire",
                json!("urn:candidacy:questionnaire:asked|1.1.0"),
            ),
        ),
        ("no questionnaire", changed("questionnaire", Value::Null)),
        ("a mistake", changed("status", json!("entered-in-error"))),
        (
            "another resource",
            changed("resourceType", json!("Patient")),
        ),
        (
            "another meaning",
            changed("modifierExtension", json!([{ "url": "urn:x" }])),
        ),
        (
            "another meaning of an answer",
            one(
                "keloid",
                json!([{ "valueBoolean": false, "modifierExtension": [{ "url": "urn:x" }] }]),
            ),
        ),
        (
            "an item that is none",
            changed("item", json!({ "linkId": "keloid" })),
        ),
        (
            "an empty bundle",
            json!({ "resourceType": "Bundle", "entry": [] }),
        ),
    ];
    let mut text = String::new();
    for (name, response) in &cases {
        writeln!(text, "=== {name}\n{}", refused(response)).expect("written");
    }
    let folder = TempDir::new().expect("a folder");
    let broken = "{\n  \"resourceType\": \"QuestionnaireResponse\",\n  \"item\": [,]\n}";
    writeln!(text, "=== no JSON\n{}", said_of(&folder, broken)).expect("written");
    let exponent = one("spread", json!([{ "valueDecimal": 42 }]));
    let exponent = exponent.to_string().replace("42", "1e1");
    writeln!(
        text,
        "=== a number with an exponent\n{}",
        said_of(&folder, &exponent)
    )
    .expect("written");
    let two = format!("{0}\n{0}\n", form.response(&[]));
    writeln!(text, "=== two responses\n{}", said_of(&folder, &two)).expect("written");
    snap("refused", &text);
}

/// Nothing that is nested without end brings the program down.
#[test]
fn deep_nesting_is_refused() {
    let folder = TempDir::new().expect("a folder");
    for (open, close) in [("{\"item\":[", "]}"), ("{\"answer\":[{\"item\":[", "]}]}")] {
        let head = "{\"resourceType\":\"QuestionnaireResponse\",\"questionnaire\":\"x:asked\",\"status\":\"completed\",\"item\":[";
        let text = format!(
            "{head}{}{{\"linkId\":\"keloid\"}}{}]}}",
            open.repeat(5000),
            close.repeat(5000)
        );
        let said = said_of(&folder, &text);
        assert!(said.contains("error["), "{said}");
    }
}

/// In a batch a response that cannot be read is a row that cannot be read, and the others are screened.
#[test]
fn rows_that_are_refused() {
    let plan = asked();
    let form = Form::of(&plan);
    let good = form.response(&[("keloid", json!(["Y"]))]);
    let mut wrong = form.response(&[("drugs", json!([{ "valueString": "a\nb, \"c\"" }]))]);
    wrong["item"][0]["item"][0]["linkId"] = json!("medicines");
    let mut cell = form.response(&[("born", json!([{ "valueDate": "2027-01-01" }]))]);
    cell["id"] = json!("r3");
    let mut unfinished = form.response(&[("drugs", json!([{ "valueString": "a\nwarfarin" }]))]);
    unfinished["status"] = json!("in-progress");
    let mut counted = form.response(&[
        ("peel", json!(["happened"])),
        ("peel.about", json!([{ "valueString": "3 weeks ago" }])),
    ]);
    counted["authored"] = json!("2026-03-01");
    let patient = json!({ "resourceType": "Patient" });
    let all = [&good, &wrong, &cell, &unfinished, &counted, &patient];
    let mut text = String::new();
    for view in ["clinician", "desk"] {
        let words = [
            "batch",
            "responses.json",
            "--columns",
            "verdict",
            "--view",
            view,
        ];
        let ended = screened(&all, &words);
        assert_eq!(ended.code, 4, "{}", ended.err);
        writeln!(text, "=== {view}\n{}", ended.out).expect("written");
        if view == "clinician" {
            let told = ended
                .err
                .lines()
                .filter(|line| line.contains("not finished"));
            told.for_each(|line| writeln!(text, "{line}").expect("written"));
        }
    }
    snap("rows", &text);
}
