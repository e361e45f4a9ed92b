//! Rows by what was learnt from the rows before.
//!
//! A cell becomes the number of its kind ([`classes`]), a row the numbers
//! of its cells. What a row of these numbers comes to is remembered whole; what
//! is new is put together from parts of the pack that read few questions, each
//! remembered as well. Everything new goes the plain way, through the engine's
//! reader and [`Summary::of`], so both ways mean the same.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use candidacy_engine::answer::{Answers, Reply};
use candidacy_engine::date::Date;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::plan::Rule;
use candidacy_engine::summary::Summary;

use super::counts::Counts;
use super::csv::records::{BLOCK, Cells};
use super::output::row;
use super::table::Table;
use cell_cache::ByteHasher;
use class::{Class, UNREAD};
use classes::Classes;

use question::QuestionColumns;
use rule_group::{RuleGroup, groups, parts};
use span::{Span, spans};

mod question;
mod rule_group;
mod span;

/// Rows that are remembered whole, and rows of parts that are.
const ROWS: usize = 1 << 13;
const PARTS: usize = 1 << 15;

type Known<T> = HashMap<Box<[Class]>, T, BuildHasherDefault<ByteHasher>>;

/// What one thread has learnt about the rows of a table.
#[derive(Debug)]
pub struct Memo<'t> {
    table: &'t Table<'t>,
    inlets: Vec<QuestionColumns<'t>>,
    spans: Vec<Span>,
    parts: Vec<RuleGroup>,
    /// Rules that may come to more together than each by itself.
    groups: Vec<RuleGroup>,
    /// Whether they have to be looked at for every row.
    always: bool,
    /// The kinds of replies to each question.
    shared: Vec<Classes<'t>>,
    /// The answers of questions without columns.
    base: Answers,
    /// Whether their days can be right, whatever the cells say.
    settled: bool,
    /// The kinds of the row at hand, by inlet.
    kinds: Vec<Class>,
    /// The same of the rows looked at, by span.
    looks: Vec<[Class; BLOCK]>,
    /// Where each row looked at may be remembered.
    places: [u64; BLOCK],
    /// Which of them have to go the plain way.
    plain: [bool; BLOCK],
    /// The keys of remembered rows, one after the other.
    keys: Vec<Class>,
    rows: Vec<Row>,
    /// Our cells of the row in the same place, where they are many letters.
    tails: Vec<Box<[u8]>>,
    /// What the row at hand comes to, and our cells of it.
    summary: Summary,
    tail: Vec<u8>,
}

/// A row that is remembered. What it comes to is put together again when it is
/// counted: most rows are met once, and memory that is touched takes time.
#[derive(Clone, Copy, Debug)]
struct Row {
    /// How many more rows were such since it was last counted.
    met: u64,
    /// What is told of it besides.
    met_with: Met,
    /// How long `tail` is; 0 when it stands in `tails`.
    length: u8,
    /// Our cells and the line end.
    tail: [u8; SHORT_TAIL],
}

/// What is told of a row besides its cells.
#[derive(Clone, Copy, Debug)]
pub struct Met {
    /// The day to call a deferred patient back.
    pub recall: Option<Date>,
    /// Whether some of its answers cannot all be right.
    pub doubted: bool,
}

impl Met {
    /// What is told of a row that comes to `summary`.
    #[must_use]
    pub fn of(summary: &Summary) -> Self {
        Self {
            recall: summary.recall(),
            doubted: !summary.doubts.is_empty(),
        }
    }
}

/// So many letters of our cells are kept beside the count of a row.
const SHORT_TAIL: usize = 47;

const NO_ROW: Row = Row {
    met: 0,
    met_with: Met {
        recall: None,
        doubted: false,
    },
    length: 0,
    tail: [0; SHORT_TAIL],
};

