//! What `rules prove` prints about an overlay, in addition to its claims.

use crate::authoring::diff;
use crate::authoring::diff::Diff;
use crate::authoring::prove::overlay::Over;
use crate::authoring::sentences;
use crate::report::style::Role;
use candidacy_engine::plan::Plan;
use candidacy_engine::severity::Change;

use super::super::Context;

const CLAIM: &str =
    "no patient gets a less severe verdict than with the base rules, except through `relax`";

/// Whether the claim about every overlay is true for this one.
pub fn holds(over: &Over) -> bool {
    !over.against_base.is_less_severe() && !over.against_base.may_be_less_severe()
}

/// The result of that claim, and which verdicts each relaxation makes less severe.
pub fn in_words(over: &Over, plan: &Plan, around: &Context) -> String {
    let mut text = claim(&over.against_base, around);
    let relaxations = plan.relaxations.iter().enumerate();
    for ((number, relaxation), seen) in relaxations.zip(&over.relaxed) {
        text.push_str(&format!(
            "{} until {}; {} is responsible: {}\n",
            around.out.paint(Role::Right, "relaxed"),
            relaxation.until,
            relaxation.owner,
            relaxation.reason
        ));
        let not_asked = not_asked(plan, number);
        if not_asked.is_empty() || seen.is_less_severe() {
            text.push_str(&whom(seen, around));
        }
        text.push_str(&not_asked);
    }
    text
}

/// The questions that the relaxation leaves out. A patient who is not asked is among those who give the answer that counts.
fn not_asked(plan: &Plan, relaxation: usize) -> String {
    let questions = plan.questions.iter();
    let left_out = questions.filter_map(|asked| {
        let left_out = asked.left_out.as_ref().filter(|one| one.by == relaxation)?;
        Some(format!(
            "        `{}` is not asked: a patient who does not answer it counts as one who answers `{}`\n",
            asked.question.id, left_out.answer
        ))
    });
    left_out.collect()
}

/// That a claim would be true of every patient without these relaxations.
pub fn without(plan: &Plan, relaxations: &[usize]) -> String {
    let mut text =
        "        the claim is true for every patient, except through what is relaxed:\n".to_owned();
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
    if seen.is_less_severe() {
        let changes = seen.of_kind(Change::LessSevere);
        let in_words: String = changes
            .map(|change| super::diff::in_words(change, seen, around))
            .collect();
        format!("{} {CLAIM}\n{in_words}", wrong("FAILS  "))
    } else if seen.may_be_less_severe() {
        format!(
            "{} {CLAIM}\n        the questions that matter have more combinations than are tried here\n",
            wrong("LEFT OUT")
        )
    } else {
        let mut text = format!("{} {CLAIM}\n", around.out.paint(Role::Right, "proved "));
        let settled = pairs(seen, Change::Settled);
        if !settled.is_empty() {
            text.push_str(&format!(
                "        decided now, because what was not known no longer matters: {}\n",
                settled.join(", ")
            ));
        }
        text
    }
}

/// The verdicts after and before, for the changes of one kind.
fn pairs(seen: &Diff, kind: Change) -> Vec<String> {
    let changes = seen.of_kind(kind);
    let pair = |change: &diff::VerdictChange| {
        format!("`{}` for `{}`", change.after.word(), change.before.word())
    };
    changes.map(pair).collect()
}

/// How many kinds of patients get a less severe verdict through a relaxation, with the simplest
/// example.
fn whom(seen: &Diff, around: &Context) -> String {
    let differs = |change: &&diff::VerdictChange| {
        let answers = sentences::in_words(&seen.merged.new, &change.someone, &seen.base);
        (!change.exact, answers.len())
    };
    let Some(plainest) = seen.of_kind(Change::LessSevere).min_by_key(differs) else {
        return "        no patient gets a less severe verdict because of it\n".to_owned();
    };
    let pairs = pairs(seen, Change::LessSevere);
    format!(
        "        {} a less severe verdict because of it ({}); the plainest:\n{}",
        match pairs.len() {
            1 => "1 kind of patients gets".to_owned(),
            more => format!("{more} kinds of patients get"),
        },
        pairs.join(", "),
        super::diff::in_words(plainest, seen, around)
    )
}
