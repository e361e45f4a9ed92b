//! Finds single entries that make a verdict less severe. Outside `relax` they are refused, and
//! under `relax` only they are accepted.
//!
//! `rules check` and `rules prove` decide what a single entry does not show (such as a longer
//! period under `not`). They compare the overlay with its base for all patients. [`severity`]
//! defines what is less severe.

use crate::diagnostic::{Code, Diagnostic};
use crate::pack::{Change, Header, Rule, Setting};
use crate::severity;
use crate::source::{Located, Place};
use crate::truth::Truth;
use crate::verdict::Grade;

use super::uses::Use;

/// The problem of a period that is shorter than in the base, for at least one day. If rules only
/// read it in parts that must not hold, it is a longer period.
pub fn wait(base: &Setting, own: &Setting, read: Use, header: &Header) -> Option<Diagnostic> {
    let (name, period, was) = (&own.name.value, own.period, base.period);
    let (shorter, longer) = (
        !period.is_never_shorter_than(was),
        !was.is_never_shorter_than(period),
    );
    let message = match (read, shorter, longer) {
        (Use::Denied, _, true) => format!(
            "`{name}`: {period} {} longer than the base's {was}, and a longer wait keeps rules from applying",
            if shorter { "can be" } else { "is" }
        ),
        (Use::Plain | Use::Both, true, _) => format!(
            "`{name}`: {period} {} shorter than the base's {was}",
            if longer { "can be" } else { "is" }
        ),
        _ => return None,
    };
    let problem = Diagnostic::new(Code::Weakening, own.place, message);
    Some(under_relax(
        problem.other(base.place, "the wait of the base"),
        &format!("settings: {{{name}: {period:#}}}"),
        header,
    ))
}

/// The problem of a change that makes a verdict less severe while its rule applies or is undecided.
pub fn change(change: &Change, before: &Rule, after: &Rule, header: &Header) -> Option<Diagnostic> {
    let id = &change.rule.value;
    let less_severe = |truth: &Truth| effect(before, after, *truth) == severity::Change::LessSevere;
    let truth = [Truth::Yes, Truth::Unknown].into_iter().find(less_severe)?;
    let (key, place) = key(change, truth);
    let (was, is) = (counts_as(before, truth), counts_as(after, truth));
    let message = format!(
        "`{is}` is less severe than `{was}`, {}",
        of_the_base(id, truth)
    );
    let problem = Diagnostic::new(Code::Weakening, place, message);
    Some(under_relax(
        problem.other(before.id.place, "the rule of the base"),
        &match truth {
            Truth::Yes => format!("change: [{{rule: {id}, grade: {is}, why: \"the reason\"}}]"),
            _ => format!("change: [{{rule: {id}, {key}: {is}}}]"),
        },
        header,
    ))
}

/// The problem of a change after which a rule is in force on fewer days.
pub fn days(change: &Change, before: &Rule, header: &Header) -> Option<Diagnostic> {
    let later = change
        .from
        .as_ref()
        .filter(|from| before.from.is_none_or(|was| was < from.value));
    let sooner = change
        .to
        .as_ref()
        .filter(|to| before.to.is_none_or(|was| to.value < was));
    let id = &change.rule.value;
    let (key, day, word) = match (later, sooner) {
        (Some(from), _) => ("from", from, "begins later"),
        (None, Some(to)) => ("to", to, "ends sooner"),
        (None, None) => return None,
    };
    let message = format!("with this day `{id}` {word} than in the base");
    let problem = Diagnostic::new(Code::Weakening, day.place, message);
    Some(under_relax(
        problem.other(before.id.place, "the rule of the base"),
        &format!("change: [{{rule: {id}, {key}: {}}}]", day.value),
        header,
    ))
}

/// How a change to a rule changes the verdict of a patient for whom only this rule matters.
fn effect(before: &Rule, after: &Rule, truth: Truth) -> severity::Change {
    let counts = |rule: &Rule| (rule.grade, unsure(rule));
    severity::of_rule(counts(before), counts(after), truth)
}

/// The word for what a rule counts as.
fn counts_as(rule: &Rule, truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => rule.grade.word(),
        _ => unsure(rule).word(),
    }
}

/// The key of a change that determines what its rule counts as, and its place.
fn key(change: &Change, truth: Truth) -> (&'static str, Place) {
    let (grade, if_unsure) = (change.grade.as_ref(), change.if_unsure.as_ref());
    let (key, written) = match truth {
        Truth::Yes => ("grade", grade),
        _ => ("if_unsure", if_unsure.or(grade)),
    };
    (key, written.map_or(change.rule.place, |grade| grade.place))
}

/// The description of a grade in the base.
fn of_the_base(id: &str, truth: Truth) -> String {
    match truth {
        Truth::Yes => format!("the grade of `{id}` in the base"),
        _ => format!("what `{id}` counts as in the base while undecided"),
    }
}

