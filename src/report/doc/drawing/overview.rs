//! All topics and all verdicts, with a band between them.

use std::fmt::Write as _;

use crate::report::doc::survey::{Survey, Topic};
use crate::report::phrases;
use crate::report::phrases::{count, escaped};
use candidacy_engine::verdict::Verdict;

use super::super::summary::or_dash;
use super::super::{Part, Span, Table, gravest_first, text, topic_id};
use super::{LETTER, signed};

/// The height of one rule.
const RULE: usize = 4;
/// The least height of a topic or a verdict, so that its two lines of words fit.
const LEAST: usize = 30;
/// The room between two of them.
const GAP: usize = 8;
/// Where the bands begin and end.
const BANDS: (usize, usize) = (168, 330);
/// How wide it is.
const WIDE: usize = 512;

/// Topics and verdicts, with a band as thick as the rules between them are many.
pub fn overview(survey: &Survey<'_>) -> Option<Part> {
    let topics: Vec<(usize, &Topic)> = survey
        .topics
        .iter()
        .enumerate()
        .filter(|(_, topic)| !topic.rules.is_empty())
        .collect();
    if topics.is_empty() {
        return None;
    }
    let counts: Vec<Vec<usize>> = topics
        .iter()
        .map(|(_, topic)| {
            gravest_first()
                .map(|verdict| survey.leading_to(verdict, &topic.rules).len())
                .collect()
        })
        .collect();
    Some(Part::Drawing {
        svg: drawn(&topics, &counts),
        rows: of_topics(&topics, &counts),
    })
}

/// One side of the overview, from top to bottom.
struct Side {
    /// How many rules each slot stands for.
    sizes: Vec<usize>,
    /// Where each slot begins.
    starts: Vec<usize>,
    high: usize,
}

impl Side {
    fn of(sizes: Vec<usize>) -> Self {
        let mut at = 0;
        let mut starts = Vec::new();
        for size in &sizes {
            starts.push(at);
            at += slot(*size) + GAP;
        }
        let high = at.saturating_sub(GAP);
        Self {
            sizes,
            starts,
            high,
        }
    }

    /// Moved down to the middle of a drawing this high.
    fn centred(mut self, high: usize) -> Self {
        let down = (high - self.high) / 2;
        self.starts.iter_mut().for_each(|start| *start += down);
        self
    }

    /// Where the bands of each slot begin.
    fn bands(&self) -> Vec<usize> {
        let slots = self.starts.iter().zip(&self.sizes);
        slots
            .map(|(start, size)| start + (slot(*size) - size * RULE) / 2)
            .collect()
    }

    /// The middle of each slot and how many rules it stands for.
    fn middles(&self) -> impl Iterator<Item = (usize, usize)> {
        let slots = self.starts.iter().zip(&self.sizes);
        slots.map(|(start, size)| (start + slot(*size) / 2, *size))
    }
}

/// The height of a slot for this many rules.
fn slot(rules: usize) -> usize {
    (rules * RULE).max(LEAST)
}

fn drawn(topics: &[(usize, &Topic)], counts: &[Vec<usize>]) -> String {
    let verdicts: Vec<Verdict> = gravest_first().collect();
    let sum = |column: usize| counts.iter().filter_map(|row| row.get(column)).sum();
    let left = Side::of(counts.iter().map(|row| row.iter().sum()).collect());
    let right = Side::of((0..verdicts.len()).map(sum).collect());
    let high = left.high.max(right.high);
    let (left, right) = (left.centred(high), right.centred(high));

    let mut svg = format!(
        "<svg class=\"overview\" viewBox=\"0 0 {WIDE} {}\" role=\"img\" aria-label=\"How many rules of each topic lead to which verdict; the table below has the same numbers\">\n",
        high + 4
    );
    let mut ends = right.bands();
    for ((row, mut from), (_, topic)) in counts.iter().zip(left.bands()).zip(topics) {
        for ((rules, verdict), end) in row.iter().zip(&verdicts).zip(&mut ends) {
            if *rules > 0 {
                band(&mut svg, (from, *end), *rules, *verdict, topic);
            }
            from += rules * RULE;
            *end += rules * RULE;
        }
    }
    for ((middle, rules), (number, topic)) in left.middles().zip(topics) {
        topic_name(&mut svg, middle, rules, *number, topic);
    }
    for ((middle, rules), verdict) in right.middles().zip(&verdicts) {
        verdict_name(&mut svg, middle, rules, *verdict);
    }
    svg + "</svg>"
}

fn topic_name(svg: &mut String, y: usize, rules: usize, number: usize, topic: &Topic) {
    let x = BANDS.0 - 8;
    let _ = writeln!(
        svg,
        "<a href=\"#{}\"><text class=\"end\" x=\"{x}\" y=\"{y}\">{}</text><text class=\"end soft\" x=\"{x}\" y=\"{}\">{}</text></a>",
        topic_id(number),
        escaped(&cut(&topic.title, x / LETTER)),
        y + 13,
        count(rules, "rule"),
    );
}

fn verdict_name(svg: &mut String, y: usize, rules: usize, verdict: Verdict) {
    let x = BANDS.1 + 8;
    let _ = writeln!(
        svg,
        "<text class=\"v-{}\" x=\"{x}\" y=\"{y}\">{}</text><text class=\"soft\" x=\"{x}\" y=\"{}\">{}</text>",
        verdict.word(),
        signed(verdict),
        y + 13,
        count(rules, "rule"),
    );
}

/// A band from the left to the right, equally thick at both ends.
fn band(
    svg: &mut String,
    (from, to): (usize, usize),
    rules: usize,
    verdict: Verdict,
    topic: &Topic,
) {
    let ((left, right), middle) = (BANDS, usize::midpoint(BANDS.0, BANDS.1));
    let (from_end, to_end) = (from + rules * RULE, to + rules * RULE);
    let _ = writeln!(
        svg,
        "<path class=\"band f-{}\" d=\"M{left} {from}C{middle} {from} {middle} {to} {right} {to}V{to_end}C{middle} {to_end} {middle} {from_end} {left} {from_end}Z\"><title>{}: {}, {}</title></path>",
        verdict.word(),
        escaped(&topic.title),
        count(rules, "rule"),
        phrases::verdict(verdict)
    );
}

fn of_topics(topics: &[(usize, &Topic)], counts: &[Vec<usize>]) -> Table {
    let mut head = vec!["Topic".to_owned()];
    head.extend(gravest_first().map(phrases::verdict));
    let row = |((number, topic), row): (&(usize, &Topic), &Vec<usize>)| {
        let link = Span::Link {
            to: topic_id(*number),
            words: topic.title.clone(),
        };
        let mut cells = vec![vec![link]];
        cells.extend(row.iter().map(|rules| vec![text(or_dash(*rules))]));
        cells
    };
    Table {
        caption: "How many rules of each topic lead to which verdict".to_owned(),
        numbers: (1..head.len()).collect(),
        head,
        rows: topics.iter().zip(counts).map(row).collect(),
        small: false,
    }
}

/// A title short enough for its room.
fn cut(title: &str, letters: usize) -> String {
    if title.chars().count() <= letters {
        return title.to_owned();
    }
    let kept: String = title.chars().take(letters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
