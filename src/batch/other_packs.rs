//! Finds columns that answer nothing under these rules, and are questions of other built-in rules.

use candidacy_engine::date::Date;
use candidacy_engine::normalize::key;
use candidacy_engine::plan::Plan;
use candidacy_engine::suggest::listed_all;

use crate::error::Error;
use crate::load::{self, PACKS};

use super::columns::{Column, Mapped, plain};
use super::heading_forms::understood;

/// Maximum number of columns named in one note.
const MOST: usize = 6;

/// Columns that are questions of another pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherPack {
    /// The id of the pack.
    pub pack: &'static str,
    /// The headings of the columns.
    pub headings: Vec<String>,
}

/// The built-in pack that asks most of what these columns head and `plan` does not read. Columns that `maps` names are
/// left out: the user has said what they are.
///
/// # Errors
///
/// If a built-in pack cannot be read.
pub fn other_pack(
    plan: &Plan,
    columns: &[Column],
    maps: &[Mapped],
    today: Date,
) -> Result<Option<OtherPack>, Error> {
    let is_mapped = |heading: &str| maps.iter().any(|map| key(&map.column) == key(heading));
    let unread: Vec<&str> = columns
        .iter()
        .filter(|column| column.target.is_none())
        .map(|column| column.heading.as_str())
        .filter(|heading| !is_mapped(heading) && understood(plan, heading).is_none())
        .collect();
    let mut best: Option<OtherPack> = None;
    if unread.is_empty() {
        return Ok(best);
    }
    for pack in PACKS.iter().filter(|pack| pack.id != plan.header.id) {
        let other = load::plan_of(pack, today)?;
        let asked = unread.iter();
        let asked = asked.filter(|heading| understood(&other, heading).is_some());
        let headings: Vec<String> = asked.map(|heading| (*heading).to_owned()).collect();
        let before = best.as_ref().map_or(0, |best| best.headings.len());
        if headings.len() > before {
            best = Some(OtherPack {
                pack: pack.id,
                headings,
            });
        }
    }
    Ok(best)
}

impl OtherPack {
    /// What is said about it: `` `peel_depth` is a question of `chemical-peel` and answers nothing here ``.
    #[must_use]
    pub fn words(&self) -> String {
        let shown = self.headings.iter().take(MOST);
        let shown: Vec<String> = shown.map(|heading| plain(heading)).collect();
        let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
        let more = match self.headings.len() - shown.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let names = listed_all(&shown);
        let (are, questions, answer) = match self.headings.len() {
            1 => ("is", "a question", "answers"),
            _ => ("are", "questions", "answer"),
        };
        format!(
            "{names}{more} {are} {questions} of `{}` and {answer} nothing here",
            self.pack
        )
    }
}
