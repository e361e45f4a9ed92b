//! The offer to stop, where no answer to come can lead to anything the desk may book.

use candidacy_engine::answer::Answers;
use candidacy_engine::assess::assess;
use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;
use candidacy_engine::verdict::Verdict;

/// The offer, answered by yes or no.
pub const OFFER: &str = "No other answer can change this: the treatment is not booked today, a dermatologist is needed. \
    Stop here and see the verdict (y), or go on with the questions (n)?";

/// Whether no answer could lead to anything the desk may book. `shown` has no private answers: an
/// offer to stop because of one would reveal it to everybody who sees the screen.
pub fn enough(plan: &Plan, shown: &Answers, as_of: Date) -> bool {
    assess(plan, shown, as_of).outlook.best >= Verdict::DermatologistReview
}
