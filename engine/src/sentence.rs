//! Parses one short condition word by word: `isotretinoin ended within 6 months`.
//!
//! This is only the grammar. `compile` checks whether the question exists and allows such a
//! sentence.

/// A word of a sentence and its place in the sentence, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// The word.
    pub text: &'a str,
    /// Its first byte.
    pub start: usize,
}

/// A sentence understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence<'a> {
    /// Whether it is negated with `not`.
    pub negated: bool,
    /// The question or fact it is about.
    pub subject: Word<'a>,
    /// What it says.
    pub says: Says<'a>,
}

/// What a sentence says of its subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says<'a> {
    /// `is W`, `is one of W W`.
    Is(Vec<Word<'a>>),
    /// `is not W`.
    IsNot(Word<'a>),
    /// `includes W`, `includes any of W W`.
    IncludesAny(Vec<Word<'a>>),
    /// `includes all of W W`.
    IncludesAll(Vec<Word<'a>>),
    /// `include GROUP`, `include any of GROUP GROUP`.
    Take(Vec<Word<'a>>),
    /// `under N unit` and its kin.
    Compares(Comparison, Word<'a>, Option<Word<'a>>),
    /// `between N and N unit`.
    Between(Word<'a>, Word<'a>, Option<Word<'a>>),
    /// `ever`.
    Ever,
    /// `ongoing`.
    Ongoing,
    /// `within PERIOD`.
    Within(Wait<'a>),
    /// `within PERIOD before or after`.
    WithinBeforeOrAfter(Wait<'a>),
    /// `ended within PERIOD`.
    EndedWithin(Wait<'a>),
    /// `ongoing or ended within PERIOD`.
    OngoingOrEndedWithin(Wait<'a>),
    /// `holds`.
    Holds,
}

impl<'a> Says<'a> {
    /// The waiting period that it names or states.
    #[must_use]
    pub fn wait(&self) -> Option<Wait<'a>> {
        match self {
            Self::Within(wait)
            | Self::WithinBeforeOrAfter(wait)
            | Self::EndedWithin(wait)
            | Self::OngoingOrEndedWithin(wait) => Some(*wait),
            _ => None,
        }
    }
}

/// How a number is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `under`: less.
    Under,
    /// `at most`: less or equal.
    AtMost,
    /// `at least`: greater or equal.
    AtLeast,
    /// `over`: greater.
    Over,
}

/// A length of time as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait<'a> {
    /// `6 months`.
    Counted(Word<'a>, Word<'a>),
    /// The name of a setting; `6months` too, which is none.
    Named(Word<'a>),
}

/// The place from which a sentence cannot be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentenceError<'a> {
    /// The word that does not fit; none when something is missing at the end.
    pub at: Option<Word<'a>>,
    /// What was understood before it.
    pub understood: &'a str,
    /// The subject, when it got that far.
    pub subject: Option<Word<'a>>,
}

/// Parses a sentence.
///
/// # Errors
///
/// The place from which it cannot be understood.
pub fn read(text: &str) -> Result<Sentence<'_>, SentenceError<'_>> {
    let words = words(text);
    let negated = words.first().is_some_and(|word| word.text == "not");
    let rest = words.get(usize::from(negated)..).unwrap_or(&[]);
    let Some((subject, rest)) = rest.split_first() else {
        return Err(SentenceError {
            at: None,
            understood: text.trim(),
            subject: None,
        });
    };
    says(rest)
        .map(|says| Sentence {
            negated,
            subject: *subject,
            says,
        })
        .map_err(|understood| {
            let at = rest.get(understood).copied();
            let end = at.map_or(text.len(), |word| word.start);
            SentenceError {
                at,
                understood: text.get(..end).unwrap_or("").trim(),
                subject: Some(*subject),
            }
        })
}

/// The words of a text, parted by blanks.
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    for piece in text.split(char::is_whitespace) {
        if !piece.is_empty() {
            words.push(Word {
                text: piece,
                start: at,
            });
        }
        at += piece.len();
        at += text
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
    }
    words
}

/// What the words after the subject say, or how many of them made sense.
fn says<'a>(words: &[Word<'a>]) -> Result<Says<'a>, usize> {
    let texts: Vec<&str> = words.iter().map(|word| word.text).collect();
    let from = |n: usize| words.get(n..).unwrap_or(&[]).to_vec();
    let need = |n: usize| words.get(n).copied().ok_or(n);
    let alone = |says: Says<'a>, n: usize| if words.len() == n { Ok(says) } else { Err(n) };
    let some = |n: usize| if words.len() > n { Ok(from(n)) } else { Err(n) };
    match texts.as_slice() {
        ["is", "not", ..] => alone(Says::IsNot(need(2)?), 3),
        ["is", "one", "of", ..] => Ok(Says::Is(some(3)?)),
        ["is", ..] => alone(Says::Is(vec![need(1)?]), 2),
        ["includes", "any", "of", ..] => Ok(Says::IncludesAny(some(3)?)),
        ["includes", "all", "of", ..] => Ok(Says::IncludesAll(some(3)?)),
        ["includes", ..] => alone(Says::IncludesAny(vec![need(1)?]), 2),
        ["include", "any", "of", ..] => Ok(Says::Take(some(3)?)),
        ["include", ..] => alone(Says::Take(vec![need(1)?]), 2),
        ["under", ..] => compares(Comparison::Under, words, 1),
        ["over", ..] => compares(Comparison::Over, words, 1),
        ["at", "most", ..] => compares(Comparison::AtMost, words, 2),
        ["at", "least", ..] => compares(Comparison::AtLeast, words, 2),
        ["between", _, "and", ..] => {
            let says = Says::Between(need(1)?, need(3)?, words.get(4).copied());
            alone(says, words.len().clamp(4, 5))
        }
        ["ever", ..] => alone(Says::Ever, 1),
        ["ongoing", "or", "ended", "within", ..] => Ok(Says::OngoingOrEndedWithin(wait(words, 4)?)),
        ["ongoing", "or", "ended", ..] => Err(3),
        ["ongoing", "or", ..] => Err(2),
        ["ongoing", ..] => alone(Says::Ongoing, 1),
        ["ended", "within", ..] => Ok(Says::EndedWithin(wait(words, 2)?)),
        ["within", ..] => within(words, &texts),
        ["holds", ..] => alone(Says::Holds, 1),
        ["ended" | "at", ..] => Err(1),
        ["between", ..] => Err(words.len().min(2)),
        _ => Err(0),
    }
}

fn compares<'a>(how: Comparison, words: &[Word<'a>], n: usize) -> Result<Says<'a>, usize> {
    let number = words.get(n).copied().ok_or(n)?;
    match words.len() - n {
        1 | 2 => Ok(Says::Compares(how, number, words.get(n + 1).copied())),
        _ => Err(n + 2),
    }
}

