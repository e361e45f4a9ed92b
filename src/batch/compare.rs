//! Evaluates a table of patients with two versions of the rules.
//!
//! Each row is read twice, with the columns as each version understands them, and only the two
//! verdicts are kept. Rows are identified by their lines, or by the column named with `--id`.

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

/// Maximum number of rows listed for each kind of change.
const MOST_NAMED: usize = 12;

/// The rows with one kind of result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The number of rows.
    pub count: u64,
    /// The first rows.
    pub named: Vec<String>,
}

/// The results of all rows.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    /// The number of rows with the same verdict as before.
    pub same: u64,
    /// The other rows, by kind of change, verdict before and verdict after.
    pub changed: BTreeMap<(Change, Verdict, Verdict), Rows>,
    /// Rows that neither version can read.
    pub unreadable: Rows,
    /// Rows that only the new version can read.
    pub unreadable_before: Rows,
    /// Rows that only the old version can read.
    pub unreadable_after: Rows,
    /// Whether some lines were not UTF-8.
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
    /// The total number of rows.
    #[must_use]
    pub fn rows(&self) -> u64 {
        let changed = self.changed.values().map(|rows| rows.count);
        self.same + changed.sum::<u64>() + self.unread()
    }

    /// The number of rows that at least one version could not read.
    #[must_use]
    pub fn unread(&self) -> u64 {
        self.unreadable.count + self.unreadable_before.count + self.unreadable_after.count
    }
}

/// Reads the whole `splitter` with `old` and `new`; `path` names it in errors.
///
/// # Errors
///
/// If the table cannot be read, or flags and columns fit neither version.
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
    // What neither version knows is refused by the newer one.
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

/// The settings without those that only the other version knows.
fn known_to(own: &Plan, other: &Plan, settings: &Settings) -> Settings {
    let mut settings = settings.clone();
    // What neither version knows is kept, so that it is refused with a useful message.
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
