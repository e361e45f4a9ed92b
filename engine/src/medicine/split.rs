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
    // A dash without a word after it is an answer, such as the second in `aspirin, -`.
    let leads = || {
        let mut rest = rest.trim_start().chars();
        rest.next().is_some_and(|c| c.is_alphanumeric() || c == '(')
    };
    match c {
        ';' | '\n' | '\r' | '|' | '\t' | '\u{b}' | '\u{c}' => true,
        ',' => {
            let within_form = || {
                let before = words_of(before).next_back();
                let after = words_of(rest).next();
                !blank(next) && is_form(before) && is_form_or_release(after)
            };
            !(between_digits() || within_form())
        }
        '.' => next.is_some_and(char::is_whitespace) && !is_abbreviated(before),
        // `1) metformin`, and `metformin - 500 mg`, but not `10-20 mg` and `10 - 20 mg`
        ')' | ':' => blank(next) && ends_with_list_number(before),
        '-' | '\u{2013}' | '*' | '~' | '>' => {
            let apart = blank(last) && !is_range(before, rest);
            blank(next) && leads() && (apart || ends_with_list_number(before))
        }
        '^' => !between_digits(),
        '#' => digit(next) && blank(last),
        // Three blanks or more are the space between columns.
        ' ' => before.ends_with("  ") && !before.trim_end().is_empty(),
        _ => is_mark(c) && leads() && !between_digits(),
    }
}

/// Whether a character is a bullet, a dash, an arrow or another sign between medicines: `•`, `·`, `—`, `→`, `、`.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{85}' | '¦' | '·' | '\u{2014}' | '\u{2015}' | '\u{2016}' | '\u{2022}' | '\u{2023}' | '\u{2028}' | '\u{2029}'
        | '\u{203b}' | '\u{2043}' | '\u{204c}' | '\u{204d}'
        // Arrows, mathematical dots, boxes, shapes, symbols, ticks.
        | '\u{2190}'..='\u{21ff}' | '\u{2219}' | '\u{22c5}' | '\u{2500}'..='\u{27bf}' | '\u{27f0}'..='\u{27ff}'
        | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}'
        // Commas and semicolons of other scripts, and wide ones.
        | '\u{60c}' | '\u{61b}' | '、' | '。' | '・' | '，' | '；' | '｜' | '／' | '＋' | '＆')
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
mod tests {
    use super::{entries, pieces};

    #[test]
    fn pieces_of_an_answer() {
        #[track_caller]
        fn case(answer: &str, expected: &[&str]) {
            let pieces: Vec<String> = pieces(answer)
                .map(|piece| format!("{}{}", if piece.goes_on { "," } else { "" }, piece.text))
                .collect();
            assert_eq!(pieces, expected, "{answer}");
        }

        case("a; b\nc\r\nd", &["a", "b", "c", "d"]);
        case("a, b;c ,d", &["a", ",b", "c", ",d"]);
        case(
            "x tablet,delayed release(DR/EC), y",
            &["x tablet,delayed release(DR/EC)", ",y"],
        );
        case("x spray,suspension", &["x spray,suspension"]);
        case("x tablet,y", &["x tablet", ",y"]);
        case("x tablet, suspension", &["x tablet", ",suspension"]);
        case("x 1,000 mg, y 0,5", &["x 1,000 mg", ",y 0,5"]);
        case("abc 0.5 mg. y.", &["abc 0.5 mg", ",y."]);
        case("St. John's wort. x", &["St. John's wort", ",x"]);
        case("Tab. x 5 mg", &["Tab. x 5 mg"]);
        case("1. abc 2. y", &["1. abc 2", ",y"]);
        case(
            "metformin 1 tab. weekly shot",
            &["metformin 1 tab", ",weekly shot"],
        );
        case("-", &["-"]);
        case("a, -", &["a", ",-"]);
        case("\u{2014}", &["\u{2014}"]);
        case("Eye drops. x", &["Eye drops", ",x"]);
        case("2 puffs. x", &["2 puffs", ",x"]);
        case("20 mg. x", &["20 mg", ",x"]);
        case("1. Tab. x", &["1. Tab. x"]);
        case("Oint. x", &["Oint", ",x"]);
        case("1. Eye drops 2. x", &["1. Eye drops 2", ",x"]);
        case("1) eye drops 2) x 3) y", &["1) eye drops 2", ",x 3", ",y"]);
        case("1: eye drops 2: x", &["1: eye drops 2", ",x"]);
        case("1- eye drops 2- x", &["1- eye drops 2", ",x"]);
        case("#1 eye drops #2 x", &[",1 eye drops", ",2 x"]);
        case("- a - b", &[",a", ",b"]);
        case("* a * b", &[",a", ",b"]);
        case("a | b\tc", &["a", ",b", ",c"]);
        case(
            "a • b · c → d — e ● f ✓ g",
            &["a", ",b", ",c", ",d", ",e", ",f", ",g"],
        );
        case("a、b，c；d", &["a", ",b", ",c", ",d"]);
        case("a   b", &["a", ",b"]);
        case("a  b", &["a  b"]);
        // Inside a strength or a word they do not divide.
        case("x 10·5 mg", &["x 10·5 mg"]);
        case("x 10 - 20 mg", &["x 10 - 20 mg"]);
        case("x 10mg - 20mg", &["x 10mg - 20mg"]);
        case("x 10^6 units", &["x 10^6 units"]);
        case("x 2-3 times", &["x 2-3 times"]);
        case("co-x (10 mg) y", &["co-x (10 mg) y"]);
        case("x at 8: y", &["x at 8", ",y"]);
    }

    #[test]
    fn entries_of_a_piece() {
        #[track_caller]
        fn case(piece: &str, expected: &[&str]) {
            let entries = entries(piece);
            let texts: Vec<&str> = entries.iter().map(|at| &piece[at.clone()]).collect();
            assert_eq!(texts, expected, "{piece}");
        }

        case("a/b + c & d and e AND f", &["a", "b", "c", "d", "e", "f"]);
        case("x 10 MG/ML / y 5 MG/ML", &["x 10 MG/ML", "y 5 MG/ML"]);
        case("x 0.12/0.015 MG per 24HR", &["x 0.12/0.015 MG per 24HR"]);
        case("x 50mg/12.5mg", &["x 50mg/12.5mg"]);
        case("x 50 mg + 12.5 mg", &["x 50 mg + 12.5 mg"]);
        case("x 1+0+1", &["x 1+0+1"]);
        case("x 50/12.5 tablets", &["x 50/12.5 tablets"]);
        case("x 50/12.5 mg tablets", &["x 50/12.5 mg tablets"]);
        case("x 500mg/2 pens", &["x 500mg", "2 pens"]);
        case("x 250/50", &["x 250/50"]);
        case("x 5 mg/day", &["x 5 mg/day"]);
        case("x 2 tab/day", &["x 2 tab/day"]);
        case(
            "x 500 mg + 1 injection weekly",
            &["x 500 mg", "1 injection weekly"],
        );
        case("x 500 + a pen", &["x 500", "a pen"]);
        case("x 500 mg / pill", &["x 500 mg", "pill"]);
        case("x 5/warfarin", &["x 5", "warfarin"]);
        case("vitamin d/calcium", &["vitamin d", "calcium"]);
        case("x w/ food", &["x w/ food"]);
        case("one and a half x", &["one and a half x"]);
        case("x as and when needed", &["x as and when needed"]);
        case("and x and", &["x"]);
    }
}
