//! `rules show`: a rule, question, setting or group with everything about it, and where it comes from.

use std::path::Path;

use crate::error::{Error, Exit};
use crate::report::show as page;
use crate::report::show::origin;
use candidacy_engine::suggest::way_out;

use super::super::{Context, print};

/// Prints the entry `id`. With `from`, prints where it comes from; without an id, what each pack
/// adds to the pack below it.
pub fn show(
    id: Option<&str>,
    path: Option<&Path>,
    from: bool,
    around: &Context,
) -> Result<Exit, Error> {
    // A file is not an id, even in the position of the id.
    let (id, path) = match (id, path) {
        (Some(file), None) if from && Path::new(file).exists() => (None, Some(Path::new(file))),
        given => given,
    };
    let read = super::read(path, around)?;
    let Some(id) = id else {
        return print(&origin::all(&read.pack));
    };
    let shown = page::show(&read.pack, &read.plan, id);
    let origin = origin::of(&read.pack, id).filter(|_| from);
    match (shown, origin) {
        (Some(page), None) => print(&page),
        (None, Some(origin)) => print(&origin),
        (Some(page), Some(origin)) => print(&format!("{page}\n{origin}")),
        (None, None) => {
            let rules = read.plan.ids_of_rules().into_iter();
            let questions = read.plan.questions.iter();
            let questions = questions.map(|asked| asked.question.id.as_str());
            let settings = read.plan.settings.iter().map(|(name, _)| name.as_str());
            let groups = read.plan.groups.iter().map(|group| group.id.as_str());
            let ids = rules.chain(questions).chain(settings).chain(groups);
            Err(Error::Usage {
                message: format!("no rule, question, setting or group is called `{id}`"),
                hint: way_out(id, "rule, question, setting or group", ids),
            })
        }
    }
}
