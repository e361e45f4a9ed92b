//! A position in a text, with the text around it.

/// The position at which the parser stopped.
#[derive(Clone, Copy)]
pub struct Cursor<'a> {
    /// The text.
    pub text: &'a str,
    /// The byte at which it stopped.
    pub at: usize,
}

impl<'a> Cursor<'a> {
    /// The text before it.
    pub fn before(self) -> &'a str {
        self.text.get(..self.at).unwrap_or("")
    }

    /// The text from it on.
    pub fn after(self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The text before it on its line.
    pub fn line_before(self) -> &'a str {
        self.before().rsplit('\n').next().unwrap_or("")
    }

    /// The text from it to the end of its line.
    pub fn line_after(self) -> &'a str {
        self.after().lines().next().unwrap_or("")
    }

    /// The start of the text on the line above, after blanks and dashes. Empty lines and comments
    /// are skipped.
    pub fn line_above(self) -> Option<Self> {
        let mut end = self.at - self.line_before().len();
        while end > 0 {
            let before = self.text.get(..end - 1)?;
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            let words = before.get(start..)?.trim_start_matches([' ', '-']);
            if !words.is_empty() && !words.starts_with('#') {
                return Some(Self {
                    at: before.len() - words.len(),
                    ..self
                });
            }
            end = start;
        }
        None
    }

    /// The character at the position.
    pub fn sign(self) -> Option<char> {
        self.after().chars().next()
    }

    /// The range of this character.
    pub fn here(self) -> (usize, usize) {
        (self.at, self.at + self.sign().map_or(0, char::len_utf8))
    }

    /// The range of the word that begins here.
    pub fn word(self) -> (usize, usize) {
        let ends = |c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}');
        let length = self.after().find(ends).unwrap_or(self.after().len());
        (self.at, self.at + length)
    }

    /// The range of the word that begins with the last `sign` before here on this line.
    pub fn word_back_at(self, sign: char) -> (usize, usize) {
        let back = self.line_before().rfind(sign);
        let line = self.at - self.line_before().len();
        let at = back.map_or(self.at, |back| line + back);
        Cursor { at, ..self }.word()
    }

    /// The last quote before here that opens a text.
    pub fn opening_quote(self) -> Option<usize> {
        let opens = |at: &usize| {
            let before = self.text.get(..*at).unwrap_or("").chars().next_back();
            before.is_none_or(|c| c.is_whitespace() || matches!(c, '[' | '{' | ','))
        };
        let quotes = self.before().rmatch_indices(['"', '\'']);
        quotes.map(|(at, _)| at).find(opens)
    }

    /// The last bracket before here that is not closed.
    pub fn open_bracket(self) -> Option<usize> {
        let mut closed = 0;
        for (at, sign) in self.before().rmatch_indices(['[', ']', '{', '}']) {
            match sign {
                "]" | "}" => closed += 1,
                _ if closed == 0 => return Some(at),
                _ => closed -= 1,
            }
        }
        None
    }
}
