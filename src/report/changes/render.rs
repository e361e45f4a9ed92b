//! Changed entries as text for a terminal and as Markdown.

use super::{Change, Entry, Part};

/// The entries as text, each with its old and new values.
#[must_use]
pub fn text(entries: &[Entry]) -> String {
    let mut text = String::new();
    for entry in entries {
        let (kind, id) = (entry.kind.replace('_', " "), &entry.id);
        match (entry.change, entry.parts.as_slice()) {
            (Change::Changed, [part]) if is_short(part) => {
                text.push_str(&format!("{kind} {id}: {}\n", line(part)));
            }
            (change, parts) => {
                text.push_str(&format!("{kind} {id}{}\n", word(change)));
                for part in parts {
                    for one in lines(part, change) {
                        text.push_str(&format!("    {one}\n"));
                    }
                }
            }
        }
    }
    text
}

/// The entries as a Markdown table.
#[must_use]
pub fn markdown(entries: &[Entry]) -> String {
    let mut text = String::from("| what | key | before | after |\n| --- | --- | --- | --- |\n");
    let cell = |value: Option<&String>| {
        let value = value.map_or("", String::as_str);
        value.replace('|', "\\|").replace('\n', "<br>")
    };
    for entry in entries {
        let what = format!(
            "{} `{}`{}",
            entry.kind.replace('_', " "),
            entry.id,
            word(entry.change)
        );
        if entry.parts.is_empty() {
            text.push_str(&format!("| {what} | | | |\n"));
        }
        for part in &entry.parts {
            let [before, after] = [&part.before, &part.after].map(|value| cell(value.as_ref()));
            let note = part.note.as_ref();
            let note = note.map_or_else(String::new, |note| format!(" ({note})"));
            text.push_str(&format!(
                "| {what} | {} | {before} | {after}{note} |\n",
                part.key
            ));
        }
    }
    text
}

fn word(change: Change) -> &'static str {
    match change {
        Change::Added => " (new)",
        Change::Removed => " (removed)",
        Change::Changed => "",
    }
}

/// Maximum length of values that are shown on one line, in letters.
const SHORT: usize = 30;

fn is_short(part: &Part) -> bool {
    let mut values = part.before.iter().chain(&part.after);
    part.key != "names"
        && values.all(|value| value.chars().count() <= SHORT && !value.contains('\n'))
}

/// `6 months -> 12 months (2 times as long)`
fn line(part: &Part) -> String {
    let [before, after] = [&part.before, &part.after]
        .map(|value| value.as_ref().map_or("none", |value| value.as_str()));
    let note = part.note.as_ref();
    let note = note.map_or_else(String::new, |note| format!(" ({note})"));
    let key = match part.key {
        "wait" => String::new(),
        key => format!("{key} "),
    };
    format!("{key}{before} -> {after}{note}")
}

/// The lines for one key; long values are shown below each other, the old one first.
fn lines(part: &Part, change: Change) -> Vec<String> {
    if part.key == "names" {
        return names(part);
    }
    if change == Change::Added {
        let after = part.after.as_deref().unwrap_or_default();
        return indented(&format!("{}: ", part.key), after);
    }
    if is_short(part) {
        return vec![line(part)];
    }
    let mut all = vec![part.key.to_owned()];
    for (sign, value) in [("  - ", &part.before), ("  + ", &part.after)] {
        all.extend(value.iter().flat_map(|value| indented(sign, value)));
    }
    all
}

/// The lines of a value. Lines after the first are indented by the length of `lead`.
fn indented(lead: &str, value: &str) -> Vec<String> {
    let lines = value.lines().enumerate();
    lines
        .map(|(number, line)| match number {
            0 => format!("{lead}{line}"),
            _ => format!("{}{line}", " ".repeat(lead.len())),
        })
        .collect()
}

/// The names of medicines that were added or removed.
fn names(part: &Part) -> Vec<String> {
    let listed = |lead: &str, names: &Option<String>| {
        let names: Vec<&str> = names.as_deref()?.split(", ").collect();
        let shown = names.get(..MOST).unwrap_or(&names).join(", ");
        let more = names.len().saturating_sub(MOST);
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        Some(format!("{lead}: {shown}{more}"))
    };
    let lines = [
        listed("names added", &part.after),
        listed("names removed", &part.before),
    ];
    lines.into_iter().flatten().collect()
}

/// Maximum number of names that are listed; more are only counted.
const MOST: usize = 10;
