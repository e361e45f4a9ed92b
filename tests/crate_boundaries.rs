//! Checks where the code may use other crates and the system, and that the evaluator uses no YAML.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Other crates and parts of the system, each with the only files under `src` that may use it.
const BOUNDARIES: &[(&str, &[&str])] = &[
    ("clap", &["cli.rs", "cli/"]),
    ("clap_complete", &["cli.rs", "cli/completions.rs"]),
    ("clap_mangen", &["cli/man.rs"]),
    ("ctrlc", &["cli/"]),
    ("dialoguer", &["terminal.rs", "terminal/"]),
    ("rustix", &["files/", "terminal/system/unix.rs"]),
    ("nix", &["files.rs", "terminal/system/unix.rs"]),
    ("crossterm", &["terminal/system/windows.rs"]),
    ("colored", &["report/style.rs"]),
    ("encoding_rs", &["batch.rs", "batch/"]),
    (
        "tempfile",
        &[
            "files/",
            "load/tests.rs",
            "cli/rules/init.rs",
            "cli/demo.rs",
        ],
    ),
    ("calamine", &["batch/workbook/read.rs"]),
    (
        "rust_xlsxwriter",
        &["batch/workbook/write.rs", "forms/xlsform.rs"],
    ),
    ("serde_yaml", &[]),
    (
        "serde_json",
        &[
            "cli/",
            "batch.rs",
            "batch/",
            "forms/fhir/",
            "report/record/read.rs",
        ],
    ),
    ("annotate_snippets", &["report/diagnostic.rs"]),
    (
        "textwrap",
        &[
            "report/brief.rs",
            "report/document/text.rs",
            "report/expectations.rs",
            "report/style.rs",
            "terminal/",
            "cli/help.rs",
        ],
    ),
    (
        "maud",
        &["report/document/html.rs", "report/document/html/"],
    ),
    ("icalendar", &["report/calendar.rs"]),
    ("chrono", &["report/calendar.rs"]),
    ("jiff", &["cli.rs"]),
    ("sha2", &["cli/record.rs", "report/calendar.rs"]),
    ("thiserror", &["error.rs"]),
    (
        "std::fs",
        &[
            "files.rs",
            "files/",
            "load.rs",
            "load/",
            "cli/rules/",
            "cli/demo.rs",
        ],
    ),
    (
        "std::io",
        &[
            "main.rs",
            "cli.rs",
            "cli/",
            "files.rs",
            "load.rs",
            "error.rs",
            "files.rs",
            "files/",
            "terminal.rs",
            "terminal/",
            "interview/line_mode.rs",
            "batch.rs",
            "batch/",
        ],
    ),
    ("std::env", &["cli.rs", "cli/"]),
    ("std::process", &["main.rs", "cli.rs", "cli/"]),
    (
        "std::time",
        &["cli.rs", "cli/", "batch.rs", "batch/", "terminal/"],
    ),
    (
        "std::thread",
        &[
            "batch.rs",
            "batch/",
            "cli/batch.rs",
            "cli/batch/",
            "terminal/system/unix.rs",
        ],
    ),
    ("println!", &[]),
];

/// Whether `name` is used in `text` as a whole word, outside comments.
fn names(text: &str, name: &str) -> bool {
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    code.into_iter().any(|line| {
        line.match_indices(name).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let after = line[at + name.len()..].chars().next();
            let word = |c: char| c.is_alphanumeric() || c == '_';
            !before.is_some_and(word)
                && (name.ends_with('!')
                    || after
                        .is_some_and(|c| c == ':' || c == ';' || c == ')' || c == ',' || c == '}'))
        })
    })
}

/// All files under `folder` with their paths from `root`, without unit tests.
fn files(root: &str, folder: &Path, found: &mut Vec<(String, String)>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(root, &path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("text");
            let code = text
                .split("#[cfg(test)]\nmod tests {")
                .next()
                .unwrap_or_default()
                .to_owned();
            let name = path
                .strip_prefix(root)
                .expect("under the root")
                .to_string_lossy()
                .replace('\\', "/");
            found.push((name, code));
        }
    }
}

fn sources(root: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    files(root, Path::new(root), &mut found);
    found
}