impl<'t> Memo<'t> {
    /// The kinds of replies to each question, to be shared by the threads.
    #[must_use]
    pub fn kinds(table: &'t Table<'t>) -> Vec<Classes<'t>> {
        let questions = 0..table.plan.questions.len();
        questions
            .map(|question| Classes::new(table.plan, question, table.reader.as_of))
            .collect()
    }

    /// Nothing learnt yet, apart from `kinds`.
    #[must_use]
    pub fn new(table: &'t Table<'t>, kinds: Vec<Classes<'t>>) -> Self {
        let plan = table.plan;
        let mut base = plan.blank_answers();
        let mut inlets = Vec::new();
        let sources = table.intake.questions.iter().zip(&plan.questions);
        for (question, ((source, asked), kinds)) in sources.zip(&kinds).enumerate() {
            if source.column.is_none() && source.options.is_empty() {
                // What is assumed was checked when it was named.
                let assumed = source.settled(Reply::Blank, &asked.question);
                base.set(question, assumed.unwrap_or_default());
            } else {
                inlets.push(QuestionColumns::new(table, question, source, kinds.clone()));
            }
        }
        inlets.sort_by_key(|inlet| inlet.source.column.unwrap_or(usize::MAX));
        let parts = parts(plan, &inlets);
        let settled = days::settled(plan, &base, table.reader.as_of);
        let groups = groups(plan, &inlets, &parts);
        // Rules that let treatment go ahead while they are undecided may come to more
        // on a later day; and what is relaxed may rest on what would be otherwise.
        let lenient =
            |rule: &Rule| rule.grade > rule.if_unsure && rule.if_unsure.verdict().goes_ahead();
        let always = !plan.relaxations.is_empty() || plan.rules.iter().any(lenient);
        let spans = spans(plan, &inlets);
        Self {
            table,
            base,
            settled,
            kinds: vec![0; inlets.len()],
            looks: vec![[0; BLOCK]; spans.len()],
            places: [0; BLOCK],
            plain: [false; BLOCK],
            keys: vec![UNREAD; spans.len() * ROWS],
            rows: vec![NO_ROW; ROWS],
            tails: vec![Box::default(); ROWS],
            summary: Summary::default(),
            tail: Vec::new(),
            parts,
            groups,
            always,
            spans,
            inlets,
            shared: kinds,
        }
    }

    /// Looks at rows that have as many cells as the heading, at most [`BLOCK`],
    /// column by column: what one row waits for in memory does not hold up the next.
    pub fn look(&mut self, rows: &[Cells<'_>]) {
        self.places.fill(0);
        self.plain.fill(!self.settled);
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

    /// Writes row `number` of those looked at to the end of `out`, and gives what is
    /// told of it besides; none, and nothing written, when the row has to go the plain way.
    pub fn write(
        &mut self,
        number: usize,
        cells: &Cells<'_>,
        out: &mut Vec<u8>,
        tally: &mut Counts,
    ) -> Option<Met> {
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
            self.learn(number, slot, tally)?;
        }
        row::carried(self.table, cells, out);
        let row = self.rows.get_mut(slot)?;
        row.met += u64::from(apart == 0);
        if row.length > 0 {
            // Copied whole and cut, which is quicker than to copy so many letters.
            let end = out.len() + usize::from(row.length);
            out.extend_from_slice(&row.tail);
            out.truncate(end);
        } else {
            out.extend_from_slice(self.tails.get(slot)?);
        }
        Some(row.met_with)
    }

    /// Counts the rows met since.
    pub fn count(&mut self, tally: &mut Counts) {
        for slot in 0..self.rows.len() {
            self.count_row(slot, tally);
        }
    }

    /// Counts how often the row in place `slot` was met again.
    fn count_row(&mut self, slot: usize, tally: &mut Counts) {
        let met = self.rows.get_mut(slot).map(|row| &mut row.met);
        let met = met.map_or(0, std::mem::take);
        if met > 0 {
            self.put_together(slot);
            tally.count(self.table.plan, &self.summary, met, self.table.view);
        }
    }

    /// Starts anew where some question has met too many kinds. Not before all
    /// rows looked at are done with.
    pub fn forget(&mut self, tally: &mut Counts) {
        let full = self.inlets.iter().any(|inlet| inlet.full);
        if full || self.spans.iter().any(Span::is_full) {
            self.count(tally);
            // What is full is of no use to the other threads either.
            let own = self.shared.iter().map(Classes::anew).collect();
            *self = Self::new(self.table, own);
        }
    }

    /// Finds out what row `number` of those looked at comes to, and remembers it in
    /// place `slot`.
    fn learn(&mut self, number: usize, slot: usize, tally: &mut Counts) -> Option<()> {
        self.count_row(slot, tally);
        let width = self.spans.len();
        let keys = self.keys.get_mut(slot * width..(slot + 1) * width)?;
        for (key, look) in keys.iter_mut().zip(&self.looks) {
            *key = *look.get(number)?;
        }
        self.put_together(slot);
        // Counted while it is at hand; most such rows are not met again.
        tally.count(self.table.plan, &self.summary, 1, self.table.view);
        self.tail.clear();
        row::tail(self.table, &self.summary, &mut self.tail);
        let row = self.rows.get_mut(slot)?;
        *row = NO_ROW;
        row.met_with = Met::of(&self.summary);
        if let Some(tail) = row.tail.get_mut(..self.tail.len()) {
            tail.copy_from_slice(&self.tail);
            row.length = u8::try_from(self.tail.len()).unwrap_or(0);
        } else {
            *self.tails.get_mut(slot)? = self.tail.as_slice().into();
        }
        Some(())
    }

    /// Puts together what the row remembered in place `slot` comes to.
    fn put_together(&mut self, slot: usize) {
        let width = self.spans.len();
        let keys = self.keys.get(slot * width..(slot + 1) * width);
        self.kinds.clear();
        for (span, key) in self.spans.iter().zip(keys.unwrap_or_default()) {
            self.kinds.extend_from_slice(span.members(key));
        }
        self.summary.clear();
        let (table, base) = (self.table, &self.base);
        let (inlets, kinds) = (&self.inlets, &self.kinds);
        for part in &mut self.parts {
            let evaluate = |part: &RuleGroup| evaluate(table, base, inlets, kinds, part);
            if let Some(summary) = part.of(kinds, evaluate) {
                self.summary.add(summary);
            }
        }
        if self.always || self.summary.possible > self.summary.verdict {
            for group in &mut self.groups {
                let evaluate =
                    |group: &RuleGroup| evaluate(table, base, inlets, kinds, group).severity();
                if let Some(summary) = group.of(kinds, evaluate) {
                    self.summary.add(summary);
                }
            }
        }
        self.summary.settle(self.table.plan);
    }
}

/// What a part comes to for the row at hand, the plain way.
fn evaluate(
    table: &Table<'_>,
    base: &Answers,
    inlets: &[QuestionColumns<'_>],
    kinds: &[Class],
    part: &RuleGroup,
) -> Summary {
    let mut answers = base.clone();
    for number in &part.inlets {
        if let (Some(inlet), Some(kind)) = (inlets.get(*number), kinds.get(*number)) {
            answers.set(inlet.question, inlet.kinds.reply(*kind));
        }
    }
    Summary::of(
        &Patient::new(table.plan, &answers, table.reader.as_of),
        &part.scope,
        table.reader.as_of,
    )
}

pub mod cell_cache;
pub mod class;
pub mod classes;
mod days;
