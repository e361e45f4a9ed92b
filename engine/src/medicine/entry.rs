//! Classifies the words of an entry.
//!
//! An entry is `[amount] NAME [salt] [strength] [release] [form] [route] [directions] ["[" brand "]"]`, in any
//! order. The recogniser finds the names first; this module classifies the other words. A word that the grammar
//! cannot use is left over, and the recogniser reports it.

use std::ops::Range;

use super::forms::Forms;
use super::token::{Joined, Token, fits};
use super::words::{self, Kind};

/// The classified words of an entry.
#[derive(Debug)]
pub struct Parsed {
    /// The kind of each word; none for words that the grammar cannot use.
    pub kinds: Vec<Option<Kind>>,
    /// The forms stated by each form or route; empty for other words.
    forms: Vec<(Forms, Forms)>,
    /// The words that only have a meaning with the word they lead to, by number.
    links: Vec<usize>,
    /// The forms without an effect, by number.
    pub loose: Vec<usize>,
    /// The words that can be a second product without a name, by number.
    pub second: Vec<usize>,
}

/// A name in an entry.
#[derive(Debug)]
pub struct Place {
    /// The range of its words.
    pub words: Range<usize>,
    /// Whether it is a generic name and not a brand.
    pub generic: bool,
}

/// Classifies the words of an entry. `taken` marks the words of names, and `places` lists the names in order.
pub fn parse(tokens: &[Token<'_>], taken: &[bool], places: &[Place]) -> Parsed {
    let mut parsed = Parsed {
        kinds: vec![None; tokens.len()],
        forms: vec![(Forms::default(), Forms::default()); tokens.len()],
        links: Vec::new(),
        loose: Vec::new(),
        second: Vec::new(),
    };
    let entry = Words {
        tokens,
        taken,
        places,
    };
    entry.look_up(&mut parsed);
    entry.link(&mut parsed);
    entry.bracket(&mut parsed);
    parsed.find_loose(tokens, places);
    parsed
}

/// An entry while its words are classified.
struct Words<'e, 't> {
    tokens: &'e [Token<'t>],
    taken: &'e [bool],
    places: &'e [Place],
}

