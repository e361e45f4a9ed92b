//! No command loses a file, whichever two of its paths lead to the same one.
//!
//! The paths are found in the command line's own definition: an argument that is a
//! path and is not described here fails the test.

mod program;

use std::any::TypeId;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use clap::Arg;
use program::Ended;
use tempfile::TempDir;

const RULES: &str = concat!(
    include_str!("cli/small.yaml"),
    "override_reasons: [{id: examined, text: The skin was seen.}]\n",
    "always:\n  - {claim: nobody with keloids passes, if: keloid is yes, verdict: not-eligible}\n",
);
const STUDIO: &str = include_str!("../rules/examples/studio.yaml");
const OF_MEDICINES: &str = concat!(
    "format: candidacy/1\n",
    "pack: {id: names, version: 0.1.0, title: Names, status: draft, owner: Dr A. Example, review_by: 2040-06-30}\n",
    "sources: [{id: S1, cite: E, publisher: E, year: 2026, url: \"https://example.org/s1\", strength: opinion}]\n",
    "groups: [{id: thinner, members: [{name: aspirin}]}]\n",
    "questions: [{id: medicines, ask: Which?, type: medicines}]\n",
    "rules: [{id: thin, grade: precaution, when: medicines include thinner, why: It bleeds., sources: [S1]}]\n",
);
const TABLE: &str = "patient,acne,isotretinoin,keloid,aspirin\nA,clear,never,no,no\nB,clear,never,yes,no\nC,odd,,,\n";
const CLINIC: &str = "{name: Example Clinic, phone: 020 7946 0000}\n";
const MAP: &str = "patient:\n";
const ANSWERS: &str = "answers: {acne: clear, isotretinoin: never, keloid: no, aspirin: no}\n";
const SAVED: &str = "as_of: 2026-11-20\nsaid: 2026-11-20\nanswers: {acne: clear, isotretinoin: never, keloid: no}\n";
const OLD: &str = "What somebody else wrote.\n";

/// What a command does with a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// It reads a file like this.
    Reads(&'static str),
    /// It reads a record.
    ReadsRecord,
    /// It writes a new file, and replaces an old one only with `--force`.
    WritesNew,
    /// It writes a file, and replaces an old one; its manual says so.
    Writes,
    /// It makes a file, some only where it finds something, and never replaces one.
    WritesFound,
    /// It adds to a file, and keeps what is there.
    Adds,
    /// It makes a folder.
    MakesFolder,
}

/// What each command does with each of its paths, by the id of the argument.
const ROLES: &[(&str, &[(&str, Role)])] = &[
    ("", &[]),
    (
        "screen",
        &[
            ("answers", Role::Reads(ANSWERS)),
            ("resume", Role::Reads(SAVED)),
            ("save", Role::WritesNew),
            ("print", Role::WritesNew),
            ("record", Role::WritesNew),
            ("calendar", Role::WritesNew),
            ("clinic", Role::Reads(CLINIC)),
        ],
    ),
    (
        "batch",
        &[
            ("input", Role::Reads(TABLE)),
            ("map_file", Role::Reads(MAP)),
            ("columns_from", Role::Reads(TABLE)),
            ("draft_map", Role::WritesFound),
            ("output", Role::Writes),
            ("errors", Role::Writes),
            ("report", Role::Writes),
            ("summary", Role::Writes),
            ("recall", Role::Writes),
            ("calendar", Role::Writes),
            ("clinic", Role::Reads(CLINIC)),
        ],
    ),
    (
        "questionnaire",
        &[("clinic", Role::Reads(CLINIC)), ("output", Role::WritesNew)],
    ),
    ("replay", &[("file", Role::ReadsRecord)]),
    ("override", &[("record", Role::Adds)]),
    ("medicines", &[("rules", Role::Reads(OF_MEDICINES))]),
    ("demo", &[("rules", Role::Reads(STUDIO))]),
    ("rules check", &[("path", Role::Reads(RULES))]),
    (
        "rules test",
        &[("path", Role::Reads(RULES)), ("write", Role::WritesFound)],
    ),
    (
        "rules prove",
        &[("path", Role::Reads(RULES)), ("write", Role::WritesFound)],
    ),
    (
        "rules diff",
        &[
            ("old", Role::Reads(RULES)),
            ("new", Role::Reads(RULES)),
            ("patients", Role::Reads(TABLE)),
            ("map_file", Role::Reads(MAP)),
        ],
    ),
    ("rules fingerprint", &[("path", Role::Reads(RULES))]),
    ("rules list", &[("path", Role::Reads(RULES))]),
    ("rules show", &[("path", Role::Reads(RULES))]),
    (
        "rules doc",
        &[("path", Role::Reads(RULES)), ("out", Role::WritesNew)],
    ),
    ("rules init", &[("dir", Role::MakesFolder)]),
];

