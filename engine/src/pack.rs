//! What rule files say, before anything in them is looked up.
//!
//! Shape only: which keys an entry has and which kind of value. Ids are not resolved here and sentences not read;
//! `compile` does that. The keys are explained for authors in `docs/rules.md`.

mod case_types;
mod cases;
mod change;
mod check_keys;
mod clinic;
mod condition;
mod entries;
mod example;
mod expect;
mod expectation;
mod fingerprint;
mod header;
mod lexicon;
mod map_reader;
mod needs;
mod outline;
mod overlay;
mod question;
mod read;
mod rule;
mod sections;
mod settings;
mod take;
mod topics;
mod unknown_words;
mod unread_names;

pub use case_types::{Case, Claim, Expect, Given, Persona, Promise};
pub use cases::{AnswerFile, answers};
pub use change::{Change, QuestionChange, TextChange, TextKind};
pub use clinic::{Clinic, clinic_file};
pub use entries::closing_verdict;
pub use example::takes;
pub use expectation::{Expectation, PagePart};
pub use fingerprint::both;
pub use header::{Header, Review, Status};
pub use lexicon::TableLine;
pub use outline::{Outline, outline, review_by};
pub use overlay::{Overlay, Relaxation};
pub use question::{Choice, Moved};
pub use read::{read, read_part};
pub use take::Taken;
pub use topics::Take;
pub use unread_names::UnreadNames;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::date::Date;
use super::diagnostic::Diagnostic;
use super::medicine::Lexicon;
use super::period::Period;
use super::question::QuestionType;
use super::source::{Located, Place, Source};
use super::strength::Strength;
use super::verdict::{Grade, Verdict};

/// Everything the files of one pack say, and every problem of shape found on the way.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The files; of an overlay, those of what it extends behind its own.
    pub sources: Vec<Source>,
    /// The numbers of its own files.
    pub own: Range<usize>,
    /// Problems of shape; `compile` adds those of meaning.
    pub problems: Vec<Diagnostic>,
    /// Which names may stand where nothing could be read.
    pub unseen: UnreadNames,
    /// SHA-256 over all that decides or is told, whatever its order, comments and layout; hexadecimal.
    pub fingerprint: String,
    /// What the `pack` entry says.
    pub header: Header,
    /// The headings questions stand under, in the order asked.
    pub topics: Vec<Topic>,
    /// The lexicons whose names are known.
    pub lexicon: Lexicon,
    /// Where the head names the built-in lexicon.
    pub built_in_lexicon: Option<Place>,
    /// The lines of its own tables of names.
    pub table_lines: Vec<TableLine>,
    /// Named waits.
    pub settings: Vec<Setting>,
    /// Where rules come from.
    pub citations: Vec<Citation>,
    /// What free-text medicines are recognised as.
    pub groups: Vec<Group>,
    /// What is asked, in order.
    pub questions: Vec<Question>,
    /// Named conditions.
    pub facts: Vec<Fact>,
    /// Texts that rules name.
    pub advice: Vec<Advice>,
    /// The rules.
    pub rules: Vec<Rule>,
    /// What a patient can expect.
    pub expectations: Vec<Expectation>,
    /// The last words of reports.
    pub closing: Vec<Located<Closing>>,
    /// Named sets of answers that cases start from.
    pub personas: Vec<Persona>,
    /// Worked patients.
    pub cases: Vec<Case>,
    /// Claims about every patient.
    pub claims: Vec<Claim>,
    /// Why a dermatologist may overrule a verdict. Its id has a place here, and none in a plan.
    pub override_reasons: Vec<OverrideReason>,
    /// What it says of the pack it extends.
    pub overlay: Overlay,
    /// The pack it was laid over, as that stands by itself.
    pub under: Option<Box<Pack>>,
}

impl Pack {
    /// Whether the rule or question of this name was taken from another pack, which tries it out.
    #[must_use]
    pub fn is_taken(&self, id: &str) -> bool {
        let rules = self.rules.iter().map(|rule| &rule.id);
        let questions = self.questions.iter().map(|question| &question.id);
        let mut named = rules.chain(questions).filter(|name| name.value == id);
        self.under.is_none() && named.any(|name| !self.own.contains(&name.place.source))
    }

    /// This pack and those it is laid over, the uppermost first.
    #[must_use]
    pub fn layers(&self) -> Vec<&Self> {
        std::iter::successors(Some(self), |pack| pack.under.as_deref()).collect()
    }
}

/// A heading.
#[derive(Clone, Debug)]
pub struct Topic {
    /// The file it stands over, as a number into the sources.
    pub source: usize,
    /// Its words.
    pub title: String,
}

/// A named wait.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its name.
    pub name: Located<String>,
    /// How long.
    pub period: Period,
    /// Where that stands.
    pub place: Place,
    /// While it is relaxed: the last day, and the wait from the next day on.
    pub strict: Option<(Date, Period)>,
}

/// Where a rule comes from. Its id has a place here, and none in a plan.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Citation<Id = Located<String>> {
    /// Short name.
    pub id: Id,
    /// The work, as one would cite it.
    pub cite: String,
    /// Who published it.
    pub publisher: String,
    /// When, `2018`; none for an undated page.
    pub year: Option<String>,
    /// Where it can be read.
    pub url: String,
    /// How strong it is.
    pub strength: Strength,
    /// What of it nobody has checked yet.
    pub unverified: Option<String>,
}

