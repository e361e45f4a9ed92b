//! The rules with which patients are screened.

use candidacy_engine::compile::compile_on;
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::Refusal;
use candidacy_engine::pack::{Pack, short_fingerprint};
use candidacy_engine::plan::Plan;

use crate::authoring::prove::less_severe;
use crate::error::Error;
use crate::load;

use super::remarks::detail;
use super::{Context, note};

/// The plan of the rules to use.
///
/// # Errors
///
/// When they cannot be read, have problems, or change a condition of their base so that a verdict is less severe.
pub fn plan(context: &Context) -> Result<Plan, Error> {
    let plan = compiled(context)?;
    let from = context.rules.as_deref();
    let from = from.map_or("built in".to_owned(), |path| path.display().to_string());
    let fingerprint = short_fingerprint(&plan.fingerprint);
    let (id, version) = (&plan.header.id, &plan.header.version);
    detail(&format!(
        "rules: {id} {version} ({fingerprint}), {from}; today is {}\n",
        context.today
    ));
    Ok(plan)
}

fn compiled(context: &Context) -> Result<Plan, Error> {
    let Some(rules) = &context.rules else {
        return load::plan_of(context.pack, context.today);
    };
    let pack = load::without_cases(Some(rules))?.read();
    let layers = pack.layers();
    let conditional: Vec<Pack> = layers
        .into_iter()
        .filter(|layer| changes_conditions(layer))
        .cloned()
        .collect();
    let plan = compile_on(pack, context.today).map_err(Error::Rules)?;
    for layer in &conditional {
        no_less_severe(layer, context.today)?;
    }
    Ok(plan)
}

fn changes_conditions(layer: &Pack) -> bool {
    let mut changes = layer.overlay.changes.iter();
    changes.any(|change| change.when.is_some() || change.unless.is_some())
}

/// Refuses an overlay whose conditions make a verdict less severe than its base does. Single entries that do so were
/// refused when they were read; this searches all patients.
fn no_less_severe(layer: &Pack, today: Date) -> Result<(), Error> {
    let found = less_severe::found(layer, today).map_err(Error::Rules)?;
    if !found.problems.is_empty() {
        return Err(Error::Rules(Refusal {
            sources: layer.sources.clone(),
            problems: found.problems,
        }));
    }
    if found.undecided.is_some() {
        note(
            "warning: it could not be decided whether these rules make a verdict less severe than their base; see `candidacy rules check`\n",
        );
    }
    Ok(())
}
