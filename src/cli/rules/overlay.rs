//! What `rules prove` says of an overlay beside its claims.

use crate::authoring::diff::{Change, Diff};
use crate::authoring::prove::overlay::Over;
use crate::authoring::sentences;
use crate::report::style::Role;
use candidacy_engine::plan::Plan;

use super::super::Context;

const CLAIM: &str = "nobody fares milder than under the base but by what is relaxed";

/// Whether the overlay keeps what is claimed of every overlay.
pub fn holds(over: &Over) -> bool {
    !over.against_base.milder() && !over.against_base.milder_left_out()
}

/// What came of that claim, and whom each relaxation makes milder.
pub fn told(over: &Over, plan: &Plan, around: &Context) -> String {
    let mut text = claim(&over.against_base, around);
    for (relaxation, seen) in plan.relaxations.iter().zip(&over.relaxed) {
        text.push_str(&format!(
            "{} until {}, for which {} answers: {}\n",
            around.out.paint(Role::Right, "relaxed"),
            relaxation.until,
            relaxation.owner,
            relaxation.reason
        ));
        text.push_str(&whom(seen, around));
    }
    text
}

/// That a claim would be true of everybody without these relaxations.
pub fn without(plan: &Plan, relaxations: &[usize]) -> String {
    let mut text =
        "        the claim is true of every patient but for what is relaxed:\n".to_owned();
    for one in relaxations
        .iter()
        .filter_map(|number| plan.relaxations.get(*number))
    {
        text.push_str(&format!(
            "          {} ({}, until {})\n",
            one.reason, one.owner, one.until
        ));
    }
    text
}

fn claim(seen: &Diff, around: &Context) -> String {
    let wrong = |word: &str| around.out.paint(Role::Wrong, word);
    if seen.milder() {
        let changes = seen.changes.iter().filter(|change| change.is_milder());
        let told: String = changes
            .map(|change| super::diff::told(change, seen, around))
            .collect();
        format!("{} {CLAIM}\n{told}", wrong("FAILS  "))
    } else if seen.milder_left_out() {
        format!(
            "{} {CLAIM}\n        the questions it hangs on have more combinations than are tried here\n",
            wrong("LEFT OUT")
        )
    } else {
        format!("{} {CLAIM}\n", around.out.paint(Role::Right, "proved "))
    }
}

/// How many kinds of patients a relaxation makes milder, and the plainest of them.
fn whom(seen: &Diff, around: &Context) -> String {
    let milder = || seen.changes.iter().filter(|change| change.is_milder());
    let differs = |change: &&Change| {
        let told = sentences::told(&seen.merged.new, &change.someone, &seen.base);
        (!change.exact, told.len())
    };
    let Some(plainest) = milder().min_by_key(differs) else {
        return "        nobody fares milder by it\n".to_owned();
    };
    let kinds: Vec<String> = milder()
        .map(|change| format!("`{}` for `{}`", change.after.word(), change.before.word()))
        .collect();
    format!(
        "        {} milder by it ({}); the plainest:\n{}",
        match kinds.len() {
            1 => "1 kind of patients fares".to_owned(),
            more => format!("{more} kinds of patients fare"),
        },
        kinds.join(", "),
        super::diff::told(plainest, seen, around)
    )
}
