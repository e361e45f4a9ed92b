//! One word means the same with `--set`, in a file of answers and in a table, and no
//! answer counts for less than it says.

mod program;

use std::fs;

use candidacy::load;
use candidacy_engine::answer::Answers;
use candidacy_engine::assess::assess;
use candidacy_engine::assign::assign;
use candidacy_engine::date::Date;
use candidacy_engine::pack::{self, Given};
use candidacy_engine::plan::Plan;
use candidacy_engine::source::{Located, Place, Source};
use program::{candidacy, run};
use tempfile::TempDir;

/// A patient of whom no rule of the built-in pack has anything to say.
const WELL: &str = include_str!("words/well.yaml");

const REFUSED: &str = "refused";
const REVIEW: &str = "dermatologist-review";
const ELIGIBLE: &str = "eligible";

fn day() -> Date {
    Date::from_iso("2026-11-20").expect("a day")
}

/// What comes out for a file of answers, with some answers as `--set` gives them.
fn verdict(plan: &Plan, file: &str, set: &[(&str, &str)]) -> &'static str {
    let mut problems = Vec::new();
    let file = pack::answers(0, &Source::new("answers.yaml", file), &mut problems);
    let place = Place {
        source: 0,
        start: 0,
        end: 1,
    };
    let set = set.iter().map(|(id, text)| Given {
        key: Located {
            value: (*id).to_owned(),
            place,
        },
        text: (*text).to_owned(),
        place,
    });
    let mut answers: Answers = plan.blank_answers();
    assign(&file.given, &mut answers, plan, day(), &mut problems);
    let set: Vec<Given> = set.collect();
    assign(&set, &mut answers, plan, day(), &mut problems);
    if problems.is_empty() {
        assess(plan, &answers, day()).verdict.word()
    } else {
        REFUSED
    }
}

/// The file of the well patient with the value of one answer written as `written`.
fn with(id: &str, written: &str) -> String {
    let other = |line: &&str| !line.starts_with(&format!("{id}:"));
    let mut lines: Vec<&str> = WELL.lines().filter(other).collect();
    let line = format!("{id}: {written}");
    lines.push(&line);
    lines.join("\n") + "\n"
}

/// What comes out for tables of the well patient, each with one cell changed.
fn tables(cells: &[(&str, &str)]) -> Vec<String> {
    let answers = WELL.lines().filter(|line| !line.starts_with('#'));
    let answers: Vec<(&str, &str)> = answers
        .map(|line| line.split_once(": ").expect("an answer"))
        .collect();
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let headings: Vec<&str> = answers.iter().map(|(id, _)| *id).collect();
    let mut table = headings.join(",") + "\n";
    for (id, text) in cells {
        let row = answers
            .iter()
            .map(|(own, well)| quoted(if own == id { text } else { well }));
        table.push_str(&(row.collect::<Vec<_>>().join(",") + "\n"));
    }
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("table.csv"), table).expect("a file");
    let words = [
        "batch",
        "table.csv",
        "--as-of",
        "2026-11-20",
        "--format",
        "jsonl",
    ];
    let ended = run(&mut candidacy(folder.path(), &words));
    assert!(matches!(ended.code, 0 | 4), "{}", ended.err);
    let verdict = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
        match row["verdict"].as_str().expect("a verdict") {
            "unreadable" => REFUSED.to_owned(),
            verdict => verdict.to_owned(),
        }
    };
    ended.out.lines().map(verdict).collect()
}

/// Holds every way to give an answer against what must come out.
#[track_caller]
fn all_ways(cases: &[(&str, &str, &str)]) {
    let plan = load::plan(None).expect("the built-in rules");
    let cells: Vec<(&str, &str)> = cases.iter().map(|(id, text, _)| (*id, *text)).collect();
    for ((id, text, expected), table) in cases.iter().zip(tables(&cells)) {
        let quoted = serde_json::to_string(text).expect("JSON");
        for (way, found) in [
            ("--set", verdict(&plan, WELL, &[(id, text)])),
            ("a file", verdict(&plan, &with(id, &quoted), &[])),
            ("a table", table.as_str()),
        ] {
            assert_eq!(found, *expected, "{id}={text:?} with {way}");
        }
    }
}

