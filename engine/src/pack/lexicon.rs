//! The lexicons of a pack: which ones it uses, and its own tables of brands and spellings.
//!
//! A table is a CSV file with the columns of the built-in lexicon: `name,generics,kind,country,source`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::medicine::{LexiconName, can_be_found, normalized_name, says_nothing};
use crate::source::{Located, Place, Source};

use super::map_reader::MapReader;
use super::unknown_words::unknown_word;

/// The name of the lexicon that is part of the program.
const BUILT_IN: &str = "built-in";

/// The columns of a table; `country` and `source` are only for people.
const COLUMNS: [&str; 5] = ["name", "generics", "kind", "country", "source"];

/// The lexicons named in the main file of a pack.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// The place where the built-in one is named.
    pub built_in: Option<Place>,
    /// The files of the pack's own tables.
    pub tables: Vec<Located<String>>,
}

/// A line of a pack's own table.
#[derive(Clone, Debug)]
pub struct TableLine {
    /// The name as written.
    pub name: Located<String>,
    /// The lexicon entry for the name.
    pub name_in_lexicon: LexiconName,
}

/// Whether a lexicon name is a table file of the pack.
pub fn is_table(name: &str) -> bool {
    let end = name.rsplit_once('.').map(|(_, end)| end);
    end.is_some_and(|end| end.eq_ignore_ascii_case("csv"))
}

/// The lexicons that the main file names.
pub fn named(fields: &MapReader<'_>, problems: &mut Problems) -> Named {
    let mut named = Named::default();
    for one in fields.texts("lexicon", problems) {
        if one.value == BUILT_IN {
            named.built_in = Some(one.place);
        } else if is_table(&one.value) {
            named.tables.push(one);
        } else {
            let problem = unknown_word(&one, "lexicon", &[BUILT_IN]);
            problems.push(
                problem.help("or write the name of a table of yours, such as `lexicon/ours.csv`"),
            );
        }
    }
    named
}

/// The lines of a table. A line with an error is reported and left out.
pub fn table(number: usize, source: &Source, problems: &mut Problems) -> Vec<TableLine> {
    let mut lines = Lines::of(number, &source.text);
    let Some(head) = lines.next() else {
        let place = Place {
            source: number,
            start: 0,
            end: source.text.len().min(1),
        };
        problems.push(
            Diagnostic::new(Code::EmptyFile, place, "this table is empty")
                .help(format!("write `{}` into the first line", COLUMNS.join(","))),
        );
        return Vec::new();
    };
    let cells = cells(&source.text, head.clone());
    let column = |name: &str| {
        let is = |cell: &Cell<'_>| cell.text.trim().eq_ignore_ascii_case(name);
        cells.iter().position(is)
    };
    let mut places = [0; 5];
    for (place, name) in places.iter_mut().zip(COLUMNS) {
        let Some(at) = column(name) else {
            let head = lines.place(head.clone());
            let problem = Diagnostic::new(
                Code::MissingKey,
                head,
                format!("this table has no column `{name}`"),
            );
            let problem = if cells.len() == 1
                && source
                    .text
                    .get(head.start..head.end)
                    .is_some_and(|head| head.contains([';', '\t']))
            {
                problem.help("save it with commas between the cells")
            } else {
                problem
            };
            problems.push(problem.help(format!("the first line is `{}`", COLUMNS.join(","))));
            return Vec::new();
        };
        *place = at;
    }
    let mut read = Vec::new();
    let width = cells.len();
    while let Some(line) = lines.next() {
        match read_line(&lines, &source.text, line, width, places) {
            Ok(line) => read.extend(line),
            Err(problem) => problems.push(*problem),
        }
    }
    without_repeated(read, problems)
}

/// The lines without those whose name is in an earlier line, which are reported.
fn without_repeated(lines: Vec<TableLine>, problems: &mut Problems) -> Vec<TableLine> {
    fn name(line: &TableLine) -> &str {
        &line.name_in_lexicon.name
    }
    let mut by_name: Vec<(usize, &TableLine)> = lines.iter().enumerate().collect();
    by_name.sort_by(|(_, one), (_, other)| name(one).cmp(name(other)));
    let mut repeated: BTreeMap<usize, Diagnostic> = BTreeMap::new();
    for same in by_name.chunk_by(|(_, one), (_, other)| name(one) == name(other)) {
        let Some(((_, first), rest)) = same.split_first() else {
            continue;
        };
        for (number, line) in rest {
            let message = format!("`{}` is in this table twice", name(line));
            let problem = Diagnostic::new(Code::DuplicateWord, line.name.place, message)
                .other(first.name.place, "the first time")
                .help("keep one line, with all its generics");
            repeated.insert(*number, problem);
        }
    }
    let lines = lines.into_iter().enumerate();
    let kept = lines.filter(|(number, _)| !repeated.contains_key(number));
    let kept = kept.map(|(_, line)| line).collect();
    problems.extend(repeated.into_values());
    kept
}

