//! The wording of one column of a table, if it has its own.

use super::dates::DateFormat;
use super::{Mark, Reply, Value};

/// The separators between answers in one cell.
pub const SEPARATORS: [char; 5] = [';', '|', ',', '\n', '\r'];

/// The meaning of words, the format of days, and the options of one column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// Words of the column, as returned by [`comparable`], with their answers.
    words: Vec<(String, String)>,
    /// The format of its days; none if it is that of the table.
    pub days: Option<DayForm>,
    /// The options that the form offers; all of them if none are given. Options that were not
    /// offered were not denied.
    pub offered: Option<Vec<usize>>,
    /// Whether all other words mean that the answer is not known.
    pub others_not_sure: bool,
}

/// How a column writes days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayForm {
    /// In this format.
    Format(DateFormat),
    /// As the day numbers of spreadsheets.
    ExcelSerial,
    /// As the age in years on the day on which the form was filled in.
    Age,
}

impl Wording {
    /// Makes `word` mean `answer`; false if it has another meaning already.
    pub fn mean(&mut self, word: &str, answer: &str) -> bool {
        if let Some(known) = self.answer(word) {
            return known == answer;
        }
        self.words.push((comparable(word), answer.to_owned()));
        true
    }

    /// The answer for `text`, if it is a word of the column.
    #[must_use]
    pub fn answer(&self, text: &str) -> Option<&str> {
        if self.words.is_empty() {
            return None;
        }
        let wanted = comparable(text);
        let mut words = self.words.iter();
        let found = words.find(|(word, _)| *word == wanted);
        found.map(|(_, answer)| answer.as_str())
    }

    /// Whether the form offers this option.
    #[must_use]
    pub fn offers(&self, option: usize) -> bool {
        self.offered
            .as_ref()
            .is_none_or(|offered| offered.contains(&option))
    }

    /// `reply` without denials of options that the form does not offer.
    #[must_use]
    pub fn asked_about(&self, reply: Reply) -> Reply {
        let Reply::Given(Value::Choices(mut marks)) = reply else {
            return reply;
        };
        for (option, mark) in marks.iter_mut().enumerate() {
            if *mark == Mark::No && !self.offers(option) {
                *mark = Mark::Blank;
            }
        }
        Reply::Given(Value::Choices(marks))
    }

    /// Its words.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(word, _)| word.as_str())
    }

    /// `text` with each of its words between separators replaced by its answer; longest words
    /// first.
    #[must_use]
    pub fn replaced(&self, text: &str) -> Option<String> {
        let parts = parts(text);
        let most = most_separators(self.words()) + 1;
        let (mut out, mut at, mut found) = (String::new(), 0, false);
        while let Some((start, end)) = parts.get(at).copied() {
            let last = (at..parts.len().min(at + most)).rev().find_map(|last| {
                let span = text.get(start..parts.get(last)?.1)?;
                self.answer(span).map(|answer| (last, answer))
            });
            let piece = last.map_or_else(|| text.get(start..end), |(_, answer)| Some(answer));
            found |= last.is_some();
            at = last.map_or(at, |(last, _)| last) + 1;
            out.push_str(piece.unwrap_or_default());
            // The original separators may affect how a list of medicines is read.
            let end = parts.get(at - 1).map_or(text.len(), |(_, end)| *end);
            let next = parts.get(at).map_or(end, |(start, _)| *start);
            out.push_str(text.get(end..next).unwrap_or_default());
        }
        found.then_some(out)
    }
}

/// `text` for comparison: only letter case and spacing are normalized, because a dash may be a word
/// of its own.
fn comparable(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase().replace('\u{2019}', "'")
}

/// The start and end of each part between separators.
pub(super) fn parts(text: &str) -> Vec<(usize, usize)> {
    let mut start = 0;
    let mut parts = Vec::new();
    for (place, separator) in text.match_indices(SEPARATORS) {
        parts.push((start, place));
        start = place + separator.len();
    }
    parts.push((start, text.len()));
    parts
}

/// The largest number of separators in one of the `texts`.
pub(super) fn most_separators<'t>(texts: impl Iterator<Item = &'t str>) -> usize {
    texts
        .map(|text| text.matches(SEPARATORS).count())
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Wording;

    #[test]
    fn words_are_replaced_between_separators() {
        #[track_caller]
        fn case(text: &str, expected: Option<&str>) {
            let mut wording = Wording::default();
            assert!(wording.mean("Blood thinners (warfarin, etc.)", "warfarin"));
            assert!(wording.mean("Pain killer", "ibuprofen"));
            assert_eq!(wording.replaced(text).as_deref(), expected);
        }

        case("pain  KILLER", Some("ibuprofen"));
        case(
            "Blood thinners (warfarin, etc.), zinc; Pain killer",
            Some("warfarin, zinc;ibuprofen"),
        );
        case("zinc, iron", None);
        case("Pain killers", None);
    }

    #[test]
    fn a_word_has_one_meaning() {
        let mut wording = Wording::default();
        assert!(wording.mean("Yes", "ended"));
        assert!(wording.mean("yes", "ended"));
        assert!(!wording.mean("YES ", "ongoing"));
        assert_eq!(wording.answer(" yes"), Some("ended"));
        assert_eq!(wording.answer("-5"), None);
    }
}
