//! The texts of a rule whose grade an overlay changes.
//!
//! They were written for the grade of the base: "usually accepted" below *not
//! eligible* would mislead. A changed grade therefore needs texts of its own.

use crate::diagnostic::{Code, Diagnostic};
use crate::pack::{Change, Rule};
use crate::suggest::listed_all;

/// A complaint about a change of the grade that lacks texts of its own.
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
