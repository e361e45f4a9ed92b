//! Lays one pack over another: a clinic's own rules over those of the pack it extends.
//!
//! Entries that an overlay adds come after those of the base; entries that it changes or sets
//! replace those of the base. It may only be less severe than the base under `relax`, for a while:
//! `weakening.rs` refuses visible cases of anything else. Nothing is compiled here, and every entry
//! keeps its place, so that problems point into the original file.

use std::collections::HashMap;
use std::sync::Arc;

use super::diagnostic::{Code, Diagnostic, Problems};
use super::pack::{
    self, Change, Claim, Group, Overlay, Pack, Promise, Relaxation, Rule, Setting, Taken,
};
use super::source::{Located, Source};
use super::suggest::way_out;

mod lexicon_names;
mod medicine_names;
mod questions;
mod relax;
mod texts;
mod unread;
mod uses;
mod weakening;

pub use medicine_names::grades as grades_of_group;
pub use uses::{Use, Uses};
pub use weakening::{longer_wait, under_relax};

/// Reads the files of a pack and of its bases. `layers` has the number of files of each pack, the
/// top overlay first.
#[must_use]
pub fn read(sources: Vec<Source>, layers: &[usize]) -> Pack {
    read_with(sources, layers, &[])
}

/// The same, if some of them take topics from other packs, whose files come after those of all
/// layers.
#[must_use]
pub fn read_with(sources: Vec<Source>, layers: &[usize], taken: &[Taken]) -> Pack {
    let sources: Arc<[Source]> = sources.into();
    let mut end: usize = layers.iter().sum();
    let packs = layers.iter().rev().map(|files| {
        let start = end.saturating_sub(*files);
        let own = start..std::mem::replace(&mut end, start);
        pack::read_part(sources.clone(), own, taken)
    });
    let laid = packs.reduce(lay);
    laid.unwrap_or_else(|| pack::read_part(sources, 0..0, taken))
}

/// Lays one pack over another.
#[must_use]
pub(crate) fn lay(mut under: Pack, mut over: Pack) -> Pack {
    // A base is tested on its own: its verdicts differ from those of the overlay on purpose.
    under.cases.clear();
    let under = Arc::new(under);
    let mut problems: Problems = other_base(&over, &under).into_iter().collect();
    let mut pack = with_added(&under, &mut over);
    questions::change(&mut pack, &over.overlay.questions, &mut problems);
    texts::change(&mut pack, &over.overlay.texts, &mut problems);
    let no_effect = unread::entries(&pack, &over, &mut problems);
    settings(&mut pack, over.settings, &mut problems);
    changes(&mut pack, &over.overlay.changes, &mut problems);
    rules(&mut pack, over.rules, &mut problems);
    medicine_names::check(&under, &pack, &over.groups, &mut problems);
    for (names, problem) in no_effect {
        // If its names are already refused, there is no second problem.
        if !problems.iter().any(|one| names.contains(&one.place)) {
            problems.push(problem);
        }
    }
    groups(&mut pack, over.groups);
    lexicon_names::check(
        &under,
        &over.table_lines,
        over.built_in_lexicon,
        &pack,
        &mut problems,
    );
    pack.table_lines.extend(over.table_lines);
    let numbers = numbers(&pack.rules);
    for drop in &over.overlay.drops {
        if known_rule(&numbers, drop, &mut problems).is_some() {
            problems.push(weakening::drop(drop, &pack.header));
        }
    }
    relax::add(&mut pack, over.overlay.relaxations, &mut problems);
    pack.overlay = Overlay {
        relaxations: std::mem::take(&mut pack.overlay.relaxations),
        ..over.overlay
    };
    // The missing name may be in a part that could not be read.
    problems.retain(|problem| !pack.unseen.may_have(problem.code));
    pack.problems.extend(problems);
    pack.under = Some(under);
    pack
}

/// The base with the entries that an overlay adds and that replace none.
fn with_added(under: &Pack, over: &mut Pack) -> Pack {
    let mut pack = Pack {
        fingerprint: pack::both(&over.fingerprint, &under.fingerprint),
        header: std::mem::take(&mut over.header),
        sources: over.sources.clone(),
        own: over.own.clone(),
        cases: std::mem::take(&mut over.cases),
        lexicon: under.lexicon.clone().with(&over.lexicon),
        claims: under.claims.iter().filter_map(kept).collect(),
        ..under.clone()
    };
    pack.unseen.join(&over.unseen);
    pack.problems.append(&mut over.problems);
    for question in &mut over.questions {
        question.topic += pack.topics.len();
    }
    pack.topics.append(&mut over.topics);
    pack.questions.append(&mut over.questions);
    pack.citations.append(&mut over.citations);
    pack.facts.append(&mut over.facts);
    pack.advice.append(&mut over.advice);
    pack.expectations.append(&mut over.expectations);
    pack.closing.append(&mut over.closing);
    pack.override_reasons.append(&mut over.override_reasons);
    pack.personas.append(&mut over.personas);
    pack.claims.append(&mut over.claims);
    pack
}

