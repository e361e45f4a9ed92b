//! What leads to which verdict, drawn: all topics on one page, and each topic
//! from its questions over its rules.
//!
//! Widths are reckoned from the number of letters, generously, because nothing
//! here can measure a font.

use std::fmt::Write as _;

use crate::engine::verdict::Verdict;
use crate::report::paint::Style;
use crate::report::words::{self, count, escaped};
use crate::workbench::say::questions_of;
use crate::workbench::survey::{Survey, Topic};

use super::{Part, Span, Table, gravest_first, joined, question_link, rule_link, text, topic_id};

/// The height of one rule in the overview.
const RULE: usize = 4;
/// The least height of a topic or a verdict, so that its two lines of words fit.
const LEAST: usize = 30;
/// The room between two of them.
const GAP: usize = 8;
/// Where the bands of the overview begin and end.
const BANDS: (usize, usize) = (168, 330);
/// How wide the overview is.
const WIDE: usize = 512;
/// The height of a line in the drawing of a topic.
const LINE: usize = 22;
/// Generous room for a letter of the drawings' size.
const LETTER: usize = 7;

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
        svg: bands(&topics, &counts),
        rows: of_topics(&topics, &counts),
    })
}

/// One side of the overview: where each slot begins, and how high the side is.
fn slots(sizes: &[usize]) -> (Vec<usize>, usize) {
    let mut at = 0;
    let mut starts = Vec::new();
    for size in sizes {
        starts.push(at);
        at += (size * RULE).max(LEAST) + GAP;
    }
    (starts, at.saturating_sub(GAP))
}

fn bands(topics: &[(usize, &Topic)], counts: &[Vec<usize>]) -> String {
    let verdicts: Vec<Verdict> = gravest_first().collect();
    let left: Vec<usize> = counts.iter().map(|row| row.iter().sum()).collect();
    let right: Vec<usize> = (0..verdicts.len())
        .map(|column| counts.iter().filter_map(|row| row.get(column)).sum())
        .collect();
    let ((lefts, left_high), (rights, right_high)) = (slots(&left), slots(&right));
    let high = left_high.max(right_high);
    let (down, up) = ((high - left_high) / 2, (high - right_high) / 2);
    let centred = |start: usize, size: usize, shift: usize| {
        start + shift + ((size * RULE).max(LEAST) - size * RULE) / 2
    };

    let mut svg = format!(
        "<svg class=\"overview\" viewBox=\"0 0 {WIDE} {}\" role=\"img\" aria-label=\"How many rules of each topic lead to which verdict; the table below has the same numbers\">\n",
        high + 4
    );
    let mut ends: Vec<usize> = rights
        .iter()
        .zip(&right)
        .map(|(start, size)| centred(*start, *size, up))
        .collect();
    for ((row, start), (topic, size)) in counts.iter().zip(&lefts).zip(topics.iter().zip(&left)) {
        let mut from = centred(*start, *size, down);
        for ((rules, verdict), end) in row.iter().zip(&verdicts).zip(&mut ends) {
            if *rules > 0 {
                band(
                    &mut svg,
                    (from, *end),
                    rules * RULE,
                    *verdict,
                    topic,
                    *rules,
                );
            }
            from += rules * RULE;
            *end += rules * RULE;
        }
    }
    for ((start, size), (number, topic)) in lefts.iter().zip(&left).zip(topics) {
        let middle = start + down + (size * RULE).max(LEAST) / 2;
        let _ = writeln!(
            svg,
            "<a href=\"#{}\"><text class=\"end\" x=\"{}\" y=\"{middle}\">{}</text><text class=\"end soft\" x=\"{}\" y=\"{}\">{}</text></a>",
            topic_id(*number),
            BANDS.0 - 8,
            escaped(&cut(&topic.title, (BANDS.0 - 8) / LETTER)),
            BANDS.0 - 8,
            middle + 13,
            count(*size, "rule"),
        );
    }
    for ((start, size), verdict) in rights.iter().zip(&right).zip(&verdicts) {
        let middle = start + up + (size * RULE).max(LEAST) / 2;
        let _ = writeln!(
            svg,
            "<text class=\"v-{}\" x=\"{}\" y=\"{middle}\">{} {}</text><text class=\"soft\" x=\"{}\" y=\"{}\">{}</text>",
            verdict.word(),
            BANDS.1 + 8,
            Style::plain(0).sign(*verdict),
            words::verdict(*verdict),
            BANDS.1 + 8,
            middle + 13,
            count(*size, "rule"),
        );
    }
    svg + "</svg>"
}

