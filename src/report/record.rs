//! A record: what one patient answered, what came out and by which rules, so
//! that it can be derived again years later and compared letter for letter.
//!
//! It tells everything, private reasons included: a record is the clinician's.
//! `report/record-schema.json` describes its JSON form.

use serde::{Deserialize, Serialize};

use candidacy_engine::answer::Answers;
use candidacy_engine::assess::Assessment;
use candidacy_engine::date::Date;
use candidacy_engine::finding::Standing;
use candidacy_engine::plan::{Plan, Relaxation, Status};
use candidacy_engine::summary::Doubt;
use candidacy_engine::verdict::{Grade, Verdict};

use super::phrases;

pub mod answers;
pub mod changes;
mod read;

pub use answers::Answer;
pub use read::read;

/// The version of the form; a change that breaks readers makes a new one.
pub const SCHEMA_VERSION: u32 = 1;

/// A record.
///
/// It is read as strictly as it is written: every key is there, and no other. An `Option` names its
/// own reader, or serde would let its key be missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The version of this form.
    pub schema_version: u32,
    /// The program and its version.
    pub tool: String,
    /// The rules it was decided by.
    pub pack: PackName,
    /// The day decided for.
    pub as_of: Date,
    /// The day it was written.
    pub recorded_on: Date,
    /// What was answered, in the order of the questions; blank ones left out.
    pub answers: Vec<Answer>,
    /// The answers as they were typed. For people: what counts is `answers`.
    pub given: Vec<Typed>,
    /// What came out.
    pub result: Outcome,
    /// What a dermatologist decided otherwise, the latest last.
    pub overrides: Vec<Override>,
    /// SHA-256 over the record as compact JSON without this key; empty except in its file.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub checksum: String,
}

/// Which rules a record was decided by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackName {
    /// Short name.
    pub id: String,
    /// Version.
    pub version: String,
    /// SHA-256 over all that decides or is told.
    pub fingerprint: String,
    /// Whether a clinician had reviewed them.
    pub status: Status,
}

/// One answer as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    /// `question` or `question.option`.
    pub key: String,
    /// What was typed; several options are joined by `;`.
    pub text: String,
}

/// What came out: everything that counts, and nothing that only words it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The verdict.
    pub verdict: Verdict,
    /// What complete answers could still have led to.
    pub range: Range,
    /// The first later day from which treatment may go ahead.
    #[serde(deserialize_with = "Option::deserialize")]
    pub eligible_from: Option<Date>,
    /// The verdict from each day on which it changes.
    pub timeline: Vec<Step>,
    /// What held for a while, without which the verdict would have been graver;
    /// the key is left out where there was nothing such.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relaxed: Vec<Relaxed>,
    /// Why, gravest first.
    pub findings: Vec<Finding>,
    /// The unknown questions that undecided rules read.
    pub undecided: Vec<String>,
    /// Questions whose answers an earlier answer says should not be there.
    pub contradictions: Vec<String>,
    /// Answers that cannot all be right, in the pack's words.
    pub doubts: Vec<String>,
    /// Medicines the pack did not know, as typed.
    pub unrecognised_medicines: Vec<String>,
}

/// The best and the worst verdict still possible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// The mildest.
    pub best: Verdict,
    /// The gravest.
    pub worst: Verdict,
}

/// One step of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The first day of it.
    pub from: Date,
    /// The verdict from then on.
    pub verdict: Verdict,
}

/// A relaxation that the verdict relied on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relaxed {
    /// Why it was safe.
    pub reason: String,
    /// Who answered for it.
    pub owner: String,
    /// The last day it held.
    pub until: Date,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// The rule's own grade.
    pub grade: Grade,
    /// What it counted as: its grade, or the cautious one while undecided.
    pub counts_as: Grade,
    /// Whether it applied or was undecided.
    pub state: Standing,
    /// Whether the desk may not see it.
    pub private: bool,
    /// The answers it rests on, or that are missing.
    pub because: Vec<Because>,
    /// The day on which time alone ends it.
    #[serde(deserialize_with = "Option::deserialize")]
    pub until: Option<Date>,
    /// What else ends it.
    #[serde(deserialize_with = "Option::deserialize")]
    pub clears: Option<String>,
    /// The reason in words.
    pub why: String,
    /// Ids of its sources.
    pub sources: Vec<String>,
}

/// One answer behind a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Because {
    /// The question's id.
    pub question: String,
    /// The answer, as far as the rule looks at it.
    pub answer: String,
}

/// What a dermatologist decided otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// The verdict that was computed, for whoever reads only this.
    pub computed: Verdict,
    /// The verdict decided instead.
    pub verdict: Verdict,
    /// The pack's reason: its id.
    pub reason: String,
    /// The same in the pack's words of that day.
    pub reason_text: String,
    /// The dermatologist's own words.
    pub comment: String,
    /// Who decided.
    pub by: String,
    /// The day it was decided.
    pub on: Date,
    /// The last day decided for on which it counts; for ever when null.
    #[serde(deserialize_with = "Option::deserialize")]
    pub until: Option<Date>,
}

