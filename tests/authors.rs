//! What helps those who write rules: the schema for editors, a folder to begin
//! with, and one form for files.

mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use candidacy::authoring::starter;
use candidacy::load;
use candidacy_engine::pack;
use candidacy_engine::source::Source;
use candidacy_engine::yaml;
use candidacy_engine::yaml::Node;
use program::{Ended, candidacy, run};
use regex::Regex;
use serde_json::{Map, Value};

fn schema() -> Value {
    serde_json::from_str(starter::SCHEMA).expect("JSON")
}

/// Every file of the built-in packs, and the examples of overlays.
fn shipped() -> Vec<Source> {
    let packs = load::PACKS.iter();
    let mut all: Vec<Source> = packs
        .flat_map(|pack| load::with_cases(pack).sources)
        .collect();
    for path in load::yaml_files(Path::new("rules/examples")).expect("the examples") {
        all.push(load::source(&path).expect("an example"));
    }
    all
}

fn small_pack() -> Vec<Source> {
    let source = |(name, text): &(&str, &str)| Source::new(*name, text);
    let all = starter::SMALL.iter().chain(starter::OVERLAY);
    all.map(source).collect()
}

/// Every file of `tests/bad` with the words of what is wrong with it.
fn bad() -> Vec<(Source, BTreeSet<String>)> {
    let mut found = Vec::new();
    let entries = |folder: &Path| {
        let entries = fs::read_dir(folder).expect("a folder of folders");
        entries.map(|entry| entry.expect("an entry").path())
    };
    for path in entries(Path::new("tests/bad"))
        .filter(|entry| entry.is_dir())
        .flat_map(|folder| entries(&folder))
    {
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let Ok(told) = fs::read_to_string(path.with_extension("snap")) else {
            continue;
        };
        if path.extension().is_some_and(|kind| kind == "yaml") {
            let codes = told.split("error[").skip(1);
            let codes = codes.filter_map(|rest| Some(rest.split_once(']')?.0.to_owned()));
            let name = path.display().to_string();
            found.push((Source::new(name, &text), codes.collect()));
        }
    }
    found.sort_by(|(one, _), (other, _)| one.path.cmp(&other.path));
    assert!(found.len() > 200);
    found
}

/// A tree as other programs see it; with `typed`, numbers are numbers.
fn value(node: &Node, typed: bool) -> Value {
    match &node.value {
        yaml::Value::Nothing => Value::Null,
        yaml::Value::Text { text, .. } => match text.parse::<i64>() {
            Ok(number) if typed => number.into(),
            _ => text.clone().into(),
        },
        yaml::Value::List(items) => items.iter().map(|item| value(item, typed)).collect(),
        yaml::Value::Entry(pairs) => {
            let pair = |(key, inner): &(Node, Node)| {
                let key = value(key, false);
                Some((key.as_str()?.to_owned(), value(inner, typed)))
            };
            Value::Object(pairs.iter().filter_map(pair).collect())
        }
    }
}

/// Whether `value` fits `schema`. A word of JSON Schema that is not known here is an error.
fn fits(root: &Value, schema: &Value, value: &Value) -> bool {
    let Value::Object(words) = schema else {
        return schema.as_bool().expect("a schema");
    };
    let fit = |schema: &Value| fits(root, schema, value);
    words.iter().all(|(word, wanted)| match word.as_str() {
        "$schema"
        | "$defs"
        | "title"
        | "description"
        | "examples"
        | "patternErrorMessage"
        | "then"
        | "else" => true,
        "$ref" => {
            let path = wanted.as_str().and_then(|path| path.strip_prefix('#'));
            fit(root.pointer(path.expect("a path")).expect("a definition"))
        }
        "anyOf" => list(wanted).iter().any(fit),
        "not" => !fit(wanted),
        "allOf" => list(wanted).iter().all(fit),
        "if" => {
            let next = if fit(wanted) { "then" } else { "else" };
            words.get(next).is_none_or(fit)
        }
        "type" => match wanted {
            Value::String(kind) => is(value, kind),
            kinds => list(kinds)
                .iter()
                .any(|kind| is(value, kind.as_str().expect("a type"))),
        },
        "enum" => list(wanted).contains(value),
        "const" => wanted == value,
        "pattern" => {
            let pattern = Regex::new(wanted.as_str().expect("a pattern")).expect("a pattern");
            value.as_str().is_none_or(|text| pattern.is_match(text))
        }
        "minLength" => value.as_str().is_none_or(|text| !text.is_empty()),
        _ => of_parts(root, words, (word, wanted), value),
    })
}

