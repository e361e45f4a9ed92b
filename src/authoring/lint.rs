//! Warnings about valid rules that probably differ from what the author meant.
//!
//! A warning about patients is only given if it is exact. It is based on a search through all possible patients, on
//! any day from 2000 on (see [`solver`](super::solver)). Searches that would take too long are listed in one warning, so
//! that nothing is left out silently. Warnings about the text (unused or unnamed entries) use the sentences as written
//! in the files.
//!
//! The rules of an overlay are checked without relaxations, and its base is checked separately. Warnings are about the
//! overlay's own files. A rule of the base gets a warning only if it never decides because of an overlay rule.

mod budgeted;
mod conflicts;
mod medicines;
mod options;
mod periods;
mod redundant;
mod stops;
mod taken;
mod unreachable;
mod unused;
mod usages;

use candidacy_engine::compile::compile;
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::overlay;
use candidacy_engine::pack;
use candidacy_engine::pack::Pack;
use candidacy_engine::plan::Plan;
use candidacy_engine::source::Place;

use budgeted::LimitedSolver;
use usages::Usages;

/// The warnings about a valid pack, in the order of its files. `today` decides whether a review is overdue or a rule
/// is no longer in force.
#[must_use]
pub fn lint(pack: &Pack, plan: &Plan, today: Date) -> Vec<Diagnostic> {
    let mut warnings = if pack.overlay.relaxations.is_empty() {
        all(pack, plan, today)
    } else {
        in_every_form(pack, plan, today)
    };
    warnings.extend(over(pack, today));
    let of_taken = taken::questions(pack, &warnings);
    warnings.extend(of_taken);
    warnings.sort_by_key(|warning| warning.place);
    let own = |place: Place| pack.own.contains(&place.source);
    warnings.retain(|warning| {
        let other = warning.other.as_ref();
        let other = other.filter(|_| warning.code == Code::NeverDecides);
        own(warning.place) || other.is_some_and(|(place, _)| own(*place))
    });
    warnings
}

/// The warnings that hold both with active relaxations and after they end. A rule is not redundant if it decides only
/// while another is relaxed, or only afterwards.
fn in_every_form(pack: &Pack, plan: &Plan, today: Date) -> Vec<Diagnostic> {
    let holding = |relaxation: &pack::Relaxation| relaxation.until.value >= today;
    let forms = [
        overlay::strict(pack),
        overlay::with(pack, |_, relaxation| holding(relaxation)),
    ];
    let mut forms = forms.into_iter().map(|form| match compile(form.clone()) {
        Ok(plan) => all(&form, &plan, today),
        Err(_) => all(pack, plan, today),
    });
    let mut warnings = forms.next().unwrap_or_default();
    for others in forms {
        warnings.retain(|one| {
            let mut others = others.iter();
            others.any(|other| (other.code, other.place) == (one.code, one.place))
        });
    }
    warnings
}

fn all(pack: &Pack, plan: &Plan, today: Date) -> Vec<Diagnostic> {
    let said = Usages::of(pack);
    let mut search = LimitedSolver::new(pack, plan, today);
    let mut warnings = Vec::new();
    warnings.extend(review(pack, today));
    let never_asked = unreachable::questions(pack, &mut search, &mut warnings);
    let never_apply = unreachable::rules(pack, &mut search, &never_asked, &mut warnings);
    redundant::rules(pack, &mut search, &never_apply, &mut warnings);
    unused::names(pack, &said, &mut warnings);
    medicines::names(pack, plan, &mut warnings);
    stops::medicines(pack, &mut warnings);
    options::unread(pack, &said, &search, &mut warnings);
    periods::calendar(pack, &said, &mut warnings);
    warnings.extend(search.left_out(pack));
    warnings
}

/// A warning that the review of the rules is overdue.
fn review(pack: &Pack, today: Date) -> Option<Diagnostic> {
    let due = pack.header.review_by.filter(|due| *due < today)?;
    let head = pack.own.start;
    let place = pack
        .sources
        .get(head)
        .and_then(|source| pack::review_by(head, source));
    let message = format!("the review of these rules was due on {}", due.in_words());
    Some(
        Diagnostic::new(Code::ReviewOverdue, place.unwrap_or(START), message)
            .note(format!("today is {}", today.in_words()))
            .help("ask their owner to compare them with their sources, then set `review_by` to the day of the next review"),
    )
}

/// Relaxations whose last day has passed.
fn over(pack: &Pack, today: Date) -> Vec<Diagnostic> {
    let relaxations = pack.overlay.relaxations.iter();
    let over = relaxations.filter(|one| one.until.value < today);
    let warning = |one: &pack::Relaxation| {
        let last = one.until.value.in_words();
        let message = format!("this relaxation ended on {last}");
        Diagnostic::new(Code::RelaxationOver, one.until.place, message)
            .note(format!("today is {}", today.in_words()))
            .help(format!(
                "remove it, or ask {} whether it is still safe, and set a later day",
                one.owner
            ))
    };
    over.map(warning).collect()
}

/// The place used if there is none.
const START: Place = Place {
    source: 0,
    start: 0,
    end: 1,
};
