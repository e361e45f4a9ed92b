//! The relaxations of an overlay: only existing rules and periods, each once, and only changes that
//! make a verdict less severe.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::pack::{Pack, Relaxation, Setting};
use crate::source::Located;
use crate::suggest::way_out;

use super::uses::{Use, Uses};
use super::{Problems, apply, is_readable, known_rule, numbers, questions, texts, weakening};

/// Adds relaxations to those of the base, and reports every part of them that is not less severe
/// than `pack`.
pub fn add(pack: &mut Pack, own: Vec<Relaxation>, problems: &mut Problems) {
    let numbers = numbers(&pack.rules);
    let uses = Uses::of(pack);
    let settings = own.iter().flat_map(|one| &one.settings);
    let uses: HashMap<String, Use> = settings
        .map(|setting| setting.name.value.clone())
        .map(|name| (name.clone(), uses.of_setting(&name)))
        .collect();
    for one in own {
        for change in &one.changes {
            let at = known_rule(&numbers, &change.rule, problems);
            let Some(before) = at.and_then(|at| pack.rules.get(at)) else {
                continue;
            };
            let mut after = before.clone();
            apply(change, &mut after);
            problems.extend(weakening::reveals_reason(change, before));
            let more_severe = weakening::relaxed_change(change, before, &after);
            let texts = || texts::missing(change, before);
            problems.extend(more_severe.or_else(texts));
        }
        for (question, _) in &one.left_out {
            questions::known(pack, question, problems);
        }
        for drop in &one.drops {
            known_rule(&numbers, drop, problems);
        }
        for setting in &one.settings {
            let known = || pack.settings.iter().map(|known| known.name.value.as_str());
            let name = &setting.name;
            let mut settings = pack.settings.iter();
            if let Some(before) = settings.find(|known| known.name.value == name.value) {
                let readable = |one: &Setting| is_readable(one, &pack.problems);
                if readable(before) && readable(setting) {
                    let read = uses.get(&name.value).copied().unwrap_or(Use::Plain);
                    problems.extend(weakening::relaxed_wait(before, setting, read));
                }
            } else {
                let message = format!("no setting is called `{}`", name.value);
                let problem = Diagnostic::new(Code::UnknownSetting, name.place, message);
                problems.push(problem.help(way_out(&name.value, "setting", known())));
            }
        }
        pack.overlay.relaxations.push(one);
        problems.extend(relaxed_twice(&pack.overlay.relaxations));
    }
}

/// Problems of rules and periods of the last relaxation that were relaxed already.
fn relaxed_twice(all: &[Relaxation]) -> Problems {
    let named = |one: &Relaxation| {
        let rules = one.changes.iter().map(|change| &change.rule);
        let rules = rules.chain(&one.drops).map(|rule| ("rule", rule.clone()));
        let waits = one
            .settings
            .iter()
            .map(|wait| ("setting", wait.name.clone()));
        let questions = one.left_out.iter();
        let questions = questions.map(|(question, _)| ("question", question.clone()));
        rules.chain(waits).chain(questions).collect::<Vec<_>>()
    };
    let Some((last, before)) = all.split_last() else {
        return Vec::new();
    };
    let mut seen: Vec<(&str, Located<String>)> = before.iter().flat_map(named).collect();
    let mut problems = Vec::new();
    for (kind, name) in named(last) {
        let mut earlier = seen.iter();
        let same =
            |(other, id): &&(&str, Located<String>)| *other == kind && id.value == name.value;
        if let Some((_, first)) = earlier.find(same) {
            let message = format!("the {kind} `{}` is relaxed twice", name.value);
            problems.push(
                Diagnostic::new(Code::DuplicateId, name.place, message)
                    .other(first.place, "the first time")
                    .help(
                        "keep one of them: a relaxation has one reason, one owner and one last day",
                    ),
            );
        }
        seen.push((kind, name));
    }
    problems
}