/// The pack as if exactly the relaxations selected by `holds` were permanent.
#[must_use]
pub fn with(pack: &Pack, holds: impl Fn(usize, &Relaxation) -> bool) -> Pack {
    let mut relaxed = pack.clone();
    relaxed.overlay.relaxations.clear();
    let all = pack.overlay.relaxations.iter().enumerate();
    for (_, one) in all.filter(|(number, one)| holds(*number, one)) {
        for setting in &one.settings {
            let mut known = pack.settings.iter();
            let known = known.find(|known| known.name.value == setting.name.value);
            let strict = known.map(|known| (one.until.value, known.period));
            let setting = setting.clone();
            set(&mut relaxed.settings, Setting { strict, ..setting });
        }
        for change in &one.changes {
            let mut rules = relaxed.rules.iter_mut();
            if let Some(rule) = rules.find(|rule| rule.id.value == change.rule.value) {
                apply(change, rule);
            }
        }
        questions::leave_out(&mut relaxed, one);
        let dropped = |rule: &Rule| one.drops.iter().any(|drop| drop.value == rule.id.value);
        relaxed.rules.retain(|rule| !dropped(rule));
    }
    relaxed
}

/// The pack without its relaxations.
#[must_use]
pub fn strict(pack: &Pack) -> Pack {
    with(pack, |_, _| false)
}

/// A claim of the base as it applies to an overlay, which may be more severe. So upper limits of
/// the base are not kept.
fn kept(claim: &Claim) -> Option<Claim> {
    let promise = match claim.promise {
        Promise::AtMost(_) => return None,
        Promise::Exactly(verdict) | Promise::AtLeast(verdict) => Promise::AtLeast(verdict),
    };
    Some(Claim {
        promise,
        ..claim.clone()
    })
}

/// The problem that the base is not the one for which the overlay was written.
fn other_base(over: &Pack, under: &Pack) -> Option<Diagnostic> {
    let written = over.overlay.base.as_ref()?;
    let now = &under.fingerprint;
    // The beginning of a fingerprint is enough, because reports show only that.
    let digits = written.value.to_lowercase();
    let same = digits.starts_with(pack::short_fingerprint(now)) && now.starts_with(&digits);
    let named = over.overlay.extends.as_ref();
    let named = named.map_or("the base", |extends| extends.value.as_str());
    (!same).then(|| {
        let message = format!("`{named}` is not the version for which this overlay was written");
        Diagnostic::new(Code::OtherBase, written.place, message)
            .help("`candidacy rules diff OLD NEW` shows what has changed in it; check whether this overlay still fits")
            .help(format!("then write `base: {now}`"))
    })
}

/// Sets a waiting period, or adds it.
fn set(settings: &mut Vec<Setting>, new: Setting) {
    let mut known = settings.iter_mut();
    match known.find(|known| known.name.value == new.name.value) {
        Some(known) => *known = new,
        None => settings.push(new),
    }
}

/// Whether the length of a period could be read; an unreadable one is not compared.
fn is_readable(setting: &Setting, problems: &[Diagnostic]) -> bool {
    problems
        .iter()
        .all(|problem| problem.place != setting.place)
}

fn settings(pack: &mut Pack, own: Vec<Setting>, problems: &mut Problems) {
    let uses = uses::Uses::of(pack);
    let uses: Vec<_> = own
        .iter()
        .map(|setting| uses.of_setting(&setting.name.value))
        .collect();
    for (setting, read) in own.into_iter().zip(uses) {
        let mut known = pack.settings.iter();
        let known = known.find(|known| known.name.value == setting.name.value);
        let known = known.filter(|_| is_readable(&setting, &pack.problems));
        let less_severe =
            known.and_then(|known| weakening::wait(known, &setting, read, &pack.header));
        problems.extend(less_severe);
        for relaxation in &mut pack.overlay.relaxations {
            // The overlay's own period replaces relaxations of the base.
            let mut settings = relaxation.settings.iter();
            if let Some(at) = settings.position(|one| one.name.value == setting.name.value) {
                relaxation.settings.remove(at);
            }
        }
        set(&mut pack.settings, setting);
    }
}

fn changes(pack: &mut Pack, own: &[Change], problems: &mut Problems) {
    let numbers = numbers(&pack.rules);
    let mut seen: HashMap<&str, &Change> = HashMap::new();
    for change in own {
        if let Some(first) = seen.get(change.rule.value.as_str()) {
            problems.push(changed_twice("rule", &change.rule, &first.rule));
            continue;
        }
        seen.insert(&change.rule.value, change);
        let Some(at) = known_rule(&numbers, &change.rule, problems) else {
            continue;
        };
        let Some(rule) = pack.rules.get_mut(at) else {
            continue;
        };
        let before = rule.clone();
        apply(change, rule);
        let less_severe = weakening::change(change, &before, rule, &pack.header);
        // A change that must be moved to `relax` is shown there with its texts.
        let texts = || texts::missing(change, &before);
        problems.extend(less_severe.or_else(texts));
        problems.extend(weakening::days(change, &before, &pack.header));
        problems.extend(weakening::reveals_reason(change, &before));
        if change.decides() {
            // The overlay's own change replaces relaxations of the base.
            for relaxation in &mut pack.overlay.relaxations {
                let other = |rule: &Located<String>| rule.value != change.rule.value;
                relaxation.changes.retain(|one| other(&one.rule));
                relaxation.drops.retain(other);
            }
        }
    }
}

