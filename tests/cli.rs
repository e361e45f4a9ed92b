//! The command line as a script meets it: help, exit codes, refusals, colour, streams.

mod program;
#[cfg(unix)]
mod window;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
#[cfg(unix)]
use std::process::Stdio;
use std::time::{Duration, Instant};

#[cfg(unix)]
use program::PROGRAM;
use program::{candidacy, run};
use tempfile::TempDir;
#[cfg(unix)]
use window::Window;

/// A pack that loads at once and holds no sign beyond ASCII.
const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/small.yaml");
const WELL: &[&str] = &[
    "--set",
    "acne=clear",
    "--set",
    "isotretinoin=never",
    "--set",
    "keloid=no",
    "--set",
    "aspirin=no",
];

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn small(words: &[&str]) -> Command {
    let words: Vec<&str> = ["--rules", SMALL]
        .into_iter()
        .chain(words.iter().copied())
        .collect();
    candidacy(here(), &words)
}

/// `screen` with the small pack and an answer to each of its questions.
fn well(more: &[&str]) -> Command {
    let words: Vec<&str> = ["screen", "--as-of", "2026-11-20"]
        .iter()
        .chain(WELL)
        .chain(more)
        .copied()
        .collect();
    small(&words)
}

/// A folder with these files in it.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("a file");
    }
    folder
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "cli",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, text);
    });
}

/// The subcommands a help text lists.
fn commands(help: &str) -> Vec<String> {
    help.lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|word| *word != "help")
        .map(str::to_owned)
        .collect()
}

fn walk(path: &[String], seen: &mut Vec<String>) {
    let words: Vec<&str> = path
        .iter()
        .map(String::as_str)
        .chain(std::iter::once("--help"))
        .collect();
    let help = run(&mut candidacy(here(), &words));
    assert_eq!((help.code, help.err.as_str()), (0, ""), "{words:?}");
    for line in help.out.lines() {
        assert!(line.chars().count() <= 80, "{words:?} is too wide: {line}");
    }
    let name = std::iter::once("help").chain(path.iter().map(String::as_str));
    let name = name.collect::<Vec<_>>().join("-");
    snapshot(&name, &help.out);
    assert!(help.out.contains("Example"), "{words:?} has no example");
    for width in [20, 40] {
        let mut narrow = candidacy(here(), &words);
        let narrow = run(narrow.env("COLUMNS", width.to_string())).out;
        for line in narrow.lines().filter(|line| line.trim().contains(' ')) {
            assert!(
                line.chars().count() <= width.max(32),
                "{words:?} at {width}: {line}"
            );
        }
    }
    seen.push(name);
    for command in commands(&help.out) {
        let mut path = path.to_vec();
        path.push(command);
        walk(&path, seen);
    }
}

#[test]
fn help_of_every_command() {
    let mut seen = Vec::new();
    walk(&[], &mut seen);
    let listing = fs::read_dir("tests/cli").expect("the snapshots");
    for file in listing {
        let name = file
            .expect("a file")
            .file_name()
            .to_string_lossy()
            .into_owned();
        let of_help = name
            .strip_suffix(".snap")
            .filter(|name| name.starts_with("help"));
        assert!(
            of_help.is_none_or(|name| seen.iter().any(|seen| seen == name)),
            "{name} shows a command that is gone"
        );
    }
}

/// What is typed wrong fits the window too, and names the command that may be meant,
/// wherever it is.
#[test]
fn a_command_typed_wrong_is_found_elsewhere() {
    #[track_caller]
    fn case(words: &[&str], tip: Option<&str>) {
        let mut wrong = candidacy(here(), words);
        let ended = run(wrong.env("COLUMNS", "40"));
        assert_eq!((ended.code, ended.out.as_str()), (2, ""));
        assert!(
            ended.err.lines().all(|line| line.len() <= 40),
            "{}",
            ended.err
        );
        let told = ended.err.replace("\n  ", " ");
        match tip {
            Some(tip) => assert!(told.contains(tip), "{told}"),
            None => assert!(!told.contains("tip:"), "{told}"),
        }
    }

    case(&["chek"], Some("'candidacy rules check'"));
    case(&["check"], Some("'candidacy rules check'"));
    case(&["rules", "chek"], Some("'check'"));
    case(&["rules", "screen"], Some("'candidacy screen'"));
    case(&["screeen"], Some("'screen'"));
    case(&["fingerprnt"], Some("'candidacy rules fingerprint'"));
    case(&["xyzzy"], None);
    case(&["override", "--verdikt", "x"], Some("'--verdict'"));
}

