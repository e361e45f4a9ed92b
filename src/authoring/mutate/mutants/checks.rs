//! Small mistakes in a single sentence.

use candidacy_engine::condition::{Check, Test};
use candidacy_engine::decimal::Decimal;
use candidacy_engine::plan::Plan;

/// Small mistakes in a check.
pub fn slips(plan: &Plan, test: &Test) -> Vec<(String, Check)> {
    let mut found = waits(&test.check);
    match &test.check {
        Check::Is(yes) => found.push(("yes and no swapped".to_owned(), Check::Is(!yes))),
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
                    format!("the lower bound {least} itself gets the opposite result"),
                    check,
                ));
            }
            if let Some(most) = most {
                let check = Check::Between(*least, Some(under(*most)));
                found.push((
                    format!("the upper bound {most} itself gets the opposite result"),
                    check,
                ));
            }
        }
        _ => {}
    }
    found
}

/// Periods longer and shorter by a day, and each half of a sentence with two periods.
fn waits(check: &Check) -> Vec<(String, Check)> {
    let mut found = Vec::new();
    let Some(wait) = check.period() else {
        if *check == Check::Ongoing {
            found.push(("`ever` instead".to_owned(), Check::Ever));
        }
        return found;
    };
    let with = |wait| {
        let mut other = check.clone();
        other.set_period(wait);
        other
    };
    for longer in [true, false] {
        if let Some(other) = wait.nudged(longer) {
            found.push((format!("{other} instead of {wait}"), with(other)));
        }
    }
    match check {
        Check::WithinBeforeOrAfter(_) => {
            found.push(("without `before or after`".to_owned(), Check::Within(wait)));
        }
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

/// Options or groups: without each one, if there are several, and with the next one.
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
    let choice = asked.and_then(|asked| asked.question.kind.choices().get(option));
    choice.map_or_else(String::new, |choice| choice.id.clone())
}

/// `at least` as `over`, and back: whether the bound itself is included changes.
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
