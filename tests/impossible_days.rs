//! Days that cannot be right count as not known, whichever way they come in, and
//! every report says so.

mod program;

use std::fs;
use std::path::Path;

use candidacy::load;
use candidacy_engine::assess::assess;
use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;
use candidacy_engine::summary::Doubt;
use program::{Ended, candidacy, run};
use serde_json::Value;
use tempfile::TempDir;

const DAY: &str = "2026-11-20";

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The persona with nothing to report, and these answers instead of its own.
fn well(plan: &Plan, answers: &[(&str, &str)]) -> candidacy_engine::answer::Answers {
    let case = plan
        .cases
        .iter()
        .find(|case| assess(plan, &case.answers, case.as_of).findings.is_empty())
        .expect("a patient without findings");
    let day = Date::from_iso(DAY).expect("a day");
    let mut given = case.answers.clone();
    for (id, text) in answers {
        let number = plan.question(id).expect("a question");
        let question = &plan.questions[number].question;
        let reply = plan.reader(day).reply(question, text);
        given.set(number, reply.expect("an answer"));
    }
    given
}

#[test]
#[expect(
    clippy::too_many_lines,
    reason = "one table of days and what each comes to"
)]
fn in_the_built_in_rules_no_impossible_day_is_reassuring() {
    #[track_caller]
    fn case(plan: &Plan, answers: &[(&str, &str)], verdict: &str, doubted: Option<&str>) {
        let day = Date::from_iso(DAY).expect("a day");
        let seen = assess(plan, &well(plan, answers), day);
        assert_eq!(seen.verdict.word(), verdict, "{answers:?}");
        let days: Vec<String> = seen
            .doubts
            .iter()
            .filter_map(|doubt| match doubt {
                Doubt::ImpossibleDay(one) => Some(format!(
                    "{} {}",
                    plan.questions[one.question].question.id,
                    one.why.in_words()
                )),
                _ => None,
            })
            .collect();
        assert_eq!(
            days,
            doubted.map(str::to_owned).into_iter().collect::<Vec<_>>(),
            "{answers:?}"
        );
        // What is not known settles nothing: the range says so.
        if doubted.is_some() {
            assert!(seen.range.best <= seen.verdict && seen.verdict <= seen.range.worst);
            assert!(!seen.undecided.is_empty());
        }
    }

    let plan = load::compiled(load::built_in_with_cases()).expect("the built-in rules");
    let review = "dermatologist-review";
    let born = |day: &'static str| ("date_of_birth", day);
    let course = |day: &'static str| ("isotretinoin", day);
    let before = Some("isotretinoin is before the date of birth");
    let none = Some("isotretinoin is a day that record systems write if no day is known");
    let long_ago = Some("isotretinoin is more than 120 years ago");

    case(
        &plan,
        &[born("1990-05-04"), course("1995-01-01")],
        "eligible",
        None,
    );
    for day in ["1990-05-03", "1989", "1985-06", "1969-12-31", "1970-01-01"] {
        case(&plan, &[born("1990-05-04"), course(day)], review, before);
    }
    for day in [
        "1900-01-01",
        "1901-01-01",
        "0001-01-01",
        "1753-01-01",
        "1899-12-30",
        "9999-12-31",
        "1900-01-01 00:00:00",
    ] {
        case(&plan, &[born("1990-05-04"), course(day)], review, none);
    }
    case(
        &plan,
        &[born("1990-05-04"), course("1903-05")],
        review,
        long_ago,
    );
    // Where it is not certain, a day is a day.
    case(&plan, &[born("1990"), course("1990-03")], "eligible", None);
    case(
        &plan,
        &[born("1990-05-04"), course("1990")],
        "eligible",
        None,
    );
    case(&plan, &[born("1990"), course("1989-12-31")], review, before);
    case(
        &plan,
        &[born("1960-05-04"), course("1970-01-01")],
        "eligible",
        None,
    );
    case(
        &plan,
        &[born("1970-01-01"), course("1970-01-01")],
        review,
        none,
    );
    // Where the birth is not known, nothing is before it.
    case(&plan, &[born("not sure"), course("1985")], review, None);
    case(
        &plan,
        &[born("not sure"), course("1970-01-01")],
        review,
        none,
    );
    // The date of birth itself.
    let birth = |why: &str| format!("date_of_birth {why}");
    let old = birth("would make the patient older than 120");
    case(&plan, &[born("1906-11-20")], "eligible", None);
    case(&plan, &[born("1906-11-19")], review, Some(&old));
    case(&plan, &[born("1905")], review, Some(&old));
    case(
        &plan,
        &[born("1900-01-01")],
        review,
        Some(&birth(
            "is a day that record systems write if no day is known",
        )),
    );
    case(
        &plan,
        &[born(DAY)],
        review,
        Some(&birth("is the treatment day")),
    );
    case(&plan, &[born("2026-11-19")], review, None);
    // A date of birth that is wrong itself says nothing about other days.
    case(
        &plan,
        &[born("1900-01-01"), course("1985")],
        review,
        Some(&birth(
            "is a day that record systems write if no day is known",
        )),
    );
}

