//! What the front desk sees first, for patients of many kinds: in a real window, after the last
//! question. It fits the window and holds the verdict, when, why and what to do.

#![cfg(unix)]

mod program;
mod window;

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use program::{candidacy, run};
use window::Window;

/// Somebody who has nothing to report.
const WELL: &[(&str, &str)] = &[
    ("date_of_birth", "1990-04-12"),
    ("area", "face"),
    ("device", "standard"),
    ("acne", "clear"),
    ("skin_conditions", "none"),
    ("skin_today", "none"),
    ("sunburn", "never"),
    ("infections", "none"),
    ("cold_sores", "never"),
    ("scar_history", "none"),
    ("slow_healing", "no"),
    ("cancer_history", "none"),
    ("taken_before", "none"),
    ("medicines", "none"),
    ("pregnancy", "no"),
    ("health", "none"),
    ("blood_infection", "no"),
    ("implants", "none"),
    ("allergies", "none"),
    ("unwell_today", "no"),
    ("recent_treatments", "none"),
];

/// Somebody who took isotretinoin until the end of August.
const IN_SUMMER: [(&str, &str); 2] = [
    ("taken_before", "isotretinoin"),
    ("isotretinoin", "2026-08-31"),
];

/// The windows: rows and columns.
const WINDOWS: [(u16, u16); 2] = [(24, 80), (20, 40)];

/// Answers other than those of somebody well, in a file that an interview is resumed from.
fn saved(folder: &std::path::Path, other: &[(&str, &str)]) -> std::path::PathBuf {
    let mut yaml = "as_of: 2026-11-20\nsaid: 2026-11-20\nanswers:\n".to_owned();
    let more = other
        .iter()
        .filter(|(id, _)| !WELL.iter().any(|one| one.0 == *id));
    for (id, answer) in WELL.iter().chain(more) {
        let changed = other.iter().find(|one| one.0 == *id);
        let answer = changed.map_or(answer, |(_, changed)| changed);
        writeln!(yaml, "  {id}: \"{answer}\"").expect("memory");
    }
    let file = folder.join("saved.yaml");
    std::fs::write(&file, yaml).expect("a file");
    file
}

/// The interview in a window, at the list of its answers.
fn opened(file: &std::path::Path, (rows, columns): (u16, u16), around: &[(&str, &str)]) -> Window {
    let mut shell = Command::new("sh");
    let line = format!(
        "stty cols {columns} rows {rows}; exec '{}' screen --quick --color never --resume '{}'",
        program::PROGRAM,
        file.display()
    );
    shell
        .args(["-c", &line])
        .env("TERM", "xterm-256color")
        .env("LC_ALL", "C.UTF-8")
        .envs(around.iter().copied());
    Window::sized(shell, columns, rows)
}

/// Looks through all answers with Enter, and accepts them at the end; returns what was seen.
fn accept(window: &mut Window) -> String {
    window.see("> _").settle();
    let mut seen = window.text();
    while window.text().contains("Enter more answers") {
        assert!(!window.text().contains("all is right"), "{}", window.text());
        window.by_hand("\r");
        seen.push_str(&window.text());
    }
    assert!(window.text().contains("all is right"), "{}", window.text());
    window.by_hand("\r");
    seen
}

/// Enter accepts the answers only after the last of them was on the screen.
#[test]
fn all_answers_are_seen_before_they_are_accepted() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = [("skin_conditions", "eczema"), ("eczema_now", "elsewhere")];
    let file = saved(folder.path(), &other);
    for size in WINDOWS {
        let mut window = opened(&file, size, &[]);
        window.see("Enter more answers");
        let seen = accept(&mut window);
        window.see("c change").by_hand("q");
        assert_eq!(window.end(), (0, true));
        let words = seen.split_whitespace().collect::<Vec<_>>().join(" ");
        for row in 1..=WELL.len() + 1 {
            assert!(words.contains(&format!(" {row} ")), "no {row}:\n{seen}");
        }
        for row in [
            "Area: Face, not eyelids or lips",
            "Eczema now: Only on other parts of the body",
            "Blood infection: private, not shown",
            "Recent treatments: none",
        ] {
            assert!(words.contains(row), "no {row:?}:\n{seen}");
        }
        // Back to the top, and at the end again: it was seen once.
        let mut window = opened(&file, size, &[]);
        window.see("Enter more answers");
        while window.text().contains("Enter more answers") {
            window.by_hand("\u{1b}[B");
        }
        window.by_hand("\u{1b}[A").by_hand("\r").see("c change");
        window.by_hand("q");
        assert_eq!(window.end(), (0, true));
    }
}

