//! A calendar file with the day on which a waiting period ends, and a reminder. Outlook, Google and
//! Apple calendars can open it.
//!
//! The same inputs give the same file: importing an event again replaces the earlier one.

use chrono::{Duration, NaiveDate};
use icalendar::{Alarm, Calendar, Component, Event, EventLike, Property};
use sha2::{Digest, Sha256};

use candidacy_engine::date::Date;
use candidacy_engine::plan::{Clinic, Plan};
use candidacy_engine::verdict::Verdict;

use super::handout::Letterhead;
use super::model::{Report, TOOL};
use super::phrases;

/// The clinic and the day of a calendar.
#[derive(Clone, Copy, Debug)]
pub struct Made<'a> {
    /// The clinic that the events belong to.
    pub clinic: Option<&'a Clinic>,
    /// The day it was made on.
    pub on: Date,
}

/// A deferred patient on the list of those to call back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recall {
    /// The first day on which the treatment may go ahead.
    pub day: Date,
    /// The id that identifies the patient.
    pub id: String,
    /// Why the patient waits, in words that the reader may see.
    pub reason: String,
}

/// An event that lasts all day.
struct AllDay {
    day: Date,
    title: String,
    words: String,
    reminder: String,
    /// The text from which the unique id of the event is made.
    seed: String,
}

/// The hour of the reminder, on the day itself.
const HOUR: i64 = 9;

/// A calendar with the day on which one patient's waiting period ends; none if that day is not
/// known. It names no reason, because others may see the calendar.
#[must_use]
pub fn of_patient(
    plan: &Plan,
    sheet: &Report<'_>,
    letterhead: Letterhead<'_>,
    on: Date,
) -> Option<String> {
    let day = sheet
        .eligible_from
        .filter(|_| sheet.verdict == Verdict::Deferred)?;
    let treatment = phrases::heading(plan.procedure());
    let to_call = letterhead.to_call();
    let reference = letterhead.reference;
    let reference = reference.map_or(String::new(), |one| format!(" Reference: {one}."));
    let event = AllDay {
        day,
        title: format!("{treatment}: the wait ends"),
        words: format!(
            "If nothing else has changed, the wait is over. Call {to_call}, to answer the \
             questions again and to book.{reference} This is a pre-screening, not a diagnosis."
        ),
        reminder: format!("{treatment}: answer the questions again, then book."),
        // The seed contains no answer, because answers could be guessed from the digest.
        seed: format!("{treatment}\n{day}\n{}\n{reference}", sheet.as_of),
    };
    let clinic = letterhead.clinic;
    Some(written(&treatment, &[event], Made { clinic, on }))
}

/// The days on which the clinic calls patients back.
#[must_use]
pub fn of_recalls(plan: &Plan, recalls: &[Recall], made: Made<'_>) -> String {
    let treatment = plan.procedure();
    // The same id may be in several rows.
    let mut met: std::collections::BTreeMap<(Date, &str), usize> =
        std::collections::BTreeMap::new();
    let mut events = Vec::with_capacity(recalls.len());
    for one in recalls {
        let Recall { day, id, reason } = one;
        let count = met.entry((*day, id)).or_default();
        *count += 1;
        events.push(AllDay {
            day: *day,
            title: format!("Call back {id}: {treatment}"),
            words: format!(
                "The wait ends today, if nothing else has changed. Waited for: {reason}."
            ),
            reminder: format!("Call back {id}, to answer the questions again."),
            seed: format!("{}\n{day}\n{id}\n{count}", plan.header.id),
        });
    }
    written(&format!("Recalls: {treatment}"), &events, made)
}

fn written(name: &str, events: &[AllDay], made: Made<'_>) -> String {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(Property::new("PRODID", format!("-//{TOOL}//EN")))
        .append_property(("CALSCALE", "GREGORIAN"))
        .append_property(("METHOD", "PUBLISH"));
    let clinic = made.clinic;
    let name = clinic.map_or_else(|| name.to_owned(), |one| format!("{}: {name}", one.name));
    calendar.name(&plain(&name));
    for one in events {
        calendar.push(event(one, made));
    }
    calendar.to_string()
}

fn event(one: &AllDay, made: Made<'_>) -> Event {
    let uid = format!("{}@candidacy", digest(&one.seed));
    let stamp = format!("{}T000000Z", compact(made.on));
    let mut event = Event::new();
    event
        .uid(&uid)
        .add_property("DTSTAMP", &stamp)
        .summary(&plain(&one.title))
        .description(&plain(&one.words));
    if let (Some(day), Some(next)) = (in_chrono(one.day), in_chrono(one.day.plus_days(1))) {
        event.starts(day).ends(next);
    }
    // The event must not mark the whole day as busy.
    event.add_property("TRANSP", "TRANSPARENT");
    if let Some(clinic) = made.clinic {
        let parts = [&clinic.name].into_iter().chain(&clinic.address);
        let parts: Vec<&str> = parts.map(String::as_str).collect();
        event.location(&plain(&parts.join(", ")));
    }
    let mut reminder = Alarm::display(&plain(&one.reminder), Duration::hours(HOUR));
    // Without a fixed id and stamp, each run would create new ones. Outlook handles hours better
    // than seconds.
    reminder
        .uid(&format!("reminder-{uid}"))
        .add_property("DTSTAMP", &stamp)
        .add_property("TRIGGER", format!("PT{HOUR}H"));
    event.alarm(reminder);
    event.done()
}

fn in_chrono(day: Date) -> Option<NaiveDate> {
    let (year, month, day) = day.parts();
    let parts = [month, day].map(|part| u32::try_from(part).ok());
    let [Some(month), Some(day)] = parts else {
        return None;
    };
    NaiveDate::from_ymd_opt(i32::from(year), month, day)
}

/// `20261120`.
fn compact(day: Date) -> String {
    day.to_string().replace('-', "")
}

/// Text without characters that would end a line of the file.
fn plain(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn digest(seed: &str) -> String {
    let digest = Sha256::digest(seed.as_bytes());
    let digits = digest
        .iter()
        .take(16)
        .flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}
