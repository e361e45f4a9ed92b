//! Numbers in sentences, checked against the unit and range of their question.

use crate::condition::Check;
use crate::decimal::Decimal;
use crate::diagnostic::Problems;
use crate::diagnostic::{Code, Diagnostic};
use crate::pack::Question;
use crate::sentence::{Comparison, Word};
use crate::source::Place;

use super::spans::At;

/// `under N unit` and similar sentences.
pub fn compared(
    question: &Question,
    how: Comparison,
    number: Word<'_>,
    unit: Option<Word<'_>>,
    at: &At<'_>,
    problems: &mut Problems,
) -> Option<Check> {
    let [number] = numbers(question, [number], unit, at, problems)?;
    Some(match how {
        Comparison::Under => Check::Between(None, Some(number.next_down())),
        Comparison::AtMost => Check::Between(None, Some(number)),
        Comparison::AtLeast => Check::Between(Some(number), None),
        Comparison::Over => Check::Between(Some(number.next_up()), None),
    })
}

/// `between N and N unit`.
pub fn between(
    question: &Question,
    words: [Word<'_>; 2],
    unit: Option<Word<'_>>,
    at: &At<'_>,
    problems: &mut Problems,
) -> Option<Check> {
    let [least, most] = numbers(question, words, unit, at, problems)?;
    if least > most {
        let [from, to] = words.map(|word| at.word(word));
        let place = Place {
            end: to.end,
            ..from
        };
        let message = format!("no number is between {least} and {most}");
        problems.push(
            Diagnostic::new(Code::BadValue, place, message).help(format!(
                "write the smaller one first: `between {most} and {least}`"
            )),
        );
        return None;
    }
    Some(Check::Between(Some(least), Some(most)))
}

/// The numbers, if their unit is that of the question and they are within its range.
fn numbers<const N: usize>(
    question: &Question,
    words: [Word<'_>; N],
    unit: Option<Word<'_>>,
    at: &At<'_>,
    problems: &mut Problems,
) -> Option<[Decimal; N]> {
    let read = words.map(|word| Decimal::read(word.text));
    let no_numbers = words.iter().zip(&read).filter(|(_, read)| read.is_none());
    let problems_before = problems.len();
    problems.extend(no_numbers.map(|(word, _)| no_number(question, *word, at)));
    if problems.len() > problems_before {
        return None;
    }
    if let Some(problem) = wrong_unit(question, words.last()?, unit, at) {
        problems.push(problem);
        return None;
    }
    let mut numbers = [Decimal::default(); N];
    for ((number, read), word) in numbers.iter_mut().zip(read).zip(words) {
        *number = read?;
        problems.extend(out_of_range(question, *number, at.word(word)));
    }
    (problems.len() == problems_before).then_some(numbers)
}

fn no_number(question: &Question, word: Word<'_>, at: &At<'_>) -> Diagnostic {
    let message = format!("`{}` is not a number", word.text);
    let problem = Diagnostic::new(Code::BadValue, at.word(word), message);
    let unit = question.unit.as_ref().map(|unit| unit.value.as_str());
    let glued = unit.and_then(|unit| Some((word.text.strip_suffix(unit)?, unit)));
    match glued.filter(|(number, _)| Decimal::read(number).is_some()) {
        Some((number, unit)) => {
            problem.help(format!("put a space before the unit: `{number} {unit}`"))
        }
        None => problem.help("write digits, with a point for decimals, for example `1.5`"),
    }
}

/// The problem of a unit that is not that of the question.
fn wrong_unit(
    question: &Question,
    number: &Word<'_>,
    unit: Option<Word<'_>>,
    at: &At<'_>,
) -> Option<Diagnostic> {
    let id = &question.id.value;
    let own = question.unit.as_ref().map(|unit| unit.value.as_str());
    let written = unit.map(|unit| unit.text);
    let (message, help) = match (own, written) {
        (Some(own), Some(written)) if own != written => (
            format!("`{id}` is asked in {own}, not in {written}"),
            format!("convert the number to {own}, and write {own} after it"),
        ),
        (Some(own), None) => (
            format!("the number needs its unit: `{id}` is asked in {own}"),
            format!("if it is meant in {own}, write `{} {own}`", number.text),
        ),
        (None, Some(written)) => (
            format!("`{id}` is a count without a unit"),
            format!("leave `{written}` out, or give the question `unit: {written}`"),
        ),
        _ => return None,
    };
    let place = unit.map_or_else(|| at.end(), |unit| at.word(unit));
    Some(Diagnostic::new(Code::WrongUnit, place, message).help(help))
}

fn out_of_range(question: &Question, number: Decimal, place: Place) -> Option<Diagnostic> {
    let written = question.range.as_ref()?;
    let (least, most) = Decimal::range(&written.value)?;
    if (least..=most).contains(&number) {
        return None;
    }
    let unit = question.unit.as_ref();
    let unit = unit.map_or(String::new(), |unit| format!(" {}", unit.value));
    let message = format!(
        "`{}` has the range {least} to {most}{unit}",
        question.id.value
    );
    Some(
        Diagnostic::new(Code::OutOfRange, place, message)
            .other(written.place, "its range")
            .help("check the number and its unit, or widen the range"),
    )
}
