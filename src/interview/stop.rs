//! The offer to stop, if no later answer can lead to a booking.

use crate::error::Error;
use crate::report::specialist::named;
use candidacy_engine::assess::assess;
use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;
use candidacy_engine::verdict::Verdict;

use super::{Ask, Confirmed, Interview, Masks};

/// The offer as a yes/no question.
const OFFER: &str = "No other answer can change this: the treatment is not booked today, a dermatologist is needed. \
    Stop here and see the verdict (y), or go on with the questions (n)?";

/// Offers to stop, if no later answer can lead to a booking and the offer was not refused before
/// (`refused`). Whether to stop. Private answers do not count: an offer that depends on one would
/// reveal it to everyone who sees the screen.
pub fn offer(
    plan: &Plan,
    interview: &mut Interview<'_>,
    masks: &Masks,
    as_of: Date,
    refused: &mut bool,
    person: &mut dyn Ask,
) -> Result<bool, Error> {
    let shown = masks.without_private(interview.answers());
    let enough = assess(plan, &shown, as_of).range.best >= Verdict::DermatologistReview;
    if !enough || *refused {
        // If a change makes a booking possible again, the offer may be repeated later.
        *refused = enough;
        return Ok(false);
    }
    let answer = person.confirm(&named(OFFER, plan.specialist()), false)?;
    // After a way back or the review it is offered again.
    *refused = answer == Confirmed::No;
    match answer {
        Confirmed::Yes => return Ok(true),
        Confirmed::No => {}
        Confirmed::Back => interview.back(),
        Confirmed::Review => interview.review(),
        Confirmed::Quit => return Err(Error::Stopped),
    }
    Ok(false)
}
