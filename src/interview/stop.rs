//! The offer to stop, if no later answer can lead to a booking.

use candidacy_engine::answer::Answers;
use candidacy_engine::assess::assess;
use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;
use candidacy_engine::verdict::Verdict;

/// The offer as a yes/no question.
pub const OFFER: &str = "No other answer can change this: the treatment is not booked today, a dermatologist is needed. \
    Stop here and see the verdict (y), or go on with the questions (n)?";

/// Whether no later answer can lead to a booking. `shown` has no private answers: an offer that
/// depends on one would reveal it to everyone who sees the screen.
pub fn enough(plan: &Plan, shown: &Answers, as_of: Date) -> bool {
    assess(plan, shown, as_of).range.best >= Verdict::DermatologistReview
}
