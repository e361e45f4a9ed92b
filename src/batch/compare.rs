//! A table of patients held against two versions of the rules.
//!
//! Each row is read twice, by the columns as either version understands them, and
//! only its two verdicts are kept. Rows are told apart by their lines, or by the
//! column named with `--id`.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use crate::error::Error;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::plan::Plan;
use candidacy_engine::severity::{self, Change};
use candidacy_engine::verdict::Verdict;

use super::columns::plain;
use super::csv::chunk::{Chunk, lines};
use super::csv::records::{Record, for_each};
use super::csv::splitter::Splitter;
use super::heading_forms::understood;
use super::run::stopped;
use super::setup::{Settings, heading, table};
use super::table::Table;

/// The most rows named of one kind.
const MOST_NAMED: usize = 12;

/// Rows of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// How many.
    pub count: u64,
    /// The first of them.
    pub named: Vec<String>,
}

/// What became of the rows.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    /// How many get the verdict they got before.
    pub same: u64,
    /// The others, by whether they are less severe, and by the verdict before and after.
    pub changed: BTreeMap<(Change, Verdict, Verdict), Rows>,
    /// Those that neither version can read.
    pub unreadable: Rows,
    /// Those that only the version after can read.
    pub unreadable_before: Rows,
    /// Those that only the version before can read.
    pub unreadable_after: Rows,
    /// Whether some of it was no UTF-8.
    pub foreign: bool,
}

impl Rows {
    fn add(&mut self, name: impl FnOnce() -> String) {
        self.count += 1;
        if self.named.len() < MOST_NAMED {
            self.named.push(name());
        }
    }
}

impl Compared {
    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> u64 {
        let changed = self.changed.values().map(|rows| rows.count);
        self.same + changed.sum::<u64>() + self.unread()
    }

    /// How many rows could not be read under one version or both.
    #[must_use]
    pub fn unread(&self) -> u64 {
        self.unreadable.count + self.unreadable_before.count + self.unreadable_after.count
    }
}

/// Reads all of `splitter` under `old` and `new`; `path` names it in errors.
///
/// # Errors
///
/// When the table cannot be read, or flags and columns do not fit either version.
pub fn compare<R: Read>(
    splitter: &mut Splitter<R>,
    (old, new): (&Plan, &Plan),
    settings: &Settings,
    path: &Path,
    sheet_rows: &[u64],
) -> Result<Compared, Error> {
    let heading = heading(splitter, new, settings, path)?;
    let of_each = [(old, new), (new, old)].map(|(own, other)| known_to(own, other, settings));
    let [before, after] = &of_each;
    // What neither version knows is refused in the words of the newer one.
    let mut after = table(new, after, &heading, path)?;
    after.sheet_rows = sheet_rows.to_vec();
    let tables = [table(old, before, &heading, path)?, after];
    let mut seen = Compared {
        foreign: heading.foreign,
        ..Compared::default()
    };
    let mut spare = Chunk::default();
    while let Some(chunk) = splitter
        .next_chunk(spare)
        .map_err(|stop| stopped(&stop, path))?
    {
        seen.foreign |= chunk.foreign.is_some();
        piece(&tables, settings, &chunk, &mut seen);
        spare = chunk;
    }
    Ok(seen)
}

/// The settings without what only the other version knows.
fn known_to(own: &Plan, other: &Plan, settings: &Settings) -> Settings {
    let mut settings = settings.clone();
    // What neither knows is kept: it is refused, with a way out.
    let kept = |name: &str| {
        let name = name.trim();
        name.is_empty() || understood(own, name).is_some() || understood(other, name).is_none()
    };
    settings.maps.retain(|map| kept(&map.target));
    settings.assumes.retain(|(name, _)| kept(name));
    settings.ticked.retain(|name| kept(name));
    settings
}

fn piece(tables: &[Table<'_>; 2], settings: &Settings, chunk: &Chunk, seen: &mut Compared) {
    let [before, after] = tables;
    let width = after.columns.len();
    let (mut line, mut counted) = (chunk.line, 0);
    for_each(chunk, after.delimiter, Some(width), &mut |record| {
        let start = match &record {
            Record::Cells(cells) => cells.start(),
            Record::Broken(broken) => broken.start,
        };
        line += lines(chunk.bytes.get(counted..start).unwrap_or_default());
        counted = start;
        let line = after.place(line);
        let name = || match after.id_of(&record).filter(|_| settings.id.is_some()) {
            Some(id) => plain(&id),
            None => format!("line {line}"),
        };
        let read = |table: &Table<'_>| table.answers(&record, &chunk.bytes, line).ok();
        match (read(before), read(after)) {
            (None, None) => seen.unreadable.add(name),
            (None, Some(_)) => seen.unreadable_before.add(name),
            (Some(_), None) => seen.unreadable_after.add(name),
            (Some(was), Some(is)) => {
                let was = Patient::new(before.plan, &was, settings.as_of);
                let is = Patient::new(after.plan, &is, settings.as_of);
                let day = settings.as_of;
                match severity::change(&was, &is, day) {
                    Change::Same => seen.same += 1,
                    change => {
                        let key = (change, was.verdict(day), is.verdict(day));
                        seen.changed.entry(key).or_default().add(name);
                    }
                }
            }
        }
    });
}
