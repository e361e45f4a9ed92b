//! Screens a table chunk by chunk on several threads, and writes its rows in order.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::error::Error;
use crate::report::calendar::Recall;

use super::counts::Counts;
use super::csv::chunk::{Chunk, ReadError};
use super::csv::quotes::Fault;
use super::csv::splitter::Splitter;
use super::memo::Memo;
use super::memo::classes::Classes;
use super::output::problem::{Problem, ProblemKind};
use super::output::repeated_ids::RepeatedIds;
use super::output::row;
use super::output::unread::UnreadCells;
use super::screen::{ScreenedChunk, UndecodedBytes, screen};
use super::table::{Form, Listing, Table};
use crate::files::Output;

/// A table below this size in bytes is screened row by row, without the memo.
const SHORT: usize = 1 << 14;

/// Set when the user interrupts the run.
pub static BROKEN_OFF: AtomicBool = AtomicBool::new(false);

/// The outputs for rows and problems; none unless set.
#[derive(Debug, Default)]
pub struct Sink {
    /// The rows.
    pub rows: Output,
    /// The table of problems, if requested.
    pub problems: Option<Output>,
    /// The unreadable cells, if they are collected.
    pub unread: Option<UnreadCells>,
}

/// The results of a run.
#[derive(Debug)]
pub struct Done {
    /// The counts.
    pub tally: Counts,
    /// The first line that was not UTF-8.
    pub foreign: Option<u64>,
    /// The bytes that could not be read in the named encoding.
    pub lost: UndecodedBytes,
    /// The line of the first row that could not be read.
    pub unreadable: Option<u64>,
    /// The line of the first row with contradictory answers.
    pub doubted: Option<u64>,
    /// The first problems.
    pub problems: Vec<Problem>,
    /// The line of the first row that was skipped because of its length.
    pub too_long: Option<u64>,
    /// The outputs, which must still be finished.
    pub sink: Sink,
    /// Deferred patients in the order of their days. For a page with very many rows, only the first rows
    /// are included.
    pub recalls: Vec<Recall>,
    /// The ids of the first rows.
    pub ids: RepeatedIds,
    /// The unreadable cells, if they were collected.
    pub unread: Option<UnreadCells>,
}

/// Maximum number of patients named on a page.
const MOST_RECALLS: usize = 20_000;

/// Maximum number of problems kept for display after a dry run.
const MOST_PROBLEMS: usize = 10;

/// The shared state of the threads for writing.
struct Order<'p> {
    next: usize,
    waiting: BTreeMap<usize, ScreenedChunk>,
    /// Memory of written chunks, for reuse.
    spare: Vec<Vec<u8>>,
    rows: u64,
    bytes: u64,
    done: Done,
    failure: Option<Error>,
    /// Maximum number of patients to call back that are kept.
    most_recalls: usize,
    progress: &'p mut (dyn FnMut(u64, u64) + Send),
}

/// The shared state of the threads of a run.
struct Run<'r, 'p, R> {
    table: &'r Table<'r>,
    input: Mutex<Option<&'r mut Splitter<R>>>,
    order: Mutex<Order<'p>>,
    written: Condvar,
    /// The classes of answers found by all threads.
    shared_classes: OnceLock<Vec<Classes<'r>>>,
    most: usize,
    /// Whether text that is not UTF-8 is refused.
    strict: bool,
    path: &'r Path,
}

