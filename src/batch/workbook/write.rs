//! Writes the output of a batch as a workbook with a sheet of counts and a sheet of rows.

use rust_xlsxwriter::{
    Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::Cell;
use crate::batch::csv::chunk::Chunk;
use crate::batch::csv::records::{Cells, Record, for_each};
use crate::batch::output::row::{UNREADABLE, ours};
use crate::batch::output::summary::RunSummary;
use crate::batch::table::Table;
use candidacy_engine::date::Date;
use candidacy_engine::verdict::Verdict;

/// Maximum number of rows in a sheet.
const MOST_ROWS: usize = 1 << 20;
/// Maximum number of columns.
const MOST_COLUMNS: usize = 1 << 14;
/// Maximum length of a cell's text, in letters.
const LONGEST: usize = 32_767;

/// Minimum and maximum width of a column, in letters.
const WIDTHS: (usize, usize) = (8, 60);

/// The workbook for the rows of `table` in `text`. If they came from a workbook too, `cells` are
/// their cell types.
///
/// # Errors
///
/// Why a workbook cannot contain them.
pub fn workbook(
    table: &Table<'_>,
    summary: &RunSummary<'_>,
    text: Vec<u8>,
    cells: &[Vec<Cell>],
) -> Result<Vec<u8>, String> {
    let chunk = Chunk {
        bytes: text,
        ..Chunk::default()
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    let row_of = |cells: &Cells<'_>| {
        (0..cells.len())
            .map(|at| cells.cell(at).into_owned())
            .collect()
    };
    for_each(&chunk, table.delimiter, None, &mut |record| {
        if let Record::Cells(cells) = record {
            rows.push(row_of(&cells));
        }
    });
    if rows.len() > MOST_ROWS {
        return Err(format!(
            "a sheet holds {MOST_ROWS} rows, and there are {}",
            rows.len()
        ));
    }
    if rows.iter().any(|row| row.len() > MOST_COLUMNS) {
        return Err(format!("a sheet holds {MOST_COLUMNS} columns"));
    }
    let long = |cell: &String| cell.chars().map(char::len_utf16).sum::<usize>() > LONGEST;
    if let Some(row) = rows.iter().position(|row| row.iter().any(long)) {
        return Err(format!(
            "row {} has a cell of more than {LONGEST} letters, which a sheet cannot hold",
            row + 1
        ));
    }
    let written = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        counts(book.add_worksheet(), summary)?;
        verdicts(book.add_worksheet(), table, &rows, cells)?;
        book.save_to_buffer()
    };
    written().map_err(|why| why.to_string())
}

fn heading() -> Format {
    Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0x00E8_ECEF))
        .set_border_bottom(FormatBorder::Thin)
        .set_align(FormatAlign::Top)
}

/// The colours of a verdict: background and letters.
fn colours(word: &str) -> Option<(Color, Color)> {
    let (cell, letters) = match Verdict::from_word(word) {
        Some(Verdict::Eligible) => (0x00C6_EFCE, 0x0000_6100),
        Some(Verdict::EligibleWithPrecautions) => (0x00E4_F1C4, 0x003F_5200),
        Some(Verdict::Deferred) => (0x00FF_EB9C, 0x007F_4F00),
        Some(Verdict::DermatologistReview) => (0x00DD_EBF7, 0x001F_3864),
        Some(Verdict::NotEligible) => (0x00FF_C7CE, 0x009C_0006),
        None if word == UNREADABLE => (0x00D9_D9D9, 0x0000_0000),
        None => return None,
    };
    Some((Color::RGB(cell), Color::RGB(letters)))
}

fn coloured(word: &str) -> Format {
    match colours(word) {
        Some((cell, letters)) => Format::new()
            .set_bold()
            .set_background_color(cell)
            .set_font_color(letters),
        None => Format::new(),
    }
}

/// The first sheet: the counts of the run.
fn counts(sheet: &mut Worksheet, summary: &RunSummary<'_>) -> Result<(), XlsxError> {
    sheet.set_name("Summary")?;
    sheet.set_column_width(0, 34)?;
    sheet.set_column_width(1, 14)?;
    let bold = Format::new().set_bold().set_font_size(14);
    sheet.write_string_with_format(0, 0, "Pre-screening", &bold)?;
    let pack = &summary.pack;
    let facts = [
        ("Treatment day", summary.as_of.clone()),
        ("Rules", format!("{} {}", pack.id, pack.version)),
        ("Fingerprint", pack.fingerprint.to_owned()),
        ("Program", summary.tool.to_owned()),
        ("For", summary.view.to_owned()),
    ];
    let mut row = 1;
    for (name, value) in facts {
        sheet.write_string(row, 0, name)?;
        sheet.write_string(row, 1, value)?;
        row += 1;
    }
    row += 1;
    let mut block = |title: &str, lines: &[(String, u64)]| -> Result<(), XlsxError> {
        if lines.is_empty() {
            return Ok(());
        }
        sheet.write_string_with_format(row, 0, title, &heading())?;
        sheet.write_string_with_format(row, 1, "Rows", &heading())?;
        for (name, count) in lines {
            row += 1;
            sheet.write_string_with_format(row, 0, name, &coloured(name))?;
            #[expect(clippy::cast_precision_loss, reason = "there are fewer rows")]
            sheet.write_number(row, 1, *count as f64)?;
        }
        row += 2;
        Ok(())
    };
    let verdicts = Verdict::ALL.iter().map(|verdict| verdict.word());
    let mut lines: Vec<(String, u64)> = verdicts
        .map(|word| {
            let count = summary.verdicts.get(word).copied();
            (word.to_owned(), count.unwrap_or_default())
        })
        .collect();
    lines.push((UNREADABLE.to_owned(), summary.unreadable));
    lines.push(("all rows".to_owned(), summary.rows));
    block("Verdict", &lines)?;
    let largest = |counts: &mut dyn Iterator<Item = (String, u64)>| {
        let mut lines: Vec<(String, u64)> = counts.filter(|(_, count)| *count > 0).collect();
        lines.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        lines
    };
    let named = |(name, count): (&&str, &u64)| ((*name).to_owned(), *count);
    block("Reason", &largest(&mut summary.reasons.iter().map(named)))?;
    block(
        "Answer missing",
        &largest(&mut summary.undecided.iter().map(named)),
    )?;
    let days = summary.eligible_from.iter();
    let days: Vec<(String, u64)> = days.map(|(day, count)| (day.clone(), *count)).collect();
    block("Deferred until", &days)
}

