//! Runs the clinic's cases: compares expected and actual results.

use std::collections::BTreeSet;

use candidacy_engine::assess::{Assessment, assess};
use candidacy_engine::date::Date;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::finding::Standing;
use candidacy_engine::plan::{Case, Plan, Promise};
use candidacy_engine::truth::Truth;
use candidacy_engine::verdict::Verdict;

/// A failed case with all its differences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The case's name.
    pub name: String,
    /// Its place: file and line.
    pub at: String,
    /// The expected and actual results, one entry each.
    pub differences: Vec<Difference>,
}

/// One expectation that was not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The kind of expectation.
    pub of: &'static str,
    /// What the case expects.
    pub expected: String,
    /// The actual result.
    pub actual: String,
}

impl Difference {
    /// The difference on one line.
    #[must_use]
    pub fn in_words(&self) -> String {
        let Self {
            of,
            expected,
            actual,
        } = self;
        format!("{of}: expected {expected}, came out {actual}")
    }
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

/// Whether a case expects more than a verdict and the rules that apply.
#[must_use]
pub fn expects_more(case: &Case) -> bool {
    let expect = &case.expect;
    expect.undecided.is_some()
        || expect.eligible_from.is_some()
        || expect.timeline.is_some()
        || expect.range.is_some()
        || expect.ask_next.is_some()
}

/// Whether the verdict and the rules that apply are as expected. This is much faster than a whole
/// [`run`].
#[must_use]
pub fn nearly_holds(plan: &Plan, case: &Case) -> bool {
    let patient = Patient::new(plan, &case.answers, case.as_of);
    let verdict = case.expect.verdict;
    let because = case.expect.because.as_ref().is_none_or(|ids| {
        let mut rules = plan.rules.iter();
        rules.all(|rule| {
            let applies = patient.rule(rule, case.as_of) == Truth::Yes;
            applies == ids.contains(&rule.id)
        })
    });
    because && verdict.is_none_or(|promise| promise.keeps(patient.verdict(case.as_of)))
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
    let questions = |numbers: &[usize]| {
        let asked = numbers
            .iter()
            .filter_map(|number| plan.questions.get(*number));
        let ids: Vec<String> = asked.map(|asked| asked.question.id.clone()).collect();
        list(&ids)
    };
    let applying = seen
        .findings
        .iter()
        .filter(|finding| finding.standing == Standing::Applies);
    let applying = applying
        .filter_map(|finding| plan.rules.get(finding.rule))
        .map(|rule| rule.id.clone());
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
    compare(
        "range",
        expect.range.map(range),
        range((seen.range.best, seen.range.worst)),
    );
    compare(
        "ask_next",
        expect.ask_next.as_deref().map(list),
        questions(&seen.range.ask_next),
    );
    found
}

fn list(ids: &[String]) -> String {
    if ids.is_empty() {
        "nothing".to_owned()
    } else {
        ids.join(", ")
    }
}

fn sorted(ids: &[String]) -> String {
    let ids: BTreeSet<String> = ids.iter().cloned().collect();
    list(&ids.into_iter().collect::<Vec<_>>())
}

fn day(day: Option<Date>) -> String {
    day.map_or("never".to_owned(), |day| day.to_string())
}

fn steps(steps: &[(Date, Verdict)]) -> String {
    let steps = steps
        .iter()
        .map(|(from, verdict)| format!("{from} {}", verdict.word()));
    steps.collect::<Vec<_>>().join(", ")
}

fn range((best, worst): (Verdict, Verdict)) -> String {
    format!("{} to {}", best.word(), worst.word())
}

#[cfg(test)]
mod tests {
    use super::{expects_more, nearly_holds, run};
    use candidacy_engine::verdict::{Promise, Verdict};

    /// The quick check agrees with the full run, for correct and for wrong expectations.
    #[test]
    fn the_quick_look_agrees_with_the_whole_run() {
        let plan = crate::load::compiled(crate::load::built_in_with_cases()).expect("a plan");
        for case in &plan.cases {
            assert!(nearly_holds(&plan, case), "{}", case.name);
            let mut other = case.clone();
            other.expect.verdict = Some(Promise::Exactly(Verdict::Deferred));
            other.expect.because = Some(vec!["keloid".to_owned()]);
            if !expects_more(case) {
                assert_eq!(nearly_holds(&plan, &other), run(&plan, &other).is_none());
            }
        }
    }
}
