//! Screens one chunk of a table.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::error::Error;
use crate::report::calendar::Recall;
use candidacy_engine::date::Date;

use super::counts::Counts;
use super::csv::chunk::{Chunk, lines};
use super::csv::records::{Cells, Found, Record, blocks};
use super::memo::{Memo, RowFacts};
use super::output::problem::Problem;
use super::output::recall;
use super::screen_record::RowOutcome;
use super::table::{Listing, Table};

/// Maximum number of lines whose ids are compared, so that memory does not grow with the table.
pub const WATCHED_LINES: u64 = 100_000;

/// Bytes that are not text in the encoding of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UndecodedBytes {
    /// The number of such bytes.
    pub letters: u64,
    /// The number of lines with such bytes.
    pub lines: u64,
    /// The first such line.
    pub first: Option<u64>,
}

impl UndecodedBytes {
    /// Counts those in `text`, which begins on `line`.
    #[must_use]
    pub fn of(text: &[u8], mut line: u64) -> Self {
        let (mut lost, mut counted) = (Self::default(), 0);
        let mut before = None;
        for place in memchr::memmem::find_iter(text, "\u{fffd}") {
            line += lines(text.get(counted..place).unwrap_or_default());
            counted = place;
            lost.letters += 1;
            lost.lines += u64::from(before.replace(line) != Some(line));
            lost.first = lost.first.or(Some(line));
        }
        lost
    }

    /// Adds those of later text.
    pub fn add(&mut self, later: Self) {
        self.letters += later.letters;
        self.lines += later.lines;
        self.first = self.first.or(later.first);
    }
}

/// The results of one chunk.
#[derive(Debug, Default)]
pub struct ScreenedChunk {
    /// Its output rows.
    pub text: Vec<u8>,
    /// The number of rows in it.
    pub rows: u64,
    /// The problems of unreadable rows, by row number.
    pub problems: Vec<(u64, Problem)>,
    /// The first line that was not UTF-8.
    pub foreign: Option<u64>,
    /// The bytes that could not be read in the named encoding.
    pub lost: UndecodedBytes,
    /// The number of bytes in it.
    pub size: usize,
    /// Deferred patients by id, if they are listed.
    pub recalls: Vec<Recall>,
    /// The line of the first row with contradictory answers.
    pub doubted: Option<u64>,
    /// The id of each row as a number, and its line; only for the first rows of the table.
    pub ids: Vec<(u64, u64)>,
    /// The error that prevented screening.
    pub failure: Option<Error>,
}

impl ScreenedChunk {
    /// Adds a deferred patient to the list of recalls, if there is one.
    fn list(
        &mut self,
        table: &Table<'_>,
        cells: &Cells<'_>,
        day: Option<Date>,
        reason: impl FnOnce() -> String,
    ) {
        if let Some(day) = day.filter(|_| table.listing != Listing::Nobody) {
            self.recalls.push(Recall {
                day,
                id: cells.cell(table.id).into_owned(),
                reason: if table.listing == Listing::WithReasons {
                    reason()
                } else {
                    String::new()
                },
            });
        }
    }
}

/// The state while a chunk is screened.
struct Screening<'s> {
    table: &'s Table<'s>,
    chunk: &'s Chunk,
    piece: ScreenedChunk,
    /// The line on which the current record begins.
    line: u64,
    /// The position up to which lines were counted.
    counted: usize,
}

impl Screening<'_> {
    /// Screens a record without the memo.
    fn in_full(&mut self, record: &Record<'_>, tally: &mut Counts) {
        let text = &self.chunk.bytes;
        self.piece.rows += 1;
        let start = match &record {
            Record::Cells(cells) => cells.start(),
            Record::Broken(broken) => broken.start,
        };
        self.count_lines(start);
        let line = self.table.place(self.line);
        let piece = &mut self.piece;
        match self.table.screen(record, text, line, &mut piece.text) {
            RowOutcome::Screened(summary) => {
                tally.count(self.table.plan, &summary, 1, self.table.view);
                let facts = RowFacts::of(&summary);
                if facts.doubted {
                    piece.doubted.get_or_insert(line);
                }
                if let Record::Cells(cells) = record {
                    let reason = || recall::reason(self.table, &summary);
                    piece.list(self.table, cells, facts.recall, reason);
                }
            }
            RowOutcome::Unreadable(problems) => {
                tally.unreadable += 1;
                let row = piece.rows;
                piece
                    .problems
                    .extend(problems.into_iter().map(|problem| (row, problem)));
            }
        }
    }

    /// Stores the id of a row with as many cells as the heading.
    fn note_id(&mut self, cells: &Cells<'_>) {
        if !self.table.watches_ids
            || self.chunk.line > WATCHED_LINES
            || self.table.repeats_headings(cells)
            || self.table.is_id_lost(cells)
        {
            return;
        }
        let id = cells.cell(self.table.id);
        if id.trim().is_empty() {
            return;
        }
        self.count_lines(cells.start());
        let mut hasher = DefaultHasher::new();
        id.trim().hash(&mut hasher);
        let line = self.table.place(self.line);
        self.piece.ids.push((hasher.finish(), line));
    }

    /// Updates `line` for the record that begins at `start`.
    fn count_lines(&mut self, start: usize) {
        let passed = self.chunk.bytes.get(self.counted..start);
        self.line += lines(passed.unwrap_or_default());
        self.counted = start;
    }

    /// Screens rows with the memo; records it cannot handle are evaluated in full.
    fn rows(&mut self, rows: &[Cells<'_>], memo: &mut Memo<'_>, tally: &mut Counts) {
        memo.classify(rows);
        for (number, cells) in rows.iter().enumerate() {
            if self.table.repeats_headings(cells) || self.table.is_id_lost(cells) {
                self.in_full(&Record::Cells(*cells), tally);
                continue;
            }
            self.note_id(cells);
            match memo.write(number, cells, &mut self.piece.text, tally) {
                Some(facts) => {
                    self.piece.rows += 1;
                    self.piece
                        .list(self.table, cells, facts.recall, String::new);
                    if facts.doubted && self.piece.doubted.is_none() {
                        self.count_lines(cells.start());
                        self.piece.doubted = Some(self.table.place(self.line));
                    }
                }
                None => self.in_full(&Record::Cells(*cells), tally),
            }
        }
        memo.forget(tally);
    }
}

/// Screens one chunk, with `memo` if it is given.
#[must_use]
pub fn screen(
    table: &Table<'_>,
    chunk: &Chunk,
    mut memo: Option<&mut Memo<'_>>,
    tally: &mut Counts,
    mut text: Vec<u8>,
) -> ScreenedChunk {
    text.clear();
    text.reserve(chunk.bytes.len() / 2);
    let mut screening = Screening {
        table,
        chunk,
        line: chunk.line,
        counted: 0,
        piece: ScreenedChunk {
            foreign: chunk.foreign,
            lost: table.decoded.map_or_else(UndecodedBytes::default, |_| {
                UndecodedBytes::of(&chunk.bytes, chunk.line)
            }),
            size: chunk.bytes.len(),
            text,
            ..ScreenedChunk::default()
        },
    };
    let width = table.columns.len();
    blocks(
        chunk,
        table.delimiter,
        Some(width),
        &mut |found| match found {
            Found::Rows(rows) => match &mut memo {
                Some(memo) => screening.rows(rows, memo, tally),
                None => rows.iter().for_each(|cells| {
                    screening.note_id(cells);
                    screening.in_full(&Record::Cells(*cells), tally);
                }),
            },
            Found::Other(record) => screening.in_full(&record, tally),
        },
    );
    screening.piece
}
