//! Files to a pack: which entry stands where. Shape only.

use crate::engine::diagnostic::{Code, Diagnostic};
use crate::engine::locate::{self, Node, Value};
use crate::engine::period::Period;
use crate::engine::source::{Located, Place, Source};

use super::fields::{Fields, Problems, check_id, text, text_of, visible};
use super::fingerprint::fingerprint;
use super::{Header, Pack, Setting, Topic, cases, entries};

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
    "personas",
    "cases",
    "always",
];

const PACK_KEYS: &[&str] = &["id", "version", "title", "status", "owner", "review_by"];

/// Reads the files of one pack, the head first.
///
/// Nothing stops at the first mistake: what could not be read is left out and
/// complained about in [`Pack::problems`]; a text that is no YAML counts once.
#[must_use]
pub fn read(sources: Vec<Source>) -> Pack {
    let mut problems = Vec::new();
    let trees: Vec<Node> = parsed(&sources)
        .into_iter()
        .filter_map(|tree| held(tree, &mut problems))
        .collect();

    let mut pack = Pack {
        fingerprint: fingerprint(&trees),
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
        personas: Vec::new(),
        cases: Vec::new(),
        claims: Vec::new(),
        sources,
        problems: Vec::new(),
    };
    for node in &trees {
        file(node, node.place.source == 0, &mut pack, &mut problems);
    }
    pack.problems = problems;
    pack
}

/// The trees of all files. Each is parsed by itself, so each gets a thread: the
/// parser takes most of the time from the start of the program to a verdict.
fn parsed(sources: &[Source]) -> Vec<Result<Node, Box<Diagnostic>>> {
    std::thread::scope(|scope| {
        let parse = |(index, source)| scope.spawn(move || locate::read(index, source));
        let threads: Vec<_> = sources.iter().enumerate().skip(1).map(parse).collect();
        let first = sources.first().map(|head| locate::read(0, head));
        let joined = threads.into_iter().map(|thread| {
            thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        first.into_iter().chain(joined).collect()
    })
}

/// A file's tree, unless it holds nothing.
fn held(tree: Result<Node, Box<Diagnostic>>, problems: &mut Problems) -> Option<Node> {
    match tree {
        Ok(Node {
            value: Value::Nothing,
            place,
        }) => {
            let start = Place {
                source: place.source,
                start: 0,
                end: 1,
            };
            problems.push(
                Diagnostic::new(Code::EmptyFile, start, "this file holds nothing")
                    .help("add questions or rules, or take its name out of `topics`"),
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

/// Reads one entry of a list into the pack.
type ReadOne<'p> = dyn FnMut(&Node, &mut Problems) + 'p;

fn file(node: &Node, head: bool, pack: &mut Pack, problems: &mut Problems) {
    let Some(fields) = Fields::of(node, "file", SECTIONS, problems) else {
        return;
    };
    if head {
        format(&fields, problems);
        pack.header = header(&fields, problems);
        fields.texts("topics", problems);
    } else {
        for key in ["format", "pack", "topics"] {
            if let Some(node) = fields.get(key) {
                problems.push(
                    Diagnostic::new(
                        Code::UnknownKey,
                        visible(node.place),
                        format!("`{key}` stands only in the file that heads the pack"),
                    )
                    .help("move it to `pack.yaml`, or leave it out"),
                );
            }
        }
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
    let mut each = |key: &str, mut read: Box<ReadOne<'_>>| {
        for item in fields.list(key, problems) {
            read(item, problems);
        }
    };
    each(
        "sources",
        Box::new(|n, p| pack.citations.extend(entries::citation(n, p))),
    );
    each(
        "groups",
        Box::new(|n, p| pack.groups.extend(entries::group(n, p))),
    );
    each(
        "questions",
        Box::new(|n, p| pack.questions.extend(entries::question(n, topic, p))),
    );
    each(
        "facts",
        Box::new(|n, p| pack.facts.extend(entries::fact(n, p))),
    );
    each(
        "advice",
        Box::new(|n, p| pack.advice.extend(entries::advice(n, p))),
    );
    each(
        "rules",
        Box::new(|n, p| pack.rules.extend(entries::rule(n, p))),
    );
    each(
        "expectations",
        Box::new(|n, p| pack.expectations.extend(entries::expectation(n, p))),
    );
    each(
        "closing",
        Box::new(|n, p| pack.closing.extend(entries::closing(n, p))),
    );
    each(
        "personas",
        Box::new(|n, p| pack.personas.extend(cases::persona(n, p))),
    );
    each(
        "cases",
        Box::new(|n, p| pack.cases.extend(cases::case(n, p))),
    );
    each(
        "always",
        Box::new(|n, p| pack.claims.extend(cases::claim(n, p))),
    );
}

fn format(fields: &Fields<'_>, problems: &mut Problems) {
    let Some(format) = fields.need("format", FORMAT, problems) else {
        return;
    };
    if format.value != FORMAT {
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
    if fields.get("status").is_none() {
        fields.missing("status", "draft", problems);
    }
    let statuses = ["draft", "reviewed"];
    let known = |word: &str| statuses.iter().find(|status| **status == word);
    let status = fields.word("status", &statuses, known, problems);
    if fields.get("review_by").is_none() {
        fields.missing("review_by", "2027-06-30", problems);
    }
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
        problems.push(
            Diagnostic::new(
                Code::WrongShape,
                visible(node.place),
                "`settings` holds names and waits",
            )
            .help("write `settings: {isotretinoin_wait: 6 months}`"),
        );
        return;
    };
    for (key, value) in pairs {
        let (Some(name), Some(written)) = (text_of(key), text(value, "a setting", problems)) else {
            continue;
        };
        let name = Located {
            value: name.to_owned(),
            place: key.place,
        };
        check_id(&name, problems);
        if let Some(earlier) = pack
            .settings
            .iter()
            .find(|other| other.name.value == name.value)
        {
            problems.push(
                Diagnostic::new(
                    Code::DuplicateKey,
                    name.place,
                    format!("two settings are called `{}`", name.value),
                )
                .other(earlier.name.place, "the first one")
                .help("rename one of them"),
            );
            continue;
        }
        match Period::from_text(&written.value) {
            Some(period) => pack.settings.push(Setting { name, period }),
            None => problems.push(not_a_period(&written)),
        }
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
    fields
        .map(|fields| fields.texts("topics", &mut unheard))
        .unwrap_or_default()
}
