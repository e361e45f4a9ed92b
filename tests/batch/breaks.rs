//! Closed pipes, full disks, kills, and outputs onto inputs: what was there before stays.

use std::fmt::Write as _;
use std::fs;
use std::io::Read;
#[cfg(unix)]
use std::io::Write;
use std::path::Path;
use std::process::Stdio;
#[cfg(unix)]
use std::process::{Child, ChildStdin, Command};
#[cfg(unix)]
use std::time::Duration;

use super::{batch, candidacy, folder, program};

const HEADING: &str = "patient,acne\n";

/// A table of `rows` rows in a folder of its own.
fn table(rows: usize) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("in.csv");
    let mut text = HEADING.to_owned();
    for row in 0..rows {
        writeln!(text, "P{row},clear").expect("memory");
    }
    fs::write(&path, text).expect("it is written");
    (folder, path)
}

/// An output beside a table, with something in it already.
struct Old {
    folder: tempfile::TempDir,
    path: std::path::PathBuf,
}

impl Old {
    /// In the folder of a table.
    fn beside(folder: tempfile::TempDir) -> Self {
        let path = folder.path().join("out.csv");
        fs::write(&path, "what was there").expect("it is written");
        Self { folder, path }
    }

    /// A batch that has begun to write here and waits for more.
    #[cfg(unix)]
    fn begun(&self) -> (Child, ChildStdin) {
        let mut child = batch("-")
            .arg("-o")
            .arg(&self.path)
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut input = child.stdin.take().expect("its input");
        // More than a piece.
        let text = format!("{HEADING}{}", "A,clear\n".repeat(100_000));
        input.write_all(text.as_bytes()).expect("it is taken");
        (child, input)
    }

    /// Nothing has happened to it.
    #[track_caller]
    fn is_unchanged(&self) {
        let text = fs::read_to_string(&self.path).expect("the old output");
        assert_eq!(text, "what was there");
    }
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder");
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let (_folder, path) = table(200_000);
    let mut child = batch(&path)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut first = [0; 20];
    child
        .stdout
        .take()
        .expect("its output")
        .read_exact(&mut first)
        .expect("some rows");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(141));
    assert!(!String::from_utf8_lossy(&output.stderr).contains("error"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_reported() {
    let (_folder, path) = table(10);
    for to_file in [true, false] {
        let mut command = batch(&path);
        if to_file {
            command.args(["-o", "/dev/full"]);
        } else {
            command.stdout(
                fs::File::options()
                    .write(true)
                    .open("/dev/full")
                    .expect("it opens"),
            );
        }
        let output = command.output().expect("it runs");
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&output.stderr).contains("the disk is full"));
    }
}

#[test]
fn the_output_may_be_the_input() {
    let (folder, path) = table(50_000);
    let output = batch(&path).arg("-o").arg(&path).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout.is_empty());
    let text = fs::read_to_string(&path).expect("the output");
    assert_eq!(text.lines().count(), 50_001);
    assert!(text.starts_with("patient,acne,verdict,"));
    assert_eq!(names_in(folder.path()), ["in.csv"]);
}

#[test]
fn what_fails_leaves_the_old_output() {
    let (folder, path) = table(0);
    let mut text = HEADING.as_bytes().to_vec();
    for _ in 0..100_000 {
        text.extend_from_slice(b"A,clear\n");
    }
    text.extend_from_slice(b"Zo\xeb,clear\n");
    fs::write(&path, text).expect("it is written");
    let old = Old::beside(folder);
    let output = batch(&path)
        .args(["--encoding", "utf-8", "-o"])
        .arg(&old.path)
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("line 100002 is not text in UTF-8"));
    old.is_unchanged();
    assert_eq!(names_in(old.folder.path()), ["in.csv", "out.csv"]);
}

#[cfg(unix)]
#[test]
fn breaking_off_ends_with_130_and_leaves_the_old_output() {
    let old = Old::beside(table(0).0);
    let (child, input) = old.begun();
    std::thread::sleep(Duration::from_millis(200));
    let killed = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .expect("kill runs");
    assert!(killed.success());
    let output = child.wait_with_output().expect("it ends");
    drop(input);
    assert_eq!(output.status.code(), Some(130));
    old.is_unchanged();
    assert_eq!(names_in(old.folder.path()), ["in.csv", "out.csv"]);
}

#[cfg(unix)]
#[test]
fn a_kill_leaves_the_old_output() {
    let old = Old::beside(table(0).0);
    let (mut child, _input) = old.begun();
    child.kill().expect("it is killed");
    child.wait().expect("it ends");
    old.is_unchanged();
    // A system without nameless files leaves one for the next run to remove.
    if cfg!(target_os = "linux") {
        assert_eq!(names_in(old.folder.path()), ["in.csv", "out.csv"]);
    }
}