/// Medicines that mean the same to the rules.
#[derive(Clone, Debug)]
pub struct Group {
    /// Short name.
    pub id: Located<String>,
    /// In plain words: `blood thinner`.
    pub label: Option<String>,
    /// Who checked its names, and when.
    pub checked_by: Option<String>,
    /// Its medicines.
    pub members: Vec<Member>,
}

/// One medicine under all its names.
#[derive(Clone, Debug)]
pub struct Member {
    /// The generic name.
    pub name: Located<String>,
    /// Brands and other spellings.
    pub also: Vec<Located<String>>,
    /// The question that tells it from another drug or route of the same name.
    pub ask_route: Option<String>,
    /// The groups that it stands in instead, where its form is said.
    pub forms: Vec<MemberForm>,
    /// Why it is as it is, for who reads the rules.
    pub note: Option<String>,
}

/// Forms of a medicine that mean something of their own.
#[derive(Clone, Debug)]
pub struct MemberForm {
    /// The forms, by name.
    pub forms: Vec<Located<String>>,
    /// The groups.
    pub groups: Vec<Located<String>>,
    /// The question that tells it from another drug in the same form.
    pub ask_route: Option<String>,
}

/// What can be asked.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key that says yes or no"
)]
pub struct Question {
    /// Short name, and the heading of its column.
    pub id: Located<String>,
    /// The words it is asked in.
    pub ask: Located<String>,
    /// The medical name, and how to tell.
    pub help: Option<String>,
    /// Its type.
    pub kind: QuestionType,
    /// What may be chosen.
    pub options: Vec<Choice>,
    /// What its number is counted in.
    pub unit: Option<Located<String>>,
    /// The numbers it allows: `0.1 to 3`.
    pub range: Option<Located<String>>,
    /// Other headings its column may have.
    pub also: Vec<Located<String>>,
    /// When it is asked at all.
    pub ask_when: Option<Condition>,
    /// Whether it may be left out.
    pub optional: bool,
    /// Whether staff answer it, not the patient.
    pub staff: bool,
    /// What an interview begins with as its answer.
    pub preset: Option<Located<String>>,
    /// Answers that are given to another question now.
    pub moved: Vec<Moved>,
    /// Under this age the interview asks for a parent or guardian.
    pub guardian_under: Option<Located<Period>>,
    /// Whether it asks for the date of birth.
    pub birth: bool,
    /// How far back it asks.
    pub covers: Option<Located<Period>>,
    /// Whether none of its options is an answer, where the author says so.
    pub none: Option<bool>,
    /// The topic it stands under.
    pub topic: usize,
    /// Whether all of it could be read: sentences and answers are not held
    /// against a question that is itself amiss.
    pub whole: bool,
}

/// A condition as written.
#[derive(Clone, Debug)]
pub enum Condition {
    /// One sentence.
    Sentence(Sentence),
    /// All of them hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// None holds.
    None(Vec<Condition>),
}

/// A sentence as written.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Its words.
    pub text: String,
    /// The whole of it.
    pub place: Place,
    /// Where its first letter stands, when it stands in the file letter for letter.
    pub verbatim: Option<usize>,
}

/// A named condition.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Short name.
    pub id: Located<String>,
    /// In words.
    pub label: String,
    /// What it stands for.
    pub when: Condition,
    /// Whether answers of which it holds cannot all be right.
    pub doubtful: bool,
}

/// A text that rules name. Its id has a place here, and none in a plan.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Advice<Id = Located<String>> {
    /// Short name.
    pub id: Id,
    /// What to do.
    pub text: String,
}

/// A rule as written.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Short name.
    pub id: Located<String>,
    /// Where an overlay changed it last.
    pub changed: Option<Place>,
    /// Name in plain words, for the desk and the patient; the id's words when absent.
    pub title: Option<String>,
    /// How grave it is.
    pub grade: Grade,
    /// When it applies.
    pub when: Condition,
    /// Its own exception.
    pub unless: Option<Condition>,
    /// What ends it when no date does.
    pub clears: Option<String>,
    /// The reason, in a sentence or two.
    pub why: String,
    /// Ids of advice.
    pub advice: Vec<Located<String>>,
    /// Ids of citations.
    pub sources: Vec<Located<String>>,
    /// For the clinician.
    pub note: Option<String>,
    /// What of it nobody has checked yet.
    pub unverified: Option<String>,
    /// Whether the desk may not see it.
    pub private: bool,
    /// What it counts as while undecided.
    pub if_unsure: Option<Grade>,
    /// The first day it is in force.
    pub from: Option<Date>,
    /// The last day it is in force.
    pub to: Option<Date>,
    /// ICD-10-CM prefixes.
    pub icd10: Vec<String>,
}

/// The last words of a report.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Closing {
    /// For which verdict; none means every one.
    pub verdict: Option<Verdict>,
    /// The words.
    pub text: String,
}

/// Why a dermatologist may overrule a verdict. Its id has a place here, and none in a plan.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OverrideReason<Id = Located<String>> {
    /// Short name.
    pub id: Id,
    /// In words.
    pub text: String,
}