/// One line for `-V`; for `--version` also the commit and the target, as far as they
/// are known, and the built-in rules.
#[test]
fn the_version_says_what_it_was_built_from() {
    let said = |word| run(&mut candidacy(here(), &[word])).out;
    let first = concat!("candidacy ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(said("-V"), first);
    let long = said("--version");
    let lines: Vec<&str> = long.lines().collect();
    let [name, built, rules] = lines.as_slice() else {
        panic!("three lines: {long}");
    };
    assert_eq!(*name, first.trim_end());
    let from = ["development build, target ", "commit "];
    assert!(from.iter().any(|from| built.starts_with(from)), "{built}");
    assert!(built.contains(std::env::consts::OS), "{built}");
    assert!(
        rules.starts_with("built-in rules microneedling "),
        "{rules}"
    );
}

/// Help is coloured as everything else is, also where the command line is wrong.
#[cfg(unix)]
#[test]
fn help_obeys_the_flag_for_colour() {
    for words in [["--help"], ["chek"]] {
        for (when, colour) in [("always", true), ("never", false), ("auto", false)] {
            let mut command = candidacy(here(), &["--color", when]);
            let ended = run(command.args(words));
            let coloured = (ended.out + &ended.err).contains('\u{1b}');
            assert_eq!(coloured, colour, "{words:?} {when}");
        }
    }
    #[cfg(unix)]
    for (more, colour) in [(&[][..], true), (&["--color", "never"][..], false)] {
        let mut command = candidacy(here(), more);
        command.arg("--help").stdin(Stdio::inherit());
        let mut window = Window::of(command, 80);
        assert_eq!(window.end(), (0, true));
        assert_eq!(window.written.contains(&0x1b), colour, "{more:?}");
    }
}

/// Each command has a page, and a page names no other one that is not there.
#[test]
fn manual_pages() {
    fn pages(command: &clap::Command, path: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
        found.push(path.clone());
        for inner in command.get_subcommands() {
            path.push(inner.get_name().to_owned());
            pages(inner, path, found);
            path.pop();
        }
    }

    let mut found = Vec::new();
    pages(&candidacy::cli::command(), &mut Vec::new(), &mut found);
    for path in found {
        let words: Vec<&str> = std::iter::once("man")
            .chain(path.iter().map(String::as_str))
            .collect();
        let page = run(&mut candidacy(here(), &words));
        assert_eq!((page.code, page.err.as_str()), (0, ""), "{words:?}");
        assert!(page.out.contains(".SH NAME"), "{words:?}");
        let named = page.out.matches("(1)").count();
        assert_eq!(named, 0, "{words:?} names another page:\n{}", page.out);
        for (_, called) in page
            .out
            .match_indices("its page: candidacy man ")
            .map(|(at, it)| (at, &page.out[at + it.len()..]))
        {
            let called = called.split(')').next().expect("words").replace('\\', "");
            let inner = run(&mut candidacy(
                here(),
                &[&["man"][..], &called.split(' ').collect::<Vec<_>>()].concat(),
            ));
            assert_eq!(inner.code, 0, "{called}");
        }
    }
    let none = run(&mut candidacy(here(), &["man", "rules", "chek"]));
    assert_eq!(none.code, 2);
    assert!(none.err.contains("check"), "{}", none.err);
}

#[test]
fn the_short_help_is_shorter() {
    let help = |word| run(&mut candidacy(here(), &["screen", word])).out;
    assert!(help("-h").len() < help("--help").len());
}

#[test]
fn each_exit_code() {
    #[track_caller]
    fn ends(command: &mut Command, code: i32) {
        let ended = run(command);
        assert_eq!(ended.code, code, "{}", ended.err);
        assert_eq!(ended.err.is_empty(), code == 0, "{}", ended.err);
    }
    let broken = folder(&[("pack.yaml", b"format: candidacy/2\n")]);

    ends(&mut well(&[]), 0);
    // Whatever the verdict.
    ends(&mut well(&["--set", "keloid=yes"]), 0);
    ends(&mut small(&["screen", "--answers", "tests/nowhere"]), 1);
    ends(&mut small(&["screen", "--format", "pdf"]), 2);
    ends(&mut candidacy(broken.path(), &["rules", "check", "."]), 3);
}

#[test]
fn each_exit_code_of_a_batch() {
    #[track_caller]
    fn ends(table: &str, more: &[&str], code: i32) {
        let folder = folder(&[("in.csv", table.as_bytes())]);
        let path = folder.path().join("in.csv");
        let path = path.to_string_lossy();
        let words: Vec<&str> = ["batch", &path]
            .into_iter()
            .chain(more.iter().copied())
            .collect();
        let ended = run(&mut small(&words));
        assert_eq!(ended.code, code, "{}", ended.err);
    }
    let fine = "id,acne,isotretinoin,keloid,aspirin\n1,clear,never,no,no\n2,clear,never,yes,no\n";
    let unreadable = "id,acne,isotretinoin,keloid,aspirin\n1,red,never,no,no\n";

    ends(fine, &[], 0);
    ends("", &[], 1);
    ends(fine, &["--map", "nowhere=acne"], 2);
    ends(unreadable, &[], 4);
    ends(fine, &["--fail-on", "not-eligible"], 5);
}

#[test]
fn a_case_that_does_not_hold_ends_with_3() {
    let pack = fs::read_to_string(SMALL).expect("the small pack");
    let pack = pack.replace("verdict: eligible", "verdict: deferred");
    let folder = folder(&[("small.yaml", pack.as_bytes())]);
    let ended = run(&mut candidacy(
        folder.path(),
        &["rules", "check", "small.yaml"],
    ));
    assert_eq!((ended.code, ended.err.as_str()), (3, ""));
    snapshot("case_that_does_not_hold", &ended.out);
}

/// A path that is a link says where it leads.
#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_are_named() {
    use std::os::unix::fs::symlink;

    #[track_caller]
    fn case(links: &[(&str, &str)], path: &str, expected: &str) {
        let folder = folder(&[("small.yaml", SOUND)]);
        fs::create_dir(folder.path().join("pack")).expect("a folder");
        for (name, to) in links {
            symlink(to, folder.path().join(name)).expect("a link");
        }
        let ended = run(&mut candidacy(folder.path(), &["rules", "check", path]));
        let first = ended.err.lines().next().unwrap_or_default();
        assert_eq!((ended.code, first), (1, expected), "{links:?}");
        assert!(ended.err.contains("help: remove the link"), "{}", ended.err);
    }

    case(
        &[("a.yaml", "b.yaml")],
        "a.yaml",
        "error: cannot read `a.yaml`: it is a link to `b.yaml`, and nothing is there",
    );
    case(
        &[("a.yaml", "a.yaml")],
        "a.yaml",
        "error: cannot read `a.yaml`: it is a link to `a.yaml`, which leads back to the link",
    );
    case(
        &[("a", "b"), ("b", "a")],
        "a/x.yaml",
        "error: cannot read `a/x.yaml`: `a` is a link to `b`, which leads back to the link",
    );
    case(
        &[("pack/pack.yaml", "../gone.yaml")],
        "pack",
        "error: cannot read `pack/pack.yaml`: it is a link to `../gone.yaml`, and nothing is there",
    );
    case(
        &[("pack/pack.yaml", "../small.yaml"), ("pack/cases", "gone")],
        "pack",
        "error: cannot read `pack/cases`: it is a link to `gone`, and nothing is there",
    );
    case(
        &[("pack/pack.yaml", "../small.yaml"), ("pack/cases", "cases")],
        "pack",
        "error: cannot read `pack/cases`: it is a link to `cases`, which leads back to the link",
    );
}

