//! Reads the lists of entries in a file; entries with problems do not stop reading.

use crate::diagnostic::Code;
use crate::diagnostic::Problems;
use crate::yaml::text_of;
use crate::yaml::{Node, Value};

use super::example::Examples;
use super::map_reader::{MapReader, text};
use super::question::question;
use super::rule::rule;
use super::{Pack, UnreadNames, cases, change, entries, overlay};

/// Adds the entries of a file to `pack`; its questions belong to the topic number `topic`.
pub fn sections(fields: &MapReader<'_>, topic: usize, pack: &mut Pack, problems: &mut Problems) {
    let mut section = Section {
        fields,
        unseen: &mut pack.unseen,
        problems,
    };
    section.read("sources", &mut pack.citations, entries::citation);
    section.read("groups", &mut pack.groups, entries::group);
    section.read("questions", &mut pack.questions, |node, problems| {
        question(node, topic, problems)
    });
    let examples = Examples::of(&pack.citations, &pack.groups, &pack.questions);
    section.read("facts", &mut pack.facts, |node, problems| {
        entries::fact(node, &examples, problems)
    });
    section.read("advice", &mut pack.advice, entries::advice);
    section.read("rules", &mut pack.rules, |node, problems| {
        rule(node, &examples, problems)
    });
    section.read("expectations", &mut pack.expectations, entries::expectation);
    section.read("closing", &mut pack.closing, entries::closing);
    let reasons = &mut pack.override_reasons;
    section.read("override_reasons", reasons, entries::override_reason);
    section.read("personas", &mut pack.personas, cases::persona);
    section.read("cases", &mut pack.cases, cases::case);
    section.read("always", &mut pack.claims, |node, problems| {
        cases::claim(node, &examples, problems)
    });
    let over = &mut pack.overlay;
    let mut changes = Vec::new();
    section.read("change", &mut changes, change::entry);
    for one in changes {
        match one {
            change::Entry::Rules(rules) => over.changes.extend(rules),
            change::Entry::Question(one) => over.questions.push(*one),
            change::Entry::Text(one) => over.texts.push(one),
        }
    }
    section.read("drop", &mut over.drops, |node, problems| {
        text(node, "drop", problems)
    });
    for node in fields.list("relax", problems) {
        let relaxation = overlay::relaxation(node, &mut pack.unseen, problems);
        pack.overlay.relaxations.extend(relaxation);
    }
}

/// Reads the sections of one file, one after the other.
struct Section<'a> {
    fields: &'a MapReader<'a>,
    unseen: &'a mut UnreadNames,
    problems: &'a mut Problems,
}

impl Section<'_> {
    /// Reads every entry of the list `key` into `all`.
    fn read<T>(
        &mut self,
        key: &str,
        all: &mut Vec<T>,
        read: impl Fn(&Node, &mut Problems) -> Option<T>,
    ) {
        let problems_before = self.problems.len();
        let items = self.fields.list(key, self.problems);
        let mut seen = self.problems.len() == problems_before;
        for item in items {
            let problems_before = self.problems.len();
            let entry = read(item, self.problems);
            // After a missing dash there is an entry that was not read.
            let mut new = self.problems.iter().skip(problems_before);
            seen &= entry.is_some()
                && is_named(item)
                && new.all(|problem| problem.code != Code::DuplicateKey);
            all.extend(entry);
        }
        if !seen {
            self.unseen.in_section(key);
        }
    }
}

/// Whether an entry has an `id`; a misspelled `id` hides a name that was not read.
fn is_named(item: &Node) -> bool {
    match &item.value {
        Value::Entry(pairs) => pairs.iter().any(|(key, _)| text_of(key) == Some("id")),
        _ => true,
    }
}
