//! What the engine runs: a pack with every reference resolved.
//!
//! Only `compile` makes one, so whatever holds a plan need not check anything
//! again: numbers stand for things that exist. [`Plan::from_bytes`] reads what
//! [`Plan::to_bytes`] wrote, and is only for plans that are part of the program.

use serde::{Deserialize, Serialize};

use super::answer::{Answers, Reader};
use super::condition::Condition;
use super::date::Date;
use super::medicine::Recogniser;
use super::pack;
use super::period::Period;
use super::question::Question;
use super::verdict::{Grade, Verdict};

pub use super::pack::{Clinic, Closing, Header, PagePart, Promise, Review, Status};

/// A questionnaire, the rules over it, and everything reports say.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Plan {
    /// Who is responsible for it.
    pub header: Header,
    /// The same for every pack that it is made of, the uppermost first.
    pub packs: Vec<Header>,
    /// SHA-256 of what the pack says; hexadecimal.
    pub fingerprint: String,
    /// The headings questions stand under.
    pub topics: Vec<String>,
    /// The questions, in the order asked.
    pub questions: Vec<Asked>,
    /// The number of the question that asks for the date of birth.
    pub birth: Option<usize>,
    /// The groups of medicines.
    pub groups: Vec<Group>,
    /// Knows the medicines by name.
    pub medicines: Recogniser,
    /// What cannot well be, in words: answers of which one of these holds
    /// contradict each other.
    pub doubts: Vec<(String, Condition)>,
    /// The rules, in the pack's order. One that is relaxed for a while has
    /// several forms with one id, each in force on days of its own.
    pub rules: Vec<Rule>,
    /// What is milder than it would be, for a while.
    pub relaxations: Vec<Relaxation>,
    /// Named waits, in the pack's order.
    pub settings: Vec<(String, Period)>,
    /// Where rules come from.
    pub citations: Vec<Citation>,
    /// The texts that rules name.
    pub advice: Vec<Advice>,
    /// What a patient can expect.
    pub expectations: Vec<Expectation>,
    /// The last words of reports.
    pub closing: Vec<Closing>,
    /// Why a dermatologist may overrule a verdict.
    pub override_reasons: Vec<OverrideReason>,
    /// Worked patients. A stored plan has none: only authors run them.
    #[serde(skip)]
    pub cases: Vec<Case>,
    /// Claims about every patient.
    pub claims: Vec<Claim>,
}

/// A question and when it is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Asked {
    /// The question.
    pub question: Question,
    /// When it is asked; always, when absent. Holds no windows.
    pub gate: Option<Condition>,
    /// The number of the topic it stands under.
    pub topic: usize,
}

/// A group of medicines, as reports name it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Group {
    /// Short name.
    pub id: String,
    /// In plain words.
    pub label: Option<String>,
}

/// What is milder than it would be, for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relaxation {
    /// Why it is safe.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day it holds.
    pub until: Date,
    /// Whether it touches a rule that the desk may not see.
    pub private: bool,
}

/// What relaxations do to a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// Numbers of the relaxations that touch it, each as long as it holds.
    pub by: Vec<usize>,
    /// What it would be with fewer of them than hold.
    pub forms: Vec<Partly>,
}

/// A rule as only some of its relaxations make it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partly {
    /// Numbers of these relaxations.
    pub holding: Vec<usize>,
    /// The rule; none where they drop it.
    pub rule: Option<Rule>,
}

impl Suspension {
    /// The rule as just these relaxations make it, as far as it is known.
    #[must_use]
    pub fn form(&self, holding: &[usize]) -> Option<&Rule> {
        let mut forms = self.forms.iter();
        let form = forms.find(|form| form.holding == holding)?;
        form.rule.as_ref()
    }
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Short name.
    pub id: String,
    /// Name in plain words; the id's words when absent.
    pub title: Option<String>,
    /// How grave it is.
    pub grade: Grade,
    /// What it counts as while undecided.
    pub if_unsure: Grade,
    /// When it applies, its own exception included.
    pub when: Condition,
    /// What ends it when no date does.
    pub clears: Option<String>,
    /// The reason.
    pub why: String,
    /// Numbers of advice.
    pub advice: Vec<usize>,
    /// Numbers of citations.
    pub sources: Vec<usize>,
    /// For the clinician.
    pub note: Option<String>,
    /// What of it nobody has checked yet.
    pub unverified: Option<String>,
    /// Whether the desk may not see it.
    pub private: bool,
    /// The first day it is in force.
    pub from: Option<Date>,
    /// The last day it is in force.
    pub to: Option<Date>,
    /// What sets its strict form aside until it is in force.
    pub set_aside: Option<Suspension>,
    /// ICD-10-CM prefixes.
    pub icd10: Vec<String>,
}

/// Where a rule comes from.
pub type Citation = pack::Citation<String>;

/// A text that rules name.
pub type Advice = pack::Advice<String>;

/// Why a dermatologist may overrule a verdict. Its id is given on the command line and kept in records.
pub type OverrideReason = pack::OverrideReason<String>;

/// What a patient can expect.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Expectation {
    /// Short name.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Whom it concerns; everybody when absent.
    pub when: Option<Condition>,
    /// What to expect.
    pub text: String,
    /// The same in points.
    pub points: Vec<String>,
    /// Numbers of citations.
    pub sources: Vec<usize>,
    /// What of it nobody has checked yet.
    pub unverified: Option<String>,
    /// Where it is on the page for the patient.
    pub on_page: Option<PagePart>,
}

