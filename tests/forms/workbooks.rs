//! Workbooks of Excel as the input and the output of a batch.

use std::fs;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use super::readings::first;
use super::{batch, folder, messages, program};

/// The sheet called `name` of a workbook.
fn sheet(bytes: &[u8], name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    let formulas = book.worksheet_formula(name).expect("the sheet");
    assert!(
        formulas.used_cells().next().is_none(),
        "no cell is a formula"
    );
    let range = book.worksheet_range(name).expect("the sheet");
    range.rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn a_workbook_in_and_a_workbook_out() {
    let to = tempfile::tempdir().expect("a folder");
    let out = to.path().join("Verdicts.XLSX");
    let output = batch("excel.xlsx")
        .args(["--map-file", "excel.yaml", "-o"])
        .arg(&out)
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(4), "{}", messages(&output));
    assert!(output.stdout.is_empty());
    assert!(
        messages(&output)
            .contains("the sheet `Patients` is read; the workbook also has `Price list`")
    );
    let bytes = fs::read(&out).expect("a workbook");
    let rows = sheet(&bytes, "Verdicts");
    assert_eq!(rows.len(), 7);
    let text = |row: usize, column: usize| rows[row][column].to_string();
    assert_eq!(text(0, 9), "verdict");
    assert_eq!(rows[1][0], Data::Float(1001.0));
    assert!(
        matches!(rows[1][1], Data::DateTime(day) if day.is_datetime()),
        "{:?}",
        rows[1]
    );
    assert_eq!(rows[1][7], Data::Bool(false));
    // What looks like a formula stays text.
    assert_eq!(text(2, 8), "=HYPERLINK(\"x\") ibuprofen");
    assert_eq!(text(3, 8), "Warfarin\nzinc");
    assert_eq!(text(4, 9), "unreadable");
    // A formula that was never worked out is no empty cell.
    assert_eq!(text(5, 9), "unreadable");
    assert!(
        text(5, 13).contains("the answer is lost"),
        "{}",
        text(5, 13)
    );
    let summary = sheet(&bytes, "Summary");
    let all = summary
        .iter()
        .find(|row| row[0] == "all rows")
        .expect("a count");
    assert_eq!(all[1], Data::Float(6.0));

    // The same rows as in text, cell by cell.
    let text_of = batch("excel.xlsx")
        .args(["--map-file", "excel.yaml"])
        .output()
        .expect("it runs");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text_of.stdout.as_slice());
    for (row, record) in reader.records().enumerate() {
        for (column, cell) in record.expect("a row").iter().enumerate() {
            let mut other = text(row, column);
            if let Data::DateTime(day) = &rows[row][column] {
                let (year, month, date, ..) = day.to_ymd_hms_milli();
                other = format!("{year:04}-{month:02}-{date:02}");
            }
            let cell = cell.trim_start_matches('\'');
            assert_eq!(
                other.to_lowercase(),
                cell.to_lowercase(),
                "row {row}, column {column}"
            );
        }
    }
    // And the output is a table again.
    let again = batch(&out.to_string_lossy())
        .args([
            "--map-file",
            "excel.yaml",
            "--sheet",
            "verdicts",
            "--replace",
            "--columns",
            "verdict",
        ])
        .output()
        .expect("it runs");
    assert_eq!(again.status.code(), Some(4), "{}", messages(&again));
}

#[test]
fn a_table_in_text_as_a_workbook() {
    let to = tempfile::tempdir().expect("a folder");
    let out = to.path().join("out.xlsx");
    let table = to.path().join("in.csv");
    fs::write(
        &table,
        "patient,date_of_birth,note,isotretinoin\n=1+1,1990-05-31,-2+3,2026-10-01\n007,1985,+1,never\n",
    )
    .expect("it is written");
    let output = batch(&table.to_string_lossy())
        .arg("-o")
        .arg(&out)
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", messages(&output));
    let rows = sheet(&fs::read(&out).expect("a workbook"), "Verdicts");
    assert_eq!(rows[1][0], Data::String("=1+1".into()));
    assert_eq!(rows[1][2], Data::String("-2+3".into()));
    assert!(matches!(rows[1][1], Data::DateTime(_)));
    // An id stays what it is.
    assert_eq!(rows[2][0], Data::String("007".into()));
    assert_eq!(rows[2][1], Data::String("1985".into()));
}

#[track_caller]
fn case(table: &str, flags: &[&str], code: i32, message: &str) {
    let output = batch(table).args(flags).output().expect("it runs");
    assert_eq!(output.status.code(), Some(code), "{}", messages(&output));
    assert!(
        messages(&output).contains(message),
        "{flags:?}: {}",
        messages(&output)
    );
    assert!(output.stdout.is_empty());
}

