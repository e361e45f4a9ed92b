//! Decides which forms belong to a name, and can therefore change its meaning.
//!
//! A form only counts if nothing but amounts, salts, release words and other forms is between it and the name.
//! `prednisolone with eye drops` and `prednisolone from the eye doctor` may be tablets.

use crate::normalize::normalize;

use super::entry::{Parsed, Place, own_forms};
use super::find::Analysis;
use super::forms::Forms;
use super::token::{Joined, Token};
use super::words::{self, Kind};

/// Words of all kinds that may be between a name and its form.
const BETWEEN: [&str; 41] = [
    "in",
    "into",
    "of",
    "a",
    "an",
    "the",
    "my",
    "your",
    "his",
    "her",
    "their",
    "each",
    "both",
    "left",
    "right",
    "ou",
    "dosage",
    "dose",
    "preservative",
    "sugar",
    "alcohol",
    "cfc",
    "free",
    "low",
    "high",
    "small",
    "large",
    "extra",
    "regular",
    "maximum",
    "double",
    "half",
    "full",
    "strength",
    "generic",
    "plain",
    "h",
    "hr",
    "hrs",
    "hour",
    "hours",
];

/// Words that make the previous form part of something else: `eye doctor`.
const AWAY: [&str; 38] = [
    "doctor",
    "doctors",
    "dr",
    "gp",
    "specialist",
    "specialists",
    "surgeon",
    "consultant",
    "physician",
    "prescriber",
    "nurse",
    "optician",
    "ophthalmologist",
    "dermatologist",
    "clinic",
    "clinics",
    "hospital",
    "hospitals",
    "department",
    "dept",
    "ward",
    "centre",
    "center",
    "practice",
    "surgery",
    "operation",
    "appointment",
    "test",
    "scan",
    "problem",
    "problems",
    "infection",
    "disease",
    "condition",
    "moisturiser",
    "moisturizer",
    "sunscreen",
    "makeup",
];

/// Washing products, which are often named together with an oral medicine.
const WASHES: [&str; 7] = [
    "cleanser", "facewash", "wash", "toner", "soap", "shampoo", "shampoos",
];

/// Words after which a form can be a second product.
const BESIDE: [&str; 8] = [
    "with", "then", "after", "before", "be", "is", "when", "while",
];

/// Units of a dose by weight.
const MILLIGRAMS: [&str; 5] = ["mg", "mgs", "mgm", "milligram", "milligrams"];

/// Units of a dose by its effect.
const ACTIVITY: [&str; 5] = ["iu", "ui", "ie", "unit", "units"];

/// Units of a dose by weight after a separator. In one entry with a cream they are the amount in the tube; with a
/// spray, the amount in a puff.
const OTHER_WEIGHTS: [&str; 13] = [
    "mcg",
    "mcgs",
    "ug",
    "µg",
    "μg",
    "microgram",
    "micrograms",
    "g",
    "gm",
    "gms",
    "gram",
    "grams",
    "grammes",
];

/// Units after the `/` of a strength.
const IN_SO_MUCH: [&str; 12] = [
    "ml", "mls", "g", "gm", "gram", "l", "actuat", "puff", "spray", "drop", "dose", "hr",
];

