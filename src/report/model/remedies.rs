//! The ways to end a finding: time, an action, an answer, or none.

use candidacy_engine::answer::{Course, Reply, Value};
use candidacy_engine::assess::as_read;
use candidacy_engine::condition::{Check, Test};
use candidacy_engine::date::Date;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::finding::{Finding, Standing};
use candidacy_engine::plan::Rule;
use candidacy_engine::truth::Truth;

use super::Way;
use crate::report::phrases::heading;

/// All ways in which `finding` may end. What the rule states comes first. If it states nothing, the
/// answers that can change are listed.
pub fn ways(patient: &Patient<'_>, finding: &Finding, rule: &Rule, day: Date) -> Vec<Way> {
    let mut ways: Vec<Way> = Vec::new();
    ways.extend(finding.until.map(Way::Time));
    ways.extend(rule.clears.clone().map(Way::Action));
    if finding.standing == Standing::Undecided && !finding.whichever {
        ways.push(Way::Answer);
    }
    if ways.is_empty() && !finding.whichever {
        ways.extend(changeable(patient, rule, day).into_iter().map(Way::Action));
    }
    if ways.is_empty() {
        ways.push(Way::Nothing);
    }
    ways
}

/// The changes to the answers that would end the finding; empty if they cannot end it.
fn changeable(patient: &Patient<'_>, rule: &Rule, day: Date) -> Vec<String> {
    let mut tests = Vec::new();
    rule.when
        .support(&mut |test| patient.test(test, day), &mut tests);
    let turned = rule.when.evaluate(&mut |test| {
        let truth = patient.test(test, day);
        let turns = tests.contains(&test) && change(patient, test).is_some();
        if turns { !truth } else { truth }
    });
    if turned == Truth::Yes {
        return Vec::new();
    }
    let mut changes: Vec<String> = Vec::new();
    for change in tests.into_iter().filter_map(|test| change(patient, test)) {
        if !changes.contains(&change) {
            changes.push(change);
        }
    }
    changes
}

/// How the answer that a sentence reads can change; none if it is about the past or cannot change.
fn change(patient: &Patient<'_>, test: &Test) -> Option<String> {
    let asked = patient.plan.questions.get(test.question)?;
    let name = heading(&asked.question.id).to_lowercase();
    let reply = patient.reply(test.question);
    let ongoing = matches!(reply, Reply::Given(Value::Course(Course::Ongoing)));
    match &test.check {
        Check::Ongoing if ongoing => Some(format!("once {name} has ended")),
        Check::OngoingOrEndedWithin(period) if ongoing => {
            Some(format!("once {name} ended {period} ago"))
        }
        Check::Between(..) => Some(format!(
            "another {name} than {}",
            reply.in_full(&asked.question)
        )),
        Check::Takes(_) | Check::TakesUnrecognised => Some(format!(
            "if the prescriber changes {}",
            as_read(patient, test).in_full
        )),
        _ => None,
    }
}