#[test]
fn what_is_refused() {
    let to = tempfile::tempdir().expect("a folder");
    let path = |name: &str| to.path().join(name).to_string_lossy().into_owned();
    let write = |name: &str, bytes: &[u8]| {
        fs::write(path(name), bytes).expect("it is written");
        path(name)
    };
    let whole = fs::read(folder().join("excel.xlsx")).expect("the workbook");
    let cut = write("cut.xlsx", &whole[..whole.len() / 2]);
    case(&cut, &[], 1, "it is a damaged workbook");
    let mut flipped = whole.clone();
    let middle = whole.len() / 3;
    flipped[middle..middle + 40].fill(7);
    case(&write("flipped.xlsx", &flipped), &[], 1, "damaged workbook");
    let old = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 2000]].concat();
    case(
        &write("old.xls", &old),
        &[],
        1,
        "a workbook of an old program (.xls)",
    );
    let name: Vec<u8> = "EncryptedPackage"
        .bytes()
        .flat_map(|byte| [byte, 0])
        .collect();
    let locked = [old.as_slice(), &name].concat();
    case(
        &write("locked.xlsx", &locked),
        &[],
        1,
        "protected with a password",
    );
    let ods = b"PK\x03\x04\x14\0\0\0\0\0\0\0!\0\x85l9\x8a.\0\0\0.\0\0\0\x08\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
    case(
        &write("book.ods", ods),
        &[],
        1,
        "the OpenDocument form (.ods)",
    );

    case(
        "excel.xlsx",
        &["--sheet", "Patient"],
        2,
        "did you mean `Patients`? it has `Patients`, `Price list`",
    );
    case(
        "excel.xlsx",
        &["--sheet", "Price list"],
        2,
        "answers a question",
    );
    case(
        "excel.xlsx",
        &["--delimiter", ","],
        2,
        "`--delimiter` is for a table in text",
    );
    case(
        "excel.xlsx",
        &["--encoding", "utf-8"],
        2,
        "`--encoding` is for a table in text",
    );
    case(
        "google_forms.csv",
        &["--sheet", "x"],
        2,
        "the table is not a workbook",
    );
    let out = path("out.xlsx");
    case(
        "google_forms.csv",
        &["--format", "jsonl", "-o", &out],
        2,
        "`--format jsonl` is for a table in text",
    );
    case(
        "google_forms.csv",
        &["--excel", "-o", &out],
        2,
        "`--excel` is for a table in text",
    );
    case(
        "excel.xlsx",
        &["--errors", &out],
        2,
        "problems are written as CSV",
    );
    let own = write("own.xlsx", &whole);
    case(&own, &["-o", &own], 2, "names the table itself");
    assert_eq!(fs::read(&own).expect("it is still there"), whole);
    assert!(!std::path::Path::new(&out).exists());
}

/// Problems name the rows of the sheet, whatever line breaks its cells hold.
#[test]
fn rows_are_numbered_as_in_the_sheet() {
    let to = tempfile::tempdir().expect("a folder");
    let errors = to.path().join("errors.csv");
    let output = batch("excel.xlsx")
        .args(["--map-file", "excel.yaml", "--errors"])
        .arg(&errors)
        .output()
        .expect("it runs");
    let text = fs::read_to_string(&errors).expect("a table");
    let lines: Vec<&str> = text.lines().skip(1).collect();
    assert!(lines.iter().any(|line| line.starts_with("4,5,")), "{text}");
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("5,6,Last filler,")),
        "{text}"
    );
    assert!(
        messages(&output).contains("the first on line 5"),
        "{}",
        messages(&output)
    );
}

