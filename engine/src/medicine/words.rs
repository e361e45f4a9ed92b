//! The words that appear around medicine names, from the table `words.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::forms::Forms;

/// The kind of a word around a name. `words.tsv` explains each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Number,
    Unit,
    UnitBehindNumber,
    UnitOnNumber,
    Clock,
    Time,
    Frequency,
    Count,
    Salt,
    Origin,
    Release,
    ReleaseBehindGeneric,
    Form,
    FormCounted,
    FormSwallowed,
    Route,
    Direction,
    Thing,
    Maker,
    Purpose,
    Link,
    Name,
}

impl Kind {
    const ALL: [(Self, &'static str); 22] = [
        (Self::Number, "number"),
        (Self::Unit, "unit"),
        (Self::UnitBehindNumber, "unit behind a number"),
        (Self::UnitOnNumber, "unit on a number"),
        (Self::Clock, "clock"),
        (Self::Time, "time"),
        (Self::Frequency, "frequency"),
        (Self::Count, "count"),
        (Self::Salt, "salt"),
        (Self::Origin, "origin"),
        (Self::Release, "release"),
        (Self::ReleaseBehindGeneric, "release behind a generic name"),
        (Self::Form, "form"),
        (Self::FormCounted, "form counted"),
        (Self::FormSwallowed, "form swallowed"),
        (Self::Route, "route"),
        (Self::Direction, "direction"),
        (Self::Thing, "thing"),
        (Self::Maker, "maker"),
        (Self::Purpose, "purpose"),
        (Self::Link, "link"),
        (Self::Name, "name"),
    ];

    fn named(text: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|(_, name)| *name == text).map(|(kind, _)| kind)
    }

    /// Whether it is a strength, or states when, how often, how many or from where; no medicine has such a
    /// name.
    pub fn is_strength_or_frequency(self) -> bool {
        matches!(
            self,
            Self::Origin
                | Self::Number
                | Self::Unit
                | Self::UnitBehindNumber
                | Self::UnitOnNumber
                | Self::Clock
                | Self::Time
                | Self::Frequency
                | Self::Count
        )
    }

    /// Whether it may be between the words of a name: `diclofenac 3 % gel`.
    pub fn parts_no_name(self) -> bool {
        matches!(
            self,
            Self::Number
                | Self::Unit
                | Self::UnitBehindNumber
                | Self::UnitOnNumber
                | Self::Salt
                | Self::Origin
                | Self::Release
                | Self::ReleaseBehindGeneric
        )
    }

    /// Whether a name made only of such words (`eye drops`) counts only if there is no other name.
    pub fn is_no_name_beside_one(self) -> bool {
        let other = matches!(
            self,
            Self::Salt | Self::Origin | Self::Maker | Self::Purpose | Self::Name
        );
        !other
    }

    pub fn is_form(self) -> bool {
        matches!(self, Self::Form | Self::FormCounted | Self::FormSwallowed)
    }
}

/// A set of kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u32);

impl Kinds {
    pub fn has(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u32) != 0
    }
}

/// A word of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    pub kind: Kind,
    /// For a form or a route: the form it states, unless a route states another.
    pub form: Forms,
    /// For a form: the forms that a route can select.
    pub forms: Forms,
    /// For a link: the kinds that must follow it directly after a name.
    pub before: Kinds,
}

/// The table, prepared for lookup.
struct Table {
    words: HashMap<&'static str, Word>,
    phrases: HashMap<&'static str, Vec<(Vec<&'static str>, Word)>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        words: HashMap::new(),
        phrases: HashMap::new(),
    };
    for (text, word) in lines().filter_map(line) {
        let mut words = text.split(' ');
        match (words.next(), words.next()) {
            (Some(first), Some(_)) => {
                let rest = text.split(' ').skip(1).collect();
                let phrases = table.phrases.entry(first).or_default();
                phrases.push((rest, word));
            }
            _ => {
                table.words.insert(text, word);
            }
        }
    }
    for phrases in table.phrases.values_mut() {
        phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
    }
    table
});

