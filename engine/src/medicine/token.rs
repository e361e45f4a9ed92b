//! The words of an entry: numbers, units attached to numbers, abbreviations.

use std::borrow::Cow;

use super::words;

/// A word of an entry.
#[derive(Debug)]
pub struct Token<'t> {
    pub text: Cow<'t, str>,
    /// Whether it is a number; `1,000` and `0.5` are one number each, `250/50` is two.
    pub number: bool,
    /// How it is joined to the previous text.
    pub joined: Joined,
    /// Whether it is in square brackets, which product lists use for the brand.
    pub bracketed: bool,
}

/// How a word is joined to the previous text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    /// It is separate.
    Not,
    /// It directly follows a number: the unit of `20mg`.
    ToNumber,
    /// It directly follows a `/`: the hour of `25 mcg/h`.
    BySlash,
}

impl<'t> Token<'t> {
    /// The words of a folded text.
    pub fn all(folded: &'t str) -> Vec<Self> {
        let mut tokens = Vec::new();
        let mut bracketed = false;
        let mut rest = folded;
        while let Some(first) = rest.chars().next() {
            let length = if first.is_numeric() {
                number(rest, bracketed, &mut tokens)
            } else if first.is_alphanumeric() {
                let word = run(rest, char::is_alphanumeric);
                let (text, length) = unabbreviated(rest, word);
                tokens.push(Self {
                    text,
                    number: false,
                    joined: if before(folded, rest).ends_with('/') {
                        Joined::BySlash
                    } else {
                        Joined::Not
                    },
                    bracketed,
                });
                length
            } else if rest.starts_with("(s)") && !tokens.is_empty() {
                "(s)".len()
            } else {
                bracketed = first == '[' || (bracketed && first != ']');
                first.len_utf8()
            };
            rest = rest.get(length..).unwrap_or("");
        }
        tokens
    }

    /// Whether it may be between two words of a name.
    pub fn parts_no_name(&self) -> bool {
        self.number || words::word(&self.text).is_some_and(|word| word.kind.parts_no_name())
    }

    /// Whether it can be part of a name that only counts if there is no other name.
    pub fn is_no_name_beside_one(&self) -> bool {
        self.number || words::word(&self.text).is_some_and(|word| word.kind.is_no_name_beside_one())
    }
}

/// The text before `rest`.
fn before<'t>(text: &'t str, rest: &str) -> &'t str {
    text.get(..text.len() - rest.len()).unwrap_or("")
}

/// The longest beginning of `text` whose letters all meet `wanted`.
fn run(text: &str, wanted: impl Fn(char) -> bool) -> &str {
    let end = text.find(|c: char| !wanted(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or(text)
}

/// Reads a number at the start of `text` with the letters attached to it; returns their length.
fn number<'t>(text: &'t str, bracketed: bool, tokens: &mut Vec<Token<'t>>) -> usize {
    let token = |text: &'t str, number: bool, joined: Joined| Token {
        text: Cow::Borrowed(text),
        number,
        joined,
        bracketed,
    };
    let mut digits = run(text, char::is_numeric).len();
    // A decimal point, or a comma as in 1,000 and 0,5.
    while let Some(more) = text
        .get(digits..)
        .and_then(|rest| rest.strip_prefix(['.', ',']))
    {
        match run(more, char::is_numeric).len() {
            0 => break,
            length => digits += 1 + length,
        }
    }
    let (value, rest) = text.split_at(digits);
    let letters = run(rest, char::is_alphanumeric);
    if letters.is_empty() {
        tokens.push(token(value, true, Joined::Not));
    } else if words::touches_a_number(letters) && fits(letters, value) {
        tokens.push(token(value, true, Joined::Not));
        tokens.push(token(letters, false, Joined::ToNumber));
    } else {
        tokens.push(token(
            text.get(..digits + letters.len()).unwrap_or(text),
            false,
            Joined::Not,
        ));
    }
    digits + letters.len()
}

/// Whether a unit of one or two letters is plausible after this number. Otherwise it may be the end of a
/// brand: `Telma 40 H` contains a diuretic, `Telma 40 AM` amlodipine.
pub fn fits(unit: &str, number: &str) -> bool {
    let most = match unit {
        "h" => {
            return matches!(
                number,
                "2" | "3" | "4" | "6" | "8" | "12" | "24" | "48" | "72"
            );
        }
        "am" | "pm" | "m" => 12,
        "d" => 90,
        _ => return true,
    };
    number.parse().is_ok_and(|number: u32| number <= most)
}

/// `word` without the full stops of an abbreviation (`b.d.`), and its length in `text`.
fn unabbreviated<'t>(text: &'t str, word: &'t str) -> (Cow<'t, str>, usize) {
    let letter = |text: &str| {
        let letter = run(text, char::is_alphanumeric);
        (letter.chars().count() == 1).then(|| letter.to_owned())
    };
    let (Some(mut letters), mut length) = (letter(word), word.len()) else {
        return (Cow::Borrowed(word), word.len());
    };
    while let Some(next) = text
        .get(length..)
        .and_then(|rest| rest.strip_prefix('.'))
        .and_then(letter)
    {
        length += 1 + next.len();
        letters.push_str(&next);
    }
    // `w/ food`
    if letters == "w" && text.get(length..).is_some_and(|rest| rest.starts_with('/')) {
        return (Cow::Borrowed("with"), length + 1);
    }
    (Cow::Owned(letters), length)
}
