//! Asks for a parent or guardian if the patient may be a minor.

use crate::error::Error;
use candidacy_engine::answer::days_of;
use candidacy_engine::date::Date;
use candidacy_engine::plan::Asked;

use super::{Ask, Confirmed, Interview};

const MISSING: &str = "Ask for a parent or guardian before you go on.";

/// Asks whether a parent or guardian is present, if the patient is too young by the date of birth,
/// or may be. The answer decides nothing: the rules decide by the age.
pub fn ask(
    asked: &Asked,
    interview: &mut Interview<'_>,
    question: usize,
    as_of: Date,
    person: &mut dyn Ask,
) -> Result<(), Error> {
    let Some(age) = asked.question.guardian_under else {
        return Ok(());
    };
    let born = days_of(interview.answers().reply(question));
    if born.is_none_or(|days| age.after(days.last) <= as_of) {
        return Ok(());
    }
    let words = format!("Under {age}: is a parent or guardian here (y), or not (n)?");
    match person.confirm(&words, false)? {
        Confirmed::Yes => Ok(()),
        Confirmed::No => person.understood(MISSING),
        Confirmed::Back => {
            interview.back();
            Ok(())
        }
        Confirmed::Review => {
            interview.review();
            Ok(())
        }
        Confirmed::Quit => Err(Error::Stopped),
    }
}