/// Where a file is not UTF-8, the other files are checked all the same, and every form tells it.
#[test]
fn a_file_that_is_not_utf8_is_a_finding_like_any_other() {
    let head = String::from_utf8_lossy(SOUND).replace(
        "format: candidacy/1\n",
        "format: candidacy/1\ntopics: [skin.yaml]\n",
    );
    let head = head.replacen("type: yes-no", "typ: yes-no", 1);
    let skin = b"title: Skin\x92s state\n";
    let folder = folder(&[("pack.yaml", head.as_bytes()), ("skin.yaml", skin)]);
    for format in ["text", "json", "sarif", "github"] {
        let words = ["rules", "check", ".", "--format", format];
        let ended = run(&mut candidacy(folder.path(), &words));
        let told = format!("{}{}", ended.out, ended.err);
        assert_eq!(ended.code, 3, "{told}");
        for part in ["not-utf-8", "the byte 0x92", "skin.yaml", "unknown-key"] {
            assert!(told.contains(part), "{format}, {part}: {told}");
        }
    }
}

/// What is said of bad input; the file names a snapshot beside this file.
#[track_caller]
fn refused(name: &str, code: i32, files: &[(&str, &[u8])], words: &[&str]) {
    let folder = folder(files);
    let mut all = vec!["--rules", SMALL];
    if words.contains(&"check") || words.contains(&"--rules") {
        all.clear();
    }
    all.extend(words);
    let ended = run(&mut candidacy(folder.path(), &all));
    assert_eq!(ended.code, code, "{}", ended.err);
    assert_eq!(ended.out, "", "nothing but the refusal");
    assert!(!ended.err.contains('\u{1b}'), "no colour in a pipe");
    snapshot(
        name,
        &format!("$ candidacy {}\n{}", words.join(" "), ended.err),
    );
    let left: Vec<_> = fs::read_dir(folder.path())
        .expect("the folder")
        .map(|file| file.expect("a file").file_name())
        .collect();
    assert_eq!(left.len(), files.len(), "nothing was written");
    for (name, bytes) in files {
        assert_eq!(
            fs::read(folder.path().join(name)).expect("still there"),
            *bytes
        );
    }
}

