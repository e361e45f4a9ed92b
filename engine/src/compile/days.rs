//! Checks that days in a pack are not too far from today.

use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::pack::{Pack, Relaxation};

/// Maximum time for which something may be relaxed in advance, in months. After that, the owner
/// must confirm again that it is safe.
const LONGEST: i32 = 24;

/// The problems with the days of `pack`, as of `today`.
pub fn problems(pack: &Pack, today: Date) -> Vec<Diagnostic> {
    let last = today.plus_months(LONGEST);
    // A missing or unreadable day was reported already.
    let reported = |one: &&Relaxation| {
        let mut problems = pack.problems.iter();
        problems.any(|problem| problem.place == one.until.place)
    };
    let reviews = pack.layers().into_iter().filter_map(|pack| {
        let on = &pack.header.review.as_ref()?.on;
        (on.value > today).then(|| {
            let message = format!("the review on {} is in the future", on.value);
            Diagnostic::new(Code::ReviewToCome, on.place, message)
                .note(format!("today is {today}"))
                .help("write the day of the review, or `status: draft` until it is done")
        })
    });
    let relaxations = pack.overlay.relaxations.iter();
    let relaxations = relaxations
        .filter(|one| one.until.value > last && !reported(one))
        .map(|one| {
            let message = format!(
                "a relaxation may end at most {LONGEST} months from today, on {last}, and this one ends on {}",
                one.until.value
            );
            Diagnostic::new(Code::UntilTooFar, one.until.place, message)
                .note(format!("today is {today}"))
                .help(format!("write `until: {last}` or an earlier day; it can be renewed before it ends"))
        });
    reviews.chain(relaxations).collect()
}
