//! Scripted people, line by line; interviews interrupted and resumed; and
//! interviews with random keys.

mod program;

use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};

use candidacy::error::Error;
use candidacy::interview::{
    Ask, At, Confirmed, Interview, InterviewOptions, Prompt, Response, Reviewed, Row, interview,
};
use candidacy::load;
use candidacy::report::model::View;
use candidacy_engine::answer::Reply;
use candidacy_engine::assess::assess;
use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;
use candidacy_engine::question::Kind;
use candidacy_engine::verdict::Verdict;
use program::candidacy;
use proptest::prelude::*;

const DAY: &str = "2026-11-20";

fn plan() -> Plan {
    load::plan(Some("tests/terminal/demo.yaml".as_ref())).expect("a sound pack")
}

/// Runs the plain interview over the small pack with these lines typed.
fn typed(lines: &[&str], more: &[&str]) -> Output {
    let rules = Path::new("tests/terminal/demo.yaml");
    typed_in(Path::new("."), rules, lines, more)
}

/// The folder of the repository.
fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the plain interview over some pack, in a folder, with these lines typed.
fn typed_in(folder: &Path, rules: &Path, lines: &[&str], more: &[&str]) -> Output {
    let mut program = candidacy(folder, &["screen", "--plain", "--rules"])
        .arg(rules)
        .args(more)
        .env("HOME", folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut stdin = program.stdin.take().expect("a pipe");
    // It may end before everything typed is read.
    let _ = stdin.write_all((lines.join("\n") + "\n").as_bytes());
    drop(stdin);
    program.wait_with_output().expect("it ends")
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "interview",
        prepend_module_to_snapshot => false,
        omit_expression => true,
        filters => vec![(r"\([0-9a-f]{12}\)", "(fingerprint)"), (r"candidacy \d+\.\d+\.\d+", "candidacy VERSION")],
    }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn line_by_line() {
    let lines = [
        "?",
        "2",
        "1",
        "y",
        "soon",
        "2026-08",
        "elliquis, paracetamol",
        "y",
        "n",
        "s",
        "3",
        "n",
        "",
    ];
    let run = typed(&lines, &["--as-of", DAY]);
    assert_eq!(
        run.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let said = format!(
        "{}\n{}",
        String::from_utf8_lossy(&run.stderr),
        String::from_utf8_lossy(&run.stdout)
    );
    assert!(!said.contains('\u{1b}'), "no cursor is moved");
    snapshot("plain", &said);
}

/// A day that can be read in two ways is offered; what is to be confirmed takes the keys of
/// every question, and only yes confirms it.
#[test]
fn line_by_line_two_readings() {
    let lines = [
        "03/04/1991",
        "?",
        "whatever",
        "no idea",
        "u",
        "03/04/1991",
        "<",
        "03/04/1991",
        "n",
        "y",
        "mar 25",
        "y",
        "<",
        "when I was 16",
        "since March",
        "before 2020",
        "q",
    ];
    let rules = Path::new("tests/terminal/kinds.yaml");
    let run = typed_in(Path::new("."), rules, &lines, &["--as-of", DAY]);
    snapshot("plain_two_readings", &String::from_utf8_lossy(&run.stderr));
}

/// Options by the beginnings of their words, days as people say them, and what is
/// said to what could be several things.
#[test]
fn line_by_line_in_words() {
    let lines = [
        "last May",
        "May 1991",
        "early October 2026",
        "ended spring 2026",
        "4",
        "1.5",
        "s",
        "nec",
        "<",
        "ch",
        "che",
        "Chest",
        "ecz, Cold sores, not sure",
        "no",
        "none",
        "",
    ];
    let rules = Path::new("tests/terminal/kinds.yaml");
    let run = typed_in(Path::new("."), rules, &lines, &["--as-of", DAY]);
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(0), "{said}");
    snapshot("plain_words", &said);
}

/// The offer to stop comes once, and again only after an edit had made it untrue.
#[test]
fn the_offer_to_stop_is_made_when_it_is_true() {
    let offers = |lines: &[&str]| {
        let run = typed(lines, &["--as-of", DAY]);
        assert_eq!(run.status.code(), Some(0));
        String::from_utf8_lossy(&run.stderr)
            .matches("Stop here")
            .count()
    };
    assert_eq!(offers(&["3", "y"]), 1);
    assert_eq!(offers(&["3", "n", "2", "never", "none", "s", ""]), 1);
    assert_eq!(
        offers(&["3", "n", "<", "1", "2", "n", "never", "none", "s", ""]),
        2
    );
    assert_eq!(offers(&["2", "n", "2026-10", "none", "s", ""]), 0);
}

#[test]
fn answers_that_end_too_early_are_an_error() {
    let run = typed(&["1", "n"], &["--as-of", DAY]);
    assert_eq!(run.status.code(), Some(1));
    assert!(run.stdout.is_empty());
    assert!(
        String::from_utf8_lossy(&run.stderr).contains("the answers ended before the questions did")
    );
}

#[test]
fn an_interview_can_be_taken_up_where_it_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("saved.yaml");
    let path = file.to_string_lossy().into_owned();

    let run = typed(
        &["1", "n", "3 months ago", "q"],
        &["--as-of", DAY, "--save", &path],
    );
    assert_eq!(run.status.code(), Some(130));
    let saved = std::fs::read_to_string(&file).expect("it was kept");
    assert!(saved.contains("isotretinoin: \"3 months ago\""), "{saved}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&file)
            .expect("it is there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    // Without --as-of the day it was begun for still holds, and so does "3 months ago".
    let run = typed(&["none", "n", ""], &["--resume", &path, "--format", "json"]);
    assert_eq!(
        run.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    assert!(String::from_utf8_lossy(&run.stderr).contains("Question 4 of"));
    let resumed: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let direct = typed(
        &["1", "n", "3 months ago", "none", "n", ""],
        &["--as-of", DAY, "--format", "json"],
    );
    let direct: serde_json::Value = serde_json::from_slice(&direct.stdout).expect("JSON");
    assert_eq!(resumed, direct);
    assert_eq!(resumed["as_of"], DAY);

    // For another day "3 months ago" would be another time, so it is asked again.
    let later = ["2026-08", "none", "n", ""];
    let run = typed(&later, &["--resume", &path, "--as-of", "2026-12-20"]);
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(0), "{said}");
    assert!(
        said.contains(
            "1 answer counted from another day, as `3 months ago` does, and must be given again."
        ) && said.contains("Question 3 of"),
        "{said}"
    );

    // What was saved is also a file of answers.
    let run = typed(&[], &[]);
    assert_ne!(run.status.code(), Some(0));
    reported(&path);
}

/// The report on a file of answers.
fn reported(path: &str) -> serde_json::Value {
    let rules = "tests/terminal/demo.yaml";
    let run = candidacy(here(), &["screen", "--rules", rules, "--answers", path])
        .args(["--format", "json"])
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(0), "{said}");
    serde_json::from_slice(&run.stdout).expect("JSON")
}

/// For a planned day that is the same, but on another day than it was said.
#[test]
fn what_was_said_on_another_day_is_asked_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("saved.yaml");
    let path = file.to_string_lossy().into_owned();
    std::fs::write(
        &file,
        "as_of: 2099-01-01\nsaid: 2026-01-02\nanswers: {acne: clear, skin_conditions: none, isotretinoin: 3 months ago}\n",
    )
    .expect("a file");
    let run = typed(&["2026-08", "none", "n", ""], &["--resume", &path]);
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(0), "{said}");
    assert!(
        said.contains("1 answer counted from another day") && said.contains("Question 3 of"),
        "{said}"
    );
}

