//! The results of a run as JSON, for scripts and for adding up several runs.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::batch::counts::{named, question_id};
use crate::batch::run::Done;
use crate::batch::table::Table;
use crate::report::model::{PRIVATE, PackName, SCHEMA_VERSION, TOOL};
use candidacy_engine::verdict::Verdict;

/// The counts of a run, and what is needed to trace a verdict.
///
/// Every object of numbers can be added up by its keys. `src/report/summary-schema.json` describes
/// the form.
#[derive(Debug, Serialize)]
pub struct RunSummary<'a> {
    pub(crate) input: String,
    pub(crate) as_of: String,
    pub(crate) view: &'static str,
    pub(crate) rows: u64,
    pub(crate) verdicts: BTreeMap<&'static str, u64>,
    pub(crate) unreadable: u64,
    pub(crate) first_unreadable_line: Option<u64>,
    pub(crate) relaxed: u64,
    pub(crate) doubted: u64,
    pub(crate) reasons: BTreeMap<&'a str, u64>,
    pub(crate) undecided: BTreeMap<&'a str, u64>,
    pub(crate) eligible_from: BTreeMap<String, u64>,
    pub(crate) assumed: Vec<Assumed<'a>>,
    pub(crate) exit: u8,
    pub(crate) pack: PackName<'a>,
    pub(crate) tool: &'static str,
    pub(crate) schema_version: u32,
}

/// An answer that was assumed where there was none.
#[derive(Debug, Serialize)]
pub(crate) struct Assumed<'a> {
    pub(crate) question: &'a str,
    pub(crate) answer: &'a str,
}

impl<'a> RunSummary<'a> {
    /// The summary of `table`, read from `input`, with the results `done` and the exit code `exit`.
    #[must_use]
    pub fn of(
        table: &'a Table<'a>,
        done: &Done,
        input: &str,
        assumed: &'a [(String, String)],
        exit: u8,
    ) -> Self {
        let (plan, counts) = (table.plan, &done.tally);
        let rule_id = |number: usize| {
            let rule = plan.rules.get(number);
            rule.map_or(PRIVATE, |rule| rule.id.as_str())
        };
        let assumed = assumed.iter();
        let verdicts = Verdict::ALL.iter().map(|verdict| verdict.word());
        let days = counts.days.iter();
        Self {
            input: input.to_owned(),
            as_of: table.reader.as_of.to_string(),
            view: table.view.word(),
            rows: counts.rows(),
            verdicts: verdicts.zip(counts.verdicts).collect(),
            unreadable: counts.unreadable,
            first_unreadable_line: done.unreadable,
            relaxed: counts.relaxed,
            doubted: counts.doubted,
            reasons: named(&counts.reasons, rule_id).into_iter().collect(),
            undecided: named(&counts.missing, question_id(plan))
                .into_iter()
                .collect(),
            eligible_from: days.map(|(day, rows)| (day.to_string(), *rows)).collect(),
            assumed: assumed
                .map(|(question, answer)| Assumed { question, answer })
                .collect(),
            exit,
            pack: PackName::of(plan),
            tool: TOOL,
            schema_version: SCHEMA_VERSION,
        }
    }
}
