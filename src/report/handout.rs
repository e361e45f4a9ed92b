//! A page for the patient: what came out, why, what to do, what to watch for.
//!
//! In plain language and without ids; private reasons are not on it, because it
//! is handed over at the desk.

use candidacy_engine::date::Date;
use candidacy_engine::plan::{Expectation, Plan};
use candidacy_engine::verdict::Verdict;

use super::document::{Block, Document, Tone, heading, paragraph, points, toned};
use super::model::{Relaxed, Report};
use super::phrases;
use super::style::Role;

/// The page.
#[must_use]
pub fn document(plan: &Plan, sheet: &Report<'_>, expect: &[&Expectation]) -> Document {
    let verdict = sheet.verdict;
    let findings: Vec<_> = sheet.reasons().collect();
    let decided = findings.iter().any(|reason| reason.counts_as == verdict);
    let lead = to_the_patient(verdict, sheet.eligible_from, decided);
    let mut blocks = vec![toned(Tone::Lead, lead)];
    if !findings.is_empty() {
        blocks.push(heading("Why"));
        blocks.push(points(findings.iter().map(|reason| reason.why)));
    }
    if !sheet.whichever.is_empty() {
        blocks.push(paragraph(
            "An answer is not known, but whichever it is, it leads to the same result.",
        ));
    }
    for one in &sheet.relaxed {
        blocks.push(paragraph(relaxed(one)));
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
        blocks.push(heading("What the clinic still needs to know"));
        blocks.push(points(open));
    }
    if !todo.is_empty() {
        blocks.push(heading("What to do"));
        blocks.push(points(todo));
    }
    for one in expect
        .iter()
        .filter(|one| one.when.is_some() || !one.points.is_empty())
    {
        blocks.push(heading(&one.title));
        blocks.push(paragraph(&one.text));
        if !one.points.is_empty() {
            blocks.push(points(&one.points));
        }
    }
    blocks.push(heading("Please remember"));
    blocks.extend(sheet.advice.iter().map(paragraph));
    let decided_by = format!(
        "Answers held against: {}. Decided for {}.",
        phrases::packs(plan, ""),
        sheet.as_of.in_words()
    );
    blocks.push(toned(Tone::Small, decided_by));
    let title = format!("Before your {}", plan.procedure());
    Document {
        name: title.clone(),
        head: vec![Block::Title(Role::Heading, title)],
        blocks,
        ..Document::default()
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
