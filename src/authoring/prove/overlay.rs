//! The claim about overlays: no patient gets a less severe verdict than with the base, except
//! through `relax`. Also shows what each relaxation changes.

use candidacy_engine::compile::compile;
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::Refusal;
use candidacy_engine::overlay;
use candidacy_engine::pack::Pack;
use candidacy_engine::plan::Plan;

use super::super::diff::{self, Diff};
use super::super::solver::Budget;

/// The comparison of an overlay with its base.
#[derive(Debug)]
pub struct Over {
    /// The overlay without relaxations.
    pub strict: Plan,
    /// The changes to less severe verdicts compared with the base.
    pub against_base: Diff,
    /// For each relaxation, the changes to less severe verdicts.
    pub relaxed: Vec<Diff>,
}

/// Compares an overlay with its base; none for a pack without a base.
///
/// # Errors
///
/// The problems of the base, if it has any.
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
