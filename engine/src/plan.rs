//! The compiled form of a pack, with all references resolved.
//!
//! Only `compile` makes plans, so their users need no further checks: all indices are valid.
//! [`Plan::from_bytes`] reads the output of [`Plan::to_bytes`], and is only for plans that are part
//! of the program.

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

/// A questionnaire with its rules, and all texts of reports.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Plan {
    /// Its header.
    pub header: Header,
    /// The headers of all packs of the rules, the top overlay first.
    pub packs: Vec<Header>,
    /// The SHA-256 fingerprint of the pack; hexadecimal.
    pub fingerprint: String,
    /// The headings of questions.
    pub topics: Vec<String>,
    /// The questions, in the order asked.
    pub questions: Vec<Asked>,
    /// The index of the question that asks for the date of birth.
    pub birth: Option<usize>,
    /// The groups of medicines.
    pub groups: Vec<Group>,
    /// The recogniser of medicine names.
    pub medicines: Recogniser,
    /// Contradictions: answers that meet one of these conditions cannot all be right. Each has its
    /// words.
    pub doubts: Vec<(String, Condition)>,
    /// The rules, in the pack's order. A rule that is relaxed for a while has several forms with
    /// the same id. Each is in force on its own days.
    pub rules: Vec<Rule>,
    /// The answers to questions taken from other packs that private rules of those packs read.
    pub private_elsewhere: Vec<Condition>,
    /// The relaxations.
    pub relaxations: Vec<Relaxation>,
    /// Named waiting periods, in the pack's order.
    pub settings: Vec<(String, Period)>,
    /// The sources of rules.
    pub citations: Vec<Citation>,
    /// The texts that rules name.
    pub advice: Vec<Advice>,
    /// What a patient can expect.
    pub expectations: Vec<Expectation>,
    /// The closing texts of reports.
    pub closing: Vec<Closing>,
    /// The reasons for which a dermatologist may override a verdict.
    pub override_reasons: Vec<OverrideReason>,
    /// The cases. A stored plan has none, because only authors run them.
    #[serde(skip)]
    pub cases: Vec<Case>,
    /// Claims about all patients.
    pub claims: Vec<Claim>,
}

/// A question and when it is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Asked {
    /// The question.
    pub question: Question,
    /// When it is asked; always, if none. It contains no waiting periods.
    pub gate: Option<Condition>,
    /// The index of the topic it belongs to.
    pub topic: usize,
    /// The answer that counts while it is left out.
    pub left_out: Option<LeftOut>,
}

/// A question that is not asked while a relaxation is active.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The answer that counts instead of a blank, as written.
    pub answer: String,
    /// The index of the relaxation.
    pub by: usize,
}

/// A group of medicines, as named in reports.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Group {
    /// Short name.
    pub id: String,
    /// In plain words.
    pub label: Option<String>,
}

/// A relaxation: what is less severe than usual for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relaxation {
    /// Why it is safe.
    pub reason: String,
    /// Who is responsible.
    pub owner: String,
    /// The last day on which it is active.
    pub until: Date,
    /// Whether it affects a rule that is hidden from the desk.
    pub private: bool,
}

/// How relaxations affect a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// Indices of the relaxations that affect it, each while it is active.
    pub by: Vec<usize>,
    /// The forms of the rule if fewer of them were active.
    pub forms: Vec<Partly>,
}

/// A rule as it is with only some of its relaxations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partly {
    /// Indices of these relaxations.
    pub holding: Vec<usize>,
    /// The rule; none if they drop it.
    pub rule: Option<Rule>,
}

impl Suspension {
    /// The rule with exactly these relaxations, if that form is known.
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
    /// Name in plain words; if none, the words of the id.
    pub title: Option<String>,
    /// Its grade.
    pub grade: Grade,
    /// What it counts as while undecided.
    pub if_unsure: Grade,
    /// Its condition, including the exception.
    pub when: Condition,
    /// The condition that ends it, if time does not.
    pub clears: Option<String>,
    /// The reason.
    pub why: String,
    /// Indices of advice.
    pub advice: Vec<usize>,
    /// Indices of citations.
    pub sources: Vec<usize>,
    /// A note for the clinician.
    pub note: Option<String>,
    /// What is not verified yet.
    pub unverified: Option<String>,
    /// Whether it is hidden from the desk.
    pub private: bool,
    /// The first day it is in force.
    pub from: Option<Date>,
    /// The last day it is in force.
    pub to: Option<Date>,
    /// The relaxations that suspend its strict form until it is in force.
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
    /// The condition that selects patients; all patients if none.
    pub when: Option<Condition>,
    /// What to expect.
    pub text: String,
    /// The same as a list of points.
    pub points: Vec<String>,
    /// Indices of citations.
    pub sources: Vec<usize>,
    /// What is not verified yet.
    pub unverified: Option<String>,
    /// Its position on the patient's page.
    pub on_page: Option<PagePart>,
}

/// A worked patient.
#[derive(Clone, Debug)]
pub struct Case {
    /// A sentence that says what the case shows.
    pub name: String,
    /// The place of its name: file and line.
    pub at: String,
    /// The day of treatment.
    pub as_of: Date,
    /// The patient's answers.
    pub answers: Answers,
    /// The expected results.
    pub expect: Expect,
}