/// Reads one line; none if every cell is empty.
fn read_line(
    lines: &Lines<'_>,
    text: &str,
    line: Range<usize>,
    width: usize,
    [name, generics, kind, ..]: [usize; 5],
) -> Result<Option<TableLine>, Box<Diagnostic>> {
    let cells = cells(text, line.clone());
    if cells.iter().all(|cell| cell.text.trim().is_empty()) {
        return Ok(None);
    }
    let problem = |code, place, message: String, help: &str| {
        Err(Box::new(Diagnostic::new(code, place, message).help(help)))
    };
    if cells.len() != width {
        let message = format!(
            "this line has {} cells, and the first line {width}",
            cells.len()
        );
        let help = "put a cell that has a comma in it into quotes, and keep every column";
        return problem(Code::WrongShape, lines.place(line), message, help);
    }
    let cell = |at: usize| {
        let cell = cells.get(at);
        let place = cell.map_or(line.clone(), |cell| cell.place.clone());
        let place = if place.is_empty() {
            line.clone()
        } else {
            place
        };
        let text = cell.map_or("", |cell| cell.text.trim());
        (text, lines.place(place))
    };
    let ((written, place), (generics, generics_place), (kind, kind_place)) =
        (cell(name), cell(generics), cell(kind));
    let folded = normalized_name(written);
    if folded.is_empty() {
        return problem(
            Code::BadValue,
            place,
            "this line has no name".to_owned(),
            "write the name of the medicine into the column `name`, or remove the line",
        );
    }
    if !can_be_found(written, &folded) {
        return problem(
            Code::BadValue,
            place,
            format!("`{written}` is never found: lists are divided at `/`, `+`, `&` and `and`"),
            "write the name without them",
        );
    }
    if says_nothing(&folded) {
        return problem(
            Code::BadValue,
            place,
            format!("`{written}` only says how much or how often, and is not a name"),
            "write the whole name of the medicine",
        );
    }
    let generics: Vec<String> = generics
        .split(';')
        .map(|part| part.trim().to_owned())
        .collect();
    if generics.iter().any(String::is_empty) {
        return problem(
            Code::BadValue,
            generics_place,
            format!("`{written}` has no generics, or an empty one"),
            "write every generic in it into the column `generics`, with `;` between two",
        );
    }
    let whole_entry = match kind {
        "name" => false,
        "word" => true,
        other => {
            let message = format!("`kind` cannot be `{other}`");
            let help =
                "write `name`, or `word` for an everyday word, which counts only as a whole entry";
            return problem(Code::UnknownWord, kind_place, message, help);
        }
    };
    Ok(Some(TableLine {
        name: Located {
            value: written.to_owned(),
            place,
        },
        name_in_lexicon: LexiconName {
            name: folded,
            generics,
            whole_entry,
        },
    }))
}

/// The lines of a text with their ranges.
struct Lines<'t> {
    number: usize,
    text: &'t str,
    next: usize,
}

impl<'t> Lines<'t> {
    fn of(number: usize, text: &'t str) -> Self {
        Self {
            number,
            text,
            next: 0,
        }
    }

    fn place(&self, at: Range<usize>) -> Place {
        Place {
            source: self.number,
            start: at.start,
            end: at.end.max(at.start + 1).min(self.text.len().max(1)),
        }
    }
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.next..).filter(|rest| !rest.is_empty())?;
        let length = rest.find('\n').unwrap_or(rest.len());
        let start = self.next;
        self.next = start + length + 1;
        let line = self.text.get(start..start + length).unwrap_or("");
        Some(start..start + line.trim_end_matches('\r').len())
    }
}

/// A cell of a line.
struct Cell<'t> {
    text: Cow<'t, str>,
    place: Range<usize>,
}

/// The cells of a line. A quoted cell may contain a comma, and `""` for a quote.
fn cells(text: &str, line: Range<usize>) -> Vec<Cell<'_>> {
    let letters = text.get(line.clone()).unwrap_or("");
    let mut start = line.start;
    if !letters.contains('"') {
        let cell = |text| {
            let place = start..start + str::len(text);
            start = place.end + 1;
            let text = Cow::Borrowed(text);
            Cell { text, place }
        };
        let mut cells = Vec::with_capacity(COLUMNS.len());
        cells.extend(letters.split(',').map(cell));
        return cells;
    }
    let mut cells = Vec::new();
    let (mut cell, mut quoted) = (String::new(), false);
    let letters = letters.char_indices();
    let mut letters = letters.map(|(at, c)| (line.start + at, c)).peekable();
    let mut end = |text: &mut String, at: usize| {
        let place = start..at;
        start = at + 1;
        let text = Cow::Owned(std::mem::take(text));
        cells.push(Cell { text, place });
    };
    while let Some((at, c)) = letters.next() {
        match c {
            '"' if quoted && letters.next_if(|(_, next)| *next == '"').is_some() => cell.push('"'),
            '"' if quoted || cell.trim().is_empty() => quoted = !quoted,
            ',' if !quoted => end(&mut cell, at),
            c => cell.push(c),
        }
    }
    end(&mut cell, line.end);
    cells
}

#[cfg(test)]
mod tests;
