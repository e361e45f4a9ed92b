//! The findings one by one, each with the answers it relies on.

use crate::report::document::{Block, Card, Fact, Span, Tone, fact, heading, toned};
use crate::report::model::{Reason, Report, Source, View, prospects};
use crate::report::phrases;
use crate::report::specialist::named;

/// All findings that apply; for the dermatologist, also the undecided ones.
pub fn findings(sheet: &Report<'_>, view: View) -> Vec<Block> {
    let all = sheet.findings.iter();
    let shown = all.filter(|reason| view == View::Clinician || reason.applies());
    let cards: Vec<Block> = shown
        .map(|reason| finding(reason, view, sheet.specialist))
        .collect();
    if cards.is_empty() {
        return vec![toned(Tone::Alone, phrases::no_reason(sheet))];
    }
    let title = match view {
        View::Desk => "Why",
        View::Clinician => "Details",
    };
    std::iter::once(heading(title)).chain(cards).collect()
}

fn finding(reason: &Reason<'_>, view: View, specialist: &str) -> Block {
    let named = match view {
        View::Desk => Card {
            title: reason.title.to_string(),
            detail: named(phrases::asks_for(reason.grade), specialist),
            ..Card::default()
        },
        View::Clinician => Card {
            code: reason.rule.to_owned(),
            detail: format!("{}, {}", reason.grade.word(), reason.state.word()),
            ..Card::default()
        },
    };
    let mut facts: Vec<Fact> = phrases::rests_on(reason)
        .into_iter()
        .map(|(label, answers)| fact(label, answers))
        .collect();
    facts.push(fact("why", reason.why));
    facts.extend(phrases::ends(reason).map(|ends| fact("ends", ends)));
    facts.extend(reason.advice.iter().map(|advice| fact("do", *advice)));
    match view {
        View::Desk => facts.extend(publishers(reason)),
        View::Clinician => facts.extend(evidence(reason)),
    }
    Block::Card(Card {
        verdict: Some(reason.counts_as),
        says: vec![Block::Facts(facts)],
        ..named
    })
}

/// The publishers of the sources, for the desk.
fn publishers(reason: &Reason<'_>) -> Option<Fact> {
    let short = |source: &Source<'_>| match source.year {
        Some(year) => format!("{} {year}", source.publisher),
        None => source.publisher.to_owned(),
    };
    let mut sources: Vec<String> = reason.sources.iter().map(short).collect();
    sources.dedup();
    (!sources.is_empty()).then(|| fact("source", sources.join("; ")))
}

/// The evidence, for the dermatologist.
fn evidence(reason: &Reason<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(prospects::strongest(&reason.sources).map(|best| fact("evidence", best)));
    for source in &reason.sources {
        let year = source.year;
        let year = year.map_or(String::new(), |year| format!(", {year}"));
        let cited = format!(
            "[{}] {}. {}{year}. ",
            source.strength, source.cite, source.publisher
        );
        let address = Span::Address(source.url.to_owned());
        let cited = vec![Span::Text(cited), address];
        let mut says = vec![Block::Text(Tone::Plain, cited)];
        says.extend(
            source
                .unverified
                .map(|words| Block::Text(Tone::Plain, vec![Span::Unverified(words.to_owned())])),
        );
        facts.push(Fact {
            name: "source",
            says,
        });
    }
    for (name, words) in [("note", reason.note), ("unverified", reason.unverified)] {
        facts.extend(words.map(|words| fact(name, words)));
    }
    if !reason.icd10.is_empty() {
        facts.push(fact("ICD-10-CM", reason.icd10.join(" ")));
    }
    facts
}
