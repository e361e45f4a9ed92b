//! The differences between two versions of the rules, entry by entry, old and new side by side.

mod render;

use std::collections::BTreeSet;

use candidacy_engine::date::Date;
use candidacy_engine::period::Period;
use candidacy_engine::plan::{Plan, Rule};
use candidacy_engine::question::Question;
use serde::Serialize;

use super::{conditions, phrases};

pub use render::{markdown, text};

/// An entry of the rules that was added, removed or changed.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// The kind of entry: `setting`, `rule`, `question` …
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Whether it was added, removed or changed.
    pub change: Change,
    /// The keys that differ; for an added or removed entry, the keys a reader needs to recognise it.
    pub parts: Vec<Part>,
}

/// How an entry differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Only the new version has it.
    Added,
    /// Only the old version has it.
    Removed,
    /// Both have it.
    Changed,
}

/// One key of an entry, before and after.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// The key, as in a rule file.
    pub key: &'static str,
    /// The old value; none if the key was absent.
    pub before: Option<String>,
    /// The new value; none if the key is absent.
    pub after: Option<String>,
    /// What a reader should notice, such as how much longer a waiting period is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// All differences between `old` and `new`: settings first, then rules, questions, medicines and texts.
#[must_use]
pub fn entries(old: &Plan, new: &Plan) -> Vec<Entry> {
    let mut all = settings(old, new);
    all.extend(compared("rule", &rules(old), &rules(new)));
    all.extend(compared("question", &questions(old), &questions(new)));
    all.extend(compared("medicines", &medicines(old), &medicines(new)));
    all.extend(compared("advice", &advice(old), &advice(new)));
    all.extend(compared(
        "expectation",
        &expectations(old),
        &expectations(new),
    ));
    all.extend(compared("closing", &closing(old), &closing(new)));
    all.extend(compared(
        "override_reason",
        &override_reasons(old),
        &override_reasons(new),
    ));
    all.extend(compared("relax", &relaxations(old), &relaxations(new)));
    all
}

/// An entry as keys and values.
struct EntryText {
    id: String,
    keys: Vec<(&'static str, Option<String>)>,
}

impl EntryText {
    /// An entry that consists of one text.
    fn text(id: &str, text: &str) -> Self {
        Self {
            id: id.to_owned(),
            keys: vec![("text", Some(text.to_owned()))],
        }
    }
}

/// The entries that differ. If both versions have an entry, only its differing keys are kept.
fn compared(kind: &'static str, old: &[EntryText], new: &[EntryText]) -> Vec<Entry> {
    let named = |all: &'_ [EntryText], id: &str| all.iter().position(|one| one.id == id);
    let mut entries = Vec::new();
    for entry in new {
        let before = named(old, &entry.id).and_then(|at| old.get(at));
        let keys = entry.keys.iter().enumerate();
        let parts = keys.filter_map(|(number, (key, after))| {
            let before = before.and_then(|before| before.keys.get(number));
            part(
                key,
                before.and_then(|(_, value)| value.clone()),
                after.clone(),
            )
        });
        let parts: Vec<Part> = parts.collect();
        let entry = Entry {
            kind,
            id: entry.id.clone(),
            change: if before.is_some() {
                Change::Changed
            } else {
                Change::Added
            },
            parts,
        };
        if before.is_none() || !entry.parts.is_empty() {
            entries.push(entry);
        }
    }
    for entry in old.iter().filter(|entry| named(new, &entry.id).is_none()) {
        entries.push(Entry {
            kind,
            id: entry.id.clone(),
            change: Change::Removed,
            parts: Vec::new(),
        });
    }
    entries
}

/// A key, if it differs. For names of medicines and for options, only the added, removed or changed ones are kept.
fn part(key: &'static str, before: Option<String>, after: Option<String>) -> Option<Part> {
    if before == after {
        return None;
    }
    let between = match key {
        "names" => ", ",
        _ => "\n",
    };
    let (before, after) = match (key, before, after) {
        ("names" | "options", Some(before), Some(after)) => {
            let names = |text: &'_ str| -> BTreeSet<String> {
                let names = text.split(between).filter(|name| !name.is_empty());
                names.map(str::to_owned).collect()
            };
            let (before, after) = (names(&before), names(&after));
            let only = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
                let only: Vec<&str> = one.difference(other).map(String::as_str).collect();
                (!only.is_empty()).then(|| only.join(between))
            };
            (only(&before, &after), only(&after, &before))
        }
        (_, before, after) => (before, after),
    };
    Some(Part {
        key,
        before,
        after,
        note: None,
    })
}

