//! `candidacy info`: what a patient can expect.

use crate::error::{Error, Exit};
use crate::report::expectations;
use candidacy_engine::suggest::way_out;

use super::Context;

/// What `candidacy info` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  candidacy info\n  candidacy info aftercare")]
pub struct InfoArgs {
    /// The topic; by default the list of topics
    topic: Option<String>,
}

/// Prints a topic, or the list of topics.
pub fn run(args: &InfoArgs, around: &Context) -> Result<Exit, Error> {
    let plan = super::plan(around)?;
    let Some(wanted) = &args.topic else {
        return super::print(&expectations::topics(&plan, around.out));
    };
    match plan.expectations.iter().find(|one| one.id == *wanted) {
        Some(one) => super::print(&expectations::topic(&plan, one, around.out)),
        None => Err(Error::Usage {
            message: format!("there is no topic `{wanted}`"),
            hint: format!(
                "{} (`candidacy info` lists the topics)",
                way_out(
                    wanted,
                    "topic",
                    plan.expectations.iter().map(|one| one.id.as_str())
                )
            ),
        }),
    }
}
