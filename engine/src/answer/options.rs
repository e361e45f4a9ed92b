//! The options that a text names: one, or several in one cell.
//!
//! Form tools join options with `, `, `;` or line breaks, and options hold commas
//! themselves. A text is taken apart at separators in every way in which each part is
//! an option; where two ways mean different options, it is refused.

use std::collections::VecDeque;

use crate::normalize::{has_key, key};
use crate::question::{Choice, Kind, Question};
use crate::quote::shown;

use super::errors::{AnswerError, Cause, no_option, none_is_no_answer};
use super::keywords::{is_blank, is_declined, is_none, is_not_sure, yes_or_no};
use super::wording::{Wording, most_separators, parts};
use super::{Mark, Reply, Value};

/// The option that `text` names: by id, text, or another name; `yes` and `no`
/// in all their spellings where the options are called that.
pub(super) fn claimed(question: &Question, text: &str) -> Option<usize> {
    let choices = question.kind.choices();
    if choices.is_empty() || text.is_empty() {
        return None;
    }
    let named = |wanted: &str| {
        choices
            .iter()
            .position(|choice| names(choice).any(|name| has_key(name, wanted)))
    };
    let wanted = key(text);
    if wanted.is_empty() {
        return choices
            .iter()
            .position(|choice| names(choice).any(|name| name == text));
    }
    named(&wanted).or_else(|| match (&question.kind, yes_or_no(text)) {
        (Kind::Choice(_), Some(yes)) => named(if yes { "yes" } else { "no" }),
        _ => None,
    })
}

/// Everything an option may be called.
pub fn names(choice: &Choice) -> impl Iterator<Item = &str> {
    [choice.id.as_str(), choice.text.as_str()]
        .into_iter()
        .chain(choice.also.iter().map(String::as_str))
}

pub(super) fn one_option(question: &Question, option: usize) -> Value {
    match &question.kind {
        Kind::Choices(choices) => Value::Choices(
            (0..choices.len())
                .map(|index| if index == option { Mark::Yes } else { Mark::No })
                .collect(),
        ),
        _ => Value::Choice(option),
    }
}

/// What the parts of a text say together.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Said {
    chosen: Vec<bool>,
    /// Whether one says that none of the options applies.
    none: bool,
    /// What is known of the options that are not named.
    rest: Mark,
}

/// More ways to read one text are not counted.
const MOST_WAYS: usize = 8;

/// Several options; `none` alone; `not sure` leaves the rest open, and so does a word for
/// a missing value.
pub(super) fn options(
    question: &Question,
    choices: &[Choice],
    wording: Option<&Wording>,
    text: &str,
) -> Result<Reply, AnswerError> {
    let said = said(question, choices, wording, text)?;
    let chosen = said.chosen.contains(&true);
    if said.none && (said.rest != Mark::No || chosen) {
        return Err(AnswerError::none_and_something(question));
    }
    let marks = said.chosen.into_iter();
    let marks = marks.map(|chosen| if chosen { Mark::Yes } else { said.rest });
    Ok(Reply::Given(Value::Choices(marks.collect())))
}

