//! How long an interview is: the keys pressed and the words read aloud, patient by patient, in
//! a pseudo-terminal. `cargo test --test spoken -- --nocapture` prints them.

#![cfg(unix)]

mod program;
mod window;

use std::path::Path;
use std::process::Command;

use candidacy::load;
use candidacy_engine::plan::Plan;
use candidacy_engine::question::{Kind, Question};
use program::{PROGRAM, candidacy, run};
use window::Window;

/// A patient, and the most that an interview with them may take.
struct Patient {
    name: &'static str,
    /// The arguments of `screen`.
    more: &'static [&'static str],
    /// The keys for questions by id; a patient with nothing to report gives the others.
    keys: &'static [(&'static str, &'static str)],
    /// The keys for every other question, if not those of a patient with nothing to report.
    others: fn(&Question) -> &'static str,
    most_keys: usize,
    most_words: usize,
    verdict: &'static str,
}

/// What a patient with nothing to report is asked to press.
fn nothing_to_report(question: &Question) -> &'static str {
    match question.id.as_str() {
        "date_of_birth" => "1990\r",
        // Ten options or more: 1 may go on.
        "concerns" => "1\r\r",
        "area" => "1\r",
        "skin_tone" => "2",
        // A medicine, or a day, is written; what is private is shown before Enter gives it.
        "medicines" | "sunburn" | "blood_infection" => "n\r",
        _ if matches!(question.kind, Kind::Choice(_)) => "1",
        _ => "n",
    }
}

/// What somebody who is not sure of anything presses.
fn not_sure(question: &Question) -> &'static str {
    match question.kind {
        Kind::YesNo if question.id == "blood_infection" => "u\r",
        Kind::Date | Kind::Event | Kind::Course | Kind::Medicines | Kind::Number(_) => "u\r",
        _ => "u",
    }
}

const HEALTHY: Patient = Patient {
    name: "healthy",
    more: &[],
    keys: &[],
    others: nothing_to_report,
    most_keys: 40,
    most_words: 605,
    verdict: "ELIGIBLE",
};

const PATIENTS: [Patient; 8] = [
    HEALTHY,
    Patient {
        name: "healthy, device and area preset",
        more: &["--ask", "--set", "device=standard", "--set", "area=face"],
        most_keys: 37,
        most_words: 565,
        ..HEALTHY
    },
    Patient {
        name: "quick",
        more: &["--quick"],
        most_keys: 30,
        most_words: 505,
        ..HEALTHY
    },
    Patient {
        name: "acne and isotretinoin",
        keys: &[
            ("acne", "3"),
            ("taken_before", "1\r"),
            ("isotretinoin", "2026-08\r"),
        ],
        most_keys: 48,
        most_words: 610,
        verdict: "DEFERRED",
        ..HEALTHY
    },
    Patient {
        name: "keloid",
        keys: &[("scar_history", "1\r"), ("keloid", "1")],
        most_keys: 38,
        most_words: 525,
        verdict: "NOT ELIGIBLE",
        ..HEALTHY
    },
    Patient {
        name: "eczema",
        keys: &[("skin_conditions", "1\r"), ("eczema_now", "1")],
        most_keys: 41,
        most_words: 625,
        verdict: "DEFERRED",
        ..HEALTHY
    },
    Patient {
        name: "minor",
        keys: &[("date_of_birth", "2012\r")],
        most_keys: 10,
        most_words: 50,
        verdict: "DERMATOLOGIST REVIEW",
        ..HEALTHY
    },
    Patient {
        name: "unsure of everything",
        others: not_sure,
        most_keys: 34,
        most_words: 605,
        verdict: "DERMATOLOGIST REVIEW",
        ..HEALTHY
    },
];

#[test]
fn keys_and_words_of_an_interview() {
    let plan = load::plan(None).expect("the built-in rules");
    for patient in PATIENTS {
        let (keys, words) = interviewed(&plan, &patient);
        println!("{:34} {keys:3} keys {words:4} words", patient.name);
        assert!(
            keys <= patient.most_keys && words <= patient.most_words,
            "{} takes {keys} keys and {words} words",
            patient.name
        );
    }
}

