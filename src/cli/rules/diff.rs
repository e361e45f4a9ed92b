//! `rules diff`: compares how two versions of the rules decide the same patients.

use std::path::Path;

use crate::authoring::diff as patients;
use crate::authoring::diff::{Diff, VerdictChange};
use crate::authoring::sentences;
use crate::batch::columns::plain;
use crate::error::{Error, Exit};
use crate::report::changes;
use crate::report::phrases::count;
use candidacy_engine::assess::assess;
use candidacy_engine::compile::compile;
use candidacy_engine::finding::Standing;
use candidacy_engine::pack::Pack;
use candidacy_engine::plan::Plan;
use candidacy_engine::severity;
use candidacy_engine::verdict::Verdict;
use serde::Serialize;

use super::super::{Context, args, print_beside};
use super::diff_patients::{Own, own_patients};
use super::{DiffArgs, DiffFormat};

/// A version of the rules, with its name for messages.
struct Version {
    pack: Pack,
    plan: Plan,
    name: String,
}

/// Says which verdicts change from what to what, each with an example.
pub fn diff(arguments: &DiffArgs, around: &Context) -> Result<Exit, Error> {
    let (old, new) = versions(arguments, around)?;
    let own = own_patients(arguments, (&old.plan, &new.plan), around)?;
    let seen = patients::diff(&old.plan, &new.plan, &new.pack, around.today);
    let entries = changes::entries(&old.plan, &new.plan);
    let report = match arguments.format {
        DiffFormat::Text => {
            let mut report = format!("before: {}\nafter:  {}\n", old.name, new.name);
            report.push_str(&changes::text(&entries));
            report.push_str(&patients_in_words(&seen, around));
            if let Some(own) = &own {
                report.push_str(&own.in_words(around));
            }
            report
        }
        DiffFormat::Markdown => format!(
            "# What is different\n\nBefore: {}  \nAfter: {}\n\n{}\n## Patients\n\n```text\n{}```\n",
            old.name,
            new.name,
            changes::markdown(&entries),
            patients_in_words(&seen, around)
        ),
        DiffFormat::Json => args::json(&Told {
            before: &old.name,
            after: &new.name,
            entries: &entries,
            verdicts: seen
                .changes
                .iter()
                .map(|change| verdict(change, &seen))
                .collect(),
            by_rule: seen
                .by_rule
                .iter()
                .map(|(rule, change)| RuleExample {
                    rule,
                    change: verdict(change, &seen),
                })
                .collect(),
            undecided: seen
                .left_out
                .iter()
                .map(|(before, after)| Pair {
                    before: *before,
                    after: *after,
                })
                .collect(),
            gone_claims: &seen.claims,
        })?,
    };
    print_beside(&report)?;
    let own_less_severe = own.as_ref().is_some_and(Own::is_less_severe);
    let forbidden = arguments.forbid_milder && (seen.is_less_severe() || own_less_severe);
    Ok(if forbidden || !seen.left_out.is_empty() {
        Exit::Rules
    } else if own.is_some_and(|own| own.unread()) {
        Exit::Unreadable
    } else {
        Exit::Done
    })
}

/// The differences, for JSON.
#[derive(Serialize)]
struct Told<'a> {
    before: &'a str,
    after: &'a str,
    entries: &'a [changes::Entry],
    /// The changes of verdicts, each with an example.
    verdicts: Vec<ToldChange>,
    /// An example for each rule whose effect the changes above do not show.
    by_rule: Vec<RuleExample<'a>>,
    /// Changes that are undecided because the search reached its limit.
    undecided: Vec<Pair>,
    gone_claims: &'a [String],
}

#[derive(Serialize)]
struct RuleExample<'a> {
    rule: &'a str,
    #[serde(flatten)]
    change: ToldChange,
}

#[derive(Serialize)]
struct Pair {
    before: Verdict,
    after: Verdict,
}

#[derive(Serialize)]
struct ToldChange {
    change: &'static str,
    before: Verdict,
    after: Verdict,
    example: Example,
}

/// A patient: the answers that matter, and the persona that gives all other answers.
#[derive(Serialize)]
struct Example {
    as_of: String,
    answers: Vec<(String, String)>,
    otherwise_like: Option<String>,
}

fn verdict(change: &VerdictChange, seen: &Diff) -> ToldChange {
    ToldChange {
        change: match change.kind {
            severity::Change::LessSevere => "less_severe",
            severity::Change::MoreSevere => "more_severe",
            severity::Change::Settled => "settled",
            severity::Change::Same => "same",
        },
        before: change.before,
        after: change.after,
        example: Example {
            as_of: change.someone.as_of.to_string(),
            answers: sentences::in_words(&seen.merged.new, &change.someone, &seen.base),
            otherwise_like: seen.base.like.clone(),
        },
    }
}

/// How the patients' verdicts change, in words.
fn patients_in_words(seen: &Diff, around: &Context) -> String {
    let mut text = rules(seen);
    for change in &seen.changes {
        text.push_str(&in_words(change, seen, around));
    }
    for (rule, change) in &seen.by_rule {
        text.push_str(&format!("By `{rule}` alone, "));
        text.push_str(&in_words(change, seen, around));
    }
    text.push_str(&summary(seen));
    text
}