/// The answers of the readme's patient, with this date of birth and course.
fn answers(isotretinoin: &str) -> String {
    let anna = fs::read_to_string(here().join("tests/readme/anna.yaml")).expect("answers");
    let with = anna.replace(
        "isotretinoin: 2026-08-31",
        &format!("isotretinoin: {isotretinoin}"),
    );
    assert!(with.contains(isotretinoin));
    with.replace(
        "medicines: levothyroxine, ibuprofen 200 mg",
        "medicines: none",
    )
}

fn screen(folder: &Path, words: &[&str]) -> Ended {
    let words: Vec<&str> = ["screen", "--as-of", DAY]
        .into_iter()
        .chain(words.iter().copied())
        .collect();
    run(&mut candidacy(folder, &words))
}

/// A file, a later `--set`, JSON, a table, a record and its replay all say the same.
#[test]
fn every_way_in_and_out_says_the_same() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path();
    let doubt = "Isotretinoin: 1900-01-01 is a day that record systems write if no day is known, so it counts as not known";
    let yaml = answers("1900-01-01");
    fs::write(path.join("a.yaml"), &yaml).expect("a file");
    fs::write(path.join("never.yaml"), answers("never")).expect("a file");

    let text = screen(path, &["--answers", "a.yaml", "--record", "r.json"]);
    assert_eq!(text.code, 0, "{}", text.err);
    assert!(text.out.contains("DERMATOLOGIST REVIEW"), "{}", text.out);
    let flat = text.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(&format!("{doubt}. Ask again.")), "{flat}");

    let json = |words: &[&str]| -> Value {
        let words: Vec<&str> = words.iter().copied().chain(["--format", "json"]).collect();
        serde_json::from_str(&screen(path, &words).out).expect("JSON")
    };
    let from_file = json(&["--answers", "a.yaml"]);
    assert_eq!(from_file["verdict"], "dermatologist-review");
    assert_eq!(from_file["doubts"], serde_json::json!([doubt]));
    assert_eq!(from_file["undecided"], serde_json::json!(["isotretinoin"]));
    let set = json(&[
        "--answers",
        "never.yaml",
        "--set",
        "isotretinoin=1900-01-01",
    ]);
    assert_eq!(set, from_file);
    assert_eq!(json(&["--answers", "never.yaml"])["verdict"], "eligible");

    for format in ["markdown", "note"] {
        let report = screen(path, &["--answers", "a.yaml", "--format", format]).out;
        assert!(report.replace('\\', "").contains(doubt), "{report}");
    }

    let replay = run(&mut candidacy(path, &["replay", "r.json"]));
    assert_eq!(replay.code, 0, "{}{}", replay.out, replay.err);
    let record: Value =
        serde_json::from_str(&fs::read_to_string(path.join("r.json")).expect("a record"))
            .expect("JSON");
    let kept = &record["result"]["doubts"][0];
    assert_eq!(
        kept,
        "isotretinoin: the day is a day that record systems write if no day is known, so it counts as not known",
        "{record}"
    );

    // As a table: the same answers as one row.
    let rows: Vec<(&str, &str)> = yaml
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(": "))
        .collect();
    let heading: Vec<&str> = rows.iter().map(|(id, _)| *id).collect();
    let cells: Vec<String> = rows.iter().map(|(_, cell)| format!("\"{cell}\"")).collect();
    fs::write(
        path.join("t.csv"),
        format!("{}\n{}\n", heading.join(","), cells.join(",")),
    )
    .expect("a table");
    let table = run(&mut candidacy(
        path,
        &["batch", "t.csv", "--as-of", DAY, "--columns", "verdict"],
    ));
    assert!(
        table.out.ends_with("dermatologist-review,,isotretinoin,,,isotretinoin: the day is a day that record systems write if no day is known\n"),
        "{}", table.out
    );
    assert!(
        table.err.contains("note: 1 row has answers that cannot all be right, the first on line 2; the column `doubts` says which\n"),
        "{}", table.err
    );
    let jsonl = run(&mut candidacy(
        path,
        &["batch", "t.csv", "--as-of", DAY, "--format", "jsonl"],
    ));
    let row: Value = serde_json::from_str(&jsonl.out).expect("JSON");
    for field in ["verdict", "doubts", "findings", "undecided", "range"] {
        assert_eq!(row[field], from_file[field], "{field}");
    }
}

