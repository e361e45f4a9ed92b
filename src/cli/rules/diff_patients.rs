//! `rules diff --patients`: what a change means for the clinic's own patients.

use std::path::PathBuf;

use crate::batch::columns::plain;
use crate::batch::compare::{Compared, Rows, compare};
use crate::batch::csv::encoding::{Reading, Text};
use crate::batch::csv::splitter::Splitter;
use crate::batch::output::problem::counted;
use crate::error::Error;
use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;
use candidacy_engine::severity::Change;

use super::super::Context;
use super::super::batch::map_file::without_guesses;
use super::super::batch::reading::ReadingArgs;
use super::super::batch::table_input::{TableInput, table_input};
use super::DiffArgs;

/// The number of bytes of a table that are read at a time.
const PIECE: usize = 1 << 18;

/// The clinic's own patients under two versions.
pub struct Own {
    path: PathBuf,
    as_of: Date,
    seen: Compared,
}

/// Reads the table that `args` name, if they do, under both versions.
pub fn own_patients(
    args: &DiffArgs,
    plans: (&Plan, &Plan),
    around: &Context,
) -> Result<Option<Own>, Error> {
    let Some(path) = &args.patients else {
        return if args.reading == ReadingArgs::default() {
            Ok(None)
        } else {
            Err(Error::Usage {
                message: "there is no table to be read in that way".to_owned(),
                hint: "name it: `--patients FILE.csv`".to_owned(),
            })
        };
    };
    let settings = args.reading.settings(args.id.clone(), around.today)?;
    without_guesses(&settings.maps)?;
    let reading = args.reading.encoding()?;
    let TableInput { reader, sheet, .. } = table_input(path, &args.reading)?;
    let failed = |why: std::io::Error| Error::reading(path, &why);
    let (text, reading) = Text::new(reader, reading).map_err(failed)?;
    let mut splitter = Splitter::new(text, PIECE, reading == Reading::Strict);
    let rows = sheet.map_or_else(Vec::new, |sheet| sheet.rows);
    let seen = compare(&mut splitter, plans, &settings, path, &rows)?;
    Ok(Some(Own {
        path: path.clone(),
        as_of: settings.as_of,
        seen,
    }))
}

impl Own {
    /// Whether some patient gets a less severe verdict.
    pub fn is_less_severe(&self) -> bool {
        let mut changed = self.seen.changed.keys();
        changed.any(|(change, ..)| *change == Change::LessSevere)
    }

    /// Whether some row could not be read.
    pub fn unread(&self) -> bool {
        self.seen.unread() > 0
    }

    /// How many change, from what to what.
    pub fn in_words(&self, around: &Context) -> String {
        let seen = &self.seen;
        let mut text = format!(
            "\n{}: {}, treatment day {}\n",
            plain(&self.path.to_string_lossy()),
            number(seen.rows(), "row"),
            self.as_of
        );
        text.push_str(&line(seen.same, "", "get the same verdict as before", None));
        for ((change, before, after), rows) in &seen.changed {
            let what = format!("`{}` instead of `{}`", after.word(), before.word());
            let word = super::label(*change, around);
            text.push_str(&line(rows.count, &format!("{word}: "), &what, Some(rows)));
        }
        for (rows, which) in [
            (&seen.unreadable, "cannot be read with either version"),
            (
                &seen.unreadable_before,
                "can be read only with the new version",
            ),
            (
                &seen.unreadable_after,
                "can be read only with the old version",
            ),
        ] {
            if rows.count > 0 {
                text.push_str(&line(rows.count, "", which, Some(rows)));
            }
        }
        if seen.foreign {
            text.push_str(
                "  the table is not in UTF-8; it was read as windows-1252 where it is not, or name another with `--encoding`\n",
            );
        }
        text
    }
}

fn number(count: u64, noun: &str) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), noun)
}

/// One line with a count and its rows.
fn line(count: u64, word: &str, what: &str, rows: Option<&Rows>) -> String {
    let count_in_words = number(count, "");
    let digits = count_in_words.trim_end_matches([' ', 's']);
    let mut text = format!("  {digits:>9} {word}{what}");
    if let Some(rows) = rows {
        let more = count.saturating_sub(rows.named.len() as u64);
        text.push_str(&format!(": {}", rows.named.join(", ")));
        if more > 0 {
            text.push_str(&format!(
                " and {} more",
                number(more, "").trim_end_matches([' ', 's'])
            ));
        }
    }
    text.push('\n');
    text
}
