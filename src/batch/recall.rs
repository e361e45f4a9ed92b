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

use super::cells::{BLOCK, Cells};
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
    /// The same of the rows looked at, by span.
    looks: Vec<[Kind; BLOCK]>,
    /// Where each row looked at may be remembered.
    places: [u64; BLOCK],
    /// Which of them have to go the plain way.
    plain: [bool; BLOCK],
    /// The keys of remembered rows, one after the other.
    keys: Vec<Kind>,
    rows: Vec<Row>,
    told: Vec<Told>,
}

/// A row that is remembered.
#[derive(Clone, Copy, Debug)]
struct Row {
    /// How many rows were such since it was last counted.
    met: u64,
    /// How long `tail` is; 0 when it stands in [`Told`].
    length: u8,
    /// Our cells and the line end.
    tail: [u8; SHORT_TAIL],
}

/// What a row comes to.
#[derive(Clone, Debug, Default)]
struct Told {
    brief: Brief,
    tail: Vec<u8>,
}

/// So many letters of our cells are kept beside the count of a row.
const SHORT_TAIL: usize = 55;

const NO_ROW: Row = Row {
    met: 0,
    length: 0,
    tail: [0; SHORT_TAIL],
};

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
            looks: vec![[0; BLOCK]; spans.len()],
            places: [0; BLOCK],
            plain: [false; BLOCK],
            keys: vec![UNREAD; spans.len() * ROWS],
            rows: vec![NO_ROW; ROWS],
            told: vec![Told::default(); ROWS],
            parts,
            spans,
            inlets,
        }
    }

    /// Looks at rows that have as many cells as the heading, at most [`BLOCK`],
    /// column by column: what one row waits for in memory does not hold up the next.
    pub fn look(&mut self, rows: &[Cells<'_>]) {
        self.places.fill(0);
        self.plain.fill(false);
        for (span, look) in self.spans.iter_mut().zip(&mut self.looks) {
            span.look(&mut self.inlets, self.table, rows, look);
            let weight = span.weight;
            let places = self.places.iter_mut().zip(&mut self.plain);
            for ((place, plain), kind) in places.zip(look) {
                *place = place.wrapping_add(weight.wrapping_mul(u64::from(*kind)));
                *plain |= *kind == UNREAD;
            }
        }
    }

    /// Writes row `number` of those looked at to the end of `out` and gives what it
    /// comes to; none, and nothing written, when it has to go the plain way.
    pub fn write(
        &mut self,
        number: usize,
        cells: &Cells<'_>,
        out: &mut Vec<u8>,
        tally: &mut Tally,
    ) -> Option<&Brief> {
        if self.plain.get(number) != Some(&false) {
            return None;
        }
        let place = self.places.get(number)?;
        let slot = usize::try_from(place >> 51).unwrap_or(0) % ROWS;
        let width = self.spans.len();
        let known = self.keys.get(slot * width..(slot + 1) * width)?;
        let mut apart = u16::from(width == 0);
        for (known, look) in known.iter().zip(&self.looks) {
            apart |= known ^ look.get(number)?;
        }
        if apart != 0 {
            self.learn(number, slot, tally);
        }
        row::carried(self.table, cells, out);
        let row = self.rows.get_mut(slot)?;
        let told = self.told.get(slot)?;
        row.met += u64::from(apart == 0);
        if row.length > 0 {
            // Copied whole and cut, which is quicker than to copy so many letters.
            let end = out.len() + usize::from(row.length);
            out.extend_from_slice(&row.tail);
            out.truncate(end);
        } else {
            out.extend_from_slice(&told.tail);
        }
        Some(&told.brief)
    }

    /// Counts the rows met since.
    pub fn count(&mut self, tally: &mut Tally) {
        for (row, told) in self.rows.iter_mut().zip(&self.told) {
            let met = std::mem::take(&mut row.met);
            if met > 0 {
                tally.count(self.table.plan, &told.brief, met, self.table.view);
            }
        }
    }

    /// Starts anew where some question has met too many kinds. Not before all
    /// rows looked at are done with.
    pub fn forget(&mut self, tally: &mut Tally) {
        let full = self.inlets.iter().any(|inlet| inlet.kinds.is_full());
        if full || self.spans.iter().any(Span::is_full) {
            self.count(tally);
            *self = Self::new(self.table);
        }
    }

    /// Finds out what row `number` of those looked at comes to, and remembers it in
    /// place `slot`.
    fn learn(&mut self, number: usize, slot: usize, tally: &mut Tally) {
        let width = self.spans.len();
        let keys = self.keys.get_mut(slot * width..(slot + 1) * width);
        let rows = (self.rows.get_mut(slot), self.told.get_mut(slot));
        let (Some(key), (Some(row), Some(told))) = (keys, rows) else {
            return;
        };
        if row.met > 0 {
            tally.count(self.table.plan, &told.brief, row.met, self.table.view);
        }
        *row = NO_ROW;
        self.kinds.clear();
        for ((span, look), known) in self.spans.iter().zip(&self.looks).zip(key) {
            *known = look.get(number).copied().unwrap_or(UNREAD);
            self.kinds.extend_from_slice(span.members(known));
        }
        told.brief.clear();
        for part in &mut self.parts {
            let mut found = part.recalled(&self.kinds);
            if found == UNKNOWN {
                let brief = weigh(self.table, &self.base, &self.inlets, &self.kinds, part);
                found = part.remember(brief);
            }
            if let Some(brief) = part.brief(found) {
                told.brief.add(brief);
            }
        }
        told.brief.settle(self.table.plan);
        // Counted while it is at hand; most such rows are not met again.
        tally.count(self.table.plan, &told.brief, 1, self.table.view);
        told.tail.clear();
        row::tail(self.table, &told.brief, &mut told.tail);
        if let Some(tail) = row.tail.get_mut(..told.tail.len()) {
            tail.copy_from_slice(&told.tail);
            row.length = u8::try_from(told.tail.len()).unwrap_or(0);
        }
    }
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
