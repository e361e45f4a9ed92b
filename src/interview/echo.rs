//! Shows how an answer was read. Asks first if a name is close to a known medicine.

use crate::error::Error;
use crate::report::medicines;
use crate::report::phrases::heading;
use candidacy_engine::answer::{AnswerError, Cause, Reader, Reply, Value, days_of, says_age};
use candidacy_engine::date::{Date, Days};
use candidacy_engine::plan::Plan;
use candidacy_engine::question::Question;
use candidacy_engine::quote::shown;

use super::{Ask, Confirmed, Mask};

/// The result of asking what an answer means.
pub enum SpeltOut {
    /// The answer.
    Text(String),
    /// Ask the same question again.
    Back,
    /// Show all answers.
    Review,
}

/// The answer with corrected names of medicines and, if a day has two readings, with the reading
/// that the user confirmed.
pub fn spelt_out(
    plan: &Plan,
    reader: Reader<'_>,
    text: String,
    before: &Reply,
    mask: Mask<'_>,
    person: &mut dyn Ask,
) -> Result<SpeltOut, Error> {
    let reply = match reader.reply(mask.question(), &text) {
        Ok(reply) => reply,
        Err(why) => return one_reading(&why, text, mask, person),
    };
    let Reply::Given(Value::Medicines(medicines)) = &reply else {
        return Ok(SpeltOut::Text(text));
    };
    let redaction = mask.redaction(&reply);
    let was_hidden = mask.redaction(before);
    let mut text = text;
    for typed in medicines
        .entries
        .iter()
        .filter_map(|entry| entry.unrecognised.as_deref())
    {
        let near = plan.medicines.did_you_mean(typed);
        let Some(near) = near.filter(|near| near.whole) else {
            continue;
        };
        // The reason for a medicine may be private. The name was in the answer before and was not
        // typed now.
        if was_hidden.hides(typed) {
            continue;
        }
        let private = redaction.hides(typed);
        let means = if private {
            String::new()
        } else {
            format!(" ({})", medicines::suggested(plan, &near).meaning())
        };
        let question = format!("\"{typed}\" is not known. Is it {}{means}?", near.text);
        match person.confirm(&question, private)? {
            Confirmed::Yes => text = text.replacen(typed, &near.text, 1),
            Confirmed::No => {}
            other => return instead(other),
        }
    }
    Ok(SpeltOut::Text(text))
}

/// Offers the two readings of `text`, one after the other. Without a yes the text is not changed
/// and will be refused.
fn one_reading(
    why: &AnswerError,
    text: String,
    mask: Mask<'_>,
    person: &mut dyn Ask,
) -> Result<SpeltOut, Error> {
    for (words, reading) in why.readings().into_iter().flatten() {
        let question = format!("This can be read in two ways. Is it {words}?");
        match person.confirm(&question, mask.hides_all())? {
            Confirmed::Yes => return Ok(SpeltOut::Text(reading)),
            Confirmed::No => {}
            other => return instead(other),
        }
    }
    Ok(SpeltOut::Text(text))
}

fn instead(said: Confirmed) -> Result<SpeltOut, Error> {
    match said {
        Confirmed::Quit => Err(Error::Stopped),
        Confirmed::Review => Ok(SpeltOut::Review),
        _ => Ok(SpeltOut::Back),
    }
}

/// The error in words for a user who sees no ids.
pub fn without_ids(question: &Question, why: AnswerError) -> AnswerError {
    let by_number = "type the number of an option, or the beginning of its words";
    let not_an_answer = |text: &str| format!("`{}` is not an answer to this question", shown(text));
    let (message, help) = match &why.cause {
        Cause::NoAnswer(text) => (not_an_answer(text), why.help),
        Cause::NoOption { text, near } => {
            let near = near.and_then(|near| question.kind.choices().get(near));
            let help = near.map_or_else(
                || by_number.to_owned(),
                |near| format!("did you mean \"{}\"? Type its number", near.text),
            );
            (not_an_answer(text), help)
        }
        Cause::Moved { text, to } => {
            let help = format!("answer \"{}\" instead", heading(to));
            (not_an_answer(text), help)
        }
        Cause::OutOfRange(number) => (
            format!("{number} is outside the range of this question"),
            why.help,
        ),
        Cause::NoneAndSomething => (
            "this says `none` and also gives another answer".to_owned(),
            why.help,
        ),
        Cause::EveryOptionDenied => (
            "at least one of these always applies".to_owned(),
            format!("{by_number}, or say not sure"),
        ),
        Cause::TwoReadings => (why.message, "type the numbers of the options".to_owned()),
        Cause::LaterDay
        | Cause::DateForm
        | Cause::TwoDays(_)
        | Cause::TwoTimes(_)
        | Cause::LostLetters
        | Cause::Other => return why,
    };
    AnswerError {
        message,
        help,
        cause: why.cause,
    }
}

/// Shows how an answer was read, unless its words make that clear.
pub fn echo(
    plan: &Plan,
    reply: &Reply,
    (text, as_of): (&str, Date),
    mask: Mask<'_>,
    person: &mut dyn Ask,
) -> Result<(), Error> {
    if mask.hides_all() {
        return Ok(());
    }
    let Reply::Given(Value::Medicines(medicines)) = reply else {
        let words = days_of(reply).and_then(|days| days_echo(days, text, as_of));
        return words.map_or(Ok(()), |words| person.understood(&words));
    };
    let redaction = mask.redaction(reply);
    for entry in &medicines.entries {
        if redaction.hides(&entry.text) {
            person.understood(if entry.unrecognised.is_none() {
                "A private medicine is understood."
            } else {
                "A private medicine is not known; the dermatologist will look at it."
            })?;
            continue;
        }
        let reading = plan.medicines.explain_entry(&entry.text);
        for name in medicines::entry(plan, reading, &redaction).names {
            let ask = name.ask.map_or(String::new(), |ask| format!(" Ask: {ask}"));
            person.understood(&format!("{}: {}.{ask}", name.typed, name.meaning()))?;
        }
        if let Some(unknown) = &entry.unrecognised {
            person.understood(&format!(
                "\"{unknown}\" is not known; the dermatologist will look at it."
            ))?;
        }
    }
    Ok(())
}

/// If a date is less exact than this many days, the message says how to give a more exact one.
const WIDE: i64 = 92;

/// How a date was read, unless its words make that clear. A day after `as_of` is planned.
fn days_echo(days: Days, text: &str, as_of: Date) -> Option<String> {
    let planned = days.first.is_some_and(|first| first > as_of);
    let planned = if planned { "planned for " } else { "" };
    if let Some(day) = days.exact() {
        let plain = day.to_string() == text.trim();
        if day > as_of {
            return Some(format!("I read this as {planned}{}.", day.in_words()));
        }
        return (!plain).then(|| format!("I read this as {}.", day.in_words()));
    }
    let Some(first) = days.first else {
        let unborn = "There is no date of birth to count from, so the day is not known.";
        return says_age(text).then(|| unborn.to_owned());
    };
    let last = days.last.in_words();
    if first == Date::EARLIEST {
        return Some(format!("I read this as {last} or before."));
    }
    let words = format!("I read this as {planned}{} to {last}.", first.in_words());
    Some(if first.days_to(days.last) > WIDE {
        words + " If you know it more exactly, go back and type the month or the day."
    } else {
        words
    })
}