/// Formulas that no program has worked out: an id is lost, and a carried cell is told.
#[test]
fn formulas_without_a_value_are_reported() {
    let to = tempfile::tempdir().expect("a folder");
    let out = to.path().join("out.xlsx");
    let run = |more: &[&str]| {
        let mut command = batch("formulas/not_worked_out.xlsx");
        command.args(["--dry-run"].iter().filter(|_| more.is_empty()));
        command.args(more).output().expect("it runs")
    };
    let output = run(&["-o", &out.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(4), "{}", messages(&output));
    let rows = sheet(&fs::read(&out).expect("a workbook"), "Verdicts");
    let text = |row: usize, column: usize| rows[row][column].to_string();
    assert_eq!(text(2, 3), "unreadable");
    assert!(
        text(2, 7).contains("line 3: id: the id is lost"),
        "{}",
        text(2, 7)
    );
    for row in [1, 3, 4] {
        assert_ne!(text(row, 3), "unreadable");
    }
    let note = "note: the formulas of `Phone` were never calculated in these rows of the sheet: 2, 5; the output has `#CALC!` there";
    assert!(messages(&output).contains(note), "{}", messages(&output));
    assert!(messages(&run(&[])).contains(note));
    // What is not copied unchanged is not told.
    let verdicts = run(&["--columns", "verdict"]);
    assert!(
        !messages(&verdicts).contains("`Phone` in these"),
        "{}",
        messages(&verdicts)
    );
}

/// What the first row of a sheet comes to that `fill` writes; everything but `asked` is known.
#[track_caller]
fn of_sheet(asked: &str, fill: impl Fn(&mut Worksheet)) -> String {
    let to = tempfile::tempdir().expect("a folder");
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save(to.path().join("in.xlsx")).expect("it is written");
    let pack = folder().join("pack.yaml");
    let pack = pack.to_string_lossy();
    let words = ["--rules", &pack, "batch", "--as-of=2026-11-20", "in.xlsx"];
    let known = [
        "born=1990-05-31",
        "skin=none",
        "area=face",
        "capsules=never",
        "peel=never",
        "keloid=no",
        "drugs=none",
    ];
    let known = known.iter().filter(|answer| !answer.starts_with(asked));
    let mut command = program::candidacy(to.path(), &words);
    for answer in known {
        command.args(["--assume", answer]);
    }
    first(&command.output().expect("it runs"))
}

/// A reference to an empty cell has the number 0; as a date it is no day, and does not say never.
#[test]
fn an_empty_date_is_not_known() {
    #[track_caller]
    fn case(question: &str, format: &str, number: f64, expected: &str) {
        let first = of_sheet(question, |sheet| {
            let format = Format::new().set_num_format(format);
            sheet.write(0, 0, "id").expect("a cell");
            sheet.write(0, 1, question).expect("a cell");
            sheet.write(1, 0, "A").expect("a cell");
            let cell = sheet.write_number_with_format(1, 1, number, &format);
            cell.expect("a cell");
        });
        assert!(
            first.starts_with(expected),
            "{question}, {number}, {format}: {first}"
        );
    }

    for format in [
        "dd/mm/yyyy",
        "d-mmm-yy",
        "yyyy-mm-dd hh:mm",
        "hh:mm",
        "[h]:mm",
    ] {
        for question in ["peel", "capsules", "born"] {
            case(question, format, 0.0, &format!("[] open: {question}"));
        }
        case(
            "keloid",
            format,
            0.0,
            "keloid: `1899-12-31` is not an answer",
        );
        case("skin", format, 0.0, "skin: `1899-12-31` is not an answer");
        case("peel", format, 0.5, "peel: `0.5` ");
        case("peel", format, -1.5, "peel: `-1.5` ");
    }
    case("peel", "dd/mm/yyyy", 1.0, "[] open: peel");
    case("peel", "dd/mm/yyyy", 46330.0, "[peel]");
    // A number that is no date.
    case("peel", "0", 0.0, "[]");
}

/// A cell to the right of the headings is no answer, but it may say more than all others.
#[test]
fn a_cell_beyond_the_headings() {
    #[track_caller]
    fn case(rows: &[&[&str]], expected: &str) {
        let first = of_sheet("keloid", |sheet| {
            for (row, cells) in rows.iter().enumerate() {
                for (column, cell) in cells.iter().enumerate() {
                    let at = (
                        row.try_into().expect("a row"),
                        column.try_into().expect("a column"),
                    );
                    if !cell.is_empty() {
                        sheet.write(at.0, at.1, *cell).expect("a cell");
                    }
                }
            }
        });
        assert!(first.starts_with(expected), "{rows:?}: {first}");
    }

    let headings: &[&str] = &["id", "keloid"];
    let refused = "line 2: this row has 3 cells, and the heading has 2; write a heading above";
    case(&[headings, &["A", "no"]], "[]");
    case(&[headings, &["A", "no", "STOP: on warfarin"]], refused);
    case(
        &[headings, &["A", "no", "", "x"]],
        "line 2: this row has 4 cells, and the heading has 2",
    );
    case(&[headings, &["A", "no", " "]], "[]");
    // Another row may have such a cell.
    case(&[headings, &["A", "no"], &["B", "no", "", "x"]], "[]");
    case(
        &[headings, &["A"], &["B", "no", "", "x"]],
        "[] open: keloid",
    );
    // A column in the middle needs no heading.
    case(&[&["id", "", "keloid"], &["A", "x", "no"]], "[]");
    // Two rows of headings, of which the second is longer.
    let first: &[&str] = &["id", "keloid", "Which of these do you have?"];
    let second: &[&str] = &["", "Response", "Eczema", "Psoriasis"];
    case(
        &[first, second, &["A", "no", "", "Psoriasis"]],
        "[psoriasis]",
    );
}