/// One test for each refusal, so that one failure does not hide the next.
macro_rules! refused {
    ($($name:ident: $code:literal, [$($file:literal = $bytes:expr),*], [$($word:expr),*];)*) => {
        $(#[test]
        fn $name() {
            refused(stringify!($name), $code, &[$(($file, $bytes)),*], &[$($word),*]);
        })*
    };
}

refused! {
    missing_file: 1, [], ["screen", "--answers", "anna.yaml"];
    folder_for_a_file: 1, [], ["screen", "--answers", "."];
    not_utf8: 1, ["anna.yaml" = b"acne: cl\xe9ar\n"], ["screen", "--answers", "anna.yaml"];
    empty_file: 1, ["anna.yaml" = b""], ["screen", "--answers", "anna.yaml"];
    nothing_on_standard_input: 1, [], ["screen", "--answers", "-"];
    not_an_answer: 1, ["anna.yaml" = b"acne: inflammed\nkeloid: maybe\n"], ["screen", "--answers", "anna.yaml"];
    thirtieth_of_february: 1, ["anna.yaml" = b"isotretinoin: 2026-02-30\n"], ["screen", "--answers", "anna.yaml"];
    future_date: 1, ["anna.yaml" = b"isotretinoin: 2027-01-31\n"], ["screen", "--answers", "anna.yaml", "--as-of", "2026-11-20"];
    day_and_month_either_way: 1, ["anna.yaml" = b"isotretinoin: 03/04/2026\n"], ["screen", "--answers", "anna.yaml"];
    answered_twice: 1, ["anna.json" = b"{\"acne\": \"clear\", \"acne\": \"inflamed\"}\n"], ["screen", "--answers", "anna.json"];
    unknown_question: 1, ["anna.yaml" = b"acne: clear\nkeloids: no\n"], ["screen", "--answers", "anna.yaml"];
    unclosed_bracket: 1, ["anna.json" = b"{\"acne\": \"clear\"\n"], ["screen", "--answers", "anna.json"];
    unknown_id_set: 2, [], ["screen", "--set", "izotretinoin=never", "--set", "acne=red"];
    set_without_a_value: 2, [], ["screen", "--set", "acne"];
    no_such_day_decided_for: 2, [], ["screen", "--set", "acne=clear", "--as-of", "2026-02-30"];
    no_such_command: 2, [], ["scren"];
    unknown_rules: 1, [], ["screen", "--rules", "my-rules", "--set", "acne=clear"];
    rules_without_a_head: 1, [], ["screen", "--rules", ".", "--set", "acne=clear"];
    rules_with_another_head: 1, ["pack.yml" = b"format: candidacy/1\n"], ["rules", "check", "."];
    rules_with_a_head_of_notepad: 1, ["Pack.yaml.txt" = b"format: candidacy/1\n"], ["rules", "check", "."];
    cases_that_are_a_file: 1, ["pack.yaml" = SOUND, "cases" = b""], ["rules", "check", "."];
    rules_below_a_file: 1, ["pack.yaml" = SOUND], ["rules", "check", "pack.yaml/skin"];
    no_break_space_in_answers: 1, ["anna.yaml" = "acne: clear\n\u{a0} keloid: no\n".as_bytes()], ["screen", "--answers", "anna.yaml"];
    tag_in_answers: 1, ["anna.yaml" = b"keloid: !!bool no\n"], ["screen", "--answers", "anna.yaml"];
    answers_left_empty: 1, ["anna.yaml" = b"as_of: 2026-11-20\nanswers:\n"], ["screen", "--answers", "anna.yaml"];
    comment_in_a_map_file: 1, ["map.yaml" = b"Keloids: keloid # remark\nID: # ours\n", "in.csv" = b"Keloids\nno\n"], ["batch", "in.csv", "--map-file", "map.yaml"];
    assumed_nothing: 2, ["in.csv" = b"acne\nclear\n"], ["batch", "in.csv", "--assume", "keloid="];
    assumed_not_available: 2, ["in.csv" = b"acne\nclear\n"], ["batch", "in.csv", "--assume", "keloid=n/a"];
    rules_with_problems: 3, ["pack.yaml" = BROKEN], ["screen", "--rules", ".", "--set", "acne=clear"];
    rules_with_problems_checked: 3, ["pack.yaml" = BROKEN], ["rules", "check", "."];
    rules_that_are_not_there: 1, [], ["rules", "check", "my-rules"];
    batch_missing_file: 1, [], ["batch", "patients.csv"];
    batch_folder_for_a_file: 1, [], ["batch", "."];
    batch_empty_standard_input: 1, [], ["batch", "-"];
    batch_no_such_day_decided_for: 2, ["in.csv" = b"acne\nclear\n"], ["batch", "in.csv", "--as-of", "2026-02-30"];
    headings_left_out_alone: 2, ["in.csv" = b"A,clear\n"], ["batch", "in.csv", "--no-header"];
    headings_left_out_of_json: 2, ["in.csv" = b"A,clear\n", "h.csv" = b"id,acne\n"], ["batch", "in.csv", "--columns-from", "h.csv", "--no-header", "--format", "jsonl"];
    headings_left_out_for_people: 2, ["in.csv" = b"A,clear\n", "h.csv" = b"id,acne\n"], ["batch", "in.csv", "--columns-from", "h.csv", "--no-header", "--excel"];
    headings_left_out_of_a_workbook: 2, ["in.csv" = b"A,clear\n", "h.csv" = b"id,acne\n"], ["batch", "in.csv", "--columns-from", "h.csv", "--no-header", "-o", "out.xlsx"];
    headings_in_a_workbook: 2, ["in.csv" = b"A,clear\n", "h.xlsx" = include_bytes!("forms/excel.xlsx")], ["batch", "in.csv", "--columns-from", "h.xlsx"];
    headings_for_a_workbook: 2, ["in.xlsx" = include_bytes!("forms/excel.xlsx"), "h.csv" = b"id,acne\n"], ["batch", "in.xlsx", "--columns-from", "h.csv"];
    headings_for_json: 2, ["in.json" = include_bytes!("forms/exported/asked.bundle.json"), "h.csv" = b"id,acne\n"], ["batch", "in.json", "--columns-from", "h.csv"];
    headings_in_an_empty_file: 1, ["in.csv" = b"A,clear\n", "h.csv" = b""], ["batch", "in.csv", "--columns-from", "h.csv"];
    headings_that_are_a_row: 2, ["in.csv" = b"A,clear\n", "h.csv" = b"A,clear\n"], ["batch", "in.csv", "--columns-from", "h.csv"];
    headings_in_a_missing_file: 1, ["in.csv" = b"A,clear\n"], ["batch", "in.csv", "--columns-from", "h.csv"];
    headings_and_table_from_one_input: 2, [], ["batch", "-", "--columns-from", "-"];
    table_for_answers: 2, ["export.csv" = b"KEY,acne,keloid\nuuid:1,clear,no\n"], ["screen", "--answers", "export.csv"];
    table_for_answers_by_its_headings: 2, ["export.txt" = b"record_id\tacne\tkeloid\n1\tclear\tno\n"], ["screen", "--answers", "export.txt"];
    batch_out_nowhere: 1, ["in.csv" = b"acne,isotretinoin,keloid,aspirin\nclear,never,no,no\n"], ["batch", "in.csv", "-o", "nowhere/out.csv"];
    nobody_to_ask: 2, [], ["screen"];
}

