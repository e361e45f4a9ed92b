//! `candidacy batch` over awkward tables: each file in `tests/batch` with what comes of it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

#[path = "batch/agree.rs"]
mod agree;
#[path = "batch/breaks.rs"]
mod breaks;
#[path = "batch/parts.rs"]
mod parts;
mod program;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/batch")
}

/// The program with the pack of these tests, for a fixed day.
fn candidacy() -> Command {
    program::candidacy(&folder(), &["--rules", "pack.yaml"])
}

fn batch(input: impl AsRef<Path>) -> Command {
    let mut command = candidacy();
    command
        .args(["batch", "--as-of", "2026-11-20"])
        .arg(input.as_ref());
    command
}

/// Control characters made visible.
fn visible(bytes: &[u8]) -> String {
    let mut text = String::new();
    for c in String::from_utf8_lossy(bytes).chars() {
        match c {
            '\n' => text.push('\n'),
            '\r' => text.push('␍'),
            '\u{feff}' => text.push_str("⟨BOM⟩"),
            '\t' => text.push('→'),
            c if c.is_control() => write!(text, "⟨{:02X}⟩", u32::from(c)).expect("memory"),
            c => text.push(c),
        }
    }
    text
}

fn shown(output: &Output) -> String {
    format!(
        "exit {}\n--- out ---\n{}--- err ---\n{}",
        output
            .status
            .code()
            .map_or("none".to_owned(), |code| code.to_string()),
        visible(&output.stdout),
        visible(&output.stderr)
    )
}

fn explain(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/batch");
    let flags = std::fs::read_to_string(folder.join(format!("{name}.args"))).unwrap_or_default();
    let output = batch(format!("{name}.csv"))
        .args(flags.lines())
        .output()
        .expect("it runs");
    insta::with_settings!({
        snapshot_path => "batch",
        prepend_module_to_snapshot => false,
        omit_expression => true,
        filters => vec![
            (r"in \d+\.\d\d seconds", "in [seconds]"),
            (r#""fingerprint":"[0-9a-f]{64}""#, r#""fingerprint":"[fingerprint]""#),
        ],
    }, {
        insta::assert_snapshot!(name, shown(&output));
    });
}

/// One test for each table, so that one failure does not hide the next.
macro_rules! tables {
    ($($name:ident)*) => {
        $(#[test] fn $name() { explain(stringify!($name)); })*

        #[test]
        fn no_table_is_forgotten() {
            let mut listed = vec![$(stringify!($name)),*];
            listed.sort_unstable();
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/batch");
            let mut found: Vec<String> = std::fs::read_dir(folder)
                .expect("the folder")
                .filter_map(|entry| {
                    let path: PathBuf = entry.expect("an entry").path();
                    let csv = path.extension().is_some_and(|extension| extension == "csv");
                    csv.then(|| path.file_stem().expect("a name").to_string_lossy().into_owned())
                })
                .collect();
            found.sort_unstable();
            assert_eq!(listed, found);
        }
    };
}

tables! {
    a_workbook
    assumed
    assumed_badly
    bars
    blank_lines
    blanks_around_cells
    bom
    cell_words
    crlf
    date_format
    date_format_of_a_time_alone
    date_times
    date_times_without_a_format
    delimiter_among_answers
    delimiter_named
    delimiter_wrong
    desk_unreadable
    desk_view
    dry_run
    dry_run_problems
    emoji_and_accents
    empty
    fail_on_met
    fail_on_not_met
    for_the_page
    formula_in_a_heading
    formulas
    formulas_for_excel
    headings_by_words
    headings_elsewhere
    headings_elsewhere_and_here
    headings_elsewhere_dry_run
    headings_elsewhere_no_rows
    headings_like_answers
    headings_like_answers_set_aside
    id_twice
    impossible_days
    impossible_days_at_the_desk
    jsonl
    jsonl_desk
    letters_lost
    lone_cr
    map_names_no_column
    map_names_no_question
    mapped
    mapped_to_nothing
    mixed_line_ends
    nearly_a_question
    no_answers
    no_headings
    no_headings_and_mapped
    no_headings_but_a_word_that_is_one
    no_last_newline
    not_utf8_but_named
    nothing_known
    nothing_known_but_assumed
    nul_and_control_characters
    only_a_heading
    only_a_heading_no_newline
    only_delimiters
    only_line_ends
    of_another_pack
    option_columns
    option_columns_ticked
    our_columns_already
    our_columns_replaced
    peel_without_its_gate
    plain
    question_beside_its_options
    quote_in_the_heading
    quoted_line_breaks
    ragged_rows_at_the_desk
    ragged_rows_by_id
    ragged_rows_replaced
    repeated_headings
    repeated_question
    semicolons
    separator_told
    stray_quote
    tabs
    titles_above
    too_few_cells
    too_many_cells
    trailing_empty_cells
    two_columns_for_one_question
    unclosed_quote
    unclosed_quote_at_the_end
    unclosed_quote_before_quotes
    unclosed_quote_that_closes_by_chance
    unknown_encoding
    unreadable_allowed
    utf16_named
    utf16_no_mark
    utf16be
    utf16le
    vague_dates
    verdict_columns
    verdict_columns_by_id
    windows_1250
    windows_1252
    windows_1252_crlf
}
