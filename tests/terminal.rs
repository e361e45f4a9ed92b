//! The real program under a pseudo-terminal: what stands on the screen, and
//! that it is left as it was.

#![cfg(unix)]

mod program;
mod window;

use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use program::{PROGRAM, candidacy, run};
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
    let words = [PROGRAM, "screen", "--rules", &pack, "--as-of", "2026-11-20"];
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
    let mut window = Window::open(columns, &["--full"]);
    window.at(1).press("?").see("Blackheads").press("2");
    window.at(2).press("1").see("[x]").press("\r");
    window
        .at(3)
        .press("y")
        .at(4)
        .press("soon\r")
        .see("not an answer")
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

/// *Is it eliquis?* and *Stop here?* take the keys of every question.
#[test]
fn what_is_to_be_confirmed_takes_the_common_keys() {
    let mut window = Window::open(80, &[]);
    window.at(1).press("2").at(2).press("1").see("[x]");
    window.press("\r").at(3).press("y").at(4).press("2026-08\r");
    window.at(5).press("elliquis\r").see("Is it eliquis");
    window.see("u not sure").by_hand("x");
    window.see("This key does nothing here").by_hand("?");
    window.see("Only yes confirms it").by_hand("<");
    window.see("(back)").at(5).press("elliquis\r").settle();
    window.by_hand("u").see("not sure: it is not confirmed");
    window.see("Stop here").by_hand("r").see("The answers");
    // After the review it is offered again.
    window
        .by_hand("\r")
        .wait("the offer again", |screen| {
            screen.matches("Stop here").count() == 2
        })
        .by_hand("q");
    assert_eq!(window.end(), (130, true));
}

/// Stopping on purpose is told in plain words that are no error, wherever it happens. An
/// interruption stays one, and says whether the verdict was shown.
#[test]
fn stopping_is_no_error() {
    let stopped = |window: &mut Window| {
        assert_eq!(window.end(), (130, true));
        let told = window.text();
        assert_eq!(
            told.trim(),
            "Stopped. No verdict was given, and no answers were saved."
        );
    };
    let mut window = Window::open(80, &[]);
    window.at(1).by_hand("q");
    stopped(&mut window);
    let mut window = Window::open(80, &[]);
    window.at(1).by_hand("3").see("Stop here").by_hand("q");
    stopped(&mut window);
    let mut window = Window::open(80, &[]);
    window.at(1).by_hand("r").see("The answers").by_hand("q\r");
    stopped(&mut window);

    let told = "Stopped. No verdict was given, and no answers were saved.";
    for keys in ["q\r", "\u{4}"] {
        let mut window = Window::open(80, &["--plain"]);
        window.see("Question 1 of").settle().press(keys);
        assert_eq!(window.end().0, 130);
        let told = window.text().contains(told) && !window.text().contains("error");
        assert!(told, "{}", window.text());
    }

    let mut window = Window::open(80, &[]);
    window.at(1).by_hand("3").see("Stop here").by_hand("y");
    window.see("c change").press("\u{3}");
    assert_eq!(window.end(), (130, true));
    window.see("interrupted; the verdict was shown");
}

