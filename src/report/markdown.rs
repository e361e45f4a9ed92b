//! The same report as Markdown, for a file or a page.

use candidacy_engine::plan::{Expectation, Plan};

use super::model::prospects;
use super::model::{Reason, Report, View};
use super::phrases;

/// The whole report.
#[must_use]
pub fn report(plan: &Plan, sheet: &Report<'_>, expect: &[&Expectation], view: View) -> String {
    let mut lines = vec![
        format!("# {}", phrases::heading(sheet.verdict.word())),
        String::new(),
        format!("**{}**", phrases::to_do(sheet, sheet.verdict)),
        String::new(),
    ];
    if let Some(when) = phrases::may_go_ahead(sheet, "**") {
        lines.push(format!("May go ahead {when}, if nothing else changes."));
        lines.push(String::new());
    }
    if sheet.timeline.len() > 1 {
        lines.push("| from | verdict |".to_owned());
        lines.push("|---|---|".to_owned());
        let step = |step: &super::model::Step| {
            format!(
                "| {} | {} |",
                step.from.in_words(),
                phrases::verdict(step.verdict)
            )
        };
        lines.extend(sheet.timeline.iter().map(step));
        lines.push(String::new());
    }
    if sheet.range.best != sheet.range.worst {
        lines.push(format!(
            "Not settled: complete answers could lead to anything from {} to {}.",
            phrases::verdict(sheet.range.best),
            phrases::verdict(sheet.range.worst)
        ));
        lines.push(String::new());
    }
    if let Some(words) = phrases::whichever(plan, sheet) {
        lines.extend([escaped(&words), String::new()]);
    }
    for one in &sheet.relaxed {
        lines.extend([escaped(&phrases::relies(one)), String::new()]);
    }
    findings(&mut lines, sheet, view);
    if view == View::Clinician {
        prospects(&mut lines, sheet);
    }
    loose_ends(&mut lines, sheet);
    if !expect.is_empty() {
        lines.push("## What to expect".to_owned());
        lines.push(String::new());
        for one in expect {
            lines.push(format!(
                "**{}.** {}",
                escaped(&one.title),
                escaped(&one.text)
            ));
            lines.push(String::new());
            lines.extend(
                one.points
                    .iter()
                    .map(|point| format!("* {}", escaped(point))),
            );
            if !one.points.is_empty() {
                lines.push(String::new());
            }
        }
    }
    lines.push("---".to_owned());
    lines.push(String::new());
    for words in &sheet.advice {
        lines.push(escaped(words));
        lines.push(String::new());
    }
    let fingerprint = sheet.pack.fingerprint;
    let short = fingerprint.get(..12).unwrap_or(fingerprint);
    lines.push(format!(
        "Rules: {}. Decided for {}. {}.",
        phrases::packs(plan, &format!(" (`{short}`)"), escaped),
        sheet.as_of.in_words(),
        sheet.tool
    ));
    lines.join("\n") + "\n"
}

fn findings(lines: &mut Vec<String>, sheet: &Report<'_>, view: View) {
    let all = sheet.findings.iter();
    let mut shown = all
        .filter(|reason| view == View::Clinician || reason.applies())
        .peekable();
    if shown.peek().is_none() {
        lines.extend([phrases::no_reason(sheet).to_owned(), String::new()]);
        return;
    }
    lines.extend(["## Why".to_owned(), String::new()]);
    for reason in shown {
        finding(lines, reason, view);
    }
}

fn finding(lines: &mut Vec<String>, reason: &Reason<'_>, view: View) {
    let state = if reason.applies() {
        reason.grade.word()
    } else {
        "not known"
    };
    let title = match view {
        View::Desk => escaped(&reason.title),
        View::Clinician => format!("`{}`", reason.rule),
    };
    lines.push(format!("### {title} ({state})"));
    lines.push(String::new());
    let mut item = |label: &str, text: &str| lines.push(format!("* {label}: {}", escaped(text)));
    for (label, answers) in phrases::rests_on(reason) {
        item(&phrases::heading(label), &answers);
    }
    item("Why", reason.why);
    if let Some(day) = &reason.until {
        item(
            "Ends",
            &format!("{}, if nothing else changes", day.in_words()),
        );
    }
    if let Some(clears) = reason.clears {
        item("Ends", clears);
    }
    reason.advice.iter().for_each(|advice| item("Do", advice));
    let strongest = prospects::strongest(&reason.sources);
    if let Some(strongest) = strongest.filter(|_| view == View::Clinician) {
        item("Evidence", &strongest);
    }
    for source in &reason.sources {
        let year = source
            .year
            .map_or(String::new(), |year| format!(", {year}"));
        let text = format!("{}. {}{year}", source.cite, source.publisher);
        match view {
            View::Desk => item("Source", &text),
            View::Clinician => {
                item(
                    "Source",
                    &format!("{text}. {} (strength {})", source.url, source.strength),
                );
            }
        }
    }
    if view == View::Clinician {
        for (label, text) in [("Note", reason.note), ("Not verified", reason.unverified)] {
            if let Some(text) = text {
                item(label, text);
            }
        }
        if !reason.icd10.is_empty() {
            item("ICD-10-CM", &reason.icd10.join(" "));
        }
    }
    lines.push(String::new());
}

/// What would change the verdict, and what would be left.
fn prospects(lines: &mut Vec<String>, sheet: &Report<'_>) {
    let Some(prospects) = prospects::prospects(sheet) else {
        return;
    };
    lines.extend(["## What would change it".to_owned(), String::new()]);
    for (heading, points) in &prospects.ways {
        lines.extend([format!("**{heading}**"), String::new()]);
        lines.extend(points.iter().map(|point| format!("* {}", escaped(point))));
        lines.push(String::new());
    }
    lines.extend([prospects.at_best, String::new()]);
}

fn loose_ends(lines: &mut Vec<String>, sheet: &Report<'_>) {
    let mut section = |title: &str, items: Vec<String>| {
        if !items.is_empty() {
            lines.push(format!("## {title}"));
            lines.push(String::new());
            lines.extend(
                items
                    .into_iter()
                    .map(|item| format!("* {}", escaped(&item))),
            );
            lines.push(String::new());
        }
    };
    section("Find out", phrases::needs(sheet));
    let contradiction = |one: &super::model::Contradiction<'_>| {
        let answer = one
            .answer
            .as_deref()
            .map_or(String::new(), |answer| format!(" ({answer})"));
        format!(
            "{}{answer} was answered, but is only asked when: {}. It counts.",
            one.question, one.asked_when
        )
    };
    let doubts = sheet
        .doubts
        .iter()
        .map(|doubt| format!("{doubt}. Ask again."));
    let contradictions = doubts.chain(sheet.contradictions.iter().map(contradiction));
    section(
        "These answers contradict each other",
        contradictions.collect(),
    );
    section(
        "Not recognised as medicines",
        sheet
            .unrecognised_medicines
            .iter()
            .map(phrases::not_recognised)
            .collect(),
    );
    let ask_about = |one: &super::model::AskAbout<'_>| {
        format!(
            "{}: {} Until it is known, the stricter reading counts.",
            one.typed, one.ask
        )
    };
    section(
        "Ask about these medicines",
        sheet.ask_about.iter().map(ask_about).collect(),
    );
}

/// Text in which nothing is taken for Markdown or HTML.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => safe.push_str("&lt;"),
            '*' | '_' | '`' | '[' | ']' | '|' | '\\' | '#' => {
                safe.push('\\');
                safe.push(letter);
            }
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}
