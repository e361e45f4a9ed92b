//! A table says the same as one patient at a time, for any number of threads
//! and any size of pieces.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use candidacy::report::model;
use candidacy::report::model::View;
use candidacy_engine::assess::{Assessment, assess};
use candidacy_engine::assign::assign;
use candidacy_engine::date::Date;
use candidacy_engine::finding::Standing;
use candidacy_engine::pack::Given;
use candidacy_engine::plan::Plan;
use candidacy_engine::source::{Located, Place};
use candidacy_engine::summary::Doubt;
use proptest::prelude::*;

use super::{batch, program};

/// The columns, each with cells to draw from.
const COLUMNS: &[(&str, &[&str])] = &[
    (
        "date_of_birth",
        &[
            "1990-01-01",
            "2008",
            "2008-11-20",
            "2010-02-28",
            "2026-11-20",
            "1900-01-01",
            "1970-01-01",
            "",
            "?",
            "2027-01-01",
            "born",
        ],
    ),
    (
        "acne",
        &["clear", "mild", "Inflamed", "", "not sure", "perhaps"],
    ),
    (
        "skin_conditions",
        &[
            "none",
            "eczema",
            "eczema;psoriasis",
            "eczema;not sure",
            "",
            "none;eczema",
        ],
    ),
    (
        "skin_conditions.eczema",
        &["yes", "no", "", "?", "declined", "maybe"],
    ),
    ("skin_conditions.psoriasis", &["x", "0", "", "-"]),
    ("eczema_flare", &["yes", "no", "", "declined"]),
    ("recent_peel", &["yes", "no", "", "?"]),
    (
        "last_peel",
        &[
            "never",
            "2026-11-19",
            "2026-10",
            "2026-10-23",
            "1900-01-01",
            "1970-01-01",
            "1985-05",
            "2009-06-01",
            "before 2020",
            "since October 2026",
            "when I was 36",
            "when I was 17",
            "yes",
            "",
            "2026-11-21",
        ],
    ),
    (
        "isotretinoin",
        &[
            "never",
            "ongoing",
            "2026-08-31",
            "2026",
            "9999-12-31",
            "1989-12-31",
            "at the age of 18",
            "since October 2026",
            "ended",
            "",
            "yes",
        ],
    ),
    (
        "medicines",
        &[
            "none",
            "apixaban",
            "\"aspirin, Warfarin 5 mg\"",
            "20 mg",
            "",
            "not sure",
            "none;aspirin",
        ],
    ),
    ("hepatitis", &["yes", "no", "", "n"]),
    ("hiv", &["no", "true", "-"]),
    ("depth", &["1", "2.5 mm", "9", "", "deep"]),
];

fn plan(path: &str) -> Plan {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    candidacy::load::plan(Some(&path)).expect("the pack")
}

/// The row of the output, without problem, for these cells by the one-patient path.
fn one_by_one(plan: &Plan, columns: &[usize], cells: &[&str]) -> String {
    assessed(plan, columns, cells).map_or_else(
        || "unreadable,,,,".to_owned(),
        |seen| format!("{},{}", row(plan, &seen), doubts(plan, &seen)),
    )
}

/// The cell of doubts, for the clinician.
fn doubts(plan: &Plan, assessment: &Assessment) -> String {
    let id = |question: usize| plan.questions[question].question.id.as_str();
    let words = |doubt: &Doubt| match doubt {
        Doubt::Stated(number) => plan.doubts[*number].0.clone(),
        Doubt::NotAsked(question) => format!("{}: answered but does not apply", id(*question)),
        Doubt::ImpossibleDay(one) => {
            format!("{}: the day {}", id(one.question), one.why.in_words())
        }
    };
    let words: Vec<String> = assessment.doubts.iter().map(words).collect();
    words.join("; ")
}

