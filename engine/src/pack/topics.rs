//! What the head of a pack lists under `topics`: its own files, and what it takes from other packs.

use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::source::{Located, Place};
use crate::yaml::Value;

use super::map_reader::{MapReader, text};

/// The keys of an entry that takes from another pack.
const TAKE_KEYS: &[&str] = &["from", "files", "questions"];

/// What is taken from another pack.
#[derive(Clone, Debug)]
pub struct Take {
    /// The pack: a built-in one by its id, or a path as seen from the head.
    pub from: Located<String>,
    /// Its topics that are taken whole.
    pub files: Vec<Located<String>>,
    /// Its questions that are taken without the rules that read them.
    pub questions: Vec<Located<String>>,
    /// How many files of the pack itself are listed before it.
    pub after: usize,
}

/// The list, in the order asked.
#[derive(Clone, Debug, Default)]
pub struct Topics {
    /// Its own files.
    pub files: Vec<Located<String>>,
    /// What is taken from other packs.
    pub takes: Vec<Take>,
}

/// Reads the list. A file that is listed twice is kept once and complained about.
pub fn topics(fields: &MapReader<'_>, problems: &mut Problems) -> Topics {
    let mut read = Topics::default();
    for item in fields.list("topics", problems) {
        if let Value::Entry(_) = item.value {
            let after = read.files.len();
            let take = MapReader::of(item, "topic", TAKE_KEYS, problems)
                .and_then(|entry| take(&entry, after, problems));
            read.takes.extend(take);
        } else if let Some(file) = text(item, "topics", problems)
            && is_first(&file, &read.files, "topics", problems)
        {
            read.files.push(file);
        }
    }
    read
}

fn take(entry: &MapReader<'_>, after: usize, problems: &mut Problems) -> Option<Take> {
    let from = entry.need("from", "microneedling", problems);
    let mut once = |key| {
        let mut kept: Vec<Located<String>> = Vec::new();
        for one in entry.texts(key, problems) {
            if is_first(&one, &kept, key, problems) {
                kept.push(one);
            }
        }
        kept
    };
    let files = once("files");
    let questions = once("questions");
    if files.is_empty()
        && questions.is_empty()
        && !entry.means("files")
        && !entry.means("questions")
    {
        entry.missing("files", "[health.yaml]", problems);
    }
    Some(Take {
        from: from?,
        files,
        questions,
        after,
    })
}

fn is_first(
    one: &Located<String>,
    earlier: &[Located<String>],
    key: &str,
    problems: &mut Problems,
) -> bool {
    let first = earlier.iter().find(|other| other.value == one.value);
    if let Some(first) = first {
        let message = format!("`{}` is twice in `{key}`", one.value);
        problems.push(
            Diagnostic::new(Code::DuplicateId, one.place, message)
                .other(first.place, "the first time")
                .help("keep one of them"),
        );
    }
    first.is_none()
}

/// Complains about what an overlay would take: it has the topics of its base.
pub fn none_in_an_overlay(takes: &[Take], extends: Place, problems: &mut Problems) {
    problems.extend(takes.iter().map(|take| {
        let message = "a pack that extends another takes no topics from a third";
        Diagnostic::new(Code::NotTaken, take.from.place, message)
            .other(extends, "it extends this one")
            .help("remove `extends`, or write the questions and rules here")
    }));
}
