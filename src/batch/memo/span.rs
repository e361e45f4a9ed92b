//! Adjacent columns with few different words are looked up together: `no,no,none,no` takes one
//! lookup instead of four.

use std::collections::HashMap;

use candidacy_engine::plan::Plan;
use candidacy_engine::question::Kind as Type;

use crate::batch::csv::records::{BLOCK, Cells, LONG};
use crate::batch::memo::class::{Class, UNREAD};
use crate::batch::table::Table;

use super::Known;
use super::question::QuestionColumns;

/// Maximum number of columns that are looked up together.
const WIDEST: usize = 6;

/// Number of slots for texts, and maximum number of class combinations.
const TEXTS: usize = 1 << 10;
const MOST: usize = 50_000;

/// The columns of one question, or of several questions in adjacent columns.
#[derive(Debug)]
pub(super) struct Span {
    /// The first question's index, and the one after the last.
    pub(super) inlets: std::ops::Range<usize>,
    first: usize,
    last: usize,
    /// Its factor in the hash of a row.
    pub(super) weight: u64,
    texts: Vec<([u128; 2], Class)>,
    known: Known<Class>,
    /// For each class of the span, the classes of its questions.
    members: Vec<Class>,
    /// The classes of the current row.
    key: Vec<Class>,
}

/// Whether the cells of this question have few different words.
fn is_short(plan: &Plan, inlet: &QuestionColumns<'_>) -> bool {
    let asked = plan.questions.get(inlet.question);
    asked.is_some_and(|asked| matches!(asked.question.kind, Type::YesNo | Type::Choice(_)))
}

/// Divides the questions, which are in column order, into spans.
pub(super) fn spans(plan: &Plan, inlets: &[QuestionColumns<'_>]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut open = false;
    for (number, inlet) in inlets.iter().enumerate() {
        let column = inlet.source.column.unwrap_or(usize::MAX);
        let short = is_short(plan, inlet);
        match spans.last_mut() {
            Some(span)
                if open && short && span.last + 1 == column && span.inlets.len() < WIDEST =>
            {
                span.last = column;
                span.inlets.end = number + 1;
            }
            _ => spans.push(Span::new(number, column)),
        }
        open = short;
    }
    for span in &mut spans {
        if span.inlets.len() > 1 {
            // No text of two cells is empty, so an empty slot never matches.
            span.texts = vec![([0; 2], UNREAD); TEXTS];
        }
    }
    spans
}

impl Span {
    fn new(inlet: usize, column: usize) -> Self {
        Self {
            inlets: inlet..inlet + 1,
            first: column,
            last: column,
            weight: (inlet as u64 * 2 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
            texts: Vec::new(),
            known: HashMap::default(),
            members: Vec::new(),
            key: Vec::new(),
        }
    }

    /// Writes the class of each row's cells in this span to `look`.
    pub(super) fn look(
        &mut self,
        inlets: &mut [QuestionColumns<'_>],
        table: &Table<'_>,
        rows: &[Cells<'_>],
        look: &mut [Class; BLOCK],
    ) {
        if !self.texts.is_empty() {
            for (cells, kind) in rows.iter().zip(look) {
                *kind = self.kind(inlets, table, cells);
            }
        } else if let Some(inlet) = inlets.get_mut(self.inlets.start) {
            inlet.look(table, rows, look);
        }
    }

    /// The class of `cells` in several columns.
    #[inline]
    fn kind(
        &mut self,
        inlets: &mut [QuestionColumns<'_>],
        table: &Table<'_>,
        cells: &Cells<'_>,
    ) -> Class {
        let letters = cells.span(self.first, self.last);
        match self.texts.get(place(letters)) {
            Some((known, kind)) if *known == letters => *kind,
            _ => self.read(inlets, table, cells, letters),
        }
    }

    /// Reads the cells one by one.
    fn read(
        &mut self,
        inlets: &mut [QuestionColumns<'_>],
        table: &Table<'_>,
        cells: &Cells<'_>,
        letters: [u128; 2],
    ) -> Class {
        self.key.clear();
        for inlet in inlets.get_mut(self.inlets.clone()).unwrap_or_default() {
            let kind = inlet.kind(table, cells);
            if kind == UNREAD {
                return UNREAD;
            }
            self.key.push(kind);
        }
        let kind = self.known.get(self.key.as_slice()).copied();
        let kind = kind.unwrap_or_else(|| self.number());
        if let Some(text) = self
            .texts
            .get_mut(place(letters))
            .filter(|_| letters[1] != LONG)
        {
            *text = (letters, kind);
        }
        kind
    }

    /// A new number for the current classes.
    fn number(&mut self) -> Class {
        if self.is_full() {
            return UNREAD;
        }
        let number = Class::try_from(self.known.len()).unwrap_or(UNREAD);
        self.known.insert(self.key.as_slice().into(), number);
        self.members.extend_from_slice(&self.key);
        number
    }

    /// Whether there is no space for further combinations.
    pub(super) fn is_full(&self) -> bool {
        self.known.len() >= MOST
    }

    /// The classes of its questions if the class of the span is `kind`.
    pub(super) fn members<'s>(&'s self, kind: &'s Class) -> &'s [Class] {
        if self.texts.is_empty() {
            return std::slice::from_ref(kind);
        }
        let width = self.inlets.len();
        let start = usize::from(*kind) * width;
        self.members.get(start..start + width).unwrap_or_default()
    }
}

/// The slot of a text.
#[inline]
fn place(letters: [u128; 2]) -> usize {
    let [low, high] = letters;
    let folded = low ^ high.rotate_left(53);
    #[expect(clippy::cast_possible_truncation, reason = "the other half follows")]
    let mixed = (folded as u64 ^ ((folded >> 64) as u64).rotate_left(29))
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    usize::try_from(mixed >> 54).unwrap_or(0) % TEXTS
}