/// A denial is shown in words, and typing begins anew where it is the answer so far.
#[test]
fn a_denial_by_its_letter_is_shown_in_words() {
    let mut window = Window::open(80, &[]);
    window.at(1).by_hand("1").at(2).by_hand("n").at(3);
    window.by_hand("n\r").see("→ never").at(4);
    window.by_hand("n\r").see("→ none").at(5).by_hand("<").at(4);
    window.see("> none_").by_hand("eliquis").see("> eliquis_");
    window.press("\u{3}");
    assert_eq!(window.end(), (130, true));
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
        window.by_hand(keys).wait(seen, drawn);
        writeln!(shown, "== {title}\n{}\n", last_question(&window)).expect("memory");
    };
    keep("a date", "", "Question 1", TYPED);
    keep(
        "one that leaves the year open",
        "last May\r",
        "does not say",
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
    keep(
        "a number that may go on",
        "1",
        "Press Enter for 1, or type",
        "[1]",
    );
    keep("a tick", "\r", "[x] Eczema", LISTED);
    keep("several options, searched for", "/can", "cancer", "/ can_");
    keep("two ticks", "\r", "[x] Skin cancer", LISTED);
    keep("none of these over ticks", "n", "n again", LISTED);
    keep("no answer can help any more", "\r", "Stop here", LISTED);
    keep("a question that follows", "n", "Question 8", LISTED);
    keep("medicines", "n", "Question 9", TYPED);
    keep("a near miss", "elliquis\r", "Is it eliquis", LISTED);
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
    window.at(1).by_hand("1991\rnever\rnever\r1\rn");
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
    let told = window.text().replace(&*path, "FILE");
    snapshot("broken_off", &told);
    // The same when it is interrupted from outside, and nothing to resume before the first answer.
    let mut window = Window::open(80, &["--save", &path, "--force"]);
    window.at(1).press("\u{3}");
    assert_eq!(window.end(), (130, true));
    window.see("interrupted; nothing was saved");

    let mut window = Window::open(80, &["--resume", &path]);
    window
        .at(4)
        .wait("the foot", |screen| screen.ends_with("> _"));
    snapshot("resumed", &window.text().replace(&*path, "FILE"));
    window.press("r\r").see("The answers").press("\u{3}");
    assert_eq!(window.end(), (130, true));

    // A terminal that goes away takes nothing with it.
    let mut window = Window::open(80, &["--resume", &path]);
    window.at(4).press("never\r").at(5);
    drop(window);
    let saved = std::fs::read_to_string(&file).expect("it was kept");
    assert!(saved.contains("isotretinoin: \"never\""), "{saved}");
}

/// A copy of a saved interview, which goes on in it.
fn copied(path: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("saved.yaml");
    std::fs::copy(path, &copy).expect("a copy");
    let copy = copy.to_string_lossy().into_owned();
    (folder, copy)
}

