//! What the head of a pack names, before the pack is read.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Located, Place, Source};
use crate::yaml;

use super::header::PACK_KEYS;
use super::lexicon;
use super::map_reader::MapReader;
use super::topics::{Take, Topics, topics};

/// What a file of a pack may hold.
pub const SECTIONS: &[&str] = &[
    "format",
    "pack",
    "clinic",
    "topics",
    "lexicon",
    "title",
    "settings",
    "sources",
    "groups",
    "questions",
    "facts",
    "advice",
    "rules",
    "expectations",
    "closing",
    "override_reasons",
    "personas",
    "cases",
    "always",
    "extends",
    "base",
    "change",
    "drop",
    "relax",
];

/// What the head of a pack names.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The files it lists, in the order asked.
    pub topics: Vec<Located<String>>,
    /// What it takes from other packs.
    pub takes: Vec<Take>,
    /// The place where it lists them, or could list them; none if that cannot be determined.
    pub listing: Option<Place>,
    /// The pack it extends.
    pub extends: Option<Located<String>>,
    /// Its own tables of names of medicines.
    pub tables: Vec<Located<String>>,
    /// Whether it has the built-in lexicon.
    pub has_built_in_lexicon: bool,
}

/// What the head of a pack, source number `index`, names. Problems of the head
/// are reported by [`read`](super::read()), not here.
#[must_use]
pub fn outline(index: usize, head: &Source) -> Outline {
    let Ok(node) = yaml::read(index, head) else {
        return Outline::default();
    };
    let mut unheard = Vec::new();
    let Some(fields) = MapReader::of(&node, "file", SECTIONS, &mut unheard) else {
        return Outline::default();
    };
    let problems_before = unheard.len();
    let Topics { files, takes } = topics(&fields, &mut unheard);
    let is_odd = |problem: &Diagnostic| problem.code != Code::DuplicateId;
    let is_clear =
        !unheard.iter().skip(problems_before).any(is_odd) && !fields.meant().contains(&"topics");
    let place = match fields.get("topics") {
        Some(_) => fields.place_of("topics"),
        None => Place {
            source: index,
            start: 0,
            end: 1,
        },
    };
    let lexicon = lexicon::named(&fields, &mut unheard);
    Outline {
        topics: files,
        takes,
        listing: is_clear.then_some(place),
        extends: fields.text("extends", &mut unheard),
        tables: lexicon.tables,
        has_built_in_lexicon: lexicon.built_in.is_some(),
    }
}

/// The place where the main file with this index says when the review is due.
#[must_use]
pub fn review_by(number: usize, head: &Source) -> Option<Place> {
    let node = yaml::read(number, head).ok()?;
    let mut unheard = Vec::new();
    let fields = MapReader::of(&node, "file", SECTIONS, &mut unheard)?;
    let pack = fields.get("pack")?;
    let fields = MapReader::of(pack, "pack", PACK_KEYS, &mut unheard)?;
    let date = fields.text("review_by", &mut unheard)?;
    Some(date.place)
}
