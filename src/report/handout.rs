//! The page a patient takes home: the verdict in kind words, the dates, what to do before and
//! after, and whom to call when.
//!
//! It uses plain language without ids. Private reasons are left out, because the page is handed
//! over at the desk.

use candidacy_engine::date::Date;
use candidacy_engine::plan::{Clinic, Expectation, PagePart, Plan};
use candidacy_engine::verdict::Verdict;

use super::document::{
    Block, Document, Point, Span, Tone, fact, heading, paragraph, points, text, toned,
};
use super::model::{KEPT_MEDICINE, PRIVATE, Reason, Relaxed, Report};
use super::phrases;
use super::specialist::named;
use super::style::Role;

/// The clinic and the patient of a page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Letterhead<'a> {
    /// The clinic that the patient may call.
    pub clinic: Option<&'a Clinic>,
    /// The patient's reference in the clinic's own files.
    pub reference: Option<&'a str>,
}

impl Letterhead<'_> {
    /// The clinic's name and phone number: `Example Clinic, +44 20 7946 0000`.
    #[must_use]
    pub fn to_call(&self) -> String {
        self.clinic.map_or_else(
            || "your clinic".to_owned(),
            |clinic| format!("{}, {}", clinic.name, clinic.phone),
        )
    }
}

/// The page.
#[must_use]
pub fn document(
    plan: &Plan,
    sheet: &Report<'_>,
    expect: &[&Expectation],
    letterhead: Letterhead<'_>,
) -> Document {
    let title = format!("Before your {}", plan.procedure());
    let mut head = Vec::new();
    head.extend(letterhead.clinic.map(sender));
    head.push(Block::Title(Role::Heading, title.clone()));
    let reference = letterhead.reference;
    head.extend(reference.map(|reference| Block::Facts(vec![fact("reference", reference)])));
    let mut blocks = verdict(sheet);
    blocks.extend(why(plan, sheet));
    blocks.extend(listed(
        "What the clinic still needs to know",
        plain_points(phrases::needs(sheet)),
    ));
    // Patients who must wait get a page about the treatment when it is booked.
    let goes_ahead = sheet.verdict.goes_ahead();
    let parts = Parts::of(if goes_ahead { expect } else { &[] });
    let before = if goes_ahead {
        "What to do before"
    } else {
        "What to do"
    };
    blocks.extend(listed(before, to_do(plan, sheet)));
    let (before, after) = (parts.on(PagePart::Before), parts.on(PagePart::After));
    for one in before.chain(after) {
        blocks.extend([heading(&one.title), paragraph(&one.text)]);
        blocks.extend((!one.points.is_empty()).then(|| points(&one.points)));
    }
    blocks.push(heading("Whom to call, and when"));
    blocks.push(Block::Points(vec![point(call(sheet, letterhead))]));
    for one in parts.on(PagePart::Call) {
        let title = Span::Strong(format!("{}:", one.title));
        let words = text(format!(" {}", one.text));
        blocks.push(Block::Text(Tone::Plain, vec![title, words]));
        blocks.extend((!one.points.is_empty()).then(|| points(&one.points)));
    }
    blocks.push(heading("Please remember"));
    blocks.extend(sheet.advice.iter().map(paragraph));
    let decided_by = format!(
        "Answers checked with: {}. Treatment day: {}.",
        phrases::packs(plan, ""),
        sheet.as_of.in_words()
    );
    blocks.push(toned(Tone::Small, decided_by));
    Document {
        name: title,
        head,
        blocks,
        ..Document::default()
    }
}

/// The expectations, sorted by the parts of the page.
struct Parts<'a> {
    expect: &'a [&'a Expectation],
    /// Whether the pack names the part of the page for each expectation.
    sorted: bool,
}

