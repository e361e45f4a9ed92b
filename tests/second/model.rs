//! Packs and patients as plain data, before anyone has judged them.
//!
//! Things name each other by id, as they do in a file. Numbers are held in
//! millionths of the question's unit.

use super::calendar::{Day, Period};

/// The outcome for one patient, mildest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// No finding.
    Eligible,
    /// A precaution at most.
    EligibleWithPrecautions,
    /// A temporary rule.
    Deferred,
    /// A relative rule, or one that is undecided.
    DermatologistReview,
    /// An absolute rule.
    NotEligible,
}

impl Verdict {
    /// The word for it in reports and cases.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Eligible => "eligible",
            Verdict::EligibleWithPrecautions => "eligible-with-precautions",
            Verdict::Deferred => "deferred",
            Verdict::DermatologistReview => "dermatologist-review",
            Verdict::NotEligible => "not-eligible",
        }
    }
}

/// How grave a rule is, mildest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Treat, taking care.
    Precaution,
    /// Wait.
    Temporary,
    /// A dermatologist decides.
    Relative,
    /// Do not treat.
    Absolute,
}

impl Grade {
    /// The word for it in a pack.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Grade::Precaution => "precaution",
            Grade::Temporary => "temporary",
            Grade::Relative => "relative",
            Grade::Absolute => "absolute",
        }
    }

    /// The verdict that a finding of this grade asks for.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        match self {
            Grade::Precaution => Verdict::EligibleWithPrecautions,
            Grade::Temporary => Verdict::Deferred,
            Grade::Relative => Verdict::DermatologistReview,
            Grade::Absolute => Verdict::NotEligible,
        }
    }
}

/// A whole rule pack; every list in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Pack {
    /// Named periods.
    pub settings: Vec<(String, Period)>,
    /// What free-text medicines are recognised as.
    pub groups: Vec<Group>,
    /// In the order asked.
    pub questions: Vec<Question>,
    /// Named conditions; each reads only facts before it.
    pub facts: Vec<Fact>,
    /// In any order.
    pub rules: Vec<Rule>,
}

/// A group of medicines; a name may stand in several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub id: String,
    /// Single words in small letters.
    pub names: Vec<String>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key of the rule file"
)]
pub struct Question {
    /// Its id.
    pub id: String,
    /// What may be answered.
    pub kind: Kind,
    /// Its `ask_when`.
    pub gate: Option<Condition>,
    /// Whether leaving it blank means no.
    pub optional: bool,
    /// Whether its day is the date of birth.
    pub birth: bool,
    /// Whether its day may be one on which it is planned.
    pub planned: bool,
    /// Whether one of its options, at the least, is true of everybody who is asked.
    pub one_applies: bool,
}

/// What may be answered to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Yes or no.
    YesNo,
    /// One of these options.
    Choice(Vec<String>),
    /// Any of these options.
    Choices(Vec<String>),
    /// A number of `unit` from `low` to `high`, both included.
    Number {
        /// One word.
        unit: String,
        /// The least answer.
        low: i64,
        /// The greatest answer.
        high: i64,
    },
    /// A day.
    Date,
    /// Never, or the day it last happened.
    Event,
    /// Never, ongoing, or the day it ended.
    Course,
    /// Names, typed freely.
    Medicines,
}

/// A named condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its id.
    pub id: String,
    /// What it stands for.
    pub when: Condition,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// Its grade when it applies.
    pub grade: Grade,
    /// When it applies.
    pub when: Condition,
    /// Its own exception.
    pub unless: Option<Condition>,
    /// Its grade when it is undecided.
    pub if_unsure: Option<Grade>,
    /// The first day on which it speaks.
    pub from: Option<Day>,
    /// The last day on which it speaks.
    pub to: Option<Day>,
}

/// A condition as written; lists are never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// One sentence.
    One(Sentence),
    /// A bare list, which means all; never inside another condition.
    List(Vec<Condition>),
    /// `all: […]`
    All(Vec<Condition>),
    /// `any: […]`
    Any(Vec<Condition>),
    /// `none: […]`
    None(Vec<Condition>),
}

