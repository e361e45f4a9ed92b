//! Questions and their options.

use std::collections::BTreeSet;

use crate::diagnostic::Problems;
use crate::diagnostic::{Code, Diagnostic};
use crate::normalize::key;
use crate::period::Period;
use crate::question::QuestionType;
use crate::source::{Located, Place};
use crate::suggest::{a, listed};
use crate::yaml::text_of;
use crate::yaml::{Node, Value};

use super::Question;
use super::entries::values;
use super::map_reader::MapReader;
use super::settings::not_a_period;

/// One thing that may be chosen.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Short name.
    pub id: Located<String>,
    /// In words.
    pub text: Located<String>,
    /// Other words for it in a table.
    pub also: Vec<Located<String>>,
    /// ICD-10-CM prefixes.
    pub icd10: Vec<String>,
}

/// Answers that another question takes now.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The question.
    pub to: Located<String>,
    /// The words they had here.
    pub words: Vec<Located<String>>,
}

/// What to write instead of a type name from another form tool.
fn meant(kind: &str) -> Option<String> {
    let word = key(kind);
    if ["text", "string", "freetext"].contains(&word.as_str()) {
        return Some("there is no type for free text: rules could not read the answers".to_owned());
    }
    let called = |one: &QuestionType| {
        let mut names = one.facts().elsewhere.iter();
        names.any(|known| key(known) == word)
    };
    let found = QuestionType::ALL.into_iter().find(called)?;
    Some(format!("write `{}` for this", found.word()))
}

/// A question.
pub fn question(node: &Node, topic: usize, problems: &mut Problems) -> Option<Question> {
    let known = &[
        "id",
        "ask",
        "help",
        "type",
        "options",
        "moved",
        "unit",
        "range",
        "also",
        "ask_when",
        "optional",
        "staff",
        "preset",
        "birth",
        "guardian_under",
        "planned",
        "covers",
        "none",
    ];
    let problems_before = problems.len();
    let fields = MapReader::of(node, "question", known, problems)?;
    let id = fields.id(problems);
    let ask = fields.need(
        "ask",
        "Have you ever had a raised scar that grew larger than the wound?",
        problems,
    );
    let help = fields.text("help", problems).map(|text| text.value);
    let written = fields.need("type", "yes-no", problems);
    let words = QuestionType::ALL.map(QuestionType::word);
    let kind = written
        .as_ref()
        .and_then(|_| fields.word("type", &words, QuestionType::from_word, problems));
    if let (Some(written), None, Some(problem)) = (written, kind, problems.last_mut()) {
        problem.help.splice(0..0, meant(&written.value));
    }
    let options = options(&fields, problems);
    let moved = fields.list("moved", problems).into_iter();
    let moved = moved
        .filter_map(|node| answers_moved(node, problems))
        .collect();
    let unit = fields.text("unit", problems);
    let range = range(&fields, problems);
    let also = fields.texts("also", problems);
    let ask_when = fields.condition("ask_when", problems);
    let optional = fields.flag("optional", problems);
    let staff = fields.flag("staff", problems);
    let preset = fields.text("preset", problems);
    let guardian_under = period(&fields, "guardian_under", problems);
    let birth = fields.flag("birth", problems);
    let planned = fields.flag("planned", problems);
    let covers = covers(&fields, problems);
    let may_be_none = fields.get("none").map(|_| fields.flag("none", problems));
    if let Some(kind) = kind {
        keys_of_type(&fields, kind, problems);
    }
    Some(Question {
        id: id.unwrap_or_else(|| fields.nameless()),
        ask: ask.unwrap_or_else(|| fields.nameless()),
        help,
        // Without a type it is not `whole`, and the pack is refused.
        kind: kind.unwrap_or(QuestionType::YesNo),
        options,
        moved,
        unit,
        range,
        also,
        ask_when,
        optional,
        staff,
        preset,
        guardian_under,
        birth,
        planned,
        covers,
        left_out: None,
        none: may_be_none,
        topic,
        whole: problems.len() == problems_before,
    })
}

/// The time before treatment that the question asks about.
pub fn covers(fields: &MapReader<'_>, problems: &mut Problems) -> Option<Located<Period>> {
    period(fields, "covers", problems)
}

