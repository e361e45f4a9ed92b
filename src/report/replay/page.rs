//! A replay as text and as Markdown: whether it holds, what was overruled, what
//! changed; the report itself comes below.

use crate::report::phrases;
use crate::report::record::changes::{Change, Part};
use crate::report::style::{Role, Style};
use candidacy_engine::verdict::Verdict;

use super::{Overruled, ReplayReport};

/// One line of the page, before it has a form.
enum Line {
    /// The first line: what it comes to, and whether that is good.
    Title(bool, String),
    /// An override's first line.
    Verdict(Verdict, String),
    /// A heading.
    Heading(String),
    /// A sentence.
    Words(String),
    /// A point under a heading.
    Point(String),
}

/// The page for a terminal; the report comes below it.
#[must_use]
pub fn text(told: &ReplayReport<'_>, style: Style) -> String {
    let width = style.width.clamp(20, 100);
    let wrapped = |text: &str, first: &'static str, rest: &'static str| {
        let options = textwrap::Options::new(width)
            .initial_indent(first)
            .subsequent_indent(rest);
        textwrap::wrap(text, options)
            .into_iter()
            .map(|line| line.trim_end().to_owned())
            .collect::<Vec<_>>()
    };
    let mut lines: Vec<String> = Vec::new();
    for line in page(told) {
        let (role, gap, wrapped) = match &line {
            Line::Title(true, text) => (Some(Role::Right), false, wrapped(text, "", "")),
            Line::Title(false, text) => (Some(Role::Wrong), false, wrapped(text, "", "")),
            Line::Verdict(verdict, text) => {
                (Some(Role::Verdict(*verdict)), true, wrapped(text, "", ""))
            }
            Line::Heading(text) => (Some(Role::Heading), true, wrapped(text, "", "")),
            Line::Words(text) => (None, false, wrapped(text, "  ", "  ")),
            Line::Point(text) => (None, false, wrapped(text, "  - ", "    ")),
        };
        if gap {
            lines.push(String::new());
        }
        let painted = wrapped.into_iter().map(|line| match role {
            Some(role) => style.paint(role, &line),
            None => line,
        });
        lines.extend(painted);
    }
    lines.push(String::new());
    lines.push(style.paint(Role::Heading, "The report as it is computed"));
    lines.push(String::new());
    lines.join("\n") + "\n"
}

/// The override in force once more, for the end of a long report; nothing when there is none.
#[must_use]
pub fn in_short(told: &ReplayReport<'_>, style: Style) -> String {
    let Some(one) = told.overrides.iter().find(|one| one.in_force) else {
        return String::new();
    };
    let options = textwrap::Options::new(style.width.clamp(20, 100));
    let words = title(one);
    let lines = textwrap::wrap(&words, options);
    let role = Role::Verdict(one.verdict);
    let lines = lines.iter().map(|line| style.paint(role, line) + "\n");
    format!("\n{}", lines.collect::<String>())
}

/// The page as Markdown; the report comes below it.
#[must_use]
pub fn markdown(told: &ReplayReport<'_>) -> String {
    let in_markdown = |line: Line| match line {
        Line::Title(_, words) => format!("# {}\n\n", escaped(&words)),
        Line::Verdict(_, words) => format!("## {}\n\n", escaped(&words)),
        Line::Heading(words) => format!("\n## {}\n\n", escaped(&words)),
        Line::Words(words) => format!("{}\n\n", escaped(&words)),
        Line::Point(words) => format!("* {}\n", escaped(&words)),
    };
    let page: String = page(told).into_iter().map(in_markdown).collect();
    page + "\n---\n\n"
}

