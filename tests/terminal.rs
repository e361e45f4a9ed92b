//! The real program under a pseudo-terminal: what stands on the screen, and
//! that it is left as it was.

mod window;

use std::fmt::Write;
use std::process::Command;
use std::time::{Duration, Instant};

use window::{ROWS, Window};

impl Window {
    /// Starts the interview over the small pack in a window of `columns`.
    fn open(columns: u16, more: &[&str]) -> Self {
        Self::over("demo", columns, ROWS, more)
    }

    /// Starts the interview over a pack in a window of `columns` and `rows`.
    fn over(pack: &str, columns: u16, rows: u16, more: &[&str]) -> Self {
        let line = format!("exec {}", interview_over(pack, more));
        Self::shell(&line, columns, rows, &[])
    }

    /// Starts a line of the shell in a window that has its size before the program
    /// asks for it, in surroundings of its own.
    fn shell(line: &str, columns: u16, rows: u16, around: &[(&str, &str)]) -> Self {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &format!("stty cols {columns} rows {rows}; {line}")])
            .env("TERM", "xterm-256color")
            .env("LC_ALL", "C.UTF-8")
            .envs(around.iter().copied());
        Self::sized(shell, columns, rows)
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

/// The command that asks about a pack of these tests.
fn interview_over(pack: &str, more: &[&str]) -> String {
    let pack = format!("tests/terminal/{pack}.yaml");
    let program = env!("CARGO_BIN_EXE_candidacy");
    let words = [program, "screen", "--rules", &pack, "--as-of", "2026-11-20"];
    let words = words.iter().chain(&["--color", "never"]).chain(more);
    let words: Vec<String> = words.map(|word| format!("'{word}'")).collect();
    words.join(" ")
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

/// What stands on the screen from the last question on, and the complaint before it.
fn last_question(window: &Window) -> String {
    let screen = window.text();
    let last = screen.rfind("Question ").expect("a question");
    let before = screen[..last].trim_end().lines().rev();
    let complaint = before.take_while(|line| line.starts_with("! "));
    let mut lines: Vec<&str> = complaint.collect();
    lines.reverse();
    lines.push(screen[last..].trim_end());
    lines.join("\n")
}

/// A question of every kind as it stands before the person, at one width: its
/// keys, its help, its search, and what it says to what it cannot take.
fn every_kind(columns: u16) {
    // A frame is whole once the line it ends with stands there.
    const TYPED: &str = "> _";
    const LISTED: &str = "q quit";
    let mut window = Window::over("kinds", columns, ROWS, &[]);
    let mut shown = String::new();
    let mut keep = |title: &str, keys: &str, seen: &str, end: &str| {
        let drawn = |screen: &str| screen.contains(seen) && screen.ends_with(end);
        window.press(keys).wait(seen, drawn);
        writeln!(shown, "== {title}\n{}\n", last_question(&window)).expect("memory");
    };
    keep("a date", "", "Question 1", TYPED);
    keep(
        "one that leaves the year open",
        "last May\r",
        "leaves open",
        TYPED,
    );
    keep("an event", "1991-04\r", "Question 2", TYPED);
    keep("an event, with its help", "?", "A mask", TYPED);
    keep("a course", "spring 2026\r", "Question 3", TYPED);
    keep("a number", "early October 2026\r", "Question 4", TYPED);
    keep("a number that cannot be", "300\r", "is outside", TYPED);
    keep("yes or no", "1.5\r", "Question 5", LISTED);
    keep("one option of many", "n", "Question 6", LISTED);
    keep("one option, searched for", "/n", "Neck", "/ n_");
    keep("several options of many", "ose\r", "Question 7", LISTED);
    keep("a number that may go on", "1", "Enter takes 1", "[1]");
    keep("a tick", "\r", "[x] Eczema", LISTED);
    keep("several options, searched for", "/can", "cancer", "/ can_");
    keep("two ticks", "\r", "[x] Skin cancer", LISTED);
    keep("none of these over ticks", "n", "n again", LISTED);
    keep("no answer can help any more", "\r", "Stop here", "n no");
    keep("a question that follows", "n", "Question 8", LISTED);
    keep("medicines", "n", "Question 9", TYPED);
    keep("a near miss", "elliquis\r", "Is it eliquis", "n no");
    keep("the review", "y", "The answers", TYPED);
    keep("an answer to change", "7\r", "Question 7", LISTED);
    keep("the review after it", "1\r\r", "Changed;", TYPED);
    snapshot(&format!("kinds_{columns}"), &shown);
    window.press("\u{3}");
    assert_eq!(window.end(), (130, true));
}

#[test]
fn every_kind_at_forty_columns() {
    every_kind(40);
}

#[test]
fn every_kind_at_eighty_columns() {
    every_kind(80);
}

#[test]
fn every_kind_at_a_hundred_and_twenty_columns() {
    every_kind(120);
}

/// A list higher than the window scrolls with its cursor, and is drawn anew
/// without leaving anything behind.
#[test]
fn a_low_window_holds_a_long_list() {
    let mut window = Window::over("kinds", 40, 16, &[]);
    window.at(1).press("1991\rnever\rnever\r1\rn");
    let drawn = |screen: &str| screen.contains("more below") && screen.ends_with("q quit");
    window.wait("a part of the list", drawn);
    snapshot("low_window", &window.text());
    for _ in 0..11 {
        window.press("\u{1b}[B");
    }
    let drawn = |screen: &str| screen.contains("> 11 Thighs") && screen.ends_with("q quit");
    window.wait("its end", drawn);
    snapshot("low_window_end", &window.text());
    window.press("\r").at(7).press("2").see("[x] Psoriasis");
    window.press("\u{1b}[A\u{1b}[A").see("> 12 [ ] HIV");
    window.see("1 of them ticked");
    // A window made larger shows the whole list at the next key.
    window.resize(80, 40);
    window.press("?").see("12 [ ] HIV").see("2 [x] Psoriasis");
    window.press("q");
    assert_eq!(window.end(), (130, true));
}

#[test]
fn broken_off_and_taken_up_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("saved.yaml");
    let path = file.to_string_lossy();
    let mut window = Window::open(80, &["--save", &path]);
    window
        .at(1)
        .press("1")
        .at(2)
        .press("1")
        .see("[x]")
        .press("\r");
    window.at(3).press("n").at(4).press("q\r");
    assert_eq!(window.end(), (130, true));
    let told = joined(&window.text()).replace(&*path, "FILE");
    snapshot("broken_off", &told);

    let mut window = Window::open(80, &["--resume", &path]);
    window
        .at(4)
        .wait("the foot", |screen| screen.ends_with("> _"));
    snapshot("resumed", &window.text());
    window.press("r\r").see("The answers").press("\u{3}");
    assert_eq!(window.end(), (130, true));

    // A terminal that goes away takes nothing with it.
    let mut window = Window::open(80, &["--resume", &path, "--save", &path]);
    window.at(4).press("never\r").at(5);
    drop(window);
    let saved = std::fs::read_to_string(&file).expect("it was kept");
    assert!(saved.contains("isotretinoin: \"never\""), "{saved}");
}

