//! The parts of a condition that must all hold, each with its place.

use crate::authoring::solver::{Goal, Solution};
use candidacy_engine::condition::Condition;
use candidacy_engine::pack;
use candidacy_engine::source::Place;

use super::budgeted::{LimitedSolver, holds};

/// A part of a condition.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Its place.
    pub place: Place,
    /// The author's words, with `not` before them if the part must not hold.
    pub words: String,
    /// What it means.
    pub means: Condition,
}

/// The parts of a rule's `when` and `unless`, or of an `ask_when`.
pub fn of(
    written: &pack::Condition,
    unless: Option<&pack::Condition>,
    means: &Condition,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    match (unless, means) {
        (None, means) => split(written, means, true, &mut pieces),
        // `compile` joins the two in this way.
        (Some(unless), Condition::All(both)) => {
            if let [when, Condition::Not(exception)] = both.as_slice() {
                split(written, when, true, &mut pieces);
                split(unless, exception, false, &mut pieces);
            }
        }
        (Some(_), _) => {}
    }
    pieces
}

/// Splits a condition that must hold, or that must not hold if `upright` is false.
fn split(written: &pack::Condition, means: &Condition, upright: bool, pieces: &mut Vec<Piece>) {
    let (parts, inside, upright_inside) = match (upright, written, means) {
        (true, pack::Condition::All(parts), Condition::All(inside)) => (parts, inside, true),
        (true, pack::Condition::None(parts), Condition::None(inside))
        | (false, pack::Condition::Any(parts), Condition::Any(inside)) => (parts, inside, false),
        _ => {
            pieces.extend(piece(written, means, upright));
            return;
        }
    };
    for (part, means) in parts.iter().zip(inside) {
        split(part, means, upright_inside, pieces);
    }
}

fn piece(written: &pack::Condition, means: &Condition, upright: bool) -> Option<Piece> {
    let sentences = written.sentences();
    let first = sentences.first()?;
    let texts: Vec<&str> = sentences.iter().map(|one| one.text.trim()).collect();
    let words = match (written, upright) {
        (pack::Condition::All(_), _) => format!("all of {}", texts.join(", ")),
        (pack::Condition::Any(_), _) => format!("any of {}", texts.join(", ")),
        (pack::Condition::None(_), _) => format!("none of {}", texts.join(", ")),
        (pack::Condition::Sentence(_), true) => texts.join(""),
        (pack::Condition::Sentence(_), false) => match texts.join("").strip_prefix("not ") {
            Some(upright) => upright.to_owned(),
            None => format!("not {}", texts.join("")),
        },
    };
    Some(Piece {
        place: first.place,
        words,
        means: if upright {
            means.clone()
        } else {
            Condition::Not(Box::new(means.clone()))
        },
    })
}

/// A smallest set of `pieces` that no patient can meet together. Pieces are removed one after the
/// other, so each remaining one is needed. Empty if undecided.
pub fn at_odds(search: &mut LimitedSolver<'_>, mut pieces: Vec<Piece>) -> Vec<Piece> {
    let nobody = |search: &mut LimitedSolver<'_>, pieces: &[Piece]| {
        let wanted: Vec<Goal<'_>> = pieces.iter().map(|piece| holds(&piece.means)).collect();
        search.anybody(&wanted) == Solution::Unsat
    };
    if !nobody(search, &pieces) {
        return Vec::new();
    }
    let mut at = 0;
    while at < pieces.len() {
        let left_out = pieces.remove(at);
        if pieces.is_empty() || !nobody(search, &pieces) {
            pieces.insert(at, left_out);
            at += 1;
        }
    }
    pieces
}

/// Where a condition begins.
pub fn place(written: &pack::Condition) -> Place {
    let sentences = written.sentences();
    sentences.first().map_or(super::START, |one| one.place)
}

/// The place where a condition names `question`.
pub fn about(written: &pack::Condition, question: &str) -> Option<Place> {
    let mut sentences = written.sentences().into_iter();
    let about = sentences.find(|one| one.is_about(question));
    about.map(|one| one.place)
}