/// Each text for each question, with what must come out.
fn each<'a>(
    ids: &[&'a str],
    texts: &[&'a str],
    expected: &'a str,
) -> Vec<(&'a str, &'a str, &'a str)> {
    let pairs = ids
        .iter()
        .flat_map(|id| texts.iter().map(move |text| (id, text)));
    pairs.map(|(id, text)| (*id, *text, expected)).collect()
}

#[test]
fn what_says_nothing_is_never_none() {
    let nothing = [
        "", ";", ";;", "|", " ; ", ", ,", "null", "NULL", "NA", "NaN", "#N/A", ";null;", "~",
        "\\N", "[]",
    ];
    let mut cases = each(&["health", "medicines"], &nothing, REVIEW);
    cases.extend(each(&["health"], &["n/a", "-"], REVIEW));
    cases.extend(each(
        &["medicines"],
        &["n/a", "-", "none", "nil", "no", "0", "n", "false"],
        ELIGIBLE,
    ));
    cases.extend(each(&["health"], &["none", "no", ";none;"], ELIGIBLE));
    all_ways(&cases);
}

#[test]
fn an_empty_list_of_a_file_is_blank() {
    let plan = load::plan(None).expect("the built-in rules");
    for id in ["health", "medicines"] {
        for written in [
            "",
            "~",
            "null",
            "Null",
            "[]",
            "[ ]",
            "[null]",
            "[\"\"]",
            "[~, \" \"]",
            "[NA]",
        ] {
            assert_eq!(
                verdict(&plan, &with(id, written), &[]),
                REVIEW,
                "{id}: {written}"
            );
        }
        for written in ["none", "[none]", "nothing", "\"no\"", "no", "false", "0"] {
            assert_eq!(
                verdict(&plan, &with(id, written), &[]),
                ELIGIBLE,
                "{id}: {written}"
            );
        }
    }
    let json = |medicines: &str| format!("{{\"health\": [], \"medicines\": {medicines}}}");
    let open = verdict(&plan, &json("[]"), &[]);
    assert_eq!(open, REVIEW);
    assert_eq!(
        verdict(&plan, &with("medicines", "[paracetamol, null]"), &[]),
        REVIEW
    );
    assert_eq!(
        verdict(&plan, &with("medicines", "[paracetamol, \"\"]"), &[]),
        ELIGIBLE
    );
}

#[test]
fn words_beside_others() {
    let mut cases = vec![
        ("medicines", "paracetamol", ELIGIBLE),
        ("medicines", "paracetamol;", ELIGIBLE),
    ];
    let open = [
        "paracetamol; null",
        "paracetamol, NaN",
        "paracetamol; not sure",
        "20 mg; none",
        "none, 20 mg",
    ];
    cases.extend(each(&["medicines"], &open, REVIEW));
    let refused = [
        "nil and paracetamol",
        "nil/paracetamol",
        "paracetamol + nil",
        "none; paracetamol",
        "#REF!",
    ];
    cases.extend(each(&["medicines"], &refused, REFUSED));
    cases.extend(each(
        &["health", "keloid", "isotretinoin", "acne", "date_of_birth"],
        &["#VALUE!", "#NAME?"],
        REFUSED,
    ));
    cases.extend(each(&["health"], &["none;diabetes", "none;null"], REFUSED));
    all_ways(&cases);
}

#[test]
fn the_commonest_spoken_answers() {
    let not_sure = [
        "I don't know",
        "no idea",
        "dunno",
        "not that I know of",
        "Not sure.",
    ];
    let mut cases = each(
        &["keloid", "health", "medicines", "isotretinoin", "acne"],
        &not_sure,
        REVIEW,
    );
    cases.extend(each(
        &["health", "medicines"],
        &["nothing", "none of these", "nope"],
        ELIGIBLE,
    ));
    cases.extend(each(
        &["keloid", "isotretinoin"],
        &["nope", "no", "0.0"],
        ELIGIBLE,
    ));
    cases.extend(each(
        &["keloid"],
        &["yes", "yes please", "1.0"],
        "not-eligible",
    ));
    cases.extend(each(
        &["isotretinoin"],
        &["ongoing", "on-going", "ON GOING"],
        "deferred",
    ));
    all_ways(&cases);
}

/// An area is always treated, so that no area is not an answer.
#[test]
fn none_is_no_answer_where_one_option_always_applies() {
    let mut cases = each(
        &["area"],
        &["none", "no", "nothing", "none;none", "face;none"],
        REFUSED,
    );
    cases.extend(each(&["area"], &[";", "null", "not sure"], REVIEW));
    cases.extend([("area", "face", ELIGIBLE), ("area", "lips", "not-eligible")]);
    all_ways(&cases);

    let plan = load::plan(None).expect("the built-in rules");
    let all = ["face", "neck", "body", "scalp", "eyelids", "lips"];
    let denied: Vec<String> = all.iter().map(|option| format!("area.{option}")).collect();
    let denied: Vec<(&str, &str)> = denied.iter().map(|key| (key.as_str(), "no")).collect();
    assert_eq!(verdict(&plan, WELL, &denied), REFUSED);
    assert_eq!(verdict(&plan, &with("area", ""), &denied), REFUSED);
    assert_eq!(verdict(&plan, WELL, &[("area.face", "no")]), REFUSED);
    let but_one = &denied[..5];
    // The lips are the only area left, whichever words say so.
    let only_lips = verdict(&plan, &with("area", ""), but_one);
    assert_eq!(only_lips, "not-eligible");
}

/// The verdicts of a table with a column for each area.
fn of_areas(rows: &[&str], more: &[&str]) -> Vec<String> {
    let well = WELL.lines().filter(|line| !line.starts_with(['#', 'a']));
    let answers = well.map(|line| line.split_once(": ").expect("an answer"));
    let (mut headings, mut cells): (Vec<&str>, Vec<String>) = answers
        .map(|(id, text)| (id, format!("\"{text}\"")))
        .unzip();
    headings.extend([
        "acne",
        "allergies",
        "area.face",
        "area.eyelids",
        "area.lips",
    ]);
    headings.extend(["area.neck", "area.body", "area.scalp"]);
    cells.extend(["clear".to_owned(), "none".to_owned()]);
    let row = |areas: &&str| format!("{},{areas}\n", cells.join(","));
    let table = headings.join(",") + "\n" + &rows.iter().map(row).collect::<String>();
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("table.csv"), table).expect("a file");
    let words = [
        "batch",
        "table.csv",
        "--as-of",
        "2026-11-20",
        "--columns",
        "verdict",
    ];
    let words: Vec<&str> = words.iter().chain(more).copied().collect();
    let ended = run(&mut candidacy(folder.path(), &words));
    let verdict = |line: &str| line.split(',').nth(1).unwrap_or("").to_owned();
    ended.out.lines().skip(1).map(verdict).collect()
}

