//! What an overlay says of the pack it extends: changes, and what is relaxed for a while.

use crate::date::Date;
use crate::diagnostic::Problems;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Located, Place};
use crate::verdict::Grade;
use crate::yaml::{Node, Value, text_of};

use super::entries::value;
use super::map_reader::MapReader;
use super::settings::settings;
use super::{Setting, UnreadNames};

/// The keys of a file that only an overlay has, beside `extends`.
pub const OF_AN_OVERLAY: &[&str] = &["base", "change", "drop", "relax"];

/// What a pack says of the one it extends; nothing, where it stands alone.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    /// The base: an id, or a path seen from the file.
    pub extends: Option<Located<String>>,
    /// The fingerprint of the base it was written over.
    pub base: Option<Located<String>>,
    /// Rules of the base that are others here.
    pub changes: Vec<Change>,
    /// Rules of the base that are left out; only a relaxation may do so.
    pub drops: Vec<Located<String>>,
    /// What is milder than in the base, for a while.
    pub relaxations: Vec<Relaxation>,
}

/// A rule of the base with another grade or other words; what is absent stays.
#[derive(Clone, Debug)]
pub struct Change {
    /// The rule's id.
    pub rule: Located<String>,
    /// How grave it is.
    pub grade: Option<Located<Grade>>,
    /// What it counts as while undecided.
    pub if_unsure: Option<Located<Grade>>,
    /// Whether the desk may not see it.
    pub private: Option<Located<bool>>,
    /// Its name in plain words.
    pub title: Option<String>,
    /// The reason.
    pub why: Option<String>,
    /// What ends it when no date does.
    pub clears: Option<String>,
    /// For the clinician.
    pub note: Option<String>,
    /// Ids of advice.
    pub advice: Option<Vec<Located<String>>>,
    /// Ids of citations.
    pub sources: Option<Vec<Located<String>>>,
}

/// What is milder than in the base, why, on whose word and until when.
#[derive(Clone, Debug)]
pub struct Relaxation {
    /// Where its reason stands.
    pub place: Place,
    /// Why it is safe.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day it holds.
    pub until: Located<Date>,
    /// Waits of the base that are others.
    pub settings: Vec<Setting>,
    /// Rules that are others.
    pub changes: Vec<Change>,
    /// Rules that are left out.
    pub drops: Vec<Located<String>>,
}

/// A changed rule.
pub fn change(node: &Node, problems: &mut Problems) -> Option<Change> {
    let known = &[
        "rule",
        "grade",
        "title",
        "why",
        "advice",
        "sources",
        "note",
        "clears",
        "if_unsure",
        "private",
    ];
    if let Some(problem) = of_no_rule(node) {
        problems.push(problem);
        return None;
    }
    let told = problems.len();
    let fields = MapReader::of(node, "change", known, problems)?;
    let rule = fields.need("rule", "active-acne", problems);
    let is_told = problems.len() > told;
    if !is_told && !known.iter().any(|key| *key != "rule" && fields.means(key)) {
        let message = "this change changes nothing";
        problems.push(
            Diagnostic::new(Code::MissingKey, fields.nameless().place, message)
                .help("add what is another, for example `grade: relative`, or take it out"),
        );
    }
    if fields.is_empty_list("sources") {
        let message = "a rule needs at least one source";
        problems.push(
            Diagnostic::new(Code::MissingKey, fields.place_of("sources"), message)
                .help("name those of the rule as it is now, or leave `sources` out to keep them"),
        );
    }
    let grade = |key: &str, problems: &mut Problems| {
        let grade = fields.grade(key, problems)?;
        Some(fields.placed(key, grade))
    };
    let list = |key: &str, problems: &mut Problems| {
        let there = fields.get(key).is_some();
        there.then(|| fields.texts(key, problems))
    };
    let text = |key: &str, problems: &mut Problems| {
        let text = fields.text(key, problems);
        text.map(|text| text.value)
    };
    let private = fields.get("private").is_some();
    Some(Change {
        rule: rule.unwrap_or_else(|| fields.nameless()),
        grade: grade("grade", problems),
        if_unsure: grade("if_unsure", problems),
        private: private.then(|| {
            let private = fields.flag("private", problems);
            fields.placed("private", private)
        }),
        title: text("title", problems),
        why: text("why", problems),
        clears: text("clears", problems),
        note: text("note", problems),
        advice: list("advice", problems),
        sources: list("sources", problems),
    })
}

