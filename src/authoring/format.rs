//! One form for rule files, as far as it is certain to say the same.
//!
//! The YAML parser keeps neither comments nor layout, so files are not written
//! anew from what it reads: lines are tidied one by one, and the result is read
//! again and held against what was there before. Indentation, quotes, the order
//! of keys and the breaks of long texts are their author's.

use candidacy_engine::diagnostic::Diagnostic;
use candidacy_engine::source::Source;
use candidacy_engine::yaml;
use candidacy_engine::yaml::{Node, Value};

/// Why a file cannot be put into form.
#[derive(Clone, Debug)]
pub enum Unformed {
    /// It is no YAML, or none that rule files may hold.
    Unreadable(Box<Diagnostic>),
    /// In form it would not say what it says now.
    Changed,
}

/// The text of a file in form; the same text when it is so already. The file
/// goes by the number `index` in complaints.
///
/// # Errors
///
/// When it cannot be read, or would say something else.
pub fn format(index: usize, source: &Source) -> Result<String, Unformed> {
    let before = yaml::read(index, source).map_err(Unformed::Unreadable)?;
    let text = tidied(&source.text);
    let after = yaml::read(index, &Source::new(source.path.clone(), &text));
    match after {
        Ok(after) if same(&before, &after) => Ok(text),
        _ => Err(Unformed::Changed),
    }
}

/// Whether two trees say the same, letter for letter and in the same order.
fn same(one: &Node, other: &Node) -> bool {
    let pair = |(one, other): (&(Node, Node), &(Node, Node))| {
        same(&one.0, &other.0) && same(&one.1, &other.1)
    };
    match (&one.value, &other.value) {
        (Value::Nothing, Value::Nothing) => true,
        (Value::Text { text, .. }, Value::Text { text: other, .. }) => text == other,
        (Value::List(items), Value::List(others)) => {
            let mut pairs = items.iter().zip(others);
            items.len() == others.len() && pairs.all(|(one, other)| same(one, other))
        }
        (Value::Entry(pairs), Value::Entry(others)) => {
            pairs.len() == others.len() && pairs.iter().zip(others).all(pair)
        }
        _ => false,
    }
}

/// The lines, each tidied, with one empty line at most between two of them.
fn tidied(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let within = within(&lines);
    let mut out = String::with_capacity(text.len());
    // So that no empty line stands first.
    let mut empty_before = true;
    for (line, within) in lines.iter().zip(within) {
        let line = if within {
            (*line).to_owned()
        } else {
            tidied_line(line)
        };
        let empty = line.is_empty() && !within;
        if !(empty && empty_before) {
            out.push_str(&line);
            out.push('\n');
        }
        empty_before = empty;
    }
    if empty_before && out.ends_with("\n\n") {
        out.pop();
    }
    out
}

/// Which lines belong to a text that goes on over several.
fn within(lines: &[&str]) -> Vec<bool> {
    let mut reader = Reader::default();
    let mut parts: Vec<Part> = lines.iter().map(|line| reader.part(line)).collect();
    // An empty line belongs to a text only where the text goes on behind it.
    let mut next = Part::Outside;
    for part in parts.iter_mut().rev() {
        if *part == Part::Between {
            *part = next;
        }
        next = *part;
    }
    parts.iter().map(|part| *part == Part::Within).collect()
}

fn tidied_line(line: &str) -> String {
    let line = line.trim_end_matches([' ', '\t']);
    let content = line.trim_start_matches(' ');
    let indent = line.len() - content.len();
    if let Some(comment) = content.strip_prefix('#') {
        let blank = if comment.starts_with(char::is_alphanumeric) {
            " "
        } else {
            ""
        };
        return format!("{}#{blank}{comment}", " ".repeat(indent));
    }
    let (dashes, rest) = after_dashes(content);
    match rest.split_once(':') {
        Some((key, value)) if is_key(key) && value.starts_with("  ") => {
            let value = value.trim_start_matches(' ');
            let before = line.get(..indent + dashes).unwrap_or_default();
            // A remark behind a key may be set off as far as its author likes.
            if value.starts_with('#') {
                line.to_owned()
            } else {
                format!("{before}{key}: {value}")
            }
        }
        _ => line.to_owned(),
    }
}

fn is_key(text: &str) -> bool {
    let within = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    !text.is_empty() && text.chars().all(within)
}

/// How many bytes the dashes of list entries take, and what stands behind them.
fn after_dashes(content: &str) -> (usize, &str) {
    let mut rest = content;
    while let Some(behind) = rest.strip_prefix("- ") {
        rest = behind.trim_start_matches(' ');
    }
    (content.len() - rest.len(), rest)
}

/// Where a line begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// In no text that began before it.
    Outside,
    /// In a text that began before it.
    Within,
    /// It is empty, in a text or behind it.
    Between,
}

/// A text behind `|` or `>`.
#[derive(Clone, Copy)]
struct Block {
    /// It goes on over lines set in further than this.
    outer: usize,
    /// Whether empty lines at its end count, as `+` says.
    keeps: bool,
}

/// Knows, line by line, whether a text goes on that may not be touched.
#[derive(Default)]
struct Reader {
    block: Option<Block>,
    /// A text in these quotes goes on.
    quote: Option<char>,
}

