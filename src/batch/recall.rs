//! Rows by what was learnt from the rows before.
//!
//! A cell becomes the number of its kind ([`super::kinds`]), a row the numbers
//! of its cells. What a row of these numbers comes to is remembered whole; what
//! is new is put together from parts of the pack that read few questions, each
//! remembered as well. Everything new goes the plain way, through the engine's
//! reader and [`Brief::of`], so both ways mean the same.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::engine::answer::{Answers, Mark, Reply};
use crate::engine::brief::Brief;
use crate::engine::condition::Condition;
use crate::engine::plan::Plan;
use crate::engine::question;
use crate::engine::weigh::Patient;

use super::cells::Cells;
use super::glance::{Glance, Letters};
use super::intake::{Source, marked};
use super::kinds::{Kind, Kinds, UNREAD};
use super::row;
use super::table::Table;
use super::tally::Tally;

/// Rows that are remembered whole, and rows of parts that are.
const ROWS: usize = 1 << 13;
const PARTS: usize = 1 << 15;

type Known<T> = HashMap<Box<[Kind]>, T, BuildHasherDefault<Letters>>;

/// What one thread has learnt about the rows of a table.
#[derive(Debug)]
pub struct Recall<'t> {
    table: &'t Table<'t>,
    inlets: Vec<Inlet<'t>>,
    parts: Vec<Part>,
    /// The answers of questions without columns.
    base: Answers,
    /// The kinds of the row at hand.
    kinds: Vec<Kind>,
    /// The kinds of remembered rows, `inlets` of them for each.
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

/// A question with columns.
#[derive(Debug)]
struct Inlet<'t> {
    question: usize,
    source: &'t Source,
    kinds: Kinds<'t>,
    /// One for the column, or one for each option's.
    glances: Vec<Glance>,
    /// The kinds of marks together.
    marks: Known<Kind>,
}

