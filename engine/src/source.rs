//! A named text, and places in it.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

/// A file's text under the name it goes by in messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path as the user would type it; `/` between its parts.
    pub path: String,
    /// The whole text, without a byte-order mark.
    pub text: String,
    /// What of it is not UTF-8: the file is not used then, but its text is shown.
    pub not_utf8: Option<NotUtf8>,
    /// The byte at which each line begins, once a line was asked for.
    lines: OnceLock<Vec<usize>>,
}

/// Why the bytes of a file are not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotUtf8 {
    /// Some bytes are not UTF-8, for example if an editor saved windows-1252.
    Bytes {
        /// The first.
        first: u8,
        /// Where the text shows it.
        at: usize,
        /// How many follow.
        more: usize,
    },
    /// The file begins with the mark of UTF-16.
    Utf16,
}

/// A range of bytes in one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Which source, counted from 0 in the order they were loaded.
    pub source: usize,
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// The place.
    pub place: Place,
}

impl Source {
    /// A source named `path`; a byte-order mark, Notepad's habit, is left out.
    #[must_use]
    pub fn new(path: impl Into<String>, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
        Self {
            path: path.into(),
            text,
            not_utf8: None,
            lines: OnceLock::new(),
        }
    }

    /// A source named `path` from the bytes of a file. Bytes that are not UTF-8 are shown as
    /// the letters that windows-1252 has for them.
    #[must_use]
    pub fn from_bytes(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => return Self::new(path, &text),
            Err(error) => error.into_bytes(),
        };
        if let Some(text) = utf16(&bytes) {
            return Self {
                not_utf8: Some(NotUtf8::Utf16),
                ..Self::new(path, &text)
            };
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let mut text = String::with_capacity(bytes.len());
        let mut wrong = Vec::new();
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            for byte in chunk.invalid() {
                wrong.push((*byte, text.len()));
                text.push(windows_1252(*byte));
            }
        }
        let not_utf8 = wrong.first().map(|(first, at)| NotUtf8::Bytes {
            first: *first,
            at: *at,
            more: wrong.len() - 1,
        });
        Self {
            path: path.into(),
            text,
            not_utf8,
            lines: OnceLock::new(),
        }
    }

    /// Line and column of a byte, both counted from 1, columns in characters.
    #[must_use]
    pub fn position(&self, byte: usize) -> (usize, usize) {
        let lines = self.lines();
        let byte = if self.text.is_char_boundary(byte) {
            byte
        } else {
            self.text.len()
        };
        let line = lines.partition_point(|start| *start <= byte);
        let start = line.checked_sub(1).and_then(|line| lines.get(line));
        let before = start.and_then(|start| self.text.get(*start..byte));
        (line, before.map_or(0, |before| before.chars().count()) + 1)
    }

    /// The byte at which `column` of `line` begins, both counted from 1; the end of the text if
    /// there is no such place.
    #[must_use]
    pub(crate) fn byte_at(&self, line: usize, column: usize) -> usize {
        let start = self.lines().get(line.saturating_sub(1)).copied();
        let start = start.unwrap_or(self.text.len());
        let rest = self.text.get(start..).unwrap_or("");
        let within = rest
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or(rest.len(), |c| c.0);
        start + within
    }

    /// The byte at which each line begins. A large file with many cases, or many problems,
    /// is not gone through again for each of them.
    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let newlines = self.text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(newlines).collect()
        })
    }
}

/// The text of a file that begins with the mark of UTF-16.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (rest, unit): (_, fn([u8; 2]) -> u16) = match bytes {
        [0xff, 0xfe, rest @ ..] => (rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => (rest, u16::from_be_bytes),
        _ => return None,
    };
    let (pairs, _) = rest.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    let letters = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
    Some(letters.collect())
}

/// The letter that windows-1252 has for a byte from 0x80 on.
#[must_use]
pub fn windows_1252(byte: u8) -> char {
    const FROM_80_TO_9F: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž',
        '\u{fffd}', '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ',
        '\u{fffd}', 'ž', 'Ÿ',
    ];
    let special = byte.checked_sub(0x80).map(usize::from);
    let special = special.and_then(|at| FROM_80_TO_9F.get(at));
    special.copied().unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::{NotUtf8, Source};

    #[test]
    fn bytes_that_are_not_utf_8_are_shown_and_counted() {
        #[track_caller]
        fn case(bytes: &[u8], text: &str, expected: Option<NotUtf8>) {
            let source = Source::from_bytes("x.yaml", bytes.to_vec());
            assert_eq!((source.text.as_str(), source.not_utf8), (text, expected));
        }
        let bytes = |first, at, more| Some(NotUtf8::Bytes { first, at, more });

        case("a: é".as_bytes(), "a: é", None);
        case(b"\xef\xbb\xbfa", "a", None);
        case(b"a: caf\xe9", "a: café", bytes(0xe9, 6, 0));
        case("é: \u{201c}x".as_bytes(), "é: “x", None);
        case(b"\xe9: \x93x\x94", "é: “x”", bytes(0xe9, 0, 2));
        case(b"\xef\xbb\xbfa\xe9", "aé", bytes(0xe9, 1, 0));
        case(b"a\x81", "a\u{fffd}", bytes(0x81, 1, 0));
        case(b"a\xe2\x80", "aâ€", bytes(0xe2, 1, 1));
        case(b"\xff\xfea\0:\0", "a:", Some(NotUtf8::Utf16));
        case(b"\xfe\xff\0a\0:", "a:", Some(NotUtf8::Utf16));
    }

    #[test]
    fn positions_count_characters_from_one() {
        #[track_caller]
        fn case(source: &Source, byte: usize, expected: (usize, usize)) {
            assert_eq!(source.position(byte), expected, "byte {byte}");
            assert_eq!(source.byte_at(expected.0, expected.1), byte, "{expected:?}");
        }

        let source = Source::new("x.yaml", "\u{feff}a: é\nbé: c\n");

        case(&source, 0, (1, 1));
        case(&source, 3, (1, 4));
        case(&source, 6, (2, 1));
        case(&source, 9, (2, 3));
        assert_eq!(source.position(999).0, 3);
        assert_eq!(source.byte_at(9, 9), source.text.len());
    }
}
