//! What the YAML parser complains about, in an author's words and at the very sign.
//!
//! The parser stops where it can go no further; the slip is often earlier, at
//! the quote or bracket that was never closed. That sign is what is marked.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Source};

use super::cursor::Cursor;

/// Tags the parser knows (`!!str`) are refused like all others.
pub fn tag(place: Place, source: &Source) -> Result<(), Box<Diagnostic>> {
    // A look at the one letter that matters keeps this from costing more than the parser.
    let before = source.text.get(..place.start).unwrap_or("");
    let before = before.trim_end_matches(' ');
    let word = before.bytes().rev();
    let word = word.take_while(u8::is_ascii_alphanumeric).count();
    let sign = before.get(..before.len() - word);
    if !sign.is_some_and(|sign| sign.ends_with('!')) {
        return Ok(());
    }
    let line = before.rsplit('\n').next().unwrap_or("").trim_end();
    let word = line.rsplit([' ', '[', '{', ',']).next().unwrap_or("");
    if !word.starts_with('!') || line.contains('#') || line.contains('"') || line.contains('\'') {
        return Ok(());
    }
    let end = before.trim_end().len();
    let tag = Place {
        source: place.source,
        start: end - word.len(),
        end,
    };
    Err(Box::new(
        Diagnostic::new(Code::YamlFeature, tag, TAGS.0).help(TAGS.1),
    ))
}

const TAGS: (&str, &str) = (
    "tags (`!name`) are not used in these files",
    "leave the tag out; put a text that begins with `!` in double quotes",
);

/// What the parser `said` when it stopped at a byte of `source`, in an author's words.
pub fn complaint(said: &str, at: usize, index: usize, source: &Source) -> Diagnostic {
    let text = &source.text;
    let spot = Cursor { text, at };
    let known = COMPLAINTS.iter().find(|(part, ..)| said.contains(part));
    let found = known.map_or_else(|| unknown(spot), |(.., tell)| tell(spot));
    let (start, end) = found.bytes;
    let place = Place {
        source: index,
        start,
        end,
    };
    Diagnostic::new(found.code, place, found.message).help(found.help)
}

/// What the author reads.
struct Found {
    code: Code,
    bytes: (usize, usize),
    message: String,
    help: String,
}

fn found(
    bytes: (usize, usize),
    code: Code,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Found {
    Found {
        code,
        bytes,
        message: message.into(),
        help: help.into(),
    }
}

/// Part of the parser's message, and what makes of it something to read; the first that fits is taken.
type Complaint = (&'static str, fn(Cursor<'_>) -> Found);

const COMPLAINTS: &[Complaint] = &[
    ("mapping values are not allowed", colon),
    ("Anchors", anchor),
    ("unknown anchor", alias),
    ("merge keys", |spot| {
        let help = "write the keys out in each entry";
        found(
            spot.word(),
            Code::YamlFeature,
            "merge keys (`<<`) are not used in these files",
            help,
        )
    }),
    ("unsupported tag", |spot| {
        found(spot.word_back_at('!'), Code::YamlFeature, TAGS.0, TAGS.1)
    }),
    ("Documents", |spot| {
        let help = "leave the line out, or put what follows in a file of its own";
        let message = "a line of `---` or `...` begins a second document, and a file holds one";
        found(spot.word(), Code::YamlFeature, message, help)
    }),
    ("Depth", |spot| {
        let help = "take some of the brackets or levels out: six are plenty";
        found(
            spot.here(),
            Code::NotYaml,
            "lists stand inside lists too many times over",
            help,
        )
    }),
    ("budget breached", |spot| {
        let help = "split the file: a pack of a thousand rules fits easily";
        found(spot.here(), Code::NotYaml, "this file is too large", help)
    }),
    ("comment intercepting", |spot| {
        let help = "put the whole text in quotes, or move the comment to a line of its own";
        found(
            spot.here(),
            Code::NotYaml,
            "a comment begins here, in the middle of a text",
            help,
        )
    }),
    ("tabs disallowed", tab),
    ("found a tab", tab),
    ("with a tab", tab),
    ("tab cannot", tab),
    ("unclosed quote", |spot| quote(spot.at)),
    ("multiline quoted scalar", |spot| {
        quote(spot.opening_quote().unwrap_or(spot.at))
    }),
    ("trailing content after", behind_quote),
    ("unclosed bracket", bracket),
    ("mismatched bracket", |spot| {
        let help = "close `{` with `}` and `[` with `]`";
        found(
            spot.here(),
            Code::NotYaml,
            "this bracket is closed by one of another kind",
            help,
        )
    }),
    ("misplaced bracket", |spot| {
        let help = "take it out, or add the bracket that it should close";
        found(
            spot.here(),
            Code::NotYaml,
            "this bracket closes nothing",
            help,
        )
    }),
    ("illegal placement of ':'", outdented_in_bracket),
    ("indentation in flow", outdented_in_bracket),
    ("did not find expected ','", comma),
    ("expected ',' or", comma),
    ("implicit flow mapping", |spot| {
        let help = "take one of the commas out";
        found(
            spot.here(),
            Code::NotYaml,
            "nothing stands before this comma",
            help,
        )
    }),
    ("simple key expected", no_key),
    ("did not find expected '-'", indentation),
    ("did not find expected key", indentation),
    ("invalid indentation", indentation),
    ("block sequence entries are not allowed", |spot| {
        let help =
            "begin the list on the next line, or put a text that begins with `- ` in double quotes";
        found(
            spot.here(),
            Code::NotYaml,
            "a list cannot begin on the line of its key",
            help,
        )
    }),
    ("quoted scalar, found", backslash),
    ("quoted scalar, did not", backslash),
    ("unexpected character", first_letter),
    ("mapping keys are not allowed", first_letter),
    ("scanning a block scalar", first_letter),
    ("scanning an anchor or alias", first_letter),
    ("directive", first_letter),
];