/// The problem of an entry that changes `what` again.
fn changed_twice(what: &str, again: &Located<String>, first: &Located<String>) -> Diagnostic {
    let message = format!("the {what} `{}` is changed twice", again.value);
    Diagnostic::new(Code::DuplicateId, again.place, message)
        .other(first.place, "the first time")
        .help("put all of it into one entry")
}

/// Applies a change to its rule.
fn apply(change: &Change, rule: &mut Rule) {
    // A problem of the changed rule is reported at the change.
    rule.changed = Some(change.rule.place);
    if let Some(grade) = &change.grade {
        if grade.value != rule.grade {
            // They were written for the other grade.
            rule.clears = None;
            rule.note = None;
        }
        rule.grade = grade.value;
    }
    if let Some(unsure) = &change.if_unsure {
        rule.if_unsure = Some(unsure.value);
    }
    if let Some(private) = &change.private {
        rule.private = private.value;
    }
    if let Some(when) = &change.when {
        rule.when = when.clone();
    }
    rule.unless = change.unless.clone().or(rule.unless.take());
    rule.from = change.from.as_ref().map(|day| day.value).or(rule.from);
    rule.to = change.to.as_ref().map(|day| day.value).or(rule.to);
    rule.title = change.title.clone().or(rule.title.take());
    if let Some(why) = &change.why {
        rule.why.clone_from(why);
    }
    if let Some(advice) = &change.advice {
        rule.advice.clone_from(advice);
    }
    if let Some(sources) = &change.sources {
        rule.sources.clone_from(sources);
    }
    rule.clears = change.clears.clone().or(rule.clears.take());
    rule.note = change.note.clone().or(rule.note.take());
}

/// Adds rules; a rule that is in the base must be changed, not repeated.
fn rules(pack: &mut Pack, own: Vec<Rule>, problems: &mut Problems) {
    let numbers = numbers(&pack.rules);
    for rule in own {
        let id = &rule.id.value;
        let known = numbers.get(id).filter(|_| !id.is_empty());
        let known = known.and_then(|number| pack.rules.get(*number));
        problems.extend(known.map(|known| {
            let message = format!("the base has a rule `{id}` already");
            Diagnostic::new(Code::DuplicateId, rule.id.place, message)
                .other(known.id.place, "the rule of the base")
                .help(format!("to make it more severe or to change its words write `change: [{{rule: {id}, grade: {}, why: \"the reason\"}}]`", rule.grade.word()))
                .help("for an additional rule choose another id")
        }));
        if known.is_none() {
            pack.rules.push(rule);
        }
    }
}

/// Adds groups, and adds members to the groups of the base.
fn groups(pack: &mut Pack, own: Vec<Group>) {
    for group in own {
        let mut known = pack.groups.iter_mut();
        match known.find(|known| known.id.value == group.id.value) {
            Some(known) => {
                // The check of the base's names does not cover the added names.
                if !group.members.is_empty() || group.checked_by.is_some() {
                    known.checked_by = group.checked_by;
                }
                known.members.extend(group.members);
                known.label = group.label.or(known.label.take());
            }
            None => pack.groups.push(group),
        }
    }
}

/// The indices of rules by id; of two equal ids, the first counts.
fn numbers(rules: &[Rule]) -> HashMap<String, usize> {
    let numbered = rules.iter().enumerate().rev();
    numbered
        .map(|(number, rule)| (rule.id.value.clone(), number))
        .collect()
}

/// The index of a base rule; an unknown id is reported.
fn known_rule(
    numbers: &HashMap<String, usize>,
    id: &Located<String>,
    problems: &mut Problems,
) -> Option<usize> {
    let found = numbers.get(&id.value).copied();
    // A missing id was reported at its own place.
    if found.is_none() && !id.value.is_empty() {
        let mut known: Vec<(&usize, &str)> = numbers
            .iter()
            .map(|(id, number)| (number, id.as_str()))
            .collect();
        known.sort_unstable();
        let known = known.into_iter().map(|(_, id)| id);
        let message = format!("the base has no rule `{}`", id.value);
        problems.push(
            Diagnostic::new(Code::UnknownRule, id.place, message)
                .help(way_out(&id.value, "rule", known))
                .help("change a rule of this overlay where it is written"),
        );
    }
    found
}
