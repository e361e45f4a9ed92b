//! Every small change that is tried: a wait by a day, a bound, an option, the
//! answer to a yes-no question, an exception, a grade, a medicine of a group.

use crate::engine::condition::{Check, Condition, Test};
use crate::engine::decimal::Decimal;
use crate::engine::pack::Pack;
use crate::engine::plan::{Plan, Rule};
use crate::engine::question::Kind;
use crate::engine::verdict::Grade;

/// A small change.
#[derive(Clone, Debug)]
pub struct Change {
    /// In words.
    pub what: String,
    /// What is other than before.
    pub changed: Changed,
}

/// What is other than before.
#[derive(Clone, Debug)]
pub enum Changed {
    /// The rule of this number is another.
    Rule(usize, Box<Rule>),
    /// The group of this number has lost this medicine.
    Member(usize, String),
}

/// All of them, rule by rule.
#[must_use]
pub fn all(pack: &Pack, plan: &Plan) -> Vec<Change> {
    let mut changes = Vec::new();
    for (number, rule) in plan.rules.iter().enumerate() {
        let mut add = |what: String, changed: Rule| {
            changes.push(Change {
                what: format!("{}: {what}", rule.id),
                changed: Changed::Rule(number, Box::new(changed)),
            });
        };
        grades(rule, &mut add);
        let mut written = pack.rules.iter();
        let has_exception =
            written.any(|written| written.id.value == rule.id && written.unless.is_some());
        if let (true, Condition::All(parts)) = (has_exception, &rule.when)
            && let Some(when) = parts.first()
        {
            let when = when.clone();
            add(
                "without its `unless`".to_owned(),
                Rule {
                    when,
                    ..rule.clone()
                },
            );
        }
        tests(plan, rule, &mut add);
    }
    members(pack, plan, &mut changes);
    changes
}

fn grades(rule: &Rule, add: &mut impl FnMut(String, Rule)) {
    let Some(place) = Grade::ALL.iter().position(|grade| *grade == rule.grade) else {
        return;
    };
    let near = [place.checked_sub(1), place.checked_add(1)];
    for grade in near
        .into_iter()
        .flatten()
        .filter_map(|place| Grade::ALL.get(place))
    {
        let what = format!("`{}` instead of `{}`", grade.word(), rule.grade.word());
        let changed = Rule {
            grade: *grade,
            ..rule.clone()
        };
        add(what, changed);
    }
}

/// Every change of one sentence.
fn tests(plan: &Plan, rule: &Rule, add: &mut impl FnMut(String, Rule)) {
    let mut tests: Vec<&Test> = Vec::new();
    rule.when.tests(&mut tests);
    for (number, test) in tests.into_iter().enumerate() {
        for (what, check) in checks(plan, test) {
            let mut when = rule.when.clone();
            replace(&mut when, &mut 0, number, &check);
            add(
                format!("`{}`: {what}", test.words),
                Rule {
                    when,
                    ..rule.clone()
                },
            );
        }
    }
}

/// Puts `check` into the test of this number, counted in the order written.
fn replace(condition: &mut Condition, at: &mut usize, number: usize, check: &Check) {
    match condition {
        Condition::Test(test) => {
            if *at == number {
                test.check = check.clone();
            }
            *at += 1;
        }
        Condition::All(parts) | Condition::Any(parts) | Condition::None(parts) => {
            for part in parts {
                replace(part, at, number, check);
            }
        }
        Condition::Not(part) => replace(part, at, number, check),
    }
}

/// What a check could be by a slip.
fn checks(plan: &Plan, test: &Test) -> Vec<(String, Check)> {
    let mut found = waits(&test.check);
    match &test.check {
        Check::Is(yes) => found.push(("yes and no changed over".to_owned(), Check::Is(!yes))),
        Check::OneOf(wanted) => {
            let words = |option: usize| option_of(plan, test.question, option);
            for (option, chosen) in wanted.iter().enumerate() {
                let mut other = wanted.clone();
                if let Some(place) = other.get_mut(option) {
                    *place = !chosen;
                }
                if other.iter().any(|chosen| *chosen) && other.iter().any(|chosen| !*chosen) {
                    let how = if *chosen { "without" } else { "with" };
                    found.push((format!("{how} `{}`", words(option)), Check::OneOf(other)));
                }
            }
        }
        Check::IncludesAny(own) => found.extend(parts(plan, test, own, Check::IncludesAny)),
        Check::IncludesAll(own) => found.extend(parts(plan, test, own, Check::IncludesAll)),
        Check::Takes(own) => found.extend(parts(plan, test, own, Check::Takes)),
        Check::Between(least, most) => {
            if let Some(least) = least {
                let check = Check::Between(Some(over(*least)), *most);
                found.push((
                    format!("the lower bound {least} counts the other way"),
                    check,
                ));
            }
            if let Some(most) = most {
                let check = Check::Between(*least, Some(under(*most)));
                found.push((
                    format!("the upper bound {most} counts the other way"),
                    check,
                ));
            }
        }
        _ => {}
    }
    found
}

