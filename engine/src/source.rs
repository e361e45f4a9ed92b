//! A named text, and places in it.

/// A file's text under the name it goes by in messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path as the user would type it; `/` between its parts.
    pub path: String,
    /// The whole text, without a byte-order mark.
    pub text: String,
}

/// A stretch of one source, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Which source, counted from 0 in the order they were loaded.
    pub source: usize,
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
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
        }
    }

    /// Line and column of a byte, both counted from 1, columns in characters.
    #[must_use]
    pub fn position(&self, byte: usize) -> (usize, usize) {
        let before = self.text.get(..byte).unwrap_or(&self.text);
        let line = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .map_or(0, |line| line.chars().count())
            + 1;
        (line, column)
    }

    /// The byte at which `column` of `line` begins, both counted from 1; the
    /// end of the text when there is no such place.
    #[must_use]
    pub fn byte_at(&self, line: usize, column: usize) -> usize {
        let start: usize = self
            .text
            .split_inclusive('\n')
            .take(line.saturating_sub(1))
            .map(str::len)
            .sum();
        let rest = self.text.get(start..).unwrap_or("");
        let within = rest
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or(rest.len(), |c| c.0);
        start + within
    }
}

#[cfg(test)]
mod tests {
    use super::Source;

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
