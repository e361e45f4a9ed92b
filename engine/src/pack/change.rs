//! What an overlay changes in the pack it extends: rules, questions and texts.

use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::period::Period;
use crate::source::{Located, Place};
use crate::verdict::{Grade, Verdict};
use crate::yaml::{Node, Value, text_of};

use super::entries::{closing_verdict, value, values};
use super::map_reader::MapReader;
use super::question::{choice, covers};
use super::unknown_words::unknown_verdict;
use super::{Choice, Condition};

mod rules;

use rules::{OF_A_RULE, rules};

/// One entry of `change`.
pub enum Entry {
    /// One rule, or several with the same change.
    Rules(Vec<Change>),
    /// A question.
    Question(Box<QuestionChange>),
    /// A text.
    Text(TextChange),
}

/// A change of a base rule by an overlay; missing keys stay the same.
#[derive(Clone, Debug)]
pub struct Change {
    /// The rule's id.
    pub rule: Located<String>,
    /// The grade.
    pub grade: Option<Located<Grade>>,
    /// What it counts as while undecided.
    pub if_unsure: Option<Located<Grade>>,
    /// Whether it is hidden from the desk.
    pub private: Option<Located<bool>>,
    /// When it applies.
    pub when: Option<Condition>,
    /// The exception of the rule.
    pub unless: Option<Condition>,
    /// The first day it is in force.
    pub from: Option<Located<Date>>,
    /// The last day it is in force.
    pub to: Option<Located<Date>>,
    /// Its name in plain words.
    pub title: Option<String>,
    /// The reason.
    pub why: Option<String>,
    /// The condition that ends it, if time does not.
    pub clears: Option<String>,
    /// A note for the clinician.
    pub note: Option<String>,
    /// Ids of advice.
    pub advice: Option<Vec<Located<String>>>,
    /// Ids of citations.
    pub sources: Option<Vec<Located<String>>>,
}

impl Change {
    /// Whether it can change verdicts, and not only texts.
    #[must_use]
    pub fn decides(&self) -> bool {
        self.grade.is_some()
            || self.if_unsure.is_some()
            || self.when.is_some()
            || self.unless.is_some()
            || self.from.is_some()
            || self.to.is_some()
    }
}

/// A change of a base question by an overlay; missing keys stay the same.
#[derive(Clone, Debug)]
pub struct QuestionChange {
    /// The question's id.
    pub question: Located<String>,
    /// The text of the question.
    pub ask: Option<Located<String>>,
    /// The medical name, and how to find the answer.
    pub help: Option<String>,
    /// Options that are added.
    pub options: Vec<Choice>,
    /// Column headings that are added.
    pub also: Vec<Located<String>>,
    /// The time before treatment that it asks about.
    pub covers: Option<Located<Period>>,
    /// Whether it is optional; only `no` is allowed.
    pub optional: Option<Located<bool>>,
    /// What an interview begins with as its answer.
    pub preset: Option<Located<String>>,
    /// The answer that counts while it is not asked.
    pub answer_unasked: Option<Located<String>>,
    /// The question after which it is asked.
    pub after: Option<Located<String>>,
    /// The question before which it is asked.
    pub before: Option<Located<String>>,
}

impl QuestionChange {
    /// The answer that counts while the question is not asked, if the change says nothing else.
    #[must_use]
    pub fn left_out(&self) -> Option<&Located<String>> {
        let says_more = self.ask.is_some()
            || self.help.is_some()
            || !self.options.is_empty()
            || !self.also.is_empty()
            || self.covers.is_some()
            || self.optional.is_some()
            || self.preset.is_some()
            || self.after.is_some()
            || self.before.is_some();
        self.answer_unasked.as_ref().filter(|_| !says_more)
    }
}

/// A change of a base text by an overlay; missing keys stay the same.
#[derive(Clone, Debug)]
pub struct TextChange {
    /// The kind of text.
    pub kind: TextKind,
    /// Its id; for a closing text the verdict, or `always`.
    pub name: Located<String>,
    /// Heading of an expectation.
    pub title: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// The points of an expectation.
    pub points: Option<Vec<String>>,
}

