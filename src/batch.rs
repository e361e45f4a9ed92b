//! Reads a table and writes a table, with one row per patient.
//!
//! `csv` splits the input into chunks of whole records and finds their cells and broken quotes.
//! `header`, `columns` and `row_answers` turn cells into answers. `screen_record` and `output`
//! write the results, and `run` does this on several threads, in order. `workbook` handles Excel
//! files, and `draft` writes a first map file. `compare` evaluates a table with two versions of the
//! rules.

pub mod column_reading;
pub mod columns;
pub mod compare;
pub mod counts;
pub mod csv;
pub mod draft;
pub mod header;
pub mod heading_forms;
pub mod lookalikes;
pub mod memo;
pub mod option_columns;
pub mod other_packs;
pub mod output;
pub mod read_column;
pub mod refused;
pub mod responses;
pub mod row_answers;
pub mod run;
pub mod screen;
pub mod screen_record;
pub mod setup;
pub mod table;
pub mod target;
pub mod title_rows;
pub mod workbook;