/// What comes of these cells by the one-patient path, where they can be read.
fn assessed(plan: &Plan, columns: &[usize], cells: &[&str]) -> Option<Assessment> {
    let place = Place {
        source: 0,
        start: 0,
        end: 0,
    };
    let given: Vec<Given> = columns
        .iter()
        .zip(cells)
        .map(|(column, cell)| Given {
            key: Located {
                value: COLUMNS[*column].0.to_owned(),
                place,
            },
            text: cell.trim_matches('"').to_owned(),
            place,
        })
        .collect();
    let as_of = Date::from_iso("2026-11-20").expect("a day");
    let (mut answers, mut problems) = (plan.blank_answers(), Vec::new());
    assign(&given, &mut answers, plan, as_of, &mut problems);
    problems.is_empty().then(|| assess(plan, &answers, as_of))
}

fn row(plan: &Plan, assessment: &Assessment) -> String {
    let applies = assessment
        .findings
        .iter()
        .filter(|f| f.standing == Standing::Applies);
    let reasons: Vec<&str> = applies.map(|f| plan.rules[f.rule].id.as_str()).collect();
    let open = assessment.undecided.iter();
    let open: Vec<&str> = open
        .map(|q| plan.questions[*q].question.id.as_str())
        .collect();
    let from = assessment
        .eligible_from
        .map(|day| day.to_string())
        .unwrap_or_default();
    format!(
        "{},{},{},{from}",
        assessment.verdict.word(),
        reasons.join(";"),
        open.join(";")
    )
}

/// Columns in some order, no question told twice, and rows that repeat.
fn table() -> impl Strategy<Value = (Vec<usize>, Vec<Vec<&'static str>>)> {
    let all: Vec<usize> = (0..COLUMNS.len()).collect();
    let columns = prop::sample::subsequence(all, 4..COLUMNS.len())
        .prop_shuffle()
        .prop_map(|mut columns| {
            let whole = columns
                .iter()
                .any(|column| COLUMNS[*column].0 == "skin_conditions");
            columns.retain(|column| !(whole && COLUMNS[*column].0.contains('.')));
            columns
        });
    columns.prop_flat_map(|columns| {
        let cells: Vec<_> = columns
            .iter()
            .map(|c| {
                let cells = COLUMNS[*c].1;
                prop_oneof![3 => Just(cells[0]), 2 => prop::sample::select(cells)]
            })
            .collect();
        (Just(columns), prop::collection::vec(cells, 1..60))
    })
}

fn by_batch(text: &str, flags: &[String]) -> String {
    written(batch("-"), text, flags)
}

/// The same by the rules at `path`.
fn under(path: &str, text: &str, flags: &[String]) -> String {
    let words = ["--rules", path, "batch", "-", "--as-of", "2026-11-20"];
    written(program::candidacy(Path::new("."), &words), text, flags)
}

