//! Explains the errors of the YAML parser in an author's words, with the exact place.
//!
//! The parser stops where it cannot continue. The mistake is often earlier, at a quote or bracket
//! that was never closed; that character is marked.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Source};

use serde_yaml::budget::BudgetBreach;
use serde_yaml::granit_parser::ErrorKind;
use serde_yaml::{Error, ExternalMessageSource};

use super::cursor::Cursor;
use super::features::{self, Feature};
use super::quotes;

use brackets::{
    bracket, bracket_too_many, colon_before_bracket, comma, comma_too_many, dash_in_bracket,
    other_bracket, outdented_in_bracket, outside,
};

mod brackets;

/// The message for a text that the parser refuses.
pub fn refused(error: &Error, index: usize, source: &Source) -> Diagnostic {
    let number = |n: u64| usize::try_from(n).unwrap_or(1);
    let at = error.location();
    let at = at.map_or((1, 1), |at| (number(at.line()), number(at.column())));
    let text = &source.text;
    let spot = Cursor {
        text,
        at: source.byte_at(at.0, at.1),
    };
    let feature = |feature: Feature| feature.refused(index, spot.word());
    let found = match error {
        Error::Budget { breach, .. } => match breach {
            BudgetBreach::Depth { .. } => too_deep(spot),
            BudgetBreach::Anchors { .. }
            | BudgetBreach::Aliases { .. }
            | BudgetBreach::Documents { .. } => {
                return features::first(index, text)
                    .map_or_else(|| feature(Feature::Document), |problem| *problem);
            }
            _ => too_large(spot),
        },
        Error::MergeKeyNotAllowed { .. } => {
            return Feature::MergeKey.refused(index, (spot.at, spot.at + "<<".len()));
        }
        Error::MultipleDocuments { .. } => return feature(Feature::Document),
        other => {
            if let Some(problem) = features::first(index, text) {
                return *problem;
            }
            if let Some(problem) = quotes::on_line(index, text, spot.at) {
                return *problem;
            }
            match other {
                Error::UnknownAnchor { .. } => return feature(Feature::Alias),
                Error::ExternalMessage { source, .. } => match source.as_ref() {
                    ExternalMessageSource::Parser(error) => {
                        if is_about_a_tag(error.kind()) {
                            return Feature::Tag.refused(index, spot.word_back_at('!'));
                        }
                        if matches!(error.kind(), ErrorKind::InvalidDocumentEnd) {
                            return features::second_document(index, text, spot.word());
                        }
                        complaint(error.kind(), spot)
                    }
                    _ => unknown(spot),
                },
                _ => unknown(spot),
            }
        }
    };
    found.at(index)
}

/// The message for a file that is too large to read.
pub fn too_large_a_file(index: usize, source: &Source) -> Diagnostic {
    let text = &source.text;
    too_large(Cursor { text, at: 0 }).at(index)
}

/// A message for the author.
struct Found {
    bytes: (usize, usize),
    message: String,
    help: String,
}

impl Found {
    /// The diagnostic for the source with this index.
    fn at(self, index: usize) -> Diagnostic {
        let (start, end) = self.bytes;
        let place = Place {
            source: index,
            start,
            end,
        };
        Diagnostic::new(Code::NotYaml, place, self.message).help(self.help)
    }
}

fn found(bytes: (usize, usize), message: impl Into<String>, help: impl Into<String>) -> Found {
    Found {
        bytes,
        message: message.into(),
        help: help.into(),
    }
}

/// Whether the parser stopped within a tag.
fn is_about_a_tag(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UndeclaredTagHandle
            | ErrorKind::ExpectedTagBang
            | ErrorKind::InvalidGlobalTagCharacter
            | ErrorKind::InvalidTagTerminator
            | ErrorKind::MissingTagUri
            | ErrorKind::UnclosedVerbatimTag
            | ErrorKind::InvalidTagEscape
            | ErrorKind::InvalidTagUtf8LeadingByte
            | ErrorKind::InvalidTagUtf8TrailingByte
            | ErrorKind::InvalidTagUtf8
    )
}

