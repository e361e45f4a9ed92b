//! Messages about brackets and their contents.

use crate::yaml::cursor::Cursor;

use super::{Found, found, no_key, not_yaml, unknown};

/// A dash inside brackets.
pub fn dash_in_bracket(spot: Cursor<'_>) -> Found {
    let help = "separate the values by commas, without dashes; put a text that begins with `-` in double quotes";
    not_yaml(spot, "a dash does not begin an entry inside brackets", help)
}

/// A colon directly before a bracket.
pub fn colon_before_bracket(spot: Cursor<'_>) -> Found {
    let help = "write a space after the colon";
    not_yaml(spot, "a space is missing after the colon", help)
}

/// Content outside the brackets or the list with which the file begins.
pub fn outside(spot: Cursor<'_>) -> Found {
    let above = spot.line_above();
    let text = above.filter(|above| above.sign().is_some_and(char::is_alphanumeric));
    if let Some(text) = text {
        return no_key(text);
    }
    let help = if spot.text.starts_with('%') {
        "take the lines that begin with `%` out"
    } else {
        "put it inside the brackets or the list, or remove it"
    };
    let message = "this is outside of what the file begins with";
    not_yaml(spot, message, help)
}

/// `[` closed by `}`.
pub fn other_bracket(spot: Cursor<'_>) -> Found {
    let help = "close `{` with `}` and `[` with `]`";
    not_yaml(spot, "this bracket is closed by one of another kind", help)
}

/// A closing bracket without an opening one.
pub fn bracket_too_many(spot: Cursor<'_>) -> Found {
    let help = "remove it, or add the bracket that it should close";
    not_yaml(spot, "this bracket closes nothing", help)
}

/// A comma with nothing before it.
pub fn comma_too_many(spot: Cursor<'_>) -> Found {
    let help = "take one of the commas out";
    not_yaml(spot, "there is nothing before this comma", help)
}

/// A bracket that is never closed.
pub fn bracket(spot: Cursor<'_>) -> Found {
    let closing = if spot.sign() == Some('[') { "]" } else { "}" };
    let mut help = format!("add the closing `{closing}`");
    if spot.line_after().contains(" #") {
        help.push_str(
            "; text after ` #` is a comment: put a text that contains one in double quotes",
        );
    }
    found(spot.here(), "this bracket is not closed", help)
}

/// A line that continues a bracket but has less indentation.
pub fn outdented_in_bracket(spot: Cursor<'_>) -> Found {
    spot.open_bracket()
        .map_or_else(|| unknown(spot), |at| bracket(Cursor { at, ..spot }))
}

/// A value without a comma before it.
pub fn comma(spot: Cursor<'_>) -> Found {
    let help = "put a comma before the next value; put a text that contains a colon, a comma or a bracket in double quotes";
    let message = match spot.sign() {
        Some(sign @ (':' | '[' | '{')) => format!(
            "`{sign}` cannot be used here: add a comma before it, or put quotes around the text that contains it"
        ),
        _ => "a comma or a closing bracket is missing before this".to_owned(),
    };
    found(spot.here(), message, help)
}
