//! `rules show`: a rule or a question with everything about it.

use std::path::Path;

use crate::engine::suggest::way_out;
use crate::error::{Error, Exit};
use crate::workbench::show as page;

use super::super::{Surroundings, print};

/// Prints the rule or question called `id`.
pub fn show(id: &str, path: Option<&Path>, around: &Surroundings) -> Result<Exit, Error> {
    let plan = super::read(path, around)?.plan;
    if let Some(page) = page::show(&plan, id) {
        return print(&page);
    }
    let rules = plan.ids_of_rules().into_iter();
    let questions = plan
        .questions
        .iter()
        .map(|asked| asked.question.id.as_str());
    Err(Error::Usage {
        message: format!("no rule and no question is called `{id}`"),
        hint: way_out(id, "rule or question", rules.chain(questions)),
    })
}