/// A pack with one problem of meaning and one of shape.
const SOUND: &[u8] = include_bytes!("cli/small.yaml");

const BROKEN: &[u8] = b"format: candidacy/1
pack: {id: broken, version: 0.1.0, title: Broken, status: draft, owner: Dr A. Example, review_by: 2027-06-30}
questions:
  - {id: acne, ask: How is the skin today?, type: yes-no}
rules:
  - id: active-acne
    grade: temporary
    when: acne is red
    clears: once it is calm
    why: Needling can spread it.
";

#[test]
fn without_a_terminal_and_without_answers_it_says_so_at_once() {
    for words in [&[][..], &["screen"], &["screen", "--format", "json"]] {
        let started = Instant::now();
        let ended = run(&mut candidacy(here(), words));
        assert!(started.elapsed() < Duration::from_secs(1), "{words:?}");
        assert_eq!((ended.code, ended.out.as_str()), (2, ""));
        for way in ["--answers FILE", "candidacy batch IN.csv"] {
            assert!(ended.err.contains(way), "{}", ended.err);
        }
    }
}

#[test]
fn the_place_of_the_rules_flag_does_not_matter() {
    let ways: &[&[&str]] = &[
        &["--rules", SMALL, "screen", "--set", "acne=clear"],
        &["screen", "--rules", SMALL, "--set", "acne=clear"],
        &["screen", "--set=acne=clear", &format!("--rules={SMALL}")],
    ];
    let outs: Vec<String> = ways
        .iter()
        .map(|words| run(&mut candidacy(here(), words)).out)
        .collect();
    assert!(outs[0].contains("Small pack 1.2.3"), "{}", outs[0]);
    assert!(outs.iter().all(|out| *out == outs[0]));

    let check = |words: &[&str]| run(&mut candidacy(here(), words)).out;
    let wanted = check(&["rules", "check", SMALL]);
    assert!(wanted.ends_with("1 case: no problems, every case passes.\n"));
    assert_eq!(check(&["rules", "check", "--rules", SMALL]), wanted);
    assert_eq!(check(&["--rules", SMALL, "rules", "check"]), wanted);
}