/// The problem of a period under `relax` that is not shorter than in the base. If rules only read
/// it in parts that must not hold, it is a period that is not longer. If they read it both ways,
/// any change can make a verdict less severe.
pub fn relaxed_wait(base: &Setting, own: &Setting, read: Use) -> Option<Diagnostic> {
    let (name, period, was) = (&own.name.value, own.period, base.period);
    let (shorter, longer) = (
        !period.is_never_shorter_than(was),
        !was.is_never_shorter_than(period),
    );
    let (more_severe, less_severe, word, other) = match read {
        Use::Plain => (longer, shorter, "longer", "shorter"),
        Use::Denied => (shorter, longer, "shorter", "longer"),
        Use::Both => (false, shorter || longer, "", ""),
    };
    let (message, help) = match (more_severe, less_severe) {
        (false, true) => return None,
        (true, true) => (
            format!("`{name}`: {period} can be {word} than the base's {was}"),
            format!("write a wait that is always {other}, counted in the unit of the base"),
        ),
        (false, false) => (
            format!("`{name}`: {period} is as long as the base's {was}"),
            format!("remove `{name}`: it relaxes nothing"),
        ),
        (true, false) => (
            format!("`{name}`: {period} is {word} than the base's {was}"),
            out_of_relax(own, word),
        ),
    };
    Some(
        Diagnostic::new(Code::NotLessSevere, own.place, message)
            .other(base.place, "the wait of the base")
            .help(help),
    )
}

/// The problem of a longer period under `relax` that makes no verdict less severe.
#[must_use]
pub fn longer_wait(base: &Setting, own: &Setting) -> Diagnostic {
    let (name, period) = (&own.name.value, own.period);
    let message = format!("`{name}`: {period} makes no verdict less severe");
    Diagnostic::new(Code::NotLessSevere, own.place, message)
        .other(base.place, "the wait of the base")
        .help(out_of_relax(own, "longer"))
}

/// What to do with a period under `relax` that makes no verdict less severe.
fn out_of_relax(own: &Setting, word: &str) -> String {
    format!(
        "this {word} wait needs no reason and has no last day: move it out of `relax`, to `settings: {{{}: {:#}}}`",
        own.name.value, own.period
    )
}

/// The problem of a change under `relax` that is not less severe than the base in every part.
pub fn relaxed_change(change: &Change, before: &Rule, after: &Rule) -> Option<Diagnostic> {
    let id = &change.rule.value;
    let problem = |place: Place, message: String| {
        Diagnostic::new(Code::NotLessSevere, place, message)
            .other(before.id.place, "the rule of the base")
            .help("what is more severe, or only has other words, has no last day: move it out of `relax`, to `change`")
    };
    let effects = [Truth::Yes, Truth::Unknown].map(|truth| (truth, effect(before, after, truth)));
    let more_severe =
        |(_, effect): &&(Truth, severity::Change)| *effect == severity::Change::MoreSevere;
    if let Some((truth, _)) = effects.iter().find(more_severe) {
        let (was, is) = (counts_as(before, *truth), counts_as(after, *truth));
        let message = format!(
            "`{is}` is more severe than `{was}`, {}",
            of_the_base(id, *truth)
        );
        return Some(problem(key(change, *truth).1, message));
    }
    let less_severe =
        |(_, effect): &(Truth, severity::Change)| *effect == severity::Change::LessSevere;
    // The effect of another condition is decided for all patients by `rules prove`.
    let may_apply_less = change.when.is_some()
        || change.unless.is_some()
        || change.from.is_some()
        || change.to.is_some();
    (!may_apply_less && !effects.iter().any(less_severe)).then(|| {
        let message = format!("this does not make `{id}` less severe");
        problem(change.rule.place, message)
    })
}

/// What a rule counts as while undecided.
pub fn unsure(rule: &Rule) -> Grade {
    let usual = rule.grade.while_undecided();
    rule.if_unsure.unwrap_or(usual)
}

/// The problem of a change that would reveal a reason which the base hides from the desk. Not even
/// a relaxation may do that.
pub fn reveals_reason(change: &Change, before: &Rule) -> Option<Diagnostic> {
    let private = change.private.as_ref().filter(|private| !private.value)?;
    before.private.then(|| {
        let message = format!("the base keeps `{}` from the desk", change.rule.value);
        Diagnostic::new(Code::Weakening, private.place, message)
            .other(before.id.place, "the rule of the base")
            .help("leave `private` out: an overlay cannot show what its base keeps private")
    })
}

/// The problem of a rule that is left out without a reason.
pub fn drop(id: &Located<String>, header: &Header) -> Diagnostic {
    let message = format!(
        "without the rule `{}` verdicts can only get less severe",
        id.value
    );
    let problem = Diagnostic::new(Code::Weakening, id.place, message);
    under_relax(problem, &format!("drop: [{}]", id.value), header)
}

/// Adds the solution: the same entry under `relax`, filled in.
#[must_use]
pub fn under_relax(problem: Diagnostic, entry: &str, header: &Header) -> Diagnostic {
    let owner = match header.owner.as_str() {
        "" => "Dr A. Example",
        owner => owner,
    };
    let until = header.review_by;
    let until = until.map_or_else(|| "2027-06-30".to_owned(), |day| day.to_string());
    problem.help(format!(
        "move what is less severe to `relax`, with the reason, the responsible person and the last day: `relax: [{{reason: \"why it is safe\", owner: \"{owner}\", until: {until}, {entry}}}]`"
    ))
}
