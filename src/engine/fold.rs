//! Text as it is compared: letter case, accents, dashes and spacing set aside.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// `text` in lower case without accents, every run of blanks and dashes one blank.
///
/// `Paracétamol` and `PARACETAMOL` become the same; `co-codamol` becomes
/// `co codamol`. Trademark signs, apostrophes and quotes disappear.
#[must_use]
pub fn fold(text: &str) -> String {
    if is_folded(text) {
        return text.to_owned();
    }
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    let mut push = |c: char| match kept(c) {
        Kept::Gap => gap = true,
        Kept::Nothing => {}
        Kept::Letter(c) => {
            if gap && !folded.is_empty() {
                folded.push(' ');
            }
            gap = false;
            if c.is_ascii() {
                folded.push(c.to_ascii_lowercase());
            } else {
                folded.extend(c.to_lowercase());
            }
        }
    };
    if text.is_ascii() {
        text.chars().for_each(&mut push);
    } else {
        text.nfkd()
            .filter(|c| !is_combining_mark(*c))
            .for_each(&mut push);
    }
    folded
}

/// Whether folding plainly changes nothing, as for most names in a pack: lower
/// case, digits, and single blanks between.
fn is_folded(text: &str) -> bool {
    let mut before = b' ';
    for byte in text.bytes() {
        let letter = byte.is_ascii_lowercase() || byte.is_ascii_digit();
        if !letter && (byte != b' ' || before == b' ') {
            return false;
        }
        before = byte;
    }
    before != b' ' || text.is_empty()
}

/// What two headings or two answer words must share to be the same:
/// [`fold`], with spacing and underscores ignored too.
#[must_use]
pub fn key(text: &str) -> String {
    fold(text)
        .chars()
        .filter(|c| !matches!(c, ' ' | '_'))
        .collect()
}

enum Kept {
    Letter(char),
    Gap,
    Nothing,
}

fn kept(c: char) -> Kept {
    match c {
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Kept::Gap,
        '\'' | '\u{2018}' | '\u{2019}' | '"' | '\u{201c}' | '\u{201d}' | '®' | '™' | '\u{200b}'
        | '\u{feff}' => Kept::Nothing,
        // Letters that no decomposition takes apart.
        'ø' | 'Ø' => Kept::Letter('o'),
        'ł' | 'Ł' => Kept::Letter('l'),
        'đ' | 'Đ' => Kept::Letter('d'),
        'ı' => Kept::Letter('i'),
        c if c.is_whitespace() || c.is_control() => Kept::Gap,
        c => Kept::Letter(c),
    }
}

#[cfg(test)]
mod tests {
    use super::{fold, key};

    #[test]
    fn folded_forms() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            assert_eq!(fold(text), expected, "{text}");
        }

        case("  Paracétamol ", "paracetamol");
        case("Co\u{2011}Codamol", "co codamol");
        case("Roaccutane®", "roaccutane");
        case("St John’s  wort", "st johns wort");
        case("I\u{307}NSULIN", "insulin");
        case("Ｗarfarin", "warfarin");
        case("-", "");
        case("", "");
    }

    #[test]
    fn spacing_and_underscores_do_not_matter_in_a_key() {
        assert_eq!(key("Date of Birth"), key("date_of_birth"));
        assert_eq!(key("not-sure"), key("Not  sure"));
    }
}
