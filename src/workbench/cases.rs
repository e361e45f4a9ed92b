//! The clinic's worked patients: expected against actual.

use std::collections::BTreeSet;

use crate::engine::assess::{Assessment, assess};
use crate::engine::finding::Standing;
use crate::engine::plan::{Case, Plan, Promise};

/// A case that does not hold, and every way in which it does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The case's name.
    pub name: String,
    /// Where it stands: file and line.
    pub at: String,
    /// What was expected and what came out, a line each.
    pub differences: Vec<Difference>,
}

/// One expectation that was not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which expectation.
    pub of: &'static str,
    /// What the case expects.
    pub expected: String,
    /// What came out.
    pub actual: String,
}

/// Runs one case; nothing when it holds.
#[must_use]
pub fn run(plan: &Plan, case: &Case) -> Option<Failure> {
    let seen = assess(plan, &case.answers, case.as_of);
    let differences = differences(plan, case, &seen);
    (!differences.is_empty()).then(|| Failure {
        name: case.name.clone(),
        at: case.at.clone(),
        differences,
    })
}

fn differences(plan: &Plan, case: &Case, seen: &Assessment) -> Vec<Difference> {
    let expect = &case.expect;
    let mut found = Vec::new();
    let mut compare = |of: &'static str, expected: Option<String>, actual: String| {
        if let Some(expected) = expected.filter(|expected| *expected != actual) {
            found.push(Difference {
                of,
                expected,
                actual,
            });
        }
    };
    let list = |ids: &[String]| {
        if ids.is_empty() {
            "nothing".to_owned()
        } else {
            ids.join(", ")
        }
    };
    let sorted = |ids: &[String]| {
        list(
            &ids.iter()
                .cloned()
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect::<Vec<_>>(),
        )
    };
    let questions = |numbers: &[usize]| {
        let ids = numbers
            .iter()
            .filter_map(|number| plan.questions.get(*number));
        list(
            &ids.map(|asked| asked.question.id.clone())
                .collect::<Vec<_>>(),
        )
    };
    let day = |day: Option<crate::engine::date::Date>| {
        day.map_or("never".to_owned(), |day| day.to_string())
    };
    let applying = seen
        .findings
        .iter()
        .filter(|finding| finding.standing == Standing::Applies);
    let applying = applying
        .filter_map(|finding| plan.rules.get(finding.rule))
        .map(|rule| rule.id.clone());
    let steps = |steps: &[(crate::engine::date::Date, crate::engine::verdict::Verdict)]| {
        let steps = steps
            .iter()
            .map(|(from, verdict)| format!("{from} {}", verdict.word()));
        steps.collect::<Vec<_>>().join(", ")
    };

    let verdict = expect
        .verdict
        .filter(|promise| !promise.keeps(seen.verdict));
    compare(
        "verdict",
        verdict.map(Promise::words),
        seen.verdict.word().to_owned(),
    );
    compare(
        "because",
        expect.because.as_deref().map(sorted),
        sorted(&applying.collect::<Vec<_>>()),
    );
    compare(
        "undecided",
        expect.undecided.as_deref().map(list),
        questions(&seen.undecided),
    );
    compare(
        "eligible_from",
        expect.eligible_from.map(day),
        day(seen.eligible_from),
    );
    compare(
        "timeline",
        expect.timeline.as_deref().map(steps),
        steps(&seen.timeline),
    );
    let range = |(best, worst): (
        crate::engine::verdict::Verdict,
        crate::engine::verdict::Verdict,
    )| { format!("{} to {}", best.word(), worst.word()) };
    compare(
        "range",
        expect.range.map(range),
        range((seen.outlook.best, seen.outlook.worst)),
    );
    compare(
        "ask_next",
        expect.ask_next.as_deref().map(list),
        questions(&seen.outlook.ask_next),
    );
    found
}