fn lines() -> impl Iterator<Item = &'static str> {
    let lines = include_str!("words.tsv").lines();
    lines.filter(|line| !line.starts_with('#'))
}

fn line(line: &'static str) -> Option<(&'static str, Word)> {
    let mut columns = line.split('\t');
    let (text, kind) = (columns.next()?, Kind::named(columns.next()?)?);
    let more = columns.next().unwrap_or("");
    let mut word = Word {
        kind,
        form: Forms::default(),
        forms: Forms::default(),
        before: Kinds::default(),
    };
    for (number, text) in more.split(' ').filter(|text| !text.is_empty()).enumerate() {
        if kind == Kind::Link {
            word.before.0 |= 1 << Kind::named(text)? as u32;
        } else {
            let form = Forms::named(text)?;
            word.forms = word.forms.with(form);
            if number == 0 {
                word.form = form;
            }
        }
    }
    Some((text, word))
}

/// The entry of the table for `text`.
pub fn word(text: &str) -> Option<Word> {
    TABLE.words.get(text).copied()
}

/// Whether a folded word is a number or in the table, and so not part of a misspelled name.
pub fn is_around(text: &str) -> bool {
    let letters = text.trim_start_matches(|c: char| c.is_ascii_digit());
    letters.is_empty()
        || word(text).is_some()
        || (letters.len() < text.len() && touches_a_number(letters))
}

/// The kind of the phrase that begins with `first`, and how many words after `first` it covers.
pub fn phrase<'t>(
    first: &str,
    rest: &(impl Iterator<Item = &'t str> + Clone),
) -> Option<(usize, Word)> {
    let phrases = TABLE.phrases.get(first)?;
    let found = phrases.iter().find(|(words, _)| {
        let mut rest = rest.clone();
        words.iter().all(|word| rest.next() == Some(word))
    });
    found.map(|(words, word)| (words.len(), *word))
}

/// Whether a word or a phrase of the table begins with `first`.
pub fn can_begin_words(first: &str) -> bool {
    TABLE.words.contains_key(first) || TABLE.phrases.contains_key(first)
}

/// Whether these letters can be the unit of the number they follow: `20mg`, `5d`, `2x`.
pub fn touches_a_number(letters: &str) -> bool {
    let unit = |word: Word| {
        matches!(
            word.kind,
            Kind::Unit
                | Kind::UnitBehindNumber
                | Kind::UnitOnNumber
                | Kind::Clock
                | Kind::FormSwallowed
                | Kind::FormCounted
        ) || (word.kind == Kind::Time && letters.len() > 2)
    };
    letters == "x" || word(letters).is_some_and(unit)
}

#[cfg(test)]
mod tests {
    use super::{Kind, TABLE, line, lines, phrase, touches_a_number, word};

    #[test]
    fn every_line_of_the_table_is_read_and_is_there_once() {
        let mut count = 0;
        for text in lines() {
            assert!(line(text).is_some(), "{text}");
            count += 1;
        }
        let phrases: usize = TABLE.phrases.values().map(Vec::len).sum();
        assert_eq!(TABLE.words.len() + phrases, count);
    }

    #[test]
    fn every_kind_has_its_place() {
        for (number, (kind, name)) in Kind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, number, "{name}");
        }
    }

    #[test]
    fn what_is_no_word_around_a_name() {
        for text in [
            "no", "not", "never", "stopped", "last", "ago", "plus", "forte", "hct", "aid", "as",
            "without", "off",
        ] {
            assert_eq!(word(text), None, "{text}");
        }
    }

    #[test]
    fn phrases_are_taken_whole() {
        let rest = |text: &'static str| text.split(' ');
        let found = phrase("as", &rest("and when needed")).map(|(more, word)| (more, word.kind));
        assert_eq!(found, Some((3, Kind::Frequency)));
        assert!(phrase("as", &rest("aspirin")).is_none());
        assert!(touches_a_number("mg") && touches_a_number("d") && touches_a_number("x"));
        assert!(!touches_a_number("fu") && !touches_a_number("h1"));
    }
}