fn written(mut command: Command, text: &str, flags: &[String]) -> String {
    let mut child = command
        .args(flags)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    child
        .stdin
        .take()
        .expect("its input")
        .write_all(text.as_bytes())
        .expect("it is taken");
    let output = child.wait_with_output().expect("it ends");
    String::from_utf8(output.stdout).expect("text")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_table_says_the_same_as_one_patient_at_a_time(
        (columns, rows) in table(),
        jobs in 1..5_u8,
        piece in 1..2000_u16,
    ) {
        let plan = plan("tests/batch/pack.yaml");
        let headings: Vec<&str> = columns.iter().map(|column| COLUMNS[*column].0).collect();
        let mut text = format!("patient,{}\n", headings.join(","));
        let mut expected = Vec::new();
        for (number, row) in rows.iter().enumerate() {
            writeln!(text, "{number},{}", row.join(",")).expect("memory");
            expected.push(format!("{number},{}", one_by_one(&plan, &columns, row)));
        }
        let flags = ["--columns", "verdict", "--jobs", &jobs.to_string(), "--piece", &piece.to_string()];
        let output = by_batch(&text, &flags.map(str::to_owned));
        let found: Vec<String> = output
            .lines()
            .skip(1)
            // Only the problem, which comes before the doubts, holds commas.
            .map(|line| {
                let ours: Vec<&str> = line.splitn(6, ',').take(5).collect();
                let doubts = line.rsplit(',').next().unwrap_or_default();
                format!("{},{doubts}", ours.join(","))
            })
            .collect();
        prop_assert_eq!(found, expected);
    }

    /// The same under rules of which some are relaxed for a while.
    #[test]
    fn a_table_names_who_is_responsible_as_a_single_report_does(
        (columns, rows) in table(),
        piece in 1..2000_u16,
        desk in any::<bool>(),
    ) {
        let rules = "tests/overlay/tables.yaml";
        let plan = plan(rules);
        let view = if desk { View::Desk } else { View::Clinician };
        let headings: Vec<&str> = columns.iter().map(|column| COLUMNS[*column].0).collect();
        let mut text = format!("patient,{}\n", headings.join(","));
        let mut expected = Vec::new();
        for (number, cells) in rows.iter().enumerate() {
            writeln!(text, "{number},{}", cells.join(",")).expect("memory");
            let seen = assessed(&plan, &columns, cells);
            let (ours, relaxed) = seen.map_or_else(
                || ("unreadable,,,".to_owned(), Vec::new()),
                |seen| (row(&plan, &seen), model::relaxed(&plan, &seen.relaxed, view)),
            );
            // At the desk reasons and questions are told otherwise.
            let verdict = ours.split(',').next().unwrap_or_default().to_owned();
            let ours = if desk { verdict } else { ours };
            let relaxed: Vec<String> = relaxed
                .iter()
                .map(|one| match (one.owner, &one.until) {
                    (Some(owner), Some(until)) => format!("{owner} until {until}: {}", one.reason),
                    _ => "private".to_owned(),
                })
                .collect();
            expected.push(format!("{number},{ours},{}", relaxed.join("; ")));
        }
        let mut flags = vec!["--columns=verdict".to_owned(), format!("--piece={piece}")];
        flags.push(format!("--view={}", if desk { "desk" } else { "clinician" }));
        let output = under(rules, &text, &flags);
        let found: Vec<String> = output
            .lines()
            .skip(1)
            .map(|line| {
                let told = if desk { 2 } else { 5 };
                let cells: Vec<&str> = line.split(',').take(told).collect();
                let relaxed = line.rsplit(',').next().expect("a cell");
                format!("{},{}", cells.join(","), relaxed)
            })
            .collect();
        prop_assert_eq!(found, expected);
    }

    /// A table this short is screened row by row when it is read in one piece,
    /// and by what was learnt when it is read in many.
    #[test]
    fn what_was_learnt_says_the_same_as_the_plain_way(
        (columns, rows) in table(),
        jobs in 1..4_u8,
        piece in 1..400_u16,
        desk in any::<bool>(),
    ) {
        let headings: Vec<&str> = columns.iter().map(|column| COLUMNS[*column].0).collect();
        let mut text = format!("patient,{}\n", headings.join(","));
        for (number, row) in rows.iter().enumerate() {
            // Some ids are lost.
            let id = if number % 7 == 3 { "#REF!".to_owned() } else { number.to_string() };
            writeln!(text, "{id},{}", row.join(",")).expect("memory");
        }
        let mut flags = vec!["--assume=acne=mild", "--assume=skin_conditions.vitiligo=no", "--assume=hiv=no"];
        if desk {
            flags.push("--view=desk");
        }
        if headings.iter().any(|heading| heading.contains('.')) {
            flags.push("--ticked=skin_conditions");
        }
        let with = |more: [String; 2]| -> Vec<String> {
            flags.iter().map(|flag| (*flag).to_owned()).chain(more).collect()
        };
        let plain = by_batch(&text, &with(["--jobs=1".to_owned(), "--piece=262144".to_owned()]));
        let learnt = by_batch(&text, &with([format!("--jobs={jobs}"), format!("--piece={piece}")]));
        prop_assert_eq!(plain, learnt);
    }
}
