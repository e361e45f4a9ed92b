//! A record of one patient: the answers, the result and the rules, so that the result can be
//! computed again years later and compared exactly.
//!
//! It contains everything, including private reasons: records are for the clinician.
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

/// The version of the JSON form. A change that breaks readers needs a new version.
pub const SCHEMA_VERSION: u32 = 1;

/// A record.
///
/// Reading is strict: every key must be present, and no other key is allowed. Each `Option` names
/// its own deserializer, because serde would otherwise accept a missing key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The version of the JSON form.
    pub schema_version: u32,
    /// The program and its version.
    pub tool: String,
    /// The rules that were used.
    pub pack: PackName,
    /// The day of the treatment.
    pub as_of: Date,
    /// The day on which the record was written.
    pub recorded_on: Date,
    /// The answers in the order of the questions; blank answers are left out.
    pub answers: Vec<Answer>,
    /// The answers as they were typed. These are for people; only `answers` is evaluated.
    pub given: Vec<Typed>,
    /// The result.
    pub result: Outcome,
    /// The overrides by a dermatologist, the latest last.
    pub overrides: Vec<Override>,
    /// SHA-256 of the record as compact JSON without this key; empty except in the file.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub checksum: String,
}

/// The rules that a record used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackName {
    /// Short name.
    pub id: String,
    /// Version.
    pub version: String,
    /// SHA-256 of everything that affects verdicts or texts.
    pub fingerprint: String,
    /// Whether a clinician had reviewed the rules.
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

/// The result: all that has an effect, without texts that only explain it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The verdict.
    pub verdict: Verdict,
    /// The range of verdicts that complete answers could have led to.
    pub range: Range,
    /// The first later day from which treatment may go ahead.
    #[serde(deserialize_with = "Option::deserialize")]
    pub eligible_from: Option<Date>,
    /// The verdict from each day on which it changes.
    pub timeline: Vec<Step>,
    /// Active relaxations without which the verdict would have been more severe. The key is left
    /// out if there were none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relaxed: Vec<Relaxed>,
    /// The findings, most severe first.
    pub findings: Vec<Finding>,
    /// The unknown questions that undecided rules read.
    pub undecided: Vec<String>,
    /// Questions with answers that do not apply because of an earlier answer.
    pub contradictions: Vec<String>,
    /// Contradictory answers, in the pack's words.
    pub doubts: Vec<String>,
    /// Medicines that were not in the pack, as typed.
    pub unrecognised_medicines: Vec<String>,
}

/// The best and the worst possible verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// The least severe.
    pub best: Verdict,
    /// The most severe.
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

/// A relaxation that changed the verdict.
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
    /// Whether it is hidden from the desk.
    pub private: bool,
    /// The answers it relies on, or the missing answers.
    pub because: Vec<Because>,
    /// The day on which it ends if only time passes.
    #[serde(deserialize_with = "Option::deserialize")]
    pub until: Option<Date>,
    /// The condition that ends it.
    #[serde(deserialize_with = "Option::deserialize")]
    pub clears: Option<String>,
    /// The reason in words.
    pub why: String,
    /// Ids of its sources.
    pub sources: Vec<String>,
}

/// An answer that a finding relies on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Because {
    /// The question's id.
    pub question: String,
    /// The answer, limited to the part that the rule reads.
    pub answer: String,
}

/// A verdict that a dermatologist changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// The computed verdict, repeated for readers of this entry alone.
    pub computed: Verdict,
    /// The verdict decided instead.
    pub verdict: Verdict,
    /// The id of the pack's override reason.
    pub reason: String,
    /// The words of that reason in the pack of that day.
    pub reason_text: String,
    /// The dermatologist's own words.
    pub comment: String,
    /// The name of the dermatologist.
    pub by: String,
    /// The day it was decided.
    pub on: Date,
    /// The last day of treatment for which it counts; null if it does not end.
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
    /// The text typed for `key`.
    #[must_use]
    pub fn new(key: &str, text: &str) -> Self {
        Self {
            key: key.to_owned(),
            text: text.to_owned(),
        }
    }
}

impl PackName {
    /// The name of the rules of `plan`.
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
    /// The override that counts for a treatment on `day`, with its index. If several count, it is
    /// the latest.
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
    /// The result of an assessment, in the form of a record.
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
                best: assessment.range.best,
                worst: assessment.range.worst,
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

    /// The outcome with all lists sorted. The order of entries in a pack has no meaning, and
    /// fingerprints ignore it.
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

/// Contradictory answers, in words.
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