/// What the only reading of `text` says.
fn said(
    question: &Question,
    choices: &[Choice],
    wording: Option<&Wording>,
    text: &str,
) -> Result<Said, AnswerError> {
    let nothing = Said {
        chosen: vec![false; choices.len()],
        none: false,
        rest: Mark::No,
    };
    let parts = parts(text);
    let words = wording.into_iter().flat_map(Wording::words);
    let most = 1 + most_separators(choices.iter().flat_map(names).chain(words));
    // The readings up to each of the next parts; the first are those up to the part at hand.
    let mut ways: VecDeque<Vec<Said>> = VecDeque::from([vec![nothing]]);
    let mut unread = 0;
    for (at, (start, _)) in parts.iter().enumerate() {
        let before = ways.pop_front().unwrap_or_default();
        if before.is_empty() {
            continue;
        }
        unread = at;
        let span = |end: usize| text.get(*start..end).unwrap_or_default().trim();
        let ends = parts.iter().skip(at).take(most).map(|(_, end)| *end);
        let ends: Vec<usize> = ends.collect();
        // A word that somebody gave a meaning is not taken apart.
        let is_word = |end: &usize| wording.is_some_and(|words| words.answer(span(*end)).is_some());
        let word = ends.iter().rposition(is_word);
        for (ahead, end) in ends.into_iter().enumerate() {
            if word.is_some_and(|word| word != ahead) {
                continue;
            }
            let part = span(end);
            let Some(meant) = meaning(question, choices, wording, part)? else {
                continue;
            };
            if ways.len() <= ahead {
                ways.resize(ahead + 1, Vec::new());
            }
            let Some(after) = ways.get_mut(ahead) else {
                continue;
            };
            for said in &before {
                let said = said.and(&meant);
                if !after.contains(&said) && after.len() < MOST_WAYS {
                    after.push(said);
                }
            }
        }
        if ways.is_empty() || ways.iter().all(Vec::is_empty) {
            break;
        }
    }
    let mut whole = ways.pop_front().filter(|_| ways.is_empty());
    match whole.as_mut().map(Vec::as_mut_slice) {
        Some([only]) => Ok(only.clone()),
        Some([_, _, ..]) => Err(AnswerError {
            message: format!(
                "`{}` can be read in two ways: as one option that holds a comma, and as several options",
                shown(text)
            ),
            help: "write the ids of the options, separated by `;`".to_owned(),
            cause: Cause::NoAnswer,
        }),
        _ => {
            let only_commas = !text.contains([';', '|', '\n', '\r']);
            let part = parts.get(unread).filter(|_| unread > 0 || !only_commas);
            let part = part.and_then(|(start, end)| text.get(*start..*end));
            Err(no_option(question, choices, part.unwrap_or(text).trim()))
        }
    }
}

impl Said {
    fn and(&self, other: &Self) -> Self {
        let both = self.chosen.iter().zip(&other.chosen);
        Self {
            chosen: both.map(|(one, other)| *one || *other).collect(),
            none: self.none || other.none,
            rest: match (self.rest, other.rest) {
                (Mark::No, rest) | (rest, Mark::No | Mark::Blank) => rest,
                (_, rest) => rest,
            },
        }
    }
}

/// What one part says; none when it says nothing that can be read.
fn meaning(
    question: &Question,
    choices: &[Choice],
    wording: Option<&Wording>,
    part: &str,
) -> Result<Option<Said>, AnswerError> {
    let mut meant = Said {
        chosen: vec![false; choices.len()],
        none: false,
        rest: Mark::No,
    };
    if let Some(answer) = wording.and_then(|wording| wording.answer(part)) {
        if is_blank(answer) {
            meant.rest = Mark::Blank;
            return Ok(Some(meant));
        }
        return said(question, choices, None, answer).map(Some);
    }
    if let Some(place) = claimed(question, part).and_then(|one| meant.chosen.get_mut(one)) {
        *place = true;
    } else if part.is_empty() {
        // Nothing stands between two separators.
    } else if is_none(part) && question.exhaustive {
        return Err(none_is_no_answer(question, part));
    } else if is_none(part) {
        meant.none = true;
    } else if is_not_sure(part) {
        meant.rest = Mark::NotSure;
    } else if is_declined(part) {
        meant.rest = Mark::Declined;
    } else if is_blank(part) {
        meant.rest = Mark::Blank;
    } else {
        return Ok(None);
    }
    Ok(Some(meant))
}

/// The parts of `text` that name no option of `question`, for a list of what is still unread.
#[must_use]
pub fn unread_parts<'t>(question: &Question, wording: &Wording, text: &'t str) -> Vec<&'t str> {
    let choices = question.kind.choices();
    let parts = parts(text);
    let words = wording.words();
    let most = 1 + most_separators(choices.iter().flat_map(names).chain(words));
    let (mut at, mut unread) = (0, Vec::new());
    while let Some((start, end)) = parts.get(at).copied() {
        let span = |last: usize| text.get(start..parts.get(last)?.1).map(str::trim);
        let read = |part: &str| {
            let meant = meaning(question, choices, Some(wording), part);
            !matches!(meant, Ok(None))
        };
        let last = (at..parts.len().min(at + most)).rev();
        let mut last = last.filter(|last| span(*last).is_some_and(read));
        match last.next() {
            Some(last) => at = last + 1,
            None => {
                unread.push(text.get(start..end).unwrap_or_default().trim());
                at += 1;
            }
        }
    }
    unread
}

#[cfg(test)]
mod tests {
    use super::{options, unread_parts};
    use crate::answer::Wording;
    use crate::question::{Choice, Kind, Question};

