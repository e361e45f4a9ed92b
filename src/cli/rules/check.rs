//! `rules check` and `rules test`: every problem, then the cases.

use std::path::Path;

use crate::engine::plan::Plan;
use crate::error::{Error, Exit};
use crate::load;
use crate::report::paint::Role;
use crate::report::words::count;
use crate::workbench::cases::{self, Failure};

use super::super::{Surroundings, print};

/// Runs the cases and, when `name_each`, names those that hold too.
pub fn check(path: Option<&Path>, around: &Surroundings, name_each: bool) -> Result<Exit, Error> {
    let path = path.or(around.rules.as_deref());
    let loaded = match path {
        Some(path) => load::load(path)?,
        None => load::built_in_with_cases(),
    };
    let plan = load::compiled(loaded)?;
    let mut report = String::new();
    let mut failures = 0;
    for case in &plan.cases {
        match cases::run(&plan, case) {
            None if name_each => {
                report.push_str(&format!(
                    "{} {}\n",
                    around.out.paint(Role::Right, "ok    "),
                    case.name
                ));
            }
            None => {}
            Some(failure) => {
                failures += 1;
                report.push_str(&told(&failure, around));
            }
        }
    }
    report.push_str(&ended(&plan, around));
    report.push_str(&summary(&plan, path, failures));
    print(&report)?;
    Ok(if failures == 0 {
        Exit::Done
    } else {
        Exit::Rules
    })
}

/// A case that does not hold, in words.
fn told(failure: &Failure, around: &Surroundings) -> String {
    let mut text = format!(
        "{} {}\n       {}\n",
        around.out.paint(Role::Wrong, "FAILED"),
        failure.name,
        failure.at
    );
    for difference in &failure.differences {
        text.push_str(&format!(
            "       {:13} expected {}\n",
            difference.of, difference.expected
        ));
        text.push_str(&format!(
            "       {:13} came out {}\n",
            "", difference.actual
        ));
    }
    text
}

/// What is no longer relaxed, and only stands in the way of whoever reads the file.
fn ended(plan: &Plan, around: &Surroundings) -> String {
    let ended = plan.relaxations.iter();
    let ended = ended.filter(|relaxation| relaxation.until < around.today);
    let told = ended.map(|relaxation| {
        format!(
            "{} what {} relaxed ended on {}: take it out, or say anew why it is safe and until when ({})\n",
            around.out.paint(Role::Heading, "note:"),
            relaxation.owner,
            relaxation.until,
            relaxation.reason
        )
    });
    told.collect()
}

/// How much was checked.
fn summary(plan: &Plan, path: Option<&Path>, failures: usize) -> String {
    let name = path.map_or_else(
        || "built-in rules".to_owned(),
        |path| path.display().to_string(),
    );
    let checked = [
        count(plan.questions.len(), "question"),
        count(plan.ids_of_rules().len(), "rule"),
        format!(
            "{} of medicines",
            count(plan.medicines.names().len(), "name")
        ),
        count(plan.citations.len(), "source"),
        count(plan.claims.len(), "claim"),
        count(plan.cases.len(), "case"),
    ]
    .join(", ");
    let outcome = match failures {
        0 => "no problems, every case holds".to_owned(),
        1 => "1 case does not hold".to_owned(),
        n => format!("{n} cases do not hold"),
    };
    format!("{name}: {checked}: {outcome}.\n")
}
