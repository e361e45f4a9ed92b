//! A question with columns: its cells to kinds.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::rc::Rc;

use crate::engine::answer::{Mark, Reply};
use crate::engine::medicine::Piece;
use crate::engine::question::Kind as Type;

use crate::batch::cells::{Cells, unquoted};
use crate::batch::glance::{Glance, Letters, NEW};
use crate::batch::intake::{Source, marked};
use crate::batch::kinds::{Kind, Kinds, UNREAD};
use crate::batch::table::Table;

use super::{Known, PARTS};

/// What may be said of an option, to be found by its number.
const MARKS: [Mark; 5] = [
    Mark::Blank,
    Mark::Yes,
    Mark::No,
    Mark::NotSure,
    Mark::Declined,
];

/// A question with columns.
#[derive(Debug)]
pub(super) struct Inlet<'t> {
    pub(super) question: usize,
    pub(super) source: &'t Source,
    pub(super) kinds: Kinds<'t>,
    /// One for the column, or one for each option's.
    glances: Vec<Glance>,
    /// The kinds of marks together.
    marks: Known<Kind>,
    /// What pieces of lists of medicines said.
    pieces: HashMap<Box<str>, Rc<Piece>, BuildHasherDefault<Letters>>,
}

impl<'t> Inlet<'t> {
    pub(super) fn new(table: &'t Table<'t>, question: usize, source: &'t Source) -> Self {
        let asked = table.plan.questions.get(question);
        let dated = asked.is_some_and(|asked| {
            matches!(asked.question.kind, Type::Date | Type::Event | Type::Course)
        });
        let columns = source.options.len().max(1);
        Self {
            question,
            source,
            kinds: Kinds::new(table.plan, question, table.reader.as_of),
            glances: (0..columns).map(|_| Glance::new(dated)).collect(),
            marks: HashMap::default(),
            pieces: HashMap::default(),
        }
    }

    /// The kind of what `cells` say to the question.
    #[inline]
    pub(super) fn kind(&mut self, table: &Table<'_>, cells: &Cells<'_>) -> Kind {
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
            MARKS
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
