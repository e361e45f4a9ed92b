//! What is probably not as its author meant it, though the rules can be used.
//!
//! A warning about patients is given only where it is exact: it rests on a search
//! through all patients there can be, on any day from 2000 on (see
//! [`seek`](super::solver)). What would take too long is named in one warning of
//! its own, so that nothing is left out silently. Warnings that go by what is
//! written (what nothing reads, what nothing names) look at the sentences as
//! they stand in the files.
//!
//! Of an overlay, the rules are looked at as they are when nothing is relaxed.
//! What it extends is checked by itself: warned of is what stands in the overlay's
//! own files, and a rule of the base that one of its own keeps from deciding.

mod budgeted;
mod conflicts;
mod medicines;
mod options;
mod periods;
mod redundant;
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

use budgeted::Search;
use usages::Usages;

/// The warnings about a sound pack, in the order of its files; `today` is the
/// day on which a review is overdue or a rule no longer in force.
#[must_use]
pub fn lint(pack: &Pack, plan: &Plan, today: Date) -> Vec<Diagnostic> {
    let mut warnings = if pack.overlay.relaxations.is_empty() {
        all(pack, plan, today)
    } else {
        in_every_form(pack, plan, today)
    };
    warnings.extend(over(pack, today));
    warnings.sort_by_key(|warning| warning.place);
    let own = |place: Place| pack.own.contains(&place.source);
    warnings.retain(|warning| {
        let other = warning.other.as_ref();
        let other = other.filter(|_| warning.code == Code::NeverDecides);
        own(warning.place) || other.is_some_and(|(place, _)| own(*place))
    });
    warnings
}

/// The warnings that are due both while the relaxations hold and afterwards. A rule that decides only while another is
/// relaxed is not idle, and neither is one that decides only afterwards.
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
    let mut search = Search::new(pack, plan, today);
    let mut warnings = Vec::new();
    warnings.extend(review(pack, today));
    let never_asked = unreachable::questions(pack, &mut search, &mut warnings);
    let never_apply = unreachable::rules(pack, &mut search, &never_asked, &mut warnings);
    redundant::rules(pack, &mut search, &never_apply, &mut warnings);
    unused::names(pack, &said, &mut warnings);
    medicines::names(pack, plan, &mut warnings);
    options::unread(pack, &said, &search, &mut warnings);
    periods::calendar(pack, &said, &mut warnings);
    warnings.extend(search.left_out(pack));
    warnings
}

/// That the rules should have been read again.
fn review(pack: &Pack, today: Date) -> Option<Diagnostic> {
    let due = pack.header.review_by.filter(|due| *due < today)?;
    let head = pack.own.start;
    let place = pack
        .sources
        .get(head)
        .and_then(|source| pack::review_by(head, source));
    let message = format!("these rules were to be reviewed by {}", due.in_words());
    Some(
        Diagnostic::new(Code::ReviewOverdue, place.unwrap_or(START), message)
            .note(format!("today is {}", today.in_words()))
            .help("have their owner read them against their sources, then set `review_by` to the day by which to do so again"),
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
                "take it out, or let {} say again why it is safe, with a later day",
                one.owner
            ))
    };
    over.map(warning).collect()
}

/// The place of what has none.
const START: Place = Place {
    source: 0,
    start: 0,
    end: 1,
};