/// What is pasted is one answer, however many lines it has, and never a key.
#[test]
fn a_paste_answers_one_question() {
    let paste = |text: &str| format!("\u{1b}[200~{text}\u{1b}[201~");
    let mut window = Window::open(80, &[]);
    window
        .at(1)
        .press(&paste("2\rn\r"))
        .see("nothing can be pasted");
    window.at(1).press("1").at(2).press("n").at(3);
    window.press(&paste("never\n")).see("> never_").press("\r");
    window.at(4).press("none, but ").see("but _");
    window
        .press("\u{15}")
        .press(&paste("Eliquis 5 mg\r\n\r\n  ibuprofen\tgel\rn\r"));
    window.see("> Eliquis 5 mg; ibuprofen gel; n_");
    window
        .press("\u{17}")
        .see("gel; _")
        .press("\r")
        .see("ibuprofen");
    window.press("\u{3}");
    assert_eq!(window.end(), (130, true));
    // Nobody else is left with marks around what they paste.
    let written = String::from_utf8_lossy(&window.written).into_owned();
    let last = written.rfind("\u{1b}[?2004").expect("pastes were marked");
    assert!(written[last..].starts_with("\u{1b}[?2004l"), "{written}");
}

/// Ctrl-Z steps back to the shell, `fg` puts the question again, and nothing is lost.
#[test]
fn stepping_back_and_coming_again() {
    let line = format!("set -m; {}; echo outside; fg", interview_over("demo", &[]));
    let mut window = Window::shell(&line, 80, 60, &[]);
    window.at(1).press("2").at(2).press("1").see("[x] Eczema");
    window.press("\u{1a}").see("outside");
    let twice = |screen: &str| {
        let (_, again) = screen.split_once("outside").unwrap_or_default();
        again.contains("Question 2 of") && again.contains("[x] Eczema") && again.contains("q quit")
    };
    window.wait("the question again", twice);
    window.press("\r").at(3).press("\u{3}");
    assert_eq!(window.end().0, 130);
}