/// A complaint about a change of something that is no rule.
fn of_no_rule(node: &Node) -> Option<Diagnostic> {
    let Value::Entry(pairs) = &node.value else {
        return None;
    };
    let key = |wanted: &str| pairs.iter().find(|(key, _)| text_of(key) == Some(wanted));
    if key("rule").is_some() {
        return None;
    }
    let mut others = OTHERS.iter().chain(&[("id", "")]);
    let (key, value, help) =
        others.find_map(|(name, help)| key(name).map(|(key, value)| (key, value, *help)))?;
    let name = text_of(value).unwrap_or("active-acne");
    Some(match help {
        "" => Diagnostic::new(
            Code::UnknownKey,
            key.place,
            "a change names its rule behind `rule`, not behind `id`",
        )
        .help(format!("write `rule: {name}`")),
        help => Diagnostic::new(
            Code::UnknownKey,
            key.place,
            format!(
                "an overlay can change only rules of its base, and `{}` names something else",
                text_of(key).unwrap_or_default()
            ),
        )
        .help(help)
        .help("to change a rule write `rule:` and its id"),
    })
}

/// What else of a base somebody may want to change, and what an overlay can do instead.
const OTHERS: &[(&str, &str)] = &[
    (
        "question",
        "add a question of your own under `questions`, and rules that read it",
    ),
    (
        "option",
        "add a question of your own under `questions`, and rules that read it",
    ),
    (
        "fact",
        "add a fact of your own under `facts`, and rules that name it",
    ),
    (
        "setting",
        "set a wait of the base under `settings`, for example `settings: {peel_wait: 6 weeks}`",
    ),
    (
        "group",
        "add medicines to a group of the base under `groups`, with its `id` and `members`",
    ),
    (
        "source",
        "add a source of your own under `sources`, and name it in a change of the rule: `sources: [its-id]`",
    ),
    (
        "claim",
        "add a claim of your own under `always`; those of the base stay",
    ),
];

/// What is relaxed.
pub fn relaxation(
    node: &Node,
    unseen: &mut UnreadNames,
    problems: &mut Problems,
) -> Option<Relaxation> {
    let known = &["reason", "owner", "until", "settings", "change", "drop"];
    let fields = MapReader::of(node, "relaxation", known, problems)?;
    let reason = fields.need(
        "reason",
        "Two newer cohort studies saw no harm after four weeks.",
        problems,
    );
    let owner = fields.need("owner", "Dr A. Example", problems);
    fields.missing("until", "2027-06-30", problems);
    let until = fields.date("until", problems);
    if !["settings", "change", "drop"]
        .iter()
        .any(|key| fields.means(key))
    {
        let message = "this relaxation relaxes nothing";
        problems.push(
            Diagnostic::new(Code::MissingKey, fields.nameless().place, message).help(
                "add what is milder: `settings: {peel_wait: 14 days}`, `change: [{rule: tan, grade: precaution}]` or `drop: [tan]`",
            ),
        );
    }
    let place = reason
        .as_ref()
        .map_or_else(|| fields.nameless().place, |reason| reason.place);
    let mut own_settings = Vec::new();
    if let Some(node) = fields.get("settings") {
        settings(node, &mut own_settings, unseen, problems);
    }
    let changes = fields.list("change", problems);
    let changes = changes.iter().filter_map(|node| change(node, problems));
    let changes = changes.collect();
    Some(Relaxation {
        place,
        reason: value(reason),
        owner: value(owner),
        until: fields.placed("until", until.unwrap_or(Date::LATEST)),
        settings: own_settings,
        changes,
        drops: fields.texts("drop", problems),
    })
}
