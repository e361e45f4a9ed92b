//! What an interview does with answers that were given before it, and with private ones: neither is
//! lost, and neither is revealed.

mod program;

use std::fs;
use std::path::Path;

use candidacy::error::Error;
use candidacy::interview::{
    Ask, Confirmed, InterviewOptions, Prompt, Response, Reviewed, Row, interview,
};
use candidacy::report::model::View;
use candidacy_engine::assess::assess;
use candidacy_engine::compile::compile;
use candidacy_engine::date::Date;
use candidacy_engine::pack;
use candidacy_engine::plan::Plan;
use candidacy_engine::source::Source;
use candidacy_engine::verdict::Verdict;
use program::{candidacy, run};

const PACK: &str = r#"
format: candidacy/1
pack: {id: demo, version: 1.0.0, title: Demo, status: draft, owner: A, review_by: 2040-06-30}
sources: [{id: P4, cite: Protocol 4, publisher: Example, url: "https://example.org", strength: opinion}]
questions:
  - {id: scars, ask: Any of these?, type: choices, options: [{id: keloid, text: Keloid}]}
  - {id: keloid, ask: Whose?, type: choice, ask_when: scars includes keloid, options: [{id: own, text: Mine}, {id: family, text: Family}]}
  - {id: virus, ask: A virus?, type: yes-no}
  - {id: health, ask: Any of these illnesses?, type: choices, options: [{id: diabetes, text: Diabetes}], moved: [{to: virus, words: [hiv]}]}
rules:
  - {id: keloid, grade: absolute, when: keloid is own, why: They come back., sources: [P4]}
  - {id: virus, grade: relative, private: yes, when: virus is yes, why: A doctor plans it., sources: [P4]}
  - {id: diabetes, grade: relative, when: health includes diabetes, why: It heals slowly., sources: [P4]}
"#;

fn plan() -> Plan {
    let read = pack::read(vec![Source::new("pack.yaml", PACK)]);
    compile(read).unwrap_or_else(|_| panic!("a sound pack"))
}

fn day() -> Date {
    Date::from_iso("2026-11-20").expect("a day")
}

/// Gives these answers by question id, and counts the offers to stop.
struct Script {
    answers: &'static [(&'static str, &'static str)],
    offers: usize,
    told: Vec<String>,
}

impl Ask for Script {
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Response, Error> {
        let mut answers = self.answers.iter();
        let own = answers.find(|(id, _)| *id == prompt.asked.question.id);
        let (_, text) = own.expect("an answer to every question that is asked");
        Ok(Response::Reply((*text).to_owned()))
    }

    fn understood(&mut self, words: &str) -> Result<(), Error> {
        self.told.push(words.to_owned());
        Ok(())
    }

    fn confirm(&mut self, _: &str, _: bool) -> Result<Confirmed, Error> {
        self.offers += 1;
        Ok(Confirmed::No)
    }

    fn review(&mut self, _: &[Row]) -> Result<Reviewed, Error> {
        Ok(Reviewed::Accept)
    }
}

/// The verdict of an interview, and its script.
fn interviewed(
    earlier: &[(&str, &str)],
    answers: &'static [(&'static str, &'static str)],
    view: View,
) -> (Verdict, Script) {
    let plan = plan();
    let number = |id: &str| plan.question(id).expect("a question");
    let earlier = earlier.iter();
    let earlier = earlier.map(|(id, text)| (number(id), (*text).to_owned()));
    let mut script = Script {
        answers,
        offers: 0,
        told: Vec::new(),
    };
    let options = InterviewOptions {
        as_of: day(),
        today: day(),
        quick: false,
        view,
        earlier: earlier.collect(),
        keep: &mut |_| Ok(()),
    };
    let answers = interview(&plan, options, &mut script).expect("it ends");
    (assess(&plan, &answers, day()).verdict, script)
}

const NOTHING: &[(&str, &str)] = &[("scars", "none"), ("virus", "no"), ("health", "none")];

#[test]
fn an_answer_given_before_counts_although_its_question_is_not_asked() {
    let (verdict, script) = interviewed(&[("keloid", "own")], NOTHING, View::Desk);
    assert_eq!(verdict, Verdict::NotEligible);
    let told = script.told.join("\n");
    assert!(told.contains("Keloid was answered, but"), "{told}");
    let (verdict, _) = interviewed(&[], NOTHING, View::Desk);
    assert_eq!(verdict, Verdict::Eligible);
}

