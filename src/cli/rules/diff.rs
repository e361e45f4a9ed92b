//! `rules diff`: what two versions make of the same patients.

use crate::authoring::diff as patients;
use crate::authoring::diff::{Change, Diff};
use crate::authoring::sentences;
use crate::error::{Error, Exit};
use crate::report::phrases::count;
use crate::report::style::Role;
use candidacy_engine::assess::assess;
use candidacy_engine::finding::Standing;
use candidacy_engine::plan::Plan;
use candidacy_engine::verdict::Verdict;

use super::super::{Context, print};
use super::DiffArgs;
use super::diff_patients::{Own, own_patients};

/// Tells which verdicts change from what to what, each with an example.
pub fn diff(args: &DiffArgs, around: &Context) -> Result<Exit, Error> {
    let old = super::read(Some(&args.old), around)?;
    let new = super::read(args.new.as_deref(), around)?;
    let own = own_patients(args, (&old.plan, &new.plan), around)?;
    let seen = patients::diff(&old.plan, &new.plan, &new.pack, around.today);
    let mut report = rules(&seen);
    for change in &seen.changes {
        report.push_str(&told(change, &seen, around));
    }
    report.push_str(&summary(&seen));
    if let Some(own) = &own {
        report.push_str(&own.told(around));
    }
    print(&report)?;
    let own_milder = own.as_ref().is_some_and(Own::milder);
    let forbidden = args.forbid_milder && (seen.milder() || own_milder);
    Ok(if forbidden || !seen.left_out.is_empty() {
        Exit::Rules
    } else if own.is_some_and(|own| own.unread()) {
        Exit::Unreadable
    } else {
        Exit::Done
    })
}

/// Which rules are others than before.
fn rules(seen: &Diff) -> String {
    let mut text = String::new();
    for (what, ids) in [
        ("new rules", &seen.added),
        ("rules taken out", &seen.gone),
        ("rules that decide otherwise", &seen.changed),
        ("rules that are private no more", &seen.shown),
        (
            "claims that are gone, or claim something else",
            &seen.claims,
        ),
    ] {
        if !ids.is_empty() {
            text.push_str(&format!("{what}: {}\n", ids.join(", ")));
        }
    }
    if !seen.read.is_empty() {
        let read = seen.read.join(", ");
        text.push_str(&match seen.kinds {
            Some((kinds, otherwise)) => format!(
                "they tell {} of patient apart, by {read}; {otherwise} of these {} decided otherwise than before\n",
                count(usize::try_from(kinds).unwrap_or(usize::MAX), "kind"),
                if otherwise == 1 { "is" } else { "are" },
            ),
            None => format!("they tell more kinds of patient apart, by {read}, than are counted here\n"),
        });
    }
    if !seen.merged.gates.is_empty() {
        text.push_str(&format!(
            "asked in other cases than before, so patients who leave them blank are not compared: {}\n",
            seen.merged.gates.join(", ")
        ));
    }
    text
}

/// One kind of change, with its example.
pub fn told(change: &Change, seen: &Diff, around: &Context) -> String {
    let (role, word) = match (change.is_milder(), change.after < change.before) {
        (true, _) => (Role::Wrong, "MILDER "),
        (false, true) => (Role::Right, "clearer"),
        (false, false) => (Role::Right, "graver "),
    };
    let who = if change.exact {
        "some patients"
    } else {
        "some patients who leave an answer open"
    };
    let mut text = format!(
        "{} {who} get `{}` instead of `{}`, for example on {}:\n",
        around.out.paint(role, word),
        change.after.word(),
        change.before.word(),
        change.someone.as_of
    );
    for (question, answer) in sentences::told(&seen.merged.new, &change.someone, &seen.base) {
        text.push_str(&format!("         {question}: {answer}\n"));
    }
    if let Some(like) = &seen.base.like {
        text.push_str(&format!(
            "         every other answer is that of the persona `{like}`\n"
        ));
    }
    text.push_str(&format!(
        "         before: {}\n",
        reasons(&seen.merged.old, change)
    ));
    text.push_str(&format!(
        "         after: {}\n",
        reasons(&seen.merged.new, change)
    ));
    text
}

/// The rules that count under one version, gravest first.
fn reasons(plan: &Plan, change: &Change) -> String {
    let seen = assess(plan, &change.someone.answers, change.someone.as_of);
    let findings = seen.findings.iter().filter_map(|finding| {
        let rule = plan.rules.get(finding.rule)?;
        let usual = rule.if_unsure == rule.grade.while_undecided();
        let otherwise = if usual || finding.standing != Standing::Undecided {
            String::new()
        } else {
            format!(", while undecided {}", rule.if_unsure.word())
        };
        Some(format!(
            "`{}` {} ({}{})",
            rule.id,
            finding.standing.word(),
            rule.grade.word(),
            otherwise
        ))
    });
    let findings: Vec<String> = findings.collect();
    if findings.is_empty() {
        "no rule".to_owned()
    } else {
        findings.join(", ")
    }
}

fn summary(seen: &Diff) -> String {
    let mut text = String::new();
    for (before, after) in &seen.left_out {
        text.push_str(&format!(
            "It could not be decided whether anybody gets `{}` instead of `{}`: the questions it hangs on have more combinations than are tried here.\n",
            after.word(),
            before.word()
        ));
    }
    let graver = seen
        .changes
        .iter()
        .any(|change: &Change| change.after > change.before);
    text.push_str(match (seen.milder(), seen.milder_left_out(), graver) {
        (true, _, _) => "Some patients get a milder verdict than before.\n",
        (false, true, _) => "Whether some patient gets a milder verdict is open.\n",
        (false, false, true) => {
            "Nothing gets milder: some patients get a graver verdict, none a milder one.\n"
        }
        (false, false, false) => no_change(seen),
    });
    text
}

fn no_change(seen: &Diff) -> &'static str {
    let open = seen
        .left_out
        .iter()
        .any(|(before, after): &(Verdict, Verdict)| after > before);
    if open {
        "Nothing gets milder.\n"
    } else {
        "No patient gets another verdict than before, whatever they answer, on any day from 2000 on.\n"
    }
}