/// What is pasted is one answer, however many lines it has, and never a key.
#[test]
fn a_paste_answers_one_question() {
    let paste = |text: &str| format!("\u{1b}[200~{text}\u{1b}[201~");
    let mut window = Window::open(80, &[]);
    window
        .at(1)
        .press(&paste("2\rn\r"))
        .see("came at once and were ignored");
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
    let line = format!(
        "set -m; {}; echo outside; read line; fg",
        interview_over("demo", &[])
    );
    let mut window = Window::shell(&line, 80, 60, &[]);
    window.at(1).press("2").at(2).press("1").see("[x] Eczema");
    window.press("\u{1a}").see("outside").press("\r");
    // What other programs wrote is on the other screen.
    let again = |screen: &str| {
        let drawn = ["Question 2 of", "[x] Eczema", "q quit"];
        drawn.iter().all(|words| screen.contains(words)) && !screen.contains("outside")
    };
    window.wait("the question again", again);
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

/// Line by line too, a paste is one answer, and Enter has to confirm it. A script
/// gives its lines as fast as it likes: `tests/interview.rs`.
#[test]
fn lines_that_come_at_once_are_one_answer() {
    let mut window = Window::open(80, &["--plain"]);
    let asked = |number: usize| format!("Question {number} of");
    window.see(&asked(1)).press("1\nn\nnever\nnone\n");
    window.see("Several lines came at once: 1; n; never; none.");
    window.press("\n").see("Not understood").settle();
    window
        .press("1\n")
        .see(&asked(2))
        .press("n\n")
        .see(&asked(3));
    window.press("never\n").see(&asked(4)).settle();
    window.press("Eliquis 5 mg\nibuprofen\n");
    window.see("Several lines came at once: Eliquis 5 mg; ibuprofen.");
    window.press("none\n").see(&asked(5)).settle();
    window.press("<\n").see("Answered before: none.").settle();
    window.press("Eliquis 5 mg\n\nibuprofen\n");
    let again = |screen: &str| screen.matches("at once: Eliquis").count() == 2;
    window.wait("the same again", again).settle();
    window
        .press("\n")
        .see("ibuprofen\" is not known")
        .see("Stop here");
    window.press("n\n").see("Changed").settle();
    window
        .press("n\n")
        .see("4. Medicines: Eliquis 5 mg; ibuprofen")
        .press("q\n");
    assert_eq!(window.end().0, 130);
}

/// Wide letters and a line longer than the window: the cursor stays in sight, and
/// the keys above it where they are.
#[test]
fn wide_letters_in_a_narrow_window() {
    let (_folder, copy) = copied("tests/terminal/wide.yaml");
    let mut window = Window::over("kinds", 40, 24, &["--resume", &copy]);
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

/// Whether a window wraps its lines anew when it is made narrower or cuts them,
/// the question stays and is asked again below.
#[test]
fn a_narrower_window_keeps_the_question() {
    let mut window = Window::open(100, &[]);
    window
        .at(1)
        .by_hand("1")
        .at(2)
        .by_hand("2")
        .see("[x] Psoriasis");
    // The emulator of these tests cuts lines, as xterm does.
    window
        .resize(30, ROWS)
        .by_hand("?")
        .see("[x] Psoriasis")
        .settle();
    let question = "Has a doctor ever told you";
    assert_eq!(
        window.text().matches(question).count(),
        2,
        "{}",
        window.text()
    );
    // One that is wider, or narrow for longer, is drawn in place.
    window.by_hand("?").resize(60, ROWS).by_hand("?");
    assert_eq!(
        window.text().matches(question).count(),
        2,
        "{}",
        window.text()
    );
    // One that has scrolled the foot away.
    window.resize(60, 5).by_hand("?").settle();
    window
        .resize(60, ROWS)
        .by_hand("\r")
        .see("Stop here")
        .by_hand("n")
        .at(3);
    window.press("\u{3}");
    assert_eq!(window.end(), (130, true));
}

/// A program told to quit by SIGQUIT, from outside or by Ctrl-\, restores the terminal.
#[test]
fn a_signal_to_quit_leaves_the_terminal_as_it_was() {
    let mut window = Window::open(80, &[]);
    window.at(1).press("\u{1c}");
    assert_eq!(window.end(), (130, true));
    for signal in ["QUIT", "TERM", "HUP", "INT"] {
        let folder = tempfile::tempdir().expect("a folder");
        let pid = folder.path().join("pid");
        let run = folder.path().join("run.sh");
        let script = format!(
            "echo $$ > '{}'\nexec {}\n",
            pid.display(),
            interview_over("demo", &[])
        );
        std::fs::write(&run, script).expect("a script");
        let line = format!("sh '{}'; echo code $?; stty -a; read line", run.display());
        let mut window = Window::shell(&line, 80, ROWS, &[]);
        window.at(1).settle();
        let pid = std::fs::read_to_string(&pid).expect("its number");
        let killed = Command::new("kill")
            .args([&format!("-{signal}"), pid.trim()])
            .status();
        assert!(killed.expect("it runs").success());
        window.see("nothing was saved").see("code 130");
        window.see(" icanon").see("isig").press("\r");
        assert!(!window.hides_cursor(), "{signal}");
    }
}

/// A panic while the questions are asked restores the terminal and says how to
/// report it, without what it was about: that may quote an answer.
#[test]
fn a_panic_leaves_the_terminal_as_it_was() {
    let tests = std::env::current_exe().expect("these tests");
    let line = format!(
        "RUST_BACKTRACE=0 '{}' --exact --ignored --nocapture panics; stty -a; read line",
        tests.display()
    );
    let mut window = Window::shell(&line, 80, ROWS, &[]);
    window.see("a fault in the program itself").see("report it");
    window
        .see(concat!("candidacy ", env!("CARGO_PKG_VERSION")))
        .see("tests/terminal.rs:");
    window.see(" icanon").see("isig").press("\r");
    assert!(!window.text().contains("warfarin"), "{}", window.text());
    assert!(String::from_utf8_lossy(&window.written).contains("\u{1b}[?2004l"));
}

#[test]
#[ignore = "run by the test above, in a terminal of its own"]
fn panics() {
    candidacy::cli::report_panics();
    let style = candidacy::report::style::Style {
        colour: false,
        unicode: false,
        width: 80,
    };
    let _person = candidacy::terminal::Person::new(style);
    panic!("the patient takes warfarin");
}

/// Ticks and letters that were not confirmed are there again, and the review does
/// not end without them.
#[test]
fn what_was_begun_outlasts_the_review_and_the_way_back() {
    let mut window = Window::open(80, &[]);
    window.by_hand("1").at(2).by_hand("2").press("r");
    window.see("2  Skin conditions: started, not confirmed yet");
    window.by_hand("\r").at(2).see("[x] Psoriasis");
    window
        .by_hand("<")
        .at(1)
        .see("Answered before: No spots. Press Enter to keep it.");
    window.by_hand("\r").at(2).see("[x] Psoriasis");
    window.by_hand("\r").see("Stop here").by_hand("n").at(3);
    // A line.
    window.by_hand("ended 20\u{1b}").at(2).by_hand("\r").at(3);
    window.see("> ended 20_").by_hand("26-01\r").at(4);
    // A change to an answer that was given.
    window
        .by_hand("<")
        .at(3)
        .by_hand("\u{1b}")
        .at(2)
        .by_hand("1r");
    window.see("Psoriasis; a change is not confirmed yet");
    window
        .by_hand("\r")
        .at(2)
        .see("[x] Eczema")
        .see("[x] Psoriasis");
    window.by_hand("\r").at(3).see("Is the eczema");
    window.press("\u{3}");
    assert_eq!(window.end(), (130, true));
}

/// Going back shows each answer as it was, and Enter keeps it.
#[test]
fn an_earlier_answer_is_shown_as_it_was_and_enter_keeps_it() {
    let earlier = [
        ("u", "not sure", "12 [?] HIV"),
        ("n", "none", "12 [ ] HIV"),
        ("p", "declined", "12 [-] HIV"),
        (
            "2u",
            "Psoriasis; not sure about the rest",
            "2 [x] Psoriasis",
        ),
        ("2\r", "Psoriasis", "2 [x] Psoriasis"),
    ];
    for (keys, words, tick) in earlier {
        let (_folder, copy) = copied("tests/terminal/wide.yaml");
        let more = ["--view", "clinician", "--resume", &copy];
        let mut window = Window::over("kinds", 80, ROWS, &more);
        window.at(8).by_hand("<").at(7).by_hand(keys);
        if keys == "n" {
            // The question is not the first time answered.
            window.see("Question 8 of");
        }
        window.at(8).by_hand("<").at(7).see(tick);
        window.see(&format!(
            "Answered before: {words}. Press Enter to keep it."
        ));
        window.by_hand("\r").at(8).by_hand("r\r").see("The answers");
        let word = words.split(';').next().expect("a word");
        window.see(&format!("7  Skin conditions: {word}"));
        window.press("\u{3}");
        assert_eq!(window.end(), (130, true), "{keys}");
    }

    // One option, yes or no, and a question that was left out.
    let mut window = Window::open(80, &[]);
    window.by_hand("u").at(2).by_hand("n").at(3).by_hand("p\r");
    window
        .see("not an answer")
        .at(3)
        .by_hand("u\r")
        .at(4)
        .by_hand("none\r")
        .at(5);
    window.by_hand("s").see("The answers").by_hand("<").at(5);
    window.see("Left out before. Press s to leave it out again.");
    window.by_hand("u").see("The answers").by_hand("5\r").at(5);
    window.see("Answered before: not sure. Press Enter to keep it.");
    window
        .by_hand("\r")
        .see("5  Sensitive: not sure")
        .by_hand("1\r")
        .at(1);
    window.see("Answered before: not sure. Press Enter to keep it.");
    window
        .by_hand("\r")
        .see("1  Acne: not sure")
        .by_hand("3\r")
        .at(3);
    window.see("> not sure_").by_hand("\r");
    window.see("3  Isotretinoin: not sure");
    window.press("\u{3}");
    assert_eq!(window.end(), (130, true));
}

/// Nothing that a private rule reads is on the desk's screen again once it was
/// answered; the clinician's shows it.
#[test]
fn private_answers_are_not_shown_again() {
    let asked = |view: &str| {
        let more = ["--view", view, "--full"];
        let mut window = Window::over("private", 80, ROWS, &more);
        window.at(1).by_hand("12").see("[x] HIV").by_hand("\r");
        window.at(2).by_hand("biktarvi, eliquis, Biktarvy\r");
        window.see("Is it biktarvy").by_hand("n");
        // An offer to stop would reveal the private medicine.
        if view == "clinician" {
            window.see("Stop here").by_hand("n");
        }
        window.at(3);
        assert_eq!(window.text().contains("Stop here"), view == "clinician");
        window.by_hand("y");
        if view == "desk" {
            window.see("Press Enter to give this answer").by_hand("\r");
        }
        window.at(4).by_hand("2026-03\r").at(5).by_hand("y");
        if view == "desk" {
            window.see("Press Enter to give this answer").by_hand("\r");
        }
        window
    };
    let shown_again = |window: &Window| {
        let screen = window.text();
        let from = screen.rfind("The answers").expect("a review");
        screen[from..].to_owned()
    };
    let mut window = asked("desk");
    window.see("The answers").settle();
    let screen = window.text();
    for private in [
        "HIV",
        "iktarv",
        "bictegravir",
        "antiviral",
        " yes",
        "2026-03",
        "Mar",
    ] {
        assert!(!screen.contains(private), "{private}: {screen}");
    }
    snapshot("private_review", &shown_again(&window));
    // On the way back nothing shows, and whatever is changed loses nothing.
    window
        .by_hand("1\r")
        .at(1)
        .see("[*] HIV")
        .by_hand("2\r")
        .see("The answers");
    window
        .by_hand("2\r")
        .at(2)
        .see("A private medicine is not shown")
        .settle();
    let screen = window.text();
    let last = screen.rfind("Question 2").expect("the question");
    assert!(!screen[last..].contains("iktarv"), "{}", &screen[last..]);
    window.by_hand(", aspirin\r").see("The answers");
    for number in ["3", "4"] {
        window.by_hand(number).by_hand("\r");
        window
            .see("not shown. Press Enter to keep it")
            .by_hand("\r");
    }
    window.see("The answers").by_hand("\r");
    assert_eq!(window.end(), (0, true));

    let mut window = asked("clinician");
    window.see("The answers").settle();
    snapshot("private_review_clinician", &shown_again(&window));
    window.press("\u{3}");
    assert_eq!(window.end(), (130, true));
}

#[test]
fn nothing_reassuring_is_chosen_beforehand() {
    let mut window = Window::open(80, &[]);
    window
        .at(1)
        .press("\r")
        .see("Nothing is chosen yet")
        .press("1");
    window
        .at(2)
        .press("\r")
        .see("Nothing is chosen. Press n")
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
        .see("n again if none applies")
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
    window.press("ended spring 2025\r").see("more exactly");
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
        .see("DERMATOLOGIST REVIEW (acne: not known)")
        .by_hand("q");
    assert_eq!(window.end(), (0, true));
    assert_eq!(window.text().trim(), "DERMATOLOGIST REVIEW");
}

/// Not every terminal marks a paste. What comes at once is one answer at most, and
/// it is shown before it counts.
#[test]
fn what_comes_at_once_answers_no_question_that_follows() {
    const TOO_FAST: &str = "came at once and were ignored";
    let mut window = Window::open(80, &[]);
    // Before the first question is drawn, and at one that takes a key.
    window.press("1nnever\rnone\rn").see(TOO_FAST);
    for keys in ["2\r", "11111", "no\rno\r"] {
        window.by_hand("?").at_once(keys).see(TOO_FAST).at(1);
    }
    window.by_hand("1").at(2);
    for keys in ["1\r", "1n2", "  \r"] {
        window.by_hand("?").at_once(keys).see(TOO_FAST).at(2);
    }
    assert!(!window.text().contains("[x]"), "{}", window.text());
    window.by_hand("n").at(3);
    // In a line, what follows its end belongs to it and waits for Enter.
    window
        .at_once("never\rnone\rn\r")
        .see("> never; none; n_")
        .at(3);
    window.by_hand("\u{15}").at_once("never\r").at(4);
    window.at_once("Eliquis 5 mg\r\nibuprofen\r\nn\r\n");
    window.see("> Eliquis 5 mg; ibuprofen; n_").at(4);
    window
        .by_hand("\u{17}\r")
        .see("Stop here")
        .by_hand("n")
        .at(5);
    // The review, and a question that is none of the plan.
    window.by_hand("n").see("The answers").see("5 answers");
    let answers = window.text();
    assert!(!answers.contains("1nnever"), "{answers}");
    window.at_once("1\r1").see("> 1; 1_").by_hand("\u{15}q\r");
    assert_eq!(window.end().0, 130);

    let mut window = Window::open(80, &[]);
    window
        .by_hand("3")
        .see("Stop here")
        .at_once("yy\r")
        .see(TOO_FAST);
    assert!(!window.text().contains("yes\n"), "{}", window.text());
    window.by_hand("n").at(2).press("\u{3}");
    assert_eq!(window.end(), (130, true));
}

/// Keys with Shift, Ctrl or Alt, function keys and what terminals report by
/// themselves: none is an answer, none is typed. `terminal/keys` has them all.
#[test]
fn keys_that_are_not_ours_do_nothing() {
    const NOT_OURS: [&str; 10] = [
        "\u{1b}[1;2B",
        "\u{1b}[1;5C",
        "\u{1b}OP",
        "\u{1b}OB",
        "\u{1b}[15~",
        "\u{1b}[<0;3;4M",
        "\u{1b}[M !!",
        "\u{1b}[I",
        "\u{1b}]11;rgb:ny/\u{7}",
        "\u{1b}y",
    ];
    let mut window = Window::open(80, &[]);
    window.at(1).settle();
    let before = window.text();
    for keys in NOT_OURS {
        window.press(keys).settle();
        assert_eq!(window.text(), before, "{keys:?}");
    }
    window.press(&NOT_OURS.concat()).settle();
    assert_eq!(window.text(), before);
    window.by_hand("1n").at(3).settle();
    let before = window.text();
    for keys in NOT_OURS {
        window.press(keys).settle();
        assert_eq!(window.text(), before, "{keys:?}");
    }
    window.press("\u{3}");
    assert_eq!(window.end(), (130, true));
}

#[test]
fn breaking_off_leaves_the_terminal_as_it_was() {
    for (keys, told) in [
        ("\u{3}", "nothing was saved"),
        ("q", "no answers were saved"),
    ] {
        let mut window = Window::open(80, &[]);
        window.at(1).press(keys);
        assert_eq!(window.end(), (130, true));
        assert!(window.text().contains(told), "{}", window.text());
    }
    // The terminal takes whole lines again.
    let mut shell = Command::new("sh");
    shell.env("TERM", "xterm-256color").args([
        "-c",
        &format!("trap : INT; '{PROGRAM}' --rules tests/terminal/demo.yaml; stty -a; read line"),
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
    let run = run(&mut candidacy(Path::new("."), &[]));
    assert!(started.elapsed() < Duration::from_secs(5));
    assert_eq!(run.code, 2);
    assert_eq!(run.out, "");
    let said = run.err;
    assert!(
        said.contains("--answers") && said.contains("batch"),
        "{said}"
    );
}