fn settings(old: &Plan, new: &Plan) -> Vec<Entry> {
    let entry = |plan: &Plan| -> Vec<EntryText> {
        let settings = plan.settings.iter();
        settings
            .map(|(name, period)| EntryText {
                id: name.clone(),
                keys: vec![("wait", Some(period.to_string()))],
            })
            .collect()
    };
    let wait = |plan: &Plan, id: &str| {
        let mut settings = plan.settings.iter();
        settings
            .find(|(name, _)| name == id)
            .map(|(_, period)| *period)
    };
    let mut entries = compared("setting", &entry(old), &entry(new));
    for entry in &mut entries {
        let waits = wait(old, &entry.id).zip(wait(new, &entry.id));
        if let (Some(part), Some((before, after))) = (entry.parts.first_mut(), waits) {
            part.note = ratio(before, after);
        }
    }
    entries
}

/// How much longer or shorter a waiting period is, in words: `2 times as long`. None for a period of zero days.
fn ratio(before: Period, after: Period) -> Option<String> {
    let days = |period: Period| {
        let start = Date::from_iso("2025-01-01")?;
        let days = start.days_to(period.after(start));
        (days > 0).then_some(days)
    };
    let (before, after) = (days(before)?, days(after)?);
    let (shorter, longer) = (before.min(after), before.max(after));
    let tenths = (longer * 10 + shorter / 2) / shorter;
    let times = match tenths % 10 {
        0 => format!("{}", tenths / 10),
        tenth => format!("{}.{tenth}", tenths / 10),
    };
    Some(if tenths == 10 {
        "about as long".to_owned()
    } else if after > before {
        format!("{times} times as long")
    } else {
        format!("{times} times as short")
    })
}

fn rules(plan: &Plan) -> Vec<EntryText> {
    let ids = |plan: &Plan, rule: &Rule| {
        let advice = rule.advice.iter();
        let advice = advice.filter_map(|number| plan.advice.get(*number));
        let sources = rule.sources.iter();
        let sources = sources.filter_map(|number| plan.citations.get(*number));
        [
            advice.map(|one| one.id.as_str()).collect::<Vec<_>>(),
            sources.map(|one| one.id.as_str()).collect(),
        ]
        .map(|ids| (!ids.is_empty()).then(|| ids.join(", ")))
    };
    // The last form of a rule that is relaxed for a while is the strict form. `relax` is compared separately.
    let strict = plan.rules.iter().enumerate().filter(|(number, rule)| {
        let next = plan.rules.get(number + 1);
        next.is_none_or(|next| next.id != rule.id)
    });
    let entry = strict.map(|(_, rule)| {
        let [advice, sources] = ids(plan, rule);
        let when = conditions::condition(plan, &rule.when);
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        EntryText {
            id: rule.id.clone(),
            keys: vec![
                ("grade", Some(rule.grade.word().to_owned())),
                ("if_unsure", Some(rule.if_unsure.word().to_owned())),
                (
                    "when",
                    Some(conditions::lines(plan, &when).join("\n").replace('`', "")),
                ),
                // The strict form of a relaxed rule begins when the relaxation ends. The author did not write that
                // day.
                ("from", day(rule.from.filter(|_| rule.set_aside.is_none()))),
                ("to", day(rule.to)),
                ("private", rule.private.then(|| "yes".to_owned())),
                ("title", rule.title.clone()),
                ("why", Some(rule.why.clone())),
                ("clears", rule.clears.clone()),
                ("note", rule.note.clone()),
                ("advice", advice),
                ("sources", sources),
            ],
        }
    });
    entry.collect()
}