impl Words<'_, '_> {
    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.text)
    }

    /// The name that ends directly before this word.
    fn name_before(&self, at: usize) -> Option<&Place> {
        self.places.iter().find(|place| place.words.end == at)
    }

    /// Classifies the words of the table, from left to right.
    fn look_up(&self, parsed: &mut Parsed) {
        let mut at = 0;
        while let Some(token) = self.tokens.get(at) {
            let mut length = 1;
            if self.taken.get(at).is_some_and(|taken| *taken) {
                put(&mut parsed.kinds, at, Some(Kind::Name));
            } else if token.number {
                put(&mut parsed.kinds, at, Some(Kind::Number));
            } else {
                let rest = self.tokens.iter().zip(self.taken).skip(at + 1);
                let rest = rest
                    .take_while(|(_, taken)| !**taken)
                    .map(|(token, _)| &*token.text);
                let found = words::phrase(&token.text, &rest);
                let (more, word) = match found {
                    Some((more, word)) => (more, Some(word)),
                    None => (0, words::word(&token.text)),
                };
                length = 1 + more;
                let kind = word.map(|word| word.kind).or_else(|| pattern(&token.text));
                let kind = kind.filter(|kind| self.fits(*kind, at, &parsed.kinds));
                for at in at..at + length {
                    put(&mut parsed.kinds, at, kind);
                }
                if let Some(word) = word.filter(|_| !self.is_purpose(at, &parsed.kinds)) {
                    put(&mut parsed.forms, at, (word.form, word.forms));
                }
            }
            at += length;
        }
    }

    /// Whether a word can have this kind in its position.
    fn fits(&self, kind: Kind, at: usize, kinds: &[Option<Kind>]) -> bool {
        let before = at.checked_sub(1);
        let kind_before = before.and_then(|before| kinds.get(before).copied().flatten());
        let number = before.filter(|_| kind_before == Some(Kind::Number));
        let joined = self.tokens.get(at).map(|token| token.joined);
        match kind {
            Kind::UnitBehindNumber => {
                let per = joined == Some(Joined::BySlash);
                let unit = kind_before == Some(Kind::Unit);
                number.is_some_and(|number| fits(self.text(at), self.text(number))) || (per && unit)
            }
            Kind::UnitOnNumber => joined == Some(Joined::ToNumber),
            Kind::Clock => match number {
                Some(number) => fits(self.text(at), self.text(number)),
                None => kind_before
                    .is_some_and(|kind| kind.is_strength_or_frequency() || kind.is_form()),
            },
            Kind::ReleaseBehindGeneric => {
                let mut names = self.places.iter().filter(|place| place.words.end <= at);
                names.next_back().is_some_and(|place| place.generic)
            }
            Kind::Purpose => self.is_purpose(at, kinds),
            _ => true,
        }
    }

    /// Whether a word is the purpose of the medicine: `for pain`, `prn pain`, `for my eyes`.
    fn is_purpose(&self, at: usize, kinds: &[Option<Kind>]) -> bool {
        let before = (0..at).rev();
        let mut before = before.map(|at| (self.text(at), kinds.get(at).copied().flatten()));
        let leads = |kind| matches!(kind, Some(Kind::Link | Kind::Purpose | Kind::Direction));
        let begins = |text: &str| matches!(text, "for" | "prn");
        before
            .find(|(text, kind)| begins(text) || !leads(*kind))
            .is_some_and(|(text, _)| begins(text))
    }

    /// From right to left, gives each link the kind of the word it leads to.
    fn link(&self, parsed: &mut Parsed) {
        for at in (0..self.tokens.len()).rev() {
            let kind = parsed.kinds.get(at).copied().flatten();
            if kind != Some(Kind::Link) {
                continue;
            }
            parsed.links.push(at);
            let next = parsed.kinds.get(at + 1).copied().flatten();
            let word = words::word(self.text(at));
            let leads = |next: &Kind| {
                let named = self.places.iter().any(|place| place.words.end <= at);
                let article = matches!(self.text(at), "a" | "an");
                let behind = self.name_before(at).is_some() || (named && article);
                !behind || word.is_some_and(|word| word.before.has(*next))
            };
            let is = match next {
                Some(next) => Some(next).filter(leads),
                None => self.at_night(at, &parsed.kinds),
            };
            put(&mut parsed.kinds, at, is);
        }
    }

    /// `on` at the end, after an amount, means each night.
    fn at_night(&self, at: usize, kinds: &[Option<Kind>]) -> Option<Kind> {
        let last = at + 1 == self.tokens.len() && self.text(at) == "on";
        let before = at
            .checked_sub(1)
            .and_then(|before| kinds.get(before).copied().flatten());
        let amount =
            |kind: &Kind| matches!(kind, Kind::Unit | Kind::UnitBehindNumber) || kind.is_form();
        before
            .filter(|kind| last && amount(kind))
            .map(|_| Kind::Frequency)
    }

    /// Classifies the brand in square brackets after a product's name and strength.
    fn bracket(&self, parsed: &mut Parsed) {
        let Some(first) = self.tokens.iter().position(|token| token.bracketed) else {
            return;
        };
        let before = parsed.kinds.get(..first).unwrap_or(&[]);
        let said = |kind| before.contains(&Some(kind));
        let inside = |at: usize| self.tokens.get(at).is_some_and(|token| token.bracketed);
        let named_inside = self
            .places
            .iter()
            .any(|place| place.words.clone().any(inside));
        if !said(Kind::Name) || !said(Kind::Number) || !said(Kind::Unit) || named_inside {
            return;
        }
        for at in first..self.tokens.len() {
            if inside(at) {
                put(&mut parsed.kinds, at, Some(Kind::Maker));
            }
        }
    }
}

/// Recognises words by a pattern: `q6h`, `x2`, and the licence numbers of products.
fn pattern(text: &str) -> Option<Kind> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let every = |text: &str| {
        let hours = text.strip_prefix('q')?;
        let unit = hours.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = hours.len() > unit.len();
        (number && matches!(unit, "" | "h" | "hr" | "hrs" | "d" | "w" | "wk" | "m"))
            .then_some(Kind::Frequency)
    };
    if text.strip_prefix('x').is_some_and(digits) {
        return Some(Kind::Number);
    }
    if ["nda", "anda", "bla"]
        .into_iter()
        .any(|start| text.strip_prefix(start).is_some_and(digits))
    {
        return Some(Kind::Unit);
    }
    every(text)
}

impl Parsed {
    /// The numbers of the words that the grammar cannot use.
    pub fn left(&self) -> impl Iterator<Item = usize> {
        let kinds = self.kinds.iter().enumerate();
        kinds.filter(|(_, kind)| kind.is_none()).map(|(at, _)| at)
    }

    /// Whether there are only strengths and frequencies.
    pub fn names_nothing(&self) -> bool {
        let mut kinds = self.kinds.iter();
        kinds.all(|kind| kind.is_some_and(Kind::is_strength_or_frequency))
    }