/// A worked patient.
#[derive(Clone, Debug)]
pub struct Case {
    /// A sentence that says what it shows.
    pub name: String,
    /// Where its name stands: file and line.
    pub at: String,
    /// The day decided for.
    pub as_of: Date,
    /// What the patient answers.
    pub answers: Answers,
    /// What must come out.
    pub expect: Expect,
}

/// What must come out of a case; only what is named is compared. Ids, not numbers.
#[derive(Clone, Debug, Default)]
pub struct Expect {
    /// The verdict, or how grave it is at least or at most.
    pub verdict: Option<Promise>,
    /// Exactly the rules that apply.
    pub because: Option<Vec<String>>,
    /// Exactly the questions left undecided.
    pub undecided: Option<Vec<String>>,
    /// The day treatment may go ahead from; `Some(None)`: no day is named.
    pub eligible_from: Option<Option<Date>>,
    /// The whole timeline.
    pub timeline: Option<Vec<(Date, Verdict)>>,
    /// The best and the worst verdict still possible.
    pub range: Option<(Verdict, Verdict)>,
    /// The questions that would settle it.
    pub ask_next: Option<Vec<String>>,
}

/// A claim about every patient.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claim {
    /// In words.
    pub claim: String,
    /// Whom it is about.
    pub condition: Condition,
    /// What it promises.
    pub promise: Promise,
}

impl Plan {
    /// The plan as bytes, without its cases.
    ///
    /// # Errors
    ///
    /// When a value cannot be written; a compiled plan has none of this kind.
    pub fn to_bytes(&self) -> Result<Vec<u8>, postcard::Error> {
        postcard::to_allocvec(self)
    }

    /// The plan that the same version of this crate wrote as these bytes.
    ///
    /// # Errors
    ///
    /// When they are not such bytes.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Self, postcard::Error> {
        postcard::from_bytes(bytes)
    }

    /// Whether every review in it was done by the day `today`.
    #[must_use]
    pub fn is_reviewed_by(&self, today: Date) -> bool {
        let mut reviews = self.packs.iter().filter_map(|pack| pack.review.as_ref());
        reviews.all(|review| review.on.value <= today)
    }

    /// Reviewed once every pack that it is made of is; else a draft.
    #[must_use]
    pub fn status(&self) -> Status {
        let mut packs = self.packs.iter();
        let draft = packs.find(|pack| pack.review.is_none());
        draft.unwrap_or(&self.header).status()
    }

    /// The treatment in words; an overlay has that of its base unless it says otherwise.
    #[must_use]
    pub fn procedure(&self) -> &str {
        let mut packs = self.packs.iter().map(|pack| &pack.procedure);
        packs.find_map(|one| one.as_deref()).unwrap_or("treatment")
    }

    /// The doctor who decides where the rules do not; an overlay has that of its base unless it says otherwise.
    #[must_use]
    pub fn specialist(&self) -> &str {
        let packs = self.packs.iter().map(|pack| &pack.specialist);
        let word = packs.flatten().next();
        word.map_or("dermatologist", String::as_str)
    }

    /// Whom patients may call; an overlay has the clinic of its base unless it names its own.
    #[must_use]
    pub fn clinic(&self) -> Option<&Clinic> {
        self.packs.iter().find_map(|pack| pack.clinic.as_ref())
    }

    /// The number of the question called `id`.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<usize> {
        self.questions
            .iter()
            .position(|asked| asked.question.id == id)
    }

    /// The forms of the rule of this number: itself, unless it is relaxed for a while.
    #[must_use]
    pub fn forms(&self, rule: usize) -> &[Rule] {
        let id = self.rules.get(rule).map(|rule| &rule.id);
        let same = |other: &&Rule| Some(&other.id) == id;
        let (before, after) = self.rules.split_at(rule.min(self.rules.len()));
        let first = rule - before.iter().rev().take_while(same).count();
        let last = rule + after.iter().take_while(same).count();
        self.rules.get(first..last).unwrap_or_default()
    }

    /// The ids of the rules, in the pack's order, each once.
    #[must_use]
    pub fn ids_of_rules(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.rules.iter().map(|rule| rule.id.as_str()).collect();
        ids.dedup();
        ids
    }

    /// The rule called `id`, in the form that is in force on `day`; the strict
    /// one where none is.
    #[must_use]
    pub fn rule_on(&self, id: &str, day: Date) -> Option<&Rule> {
        let mut forms = self.rules.iter().filter(|rule| rule.id == id);
        let strict = forms.clone().next_back();
        forms.find(|rule| rule.in_force(day)).or(strict)
    }

    /// Whether a private rule reads the question.
    #[must_use]
    pub fn is_private(&self, question: usize) -> bool {
        let mut tests = Vec::new();
        self.rules
            .iter()
            .filter(|rule| rule.private)
            .for_each(|rule| rule.when.tests(&mut tests));
        tests.iter().any(|test| test.question == question)
    }

    /// A reader of answers given on the day decided for, dates in ISO form.
    #[must_use]
    pub fn reader(&self, as_of: Date) -> Reader<'_> {
        Reader {
            medicines: &self.medicines,
            as_of,
            said: as_of,
            format: None,
            born: None,
            wording: None,
        }
    }

    /// Answers in which nothing has been said yet.
    #[must_use]
    pub fn blank_answers(&self) -> Answers {
        Answers::blank(self.questions.len())
    }
}

#[cfg(test)]
mod tests;