impl Parsed {
    /// Finds the forms that do not belong to a name, and reports those that can be a second product.
    pub(super) fn find_loose(&mut self, tokens: &[Token<'_>], places: &[Place]) {
        for at in 0..tokens.len() {
            let Some(number) = self.belongs_to(at, places) else {
                continue;
            };
            let Some(place) = places.get(number) else {
                continue;
            };
            if self.forms(at).1.is_empty() {
                continue;
            }
            let mut between = if at < place.words.start {
                at + 1..place.words.start
            } else {
                place.words.end..at
            };
            let joined = between.all(|at| self.joins(at, tokens));
            // `1 eye drops 2 prednisolone` is a list.
            let next_in_list = at < place.words.start
                && place.words.start.checked_sub(1).is_some_and(|last| {
                    let last = tokens.get(last).filter(|token| token.number);
                    last.is_some_and(|last| last.text.bytes().all(|byte| byte.is_ascii_digit()))
                });
            if joined && !next_in_list && !self.leads_away(at, tokens) {
                continue;
            }
            self.loose.push(at);
            if self.kind(at).is_some_and(Kind::is_form) {
                let from = self.beside(at, tokens).unwrap_or(at + 1);
                self.second.extend(from..=at);
            }
        }
    }

    /// Whether the word at this place may be between a name and its form.
    fn joins(&self, at: usize, tokens: &[Token<'_>]) -> bool {
        let text = tokens.get(at).map_or("", |token| &*token.text);
        let kind = self.kind(at);
        BETWEEN.contains(&text)
            || (!self.is_link(at)
                && !is_away(text)
                && kind.is_some_and(|kind| {
                    kind.parts_no_name()
                        || kind.is_form()
                        || matches!(kind, Kind::Route | Kind::Maker | Kind::Count)
                }))
    }

    /// Whether the next words make the form at this place part of something else. After a route, any unknown word does
    /// so: `eye operation`.
    pub(super) fn leads_away(&self, at: usize, tokens: &[Token<'_>]) -> bool {
        let mut only_routes = self.kind(at) == Some(Kind::Route);
        for (next, token) in tokens.iter().enumerate().skip(at) {
            if is_away(&token.text) {
                return true;
            }
            match self.kind(next) {
                Some(Kind::Route) => {}
                Some(Kind::Name) if next == at => {}
                Some(kind) if kind.is_form() => only_routes = false,
                kind => return only_routes && kind.is_none(),
            }
        }
        false
    }

    /// The earlier word because of which the form at this place can be a second product.
    fn beside(&self, at: usize, tokens: &[Token<'_>]) -> Option<usize> {
        for before in (0..at).rev() {
            let text = tokens.get(before).map_or("", |token| &*token.text);
            if self.is_link(before) && BESIDE.contains(&text) {
                return Some(before);
            }
            if !self.joins(before, tokens) {
                return None;
            }
        }
        None
    }
}

fn is_away(text: &str) -> bool {
    AWAY.contains(&text) || WASHES.contains(&text)
}

impl Analysis<'_> {
    /// Whether a form within this name is part of something else: `isotretinoin 40 mg gel cleanser`.
    pub(super) fn name_leads_away(&self, words: &[usize]) -> bool {
        let own = own_forms(words, &self.tokens);
        let last = words.last().copied();
        !own.is_empty()
            && last.is_some_and(|last| {
                let text = self.tokens.get(last).map_or("", |token| &*token.text);
                !is_away(text) && self.parsed.leads_away(last, &self.tokens)
            })
    }

    /// Whether a dose in milligrams is beside drops or a cream, without another name between them: `eye drops 100 mg`,
    /// `20 mg gel`.
    pub(super) fn has_dose_beside_form(&self) -> bool {
        let is_local = |token: &Token<'_>| {
            words::word(&token.text).is_some_and(|word| word.form.meets(local()))
        };
        let Some(form) = self.tokens.iter().rposition(is_local) else {
            return false;
        };
        let is_name = |at: &usize| self.parsed.kind(*at) == Some(Kind::Name);
        let own = self.found.iter().find(|found| found.words.contains(&form));
        let own = own.and_then(|found| found.words.first().copied());
        let before = own.or_else(|| (0..form).rev().find(is_name));
        let after = (form + 1..self.tokens.len()).find(is_name);
        let end = after.filter(|_| before.is_some());
        let beside = before.unwrap_or(0)..end.unwrap_or(self.tokens.len());
        let beside = self.tokens.get(beside).unwrap_or_default();
        has_dose(beside, |unit| MILLIGRAMS.contains(&unit))
    }

    /// Whether there is a dose as people swallow or inject it: `20 mg`, `25,000 IU`.
    pub(super) fn has_dose(&self) -> bool {
        has_dose(&self.tokens, |unit| {
            MILLIGRAMS.contains(&unit) || ACTIVITY.contains(&unit)
        })
    }
}

/// Whether a text contains a dose by weight: `100 mg`, `100 mg/day`, but not `1 mg/g` or `2 drops`.
pub(super) fn is_dose(text: &str) -> bool {
    let folded = normalize(text);
    let is_unit = |unit: &str| MILLIGRAMS.contains(&unit) || OTHER_WEIGHTS.contains(&unit);
    has_dose(&Token::all(&folded), is_unit)
}

/// Whether these words contain a dose in a unit that `is_unit` accepts.
fn has_dose(tokens: &[Token<'_>], is_unit: impl Fn(&str) -> bool) -> bool {
    let with_slash = tokens.iter().any(|token| token.joined == Joined::BySlash);
    (1..tokens.len()).any(|at| {
        let number = tokens.get(at - 1).is_some_and(|token| token.number);
        let weight = tokens.get(at).is_some_and(|token| is_unit(&token.text));
        let mut rest = tokens.iter().skip(at + 1);
        let next = rest.find(|token| !token.number);
        // The `mg/ml` of `5 mg/ml` is the concentration of a cream or a liquid.
        let strength = with_slash && next.is_some_and(|next| IN_SO_MUCH.contains(&&*next.text));
        // So is the `1.5/0.5 mg` of a combination.
        let combined = at > 1 && tokens.get(at - 2).is_some_and(|token| token.number);
        number && weight && !strength && !combined
    })
}

/// The forms of medicines that are neither swallowed nor injected.
pub(super) fn local() -> Forms {
    let forms = ["skin", "eye", "ear", "nose", "drops", "spray"].into_iter();
    forms
        .filter_map(Forms::named)
        .fold(Forms::default(), Forms::with)
}

#[cfg(test)]
mod tests;
