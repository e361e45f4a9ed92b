//! Rows by what was learnt from the rows before.
//!
//! A cell becomes the number of its kind ([`super::kinds`]), a row the numbers
//! of its cells. What a row of these numbers comes to is remembered whole; what
//! is new is put together from parts of the pack that read few questions, each
//! remembered as well. Everything new goes the plain way, through the engine's
//! reader and [`Brief::of`], so both ways mean the same.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::engine::answer::{Answers, Reply};
use crate::engine::brief::Brief;
use crate::engine::weigh::Patient;

use super::cells::Cells;
use super::glance::Letters;
use super::kinds::{Kind, UNREAD};
use super::row;
use super::table::Table;
use super::tally::Tally;

use inlet::Inlet;
use part::{Part, UNKNOWN, parts};
use span::{Span, spans};

mod inlet;
mod part;
mod span;

/// Rows that are remembered whole, and rows of parts that are.
const ROWS: usize = 1 << 13;
const PARTS: usize = 1 << 15;

type Known<T> = HashMap<Box<[Kind]>, T, BuildHasherDefault<Letters>>;

/// What one thread has learnt about the rows of a table.
#[derive(Debug)]
pub struct Recall<'t> {
    table: &'t Table<'t>,
    inlets: Vec<Inlet<'t>>,
    spans: Vec<Span>,
    parts: Vec<Part>,
    /// The answers of questions without columns.
    base: Answers,
    /// The kinds of the row at hand, by inlet.
    kinds: Vec<Kind>,
    /// The same by span.
    key: Vec<Kind>,
    /// The keys of remembered rows, one after the other.
    keys: Vec<Kind>,
    rows: Vec<Row>,
}

/// A row that is remembered.
#[derive(Clone, Debug, Default)]
struct Row {
    brief: Brief,
    /// Our cells and the line end.
    tail: Vec<u8>,
    /// How many rows were such since it was last counted.
    met: u64,
}

impl<'t> Recall<'t> {
    /// Nothing learnt yet.
    #[must_use]
    pub fn new(table: &'t Table<'t>) -> Self {
        let plan = table.plan;
        let mut base = plan.blank_answers();
        let mut inlets = Vec::new();
        let sources = table.intake.questions.iter().enumerate();
        for (question, (source, asked)) in sources.map(|(n, s)| (n, (s, plan.questions.get(n)))) {
            let Some(asked) = asked else {
                continue;
            };
            if source.column.is_none() && source.options.is_empty() {
                base.set(question, source.settled(Reply::Blank, &asked.question));
            } else {
                inlets.push(Inlet::new(table, question, source));
            }
        }
        inlets.sort_by_key(|inlet| inlet.source.column.unwrap_or(usize::MAX));
        let parts = parts(plan, &inlets);
        let spans = spans(plan, &inlets);
        Self {
            table,
            base,
            kinds: vec![0; inlets.len()],
            key: vec![0; spans.len()],
            keys: vec![UNREAD; spans.len() * ROWS],
            rows: vec![Row::default(); ROWS],
            parts,
            spans,
            inlets,
        }
    }

    /// Writes the row of `cells` to the end of `out` and gives what it comes to;
    /// none, and nothing written, when it has to go the plain way.
    pub fn write(
        &mut self,
        cells: &Cells<'_>,
        out: &mut Vec<u8>,
        tally: &mut Tally,
    ) -> Option<&Brief> {
        let mut mixed = 0_u64;
        for (kind, span) in self.key.iter_mut().zip(&mut self.spans) {
            *kind = span.kind(&mut self.inlets, self.table, cells);
            if *kind == UNREAD {
                self.forget(tally);
                return None;
            }
            mixed = mixed.wrapping_add(span.weight.wrapping_mul(u64::from(*kind)));
        }
        let slot = usize::try_from(mixed >> 51).unwrap_or(0) % ROWS;
        let width = self.key.len();
        let known = self.keys.get(slot * width..(slot + 1) * width);
        if !known.is_some_and(|known| same(known, &self.key)) || width == 0 {
            self.learn(slot, tally);
        }
        row::carried(self.table, cells, out);
        let row = self.rows.get_mut(slot)?;
        row.met += 1;
        out.extend_from_slice(&row.tail);
        Some(&row.brief)
    }

    /// Counts the rows met since.
    pub fn count(&mut self, tally: &mut Tally) {
        for row in &mut self.rows {
            if row.met > 0 {
                tally.count(
                    self.table.plan,
                    &row.brief,
                    std::mem::take(&mut row.met),
                    self.table.view,
                );
            }
        }
    }

    /// Starts anew where some question has met too many kinds.
    fn forget(&mut self, tally: &mut Tally) {
        let full = self.inlets.iter().any(|inlet| inlet.kinds.is_full());
        if full || self.spans.iter().any(Span::is_full) {
            self.count(tally);
            *self = Self::new(self.table);
        }
    }

    /// Finds out what the row at hand comes to, and remembers it in place `slot`.
    fn learn(&mut self, slot: usize, tally: &mut Tally) {
        let width = self.key.len();
        let keys = self.keys.get_mut(slot * width..(slot + 1) * width);
        let (Some(key), Some(row)) = (keys, self.rows.get_mut(slot)) else {
            return;
        };
        if row.met > 0 {
            tally.count(
                self.table.plan,
                &row.brief,
                std::mem::take(&mut row.met),
                self.table.view,
            );
        }
        self.kinds.clear();
        for (span, kind) in self.spans.iter().zip(&self.key) {
            self.kinds.extend_from_slice(span.members(kind));
        }
        row.brief.clear();
        for part in &mut self.parts {
            part.key.clear();
            let kinds = part
                .inlets
                .iter()
                .filter_map(|inlet| self.kinds.get(*inlet));
            part.key.extend(kinds);
            let found = part.recalled();
            let found = if found == UNKNOWN {
                let brief = weigh(self.table, &self.base, &self.inlets, &self.kinds, part);
                part.remember(brief)
            } else {
                found
            };
            if let Some(brief) = found
                .checked_sub(1)
                .and_then(|place| part.briefs.get(place))
            {
                row.brief.add(brief);
            }
        }
        row.brief.settle(self.table.plan);
        key.copy_from_slice(&self.key);
        row.tail.clear();
        row::tail(self.table, &row.brief, &mut row.tail);
    }
}

/// Whether two rows have the same kinds; short enough to be compared in place.
#[inline]
fn same(one: &[Kind], other: &[Kind]) -> bool {
    let pairs = one.iter().zip(other);
    pairs.fold(0, |apart, (one, other)| apart | (one ^ other)) == 0
}

/// What a part comes to for the row at hand, the plain way.
fn weigh(
    table: &Table<'_>,
    base: &Answers,
    inlets: &[Inlet<'_>],
    kinds: &[Kind],
    part: &Part,
) -> Brief {
    let mut answers = base.clone();
    for number in &part.inlets {
        if let (Some(inlet), Some(kind)) = (inlets.get(*number), kinds.get(*number)) {
            answers.set(inlet.question, inlet.kinds.reply(*kind).clone());
        }
    }
    Brief::of(
        &Patient::new(table.plan, &answers),
        &part.rules,
        table.reader.as_of,
    )
}