    fn question(options: &[(&str, &str)], exhaustive: bool) -> Question {
        let choice = |(id, text): &(&str, &str)| Choice {
            id: (*id).into(),
            text: (*text).into(),
            also: vec![],
            icd10: vec![],
        };
        Question {
            id: "skin".into(),
            ask: "Skin?".into(),
            help: None,
            also: vec![],
            kind: Kind::Choices(options.iter().map(choice).collect()),
            optional: false,
            exhaustive,
            covers: None,
        }
    }

    fn skin() -> Question {
        question(
            &[
                ("eczema", "Eczema"),
                ("rash", "Eczema, dermatitis or another rash"),
                ("spots", "Spots"),
                ("sore", "Spots, sore or red"),
                ("sores", "Sores"),
                ("lips", "Lips; the red part"),
            ],
            false,
        )
    }

    #[track_caller]
    fn read(question: &Question, wording: Option<&Wording>, text: &str) -> String {
        match options(question, question.kind.choices(), wording, text) {
            Ok(reply) => reply.in_words(question),
            Err(why) => why.message,
        }
    }

    #[test]
    fn several_options_in_one_cell() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            assert_eq!(read(&skin(), None, text), expected, "{text}");
        }

        case("eczema, spots", "eczema; spots");
        case("Spots\nEczema", "eczema; spots");
        case("Spots\r\nEczema\r\n", "eczema; spots");
        case("Eczema, dermatitis or another rash", "rash");
        case(
            "Spots, Eczema, dermatitis or another rash, Sores",
            "rash; spots; sores",
        );
        case("Spots, sore or red, Spots", "spots; sore");
        case("Lips; the red part, Sores", "sores; lips");
        case("Lips; the red part; Sores", "sores; lips");
        case("Spots,, Sores,", "spots; sores");
        case("None of the above", "none");
        case(
            "none, eczema",
            "this says both none and something to `skin`",
        );
        case("eczema, not sure", "eczema; the rest not sure");
        case("eczema, dermatitis", "`dermatitis` is no answer to `skin`");
        case("eczema; dermatitis", "`dermatitis` is no answer to `skin`");
        case("spotsy, eczema", "`spotsy, eczema` is no answer to `skin`");
        case("eczema spots", "`eczema spots` is no answer to `skin`");
    }

    #[test]
    fn a_text_of_two_meanings_is_refused() {
        let question = question(
            &[
                ("acne", "Acne"),
                ("severe", "severe"),
                ("both", "Acne, severe"),
            ],
            false,
        );
        let message = "can be read in two ways";
        assert!(read(&question, None, "Acne, severe").contains(message));
        assert!(read(&question, None, "Acne, severe, Acne").contains(message));
        assert_eq!(read(&question, None, "severe, Acne"), "acne; severe");
        assert_eq!(read(&question, None, "both"), "both");
        let mut wording = Wording::default();
        assert!(wording.mean("Acne, severe", "both"));
        assert_eq!(
            read(&question, Some(&wording), "acne, SEVERE, acne"),
            "acne; both"
        );
    }

    #[test]
    fn words_of_a_column_among_options() {
        let mut wording = Wording::default();
        for (word, answer) in [
            ("Dermatitis (all kinds, even light)", "rash;eczema"),
            ("Other", "not sure"),
            ("Nothing, thanks", "none"),
            ("-", ""),
        ] {
            assert!(wording.mean(word, answer));
        }
        let read = |text| read(&skin(), Some(&wording), text);
        assert_eq!(
            read("Sores, Dermatitis (all kinds, even light)"),
            "eczema; rash; sores"
        );
        assert_eq!(read("Sores\nOther"), "sores; the rest not sure");
        assert_eq!(read("Nothing, thanks"), "none");
        assert_eq!(
            read("Nothing, thanks, Sores"),
            "this says both none and something to `skin`"
        );
        assert_eq!(read("Sores, -"), "sores; the rest no answer");
        let unread = |text| unread_parts(&skin(), &wording, text);
        assert_eq!(
            unread("Sores, Boils, Spots, sore or red; Warts"),
            ["Boils", "Warts"]
        );
    }

    #[test]
    fn where_something_always_applies() {
        let area = question(&[("face", "Face"), ("neck", "Neck")], true);
        assert_eq!(read(&area, None, "Face, Neck"), "face; neck");
        assert!(read(&area, None, "none").contains("at least one option always applies"));
    }
}