/// The expected results of a case; only results that are given are compared. They contain ids, not
/// indices.
#[derive(Clone, Debug, Default)]
pub struct Expect {
    /// The verdict, or its least or most severe allowed value.
    pub verdict: Option<Promise>,
    /// The exact set of rules that apply.
    pub because: Option<Vec<String>>,
    /// The exact set of undecided questions.
    pub undecided: Option<Vec<String>>,
    /// The day from which treatment may go ahead; `Some(None)` means that there is none.
    pub eligible_from: Option<Option<Date>>,
    /// The whole timeline.
    pub timeline: Option<Vec<(Date, Verdict)>>,
    /// The best and the worst possible verdict.
    pub range: Option<(Verdict, Verdict)>,
    /// The questions that would settle the verdict.
    pub ask_next: Option<Vec<String>>,
}

/// A claim about all patients.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claim {
    /// In words.
    pub claim: String,
    /// The condition that selects patients.
    pub condition: Condition,
    /// The promised verdict.
    pub promise: Promise,
}

impl Plan {
    /// The plan as bytes, without its cases.
    ///
    /// # Errors
    ///
    /// If a value cannot be written; a compiled plan has no such values.
    pub fn to_bytes(&self) -> Result<Vec<u8>, postcard::Error> {
        postcard::to_allocvec(self)
    }

    /// Reads a plan that the same version of this crate wrote as bytes.
    ///
    /// # Errors
    ///
    /// If the bytes are not such a plan.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Self, postcard::Error> {
        postcard::from_bytes(bytes)
    }

    /// Whether all its reviews were done by the day `today`.
    #[must_use]
    pub fn is_reviewed_by(&self, today: Date) -> bool {
        let mut reviews = self.packs.iter().filter_map(|pack| pack.review.as_ref());
        reviews.all(|review| review.on.value <= today)
    }

    /// Reviewed if all packs of the rules are reviewed; otherwise a draft.
    #[must_use]
    pub fn status(&self) -> Status {
        let mut packs = self.packs.iter();
        let draft = packs.find(|pack| pack.review.is_none());
        draft.unwrap_or(&self.header).status()
    }

    /// The treatment in words; an overlay has that of its base unless it sets its own.
    #[must_use]
    pub fn procedure(&self) -> &str {
        let mut packs = self.packs.iter().map(|pack| &pack.procedure);
        packs.find_map(|one| one.as_deref()).unwrap_or("treatment")
    }

    /// The doctor who decides cases that the rules do not decide. An overlay has the same as its
    /// base unless it names one.
    #[must_use]
    pub fn specialist(&self) -> &str {
        let packs = self.packs.iter().map(|pack| &pack.specialist);
        let word = packs.flatten().next();
        word.map_or("dermatologist", String::as_str)
    }

    /// The clinic that patients may call; an overlay has that of its base unless it sets its own.
    #[must_use]
    pub fn clinic(&self) -> Option<&Clinic> {
        self.packs.iter().find_map(|pack| pack.clinic.as_ref())
    }

    /// The index of the question `id`.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<usize> {
        self.questions
            .iter()
            .position(|asked| asked.question.id == id)
    }

    /// The forms of the rule with this index: only itself, unless it is relaxed for a while.
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

    /// The rule `id` in the form that is in force on `day`. If no form is in force, this is the
    /// strict one.
    #[must_use]
    pub fn rule_on(&self, id: &str, day: Date) -> Option<&Rule> {
        let mut forms = self.rules.iter().filter(|rule| rule.id == id);
        let strict = forms.clone().next_back();
        forms.find(|rule| rule.in_force(day)).or(strict)
    }

    /// The conditions that read private answers: those of private rules, here and in the packs from
    /// which questions were taken.
    pub fn private_conditions(&self) -> impl Iterator<Item = &Condition> {
        let rules = self.rules.iter().filter(|rule| rule.private);
        let rules = rules.map(|rule| &rule.when);
        rules.chain(&self.private_elsewhere)
    }

    /// Whether a private rule reads the question.
    #[must_use]
    pub fn is_private(&self, question: usize) -> bool {
        let mut tests = self.private_conditions().flat_map(Condition::tests);
        tests.any(|test| test.question == question)
    }

    /// Whether a text given to the question may be private: a private rule reads the question, or
    /// some of its answers moved to such a question.
    #[must_use]
    pub fn may_be_private(&self, question: usize) -> bool {
        let moved = self.questions.get(question).into_iter();
        let moved = moved.flat_map(|asked| &asked.question.moved);
        let mut targets = moved.filter_map(|(_, to)| self.question(to));
        self.is_private(question) || targets.any(|to| self.is_private(to))
    }

    /// A reader of answers given on the day of treatment, with dates in ISO form.
    #[must_use]
    pub fn reader(&self, as_of: Date) -> Reader<'_> {
        Reader {
            medicines: &self.medicines,
            as_of,
            answered_on: as_of,
            format: None,
            born: None,
            wording: None,
        }
    }

    /// A blank reply to every question.
    #[must_use]
    pub fn blank_answers(&self) -> Answers {
        Answers::blank(self.questions.len())
    }
}

#[cfg(test)]
mod tests;