/// The kinds of texts that an overlay can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// A piece of advice.
    Advice,
    /// What a patient can expect.
    Expectation,
    /// A closing text of a report.
    Closing,
    /// A reason to override a verdict.
    OverrideReason,
}

impl TextKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [
        Self::Advice,
        Self::Expectation,
        Self::Closing,
        Self::OverrideReason,
    ];

    /// The key that names a text of this kind.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Expectation => "expectation",
            Self::Closing => "closing",
            Self::OverrideReason => "override_reason",
        }
    }
}

/// An entry of `change`.
pub fn entry(node: &Node, problems: &mut Problems) -> Option<Entry> {
    let has = |key: &str| value_of(node, key).is_some();
    if has("rule") || has("rules") {
        return rules(node, problems).map(Entry::Rules);
    }
    if has("question") {
        return question(node, problems).map(Box::new).map(Entry::Question);
    }
    if let Some(kind) = TextKind::ALL.into_iter().find(|kind| names(node, *kind)) {
        return text(node, kind, problems).map(Entry::Text);
    }
    if let Some(problem) = of_nothing_that_changes(node) {
        problems.push(problem);
        return None;
    }
    // An entry with other keys is read as a rule, and the message lists the keys of a rule.
    if !matches!(&node.value, Value::Entry(pairs) if pairs.iter().all(|(key, _)| is_of_a_change(key)))
    {
        return rules(node, problems).map(Entry::Rules);
    }
    problems.push(
        Diagnostic::new(
            Code::MissingKey,
            first_key(node),
            "this change does not say what it changes",
        )
        .help("for a rule add `rule:` and its id, or `rules:` and several ids")
        .help("for a question add `question:` and its id; for a text `advice:`, `expectation:`, `closing:` or `override_reason:`"),
    );
    None
}

fn is_of_a_change(key: &Node) -> bool {
    let key = text_of(key).unwrap_or_default();
    OF_A_RULE.contains(&key) || OF_A_QUESTION.contains(&key) || ["text", "points"].contains(&key)
}

fn first_key(node: &Node) -> Place {
    match &node.value {
        Value::Entry(pairs) => pairs.first().map_or(node.place, |(key, _)| key.place),
        _ => node.place,
    }
}

fn value_of<'a>(node: &'a Node, wanted: &str) -> Option<(&'a Node, &'a Node)> {
    let Value::Entry(pairs) = &node.value else {
        return None;
    };
    let found = pairs.iter().find(|(key, _)| text_of(key) == Some(wanted))?;
    Some((&found.0, &found.1))
}

/// Whether the entry names a text of this kind. A list after `advice` belongs to a rule.
fn names(node: &Node, kind: TextKind) -> bool {
    let value = value_of(node, kind.key());
    value.is_some_and(|(_, value)| text_of(value).is_some())
}

/// The keys of a changed question, except its name.
const OF_A_QUESTION: &[&str] = &[
    "ask",
    "help",
    "options",
    "also",
    "covers",
    "optional",
    "preset",
    "after",
    "before",
    "answer_unasked",
];

fn question(node: &Node, problems: &mut Problems) -> Option<QuestionChange> {
    let known: Vec<&'static str> = ["question"].iter().chain(OF_A_QUESTION).copied().collect();
    let problems_before = problems.len();
    let fields = MapReader::of(node, "change", &known, problems)?;
    let question = fields.need("question", "acne", problems);
    let has_new_problems = problems.len() > problems_before;
    if !has_new_problems && !OF_A_QUESTION.iter().any(|key| fields.means(key)) {
        problems.push(changes_nothing(
            &fields,
            "ask: Is there acne on the face today?",
        ));
    }
    let (after, before) = (
        fields.text("after", problems),
        fields.text("before", problems),
    );
    if let (Some(after), Some(before)) = (&after, &before) {
        problems.push(
            Diagnostic::new(
                Code::WrongShape,
                before.place,
                "a question moves either after a question or before one",
            )
            .other(after.place, "the question it is to follow")
            .help("leave out `after` or `before`"),
        );
    }
    let optional = fields.get("optional").is_some();
    let options = fields.list("options", problems);
    let options = options
        .iter()
        .filter_map(|node| choice(node, problems))
        .collect();
    Some(QuestionChange {
        question: question.unwrap_or_else(|| fields.nameless()),
        ask: fields.text("ask", problems),
        help: fields.text("help", problems).map(|text| text.value),
        options,
        also: fields.texts("also", problems),
        covers: covers(&fields, problems),
        optional: optional.then(|| {
            let optional = fields.flag("optional", problems);
            fields.placed("optional", optional)
        }),
        preset: fields.text("preset", problems),
        answer_unasked: fields.text("answer_unasked", problems),
        after,
        before,
    })
}

