//! What a patient can expect, without a screening: one topic, or the list of topics.

use candidacy_engine::plan::{Expectation, Plan};

use super::style::{Role, Style};

/// The topics, an id and a title each.
#[must_use]
pub fn topics(plan: &Plan, style: Style) -> String {
    let widest = plan
        .expectations
        .iter()
        .map(|one| one.id.len())
        .max()
        .unwrap_or(0);
    let line = |one: &Expectation| {
        format!(
            "{}  {}\n",
            style.paint(Role::Heading, &format!("{:widest$}", one.id)),
            one.title
        )
    };
    plan.expectations.iter().map(line).collect()
}

/// One topic with its points and sources.
#[must_use]
pub fn topic(plan: &Plan, one: &Expectation, style: Style) -> String {
    let width = style.width.clamp(20, 100);
    let mut text = format!("{}\n", style.paint(Role::Heading, &one.title));
    let mut lines = |lead: &str, words: &str| {
        let indent = " ".repeat(lead.chars().count());
        // A web address broken over two lines cannot be opened.
        let options = textwrap::Options::new(width)
            .initial_indent(lead)
            .subsequent_indent(&indent)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .break_words(!words.contains("://"));
        for line in textwrap::wrap(words, options) {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    };
    lines("", &one.text);
    one.points.iter().for_each(|point| lines("  * ", point));
    if let Some(unverified) = &one.unverified {
        lines("  ", &format!("Not verified: {unverified}"));
    }
    for citation in one
        .sources
        .iter()
        .filter_map(|number| plan.citations.get(*number))
    {
        let year = citation
            .year
            .as_deref()
            .map_or(String::new(), |year| format!(", {year}"));
        lines(
            "  ",
            &format!(
                "Source: {}. {}{year}. {}",
                citation.cite, citation.publisher, citation.url
            ),
        );
    }
    text
}
