//! Finds rules that may have a joint effect, although each of them is undecided.
//!
//! This is for evaluating many patients at once: any other undecided rule never leads to more than it counts for.

use crate::answer::{Mark, Value};
use crate::condition::{Check, Condition, Test};
use crate::plan::{Asked, Plan, Rule};
use crate::question::Kind;
use crate::truth::Truth;

use super::values::values;

/// A test, and whether it makes the rule more likely to apply.
type Signed<'a> = (&'a Test, bool);

/// The indices of such rules, grouped if they read a common question.
///
/// Only rules that may be undecided and then count for less than their own grade are included. A group is left
/// out if there is always a way out: one way of answering every question that prevents all its rules from
/// applying, whatever else is known.
#[must_use]
pub fn groups(plan: &Plan) -> Vec<Vec<usize>> {
    let mut groups: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
    for (number, rule) in plan.rules.iter().enumerate() {
        if !forms(rule).any(|form| form.grade > form.if_unsure) {
            continue;
        }
        let mut rules = vec![number];
        let mut read = Vec::new();
        for form in forms(rule) {
            questions(plan, &form.when, &mut read);
        }
        let shares = |(_, others): &(_, Vec<usize>)| others.iter().any(|one| read.contains(one));
        let (sharing, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(shares);
        for (others, questions) in sharing {
            rules.extend(others);
            read.extend(questions);
        }
        rules.sort_unstable();
        groups = apart;
        groups.push((rules, read));
    }
    let numbers = groups.into_iter().map(|(rules, _)| rules);
    numbers.filter(|rules| !has_way_out(plan, rules)).collect()
}

/// All forms of a rule: the rule itself, and its forms while relaxations are active.
fn forms(rule: &Rule) -> impl Iterator<Item = &Rule> {
    let aside = rule.set_aside.iter().flat_map(|aside| &aside.forms);
    aside.filter_map(|form| form.rule.as_ref()).chain([rule])
}

/// All questions that `condition` reads, and those that decide whether they are asked.
pub fn questions(plan: &Plan, condition: &Condition, found: &mut Vec<usize>) {
    for question in condition.questions() {
        if found.contains(&question) {
            continue;
        }
        found.push(question);
        let asked = plan.questions.get(question);
        if let Some(gate) = asked.and_then(|asked| asked.gate.as_ref()) {
            questions(plan, gate, found);
        }
    }
}

/// Whether one answer for each question makes every undecided test count against the rules.
fn has_way_out(plan: &Plan, rules: &[usize]) -> bool {
    let mut tests: Vec<Signed<'_>> = Vec::new();
    let rules = rules.iter().filter_map(|number| plan.rules.get(*number));
    for form in rules.flat_map(forms) {
        signed(&form.when, true, &mut tests);
    }
    plan.questions.iter().enumerate().all(|(number, asked)| {
        let own = tests.iter().filter(|(test, _)| test.question == number);
        let own: Vec<Signed<'_>> = own.copied().collect();
        own.is_empty() || way_out(asked, &own)
    })
}

fn signed<'a>(condition: &'a Condition, upright: bool, found: &mut Vec<Signed<'a>>) {
    match condition {
        Condition::Test(test) => found.push((test, upright)),
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                signed(part, upright, found);
            }
        }
        Condition::None(parts) => {
            for part in parts {
                signed(part, !upright, found);
            }
        }
        Condition::Not(part) => signed(part, !upright, found),
    }
}

/// Whether one answer turns all these tests of one question against the rules that read them. If the answer may
/// be partly known, there must be such an answer for each part.
fn way_out(asked: &Asked, tests: &[Signed<'_>]) -> bool {
    let all = |upright: bool| tests.iter().all(|(_, own)| *own == upright);
    // If the question may turn out not to be asked, every test is no.
    if asked.gate.is_some() && !all(true) {
        return false;
    }
    let against = |value: &Value| {
        tests.iter().all(|(test, upright)| {
            // The day does not matter for these kinds.
            let truth = test
                .check
                .of_value(value, Truth::Unknown, crate::date::Date::EARLIEST);
            truth == if *upright { Truth::No } else { Truth::Yes }
        })
    };
    match &asked.question.kind {
        kind @ (Kind::YesNo | Kind::Choice(_) | Kind::Number(_)) => {
            let checks: Vec<&Check> = tests.iter().map(|(test, _)| &test.check).collect();
            values(kind, &checks, Vec::new).iter().any(against)
        }
        // All other options of an exhaustive question may be denied already, so each option must be a way out.
        Kind::Choices(choices) if asked.question.exhaustive => {
            let alone = |left: usize| {
                let mut marks = vec![Mark::No; choices.len()];
                if let Some(mark) = marks.get_mut(left) {
                    *mark = Mark::Yes;
                }
                Value::Choices(marks)
            };
            all(true) && (0..choices.len()).all(|left| against(&alone(left)))
        }
        // Never, if no day is known. Of several possible days, the first or the last one is outside the only window.
        Kind::Event if asked.question.planned => {
            let mut periods: Vec<_> = tests
                .iter()
                .filter_map(|(test, _)| test.check.period())
                .collect();
            periods.dedup();
            all(true) && periods.len() < 2
        }
        // No option chosen, no medicine taken, the oldest possible day, or never.
        Kind::Choices(_) | Kind::Medicines | Kind::Date | Kind::Event | Kind::Course => all(true),
    }
}
