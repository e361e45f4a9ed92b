//! Scores how well a column fits a question, by the words of its heading and by its contents.

use std::collections::BTreeMap;

use candidacy_engine::answer::{Reader, is_none, leaves_open, option_names, yes_or_no};
use candidacy_engine::normalize::normalize;
use candidacy_engine::plan::Plan;
use candidacy_engine::question::Question;

use super::survey::Survey;

/// Heading words that say nothing about the question.
const LITTLE: &[&str] = &[
    "a",
    "an",
    "and",
    "any",
    "are",
    "at",
    "been",
    "before",
    "by",
    "did",
    "do",
    "does",
    "ever",
    "for",
    "from",
    "had",
    "has",
    "have",
    "having",
    "how",
    "if",
    "in",
    "is",
    "it",
    "last",
    "of",
    "on",
    "or",
    "please",
    "that",
    "the",
    "these",
    "this",
    "to",
    "was",
    "were",
    "what",
    "when",
    "where",
    "which",
    "with",
    "would",
    "you",
    "your",
    "following",
    "current",
    "currently",
    "now",
    "select",
    "all",
    "apply",
    "list",
    "specify",
    "problem",
    "problems",
    "treatment",
    "treatments",
    "skin",
    "past",
    "years",
    "months",
    "weeks",
    "answer",
    "one",
    "choose",
];

/// Headings of columns that form tools add.
const OF_THE_TOOL: &[&str] = &[
    "id",
    "#",
    "timestamp",
    "start date",
    "end date",
    "submit date",
    "start time",
    "completion time",
    "submission date",
    "submission id",
    "start date (utc)",
    "submit date (utc)",
    "network id",
    "collector id",
    "respondent id",
    "record id",
    "record_id",
    "last modified time",
    "submitted",
    "date submitted",
    "complete?",
    "tags",
];

/// Heading words of columns that identify a person; such a column is never an answer.
const PERSONAL: &[&str] = &[
    "name",
    "firstname",
    "lastname",
    "surname",
    "email",
    "mail",
    "phone",
    "mobile",
    "telephone",
    "address",
    "postcode",
    "zip",
    "signature",
    "ip",
    "initials",
    "contact",
    "insurance",
];

/// The words that describe the questions of a pack.
pub(super) struct Known {
    /// For each question, two lists: the words of its id, texts and names; and those of its options
    /// and help.
    questions: Vec<[Vec<String>; 2]>,
    /// The number of questions that contain each word.
    frequency: BTreeMap<String, u64>,
}

impl Known {
    pub(super) fn of(plan: &Plan) -> Self {
        let mut frequency: BTreeMap<String, u64> = BTreeMap::new();
        let mut questions = Vec::new();
        for asked in &plan.questions {
            let question = &asked.question;
            let mut near = format!("{} {}", question.id, question.ask);
            question
                .also
                .iter()
                .for_each(|name| near.push_str(&format!(" {name}")));
            let mut far = question.help.clone().unwrap_or_default();
            for choice in question.kind.choices() {
                option_names(choice).for_each(|name| far.push_str(&format!(" {name}")));
            }
            let words = [tokens(&near), tokens(&far)];
            let mut all: Vec<&String> = words.iter().flatten().collect();
            all.sort_unstable();
            all.dedup();
            for word in all {
                *frequency.entry(word.clone()).or_default() += 1;
            }
            questions.push(words);
        }
        Self {
            questions,
            frequency,
        }
    }

    /// The questions that a column may answer, with their scores in thousandths, best first.
    pub(super) fn scores(
        &self,
        plan: &Plan,
        reader: &Reader<'_>,
        heading: &str,
        survey: &Survey,
    ) -> Vec<(u64, usize)> {
        const LEAST: u64 = 600;
        let heading_words = tokens(heading);
        let personal = normalize(heading);
        let personal = personal.split(|c: char| !c.is_alphanumeric());
        let of_the_tool = OF_THE_TOOL.contains(&heading.trim().to_lowercase().as_str());
        if personal.into_iter().any(|word| PERSONAL.contains(&word))
            || of_the_tool
            || survey.filled == 0
        {
            return Vec::new();
        }
        let mut scores: Vec<(u64, usize)> = Vec::new();
        for (number, (asked, [near, far])) in plan.questions.iter().zip(&self.questions).enumerate()
        {
            let weight = |word: &String| {
                let rare = 1000 / self.frequency.get(word).copied().unwrap_or(1).max(1);
                if near.contains(word) {
                    rare
                } else if far.contains(word) {
                    rare / 2
                } else {
                    0
                }
            };
            let by_words: u64 = heading_words.iter().map(weight).sum();
            let by_cells = fit(&asked.question, reader, survey);
            let by_age = if plan.birth == Some(number) && is_age(heading, survey) {
                1000
            } else {
                0
            };
            let id = tokens(&asked.question.id);
            let by_id = if !id.is_empty() && id.iter().all(|word| heading_words.contains(word)) {
                800
            } else {
                0
            };
            let score = by_words + by_cells + by_age + by_id;
            if score >= LEAST && (by_words > 0 || by_cells >= LEAST || by_age > 0) {
                scores.push((score, number));
            }
        }
        scores.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        scores.truncate(4);
        scores
    }
}

/// Whether a column contains ages in years.
fn is_age(heading: &str, survey: &Survey) -> bool {
    let heading = normalize(heading);
    let mut words = heading.split(|c: char| !c.is_alphanumeric());
    let age = |cell: &String| cell.parse::<u8>().is_ok_and(|age| age < 121);
    words.any(|word| word == "age" || word == "old") && survey.cells.keys().all(age)
}

/// The share of cells in a column that name options of a question, in thousandths.
fn fit(question: &Question, reader: &Reader<'_>, survey: &Survey) -> u64 {
    let special = !question.kind.choices().is_empty();
    let own = |cell: &&String| yes_or_no(cell).is_none() && !is_none(cell) && !leaves_open(cell);
    let cells = survey.cells.iter().filter(|(cell, _)| own(cell));
    let read = cells.filter(|(cell, _)| {
        reader
            .reply(question, cell)
            .is_ok_and(|reply| !reply.is_blank())
    });
    let read: u64 = read.map(|(_, count)| count).sum();
    if special {
        read * 1000 / survey.filled.max(1)
    } else {
        0
    }
}

/// The meaningful words of a text, each reduced to its stem.
fn tokens(text: &str) -> Vec<String> {
    let text = normalize(text).replace('_', " ");
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| word.len() > 2 && !LITTLE.contains(word));
    let mut words: Vec<String> = words.map(stem).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The stem of a word: `scars` and `scarring` have the same stem.
pub(super) fn stem(word: &str) -> String {
    let mut stem = word;
    for end in ["ings", "ing", "ies", "ed", "es", "s", "y"] {
        if let Some(rest) = stem.strip_suffix(end).filter(|rest| rest.len() > 3) {
            stem = rest;
            break;
        }
    }
    stem.chars().take(8).collect()
}