/// The length of time in the value of `key`.
fn period(
    fields: &MapReader<'_>,
    key: &'static str,
    problems: &mut Problems,
) -> Option<Located<Period>> {
    let written = fields.text(key, problems)?;
    let Some(value) = Period::from_text(&written.value) else {
        problems.push(not_a_period(&written));
        return None;
    };
    if value.is_in_hours() {
        problems.push(only_days(key, value, written.place));
        return None;
    }
    Some(Located {
        value,
        place: written.place,
    })
}

/// The problem of hours in a key that counts in days.
fn only_days(key: &str, period: Period, place: Place) -> Diagnostic {
    let message = format!("`{key}` cannot be in hours, because answers name days");
    let days = period.whole_days().unwrap_or(1).max(1);
    let unit = if days == 1 { "day" } else { "days" };
    Diagnostic::new(Code::HoursDenied, place, message)
        .help(format!("write whole days, such as `{key}: {days} {unit}`"))
}

/// The text of `range`. If it is a list of two numbers, the message shows the right form.
fn range(fields: &MapReader<'_>, problems: &mut Problems) -> Option<Located<String>> {
    let problems_before = problems.len();
    let range = fields.text("range", problems);
    let items = match fields.get("range").map(|node| &node.value) {
        Some(Value::List(items)) => items.iter().filter_map(text_of).collect(),
        Some(Value::Entry(pairs)) => pairs.iter().filter_map(|(_, end)| text_of(end)).collect(),
        _ => Vec::new(),
    };
    if let ([least, most], Some(problem)) = (items.as_slice(), problems.get_mut(problems_before)) {
        problem.help = vec![format!("write `range: {least} to {most}`")];
    }
    range
}

fn options(fields: &MapReader<'_>, problems: &mut Problems) -> Vec<Choice> {
    let written = fields.list("options", problems);
    written
        .iter()
        .filter_map(|node| choice(node, problems))
        .collect()
}

/// Reports `options`, `unit`, `range` and `birth` if they are missing or do not fit the type.
fn keys_of_type(fields: &MapReader<'_>, kind: QuestionType, problems: &mut Problems) {
    let chooses = kind.takes_key("options");
    let example = "[{id: clear, text: Clear}, {id: sore, text: Sore}]";
    if chooses {
        fields.missing("options", example, problems);
    }
    if chooses && fields.is_empty_list("options") {
        let message = format!("{} question needs at least one option", a(kind.word()));
        problems.push(
            Diagnostic::new(Code::MissingKey, fields.place_of("options"), message)
                .help(format!("write for example `options: {example}`")),
        );
    }
    let of_some = QuestionType::ALL.into_iter();
    let of_some: BTreeSet<&str> = of_some.flat_map(|one| one.facts().keys).copied().collect();
    for key in of_some {
        if fields.get(key).is_some() && !kind.takes_key(key) {
            let message = format!("{} question has no `{key}`", a(kind.word()));
            let kinds = QuestionType::ALL.into_iter();
            let kinds = kinds.filter(|other| other.takes_key(key));
            let words: Vec<&str> = kinds.map(QuestionType::word).collect();
            let help = format!("leave `{key}` out, or make the `type` {}", listed(&words));
            problems
                .push(Diagnostic::new(Code::WrongShape, fields.place_of(key), message).help(help));
        }
    }
}

/// Answers that another question takes now.
fn answers_moved(node: &Node, problems: &mut Problems) -> Option<Moved> {
    let fields = MapReader::of(node, "moved answer", &["to", "words"], problems)?;
    let to = fields.need("to", "smoking", problems)?;
    let words = fields.texts("words", problems);
    fields.missing("words", "[smokes, smoker]", problems);
    Some(Moved { to, words })
}

/// One thing that may be chosen.
pub fn choice(node: &Node, problems: &mut Problems) -> Option<Choice> {
    let fields = MapReader::of(node, "option", &["id", "text", "also", "icd10"], problems)?;
    let id = fields.id(problems);
    let words = fields.need("text", "Red or sore spots", problems);
    let also = fields.texts("also", problems);
    let icd10 = values(fields.texts("icd10", problems));
    Some(Choice {
        id: id.unwrap_or_else(|| fields.nameless()),
        text: words.unwrap_or_else(|| fields.nameless()),
        also,
        icd10,
    })
}