/// The first screens of one patient, in both windows.
#[track_caller]
fn case(name: &str, other: &[(&str, &str)], verdict: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = saved(folder.path(), other);
    let mut shown = String::new();
    for size in WINDOWS {
        let mut window = opened(&file, size, &[]);
        accept(&mut window);
        window.see("c change").settle();
        let screen = window.text();
        let lines: Vec<&str> = screen.trim_end().lines().collect();
        let first = lines.first().expect("a line");
        assert!(
            first.ends_with(verdict),
            "the verdict is not the first line:\n{screen}"
        );
        for label in ["  when  ", "  why  ", "  do  ", "  say  ", "onsult a"] {
            assert!(screen.contains(label), "no {label:?}:\n{screen}");
        }
        let last = lines.iter().rposition(|line| line.starts_with(verdict));
        let last = last.expect("the verdict in words is the last line");
        assert!(
            last < if size.1 == 80 { 12 } else { 17 },
            "{} lines:\n{screen}",
            last + 1
        );
        assert!(screen.trim_end().ends_with("q quit"), "{screen}");
        writeln!(shown, "== {} x {}\n{}\n", size.0, size.1, lines.join("\n")).expect("memory");
        // What is left on the screen that stays tells no answer.
        window.by_hand("q");
        assert_eq!(window.end(), (0, true));
        let left = window.text();
        assert!(
            left.trim().starts_with(verdict) && !left.contains('('),
            "{left}"
        );
        assert_eq!(left.trim().lines().count(), 1, "{left}");
    }
    insta::with_settings!({
        snapshot_path => "first_screen",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, shown);
    });
}

#[test]
fn nothing_to_report() {
    case("well", &[], "ELIGIBLE");
}

#[test]
fn a_painkiller() {
    let other = [("medicines", "ibuprofen 200 mg")];
    case("painkiller", &other, "ELIGIBLE WITH PRECAUTIONS");
}

#[test]
fn isotretinoin_in_summer() {
    case("isotretinoin", &IN_SUMMER, "DEFERRED");
}

#[test]
fn eczema_in_the_area() {
    let other = [("skin_conditions", "eczema"), ("eczema_now", "in-area")];
    case("eczema", &other, "DEFERRED");
}

#[test]
fn unwell_and_taking_isotretinoin() {
    let other = [
        ("taken_before", "isotretinoin"),
        ("isotretinoin", "ongoing"),
        ("unwell_today", "yes"),
    ];
    case("two_waits", &other, "DEFERRED");
}

#[test]
fn a_keloid() {
    let other = [("scar_history", "keloid"), ("keloid", "yes")];
    case("keloid", &other, "NOT ELIGIBLE");
}

#[test]
fn a_minor() {
    case(
        "minor",
        &[("date_of_birth", "2012-01")],
        "DERMATOLOGIST REVIEW",
    );
}

#[test]
fn a_private_illness() {
    let other = [("blood_infection", "yes")];
    case("private", &other, "DERMATOLOGIST REVIEW");
}

#[test]
fn acne_isotretinoin_and_a_blood_thinner() {
    let other = [
        ("acne", "inflamed"),
        ("taken_before", "isotretinoin"),
        ("isotretinoin", "2026-08-31"),
        ("medicines", "warfarin"),
    ];
    case("three_reasons", &other, "DERMATOLOGIST REVIEW");
}

#[test]
fn a_vague_date() {
    let other = [("taken_before", "isotretinoin"), ("isotretinoin", "2026")];
    case("vague", &other, "DERMATOLOGIST REVIEW");
}

#[test]
fn an_unknown_medicine() {
    let other = [("medicines", "foobarin")];
    case("unknown_medicine", &other, "DERMATOLOGIST REVIEW");
}

