//! Rows by what was learnt from the rows before.
//!
//! A cell becomes the number of its kind ([`super::kinds`]), a row the numbers
//! of its cells. What a row of these numbers comes to is remembered whole; what
//! is new is put together from parts of the pack that read few questions, each
//! remembered as well. Everything new goes the plain way, through the engine's
//! reader and [`Brief::of`], so both ways mean the same.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::rc::Rc;

use crate::engine::answer::{Answers, Mark, Reply};
use crate::engine::brief::Brief;
use crate::engine::condition::Condition;
use crate::engine::medicine::Piece;
use crate::engine::plan::Plan;
use crate::engine::question;
use crate::engine::weigh::Patient;

use super::cells::{Cells, unquoted};
use super::glance::{Glance, Letters, NEW};
use super::intake::{Source, marked};
use super::kinds::{Kind, Kinds, UNREAD};
use super::row;
use super::table::Table;
use super::tally::Tally;

/// Rows that are remembered whole, and rows of parts that are.
const ROWS: usize = 1 << 13;
const PARTS: usize = 1 << 15;

/// The kinds of one question that are looked up by their number.
const FEW: usize = 1 << 12;

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
    /// Its share in the place of a row.
    weight: u64,
    kinds: Kinds<'t>,
    /// One for the column, or one for each option's.
    glances: Vec<Glance>,
    /// The kinds of marks together.
    marks: Known<Kind>,
    /// What pieces of lists of medicines said.
    pieces: HashMap<Box<str>, Rc<Piece>, BuildHasherDefault<Letters>>,
}

/// Rules that read the same questions.
#[derive(Debug)]
struct Part {
    rules: Vec<usize>,
    /// The inlets that tell them apart.
    inlets: Vec<usize>,
    /// The kinds of the row at hand, in these inlets.
    key: Vec<Kind>,
    /// What was found, by the kind of the only inlet; the number of its brief.
    few: Vec<usize>,
    /// The same by the kinds of several inlets, and by kinds beyond `few`.
    many: Known<usize>,
    briefs: Vec<Brief>,
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
            mixed = mixed.wrapping_add(inlet.weight.wrapping_mul(u64::from(*kind)));
        }
        let slot = usize::try_from(mixed >> 51).unwrap_or(0) % ROWS;
        let width = self.kinds.len();
        let known = self.keys.get(slot * width..(slot + 1) * width);
        if !known.is_some_and(|known| same(known, &self.kinds)) || width == 0 {
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
        let width = self.kinds.len();
        let keys = self.keys.get_mut(slot * width..(slot + 1) * width);
        let (Some(key), Some(row)) = (keys, self.rows.get_mut(slot)) else {
            return;
        };
        if row.met > 0 {
            tally.count(&row.brief, std::mem::take(&mut row.met), self.table.view);
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
        key.copy_from_slice(&self.kinds);
        row.tail.clear();
        row::tail(self.table, &row.brief, &mut row.tail);
    }
}

/// What the key at hand comes to is not known yet.
const UNKNOWN: usize = usize::MAX;

impl Part {
    /// The number of what the key at hand comes to.
    #[inline]
    fn recalled(&self) -> usize {
        let few = match self.key.as_slice() {
            [kind] => self.few.get(usize::from(*kind)),
            _ => None,
        };
        few.or_else(|| self.many.get(self.key.as_slice()))
            .copied()
            .unwrap_or(UNKNOWN)
    }

    /// Remembers what the key at hand comes to; gives its number, 0 for nothing at all.
    fn remember(&mut self, brief: Brief) -> usize {
        if self.briefs.len() >= PARTS || self.many.len() >= PARTS {
            self.briefs.clear();
            self.many.clear();
            self.few.fill(UNKNOWN);
        }
        let number = if brief == Brief::default() {
            0
        } else {
            self.briefs.push(brief);
            self.briefs.len()
        };
        let place = self.key.first().map_or(0, |kind| usize::from(*kind));
        match self.few.get_mut(place) {
            Some(known) if self.key.len() == 1 => *known = number,
            _ => {
                self.many.insert(self.key.as_slice().into(), number);
            }
        }
        number
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
                key: Vec::new(),
                few: if through.len() == 1 {
                    vec![UNKNOWN; FEW]
                } else {
                    Vec::new()
                },
                inlets: through,
                many: HashMap::default(),
                briefs: Vec::new(),
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
            weight: (question as u64 * 2 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
            kinds: Kinds::new(table.plan, question, table.reader.as_of),
            glances: (0..columns).map(|_| Glance::new(dated)).collect(),
            marks: HashMap::default(),
            pieces: HashMap::default(),
        }
    }

    /// The kind of what `cells` say to the question.
    #[inline]
    fn kind(&mut self, table: &Table<'_>, cells: &Cells<'_>) -> Kind {
        let (Some(column), Some(glance)) = (self.source.column, self.glances.first()) else {
            return self.kind_of_marks(table, cells);
        };
        let (raw, letters) = cells.letters(column);
        match glance.seen(raw, letters) {
            NEW => self.read(table, raw, letters),
            kind => kind,
        }
    }

    /// Reads a cell that was not met before.
    #[cold]
    fn read(&mut self, table: &Table<'_>, raw: &[u8], letters: u128) -> Kind {
        let asked = table.plan.questions.get(self.question);
        let reader = &table.reader;
        let pieces = &mut self.pieces;
        let mut piece = |text: &str| {
            if let Some(piece) = pieces.get(text) {
                return Rc::clone(piece);
            }
            if pieces.len() >= PARTS {
                pieces.clear();
            }
            let piece = Rc::new(reader.piece(text));
            pieces.insert(text.into(), Rc::clone(&piece));
            piece
        };
        let reply = asked.and_then(|asked| {
            let text = unquoted(raw);
            let read = reader.reply_by(&asked.question, &text, &mut piece).ok()?;
            Some(self.source.settled(read, &asked.question))
        });
        let kind = reply.map_or(UNREAD, |reply| self.kinds.of(reply));
        for glance in &mut self.glances {
            glance.remember(raw, letters, kind);
        }
        kind
    }

    fn kind_of_marks(&mut self, table: &Table<'_>, cells: &Cells<'_>) -> Kind {
        let Some(asked) = table.plan.questions.get(self.question) else {
            return UNREAD;
        };
        let question = &asked.question;
        let mut key = Vec::with_capacity(self.source.options.len());
        for ((column, option), glance) in self.source.options.iter().zip(&mut self.glances) {
            let (raw, letters) = cells.letters(*column);
            let mut kind = glance.seen(raw, letters);
            if kind == NEW {
                let read = self
                    .source
                    .mark(&table.reader, question, *option, &unquoted(raw));
                kind = read.map_or(UNREAD, |mark| mark as Kind);
                glance.remember(raw, letters, kind);
            }
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
