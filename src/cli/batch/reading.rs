//! The flags for reading a table, shared by all commands that read one.

use std::path::PathBuf;

use clap::Args;

use crate::batch::column_reading::ColumnReading;
use crate::batch::columns::{Mapped, plain};
use crate::batch::csv::encoding::{Reading, named};
use crate::batch::setup::Settings;
use crate::batch::table::{Form, Listing};
use crate::error::Error;
use crate::report::model::View;
use candidacy_engine::date::Date;

use super::super::far_day;
use super::flags::{date_format, day, delimiter, pair, usage};
use super::map_file::map_file;

/// How a table is read.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingArgs {
    /// The planned day of treatment, instead of today
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// The question that a column answers, if its heading does not say; `COLUMN=` ignores the column
    #[arg(long, value_name = "COLUMN=QUESTION[.OPTION]")]
    pub map: Vec<String>,
    /// A YAML file of such lines, `COLUMN: QUESTION`, which may also say what words,
    /// dates and empty cells mean; `--draft-map` writes a first one
    #[arg(long, value_name = "FILE")]
    pub map_file: Option<PathBuf>,
    /// An answer to use if the cell is blank or the column is missing
    #[arg(long, value_name = "ID=VALUE")]
    pub assume: Vec<String>,
    /// In the option columns of this question an empty cell means no
    #[arg(long, value_name = "QUESTION")]
    pub ticked: Vec<String>,
    /// How dates are written, for example %d/%m/%Y or '%d/%m/%Y %H:%M'
    #[arg(long, value_name = "FORMAT")]
    pub date_format: Option<String>,
    /// The separator between cells: `,`, `;`, `tab`, `|`; detected by default
    #[arg(long, value_name = "C")]
    pub delimiter: Option<String>,
    /// The sheet of a workbook; by default the first
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// The encoding of the input; by default UTF-8 or UTF-16 (from the byte-order mark), or windows-1252
    #[arg(long, value_name = "E")]
    pub encoding: Option<String>,
}

impl ReadingArgs {
    /// The settings of a run that writes only verdicts, for the clinician; `id`
    /// names the column that identifies patients.
    ///
    /// # Errors
    ///
    /// When a flag says what cannot be.
    pub fn settings(&self, id: Option<String>, today: Date) -> Result<Settings, Error> {
        let as_of = match &self.as_of {
            None => today,
            Some(text) => day(text, today)?,
        };
        far_day::warn(as_of, today);
        Ok(Settings {
            as_of,
            today,
            view: View::Clinician,
            form: Form::Csv,
            ours_only: true,
            delimiter: self.delimiter.as_deref().map(delimiter).transpose()?,
            id,
            listing: Listing::Nobody,
            maps: self.maps()?,
            assumes: self.assumes()?,
            ticked: self.ticked.clone(),
            date_format: self.date_format.as_deref().map(date_format).transpose()?,
            replace: false,
        })
    }

    fn maps(&self) -> Result<Vec<Mapped>, Error> {
        let mut maps = match &self.map_file {
            Some(path) => map_file(path)?,
            None => Vec::new(),
        };
        for text in &self.map {
            // A heading may contain `=`, an id may not.
            let (column, target) = pair("--map", text.rsplit_once('='), "COLUMN=QUESTION")?;
            maps.push(Mapped {
                column,
                target,
                reading: ColumnReading::default(),
            });
        }
        Ok(maps)
    }

    fn assumes(&self) -> Result<Vec<(String, String)>, Error> {
        let flags = self.assume.iter();
        flags
            .map(|text| pair("--assume", text.split_once('='), "ID=VALUE"))
            .collect()
    }

    /// How the bytes are read.
    ///
    /// # Errors
    ///
    /// When the encoding is none known here.
    pub fn encoding(&self) -> Result<Reading, Error> {
        let Some(name) = &self.encoding else {
            return Ok(Reading::Tolerant);
        };
        named(name).ok_or_else(|| {
            usage(
                &format!("`{}` is not a known encoding", plain(name)),
                "for example `utf-8`, `utf-16le`, `windows-1252` or `windows-1250`",
            )
        })
    }
}
