//! The differences between two outcomes of the same answers, and their causes.

use serde::Serialize;

use crate::report::model::{PRIVATE, View};
use candidacy_engine::plan::Plan;

use super::{Finding, Outcome};

/// The part of an outcome that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The verdict.
    Verdict,
    /// The day from which treatment may go ahead.
    EligibleFrom,
    /// The verdict from each day on which it changes.
    Timeline,
    /// What complete answers could still have led to.
    Range,
    /// The active relaxations.
    Relaxed,
    /// The undecided questions.
    Undecided,
    /// Answers to questions that do not apply.
    Contradictions,
    /// Contradictory answers.
    Doubts,
    /// Medicines that are not in the pack.
    UnrecognisedMedicines,
    /// A finding that is new.
    Gained,
    /// A finding that is gone.
    Lost,
    /// A finding that is in both, but has changed.
    Changed,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What changed.
    pub what: Part,
    /// The rule of a finding; `private` in the desk's view of a private one.
    pub rule: Option<String>,
    /// The old value; for a list, what is no longer in it.
    pub was: Option<String>,
    /// The new value; for a list, what is new in it.
    pub is: Option<String>,
    /// The cause, if it is known.
    pub why: Option<String>,
}

/// What changed between two outcomes.
#[derive(Clone, Copy, Debug)]
pub enum Cause<'a> {
    /// The rules; the new ones are given.
    Rules(&'a Plan),
    /// The day of the treatment, under these rules.
    Day(&'a Plan),
    /// Neither: only the program has changed, or the file was edited.
    Nothing(&'a Plan),
}

impl Cause<'_> {
    fn plan(&self) -> &Plan {
        match self {
            Self::Rules(plan) | Self::Day(plan) | Self::Nothing(plan) => plan,
        }
    }
}

/// The differences between `was` and `is`, as `view` may see them.
#[must_use]
pub fn between(was: &Outcome, is: &Outcome, cause: Cause<'_>, view: View) -> Vec<Change> {
    let mut changes = verdicts(was, is, matches!(cause, Cause::Day(_)));
    if view == View::Clinician {
        changes.extend(lists(was, is));
    }
    findings(was, is, cause, view, &mut changes);
    changes
}

/// A change of anything except a finding.
fn differing(what: Part, was: Option<String>, is: Option<String>) -> Option<Change> {
    (was != is).then_some(Change {
        what,
        rule: None,
        was,
        is,
        why: None,
    })
}

/// Changes of the verdict and its days. If only the day has moved, just the beginning of the
/// timeline differs. The promised day may also have been reached.
fn verdicts(was: &Outcome, is: &Outcome, day_moved: bool) -> Vec<Change> {
    let verdict = |outcome: &Outcome| Some(outcome.verdict.word().to_owned());
    let day = is.timeline.first().map(|step| step.from);
    let come = was
        .eligible_from
        .is_some_and(|from| day.is_some_and(|day| from <= day));
    let steps = |outcome: &Outcome| {
        let steps = outcome.timeline.iter();
        let steps: Vec<_> = steps
            .map(|step| format!("{} {}", step.from, step.verdict.word()))
            .collect();
        Some(steps.join(", "))
    };
    let range = |outcome: &Outcome| {
        let range = &outcome.range;
        Some(format!("{} to {}", range.best.word(), range.worst.word()))
    };
    let settled = |outcome: &Outcome| outcome.range.best == outcome.range.worst;

    let mut changes = vec![differing(Part::Verdict, verdict(was), verdict(is))];
    if !(day_moved && come && is.eligible_from.is_none()) {
        let from = |outcome: &Outcome| outcome.eligible_from.map(|day| day.to_string());
        changes.push(differing(Part::EligibleFrom, from(was), from(is)));
    }
    if !day_moved {
        changes.push(differing(Part::Timeline, steps(was), steps(is)));
    }
    if !(settled(was) && settled(is)) {
        changes.push(differing(Part::Range, range(was), range(is)));
    }
    changes.into_iter().flatten().collect()
}

/// Changes of the lists that only the clinician may see.
fn lists(was: &Outcome, is: &Outcome) -> Vec<Change> {
    let lists = |outcome: &Outcome| {
        let relaxed = outcome.relaxed.iter();
        [
            relaxed
                .map(|one| format!("{} ({}, until {})", one.reason, one.owner, one.until))
                .collect(),
            outcome.undecided.clone(),
            outcome.contradictions.clone(),
            outcome.doubts.clone(),
            outcome.unrecognised_medicines.clone(),
        ]
    };
    let names = [
        Part::Relaxed,
        Part::Undecided,
        Part::Contradictions,
        Part::Doubts,
        Part::UnrecognisedMedicines,
    ];
    let pairs = lists(was).into_iter().zip(lists(is));
    names
        .into_iter()
        .zip(pairs)
        .filter_map(|(what, (was, is))| differing(what, without(&was, &is), without(&is, &was)))
        .collect()
}

/// The entries of `list` that are not in `other`.
fn without(list: &[String], other: &[String]) -> Option<String> {
    let only = list.iter().filter(|item| !other.contains(item));
    joined(&only.cloned().collect::<Vec<_>>())
}

/// A list whose order has no meaning, as one text.
fn joined(list: &[String]) -> Option<String> {
    let mut list = list.to_vec();
    list.sort_unstable();
    (!list.is_empty()).then(|| list.join(", "))
}

fn findings(was: &Outcome, is: &Outcome, cause: Cause<'_>, view: View, changes: &mut Vec<Change>) {
    let private = |rule: &str| {
        let kept = was.findings.iter().chain(&is.findings);
        let mut rules = cause.plan().rules.iter();
        kept.filter(|finding| finding.rule == rule)
            .any(|finding| finding.private)
            || rules.any(|known| known.id == rule && known.private)
    };
    let mut tell = |change: Change| {
        let hide = view == View::Desk && change.rule.as_deref().is_some_and(private);
        let change = if hide { hidden(change.what) } else { change };
        if !changes.contains(&change) {
            changes.push(change);
        }
    };
    for old in &was.findings {
        match is.findings.iter().find(|new| new.rule == old.rule) {
            None => tell(lost(old, is, cause)),
            Some(new) => changed(old, new).into_iter().for_each(&mut tell),
        }
    }
    for new in &is.findings {
        if !was.findings.iter().any(|old| old.rule == new.rule) {
            tell(gained(new));
        }
    }
}

/// A change about which the desk may only know that it exists.
fn hidden(what: Part) -> Change {
    Change {
        what,
        rule: Some(PRIVATE.to_owned()),
        was: None,
        is: None,
        why: None,
    }
}

fn lost(old: &Finding, is: &Outcome, cause: Cause<'_>) -> Change {
    let rule = cause.plan().rules.iter().find(|rule| rule.id == old.rule);
    let day = is.timeline.first().map(|step| step.from);
    let why = match (cause, old.until, rule) {
        (_, _, None) => "the rules no longer have it".to_owned(),
        (Cause::Day(_), Some(until), _) if day.is_some_and(|day| until <= day) => {
            format!("over since {}", until.in_words())
        }
        (Cause::Day(_), _, Some(_)) => "it does not apply on that day".to_owned(),
        (Cause::Rules(_), _, Some(_)) => {
            "the rule as it is now does not apply to these answers".to_owned()
        }
        (Cause::Nothing(_), _, Some(_)) => "it does not follow from these answers".to_owned(),
    };
    Change {
        what: Part::Lost,
        rule: Some(old.rule.clone()),
        was: Some(format!("{}, {}", old.grade.word(), old.state.word())),
        is: None,
        why: Some(why),
    }
}

fn gained(new: &Finding) -> Change {
    let because: Vec<String> = new
        .because
        .iter()
        .map(|because| format!("{}: {}", because.question, because.answer))
        .collect();
    let why = if because.is_empty() {
        new.why.clone()
    } else {
        format!("{}. {}", because.join(", "), new.why)
    };
    Change {
        what: Part::Gained,
        rule: Some(new.rule.clone()),
        was: None,
        is: Some(format!("{}, {}", new.grade.word(), new.state.word())),
        why: Some(why),
    }
}

/// How a finding in both outcomes has changed, one change for each part.
fn changed(old: &Finding, new: &Finding) -> Vec<Change> {
    let because = |finding: &Finding| {
        let parts = finding.because.iter();
        let mut parts: Vec<_> = parts
            .map(|b| format!("{}: {}", b.question, b.answer))
            .collect();
        parts.sort_unstable();
        parts.join(", ")
    };
    let standing = |finding: &Finding| {
        let counts = if finding.counts_as == finding.grade {
            String::new()
        } else {
            format!(", counts as {}", finding.counts_as.word())
        };
        let private = if finding.private { ", private" } else { "" };
        let (grade, state) = (finding.grade.word(), finding.state.word());
        format!("{grade}, {state}{counts}{private}")
    };
    let ends = |finding: &Finding| match (&finding.until, &finding.clears) {
        (Some(day), Some(clears)) => format!("ends {clears}; not before {day}"),
        (Some(day), None) => format!("ends {day}"),
        (None, Some(clears)) => format!("ends {clears}"),
        (None, None) => "nothing ends it".to_owned(),
    };
    let sources = |finding: &Finding| {
        let sources = joined(&finding.sources).unwrap_or_default();
        format!("sources {sources}")
    };
    let parts = [
        (standing(old), standing(new)),
        (because(old), because(new)),
        (ends(old), ends(new)),
        (old.why.clone(), new.why.clone()),
        (sources(old), sources(new)),
    ];
    let differing = parts.into_iter().filter(|(old, new)| old != new);
    differing
        .map(|(was, is)| Change {
            what: Part::Changed,
            rule: Some(old.rule.clone()),
            was: Some(was),
            is: Some(is),
            why: None,
        })
        .collect()
}