#[test]
fn colour_by_flag_then_no_color_then_clicolor_then_the_stream() {
    #[track_caller]
    fn case(flag: Option<&str>, variables: &[(&str, &str)], coloured: bool) {
        let mut command = well(&flag.map_or(vec![], |flag| vec!["--color", flag]));
        let ended = run(command.envs(variables.iter().copied()));
        assert_eq!(
            ended.out.contains('\u{1b}'),
            coloured,
            "{flag:?} {variables:?}"
        );
    }
    // Standard output is a pipe throughout.
    case(None, &[], false);
    case(None, &[("CLICOLOR_FORCE", "1")], true);
    case(None, &[("CLICOLOR_FORCE", "0")], false);
    case(None, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false);
    case(None, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")], true);
    case(Some("auto"), &[], false);
    case(Some("always"), &[], true);
    case(Some("always"), &[("NO_COLOR", "1")], true);
    case(Some("never"), &[("CLICOLOR_FORCE", "1")], false);
}

#[test]
fn colour_says_nothing_that_words_do_not() {
    let plain = run(&mut well(&["--set", "aspirin=yes"])).out;
    let painted = run(&mut well(&["--set", "aspirin=yes", "--color", "always"])).out;
    let mut bare = String::new();
    let mut rest = painted.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        bare.push_str(before);
        rest = after.split_once('m').expect("the end of an escape").1;
    }
    bare.push_str(rest);
    assert_eq!(bare, plain);
}

#[test]
fn each_stream_decides_for_itself() {
    let mut command = small(&["screen", "--set", "acne=red", "--color", "always"]);
    assert!(run(&mut command).err.contains('\u{1b}'));
    let mut command = small(&["screen", "--set", "acne=red"]);
    assert!(!run(&mut command).err.contains('\u{1b}'));
}

#[cfg(unix)]
#[test]
fn a_dumb_terminal_gets_no_escapes() {
    let escapes = |command: Command| {
        let mut window = Window::of(command, 80);
        let ended = window.end();
        assert_eq!(ended, (0, true), "{}", window.text());
        assert!(window.text().contains("ELIGIBLE"), "{}", window.text());
        window.written.contains(&0x1b)
    };
    let words = |more: &[&str]| {
        let mut command = well(more);
        // The terminal is there for all three streams.
        command.stdin(Stdio::inherit());
        command
    };
    assert!(escapes(words(&[])), "a terminal gets colour");
    let mut dumb = words(&[]);
    dumb.env("TERM", "dumb");
    assert!(!escapes(dumb));
    let mut without = words(&[]);
    without.env("NO_COLOR", "1");
    assert!(!escapes(without));
    assert!(!escapes(words(&["--color", "never"])));
}

#[test]
fn without_a_unicode_locale_reports_are_in_ascii() {
    // Every sign a verdict has, every label a finding has, the timeline, a near miss.
    let reports = [
        well(&[]),
        well(&["--set", "aspirin=yes"]),
        well(&["--set", "isotretinoin=2026-09-01"]),
        well(&["--set", "acne=not sure", "--view", "clinician"]),
        well(&["--set", "keloid=yes", "--set", "acne=inflamed"]),
    ];
    for mut report in reports {
        let ended = run(report.env("LC_ALL", "C"));
        assert!(ended.code == 0 && ended.out.is_ascii(), "{}", ended.out);
        assert!(ended.out.lines().all(|line| line.len() <= 80));
    }
}

/// The reader has gone before anything was written, as `head` may.
#[test]
fn a_closed_pipe_is_quiet() {
    for words in [&["man"][..], &["rules", "test"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let ended = run(candidacy(here(), words).stdout(writer));
        assert_eq!((ended.code, ended.err.as_str()), (141, ""), "{words:?}");
    }
}

/// Where standard output is closed and all there is goes there, the run has failed;
/// what also ends with an exit code or a file has not.
#[cfg(unix)]
#[test]
fn a_closed_standard_output_is_an_error() {
    let folder = TempDir::new().expect("a folder");
    let record = folder.path().join("record.json");
    let record = record.to_string_lossy();
    let screen = format!("screen --rules '{SMALL}' --set acne=clear");
    let case = |words: &str, output: &str, code: i32| {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("'{PROGRAM}' {words} {output}")]);
        let ended = run(shell.current_dir(here()));
        assert_eq!(ended.code, code, "{words} {output}: {}", ended.err);
        let told = ended.err.contains("standard output is closed");
        assert_eq!(told, code == 1, "{words} {output}: {}", ended.err);
    };
    for words in [
        &*screen,
        "template",
        "rules doc",
        "man",
        "--help",
        "batch tests/batch/blank_lines.csv",
    ] {
        case(words, ">&-", 1);
        case(words, "> /dev/null", 0);
    }
    case("rules test", ">&-", 0);
    case("rules check --format json", ">&-", 0);
    case(&format!("{screen} --record '{record}'"), ">&-", 0);
    case(&format!("replay '{record}' --rules '{SMALL}'"), ">&-", 0);
}

