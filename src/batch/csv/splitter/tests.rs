use std::io::Cursor;

use proptest::prelude::*;

use super::{Splitter, lines};
use crate::batch::csv::quotes::Fault;
use crate::batch::csv::records::{Cells, Found, Record, blocks};
use crate::batch::csv::splitter::Chunk;

/// All records of `bytes`, read in chunks of `size`: cells, or the broken line.
fn records(bytes: &[u8], size: usize, width: usize) -> Vec<Result<Vec<String>, (String, Fault)>> {
    let mut splitter = Splitter::new(Cursor::new(bytes), size, false);
    let mut found = Vec::new();
    let mut spare = Chunk::default();
    while let Some(mut chunk) = splitter.next_chunk(spare).expect("it is read") {
        chunk.in_utf8(b',', false).expect("any line is read");
        let cells = |row: &Cells<'_>| (0..row.len()).map(|n| row.cell(n).into_owned()).collect();
        blocks(&chunk, b',', Some(width), &mut |part| match part {
            Found::Rows(rows) => found.extend(rows.iter().map(|row| Ok(cells(row)))),
            Found::Other(Record::Cells(row)) => found.push(Ok(cells(&row))),
            Found::Other(Record::Broken(line)) => {
                let text = &chunk.bytes[line.start..line.end];
                found.push(Err((
                    String::from_utf8_lossy(text).into_owned(),
                    line.fault,
                )));
            }
        });
        spare = chunk;
    }
    found
}

/// The result of the `csv` crate for the same bytes.
fn by_csv(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    let records = reader.records().map(|record| record.expect("well-formed"));
    records
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect()
}

/// Valid cells: plain, or quoted with any content.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z0-9 éß;=-]{0,12}",
        2 => "[a-z,\"\r\né]{0,70}".prop_map(|text| format!("\"{}\"", text.replace('"', "\"\""))),
    ]
}

fn table() -> impl Strategy<Value = (String, usize)> {
    (2..5_usize).prop_flat_map(|width| {
        let row = (
            prop::collection::vec(cell(), width),
            prop::sample::select(vec!["\n", "\r\n", "\r", "\n\n"]),
        );
        prop::collection::vec(row, 0..12).prop_map(move |rows| {
            let text = rows
                .iter()
                .map(|(cells, end)| format!("{}{end}", cells.join(",")));
            (text.collect::<String>(), width)
        })
    })
}

proptest! {
    #[test]
    fn well_formed_tables_read_as_by_the_csv_crate((text, width) in table(), size in 1..200_usize) {
        let ours: Vec<Vec<String>> = records(text.as_bytes(), size, width)
            .into_iter()
            .map(|record| record.expect("nothing is broken"))
            .collect();
        prop_assert_eq!(ours, by_csv(text.as_bytes()));
    }

    #[test]
    fn the_size_of_pieces_changes_nothing(text in "[a,\"\r\n]{0,60}", size in 1..80_usize) {
        prop_assert_eq!(records(text.as_bytes(), size, 2), records(text.as_bytes(), 1 << 20, 2));
    }

    #[test]
    fn nothing_is_lost(text in "[a,\"\n]{0,60}", width in 1..4_usize) {
        // Every letter of the input is in some record, in order.
        let letters = |text: &str| text.chars().filter(|c| *c == 'a').count();
        let found = records(text.as_bytes(), 16, width);
        let kept: usize = found.iter().map(|record| match record {
            Ok(cells) => cells.iter().map(|cell| letters(cell)).sum(),
            Err((line, _)) => letters(line),
        }).sum();
        prop_assert_eq!(kept, letters(&text));
    }
}

#[test]
fn a_line_that_begins_like_utf_16_is_a_line_of_its_own() {
    for start in ["\u{ff}\u{fe}", "\u{fe}\u{ff}", "ï»¿"] {
        let line = format!("{start}x,\u{e9}\n");
        let latin: Vec<u8> = line
            .chars()
            .map(|c| u8::try_from(c).expect("latin"))
            .collect();
        let text = [b"a,b\n".as_slice(), &latin, b"2,y\n"].concat();
        let found: Vec<_> = records(&text, 1 << 20, 2).into_iter().flatten().collect();
        assert_eq!(found.len(), 3);
        assert_eq!(found[1], [format!("{start}x"), "\u{e9}".to_owned()]);
        assert_eq!(found[2], ["2", "y"]);
    }
}

#[test]
fn a_quote_that_is_never_closed_costs_one_line() {
    let text = b"a,b\n1,\"x\n2,y\n3,\"z\"\n";
    let found = records(text, 1 << 20, 2);
    let expected = vec![
        Ok(vec!["a".to_owned(), "b".to_owned()]),
        Err(("1,\"x".to_owned(), Fault::Unclosed)),
        Ok(vec!["2".to_owned(), "y".to_owned()]),
        Ok(vec!["3".to_owned(), "z".to_owned()]),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_quote_left_open_for_too_long_is_never_closed() {
    let mut text = b"a,b\n1,\"x\n".to_vec();
    for _ in 0..400_000 {
        text.extend_from_slice(b"2,y\n");
    }
    text.extend_from_slice(b"3,\"\n");
    let found = records(&text, 1 << 16, 2);
    assert_eq!(found.len(), 400_003);
    assert!(found[1].is_err() && found[2].is_ok());
}

#[test]
fn lines_are_counted_however_they_end() {
    #[track_caller]
    fn case(text: &[u8], expected: u64) {
        assert_eq!(lines(text), expected);
    }

    case(b"", 0);
    case(b"a\nb\r\nc\rd", 3);
    case(b"\r\r\n\n", 3);
}
