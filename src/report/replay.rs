//! Evaluates a record again: whether the result still holds, what changed and why, and the
//! overrides by a dermatologist. All reports of a record are made from this.

use serde::Serialize;

use candidacy_engine::answer::Answers;
use candidacy_engine::assess::{Assessment, assess};
use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;
use candidacy_engine::verdict::Verdict;

use super::model::{PRIVATE, Report, View};
use super::record::answers::{RestoreError, restored};
use super::record::changes::{Cause, Change, between};
use super::record::{Outcome, Override, PackName, Record};

mod page;

pub use page::document;

/// A record evaluated again, before it is limited to one reader.
#[derive(Clone, Debug)]
pub struct Replay<'a> {
    /// The record.
    pub record: &'a Record,
    /// The rules used now.
    pub plan: &'a Plan,
    /// The day of treatment used now.
    pub as_of: Date,
    /// The record's answers under these rules.
    pub answers: Answers,
    /// The assessment of these answers.
    pub assessment: Assessment,
    /// Answers that these rules do not accept.
    misfits: Vec<RestoreError>,
    /// The result of these rules for the record's own day.
    on_its_day: Outcome,
    /// The result for the new day.
    now: Outcome,
    same_rules: bool,
    same_day: bool,
}

/// A replay as one reader may see it; serialised, it is the JSON form.
#[derive(Clone, Debug, Serialize)]
pub struct ReplayReport<'a> {
    /// Whether the record's rules still give exactly the same result on its own day; null if these
    /// are other rules.
    pub holds: Option<bool>,
    /// Whether the result now equals the recorded one.
    pub identical: bool,
    /// Whether the rules are the same as in the record.
    pub same_rules: bool,
    /// Whether the day of treatment is the same as in the record.
    pub same_day: bool,
    /// What was recorded.
    pub recorded: Recorded<'a>,
    /// What changed because of other rules. If rules and day are the same, it is what no longer
    /// holds.
    pub by_rules: Vec<Change>,
    /// What changed because of another day.
    pub by_day: Vec<Change>,
    /// Answers that these rules do not accept and that were left blank.
    pub left_blank: Vec<LeftBlank>,
    /// The effective verdict: that of the override, if one is in force.
    pub standing: Verdict,
    /// The overrides by a dermatologist, the latest last.
    pub overrides: Vec<Overruled<'a>>,
    /// The report as it would be today.
    pub report: &'a Report<'a>,
    /// The version of the JSON form.
    pub schema_version: u32,
}

/// The version of the JSON form. A change that breaks readers needs a new version.
pub const SCHEMA_VERSION: u32 = 1;

/// What was recorded.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Recorded<'a> {
    /// The verdict then.
    pub verdict: Verdict,
    /// The day of the treatment.
    pub as_of: Date,
    /// The day on which the record was written.
    pub recorded_on: Date,
    /// The rules that were used.
    pub pack: &'a PackName,
    /// The program that was used.
    pub tool: &'a str,
}

/// An answer that was left blank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftBlank {
    /// The question's id; `private` if it is hidden from the desk.
    pub question: String,
    /// The cause; hidden from the desk.
    pub why: Option<String>,
}

/// An override as one reader may see it.
#[derive(Clone, Debug, Serialize)]
pub struct Overruled<'a> {
    /// Whether it counts on the day of this report.
    pub in_force: bool,
    /// The verdict that was computed.
    pub computed: Verdict,
    /// The verdict decided instead.
    pub verdict: Verdict,
    /// The id of the reason; hidden from the desk if it involves something private.
    pub reason: Option<&'a str>,
    /// The same in words.
    pub reason_text: Option<&'a str>,
    /// The dermatologist's own words; always hidden from the desk.
    pub comment: Option<&'a str>,
    /// Who decided.
    pub by: &'a str,
    /// The day it was decided.
    pub on: Date,
    /// The last day of treatment for which it counts.
    pub until: Option<Date>,
}