/// A band from the left to the right, `thick` from top to bottom at both ends.
fn band(
    svg: &mut String,
    (from, to): (usize, usize),
    thick: usize,
    verdict: Verdict,
    (_, topic): &(usize, &Topic),
    rules: usize,
) {
    let ((left, right), middle) = (BANDS, usize::midpoint(BANDS.0, BANDS.1));
    let (from_end, to_end) = (from + thick, to + thick);
    let _ = writeln!(
        svg,
        "<path class=\"band f-{}\" d=\"M{left} {from}C{middle} {from} {middle} {to} {right} {to}V{to_end}C{middle} {to_end} {middle} {from_end} {left} {from_end}Z\"><title>{}: {}, {}</title></path>",
        verdict.word(),
        escaped(&topic.title),
        count(rules, "rule"),
        words::verdict(verdict)
    );
}

fn of_topics(topics: &[(usize, &Topic)], counts: &[Vec<usize>]) -> Table {
    let mut head = vec!["Topic".to_owned()];
    head.extend(gravest_first().map(words::verdict));
    let row = |((number, topic), row): (&(usize, &Topic), &Vec<usize>)| {
        let link = Span::Link {
            to: topic_id(*number),
            words: topic.title.clone(),
        };
        let mut cells = vec![vec![link]];
        cells.extend(
            row.iter()
                .map(|rules| vec![text(super::front::number(*rules))]),
        );
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

/// The questions that the rules of a topic read, the rules, and their verdicts.
pub fn of_topic(survey: &Survey<'_>, topic: &Topic) -> Option<Part> {
    let plan = survey.plan;
    let mut rules: Vec<(usize, Vec<usize>)> = topic
        .rules
        .iter()
        .filter_map(|number| Some((*number, questions_of(&plan.rules.get(*number)?.when))))
        .collect();
    // Beside the first question of the topic that they read, gravest first.
    rules.sort_by_key(|(number, reads)| {
        let own = reads.iter().find(|one| topic.questions.contains(one));
        let grade = plan.rules.get(*number).map(|rule| rule.grade);
        (
            own.is_none(),
            own.or(reads.first()).copied(),
            std::cmp::Reverse(grade),
        )
    });
    if rules.is_empty() {
        return None;
    }
    let row = |(number, reads): &(usize, Vec<usize>)| {
        let links = reads.iter().filter_map(|one| question_link(plan, *one));
        Some(vec![
            joined(links, ", "),
            vec![rule_link(plan, *number)?],
            vec![Span::Verdict(plan.rules.get(*number)?.grade.verdict())],
        ])
    };
    Some(Part::Drawing {
        svg: lines(survey, topic, &rules),
        rows: Table {
            caption: "From question over rule to verdict".to_owned(),
            head: ["Question", "Rule", "Verdict"].map(str::to_owned).to_vec(),
            rows: rules.iter().filter_map(row).collect(),
            numbers: Vec::new(),
            small: true,
        },
    })
}

fn lines(survey: &Survey<'_>, topic: &Topic, rules: &[(usize, Vec<usize>)]) -> String {
    let mut questions: Vec<usize> = Vec::new();
    for one in rules.iter().flat_map(|(_, reads)| reads) {
        if !questions.contains(one) {
            questions.push(*one);
        }
    }
    // In the order of the first rule that reads each, near the middle of its rules.
    let name = |number: usize| {
        let asked = survey.plan.questions.get(number);
        asked.map_or_else(String::new, |asked| words::heading(&asked.question.id))
    };
    let rule = |number: usize| survey.plan.rules.get(number);
    let longest = |names: &mut dyn Iterator<Item = String>| {
        names.map(|name| name.chars().count()).max().unwrap_or(0) * LETTER
    };
    let asked = longest(&mut questions.iter().map(|number| name(*number)));
    let ruled = longest(
        &mut rules
            .iter()
            .filter_map(|(number, _)| Some(words::heading(&rule(*number)?.id))),
    );
    let (left, right) = (asked + 10, asked + 110);
    let (wide, verdicts) = (right + ruled + 30 + 190, right + ruled + 30);
    let at = places(rules, &questions);
    let high = rules.len().max(questions.len()) * LINE + 6;

    let mut svg = format!(
        "<svg class=\"topic\" viewBox=\"0 0 {wide} {high}\" style=\"min-width:{}px;max-width:{wide}px\" role=\"img\" aria-label=\"{}: which question leads over which rule to which verdict; the rules below say the same\">\n",
        wide * 4 / 5,
        escaped(&topic.title)
    );
    for (row, (number, reads)) in rules.iter().enumerate() {
        let Some(rule) = rule(*number) else { continue };
        let (y, verdict) = (row * LINE + LINE / 2 + 3, rule.grade.verdict());
        for (question, from) in questions.iter().zip(&at) {
            if reads.contains(question) {
                let middle = usize::midpoint(left, right);
                let _ = writeln!(
                    svg,
                    "<path class=\"line s-{}\" d=\"M{left} {from}C{middle} {from} {middle} {y} {right} {y}\"/>",
                    verdict.word()
                );
            }
        }
        let _ = writeln!(
            svg,
            "<circle class=\"f-{word}\" cx=\"{right}\" cy=\"{y}\" r=\"4\"/><a href=\"#rule-{}\"><text x=\"{}\" y=\"{}\">{}</text></a><text class=\"v-{word}\" x=\"{verdicts}\" y=\"{}\">{} {}</text>",
            rule.id,
            right + 10,
            y + 4,
            words::heading(&rule.id),
            y + 4,
            Style::plain(0).sign(verdict),
            words::verdict(verdict),
            word = verdict.word(),
        );
    }
    for (question, y) in questions.iter().zip(&at) {
        let own = topic.questions.contains(question);
        let id = survey
            .plan
            .questions
            .get(*question)
            .map(|asked| asked.question.id.as_str());
        let _ = writeln!(
            svg,
            "<a href=\"#question-{}\"><text class=\"end{}\" x=\"{}\" y=\"{}\">{}</text></a>",
            id.unwrap_or_default(),
            if own { "" } else { " soft" },
            left - 8,
            y + 4,
            name(*question)
        );
    }
    svg + "</svg>"
}

/// How far down each question stands: level with the middle of the rules that
/// read it, in their order, never two on one line.
fn places(rules: &[(usize, Vec<usize>)], questions: &[usize]) -> Vec<usize> {
    let room = rules.len().max(questions.len()) * LINE;
    let mut free = 0;
    let mut at = Vec::new();
    for (number, question) in questions.iter().enumerate() {
        let rows = rules.iter().enumerate();
        let rows: Vec<usize> = rows
            .filter(|(_, (_, reads))| reads.contains(question))
            .map(|(row, _)| row * LINE)
            .collect();
        let wanted = rows.iter().sum::<usize>() / rows.len().max(1);
        // Those still to come need a line each.
        let last = room.saturating_sub((questions.len() - number) * LINE);
        let top = wanted.max(free).min(last);
        free = top + LINE;
        at.push(top + LINE / 2 + 3);
    }
    at
}

/// A title short enough for its room.
fn cut(title: &str, letters: usize) -> String {
    if title.chars().count() <= letters {
        return title.to_owned();
    }
    let kept: String = title.chars().take(letters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
