//! How lists of medicines are read: each entry with its names, groups, form, and what was ignored or is unknown.
//!
//! Serialised as it is, it is the JSON of `candidacy medicines`; `report/medicines-schema.json` describes it.

use std::borrow::Cow;

use serde::Serialize;

use candidacy_engine::answer::{AnswerError, Reader, Reply, Value};
use candidacy_engine::medicine::{EntryReading, Name, NameReading, Says, Suggestion};
use candidacy_engine::plan::Plan;
use candidacy_engine::question::Question;

use super::model::{KEPT_MEDICINE, PackName, Redaction, TOOL, View};

mod text;

pub use text::text;

/// The version of the JSON form; a change that breaks readers makes a new one.
pub const SCHEMA_VERSION: u32 = 1;

/// How lists of medicines are read.
#[derive(Clone, Debug, Serialize)]
pub struct MedicinesReport<'a> {
    /// The lists, in the order given.
    pub lists: Vec<ListReport<'a>>,
    /// Who reads it: `desk` or `clinician`.
    pub view: &'static str,
    /// The rules whose names are known.
    pub pack: PackName<'a>,
    /// The program and its version.
    pub tool: &'static str,
    /// The version of this form.
    pub schema_version: u32,
}

/// How one list is read.
#[derive(Clone, Debug, Serialize)]
pub struct ListReport<'a> {
    /// Its line, counted from 1.
    pub line: usize,
    /// As typed; null where the desk may not see a part of it.
    pub typed: Option<&'a str>,
    /// What it says: `medicines`, `none`, `not-sure`, `blank` or `unreadable`.
    pub says: &'static str,
    /// Why it is unreadable, and what to do.
    pub problem: Option<String>,
    /// Its entries.
    pub entries: Vec<EntryReport<'a>>,
}

/// How one entry is read.
#[derive(Clone, Debug, Serialize)]
pub struct EntryReport<'a> {
    /// As typed, or what stands for a medicine that the desk must not see.
    pub typed: Cow<'a, str>,
    /// What it says: `taken`, `none`, `not-sure`, `amounts-only` or `more-about-the-one-before`.
    pub says: &'static str,
    /// Whether its names are kept from the desk.
    pub private: bool,
    /// The names in it.
    pub names: Vec<NameReport<'a>>,
    /// The words around the names, which change nothing.
    pub ignored: Vec<String>,
    /// The words that nothing explains.
    pub unknown: Option<String>,
    /// Known names near the unknown words. Never taken for them.
    pub near: Vec<String>,
    /// What the lexicon says is in the unknown words, if no group of the rules has that.
    pub generics: Vec<&'a str>,
}

/// One name of an entry.
#[derive(Clone, Debug, Serialize)]
pub struct NameReport<'a> {
    /// Its words, as they are compared.
    pub typed: String,
    /// The medicines it stands for.
    pub generics: Vec<&'a str>,
    /// The groups it counts in.
    pub groups: Vec<GroupReport<'a>>,
    /// The forms that are said of it, by the names that packs use.
    pub forms: Vec<&'static str>,
    /// What to ask, because the name alone does not say which medicine or form it is.
    pub ask: Option<&'a str>,
}

/// A group of medicines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupReport<'a> {
    /// Its id.
    pub id: &'a str,
    /// The same in plain words.
    pub label: Option<&'a str>,
}

/// How `lists` are read as answers to `question`, each with its line.
#[must_use]
pub fn report<'a>(
    plan: &'a Plan,
    reader: Reader<'a>,
    question: &Question,
    lists: impl Iterator<Item = (usize, &'a str)>,
    view: View,
) -> MedicinesReport<'a> {
    let read = |(line, typed)| match reader.reply(question, typed) {
        Ok(reply) => list(plan, reader, &reply, line, typed, view),
        Err(why) => unreadable(line, typed, &why),
    };
    MedicinesReport {
        lists: lists.map(read).collect(),
        view: view.word(),
        pack: PackName::of(plan),
        tool: TOOL,
        schema_version: SCHEMA_VERSION,
    }
}

fn unreadable<'a>(line: usize, typed: &'a str, why: &AnswerError) -> ListReport<'a> {
    ListReport {
        line,
        typed: Some(typed),
        says: "unreadable",
        problem: Some(format!("{}: {}", why.message, why.help)),
        entries: Vec::new(),
    }
}