/// What else a command needs in order to run; `~` stands for a blank.
fn words(command: &str) -> &'static str {
    match command {
        "override" => "--verdict not-eligible --reason examined --comment Seen. --by Dr~A.~Example",
        "rules test" => "--mutate",
        "rules show" => "keloid",
        "completions" => "bash",
        "medicines" => "aspirin",
        "rules doc" => "--format markdown",
        _ => "",
    }
}

/// Pairs of which one may take the place of the other: nothing of it is lost.
const IN_PLACE: &[(&str, &str, &str)] =
    &[("batch", "input", "output"), ("screen", "resume", "save")];

fn is_path(arg: &Arg) -> bool {
    arg.get_value_parser().type_id() == TypeId::of::<PathBuf>()
}

/// Every command that does something, with its arguments.
fn commands() -> Vec<(String, Vec<Arg>)> {
    fn walk(command: &clap::Command, name: &str, found: &mut Vec<(String, Vec<Arg>)>) {
        if !command.is_subcommand_required_set() {
            let args = command.get_arguments().cloned().collect();
            found.push((name.to_owned(), args));
        }
        for inner in command.get_subcommands() {
            if inner.get_name() != "help" {
                walk(inner, format!("{name} {}", inner.get_name()).trim(), found);
            }
        }
    }

    let mut command = candidacy::cli::command();
    command.build();
    let mut found = Vec::new();
    walk(&command, "", &mut found);
    found
}

/// The paths of a command with what it does with each.
fn paths(command: &str, args: &[Arg]) -> Vec<(Arg, Role)> {
    let roles = ROLES.iter().find(|(name, _)| *name == command);
    let roles = roles.map_or(&[][..], |(_, roles)| roles);
    let role = |arg: &Arg| {
        let id = arg.get_id().as_str();
        match roles.iter().find(|(known, _)| *known == id) {
            Some((_, role)) => *role,
            None if id == "rules" => Role::Reads(RULES),
            None => panic!("say in ROLES what `{command}` does with `{id}`"),
        }
    };
    let paths = args.iter().filter(|arg| is_path(arg));
    paths.map(|arg| (arg.clone(), role(arg))).collect()
}

/// How a path is written that leads to a file of another name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spelling {
    Same,
    Dotted,
    Symbolic,
    Hard,
}

/// A folder in which commands are run.
struct Desk {
    folder: TempDir,
}

/// A record; making one takes a run of its own.
fn record() -> &'static str {
    static RECORD: OnceLock<String> = OnceLock::new();
    RECORD.get_or_init(|| {
        let desk = Desk::new();
        desk.write("rules.yaml", RULES);
        let screen = "--rules rules.yaml screen --set acne=clear --as-of 2026-11-20";
        let ended = desk.run(&format!("{screen} --record record.json"));
        desk.read("record.json").expect(&ended.err)
    })
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        Self { folder }
    }

    /// Runs a line of words; somebody answers where it asks.
    fn run(&self, line: &str) -> Ended {
        let line: Vec<String> = line.split(' ').map(|word| word.replace('~', " ")).collect();
        let line: Vec<&str> = line.iter().map(String::as_str).collect();
        // A wait whose end is known has a calendar file.
        self.write("typed", "clear\nyesterday\nno\nno\n\n\n");
        let typed = fs::File::open(self.path("typed")).expect("what is typed");
        program::run(program::candidacy(self.folder.path(), &line).stdin(typed))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("it is written");
    }

    fn read(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.path(name)).ok()
    }

    /// Puts a file there that a path of this role may name.
    fn prepare(&self, name: &str, role: Role) {
        match role {
            Role::Reads(text) => self.write(name, text),
            Role::ReadsRecord => self.write(name, record()),
            _ => self.write(name, OLD),
        }
    }

    /// Another way to write `name`, which leads to it.
    fn spelt(&self, name: &str, spelling: Spelling) -> String {
        let other = format!("link-{name}");
        // What an earlier run left.
        let _ = fs::remove_file(self.path(&other));
        match spelling {
            Spelling::Same => return name.to_owned(),
            Spelling::Dotted => return format!("./../{}/{name}", self.name()),
            #[cfg(unix)]
            Spelling::Symbolic => {
                std::os::unix::fs::symlink(name, self.path(&other)).expect("a link");
            }
            #[cfg(not(unix))]
            Spelling::Symbolic => return name.to_owned(),
            Spelling::Hard => fs::hard_link(self.path(name), self.path(&other)).expect("a link"),
        }
        other
    }

    fn name(&self) -> String {
        let name = self.folder.path().file_name().expect("a name");
        name.to_string_lossy().into_owned()
    }
}

