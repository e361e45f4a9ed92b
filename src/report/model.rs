//! What a report says, before it has a form: the same for a screen, a page, a
//! table row and another program.
//!
//! Serialised as it stands it is the JSON report; `report/schema.json`
//! describes it. In the desk's view nothing in it tells a private reason.

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
mod redact;
mod remedies;

pub use build::{consult, expectations, last_words, relaxed, sheet};
pub use doubts::{is_private, private};
pub use needs::{Need, SoFar};
pub use redact::{KEPT_MEDICINE, Redaction};

/// Who will read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The front desk: private reasons are not shown.
    Desk,
    /// The dermatologist: everything.
    Clinician,
}

impl View {
    /// Its word in JSON and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Clinician => "clinician",
        }
    }
}

/// What stands for a reason the desk must not see.
pub const PRIVATE: &str = "private";

/// What stands for its words.
pub const KEPT: &str = "The reason is kept for the dermatologist.";

/// What stands for answers that cannot all be right, where the desk must not see them.
pub const KEPT_DOUBT: &str = "An answer that is kept for the dermatologist cannot be right";

/// The version of the JSON form; a change that breaks readers makes a new one.
pub const SCHEMA_VERSION: u32 = 1;

/// The program and its version.
pub const TOOL: &str = concat!("candidacy ", env!("CARGO_PKG_VERSION"));

/// A report.
#[derive(Clone, Debug, Serialize)]
pub struct Report<'a> {
    /// The most severe finding's verdict.
    pub verdict: Verdict,
    /// What complete answers could still lead to.
    pub range: Range,
    /// Questions that are open, but lead to this verdict whichever answers are given.
    pub whichever: Vec<&'a str>,
    /// The day decided for.
    pub as_of: Date,
    /// The first later day from which treatment may go ahead.
    pub eligible_from: Option<Date>,
    /// The verdict from each day on which it changes, if nothing else does.
    pub timeline: Vec<Step>,
    /// What holds for a while, without which the verdict would be graver.
    pub relaxed: Vec<Relaxed<'a>>,
    /// Why, gravest first.
    pub findings: Vec<Reason<'a>>,
    /// The unknown questions that undecided rules read.
    pub undecided: Vec<&'a str>,
    /// The fewest questions that would settle the verdict.
    pub ask_next: Vec<&'a str>,
    /// Those of the undecided questions to which a day was answered that is not exact enough.
    pub closer_date: Vec<&'a str>,
    /// The questions of `ask_next`, with what is known of each.
    #[serde(skip)]
    pub needs: Vec<Need<'a>>,
    /// How many questions of `undecided` were never answered.
    #[serde(skip)]
    pub not_asked: usize,
    /// Answers that an earlier answer says should not be there.
    pub contradictions: Vec<Contradiction<'a>>,
    /// Answers that cannot all be right, in words.
    pub doubts: Vec<Cow<'a, str>>,
    /// Medicines the pack does not know.
    pub unrecognised_medicines: Vec<Unrecognised<'a>>,
    /// Medicines of which the form or the country must be known; until then the
    /// stricter reading counts.
    pub ask_about: Vec<AskAbout<'a>>,
    /// The last words: to consult a dermatologist, and what this is not.
    pub advice: Vec<String>,
    /// The rules it was decided by.
    pub pack: PackName<'a>,
    /// The program and its version.
    pub tool: &'static str,
    /// The version of this form.
    pub schema_version: u32,
}

/// The best and the worst verdict still possible.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Range {
    /// The least severe.
    pub best: Verdict,
    /// The most severe.
    pub worst: Verdict,
    /// False where there was too much to try: then the range may be wider than it need be.
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

/// A relaxation that a verdict relies on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Relaxed<'a> {
    /// Why it is safe; that it is private, where the desk must not see it.
    pub reason: &'a str,
    /// Who answers for it.
    pub owner: Option<&'a str>,
    /// The last day it holds.
    pub until: Option<Date>,
}

