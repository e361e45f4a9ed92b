//! The content of a report, independent of its form: the same for a screen, a page, a table row and
//! another program.
//!
//! Serialised, this is the JSON report; `report/schema.json` describes it. The desk's view contains
//! nothing that reveals a private reason.

use std::borrow::Cow;

use serde::Serialize;

use candidacy_engine::date::Date;
use candidacy_engine::finding::Standing;
use candidacy_engine::plan::{Header, Plan, Status};
use candidacy_engine::strength::Strength;
use candidacy_engine::verdict::{Grade, Verdict};

mod build;
mod doubts;
mod needs;
mod not_asked;
mod redact;
mod remedies;

pub use build::{consult, expectations, last_words, relaxed, sheet};
pub use doubts::{is_private, private};
pub use needs::{Need, SoFar};
pub use redact::{KEPT_MEDICINE, Redaction};

/// The reader of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The front desk, which does not see private reasons.
    Desk,
    /// The dermatologist, who sees everything.
    Clinician,
}

impl View {
    /// The name of the view in JSON and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Clinician => "clinician",
        }
    }
}

/// Replaces the id of a rule that the desk must not see.
pub const PRIVATE: &str = "private";

/// Replaces the words of a reason that the desk must not see.
pub const KEPT: &str = "The reason is kept for the dermatologist.";

/// Replaces the words about contradictory answers that the desk must not see.
pub const KEPT_DOUBT: &str = "An answer that is kept for the dermatologist cannot be right";

/// The version of the JSON form. A change that breaks readers needs a new version.
pub const SCHEMA_VERSION: u32 = 1;

/// The program and its version.
pub const TOOL: &str = concat!("candidacy ", env!("CARGO_PKG_VERSION"));

/// A report.
#[derive(Clone, Debug, Serialize)]
pub struct Report<'a> {
    /// The verdict of the most severe finding.
    pub verdict: Verdict,
    /// The range of verdicts that complete answers could lead to.
    pub range: Range,
    /// Open questions that do not matter, because every answer leads to this verdict.
    pub whichever: Vec<&'a str>,
    /// The day of the treatment.
    pub as_of: Date,
    /// The first later day from which treatment may go ahead.
    pub eligible_from: Option<Date>,
    /// The verdict from each day on which it changes, if only time passes.
    pub timeline: Vec<Step>,
    /// Active relaxations without which the verdict would be more severe.
    pub relaxed: Vec<Relaxed<'a>>,
    /// Questions that are not asked here, and have no answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_asked_here: Vec<NotAskedHere<'a>>,
    /// The findings, most severe first.
    pub findings: Vec<Reason<'a>>,
    /// The unknown questions that undecided rules read.
    pub undecided: Vec<&'a str>,
    /// The smallest set of questions that would settle the verdict.
    pub ask_next: Vec<&'a str>,
    /// The undecided questions that have a day as answer which is not exact enough.
    pub closer_date: Vec<&'a str>,
    /// The questions of `ask_next`, each with what is known so far.
    #[serde(skip)]
    pub needs: Vec<Need<'a>>,
    /// The doctor who decides where the rules do not.
    #[serde(skip)]
    pub specialist: &'a str,
    /// How many questions of `undecided` were never answered.
    #[serde(skip)]
    pub not_asked: usize,
    /// Answers to questions that do not apply because of an earlier answer.
    pub contradictions: Vec<Contradiction<'a>>,
    /// Answers that contradict each other, in words.
    pub doubts: Vec<Cow<'a, str>>,
    /// Medicines the pack does not know.
    pub unrecognised_medicines: Vec<Unrecognised<'a>>,
    /// Medicines whose form or country is needed; until it is known, the stricter reading counts.
    pub ask_about: Vec<AskAbout<'a>>,
    /// The closing texts: advice to consult a dermatologist, and that the report is not a
    /// diagnosis.
    pub advice: Vec<String>,
    /// The rules that were used.
    pub pack: PackName<'a>,
    /// The program and its version.
    pub tool: &'static str,
    /// The version of the JSON form.
    pub schema_version: u32,
}

/// A question that is left out for a while.
#[derive(Clone, Debug, Serialize)]
pub struct NotAskedHere<'a> {
    /// The id of the question.
    pub question: &'a str,
    /// The answer that counts.
    pub answer: &'a str,
    /// The last day on which it is left out.
    pub until: Date,
}

/// The best and the worst possible verdict.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Range {
    /// The least severe.
    pub best: Verdict,
    /// The most severe.
    pub worst: Verdict,
    /// False if there were too many answers to try; the range may then be too wide.
    pub exact: bool,
}

/// One step of a timeline.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// The first day of it.
    pub from: Date,
    /// The verdict from then on.
    pub verdict: Verdict,
}

/// A relaxation that changes the verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Relaxed<'a> {
    /// Why it is safe; for the desk, a private reason is replaced.
    pub reason: &'a str,
    /// Who is responsible.
    pub owner: Option<&'a str>,
    /// The last day it holds.
    pub until: Option<Date>,
}