/// A file that tells when its answers were given reads the same for ever.
#[test]
fn a_file_of_answers_may_tell_the_day_they_were_given_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("answers.yaml");
    let because = |days: &str| {
        let text = format!(
            "{days}\nanswers: {{acne: clear, skin_conditions: none, isotretinoin: 3 months ago, medicines: none}}\n"
        );
        std::fs::write(&file, text).expect("a file");
        reported(&file.to_string_lossy())["findings"][0]["because"][0]["answer"].clone()
    };
    assert_eq!(
        because("as_of: 2026-11-20\nsaid: 2026-11-20"),
        "ended 2026-08-04 to 2026-09-05"
    );
    assert_eq!(
        because("as_of: 2026-11-20\nsaid: 2026-11-10"),
        "ended 2026-07-25 to 2026-09-05"
    );
}

#[test]
fn nothing_is_written_unless_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = std::env::current_dir().expect("here");
    let rules = here.join("tests/terminal/demo.yaml");
    let lines = ["1", "n", "never", "none", "n", ""];
    let run = typed_in(folder.path(), &rules, &lines, &["--as-of", DAY]);
    assert!(run.status.success());
    assert_eq!(
        std::fs::read_dir(folder.path()).expect("a folder").count(),
        0
    );
}

/// What a random person does.
#[derive(Clone, Debug)]
enum Deed {
    Answer(&'static str),
    Skip,
    Back,
    Review,
    Change(usize),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let words = prop::sample::select(vec![
        "clear",
        "inflamed",
        "nodular",
        "none",
        "eczema",
        "psoriasis;eczema",
        "eczema;not sure",
        "yes",
        "no",
        "never",
        "ongoing",
        "ended",
        "2026-08",
        "2026-05-20",
        "2027-01-01",
        "3 months ago",
        "eliquis",
        "zzz",
        "not sure",
        "declined",
        "",
        "???",
        "2026-02-30",
    ]);
    let deed = prop_oneof![
        8 => words.prop_map(Deed::Answer),
        1 => Just(Deed::Skip),
        2 => Just(Deed::Back),
        1 => Just(Deed::Review),
        1 => (0_usize..8).prop_map(Deed::Change),
    ];
    prop::collection::vec(deed, 1..400)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// However somebody wanders, the answers are those of a file with the same
    /// words, nothing that does not apply is kept, and back goes one question back.
    #[test]
    fn wandering_loses_nothing(deeds in deeds()) {
        let plan = plan();
        let as_of = Date::from_iso(DAY).expect("a day");
        let mut interview = Interview::new(&plan, as_of, false);
        let mut skipped = false;
        for deed in deeds {
            let before = interview.clone();
            skipped |= matches!(deed, Deed::Skip);
            match deed {
                Deed::Answer(text) => {
                    if interview.answer(text).is_err() {
                        prop_assert_eq!(interview.at(), before.at(), "a misread answer goes nowhere");
                        prop_assert_eq!(interview.answers(), before.answers());
                    } else if let At::Question(asked) = before.at() {
                        // Where nothing later was answered yet, back leads where it was.
                        let later = interview.rows().iter().any(|question| *question > asked);
                        if !later && !skipped && interview.unanswered().is_none_or(|next| next > asked) {
                            let mut back = interview.clone();
                            back.back();
                            prop_assert_eq!(back.at(), At::Question(asked));
                        }
                    }
                }
                Deed::Skip => interview.skip(),
                Deed::Back => {
                    interview.back();
                    prop_assert_eq!(interview.answers(), before.answers(), "going back keeps every answer");
                    match (before.at(), before.unanswered()) {
                        (At::Question(then), _) => {
                            prop_assert!(matches!(interview.at(), At::Question(now) if now <= then));
                        }
                        (At::Review, Some(open)) => prop_assert_eq!(interview.at(), At::Question(open)),
                        (At::Review, None) => prop_assert!(matches!(interview.at(), At::Question(_))),
                    }
                }
                Deed::Review => interview.review(),
                Deed::Change(row) => interview.change(row),
            }
            let patient = candidacy_engine::evaluate::Patient::new(&plan, interview.answers(), as_of);
            prop_assert!(!(0..plan.questions.len()).any(|question| patient.contradicts(question)));
        }
        let mut same = plan.blank_answers();
        for (id, text) in interview.texts() {
            let number = plan.question(id).expect("a question");
            let reply = plan.reader(as_of).reply(&plan.questions[number].question, text).expect("an answer");
            same.set(number, reply);
        }
        prop_assert_eq!(interview.answers(), &same);
        let answered = (0..plan.questions.len()).filter(|number| *interview.answers().reply(*number) != Reply::Blank);
        prop_assert_eq!(answered.count(), interview.rows().len());
    }
}

/// Line by line, an earlier answer is said again and an empty line keeps it.
#[test]
fn an_empty_line_keeps_an_earlier_answer() {
    for (first, said) in [
        ("u", "not sure"),
        ("n", "none"),
        ("1, not sure", "Eczema; Psoriasis: not sure"),
    ] {
        let lines = [
            "1", first, "<", "", "n", "", "never", "none", "s", "<", "", "",
        ];
        let run = typed(&lines, &["--as-of", DAY]);
        let told = String::from_utf8_lossy(&run.stderr);
        assert!(
            told.contains(&format!(
                "Answered before: {said}.\nPress Enter to keep it."
            )),
            "{told}"
        );
    }
}

/// Answers as fast as they are asked for, and how many questions there were.
struct Counting<'w> {
    words: &'w dyn Fn(&Kind) -> &'static str,
    numbers: Vec<[usize; 3]>,
}

