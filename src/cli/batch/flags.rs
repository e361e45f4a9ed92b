//! What the flags of a batch may say.

use std::path::Path;

use crate::batch::columns::{Mapped, plain};
use crate::error::Error;
use crate::load::source;
use candidacy_engine::answer::{DateFormat, planned_day};
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::{Code, Diagnostic, Refusal};
use candidacy_engine::suggest::way_out;
use candidacy_engine::verdict::Verdict;
use candidacy_engine::yaml;

use super::super::args::NO_DAY;

pub(super) fn usage(message: &str, hint: &str) -> Error {
    Error::Usage {
        message: message.to_owned(),
        hint: hint.to_owned(),
    }
}

pub(super) fn verdict(text: &str) -> Result<Verdict, String> {
    let words = Verdict::ALL.map(Verdict::word);
    Verdict::from_word(text).ok_or_else(|| way_out(text, "verdict", words.into_iter()))
}

pub(super) fn day(text: &str, today: Date) -> Result<Date, Error> {
    planned_day(text, today)
        .ok_or_else(|| usage(&format!("`--as-of {}` is no day", plain(text)), NO_DAY))
}

pub(super) fn date_format(text: &str) -> Result<DateFormat, Error> {
    DateFormat::new(text).ok_or_else(|| {
        usage(
            &format!(
                "`--date-format {}` names no year, month and day",
                plain(text)
            ),
            "write, for example, `--date-format %d/%m/%Y` or `--date-format '%d/%m/%Y %H:%M'`",
        )
    })
}

pub(super) fn delimiter(text: &str) -> Result<u8, Error> {
    let byte = match text {
        "tab" | "\\t" => Some(b'\t'),
        text => match text.as_bytes() {
            [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() => Some(*byte),
            _ => None,
        },
    };
    let usable = byte.filter(|byte| !matches!(byte, b'"' | b'\n' | b'\r' | 0));
    usable.ok_or_else(|| {
        usage(
            &format!("`--delimiter {}` cannot stand between cells", plain(text)),
            "one character: `,`, `;`, `tab` or `|`",
        )
    })
}

/// The lines of a map file, `COLUMN: QUESTION`.
pub(super) fn map_file(path: &Path) -> Result<Vec<Mapped>, Error> {
    let source = source(path)?;
    let refused = |problems: Vec<Diagnostic>| {
        Error::Answers(Refusal {
            sources: vec![source.clone()],
            problems,
        })
    };
    let node = yaml::read(0, &source).map_err(|why| refused(vec![*why]))?;
    let wrong = || {
        usage(
            &format!("`{}` is no list of columns", plain(&path.to_string_lossy())),
            "write one line for each: `Heading: question` or `Heading: question.option`",
        )
    };
    let text = |node: yaml::Node| match node.value {
        yaml::Value::Text { text, .. } => Ok(text),
        yaml::Value::Nothing => Ok(String::new()),
        _ => Err(wrong()),
    };
    let yaml::Value::Entry(pairs) = node.value else {
        return Err(wrong());
    };
    let comments: Vec<Diagnostic> = pairs.iter().filter_map(comment).collect();
    if !comments.is_empty() {
        return Err(refused(comments));
    }
    let pair = |(column, target)| {
        Ok(Mapped {
            column: text(column)?,
            target: text(target)?,
        })
    };
    pairs.into_iter().map(pair).collect()
}

/// A complaint about a comment behind a question without quotes: a name may hold ` #`.
fn comment((column, target): &(yaml::Node, yaml::Node)) -> Option<Diagnostic> {
    let comment = target.comment?;
    let column = yaml::text_of(column).unwrap_or_default();
    let message = format!(
        "` #` begins a comment, and nothing of it is read as the question of `{}`",
        plain(column)
    );
    Some(
        Diagnostic::new(Code::CommentAfterAnswer, comment, message)
            .help("if it is part of the value, put the value in quotes")
            .help("if it is a comment, move it to a line of its own"),
    )
}

/// The two sides of a flag's `=`.
pub(super) fn pair(
    flag: &str,
    sides: Option<(&str, &str)>,
    form: &str,
) -> Result<(String, String), Error> {
    match sides {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.to_owned()))
        }
        _ => Err(usage(
            &format!("what stands after `{flag}` has no `=`"),
            &format!("write `{flag} '{form}'`"),
        )),
    }
}