/// Waits a day longer and shorter, and the halves of a sentence with two.
fn waits(check: &Check) -> Vec<(String, Check)> {
    let mut found = Vec::new();
    let Some(wait) = check.period() else {
        if *check == Check::Ongoing {
            found.push(("`ever` instead".to_owned(), Check::Ever));
        }
        return found;
    };
    let with = |wait| match check {
        Check::EndedWithin(_) => Check::EndedWithin(wait),
        Check::OngoingOrEndedWithin(_) => Check::OngoingOrEndedWithin(wait),
        _ => Check::Within(wait),
    };
    for longer in [true, false] {
        if let Some(other) = wait.nudged(longer) {
            found.push((format!("{other} instead of {wait}"), with(other)));
        }
    }
    match check {
        Check::EndedWithin(_) => {
            found.push((
                "`ongoing` added".to_owned(),
                Check::OngoingOrEndedWithin(wait),
            ));
        }
        Check::OngoingOrEndedWithin(_) => {
            found.push(("without `ongoing`".to_owned(), Check::EndedWithin(wait)));
            found.push(("without `ended`".to_owned(), Check::Ongoing));
        }
        _ => {}
    }
    found
}

/// Options or groups: without each, where there are several; with the next one.
fn parts(
    plan: &Plan,
    test: &Test,
    own: &[usize],
    make: fn(Vec<usize>) -> Check,
) -> Vec<(String, Check)> {
    let takes = matches!(test.check, Check::Takes(_));
    let word = |part: usize| {
        if takes {
            plan.groups
                .get(part)
                .map_or_else(String::new, |group| group.id.clone())
        } else {
            option_of(plan, test.question, part)
        }
    };
    let count = if takes {
        plan.groups.len()
    } else {
        let asked = plan.questions.get(test.question);
        asked.map_or(0, |asked| asked.question.kind.choices().len())
    };
    let mut found = Vec::new();
    if own.len() > 1 {
        for part in own {
            let fewer = own.iter().copied().filter(|other| other != part).collect();
            found.push((format!("without `{}`", word(*part)), make(fewer)));
        }
    }
    let last = own.last().copied().unwrap_or(0);
    let next = (1..count)
        .map(|more| (last + more) % count)
        .find(|part| !own.contains(part));
    if let Some(next) = next {
        let instead = own
            .iter()
            .copied()
            .filter(|part| *part != last)
            .chain([next]);
        found.push((
            format!("`{}` instead of `{}`", word(next), word(last)),
            make(instead.collect()),
        ));
    }
    found
}

fn option_of(plan: &Plan, question: usize, option: usize) -> String {
    let asked = plan.questions.get(question);
    let choice = asked.and_then(|asked| match &asked.question.kind {
        Kind::Choice(choices) | Kind::Choices(choices) => choices.get(option),
        _ => None,
    });
    choice.map_or_else(String::new, |choice| choice.id.clone())
}

/// `at least` as `over`, and back: the bound itself changes sides.
fn over(least: Decimal) -> Decimal {
    if least.to_string().len() > least.next_down().to_string().len() {
        least.next_down()
    } else {
        least.next_up()
    }
}

/// `at most` as `under`, and back.
fn under(most: Decimal) -> Decimal {
    if most.to_string().len() > most.next_up().to_string().len() {
        most.next_up()
    } else {
        most.next_down()
    }
}

/// The first medicine struck from each group that rules read.
fn members(pack: &Pack, plan: &Plan, changes: &mut Vec<Change>) {
    let mut tests: Vec<&Test> = Vec::new();
    plan.rules
        .iter()
        .for_each(|rule| rule.when.tests(&mut tests));
    for (number, group) in pack.groups.iter().enumerate() {
        let read = tests
            .iter()
            .any(|test| matches!(&test.check, Check::Takes(groups) if groups.contains(&number)));
        for member in group.members.iter().take(1).filter(|_| read) {
            let name = member.name.value.clone();
            changes.push(Change {
                what: format!("{}: without `{name}`", group.id.value),
                changed: Changed::Member(number, name),
            });
        }
    }
}
