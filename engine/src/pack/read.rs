//! Reads files into a pack: only the shape of entries.

use crate::diagnostic::Problems;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::medicine::{LEXICON_DIGEST, Lexicon};
use crate::source::{Place, Source};
use crate::yaml;
use crate::yaml::{Node, Value};

use super::clinic::clinic;
use super::condition::condition;
use super::fingerprint;
use super::header::header;
use super::lexicon;
use super::map_reader::MapReader;
use super::outline::{SECTIONS, outline};
use super::overlay::OF_AN_OVERLAY;
use super::sections::sections;
use super::settings::settings;
use super::take;
use super::take::Taken;
use super::topics::{none_in_an_overlay, topics};
use super::{Header, Overlay, Pack, Topic, UnreadNames};

/// The value of `format` in every pack.
const FORMAT: &str = "candidacy/1";

/// What only the head of a pack may hold.
const OF_THE_HEAD: &[&str] = &[
    "format", "pack", "clinic", "topics", "lexicon", "extends", "base",
];

/// Reads the files of one pack, main file first.
///
/// Reading continues after a mistake. What could not be read is left out and reported in
/// [`Pack::problems`]; a text that is not YAML gives one problem.
#[must_use]
pub fn read(sources: Vec<Source>) -> Pack {
    let all = 0..sources.len();
    read_part(sources.into(), all, &[])
}

/// The same, where only those of the `sources` that are numbered `own` are of this pack; from those in `taken` it takes
/// what its head names.
#[must_use]
pub fn read_part(sources: Arc<[Source]>, own: Range<usize>, taken: &[Taken]) -> Pack {
    let mut problems = Vec::new();
    let mut lines = Vec::new();
    let mut trees = Vec::new();
    let head = own.start;
    let tables = tables(&sources, own.clone());
    for (tree, said) in parsed(&sources, own.clone(), &tables) {
        lines.extend(said);
        trees.extend(held(tree, head, &mut problems));
    }
    let problems_before = problems.len();
    let brought = take::all(&sources, head, taken, &trees, &mut problems);
    let all_taken = problems_before == problems.len();
    let mut pack = empty(sources, own);
    add_tables(&tables, &mut pack, &mut lines, &mut problems);
    if trees.len() + tables.len() < pack.own.len() || !all_taken {
        pack.unseen.anywhere();
    }
    for one in brought.into_iter().rev() {
        if let Some(files) = one.lexicon {
            add_lexicon(files, &mut pack, &mut lines);
        }
        for sentence in &one.private {
            lines.push(fingerprint::line("private", sentence));
            pack.private_elsewhere
                .extend(condition(sentence, &mut problems));
        }
        let new: Vec<Node> = one.topics.into_iter().chain(one.along).collect();
        lines.extend(new.iter().flat_map(fingerprint::lines));
        let at = trees.len().min(1 + one.after);
        trees.splice(at..at, new);
    }
    for node in &trees {
        file(node, node.place.source == head, &mut pack, &mut problems);
    }
    if pack.lexicon.has_built_in() {
        lines.push(format!("lexicon:{LEXICON_DIGEST}"));
    }
    pack.fingerprint = fingerprint::digest(lines);
    pack.problems = problems;
    pack
}

/// Adds tables of names.
fn add_tables(tables: &[usize], pack: &mut Pack, lines: &mut Vec<String>, problems: &mut Problems) {
    for number in tables {
        let Some(source) = pack.sources.get(*number) else {
            continue;
        };
        let read = lexicon::table(*number, source, problems);
        lines.push(format!("lexicon:{}", source.text));
        let names = read.iter().map(|line| &line.name_in_lexicon);
        pack.lexicon = std::mem::take(&mut pack.lexicon).with_table(names);
        pack.table_lines.extend(read);
    }
}

/// Adds the lexicon of another pack, whose files are these.
fn add_lexicon(files: Range<usize>, pack: &mut Pack, lines: &mut Vec<String>) {
    let head = pack.sources.get(files.start);
    if head.is_some_and(|head| outline(files.start, head).has_built_in_lexicon) {
        pack.lexicon = std::mem::take(&mut pack.lexicon).with_built_in();
    }
    let tables = tables(&pack.sources, files);
    // Their problems are reported when that pack is loaded.
    add_tables(&tables, pack, lines, &mut Vec::new());
}

/// A pack of which nothing has been read yet.
fn empty(sources: Arc<[Source]>, own: Range<usize>) -> Pack {
    Pack {
        sources,
        own,
        problems: Vec::new(),
        unseen: UnreadNames::default(),
        fingerprint: String::new(),
        header: Header::default(),
        topics: Vec::new(),
        lexicon: Lexicon::default(),
        built_in_lexicon: None,
        table_lines: Vec::new(),
        settings: Vec::new(),
        citations: Vec::new(),
        groups: Vec::new(),
        questions: Vec::new(),
        facts: Vec::new(),
        private_elsewhere: Vec::new(),
        advice: Vec::new(),
        rules: Vec::new(),
        expectations: Vec::new(),
        closing: Vec::new(),
        override_reasons: Vec::new(),
        personas: Vec::new(),
        cases: Vec::new(),
        claims: Vec::new(),
        overlay: Overlay::default(),
        under: None,
    }
}

/// The tree of a file, or its problem, and its lines for the fingerprint.
type Parsed = (Result<Node, Box<Diagnostic>>, Vec<String>);