    /// Whether it states a number of counted units: `2 tablets`.
    pub fn is_counted(&self) -> bool {
        (0..self.kinds.len())
            .any(|at| self.kind(at).is_some_and(Kind::is_form) && self.has_count(at))
    }

    /// Whether it can only continue the previous medicine: `2 tablets every morning`. An injection, a patch, a
    /// cream or the like may be another medicine.
    pub fn goes_on(&self) -> bool {
        let swallowed = self.kinds.contains(&Some(Kind::FormSwallowed));
        let number = self.kinds.contains(&Some(Kind::Number));
        (0..self.kinds.len()).all(|at| match self.kind(at) {
            Some(Kind::FormCounted) => self.has_count(at),
            Some(Kind::Route) => self.forms(at).0 == Forms::MOUTH || self.is_counted(),
            Some(Kind::Release | Kind::ReleaseBehindGeneric) => swallowed || number,
            Some(Kind::Form | Kind::Salt | Kind::Thing | Kind::Maker | Kind::Name) | None => false,
            Some(_) => true,
        })
    }

    pub fn kind(&self, at: usize) -> Option<Kind> {
        self.kinds.get(at).copied().flatten()
    }

    /// Whether the word at this place only has a meaning with the word it leads to.
    pub fn is_link(&self, at: usize) -> bool {
        self.links.contains(&at)
    }

    /// The forms stated by the form or route at this place.
    pub fn forms(&self, at: usize) -> (Forms, Forms) {
        self.forms.get(at).copied().unwrap_or_default()
    }

    /// Whether a number comes before the form at this place: `2 tablets`, `one small tablet`.
    fn has_count(&self, at: usize) -> bool {
        let before = (0..at).rev().map(|at| self.kind(at));
        let mut before = before.skip_while(|kind| *kind == Some(Kind::Direction));
        matches!(before.next().flatten(), Some(Kind::Number | Kind::Count))
    }

    /// The forms and routes that contradict the name at this place, whose own words contain a form: the capsules
    /// of `Aknill gel capsules`.
    pub fn against(
        &self,
        number: usize,
        words: &[usize],
        tokens: &[Token<'_>],
        places: &[Place],
    ) -> Vec<usize> {
        let own = own_forms(words, tokens);
        if own.is_empty() {
            return Vec::new();
        }
        let other = |at: &usize| {
            let (_, forms) = self.forms(*at);
            !forms.is_empty() && !forms.meets(own) && self.belongs_to(*at, places) == Some(number)
        };
        (0..self.kinds.len()).filter(other).collect()
    }

    /// The forms stated for the name at this place, or for no name. `eye ointment` means the eye, because the
    /// route determines where the ointment goes.
    pub fn forms_of(&self, number: Option<usize>, places: &[Place]) -> Forms {
        self.said_of(number, places, false)
    }

    /// The forms near the name at this place that may belong to something else.
    pub fn loose_of(&self, number: usize, places: &[Place]) -> Forms {
        self.said_of(Some(number), places, true)
    }

    fn said_of(&self, number: Option<usize>, places: &[Place], loose: bool) -> Forms {
        let of_it =
            |at: &usize| self.loose.contains(at) == loose && self.belongs_to(*at, places) == number;
        let said = |route: bool| {
            let places = (0..self.kinds.len()).filter(of_it);
            places.filter(move |at| (self.kind(*at) == Some(Kind::Route)) == route)
        };
        let routes = said(true).fold(Forms::default(), |forms, at| forms.with(self.forms(at).0));
        let forms = said(false).map(|at| self.forms(at));
        forms
            .filter(|(_, forms)| !forms.meets(routes))
            .fold(routes, |all, (form, _)| all.with(form))
    }

    /// The name that a form or route belongs to. Usually this is the name before it. It is the name after it if
    /// there is none before, or for a route directly before that name: `topical tretinoin`.
    pub fn belongs_to(&self, at: usize, places: &[Place]) -> Option<usize> {
        let next = places.iter().position(|place| place.words.start > at);
        let before = places.iter().rposition(|place| place.words.end <= at);
        let leads = next.filter(|next| {
            let start = places.get(*next).map_or(0, |place| place.words.start);
            (at..start).all(|at| self.kind(at) == Some(Kind::Route))
        });
        leads.or(before).or(next)
    }
}

/// The forms stated by the words of a name.
pub fn own_forms(words: &[usize], tokens: &[Token<'_>]) -> Forms {
    let words = words
        .iter()
        .filter_map(|at| words::word(&tokens.get(*at)?.text));
    words.fold(Forms::default(), |forms, word| forms.with(word.form))
}

fn put<T>(list: &mut [T], at: usize, one: T) {
    if let Some(place) = list.get_mut(at) {
        *place = one;
    }
}