/// `rules doc` too is written in signs that everybody can read, unless into a file.
#[test]
fn without_a_unicode_locale_the_document_is_in_ascii() {
    for (form, verdict) in [("markdown", "| x not eligible |"), ("html", "&#10007;")] {
        let words = ["rules", "doc", "--format", form];
        let ended = run(candidacy(here(), &words).env("LC_ALL", "C"));
        assert!(ended.code == 0 && ended.out.is_ascii());
        assert!(ended.out.contains(verdict), "{form}");
        let folder = TempDir::new().expect("a folder");
        let file = folder.path().join("rules.md");
        let out = file.to_string_lossy();
        let words = [&words[..], &["--out", &out]].concat();
        assert_eq!(run(candidacy(here(), &words).env("LC_ALL", "C")).code, 0);
        let written = fs::read_to_string(&file).expect("the document");
        assert!(written.contains('\u{2717}'), "{form}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_reported() {
    let table = [
        "batch",
        "tests/batch/blank_lines.csv",
        "--columns",
        "verdict",
    ];
    for mut command in [
        well(&[]),
        small(&["man"]),
        small(&["--help"]),
        small(&table),
    ] {
        let full = fs::File::options().write(true).open("/dev/full");
        let ended = run(command.stdout(full.expect("a full disk")));
        assert_eq!(ended.code, 1);
        let told = "error: cannot write the output: the disk is full\n";
        assert!(ended.err.ends_with(told), "{}", ended.err);
    }
}

#[test]
fn answers_from_a_pipe_are_the_same_as_from_a_file() {
    let text = "acne: clear\nisotretinoin: 2026-09-01\nkeloid: no\naspirin: no\n";
    let folder = folder(&[("anna.yaml", text.as_bytes())]);
    let file = folder.path().join("anna.yaml");
    let screened = |path: &str, more: &mut dyn FnMut(&mut Command)| {
        let mut command = small(&["screen", "--as-of", "2026-11-20", "--answers", path]);
        more(&mut command);
        run(&mut command).out
    };
    let from_file = screened(&file.to_string_lossy(), &mut |_| {});
    let from_pipe = screened("-", &mut |command| {
        command.stdin(fs::File::open(&file).expect("the answers"));
    });
    assert!(
        from_file.contains("May go ahead from 1 Mar 2027"),
        "{from_file}"
    );
    assert_eq!(from_file, from_pipe);
}

#[test]
fn answers_on_the_command_line_stand_over_those_of_the_file() {
    let folder = folder(&[(
        "anna.yaml",
        b"{acne: inflamed, isotretinoin: never, keloid: no, aspirin: no}\n",
    )]);
    let path: PathBuf = folder.path().join("anna.yaml");
    let path = path.to_string_lossy();
    let verdict = |more: &[&str]| {
        let mut words = vec!["screen", "--answers", path.as_ref()];
        words.extend(more);
        run(&mut small(&words)).out
    };
    assert!(verdict(&[]).contains("DEFERRED"));
    assert!(verdict(&["--set", "acne=clear"]).contains("ELIGIBLE"));
}

/// The day that a run in this time zone takes for today, and what it says beside.
fn today_in(zone: &str) -> (String, String) {
    let mut command = small(&["screen", "--set", "acne=clear", "--format", "json"]);
    let ended = run(command.env("TZ", zone));
    let json: serde_json::Value = serde_json::from_str(&ended.out).expect("JSON");
    let day = json["as_of"].as_str().expect("a day").to_owned();
    (day, ended.err)
}

/// Time zones by name are read as those by offset are. The two farthest are
/// never on the same day.
#[test]
fn today_is_the_day_in_the_time_zone() {
    // Midnight may pass between two runs.
    let agree = |name: &str, offset: &str| (0..2).any(|_| today_in(name).0 == today_in(offset).0);
    for (name, offset) in [
        ("Pacific/Kiritimati", "<+14>-14"),
        ("Pacific/Pago_Pago", "<-11>11"),
        ("America/Los_Angeles", "PST8PDT,M3.2.0,M11.1.0"),
        (":Asia/Tokyo", "JST-9"),
    ] {
        assert!(agree(name, offset), "{name}");
        assert_eq!(today_in(name).1, "", "{name}");
    }
    assert!(today_in("Pacific/Pago_Pago").0 < today_in("Pacific/Kiritimati").0);
}

#[test]
fn a_time_zone_that_does_not_exist_is_named() {
    assert_eq!(
        today_in("Mars/Olympus").1,
        "warning: there is no time zone called `Mars/Olympus`, so today is the day in UTC; \
         set `TZ`, for example, to `Europe/Paris`\n"
    );
    assert_eq!(today_in("").1, "");
}

/// What is typed without a command is told the command it is for.
#[test]
fn a_file_or_a_flag_without_a_command_gets_a_hint() {
    fn case(words: &[&str], tip: &str) {
        let ended = run(&mut candidacy(here(), words));
        assert!(ended.code == 2 && ended.err.contains(tip), "{}", ended.err);
    }
    case(&["patients.CSV"], "type 'candidacy batch patients.CSV'");
    case(&["a.yml"], "type 'candidacy screen --answers a.yml'");
    case(&["anna.json"], "type 'candidacy replay anna.json'");
    case(&["--quick"], "type 'candidacy screen --quick'");
    let ended = run(&mut candidacy(here(), &["--quick"]));
    let names_another = ended.err.contains("similar") || ended.err.contains("--quiet");
    assert!(!names_another, "{}", ended.err);
    let ended = run(&mut candidacy(here(), &["--resum"]));
    assert!(!ended.err.contains("tip"), "{}", ended.err);
}

/// The demonstration needs no file and leaves none.
#[test]
fn the_demonstration_screens_a_patient_and_a_table() {
    let folder = folder(&[]);
    let ended = run(&mut candidacy(folder.path(), &["demo"]));
    assert_eq!(ended.code, 0, "{}", ended.err);
    for words in [
        "Isotretinoin",
        "P-004,not-eligible",
        "candidacy batch patients.csv",
    ] {
        assert!(ended.out.contains(words), "{}", ended.out);
    }
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0);
}

/// A record is not a file of answers, and can be derived again from a pipe.
#[test]
fn a_record_is_known_wherever_it_is_given() {
    let folder = folder(&[]);
    let made = run(&mut candidacy(
        folder.path(),
        &["screen", "--set", "acne=clear", "--record", "anna.json"],
    ));
    assert_eq!(made.code, 0, "{}", made.err);
    let as_answers = run(&mut candidacy(
        folder.path(),
        &["screen", "--answers", "anna.json"],
    ));
    assert_eq!(as_answers.code, 2);
    assert!(as_answers.err.contains("is a record"), "{}", as_answers.err);
    let mut replay = candidacy(folder.path(), &["replay", "-"]);
    let record = fs::File::open(folder.path().join("anna.json")).expect("the record");
    let ended = run(replay.stdin(record));
    assert!(
        ended.out.contains("This record is reproduced"),
        "{}",
        ended.err
    );
}

/// What a flag takes can be completed: verdicts, and ids of the built-in rules.
#[test]
fn completions_know_the_words_that_flags_take() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let words = ["completions", shell];
        let ended = run(&mut candidacy(Path::new("."), &words));
        assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{shell}");
        for word in ["not-eligible", "active-acne", "longer-wait"] {
            // Elvish and PowerShell complete commands and flags alone.
            let knows = !["powershell", "elvish"].contains(&shell);
            assert_eq!(ended.out.contains(word), knows, "{shell}: {word}");
        }
    }
}

