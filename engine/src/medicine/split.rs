//! Divides an answer about medicines into pieces, and each piece into entries.
//!
//! A separator can also be part of a strength (`1,000`, `10 mg/ml`, `1+50`). In that case it does not divide the text.

use std::ops::Range;

use super::words::{self, Kind};

/// A piece of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'t> {
    pub text: &'t str,
    /// Whether a comma or a full stop comes before it, so that it may continue the previous entry.
    pub goes_on: bool,
}

/// The pieces of an answer, divided at `;`, `,`, line ends, full stops, list numbers, and the bars, bullets, dashes and
/// arrows that people put between medicines.
pub fn pieces(answer: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = Some(answer);
    let mut goes_on = false;
    let pieces = std::iter::from_fn(move || {
        let text = rest?;
        let end = text.char_indices().find(|(at, c)| divides(text, *at, *c));
        let (piece, separator) = if let Some((at, separator)) = end {
            rest = text.get(at + separator.len_utf8()..);
            (text.get(..at).unwrap_or(""), Some(separator))
        } else {
            rest = None;
            (text, None)
        };
        // The dash of an arrow: `metformin -> aspirin`
        let piece = match separator {
            Some(sign) if is_sign(sign) => piece.trim_end_matches(is_sign),
            Some('.') => piece.trim_end_matches('.'),
            _ => piece,
        };
        let piece = Piece {
            text: piece.trim(),
            goes_on,
        };
        goes_on = !matches!(separator, Some(';' | '\n' | '\r'));
        Some(piece)
    });
    pieces.filter(|piece| !piece.text.is_empty())
}

/// Whether the character at this place ends a piece.
fn divides(text: &str, at: usize, c: char) -> bool {
    if c.is_ascii_alphanumeric() {
        return false;
    }
    let before = text.get(..at).unwrap_or("");
    let rest = text.get(at + c.len_utf8()..).unwrap_or("");
    let (last, next) = (before.chars().next_back(), rest.chars().next());
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let between_digits = || digit(last) && digit(next);
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    // A dash without a word after it is an answer, such as the second in `aspirin, -`. After the dash of `aspirin - for
    // pain` comes no other medicine.
    let leads = || {
        let item = rest.split([';', ',', '|', '\n', '\r']).next().unwrap_or("");
        let first = words_of(item).find(|word| word.contains(char::is_alphanumeric));
        first.is_some_and(|word| !word.eq_ignore_ascii_case("for"))
    };
    match c {
        ';' | '\n' | '\r' | '|' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
            true
        }
        ',' => {
            let within_form = || {
                let before = words_of(before).next_back();
                let after = words_of(rest).next();
                !blank(next) && is_form(before) && is_form_or_release(after)
            };
            !(between_digits() || within_form())
        }
        '.' if last == Some('.') => next.is_some_and(|c| c.is_alphabetic() || c.is_whitespace()),
        '.' => next.is_some_and(char::is_whitespace) && !is_abbreviated(before),
        '!' => next.is_some_and(char::is_whitespace),
        // `1) metformin`, `(1) metformin`
        ')' | ':' => blank(next) && ends_with_list_number(before),
        '^' => !between_digits(),
        '#' if digit(next) => blank(last),
        // Three blanks or more are the space between columns.
        c if c.is_whitespace() => {
            let item = before.trim_end();
            before
                .get(item.len()..)
                .is_some_and(|gap| gap.chars().count() > 1)
                && !item.is_empty()
        }
        '-' if last == Some('-') => leads(),
        // `metformin - 500 mg`, `-metformin -aspirin`, `metformin- aspirin`, `metformin -> aspirin`, but not `co-codamol`,
        // `10-20 mg` and `10 - 20 mg`
        c if is_sign(c) => {
            let bullet = matches!(c, '-' | '\u{2010}'..='\u{2013}' | '*' | '~' | '>');
            let apart = blank(next) && (blank(last) || last.is_some_and(is_sign));
            let apart = apart || (bullet && (blank(last) || blank(next)));
            // The 1 of `1- metformin`, at the beginning.
            let number = last.is_some() && before.bytes().all(|byte| byte.is_ascii_digit());
            apart && leads() && !number && !is_range(before, rest)
        }
        _ => is_mark(c) && leads() && !between_digits(),
    }
}