/// The words that speak of the parts of a list or an entry.
fn of_parts(
    root: &Value,
    words: &Map<String, Value>,
    (word, wanted): (&str, &Value),
    value: &Value,
) -> bool {
    let least = || usize::try_from(wanted.as_u64().expect("a number")).expect("a size");
    let entry = value.as_object();
    let has = |key: &Value| value.get(key.as_str().expect("a key")).is_some();
    match word {
        "items" => {
            let mut items = value.as_array().into_iter().flatten();
            items.all(|item| fits(root, wanted, item))
        }
        "minItems" => value.as_array().is_none_or(|items| items.len() >= least()),
        "minProperties" => entry.is_none_or(|entry| entry.len() >= least()),
        "maxProperties" => entry.is_none_or(|entry| entry.len() <= least()),
        "required" => entry.is_none() || list(wanted).iter().all(has),
        "properties" => {
            let mut keys = wanted.as_object().expect("properties").iter();
            keys.all(|(key, schema)| value.get(key).is_none_or(|one| fits(root, schema, one)))
        }
        "additionalProperties" => {
            let known = words.get("properties").and_then(Value::as_object);
            let mut pairs = entry.into_iter().flatten();
            pairs.all(|(key, inner)| {
                known.is_some_and(|known| known.contains_key(key)) || fits(root, wanted, inner)
            })
        }
        "propertyNames" => {
            let mut keys = entry.into_iter().flatten();
            keys.all(|(key, _)| fits(root, wanted, &Value::from(key.as_str())))
        }
        "dependentRequired" => {
            let mut keys = wanted.as_object().expect("keys").iter();
            keys.all(|(key, others)| value.get(key).is_none() || list(others).iter().all(has))
        }
        unknown => panic!("the schema uses `{unknown}`, which nothing here checks"),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        unknown => panic!("the schema knows no type `{unknown}` so far"),
    }
}

/// Whether the schema takes a file; none when it is no YAML.
fn takes(schema: &Value, source: &Source, typed: bool) -> Option<bool> {
    let node = yaml::read(0, source).ok()?;
    Some(fits(schema, schema, &value(&node, typed)))
}

#[test]
fn the_schema_takes_every_shipped_file() {
    let schema = schema();
    for source in shipped().into_iter().chain(small_pack()) {
        for typed in [false, true] {
            assert_eq!(
                takes(&schema, &source, typed),
                Some(true),
                "{}",
                source.path
            );
        }
    }
}

/// What is wrong with shapes and words is red in an editor; what only the
/// whole pack shows is told by `rules check`.
#[test]
fn the_schema_refuses_the_slips_it_can_know() {
    const OF_SHAPE: &[&str] = &[
        "missing-key",
        "unknown-key",
        "wrong-shape",
        "unknown-word",
        "bad-id",
        "unreadable-sentence",
    ];
    /// Of shape too, but only the whole pack shows it.
    const UNSEEN: &[&str] = &[
        "nothing_asked",
        "facts_without_end",
        "overlay_question_without_options",
    ];
    let schema = schema();
    let mut missed = Vec::new();
    let mut refused = 0;
    for (source, codes) in bad() {
        let of_shape = codes.iter().any(|code| OF_SHAPE.contains(&code.as_str()));
        match takes(&schema, &source, false) {
            Some(false) => refused += 1,
            Some(true) if of_shape => missed.push(source.path),
            _ => {}
        }
    }
    let unseen = |path: &String| UNSEEN.iter().any(|name| path.contains(name));
    missed.retain(|path| !unseen(path));
    assert_eq!(missed, Vec::<String>::new());
    assert!(refused > 80, "{refused}");
}

/// Asks the program which keys an entry has, by putting a bare word in its place.
fn keys(more: &str) -> BTreeSet<String> {
    let head = "format: candidacy/1\n";
    let text = if more == "bare" {
        more.to_owned()
    } else {
        format!("{head}{more}")
    };
    let problems = pack::read(vec![Source::new("x.yaml", &text)]).problems;
    let mut help = problems.iter().flat_map(|problem| &problem.help);
    let help = help.find_map(|help| help.split_once(" has the keys "));
    let listed = help.unwrap_or_else(|| panic!("`{more}` is no probe")).1;
    let listed = listed.split('`').skip(1).step_by(2);
    listed.map(str::to_owned).collect()
}

