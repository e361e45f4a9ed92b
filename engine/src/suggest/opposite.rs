//! Whether one word is the negation of another: `ineligible` and `eligible`, `acne-free` and
//! `acne`.
//!
//! A wrong suggestion of the opposite is dangerous, because people in a hurry accept it.

use crate::normalize::{is_unseen, plain_letters};

use super::edits;

/// Words that negate the words next to them.
const WORDS: &[&str] = &[
    "not", "no", "non", "nor", "never", "without", "free", "less", "un", "in", "dis", "isnt",
    "arent", "aint", "wasnt", "hasnt", "havent", "doesnt", "dont", "didnt", "cannot", "cant",
    "wont", "nto", "none", "negative", "absent", "neither", "hardly",
];

/// Beginnings that deny the rest of a word.
const PREFIXES: &[&str] = &[
    "un", "in", "im", "ir", "il", "non", "not", "no", "dis", "mis", "ln", "lm", "lr",
];

/// What may be left of such a beginning after a slip, before a word that is otherwise right.
const SLIPS: &[&str] = &[
    "n", "i", "u", "a", "nn", "ni", "nu", "on", "nt", "nto", "ont",
];

/// Ends that deny the rest of a word.
const SUFFIXES: &[&str] = &["less", "free"];

/// Prefixes that turn a word into its opposite if one replaces the other.
const PAIRS: &[(&str, &str)] = &[
    ("hyper", "hypo"),
    ("pre", "post"),
    ("over", "under"),
    ("before", "after"),
    ("above", "below"),
    ("max", "min"),
    ("in", "ex"),
    ("in", "de"),
    ("ever", "never"),
    ("de", ""),
    ("anti", ""),
];

/// The shortest word that a beginning can deny.
const SHORTEST: usize = 3;

/// A word in the ways that matter here.
#[derive(Debug)]
pub struct Forms {
    /// All of it, without gaps.
    whole: String,
    /// Without what denies it, in each way there is.
    denied: Vec<String>,
    /// With another beginning, which makes it its opposite.
    turned: Vec<String>,
    /// Without what a slip may have left of a denial.
    slips: Vec<String>,
}

impl Forms {
    /// The forms of a word or of several.
    pub fn of(text: &str) -> Self {
        let text = skeleton(text);
        let words: Vec<&str> = text.split_whitespace().collect();
        let whole = words.concat();
        let mut denied = Vec::new();
        let mut turned = Vec::new();
        let kept: Vec<&str> = words
            .iter()
            .copied()
            .filter(|word| !WORDS.contains(word))
            .collect();
        if kept.len() < words.len() && !kept.is_empty() {
            denied.push(kept.concat());
        }
        for (place, word) in kept.iter().enumerate() {
            let with = |other: &str| {
                let before = kept.get(..place).unwrap_or_default().concat();
                let after = kept.get(place + 1..).unwrap_or_default().concat();
                before + other + &after
            };
            let stems = PREFIXES
                .iter()
                .filter_map(|prefix| word.strip_prefix(prefix));
            let stems = stems.chain(
                SUFFIXES
                    .iter()
                    .filter_map(|suffix| word.strip_suffix(suffix)),
            );
            // After a word that denies it, the rest is taken as it is: `not inflamed`.
            let stems = stems.filter(|stem| stem.len() >= SHORTEST && kept.len() == words.len());
            denied.extend(stems.map(with));
            let both_ways = PAIRS
                .iter()
                .flat_map(|(one, other)| [(one, other), (other, one)]);
            turned.extend(both_ways.filter_map(|(from, to)| {
                let rest = word.strip_prefix(from)?;
                Some(with(&format!("{to}{rest}")))
            }));
        }
        let slips = SLIPS
            .iter()
            .filter_map(|slip| whole.strip_prefix(slip))
            .map(str::to_owned)
            .collect();
        Self {
            whole,
            denied,
            turned,
            slips,
        }
    }

    /// Whether there is a word here that some part of it denies.
    pub fn may_be_denied(&self) -> bool {
        !self.denied.is_empty()
    }

    /// How many edits lie between two words, gaps set aside.
    pub fn apart(&self, other: &Self) -> usize {
        edits(&self.whole, &other.whole)
    }

    /// How many edits lie between two words that are both denied; none unless both are.
    pub fn both_denied(&self, other: &Self) -> Option<usize> {
        let pairs = self.denied.iter().flat_map(|own| {
            let others = other.denied.iter();
            others.map(move |other| edits(own, other))
        });
        pairs.min()
    }

    /// Whether this word, as typed, is nearer to the opposite of `other` than the
    /// `distance` between them.
    pub fn deny(&self, other: &Self, distance: usize) -> bool {
        let nearer = |forms: &[String], whole: &str| {
            let mut forms = forms.iter();
            forms.any(|form| edits(form, whole) < distance)
        };
        nearer(&self.denied, &other.whole)
            || nearer(&other.denied, &self.whole)
            || nearer(&self.turned, &other.whole)
            || self.slips.contains(&other.whole)
    }
}

/// Whether some part of `name` may deny the rest of it, at a glance.
pub fn may_be_denied(name: &str) -> bool {
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    words.any(|word| {
        WORDS.contains(&word)
            || PREFIXES.iter().any(|prefix| word.starts_with(prefix))
            || SUFFIXES.iter().any(|suffix| word.ends_with(suffix))
    })
}

/// Whether `rest`, the additional part of the longer of two words, may negate it.
pub fn denies(rest: &str, before: bool) -> bool {
    let rest = skeleton(rest);
    let words: Vec<&str> = rest.split_whitespace().collect();
    let beside = if before { words.last() } else { words.first() };
    let Some(beside) = beside else {
        return false;
    };
    let denies_all = |word: &&str| WORDS.contains(word) && *word != "in";
    let beside_denies = if before {
        PREFIXES.contains(beside)
    } else {
        SUFFIXES.iter().any(|suffix| beside.starts_with(suffix))
    };
    beside_denies || words.iter().any(denies_all)
}

/// A text as it looks: letters that look alike become the same letter, and any other sign becomes a
/// gap.
fn skeleton(text: &str) -> String {
    let letters = plain_letters(text)
        .filter(|c| c.is_whitespace() || !is_unseen(*c))
        .filter(|c| !matches!(c, '\'' | '\u{2019}' | '`'));
    letters
        .flat_map(char::to_lowercase)
        .map(looks_like)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect()
}

/// The Latin letter that looks like this one.
fn looks_like(c: char) -> char {
    match c {
        'а' | 'α' | 'ɑ' => 'a',
        'в' | 'β' | 'ь' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' => 'e',
        'ɡ' => 'g',
        'һ' | 'н' => 'h',
        '1' | '|' | '!' | 'і' | 'ι' | 'ı' | 'ӏ' | 'ɩ' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' => 'm',
        'п' | 'η' | 'ո' | 'ռ' | 'ν' => 'n',
        '0' | 'о' | 'ο' | 'σ' | 'օ' => 'o',
        'р' | 'ρ' => 'p',
        'г' => 'r',
        'ѕ' | '5' => 's',
        'т' | 'τ' => 't',
        'υ' | 'ս' | 'и' | 'μ' => 'u',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        c => c,
    }
}