impl Ask for Counting<'_> {
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Response, Error> {
        self.numbers
            .push([prompt.number, prompt.at_least, prompt.at_most]);
        let kind = &prompt.asked.question.kind;
        Ok(Response::Reply(match (self.words)(kind) {
            "first" => kind.choices()[0].id.clone(),
            words => words.to_owned(),
        }))
    }

    fn understood(&mut self, _: &str) -> Result<(), Error> {
        Ok(())
    }

    fn confirm(&mut self, _: &str, _: bool) -> Result<Confirmed, Error> {
        Ok(Confirmed::No)
    }

    fn review(&mut self, _: &[Row]) -> Result<Reviewed, Error> {
        Ok(Reviewed::Accept)
    }
}

/// The count of questions is true from the first to the last, and never widens.
#[test]
fn the_last_question_is_the_last_of_so_many() {
    #[track_caller]
    fn case(plan: &Plan, quick: bool, words: &dyn Fn(&Kind) -> &'static str) {
        let as_of = Date::from_iso(DAY).expect("a day");
        let options = InterviewOptions {
            as_of,
            today: as_of,
            quick,
            view: View::Desk,
            earlier: Vec::new(),
            keep: &mut |_| Ok(()),
        };
        let mut person = Counting {
            words,
            numbers: Vec::new(),
        };
        interview(plan, options, &mut person).expect("an interview");
        let numbers = person.numbers;
        let [last, at_least, _] = *numbers.last().expect("a question");
        assert_eq!(last, at_least, "{numbers:?}");
        for [number, at_least, at_most] in &numbers {
            assert!(number <= at_least && at_least <= at_most, "{numbers:?}");
            assert!(last <= *at_most, "{numbers:?}");
        }
        let narrows = |pair: &[[usize; 3]]| pair[0][1] <= pair[1][1] && pair[1][2] <= pair[0][2];
        assert!(numbers.windows(2).all(narrows), "{numbers:?}");
    }

    for plan in [
        load::compiled(load::built_in()).expect("the built-in rules"),
        plan(),
    ] {
        for quick in [false, true] {
            case(&plan, quick, &|_| "not sure");
            case(&plan, quick, &|kind| match kind {
                Kind::YesNo => "no",
                Kind::Choice(_) => "first",
                Kind::Choices(_) => "not sure",
                Kind::Event | Kind::Course => "never",
                Kind::Medicines => "none",
                Kind::Date => "1991",
                Kind::Number(_) => "1",
            });
            case(&plan, quick, &|kind| match kind {
                Kind::YesNo => "yes",
                Kind::Choice(_) | Kind::Choices(_) => "first",
                Kind::Event | Kind::Course => "2026-05",
                Kind::Medicines => "paracetamol",
                Kind::Date => "1991",
                Kind::Number(_) => "1",
            });
        }
    }
}