/// A command line with these paths. A path that is needed and not among them gets a file of its own.
fn line(desk: &Desk, command: &str, all: &[(Arg, Role)], given: &[(&Arg, &str)]) -> String {
    let mut line = vec![command.to_owned(), words(command).to_owned()];
    if command == "screen" && !given.iter().any(|(arg, _)| arg.get_id() == "answers") {
        line.push("--plain".to_owned());
    }
    // A map belongs to a table.
    let mapped = given.iter().any(|(arg, _)| arg.get_id() == "map_file");
    for (arg, role) in all {
        let id = arg.get_id().as_str();
        let path = match given.iter().find(|(one, _)| one.get_id() == id) {
            Some((_, path)) => (*path).to_owned(),
            None if arg.is_required_set() || id == "rules" || mapped && id == "patients" => {
                let own = format!("own-{id}");
                match role {
                    Role::MakesFolder => {}
                    // A record is added to.
                    Role::Adds => desk.prepare(&own, Role::ReadsRecord),
                    role => desk.prepare(&own, *role),
                }
                own
            }
            None => continue,
        };
        match arg.get_long() {
            Some(long) => line.push(format!("--{long} {path}")),
            None => line.push(path),
        }
    }
    line.retain(|part| !part.is_empty());
    line.join(" ")
}

/// The words in `text`.
fn said(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '-');
    words.filter(|word| !word.is_empty()).collect()
}

fn force(args: &[Arg]) -> &'static str {
    let can = args.iter().any(|arg| arg.get_id() == "force");
    if can { " --force" } else { "" }
}

#[test]
fn an_argument_that_names_a_file_is_a_path() {
    for (command, args) in commands() {
        for arg in args.iter().filter(|arg| !is_path(arg)) {
            let mut names = arg.get_value_names().unwrap_or_default().iter();
            let names_file = |name: &str| name.contains("FILE") || name.contains("PATH");
            assert!(
                !names.any(|name| names_file(name)),
                "`{command}` {}: give it the type PathBuf",
                arg.get_id()
            );
        }
    }
}

#[test]
fn two_paths_to_one_file_lose_nothing() {
    every_pair(Spelling::Same);
}

#[test]
fn two_spellings_of_one_file_lose_nothing() {
    every_pair(Spelling::Dotted);
}

#[test]
fn a_link_to_a_file_loses_nothing() {
    every_pair(Spelling::Symbolic);
}

#[test]
fn a_second_name_of_a_file_loses_nothing() {
    every_pair(Spelling::Hard);
}

fn every_pair(spelling: Spelling) {
    for (command, args) in commands() {
        let all = paths(&command, &args);
        for (number, one) in all.iter().enumerate() {
            for other in all.iter().skip(number + 1) {
                pair(&command, &args, (one, other), spelling);
            }
        }
    }
}

