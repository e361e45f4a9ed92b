//! FHIR responses as input instead of a table.

use std::io::{Cursor, Read};

use super::BatchArgs;
use super::flags::usage;
use crate::batch::responses::{ResponseTable, table};
use crate::batch::setup::Settings;
use crate::batch::workbook::LONGEST;
use crate::error::Error;
use candidacy_engine::diagnostic::{Diagnostic, Refusal};
use candidacy_engine::plan::Plan;
use candidacy_engine::source::Source;

/// The input of a table.
type Input = Box<dyn Read + Send>;

/// The input unchanged or, if it consists of responses, the table made from them.
///
/// # Errors
///
/// If it cannot be read, contains no response, or the flags do not fit it.
pub fn responses(
    mut reader: Input,
    plan: &Plan,
    settings: &Settings,
    args: &BatchArgs,
) -> Result<(Input, Option<ResponseTable>), Error> {
    let failed = |why: std::io::Error| Error::reading(&args.input, &why);
    let mut start = Vec::new();
    reader
        .by_ref()
        .take(64)
        .read_to_end(&mut start)
        .map_err(failed)?;
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&start);
    if !text.trim_ascii_start().starts_with(b"{") {
        return Ok((Box::new(Cursor::new(start).chain(reader)), None));
    }
    let flag = match (&args.reading.delimiter, &args.reading.encoding) {
        (Some(_), _) => Some("--delimiter"),
        (None, Some(_)) => Some("--encoding"),
        (None, None) => None,
    };
    if let Some(flag) = flag {
        return Err(usage(
            &format!("`{flag}` is for a table in text, and this is JSON"),
            "leave it out",
        ));
    }
    let mut bytes = start;
    let read = reader.take(LONGEST).read_to_end(&mut bytes);
    read.map_err(failed)?;
    if bytes.len() as u64 > LONGEST {
        return Err(Error::File {
            doing: "read",
            path: args.input.clone(),
            why: "the responses are larger than 256 MiB".to_owned(),
            hint: Some("give a part of them at a time".to_owned()),
        });
    }
    let name = args.input.to_string_lossy();
    let name = if name == "-" {
        "(standard input)"
    } else {
        &*name
    };
    let source = Source::from_bytes(name, bytes);
    let refused = |why: Diagnostic, source: Source| {
        Error::Answers(Refusal {
            sources: [source].into(),
            problems: vec![why],
        })
    };
    match table(&source, plan, settings) {
        Ok(mut table) => {
            let text = std::mem::take(&mut table.text);
            Ok((Box::new(Cursor::new(text)), Some(table)))
        }
        Err(why) => Err(refused(*why, source)),
    }
}
