//! The answers given to `screen`: a file of answers, a FHIR response, and `--set`.

use std::ffi::OsStr;
use std::path::Path;

use crate::batch::title_rows::is_table;
use crate::error::Error;
use crate::forms::fhir::response;
use crate::load;
use crate::report::phrases;
use crate::report::record::Typed;
use candidacy_engine::answer::{Answers, Reader};
use candidacy_engine::assign::{assign_with, birth_of};
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::{Code, Problems, Refusal};
use candidacy_engine::pack::{self, AnswerFile, Given};
use candidacy_engine::plan::Plan;
use candidacy_engine::source::{Located, Place, Source};

use super::super::far_day;
use super::super::saved_answers::quoted;
use super::ScreenArgs;

/// The text of `--answers`; `-` is standard input.
pub fn answer_file(path: &Path) -> Result<Source, Error> {
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    if ["csv", "tsv", "xlsx"]
        .iter()
        .any(|of_table| ending.eq_ignore_ascii_case(of_table))
    {
        return Err(table(path));
    }
    let source = if path == Path::new("-") {
        load::standard_input()?
    } else {
        load::source(path)?
    };
    // A record is JSON, and a file of answers may be JSON too, but only a record has a checksum.
    if source.text.starts_with('{') && source.text.contains("\"checksum\"") {
        return Err(Error::Usage {
            message: format!("`{}` is a record, not a file of answers", path.display()),
            hint: format!(
                "`candidacy replay {}` derives it again; to change an answer, change the file of answers it was made from, or screen again",
                quoted(path)
            ),
        });
    }
    Ok(source)
}

/// The refusal of a table.
fn table(path: &Path) -> Error {
    let named = match path.to_str() {
        Some("-") => "standard input".to_owned(),
        _ => format!("`{}`", path.display()),
    };
    Error::Usage {
        message: format!("{named} is a table, and `screen` reads the answers of one patient"),
        hint: format!(
            "`candidacy batch {}` reads it, also where it has one row: exports of form tools, ODK and REDCap too",
            quoted(path)
        ),
    }
}

/// The day and the answers of `--answers` and `--set`, both read and as typed. Missing answers are
/// blank.
pub fn given(
    args: &ScreenArgs,
    source: Option<Source>,
    plan: &Plan,
    today: Date,
) -> Result<(Date, Answers, Vec<Typed>), Error> {
    let mut sources = Vec::new();
    let mut problems = Vec::new();
    let mut file = AnswerFile::default();
    if let Some(source) = source {
        if let Some(path) = args
            .answers
            .as_deref()
            .filter(|_| is_table(plan, &source.text))
        {
            return Err(table(path));
        }
        file = if response::is_resource(&source.text) {
            let reader = plan.reader(args.as_of.unwrap_or(today)).answered_on(today);
            of_response(&source, plan, &reader, &mut problems)?
        } else {
            pack::answers(sources.len(), &source, &mut problems)
        };
        sources.push(source);
    }
    let from_file_fine = problems.is_empty();
    let mut set = Vec::new();
    for (id, value) in &args.sets {
        set.push(from_set(sources.len(), id, value));
        sources.push(Source::new("--set", &format!("{id}={value}")));
    }
    let as_of = args.as_of.or(file.as_of).unwrap_or(today);
    far_day::warn(as_of, today);
    let mut answers = plan.blank_answers();
    let answered_on = |day: Date| plan.reader(as_of).answered_on(day);
    // Ages in the file count from the date of birth given with `--set`, if there is one.
    let birth = birth_of(&set, &answers, plan, &answered_on(today));
    let reader = answered_on(file.said.unwrap_or(today)).born(&birth);
    assign_with(&file.given, &mut answers, plan, &reader, &mut problems);
    let file_is_wrong = !from_file_fine || !problems.is_empty();
    assign_with(&set, &mut answers, plan, &answered_on(today), &mut problems);
    if problems.is_empty() {
        let typed = file.given.iter().chain(&set);
        let typed = typed.map(|given| Typed::new(&given.key.value, &given.text));
        return Ok((as_of, answers, typed.collect()));
    }
    for problem in &mut problems {
        if problem.code == Code::UnknownQuestion {
            problem
                .help
                .push("`candidacy template` lists every id".to_owned());
        }
    }
    let refusal = Refusal {
        sources: sources.into(),
        problems,
    };
    Err(if file_is_wrong {
        Error::Answers(refusal)
    } else {
        Error::Settings(refusal)
    })
}

/// The answers of the only response in a file.
fn of_response(
    source: &Source,
    plan: &Plan,
    reader: &Reader<'_>,
    problems: &mut Problems,
) -> Result<AnswerFile, Error> {
    let only = match response::all(0, source).map(|mut found| (found.pop(), found.len())) {
        Ok((Some((_, only)), 0)) => only,
        Ok((_, more)) => {
            return Err(Error::Usage {
                message: format!(
                    "`{}` has {}, and `screen` reads one",
                    source.path,
                    phrases::count(more + 1, "response")
                ),
                hint: "screen several patients with `candidacy batch`".to_owned(),
            });
        }
        Err(why) => Err(why),
    };
    let read = only.map_err(|why| vec![*why]);
    match read.and_then(|only| only.read(plan, reader)) {
        Ok(read) => {
            if let Some(status) = read.unfinished {
                super::super::note(&format!(
                    "The response is not finished ({status}): what it lacks counts as not answered.\n\n"
                ));
            }
            Ok(AnswerFile {
                as_of: None,
                said: read.answered_on,
                given: read.given,
            })
        }
        Err(found) => {
            problems.extend(found);
            Ok(AnswerFile::default())
        }
    }
}

/// One answer of `--set`, placed in a separate source.
pub fn from_set(source: usize, id: &str, value: &str) -> Given {
    let place = |start: usize, end: usize| Place { source, start, end };
    let begin = id.len() + 1;
    Given {
        key: Located {
            value: id.to_owned(),
            place: place(0, id.len()),
        },
        text: value.to_owned(),
        place: place(begin, (begin + value.len()).max(begin + 1)),
    }
}