/// The keys one patient presses until the verdict, and the words of the questions and options.
fn interviewed(plan: &Plan, patient: &Patient) -> (usize, usize) {
    let mut shell = Command::new("sh");
    let more = patient.more.join(" ");
    let line = format!(
        "stty cols 80 rows 40; exec '{PROGRAM}' screen --as-of 2026-11-20 --color never {more}"
    );
    shell
        .args(["-c", &line])
        .env("TERM", "xterm-256color")
        .env("LC_ALL", "C.UTF-8");
    let mut window = Window::sized(shell, 80, 40);
    let (mut keys, mut words) = (0, 0);
    for _ in 0..80 {
        window.see("quit").settle();
        let screen = window.text();
        let screen = screen.split_whitespace().collect::<Vec<_>>().join(" ");
        if screen.contains("c change") {
            let said = screen.contains(patient.verdict);
            assert!(said, "{} comes to:\n{screen}", patient.name);
            window.press("q").end();
            return (keys, words);
        }
        let pressed = if screen.ends_with("> _") && screen.contains("The answers") {
            "\r"
        } else if last(&screen, &["Stop here", "guardian here"]) {
            "y"
        } else {
            let (_, question) = screen.rsplit_once("Question ").expect("a question");
            let asked = plan.questions.iter().map(|asked| &asked.question);
            let mut asked = asked.filter(|one| question.contains(one.ask.as_str()));
            let asked = asked.next().unwrap_or_else(|| panic!("{screen}"));
            let options = asked.kind.choices().iter().map(|choice| &choice.text);
            let read = options.chain([&asked.ask]);
            words += read
                .map(|text| text.split_whitespace().count())
                .sum::<usize>();
            let own = patient.keys.iter().find(|(id, _)| *id == asked.id);
            own.map_or_else(|| (patient.others)(asked), |(_, keys)| keys)
        };
        keys += pressed.chars().count();
        window.by_hand(pressed);
    }
    panic!("{} is asked for ever:\n{}", patient.name, window.text());
}

/// Whether one of `words` is on the screen behind the last question.
fn last(screen: &str, words: &[&str]) -> bool {
    let question = screen.rfind("Question ").unwrap_or(0);
    let behind = |word: &str| screen.rfind(word).is_some_and(|at| at > question);
    words.iter().any(|word| behind(word))
}

/// What comes of the program with these arguments: its exit code, and both outputs.
fn ended(arguments: &[&str]) -> (i32, String) {
    let ended = run(&mut candidacy(Path::new("."), arguments));
    (ended.code, ended.out + &ended.err)
}

/// An answer that another question takes now is refused, and says where to give it.
#[test]
fn an_infection_in_the_blood_is_a_question_of_its_own() {
    for set in [
        "health=hiv",
        "health=diabetes;Hepatitis B",
        "health.blood-borne-virus=yes",
    ] {
        let (code, said) = ended(&["screen", "--set", set]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("answer `blood_infection` instead"), "{said}");
    }
}

/// An answer that is preset is read like every other, and shown.
#[test]
fn a_preset_answer_is_shown_and_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let rules = folder.path().join("clinic.yaml");
    let overlay = "format: candidacy/1\nextends: microneedling\n\
        pack: {id: clinic, version: 1.0.0, title: Clinic, status: draft, owner: Dr A. Example, review_by: 2027-06-30}\n\
        change: [{question: device, preset: radiofrequency}]\n";
    std::fs::write(&rules, overlay).expect("a file");
    let rules = rules.to_string_lossy();
    let asked = ["screen", "--plain", "--rules", &rules];
    let (_, said) = ended(&asked);
    assert!(
        said.contains("Device: Needles with heat (radiofrequency)."),
        "{said}"
    );
    assert!(said.contains("Question 2 of"), "{said}");
    // That of the command line counts, and one that cannot be read is refused.
    let (_, said) = ended(&[&asked[..], &["--set", "device=standard"]].concat());
    assert!(
        said.contains("Device: Pen, stamp or roller without heat."),
        "{said}"
    );
    let (code, said) = ended(&[&asked[..], &["--set", "device=laser"]].concat());
    assert_eq!(code, 2, "{said}");
    assert!(
        said.contains("`laser` is not an answer to `device`"),
        "{said}"
    );
    // A file of answers does not get it.
    let file = ["screen", "--rules", &rules, "--set", "acne=clear"];
    let (_, said) = ended(&[&file[..], &["--format", "json"]].concat());
    assert!(said.contains("\"device\""), "{said}");
    // A remark is left out, and what was used is said, when told to.
    let (_, said) = ended(&["-v", "screen", "--set", "acne=clear"]);
    assert!(said.contains("rules: microneedling "), "{said}");
}
