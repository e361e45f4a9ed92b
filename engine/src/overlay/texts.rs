//! Changes texts of the base by an overlay.
//!
//! The texts of a rule are written for its grade: "usually accepted" would be misleading below *not
//! eligible*. So a changed grade needs new texts.

use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::pack::{Change, Pack, Rule, TextChange, TextKind, closing_verdict};
use crate::suggest::{listed_all, way_out};

use super::changed_twice;

/// Applies changed texts to the pack.
pub fn change(pack: &mut Pack, own: &[TextChange], problems: &mut Problems) {
    for (number, change) in own.iter().enumerate() {
        let name = &change.name;
        let mut before = own.iter().take(number);
        if let Some(first) =
            before.find(|one| one.kind == change.kind && one.name.value == name.value)
        {
            problems.push(changed_twice(what(change.kind), name, &first.name));
            continue;
        }
        if !write(change, pack) {
            problems.push(unknown(change, pack));
        }
    }
}

/// Applies one changed text; false if there is no such text.
fn write(change: &TextChange, pack: &mut Pack) -> bool {
    let name = change.name.value.as_str();
    let into = |text: &mut String, new: &Option<String>| {
        if let Some(new) = new {
            text.clone_from(new);
        }
    };
    match change.kind {
        TextKind::Advice => {
            let mut all = pack.advice.iter_mut();
            let found = all.find(|one| one.id.value == name);
            found.map(|one| into(&mut one.text, &change.text)).is_some()
        }
        TextKind::OverrideReason => {
            let mut all = pack.override_reasons.iter_mut();
            let found = all.find(|one| one.id.value == name);
            found.map(|one| into(&mut one.text, &change.text)).is_some()
        }
        TextKind::Closing => {
            let mut all = pack.closing.iter_mut();
            let found = all.find(|one| closing_verdict(name) == Some(one.value.verdict));
            found
                .map(|one| into(&mut one.value.text, &change.text))
                .is_some()
        }
        TextKind::Expectation => {
            let mut all = pack.expectations.iter_mut();
            let found = all.find(|one| one.id.value == name);
            found
                .map(|one| {
                    into(&mut one.title, &change.title);
                    into(&mut one.text, &change.text);
                    if let Some(points) = &change.points {
                        one.points.clone_from(points);
                    }
                })
                .is_some()
        }
    }
}

fn what(kind: TextKind) -> &'static str {
    match kind {
        TextKind::Advice => "piece of advice",
        TextKind::Expectation => "expectation",
        TextKind::Closing => "closing text",
        TextKind::OverrideReason => "reason to overrule",
    }
}

fn unknown(change: &TextChange, pack: &Pack) -> Diagnostic {
    let (name, what) = (&change.name, what(change.kind));
    let known: Vec<&str> = match change.kind {
        TextKind::Advice => ids(pack.advice.iter().map(|one| &one.id)),
        TextKind::Expectation => ids(pack.expectations.iter().map(|one| &one.id)),
        TextKind::OverrideReason => ids(pack.override_reasons.iter().map(|one| &one.id)),
        TextKind::Closing => {
            let words = pack.closing.iter();
            words
                .map(|one| {
                    one.value
                        .verdict
                        .map_or("always", crate::verdict::Verdict::word)
                })
                .collect()
        }
    };
    let message = format!("the base has no {what} `{}`", name.value);
    let code = match change.kind {
        TextKind::Advice => Code::UnknownAdvice,
        TextKind::Expectation | TextKind::Closing | TextKind::OverrideReason => Code::UnknownText,
    };
    Diagnostic::new(code, name.place, message)
        .help(way_out(&name.value, what, known.into_iter()))
        .help("a text of this overlay is changed where it is written")
}

fn ids<'a>(ids: impl Iterator<Item = &'a crate::source::Located<String>>) -> Vec<&'a str> {
    ids.map(|id| id.value.as_str()).collect()
}

/// The problem of a changed grade without new texts.
pub fn missing(change: &Change, before: &Rule) -> Option<Diagnostic> {
    let grade = change.grade.as_ref()?;
    if grade.value == before.grade {
        return None;
    }
    let mut keys = Vec::new();
    let mut examples = Vec::new();
    if change.why.is_none() {
        keys.push("why");
        examples.push("why: \"the reason, in a sentence for the patient\"");
    }
    if change.advice.is_none() && !before.advice.is_empty() {
        keys.push("advice");
        examples.push("advice: []");
    }
    if keys.is_empty() {
        return None;
    }
    let (rule, is, was) = (&change.rule.value, grade.value.word(), before.grade.word());
    let message = format!(
        "`{rule}` becomes {is} here and needs {} of its own: the texts of the base were written for {was}",
        listed_all(&keys)
    );
    let mut problem = Diagnostic::new(Code::MissingTexts, grade.place, message)
        .other(before.id.place, "the rule of the base")
        .help(format!("add for example `{}`", examples.join(", ")));
    if keys.contains(&"advice") {
        problem = problem.help("`advice: []` gives no advice; or list the ids of advice that fits");
    }
    Some(problem)
}