/// An answer to a question that did apply is dropped with the answer that led to it, as in one go.
#[test]
fn an_answer_that_was_led_to_is_corrected_with_the_answer_that_led_to_it() {
    let earlier = [("scars", "keloid"), ("keloid", "own")];
    let (verdict, _) = interviewed(&earlier, NOTHING, View::Desk);
    assert_eq!(verdict, Verdict::NotEligible);
}

const VIRUS: &[(&str, &str)] = &[("scars", "none"), ("virus", "yes"), ("health", "none")];
const KELOID: &[(&str, &str)] = &[
    ("scars", "keloid"),
    ("keloid", "own"),
    ("virus", "no"),
    ("health", "none"),
];

/// The offer to stop would tell everybody who sees the screen what was answered.
#[test]
fn a_private_answer_does_not_lead_to_the_offer_to_stop() {
    let (verdict, script) = interviewed(&[], VIRUS, View::Desk);
    assert_eq!((verdict, script.offers), (Verdict::DermatologistReview, 0));
    let (_, script) = interviewed(&[], VIRUS, View::Clinician);
    assert_eq!(script.offers, 1);
    let (_, script) = interviewed(&[], KELOID, View::Desk);
    assert_eq!(script.offers, 1);
}

#[test]
fn a_saved_answer_that_cannot_be_read_is_named_and_its_file_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let saved = "# Answers so far: go on with `candidacy screen --resume`.\nas_of: 2026-11-20\nsaid: 2026-11-20\nanswers:\n  health: \"hiv\"\n";
    fs::write(folder.path().join("pack.yaml"), PACK).expect("a file");
    fs::write(folder.path().join("saved.yaml"), saved).expect("a file");
    let words = [
        "screen",
        "--plain",
        "--rules",
        "pack.yaml",
        "--resume",
        "saved.yaml",
    ];
    let ended = run(&mut candidacy(folder.path(), &words));
    let told = "cannot read the saved answers to Health: answer again";
    assert!(ended.err.contains(told), "{}", ended.err);
    let kept = fs::read_to_string(folder.path().join("saved.yaml")).expect("the file");
    assert_eq!(kept, saved);
}

/// A tick for an option that the rules do not have leaves open what applies, in every form of heading.
#[test]
fn a_ticked_option_that_is_not_known_is_never_ignored() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("pack.yaml"), PACK).expect("a file");
    for heading in ["health.stroke", "health___stroke", "health/stroke"] {
        let table = |stroke: &str| {
            format!("id,scars,virus,health.diabetes,{heading}\n1,none,no,0,{stroke}\n")
        };
        let verdict = |stroke: &str| {
            fs::write(folder.path().join("t.csv"), table(stroke)).expect("a file");
            let words = ["batch", "t.csv", "--rules", "pack.yaml", "--as-of"];
            let words = [&words[..], &["2026-11-20", "--columns", "verdict"]].concat();
            run(&mut candidacy(folder.path(), &words)).out
        };
        assert!(
            verdict("1").contains("1,dermatologist-review,,health"),
            "{heading}: {}",
            verdict("1")
        );
        // Other tools write `0` for a box that was not ticked, which says nothing.
        let open = verdict("0").contains("1,dermatologist-review,,health");
        assert_eq!(
            open,
            heading != "health.stroke",
            "{heading}: {}",
            verdict("0")
        );
    }
}

/// A word that moved to a private question is hidden like an answer to that question.
#[test]
fn a_word_that_moved_to_a_private_question_is_not_shown_at_the_desk() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("pack.yaml"), PACK).expect("a file");
    fs::write(
        folder.path().join("t.csv"),
        "id,scars,virus,health\n1,none,no,hiv\n",
    )
    .expect("a file");
    let said = |view: &str| {
        let words = [
            "batch",
            "t.csv",
            "--rules",
            "pack.yaml",
            "--columns",
            "verdict",
            "--view",
        ];
        let ended = run(&mut candidacy(
            Path::new(folder.path()),
            &[&words[..], &[view]].concat(),
        ));
        ended.out + &ended.err
    };
    let desk = said("desk");
    assert!(desk.contains("unreadable"), "{desk}");
    assert!(!desk.contains("hiv") && !desk.contains("virus"), "{desk}");
    let clinician = said("clinician");
    assert!(clinician.contains("answer `virus` instead"), "{clinician}");
}
