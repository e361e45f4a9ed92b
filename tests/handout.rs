//! What the patient takes home: the page in each form, and the calendar file.

mod program;

use std::fs;
use std::path::Path;

use program::{Ended, candidacy, run};
use tempfile::TempDir;

const CLINIC: &str = "\
name: Example Skin Clinic
phone: +44 20 7946 0000
address: |
  1 High Street,
  London
";

/// A patient who waits, of whom nothing else is known to matter.
const WAITS: &str = "--as-of 2026-11-20 --set acne=clear --set skin_conditions=none \
                     --set isotretinoin=2026-08-31 --set medicines=none";

/// Runs `screen` under the rules of the demonstration; `~` stands for a blank.
fn screen(folder: &Path, flags: &str) -> Ended {
    fs::write(folder.join("clinic.yaml"), CLINIC).expect("written");
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/terminal/demo.yaml");
    let words = flags.split_whitespace().map(|word| word.replace('~', " "));
    let words: Vec<String> = words.collect();
    let mut line = vec!["screen", "--rules", rules];
    line.extend(words.iter().map(String::as_str));
    run(&mut candidacy(folder, &line))
}

fn snap(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "handout",
        prepend_module_to_snapshot => false,
        omit_expression => true,
        filters => vec![
            (r"(?s)<style>.*</style>", "<style>…</style>"),
            (r"DTSTAMP:\d{8}T000000Z", "DTSTAMP:TODAY"),
            (r"candidacy \d+\.\d+\.\d+", "candidacy VERSION"),
        ],
    }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn a_page_to_hand_over() {
    let folder = TempDir::new().expect("a folder");
    let patient = "--as-of 2026-11-20 --set acne=inflamed --set skin_conditions=none \
                   --set isotretinoin=2026-08-31 --set medicines=<b>zzz</b>";
    for form in ["html", "md", "txt"] {
        let flags =
            format!("{patient} --clinic clinic.yaml --reference A-4711 --print page.{form}");
        let ended = screen(folder.path(), &flags);
        assert_eq!(ended.code, 0, "{}", ended.err);
        let page = fs::read_to_string(folder.path().join(format!("page.{form}")));
        let page = page.expect("the page");
        assert!(
            form == "txt" || !page.contains("<b>"),
            "what was typed is no markup"
        );
        assert!(!page.contains("http"), "nothing from elsewhere");
        snap(form, &page);
    }
}

/// On standard output the page takes the place of the report.
#[test]
fn a_page_instead_of_the_report() {
    let folder = TempDir::new().expect("a folder");
    let printed = |flags: &str| screen(folder.path(), &format!("{WAITS} --print - {flags}"));
    let text = printed("");
    assert!(
        text.out.starts_with("Before your treatment\n"),
        "{}",
        text.out
    );
    assert!(
        text.out
            .contains("Call your clinic, on 1 Mar 2027 or later"),
        "{}",
        text.out
    );
    assert!(!text.out.contains("DEFERRED"), "{}", text.out);
    let begins = |flags: &str, start: &str| {
        let page = printed(flags);
        assert!(page.out.starts_with(start), "{}", page.out);
    };
    begins("--format html", "<!doctype html>");
    begins("--format markdown", "# Before your treatment");
    let refused = printed("--format json");
    assert_eq!(refused.code, 2, "{}", refused.err);
    for flag in ["--brief", "--why isotretinoin"] {
        let both = printed(flag);
        assert_eq!(both.code, 2, "{}", both.err);
        assert!(both.out.is_empty(), "{}", both.out);
    }
    assert!(
        refused.err.contains("text, Markdown or HTML"),
        "{}",
        refused.err
    );
}

#[test]
fn an_unknown_ending_is_refused() {
    let folder = TempDir::new().expect("a folder");
    for (name, way_out) in [
        ("page.pdf", "let the browser print that page"),
        ("page.docx", "end the name in .html, .md or .txt"),
    ] {
        let ended = screen(folder.path(), &format!("{WAITS} --print {name}"));
        assert_eq!(ended.code, 2, "{}", ended.err);
        assert!(ended.err.contains(way_out), "{}", ended.err);
        assert!(!folder.path().join(name).exists());
    }
}

/// The names of the medicines meant stand beside what to do about them.
#[test]
fn a_medicine_is_named_where_it_matters() {
    let folder = TempDir::new().expect("a folder");
    let line = ["screen", "--as-of", "2026-11-20", "--print", "page.md"];
    let taken = ["--set", "medicines=Coumadin; ibuprofen; levothyroxine"];
    let ended = run(&mut candidacy(folder.path(), &[&line[..], &taken].concat()));
    assert_eq!(ended.code, 0, "{}", ended.err);
    let page = fs::read_to_string(folder.path().join("page.md")).expect("the page");
    assert!(page.contains("* **Coumadin:** Keep taking it"), "{page}");
    assert!(page.contains("Medicine meant: ibuprofen."), "{page}");
    assert!(
        !page.contains("levothyroxine"),
        "it bears on nothing: {page}"
    );
}

