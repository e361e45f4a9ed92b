//! The full report: the verdict, the reasons, then what to do.

use candidacy_engine::pack::short_fingerprint;
use candidacy_engine::plan::{Expectation, Plan};

use super::document::{
    Block, Document, Span, Tone, heading, items, marked, paragraph, points, text, toned,
};
use super::model::prospects::{self, MOST_LISTED};
use super::model::{AskAbout, Contradiction, Reason, Report, View};
use super::phrases;
use super::style::Role;
use super::verdict_line;

mod findings;

/// The report for `view`.
#[must_use]
pub fn document(plan: &Plan, sheet: &Report<'_>, expect: &[&Expectation], view: View) -> Document {
    let verdict = phrases::heading(sheet.verdict.word());
    let mut blocks = verdict_and_days(plan, sheet);
    if view == View::Clinician {
        blocks.extend(at_a_glance(sheet));
        blocks.extend(prospects(sheet));
    }
    blocks.extend(findings::findings(sheet, view));
    blocks.extend(open_points(sheet));
    blocks.extend(expectations(expect));
    blocks.push(Block::Break);
    blocks.extend(sheet.advice.iter().map(|words| toned(Tone::Alone, words)));
    blocks.push(toned(Tone::Small, decided_by(plan, sheet)));
    // The first line of a long report may have scrolled out of view.
    let last = verdict_line::last_line(sheet);
    blocks.push(Block::Last(sheet.verdict, last));
    Document {
        name: format!("{}: {}", plan.header.title, phrases::verdict(sheet.verdict)),
        head: vec![Block::Title(Role::Verdict(sheet.verdict), verdict)],
        blocks,
        ..Document::default()
    }
}

fn verdict_and_days(plan: &Plan, sheet: &Report<'_>) -> Vec<Block> {
    let to_do = phrases::to_do(sheet, &verdict_line::book_until(sheet));
    let mut blocks = vec![toned(Tone::Lead, to_do)];
    if let Some(when) = phrases::may_go_ahead(sheet, "*") {
        let words = format!("May go ahead {when}, if nothing else changes.");
        blocks.push(Block::Text(Tone::Plain, marked(&words, '*', Span::Strong)));
    }
    if sheet.timeline.len() > 1 {
        let steps = sheet.timeline.iter();
        blocks.push(Block::Timeline(
            steps.map(|step| (step.from, step.verdict)).collect(),
        ));
    }
    if sheet.range.best != sheet.range.worst {
        blocks.push(paragraph(phrases::not_settled(sheet)));
    }
    blocks.extend(phrases::whichever(plan, sheet).map(paragraph));
    blocks.extend(
        sheet
            .relaxed
            .iter()
            .map(|one| paragraph(phrases::relies(one))),
    );
    blocks.extend(phrases::not_asked_here(sheet).map(paragraph));
    blocks
}

/// What a dermatologist reads first: every reason on one line. Those that apply come first,
/// then the undecided ones.
fn at_a_glance(sheet: &Report<'_>) -> Vec<Block> {
    let undecided = sheet.findings.iter().filter(|reason| !reason.applies());
    let undecided: Vec<&Reason<'_>> = undecided.collect();
    let too_many = undecided.len() > MOST_LISTED;
    let listed = if too_many { 0 } else { undecided.len() };
    let shown = sheet
        .reasons()
        .chain(undecided.iter().copied().take(listed));
    let shown: Vec<_> = shown
        .map(|reason| (reason.counts_as, in_a_line(reason)))
        .collect();
    if shown.is_empty() && undecided.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![heading("Reasons")];
    if !shown.is_empty() {
        blocks.push(Block::Verdicts(shown));
    }
    if too_many {
        let count = phrases::count(undecided.len(), "rule");
        blocks.push(paragraph(format!("{count} undecided, below")));
    }
    blocks
}

fn in_a_line(reason: &Reason<'_>) -> String {
    let state = if reason.applies() { "" } else { ", undecided" };
    let evidence = prospects::strongest_grade(&reason.sources);
    let evidence = evidence.map_or(String::new(), |best| format!(", evidence {best}"));
    let grade = reason.grade.word();
    let mut words = format!("{} [{grade}{state}{evidence}]", reason.rule);
    for (_, answers) in phrases::rests_on(reason) {
        words.push_str(&format!(" {answers}"));
    }
    if let Some(day) = &reason.until {
        // The reason may have ended already, because the day of the answer is not known.
        let latest = if reason.applies() {
            ""
        } else {
            " at the latest"
        };
        words.push_str(&format!("; ends {}{latest}", day.in_words()));
    }
    words
}

/// What would change the verdict, and which verdict would then remain.
fn prospects(sheet: &Report<'_>) -> Vec<Block> {
    let Some(prospects) = prospects::prospects(sheet) else {
        return Vec::new();
    };
    let mut blocks = vec![heading("What would change it")];
    for (way, of_it) in prospects.ways {
        let way = Span::Strong(way.to_owned());
        blocks.push(Block::Text(Tone::Plain, vec![way]));
        blocks.push(points(of_it));
    }
    blocks.push(paragraph(prospects.at_best));
    blocks
}

/// What would settle the verdict, which answers contradict each other, and what was not recognised.
fn open_points(sheet: &Report<'_>) -> Vec<Block> {
    let doubts = sheet.doubts.iter();
    let doubts = doubts.map(|doubt| format!("{doubt}. Ask again."));
    let contradictions = doubts.chain(sheet.contradictions.iter().map(contradiction));
    let unrecognised = sheet.unrecognised_medicines.iter();
    let sections = [
        ("Find out", phrases::needs(sheet)),
        (
            "These answers contradict each other",
            contradictions.collect(),
        ),
        (
            "Not recognised as medicines",
            unrecognised.map(phrases::not_recognised).collect(),
        ),
        (
            "Ask about these medicines",
            sheet.ask_about.iter().map(ask_about).collect(),
        ),
    ];
    let filled = sections.into_iter().filter(|(_, words)| !words.is_empty());
    filled
        .flat_map(|(title, words)| [heading(title), items(words)])
        .collect()
}

fn contradiction(one: &Contradiction<'_>) -> String {
    let (answer, only_when) = (one.answer_in_full.as_deref(), &one.asked_when_in_words);
    let answer = answer.map_or(String::new(), |answer| format!(" ({answer})"));
    let name = phrases::heading(one.question);
    format!("{name}{answer} was answered, but is only asked when: {only_when}. It counts.")
}

fn ask_about(one: &AskAbout<'_>) -> String {
    format!(
        "{}: {} Until it is known, the stricter reading counts.",
        one.typed, one.ask
    )
}

fn expectations(expect: &[&Expectation]) -> Vec<Block> {
    let mut blocks = Vec::new();
    blocks.extend((!expect.is_empty()).then(|| heading("What to expect")));
    for one in expect {
        let title = Span::Strong(format!("{}:", one.title));
        let words = text(format!(" {}", one.text));
        blocks.push(Block::Text(Tone::Plain, vec![title, words]));
        if !one.points.is_empty() {
            blocks.push(points(&one.points));
        }
    }
    blocks
}

fn decided_by(plan: &Plan, sheet: &Report<'_>) -> String {
    let short = short_fingerprint(sheet.pack.fingerprint);
    let review = plan.header.review_by.map_or(String::new(), |day| {
        format!(", to be reviewed by {}", day.in_words())
    });
    format!(
        "Rules: {}{review}. Treatment day: {}. {}.",
        phrases::packs(plan, &format!(" ({short})")),
        sheet.as_of.in_words(),
        sheet.tool,
    )
}
