//! The headings of a table, and its first record.

use std::path::Path;

use crate::error::Error;

use super::csv::chunk::Chunk;
use super::csv::quotes::{line_end, structure};
use super::csv::records::{Record, for_each};
use super::heading_forms;
use candidacy_engine::plan::Plan;

/// The heading of a table.
#[derive(Clone, Debug)]
pub struct Heading {
    /// The cells.
    pub names: Vec<String>,
    /// The record as in the file, in UTF-8; with a second heading row, both rows joined.
    pub text: Vec<u8>,
    /// The first heading line as in the file.
    pub first: Vec<u8>,
    /// The line number of a second heading row.
    pub second: Option<u64>,
    /// The delimiter between cells.
    pub delimiter: u8,
    /// Whether it was not UTF-8.
    pub foreign: bool,
    /// If no heading is known: a line below that looks like headings.
    pub below: Option<u64>,
}

/// The cells of the first record, and its length including the line end.
pub(super) fn first_record(bytes: &[u8], delimiter: u8) -> Option<(Vec<String>, usize)> {
    let found = structure(bytes, delimiter, true);
    if found.broken.first().is_some_and(|broken| broken.start == 0) {
        return None;
    }
    // The record ends at the first line end at which the quotes are valid.
    let mut length = 0;
    loop {
        (_, length) = line_end(bytes, length, true)?;
        let part = bytes.get(..length)?;
        if length >= bytes.len() || structure(part, delimiter, true).broken.is_empty() {
            break;
        }
    }
    let (text, _) = decoded(bytes.get(..length)?);
    let chunk = Chunk {
        bytes: text,
        ..Chunk::default()
    };
    let mut names = Vec::new();
    for_each(&chunk, delimiter, None, &mut |record| {
        if let Record::Cells(cells) = record
            && names.is_empty()
        {
            names = (0..cells.len())
                .map(|column| cells.cell(column).trim().to_owned())
                .collect();
        }
    });
    Some((names, length))
}

/// The delimiter in a line `sep=;`, as spreadsheets write it, and the start of the line of
/// headings.
pub(super) fn stated_delimiter(bytes: &[u8]) -> (Option<u8>, usize) {
    let after_blank = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        let blank = |byte: &&u8| matches!(byte, b'\n' | b'\r');
        from + rest.iter().take_while(blank).count()
    };
    let first = after_blank(0);
    let end = line_end(bytes, first, true).map_or(first, |(end, _)| end);
    let line = bytes.get(first..end).unwrap_or_default();
    let bare = line
        .strip_prefix(b"\"")
        .and_then(|line| line.strip_suffix(b"\""));
    match bare.unwrap_or(line).split_at_checked(4) {
        Some((word, [delimiter])) if word.eq_ignore_ascii_case(b"sep=") => {
            (Some(*delimiter), after_blank(end))
        }
        _ => (None, first),
    }
}

/// The first bytes of files that are not text, and what these files are.
const NO_TEXT: [(&[u8], &str); 1] = [(b"\x1f\x8b", "it is compressed")];

/// Refuses empty files, files that are not text, and encodings without a byte-order mark.
pub(super) fn is_text(bytes: &[u8], path: &Path) -> Result<(), Error> {
    if let Some((_, why)) = NO_TEXT.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(refused(
            path,
            why,
            "open it and save it as \"CSV UTF-8\"; a batch reads tables in text",
        ));
    }
    if bytes.is_empty() {
        return Err(refused(
            path,
            "it is empty",
            "a table begins with a line of headings; `candidacy template` writes one",
        ));
    }
    if memchr::memchr_iter(0, bytes).count() * 4 > bytes.len() {
        let (why, hint) = without_mark(bytes);
        return Err(refused(path, why, hint));
    }
    Ok(())
}