/// What must not be seen at the desk is not on a page handed over there, even
/// where the dermatologist's report is printed beside it.
#[test]
fn nothing_private_is_on_it() {
    let folder = TempDir::new().expect("a folder");
    let private = [
        "--set",
        "blood_infection=yes",
        "--set",
        "medicines=Biktarvy",
    ];
    for page in ["page.html", "page.md", "page.txt"] {
        let line = [
            "screen",
            "--as-of",
            "2026-11-20",
            "--view",
            "clinician",
            "--print",
            page,
        ];
        let ended = run(&mut candidacy(
            folder.path(),
            &[&line[..], &private].concat(),
        ));
        assert!(ended.out.contains("blood-borne-virus"), "{}", ended.err);
        let text = fs::read_to_string(folder.path().join(page)).expect("the page");
        let text = text.to_lowercase();
        for word in ["biktarvy", "hiv", "hepatitis", "blood-borne"] {
            assert!(!text.contains(word), "{word} is on the page:\n{text}");
        }
    }
}

#[test]
fn the_day_a_wait_ends_is_in_a_calendar_file() {
    let folder = TempDir::new().expect("a folder");
    let calendar = |flags: &str, name: &str| {
        let ended = screen(folder.path(), &format!("{flags} --calendar {name}"));
        assert_eq!(ended.code, 0, "{}", ended.err);
        (fs::read_to_string(folder.path().join(name)).ok(), ended.err)
    };
    let named = format!("{WAITS} --clinic clinic.yaml --reference A,4711");
    let (first, _) = calendar(&named, "first.ics");
    let first = first.expect("a calendar file");
    assert!(first.contains("DTSTART;VALUE=DATE:20270301\r\n"), "{first}");
    assert!(first.contains("DTEND;VALUE=DATE:20270302\r\n"), "{first}");
    assert!(first.lines().all(|line| line.len() <= 75), "{first}");
    assert!(
        !first.to_lowercase().contains("isotretinoin"),
        "others may see it: {first}"
    );
    snap("calendar", &first.replace("\r\n", "\n"));
    let (again, _) = calendar(&named, "again.ics");
    assert_eq!(
        again.as_deref(),
        Some(first.as_str()),
        "the same inputs give the same file"
    );
    let (other, _) = calendar(&format!("{WAITS} --reference B"), "other.ics");
    let uid = |text: &str| {
        text.lines()
            .find(|line| line.starts_with("UID:"))
            .map(str::to_owned)
    };
    assert_ne!(
        uid(&first),
        other.as_deref().and_then(uid),
        "another patient"
    );
}

/// Without a day there is nothing for a calendar, and it is said.
#[test]
fn no_day_no_calendar_file() {
    let folder = TempDir::new().expect("a folder");
    for answers in [
        "--set acne=clear --set skin_conditions=none --set isotretinoin=never --set medicines=none",
        "--set acne=inflamed --set skin_conditions=none --set isotretinoin=never --set medicines=none",
        "--set medicines=zzz --set isotretinoin=2026-08-31",
    ] {
        let flags = format!("--as-of 2026-11-20 {answers} --calendar wait.ics");
        let ended = screen(folder.path(), &flags);
        assert_eq!(ended.code, 0, "{}", ended.err);
        assert!(
            ended.err.contains("No calendar file was written"),
            "{}",
            ended.err
        );
        assert!(!folder.path().join("wait.ics").exists());
    }
}

#[test]
fn a_clinic_that_cannot_be_called_is_refused() {
    let folder = TempDir::new().expect("a folder");
    let clinic = "clinic:\n  name: Example Clinic\n  phone: ask at the desk\n  fax: 1\n";
    fs::write(folder.path().join("bad.yaml"), clinic).expect("written");
    let ended = screen(folder.path(), &format!("{WAITS} --clinic bad.yaml"));
    assert_ne!(ended.code, 0);
    snap("clinic", &ended.err);
}

/// An overlay names the clinic, and a file of its own takes its place.
#[test]
fn the_rules_may_name_the_clinic() {
    let folder = TempDir::new().expect("a folder");
    let overlay = "\
format: candidacy/1
extends: microneedling
pack: {id: ours, version: 1.0.0, title: Ours, status: draft, owner: Dr A. Example, review_by: 2040-06-30}
clinic: {name: Clinic of the rules, phone: 020 7946}
";
    fs::write(folder.path().join("ours.yaml"), overlay).expect("written");
    fs::write(folder.path().join("clinic.yaml"), CLINIC).expect("written");
    let printed = |more: &[&str]| {
        let line = [
            "screen",
            "--rules",
            "ours.yaml",
            "--set",
            "acne=clear",
            "--print",
            "-",
        ];
        run(&mut candidacy(folder.path(), &[&line[..], more].concat())).out
    };
    assert!(printed(&[]).starts_with("Clinic of the rules · 020 7946\n"));
    let own = printed(&["--clinic", "clinic.yaml"]);
    let sender = "Example Skin Clinic · +44 20 7946 0000 · 1 High Street, London\n";
    assert!(own.starts_with(sender), "{own}");
    let fingerprint = |text: &str| {
        fs::write(folder.path().join("ours.yaml"), text).expect("written");
        run(&mut candidacy(
            folder.path(),
            &["rules", "fingerprint", "ours.yaml"],
        ))
        .out
    };
    let moved = overlay.replace("020 7946", "020 7947");
    assert_eq!(
        fingerprint(overlay),
        fingerprint(&moved),
        "another number is no other rules"
    );
}