/// Where the schema has an entry, and how the program is asked for its keys.
const PROBES: &[(&str, &str)] = &[
    ("", "bare"),
    ("/$defs/pack", "pack: bare"),
    ("/$defs/clinic", "clinic: bare"),
    ("/$defs/sources", "sources: [bare]"),
    ("/$defs/groups", "groups: [bare]"),
    ("/$defs/members", "groups: [{id: x, members: [bare]}]"),
    (
        "/$defs/forms",
        "groups: [{id: x, members: [{name: x, forms: [bare]}]}]",
    ),
    ("/$defs/questions", "questions: [bare]"),
    (
        "/$defs/options",
        "questions: [{id: x, ask: X, type: choice, options: [bare]}]",
    ),
    ("/$defs/facts", "facts: [bare]"),
    ("/$defs/advice", "advice: [bare]"),
    ("/$defs/rules", "rules: [bare]"),
    ("/$defs/expectations", "expectations: [bare]"),
    ("/$defs/closing", "closing: [bare]"),
    ("/$defs/override_reasons", "override_reasons: [bare]"),
    ("/$defs/personas", "personas: [bare]"),
    ("/$defs/cases", "cases: [bare]"),
    (
        "/$defs/expect",
        "cases: [{name: x, as_of: 2026-11-20, expect: bare}]",
    ),
    (
        "/$defs/step",
        "cases: [{name: x, as_of: 2026-11-20, expect: {timeline: [bare]}}]",
    ),
    (
        "/$defs/range",
        "cases: [{name: x, as_of: 2026-11-20, expect: {range: bare}}]",
    ),
    ("/$defs/always", "always: [bare]"),
    ("/$defs/change", "extends: x\nchange: [bare]"),
    ("/$defs/relax", "extends: x\nrelax: [bare]"),
];

fn properties<'a>(schema: &'a Value, at: &str) -> &'a Map<String, Value> {
    let entry = schema.pointer(at).expect("a definition");
    assert_eq!(entry["additionalProperties"], false, "{at} is strict");
    entry["properties"].as_object().expect("properties")
}

#[test]
fn the_schema_has_the_keys_that_are_read() {
    let schema = schema();
    for (at, probe) in PROBES {
        let known: BTreeSet<String> = properties(&schema, at).keys().cloned().collect();
        assert_eq!(known, keys(probe), "{at}");
    }
}

/// The keys that an entry is refused without, found by leaving all of them out.
#[test]
fn the_schema_needs_the_keys_that_are_needed() {
    let schema = schema();
    for (at, probe) in PROBES.iter().skip(1) {
        let needed: BTreeSet<String> = schema.pointer(at).expect("a definition")["required"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|key| key.as_str().expect("a key").to_owned())
            .collect();
        let text = format!("format: candidacy/1\n{}", probe.replace("bare", "{}"));
        let problems = pack::read(vec![Source::new("x.yaml", &text)]).problems;
        let told = problems.iter().filter_map(|problem| {
            let (_, key) = problem.message.split_once(" has no `")?;
            Some(key.trim_end_matches('`').to_owned())
        });
        let mut told: BTreeSet<String> = told.collect();
        // What the probe leaves out around the entry, or a file without a head.
        told.remove("pack");
        assert_eq!(needed, told, "{at}");
    }
}

/// Every key says in an editor what it says in the manual.
#[test]
fn the_schema_describes_keys_as_the_manual_does() {
    let manual = fs::read_to_string("docs/rules.md").expect("the manual");
    let link = Regex::new(r"\[([^\]]*)\]\([^)]*\)").expect("a pattern");
    let manual = link.replace_all(&manual, "$1").to_lowercase();
    let schema = schema();
    let sections: BTreeSet<&str> = PROBES
        .iter()
        .filter_map(|(at, _)| at.strip_prefix("/$defs/"))
        .filter(|name| *name != "pack")
        .collect();
    for (at, _) in PROBES {
        for (key, property) in properties(&schema, at) {
            let says = property["description"].as_str().expect("a description");
            let own = at.is_empty() && sections.contains(key.as_str());
            if own || at.ends_with("/step") || at.ends_with("/range") {
                continue;
            }
            let cell = format!("| {} |", says.trim_end_matches('.').to_lowercase());
            assert!(manual.contains(&cell), "{at} {key}: {says}");
        }
    }
}

