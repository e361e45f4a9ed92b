//! What is claimed of every overlay: that nobody fares milder than under its base
//! but by what it relaxes; and whom each relaxation makes milder.

use candidacy_engine::compile::compile;
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::Refusal;
use candidacy_engine::overlay;
use candidacy_engine::pack::Pack;
use candidacy_engine::plan::Plan;

use super::super::diff::{self, Diff};

/// An overlay held against its base.
#[derive(Debug)]
pub struct Over {
    /// The overlay as it is once nothing is relaxed any more.
    pub strict: Plan,
    /// Whom that makes milder than the base.
    pub against_base: Diff,
    /// Whom each relaxation makes milder.
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
        relaxed.push(diff::milder(&strict, &plan, pack, today));
    }
    Ok(Some(Over {
        against_base: diff::milder(&base, &strict, pack, today),
        strict,
        relaxed,
    }))
}