/// Screens the rest of `splitter` on `jobs` threads; `path` names it in errors.
///
/// # Errors
///
/// If the input or the output fails, or the user interrupts the run.
pub fn screen_table<R: Read + Send>(
    splitter: &mut Splitter<R>,
    table: &Table<'_>,
    jobs: usize,
    mut sink: Sink,
    path: &Path,
    progress: &mut (dyn FnMut(u64, u64) + Send),
) -> Result<Done, Error> {
    let unread = sink.unread.take();
    let done = Done {
        tally: Counts::new(table.plan),
        foreign: None,
        lost: UndecodedBytes::default(),
        unreadable: None,
        doubted: None,
        problems: Vec::new(),
        too_long: None,
        sink,
        ids: RepeatedIds::default(),
        unread,
        recalls: Vec::new(),
    };
    let run = Run {
        table,
        strict: splitter.is_strict(),
        input: Mutex::new(Some(splitter)),
        order: Mutex::new(Order {
            next: 0,
            waiting: BTreeMap::new(),
            spare: Vec::new(),
            rows: 0,
            bytes: 0,
            done,
            failure: None,
            // A separate list contains all of them.
            most_recalls: if table.listing == Listing::WithReasons {
                usize::MAX
            } else {
                MOST_RECALLS
            },
            progress,
        }),
        written: Condvar::new(),
        shared_classes: OnceLock::new(),
        most: jobs * 4,
        path,
    };
    if jobs > 1 {
        std::thread::scope(|scope| {
            for _ in 0..jobs {
                scope.spawn(|| run.work());
            }
        });
    } else {
        run.work();
    }
    let order = run
        .order
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    if let Some(failure) = order.failure {
        return Err(failure);
    }
    let mut done = order.done;
    done.recalls.sort_by_key(|one| one.day);
    Ok(done)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<R: Read> Run<'_, '_, R> {
    /// Screens chunks until there are none left.
    fn work(&self) {
        let mut tally = Counts::new(self.table.plan);
        let mut memo = None;
        // Memory is reused, because allocating it takes time.
        let (mut spare, mut text) = (Chunk::default(), Vec::new());
        loop {
            match self.take(spare) {
                Ok(None) => break,
                Ok(Some(mut chunk)) => {
                    // A short table ends before the memo helps.
                    let long = chunk.number > 0 || chunk.bytes.len() > SHORT;
                    // The memo does not keep reasons in words.
                    let learns = self.table.form != Form::Jsonl
                        && self.table.listing != Listing::WithReasons;
                    if long && memo.is_none() && learns {
                        let shared_classes = self
                            .shared_classes
                            .get_or_init(|| Memo::shared_classes(self.table));
                        memo = Some(Memo::new(self.table, shared_classes.clone()));
                    }
                    let piece = match chunk.in_utf8(self.table.delimiter, self.strict) {
                        Ok(()) => screen(self.table, &chunk, memo.as_mut(), &mut tally, text),
                        Err(stop) => ScreenedChunk {
                            failure: Some(stopped(&stop, self.path)),
                            ..ScreenedChunk::default()
                        },
                    };
                    text = self.deliver(chunk.number, piece);
                    spare = chunk;
                }
                Err(failure) => {
                    self.fail(failure);
                    break;
                }
            }
        }
        if let Some(memo) = &mut memo {
            memo.count(&mut tally);
        }
        locked(&self.order).done.tally.add(&tally);
    }

    fn take(&self, spare: Chunk) -> Result<Option<Chunk>, Error> {
        let mut input = locked(&self.input);
        let Some(splitter) = input.as_mut() else {
            return Ok(None);
        };
        if BROKEN_OFF.load(Ordering::Relaxed) {
            *input = None;
            return Err(Error::BrokenOff);
        }
        let chunk = splitter.next_chunk(spare);
        if !matches!(chunk, Ok(Some(_))) {
            *input = None;
        }
        chunk.map_err(|stop| stopped(&stop, self.path))
    }

    fn fail(&self, failure: Error) {
        *locked(&self.input) = None;
        locked(&self.order).failure.get_or_insert(failure);
        self.written.notify_all();
    }

    /// Hands over a chunk and writes all chunks that are next in order. Returns memory for the next one.
    fn deliver(&self, number: usize, piece: ScreenedChunk) -> Vec<u8> {
        let mut order = locked(&self.order);
        order.waiting.insert(number, piece);
        while let Some(mut piece) = order.next_piece() {
            if let Err(failure) = order.write(self.table, &mut piece) {
                drop(order);
                self.fail(failure);
                return Vec::new();
            }
            order.spare.push(piece.text);
        }
        self.written.notify_all();
        // A thread that is ahead waits, so that memory use stays limited.
        while order.waiting.len() > self.most && order.failure.is_none() {
            order = self
                .written
                .wait(order)
                .unwrap_or_else(PoisonError::into_inner);
        }
        order.spare.pop().unwrap_or_default()
    }
}

impl Order<'_> {
    fn next_piece(&mut self) -> Option<ScreenedChunk> {
        let piece = self.waiting.remove(&self.next)?;
        self.next += 1;
        Some(piece)
    }

    fn write(&mut self, table: &Table<'_>, piece: &mut ScreenedChunk) -> Result<(), Error> {
        if let Some(failure) = piece.failure.take() {
            return Err(failure);
        }
        let sink = &mut self.done.sink;
        if table.form == Form::Jsonl {
            sink.rows.write(&numbered(&piece.text, self.rows))?;
        } else {
            sink.rows.write(&piece.text)?;
        }
        if let Some(problems) = &mut sink.problems {
            let mut text = Vec::new();
            for (row, problem) in &piece.problems {
                problem_row(self.rows + row, problem, &mut text);
            }
            problems.write(&text)?;
        }
        let first = piece.problems.first().map(|(_, problem)| problem.line);
        for (id, line) in &piece.ids {
            self.done.ids.add(*id, *line);
        }
        if let Some(unread) = &mut self.done.unread {
            for (_, problem) in &piece.problems {
                unread.add(table, problem);
            }
        }
        self.done.unreadable = self.done.unreadable.or(first);
        self.done.doubted = self.done.doubted.or(piece.doubted);
        let too_long =
            |(_, problem): &&(u64, Problem)| problem.kind == ProblemKind::Quote(Fault::TooLong);
        let too_long = piece.problems.iter().find(too_long);
        self.done.too_long = self
            .done
            .too_long
            .or(too_long.map(|(_, problem)| problem.line));
        let room = MOST_PROBLEMS.saturating_sub(self.done.problems.len());
        let first = piece.problems.iter().take(room);
        self.done
            .problems
            .extend(first.map(|(_, problem)| problem.clone()));
        self.done.foreign = self.done.foreign.or(piece.foreign);
        self.done.lost.add(piece.lost);
        let room = self.most_recalls.saturating_sub(self.done.recalls.len());
        self.done
            .recalls
            .extend(piece.recalls.iter().take(room).cloned());
        self.rows += piece.rows;
        self.bytes += piece.size as u64;
        (self.progress)(self.rows, self.bytes);
        Ok(())
    }
}