/// One finding.
#[derive(Clone, Debug, Serialize)]
pub struct Reason<'a> {
    /// The rule's id, or `private`.
    pub rule: &'a str,
    /// The rule's name in plain words.
    pub title: Cow<'a, str>,
    /// The rule's own grade; what it counts as, where it is private.
    pub grade: Grade,
    /// What it counts as in this verdict.
    #[serde(skip)]
    pub counts_as: Verdict,
    /// Whether it applies or is undecided.
    pub state: Standing,
    /// The answers it rests on, or that are not known or not exact enough.
    pub because: Vec<Because<'a>>,
    /// The day on which time alone ends it.
    pub until: Option<Date>,
    /// What else ends it.
    pub clears: Option<&'a str>,
    /// The reason in words.
    pub why: &'a str,
    /// What to do.
    pub advice: Vec<&'a str>,
    /// Where it comes from.
    pub sources: Vec<Source<'a>>,
    /// For the clinician: who disagrees.
    pub note: Option<&'a str>,
    /// What of it nobody has checked yet.
    pub unverified: Option<&'a str>,
    /// ICD-10-CM prefixes.
    pub icd10: Vec<&'a str>,
    /// What would end it; for the clinician.
    #[serde(skip)]
    pub ways: Vec<Way>,
}

/// What would end a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// The passing of time alone, on this day.
    Time(Date),
    /// Something somebody can do or see to.
    Action(String),
    /// An answer that is not known yet.
    Answer,
    /// Nothing that the rules name.
    Nothing,
}

impl Reason<'_> {
    /// Whether it applies; else it is undecided.
    #[must_use]
    pub fn applies(&self) -> bool {
        self.state == Standing::Applies
    }
}

/// One answer behind a finding.
#[derive(Clone, Debug, Serialize)]
pub struct Because<'a> {
    /// The question's id.
    pub question: &'a str,
    /// The answer, as far as the rule looks at it.
    pub answer: String,
    /// Whether it is a day that is not exact enough for an undecided rule.
    #[serde(skip)]
    pub vague: bool,
}

impl Report<'_> {
    /// The findings that apply: the reasons as a patient and the desk are told them. What is
    /// undecided may turn out not to concern the patient at all.
    pub fn reasons(&self) -> impl Iterator<Item = &Reason<'_>> {
        self.findings.iter().filter(|reason| reason.applies())
    }
}

impl Because<'_> {
    /// `medicines: not sure`.
    #[must_use]
    pub fn in_words(&self) -> String {
        format!("{}: {}", self.question, self.answer)
    }
}

/// Where a rule comes from.
#[derive(Clone, Debug, Serialize)]
pub struct Source<'a> {
    /// Short name.
    pub id: &'a str,
    /// The work.
    pub cite: &'a str,
    /// Who published it.
    pub publisher: &'a str,
    /// When.
    pub year: Option<&'a str>,
    /// Where.
    pub url: &'a str,
    /// How strong it is.
    pub strength: Strength,
    /// What of it nobody has checked yet.
    pub unverified: Option<&'a str>,
}

/// An answer that should not be there.
#[derive(Clone, Debug, Serialize)]
pub struct Contradiction<'a> {
    /// The question's id.
    pub question: &'a str,
    /// What was answered; not told to the desk where the question touches a private rule.
    pub answer: Option<String>,
    /// When it would have been asked.
    pub asked_when: String,
}

/// A medicine the pack does not know.
#[derive(Clone, Debug, Serialize)]
pub struct Unrecognised<'a> {
    /// As typed.
    pub typed: String,
    /// A known name near it. Never taken for it.
    pub did_you_mean: Option<String>,
    /// What the lexicon says is in it, if no group of the rules has that.
    pub generics: Vec<&'a str>,
}

/// A medicine that is another drug, or taken another way, somewhere else.
#[derive(Clone, Debug, Serialize)]
pub struct AskAbout<'a> {
    /// As typed.
    pub typed: String,
    /// What to ask.
    pub ask: &'a str,
}

/// Which rules a report was decided by.
#[derive(Clone, Debug, Serialize)]
pub struct PackName<'a> {
    /// Short name.
    pub id: &'a str,
    /// Version.
    pub version: &'a str,
    /// SHA-256 over all that decides or is told.
    pub fingerprint: &'a str,
    /// Reviewed once every pack the rules are made of is; else a draft.
    pub status: Status,
    /// The packs that the rules are made of, the uppermost first.
    pub packs: Vec<PackReview<'a>>,
}

/// One of the packs that rules are made of, and who has reviewed it.
#[derive(Clone, Debug, Serialize)]
pub struct PackReview<'a> {
    /// Short name.
    pub id: &'a str,
    /// Version.
    pub version: &'a str,
    /// Whether a clinician has reviewed it.
    pub status: Status,
    /// The clinician who has reviewed it; null for a draft.
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
