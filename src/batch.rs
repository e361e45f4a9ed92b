//! One table in, one table out, one row per patient.
//!
//! `split` cuts the input into pieces of whole records; `cells` finds the cells
//! of each, `quotes` what is wrong with them; `headings` and `intake` turn them
//! into answers; `table` and `row` write what comes of it; `piece` and `run` do
//! so on several threads, in order. `workbook` does what Excel needs beside that, and `draft`
//! writes a first map file. `compare` holds a table against two versions
//! of the rules instead.

pub mod column_reading;
pub mod columns;
pub mod compare;
pub mod counts;
pub mod csv;
pub mod draft;
pub mod header;
pub mod heading_forms;
pub mod memo;
pub mod option_columns;
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