/// A finding in words.
#[derive(Clone, Debug, Serialize)]
pub struct Reason<'a> {
    /// The rule's id, or `private`.
    pub rule: &'a str,
    /// The rule's name in plain words.
    pub title: Cow<'a, str>,
    /// The grade of the rule; for a private rule, what it counts as.
    pub grade: Grade,
    /// The verdict it counts as.
    #[serde(skip)]
    pub counts_as: Verdict,
    /// Whether it applies or is undecided.
    pub state: Standing,
    /// The answers it relies on, or the answers that are missing or not exact enough.
    pub because: Vec<Because<'a>>,
    /// The day on which it ends if only time passes.
    pub until: Option<Date>,
    /// The condition that ends it.
    pub clears: Option<&'a str>,
    /// The reason in words.
    pub why: &'a str,
    /// The advice for the patient.
    pub advice: Vec<&'a str>,
    /// The sources of the rule.
    pub sources: Vec<Source<'a>>,
    /// A note for the clinician about sources that disagree.
    pub note: Option<&'a str>,
    /// What is not verified yet.
    pub unverified: Option<&'a str>,
    /// ICD-10-CM prefixes.
    pub icd10: Vec<&'a str>,
    /// The possible ways to end it; for the clinician.
    #[serde(skip)]
    pub ways: Vec<Way>,
}

/// A way to end a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// Waiting until this day.
    Time(Date),
    /// An action by the patient or the clinic.
    Action(String),
    /// An answer that is still missing.
    Answer,
    /// No way that the rules name.
    Nothing,
}

impl Reason<'_> {
    /// Whether the finding applies; otherwise it is undecided.
    #[must_use]
    pub fn applies(&self) -> bool {
        self.state == Standing::Applies
    }
}

/// An answer that a finding relies on.
#[derive(Clone, Debug, Serialize)]
pub struct Because<'a> {
    /// The question's id.
    pub question: &'a str,
    /// The answer, limited to the part that the rule reads.
    pub answer: String,
    /// The same in plain words: `Medicines: not sure`.
    #[serde(skip)]
    pub in_words: String,
    /// Whether the answer is a day that is not exact enough for an undecided rule.
    #[serde(skip)]
    pub vague: bool,
}

impl Report<'_> {
    /// The findings that apply. Only these are shown to patients and the desk, because an undecided
    /// finding may not concern the patient at all.
    pub fn reasons(&self) -> impl Iterator<Item = &Reason<'_>> {
        self.findings.iter().filter(|reason| reason.applies())
    }
}

/// A source of a rule.
#[derive(Clone, Debug, Serialize)]
pub struct Source<'a> {
    /// Short name.
    pub id: &'a str,
    /// The title of the work.
    pub cite: &'a str,
    /// Who published it.
    pub publisher: &'a str,
    /// The year of publication.
    pub year: Option<&'a str>,
    /// The web address.
    pub url: &'a str,
    /// The strength of its evidence.
    pub strength: Strength,
    /// What is not verified yet.
    pub unverified: Option<&'a str>,
}

/// An answer to a question that does not apply.
#[derive(Clone, Debug, Serialize)]
pub struct Contradiction<'a> {
    /// The question's id.
    pub question: &'a str,
    /// The answer; hidden from the desk if a private rule reads the question.
    pub answer: Option<String>,
    /// The condition under which the question is asked, as the rules write it.
    pub asked_when: String,
    /// The answer with the texts of its options.
    #[serde(skip)]
    pub answer_in_full: Option<String>,
    /// The condition in plain words.
    #[serde(skip)]
    pub asked_when_in_words: String,
}

/// A medicine that is not in the pack.
#[derive(Clone, Debug, Serialize)]
pub struct Unrecognised<'a> {
    /// The name as typed.
    pub typed: String,
    /// A similar known name. It is never used as the answer.
    pub did_you_mean: Option<String>,
    /// The generic names that the lexicon gives, if no group of the rules has them.
    pub generics: Vec<&'a str>,
}

/// A medicine name that means another drug, or another form, in some countries.
#[derive(Clone, Debug, Serialize)]
pub struct AskAbout<'a> {
    /// The name as typed.
    pub typed: String,
    /// What to ask.
    pub ask: &'a str,
}

/// The rules that a report used.
#[derive(Clone, Debug, Serialize)]
pub struct PackName<'a> {
    /// Short name.
    pub id: &'a str,
    /// Version.
    pub version: &'a str,
    /// SHA-256 of everything that affects verdicts or texts.
    pub fingerprint: &'a str,
    /// Reviewed if all packs of the rules are reviewed; otherwise a draft.
    pub status: Status,
    /// The packs of the rules, the top overlay first.
    pub packs: Vec<PackReview<'a>>,
}

/// A pack and its review.
#[derive(Clone, Debug, Serialize)]
pub struct PackReview<'a> {
    /// Short name.
    pub id: &'a str,
    /// Version.
    pub version: &'a str,
    /// Whether a clinician has reviewed it.
    pub status: Status,
    /// The clinician who reviewed it; null for a draft.
    pub reviewed_by: Option<&'a str>,
    /// The day it was reviewed; null for a draft.
    pub reviewed_on: Option<Date>,
}

impl<'a> PackName<'a> {
    /// The rules of `plan`.
    #[must_use]
    pub fn of(plan: &'a Plan) -> Self {
        Self {
            id: &plan.header.id,
            version: &plan.header.version,
            fingerprint: &plan.fingerprint,
            status: plan.status(),
            packs: plan.packs.iter().map(PackReview::of).collect(),
        }
    }
}

impl<'a> PackReview<'a> {
    fn of(pack: &'a Header) -> Self {
        let review = pack.review.as_ref();
        Self {
            id: &pack.id,
            version: &pack.version,
            status: pack.status(),
            reviewed_by: review.map(|review| review.by.as_str()),
            reviewed_on: review.map(|review| review.on.value),
        }
    }
}

pub mod prospects;