/// What a text with many empty bytes seems to be, and how to read it. The places of the empty bytes show
/// the encoding.
fn without_mark(bytes: &[u8]) -> (&'static str, &'static str) {
    const SOME: usize = 1 << 12;
    let mut empty = [0_usize; 4];
    let start = bytes.get(..bytes.len().min(SOME)).unwrap_or(bytes);
    for four in start.chunks_exact(4) {
        for (count, byte) in empty.iter_mut().zip(four) {
            *count += usize::from(*byte == 0);
        }
    }
    let most = |count: usize| count * 8 > start.len();
    match empty.map(most) {
        [false, true, false, true] => (
            "it is not text in UTF-8; every other byte is empty, as in UTF-16",
            "try `--encoding utf-16le`, or save it as \"CSV UTF-8\"",
        ),
        [true, false, true, false] => (
            "it is not text in UTF-8; every other byte is empty, as in UTF-16",
            "try `--encoding utf-16be`, or save it as \"CSV UTF-8\"",
        ),
        [false, true, true, true] | [true, true, true, false] => (
            "it is not text in UTF-8; three of four bytes are empty, as in UTF-32",
            "save it as \"CSV UTF-8\"; UTF-32 cannot be read",
        ),
        _ => (
            "it is not text in UTF-8; many of its bytes are empty",
            "save it as \"CSV UTF-8\"",
        ),
    }
}

pub(super) fn refused(path: &Path, why: &str, hint: &str) -> Error {
    Error::File {
        doing: "read",
        path: path.to_owned(),
        why: why.to_owned(),
        hint: Some(hint.to_owned()),
    }
}

pub(super) fn decoded(raw: &[u8]) -> (Vec<u8>, bool) {
    if std::str::from_utf8(raw).is_ok() {
        return (raw.to_vec(), false);
    }
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(raw);
    (text.into_owned().into_bytes(), true)
}

/// A line without its line end.
pub(super) fn without_line_end(line: &[u8]) -> &[u8] {
    let end = line.iter().rposition(|byte| !matches!(byte, b'\n' | b'\r'));
    line.get(..end.map_or(0, |end| end + 1)).unwrap_or_default()
}

/// The second heading that `SurveyMonkey` gives to a question with one answer.
const ONE_ANSWER: [&str; 3] = ["Response", "Open-Ended Response", "Date / Time"];

impl Heading {
    /// Joins the headings with a second heading row, if `bytes` on `line` begin with one. The first
    /// row has the questions and the second their options. Returns the length of the second row.
    pub(super) fn join_second(&mut self, plan: &Plan, bytes: &[u8], line: u64) -> Option<usize> {
        // Columns of further options have an empty heading.
        if !self.names.iter().any(String::is_empty) {
            return None;
        }
        let (second, length) = first_record(bytes, self.delimiter)?;
        // A survey begins with its own columns, such as an id.
        if second.len() != self.names.len() || second.first().is_none_or(|cell| !cell.is_empty()) {
            return None;
        }
        let mut group = "";
        let mut known = false;
        let mut joined = Vec::with_capacity(second.len());
        for (place, (name, cell)) in self.names.iter().zip(&second).enumerate() {
            if !name.is_empty() {
                group = name;
            }
            let question = heading_forms::question(plan, group);
            let option = question.and_then(|number| heading_forms::option(plan, number, cell));
            let one = ONE_ANSWER
                .iter()
                .any(|word| word.eq_ignore_ascii_case(cell));
            let is_option = !cell.is_empty() && option.is_some();
            known |= one || (is_option && name.is_empty());
            let next = self.names.get(place + 1);
            let alone = !name.is_empty() && next.is_none_or(|next| !next.is_empty());
            joined.push(if cell.is_empty() || one || (alone && !is_option) {
                group.to_owned()
            } else {
                format!("{group} (choice={cell})")
            });
        }
        if !known {
            return None;
        }
        self.text = row_of(&joined, self.delimiter);
        self.names = joined;
        self.second = Some(line);
        Some(length)
    }
}

/// A line of a table with these cells.
pub(super) fn row_of(cells: &[String], delimiter: u8) -> Vec<u8> {
    let mut out = Vec::new();
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            out.push(delimiter);
        }
        let special = |byte: u8| byte == delimiter || matches!(byte, b'"' | b'\n' | b'\r');
        if cell.bytes().any(special) {
            out.push(b'"');
            out.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            out.push(b'"');
        } else {
            out.extend_from_slice(cell.as_bytes());
        }
    }
    out.push(b'\n');
    out
}
