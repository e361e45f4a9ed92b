//! What an overlay changes in the pack it extends, and what it relaxes for a while.

use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::source::{Located, Place};
use crate::yaml::Node;

use super::change::{self, Change, Entry, QuestionChange, TextChange};
use super::entries::value;
use super::map_reader::MapReader;
use super::settings::settings;
use super::{Setting, UnreadNames};

/// The keys that only an overlay has, in addition to `extends`.
pub const OF_AN_OVERLAY: &[&str] = &["base", "change", "drop", "relax"];

/// The changes to the extended pack; empty for a pack without a base.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    /// The base: an id, or a path relative to the file.
    pub extends: Option<Located<String>>,
    /// The fingerprint of the base for which it was written.
    pub base: Option<Located<String>>,
    /// Changed rules of the base.
    pub changes: Vec<Change>,
    /// Changed questions of the base.
    pub questions: Vec<QuestionChange>,
    /// Changed texts of the base.
    pub texts: Vec<TextChange>,
    /// Rules of the base that are left out; this is only allowed in a relaxation.
    pub drops: Vec<Located<String>>,
    /// The relaxations: what is less severe than in the base, for a while.
    pub relaxations: Vec<Relaxation>,
}

/// What is less severe than in the base, with the reason, the owner and the last day.
#[derive(Clone, Debug)]
pub struct Relaxation {
    /// The place of its reason.
    pub place: Place,
    /// Why it is safe.
    pub reason: String,
    /// Who is responsible.
    pub owner: String,
    /// The last day it holds.
    pub until: Located<Date>,
    /// Changed waiting periods of the base.
    pub settings: Vec<Setting>,
    /// Changed rules.
    pub changes: Vec<Change>,
    /// Rules that are left out.
    pub drops: Vec<Located<String>>,
    /// Questions that are left out, each with the answer that counts.
    pub left_out: Vec<(Located<String>, Located<String>)>,
}

/// Reads a relaxation.
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
                "add what is less severe: `settings: {peel_wait: 14 days}`, `change: [{rule: tan, grade: precaution}]` or `drop: [tan]`",
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
    let (mut changes, mut left_out) = (Vec::new(), Vec::new());
    for node in fields.list("change", problems) {
        match change::entry(node, problems) {
            Some(Entry::Rules(rules)) => changes.extend(rules),
            Some(Entry::Question(one)) => match one.left_out() {
                Some(answer) => left_out.push((one.question.clone(), answer.clone())),
                None if one.answer_unasked.is_some() => problems.push(only_left_out(&one.question)),
                None => problems.push(only_rules(&one.question)),
            },
            Some(Entry::Text(one)) => problems.push(only_rules(&one.name)),
            None => {}
        }
    }
    Some(Relaxation {
        place,
        reason: value(reason),
        owner: value(owner),
        until: fields.placed("until", until.unwrap_or(Date::LATEST)),
        settings: own_settings,
        changes,
        drops: fields.texts("drop", problems),
        left_out,
    })
}

/// The problem of a question that is left out and changed in the same entry.
fn only_left_out(question: &Located<String>) -> Diagnostic {
    let message = format!(
        "under `relax` the question `{}` can only be left out",
        question.value
    );
    Diagnostic::new(Code::NotLessSevere, question.place, message)
        .help("keep `answer_unasked` here, and move the other keys to an entry of `change`")
}

/// The problem of changing anything except a rule under `relax`.
fn only_rules(what: &Located<String>) -> Diagnostic {
    let message = format!("`{}` is not a rule: only rules can be relaxed", what.value);
    Diagnostic::new(Code::NotLessSevere, what.place, message)
        .help("move it out of `relax`, to `change`: it has no last day")
}