/// Whether a character divides a list if it is between blanks. Brackets and quotes do not, and a colon may lead to the form.
fn is_sign(c: char) -> bool {
    let other = "()[]:%,.;/+&?'\"";
    (c.is_ascii_punctuation() && !other.contains(c))
        || matches!(
            c,
            '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{ff0d}' | '«' | '»'
        )
}

/// Whether a character is a bullet, a dash, an arrow or another sign between medicines: `•`, `·`, `—`, `→`, `、`.
fn is_mark(c: char) -> bool {
    matches!(c,
        '¦' | '·' | '\u{2014}'..='\u{2016}' | '\u{2020}'..='\u{2027}' | '\u{203b}' | '\u{2043}' | '\u{204c}' | '\u{204d}'
        // Arrows, mathematical dots, boxes, shapes, symbols, ticks.
        | '\u{2190}'..='\u{21ff}' | '\u{2219}' | '\u{22c5}' | '\u{2500}'..='\u{27bf}' | '\u{27f0}'..='\u{27ff}'
        | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}'
        // Commas and semicolons of other scripts, and wide ones.
        | '\u{60c}' | '\u{61b}' | '、' | '。' | '・' | '，' | '；' | '！' | '．' | '｡' | '､' | '｜' | '／' | '＋' | '＆')
}

/// Whether a dash between these texts joins two numbers: `10 - 20 mg`.
fn is_range(before: &str, after: &str) -> bool {
    let number = |word: Option<&str>| {
        word.and_then(Amount::of)
            .is_some_and(|amount| matches!(amount, Amount::Number | Amount::Strength))
    };
    number(words_of(before).next_back()) && number(words_of(after).next())
}

/// Whether a text ends with the number of an item in a list, after another item: the 2 of `1) metformin 2`.
fn ends_with_list_number(text: &str) -> bool {
    let item = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - item.len();
    let item = item.strip_suffix('(').unwrap_or(item);
    (1..=2).contains(&digits) && item.ends_with(char::is_whitespace) && !item.trim().is_empty()
}

/// Whether the full stop after this text belongs to its last word: `St. John's wort`, `1. metformin`, `Tab. metformin`.
/// `Eye drops. Prednisolone` is two medicines, and so may `Oint. prednisolone` be.
fn is_abbreviated(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    let last = words.next_back().unwrap_or("").to_lowercase();
    let number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let begins = words.all(number);
    match last.as_str() {
        "st" | "vit" | "dr" | "approx" => true,
        "tab" | "tabs" | "cap" | "caps" | "inj" => begins,
        _ => begins && number(&last),
    }
}

/// The ranges of the entries of a piece, divided at `/`, `+`, `&` and the word "and".
pub fn entries(piece: &str) -> Vec<Range<usize>> {
    let mut entries = Vec::new();
    let mut start = 0;
    let mut divide = |from: usize, to: usize| {
        let text = piece.get(start..from).unwrap_or("");
        let first = start + (text.len() - text.trim_start().len());
        entries.push(first..first + text.trim().len());
        start = to;
    };
    let mut word = 0;
    for (at, c) in piece.char_indices() {
        let end = at + c.len_utf8();
        if matches!(c, '/' | '+' | '&') {
            if !is_in_strength(
                piece.get(..at).unwrap_or(""),
                c,
                piece.get(end..).unwrap_or(""),
            ) {
                divide(at, end);
            }
            word = end;
        } else if c.is_whitespace() {
            if is_and(piece, word, at) {
                divide(word, end);
            }
            word = end;
        }
    }
    let end = if is_and(piece, word, piece.len()) {
        word
    } else {
        piece.len()
    };
    divide(end, piece.len());
    entries.retain(|entry| !entry.is_empty());
    entries
}

