//! Counts the words in each column of a table.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use crate::batch::csv::chunk::Chunk;
use crate::batch::csv::records::{Cells, Record, for_each};
use crate::batch::csv::splitter::Splitter;
use crate::batch::run::stopped;
use crate::error::Error;

/// Maximum number of lines that are read.
const MOST_LINES: u64 = 100_000;

/// Maximum number of different words kept for a column; a question with options has fewer.
const MOST_WORDS: usize = 500;

/// Maximum size in bytes of a cell that is kept.
const LONGEST: usize = 1000;

/// The contents of one column.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// The number of cells that are not empty.
    pub filled: u64,
    /// The number of empty cells.
    pub empty: u64,
    /// The cells, with the count of each.
    pub cells: HashMap<String, u64>,
    /// Whether there are more words than were kept.
    pub more: bool,
}

impl Survey {
    fn add(&mut self, cell: &str) {
        let cell = cell.trim();
        if cell.is_empty() {
            self.empty += 1;
            return;
        }
        self.filled += 1;
        if let Some(count) = self.cells.get_mut(cell) {
            *count += 1;
        } else if self.cells.len() < MOST_WORDS && cell.len() <= LONGEST {
            self.cells.insert(cell.to_owned(), 1);
        } else {
            self.more = true;
        }
    }

    /// The cells, most frequent first.
    #[must_use]
    pub fn sorted(&self) -> Vec<(&str, u64)> {
        let cells = self.cells.iter();
        let mut sorted: Vec<(&str, u64)> =
            cells.map(|(cell, count)| (cell.as_str(), *count)).collect();
        sorted.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(other.0)));
        sorted
    }
}

/// Surveys the `width` columns of the rest of `splitter`, and counts its rows.
///
/// # Errors
///
/// If the input cannot be read.
pub fn survey<R: Read>(
    splitter: &mut Splitter<R>,
    delimiter: u8,
    width: usize,
    first_line: &[u8],
    path: &Path,
) -> Result<(Vec<Survey>, u64), Error> {
    splitter.stop_after(MOST_LINES);
    let mut columns = vec![Survey::default(); width];
    let mut rows = 0;
    let mut add = |cells: &Cells<'_>| {
        // In a row with another number of cells, answers may be in the wrong columns.
        if cells.len() != width || cells.whole() == first_line {
            return;
        }
        rows += 1;
        for (place, column) in columns.iter_mut().enumerate() {
            column.add(&cells.cell(place));
        }
    };
    let mut spare = Chunk::default();
    while let Some(mut chunk) = splitter
        .next_chunk(spare)
        .map_err(|stop| stopped(&stop, path))?
    {
        chunk
            .in_utf8(delimiter, splitter.is_strict())
            .map_err(|stop| stopped(&stop, path))?;
        for_each(&chunk, delimiter, Some(width), &mut |record| {
            if let Record::Cells(cells) = record {
                add(&cells);
            }
        });
        spare = chunk;
    }
    Ok((columns, rows))
}
