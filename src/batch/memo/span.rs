//! Adjacent columns with few different words are looked up together: `no,no,none,no` takes one
//! lookup instead of four.

use std::collections::HashMap;

use candidacy_engine::plan::Plan;
use candidacy_engine::question::Kind;

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
    pub(super) columns: std::ops::Range<usize>,
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
fn is_short(plan: &Plan, question_columns: &QuestionColumns<'_>) -> bool {
    let asked = plan.questions.get(question_columns.question);
    asked.is_some_and(|asked| matches!(asked.question.kind, Kind::YesNo | Kind::Choice(_)))
}

/// Divides the questions, which are in column order, into spans.
pub(super) fn spans(plan: &Plan, columns: &[QuestionColumns<'_>]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut open = false;
    for (number, question_columns) in columns.iter().enumerate() {
        let column = question_columns.source.column.unwrap_or(usize::MAX);
        let short = is_short(plan, question_columns);
        match spans.last_mut() {
            Some(span)
                if open && short && span.last + 1 == column && span.columns.len() < WIDEST =>
            {
                span.last = column;
                span.columns.end = number + 1;
            }
            _ => spans.push(Span::new(number, column)),
        }
        open = short;
    }
    for span in &mut spans {
        if span.columns.len() > 1 {
            // No text of two cells is empty, so an empty slot never matches.
            span.texts = vec![([0; 2], UNREAD); TEXTS];
        }
    }
    spans
}

impl Span {
    fn new(index: usize, column: usize) -> Self {
        Self {
            columns: index..index + 1,
            first: column,
            last: column,
            weight: (index as u64 * 2 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
            texts: Vec::new(),
            known: HashMap::default(),
            members: Vec::new(),
            key: Vec::new(),
        }
    }

    /// Writes the class of each row's cells in this span to `classes`.
    pub(super) fn classify(
        &mut self,
        columns: &mut [QuestionColumns<'_>],
        table: &Table<'_>,
        rows: &[Cells<'_>],
        classes: &mut [Class; BLOCK],
    ) {
        if !self.texts.is_empty() {
            for (cells, class) in rows.iter().zip(classes) {
                *class = self.class(columns, table, cells);
            }
        } else if let Some(question_columns) = columns.get_mut(self.columns.start) {
            question_columns.classify(table, rows, classes);
        }
    }

    /// The class of `cells` in several columns.
    #[inline]
    fn class(
        &mut self,
        columns: &mut [QuestionColumns<'_>],
        table: &Table<'_>,
        cells: &Cells<'_>,
    ) -> Class {
        let letters = cells.span(self.first, self.last);
        match self.texts.get(slot(letters)) {
            Some((known, class)) if *known == letters => *class,
            _ => self.read(columns, table, cells, letters),
        }
    }

    /// Reads the cells one by one.
    fn read(
        &mut self,
        columns: &mut [QuestionColumns<'_>],
        table: &Table<'_>,
        cells: &Cells<'_>,
        letters: [u128; 2],
    ) -> Class {
        self.key.clear();
        for question_columns in columns.get_mut(self.columns.clone()).unwrap_or_default() {
            let class = question_columns.class(table, cells);
            if class == UNREAD {
                return UNREAD;
            }
            self.key.push(class);
        }
        let class = self.known.get(self.key.as_slice()).copied();
        let class = class.unwrap_or_else(|| self.new_class());
        if let Some(text) = self
            .texts
            .get_mut(slot(letters))
            .filter(|_| letters[1] != LONG)
        {
            *text = (letters, class);
        }
        class
    }

    /// A new number for the current classes.
    fn new_class(&mut self) -> Class {
        if self.is_full() {
            return UNREAD;
        }
        let class = Class::try_from(self.known.len()).unwrap_or(UNREAD);
        self.known.insert(self.key.as_slice().into(), class);
        self.members.extend_from_slice(&self.key);
        class
    }

    /// Whether there is no space for further combinations.
    pub(super) fn is_full(&self) -> bool {
        self.known.len() >= MOST
    }

    /// The classes of its questions if the class of the span is `class`.
    pub(super) fn members<'s>(&'s self, class: &'s Class) -> &'s [Class] {
        if self.texts.is_empty() {
            return std::slice::from_ref(class);
        }
        let width = self.columns.len();
        let start = usize::from(*class) * width;
        self.members.get(start..start + width).unwrap_or_default()
    }
}

/// The slot of a text.
#[inline]
fn slot(letters: [u128; 2]) -> usize {
    let [low, high] = letters;
    let folded = low ^ high.rotate_left(53);
    #[expect(clippy::cast_possible_truncation, reason = "the other half follows")]
    let mixed = (folded as u64 ^ ((folded >> 64) as u64).rotate_left(29))
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    usize::try_from(mixed >> 54).unwrap_or(0) % TEXTS
}
