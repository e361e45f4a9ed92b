//! Finds invisible characters before the parser reports a wrong cause.
//!
//! Some are refused anywhere in a file: control characters, marks for text direction, zero-width
//! and filler characters, soft hyphens, line separators. A blank other than the ordinary one is
//! only refused where YAML expects an ordinary one. These places are the indentation, after `:`,
//! `,` or an opening bracket, and before `:` or `#`, all outside double quotes. Joiners and
//! variation selectors are needed in some scripts and in emoji. So they are allowed next to a
//! character that is not ASCII.

use crate::diagnostic::{Code, Diagnostic};
use crate::normalize::is_unseen;
use crate::source::Place;

/// The diagnostic for the first such character.
pub fn first(index: usize, text: &str) -> Option<Box<Diagnostic>> {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r');
    if text.bytes().all(is_plain) {
        return None;
    }
    let found = places(text);
    let (start, c) = *found.first()?;
    let place = Place {
        source: index,
        start,
        end: start + c.len_utf8(),
    };
    let (name, number) = (name(c), u32::from(c));
    let problem = if is_other_blank(c) {
        let message =
            format!("{name} (U+{number:04X}) is here, where only an ordinary space works");
        Diagnostic::new(Code::InvisibleCharacter, place, message)
            .help("delete it, and type an ordinary space")
    } else {
        let message = format!("{name} (U+{number:04X}) is here, and it is invisible");
        let help = match c {
            '\0' => "delete it; if many follow, the file is saved as UTF-16: save it as UTF-8",
            '\u{85}' | '\u{2028}' | '\u{2029}' => {
                "delete it, and begin a new line with the Enter key"
            }
            _ => "delete it; if the words around it stay wrong, type them again",
        };
        Diagnostic::new(Code::InvisibleCharacter, place, message).help(help)
    };
    Some(Box::new(match lines(text, found.get(1..).unwrap_or(&[])) {
        None => problem,
        Some(others) => problem.help(others),
    }))
}

/// The lines with more of them.
fn lines(text: &str, others: &[(usize, char)]) -> Option<String> {
    const MOST: usize = 5;
    let mut lines = Vec::new();
    let (mut line, mut from) = (1, 0);
    for (at, _) in others {
        line += text
            .get(from..*at)
            .map_or(0, |part| part.matches('\n').count());
        from = *at;
        if lines.last() != Some(&line) {
            lines.push(line);
        }
        if lines.len() > MOST {
            break;
        }
    }
    let shown: Vec<String> = lines.iter().take(MOST).map(ToString::to_string).collect();
    let and_more = if lines.len() > MOST { " and below" } else { "" };
    let word = if shown.len() == 1 { "line" } else { "lines" };
    match others.len() {
        0 => None,
        1 => Some(format!(
            "1 more such character is in {word} {}",
            shown.join(", ")
        )),
        more => Some(format!(
            "{more} more such characters are in {word} {}{and_more}",
            shown.join(", ")
        )),
    }
}

/// All refused characters with their positions.
fn places(text: &str) -> Vec<(usize, char)> {
    let mut found = Vec::new();
    let mut line = Line::default();
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let next = letters.peek().map(|(_, c)| *c);
        if is_refused(c, &line, next) {
            found.push((at, c));
        }
        line.go_on(c);
    }
    found
}

/// The state of a line up to a position.
struct Line {
    /// The last character that is not blank; none in the indentation.
    last: Option<char>,
    /// The previous character.
    before: char,
    /// Whether a double quote is open.
    quoted: bool,
    /// Whether a comment has begun.
    comment: bool,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            last: None,
            before: '\n',
            quoted: false,
            comment: false,
        }
    }
}

impl Line {
    fn go_on(&mut self, c: char) {
        match c {
            '\n' | '\r' => *self = Self::default(),
            '"' => self.quoted = !self.quoted,
            '#' if !self.quoted && self.before.is_whitespace() => self.comment = true,
            _ => {}
        }
        // The dash of a list is a part of the indentation.
        let dash = c == '-' && self.last.is_none();
        if !c.is_whitespace() && !dash {
            self.last = Some(c);
        }
        self.before = c;
    }
}

fn is_refused(c: char, line: &Line, next: Option<char>) -> bool {
    match c {
        ' ' | '\t' | '\n' | '\r' => false,
        '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' => line.before.is_ascii(),
        c if is_other_blank(c) => {
            let behind = line.last.is_none_or(|last| ":,[{?".contains(last));
            let before = next.is_some_and(|next| matches!(next, ':' | '#'));
            !line.comment && (line.last.is_none() || (!line.quoted && (behind || before)))
        }
        c => is_unseen(c) || is_filler(c),
    }
}

/// Blanks that look like the ordinary one but differ from it.
fn is_other_blank(c: char) -> bool {
    c.is_whitespace() && !c.is_control() && !matches!(c, ' ' | '\u{2028}' | '\u{2029}')
}

