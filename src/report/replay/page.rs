//! A replay as a document: whether it holds, overrides, changes, and the report.

use crate::report::document::{Block, Document, heading, paragraph, points};
use crate::report::phrases;
use crate::report::record::changes::{Change, Part};
use crate::report::style::Role;

use super::{Overruled, ReplayReport};

/// The document: the replay first, then the report, which must be made for the same view.
#[must_use]
pub fn document(told: &ReplayReport<'_>, report: Document) -> Document {
    let mut blocks = Vec::new();
    compared(told, &mut blocks);
    for one in told.overrides.iter().rev() {
        overruled(one, &mut blocks);
    }
    if !told.left_blank.is_empty() {
        blocks.push(heading("Answers these rules do not take"));
        blocks.push(points(told.left_blank.iter().map(|one| match &one.why {
            Some(why) => format!("{}: {why}. It was left blank.", one.question),
            None => "An answer was left blank.".to_owned(),
        })));
    }
    if !told.same_rules {
        blocks.push(heading("Changed by the rules"));
        blocks.push(changes(&told.by_rules));
    } else if !told.by_rules.is_empty() {
        blocks.push(heading("What has changed"));
        blocks.push(changes(&told.by_rules));
    }
    if !told.same_day {
        blocks.push(heading(format!(
            "Changed by the day, {} instead of {}",
            told.report.as_of.in_words(),
            told.recorded.as_of.in_words()
        )));
        blocks.push(changes(&told.by_day));
    }
    blocks.push(heading("The report as it is computed"));
    blocks.extend(report.head);
    blocks.extend(report.blocks);
    // Repeats the override at the end of a long report.
    let in_force = told.overrides.iter().find(|one| one.in_force);
    blocks.extend(in_force.map(|one| Block::Last(one.verdict, title(one))));
    Document {
        head: vec![holds(told)],
        blocks,
        ..report
    }
}

/// The first line: whether the record still holds.
fn holds(told: &ReplayReport<'_>) -> Block {
    let with = match (told.same_rules, told.same_day) {
        (true, true) => "the same rules and the same day give",
        (false, true) => "other rules give",
        (true, false) => "another day gives",
        (false, false) => "other rules and another day give",
    };
    let words = match (told.holds, told.identical) {
        (Some(false), _) => {
            "This record cannot be reproduced: its own rules and day give another result."
                .to_owned()
        }
        (_, true) if told.same_rules && told.same_day => {
            format!("This record is reproduced: {with} the same result, bit for bit.")
        }
        (_, true) => format!("Nothing changed: {with} the same result."),
        (_, false) if told.report.verdict == told.recorded.verdict && nothing_to_tell(told) => {
            format!("Derived again: {with} the same verdict.")
        }
        (_, false) if told.report.verdict == told.recorded.verdict => {
            format!("Derived again: {with} the same verdict, but not the same findings.")
        }
        (_, false) => format!("Derived again: {with} another verdict."),
    };
    let role = match told.holds {
        Some(false) => Role::Wrong,
        _ => Role::Right,
    };
    Block::Title(role, words)
}

/// Whether there is a difference, such as a day in the timeline, but no change that this reader may
/// see.
fn nothing_to_tell(told: &ReplayReport<'_>) -> bool {
    told.by_rules.is_empty() && told.by_day.is_empty() && told.left_blank.is_empty()
}

/// Names the two results that are compared.
fn compared(told: &ReplayReport<'_>, blocks: &mut Vec<Block>) {
    let recorded = &told.recorded;
    blocks.push(paragraph(format!(
        "Recorded on {} by {}.",
        recorded.recorded_on.in_words(),
        recorded.tool
    )));
    blocks.push(paragraph(format!(
        "Then, for {}, by {} {} ({}): {}.",
        recorded.as_of.in_words(),
        recorded.pack.id,
        recorded.pack.version,
        short(&recorded.pack.fingerprint),
        phrases::verdict(recorded.verdict),
    )));
    let pack = &told.report.pack;
    if !(told.same_rules && told.same_day && told.identical) {
        blocks.push(paragraph(format!(
            "Now, for {}, by {} {} ({}): {}.",
            told.report.as_of.in_words(),
            pack.id,
            pack.version,
            short(pack.fingerprint),
            phrases::verdict(told.report.verdict),
        )));
    }
    if pack.id != recorded.pack.id {
        blocks.push(paragraph(format!(
            "These are the rules `{}`, but the record was decided by `{}`: name those with --rules.",
            pack.id, recorded.pack.id
        )));
    }
}

/// The first words about an override.
fn title(one: &Overruled<'_>) -> String {
    let until = phrases::until(one.until);
    let lead = if one.in_force {
        "Overruled"
    } else {
        "Overruled before"
    };
    let verdict = phrases::verdict(one.verdict);
    format!("{lead} by {}: {verdict}{until}", one.by)
}

/// An override; the computed verdict is always shown with it.
fn overruled(one: &Overruled<'_>, blocks: &mut Vec<Block>) {
    let title = title(one);
    blocks.push(Block::Heading {
        role: if one.in_force {
            Role::Verdict(one.verdict)
        } else {
            Role::Heading
        },
        id: String::new(),
        title,
    });
    match (one.reason, one.reason_text) {
        (Some(reason), Some(text)) => blocks.push(paragraph(format!("Reason: {text} ({reason})"))),
        _ => blocks.push(paragraph(
            "The reason is kept for the dermatologist.".to_owned(),
        )),
    }
    if let Some(comment) = one.comment {
        blocks.push(paragraph(format!("Comment: {comment}")));
    }
    blocks.push(paragraph(format!(
        "Decided on {}; computed was {}.",
        one.on.in_words(),
        phrases::verdict(one.computed)
    )));
}

fn changes(changes: &[Change]) -> Block {
    if changes.is_empty() {
        return paragraph("Nothing.");
    }
    points(changes.iter().map(in_words))
}

fn in_words(change: &Change) -> String {
    let rule = change.rule.as_deref().unwrap_or_default();
    let said = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
    let because = |lead: &str| {
        let why = change.why.as_deref();
        why.map_or(String::new(), |why| format!("{lead}{why}"))
    };
    let detail = |text: &Option<String>| {
        text.as_deref()
            .map_or(String::new(), |text| format!(" ({text})"))
    };
    let list = |name: &str| {
        let part = |lead: &str, list: &Option<String>| {
            let list = list.as_deref();
            list.map(|list| format!("{lead} {list}"))
        };
        let parts = [part("now also", &change.is), part("no longer", &change.was)];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        format!("{name}: {}", parts.join("; "))
    };
    let pair = |name: &str| format!("{name}: {}; was: {}", said(&change.is), said(&change.was));
    match change.what {
        Part::Lost => format!("no longer: {rule}{}{}", detail(&change.was), because(", ")),
        Part::Gained => format!("new: {rule}{}{}", detail(&change.is), because(", because ")),
        Part::Changed if change.was.is_none() => format!("changed: {rule}"),
        Part::Changed => pair(&format!("changed: {rule}")),
        Part::Undecided => list("undecided"),
        Part::Contradictions => list("contradictions"),
        Part::Doubts => list("doubts"),
        Part::UnrecognisedMedicines => list("unrecognised medicines"),
        Part::Verdict => pair("verdict"),
        Part::EligibleFrom => pair("eligible from"),
        Part::Timeline => pair("timeline"),
        Part::Range => pair("range"),
        Part::Relaxed => pair("relaxed"),
    }
}

/// The beginning of a fingerprint, long enough to distinguish two of them.
fn short(fingerprint: &str) -> &str {
    fingerprint.get(..12).unwrap_or(fingerprint)
}