/// The record of an assessment, written on the day `on`.
#[must_use]
pub fn of(
    plan: &Plan,
    answers: &Answers,
    given: Vec<Typed>,
    assessment: &Assessment,
    on: Date,
) -> Record {
    Record {
        schema_version: SCHEMA_VERSION,
        tool: super::model::TOOL.to_owned(),
        pack: PackName::of(plan),
        as_of: assessment.as_of,
        recorded_on: on,
        answers: answers::kept(plan, answers),
        given,
        result: Outcome::of(plan, assessment),
        overrides: Vec::new(),
        checksum: String::new(),
    }
}

impl Typed {
    /// What was typed for `key`.
    #[must_use]
    pub fn new(key: &str, text: &str) -> Self {
        Self {
            key: key.to_owned(),
            text: text.to_owned(),
        }
    }
}

impl PackName {
    /// The name of the rules in `plan`.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        Self {
            id: plan.header.id.clone(),
            version: plan.header.version.clone(),
            fingerprint: plan.fingerprint.clone(),
            status: plan.status(),
        }
    }
}

impl Record {
    /// The override that counts for a treatment on `day`, and its number; the
    /// latest of several.
    #[must_use]
    pub fn in_force(&self, day: Date) -> Option<(usize, &Override)> {
        let counts = |(_, one): &(usize, &Override)| one.counts_on(day);
        self.overrides.iter().enumerate().rfind(counts)
    }
}

impl Override {
    /// Whether it counts for a treatment on `day`.
    #[must_use]
    pub fn counts_on(&self, day: Date) -> bool {
        self.until.is_none_or(|until| day <= until)
    }
}

impl Outcome {
    /// What came out, in a record's terms.
    #[must_use]
    pub fn of(plan: &Plan, assessment: &Assessment) -> Self {
        let ids = |questions: &[usize]| -> Vec<String> {
            questions
                .iter()
                .map(|number| question(plan, *number))
                .collect()
        };
        Self {
            verdict: assessment.verdict,
            range: Range {
                best: assessment.outlook.best,
                worst: assessment.outlook.worst,
            },
            eligible_from: assessment.eligible_from,
            timeline: assessment
                .timeline
                .iter()
                .map(|&(from, verdict)| Step { from, verdict })
                .collect(),
            relaxed: assessment
                .relaxed
                .iter()
                .filter_map(|number| plan.relaxations.get(*number))
                .map(Relaxed::of)
                .collect(),
            findings: assessment
                .findings
                .iter()
                .filter_map(|finding| Finding::of(plan, finding))
                .collect(),
            undecided: ids(&assessment.undecided),
            contradictions: ids(&assessment.not_asked().collect::<Vec<_>>()),
            doubts: doubts(plan, assessment),
            unrecognised_medicines: assessment.unrecognised.clone(),
        }
    }

    /// The same with every list in an order of its own: the order of entries in
    /// a pack says nothing, and no fingerprint knows it.
    #[must_use]
    pub fn in_order(mut self) -> Self {
        for finding in &mut self.findings {
            finding.because.sort_by(|a, b| a.question.cmp(&b.question));
            finding.sources.sort_unstable();
        }
        self.findings.sort_by(|a, b| a.rule.cmp(&b.rule));
        self.relaxed.sort_by(|a, b| a.reason.cmp(&b.reason));
        self.undecided.sort_unstable();
        self.contradictions.sort_unstable();
        self.doubts.sort_unstable();
        self.unrecognised_medicines.sort_unstable();
        self
    }
}

/// Answers that cannot all be right, in words.
fn doubts(plan: &Plan, assessment: &Assessment) -> Vec<String> {
    let words = |doubt: &Doubt| match doubt {
        Doubt::Stated(number) => Some(plan.doubts.get(*number)?.0.clone()),
        Doubt::ImpossibleDay(one) => {
            let asked = plan.questions.get(one.question)?;
            Some(phrases::impossible(&asked.question.id, "the day", one.why))
        }
        Doubt::NotAsked(_) => None,
    };
    assessment.doubts.iter().filter_map(words).collect()
}

impl Relaxed {
    fn of(relaxation: &Relaxation) -> Self {
        Self {
            reason: relaxation.reason.clone(),
            owner: relaxation.owner.clone(),
            until: relaxation.until,
        }
    }
}

impl Finding {
    fn of(plan: &Plan, finding: &candidacy_engine::finding::Finding) -> Option<Self> {
        let rule = plan.rules.get(finding.rule)?;
        let sources = rule
            .sources
            .iter()
            .filter_map(|number| plan.citations.get(*number));
        let because = finding.evidence.iter().map(|evidence| Because {
            question: question(plan, evidence.question),
            answer: evidence.answer.clone(),
        });
        Some(Self {
            rule: rule.id.clone(),
            grade: rule.grade,
            counts_as: finding.counts_as,
            state: finding.standing,
            private: rule.private,
            because: because.collect(),
            until: finding.until,
            clears: rule.clears.clone(),
            why: rule.why.clone(),
            sources: sources.map(|citation| citation.id.clone()).collect(),
        })
    }
}

fn question(plan: &Plan, number: usize) -> String {
    plan.questions
        .get(number)
        .map_or_else(String::new, |asked| asked.question.id.clone())
}
