//! A short consult note, to paste into a patient's file: plain text, one line
//! for each thing, no drawing.

use crate::engine::finding::Standing;
use crate::engine::plan::Plan;

use super::replay::Overruled;
use super::sheet::{PRIVATE, Reason, Sheet, View};
use super::words;

/// The note. In the desk's view `sheet` and `overrides` hold nothing private.
#[must_use]
pub fn note(plan: &Plan, sheet: &Sheet<'_>, overrides: &[Overruled<'_>], view: View) -> String {
    let mut lines = vec![format!(
        "{}: pre-screening for {}.",
        plan.header.title,
        words::day(&sheet.as_of)
    )];
    let from = sheet.eligible_from.as_deref().map_or(String::new(), |day| {
        format!("; from {}, if nothing else changes", words::day(day))
    });
    let computed = if overrides.iter().any(|one| one.in_force) {
        "Computed verdict"
    } else {
        "Verdict"
    };
    let verdict = sheet.verdict.replace('-', " ");
    lines.push(format!("{computed}: {verdict}{from}."));
    if sheet.range.best != sheet.range.worst {
        lines.push(format!(
            "Not settled: anything from {} to {}.",
            sheet.range.best.replace('-', " "),
            sheet.range.worst.replace('-', " ")
        ));
    }
    lines.extend(
        overrides
            .iter()
            .filter(|one| one.in_force)
            .map(|one| overruled(one)),
    );
    let applies = || {
        let findings = sheet.findings.iter();
        findings.filter(|reason| reason.state == Standing::Applies.word())
    };
    lines.extend(applies().map(|reason| finding(reason, view)));
    if sheet.findings.is_empty() {
        lines.push("No findings.".to_owned());
    }
    let open = sheet.findings.len() - applies().count();
    if open > 0 {
        lines.push(format!(
            "{} undecided, for want of: {}.",
            words::count(open, "rule"),
            sheet.undecided.join(", ")
        ));
    }
    if !sheet.ask_next.is_empty() {
        lines.push(format!("Would settle it: {}.", sheet.ask_next.join(", ")));
    }
    for one in &sheet.unrecognised_medicines {
        lines.push(format!("Medicine not recognised: {}.", one.typed));
    }
    for one in &sheet.contradictions {
        lines.push(format!("Contradiction: {} was answered.", one.question));
    }
    for doubt in &sheet.doubts {
        lines.push(format!("Ask again: {doubt}."));
    }
    let mut advice: Vec<&str> = Vec::new();
    for words in applies().flat_map(|reason| &reason.advice) {
        if !advice.contains(words) {
            advice.push(words);
        }
    }
    lines.extend(advice.into_iter().map(|words| format!("Advice: {words}")));
    lines.push(decided_by(sheet));
    let mut text = String::new();
    for line in lines {
        // One line for each thing, whatever somebody typed.
        text.extend(line.chars().map(|c| if c.is_control() { ' ' } else { c }));
        text.push('\n');
    }
    text
}

fn decided_by(sheet: &Sheet<'_>) -> String {
    let draft = if sheet.pack.status == "draft" {
        ", a draft"
    } else {
        ""
    };
    let fingerprint = sheet.pack.fingerprint;
    format!(
        "Rules {} {} ({}){draft}; {}. A pre-screening and no diagnosis.",
        sheet.pack.id,
        sheet.pack.version,
        fingerprint.get(..12).unwrap_or(fingerprint),
        sheet.tool
    )
}

fn overruled(one: &Overruled<'_>) -> String {
    let until = one
        .until
        .map_or(String::new(), |day| format!(" until {}", words::day(day)));
    let reason = one
        .reason_text
        .map_or(String::new(), |text| format!(" {text}"));
    let comment = one.comment.map_or(String::new(), |text| format!(" {text}"));
    format!(
        "Overruled by {} on {}: {}{until}.{reason}{comment}",
        one.by,
        words::day(one.on),
        one.verdict.replace('-', " ")
    )
}

/// One finding on one line: what, how it stands, on which answers, until when.
fn finding(reason: &Reason<'_>, view: View) -> String {
    if reason.rule == PRIVATE {
        return format!("- a reason kept for the dermatologist ({})", reason.grade);
    }
    let name = match view {
        View::Desk => words::heading(reason.rule),
        View::Clinician => reason.rule.to_owned(),
    };
    let answers: Vec<String> = reason
        .because
        .iter()
        .map(|because| format!("{}: {}", because.question, because.answer))
        .collect();
    let answers = if answers.is_empty() {
        String::new()
    } else {
        format!(": {}", answers.join(", "))
    };
    let until = reason.until.as_deref();
    let until = until.map_or(String::new(), |day| format!("; until {}", words::day(day)));
    let clears = reason.clears;
    let clears = clears.map_or(String::new(), |clears| format!("; {clears}"));
    format!(
        "- {name} ({}, {}){answers}{until}{clears}",
        reason.grade, reason.state
    )
}