#[cfg(unix)]
#[test]
fn what_a_dead_run_left_is_removed_by_the_next() {
    let (folder, path) = table(3);
    let left = folder.path().join(".candidacy-0123456789ab.tmp");
    let alive = folder.path().join(".candidacy-ba9876543210.tmp");
    fs::write(&left, "patients").expect("it is written");
    fs::write(&alive, "patients").expect("it is written");
    let lock = fs::File::open(&alive).expect("a file");
    lock.lock().expect("it is locked");
    let out = folder.path().join("out.csv");
    let output = batch(&path).arg("-o").arg(out).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0));
    let names = names_in(folder.path());
    assert_eq!(names, [".candidacy-ba9876543210.tmp", "in.csv", "out.csv"]);
}

#[cfg(target_os = "linux")]
#[test]
fn an_unfinished_output_is_for_its_owner_alone() {
    use std::os::unix::fs::MetadataExt;

    let old = Old::beside(table(0).0);
    let (mut child, input) = old.begun();
    std::thread::sleep(Duration::from_millis(300));
    let open = fs::read_dir(format!("/proc/{}/fd", child.id())).expect("its files");
    let open = open.map(|entry| entry.expect("an entry").path());
    let in_folder = |path: &std::path::PathBuf| {
        fs::read_link(path).is_ok_and(|file| file.starts_with(old.folder.path()))
    };
    let written = open
        .filter(in_folder)
        .map(|path| fs::metadata(path).expect("a file"));
    let modes: Vec<u32> = written.map(|meta| meta.mode() & 0o777).collect();
    assert_eq!(modes, [0o600]);
    drop(input);
    child.wait().expect("it ends");
}

#[cfg(unix)]
#[test]
fn a_limit_on_file_sizes_is_reported() {
    let old = Old::beside(table(100_000).0);
    for out in [
        "-o out.csv",
        "> more.csv",
        "-o none.csv --errors errors.csv",
    ] {
        let line = format!(
            "ulimit -f 64; exec {} --rules \"$1\" batch in.csv {out}",
            program::PROGRAM
        );
        let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/batch/pack.yaml");
        let output = Command::new("sh")
            .args(["-c", &line, "sh", rules])
            .current_dir(old.folder.path())
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(
            said.contains("it would be larger than the system allows"),
            "{said}"
        );
        old.is_unchanged();
    }
    assert_eq!(
        names_in(old.folder.path()),
        ["in.csv", "more.csv", "out.csv"]
    );
}

#[cfg(unix)]
#[test]
fn permissions_stay_as_they_were() {
    use std::os::unix::fs::PermissionsExt;

    let (folder, path) = table(3);
    let mode = |path: &Path| {
        fs::metadata(path)
            .expect("it is there")
            .permissions()
            .mode()
            & 0o777
    };
    let (old, new, plain) = (
        folder.path().join("old.csv"),
        folder.path().join("new.csv"),
        folder.path().join("plain"),
    );
    fs::write(&plain, "").expect("it is written");
    fs::write(&old, "").expect("it is written");
    fs::set_permissions(&old, fs::Permissions::from_mode(0o640)).expect("they are set");
    let run = |out: &Path, flags: &[&str]| {
        let mut command = batch(&path);
        command.arg("-o").arg(out).args(flags);
        assert!(command.status().expect("it runs").success());
    };
    run(&old, &[]);
    run(&new, &[]);
    assert_eq!(mode(&old), 0o640);
    assert_eq!(mode(&new), mode(&plain));
    run(&old, &["--private"]);
    run(&folder.path().join("private.csv"), &["--private"]);
    assert_eq!(mode(&old), 0o600);
    assert_eq!(mode(&folder.path().join("private.csv")), 0o600);
}

#[test]
fn a_table_is_replaced_only_by_all_that_it_holds() {
    let (folder, path) = table(3);
    let text = fs::read_to_string(&path).expect("the table");
    for flags in [
        &["--columns", "verdict"][..],
        &["--format", "jsonl"],
        &["--excel"],
        &["--replace"],
        &["--encoding", "utf-16le"],
    ] {
        let mut before = match flags {
            ["--replace"] => text
                .replace("patient,acne", "patient,acne,problem")
                .replace("clear", "clear,own"),
            _ => text.clone(),
        }
        .into_bytes();
        if flags == ["--encoding", "utf-16le"] {
            before = before.iter().flat_map(|byte| [*byte, 0]).collect();
            // Half of a pair that stands for one sign.
            before.extend([0, 0xd8, b',', 0, b'c', 0, 10, 0]);
        }
        fs::write(&path, &before).expect("it is written");
        let output = batch(&path).args(flags).arg("-o").arg(&path).output();
        let output = output.expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{flags:?} {said}");
        assert!(said.contains("would be lost"), "{flags:?} {said}");
        assert_eq!(fs::read(&path).expect("the table"), before, "{flags:?}");
    }
    assert_eq!(names_in(folder.path()), ["in.csv"]);
}