/// Every chapter of the manual can be read where there is no internet; a command of the same name comes first.
#[test]
fn chapters_of_the_manual_are_shown() {
    let ended = run(&mut candidacy(here(), &["help", "screening"]));
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    let chapter = fs::read_to_string("docs/screening.md").expect("a chapter");
    assert_eq!(ended.out, chapter);
    let ended = run(&mut candidacy(here(), &["help", "batch"]));
    assert!(
        ended.out.contains("Usage: candidacy batch"),
        "{}",
        ended.out
    );
    let chapters = chapters_of_the_help();
    let summary = fs::read_to_string("docs/SUMMARY.md").expect("a list");
    for line in summary.lines().filter(|line| line.starts_with("- ")) {
        let file = line
            .rsplit_once('(')
            .expect("a link")
            .1
            .trim_end_matches(')');
        let title = fs::read_to_string(format!("docs/{file}")).expect("a chapter");
        let title = title.lines().next().expect("a title").to_owned();
        let known = chapters.iter().any(|(_, text)| text.starts_with(&title));
        assert!(known, "`candidacy help` has no chapter for {file}");
    }
}

/// The chapters by the names that the help lists.
fn chapters_of_the_help() -> Vec<(String, String)> {
    let help = run(&mut candidacy(here(), &["--help"])).out;
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    let (_, names) = help
        .split_once("`candidacy help screening`: ")
        .expect("the chapters");
    let (names, _) = names.split_once('.').expect("an end");
    let read = |name: &str| {
        let ended = run(&mut candidacy(here(), &["help", name]));
        assert_eq!(ended.code, 0, "{name}: {}", ended.err);
        (name.to_owned(), ended.out)
    };
    names.split(", ").map(read).collect()
}