fn text(node: &Node, kind: TextKind, problems: &mut Problems) -> Option<TextChange> {
    let words: &[&str] = match kind {
        TextKind::Expectation => &["title", "text", "points"],
        TextKind::Advice | TextKind::Closing | TextKind::OverrideReason => &["text"],
    };
    let known: Vec<&'static str> = [kind.key()]
        .into_iter()
        .chain(["title", "text", "points"])
        .filter(|key| *key == kind.key() || words.contains(key))
        .collect();
    let problems_before = problems.len();
    let fields = MapReader::of(node, "change", &known, problems)?;
    let name = fields.text(kind.key(), problems)?;
    if problems.len() == problems_before && !words.iter().any(|key| fields.means(key)) {
        problems.push(changes_nothing(
            &fields,
            "text: Call us if anything looks unusual.",
        ));
    }
    if kind == TextKind::Closing && closing_verdict(&name.value).is_none() {
        let mut words: Vec<&str> = Verdict::ALL.iter().map(|verdict| verdict.word()).collect();
        words.push("always");
        problems.push(unknown_verdict(&name, "closing", &words));
        return None;
    }
    let points = fields.get("points").is_some();
    Some(TextChange {
        kind,
        name,
        title: fields.text("title", problems).map(|text| text.value),
        text: (words.contains(&"text") && fields.get("text").is_some())
            .then(|| value(fields.text("text", problems))),
        points: points.then(|| values(fields.texts("points", problems))),
    })
}

fn changes_nothing(fields: &MapReader<'_>, example: &str) -> Diagnostic {
    let message = "this change changes nothing";
    Diagnostic::new(Code::MissingKey, fields.nameless().place, message).help(format!(
        "add what changes, for example `{example}`, or remove the entry"
    ))
}

/// The problem of a change to something that overlays cannot change.
fn of_nothing_that_changes(node: &Node) -> Option<Diagnostic> {
    if let Some((key, id)) = value_of(node, "id") {
        let name = text_of(id).unwrap_or("active-acne");
        let message = "a change names its rule with `rule`, not with `id`";
        return Some(
            Diagnostic::new(Code::UnknownKey, key.place, message)
                .help(format!("write `rule: {name}`")),
        );
    }
    let (name, help) = OTHERS
        .iter()
        .find(|(name, _)| value_of(node, name).is_some())?;
    let (key, _) = value_of(node, name)?;
    let message =
        format!("an overlay changes rules, questions and texts of its base, but not a `{name}`");
    Some(
        Diagnostic::new(Code::UnknownKey, key.place, message)
            .help(*help)
            .help("to change a rule write `rule:` and its id"),
    )
}

/// Other entries of a base that authors may want to change, and what to do instead.
const OTHERS: &[(&str, &str)] = &[
    (
        "option",
        "to add an option write `question:` with the id of its question, and the new ones under `options`",
    ),
    (
        "fact",
        "add a fact of your own under `facts`, and rules that name it",
    ),
    (
        "setting",
        "set a wait of the base under `settings`, for example `settings: {peel_wait: 6 weeks}`",
    ),
    (
        "group",
        "add medicines to a group of the base under `groups`, with its `id` and `members`",
    ),
    (
        "source",
        "add a source of your own under `sources`, and name it in a change of the rule: `sources: [its-id]`",
    ),
    (
        "claim",
        "add a claim of your own under `always`; those of the base stay",
    ),
];