fn pair(command: &str, args: &[Arg], (one, other): (&(Arg, Role), &(Arg, Role)), how: Spelling) {
    let all = paths(command, args);
    let ids = (one.0.get_id().as_str(), other.0.get_id().as_str());
    let in_place =
        IN_PLACE.contains(&(command, ids.0, ids.1)) || IN_PLACE.contains(&(command, ids.1, ids.0));
    let reads = |role: Role| matches!(role, Role::Reads(_) | Role::ReadsRecord);
    let mut contents = vec![(one.1, "")];
    if other.1 != one.1 {
        contents.push((other.1, ""));
    }
    if !force(args).is_empty() {
        contents.extend(
            contents
                .clone()
                .iter()
                .map(|(role, _)| (*role, force(args))),
        );
    }
    for (content, force) in contents {
        let desk = Desk::new();
        desk.prepare("one", content);
        let before = desk.read("one").expect("a file");
        let other_path = desk.spelt("one", how);
        let given = [(&one.0, "one"), (&other.0, other_path.as_str())];
        let line = line(&desk, command, &all, &given) + force;
        let ended = desk.run(&line);
        let after = desk.read("one").unwrap_or_default();
        let told = format!("{line}: {}\n{}{}", ended.code, ended.out, ended.err);
        if in_place {
            assert!(said(&before).is_subset(&said(&after)), "{told}");
        } else {
            assert_eq!(before, after, "{told}");
            if !(reads(one.1) && reads(other.1)) {
                assert_ne!(ended.code, 0, "{told}");
            }
        }
    }
    if !reads(one.1) && !reads(other.1) && how != Spelling::Hard {
        let desk = Desk::new();
        let other_path = desk.spelt("one", how);
        let given = [(&one.0, "one"), (&other.0, other_path.as_str())];
        let line = line(&desk, command, &all, &given);
        let ended = desk.run(&line);
        assert_eq!(ended.code, 2, "{line}\n{}", ended.err);
        assert_eq!(desk.read("one"), None, "{line}");
    }
}

/// That the lines above are lines that work.
#[test]
fn each_path_alone_is_read_or_written() {
    // Without a word it asks, and needs a terminal.
    for (command, args) in commands().into_iter().filter(|(name, _)| !name.is_empty()) {
        let all = paths(&command, &args);
        for (arg, role) in &all {
            let desk = Desk::new();
            let run = |more: &str| {
                let line = line(&desk, &command, &all, &[(arg, "one")]) + more;
                let ended = desk.run(&line);
                (
                    ended.code,
                    format!("{line}: {}\n{}{}", ended.code, ended.out, ended.err),
                )
            };
            let usual = |code: i32| matches!(code, 0 | 3 | 4);
            match role {
                Role::Reads(_) | Role::ReadsRecord => {
                    desk.prepare("one", *role);
                    let (code, told) = run("");
                    assert!(usual(code), "{told}");
                }
                Role::Adds => {
                    desk.prepare("one", Role::ReadsRecord);
                    let (code, told) = run("");
                    assert!(usual(code), "{told}");
                }
                Role::MakesFolder => {
                    let (code, told) = run("");
                    assert!(usual(code), "{told}");
                    let (code, told) = run("");
                    assert_eq!(code, 2, "{told}");
                }
                Role::WritesFound => {
                    let (code, told) = run("");
                    assert!(usual(code), "{told}");
                    desk.prepare("one", *role);
                    let (code, told) = run("");
                    assert_eq!(code, 1, "{told}");
                    assert_eq!(desk.read("one").as_deref(), Some(OLD), "{told}");
                }
                Role::Writes | Role::WritesNew => {
                    let (code, told) = run("");
                    assert!(usual(code), "{told}");
                    assert!(desk.read("one").is_some(), "{told}");
                    desk.prepare("one", *role);
                    let (code, told) = run("");
                    let replaced = *role == Role::Writes;
                    assert_eq!(usual(code), replaced, "{told}");
                    assert_eq!(desk.read("one").as_deref() != Some(OLD), replaced, "{told}");
                    let (code, told) = run(force(&args));
                    assert!(usual(code), "{told}");
                    assert_ne!(desk.read("one").as_deref(), Some(OLD), "{told}");
                }
            }
        }
    }
}