/// JSON rows with their numbers; `before` is the number of earlier rows.
fn numbered(text: &[u8], before: u64) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + text.len() / 32);
    for (line, number) in text
        .split_inclusive(|byte| *byte == b'\n')
        .zip(before + 1..)
    {
        out.extend_from_slice(format!("{{\"row\":{number},").as_bytes());
        out.extend_from_slice(line.get(1..).unwrap_or_default());
    }
    out
}

/// The headings of the table of problems.
pub const PROBLEM_COLUMNS: &str = "row,line,column,cell,problem,help\n";

fn problem_row(row: u64, problem: &Problem, out: &mut Vec<u8>) {
    out.extend_from_slice(format!("{row},{}", problem.line).as_bytes());
    let column = problem.column.as_deref().unwrap_or_default();
    let cell = problem.cell.as_deref().unwrap_or_default();
    for text in [column, cell, &problem.message, &problem.help] {
        out.push(b',');
        row::own(text, b',', out);
    }
    out.push(b'\n');
}

/// The error for an input that could not be read to its end.
pub(super) fn stopped(stop: &ReadError, path: &Path) -> Error {
    let (why, hint) = match stop {
        ReadError::Input(why) => return Error::reading(path, why),
        ReadError::NotUtf8(line) => (
            format!("line {line} is not text in UTF-8"),
            "leave `--encoding` out, or name the right one, for example `--encoding windows-1252`",
        ),
    };
    Error::File {
        doing: "read",
        path: path.to_owned(),
        why,
        hint: Some(hint.to_owned()),
    }
}