/// Characters without a visible form that no text needs.
fn is_filler(c: char) -> bool {
    matches!(
        c,
        '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The name of a character.
fn name(c: char) -> &'static str {
    match c {
        '\0' => "a null character",
        '\u{7}' => "a bell character",
        '\u{8}' => "a backspace character",
        '\u{1b}' => "an escape character",
        '\u{7f}' => "a delete character",
        '\u{85}' => "a next-line character",
        c if c.is_control() => "a control character",
        '\u{a0}' => "a no-break space",
        '\u{202f}' => "a narrow no-break space",
        '\u{3000}' => "an ideographic space",
        '\u{ad}' => "a soft hyphen",
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            direction(c)
        }
        '\u{200b}' => "a zero-width space",
        '\u{200c}' => "a zero-width non-joiner",
        '\u{200d}' => "a zero-width joiner",
        '\u{2028}' => "a line separator",
        '\u{2029}' => "a paragraph separator",
        '\u{2060}' => "a word joiner",
        '\u{feff}' => "a byte order mark",
        '\u{fe00}'..='\u{fe0f}' => "a variation selector",
        c if is_other_blank(c) => "a blank of another width",
        _ => "an invisible character",
    }
}

/// The names of marks that control the direction of text.
fn direction(c: char) -> &'static str {
    match c {
        '\u{61c}' => "an Arabic letter mark",
        '\u{200e}' => "a left-to-right mark",
        '\u{200f}' => "a right-to-left mark",
        _ => "a text direction mark",
    }
}

#[cfg(test)]
mod tests {
    use super::first;

    #[track_caller]
    fn refused(text: &str, column: usize, name: &str) {
        let problem = first(0, text).unwrap_or_else(|| panic!("{text:?} is accepted"));
        let marked = text.get(..problem.place.start).expect("a place");
        assert_eq!(marked.chars().count(), column, "{text:?}");
        assert!(
            problem.message.contains(name),
            "{text:?}: {}",
            problem.message
        );
    }

    #[track_caller]
    fn accepted(text: &str) {
        assert_eq!(
            first(0, text).map(|problem| problem.message),
            None,
            "{text:?}"
        );
    }

    #[test]
    fn invisible_characters_are_named_at_their_place() {
        refused("a: b\0c", 4, "a null character (U+0000)");
        refused("a: b\u{7}c", 4, "a bell character (U+0007)");
        refused("a: \"b\u{7f}c\"", 5, "a delete character (U+007F)");
        refused("a: b\u{85}c", 4, "a next-line character (U+0085)");
        refused("# é\u{1}", 3, "a control character (U+0001)");
        refused("a: b \u{200f}c", 5, "a right-to-left mark (U+200F)");
        refused("a: b\u{202e}c", 4, "a text direction mark (U+202E)");
        refused("a: b\u{200b}c", 4, "a zero-width space (U+200B)");
        refused("a: co\u{ad}op", 5, "a soft hyphen (U+00AD)");
        refused("a: b\n\u{feff}c: d", 5, "a byte order mark (U+FEFF)");
        refused("a: b\u{2028}c: d", 4, "a line separator (U+2028)");
        refused("a: b\u{2029}", 4, "a paragraph separator (U+2029)");
        refused("a: b\u{2060}", 4, "a word joiner (U+2060)");
        refused("a: b\u{3164}", 4, "an invisible character (U+3164)");
        refused("a: b\u{200d}c", 4, "a zero-width joiner (U+200D)");
        refused("a: b\u{fe0f}", 4, "a variation selector (U+FE0F)");
        accepted("a: \u{62e}\u{200c}\u{627}");
        accepted("a: ⚠\u{fe0f}");
        accepted("a: “é” – ’x’\r\nb:\tc");
    }

    #[test]
    fn other_blanks_are_refused_where_yaml_needs_an_ordinary_one() {
        refused("a:\n\u{a0} b: c", 3, "a no-break space (U+00A0)");
        refused("a:\n  \u{a0}b: c", 5, "a no-break space");
        refused("a:\n  -\u{a0}b", 6, "a no-break space");
        refused("a:\n\u{a0}\nb: c", 3, "a no-break space");
        refused("\u{a0}# b", 0, "a no-break space");
        refused("a:\u{a0}b", 2, "a no-break space");
        refused("a: \u{202f}b", 3, "a narrow no-break space (U+202F)");
        refused("a: [\u{2003}b, c]", 4, "a blank of another width (U+2003)");
        refused("a: [b,\u{3000}c]", 6, "an ideographic space (U+3000)");
        refused("a\u{a0}: b", 1, "a no-break space");
        refused("a: b\u{a0}# c", 4, "a no-break space");
        refused("a: \"b\n \u{a0}c\"", 7, "a no-break space");
        accepted("a: 10\u{a0}mg");
        accepted("a: \"b:\u{a0}c,\u{a0}d\u{a0}#\u{a0}e\"");
        accepted("a: b # c:\u{a0}d");
        accepted("#\u{a0}a:\u{a0}b");
        accepted("a: b - \u{a0}c");
    }

    #[test]
    fn the_lines_of_the_others_are_named() {
        #[track_caller]
        fn case(text: &str, expected: Option<&str>) {
            let problem = first(0, text).expect("a problem");
            assert_eq!(
                problem.help.get(1).map(String::as_str),
                expected,
                "{text:?}"
            );
        }

        case("a: \u{7}", None);
        case("a: \u{7}\u{7}", Some("1 more such character is in line 1"));
        case(
            "\u{7}\n\u{7}\u{7}\n\n\u{7}",
            Some("3 more such characters are in lines 2, 4"),
        );
        case(
            &"\u{7}\n".repeat(9),
            Some("8 more such characters are in lines 2, 3, 4, 5, 6 and below"),
        );
    }
}
