//! Evaluates rows with the help of earlier rows.
//!
//! Each cell gets the number of its class ([`classes`]), and a row is a list of these numbers. The
//! results of whole rows are remembered. A new row is combined from the results of rule groups that
//! read few questions, which are remembered too. Everything new is evaluated in full by the
//! engine's reader and [`Summary::of`], so both ways give the same results.

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

/// Maximum number of remembered rows, and of remembered rows of a rule group.
const ROWS: usize = 1 << 11;
const PARTS: usize = 1 << 15;

type Known<T> = HashMap<Box<[Class]>, T, BuildHasherDefault<ByteHasher>>;

/// What one thread has learnt about the rows of a table.
#[derive(Debug)]
pub struct Memo<'t> {
    table: &'t Table<'t>,
    inlets: Vec<QuestionColumns<'t>>,
    spans: Vec<Span>,
    parts: Vec<RuleGroup>,
    /// Rules that may have a joint effect.
    groups: Vec<RuleGroup>,
    /// Whether their joint effect must be checked for every row.
    always: bool,
    /// The classes of replies to each question.
    shared: Vec<Classes<'t>>,
    /// The answers of questions without columns.
    base: Answers,
    /// Whether the possibility of their days is independent of the cells.
    settled: bool,
    /// The classes of the current row, by question columns.
    kinds: Vec<Class>,
    /// The classes of the current rows, by span.
    looks: Vec<[Class; BLOCK]>,
    /// The hash of each current row, which gives its slot.
    places: [u64; BLOCK],
    /// Whether a current row needs full evaluation.
    plain: [bool; BLOCK],
    /// The classes of the remembered rows, one row after the other.
    keys: Vec<Class>,
    rows: Vec<Row>,
    /// The output cells of the row in the same slot, if they are long.
    tails: Vec<Box<[u8]>>,
    /// The result of the current row, and its output cells.
    summary: Summary,
    tail: Vec<u8>,
}

/// A remembered row. Its result is combined again when it is counted: most rows occur once, and
/// writing to more memory takes time.
#[derive(Clone, Copy, Debug)]
struct Row {
    /// How often the row occurred again since it was last counted.
    met: u64,
    /// Other facts about the row.
    met_with: Met,
    /// The length of `tail`; 0 if the cells are in `tails`.
    length: u8,
    /// The output cells and the line end.
    tail: [u8; SHORT_TAIL],
}

/// Facts about a row apart from its cells.
#[derive(Clone, Copy, Debug)]
pub struct Met {
    /// The day to call a deferred patient back.
    pub recall: Option<Date>,
    /// Whether some of its answers contradict each other.
    pub doubted: bool,
}

impl Met {
    /// The facts about a row with this result.
    #[must_use]
    pub fn of(summary: &Summary) -> Self {
        Self {
            recall: summary.recall(),
            doubted: !summary.doubts.is_empty(),
        }
    }
}

/// Maximum length of output cells that are stored within a row.
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
    /// The classes of replies to each question, shared by the threads.
    #[must_use]
    pub fn kinds(table: &'t Table<'t>) -> Vec<Classes<'t>> {
        let questions = 0..table.plan.questions.len();
        questions
            .map(|question| Classes::new(table.plan, question, table.reader.as_of))
            .collect()
    }

    /// A memo without rows, with these shared classes.
    #[must_use]
    pub fn new(table: &'t Table<'t>, kinds: Vec<Classes<'t>>) -> Self {
        let plan = table.plan;
        let mut base = plan.blank_answers();
        let mut inlets = Vec::new();
        let sources = table.intake.questions.iter().zip(&plan.questions);
        for (question, ((source, asked), kinds)) in sources.zip(&kinds).enumerate() {
            if source.column.is_none() && source.options.is_empty() {
                // The assumed answer was checked when it was given.
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
        // Rules that allow treatment while undecided may have a joint effect on a later day. A
        // relaxation may depend on the verdict without it.
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

    /// Finds the classes of rows with as many cells as the heading, at most [`BLOCK`]. It works
    /// column by column, so that memory accesses of several rows overlap.
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

    /// Appends row `number` of the current rows to `out`, and returns the other facts about it.
    /// None if the row needs full evaluation; then nothing is written.
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
        let slot = usize::try_from(place >> 53).unwrap_or(0) % ROWS;
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
            // Copying the whole array and truncating is faster than copying a variable length.
            let end = out.len() + usize::from(row.length);
            out.extend_from_slice(&row.tail);
            out.truncate(end);
        } else {
            out.extend_from_slice(self.tails.get(slot)?);
        }
        Some(row.met_with)
    }

    /// Counts the rows that occurred since the last call.
    pub fn count(&mut self, tally: &mut Counts) {
        for slot in 0..self.rows.len() {
            self.count_row(slot, tally);
        }
    }

    /// Counts how often the row in `slot` occurred again.
    fn count_row(&mut self, slot: usize, tally: &mut Counts) {
        let met = self.rows.get_mut(slot).map(|row| &mut row.met);
        let met = met.map_or(0, std::mem::take);
        if met > 0 {
            self.put_together(slot);
            tally.count(self.table.plan, &self.summary, met, self.table.view);
        }
    }

    /// Starts again if some question has too many classes. Must be called after the current rows
    /// are finished.
    pub fn forget(&mut self, tally: &mut Counts) {
        let full = self.inlets.iter().any(|inlet| inlet.full);
        if full || self.spans.iter().any(Span::is_full) {
            self.count(tally);
            // Full classes are useless for the other threads too.
            let own = self.shared.iter().map(Classes::anew).collect();
            *self = Self::new(self.table, own);
        }
    }

    /// Evaluates row `number` of the current rows, and remembers it in `slot`.
    fn learn(&mut self, number: usize, slot: usize, tally: &mut Counts) -> Option<()> {
        self.count_row(slot, tally);
        let width = self.spans.len();
        let keys = self.keys.get_mut(slot * width..(slot + 1) * width)?;
        for (key, look) in keys.iter_mut().zip(&self.looks) {
            *key = *look.get(number)?;
        }
        self.put_together(slot);
        // Counted immediately, because most such rows do not occur again.
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

    /// Combines the result of the row that is remembered in `slot`.
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

/// Evaluates a rule group for the current row in full.
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