/// A sentence, with or without `not` before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Whether `not` stands before it.
    pub not: bool,
    /// What it speaks of.
    pub about: About,
}

/// What a sentence speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// A question, by id, and what is said of its answer.
    Question(String, Test),
    /// `FACT holds`, by id.
    Fact(String),
}

/// What a sentence says of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// `is yes`
    IsYes,
    /// `is no`
    IsNo,
    /// `is W`
    Is(String),
    /// `is not W`
    IsNot(String),
    /// `is one of W W …`
    IsOneOf(Vec<String>),
    /// `includes W`
    Includes(String),
    /// `includes any of W W …`
    IncludesAnyOf(Vec<String>),
    /// `includes all of W W …`
    IncludesAllOf(Vec<String>),
    /// `under N unit`
    Under(i64),
    /// `at most N unit`
    AtMost(i64),
    /// `at least N unit`
    AtLeast(i64),
    /// `over N unit`
    Over(i64),
    /// `between N and N unit`
    Between(i64, i64),
    /// `within PERIOD`
    Within(Span),
    /// `within PERIOD before or after`
    WithinBeforeOrAfter(Span),
    /// `ever`
    Ever,
    /// `ongoing`
    Ongoing,
    /// `ended within PERIOD`
    EndedWithin(Span),
    /// `ongoing or ended within PERIOD`
    OngoingOrEndedWithin(Span),
    /// `include GROUP`
    Include(String),
    /// `include any of GROUP GROUP …`
    IncludeAnyOf(Vec<String>),
    /// `include unrecognised`
    IncludeUnrecognised,
}

/// A period in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Written out.
    Is(Period),
    /// The name of a setting.
    Setting(String),
}

/// What one patient answered; a question not listed was left blank.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Patient {
    /// Question ids with their answers, each id at most once.
    pub answers: Vec<(String, Answer)>,
}

/// An answer as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// An empty cell; never for medicines, where the page lets it mean none.
    Blank,
    /// `not sure`
    NotSure,
    /// `declined`
    Declined,
    /// `yes` or `no`
    YesNo(bool),
    /// One option.
    Choice(String),
    /// Options together, one by one, or both; the latter wins.
    Choices(Whole, Vec<(String, Word)>),
    /// A number, in millionths of the unit.
    Number(i64),
    /// A day, more or less: of a date, an event, or the end of a course.
    On(When),
    /// `yes`: an event did happen, or is planned, the day unknown.
    Happened,
    /// `never`
    Never,
    /// `ongoing`
    Ongoing,
    /// `ended`: a course did end, the day unknown.
    Ended,
    /// Entries, and whether `not sure` stands beside them; neither is `none`.
    Medicines(Vec<String>, bool),
}

/// The answer to a `choices` question as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whole {
    /// No entry for the whole.
    Blank,
    /// `declined`
    Declined,
    /// These options, and whether `not sure` stands beside them; neither is `none`.
    Options(Vec<String>, bool),
}

/// The answer to one option of a `choices` question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// `yes`
    Yes,
    /// `no`
    No,
    /// `not sure`
    NotSure,
    /// `declined`
    Declined,
    /// Empty.
    Blank,
}

/// A day as far as it is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// To the day.
    Day(Day),
    /// Year and month.
    Month(i32, i32),
    /// The year alone.
    Year(i32),
    /// `before 2020`: no day of that year, nor a later one.
    BeforeYear(i32),
    /// `before 2020-05-12`
    BeforeDay(Day),
    /// `after 2020`: a day of a later year.
    AfterYear(i32),
    /// `since 2020-05`: a day of that month, or a later one.
    SinceMonth(i32, i32),
    /// `more than 3 months ago`, as a period before the day decided for.
    MoreThan(Period),
    /// `when I was 16`: from one birthday to the next.
    AtAge(i32),
    /// `planned 2026-12-10`: that day, which is not over yet.
    Planned(Day),
    /// `in 12 days`: to the day.
    InDays(i32),
    /// `in 3 weeks`, give or take half a week.
    InWeeks(i32),
    /// `friday`: in this week or the one before or after it, whatever day a week begins on.
    Friday,
}
