//! What each column of a table answers.

use crate::error::Error;
use candidacy_engine::normalize::key;
use candidacy_engine::plan::Plan;
use candidacy_engine::suggest::{nearest, way_out};

use super::column_reading::ColumnReading;
use super::heading_forms::{is_box, is_in_group, is_path, question, repeated, understood};
use super::target::{Rest, Target};

/// A column of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading, unchanged.
    pub heading: String,
    /// What it answers; none for columns that are only copied.
    pub target: Option<Target>,
    /// Whether it is part of a list of boxes to tick, or may be, as its heading says.
    pub boxes: bool,
    /// Whether the table also has the whole answer, with which the box must agree.
    pub beside_whole: bool,
}

/// An entry of `--map` for one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapped {
    /// The heading.
    pub column: String,
    /// `QUESTION` or `QUESTION.OPTION`; empty for a column that is only copied.
    pub target: String,
    /// How the column writes its answers; only a map file can set this.
    pub reading: ColumnReading,
}

/// The target that a flag names.
///
/// # Errors
///
/// If it does not exist; the error suggests similar ones.
pub fn target(plan: &Plan, flag: &str, name: &str) -> Result<Target, Error> {
    if let Some(target) = understood(plan, name) {
        return Ok(target);
    }
    let usage = |message: String, hint: String| Err(Error::Usage { message, hint });
    if let Some((before, after)) = name.split_once('.')
        && let Some(number) = question(plan, before)
        && let Some(asked) = plan.questions.get(number)
    {
        let id = &asked.question.id;
        let choices = asked.question.kind.choices();
        if !asked.question.takes_several() {
            return usage(
                format!("`{flag}` names an option of `{id}`, which is answered as a whole"),
                format!("name the question alone: `{id}`"),
            );
        }
        let known = choices.iter().map(|choice| choice.id.as_str());
        return usage(
            format!(
                "`{flag}` names `{}`, which is not an option of `{id}`",
                plain(after)
            ),
            way_out(after, "option", known),
        );
    }
    let known = plan
        .questions
        .iter()
        .map(|asked| asked.question.id.as_str());
    usage(
        format!(
            "`{flag}` names `{}`, which is not a question of these rules",
            plain(name)
        ),
        way_out(name, "question", known),
    )
}

/// What the columns with these headings answer; `maps` takes precedence.
///
/// # Errors
///
/// If a map names no column, or two columns answer the same question.
pub fn columns(plan: &Plan, headings: &[String], maps: &[Mapped]) -> Result<Vec<Column>, Error> {
    let mut columns: Vec<Column> = headings
        .iter()
        .map(|heading| {
            let target = understood(plan, heading);
            Column {
                heading: heading.clone(),
                target,
                boxes: is_box(plan, heading, target) || is_in_group(plan, heading, target),
                beside_whole: false,
            }
        })
        .collect();
    mark_split(plan, &mut columns);
    for map in maps {
        let place = find(headings, "--map", &map.column)?;
        let target = if map.target.trim().is_empty() {
            None
        } else {
            Some(target(plan, "--map", map.target.trim())?)
        };
        if let Some(column) = columns.get_mut(place) {
            column.target = target;
            column.beside_whole = false;
        }
    }
    mark_repeated(plan, &mut columns, &mapped_places(headings, maps));
    clash(plan, &columns)?;
    Ok(columns)
}

/// Marks the columns `question/option` if the table also has the whole answer, because Kobo writes both.
fn mark_split(plan: &Plan, columns: &mut [Column]) {
    let whole = columns.iter().filter_map(|column| match column.target {
        Some(Target::Question(question)) => Some(question),
        _ => None,
    });
    let whole: Vec<usize> = whole.collect();
    for column in columns {
        let below = matches!(column.target, Some(Target::Option(..) | Target::Rest(..)));
        let split = below && column.boxes && is_path(plan, &column.heading);
        let question = column.target.map(Target::question);
        column.beside_whole = split && question.is_some_and(|question| whole.contains(&question));
    }
}

/// The places of the columns that `maps` name.
pub(super) fn mapped_places(headings: &[String], maps: &[Mapped]) -> Vec<usize> {
    let places = maps
        .iter()
        .map(|map| find(headings, "--map", &map.column).ok());
    places.flatten().collect()
}

/// Gives a column whose heading repeats that of an answer, such as `health.1` beside `health`, the
/// same target. Programs number the second of two columns so.
fn mark_repeated(plan: &Plan, columns: &mut [Column], mapped: &[usize]) {
    let target = |place: usize, column: &Column| {
        if column.target.is_some() || mapped.contains(&place) {
            return None;
        }
        let stem = repeated(&column.heading)?;
        let wanted = key(stem);
        let answering = || columns.iter().filter(|other| other.target.is_some());
        let same = answering().find(|other| key(&other.heading) == wanted);
        let read = understood(plan, stem).filter(|read| {
            let question = Some(read.question());
            answering().any(|other| other.target.map(Target::question) == question)
        });
        same.map_or(read, |same| same.target)
    };
    let targets = columns.iter().enumerate();
    let targets: Vec<Option<Target>> = targets.map(|(place, one)| target(place, one)).collect();
    for (column, target) in columns.iter_mut().zip(targets) {
        column.target = column.target.or(target);
    }
}