/// The message for a syntax error.
fn complaint(kind: &ErrorKind, spot: Cursor<'_>) -> Found {
    match kind {
        ErrorKind::MappingValueNotAllowed => colon(spot),
        ErrorKind::RecursionLimitExceeded => too_deep(spot),
        ErrorKind::CommentInterceptedScalar => comment_in_text(spot),
        ErrorKind::CommentNotSeparated => comment_without_blank(spot),
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInIndentation => tab(spot),
        ErrorKind::UnclosedQuotedScalar => quote(spot.at),
        ErrorKind::InvalidQuotedScalarIndent | ErrorKind::DocumentIndicatorInQuotedScalar => {
            quote(spot.opening_quote().unwrap_or(spot.at))
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => after_quote(spot),
        ErrorKind::UnclosedFlowCollection { .. } => bracket(spot),
        ErrorKind::MismatchedFlowCollectionEnd { .. } => other_bracket(spot),
        ErrorKind::MisplacedFlowCollectionEnd => bracket_too_many(spot),
        ErrorKind::InvalidColonPlacement | ErrorKind::InvalidFlowScalarIndent => {
            outdented_in_bracket(spot)
        }
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => {
            comma(spot)
        }
        ErrorKind::UnexpectedEofImplicitFlowMapping => comma_too_many(spot),
        ErrorKind::SimpleKeyExpected => no_key(spot),
        ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::InvalidIndentation => indentation(spot),
        ErrorKind::BlockSequenceEntryNotAllowed => list_on_the_line_of_its_key(spot),
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => backslash(spot),
        ErrorKind::UnexpectedCharacter { .. }
        | ErrorKind::MappingKeyNotAllowed
        | ErrorKind::ZeroBlockScalarIndent
        | ErrorKind::InvalidBlockScalarHeader
        | ErrorKind::ExpectedNodeContent
        | ErrorKind::MissingAnchorOrAliasName
        | ErrorKind::InvalidDirectiveTerminator
        | ErrorKind::MissingDirectiveName
        | ErrorKind::InvalidDirectiveName
        | ErrorKind::MissingYamlVersion
        | ErrorKind::MissingYamlVersionSeparator
        | ErrorKind::UnsupportedYamlMajorVersion
        | ErrorKind::MissingDocumentEndBeforeDirective => first_letter(spot),
        ErrorKind::BlockEntryInFlowCollection
        | ErrorKind::PlainScalarStartsWithDashFlowIndicator => dash_in_bracket(spot),
        ErrorKind::FlowMappingValueAdjacentCollection => colon_before_bracket(spot),
        ErrorKind::ExpectedDocumentStart => outside(spot),
        _ => unknown(spot),
    }
}

fn not_yaml(spot: Cursor<'_>, message: &str, help: &str) -> Found {
    found(spot.here(), message, help)
}

fn too_deep(spot: Cursor<'_>) -> Found {
    let help = "use fewer brackets or levels: six are enough";
    not_yaml(spot, "lists are nested too deeply", help)
}

fn too_large(spot: Cursor<'_>) -> Found {
    let help = "split the file: a pack of a thousand rules fits easily";
    not_yaml(spot, "this file is too large", help)
}

fn comment_in_text(spot: Cursor<'_>) -> Found {
    let help = "put the whole text in quotes, or move the comment to a line of its own";
    not_yaml(spot, "a comment begins here, in the middle of a text", help)
}

fn comment_without_blank(spot: Cursor<'_>) -> Found {
    let help = "put a space before it; put quotes around the whole of a text that contains `#`";
    let message = "a comment begins here without a space before its `#`";
    not_yaml(spot, message, help)
}

fn list_on_the_line_of_its_key(spot: Cursor<'_>) -> Found {
    let help =
        "begin the list on the next line, or put a text that begins with `- ` in double quotes";
    not_yaml(spot, "a list cannot begin on the line of its key", help)
}

fn unknown(spot: Cursor<'_>) -> Found {
    match spot.sign() {
        Some('#') => return comment_without_blank(spot),
        Some(',') => return first_letter(spot),
        _ => {}
    }
    let help = "look at this line and the one above: an open quote or bracket, or indentation unlike its neighbours";
    not_yaml(spot, "from here on this cannot be read", help)
}

/// A second colon on a line, or a key whose indentation makes it part of the text above.
fn colon(spot: Cursor<'_>) -> Found {
    let line = spot.line_before();
    let bare = line.trim_start().trim_start_matches("- ");
    let Some((key, begun)) = bare.split_once(": ") else {
        if let Some(above) = spot
            .line_above()
            .filter(|above| !is_outdented(*above, line))
        {
            return no_key(above);
        }
        let help = "indent it like its neighbours; if it continues the text above, put that text in double quotes";
        let message = "this key is indented deeper than the one above it, which already has a text";
        return found((spot.at - bare.len(), spot.at), message, help);
    };
    let text = format!("{begun}{}", spot.line_after());
    let text = text.trim_end();
    let help = if text.contains(['"', '\\', '#']) {
        "put the whole text in double quotes, and use `'` inside it".to_owned()
    } else {
        format!("put the whole text in double quotes: `{key}: \"{text}\"`")
    };
    let message = "a colon and a space inside a text that is not in quotes";
    found(spot.here(), message, help)
}

/// Whether the line at `above` has less indentation than `line`.
fn is_outdented(above: Cursor<'_>, line: &str) -> bool {
    above.line_before().len() < line.len() - line.trim_start().len()
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
    let help = "indent with spaces, two for each level";
    found(bytes, "a tab in the indentation", help)
}

fn quote(at: usize) -> Found {
    let help =
        "close it at the end of its text; indent a text that continues below further than its key";
    found((at, at + 1), "this quote is not closed", help)
}

/// Text after a closing quote. If the quote was opened on another line, that quote is marked.
fn after_quote(spot: Cursor<'_>) -> Found {
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
        "the text continues after its closing quote",
        help,
    )
}