/// Cases of a pack are decided the same way.
#[test]
fn cases_know_impossible_days() {
    let folder = TempDir::new().expect("a folder");
    let pack = "\
format: candidacy/1
pack: {id: demo, version: 1.0.0, title: Demo, status: draft, owner: A, review_by: 2040-06-30}
sources: [{id: S, cite: C, publisher: P, url: \"https://example.org\", strength: opinion}]
questions:
  - {id: born, ask: Born?, type: date, birth: yes}
  - {id: peel, ask: Peel?, type: event}
rules:
  - {id: recent-peel, grade: temporary, when: peel within 4 weeks, why: w, sources: [S]}
  - {id: minor, grade: absolute, when: born within 18 years, why: w, sources: [S]}
cases:
  - {name: before birth, as_of: 2026-11-20, given: {born: 1990-05-04, peel: 1985}, expect: {verdict: dermatologist-review, undecided: [peel], range: {best: eligible, worst: dermatologist-review}}}
  - {name: after birth, as_of: 2026-11-20, given: {born: 1990-05-04, peel: 1995}, expect: {verdict: eligible}}
always:
  - {claim: nobody who had a peel lately passes, if: peel within 4 weeks, verdict: at least deferred}
  - {claim: no minor is deferred, if: born within 18 years, verdict: not-eligible}
";
    fs::write(folder.path().join("p.yaml"), pack).expect("a file");
    for command in ["check", "test", "prove"] {
        let ended = run(&mut candidacy(folder.path(), &["rules", command, "p.yaml"]));
        assert_eq!(ended.code, 0, "{command}: {}{}", ended.out, ended.err);
    }
}

/// The timeline of a patient who answers the only two questions there are so.
fn timeline(born: &str, healed: &str) -> Vec<(String, &'static str)> {
    let folder = TempDir::new().expect("a folder");
    let rules = folder.path().join("rules.yaml");
    let text = "format: candidacy/1
pack: {id: born, version: 0.1.0, title: Born, status: draft, owner: Dr A. Example, review_by: 2040-06-30}
sources:
  - {id: S1, cite: Example, publisher: Example, year: 2026, url: \"https://example.org/s1\", strength: opinion}
questions:
  - {id: born, ask: When were you born?, type: date, birth: yes}
  - {id: healed, ask: When did it heal?, type: course}
rules:
  - {id: new, grade: absolute, when: born within 4 weeks, why: An example., sources: [S1]}
  - {id: old, grade: precaution, when: born within 1 day, to: 2026-11-20, why: An example., sources: [S1]}
  - {id: wound, grade: absolute, when: healed ended within 3 months, why: An example., sources: [S1]}
";
    fs::write(&rules, text).expect("it is written");
    let plan = load::plan(Some(&rules)).expect("rules");
    let day = Date::from_iso(DAY).expect("a day");
    let mut answers = plan.blank_answers();
    for (number, text) in [born, healed].into_iter().enumerate() {
        let reply = plan
            .reader(day)
            .reply(&plan.questions[number].question, text);
        answers.set(number, reply.expect("an answer"));
    }
    let steps = assess(&plan, &answers, day).timeline.into_iter();
    steps
        .map(|(from, verdict)| (from.to_string(), verdict.word()))
        .collect()
}

/// A date of birth on the treatment day is not known the day after, either: it is the same answer.
#[test]
fn what_cannot_be_right_stays_so_on_later_days() {
    let steps = timeline(DAY, "never");
    assert_eq!(steps, [(DAY.to_owned(), "dermatologist-review")]);
}

/// What healed on a day not known healed after birth, so it counts as new for a while.
#[test]
fn nothing_is_longer_ago_than_the_birth() {
    let steps = timeline("2026-10-01", "ended");
    let expected = [
        (DAY, "not-eligible"),
        ("2027-01-01", "dermatologist-review"),
        ("2027-02-20", "eligible"),
    ];
    assert_eq!(
        steps,
        expected.map(|(from, verdict)| (from.to_owned(), verdict))
    );
}
