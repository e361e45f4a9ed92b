//! Files to a pack: which entry stands where. Shape only.

use std::cmp::Reverse;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::engine::diagnostic::{Code, Diagnostic};
use crate::engine::locate::{self, Node, Value};
use crate::engine::period::Period;
use crate::engine::source::{Located, Place, Source};

use super::fields::{Fields, Problems, check_id, text, text_of, visible};
use super::fingerprint;
use super::sections::sections;
use super::{Header, Pack, Setting, Topic, Unseen};

/// The first words of every pack.
const FORMAT: &str = "candidacy/1";

/// What a file of a pack may hold.
const SECTIONS: &[&str] = &[
    "format",
    "pack",
    "topics",
    "title",
    "settings",
    "sources",
    "groups",
    "questions",
    "facts",
    "advice",
    "rules",
    "expectations",
    "closing",
    "override_reasons",
    "personas",
    "cases",
    "always",
];

/// What only the head of a pack may hold.
const OF_THE_HEAD: &[&str] = &["format", "pack", "topics"];

const PACK_KEYS: &[&str] = &["id", "version", "title", "status", "owner", "review_by"];

/// Reads the files of one pack, the head first.
///
/// Nothing stops at the first mistake: what could not be read is left out and
/// complained about in [`Pack::problems`]; a text that is no YAML counts once.
#[must_use]
pub fn read(sources: Vec<Source>) -> Pack {
    let mut problems = Vec::new();
    let mut lines = Vec::new();
    let mut trees = Vec::new();
    for (tree, said) in parsed(&sources) {
        lines.extend(said);
        trees.extend(held(tree, &mut problems));
    }
    let mut pack = empty(sources);
    if trees.len() < pack.sources.len() {
        pack.unseen.anywhere();
    }
    pack.fingerprint = fingerprint::digest(lines);
    for node in &trees {
        file(node, node.place.source == 0, &mut pack, &mut problems);
    }
    pack.problems = problems;
    pack
}

/// A pack of which nothing has been read yet.
fn empty(sources: Vec<Source>) -> Pack {
    Pack {
        sources,
        problems: Vec::new(),
        unseen: Unseen::default(),
        fingerprint: String::new(),
        header: Header::default(),
        topics: Vec::new(),
        settings: Vec::new(),
        citations: Vec::new(),
        groups: Vec::new(),
        questions: Vec::new(),
        facts: Vec::new(),
        advice: Vec::new(),
        rules: Vec::new(),
        expectations: Vec::new(),
        closing: Vec::new(),
        override_reasons: Vec::new(),
        personas: Vec::new(),
        cases: Vec::new(),
        claims: Vec::new(),
    }
}

/// A file's tree, or why it has none, and what it adds to the fingerprint.
type Parsed = (Result<Node, Box<Diagnostic>>, Vec<String>);

/// The trees of all files, in their order. Parsing takes most of the time from
/// the start of the program to a verdict, so as many files are parsed at once
/// as the machine has processors, the longest first.
fn parsed(sources: &[Source]) -> Vec<Parsed> {
    let mut longest_first: Vec<(usize, &Source)> = sources.iter().enumerate().collect();
    longest_first.sort_by_key(|(_, source)| Reverse(source.text.len()));
    let next = AtomicUsize::new(0);
    let parse = || {
        let mut done = Vec::new();
        while let Some((index, source)) = longest_first.get(next.fetch_add(1, Ordering::Relaxed)) {
            let tree = locate::read(*index, source);
            let lines = tree.as_ref().map(fingerprint::lines).unwrap_or_default();
            done.push((*index, (tree, lines)));
        }
        done
    };
    let mut done = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..helping_hands(sources.len()))
            .map(|_| scope.spawn(parse))
            .collect();
        let mut done = parse();
        for thread in threads {
            let more = thread.join();
            done.extend(more.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, parsed)| parsed).collect()
}

/// How many threads beside this one have something to do with so many files.
fn helping_hands(files: usize) -> usize {
    match files {
        0 | 1 => 0,
        _ => {
            std::thread::available_parallelism()
                .map_or(1, NonZero::get)
                .min(files)
                - 1
        }
    }
}

