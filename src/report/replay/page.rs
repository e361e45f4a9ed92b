//! A replay as a document: whether it holds, overrides, changes, and the report.

use candidacy_engine::pack::short_fingerprint;

use crate::report::document::{Block, Document, heading, paragraph, points};
use crate::report::phrases;
use crate::report::record::changes::{Change, Part};
use crate::report::style::Role;

use super::{Overruled, ReplayReport};

/// The document: the replay first, then the report, which must be made for the same view.
#[must_use]
pub fn document(replayed: &ReplayReport<'_>, report: Document) -> Document {
    let mut blocks = Vec::new();
    compared(replayed, &mut blocks);
    for one in replayed.overrides.iter().rev() {
        overruled(one, &mut blocks);
    }
    if !replayed.left_blank.is_empty() {
        blocks.push(heading("Answers these rules do not take"));
        blocks.push(points(replayed.left_blank.iter().map(
            |one| match &one.why {
                Some(why) => format!("{}: {why}. It was left blank.", one.question),
                None => "An answer was left blank.".to_owned(),
            },
        )));
    }
    if !replayed.same_rules {
        blocks.push(heading("Changed by the rules"));
        blocks.push(changes(&replayed.by_rules));
    } else if !replayed.by_rules.is_empty() {
        blocks.push(heading("What has changed"));
        blocks.push(changes(&replayed.by_rules));
    }
    if !replayed.same_day {
        blocks.push(heading(format!(
            "Changed by the day, {} instead of {}",
            replayed.report.as_of.in_words(),
            replayed.recorded.as_of.in_words()
        )));
        blocks.push(changes(&replayed.by_day));
    }
    blocks.push(heading("The report as it is computed"));
    blocks.extend(report.head);
    blocks.extend(report.blocks);
    // Repeats the override at the end of a long report.
    let in_force = replayed.overrides.iter().find(|one| one.in_force);
    blocks.extend(in_force.map(|one| Block::Last(one.verdict, title(one))));
    Document {
        head: vec![holds(replayed)],
        blocks,
        ..report
    }
}

/// The first line: whether the record still holds.
fn holds(replayed: &ReplayReport<'_>) -> Block {
    let with = match (replayed.same_rules, replayed.same_day) {
        (true, true) => "the same rules and the same day give",
        (false, true) => "other rules give",
        (true, false) => "another day gives",
        (false, false) => "other rules and another day give",
    };
    let words = match (replayed.holds, replayed.identical) {
        (Some(false), _) => {
            "This record cannot be reproduced: its own rules and day give another result."
                .to_owned()
        }
        (_, true) if replayed.same_rules && replayed.same_day => {
            format!("This record is reproduced: {with} the same result, bit for bit.")
        }
        (_, true) => format!("Nothing changed: {with} the same result."),
        (_, false)
            if replayed.report.verdict == replayed.recorded.verdict
                && nothing_to_tell(replayed) =>
        {
            format!("Derived again: {with} the same verdict.")
        }
        (_, false) if replayed.report.verdict == replayed.recorded.verdict => {
            format!("Derived again: {with} the same verdict, but not the same findings.")
        }
        (_, false) => format!("Derived again: {with} another verdict."),
    };
    let role = match replayed.holds {
        Some(false) => Role::Wrong,
        _ => Role::Right,
    };
    Block::Title(role, words)
}

/// Whether there is a difference, such as a day in the timeline, but no change that this reader may
/// see.
fn nothing_to_tell(replayed: &ReplayReport<'_>) -> bool {
    replayed.by_rules.is_empty() && replayed.by_day.is_empty() && replayed.left_blank.is_empty()
}

/// Names the two results that are compared.
fn compared(replayed: &ReplayReport<'_>, blocks: &mut Vec<Block>) {
    let recorded = &replayed.recorded;
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
        short_fingerprint(&recorded.pack.fingerprint),
        phrases::verdict(recorded.verdict),
    )));
    let pack = &replayed.report.pack;
    if !(replayed.same_rules && replayed.same_day && replayed.identical) {
        blocks.push(paragraph(format!(
            "Now, for {}, by {} {} ({}): {}.",
            replayed.report.as_of.in_words(),
            pack.id,
            pack.version,
            short_fingerprint(pack.fingerprint),
            phrases::verdict(replayed.report.verdict),
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
