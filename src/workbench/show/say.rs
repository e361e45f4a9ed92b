//! Conditions as a person would say them.

use crate::engine::condition::{Check, Condition, Test};
use crate::engine::plan::{Asked, Plan};
use crate::engine::question::Kind;

/// A condition in lines: one for each sentence, those of a part set in.
pub fn condition(plan: &Plan, condition: &Condition) -> Vec<String> {
    match condition {
        Condition::Test(one) => vec![test(plan, one, true)],
        Condition::All(parts) => joined(plan, "all of these hold:", parts),
        Condition::Any(parts) => joined(plan, "at least one of these holds:", parts),
        Condition::None(parts) => match parts.as_slice() {
            [Condition::Test(one)] => vec![test(plan, one, false)],
            _ => joined(plan, "none of these holds:", parts),
        },
        Condition::Not(part) => match part.as_ref() {
            Condition::Test(one) => vec![test(plan, one, false)],
            Condition::Any(parts) => joined(plan, "none of these holds:", parts),
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

/// One sentence, or its opposite.
fn test(plan: &Plan, test: &Test, so: bool) -> String {
    let Some(asked) = plan.questions.get(test.question) else {
        return test.words.clone();
    };
    let either = |yes: String, no: String| if so { yes } else { no };
    let answered = |what: &str| {
        either(
            format!("is answered {what}"),
            format!("is not answered {what}"),
        )
    };
    let says = match &test.check {
        Check::Is(true) => answered("yes"),
        Check::Is(false) => answered("no"),
        Check::OneOf(wanted) => {
            let wanted = wanted.iter().enumerate().filter(|(_, wanted)| **wanted);
            answered(&options(asked, wanted.map(|(option, _)| option), " or "))
        }
        Check::IncludesAny(own) => {
            let own = options(asked, own.iter().copied(), " or ");
            either(format!("includes {own}"), format!("does not include {own}"))
        }
        Check::IncludesAll(own) => {
            let own = options(asked, own.iter().copied(), " and ");
            either(
                format!("includes {own}"),
                format!("does not include all of {own}"),
            )
        }
        Check::Between(least, most) => {
            let bounds = between(asked, *least, *most);
            either(format!("is {bounds}"), format!("is not {bounds}"))
        }
        Check::Takes(groups) => {
            let groups = of_groups(plan, groups);
            either(
                format!("names a medicine of the group {groups}"),
                format!("names no medicine of the group {groups}"),
            )
        }
        Check::TakesUnrecognised => either(
            "names a medicine these rules do not know".to_owned(),
            "names no medicine that these rules do not know".to_owned(),
        ),
        check => in_time(asked, check, so),
    };
    format!("`{}` {says}", asked.question.id)
}

/// What a sentence says of the time at which something was.
fn in_time(asked: &Asked, check: &Check, so: bool) -> String {
    let kind = &asked.question.kind;
    let course = matches!(kind, Kind::Course);
    match (check, so) {
        (Check::Within(wait), _) if matches!(kind, Kind::Date) => {
            let how = if so { "less than " } else { "" };
            let more = if so { "" } else { " or more" };
            format!("lies {how}{wait}{more} before the day of treatment")
        }
        (Check::Within(wait), true) => format!("was less than {wait} before the day of treatment"),
        (Check::Within(wait), false) => {
            format!("was not less than {wait} before the day of treatment")
        }
        (Check::Ever, true) if course => "is going on, or has ended, however long ago".to_owned(),
        (Check::Ever, true) => "has happened, however long ago".to_owned(),
        (Check::Ever, false) => "has never been".to_owned(),
        (Check::EndedWithin(wait), true) => {
            format!("ended less than {wait} before the day of treatment")
        }
        (Check::EndedWithin(wait), false) => {
            format!("did not end less than {wait} before the day of treatment")
        }
        (Check::OngoingOrEndedWithin(wait), true) => {
            format!("is going on, or ended less than {wait} before the day of treatment")
        }
        (Check::OngoingOrEndedWithin(wait), false) => {
            format!("is not going on, and did not end less than {wait} before the day of treatment")
        }
        (_, true) => "is going on".to_owned(),
        (_, false) => "is not going on".to_owned(),
    }
}

fn of_groups(plan: &Plan, groups: &[usize]) -> String {
    let groups = groups.iter().filter_map(|group| plan.groups.get(*group));
    let ids: Vec<String> = groups
        .map(|group| match &group.label {
            Some(label) => format!("`{}` ({label})", group.id),
            None => format!("`{}`", group.id),
        })
        .collect();
    ids.join(" or ")
}

fn options(asked: &Asked, options: impl Iterator<Item = usize>, between: &str) -> String {
    let choices = asked.question.kind.choices();
    let ids = options.filter_map(|option| choices.get(option));
    let ids: Vec<String> = ids
        .map(|choice| format!("`{}` ({})", choice.id, choice.text))
        .collect();
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
    bounds.join(" and ")
}