fn questions(plan: &Plan) -> Vec<EntryText> {
    let options = |question: &Question| {
        let options = question.kind.choices().iter();
        let options = options.map(|one| {
            let words = std::iter::once(&one.text).chain(&one.also);
            let words: Vec<&str> = words.map(String::as_str).collect();
            format!("{} ({})", one.id, words.join(", "))
        });
        let options: Vec<String> = options.collect();
        (!options.is_empty()).then(|| options.join("\n"))
    };
    let entry = plan.questions.iter().map(|asked| {
        let question = &asked.question;
        let gate = asked.gate.as_ref().map(|gate| {
            let gate = conditions::condition(plan, gate);
            conditions::lines(plan, &gate).join("\n").replace('`', "")
        });
        let length = |period: Option<Period>| period.map(|period| period.to_string());
        EntryText {
            id: question.id.clone(),
            keys: vec![
                ("type", Some(question.kind.word().to_owned())),
                ("ask", Some(question.ask.clone())),
                ("help", question.help.clone()),
                ("options", options(question)),
                (
                    "also",
                    (!question.also.is_empty()).then(|| question.also.join(", ")),
                ),
                ("ask_when", gate),
                ("optional", question.optional.then(|| "yes".to_owned())),
                ("not asked", phrases::left_out(plan, asked)),
                ("staff", question.staff.then(|| "yes".to_owned())),
                ("preset", question.preset.clone()),
                ("planned", question.planned.then(|| "yes".to_owned())),
                ("covers", length(question.covers)),
                ("guardian_under", length(question.guardian_under)),
            ],
        }
    });
    entry.collect()
}

fn medicines(plan: &Plan) -> Vec<EntryText> {
    let groups = plan.groups.iter().enumerate();
    let entry = groups.map(|(number, group)| {
        let names = plan.medicines.written().filter(|name| {
            let mut means = name.means.iter();
            means.any(|meaning| meaning.group == number)
        });
        let mut names: Vec<&str> = names.map(|name| name.text.as_str()).collect();
        names.sort_unstable();
        EntryText {
            id: group.id.clone(),
            keys: vec![
                ("label", group.label.clone()),
                ("names", Some(names.join(", "))),
            ],
        }
    });
    entry.collect()
}

fn advice(plan: &Plan) -> Vec<EntryText> {
    let entry = plan
        .advice
        .iter()
        .map(|one| EntryText::text(&one.id, &one.text));
    entry.collect()
}

fn expectations(plan: &Plan) -> Vec<EntryText> {
    let entry = plan.expectations.iter().map(|one| EntryText {
        id: one.id.clone(),
        keys: vec![
            ("title", Some(one.title.clone())),
            ("text", Some(one.text.clone())),
            (
                "points",
                (!one.points.is_empty()).then(|| one.points.join("\n")),
            ),
        ],
    });
    entry.collect()
}

fn closing(plan: &Plan) -> Vec<EntryText> {
    let mut entry: Vec<EntryText> = Vec::new();
    for one in &plan.closing {
        let id = one.verdict.map_or("always", |verdict| verdict.word());
        // Several texts for one verdict are printed one after the other.
        match entry.iter_mut().find(|known| known.id == id) {
            Some(known) => {
                let texts = known.keys.iter_mut().filter_map(|(_, text)| text.as_mut());
                for text in texts {
                    text.push('\n');
                    text.push_str(&one.text);
                }
            }
            None => entry.push(EntryText::text(id, &one.text)),
        }
    }
    entry
}

fn override_reasons(plan: &Plan) -> Vec<EntryText> {
    let reasons = plan.override_reasons.iter();
    let entry = reasons.map(|one| EntryText::text(&one.id, &one.text));
    entry.collect()
}

fn relaxations(plan: &Plan) -> Vec<EntryText> {
    let touched = |number: usize| {
        let touches = |rule: &&Rule| {
            let suspension = rule.set_aside.as_ref();
            suspension.is_some_and(|suspension| suspension.by.contains(&number))
        };
        let rules = plan.rules.iter().filter(touches);
        let mut ids: Vec<&str> = rules.map(|rule| rule.id.as_str()).collect();
        ids.dedup();
        (!ids.is_empty()).then(|| ids.join(", "))
    };
    let entry = plan
        .relaxations
        .iter()
        .enumerate()
        .map(|(number, one)| EntryText {
            id: one.reason.clone(),
            keys: vec![
                ("rules", touched(number)),
                ("owner", Some(one.owner.clone())),
                ("until", Some(one.until.to_string())),
            ],
        });
    entry.collect()
}
