//! How lists of medicines are read: each entry with its names, groups and forms, and with ignored and unknown
//! words.
//!
//! Serialised, this is the JSON of `candidacy medicines`; `report/medicines-schema.json` describes it.

use std::borrow::Cow;

use serde::Serialize;

use candidacy_engine::answer::{AnswerError, Reader, Reply, Value};
use candidacy_engine::medicine::{EntryReading, Name, NameReading, Says, Suggestion};
use candidacy_engine::plan::Plan;
use candidacy_engine::question::Question;

use super::model::{KEPT_MEDICINE, PackName, Redaction, TOOL, View};

mod text;

pub use text::text;

/// The version of the JSON form. A change that breaks readers needs a new version.
pub const SCHEMA_VERSION: u32 = 1;

/// How lists of medicines are read.
#[derive(Clone, Debug, Serialize)]
pub struct MedicinesReport<'a> {
    /// The lists, in the order given.
    pub lists: Vec<ListReport<'a>>,
    /// The reader of the report: `desk` or `clinician`.
    pub view: &'static str,
    /// The rules whose medicine names were used.
    pub pack: PackName<'a>,
    /// The program and its version.
    pub tool: &'static str,
    /// The version of the JSON form.
    pub schema_version: u32,
}

/// How one list is read.
#[derive(Clone, Debug, Serialize)]
pub struct ListReport<'a> {
    /// Its line number, counted from 1.
    pub line: usize,
    /// The list as typed; null if the desk must not see a part of it.
    pub typed: Option<&'a str>,
    /// The result: `medicines`, `none`, `not-sure`, `blank` or `unreadable`.
    pub says: &'static str,
    /// Why the list is unreadable, and how to fix it.
    pub problem: Option<String>,
    /// Its entries.
    pub entries: Vec<EntryReport<'a>>,
}

/// How one entry is read.
#[derive(Clone, Debug, Serialize)]
pub struct EntryReport<'a> {
    /// The entry as typed, or a substitute if the desk must not see it.
    pub typed: Cow<'a, str>,
    /// The result: `taken`, `none`, `not-sure`, `amounts-only` or `more-about-the-one-before`.
    pub says: &'static str,
    /// Whether its names are hidden from the desk.
    pub private: bool,
    /// The medicine names in it.
    pub names: Vec<NameReport<'a>>,
    /// Words around the names that have no effect.
    pub ignored: Vec<String>,
    /// Words that were not recognised.
    pub unknown: Option<String>,
    /// Known names that are similar to the unknown words. They are never used as the answer.
    pub near: Vec<String>,
    /// The generic names that the lexicon gives for the unknown words, if no group of the rules has them.
    pub generics: Vec<&'a str>,
}

/// One name of an entry.
#[derive(Clone, Debug, Serialize)]
pub struct NameReport<'a> {
    /// Its words in normalized form.
    pub typed: String,
    /// The generic names of the medicines it can mean.
    pub generics: Vec<&'a str>,
    /// The groups it belongs to.
    pub groups: Vec<GroupReport<'a>>,
    /// The forms stated with the name, in the terms of the packs.
    pub forms: Vec<&'static str>,
    /// The question to ask if the name alone does not determine the medicine or its form.
    pub ask: Option<&'a str>,
}

/// A group of medicines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupReport<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name in plain words.
    pub label: Option<&'a str>,
}

/// How `lists` are read as answers to `question`; each list comes with its line number.
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

/// How one entry is read, without what `redaction` hides.
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
    /// A short meaning of the name: `apixaban, blood thinner`.
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

/// A similar name that may be meant.
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
