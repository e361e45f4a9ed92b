//! A whole batch over any bytes: it never panics, every row that goes in comes
//! out, and neither the size of pieces nor the number of threads changes a letter.
#![no_main]

use std::io::{Read, Seek};
use std::path::Path;
use std::sync::LazyLock;

use candidacy::files::Output;
use candidacy::batch::run::{Sink, screen_table};
use candidacy::batch::setup::{Settings, heading, output_heading, table};
use candidacy::batch::csv::splitter::Splitter;
use candidacy::batch::table::Form;
use candidacy::batch::csv::encoding::{Reading, Text};
use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;
use candidacy::report::model::View;
use libfuzzer_sys::fuzz_target;

static PLAN: LazyLock<Plan> = LazyLock::new(|| {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/batch/pack.yaml");
    candidacy::load::plan(Some(&pack)).expect("the pack of the tests")
});

fn settings(form: Form, desk: bool) -> Settings {
    Settings {
        as_of: Date::from_iso("2026-11-20").expect("a day"),
        view: if desk { View::Desk } else { View::Clinician },
        form,
        ours_only: false,
        delimiter: None,
        id: None,
        listed: true,
        maps: Vec::new(),
        assumes: vec![("acne".to_owned(), "mild".to_owned())],
        ticked: Vec::new(),
        date_format: None,
        replace: true,
    }
}

/// The output and how many rows there were; none when it is no table.
fn screened(bytes: &[u8], settings: &Settings, size: usize, jobs: usize) -> Option<(Vec<u8>, u64)> {
    let path = Path::new("table.csv");
    let (text, reading) = Text::new(bytes, Reading::Tolerant).ok()?;
    let mut splitter = Splitter::new(text, size, reading == Reading::Strict);
    let heading = heading(&mut splitter, &PLAN, settings, path).ok()?;
    let table = table(&PLAN, settings, &heading, path).ok()?;
    let mut file = tempfile::tempfile().expect("a file");
    let copy = file.try_clone().expect("the same file");
    let mut sink = Sink {
        rows: Output::Direct(copy, path.to_owned()),
        problems: None,
    };
    let heading = output_heading(&table, &heading);
    sink.rows.write(&heading).expect("it is written");
    let done = screen_table(&mut splitter, &table, jobs, sink, path, &mut |_, _| {});
    let rows = done.expect("it is a table").tally.rows();
    let mut output = Vec::new();
    file.rewind().expect("a file");
    file.read_to_end(&mut output).expect("it is read");
    Some((output, rows))
}

fuzz_target!(|input: (u16, u8, &[u8])| {
    let (size, how, bytes) = input;
    let form = [Form::Csv, Form::Excel, Form::Jsonl][usize::from(how) % 3];
    let settings = settings(form, how & 0x40 != 0);
    let Some((output, rows)) = screened(bytes, &settings, 1 << 18, 1) else {
        return;
    };
    let jobs = usize::from(how >> 4 & 3) + 1;
    let again = screened(bytes, &settings, usize::from(size), jobs).expect("a table once more");
    assert_eq!(
        (String::from_utf8_lossy(&output).into_owned(), rows),
        (String::from_utf8_lossy(&again.0).into_owned(), again.1)
    );
    let found = if form == Form::Jsonl {
        output.split(|byte| *byte == b'\n').count() - 1
    } else {
        // The last column is ours, so that the records of the output are sound.
        let text = output
            .strip_prefix("\u{feff}".as_bytes())
            .unwrap_or(&output);
        let delimiter = delimiter_of(text);
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader
            .has_headers(false)
            .delimiter(delimiter)
            .from_reader(text);
        reader
            .byte_records()
            .map(|row| row.expect("as many cells as the heading"))
            .count()
            - 1
    };
    assert_eq!(found as u64, rows, "{}", String::from_utf8_lossy(&output));
});

/// The delimiter of the output: what stands before our last column.
fn delimiter_of(text: &[u8]) -> u8 {
    let ours = text.windows(7).position(|part| part == b"verdict");
    let before = ours.and_then(|at| at.checked_sub(1));
    before.map_or(b',', |at| text[at])
}