#[test]
fn each_outside_crate_is_used_in_one_place() {
    let mut wrong = Vec::new();
    for (file, code) in sources("src") {
        for (thing, allowed) in BOUNDARIES {
            let is_allowed = allowed
                .iter()
                .any(|place| file == *place || (place.ends_with('/') && file.starts_with(place)));
            if !is_allowed && names(&code, thing) {
                wrong.push(format!("{file} uses {thing}"));
            }
        }
    }
    assert_eq!(
        wrong,
        Vec::<String>::new(),
        "use it in one of the files listed in BOUNDARIES, or add a file there on purpose"
    );
}

/// The evaluator works on compiled plans only.
#[test]
fn the_evaluator_uses_no_packs_and_no_sentences() {
    let deciding = [
        "assess.rs",
        "evaluate.rs",
        "range.rs",
        "range/",
        "condition.rs",
        "finding.rs",
        "truth.rs",
    ];
    let files: Vec<_> = sources("engine/src");
    let seen: BTreeSet<&str> = files
        .iter()
        .filter(|(file, _)| {
            deciding
                .iter()
                .any(|d| file == d || (d.ends_with('/') && file.starts_with(d)))
        })
        .map(|(file, code)| {
            for word in [
                "pack::",
                "sentence::",
                "compile::",
                "yaml::",
                "diagnostic::",
            ] {
                assert!(!code.contains(word), "{file} uses {word}");
            }
            file.as_str()
        })
        .collect();
    assert!(
        seen.len() >= deciding.len(),
        "some file of the evaluator was not found: {seen:?}"
    );
}

/// A file has at most 400 lines, including its tests. A longer one should be split.
#[test]
fn no_file_is_too_long() {
    for root in ["src", "engine/src"] {
        for (name, _) in sources(root) {
            let text = fs::read_to_string(Path::new(root).join(&name)).expect("text");
            let lines = text.lines().count();
            assert!(lines <= 400, "{root}/{name} has {lines} lines");
        }
    }
}

/// In tests, one helper starts the program, so that its environment is always the same.
#[test]
fn tests_start_the_program_in_one_place() {
    let variable = concat!("CARGO_BIN_EXE_", "candidacy");
    let starting: Vec<String> = sources("tests")
        .into_iter()
        .filter(|(_, code)| code.contains(variable))
        .map(|(file, _)| file)
        .collect();
    assert_eq!(starting, ["program/mod.rs"], "use `program::candidacy`");
}

/// The program contains exactly the files in the folders of the built-in rules.
#[test]
fn no_built_in_file_is_forgotten() {
    let listed = |list: &[(&str, &str)]| {
        list.iter()
            .map(|(name, _)| (*name).to_owned())
            .collect::<BTreeSet<_>>()
    };
    let in_folder = |folder: &str, prefix: &str| {
        let entries = fs::read_dir(folder).expect("the built-in rules");
        let names = entries.map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        });
        names
            .filter(|name| {
                Path::new(name)
                    .extension()
                    .is_some_and(|kind| kind == "yaml")
            })
            .map(|name| format!("{prefix}{name}"))
            .collect::<BTreeSet<_>>()
    };
    for pack in &candidacy::load::PACKS {
        let folder = format!("rules/{}", pack.id);
        assert_eq!(listed(pack.files), in_folder(&folder, ""));
        assert_eq!(
            listed(pack.cases),
            in_folder(&format!("{folder}/cases"), "")
        );

        let read = candidacy::load::load(Path::new(&folder)).expect("the built-in rules");
        let paths = read.sources.iter();
        let paths = paths.map(|source| source.path.trim_start_matches("rules/").to_owned());
        let embedded = candidacy::load::with_cases(pack);
        assert_eq!(
            paths.collect::<Vec<_>>(),
            embedded
                .sources
                .iter()
                .map(|s| s.path.clone())
                .collect::<Vec<_>>(),
            "in the order the head lists"
        );

        let day = candidacy_engine::date::Date::from_iso("2026-11-20").expect("a day");
        let compiled = candidacy::load::plan_of(pack, day).expect("a plan");
        assert_eq!(compiled.header.id, pack.id);
        assert_eq!(compiled.fingerprint, read.read().fingerprint, "{}", pack.id);
    }
}
