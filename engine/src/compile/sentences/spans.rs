//! Finds the places of a sentence's words in its file.

use crate::pack::Sentence;
use crate::sentence::{Word, words};
use crate::source::{Place, Source};

/// A sentence, its place, and its text in the file.
pub struct At<'a> {
    sentence: &'a Sentence,
    written: &'a str,
}

impl<'a> At<'a> {
    /// The place of `sentence` in `sources`.
    pub fn new(sentence: &'a Sentence, sources: &'a [Source]) -> Self {
        let place = sentence.place;
        let source = sources.get(place.source);
        let written = source.and_then(|source| source.text.get(place.start..place.end));
        Self {
            sentence,
            written: written.unwrap_or(""),
        }
    }

    /// The place of one word.
    pub fn word(&self, word: Word<'_>) -> Place {
        let start = self.begin(word.start);
        start.map_or(self.sentence.place, |start| {
            self.stretch(start, start + word.text.len())
        })
    }

    /// The place of everything after `word`.
    pub fn behind(&self, word: Word<'_>) -> Place {
        let end = self.end();
        let rest = self.sentence.text.get(word.start + word.text.len()..);
        let rest = rest.unwrap_or("").trim_end();
        if rest.is_empty() {
            return end;
        }
        let text = self.sentence.text.trim_end();
        let start = text.len() - rest.trim_start().len();
        self.begin(start)
            .map_or(self.sentence.place, |start| self.stretch(start, end.start))
    }

    /// The place directly after the last word, for something that is missing.
    pub fn end(&self) -> Place {
        let text = self.sentence.text.trim_end();
        let last = text.rsplit(char::is_whitespace).next().unwrap_or("");
        let place = self.begin(text.len() - last.len()).map(|start| {
            let end = start + last.len();
            self.stretch(end, end + 1)
        });
        place.unwrap_or(self.sentence.place)
    }

    fn stretch(&self, start: usize, end: usize) -> Place {
        Place {
            source: self.sentence.place.source,
            start,
            end,
        }
    }

    /// The position in the file of the word that begins at byte `start` of the text.
    ///
    /// A sentence that is folded over several lines has the same words in the same order. With
    /// escapes such as `\t` it may not; then there is no position.
    fn begin(&self, start: usize) -> Option<usize> {
        if let Some(begin) = self.sentence.verbatim {
            return Some(begin + start);
        }
        let quote = usize::from(self.written.starts_with(['"', '\'']));
        let written = self.written.get(quote..)?;
        let written = words(written.strip_suffix(['"', '\'']).unwrap_or(written));
        let text = words(&self.sentence.text);
        let same = text
            .iter()
            .map(|word| word.text)
            .eq(written.iter().map(|word| word.text));
        let number = text
            .iter()
            .position(|word| word.start == start)
            .filter(|_| same)?;
        Some(self.sentence.place.start + quote + written.get(number)?.start)
    }
}

#[cfg(test)]
mod tests {
    use super::At;
    use crate::pack::Sentence;
    use crate::sentence::Word;
    use crate::source::{Place, Source};

    #[test]
    fn words_are_found_where_they_are_written() {
        #[track_caller]
        fn case(written: &str, text: &str, word: &str, expected: &str) {
            let sources = [Source::new("x.yaml", written)];
            let place = Place {
                source: 0,
                start: 0,
                end: written.len(),
            };
            let sentence = Sentence {
                text: text.to_owned(),
                place,
                verbatim: (text == written).then_some(0),
            };
            let at = At::new(&sentence, &sources);
            let start = text.find(word).expect("in the text");
            let word = Word { text: word, start };
            let places = [at.word(word), at.behind(word), at.end()];
            let marked = places.map(|place| written.get(place.start..place.end).unwrap_or("|"));
            assert_eq!(marked.join("|"), expected, "{written:?}");
        }

        case("acne is red", "acne is red", "is", "is|red||");
        case("acne\n  is\n  red\n", "acne is red", "is", "is|red|\n");
        case(
            "\"acne is\n red\"",
            "acne is red",
            "acne",
            "acne|is\n red|\"",
        );
        case("'acne is\n red'", "acne is red", "red", "red|'|'");
        let whole = "\"acne\\tis red\"";
        case(whole, "acne\tis red", "is", &[whole; 3].join("|"));
    }
}
