//! Finds typographic quotes from word processors, where YAML needs straight ones.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Source};

use super::{Node, Value};

/// Quotes that are never used as an apostrophe.
const DOUBLE: &[char] = &['“', '”', '„', '‟', '«', '»', '\u{ff02}'];
/// Quotes that may also be an apostrophe.
const SINGLE: &[char] = &['‘', '’', '‚', '‛', '‹', '›', '´', '\u{ff07}'];

/// Refuses a text whose typographic quotes were meant as YAML quotes.
///
/// # Errors
///
/// The diagnostic.
pub fn check(node: &Node, source: &Source) -> Result<(), Box<Diagnostic>> {
    match &node.value {
        Value::Nothing => Ok(()),
        Value::Text { .. } => {
            let written = source.text.get(node.place.start..node.place.end);
            match written.and_then(opens) {
                Some(quote) => Err(refused(quote, node.place.source, node.place.start)),
                None => Ok(()),
            }
        }
        Value::List(items) => items.iter().try_for_each(|item| check(item, source)),
        Value::Entry(pairs) => pairs.iter().try_for_each(|(key, value)| {
            check(key, source)?;
            check(value, source)
        }),
    }
}

/// Checks the last value on the line before the position at which the parser stopped. It may begin
/// with such a quote.
pub fn on_line(index: usize, text: &str, stopped: usize) -> Option<Box<Diagnostic>> {
    let before = text.get(..stopped)?;
    let begin = before.rfind('\n').map_or(0, |end| end + 1);
    let line = before.get(begin..)?;
    let begins_a_value = |at: usize| {
        let before = line.get(..at).unwrap_or("").trim_end();
        before.is_empty() || before.ends_with([':', '-', ',', '[', '{'])
    };
    let mut quotes = line.rmatch_indices(DOUBLE);
    let (at, quote) = quotes.find(|(at, _)| begins_a_value(*at))?;
    Some(refused(quote.chars().next()?, index, begin + at))
}

/// The quote with which a text begins, if its closing quote is at the end of the text or missing.
fn opens(written: &str) -> Option<char> {
    let quote = written.chars().next()?;
    let rest = written.get(quote.len_utf8()..)?;
    let is_double = DOUBLE.contains(&quote);
    let closing = match quote {
        _ if is_double => rest.find(DOUBLE),
        quote if SINGLE.contains(&quote) => rest.find(SINGLE),
        _ => return None,
    };
    let is_all = match closing.and_then(|at| rest.get(at..)) {
        Some(end) => end.chars().count() == 1,
        None => is_double,
    };
    is_all.then_some(quote)
}

fn refused(quote: char, index: usize, start: usize) -> Box<Diagnostic> {
    let message = format!(
        "`{quote}` (U+{:04X}) is not a quote for YAML, but a letter of the text",
        u32::from(quote)
    );
    let place = Place {
        source: index,
        start,
        end: start + quote.len_utf8(),
    };
    Box::new(Diagnostic::new(Code::NotYaml, place, message).help(
        "write the straight quote `\"` before and after the text; word processors replace it",
    ))
}

#[cfg(test)]
mod tests {
    use crate::source::Source;
    use crate::yaml::read;

    #[test]
    fn quotes_of_a_word_processor_are_refused_where_they_hold_a_text() {
        #[track_caller]
        fn case(text: &str, expected: Option<usize>) {
            let problem = read(0, &Source::new("x.yaml", text)).err();
            let column = problem.map(|problem| {
                assert!(
                    problem.message.contains("not a quote for YAML"),
                    "{problem:?}"
                );
                text.get(..problem.place.start)
                    .map_or(0, |before| before.chars().count())
            });
            assert_eq!(column, expected, "{text}");
        }

        case("a: “b c”", Some(3));
        case("a: “b: c”", Some(3));
        case("a: „b“", Some(3));
        case("a: «b»", Some(3));
        case("a: ‘b’", Some(3));
        case("a: [“b, c”]", Some(4));
        case("- {a: b, “c”: d}", Some(9));
        case("a: “b", Some(3));
        case("a: [b, “c: d”, e]", Some(7));
        case("a: “Wet” or dry?", None);
        case("a: b “c”", None);
        case("a: ’tis", None);
        case("a: \"“b”\"", None);
    }
}
