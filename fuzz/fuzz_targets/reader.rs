//! The reader of tables gives the records of the `csv` crate wherever the quotes
//! work out, the same ones for any size of pieces, and loses no byte of any input.
#![no_main]

use candidacy::batch::csv::records::{Cells, Found, Record, blocks};
use candidacy::batch::csv::splitter::{Chunk, Splitter};
use libfuzzer_sys::fuzz_target;

/// One record: where it stands, and its cells or none when its quotes do not work out.
#[derive(Debug, PartialEq)]
struct Read {
    start: usize,
    end: usize,
    cells: Option<Vec<String>>,
}

/// The whole text as it was read, in UTF-8, and its records.
fn read(bytes: &[u8], delimiter: u8, size: usize, width: Option<usize>) -> (Vec<u8>, Vec<Read>) {
    let mut splitter = Splitter::new(bytes, size, false);
    splitter.delimit(delimiter);
    let (mut text, mut found, mut spare) = (Vec::new(), Vec::new(), Chunk::default());
    while let Some(mut chunk) = splitter.next_chunk(spare).expect("it is short") {
        chunk.in_utf8(delimiter, false).expect("it is not strict");
        let before = text.len();
        let row = |cells: &Cells<'_>| Read {
            start: before + cells.start(),
            end: before + cells.start() + cells.whole().len(),
            cells: Some(
                (0..cells.len())
                    .map(|n| cells.cell(n).into_owned())
                    .collect(),
            ),
        };
        blocks(&chunk, delimiter, width, &mut |part| match part {
            Found::Rows(rows) => found.extend(rows.iter().map(row)),
            Found::Other(Record::Cells(cells)) => found.push(row(&cells)),
            Found::Other(Record::Broken(line)) => found.push(Read {
                start: before + line.start,
                end: before + line.end,
                cells: None,
            }),
        });
        text.extend_from_slice(&chunk.bytes);
        spare = chunk;
    }
    (text, found)
}

/// What the `csv` crate reads, and the first record that has not as many cells as the first.
fn by_csv(text: &[u8], delimiter: u8) -> (Vec<Vec<String>>, Option<usize>) {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).delimiter(delimiter);
    let records = builder.flexible(true).from_reader(text).into_records();
    let records = records.map(|record| record.expect("it is UTF-8"));
    let records: Vec<Vec<String>> = records
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect();
    let mut strict = builder.flexible(false).from_reader(text);
    let uneven = strict.records().position(|record| record.is_err());
    (records, uneven)
}

fuzz_target!(|input: (u16, u8, u8, &[u8])| {
    let (size, width, delimiter, bytes) = input;
    let delimiter = [b',', b';', b'\t', b'|'][usize::from(delimiter) % 4];
    let width = Some(usize::from(width)).filter(|width| *width > 0);
    let (text, whole) = read(bytes, delimiter, 1 << 20, width);

    // The size of the pieces changes nothing.
    assert_eq!(
        read(bytes, delimiter, usize::from(size), width),
        (text.clone(), whole)
    );

    // Every byte is part of a record, in order, or of a line end.
    let (_, records) = read(bytes, delimiter, 1 << 20, width);
    let mut at = 0;
    for record in &records {
        let between = &text[at..record.start];
        assert!(between.iter().all(|byte| matches!(byte, b'\n' | b'\r')));
        at = record.end;
    }
    assert!(text[at..].iter().all(|byte| matches!(byte, b'\n' | b'\r')));
    if std::str::from_utf8(bytes).is_ok() {
        assert_eq!(bytes, &text[..bytes.len()]);
    }

    // Wherever the quotes work out the `csv` crate says the same.
    let (_, records) = read(bytes, delimiter, usize::from(size), None);
    let cells: Option<Vec<Vec<String>>> = records.into_iter().map(|record| record.cells).collect();
    if let Some(cells) = cells {
        let first = cells.first().map_or(0, Vec::len);
        let uneven = cells.iter().position(|cells| cells.len() != first);
        assert_eq!((cells, uneven), by_csv(&text, delimiter));
    }
});
