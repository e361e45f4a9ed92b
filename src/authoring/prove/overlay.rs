//! What is claimed of every overlay: that no patient gets a less severe verdict than
//! with its base, except through what it relaxes; and what each relaxation changes.

use candidacy_engine::compile::compile;
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::Refusal;
use candidacy_engine::overlay;
use candidacy_engine::pack::Pack;
use candidacy_engine::plan::Plan;

use super::super::diff::{self, Diff};
use super::super::solver::Budget;

/// An overlay held against its base.
#[derive(Debug)]
pub struct Over {
    /// The overlay as it is once nothing is relaxed any more.
    pub strict: Plan,
    /// Which verdicts become less severe than with the base.
    pub against_base: Diff,
    /// Which verdicts each relaxation makes less severe.
    pub relaxed: Vec<Diff>,
}

/// Holds an overlay against its base; nothing for a pack that stands alone.
///
/// # Errors
///
/// The problems of the base, where it has any of its own.
pub fn over(pack: &Pack, today: Date) -> Result<Option<Over>, Refusal> {
    let Some(under) = &pack.under else {
        return Ok(None);
    };
    let base = compile(overlay::strict(under))?;
    let strict = compile(overlay::strict(pack))?;
    let mut relaxed = Vec::new();
    for own in 0..pack.overlay.relaxations.len() {
        let plan = compile(overlay::with(pack, |number, _| number == own))?;
        relaxed.push(diff::less_severe(
            &strict,
            &plan,
            pack,
            today,
            &Budget::default(),
        ));
    }
    Ok(Some(Over {
        against_base: diff::less_severe(&base, &strict, pack, today, &Budget::default()),
        strict,
        relaxed,
    }))
}