/// The second sheet: every row.
fn verdicts(
    sheet: &mut Worksheet,
    table: &Table<'_>,
    rows: &[Vec<String>],
    cells: &[Vec<Cell>],
) -> Result<(), XlsxError> {
    sheet.set_name("Verdicts")?;
    let day = Format::new()
        .set_num_format("yyyy-mm-dd")
        .set_align(FormatAlign::Left);
    let moment = Format::new()
        .set_num_format("yyyy-mm-dd hh:mm:ss")
        .set_align(FormatAlign::Left);
    let own: Vec<&str> = ours(table.plan).collect();
    let width = rows.first().map_or(0, Vec::len);
    let carried = width.saturating_sub(own.len());
    let dated: Vec<bool> = (0..width)
        .map(|at| is_dated(table, &own, carried, at))
        .collect();
    // A table from text has no dated cells. Neither has a table whose rows are not those of the
    // sheet.
    let above = (cells.len() + 1).saturating_sub(rows.len());
    let typed = |row: usize, at: usize| -> Option<Cell> {
        let at = (at < carried).then(|| source_of(table, at))?;
        let known = cells.get(row.checked_sub(1)? + above)?;
        known.get(at).copied()
    };
    for (number, row) in rows.iter().enumerate() {
        let at_row = u32::try_from(number).unwrap_or(u32::MAX);
        for (at, text) in row.iter().enumerate() {
            let column = u16::try_from(at).unwrap_or(u16::MAX);
            if text.is_empty() {
                continue;
            }
            if number == 0 {
                sheet.write_string_with_format(0, column, text, &heading())?;
                continue;
            }
            let is_verdict = at == carried;
            match typed(number, at) {
                Some(Cell::Number(value)) => {
                    sheet.write_number(at_row, column, value)?;
                }
                Some(Cell::Boolean(value)) => {
                    sheet.write_boolean(at_row, column, value)?;
                }
                Some(Cell::Day {
                    day: (year, month, date),
                    time,
                }) if year >= 1900 => {
                    let (hour, minute, second) = time;
                    let value = ExcelDateTime::from_ymd(year, month, date)?;
                    let value = value.and_hms(hour.into(), minute, second)?;
                    let form = if time == (0, 0, 0) { &day } else { &moment };
                    sheet.write_datetime_with_format(at_row, column, &value, form)?;
                }
                _ if is_verdict => {
                    sheet.write_string_with_format(at_row, column, text, &coloured(text))?;
                }
                _ => {
                    let value = excel_day(text).filter(|_| dated.get(at) == Some(&true));
                    if let Some(value) = value {
                        sheet.write_datetime_with_format(at_row, column, &value, &day)?;
                    } else {
                        // A text is never read as a formula.
                        let own = at >= carried;
                        sheet.write_string(
                            at_row,
                            column,
                            if own { unguarded(text) } else { text },
                        )?;
                    }
                }
            }
        }
    }
    for at in 0..width {
        let longest = rows.iter().take(1000).filter_map(|row| row.get(at));
        let longest = longest.map(|text| text.chars().count()).max().unwrap_or(0);
        let wide = u32::try_from((longest + 2).clamp(WIDTHS.0, WIDTHS.1)).unwrap_or(8);
        sheet.set_column_width(u16::try_from(at).unwrap_or(u16::MAX), wide)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    let last = u32::try_from(rows.len().saturating_sub(1)).unwrap_or(u32::MAX);
    if width > 0 && last > 0 {
        let right = u16::try_from(width - 1).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, last, right)?;
    }
    Ok(())
}

/// The column of the input that is copied to position `at`.
fn source_of(table: &Table<'_>, at: usize) -> usize {
    let carried = table.carried.as_ref();
    carried.map_or(at, |columns| columns.get(at).copied().unwrap_or(usize::MAX))
}

/// Whether the cells at position `at` are days.
fn is_dated(table: &Table<'_>, own: &[&str], carried: usize, at: usize) -> bool {
    if let Some(ours) = at.checked_sub(carried) {
        return own.get(ours) == Some(&"eligible_from");
    }
    let column = table.columns.get(source_of(table, at));
    let target = column.and_then(|column| column.target);
    let asked = target.and_then(|target| table.plan.questions.get(target.question()));
    asked.is_some_and(|asked| asked.question.kind.is_dated())
}

/// The day that `text` contains in ISO form, if Excel supports it.
fn excel_day(text: &str) -> Option<ExcelDateTime> {
    let (year, month, day) = Date::from_iso(text)?.parts();
    let year = u16::try_from(year).ok().filter(|year| *year >= 1901)?;
    ExcelDateTime::from_ymd(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()
}

/// An added cell without the character that prevents it from running as a formula in a text table.
fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if crate::batch::output::row::runs(rest) => rest,
        _ => text,
    }
}