/// The old and the new version. A single argument is the new version. An overlay is compared with
/// its base, any other pack with `--rules` or else the built-in rules.
fn versions(args: &DiffArgs, around: &Context) -> Result<(Version, Version), Error> {
    let version = |path: Option<&Path>| -> Result<Version, Error> {
        let read = super::read(path, around)?;
        let path = path.or(around.rules.as_deref());
        let header = &read.plan.header;
        let name = match path {
            Some(path) => {
                let path = plain(&path.to_string_lossy());
                format!("{path} ({} {})", header.id, header.version)
            }
            None => format!("the built-in rules ({} {})", header.id, header.version),
        };
        Ok(Version {
            pack: read.pack,
            plan: read.plan,
            name,
        })
    };
    if let Some(new) = &args.new {
        return Ok((version(Some(&args.old))?, version(Some(new))?));
    }
    let new = version(Some(&args.old))?;
    let old = match (&new.pack.under, &around.rules) {
        (Some(under), None) => base_of(&new.pack, under)?,
        _ => version(None)?,
    };
    Ok((old, new))
}

/// The pack that an overlay extends.
fn base_of(overlay: &Pack, under: &Pack) -> Result<Version, Error> {
    let plan = compile(under.clone()).map_err(Error::Rules)?;
    let extends = overlay.overlay.extends.as_ref();
    let extends = extends.map_or("", |extends| extends.value.as_str());
    let name = format!(
        "{} ({} {}), which it extends",
        plain(extends),
        plan.header.id,
        plan.header.version
    );
    Ok(Version {
        pack: under.clone(),
        plan,
        name,
    })
}

/// The rules that have changed.
fn rules(seen: &Diff) -> String {
    let mut text = String::new();
    for (what, ids) in [
        ("rules that are no longer private", &seen.shown),
        ("claims that were removed or changed", &seen.claims),
    ] {
        if !ids.is_empty() {
            text.push_str(&format!("{what}: {}\n", ids.join(", ")));
        }
    }
    if let Some(births) = &seen.births {
        let [before, after] = births.each_ref().map(|birth| match birth {
            Some(id) => format!("`{id}`"),
            None => "none".to_owned(),
        });
        text.push_str(&format!(
            "question for the date of birth: {after}, before: {before}\n"
        ));
    }
    if !seen.read.is_empty() {
        let (read, day) = (seen.read.join(", "), seen.today);
        text.push_str(&match seen.kinds {
            Some((kinds, otherwise)) => format!(
                "on {day} they distinguish {} of patient, by {read}; {otherwise} of these {} decided otherwise on that day\n",
                count(usize::try_from(kinds).unwrap_or(usize::MAX), "kind"),
                if otherwise == 1 { "is" } else { "are" },
            ),
            None => format!("they distinguish more kinds of patient, by {read}, than are counted here\n"),
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
pub fn in_words(change: &VerdictChange, seen: &Diff, around: &Context) -> String {
    let who = if change.exact {
        "some patients"
    } else {
        "some patients who leave an answer open"
    };
    let mut text = format!(
        "{}: {who} get `{}` instead of `{}`, for example on {}:\n",
        super::label(change.kind, around),
        change.after.word(),
        change.before.word(),
        change.someone.as_of
    );
    for (question, answer) in sentences::in_words(&seen.merged.new, &change.someone, &seen.base) {
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

/// The rules that count under one version, most severe first.
fn reasons(plan: &Plan, change: &VerdictChange) -> String {
    let seen = assess(plan, &change.someone.answers, change.someone.as_of);
    let findings = seen.findings.iter().filter_map(|finding| {
        let rule = plan.rules.get(finding.rule)?;
        let usual = rule.if_unsure == rule.grade.while_undecided();
        let otherwise = if finding.whichever {
            format!(", {} with every possible answer", finding.counts_as.word())
        } else if usual || finding.standing != Standing::Undecided {
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
            "It could not be decided whether some patient gets `{}` instead of `{}`: the questions that matter have more combinations than are tried here.\n",
            after.word(),
            before.word()
        ));
    }
    let some = |kind| seen.of_kind(kind).next().is_some();
    let more = some(severity::Change::MoreSevere);
    let settled = some(severity::Change::Settled);
    text.push_str(if seen.is_less_severe() {
        "Some patients get a less severe verdict than before.\n"
    } else if seen.may_be_less_severe() {
        "It is not known whether some patient gets a less severe verdict.\n"
    } else if more {
        "No patient gets a less severe verdict than before; some get a more severe one.\n"
    } else if settled || !seen.left_out.is_empty() {
        "No patient gets a less severe verdict than before.\n"
    } else {
        "No patient gets another verdict than before, whatever they answer, on any day from 2000 on.\n"
    });
    if settled {
        text.push_str(SETTLED);
    }
    text
}

/// What `settled` means.
const SETTLED: &str = "Decided now: these patients were sent to the dermatologist only because an answer was not known; a rule that applies now is at least as severe as every rule that was undecided then.\n";