#[test]
fn not_sure_about_much() {
    let other = [
        ("acne", "not sure"),
        ("scar_history", "not sure"),
        ("health", "not sure"),
        ("medicines", "not sure"),
    ];
    case("not_sure", &other, "DERMATOLOGIST REVIEW");
}

/// Stopped early: the reason that decides, and how many questions were not asked.
#[test]
fn stopped_at_the_first_reason() {
    let output = |more: &[&str]| {
        let words = ["screen", "--as-of", "2026-11-20", "--set", "keloid=yes"];
        run(candidacy(Path::new("."), &words).args(more)).out
    };
    let brief = output(&["--brief"]);
    assert!(brief.contains("21 questions were not asked.\n"), "{brief}");
    assert!(brief.lines().count() <= 12, "{brief}");
    for text in [brief, output(&[])] {
        assert!(text.ends_with("\nNOT ELIGIBLE (keloid scar)\n"), "{text}");
    }
}

/// Every key of the menu.
#[test]
fn the_menu() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = saved(folder.path(), &IN_SUMMER);
    let page = folder.path().join("page.html");
    let record = folder.path().join("record.json");
    let calendar = folder.path().join("wait.ics");
    // The pager reads everything before it says so.
    let pager = "cat >/dev/null; echo PAGED; read line </dev/tty";
    let mut window = opened(&file, (24, 80), &[("PAGER", pager)]);
    accept(&mut window);
    window.see("c change").settle();
    window
        .press("a")
        .see("PAGED")
        .press("\n")
        .see("q quit")
        .settle();
    // An unknown rule is refused with a way out; a known one is explained in the pager.
    window
        .press("w")
        .see("1 Isotretinoin")
        .by_hand("isotretinon\r");
    window.see("there is no rule `isotretinon`").settle();
    window
        .press("w")
        .see("Which reason")
        .by_hand("1")
        .press("\r")
        .see("PAGED");
    window.press("\n").see("q quit").settle();
    for (key, path) in [("p", &page), ("d", &calendar), ("s", &record)] {
        let written = format!("{}\r", path.display());
        window
            .press(key)
            .see("Esc back")
            .press(&written[..written.len() - 1]);
        window.settle().press("\r").see("written:").settle();
        window
            .press(key)
            .see("Esc back")
            .press(&written[..written.len() - 1]);
        window
            .settle()
            .press("\r")
            .see("choose another name")
            .settle();
    }
    let page = std::fs::read_to_string(&page).expect("the page");
    assert!(page.contains("1 Mar 2027"), "{page}");
    let record = std::fs::read_to_string(&record).expect("the record");
    assert!(record.contains("2026-08-31"), "{record}");
    let calendar = std::fs::read_to_string(&calendar).expect("the calendar file");
    assert!(
        calendar.contains("DTSTART;VALUE=DATE:20270301"),
        "{calendar}"
    );
    // A changed answer changes the verdict; the others stay.
    window
        .press("c")
        .see("Enter more answers")
        .by_hand("11\r")
        .see("> 2026-08-31_");
    window.by_hand("\u{15}never\r").see("Enter more answers");
    accept(&mut window);
    window.see("ELIGIBLE on 20 Nov 2026").see("q quit").settle();
    // Nothing of one patient is on the screen of the next.
    window.press("n").see("Question 1 of").settle();
    assert!(!window.text().contains("ELIGIBLE"), "{}", window.text());
    window.press("\u{3}");
    assert_eq!(window.end(), (130, true));
    assert!(!window.text().contains("sotretinoin"), "{}", window.text());
}

/// Without a pager the report is shown page by page.
#[test]
fn without_a_pager() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = saved(folder.path(), &IN_SUMMER);
    let mut window = opened(&file, (20, 40), &[("PAGER", "")]);
    accept(&mut window);
    window.see("c change").settle();
    window.by_hand("a").see("n next page").settle();
    assert!(window.text().starts_with("▸ DEFERRED"), "{}", window.text());
    window.by_hand("n").settle();
    assert!(!window.text().contains("DEFERRED"), "{}", window.text());
    window
        .by_hand("b")
        .see("▸ DEFERRED")
        .by_hand("q")
        .see("a all reasons");
    window.by_hand("q");
    assert_eq!(window.end(), (0, true));
    assert_eq!(window.text().trim(), "DEFERRED to 1 Mar 2027");
}