/// Whether the word in this range is an "and" before another entry. It is not in `one and a half` and `as and when
/// needed`.
fn is_and(piece: &str, from: usize, to: usize) -> bool {
    let is_and = piece
        .get(from..to)
        .is_some_and(|word| word.eq_ignore_ascii_case("and"));
    if !is_and {
        return false;
    }
    let mut after = words_of(piece.get(to..).unwrap_or(""));
    let next = after.next().unwrap_or("").to_lowercase();
    let next = if next == "a" {
        after.next().unwrap_or("").to_lowercase()
    } else {
        next
    };
    let before = words_of(piece.get(..from).unwrap_or("")).next_back();
    let half = matches!(next.as_str(), "half" | "½" | "quarter" | "third");
    let as_and_when = next == "when" && before.is_some_and(|word| word.eq_ignore_ascii_case("as"));
    !half && !as_and_when
}

/// Whether a word is like `tablet` in `tablet,delayed release`, which is one form.
fn is_form(word: Option<&str>) -> bool {
    word.and_then(kind).is_some_and(Kind::is_form)
}

fn is_form_or_release(word: Option<&str>) -> bool {
    word.and_then(kind)
        .is_some_and(|kind| kind.is_form() || kind == Kind::Release)
}

fn words_of(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    let part = |c: char| !c.is_alphanumeric() && !matches!(c, '.' | ',' | '%');
    text.split(part).filter(|word| !word.is_empty())
}

/// Whether a `/`, `+` or `&` between these texts is part of a strength: `10 mg/ml`, `50/12.5`, `1+0+1`.
fn is_in_strength(before: &str, sign: char, after: &str) -> bool {
    // `w/ food`
    let last = words_of(before).next_back().unwrap_or("");
    if sign == '/' && !before.ends_with(char::is_whitespace) && last.eq_ignore_ascii_case("w") {
        return true;
    }
    // `DR/EC`
    let release = |word: Option<&str>| word.and_then(kind) == Some(Kind::Release);
    if sign == '/' && release(Some(last)) && release(words_of(after).next()) {
        return true;
    }
    let near = !before.ends_with(char::is_whitespace) && !after.starts_with(char::is_whitespace);
    let mut words = words_of(after);
    let first = words.next().unwrap_or("");
    let second = words.next().unwrap_or("");
    let Some(before) = Amount::of(last) else {
        return false;
    };
    let Some(after) = Amount::of(first) else {
        return false;
    };
    // `500 mg + 1 injection` is two entries, and so are `500 mg / 2 pens` and `500 mg / pill`.
    let form = |word| kind(word).is_some_and(Kind::is_form);
    // `50/12.5 tablets` is a strength.
    let strength = near && before == Amount::Number;
    let counts_a_form = after == Amount::Number && form(second) && !strength;
    match sign {
        '/' => !counts_a_form && (near || !form(first)),
        '+' => {
            let unit = after == Amount::Strength || Amount::of(second) == Some(Amount::Unit);
            !counts_a_form
                && before != Amount::Time
                && after != Amount::Unit
                && after != Amount::Time
                && (near || unit)
        }
        _ => false,
    }
}

/// The role of a word in a strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Amount {
    /// `12.5`
    Number,
    /// `mg`
    Unit,
    /// `day`
    Time,
    /// `12.5mg`
    Strength,
}

impl Amount {
    fn of(word: &str) -> Option<Self> {
        let digits = word.trim_end_matches(|c: char| !c.is_numeric());
        let letters = word
            .get(digits.len()..)
            .unwrap_or("")
            .trim_matches(['.', ',', '%']);
        if digits.starts_with(char::is_numeric) {
            return match letters {
                "" => Some(Self::Number),
                letters => {
                    words::touches_a_number(&letters.to_lowercase()).then_some(Self::Strength)
                }
            };
        }
        match kind(word)? {
            Kind::Unit | Kind::UnitBehindNumber | Kind::FormSwallowed | Kind::FormCounted => {
                Some(Self::Unit)
            }
            Kind::Time => Some(Self::Time),
            _ => None,
        }
    }
}

fn kind(word: &str) -> Option<Kind> {
    words::word(&word.trim_matches(['.', ',']).to_lowercase()).map(|word| word.kind)
}

#[cfg(test)]
mod tests;