/// The index of the column called `name`.
///
/// # Errors
///
/// If there is no such column, or more than one.
pub fn find(headings: &[String], flag: &str, name: &str) -> Result<usize, Error> {
    let places = |same: &dyn Fn(&String) -> bool| -> Vec<usize> {
        let numbered = headings.iter().enumerate();
        numbered
            .filter(|(_, h)| same(h))
            .map(|(place, _)| place)
            .collect()
    };
    let mut found = places(&|heading| heading == name);
    if found.is_empty() {
        let wanted = key(name);
        found = places(&|heading| key(heading) == wanted);
    }
    if found.is_empty()
        && let Some(place) = numbered(name).filter(|place| *place < headings.len())
    {
        found.push(place);
    }
    match found.as_slice() {
        [only] => Ok(*only),
        [] => Err(Error::Usage {
            message: format!(
                "`{flag}` names the column `{}`, which the table does not have",
                plain(name)
            ),
            hint: match nearest(name, headings.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{}`?", plain(near)),
                None => "write the heading exactly as in the first line".to_owned(),
            },
        }),
        [first, second, ..] => Err(Error::Usage {
            message: format!(
                "`{flag}` names the column `{name}`, and columns {} and {} are both called that",
                first + 1,
                second + 1
            ),
            hint: format!(
                "give each column a heading of its own, or name them by number: `column {}`",
                first + 1
            ),
        }),
    }
}

/// The index of a column that is named by number: `column 7`.
fn numbered(name: &str) -> Option<usize> {
    let (word, number) = name.trim().split_once(' ')?;
    let number: usize = number
        .parse()
        .ok()
        .filter(|_| word.eq_ignore_ascii_case("column"))?;
    number.checked_sub(1)
}

/// Refuses two columns for one question, and a question together with its options.
fn clash(plan: &Plan, columns: &[Column]) -> Result<(), Error> {
    for (second, column) in columns.iter().enumerate() {
        let Some(target) = column.target else {
            continue;
        };
        let earlier = columns.iter().take(second).enumerate();
        let clashing = |other: Option<Target>| match (other, target) {
            (Some(Target::Option(a, x)), Target::Option(b, y)) => a == b && x == y,
            (Some(Target::Rest(a, x)), Target::Rest(b, y)) => a == b && x == y && x == Rest::None,
            (Some(Target::Rest(..)), Target::Option(..))
            | (Some(Target::Option(..)), Target::Rest(..))
            | (None, _) => false,
            (Some(other), target) => other.question() == target.question(),
        };
        let is_whole = |one: &Column| matches!(one.target, Some(Target::Question(_)));
        let agreeing = |one: &Column, other: &Column| one.beside_whole && is_whole(other);
        let found = earlier.into_iter().find(|(_, other)| {
            clashing(other.target) && !agreeing(column, other) && !agreeing(other, column)
        });
        if let Some((first, other)) = found {
            let named = |place: usize, column: &Column| {
                format!("column {} (`{}`)", place + 1, plain(&column.heading))
            };
            return Err(Error::Usage {
                message: format!(
                    "{} and {} both answer `{}`",
                    named(first, other),
                    named(second, column),
                    target.name(plan)
                ),
                hint: format!(
                    "rename one of them, or ignore one with `--map '{}='`",
                    plain(&column.heading)
                ),
            });
        }
    }
    Ok(())
}

/// A heading that can be shown safely on a terminal.
#[must_use]
pub fn plain(text: &str) -> String {
    const MOST: usize = 60;
    let shown: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(MOST + 1)
        .collect();
    match shown.char_indices().nth(MOST) {
        Some((cut, _)) => format!("{}…", shown.get(..cut).unwrap_or_default()),
        None => shown,
    }
}

/// The delimiter with which the first line names the most questions. If several are equal, it is the one
/// with the most columns; the comma is tried first.
#[must_use]
pub fn delimiter(known: impl Fn(&str) -> bool, headings: impl Fn(u8) -> Vec<String>) -> u8 {
    let mut best = (b',', 0, 0);
    for delimiter in *b",;\t|" {
        let names = headings(delimiter);
        let count = names.iter().filter(|name| known(name)).count();
        if (count, names.len()) > (best.1, best.2) {
            best = (delimiter, count, names.len());
        }
    }
    best.0
}