fn unknown(spot: Cursor<'_>) -> Found {
    if spot.sign() == Some('#') {
        let help = "put a blank before it; a text that holds `#` has its quotes around all of it";
        let message = "a remark that begins without a blank before its `#`";
        return found(spot.here(), Code::NotYaml, message, help);
    }
    let help = "look at this line and the one above: an open quote or bracket, or indentation unlike its neighbours";
    found(
        spot.here(),
        Code::NotYaml,
        "from here on this cannot be read",
        help,
    )
}

fn anchor(spot: Cursor<'_>) -> Found {
    let help =
        "write the value out in each place; put a text that begins with `&` in double quotes";
    let message = "anchors (`&name`) are not used in these files";
    found(spot.word_back_at('&'), Code::YamlFeature, message, help)
}

fn alias(spot: Cursor<'_>) -> Found {
    let help = "write the value out; put a text that begins with `*` in double quotes";
    let message = "aliases (`*name`) are not used in these files";
    found(spot.word(), Code::YamlFeature, message, help)
}

/// A second colon on a line, or a key that its indentation makes part of the text above.
fn colon(spot: Cursor<'_>) -> Found {
    let line = spot.line_before();
    let bare = line.trim_start().trim_start_matches("- ");
    let Some((key, begun)) = bare.split_once(": ") else {
        let help = "indent it like its neighbours; if it goes on the text above, put that text in double quotes";
        let message =
            "this key is indented deeper than the one above it, which holds a text already";
        return found(
            (spot.at - bare.len(), spot.at),
            Code::NotYaml,
            message,
            help,
        );
    };
    let text = format!("{begun}{}", spot.line_after());
    let text = text.trim_end();
    let help = if text.contains(['"', '\\', '#']) {
        "put the whole text in double quotes, and use `'` inside it".to_owned()
    } else {
        format!("put the whole text in double quotes: `{key}: \"{text}\"`")
    };
    let message = "a colon and a blank inside a text that is not in quotes";
    found(spot.here(), Code::NotYaml, message, help)
}

fn tab(spot: Cursor<'_>) -> Found {
    let line = spot.at - spot.line_before().len();
    let mut begin = line;
    let mut bytes = spot.here();
    for line in spot.text.get(line..).unwrap_or("").split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line.get(..indent).and_then(|indent| indent.find('\t')) {
            bytes = (begin + tab, begin + indent);
            break;
        }
        begin += line.len();
    }
    let help = "indent with blanks, two for each level";
    found(bytes, Code::NotYaml, "a tab in the indentation", help)
}

