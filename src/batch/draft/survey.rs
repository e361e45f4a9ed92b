//! What is in the columns of a table: which words, and how often.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use crate::batch::csv::chunk::Chunk;
use crate::batch::csv::records::{Cells, Record, for_each};
use crate::batch::csv::splitter::Splitter;
use crate::batch::run::stopped;
use crate::error::Error;

/// So many lines are looked at.
const MOST_LINES: u64 = 100_000;

/// So many different words of one column are kept; a question with options has fewer.
const MOST_WORDS: usize = 500;

/// The longest cell that is kept, in bytes.
const LONGEST: usize = 1000;

/// What is in one column.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// How many cells hold something.
    pub filled: u64,
    /// How many do not.
    pub empty: u64,
    /// The cells, and how often each is there.
    pub cells: HashMap<String, u64>,
    /// Whether there are more than were kept.
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

    /// The cells, the most frequent first.
    #[must_use]
    pub fn sorted(&self) -> Vec<(&str, u64)> {
        let cells = self.cells.iter();
        let mut sorted: Vec<(&str, u64)> =
            cells.map(|(cell, count)| (cell.as_str(), *count)).collect();
        sorted.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(other.0)));
        sorted
    }
}

/// What is in the `width` columns of what is left in `splitter`, and how many rows it has.
///
/// # Errors
///
/// When the input cannot be read.
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
        // A row that does not fall into cells may have each in another's place.
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