impl Reader {
    /// Where `line` begins; takes note of what begins in it.
    fn part(&mut self, line: &str) -> Part {
        let content = line.trim_start_matches(' ');
        let indent = line.len() - content.len();
        if let Some(block) = self.block {
            if content.trim_end().is_empty() {
                return if block.keeps {
                    Part::Within
                } else {
                    Part::Between
                };
            }
            if indent > block.outer {
                return Part::Within;
            }
            self.block = None;
        }
        let part = if self.quote.is_some() {
            Part::Within
        } else {
            Part::Outside
        };
        let end = self.scan(line);
        let said = line.get(..end).unwrap_or(line).trim_end();
        if self.quote.is_none() && opens_block(said) {
            let (dashes, rest) = after_dashes(content);
            let column = indent + dashes;
            self.block = Some(Block {
                // Behind a bare dash the text need only stand further in than the dash.
                outer: if rest.starts_with(['|', '>']) {
                    column.saturating_sub(2)
                } else {
                    column
                },
                keeps: said
                    .rsplit(' ')
                    .next()
                    .is_some_and(|signs| signs.contains('+')),
            });
        }
        part
    }

    /// Follows the quotes of a line; gives where its remark begins, or its end.
    fn scan(&mut self, line: &str) -> usize {
        let mut escaped = false;
        // The last two signs, for a value begins behind a colon or a dash and a blank.
        let mut last = (' ', ' ');
        let mut blank_so_far = true;
        for (at, sign) in line.char_indices() {
            match self.quote {
                Some('"') if escaped => escaped = false,
                Some('"') if sign == '\\' => escaped = true,
                Some(quote) => self.quote = (sign != quote).then_some(quote),
                None if sign == '#' && last.1 == ' ' => return at,
                None => self.quote = opened(sign, last, blank_so_far),
            }
            blank_so_far &= sign == ' ';
            if !(sign == ' ' && last.1 == ' ') {
                last = (last.1, sign);
            }
        }
        line.len()
    }
}

/// The quote that `sign` opens, if it does: at the start of a line, where a
/// value begins, or as the second of two that stand for one.
fn opened(sign: char, last: (char, char), blank_so_far: bool) -> Option<char> {
    let begins = match last {
        (_, '[' | '{') | (':' | '-' | ',', ' ') => true,
        (_, '\'') => sign == '\'',
        _ => blank_so_far,
    };
    (matches!(sign, '"' | '\'') && begins).then_some(sign)
}

/// Whether a line ends with the sign that opens a text over several lines.
fn opens_block(said: &str) -> bool {
    let last = said.rsplit(' ').next().unwrap_or_default();
    let behind = said.strip_suffix(last).unwrap_or_default().trim_end();
    let opened = behind.is_empty() || behind.ends_with(':') || behind.ends_with('-');
    let mut signs = last.chars();
    opened
        && matches!(signs.next(), Some('|' | '>'))
        && signs.all(|sign| sign.is_ascii_digit() || matches!(sign, '+' | '-'))
}

#[cfg(test)]
mod tests {
    use super::{Unformed, format};
    use candidacy_engine::source::Source;

    #[track_caller]
    fn case(text: &str, expected: &str) {
        let of = |text: &str| format(0, &Source::new("x.yaml", text)).expect("a form");
        assert_eq!(of(text), expected);
        assert_eq!(of(expected), expected, "once in form, always in form");
    }

    #[test]
    fn lines_are_tidied() {
        case("a: 1  \r\nb: 2", "a: 1\nb: 2\n");
        case("\n\na: 1\n\n\n\nb: 2\n\n\n", "a: 1\n\nb: 2\n");
        case(
            "#word\n#: kept\n##\na: 1 #x\n",
            "# word\n#: kept\n##\na: 1 #x\n",
        );
        case(
            "a:   1\nlist:\n  -  b:  2\n     c: 3\n",
            "a: 1\nlist:\n  -  b: 2\n     c: 3\n",
        );
        case("a:    # far off\n  - b\n", "a:    # far off\n  - b\n");
    }

    #[test]
    fn texts_over_several_lines_are_left_alone() {
        case(
            "a: |\n  one  \n\n\n  #two\nb:  2\n",
            "a: |\n  one  \n\n\n  #two\nb: 2\n",
        );
        case(
            "l:\n  - t: >-\n      one\n\n\n      k:  two\n    u:  3\n",
            "l:\n  - t: >-\n      one\n\n\n      k:  two\n    u: 3\n",
        );
        case(
            "l:\n  - >-\n    one\n    k:  two\n",
            "l:\n  - >-\n    one\n    k:  two\n",
        );
        case(
            "a: \"one\n\n\n  k:  two \\\" # three\"\nb:  1\n",
            "a: \"one\n\n\n  k:  two \\\" # three\"\nb: 1\n",
        );
        case(
            "a: 'it''s\n  k:  two'\nb:  1\n",
            "a: 'it''s\n  k:  two'\nb: 1\n",
        );
        case(
            "a: the patients' 'skin'\nb:  1\n",
            "a: the patients' 'skin'\nb: 1\n",
        );
    }

    #[test]
    fn what_would_say_something_else_is_refused() {
        // Two empty lines within a bare text are two breaks of the line.
        let text = "a: one\n\n\n  two\n";
        let formed = format(0, &Source::new("x.yaml", text));
        assert!(matches!(formed, Err(Unformed::Changed)));
        let formed = format(0, &Source::new("x.yaml", "a: [\n"));
        assert!(matches!(formed, Err(Unformed::Unreadable(_))));
    }
}
