//! Reads a sheet of a workbook as a table in text form.

use std::io::Cursor;
use std::path::Path;

use calamine::{Data, DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::{Cell, NOT_WORKED_OUT, Sheet, refusal};
use crate::batch::columns::plain;
use crate::error::Error;
use candidacy_engine::suggest::nearest;

/// Maximum number of cells; enough for a million rows and a hundred columns.
const MOST_CELLS: usize = 100_000_000;

/// A cell of the sheet: its column, text and type.
type Found = (u32, String, Cell);

/// The sheet called `wanted` of the workbook in `bytes`, or its first sheet.
///
/// # Errors
///
/// If the workbook cannot be read, or has no such sheet.
pub fn sheet(bytes: &[u8], wanted: Option<&str>, path: &Path) -> Result<Sheet, Error> {
    let refused = |why: &str, hint: &str| Error::File {
        doing: "read",
        path: path.to_owned(),
        why: why.to_owned(),
        hint: Some(hint.to_owned()),
    };
    if let Some((why, hint)) = refusal(bytes) {
        return Err(refused(why, hint));
    }
    let damaged = |_: XlsxError| {
        refused(
            "it is a damaged workbook, or another zip file",
            "open it in the program that wrote it and save it again as a workbook (.xlsx)",
        )
    };
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let sheets = book.sheets_metadata().iter();
    let sheets = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let all: Vec<(String, bool)> = sheets
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let seen = all.iter().filter(|(_, visible)| *visible);
    let seen: Vec<String> = seen.map(|(name, _)| name.clone()).collect();
    let name = match wanted {
        Some(wanted) => {
            let same = |name: &&String| name.trim().eq_ignore_ascii_case(wanted.trim());
            let mut names = all.iter().map(|(name, _)| name);
            names
                .find(same)
                .cloned()
                .ok_or_else(|| no_sheet(wanted, &all))?
        }
        None => seen
            .first()
            .cloned()
            .ok_or_else(|| refused("all its sheets are hidden", "name one with `--sheet NAME`"))?,
    };
    let rows = rows(&mut book, &name).map_err(damaged)?;
    let Some(rows) = rows else {
        return Err(refused(
            "the sheet is too large",
            "save it as \"CSV UTF-8\"; a table in text may be as long as you like",
        ));
    };
    if rows.is_empty() {
        return Err(refused(
            &format!("its sheet `{}` is empty", plain(&name)),
            "name another with `--sheet NAME`; a table begins with a line of headings",
        ));
    }
    let others = seen.into_iter().filter(|other| *other != name);
    let others = others.collect::<Vec<_>>();
    let others = others.into_iter().filter(|other| {
        let mut cells = book.worksheet_cells_reader(other).ok();
        let filled = cells
            .as_mut()
            .and_then(|cells| cells.next_cell().ok().flatten());
        filled.is_some()
    });
    let others = others.collect();
    Ok(Sheet {
        name,
        others,
        ..in_text(&rows)
    })
}

fn no_sheet(wanted: &str, all: &[(String, bool)]) -> Error {
    let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
    let near = nearest(wanted, names.iter().copied());
    let near = near.map_or(String::new(), |near| {
        format!("did you mean `{}`? ", plain(near))
    });
    let listed: Vec<String> = names
        .iter()
        .map(|name| format!("`{}`", plain(name)))
        .collect();
    Error::Usage {
        message: format!("the workbook has no sheet `{}`", plain(wanted)),
        hint: format!("{near}it has {}", listed.join(", ")),
    }
}

/// The rows of a sheet that are not empty, with their numbers; none if there are too many.
#[expect(
    clippy::type_complexity,
    reason = "rows, cells, and whether there are too many"
)]
fn rows(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
) -> Result<Option<Vec<(u32, Vec<Found>)>>, XlsxError> {
    let mut cells = book.worksheet_cells_reader(name)?;
    let mut rows: Vec<(u32, Vec<Found>)> = Vec::new();
    let mut count = 0;
    while let Some(cell) = cells.next_cell_with_formula_metadata()? {
        let (row, column) = cell.pos;
        let (text, what) = match &cell.value {
            // A formula with an empty result has an empty text; this one was never calculated.
            DataRef::Empty if cell.formula.is_some() => {
                (NOT_WORKED_OUT.to_owned(), Cell::NotWorkedOut)
            }
            value => text_of(value),
        };
        if text.is_empty() {
            continue;
        }
        count += 1;
        if count > MOST_CELLS {
            return Ok(None);
        }
        match rows.last_mut() {
            Some((last, cells)) if *last == row => cells.push((column, text, what)),
            _ => rows.push((row, vec![(column, text, what)])),
        }
    }
    // Programs usually write rows and cells in order, but this is not guaranteed.
    rows.sort_by_key(|(row, _)| *row);
    for (_, cells) in &mut rows {
        cells.sort_by_key(|(column, ..)| *column);
    }
    rows.retain(|(_, cells)| cells.iter().any(|(_, text, _)| !text.trim().is_empty()));
    let width = rows
        .iter()
        .filter_map(|(_, cells)| cells.last())
        .map(|(column, ..)| *column);
    let whole = rows
        .len()
        .saturating_mul(width.max().unwrap_or(0) as usize + 1);
    Ok((whole <= MOST_CELLS).then_some(rows))
}

