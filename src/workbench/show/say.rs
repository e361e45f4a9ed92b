//! Conditions as a person would say them.

use crate::engine::condition::{Check, Condition, Test};
use crate::engine::plan::{Asked, Plan};
use crate::engine::question::Kind;

/// A condition in lines: one for each sentence, those of a part set in.
pub fn condition(plan: &Plan, condition: &Condition) -> Vec<String> {
    match condition {
        Condition::Test(one) => vec![test(plan, one)],
        Condition::All(parts) => joined(plan, "all of these hold:", parts),
        Condition::Any(parts) => joined(plan, "at least one of these holds:", parts),
        Condition::None(parts) => joined(plan, "none of these holds:", parts),
        Condition::Not(part) => match part.as_ref() {
            Condition::Test(one) => vec![format!("it is not so that {}", test(plan, one))],
            other => joined(plan, "it is not so that:", std::slice::from_ref(other)),
        },
    }
}

fn joined(plan: &Plan, head: &str, parts: &[Condition]) -> Vec<String> {
    let mut lines = match parts {
        [one] if head.starts_with("all") || head.starts_with("at least") => {
            return condition(plan, one);
        }
        _ => vec![head.to_owned()],
    };
    for part in parts {
        for (number, line) in condition(plan, part).into_iter().enumerate() {
            lines.push(format!("{} {line}", if number == 0 { "-" } else { " " }));
        }
    }
    lines
}

/// One sentence.
fn test(plan: &Plan, test: &Test) -> String {
    let Some(asked) = plan.questions.get(test.question) else {
        return test.words.clone();
    };
    let subject = format!("`{}`", asked.question.id);
    let says = match &test.check {
        Check::Is(true) => "is answered yes".to_owned(),
        Check::Is(false) => "is answered no".to_owned(),
        Check::OneOf(wanted) => {
            let wanted = wanted.iter().enumerate().filter(|(_, wanted)| **wanted);
            format!(
                "is answered {}",
                options(asked, wanted.map(|(option, _)| option), " or ")
            )
        }
        Check::IncludesAny(own) => {
            format!("includes {}", options(asked, own.iter().copied(), " or "))
        }
        Check::IncludesAll(own) => {
            format!("includes {}", options(asked, own.iter().copied(), " and "))
        }
        Check::Between(least, most) => between(asked, *least, *most),
        Check::Within(wait) => format!("was less than {wait} before the day of treatment"),
        Check::Ever => "has been, at any time".to_owned(),
        Check::Ongoing => "is going on".to_owned(),
        Check::EndedWithin(wait) => format!("ended less than {wait} before the day of treatment"),
        Check::OngoingOrEndedWithin(wait) => {
            format!("is going on, or ended less than {wait} before the day of treatment")
        }
        Check::Takes(groups) => {
            let groups = groups.iter().filter_map(|group| plan.groups.get(*group));
            let ids: Vec<String> = groups
                .map(|group| match &group.label {
                    Some(label) => format!("`{}` ({label})", group.id),
                    None => format!("`{}`", group.id),
                })
                .collect();
            format!("names a medicine of the group {}", ids.join(" or "))
        }
        Check::TakesUnrecognised => "names a medicine these rules do not know".to_owned(),
    };
    format!("{subject} {says}")
}

fn options(asked: &Asked, options: impl Iterator<Item = usize>, between: &str) -> String {
    let choices = asked.question.kind.choices();
    let ids = options.filter_map(|option| choices.get(option));
    let ids: Vec<String> = ids.map(|choice| format!("`{}`", choice.id)).collect();
    ids.join(between)
}

fn between(
    asked: &Asked,
    least: Option<crate::engine::decimal::Decimal>,
    most: Option<crate::engine::decimal::Decimal>,
) -> String {
    let unit = match &asked.question.kind {
        Kind::Number(scale) => scale
            .unit
            .as_deref()
            .map_or(String::new(), |unit| format!(" {unit}")),
        _ => String::new(),
    };
    // A bound that does not count itself is kept as the next number beyond it.
    let shorter = |one: crate::engine::decimal::Decimal, other: crate::engine::decimal::Decimal| {
        other.to_string().len() < one.to_string().len()
    };
    let low = least.map(|least| {
        let before = least.next_down();
        if shorter(least, before) {
            format!("over {before}{unit}")
        } else {
            format!("at least {least}{unit}")
        }
    });
    let high = most.map(|most| {
        let next = most.next_up();
        if shorter(most, next) {
            format!("under {next}{unit}")
        } else {
            format!("at most {most}{unit}")
        }
    });
    let bounds: Vec<String> = low.into_iter().chain(high).collect();
    format!("is {}", bounds.join(" and "))
}