/// Each file of a folder of rules is read, that of the pack it extends too.
#[test]
fn no_file_of_the_rules_is_replaced() {
    let desk = Desk::new();
    fs::create_dir_all(desk.path("clinic/cases")).expect("a folder");
    desk.write("base.yaml", RULES);
    desk.write("clinic/pack.yaml", "format: candidacy/1\nextends: ../base.yaml\npack: {id: clinic, version: 1.0.0, title: Clinic, status: draft, owner: Dr A. Example, review_by: 2027-06-30}\ntopics: [more.yaml]\n");
    desk.write(
        "clinic/more.yaml",
        "questions:\n  - {id: more, ask: More?, type: yes-no, optional: true}\n",
    );
    desk.write(
        "clinic/cases/one.yaml",
        "cases:\n  - {name: one, like: well, as_of: 2026-11-20, expect: {verdict: eligible}}\n",
    );
    desk.write("table.csv", TABLE);
    desk.write("answers.yaml", ANSWERS);
    for file in [
        "base.yaml",
        "clinic/pack.yaml",
        "clinic/more.yaml",
        "clinic/cases/one.yaml",
    ] {
        let before = desk.read(file).expect("a file");
        for line in [
            "batch table.csv --output",
            "batch table.csv --errors",
            "batch table.csv --report",
            "screen --answers answers.yaml --force --print",
            "screen --answers answers.yaml --force --record",
            "screen --plain --force --save",
            "rules doc --format html --force --out",
        ] {
            let ended = desk.run(&format!("--rules clinic {line} {file}"));
            assert_eq!(ended.code, 2, "{line} {file}\n{}", ended.err);
            assert!(
                ended.err.contains("which this command reads"),
                "{}",
                ended.err
            );
            assert_eq!(desk.read(file).as_ref(), Some(&before), "{line} {file}");
        }
    }
}

#[test]
fn standard_input_is_read_once() {
    let desk = Desk::new();
    desk.write("rules.yaml", RULES);
    for words in [
        ["screen", "--answers", "-"],
        ["batch", "-", "--columns=all"],
    ] {
        let line = [&["--rules", "-"], &words[..]].concat();
        let mut command = program::candidacy(desk.folder.path(), &line);
        let rules = fs::File::open(desk.path("rules.yaml")).expect("the rules");
        let ended = program::run(command.stdin(rules));
        assert_eq!(ended.code, 2, "{}", ended.err);
        assert!(
            ended.err.contains("two inputs cannot both be read"),
            "{}",
            ended.err
        );
    }
}

/// Streams are files too.
#[cfg(target_os = "linux")]
#[test]
fn standard_input_and_output_are_paths_as_well() {
    #[track_caller]
    fn case(line: &str, expected: i32, table: &str) {
        let desk = Desk::new();
        desk.write("rules.yaml", RULES);
        desk.write("t.csv", TABLE);
        let ended = std::process::Command::new("sh")
            .args([
                "-c",
                &line.replace(
                    "batch",
                    &format!("{} --rules rules.yaml batch", program::PROGRAM),
                ),
            ])
            .current_dir(desk.folder.path())
            .output()
            .expect("it runs");
        let told = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(expected), "{line}\n{told}");
        let after = desk.read("t.csv").expect("the table");
        assert!(after.starts_with(table), "{line}\n{after}");
    }

    let kept = "patient,acne,isotretinoin,keloid,aspirin,verdict,";
    case("batch - --columns verdict -o t.csv < t.csv", 2, TABLE);
    case("batch - -o t.csv < t.csv", 4, kept);
    case("batch /dev/stdin -o t.csv < t.csv", 4, kept);
    case("batch t.csv >> t.csv", 2, TABLE);
    case("batch t.csv -o /dev/stdout >> t.csv", 2, TABLE);
    case(
        "batch t.csv -o o.csv --errors /dev/fd/3 3>> t.csv",
        2,
        TABLE,
    );
    case("batch t.csv --errors - > o.csv", 2, TABLE);
    case("batch t.csv --errors /dev/stdout > o.csv", 2, TABLE);
    case("batch t.csv --errors o.csv > o.csv", 2, TABLE);
    case("batch t.csv -o o.csv --errors O.csv", 2, TABLE);
    case(
        "ln -s o.csv l.csv; batch t.csv -o o.csv --errors l.csv",
        2,
        TABLE,
    );
    case("batch - --map-file - < t.csv", 1, TABLE);
    // Nothing is lost in a device, and an open descriptor is added to.
    case("batch t.csv -o /dev/null --errors /dev/null", 4, TABLE);
    case(
        "echo old > e.csv; batch t.csv -o /dev/null --errors /dev/fd/3 3>> e.csv; test $? = 4 && grep -q old e.csv && grep -q odd e.csv",
        0,
        TABLE,
    );
    case(
        "batch t.csv --errors /dev/stderr -o /dev/stdout 2> e.csv > o.csv; test $? = 4 && grep -q eligible o.csv && grep -q odd e.csv",
        0,
        TABLE,
    );
}