/// Without signs beyond ASCII, and line by line where the terminal cannot draw.
#[test]
fn poor_terminals() {
    let line = format!("exec {}", interview_over("demo", &[]));
    let mut window = Window::shell(&line, 40, 60, &[("LC_ALL", "C"), ("NO_COLOR", "1")]);
    window
        .at(1)
        .press("1")
        .see("-> No spots")
        .press("n")
        .press("\u{3}");
    assert_eq!(window.end().0, 130);
    assert!(window.text().is_ascii(), "{}", window.text());

    for around in [("TERM", "dumb"), ("ACCESSIBLE", "1")] {
        let mut window = Window::shell(&line, 80, 60, &[around]);
        window
            .see("Type a number")
            .press("2\r")
            .see("You chose: Red or sore spots.");
        window.press("q\r");
        assert_eq!(window.end().0, 130, "{around:?}");
        assert!(
            !window.written.contains(&0x1b),
            "no cursor is moved: {around:?}"
        );
    }
}

/// Wide letters and a line longer than the window: the cursor stays in sight, and
/// the keys above it where they are.
#[test]
fn wide_letters_in_a_narrow_window() {
    let mut window = Window::over("kinds", 40, 24, &["--resume", "tests/terminal/wide.yaml"]);
    window
        .at(8)
        .press(&"\u{5bbd}".repeat(30))
        .press("x")
        .see("x_");
    snapshot("wide", &last_question(&window));
    window.press("\r").see("dermatologist will look");
    window.press("\u{3}");
    assert_eq!(window.end(), (130, true));
}

/// The greeting on one line: the file's name is not as long everywhere.
fn joined(screen: &str) -> String {
    let (greeting, rest) = screen.split_once("\n\n").expect("a greeting");
    format!("{}\n\n{rest}", greeting.replace('\n', " "))
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
        .press("n")
        .see("n again means none")
        .press("n");
    window.see("1 later answer kept, 1 no longer applies").at(4);
    window.wait("the foot", |screen| screen.ends_with("> _"));
    snapshot("way_back", &window.text());
    window.press("\u{3}");
    assert_eq!(window.end().0, 130);
}

/// What was typed stands there again, so that Enter changes nothing.
#[test]
fn a_vague_day_can_be_gone_back_to() {
    let mut window = Window::open(80, &[]);
    window.at(1).press("1").at(2).press("n").at(3);
    window.press("ended spring 2025\r").see("more closely");
    window
        .at(4)
        .press("<")
        .see("> ended spring 2025_")
        .press("\r")
        .at(4);
    window
        .press("r\r")
        .see("Isotretinoin: ended 2025-02-01 to 2025-12-23");
    window.press("\u{3}");
    assert_eq!(window.end(), (130, true));
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
        .see("1  Acne: not sure")
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
        answers.contains("3  Isotretinoin: never") && answers.contains("5  Sensitive: no"),
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