impl<'a> Parts<'a> {
    fn of(expect: &'a [&'a Expectation]) -> Self {
        Self {
            expect,
            sorted: expect.iter().any(|one| one.on_page.is_some()),
        }
    }

    fn on(&self, part: PagePart) -> impl Iterator<Item = &'a Expectation> {
        let expect = self.expect.iter().copied();
        expect.filter(move |one| {
            // If the pack names no part, the expectations that are for this patient or have points
            // are shown.
            let has_content = one.when.is_some() || !one.points.is_empty();
            let unsorted = !self.sorted && part == PagePart::After && has_content;
            one.on_page.map_or(unsorted, |own| own == part)
        })
    }
}

/// The clinic's name, number and address in one line.
#[must_use]
pub fn sender(clinic: &Clinic) -> Block {
    let name = Span::Strong(clinic.name.clone());
    let address = clinic.address.as_ref();
    let address = address.map_or(String::new(), |address| format!(" · {address}"));
    let rest = text(format!(" · {}{address}", clinic.phone));
    Block::Text(Tone::Small, vec![name, rest])
}

/// The verdict in kind words, and its days.
fn verdict(sheet: &Report<'_>) -> Vec<Block> {
    let decided = sheet.reasons().any(|one| one.counts_as == sheet.verdict);
    let lead = to_the_patient(sheet.verdict, sheet.eligible_from, decided);
    let lead = named(&lead, sheet.specialist);
    let mut blocks = vec![toned(Tone::Lead, lead)];
    if let Some(when) = phrases::may_go_ahead(sheet, "").filter(|_| sheet.verdict.goes_ahead()) {
        let words = format!("The treatment can be {when}, if nothing else changes.");
        blocks.push(paragraph(words));
    }
    if !sheet.whichever.is_empty() {
        blocks.push(paragraph(
            "An answer is not known, but every possible answer leads to the same result.",
        ));
    }
    blocks.extend(sheet.relaxed.iter().map(|one| paragraph(relaxed(one))));
    blocks
}

/// Each reason by its name, with the medicines that cause it and the day or the change that ends
/// it.
fn why(plan: &Plan, sheet: &Report<'_>) -> Vec<Block> {
    let reason = |reason: &Reason<'_>| {
        if reason.rule == PRIVATE {
            return point(vec![text(reason.why)]);
        }
        let mut words = vec![
            Span::Strong(format!("{}:", reason.title)),
            text(format!(" {}", reason.why)),
        ];
        let ends = phrases::ends(reason);
        words.extend(ends.map(|ends| text(format!(" It ends: {}.", ends.trim_end_matches('.')))));
        let meant = medicines(plan, reason);
        words.extend(meant.map(|names| text(format!(" Medicine meant: {names}."))));
        point(words)
    };
    listed("Why", sheet.reasons().map(reason).collect())
}