#[test]
fn what_is_no_table() {
    #[track_caller]
    fn case(args: &[&str], code: i32, words: &str) {
        let output = candidacy()
            .arg("batch")
            .args(args)
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(said.contains(words), "{said}");
        assert!(output.stdout.is_empty());
    }

    case(&["nowhere.csv"], 1, "there is no such file");
    case(&["."], 1, "it is a folder");
    case(&["plain.csv", "-o", "."], 1, "it is a folder");
    case(
        &["plain.csv", "-o", "no/such/folder/out.csv"],
        1,
        "cannot write",
    );
    case(&["plain.csv", "--as-of", "soon"], 2, "is not a day");
    case(
        &["plain.csv", "--fail-on", "bad"],
        2,
        "use one of `eligible`",
    );
    case(&["plain.csv", "--date-format", "%d"], 2, "names no year");
    case(
        &["plain.csv", "-o", "x.csv", "--errors", "x.csv"],
        2,
        "the same file",
    );
    case(
        &["plain.csv", "-o", "x.csv", "--errors", "./x.csv"],
        2,
        "the same file",
    );
    case(
        &["plain.csv", "--errors", "./plain.csv"],
        2,
        "`--errors ./plain.csv` would replace `plain.csv`, which this command reads",
    );
    case(
        &["plain.csv", "--report", "../batch/plain.csv"],
        2,
        "`--report ../batch/plain.csv` would replace `plain.csv`, which this command reads",
    );
    case(&["plain.csv", "--map", "acne"], 2, "has no `=`");
}

#[test]
fn problems_as_a_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let errors = folder.path().join("errors.csv");
    let output = batch("no_answers.csv")
        .arg("--errors")
        .arg(&errors)
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(4));
    let text = fs::read_to_string(&errors).expect("the problems");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "row,line,column,cell,problem,help");
    assert!(
        lines[1].starts_with("1,2,date_of_birth,soon,`soon` is not an answer"),
        "{}",
        lines[1]
    );
    assert!(
        lines
            .last()
            .expect("a line")
            .starts_with("2,3,last_peel,01/02/2026,")
    );
}

#[test]
fn a_dry_run_writes_its_problems_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = batch("no_answers.csv");
    command.arg("--dry-run");
    for (flag, name) in [
        ("-o", "out.csv"),
        ("--errors", "errors.csv"),
        ("--report", "page.html"),
        ("--summary", "summary.json"),
    ] {
        command.arg(flag).arg(folder.path().join(name));
    }
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(4));
    assert!(output.stdout.is_empty());
    assert_eq!(names_in(folder.path()), ["errors.csv"]);
    let text = fs::read_to_string(folder.path().join("errors.csv")).expect("the problems");
    assert!(text.contains("\n1,2,date_of_birth,soon,"), "{text}");
}

/// A row of several megabytes says that it is too long, and those around it are screened.
#[test]
fn a_row_without_end_loses_no_other() {
    let long = |bytes: usize| format!("long,{}", "x".repeat(bytes));
    for (row, end) in [
        (long(17 << 20), "\n"),
        (long(9 << 20), "\r\n"),
        (long(9 << 20), ""),
    ] {
        let (_folder, path) = table(0);
        let last = if end.is_empty() { "" } else { "B,clear" };
        let text = format!("patient,acne{end}A,clear\n{row}{end}{last}{end}");
        let text = if end.is_empty() {
            text.replacen("acne", "acne\n", 1)
        } else {
            text
        };
        fs::write(&path, text).expect("it is written");
        let mut command = batch(&path);
        let output = command.args(["--columns", "verdict"]).output();
        let output = output.expect("it runs");
        let rows = String::from_utf8_lossy(&output.stdout).into_owned();
        let verdicts: Vec<&str> = rows
            .lines()
            .skip(1)
            .filter_map(|row| row.split(',').nth(1))
            .collect();
        let (review, not_read) = ("dermatologist-review", "unreadable");
        let expected: &[&str] = if last.is_empty() {
            &[review, not_read]
        } else {
            &[review, not_read, review]
        };
        assert_eq!(output.status.code(), Some(4));
        assert_eq!(verdicts, expected, "{rows:.300}");
        assert!(
            rows.contains("line 3: this row is longer than 8 MiB"),
            "{rows}"
        );
        let before = fs::metadata(&path).expect("the table").len();
        let output = batch(&path).arg("-o").arg(&path).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("line 3 is too long"));
        assert_eq!(fs::metadata(&path).expect("the table").len(), before);
    }
}

