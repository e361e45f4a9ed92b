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
use rule_group::{RuleGroup, joint_groups, rule_groups};
use span::{Span, spans};

mod question;
mod rule_group;
mod span;

/// Maximum number of remembered rows.
const ROWS: usize = 1 << 11;
/// Maximum number of remembered results of a rule group, of combinations of marks and of pieces.
const ENTRIES: usize = 1 << 15;

type Known<T> = HashMap<Box<[Class]>, T, BuildHasherDefault<ByteHasher>>;

/// What one thread has learnt about the rows of a table.
#[derive(Debug)]
pub struct Memo<'t> {
    table: &'t Table<'t>,
    columns: Vec<QuestionColumns<'t>>,
    spans: Vec<Span>,
    rule_groups: Vec<RuleGroup>,
    /// Rules that may have a joint effect.
    joint_groups: Vec<RuleGroup>,
    /// Whether their joint effect must be checked for every row.
    always_joint: bool,
    /// The classes of replies to each question, shared by the threads.
    shared_classes: Vec<Classes<'t>>,
    /// The answers of questions without columns.
    base: Answers,
    /// Whether the possibility of their days is independent of the cells.
    settled: bool,
    /// The classes of the current row, by question columns.
    classes: Vec<Class>,
    /// The classes of the current rows, by span.
    span_classes: Vec<[Class; BLOCK]>,
    /// The hash of each current row, which gives its slot.
    hashes: [u64; BLOCK],
    /// Whether a current row needs full evaluation.
    needs_full: [bool; BLOCK],
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
    repeats: u64,
    /// Other facts about the row.
    facts: RowFacts,
    /// The length of `tail`; 0 if the cells are in `tails`.
    length: u8,
    /// The output cells and the line end.
    tail: [u8; SHORT_TAIL],
}

/// Facts about a row apart from its cells.
#[derive(Clone, Copy, Debug)]
pub struct RowFacts {
    /// The day to call a deferred patient back.
    pub recall: Option<Date>,
    /// Whether some of its answers contradict each other.
    pub doubted: bool,
}

impl RowFacts {
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
    repeats: 0,
    facts: RowFacts {
        recall: None,
        doubted: false,
    },
    length: 0,
    tail: [0; SHORT_TAIL],
};

