//! The possible meanings of a column's words that the program cannot read by itself.

use std::collections::BTreeMap;

use candidacy_engine::answer::{
    DateFormat, DayForm, Reader, Wording, option_names, unread_parts, yes_or_no,
};
use candidacy_engine::normalize::{key, normalize};
use candidacy_engine::plan::Plan;
use candidacy_engine::question::{Choice, Question};

use super::likeness::stem;
use super::survey::Survey;
use crate::batch::output::unread::{may_be_shown, shape};
use crate::batch::target::Target;

/// Formats of days, the most frequent first.
const FORMATS: [&str; 10] = [
    "%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y", "%m/%d/%y", "%d/%m/%y", "%d.%m.%y",
    "%d-%m-%y", "%m-%d-%y",
];

/// What is still open about the words of a column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Unread words, with their counts and possible meanings.
    pub words: Vec<(String, u64, Option<String>)>,
    /// The number of cells with other unread words, which are not shown.
    pub hidden: u64,
    /// The patterns of unread numbers and days, with each digit as 9, and their counts.
    pub shapes: Vec<(String, u64)>,
    /// Possible formats of the days; the first one is the guess.
    pub dates: Vec<String>,
}

/// What is still open about the words in `survey`, a column that answers `target`.
#[must_use]
pub fn unread(plan: &Plan, reader: &Reader<'_>, target: Target, survey: &Survey) -> Words {
    let mut found = Words::default();
    let number = target.question();
    let Some(question) = plan.questions.get(number).map(|asked| &asked.question) else {
        return found;
    };
    let mut unread: BTreeMap<String, u64> = BTreeMap::new();
    for (cell, count) in survey.sorted() {
        for part in unread_in(reader, question, target, cell) {
            *unread.entry(part.to_owned()).or_default() += count;
        }
    }
    let dated = question.kind.is_dated();
    if dated && matches!(target, Target::Question(_)) {
        let is_birth = plan.birth == Some(number);
        found.dates = day_forms(reader, question, survey, &unread, is_birth);
        if let Some(form) = found.dates.first().and_then(|form| day_form(form)) {
            unread.retain(|word, _| reads_as(reader, question, &form, word).is_none());
        }
    }
    let closed = is_closed(survey);
    for (word, count) in unread {
        let form = shape(&word);
        if dated && form != word {
            match found.shapes.iter_mut().find(|(known, _)| *known == form) {
                Some((_, counted)) => *counted += count,
                None => found.shapes.push((form, count)),
            }
            continue;
        }
        let is_shown = count > 1 || closed || yes_or_no(&word).is_some();
        let shown = is_shown && may_be_shown(&word);
        if shown {
            let guess = meaning(question, target, &word);
            found.words.push((word, count, guess));
        } else {
            found.hidden += count;
        }
    }
    found
        .words
        .sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    found
}

/// Whether a column repeats a few words, as a list of options does. In any other column, a word
/// that occurs once may be personal.
fn is_closed(survey: &Survey) -> bool {
    let different = survey.cells.len();
    let once = survey.cells.values().filter(|count| **count == 1).count();
    survey.filled >= 20 && different <= 10 && once * 3 <= different
}

fn unread_in<'c>(
    reader: &Reader<'_>,
    question: &Question,
    target: Target,
    cell: &'c str,
) -> Vec<&'c str> {
    match target {
        Target::Question(_) if reader.reply(question, cell).is_ok() => Vec::new(),
        Target::Question(_) if question.takes_several() => {
            let parts = unread_parts(question, &Wording::default(), cell);
            if parts.is_empty() { vec![cell] } else { parts }
        }
        Target::Question(_) => vec![cell],
        Target::Option(_, option) => {
            let choice = question.kind.choices().get(option);
            let named = |choice: &candidacy_engine::question::Choice| {
                option_names(choice).any(|name| key(name) == key(cell))
            };
            let tick = matches!(normalize(cell).as_str(), "checked" | "unchecked");
            let read = tick || choice.is_some_and(named) || reader.mark(question, "", cell).is_ok();
            if read { Vec::new() } else { vec![cell] }
        }
        Target::Rest(..) => Vec::new(),
    }
}

/// The formats in which all numeric words are days.
fn day_forms(
    reader: &Reader<'_>,
    question: &Question,
    survey: &Survey,
    unread: &BTreeMap<String, u64>,
    is_birth: bool,
) -> Vec<String> {
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).count();
    if !unread.keys().any(|word| digits(word) > 1) {
        return Vec::new();
    }
    // Unambiguous days show how the others are written.
    let written = || survey.cells.keys().filter(|word| digits(word) > 1);
    let all = |form: &&str| {
        let form = day_form(form);
        form.is_some_and(|form| {
            written().all(|word| reads_as(reader, question, &form, word).is_some())
        })
    };
    let mut forms: Vec<&str> = FORMATS.into_iter().filter(all).collect();
    if forms.is_empty() {
        let ages = written().all(|word| digits(word) < 4);
        let counted = if ages && is_birth { "age" } else { "excel" };
        forms.extend([counted].iter().filter(|form| all(form)));
    }
    forms.into_iter().map(str::to_owned).collect()
}

fn day_form(form: &str) -> Option<DayForm> {
    match form {
        "age" => Some(DayForm::Age),
        "excel" => Some(DayForm::ExcelSerial),
        format => DateFormat::new(format).map(DayForm::Format),
    }
}

/// The reply for `word` if days are written in `form`.
fn reads_as(reader: &Reader<'_>, question: &Question, form: &DayForm, word: &str) -> Option<()> {
    let mut wording = Wording::default();
    wording.days = Some(form.clone());
    let reader = Reader {
        wording: Some(&wording),
        ..*reader
    };
    reader.reply(question, word).is_ok().then_some(())
}

/// A possible meaning of a word, which must always be confirmed.
fn meaning(question: &Question, target: Target, word: &str) -> Option<String> {
    let folded = normalize(word);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let first = words.first().copied().unwrap_or_default();
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let guess = |answer: &str| Some(answer.to_owned());
    if has(&[
        "maybe",
        "sometimes",
        "possibly",
        "unsure",
        "perhaps",
        "other",
    ]) {
        return guess("not sure");
    }
    if !matches!(target, Target::Question(_)) {
        return guess(match first {
            "yes" | "selected" => "yes",
            "no" => "no",
            _ => return None,
        });
    }
    let guesses = question.kind.question_type().facts().guesses;
    let meant = guesses
        .iter()
        .find(|guess| guess.first.contains(&first) || has(guess.among));
    match meant {
        Some(meant) => guess(meant.answer),
        None => nearest_option(question.kind.choices(), &words),
    }
}

/// The option whose name shares most of its words with these.
fn nearest_option(choices: &[Choice], words: &[&str]) -> Option<String> {
    let stems: Vec<String> = words.iter().map(|word| stem(word)).collect();
    let shared = |name: &str| {
        let name = normalize(name);
        let name: Vec<String> = name
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.len() > 2)
            .map(stem)
            .collect();
        let both = name.iter().filter(|word| stems.contains(word)).count();
        both * 100 / name.len().max(1)
    };
    let best = choices.iter().map(|choice| {
        let score = option_names(choice).map(shared).max().unwrap_or(0);
        (score, choice)
    });
    let best = best
        .max_by_key(|(score, _)| *score)
        .filter(|(score, _)| *score >= 50);
    best.map(|(_, choice)| choice.id.clone())
}