impl<'a> Replay<'a> {
    /// Evaluates `record` again with the rules of `plan`, for `as_of` or its own day.
    #[must_use]
    pub fn of(record: &'a Record, plan: &'a Plan, as_of: Option<Date>) -> Self {
        let (answers, misfits) = restored(plan, &record.answers);
        let its_day = record.as_of;
        let as_of = as_of.unwrap_or(its_day);
        let assessment = assess(plan, &answers, as_of);
        let now = Outcome::of(plan, &assessment);
        let on_its_day = if as_of == its_day {
            now.clone()
        } else {
            Outcome::of(plan, &assess(plan, &answers, its_day))
        };
        Self {
            same_rules: record.pack.fingerprint == plan.fingerprint,
            same_day: as_of == its_day,
            record,
            plan,
            as_of,
            answers,
            assessment,
            misfits,
            on_its_day,
            now,
        }
    }

    /// Whether the result now is exactly the recorded one.
    #[must_use]
    pub fn identical(&self) -> bool {
        self.misfits.is_empty()
            && self.now.clone().in_order() == self.record.result.clone().in_order()
    }

    /// Whether the rules of the record still give exactly its result on its own day; none if these
    /// are other rules, because that shows nothing.
    #[must_use]
    pub fn holds(&self) -> Option<bool> {
        let again = self.on_its_day.clone().in_order();
        let same = self.misfits.is_empty() && again == self.record.result.clone().in_order();
        self.same_rules.then_some(same)
    }

    /// The replay for `view`; `report` must be made from [`Replay::assessment`] for the same view.
    #[must_use]
    pub fn report_for(&'a self, view: View, report: &'a Report<'a>) -> ReplayReport<'a> {
        let cause = if self.same_rules {
            Cause::Nothing(self.plan)
        } else {
            Cause::Rules(self.plan)
        };
        let record = self.record;
        let standing = record.in_force(self.as_of);
        ReplayReport {
            holds: self.holds(),
            identical: self.identical(),
            same_rules: self.same_rules,
            same_day: self.same_day,
            recorded: Recorded {
                verdict: record.result.verdict,
                as_of: record.as_of,
                recorded_on: record.recorded_on,
                pack: &record.pack,
                tool: &record.tool,
            },
            by_rules: between(&record.result, &self.on_its_day, cause, view),
            by_day: if self.same_day {
                Vec::new()
            } else {
                between(&self.on_its_day, &self.now, Cause::Day(self.plan), view)
            },
            left_blank: self.left_blank(view),
            standing: standing.map_or(self.assessment.verdict, |(_, one)| one.verdict),
            overrides: self.overrides(view),
            report,
            schema_version: SCHEMA_VERSION,
        }
    }

    /// The desk must not see which answers: a private rule of the other rules may have read a
    /// question that is no longer asked.
    fn left_blank(&self, view: View) -> Vec<LeftBlank> {
        let mut left_blank: Vec<LeftBlank> = Vec::new();
        for misfit in &self.misfits {
            let one = match view {
                View::Clinician => LeftBlank {
                    question: misfit.question.clone(),
                    why: Some(misfit.why.clone()),
                },
                View::Desk => LeftBlank {
                    question: PRIVATE.to_owned(),
                    why: None,
                },
            };
            if !left_blank.contains(&one) {
                left_blank.push(one);
            }
        }
        left_blank
    }

    fn overrides(&self, view: View) -> Vec<Overruled<'a>> {
        let findings = self.record.result.findings.iter().chain(&self.now.findings);
        let private = findings
            .chain(&self.on_its_day.findings)
            .any(|finding| finding.private);
        let visible =
            |text: &'a str, hide: bool| (view == View::Clinician || !hide).then_some(text);
        let in_force = self.record.in_force(self.as_of).map(|(number, _)| number);
        let overruled = |(number, one): (usize, &'a Override)| Overruled {
            in_force: Some(number) == in_force,
            computed: one.computed,
            verdict: one.verdict,
            reason: visible(&one.reason, private),
            reason_text: visible(&one.reason_text, private),
            comment: visible(&one.comment, true),
            by: &one.by,
            on: one.on,
            until: one.until,
        };
        self.record
            .overrides
            .iter()
            .enumerate()
            .map(overruled)
            .collect()
    }
}
