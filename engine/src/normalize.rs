//! Text as it is compared: letter case, accents, dashes and spacing set aside.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// `text` in lower case without accents, every run of blanks and dashes one blank.
///
/// `Paracétamol` and `PARACETAMOL` become the same; `co-codamol` becomes
/// `co codamol`. Trademark signs, apostrophes and quotes disappear.
#[must_use]
pub fn normalize(text: &str) -> String {
    if is_folded(text) {
        return text.to_owned();
    }
    if text.is_ascii() {
        return normalize_ascii(text);
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
    plain_letters(text).for_each(&mut push);
    folded
}

/// The letters of a text without accents, and without what only changes their look.
pub(crate) fn plain_letters(text: &str) -> impl Iterator<Item = char> {
    text.nfkd().filter(|c| !is_combining_mark(*c))
}

/// The same for text without accents, as most is.
fn normalize_ascii(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for byte in text.bytes() {
        if is_gap(byte) {
            gap = true;
        } else if !is_dropped(byte) {
            if gap && !folded.is_empty() {
                folded.push(' ');
            }
            gap = false;
            folded.push(char::from(byte.to_ascii_lowercase()));
        }
    }
    folded
}

/// Whether the [`key`] of `text` is `wanted`; looks no further than it must.
#[must_use]
pub(crate) fn has_key(text: &str, wanted: &str) -> bool {
    if !text.is_ascii() {
        return key(text) == wanted;
    }
    key_of_ascii(text).eq(wanted.bytes())
}

fn key_of_ascii(text: &str) -> impl Iterator<Item = u8> {
    let kept = |byte: &u8| !is_gap(*byte) && !is_dropped(*byte) && *byte != b'_';
    text.bytes()
        .filter(kept)
        .map(|byte| byte.to_ascii_lowercase())
}

/// Whether an ASCII byte parts words.
fn is_gap(byte: u8) -> bool {
    byte <= b' ' || matches!(byte, b'-' | 0x7f)
}

/// Whether an ASCII byte is left out.
fn is_dropped(byte: u8) -> bool {
    matches!(byte, b'\'' | b'"')
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
/// [`normalize`], with spacing and underscores ignored too.
#[must_use]
pub fn key(text: &str) -> String {
    if text.is_ascii() {
        let mut key = String::with_capacity(text.len());
        key.extend(key_of_ascii(text).map(char::from));
        return key;
    }
    normalize(text)
        .chars()
        .filter(|c| !matches!(c, ' ' | '_'))
        .collect()
}

/// Whether a letter is a dash, a hyphen or a minus.
#[must_use]
pub(crate) fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// Whether nothing can be seen of a letter: blanks, controls, and marks that
/// only steer how a text is drawn.
#[must_use]
pub fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

enum Kept {
    Letter(char),
    Gap,
    Nothing,
}

fn kept(c: char) -> Kept {
    match c {
        c if is_dash(c) => Kept::Gap,
        '\'' | '\u{2018}' | '\u{2019}' | '"' | '\u{201c}' | '\u{201d}' | '®' | '™' => {
            Kept::Nothing
        }
        // Letters that no decomposition takes apart.
        'ø' | 'Ø' => Kept::Letter('o'),
        'ł' | 'Ł' => Kept::Letter('l'),
        'đ' | 'Đ' => Kept::Letter('d'),
        'ı' => Kept::Letter('i'),
        c if c.is_whitespace() || c.is_control() => Kept::Gap,
        c if is_unseen(c) => Kept::Nothing,
        c => Kept::Letter(c),
    }
}

#[cfg(test)]
mod tests {
    use super::{has_key, key, normalize};

    #[test]
    fn folded_forms() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            assert_eq!(normalize(text), expected, "{text}");
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
    fn text_without_accents_is_folded_like_any_other() {
        // If a letter becomes nothing when it is folded, the full method is used.
        for byte in 0..128_u8 {
            for around in ["", " ", "-", "a", "_", "'"] {
                let text = format!("{around}{}{around}B", char::from(byte));
                let long = format!("{text}\u{200b}");
                assert_eq!(normalize(&text), normalize(&long), "{text:?}");
                assert_eq!(key(&text), key(&long), "{text:?}");
            }
        }
    }

    #[test]
    fn spacing_and_underscores_do_not_matter_in_a_key() {
        assert_eq!(key("Date of Birth"), key("date_of_birth"));
        assert_eq!(key("not-sure"), key("Not  sure"));
        for (text, wanted, same) in [
            ("Date of Birth", "dateofbirth", true),
            ("Date of Birth", "date", false),
            ("Date", "dateofbirth", false),
            ("Où ça", "ouca", true),
            ("ou", "où", false),
        ] {
            assert_eq!(has_key(text, wanted), same, "{text}");
        }
    }
}