#[test]
fn an_option_left_blank_beside_others_is_not_known() {
    let rows = [
        "yes,,,,,",
        "yes,no,no,,,",
        "no,no,no,no,no,no",
        "no,no,no,no,no,",
        ",,,,,",
        "yes,no,no,no,no,no",
    ];
    let found = of_areas(&rows, &[]);
    assert_eq!(
        found,
        [REVIEW, ELIGIBLE, "unreadable", ELIGIBLE, REVIEW, ELIGIBLE]
    );
}

/// A tick is somewhere, or nobody filled it in.
#[test]
fn a_row_without_a_tick_is_blank_where_one_always_applies() {
    let rows = ["x,,,,,", ",,x,,,", ",,,,,", "no,,,,,", "x,n/a,,,,"];
    let found = of_areas(&rows, &["--ticked", "area"]);
    assert_eq!(found, [ELIGIBLE, "not-eligible", REVIEW, REVIEW, REVIEW]);
    let found = of_areas(&rows[2..3], &["--ticked", "area", "--assume", "area=face"]);
    assert_eq!(found, [ELIGIBLE]);
}

#[test]
fn a_comment_after_an_answer_is_refused() {
    let plan = load::plan(None).expect("the built-in rules");
    for written in [
        "levothyroxine 50 mcg #30, warfarin 5 mg",
        "none # as of today",
        "# none",
        "[paracetamol #30, warfarin\n  , ibuprofen]",
        "\n  - paracetamol #30\n  - ibuprofen",
        "paracetamol\n  500 mg # warfarin",
        "paracetamol #30\n  warfarin",
    ] {
        assert_eq!(
            verdict(&plan, &with("medicines", written), &[]),
            REFUSED,
            "{written}"
        );
    }
    for written in [
        "\"paracetamol\" # as of today",
        "'paracetamol'   # as of today",
        "[paracetamol] # as of today",
        "paracetamol\n# as of today",
        "\"paracetamol #30\"",
        "# today:\n  - paracetamol",
    ] {
        assert_eq!(
            verdict(&plan, &with("medicines", written), &[]),
            ELIGIBLE,
            "{written}"
        );
    }
    let file = "as_of: 2026-11-20 # the day of treatment\nanswers:\n  keloid: no\n";
    let mut problems = Vec::new();
    let read = pack::answers(0, &Source::new("answers.yaml", file), &mut problems);
    assert_eq!(read.given.len(), 1);
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code.word()).collect();
    assert_eq!(codes, ["comment-after-answer"]);
}