impl<'t> Memo<'t> {
    /// The classes of replies to each question, shared by the threads.
    #[must_use]
    pub fn shared_classes(table: &'t Table<'t>) -> Vec<Classes<'t>> {
        let questions = 0..table.plan.questions.len();
        questions
            .map(|question| Classes::new(table.plan, question, table.reader.as_of))
            .collect()
    }

    /// A memo without rows, with these shared classes.
    #[must_use]
    pub fn new(table: &'t Table<'t>, shared_classes: Vec<Classes<'t>>) -> Self {
        let plan = table.plan;
        let mut base = plan.blank_answers();
        let mut columns = Vec::new();
        let sources = table.intake.questions.iter().zip(&plan.questions);
        for (question, ((source, asked), classes)) in sources.zip(&shared_classes).enumerate() {
            if source.column.is_none() && source.options.is_empty() {
                // The assumed answer was checked when it was given.
                let assumed = source.settled(Reply::Blank, &asked.question);
                base.set(question, assumed.unwrap_or_default());
            } else {
                columns.push(QuestionColumns::new(
                    table,
                    question,
                    source,
                    classes.clone(),
                ));
            }
        }
        columns.sort_by_key(|one| one.source.column.unwrap_or(usize::MAX));
        let rule_groups = rule_groups(plan, &columns);
        let settled = days::settled(plan, &base, table.reader.as_of);
        let joint_groups = joint_groups(plan, &columns, &rule_groups);
        // Rules that allow treatment while undecided may have a joint effect on a later day. A
        // relaxation may depend on the verdict without it.
        let lenient =
            |rule: &Rule| rule.grade > rule.if_unsure && rule.if_unsure.verdict().goes_ahead();
        let always_joint = !plan.relaxations.is_empty() || plan.rules.iter().any(lenient);
        let spans = spans(plan, &columns);
        Self {
            table,
            base,
            settled,
            classes: vec![0; columns.len()],
            span_classes: vec![[0; BLOCK]; spans.len()],
            hashes: [0; BLOCK],
            needs_full: [false; BLOCK],
            keys: vec![UNREAD; spans.len() * ROWS],
            rows: vec![NO_ROW; ROWS],
            tails: vec![Box::default(); ROWS],
            summary: Summary::default(),
            tail: Vec::new(),
            rule_groups,
            joint_groups,
            always_joint,
            spans,
            columns,
            shared_classes,
        }
    }

    /// Finds the classes of rows with as many cells as the heading, at most [`BLOCK`]. It works
    /// column by column, so that memory accesses of several rows overlap.
    pub fn classify(&mut self, rows: &[Cells<'_>]) {
        self.hashes.fill(0);
        self.needs_full.fill(!self.settled);
        for (span, classes) in self.spans.iter_mut().zip(&mut self.span_classes) {
            span.classify(&mut self.columns, self.table, rows, classes);
            let weight = span.weight;
            let rows = self.hashes.iter_mut().zip(&mut self.needs_full);
            for ((hash, needs_full), class) in rows.zip(classes) {
                *hash = hash.wrapping_add(weight.wrapping_mul(u64::from(*class)));
                *needs_full |= *class == UNREAD;
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
    ) -> Option<RowFacts> {
        if self.needs_full.get(number) != Some(&false) {
            return None;
        }
        let hash = self.hashes.get(number)?;
        let slot = usize::try_from(hash >> 53).unwrap_or(0) % ROWS;
        let width = self.spans.len();
        let known = self.keys.get(slot * width..(slot + 1) * width)?;
        let mut difference = u16::from(width == 0);
        for (known, classes) in known.iter().zip(&self.span_classes) {
            difference |= known ^ classes.get(number)?;
        }
        if difference != 0 {
            self.learn(number, slot, tally)?;
        }
        row::carried(self.table, cells, out);
        let row = self.rows.get_mut(slot)?;
        row.repeats += u64::from(difference == 0);
        if row.length > 0 {
            // Copying the whole array and truncating is faster than copying a variable length.
            let end = out.len() + usize::from(row.length);
            out.extend_from_slice(&row.tail);
            out.truncate(end);
        } else {
            out.extend_from_slice(self.tails.get(slot)?);
        }
        Some(row.facts)
    }

    /// Counts the rows that occurred since the last call.
    pub fn count(&mut self, tally: &mut Counts) {
        for slot in 0..self.rows.len() {
            self.count_row(slot, tally);
        }
    }

    /// Counts how often the row in `slot` occurred again.
    fn count_row(&mut self, slot: usize, tally: &mut Counts) {
        let repeats = self.rows.get_mut(slot).map(|row| &mut row.repeats);
        let repeats = repeats.map_or(0, std::mem::take);
        if repeats > 0 {
            self.combine(slot);
            tally.count(self.table.plan, &self.summary, repeats, self.table.view);
        }
    }

    /// Starts again if some question has too many classes. Must be called after the current rows
    /// are finished.
    pub fn forget(&mut self, tally: &mut Counts) {
        let full = self.columns.iter().any(|one| one.full);
        if full || self.spans.iter().any(Span::is_full) {
            self.count(tally);
            // Full classes are useless for the other threads too.
            let own = self.shared_classes.iter().map(Classes::anew).collect();
            *self = Self::new(self.table, own);
        }
    }

    /// Evaluates row `number` of the current rows, and remembers it in `slot`.
    fn learn(&mut self, number: usize, slot: usize, tally: &mut Counts) -> Option<()> {
        self.count_row(slot, tally);
        let width = self.spans.len();
        let keys = self.keys.get_mut(slot * width..(slot + 1) * width)?;
        for (key, classes) in keys.iter_mut().zip(&self.span_classes) {
            *key = *classes.get(number)?;
        }
        self.combine(slot);
        // Counted immediately, because most such rows do not occur again.
        tally.count(self.table.plan, &self.summary, 1, self.table.view);
        self.tail.clear();
        row::tail(self.table, &self.summary, &mut self.tail);
        let row = self.rows.get_mut(slot)?;
        *row = NO_ROW;
        row.facts = RowFacts::of(&self.summary);
        if let Some(tail) = row.tail.get_mut(..self.tail.len()) {
            tail.copy_from_slice(&self.tail);
            row.length = u8::try_from(self.tail.len()).unwrap_or(0);
        } else {
            *self.tails.get_mut(slot)? = self.tail.as_slice().into();
        }
        Some(())
    }

    /// Combines the result of the row that is remembered in `slot`.
    fn combine(&mut self, slot: usize) {
        let width = self.spans.len();
        let keys = self.keys.get(slot * width..(slot + 1) * width);
        self.classes.clear();
        for (span, key) in self.spans.iter().zip(keys.unwrap_or_default()) {
            self.classes.extend_from_slice(span.members(key));
        }
        self.summary.clear();
        let (table, base) = (self.table, &self.base);
        let (columns, classes) = (&self.columns, &self.classes);
        for group in &mut self.rule_groups {
            let evaluate = |group: &RuleGroup| evaluate(table, base, columns, classes, group);
            if let Some(summary) = group.result(classes, evaluate) {
                self.summary.add(summary);
            }
        }
        if self.always_joint || self.summary.possible > self.summary.verdict {
            for group in &mut self.joint_groups {
                let evaluate =
                    |group: &RuleGroup| evaluate(table, base, columns, classes, group).severity();
                if let Some(summary) = group.result(classes, evaluate) {
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
    columns: &[QuestionColumns<'_>],
    classes: &[Class],
    group: &RuleGroup,
) -> Summary {
    let mut answers = base.clone();
    for number in &group.columns {
        if let (Some(question_columns), Some(class)) = (columns.get(*number), classes.get(*number))
        {
            answers.set(
                question_columns.question,
                question_columns.classes.reply(*class),
            );
        }
    }
    Summary::of(
        &Patient::new(table.plan, &answers, table.reader.as_of),
        &group.scope,
        table.reader.as_of,
    )
}

pub mod cell_cache;
pub mod class;
pub mod classes;
mod days;