/// `within PERIOD`, with or without `before or after` behind it.
fn within<'a>(words: &[Word<'a>], texts: &[&str]) -> Result<Says<'a>, usize> {
    const SIDES: [&str; 3] = ["before", "or", "after"];
    let Some(start) = texts.iter().position(|text| *text == SIDES[0]) else {
        return Ok(Says::Within(wait(words, 1)?));
    };
    let wait = wait(words.get(..start).unwrap_or(&[]), 1)?;
    let rest = texts.get(start..).unwrap_or(&[]);
    let same = rest
        .iter()
        .zip(SIDES)
        .take_while(|(own, side)| *own == side);
    match same.count() {
        3 if rest.len() == 3 => Ok(Says::WithinBeforeOrAfter(wait)),
        known => Err(start + known),
    }
}

fn wait<'a>(words: &[Word<'a>], n: usize) -> Result<Wait<'a>, usize> {
    match words.get(n..).unwrap_or(&[]) {
        [] => Err(n),
        [name] if !name.text.bytes().all(|b| b.is_ascii_digit()) => Ok(Wait::Named(*name)),
        [_] => Err(n + 1),
        [count, unit] => Ok(Wait::Counted(*count, *unit)),
        _ => Err(n + 2),
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn sentences_that_are_understood() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            let read = read(text).expect("a sentence");
            let not = if read.negated { "not " } else { "" };
            let said = format!("{:?}", read.says);
            let said: Vec<&str> = said
                .split('"')
                .enumerate()
                .filter(|(i, _)| i % 2 == 1)
                .map(|(_, w)| w)
                .collect();
            let kind = format!("{:?}", read.says);
            let kind = kind.split(['(', ' ']).next().unwrap_or("").to_owned();
            assert_eq!(
                format!("{not}{} {kind} {}", read.subject.text, said.join(" ")).trim_end(),
                expected
            );
        }

        case("acne is inflamed", "acne Is inflamed");
        case("not acne is inflamed", "not acne Is inflamed");
        case("acne is not clear", "acne IsNot clear");
        case("acne is one of a b", "acne Is a b");
        case("skin includes eczema", "skin IncludesAny eczema");
        case("skin includes any of a b", "skin IncludesAny a b");
        case("skin includes all of a b", "skin IncludesAll a b");
        case("medicines include aspirin", "medicines Take aspirin");
        case("medicines include any of a b", "medicines Take a b");
        case("depth under 1.5 mm", "depth Compares 1.5 mm");
        case("age at least 18", "age Compares 18");
        case("depth between 0.5 and 1.5 mm", "depth Between 0.5 1.5 mm");
        case("scar within 6 months", "scar Within 6 months");
        case("scar within wait", "scar Within wait");
        case(
            "x within 2 weeks before or after",
            "x WithinBeforeOrAfter 2 weeks",
        );
        case(
            "x within wait before or after",
            "x WithinBeforeOrAfter wait",
        );
        case(
            "x ongoing or ended within 6 months",
            "x OngoingOrEndedWithin 6 months",
        );
        case("x ended within wait", "x EndedWithin wait");
        case("x  ongoing", "x Ongoing");
        case("x ever", "x Ever");
        case("fact holds", "fact Holds");
    }

    #[test]
    fn where_a_sentence_stops_making_sense() {
        #[track_caller]
        fn case(text: &str, understood: &str, at: Option<&str>) {
            let stop = read(text).expect_err("no sentence");
            assert_eq!(
                (stop.understood, stop.at.map(|word| word.text)),
                (understood, at),
                "{text}"
            );
        }

        case("", "", None);
        case("not", "not", None);
        case("acne", "acne", None);
        case("acne was inflamed", "acne", Some("was"));
        case("acne is", "acne is", None);
        case("acne is red sore", "acne is red", Some("sore"));
        case("acne is not", "acne is not", None);
        case("x within", "x within", None);
        case("x within 6", "x within 6", None);
        case("x within 6 months ago", "x within 6 months", Some("ago"));
        case("x within before or after", "x within", Some("before"));
        case("x within 2 weeks before", "x within 2 weeks before", None);
        case("x within 2 weeks after", "x within 2 weeks", Some("after"));
        case(
            "x within 2 weeks before and after",
            "x within 2 weeks before",
            Some("and"),
        );
        case(
            "x within 2 weeks before or after it",
            "x within 2 weeks before or after",
            Some("it"),
        );
        case("x ended 6 months", "x ended", Some("6"));
        case("x ongoing or ended", "x ongoing or ended", None);
        case("x ongoing or was", "x ongoing or", Some("was"));
        case("x at 5 mm", "x at", Some("5"));
        case("x under 5 mm deep", "x under 5 mm", Some("deep"));
        case("x between 5 mm", "x between 5", Some("mm"));
        case("x ever since", "x ever", Some("since"));
    }
}
