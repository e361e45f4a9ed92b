//! `candidacy override`: adds a dermatologist's own decision to the computed one.

use std::path::PathBuf;

use crate::error::{Error, Exit};
use crate::report::phrases;
use crate::report::record::{Override, Record};
use candidacy_engine::date::Date;
use candidacy_engine::plan::{OverrideReason, Plan};
use candidacy_engine::suggest::way_out;
use candidacy_engine::verdict::Verdict;

use super::Context;
use super::args::day;

/// What `candidacy override` takes.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "candidacy override <RECORD> --verdict <VERDICT> --reason <CODE>\n                          \
                      --comment <TEXT> --by <WHO> [OPTIONS]",
    after_help = "\
The reasons are those of the rules (`override_reasons`). The verdict that was computed stays in the \
record as it was; every later report of the record shows both.

Examples:
  candidacy override anna.json --verdict eligible --reason examined \\
    --comment 'Seen today.' --by 'Dr A. Example' --until 2027-03-01"
)]
pub struct OverrideArgs {
    /// The record, written by `candidacy screen --record`
    record: PathBuf,
    /// The verdict decided instead
    #[arg(long, value_name = "VERDICT", value_parser = verdict)]
    verdict: Verdict,
    /// The id of one of the rules' reasons
    #[arg(long, value_name = "CODE")]
    reason: String,
    /// Why, in a sentence; never shown to the desk
    #[arg(long, value_name = "TEXT", value_parser = words_of)]
    comment: String,
    /// Who decides
    #[arg(long, value_name = "WHO", value_parser = words_of)]
    by: String,
    /// The last treatment day for which it counts; by default it has no end
    #[arg(long, value_name = "DATE", value_parser = day)]
    until: Option<Date>,
}

/// Adds the override to the record.
pub fn run(args: &OverrideArgs, around: &Context) -> Result<Exit, Error> {
    let mut record = super::record::open(&args.record)?;
    let plan = super::plan(around)?;
    let added = overruling(args, &record, &plan, around.today)?;
    let said = format!(
        "{}: computed {}, now {} by {}{}.\n",
        args.record.display(),
        phrases::verdict(added.computed),
        phrases::verdict(added.verdict),
        added.by,
        args.until
            .map_or(String::new(), |day| format!(", until {}", day.in_words())),
    );
    record.overrides.push(added);
    super::record::replace(&args.record, &record)?;
    super::print_beside(&said)
}

fn overruling(
    args: &OverrideArgs,
    record: &Record,
    plan: &Plan,
    today: Date,
) -> Result<Override, Error> {
    let reason = reason(&args.reason, record, plan)?;
    let treated = record.as_of;
    if let Some(until) = args.until.filter(|until| *until < treated) {
        return Err(Error::Usage {
            message: format!("{until} is before {treated}, the treatment day of the record"),
            hint:
                "`--until` is the last treatment day for which it counts; leave it out for no end"
                    .to_owned(),
        });
    }
    let standing = record.in_force(treated);
    let standing = standing.map_or(record.result.verdict, |(_, one)| one.verdict);
    if standing == args.verdict {
        return Err(Error::Usage {
            message: format!("the verdict is {} already", phrases::verdict(args.verdict)),
            hint: "there is nothing to overrule".to_owned(),
        });
    }
    Ok(Override {
        computed: record.result.verdict,
        verdict: args.verdict,
        reason: reason.id.clone(),
        reason_text: reason.text.clone(),
        comment: args.comment.clone(),
        by: args.by.clone(),
        on: today,
        until: args.until,
    })
}

/// The override reason `id` of the rules in the record.
fn reason<'a>(id: &str, record: &Record, plan: &'a Plan) -> Result<&'a OverrideReason, Error> {
    if record.pack.id != plan.header.id {
        return Err(Error::Usage {
            message: format!(
                "the record was decided by the rules `{}`, but these are `{}`",
                record.pack.id, plan.header.id
            ),
            hint: "name its own rules with `--rules PATH`: only they have its reasons".to_owned(),
        });
    }
    let reasons = &plan.override_reasons;
    let found = reasons.iter().find(|reason| reason.id == id);
    found.ok_or_else(|| Error::Usage {
        message: format!("the rules have no reason `{id}`"),
        hint: way_out(id, "reason", reasons.iter().map(|one| one.id.as_str())),
    })
}

fn verdict(word: &str) -> Result<Verdict, String> {
    let words = Verdict::ALL.map(Verdict::word);
    Verdict::from_word(word).ok_or_else(|| way_out(word, "verdict", words.into_iter()))
}

/// A text that is not blank; control characters become blanks.
fn words_of(text: &str) -> Result<String, String> {
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    match plain.trim() {
        "" => Err("write at least a word".to_owned()),
        words => Ok(words.to_owned()),
    }
}
