//! Guesses which question a column answers, from its heading and its contents.

use candidacy_engine::answer::{Reader, is_none, leaves_open, option_names, yes_or_no};
use candidacy_engine::normalize::{key, normalize};
use candidacy_engine::plan::Plan;
use candidacy_engine::question::Question;

use super::likeness::Known;
use super::survey::Survey;
use crate::batch::columns::Column;
use crate::batch::target::{Rest, Target};

/// What a column may answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guess {
    /// The best guess.
    pub target: Option<Target>,
    /// Whether its heading makes the guess certain.
    pub sure: bool,
    /// Other possible targets, the best first.
    pub others: Vec<Target>,
    /// Whether it is a checkbox.
    pub ticks: bool,
}

/// What each of `columns` may answer.
#[must_use]
pub fn guesses(
    plan: &Plan,
    reader: &Reader<'_>,
    columns: &[Column],
    surveys: &[Survey],
) -> Vec<Guess> {
    let both = || columns.iter().zip(surveys);
    let mut guesses: Vec<Guess> = both()
        .map(|(column, survey)| by_heading(plan, reader, column, survey))
        .collect();
    boxes(plan, columns, surveys, &mut guesses);
    // The best guesses are assigned first, so that each question gets one column.
    let known = Known::of(plan);
    let mut scored: Vec<(u64, usize, usize)> = Vec::new();
    for (place, (column, survey)) in both().enumerate() {
        if guesses
            .get(place)
            .is_none_or(|guess| guess.target.is_some())
        {
            continue;
        }
        let fits = known.scores(plan, reader, &column.heading, survey);
        scored.extend(
            fits.into_iter()
                .map(|(score, question)| (score, place, question)),
        );
    }
    scored.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    let mut taken: Vec<usize> = guesses
        .iter()
        .filter_map(|guess| guess.target)
        .map(Target::question)
        .collect();
    for (_, place, question) in scored {
        let Some(guess) = guesses.get_mut(place) else {
            continue;
        };
        if guess.target.is_none() && !taken.contains(&question) {
            guess.target = Some(Target::Question(question));
            taken.push(question);
        } else if guess.others.len() < 3 {
            guess.others.push(Target::Question(question));
        }
    }
    guesses
}

/// The target named by the heading alone, unless the cells are ticks of an option.
fn by_heading(plan: &Plan, reader: &Reader<'_>, column: &Column, survey: &Survey) -> Guess {
    let Some(target) = column.target else {
        return Guess::default();
    };
    let question = match target {
        Target::Question(number) => plan.questions.get(number).map(|asked| &asked.question),
        Target::Option(..) | Target::Rest(..) => None,
    };
    let reads = |question: &Question| {
        let mut cells = survey.cells.keys();
        cells.any(|cell| reader.reply(question, cell).is_ok())
    };
    let fits = survey.filled == 0 || question.is_none_or(reads);
    let is_box = are_ticks(&column.heading, survey) && !option_of(plan, &column.heading).is_empty();
    if !fits && is_box {
        return Guess::default();
    }
    Guess {
        target: Some(target),
        sure: true,
        ..Guess::default()
    }
}

/// Assigns columns that are headed by an option and contain ticks to its question.
fn boxes(plan: &Plan, columns: &[Column], surveys: &[Survey], guesses: &mut [Guess]) {
    let mut before: Option<usize> = None;
    for (place, (column, survey)) in columns.iter().zip(surveys).enumerate() {
        let Some(guess) = guesses.get_mut(place) else {
            continue;
        };
        if let Some(target) = guess.target {
            before = Some(target.question()).filter(|_| !matches!(target, Target::Question(_)));
            continue;
        }
        let named = option_of(plan, &column.heading);
        if !are_ticks(&column.heading, survey) {
            before = before.filter(|_| is_rest(&column.heading).is_some());
        }
        let best = named
            .iter()
            .find(|target| before == Some(target.question()))
            .or(named.first());
        let rest = before.zip(is_rest(&column.heading));
        let target = match (best, rest) {
            (Some(target), _) if are_ticks(&column.heading, survey) => *target,
            (None, Some((question, rest))) => Target::Rest(question, rest),
            _ => {
                before = None;
                continue;
            }
        };
        guess.others = named
            .iter()
            .copied()
            .filter(|other| *other != target)
            .collect();
        guess.target = Some(target);
        guess.ticks = true;
        before = Some(target.question());
    }
    // An option is certain if other options of its question have columns too, and only one question
    // fits.
    let targets: Vec<Option<Target>> = guesses.iter().map(|guess| guess.target).collect();
    for guess in guesses.iter_mut().filter(|guess| guess.ticks) {
        let Some(target @ Target::Option(question, _)) = guess.target else {
            continue;
        };
        let siblings = targets.iter().flatten();
        let beside = siblings.filter(|other| other.question() == question && **other != target);
        let twice = targets
            .iter()
            .flatten()
            .filter(|other| **other == target)
            .count()
            > 1;
        guess.sure = guess.others.is_empty() && beside.count() > 0 && !twice;
    }
}

/// The options with the same name as a heading.
fn option_of(plan: &Plan, heading: &str) -> Vec<Target> {
    let wanted = key(heading);
    let mut found = Vec::new();
    for (number, asked) in plan.questions.iter().enumerate() {
        if !asked.question.takes_several() {
            continue;
        }
        let choices = asked.question.kind.choices();
        let named = |choice: &candidacy_engine::question::Choice| {
            option_names(choice).any(|name| !wanted.is_empty() && key(name) == wanted)
        };
        if let Some(option) = choices.iter().position(named) {
            found.push(Target::Option(number, option));
        }
    }
    found
}

/// The answer outside the options that a heading names.
fn is_rest(heading: &str) -> Option<Rest> {
    let word = normalize(heading);
    if word.starts_with("other") {
        return Some(Rest::NotSure);
    }
    if leaves_open(heading) {
        return Some(Rest::NotSure);
    }
    (is_none(heading) && yes_or_no(heading).is_none()).then_some(Rest::None)
}

/// Whether all cells of a column are ticks of the option in its heading.
fn are_ticks(heading: &str, survey: &Survey) -> bool {
    let own = key(heading);
    let tick = |cell: &String| {
        let key = key(cell);
        key == own
            || yes_or_no(cell).is_some()
            || matches!(
                key.as_str(),
                "checked" | "unchecked" | "selected" | "✓" | "✔"
            )
    };
    !survey.more && survey.cells.keys().all(tick)
}