fn page(told: &ReplayReport<'_>) -> Vec<Line> {
    let mut lines = vec![holds(told)];
    compared(told, &mut lines);
    told.overrides
        .iter()
        .rev()
        .for_each(|one| overruled(one, &mut lines));
    if !told.left_blank.is_empty() {
        lines.push(Line::Heading("Answers these rules do not take".to_owned()));
        lines.extend(told.left_blank.iter().map(|one| {
            Line::Point(match &one.why {
                Some(why) => format!("{}: {why}. It was left blank.", one.question),
                None => "An answer was left blank.".to_owned(),
            })
        }));
    }
    if !told.same_rules {
        lines.push(Line::Heading("Changed by the rules".to_owned()));
        changes(&told.by_rules, &mut lines);
    } else if !told.by_rules.is_empty() {
        lines.push(Line::Heading("What no longer holds".to_owned()));
        changes(&told.by_rules, &mut lines);
    }
    if !told.same_day {
        lines.push(Line::Heading(format!(
            "Changed by the day, {} instead of {}",
            told.report.as_of.in_words(),
            told.recorded.as_of.in_words()
        )));
        changes(&told.by_day, &mut lines);
    }
    lines
}

/// The first line: whether it holds.
fn holds(told: &ReplayReport<'_>) -> Line {
    let with = match (told.same_rules, told.same_day) {
        (true, true) => "the same rules and the same day give",
        (false, true) => "other rules give",
        (true, false) => "another day gives",
        (false, false) => "other rules and another day give",
    };
    let words = match (told.holds, told.identical) {
        (Some(false), _) => {
            "This record no longer holds: its own rules and day give another result.".to_owned()
        }
        (_, true) if told.same_rules && told.same_day => {
            format!("This record holds: {with} the same result, bit for bit.")
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
    Line::Title(told.holds != Some(false), words)
}

/// Whether what differs, such as a day in the timeline, is no change of a finding
/// that this reader is told of.
fn nothing_to_tell(told: &ReplayReport<'_>) -> bool {
    told.by_rules.is_empty() && told.by_day.is_empty() && told.left_blank.is_empty()
}

/// What is compared with what.
fn compared(told: &ReplayReport<'_>, lines: &mut Vec<Line>) {
    let recorded = &told.recorded;
    lines.push(Line::Words(format!(
        "Recorded on {} by {}.",
        recorded.recorded_on.in_words(),
        recorded.tool
    )));
    lines.push(Line::Words(format!(
        "Then, for {}, by {} {} ({}): {}.",
        recorded.as_of.in_words(),
        recorded.pack.id,
        recorded.pack.version,
        short(&recorded.pack.fingerprint),
        phrases::verdict(recorded.verdict),
    )));
    let pack = &told.report.pack;
    if !(told.same_rules && told.same_day && told.identical) {
        lines.push(Line::Words(format!(
            "Now, for {}, by {} {} ({}): {}.",
            told.report.as_of.in_words(),
            pack.id,
            pack.version,
            short(pack.fingerprint),
            phrases::verdict(told.report.verdict),
        )));
    }
    if pack.id != recorded.pack.id {
        lines.push(Line::Words(format!(
            "These are the rules `{}`, and the record was decided by `{}`: name those with --rules.",
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

/// An override; the verdict that was computed always stands beside it.
fn overruled(one: &Overruled<'_>, lines: &mut Vec<Line>) {
    let title = title(one);
    lines.push(if one.in_force {
        Line::Verdict(one.verdict, title)
    } else {
        Line::Heading(title)
    });
    match (one.reason, one.reason_text) {
        (Some(reason), Some(text)) => lines.push(Line::Words(format!("Reason: {text} ({reason})"))),
        _ => lines.push(Line::Words(
            "The reason is kept for the dermatologist.".to_owned(),
        )),
    }
    if let Some(comment) = one.comment {
        lines.push(Line::Words(format!("Comment: {comment}")));
    }
    lines.push(Line::Words(format!(
        "Decided on {}; computed was {}.",
        one.on.in_words(),
        phrases::verdict(one.computed)
    )));
}

fn changes(changes: &[Change], lines: &mut Vec<Line>) {
    if changes.is_empty() {
        lines.push(Line::Words("Nothing.".to_owned()));
    }
    lines.extend(changes.iter().map(|change| Line::Point(in_words(change))));
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

/// The beginning of a fingerprint, enough to tell two apart.
fn short(fingerprint: &str) -> &str {
    fingerprint.get(..12).unwrap_or(fingerprint)
}

fn escaped(text: &str) -> String {
    crate::report::markdown::escaped(text)
}
