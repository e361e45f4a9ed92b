//! What can be seen, by its shape alone, to make a verdict less severe: outside
//! `relax` it is refused, under `relax` nothing else is taken.
//!
//! What cannot be seen (a longer wait under `not`, say) is decided by `rules
//! prove`, which compares the overlay with its base for every patient.

use crate::diagnostic::{Code, Diagnostic};
use crate::pack::{Change, Header, Rule, Setting};
use crate::source::Located;
use crate::verdict::Grade;

/// A wait that is shorter than in the base, after some day at least.
pub fn wait(base: &Setting, own: &Setting, header: &Header) -> Option<Diagnostic> {
    if own.period.is_never_shorter_than(base.period) {
        return None;
    }
    let (name, period) = (&own.name.value, own.period);
    let shorter = if base.period.is_never_shorter_than(own.period) {
        format!("{period} is shorter than the base's {}", base.period)
    } else {
        format!("{period} can be shorter than the base's {}", base.period)
    };
    let problem = Diagnostic::new(Code::Weakening, own.place, format!("`{name}`: {shorter}"));
    Some(under_relax(
        problem.other(base.place, "the wait of the base"),
        &format!("settings: {{{name}: {period}}}"),
        header,
    ))
}

/// A grade below that of the base, or what it counts as while undecided.
pub fn change(change: &Change, before: &Rule, after: &Rule, header: &Header) -> Option<Diagnostic> {
    let id = &change.rule.value;
    let (place, says, was) = if after.grade < before.grade {
        let grade = change.grade.as_ref()?;
        (grade.place, "grade", before.grade)
    } else if unsure(after) < unsure(before) {
        let place = change.if_unsure.as_ref().map(|one| one.place);
        let place = place.or(change.grade.as_ref().map(|one| one.place))?;
        (place, "if_unsure", unsure(before))
    } else {
        return None;
    };
    let is = if says == "grade" {
        after.grade
    } else {
        unsure(after)
    };
    let (is, was) = (is.word(), was.word());
    let message = match says {
        "grade" => format!("`{is}` is milder than `{was}`, the grade of `{id}` in the base"),
        _ => format!(
            "`{is}` is milder than `{was}`, what `{id}` counts as in the base while undecided"
        ),
    };
    let problem = Diagnostic::new(Code::Weakening, place, message);
    Some(under_relax(
        problem.other(before.id.place, "the rule of the base"),
        &match says {
            "grade" => format!("change: [{{rule: {id}, grade: {is}, why: \"the reason\"}}]"),
            _ => format!("change: [{{rule: {id}, {says}: {is}}}]"),
        },
        header,
    ))
}

/// A complaint about a wait under `relax` that can be as long as in the base, or longer.
pub fn relaxed_wait(base: &Setting, own: &Setting) -> Option<Diagnostic> {
    let (name, period, was) = (&own.name.value, own.period, base.period);
    let message = if !period.is_never_shorter_than(was) {
        if was.is_never_shorter_than(period) {
            return None;
        }
        format!("`{name}`: {period} can be longer than the base's {was}")
    } else if was.is_never_shorter_than(period) {
        format!("`{name}`: {period} is as long as the base's {was}")
    } else {
        format!("`{name}`: {period} is longer than the base's {was}")
    };
    let problem = Diagnostic::new(Code::NotLessSevere, own.place, message)
        .other(base.place, "the wait of the base");
    Some(if !period.is_never_shorter_than(was) {
        problem.help("write a wait that is never longer, counted in the unit of the base")
    } else if was.is_never_shorter_than(period) {
        problem.help(format!("take `{name}` out: it relaxes nothing"))
    } else {
        problem.help(format!(
            "a longer wait needs no reason and has no last day: move it out of `relax`, to `settings: {{{name}: {period}}}`"
        ))
    })
}

/// A complaint about a change under `relax` that is not less severe than the base
/// throughout.
pub fn relaxed_change(change: &Change, before: &Rule, after: &Rule) -> Option<Diagnostic> {
    let id = &change.rule.value;
    let out = "what is more severe, or only worded otherwise, has no last day: move it out of `relax`, to `change`";
    let graver = if after.grade > before.grade {
        Some(("grade", after.grade, before.grade))
    } else if unsure(after) > unsure(before) {
        Some(("if_unsure", unsure(after), unsure(before)))
    } else {
        None
    };
    if let Some((key, is, was)) = graver {
        let written = match key {
            "grade" => change.grade.as_ref(),
            _ => change.if_unsure.as_ref().or(change.grade.as_ref()),
        };
        let place = written.map_or(change.rule.place, |grade| grade.place);
        let (is, was) = (is.word(), was.word());
        let message = match key {
            "grade" => {
                format!("`{is}` is more severe than `{was}`, the grade of `{id}` in the base")
            }
            _ => format!(
                "`{is}` is more severe than `{was}`, what `{id}` counts as in the base while undecided"
            ),
        };
        return Some(
            Diagnostic::new(Code::NotLessSevere, place, message)
                .other(before.id.place, "the rule of the base")
                .help(out),
        );
    }
    let milder = after.grade < before.grade || unsure(after) < unsure(before);
    (!milder).then(|| {
        let message = format!("this does not make `{id}` less severe");
        Diagnostic::new(Code::NotLessSevere, change.rule.place, message)
            .other(before.id.place, "the rule of the base")
            .help(out)
    })
}

/// What a rule counts as while undecided.
pub fn unsure(rule: &Rule) -> Grade {
    let usual = rule.grade.while_undecided();
    rule.if_unsure.unwrap_or(usual)
}

/// A reason that the base keeps from the desk and that would be told; no
/// relaxation may do that.
pub fn told(change: &Change, before: &Rule) -> Option<Diagnostic> {
    let private = change.private.as_ref().filter(|private| !private.value)?;
    before.private.then(|| {
        let message = format!("the base keeps `{}` from the desk", change.rule.value);
        Diagnostic::new(Code::Weakening, private.place, message)
            .other(before.id.place, "the rule of the base")
            .help("leave `private` out: what one pack keeps private stays so")
    })
}

/// A rule that is left out without a word why.
pub fn drop(id: &Located<String>, header: &Header) -> Diagnostic {
    let message = format!(
        "without the rule `{}` verdicts can only get milder",
        id.value
    );
    let problem = Diagnostic::new(Code::Weakening, id.place, message);
    under_relax(problem, &format!("drop: [{}]", id.value), header)
}

/// Adds the way out: the same entry where it may stand, filled in.
fn under_relax(problem: Diagnostic, entry: &str, header: &Header) -> Diagnostic {
    let owner = match header.owner.as_str() {
        "" => "Dr A. Example",
        owner => owner,
    };
    let until = header.review_by;
    let until = until.map_or_else(|| "2027-06-30".to_owned(), |day| day.to_string());
    problem.help(format!(
        "what is milder stands under `relax`, with why it is safe, who answers for it and its last day: `relax: [{{reason: \"why it is safe\", owner: \"{owner}\", until: {until}, {entry}}}]`"
    ))
}