/// YAML joins lines with a blank, which would make one medicine of several.
#[test]
fn lines_that_yaml_would_join_are_refused() {
    let plan = load::plan(None).expect("the built-in rules");
    let case = |written: &str, expected: &str| {
        assert_eq!(
            verdict(&plan, &with("medicines", written), &[]),
            expected,
            "{written}"
        );
    };
    for written in [
        "\n  eye drops\n  prednisolone",
        "eye drops\n  prednisolone",
        ">\n  eye drops\n  prednisolone",
        ">-\n  eye drops\n  prednisolone",
        "\"eye drops\n  prednisolone\"",
        "eye drops\n  >prednisolone",
        "\n  - eye drops\n    prednisolone",
    ] {
        case(written, REFUSED);
    }
    case("|\n  eye drops\n  prednisolone", REVIEW);
    case(">\n  eye drops,\n  prednisolone", REVIEW);
    case("|\n  eye drops\n  paracetamol", ELIGIBLE);
    case(">-\n  eye drops;\n  paracetamol", ELIGIBLE);
    case("\n  - eye drops\n  - paracetamol", ELIGIBLE);
}

#[test]
fn a_suggestion_is_never_the_opposite() {
    let folder = TempDir::new().expect("a folder");
    let said = |words: &[&str]| run(&mut candidacy(folder.path(), words)).err;
    for word in ["ineligible", "not eligible"] {
        let over = [
            "override",
            "x.json",
            "--reason",
            "a",
            "--by",
            "b",
            "--verdict",
            word,
        ];
        for words in [&over[..], &["batch", "x.csv", "--fail-on", word]] {
            // A usage error is wrapped to the window.
            let said = said(words).split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(
                said.contains("did you mean `not-eligible`"),
                "{word}: {said}"
            );
        }
    }
    for word in ["unclear", "un-clear", "not clear"] {
        let said = said(&["screen", "--set", &format!("acne={word}")]);
        assert!(
            said.contains("is not an answer") && !said.contains("did you mean"),
            "{word}: {said}"
        );
    }
    assert!(said(&["screen", "--set", "acne=claer"]).contains("did you mean `clear`"));
    assert!(!said(&["--color", "ever", "template"]).contains("similar"));
    assert!(said(&["--color", "nevr", "template"]).contains("'never'"));
}
