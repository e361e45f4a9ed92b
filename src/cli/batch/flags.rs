//! Reads the values of batch flags.

use clap::Args;

use crate::batch::columns::plain;
use crate::batch::counts::Counts;
use crate::error::{Error, Exit};
use candidacy_engine::answer::{DateFormat, planned_day};
use candidacy_engine::date::Date;
use candidacy_engine::suggest::way_out;
use candidacy_engine::verdict::Verdict;

use super::super::args::NO_DAY;

/// Which exit code a run ends with.
#[derive(Args, Debug)]
pub(super) struct ExitArgs {
    /// Ends with exit code 5 when a row has this verdict or a more severe one
    #[arg(long, value_name = "VERDICT", value_parser = verdict)]
    fail_on: Option<Verdict>,
    /// Ends with exit code 0 also when rows could not be read; they are written and counted as always
    #[arg(long)]
    allow_unreadable: bool,
}

impl ExitArgs {
    /// The exit code for the result `tally` of a run.
    pub(super) fn of(&self, tally: &Counts) -> Exit {
        match self.fail_on {
            Some(verdict) if tally.reaches(verdict) => Exit::FailOn,
            _ if tally.unreadable > 0 && !self.allow_unreadable => Exit::Unreadable,
            _ => Exit::Done,
        }
    }
}

pub(super) fn usage(message: &str, hint: &str) -> Error {
    Error::Usage {
        message: message.to_owned(),
        hint: hint.to_owned(),
    }
}

pub(super) fn verdict(text: &str) -> Result<Verdict, String> {
    let words = Verdict::ALL.map(Verdict::word);
    Verdict::from_word(text).ok_or_else(|| way_out(text, "verdict", words.into_iter()))
}

pub(super) fn day(text: &str, today: Date) -> Result<Date, Error> {
    planned_day(text, today)
        .ok_or_else(|| usage(&format!("`--as-of {}` is not a day", plain(text)), NO_DAY))
}

pub(super) fn date_format(text: &str) -> Result<DateFormat, Error> {
    DateFormat::new(text).ok_or_else(|| {
        usage(
            &format!(
                "`--date-format {}` names no year, month and day",
                plain(text)
            ),
            "write, for example, `--date-format %d/%m/%Y` or `--date-format '%d/%m/%Y %H:%M'`",
        )
    })
}

pub(super) fn delimiter(text: &str) -> Result<u8, Error> {
    let byte = match text {
        "tab" | "\\t" => Some(b'\t'),
        text => match text.as_bytes() {
            [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() => Some(*byte),
            _ => None,
        },
    };
    let usable = byte.filter(|byte| !matches!(byte, b'"' | b'\n' | b'\r' | 0));
    usable.ok_or_else(|| {
        usage(
            &format!("`--delimiter {}` cannot stand between cells", plain(text)),
            "one character: `,`, `;`, `tab` or `|`",
        )
    })
}

/// The two sides of the `=` in a flag's value.
pub(super) fn pair(
    flag: &str,
    sides: Option<(&str, &str)>,
    form: &str,
) -> Result<(String, String), Error> {
    match sides {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.to_owned()))
        }
        _ => Err(usage(
            &format!("what stands after `{flag}` has no `=`"),
            &format!("write `{flag} '{form}'`"),
        )),
    }
}