fn quote(at: usize) -> Found {
    let help = "close it at the end of its text; a text that goes on below is indented further than its key";
    found(
        (at, at + 1),
        Code::NotYaml,
        "this quote is not closed",
        help,
    )
}

/// Something behind a closing quote; when the quote was opened on another line, that one is at fault.
fn behind_quote(spot: Cursor<'_>) -> Found {
    let closing = spot.before().trim_end().len().saturating_sub(1);
    let sign = spot.text.get(closing..=closing).unwrap_or("\"");
    let opening = spot
        .text
        .get(..closing)
        .and_then(|before| before.rfind(sign));
    let within = opening.and_then(|opening| spot.text.get(opening..closing));
    if let (Some(opening), true) = (opening, within.is_some_and(|text| text.contains('\n'))) {
        return quote(opening);
    }
    let help = if sign == "'" {
        "put the whole text in double quotes, for example `\"What's new\"`"
    } else {
        "put the whole text in double quotes, and use `'` inside it, for example `\"'Old' scars\"`"
    };
    found(
        spot.here(),
        Code::NotYaml,
        "the text goes on behind its closing quote",
        help,
    )
}

fn bracket(spot: Cursor<'_>) -> Found {
    let closing = if spot.sign() == Some('[') { "]" } else { "}" };
    let mut help = format!("add the closing `{closing}`");
    if spot.line_after().contains(" #") {
        help.push_str(
            "; what stands behind ` #` is a remark: put a text that holds one in double quotes",
        );
    }
    found(
        spot.here(),
        Code::NotYaml,
        "this bracket is not closed",
        help,
    )
}

fn outdented_in_bracket(spot: Cursor<'_>) -> Found {
    spot.open_bracket()
        .map_or_else(|| unknown(spot), |at| bracket(Cursor { at, ..spot }))
}

fn comma(spot: Cursor<'_>) -> Found {
    let help = "put a comma before the next value; put a text that holds a colon, a comma or a bracket in double quotes";
    let message = match spot.sign() {
        Some(sign @ (':' | '[' | '{')) => format!(
            "`{sign}` cannot stand here: a comma is missing before it, or quotes around the text that holds it"
        ),
        _ => "a comma or a closing bracket is missing before this".to_owned(),
    };
    found(spot.here(), Code::NotYaml, message, help)
}

fn no_key(spot: Cursor<'_>) -> Found {
    let line = spot.line_after().trim_end();
    let bytes = (spot.at, spot.at + line.len());
    let glued = line.split_once(':').filter(|(key, _)| !key.contains(' '));
    let (message, help) = match glued {
        Some((key, value)) => (
            "a blank is missing behind the colon",
            format!("write `{key}: {}`", value.trim_start()),
        ),
        None => (
            "a key and a colon are expected here",
            "write a key, a colon and a blank before the value; a text that goes on from above is indented further than its key".to_owned(),
        ),
    };
    found(bytes, Code::NotYaml, message, help)
}

fn indentation(spot: Cursor<'_>) -> Found {
    let help = "indent it like the keys it belongs with; if it begins the next entry of a list, put `- ` before it";
    let line = spot.line_after();
    let key = line.find(':').map_or(line.trim_end().len(), |colon| colon);
    let message = "this line is indented like nothing above it";
    found((spot.at, spot.at + key), Code::NotYaml, message, help)
}

fn backslash(spot: Cursor<'_>) -> Found {
    let line = spot.line_after();
    let at = line.find('\\').map_or(spot.at, |at| spot.at + at);
    let help = "write `\\\\` for a backslash, or put the text in single quotes";
    let message = "in double quotes `\\` begins a special sign, and this is none";
    found((at, at + 2), Code::NotYaml, message, help)
}

fn first_letter(spot: Cursor<'_>) -> Found {
    let sign = match spot.sign() {
        Some('`') => "a backtick".to_owned(),
        Some(sign) => format!("`{sign}`"),
        None => "it".to_owned(),
    };
    match spot.sign() {
        Some(c) if !c.is_control() => found(
            spot.here(),
            Code::NotYaml,
            format!("a text may not begin with {sign} unless it is in quotes"),
            "put the whole text in double quotes",
        ),
        _ => found(
            spot.here(),
            Code::NotYaml,
            "a sign that cannot be seen stands here",
            "delete it, and type the words around it anew",
        ),
    }
}

#[cfg(test)]
mod tests;
