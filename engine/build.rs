//! Compiles the lists of names of medicines into a finite-state map, which the program opens without parsing.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a build script reads and writes files; the engine does not"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

#[path = "src/medicine/lexicon/tree.rs"]
mod tree;

/// The lists of names. If a name is in several lists, the last one counts.
const LISTS: [&str; 2] = ["names.csv", "own.csv"];

fn main() {
    let folder = PathBuf::from(var("CARGO_MANIFEST_DIR")).join("../rules/lexicon");
    let mut names = BTreeMap::new();
    for list in LISTS {
        let path = folder.join(list);
        println!("cargo::rerun-if-changed={}", path.display());
        let text = fs::read_to_string(&path).unwrap_or_else(|why| panic!("{list}: {why}"));
        names.extend(read(list, &text));
    }
    let in_order = names.iter();
    let in_order = in_order.map(|(name, (generics, whole))| (&**name, &**generics, *whole));
    let (map, generics) = tree::written(in_order).expect("names in order, each once");
    let digest = Sha256::digest(&map);
    let digest = Sha256::digest([&digest[..], generics.as_bytes()].concat());
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let digest: String = digits
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect();
    let out = PathBuf::from(var("OUT_DIR"));
    write(&out.join("lexicon.fst"), &map);
    write(&out.join("lexicon-generics.txt"), generics.as_bytes());
    println!("cargo::rustc-env=LEXICON_DIGEST={digest}");
}

/// A name, its generics, and whether it counts only as a whole entry.
type Line = (String, (Vec<String>, bool));

/// The lines of a list.
fn read(list: &str, text: &str) -> Vec<Line> {
    let mut lines = text.lines().enumerate();
    let head = lines.next().map(|(_, line)| line);
    assert_eq!(head, Some("name,generics,kind,country,source"), "{list}:1");
    let mut seen = BTreeSet::new();
    lines
        .map(|(number, line)| {
            let wrong = |why: &str| -> ! { panic!("{list}:{}: {why}: {line}", number + 1) };
            let cells: Vec<&str> = line.split(',').collect();
            let [name, generics, kind, _, _] = cells[..] else {
                wrong("five cells without commas in them are needed");
            };
            let word = |word: &str| {
                !word.is_empty()
                    && word
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            };
            if !name.split(' ').all(word) {
                wrong("write a name in small letters and digits, with one blank between words");
            }
            if !seen.insert(name.to_owned()) {
                wrong("this name is there twice");
            }
            let whole = match kind {
                "name" => false,
                "word" => true,
                _ => wrong("the kind is `name` or `word`"),
            };
            let parts: Vec<String> = generics
                .split(';')
                .map(|part| part.trim().to_owned())
                .collect();
            if parts.iter().any(String::is_empty) {
                wrong("name at least one generic, with a semicolon between two");
            }
            (name.to_owned(), (parts, whole))
        })
        .collect()
}

fn var(name: &str) -> String {
    env::var(name).unwrap_or_else(|why| panic!("{name}: {why}"))
}

fn write(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
}