/// The files that are tables of names, listed by the main file under `lexicon`.
fn tables(sources: &[Source], own: Range<usize>) -> Vec<usize> {
    let files = sources.iter().enumerate().take(own.end).skip(own.start);
    let files: Vec<(usize, &Source)> = files
        .filter(|(_, source)| lexicon::is_table(&source.path))
        .collect();
    let Some(head) = sources.get(own.start).filter(|_| !files.is_empty()) else {
        return Vec::new();
    };
    let listed = outline(own.start, head).tables;
    let is_listed = |path: &str| listed.iter().any(|table| path.ends_with(&table.value));
    let files = files
        .into_iter()
        .filter(|(_, source)| is_listed(&source.path));
    files.map(|(number, _)| number).collect()
}

/// The trees of all rule files, in order.
fn parsed(sources: &[Source], own: Range<usize>, tables: &[usize]) -> Vec<Parsed> {
    let files = sources.iter().enumerate().take(own.end).skip(own.start);
    files
        .filter(|(index, _)| !tables.contains(index))
        .map(|(index, source)| {
            let tree = yaml::read(index, source);
            let lines = tree.as_ref().map(fingerprint::lines).unwrap_or_default();
            (tree, lines)
        })
        .collect()
}

/// The tree of a file, unless it is empty; `head` is the index of the main file.
fn held(tree: Result<Node, Box<Diagnostic>>, head: usize, problems: &mut Problems) -> Option<Node> {
    match tree {
        Ok(Node {
            value: Value::Nothing,
            place,
            ..
        }) => {
            let help = if place.source == head {
                "begin it with `format: candidacy/1`, a `pack` entry and `questions`"
            } else {
                "add questions or rules, or remove its name from `topics`"
            };
            let start = Place {
                source: place.source,
                start: 0,
                end: 1,
            };
            problems.push(Diagnostic::new(Code::EmptyFile, start, "this file is empty").help(help));
            None
        }
        Ok(node) => Some(node),
        Err(problem) => {
            problems.push(*problem);
            None
        }
    }
}

fn file(node: &Node, head: bool, pack: &mut Pack, problems: &mut Problems) {
    let problems_before = problems.len();
    let Some(fields) = MapReader::of(node, "file", SECTIONS, problems) else {
        pack.unseen.anywhere();
        return;
    };
    let is_unknown = |problem: &&Diagnostic| problem.code == Code::UnknownKey;
    let unknown = problems
        .iter()
        .skip(problems_before)
        .filter(is_unknown)
        .count();
    let meant = fields.meant();
    for key in meant {
        pack.unseen.in_section(key);
    }
    if unknown > meant.len() {
        pack.unseen.anywhere();
    }
    if head {
        format(&fields, problems);
        pack.header = header(&fields, problems);
        let of_it = fields.get("clinic");
        pack.header.clinic = of_it.and_then(|node| clinic(node, problems));
        let takes = topics(&fields, problems).takes;
        let named = lexicon::named(&fields, problems);
        pack.built_in_lexicon = named.built_in;
        if named.built_in.is_some() {
            pack.lexicon = std::mem::take(&mut pack.lexicon).with_built_in();
        }
        pack.overlay.extends = fields.text("extends", problems);
        if let Some(extends) = &pack.overlay.extends {
            none_in_an_overlay(&takes, extends.place, problems);
        }
        pack.overlay.base = fields.text("base", problems);
    } else {
        of_the_head(&fields, problems);
    }
    if pack.overlay.extends.is_none() {
        of_an_overlay(&fields, problems);
    }
    let topic = pack.topics.len();
    let title = fields.text("title", problems).map(|title| title.value);
    let title = title.unwrap_or_else(|| pack.header.title.clone());
    pack.topics.push(Topic {
        source: node.place.source,
        title,
    });
    if let Some(node) = fields.get("settings") {
        settings(node, &mut pack.settings, &mut pack.unseen, problems);
    }
    sections(&fields, topic, pack, problems);
}

/// Complains about what a topic file or a case file has no use for.
fn of_the_head(fields: &MapReader<'_>, problems: &mut Problems) {
    for key in OF_THE_HEAD {
        if fields.get(key).is_some() {
            let message = format!("`{key}` belongs only in the main file of the pack");
            problems.push(
                Diagnostic::new(Code::UnknownKey, fields.place_of(key), message)
                    .help("move it to `pack.yaml`, or leave it out"),
            );
        }
    }
}

/// Reports keys that only an overlay may have.
fn of_an_overlay(fields: &MapReader<'_>, problems: &mut Problems) {
    for key in OF_AN_OVERLAY.iter().filter(|key| fields.get(key).is_some()) {
        let message = format!("`{key}` belongs only in a pack that extends another");
        let problem = Diagnostic::new(Code::UnknownKey, fields.place_of(key), message);
        problems.push(problem.help(
            "add `extends: microneedling`, or the path of another pack, to the main file of this one",
        ));
    }
}

fn format(fields: &MapReader<'_>, problems: &mut Problems) {
    let format = fields.need("format", FORMAT, problems);
    if let Some(format) = format.filter(|format| format.value != FORMAT) {
        problems.push(
            Diagnostic::new(
                Code::UnknownWord,
                format.place,
                format!("`{}` is a format this program does not read", format.value),
            )
            .help(format!(
                "write `format: {FORMAT}`, or use the version of candidacy the pack was written for"
            )),
        );
    }
}