/// Rules that read the same questions.
#[derive(Debug)]
struct Part {
    rules: Vec<usize>,
    /// The inlets that tell them apart.
    inlets: Vec<usize>,
    known: Known<Brief>,
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
        let parts = parts(plan, &inlets);
        Self {
            table,
            base,
            kinds: vec![0; inlets.len()],
            keys: vec![UNREAD; inlets.len() * ROWS],
            rows: vec![Row::default(); ROWS],
            parts,
            inlets,
        }
    }

    /// Writes the row of `cells` to the end of `out`; false, and nothing
    /// written, when it has to go the plain way.
    pub fn write(&mut self, cells: &Cells<'_>, out: &mut Vec<u8>, tally: &mut Tally) -> bool {
        let mut mixed = 0_u64;
        for (kind, inlet) in self.kinds.iter_mut().zip(&mut self.inlets) {
            *kind = inlet.kind(self.table, cells);
            if *kind == UNREAD {
                return self.forget(tally);
            }
            mixed = (mixed.rotate_left(7) ^ u64::from(*kind)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
        let slot = usize::try_from(mixed >> 51).unwrap_or(0) % ROWS;
        let width = self.kinds.len();
        let known = self.keys.get(slot * width..(slot + 1) * width);
        if known != Some(&self.kinds) || width == 0 {
            self.learn(slot, tally);
        }
        row::carried(self.table, cells, out);
        if let Some(row) = self.rows.get_mut(slot) {
            row.met += 1;
            out.extend_from_slice(&row.tail);
        }
        true
    }

    /// Counts the rows met since.
    pub fn count(&mut self, tally: &mut Tally) {
        for row in &mut self.rows {
            if row.met > 0 {
                tally.count(&row.brief, std::mem::take(&mut row.met), self.table.view);
            }
        }
    }

    /// Starts anew where some question has met too many kinds.
    fn forget(&mut self, tally: &mut Tally) -> bool {
        if self.inlets.iter().any(|inlet| inlet.kinds.is_full()) {
            self.count(tally);
            *self = Self::new(self.table);
        }
        false
    }

    /// Finds out what the row at hand comes to, and remembers it in place `slot`.
    fn learn(&mut self, slot: usize, tally: &mut Tally) {
        let mut brief = Brief::default();
        for part in &mut self.parts {
            let key: Box<[Kind]> = part
                .inlets
                .iter()
                .filter_map(|inlet| self.kinds.get(*inlet))
                .copied()
                .collect();
            if !part.known.contains_key(&key) {
                if part.known.len() >= PARTS {
                    part.known.clear();
                }
                let found = weigh(self.table, &self.base, &self.inlets, &self.kinds, part);
                part.known.insert(key.clone(), found);
            }
            if let Some(known) = part.known.get(&key) {
                brief.add(known);
            }
        }
        brief.settle(self.table.plan);
        let width = self.kinds.len();
        if let Some(key) = self.keys.get_mut(slot * width..(slot + 1) * width) {
            key.copy_from_slice(&self.kinds);
        }
        if let Some(place) = self.rows.get_mut(slot) {
            if place.met > 0 {
                tally.count(&place.brief, place.met, self.table.view);
            }
            place.met = 0;
            place.tail.clear();
            row::tail(self.table, &brief, &mut place.tail);
            place.brief = brief;
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

/// The rules by the inlets they read, gates included.
fn parts(plan: &Plan, inlets: &[Inlet<'_>]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (number, rule) in plan.rules.iter().enumerate() {
        let mut read = Vec::new();
        questions(plan, &rule.when, &mut read);
        let mut through: Vec<usize> = Vec::new();
        for (place, inlet) in inlets.iter().enumerate() {
            if read.contains(&inlet.question) {
                through.push(place);
            }
        }
        match parts.iter_mut().find(|part| part.inlets == through) {
            Some(part) => part.rules.push(number),
            None => parts.push(Part {
                rules: vec![number],
                inlets: through,
                known: HashMap::default(),
            }),
        }
    }
    parts
}

/// Every question that `condition` reads, and those that decide whether they are asked.
fn questions(plan: &Plan, condition: &Condition, found: &mut Vec<usize>) {
    let mut tests = Vec::new();
    condition.tests(&mut tests);
    for test in tests {
        if found.contains(&test.question) {
            continue;
        }
        found.push(test.question);
        let gate = plan
            .questions
            .get(test.question)
            .and_then(|asked| asked.gate.as_ref());
        if let Some(gate) = gate {
            questions(plan, gate, found);
        }
    }
}

impl<'t> Inlet<'t> {
    fn new(table: &'t Table<'t>, question: usize, source: &'t Source) -> Self {
        let asked = table.plan.questions.get(question);
        let dated = asked.is_some_and(|asked| {
            use question::Kind::{Course, Date, Event};
            matches!(asked.question.kind, Date | Event | Course)
        });
        let columns = source.options.len().max(1);
        Self {
            question,
            source,
            kinds: Kinds::new(table.plan, question, table.reader.as_of),
            glances: (0..columns).map(|_| Glance::new(dated)).collect(),
            marks: HashMap::default(),
        }
    }

    /// The kind of what `cells` say to the question.
    #[inline]
    fn kind(&mut self, table: &Table<'_>, cells: &Cells<'_>) -> Kind {
        let Some(column) = self.source.column else {
            return self.kind_of_marks(table, cells);
        };
        let Some(glance) = self.glances.first_mut() else {
            return UNREAD;
        };
        let (raw, short) = cells.short(column);
        let (source, kinds, question) = (self.source, &mut self.kinds, self.question);
        glance.kind(raw, short, || {
            let asked = table.plan.questions.get(question);
            let reply =
                asked.and_then(|asked| source.reply(&table.reader, &asked.question, cells).ok());
            reply.map_or(UNREAD, |reply| kinds.of(reply))
        })
    }

    fn kind_of_marks(&mut self, table: &Table<'_>, cells: &Cells<'_>) -> Kind {
        let Some(asked) = table.plan.questions.get(self.question) else {
            return UNREAD;
        };
        let question = &asked.question;
        let mut key = Vec::with_capacity(self.source.options.len());
        for ((column, option), glance) in self.source.options.iter().zip(&mut self.glances) {
            let (raw, short) = cells.short(*column);
            let kind = glance.kind(raw, short, || {
                let mark = self
                    .source
                    .mark(&table.reader, question, *option, &cells.cell(*column));
                mark.map_or(UNREAD, |mark| mark as Kind)
            });
            if kind == UNREAD {
                return UNREAD;
            }
            key.push(kind);
        }
        if let Some(kind) = self.marks.get(key.as_slice()) {
            return *kind;
        }
        let mark = |kind: Kind| {
            [
                Mark::Blank,
                Mark::Yes,
                Mark::No,
                Mark::NotSure,
                Mark::Declined,
            ]
            .into_iter()
            .find(|mark| *mark as Kind == kind)
            .unwrap_or(Mark::Blank)
        };
        let options = self.source.options.iter().map(|(_, option)| *option);
        let marks: Vec<(usize, Mark)> = options.zip(key.iter().map(|kind| mark(*kind))).collect();
        let reply = self
            .source
            .settled(marked(question, Reply::Blank, &marks), question);
        let kind = self.kinds.of(reply);
        if self.marks.len() >= PARTS {
            self.marks.clear();
        }
        self.marks.insert(key.into_boxed_slice(), kind);
        kind
    }
}