/// The text of a cell, and its type.
fn text_of(value: &DataRef<'_>) -> (String, Cell) {
    match Data::from(value.clone()) {
        Data::Empty => (String::new(), Cell::Text),
        #[expect(clippy::cast_precision_loss, reason = "Excel keeps every number so")]
        Data::Int(number) => (number.to_string(), Cell::Number(number as f64)),
        Data::Float(number) => (number.to_string(), Cell::Number(number)),
        Data::Bool(true) => ("TRUE".to_owned(), Cell::Boolean(true)),
        Data::Bool(false) => ("FALSE".to_owned(), Cell::Boolean(false)),
        Data::DateTime(moment) if moment.is_datetime() && moment.as_f64() >= 1.0 => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            let time = (hour, minute, second);
            let text = match time {
                (0, 0, 0) => date,
                _ => format!("{date} {hour:02}:{minute:02}:{second:02}"),
            };
            let day = (year, month, day);
            (text, Cell::Day { day, time })
        }
        // An empty date, or a reference to an empty cell. It does not say never, as a bare 0 would.
        Data::DateTime(moment) if moment.as_f64() == 0.0 => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            (format!("{year:04}-{month:02}-{day:02}"), Cell::Text)
        }
        Data::DateTime(moment) => (moment.as_f64().to_string(), Cell::Number(moment.as_f64())),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            (text, Cell::Text)
        }
        Data::Error(error) => (error.to_string(), Cell::Text),
    }
}

/// The rows as a table in text form.
fn in_text(rows: &[(u32, Vec<Found>)]) -> Sheet {
    let columns = || rows.iter().flat_map(|(_, cells)| cells);
    let first = columns().map(|(column, ..)| *column).min().unwrap_or(0);
    let last = columns().map(|(column, ..)| *column).max().unwrap_or(0);
    let headed = last_heading(rows, first).unwrap_or(last);
    let mut sheet = Sheet::default();
    for (row, cells) in rows {
        let mut of_row = Vec::with_capacity(cells.len());
        // A cell beyond the headings makes the row too long, as in a table in text.
        let filled = cells.iter().rfind(|(_, text, _)| !text.trim().is_empty());
        let last = filled.map_or(headed, |(column, ..)| headed.max(*column));
        let mut cells = cells.iter().peekable();
        let before = sheet.text.len();
        for column in first..=last {
            if column > first {
                sheet.text.push(b',');
            }
            let mut what = Cell::Text;
            while let Some((_, text, found)) = cells.next_if(|(at, ..)| *at == column) {
                what = *found;
                quote(text, &mut sheet.text);
            }
            if what == Cell::NotWorkedOut {
                let place = usize::try_from(column - first).unwrap_or(usize::MAX);
                sheet.not_worked_out.push((place, u64::from(*row) + 1));
            }
            of_row.push(what);
        }
        sheet.text.push(b'\n');
        let lines = memchr::memchr_iter(b'\n', sheet.text.get(before..).unwrap_or_default());
        let returns = lone_returns(sheet.text.get(before..).unwrap_or_default());
        let number = u64::from(*row) + 1;
        sheet
            .rows
            .extend(std::iter::repeat_n(number, lines.count() + returns));
        if last > headed {
            // The row is written as one text.
            of_row.fill(Cell::Text);
        }
        sheet.cells.push(of_row);
    }
    sheet
}

/// The last column that has a heading. A second row of headings has no cell in the column `first`, and
/// may be longer than the first row.
fn last_heading(rows: &[(u32, Vec<Found>)], first: u32) -> Option<u32> {
    let of_row = |cells: &Vec<Found>| {
        let filled = cells.iter().rfind(|(_, text, _)| !text.trim().is_empty());
        filled.map(|(column, ..)| *column)
    };
    let (_, headings) = rows.first()?;
    let second = rows.get(1).map(|(_, cells)| cells);
    let second = second.filter(|cells| cells.first().is_some_and(|(column, ..)| *column > first));
    of_row(headings).max(second.and_then(of_row))
}

/// The number of lines that end with only a carriage return.
fn lone_returns(bytes: &[u8]) -> usize {
    let lone = |at: &usize| bytes.get(at + 1) != Some(&b'\n');
    memchr::memchr_iter(b'\r', bytes).filter(lone).count()
}

fn quote(text: &str, out: &mut Vec<u8>) {
    let special = |byte: u8| matches!(byte, b',' | b'"' | b'\n' | b'\r');
    if text.bytes().any(special) || text.trim().len() < text.len() {
        out.push(b'"');
        out.extend_from_slice(text.replace('"', "\"\"").as_bytes());
        out.push(b'"');
    } else {
        out.extend_from_slice(text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType};

    use super::text_of;

    #[test]
    fn dates_in_words() {
        #[track_caller]
        fn case(number: f64, is_1904: bool, expected: &str) {
            for form in [ExcelDateTimeType::DateTime, ExcelDateTimeType::TimeDelta] {
                let moment = ExcelDateTime::new(number, form, is_1904);
                let (text, _) = text_of(&DataRef::DateTime(moment));
                if number == 0.0 || form == ExcelDateTimeType::DateTime {
                    assert_eq!(text, expected, "{form:?}");
                }
            }
        }

        case(0.0, false, "1899-12-31");
        case(-0.0, false, "1899-12-31");
        // More than 120 years ago.
        case(0.0, true, "1904-01-01");
        case(0.5, false, "0.5");
        case(0.5, true, "0.5");
        case(-3.0, false, "-3");
        case(1.0, false, "1900-01-01");
        case(1.0, true, "1904-01-02");
        case(46330.75, false, "2026-11-04 18:00:00");
    }
}