fn list<'a>(
    plan: &'a Plan,
    reader: Reader<'a>,
    reply: &Reply,
    line: usize,
    typed: &'a str,
    view: View,
) -> ListReport<'a> {
    let redaction = Redaction::of(plan, reply, view);
    let says = match reply {
        Reply::Blank => "blank",
        Reply::Given(Value::Medicines(medicines)) if medicines.entries.is_empty() => {
            if medicines.open { "not-sure" } else { "none" }
        }
        Reply::Given(_) => "medicines",
        Reply::NotSure | Reply::Declined => "not-sure",
    };
    let readings = if says == "medicines" {
        reader.explain_medicines(typed)
    } else {
        Vec::new()
    };
    ListReport {
        line,
        typed: Some(typed).filter(|_| !redaction.hides_anything()),
        says,
        problem: None,
        entries: readings
            .into_iter()
            .map(|reading| entry(plan, reading, &redaction))
            .collect(),
    }
}

/// How one entry is read, as far as `redaction` lets it be shown.
#[must_use]
pub fn entry<'a>(plan: &'a Plan, reading: EntryReading, redaction: &Redaction) -> EntryReport<'a> {
    let private = redaction.hides(&reading.text);
    let mut report = EntryReport {
        typed: Cow::Borrowed(KEPT_MEDICINE),
        says: match reading.says {
            Says::Taken => "taken",
            Says::NoMedicines => "none",
            Says::NotSure => "not-sure",
            Says::AmountsOnly => "amounts-only",
            Says::MoreAboutTheOneBefore => "more-about-the-one-before",
        },
        private,
        names: Vec::new(),
        ignored: Vec::new(),
        unknown: None,
        near: Vec::new(),
        generics: Vec::new(),
    };
    if private {
        return report;
    }
    let near = reading.unrecognised.as_deref();
    let near = near.and_then(|typed| plan.medicines.did_you_mean(typed));
    report.near = near.map(|near| near.text).into_iter().collect();
    let unknown = reading.unrecognised.as_deref();
    report.generics = unknown.map_or(Vec::new(), |typed| {
        plan.medicines.generics_without_group(typed)
    });
    report.names = reading.names.iter().map(|one| name(plan, one)).collect();
    report.typed = Cow::Owned(reading.text);
    report.ignored = reading.ignored;
    report.unknown = reading.unrecognised;
    report
}

impl NameReport<'_> {
    /// What the name means, in short: `apixaban, blood thinner`.
    #[must_use]
    pub fn meaning(&self) -> String {
        let mut words: Vec<&str> = Vec::new();
        let groups = self.groups.iter();
        let groups = groups.map(|group| group.label.unwrap_or(group.id));
        for word in self.generics.iter().copied().chain(groups) {
            if !words.contains(&word) && word != self.typed {
                words.push(word);
            }
        }
        words.join(", ")
    }
}

fn name<'a>(plan: &'a Plan, reading: &NameReading) -> NameReport<'a> {
    let names = reading.names.iter();
    let names = names.filter_map(|number| plan.medicines.names().get(*number));
    NameReport {
        forms: reading.forms.each().collect(),
        ..meant(plan, reading.typed.clone(), names)
    }
}

/// A name that may be meant.
#[must_use]
pub fn suggested<'a>(plan: &'a Plan, near: &Suggestion) -> NameReport<'a> {
    let names = near.names.iter();
    let names = names.filter_map(|number| plan.medicines.names().get(*number));
    meant(plan, near.text.clone(), names)
}

fn meant<'a>(
    plan: &'a Plan,
    typed: String,
    names: impl Iterator<Item = &'a Name>,
) -> NameReport<'a> {
    let mut report = NameReport {
        typed,
        generics: Vec::new(),
        groups: Vec::new(),
        forms: Vec::new(),
        ask: None,
    };
    for meaning in names.flat_map(|name| &name.means) {
        if !report.generics.contains(&meaning.generic.as_str()) {
            report.generics.push(&meaning.generic);
        }
        let group = plan.groups.get(meaning.group).map(|group| GroupReport {
            id: &group.id,
            label: group.label.as_deref(),
        });
        if let Some(group) = group.filter(|group| !report.groups.contains(group)) {
            report.groups.push(group);
        }
        report.ask = report.ask.or(meaning.ask_route.as_deref());
    }
    report
}
