//! Maps the cells of a question's columns to classes.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::rc::Rc;

use candidacy_engine::answer::Reply;
use candidacy_engine::medicine::Piece;

use crate::batch::csv::records::{BLOCK, Cells, unquoted};
use crate::batch::memo::cell_cache::{ByteHasher, CellCache, NEW};
use crate::batch::memo::class::{Class, UNREAD};
use crate::batch::memo::classes::Classes;
use crate::batch::memo::days::OwnDay;
use crate::batch::option_columns::Tick;
use crate::batch::row_answers::Source;
use crate::batch::table::Table;

use super::{ENTRIES, Known};

/// Maximum size of a remembered cell; longer cells are evaluated in full.
const LONGEST: usize = 1 << 12;

/// A question with its columns.
#[derive(Debug)]
pub(super) struct QuestionColumns<'t> {
    pub(super) question: usize,
    pub(super) source: &'t Source,
    pub(super) classes: Classes<'t>,
    /// Whether it has too many classes.
    pub(super) full: bool,
    cache: CellCache,
    /// Whether the answer can be a day.
    dated: bool,
    /// One cache for each option column.
    options: Vec<CellCache>,
    /// The marks of the current row.
    key: Vec<Class>,
    /// The classes of combinations of marks.
    marks: Known<Class>,
    /// The readings of pieces of medicine lists.
    pieces: HashMap<Box<str>, Rc<Piece>, BuildHasherDefault<ByteHasher>>,
}

impl<'t> QuestionColumns<'t> {
    pub(super) fn new(
        table: &'t Table<'t>,
        question: usize,
        source: &'t Source,
        classes: Classes<'t>,
    ) -> Self {
        let asked = table.plan.questions.get(question);
        let dated = asked.is_some_and(|asked| asked.question.kind.is_dated());
        Self {
            question,
            source,
            classes,
            full: false,
            dated,
            cache: CellCache::new(dated),
            options: source
                .options
                .iter()
                .map(|_| CellCache::new(false))
                .collect(),
            key: Vec::new(),
            marks: HashMap::default(),
            pieces: HashMap::default(),
        }
    }

    /// Writes the class of each row's answer to the question to `classes`.
    pub(super) fn classify(
        &mut self,
        table: &Table<'_>,
        rows: &[Cells<'_>],
        classes: &mut [Class; BLOCK],
    ) {
        let Some(column) = self.source.column else {
            for (cells, class) in rows.iter().zip(classes) {
                *class = self.class_of_marks(table, cells);
            }
            return;
        };
        self.cache.get_all(rows, column, classes);
        for (cells, class) in rows.iter().zip(classes) {
            if *class == NEW {
                *class = self.class(table, cells);
            }
            // A box that is ticked or not known must agree with the whole answer.
            if !self.options.is_empty() && !self.leaves_whole(table, cells) {
                *class = UNREAD;
            }
        }
    }

    /// The class of the answer that `cells` give to the question.
    pub(super) fn class(&mut self, table: &Table<'_>, cells: &Cells<'_>) -> Class {
        let Some(column) = self.source.column else {
            return self.class_of_marks(table, cells);
        };
        let (raw, letters) = cells.letters(column);
        match self.cache.get(raw, letters) {
            NEW => self.read(table, raw, letters),
            class => class,
        }
    }

    /// Reads a cell that did not occur before.
    #[cold]
    fn read(&mut self, table: &Table<'_>, raw: &[u8], letters: u128) -> Class {
        if raw.len() > LONGEST {
            return UNREAD;
        }
        if let Some(class) = self.classes.of_cell(raw) {
            self.cache.insert(raw, letters, class);
            return class;
        }
        let asked = table.plan.questions.get(self.question);
        let reader = &table.reader;
        let pieces = &mut self.pieces;
        let mut piece = |text: &str| {
            if let Some(piece) = pieces.get(text) {
                return Rc::clone(piece);
            }
            if pieces.len() >= ENTRIES {
                pieces.clear();
            }
            let piece = Rc::new(reader.piece(text));
            pieces.insert(text.into(), Rc::clone(&piece));
            piece
        };
        let reply = asked.and_then(|asked| {
            let text = unquoted(raw);
            // Its days depend on another cell.
            if self.dated && self.source.says_age(&text) {
                return None;
            }
            let source = self.source;
            source.read(reader, &asked.question, &text, &mut piece).ok()
        });
        let class = reply.map_or(UNREAD, |reply| self.class_of_reply(reply, Some(raw)));
        self.cache.insert(raw, letters, class);
        class
    }

    fn class_of_reply(&mut self, reply: Reply, cell: Option<&[u8]>) -> Class {
        let day = self.classes.own_day(&reply);
        if day == OwnDay::Unsettled {
            return UNREAD;
        }
        let class = self.classes.get_or_insert(reply, day, cell);
        self.full |= class.is_none();
        class.unwrap_or(UNREAD)
    }

    /// Reads the boxes of the question into `key`; false if one of them cannot be read.
    fn read_marks(&mut self, table: &Table<'_>, cells: &Cells<'_>) -> bool {
        let Some(asked) = table.plan.questions.get(self.question) else {
            return false;
        };
        let question = &asked.question;
        self.key.clear();
        for (option, cache) in self.source.options.iter().zip(&mut self.options) {
            let (raw, letters) = cells.letters(option.column);
            let mut class = cache.get(raw, letters);
            if class == NEW {
                let unticked = self.source.unticked;
                let read = option.tick(&table.reader, question, unticked, &unquoted(raw));
                let known = read.ok();
                let number = known.and_then(|tick| Tick::ALL.iter().position(|one| *one == tick));
                let number = number.and_then(|number| Class::try_from(number).ok());
                class = number.unwrap_or(UNREAD);
                cache.insert(raw, letters, class);
            }
            if class == UNREAD {
                return false;
            }
            self.key.push(class);
        }
        true
    }

    /// Whether all boxes of the question can be read, and each leaves it to the whole answer.
    fn leaves_whole(&mut self, table: &Table<'_>, cells: &Cells<'_>) -> bool {
        let leaves = |class: &Class| {
            let tick = Tick::ALL.get(usize::from(*class));
            tick.is_some_and(|tick| tick.leaves_whole())
        };
        self.read_marks(table, cells) && self.key.iter().all(leaves)
    }

    fn class_of_marks(&mut self, table: &Table<'_>, cells: &Cells<'_>) -> Class {
        let Some(asked) = table.plan.questions.get(self.question) else {
            return UNREAD;
        };
        if !self.read_marks(table, cells) {
            return UNREAD;
        }
        let question = &asked.question;
        if let Some(class) = self.marks.get(self.key.as_slice()) {
            return *class;
        }
        let tick = |class: &Class| Tick::ALL.get(usize::from(*class)).copied();
        let ticks: Option<Vec<Tick>> = self.key.iter().map(tick).collect();
        let reply = ticks.and_then(|ticks| self.source.together(question, &ticks).ok());
        let class = reply.map_or(UNREAD, |reply| self.class_of_reply(reply, None));
        if self.marks.len() >= ENTRIES {
            self.marks.clear();
        }
        self.marks.insert(self.key.as_slice().into(), class);
        class
    }
}