/// The medicines that cause a reason, as the patient named them.
fn medicines(plan: &Plan, reason: &Reason<'_>) -> Option<String> {
    let asks_for_names = |id: &str| {
        let question = plan
            .question(id)
            .and_then(|number| plan.questions.get(number));
        question.is_some_and(|asked| asked.question.kind.names_medicines())
    };
    let meant = reason
        .because
        .iter()
        .filter(|because| asks_for_names(because.question) && because.answer != KEPT_MEDICINE);
    let names: Vec<&str> = meant.map(|because| because.answer.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// What the patient should do about each reason, with the medicines that cause it.
fn to_do(plan: &Plan, sheet: &Report<'_>) -> Vec<Point> {
    let mut to_do: Vec<Vec<Span>> = Vec::new();
    for reason in sheet.reasons() {
        let names = medicines(plan, reason);
        let names = names.map(|names| Span::Strong(format!("{names}:")));
        for advice in &reason.advice {
            let (lead, blank) = (names.clone(), if names.is_some() { " " } else { "" });
            let words = text(format!("{blank}{advice}"));
            to_do.push(lead.into_iter().chain([words]).collect());
        }
        to_do.extend(
            reason
                .clears
                .map(|clears| vec![text(format!("{}: it can go ahead {clears}.", reason.title))]),
        );
    }
    let unknown = sheet.unrecognised_medicines.iter().map(|medicine| {
        let typed = &medicine.typed;
        format!("Bring the box of \"{typed}\": the clinic did not know the name.")
    });
    let ask = sheet.ask_about.iter();
    let ask = ask.map(|one| format!("Find out about {}: {}", one.typed, one.ask));
    to_do.extend(unknown.chain(ask).map(|words| vec![text(words)]));
    to_do.dedup();
    to_do.into_iter().map(point).collect()
}

/// Whom to call about the verdict, and when.
fn call(sheet: &Report<'_>, letterhead: Letterhead<'_>) -> Vec<Span> {
    let from = sheet.eligible_from.map(Date::in_words);
    let decided = sheet.reasons().any(|one| one.counts_as == sheet.verdict);
    let when = match (sheet.verdict, from) {
        (Verdict::Eligible | Verdict::EligibleWithPrecautions, _) => {
            "before the treatment, if your health, your skin or your medicines change.".to_owned()
        }
        (Verdict::Deferred, Some(day)) => {
            format!("on {day} or later, to answer the questions again and to book.")
        }
        (Verdict::Deferred, None) if !decided => {
            "when you have found out what is still missing.".to_owned()
        }
        (Verdict::Deferred, None) => {
            "when what is described here has cleared, to answer the questions again.".to_owned()
        }
        (Verdict::DermatologistReview, _) => {
            let when = "if you do not know which dermatologist to see, or when one has decided.";
            named(when, sheet.specialist)
        }
        (Verdict::NotEligible, _) => "with any question about this page.".to_owned(),
    };
    vec![
        text("Call "),
        Span::Strong(letterhead.to_call()),
        text(format!(", {when}")),
    ]
}

fn point(words: Vec<Span>) -> Point {
    let under = Vec::new();
    Point { words, under }
}

fn plain_points(words: Vec<String>) -> Vec<Point> {
    let words = words.into_iter();
    words.map(|words| point(vec![text(words)])).collect()
}

/// A heading and its points; nothing if there are no points.
fn listed(title: &str, points: Vec<Point>) -> Vec<Block> {
    if points.is_empty() {
        return Vec::new();
    }
    vec![heading(title), Block::Points(points)]
}

/// The verdict in words for the patient. `decided` is true if a reason that applies caused it.
fn to_the_patient(verdict: Verdict, from: Option<Date>, decided: bool) -> String {
    match (verdict, from) {
        (Verdict::EligibleWithPrecautions, _) if !decided => "You can go ahead. The clinic needs to know a little more first.".to_owned(),
        (Verdict::Deferred, None) if !decided => "Not yet. The clinic needs to know a little more first.".to_owned(),
        (Verdict::Eligible, _) => "Nothing in your answers is a reason against the treatment.".to_owned(),
        (Verdict::EligibleWithPrecautions, _) => "You can go ahead, with the care described here.".to_owned(),
        (Verdict::Deferred, Some(day)) => {
            format!("Not yet. If nothing else changes, it can go ahead from {}.", day.in_words())
        }
        (Verdict::Deferred, None) => "Not yet. It can go ahead when what is described here has cleared.".to_owned(),
        (Verdict::DermatologistReview, _) => "Please see a dermatologist before anything is booked.".to_owned(),
        (Verdict::NotEligible, _) => "The treatment is not advised for you in a cosmetic clinic. A dermatologist can tell you more.".to_owned(),
    }
}

/// A note that the usual rules are stricter.
fn relaxed(one: &Relaxed<'_>) -> String {
    let until = phrases::until(one.until);
    let owner = one.owner;
    let owner = owner.map_or(String::new(), |owner| format!("; {owner} is responsible"));
    format!("The usual rules are stricter here. This clinic has relaxed them{until}{owner}.")
}