#[test]
fn the_words_of_the_schema_are_those_that_are_read() {
    let schema = schema();
    let words = |at: &str| -> Vec<String> {
        let words = schema.pointer(at).unwrap_or_else(|| panic!("{at}"));
        let words = list(words).iter();
        words
            .map(|word| word.as_str().expect("a word").to_owned())
            .collect()
    };
    let refused = |text: &str| -> Vec<String> {
        let text = format!("format: candidacy/1\n{text}");
        let problems = pack::read(vec![Source::new("x.yaml", &text)]).problems;
        problems.iter().map(|one| one.message.clone()).collect()
    };
    for (at, probe) in [
        (
            "/$defs/questions/properties/type/enum",
            "questions: [{type: W}]",
        ),
        (
            "/$defs/forms/properties/form/items/enum",
            "groups: [{id: x, members: [{name: x, forms: [{form: [W], groups: [x]}]}]}]",
        ),
        ("/$defs/grade/enum", "rules: [{grade: W}]"),
        ("/$defs/verdict/enum", "cases: [{expect: {verdict: W}}]"),
        (
            "/$defs/sources/properties/strength/enum",
            "sources: [{strength: W}]",
        ),
        ("/$defs/pack/properties/status/enum", "pack: {status: W}"),
        (
            "/$defs/closing/properties/verdict/enum",
            "closing: [{verdict: W}]",
        ),
    ] {
        for word in words(at).iter().chain([&"nonsense".to_owned()]) {
            let told = refused(&probe.replace('W', word));
            let amiss = told
                .iter()
                .any(|one| one.ends_with(&format!("cannot be `{word}`")));
            assert_eq!(amiss, word == "nonsense", "{at} {word}: {told:?}");
        }
    }
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

fn rules(folder: &Path, words: &[&str]) -> Ended {
    let words: Vec<&str> = ["rules"].iter().chain(words).copied().collect();
    run(&mut candidacy(folder, &words))
}

/// Every file under a folder, by its path from there.
fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("inside").to_owned();
                found.insert(name, fs::read_to_string(&path).expect("text"));
            }
        }
    }
    found
}

#[test]
fn a_begun_folder_passes_its_own_checks() {
    let folder = folder(&[]);
    let built_in = rules(folder.path(), &["fingerprint"]).out;
    fs::create_dir(folder.path().join("there")).expect("a folder");
    for (name, words) in [
        ("laid-over", &["init", "laid-over"][..]),
        ("laid-over-too", &["init", "laid-over-too", "--overlay"]),
        ("copied-too", &["init", "copied-too", "--copy"]),
        ("small", &["init", "small", "--empty"]),
        ("there", &["init", "there", "--empty"]),
        (
            "laser",
            &[
                "init",
                "laser",
                "--empty",
                "--procedure",
                "laser \"hair\" removal",
            ],
        ),
        (
            "over-a-peel",
            &["init", "over-a-peel", "--pack", "chemical-peel"],
        ),
        (
            "over-rf",
            &["init", "over-rf", "--pack", "rf-microneedling"],
        ),
        (
            "peel-copy",
            &["init", "peel-copy", "--copy", "--pack", "chemical-peel"],
        ),
    ] {
        let ended = rules(folder.path(), words);
        assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{words:?}");
        assert!(
            ended.out.contains(&format!("rules check {name}")),
            "{}",
            ended.out
        );
        assert_eq!(rules(folder.path(), &["check", name]).code, 0, "{words:?}");
        assert_eq!(rules(folder.path(), &["prove", name]).code, 0, "{words:?}");
        let own = rules(folder.path(), &["fingerprint", name]).out;
        assert_eq!(own == built_in, name.starts_with("copied"), "{words:?}");

        let files = files(&folder.path().join(name));
        for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".yaml")) {
            let line = text.lines().next().unwrap_or_default();
            let schema = line.strip_prefix("# yaml-language-server: $schema=");
            let beside = path
                .parent()
                .expect("a folder")
                .join(schema.expect("a schema"));
            assert!(folder.path().join(name).join(beside).is_file(), "{line}");
        }
        assert_eq!(files[Path::new("rules-schema.json")], starter::SCHEMA);
    }
    assert_eq!(rules(folder.path(), &["schema"]).out, starter::SCHEMA);
}

#[test]
fn what_is_there_is_never_written_over() {
    let folder = folder(&[("a-file", "mine")]);
    fs::create_dir(folder.path().join("full")).expect("a folder");
    fs::write(folder.path().join("full/notes.txt"), "mine").expect("a file");
    for name in ["full", "a-file", "."] {
        let before = files(folder.path());
        let ended = rules(folder.path(), &["init", name]);
        assert_eq!(ended.code, 2);
        let told = format!("error: there is something in `{name}` already\n");
        assert!(ended.err.starts_with(&told), "{}", ended.err);
        assert_eq!(files(folder.path()), before);
    }
    let ended = rules(folder.path(), &["init", "no/such/parent"]);
    assert_eq!(ended.code, 1, "{}", ended.err);
}
