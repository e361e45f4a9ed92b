//! A page for the patient: what came out, why, what to do, what to watch for.
//!
//! In plain language and without ids; private reasons are not on it, because it
//! is handed over at the desk.

use candidacy_engine::date::Date;
use candidacy_engine::plan::{Expectation, Plan};
use candidacy_engine::verdict::Verdict;

use super::model::{Relaxed, Report};
use super::phrases;
use super::phrases::escaped;

/// What stands on the page, before it has a form.
struct Page {
    title: String,
    blocks: Vec<Block>,
}

enum Block {
    Heading(String),
    Lead(String),
    Text(String),
    Points(Vec<String>),
    Small(String),
}

/// The page as Markdown.
#[must_use]
pub fn markdown(plan: &Plan, sheet: &Report<'_>, expect: &[&Expectation]) -> String {
    let page = page(plan, sheet, expect);
    let mut lines = vec![format!("# {}", plain(&page.title))];
    for block in &page.blocks {
        lines.push(String::new());
        match block {
            Block::Heading(words) => lines.push(format!("## {}", plain(words))),
            Block::Lead(words) => lines.push(format!("**{}**", plain(words))),
            Block::Text(words) | Block::Small(words) => lines.push(plain(words)),
            Block::Points(points) => {
                lines.extend(points.iter().map(|point| format!("* {}", plain(point))));
            }
        }
    }
    lines.join("\n") + "\n"
}

/// The page as HTML that stands alone and prints well.
#[must_use]
pub fn html(plan: &Plan, sheet: &Report<'_>, expect: &[&Expectation]) -> String {
    let page = page(plan, sheet, expect);
    let title = escaped(&page.title);
    let mut lines = vec![
        "<!doctype html>".to_owned(),
        "<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">".to_owned(),
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">".to_owned(),
        format!("<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>"),
        format!("<h1>{title}</h1>"),
    ];
    for block in &page.blocks {
        match block {
            Block::Heading(words) => lines.push(format!("<h2>{}</h2>", escaped(words))),
            Block::Lead(words) => lines.push(format!("<p class=\"lead\">{}</p>", escaped(words))),
            Block::Text(words) => lines.push(format!("<p>{}</p>", escaped(words))),
            Block::Small(words) => lines.push(format!("<p class=\"small\">{}</p>", escaped(words))),
            Block::Points(points) => {
                lines.push("<ul>".to_owned());
                lines.extend(
                    points
                        .iter()
                        .map(|point| format!("<li>{}</li>", escaped(point))),
                );
                lines.push("</ul>".to_owned());
            }
        }
    }
    lines.push("</body>\n</html>\n".to_owned());
    lines.join("\n")
}

const STYLE: &str = "\
body { font: 12pt/1.45 Georgia, serif; max-width: 42em; margin: 2em auto; padding: 0 1em; color: #111; }
h1 { font-size: 1.5em; margin-bottom: .3em; }
h2 { font-size: 1.1em; margin: 1.2em 0 .3em; break-after: avoid; }
.lead { font-size: 1.15em; font-weight: bold; border-left: .3em solid #444; padding-left: .7em; }
.small { font-size: .85em; color: #444; }
li { margin: .15em 0; break-inside: avoid; }
@media print { body { font-size: 10pt; margin: 0; max-width: none; } @page { margin: 15mm; } }
";

fn page(plan: &Plan, sheet: &Report<'_>, expect: &[&Expectation]) -> Page {
    let verdict = sheet.verdict;
    let findings: Vec<_> = sheet.reasons().collect();
    let decided = findings.iter().any(|reason| reason.counts_as == verdict);
    let lead = to_the_patient(verdict, sheet.eligible_from, decided);
    let mut blocks = vec![Block::Lead(lead)];
    if !findings.is_empty() {
        blocks.push(Block::Heading("Why".to_owned()));
        blocks.push(Block::Points(
            findings
                .iter()
                .map(|reason| reason.why.to_owned())
                .collect(),
        ));
    }
    if !sheet.whichever.is_empty() {
        blocks.push(Block::Text(
            "An answer is not known, but whichever it is, it leads to the same result.".to_owned(),
        ));
    }
    for one in &sheet.relaxed {
        blocks.push(Block::Text(relaxed(one)));
    }
    let mut todo: Vec<String> = Vec::new();
    for reason in &findings {
        todo.extend(reason.advice.iter().map(|advice| (*advice).to_owned()));
        todo.extend(
            reason
                .clears
                .map(|clears| format!("{}: it can go ahead {clears}.", reason.title)),
        );
    }
    for medicine in &sheet.unrecognised_medicines {
        todo.push(format!(
            "Bring the box of \"{}\": the clinic did not know the name.",
            medicine.typed
        ));
    }
    todo.extend(
        sheet
            .ask_about
            .iter()
            .map(|one| format!("Find out about {}: {}", one.typed, one.ask)),
    );
    todo.dedup();
    let open = phrases::needs(sheet);
    if !open.is_empty() {
        blocks.push(Block::Heading(
            "What the clinic still needs to know".to_owned(),
        ));
        blocks.push(Block::Points(open));
    }
    if !todo.is_empty() {
        blocks.push(Block::Heading("What to do".to_owned()));
        blocks.push(Block::Points(todo));
    }
    for one in expect
        .iter()
        .filter(|one| one.when.is_some() || !one.points.is_empty())
    {
        blocks.push(Block::Heading(one.title.clone()));
        blocks.push(Block::Text(one.text.clone()));
        if !one.points.is_empty() {
            blocks.push(Block::Points(one.points.clone()));
        }
    }
    blocks.push(Block::Heading("Please remember".to_owned()));
    blocks.extend(sheet.advice.iter().cloned().map(Block::Text));
    blocks.push(Block::Small(format!(
        "Answers held against: {}. Decided for {}.",
        phrases::packs(plan, "", str::to_owned),
        sheet.as_of.in_words()
    )));
    Page {
        title: format!("Before your {}", plan.procedure()),
        blocks,
    }
}

/// The verdict in words for the patient; `decided` where it rests on a reason that applies.
fn to_the_patient(verdict: Verdict, from: Option<Date>, decided: bool) -> String {
    match (verdict, from) {
        (Verdict::EligibleWithPrecautions, _) if !decided => "You can go ahead. The clinic needs to know a little more first.".to_owned(),
        (Verdict::Deferred, None) if !decided => "Not yet. The clinic needs to know a little more first.".to_owned(),
        (Verdict::Eligible, _) => "Nothing in your answers stands in the way of the treatment.".to_owned(),
        (Verdict::EligibleWithPrecautions, _) => "You can go ahead, with the care described here.".to_owned(),
        (Verdict::Deferred, Some(day)) => {
            format!("Not yet. If nothing else changes, it can go ahead from {}.", day.in_words())
        }
        (Verdict::Deferred, None) => "Not yet. It can go ahead when what is described here has cleared.".to_owned(),
        (Verdict::DermatologistReview, _) => "Please see a dermatologist before anything is booked.".to_owned(),
        (Verdict::NotEligible, _) => "The treatment is not advised for you in a cosmetic clinic. A dermatologist can tell you more.".to_owned(),
    }
}

/// That the usual rules are stricter.
fn relaxed(one: &Relaxed<'_>) -> String {
    let until = phrases::until(one.until);
    let owner = one.owner;
    let owner = owner.map_or(String::new(), |owner| format!("; {owner} answers for it"));
    format!("The usual rules are stricter here. This clinic has relaxed them{until}{owner}.")
}

fn plain(text: &str) -> String {
    text.replace('<', "&lt;")
        .replace(['*', '_', '`', '[', ']'], " ")
}
