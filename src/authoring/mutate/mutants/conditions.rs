//! Small mistakes in a condition: one sentence changed, a part missing, `all` and `any` swapped.

use candidacy_engine::condition::{Condition, Test};
use candidacy_engine::plan::Plan;

use super::checks;

/// All conditions that are one small mistake away from `condition`, each with its description.
pub fn slips(plan: &Plan, condition: &Condition) -> Vec<(String, Condition)> {
    match condition {
        Condition::Test(test) => checks::slips(plan, test)
            .into_iter()
            .map(|(what, check)| {
                let test = Test {
                    check,
                    ..test.clone()
                };
                (said(&what, condition), Condition::Test(test))
            })
            .collect(),
        Condition::All(parts) => {
            let mut found = of_parts(plan, parts, Condition::All);
            if parts.len() > 1 {
                let any = Condition::Any(parts.clone());
                found.push((said("`any` instead of `all`", condition), any));
            }
            found
        }
        Condition::Any(parts) => {
            let mut found = of_parts(plan, parts, Condition::Any);
            if parts.len() > 1 {
                let all = Condition::All(parts.clone());
                found.push((said("`all` instead of `any`", condition), all));
            }
            found
        }
        Condition::None(parts) => of_parts(plan, parts, Condition::None),
        Condition::Not(part) => {
            let mut found = vec![(said("without `not`", condition), part.as_ref().clone())];
            let inner = slips(plan, part).into_iter();
            found.extend(inner.map(|(what, part)| (what, Condition::Not(Box::new(part)))));
            found
        }
    }
}

/// One part changed, or removed if there are several.
fn of_parts(
    plan: &Plan,
    parts: &[Condition],
    make: fn(Vec<Condition>) -> Condition,
) -> Vec<(String, Condition)> {
    let mut found = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        for (what, slipped) in slips(plan, part) {
            let mut other = parts.to_vec();
            if let Some(place) = other.get_mut(number) {
                *place = slipped;
            }
            found.push((what, make(other)));
        }
        if parts.len() > 1 {
            let mut fewer = parts.to_vec();
            fewer.remove(number);
            found.push((said("left out", part), make(fewer)));
        }
    }
    found
}

/// The description of a mistake, after the sentence it is in or the first sentence of its part.
fn said(what: &str, condition: &Condition) -> String {
    match condition.tests().as_slice() {
        [] => what.to_owned(),
        [one] => format!("`{}`: {what}", one.words),
        [first, ..] => format!("`{}` and the condition beside it: {what}", first.words),
    }
}