fn no_key(spot: Cursor<'_>) -> Found {
    let line = spot.line_after().trim_end();
    let bytes = (spot.at, spot.at + line.len());
    if let Some(bracket) = line.chars().next().filter(|c| matches!(c, '{' | '[')) {
        let message = format!("`{bracket}` cannot begin a line here: a `- ` is missing before it");
        let help = "put `- ` before it, as before the other entries of the list; if it continues the text above, put that text in double quotes";
        return found(spot.here(), message, help);
    }
    let glued = line.split_once(':').filter(|(key, _)| !key.contains(' '));
    let (message, help) = match glued {
        Some((key, value)) => (
            "a space is missing after the colon",
            format!("write `{key}: {}`", value.trim_start()),
        ),
        None => (
            "a key and a colon are expected here",
            "write a key, a colon and a space before the value; indent a text that continues from above further than its key".to_owned(),
        ),
    };
    found(bytes, message, help)
}

fn indentation(spot: Cursor<'_>) -> Found {
    if spot.line_before().trim_end().ends_with([']', '}']) {
        let help =
            "put a text that contains a bracket in double quotes, or take out what follows it";
        return not_yaml(spot, "the text continues after its closing bracket", help);
    }
    let help = "indent it like the keys it belongs with; if it begins the next entry of a list, put `- ` before it";
    let line = spot.line_after();
    let key = line.find(':').map_or(line.trim_end().len(), |colon| colon);
    let message = "this line is indented unlike any line above it";
    found((spot.at, spot.at + key), message, help)
}

fn backslash(spot: Cursor<'_>) -> Found {
    let line = spot.line_after();
    let at = line.find('\\').map_or(spot.at, |at| spot.at + at);
    let help = "write `\\\\` for a backslash, or put the text in single quotes";
    let message = "in double quotes `\\` begins a special character, and this is not one";
    found((at, at + 2), message, help)
}

fn first_letter(spot: Cursor<'_>) -> Found {
    let sign = match spot.sign() {
        Some('`') => "a backtick".to_owned(),
        Some(sign) => format!("`{sign}`"),
        None => "it".to_owned(),
    };
    let message = format!("a text may not begin with {sign} unless it is in quotes");
    found(spot.here(), message, "put the whole text in double quotes")
}

#[cfg(test)]
mod tests;
