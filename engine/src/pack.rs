//! The content of rule files, before names are looked up.
//!
//! It only has the shape: the keys of an entry and the kinds of their values. Ids are not resolved and sentences
//! not read here; `compile` does that. `docs/rules.md` explains the keys to authors.

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
mod private_answers;
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
pub use fingerprint::{both, short as short_fingerprint};
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
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::date::Date;
use super::diagnostic::Diagnostic;
use super::medicine::Lexicon;
use super::period::Period;
use super::question::QuestionType;
use super::source::{Located, Place, Source};
use super::strength::Strength;
use super::verdict::{Grade, Verdict};

/// The content of the files of one pack, and all problems of shape found while reading.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The files; for an overlay, those of its base come after its own.
    pub sources: Arc<[Source]>,
    /// The indices of its own files.
    pub own: Range<usize>,
    /// Problems of shape; `compile` adds those of meaning.
    pub problems: Vec<Diagnostic>,
    /// Names that may be in parts that could not be read.
    pub unseen: UnreadNames,
    /// SHA-256 of everything that affects verdicts or texts, ignoring order, comments and layout; hexadecimal.
    pub fingerprint: String,
    /// The content of the `pack` entry.
    pub header: Header,
    /// The headings of questions, in the order asked.
    pub topics: Vec<Topic>,
    /// The lexicons whose names are known.
    pub lexicon: Lexicon,
    /// The place where the main file names the built-in lexicon.
    pub built_in_lexicon: Option<Place>,
    /// The lines of its own tables of names.
    pub table_lines: Vec<TableLine>,
    /// Named waiting periods.
    pub settings: Vec<Setting>,
    /// The sources of rules.
    pub citations: Vec<Citation>,
    /// The groups of medicines that answers are matched with.
    pub groups: Vec<Group>,
    /// The questions, in order.
    pub questions: Vec<Question>,
    /// Named conditions.
    pub facts: Vec<Fact>,
    /// The sentences with which private rules of other packs read the questions that were taken from them.
    pub private_elsewhere: Vec<Condition>,
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
    /// The cases.
    pub cases: Vec<Case>,
    /// Claims about all patients.
    pub claims: Vec<Claim>,
    /// Why a dermatologist may overrule a verdict. Its id has a place here, and none in a plan.
    pub override_reasons: Vec<OverrideReason>,
    /// The changes to the pack it extends.
    pub overlay: Overlay,
    /// The pack it extends, without the changes.
    pub under: Option<Arc<Pack>>,
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

    /// A place as `file:line`.
    #[must_use]
    pub fn line_of(&self, place: Place) -> String {
        let source = self.sources.get(place.source);
        source.map_or_else(String::new, |source| {
            format!("{}:{}", source.path, source.position(place.start).0)
        })
    }
}

/// A heading of questions.
#[derive(Clone, Debug)]
pub struct Topic {
    /// The file it belongs to, as an index of the sources.
    pub source: usize,
    /// Its words.
    pub title: String,
}

/// A named waiting period.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its name.
    pub name: Located<String>,
    /// The length.
    pub period: Period,
    /// The place of the length.
    pub place: Place,
    /// While it is relaxed: the last day, and the period from the next day on.
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
    /// The year, such as `2018`; none for an undated page.
    pub year: Option<String>,
    /// The web address.
    pub url: String,
    /// The strength of its evidence.
    pub strength: Strength,
    /// What is not verified yet.
    pub unverified: Option<String>,
}

/// Medicines that rules treat alike.
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

/// A medicine with all its names.
#[derive(Clone, Debug)]
pub struct Member {
    /// The generic name.
    pub name: Located<String>,
    /// Brands and other spellings.
    pub also: Vec<Located<String>>,
    /// The question that distinguishes it from another drug or route with the same name.
    pub ask_route: Option<String>,
    /// The groups that replace its group if its form is stated.
    pub forms: Vec<MemberForm>,
    /// A note for readers of the rules.
    pub note: Option<String>,
}

/// Forms of a medicine with a different meaning.
#[derive(Clone, Debug)]
pub struct MemberForm {
    /// The forms, by name.
    pub forms: Vec<Located<String>>,
    /// The groups.
    pub groups: Vec<Located<String>>,
    /// The question that distinguishes it from another drug in the same form.
    pub ask_route: Option<String>,
}

/// A question as written.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key that says yes or no"
)]
pub struct Question {
    /// Short name, which is also the heading of its column.
    pub id: Located<String>,
    /// The text of the question.
    pub ask: Located<String>,
    /// The medical name, and how to find the answer.
    pub help: Option<String>,
    /// Its type.
    pub kind: QuestionType,
    /// The options.
    pub options: Vec<Choice>,
    /// The unit of its number.
    pub unit: Option<Located<String>>,
    /// The numbers it allows: `0.1 to 3`.
    pub range: Option<Located<String>>,
    /// Other headings its column may have.
    pub also: Vec<Located<String>>,
    /// When it is asked.
    pub ask_when: Option<Condition>,
    /// Whether it is optional.
    pub optional: bool,
    /// Whether staff answer it instead of the patient.
    pub staff: bool,
    /// What an interview begins with as its answer.
    pub preset: Option<Located<String>>,
    /// The answer that counts while it is left out; only of a pack whose relaxations are applied.
    pub left_out: Option<Located<String>>,
    /// Answers that are given to another question now.
    pub moved: Vec<Moved>,
    /// Under this age the interview asks for a parent or guardian.
    pub guardian_under: Option<Located<Period>>,
    /// Whether it asks for the date of birth.
    pub birth: bool,
    /// Whether its day may be a later one, on which it is planned.
    pub planned: bool,
    /// The time before treatment that it asks about.
    pub covers: Option<Located<Period>>,
    /// Whether none of its options is an answer, if the author says so.
    pub none: Option<bool>,
    /// The topic it belongs to.
    pub topic: usize,
    /// Whether it could be read completely. Sentences and answers are not checked against a question that has
    /// problems itself.
    pub whole: bool,
}

/// A condition as written.
#[derive(Clone, Debug)]
pub enum Condition {
    /// One sentence.
    Sentence(Sentence),
    /// All of these must hold.
    All(Vec<Condition>),
    /// At least one must hold.
    Any(Vec<Condition>),
    /// None must hold.
    None(Vec<Condition>),
}

/// A sentence as written.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Its text.
    pub text: String,
    /// The place of the whole sentence.
    pub place: Place,
    /// The position of its first letter, if the text in the file is identical.
    pub verbatim: Option<usize>,
}

/// A named condition.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Short name.
    pub id: Located<String>,
    /// In words.
    pub label: String,
    /// Its condition.
    pub when: Condition,
    /// Whether answers that meet it are contradictory.
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
    /// The place of the last change by an overlay.
    pub changed: Option<Place>,
    /// Name in plain words, for the desk and the patient; if none, the words of the id.
    pub title: Option<String>,
    /// The grade.
    pub grade: Grade,
    /// When it applies.
    pub when: Condition,
    /// The exception of the rule.
    pub unless: Option<Condition>,
    /// The condition that ends it, if time does not.
    pub clears: Option<String>,
    /// The reason, in a sentence or two.
    pub why: String,
    /// Ids of advice.
    pub advice: Vec<Located<String>>,
    /// Ids of citations.
    pub sources: Vec<Located<String>>,
    /// A note for the clinician.
    pub note: Option<String>,
    /// What is not verified yet.
    pub unverified: Option<String>,
    /// Whether it is hidden from the desk.
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
