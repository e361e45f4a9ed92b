//! A short consult note to paste into a patient's file: plain text, one line per item.

use candidacy_engine::pack::short_fingerprint;
use candidacy_engine::plan::{Header, Plan};

use super::document::{Document, paragraph, points};
use super::model::{PRIVATE, Reason, Report, View};
use super::phrases;
use super::replay::Overruled;

/// The note. For the desk, `sheet` and `overrides` must not contain anything private.
#[must_use]
pub fn document(
    plan: &Plan,
    sheet: &Report<'_>,
    overrides: &[Overruled<'_>],
    view: View,
) -> Document {
    let in_force = overrides.iter().find(|one| one.in_force);
    let title = &plan.header.title;
    let day = sheet.as_of.in_words();
    let mut before = vec![format!("{title}: pre-screening for {day}.")];
    before.extend(verdict(plan, sheet, in_force.is_some()));
    before.extend(in_force.map(overruled));
    let applies: Vec<&Reason<'_>> = sheet.reasons().collect();
    let findings = applies.iter().map(|reason| finding(reason, view));
    let mut lines = Vec::new();
    if sheet.findings.is_empty() {
        lines.push("No findings.".to_owned());
    }
    lines.extend(open(sheet, sheet.findings.len() - applies.len()));
    let mut advice: Vec<&str> = Vec::new();
    for words in applies.iter().flat_map(|reason| &reason.advice) {
        if !advice.contains(words) {
            advice.push(words);
        }
    }
    lines.extend(advice.into_iter().map(|words| format!("Advice: {words}")));
    lines.push(decided_by(plan, sheet));
    let paragraphs = |lines: Vec<String>| lines.into_iter().map(paragraph);
    let blocks = paragraphs(before).chain([points(findings)]);
    Document {
        blocks: blocks.chain(paragraphs(lines)).collect(),
        ..Document::default()
    }
}

/// The computed verdict, its day, and its range if it is not settled.
fn verdict(plan: &Plan, sheet: &Report<'_>, overruled: bool) -> Vec<String> {
    let when = phrases::may_go_ahead(sheet, "").map_or(String::new(), |when| {
        format!("; {when}, if nothing else changes")
    });
    let lead = if overruled {
        "Computed verdict"
    } else {
        "Verdict"
    };
    let mut lines = vec![format!(
        "{lead}: {}{when}.",
        phrases::verdict(sheet.verdict)
    )];
    if sheet.range.best != sheet.range.worst {
        lines.push(phrases::not_settled(sheet));
    }
    lines.extend(phrases::whichever(plan, sheet));
    lines.extend(sheet.relaxed.iter().map(phrases::relies));
    lines
}

/// What is unknown, not recognised or contradictory.
fn open(sheet: &Report<'_>, undecided: usize) -> Vec<String> {
    let mut lines = Vec::new();
    if undecided > 0 {
        let rules = phrases::count(undecided, "rule");
        let (vague, missing): (Vec<&str>, Vec<&str>) =
            (sheet.undecided.iter()).partition(|id| sheet.closer_date.contains(id));
        lines.push(format!("{rules} undecided."));
        for (label, ids) in [
            ("Not known", missing),
            ("A more exact date is needed", vague),
        ] {
            if !ids.is_empty() {
                lines.push(format!("{label}: {}.", phrases::headings(&ids)));
            }
        }
    }
    if !sheet.ask_next.is_empty() {
        let questions = phrases::headings(&sheet.ask_next);
        lines.push(format!("These answers would settle it: {questions}."));
    }
    let medicines = sheet.unrecognised_medicines.iter();
    lines.extend(medicines.map(|one| {
        let near = one.did_you_mean.as_ref();
        let near = near.map_or(String::new(), |name| format!(" ({name}?)"));
        format!("Medicine not recognised: {}{near}.", one.typed)
    }));
    let contradictions = sheet.contradictions.iter();
    lines.extend(contradictions.map(|one| {
        let name = phrases::heading(one.question);
        format!("Contradiction: {name} was answered.")
    }));
    let doubts = sheet.doubts.iter();
    lines.extend(doubts.map(|doubt| format!("Ask again: {doubt}.")));
    lines
}

fn decided_by(plan: &Plan, sheet: &Report<'_>) -> String {
    let reviewed = |pack: &Header| match pack.review {
        Some(_) => phrases::reviewed(pack),
        None => "a draft".to_owned(),
    };
    let under = plan.packs.iter().skip(1);
    let under: Vec<String> = under
        .map(|pack| format!(", over {} {}, {}", pack.id, pack.version, reviewed(pack)))
        .collect();
    let under = under.concat();
    format!(
        "Rules {} {} ({}), {}{under}; {}. A pre-screening, not a diagnosis.",
        sheet.pack.id,
        sheet.pack.version,
        short_fingerprint(sheet.pack.fingerprint),
        reviewed(&plan.header),
        sheet.tool
    )
}

fn overruled(one: &Overruled<'_>) -> String {
    let until = phrases::until(one.until);
    let reason = one
        .reason_text
        .map_or(String::new(), |text| format!(" {text}"));
    let comment = one.comment.map_or(String::new(), |text| format!(" {text}"));
    format!(
        "Overruled by {} on {}: {}{until}.{reason}{comment}",
        one.by,
        one.on.in_words(),
        phrases::verdict(one.verdict)
    )
}

/// One finding on one line: its name, whether it applies, the answers it relies on, and its end.
fn finding(reason: &Reason<'_>, view: View) -> String {
    if reason.rule == PRIVATE {
        return format!(
            "a reason kept for the dermatologist ({})",
            reason.grade.word()
        );
    }
    let name = match view {
        View::Desk => reason.title.to_string(),
        View::Clinician => reason.rule.to_owned(),
    };
    let answers = reason.because.iter();
    let answers: Vec<&str> = answers.map(|one| one.in_words.as_str()).collect();
    let answers = if answers.is_empty() {
        String::new()
    } else {
        format!(": {}", answers.join(", "))
    };
    let until = reason.until;
    let until = until.map_or(String::new(), |day| format!("; until {}", day.in_words()));
    let clears = reason.clears;
    let clears = clears.map_or(String::new(), |clears| format!("; {clears}"));
    format!(
        "{name} ({}, {}){answers}{until}{clears}",
        reason.grade.word(),
        reason.state.word()
    )
}