/// A file's tree, unless it holds nothing.
fn held(tree: Result<Node, Box<Diagnostic>>, problems: &mut Problems) -> Option<Node> {
    match tree {
        Ok(Node {
            value: Value::Nothing,
            place,
        }) => {
            let help = if place.source == 0 {
                "begin it with `format: candidacy/1`, a `pack` entry and `questions`"
            } else {
                "add questions or rules, or take its name out of `topics`"
            };
            let start = Place {
                source: place.source,
                start: 0,
                end: 1,
            };
            problems.push(
                Diagnostic::new(Code::EmptyFile, start, "this file holds nothing").help(help),
            );
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
    let told = problems.len();
    let Some(fields) = Fields::of(node, "file", SECTIONS, problems) else {
        pack.unseen.anywhere();
        return;
    };
    let is_unknown = |problem: &&Diagnostic| problem.code == Code::UnknownKey;
    let unknown = problems.iter().skip(told).filter(is_unknown).count();
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
        topics_once(&fields, problems);
    } else {
        of_the_head(&fields, problems);
    }
    let topic = pack.topics.len();
    let title = fields.text("title", problems).map(|title| title.value);
    let title = title.unwrap_or_else(|| pack.header.title.clone());
    pack.topics.push(Topic {
        source: node.place.source,
        title,
    });
    if let Some(node) = fields.get("settings") {
        settings(node, pack, problems);
    }
    sections(&fields, topic, pack, problems);
}

/// Complains about files that `topics` lists twice.
fn topics_once(fields: &Fields<'_>, problems: &mut Problems) {
    let topics = fields.texts("topics", problems);
    for (index, topic) in topics.iter().enumerate() {
        let mut earlier = topics.iter().take(index);
        if let Some(first) = earlier.find(|other| other.value == topic.value) {
            let message = format!("`{}` stands twice in `topics`", topic.value);
            problems.push(
                Diagnostic::new(Code::DuplicateId, topic.place, message)
                    .other(first.place, "the first time")
                    .help("keep one of them"),
            );
        }
    }
}

/// Complains about what a topic file or a case file has no use for.
fn of_the_head(fields: &Fields<'_>, problems: &mut Problems) {
    for key in OF_THE_HEAD {
        if fields.get(key).is_some() {
            let message = format!("`{key}` stands only in the file that heads the pack");
            problems.push(
                Diagnostic::new(Code::UnknownKey, fields.place_of(key), message)
                    .help("move it to `pack.yaml`, or leave it out"),
            );
        }
    }
}

fn format(fields: &Fields<'_>, problems: &mut Problems) {
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

fn header(fields: &Fields<'_>, problems: &mut Problems) -> Header {
    let Some(node) = fields.get("pack") else {
        fields.missing(
            "pack",
            "{id: our-clinic, version: 0.1.0, title: Our clinic, status: draft, owner: Dr A. Example, review_by: 2027-06-30}",
            problems,
        );
        return Header::default();
    };
    let Some(fields) = Fields::of(node, "pack", PACK_KEYS, problems) else {
        return Header::default();
    };
    let text = |found: Option<Located<String>>| found.map(|text| text.value).unwrap_or_default();
    let id = text(fields.id(problems));
    let version = text(fields.need("version", "0.1.0", problems));
    let title = text(fields.need("title", "Our clinic", problems));
    let owner = text(fields.need("owner", "Dr A. Example", problems));
    fields.missing("status", "draft", problems);
    let statuses = ["draft", "reviewed"];
    let known = |word: &str| statuses.iter().find(|status| **status == word);
    let status = fields.word("status", &statuses, known, problems);
    fields.missing("review_by", "2027-06-30", problems);
    let review_by = fields.date("review_by", problems);
    Header {
        id,
        version,
        title,
        owner,
        status: status.map_or_else(String::new, |s| (*s).to_owned()),
        review_by,
    }
}

/// Named waits: the one section that is keyed by name.
fn settings(node: &Node, pack: &mut Pack, problems: &mut Problems) {
    let Value::Entry(pairs) = &node.value else {
        let message = "`settings` holds names with a length of time behind each";
        let example = "write for example `settings: {isotretinoin_wait: 6 months}`";
        problems
            .push(Diagnostic::new(Code::WrongShape, visible(node.place), message).help(example));
        pack.unseen.in_section("settings");
        return;
    };
    for (key, value) in pairs {
        let Some(name) = text_of(key) else {
            continue;
        };
        let name = Located {
            value: name.to_owned(),
            place: key.place,
        };
        check_id(&name, problems);
        let mut settings = pack.settings.iter();
        if let Some(earlier) = settings.find(|other| other.name.value == name.value) {
            let message = format!("two settings are called `{}`", name.value);
            problems.push(
                Diagnostic::new(Code::DuplicateKey, name.place, message)
                    .other(earlier.name.place, "the first one")
                    .help("rename one of them"),
            );
            continue;
        }
        let written = text(value, &name.value, problems);
        let period = written.and_then(|written| {
            let period = Period::from_text(&written.value);
            if period.is_none() {
                problems.push(not_a_period(&written));
            }
            period
        });
        // Its name is known, whatever is amiss with its length.
        let period = period.unwrap_or(Period::DAY);
        pack.settings.push(Setting { name, period });
    }
}

/// A complaint about a wait that cannot be read.
fn not_a_period(written: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::BadValue,
        written.place,
        format!("`{}` is no length of time", written.value),
    )
    .help("write a whole number and a unit: `14 days`, `4 weeks`, `6 months` or `1 year`")
}

/// The files that the head of a pack lists, in the order asked. Problems of the
/// head are told by [`read`], not here.
#[must_use]
pub fn topics(head: &Source) -> Vec<Located<String>> {
    let Ok(node) = locate::read(0, head) else {
        return Vec::new();
    };
    let mut unheard = Vec::new();
    let fields = Fields::of(&node, "file", SECTIONS, &mut unheard);
    let listed = fields.map(|fields| fields.texts("topics", &mut unheard));
    let mut topics: Vec<Located<String>> = Vec::new();
    for topic in listed.unwrap_or_default() {
        if topics.iter().all(|earlier| earlier.value != topic.value) {
            topics.push(topic);
        }
    }
    topics
}
