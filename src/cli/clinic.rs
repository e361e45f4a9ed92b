//! `--clinic FILE`: the clinic that patients may call.

use std::path::Path;

use crate::error::Error;
use crate::load::source;
use candidacy_engine::diagnostic::Refusal;
use candidacy_engine::pack::clinic_file;
use candidacy_engine::plan::{Clinic, Plan};

/// The clinic in the file, otherwise the clinic that the rules name.
///
/// # Errors
///
/// If the file cannot be read, or names no clinic with a usable phone number.
pub fn clinic(path: Option<&Path>, plan: &Plan) -> Result<Option<Clinic>, Error> {
    let Some(path) = path else {
        return Ok(plan.clinic().cloned());
    };
    let source = source(path)?;
    let mut problems = Vec::new();
    let clinic = clinic_file(0, &source, &mut problems);
    if problems.is_empty() {
        return Ok(clinic);
    }
    let sources = [source].into();
    Err(Error::Answers(Refusal { sources, problems }))
}