/// Answers that cannot all be right are pointed at before the verdict.
#[test]
fn the_review_points_at_what_cannot_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let rules = folder.path().join("pack.yaml");
    let demo = std::fs::read_to_string("tests/terminal/demo.yaml").expect("the small pack");
    let doubt = "facts:\n  - {id: odd, label: clear skin and eczema, when: [acne is clear, eczema_now is yes], doubtful: yes}\n";
    std::fs::write(&rules, demo + doubt).expect("a pack");
    let lines = ["1", "1", "y", "never", "none", "n", ""];
    let run = typed_in(Path::new("."), &rules, &lines, &["--as-of", DAY]);
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(
        said.contains("Look again: clear skin and eczema."),
        "{said}"
    );
    assert!(String::from_utf8_lossy(&run.stdout).contains("clear skin and eczema. Ask again."));
}

/// Somebody with nothing to report, who types as little as will do.
#[derive(Default)]
struct Well {
    keys: Vec<String>,
}

impl Ask for Well {
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Response, Error> {
        let question = &prompt.asked.question;
        let (said, keys) = match &question.kind {
            Kind::YesNo => ("no".to_owned(), "n".to_owned()),
            Kind::Choices(choices) if question.id == "area" => {
                (choices[0].id.clone(), "1\r".to_owned())
            }
            Kind::Choices(_) => ("none".to_owned(), "n".to_owned()),
            // The first option is the one that stands for nothing to report.
            Kind::Choice(choices) => (choices[0].id.clone(), "1".to_owned()),
            Kind::Event | Kind::Course => ("n".to_owned(), "n\r".to_owned()),
            Kind::Medicines => ("0".to_owned(), "0\r".to_owned()),
            Kind::Date => ("1991".to_owned(), "1991\r".to_owned()),
            Kind::Number(_) => ("1".to_owned(), "1\r".to_owned()),
        };
        self.keys.push(keys);
        Ok(Response::Reply(said))
    }

