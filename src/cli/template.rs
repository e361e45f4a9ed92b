//! `candidacy template`: a table with all columns that a batch reads.

use candidacy_engine::plan::Plan;

/// The line of headings: an id of the clinic's own, then every question by its id.
#[must_use]
pub fn template(plan: &Plan) -> String {
    let ids = plan
        .questions
        .iter()
        .map(|asked| asked.question.id.as_str());
    let headings: Vec<&str> = std::iter::once("patient").chain(ids).collect();
    format!("{}\n", headings.join(","))
}
