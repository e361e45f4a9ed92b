//! The real program under a pseudo-terminal: what stands on the screen, and
//! that it is left as it was.

mod window;

use std::process::Command;
use std::time::{Duration, Instant};

use window::{ROWS, Window};

impl Window {
    /// Starts the interview over the small pack in a window of `columns`.
    fn open(columns: u16, more: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_candidacy"));
        command
            .args([
                "screen",
                "--rules",
                "tests/terminal/demo.yaml",
                "--as-of",
                "2026-11-20",
                "--color",
                "never",
            ])
            .args(more)
            .env("TERM", "xterm-256color")
            .env("LC_ALL", "C.UTF-8");
        // The window has its size before the program asks for it.
        let mut shell = Command::new("sh");
        let line = std::iter::once(command.get_program()).chain(command.get_args());
        let line: Vec<String> = line
            .map(|word| format!("'{}'", word.to_string_lossy()))
            .collect();
        shell.args([
            "-c",
            &format!("stty cols {columns} rows {ROWS}; exec {}", line.join(" ")),
        ]);
        shell.env("TERM", "xterm-256color").env("LC_ALL", "C.UTF-8");
        Self::of(shell, columns)
    }

    /// Waits until the question with this number is the last one, drawn to its foot.
    #[track_caller]
    fn at(&mut self, question: usize) -> &mut Self {
        let question = format!("Question {question} of");
        let drawn = |screen: &str| {
            let last = screen.rsplit_once("Question ").map_or("", |(_, rest)| rest);
            format!("Question {last}").starts_with(&question)
                && last.contains("quit")
                && !last.contains("→")
        };
        self.wait(&question, drawn)
    }
}

fn snapshot(name: &str, screen: &str) {
    insta::with_settings!({
        snapshot_path => "terminal",
        prepend_module_to_snapshot => false,
        omit_expression => true,
        filters => vec![(r"\([0-9a-f]{12}\)", "(fingerprint)"), (r"candidacy \d+\.\d+\.\d+", "candidacy VERSION")],
    }, {
        insta::assert_snapshot!(name, screen);
    });
}

/// Every kind of question and the verdict, at one width.
fn whole_interview(columns: u16) {
    let mut window = Window::open(columns, &[]);
    window.at(1).press("?").see("Blackheads").press("2");
    window.at(2).press("1").see("[x]").press("\r");
    window
        .at(3)
        .press("y")
        .at(4)
        .press("soon\r")
        .see("no answer")
        .at(4)
        .press("2026-08\r");
    window.at(5).press("elliquis, Eliquis 5 mg\r");
    window
        .see("Is it eliquis")
        .see("y yes")
        .press("n")
        .see("Stop here")
        .press("n");
    window.at(6).see("s leave out").press("s");
    window
        .see("The answers")
        .wait("the review", |screen| screen.ends_with("> _"));
    snapshot(&format!("interview_{columns}"), &window.text());
    window.press("\r");
    assert_eq!(window.end(), (0, true));
    let screen = window.text();
    let verdict = screen
        .find("? DERM")
        .and_then(|at| screen.get(at..))
        .unwrap_or_default();
    snapshot(&format!("verdict_{columns}"), verdict);
}

#[test]
fn at_forty_columns() {
    whole_interview(40);
}

#[test]
fn at_eighty_columns() {
    whole_interview(80);
}

#[test]
fn at_a_hundred_and_twenty_columns() {
    whole_interview(120);
}

#[test]
fn at_a_hundred_columns() {
    whole_interview(100);
}

#[test]
fn nothing_reassuring_is_chosen_beforehand() {
    let mut window = Window::open(80, &[]);
    window
        .at(1)
        .press("\r")
        .see("nothing is chosen yet")
        .press("1");
    window
        .at(2)
        .press("\r")
        .see("nothing is chosen:")
        .press("n");
    window.at(3).press("\r").see("an answer is needed").at(3);
    window.press("\u{3}");
    assert_eq!(window.end(), (130, true));
}

#[test]
fn a_way_back_keeps_what_still_holds() {
    let mut window = Window::open(80, &[]);
    window
        .at(1)
        .press("1")
        .at(2)
        .press("1")
        .see("[x]")
        .press("\r");
    window.at(3).press("n").at(4).press("never\r");
    window
        .at(5)
        .press("<")
        .at(4)
        .press("\u{1b}")
        .at(3)
        .press("<")
        .at(2)
        .press("n");
    window.see("1 later answer kept, 1 no longer applies").at(4);
    window.wait("the foot", |screen| screen.ends_with("> _"));
    snapshot("way_back", &window.text());
    window.press("\u{3}");
    assert_eq!(window.end().0, 130);
}

#[test]
fn any_answer_can_be_changed_in_the_review() {
    let mut window = Window::open(80, &[]);
    window
        .at(1)
        .press("1")
        .at(2)
        .press("n")
        .at(3)
        .press("never\r")
        .at(4)
        .press("none\r")
        .at(5)
        .press("n");
    window
        .see("The answers")
        .wait("the review", |screen| screen.ends_with("> _"));
    window.press("1\r").at(1).press("u");
    window
        .see("1  acne: not sure")
        .press("\r")
        .see("DERMATOLOGIST REVIEW");
    assert_eq!(window.end(), (0, true));
}

#[test]
fn keys_typed_early_are_not_lost_and_not_echoed() {
    let mut window = Window::open(80, &[]);
    window.at(1).press("1nnever\rnone\rn");
    window.see("The answers").see("5 answers");
    let answers = window.text();
    assert!(
        answers.contains("3  isotretinoin: never") && answers.contains("5  sensitive: no"),
        "{answers}"
    );
    assert!(!answers.contains("1nnever"), "{answers}");
    window.press("q\r");
    assert_eq!(window.end().0, 130);
}

#[test]
fn breaking_off_leaves_the_terminal_as_it_was() {
    for keys in ["\u{3}", "q"] {
        let mut window = Window::open(80, &[]);
        window.at(1).press(keys);
        assert_eq!(window.end(), (130, true));
        assert!(
            window.text().contains("nothing was saved"),
            "{}",
            window.text()
        );
    }
    // The terminal takes whole lines again.
    let mut shell = Command::new("sh");
    let program = env!("CARGO_BIN_EXE_candidacy");
    shell.env("TERM", "xterm-256color").args([
        "-c",
        &format!("trap : INT; '{program}' --rules tests/terminal/demo.yaml; stty -a; read line"),
    ]);
    let mut window = Window::of(shell, 80);
    window
        .see("q quit")
        .press("\u{3}")
        .see(" icanon")
        .press("\r");
}

#[test]
fn without_anybody_to_ask_it_says_how_to_go_on() {
    let started = Instant::now();
    let run = Command::new(env!("CARGO_BIN_EXE_candidacy"))
        .stdin(std::process::Stdio::null())
        .output()
        .expect("it runs");
    assert!(started.elapsed() < Duration::from_secs(5));
    assert_eq!(run.status.code(), Some(2));
    assert!(run.stdout.is_empty());
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(
        said.contains("--answers") && said.contains("batch"),
        "{said}"
    );
}