    fn understood(&mut self, _: &str) -> Result<(), Error> {
        Ok(())
    }

    fn confirm(&mut self, words: &str, _: bool) -> Result<Confirmed, Error> {
        panic!("nothing is asked besides: {words}")
    }

    fn review(&mut self, _: &[Row]) -> Result<Reviewed, Error> {
        self.keys.push("\r".to_owned());
        Ok(Reviewed::Accept)
    }
}

/// A clean patient is done with few keys: one for most questions, and Enter where
/// something is typed.
#[test]
fn a_clean_patient_takes_few_keys() {
    let plan = load::compiled(load::built_in()).expect("the built-in rules");
    let as_of = Date::from_iso(DAY).expect("a day");
    let options = InterviewOptions {
        as_of,
        today: as_of,
        quick: true,
        view: View::Desk,
        earlier: Vec::new(),
        keep: &mut |_| Ok(()),
    };
    let mut well = Well::default();
    let answers = interview(&plan, options, &mut well).expect("an interview");
    assert_eq!(assess(&plan, &answers, as_of).verdict, Verdict::Eligible);
    let keys: usize = well.keys.iter().map(String::len).sum();
    assert!(keys <= 38, "{keys} keys: {:?}", well.keys);
}

/// With a treatment day that has long passed, what is said to have been so long
/// ago today may not have been yet: in a file, in a table and in an interview.
#[test]
fn so_long_ago_is_never_longer_ago_than_meant() {
    const PASSED: &str = "2020-01-15";
    const ENDED: &str = "ended 2019-04-29 to 2020-01-15";
    let program = |args: &[&str]| {
        let run = candidacy(here(), &["--rules", "tests/terminal/demo.yaml"])
            .args(args)
            .args(["--as-of", PASSED])
            .output()
            .expect("the program runs");
        assert_eq!(run.status.code(), Some(0));
        String::from_utf8(run.stdout).expect("UTF-8")
    };
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.to_string_lossy().into_owned()
    };
    let given = file("answers.yaml", "isotretinoin: 8 months ago\n");
    let table = file("table.csv", "id,isotretinoin\n1,8 months ago\n");
    let interview = typed(
        &["1", "n", "8 months ago", "none", "n", ""],
        &["--as-of", PASSED, "--format", "json"],
    );
    for told in [
        program(&[
            "screen",
            "--format",
            "json",
            "--set",
            "isotretinoin=8 months ago",
        ]),
        program(&["screen", "--format", "json", "--answers", &given]),
        program(&["batch", "--format", "jsonl", "--view", "clinician", &table]),
        String::from_utf8(interview.stdout).expect("UTF-8"),
    ] {
        assert!(told.contains(ENDED), "{told}");
    }
}

/// What a resumed file cannot keep is not written over: an answer that must be given again, a remark, another form.
#[test]
fn a_resumed_file_loses_nothing() {
    #[track_caller]
    fn case(text: &str, kept: bool) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("saved.yaml");
        std::fs::write(&file, text).expect("a file");
        let path = file.to_string_lossy().into_owned();
        let run = typed(&["n", "q"], &["--resume", &path, "--as-of", DAY]);
        assert_eq!(
            run.status.code(),
            Some(130),
            "{}",
            String::from_utf8_lossy(&run.stderr)
        );
        let after = std::fs::read_to_string(&file).expect("it is there");
        assert_eq!(after == text, kept, "{after}");
    }

    let ours = "# Answers so far: go on with `candidacy screen --resume`.\nas_of: 2026-11-20\nsaid: 2026-11-20\nanswers:\n  acne: \"clear\"\n";
    case(ours, false);
    case("answers: {acne: clear}\n", true);
    case(&format!("{ours}  # call her mother first\n"), true);
    case("{\"acne\": \"clear\"}\n", true);
    let vague = ours.replace("said: 2026-11-20", "said: 2026-10-01");
    case(&format!("{vague}  isotretinoin: \"3 months ago\"\n"), true);
}