#[test]
fn standard_input_is_read_like_a_file() {
    let file = fs::File::open(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/batch/plain.csv"
    ));
    let piped = batch("-")
        .stdin(file.expect("the table"))
        .output()
        .expect("it runs");
    let named = batch("plain.csv").output().expect("it runs");
    assert_eq!(piped.stdout, named.stdout);
}

#[test]
fn a_map_file_says_what_columns_answer() {
    let folder = tempfile::tempdir().expect("a folder");
    let (table, maps) = (
        folder.path().join("in.csv"),
        folder.path().join("maps.yaml"),
    );
    fs::write(&table, "Who,Skin,Ekzem\nA,inflamed,yes\n").expect("it is written");
    fs::write(&maps, "Skin: acne\nEkzem: skin_conditions.eczema\nWho:\n").expect("it is written");
    let output = batch(&table)
        .arg("--map-file")
        .arg(&maps)
        .output()
        .expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        text.contains("A,inflamed,yes,dermatologist-review,inflamed,"),
        "{text}"
    );
}

#[test]
fn a_line_of_headings_has_a_longest_length() {
    #[track_caller]
    fn case(table: &str, expected: Option<&str>) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("in.csv");
        fs::write(&path, table).expect("it is written");
        let output = batch(&path).output().expect("it runs");
        let told = String::from_utf8_lossy(&output.stderr);
        match expected {
            Some(part) => assert!(
                output.status.code() == Some(1) && told.contains(part),
                "{told}"
            ),
            None => assert_ne!(output.status.code(), Some(1), "{told}"),
        }
    }

    let long = "x".repeat(300_000);
    let below = "clear,a\n".repeat(100_000);
    let longer = Some("the line of headings is longer than 256 KiB");
    case(&format!("acne,{long}\nclear,a\n"), longer);
    case(&format!("acne,\"{long}\"\nclear,a\n"), longer);
    case(&format!("acne,{long}"), longer);
    case(&format!("acne,{}\nclear,a\n", "x".repeat(200_000)), None);
    case(&format!("acne,x\n{below}"), None);
    case(
        &format!("acne,\"x\n{below}"),
        Some("a quote in the line of headings is never closed"),
    );
}

#[test]
fn the_template_is_a_table_a_batch_understands() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("template.csv");
    let template = candidacy().arg("template").output().expect("it runs");
    fs::write(&path, &template.stdout).expect("it is written");
    let output = batch(&path).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0));
    assert!(!String::from_utf8_lossy(&output.stderr).contains("note"));
}

#[test]
fn the_page_names_patients_only_by_a_chosen_id() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = |flags: &[&str]| {
        let path = folder.path().join("page.html");
        let output = batch("for_the_page.csv")
            .args(flags)
            .arg("--report")
            .arg(&path)
            .output();
        assert_eq!(output.expect("it runs").status.code(), Some(4));
        fs::read_to_string(&path).expect("the page")
    };
    let plain = page(&[]);
    assert!(!plain.contains("Zo"), "{plain}");
    assert!(plain.contains("1 Mar 2027"), "{plain}");
    assert!(!plain.contains("<script") && !plain.contains("http"));
    let named = page(&["--id", "patient"]);
    assert!(named.contains("Zo &lt;b&gt;&amp; co"), "{named}");
    insta::with_settings!({
        snapshot_path => "../batch",
        prepend_module_to_snapshot => false,
        omit_expression => true,
        filters => vec![
            (r"(?s)<style>.*</style>", "<style>…</style>"),
            ("<code>[0-9a-f]{64}", "<code>[fingerprint]"),
        ],
    }, {
        insta::assert_snapshot!("page", named);
    });
}

#[test]
fn the_page_shows_what_counts_alone_would_hide() {
    let written = tempfile::tempdir().expect("a folder");
    let path = written.path().join("page.html");
    let words = ["--rules", "../overlay/tables.yaml", "batch", "--as-of"];
    let output = program::candidacy(&folder(), &words)
        .args(["2026-11-20", "for_the_page.csv", "--report"])
        .arg(&path)
        .output()
        .expect("it runs");
    let page = fs::read_to_string(&path).expect("the page");
    let said = String::from_utf8_lossy(&output.stderr);
    let relied = said.contains("rely on rules that are relaxed");
    assert!(relied, "{said}");
    assert!(page.contains("would be more severe without the rules that are relaxed"));
    assert!(page.contains("1 row could not be read"), "{page}");
    assert!(
        page.contains("Not in the calendar or list below: 1 row, deferred"),
        "{page}"
    );
}
