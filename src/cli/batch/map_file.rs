//! Reads a map file: what each column of a table answers, and how it writes its answers.

use std::path::Path;

use crate::batch::column_reading::{ColumnReading, day_form};
use crate::batch::columns::{Mapped, plain};
use crate::batch::draft::yaml::CHOOSE;
use crate::error::Error;
use crate::load::source;
use candidacy_engine::diagnostic::{Code, Diagnostic, Refusal};
use candidacy_engine::source::Source;
use candidacy_engine::suggest::way_out;
use candidacy_engine::yaml::{self, Node, Value};

use super::flags::usage;

/// The keys of a column.
const KEYS: [&str; 5] = ["question", "words", "dates", "blank", "offered"];

/// The columns in the map file at `path`.
pub(super) fn map_file(path: &Path) -> Result<Vec<Mapped>, Error> {
    let source = source(path)?;
    let refused = |problems: Vec<Diagnostic>| {
        Error::Answers(Refusal {
            sources: [source.clone()].into(),
            problems,
        })
    };
    let node = yaml::read(0, &source).map_err(|why| refused(vec![*why]))?;
    let Value::Entry(pairs) = node.value else {
        return Err(usage(
            &format!(
                "`{}` is not a list of columns",
                plain(&path.to_string_lossy())
            ),
            "write one line for each: `Heading: question` or `Heading: question.option`",
        ));
    };
    let file = MapFile {
        name: plain(&path.to_string_lossy()),
        source: &source,
    };
    let mut comments = Vec::new();
    for pair in &pairs {
        gather_comments(pair, &mut comments);
    }
    if !comments.is_empty() {
        return Err(refused(comments));
    }
    let mut maps: Vec<Mapped> = Vec::with_capacity(pairs.len());
    for (column, value) in &pairs {
        let mapped = file.column(column, value)?;
        if maps.iter().any(|map| map.column == mapped.column) {
            return Err(usage(
                &format!(
                    "{}: `{}` is there twice",
                    file.place(column),
                    plain(&mapped.column)
                ),
                "leave one of them",
            ));
        }
        maps.push(mapped);
    }
    Ok(maps)
}

/// A map file while it is read.
struct MapFile<'s> {
    name: String,
    source: &'s Source,
}

impl MapFile<'_> {
    /// The place of `node`, for a message.
    fn place(&self, node: &Node) -> String {
        let before = self.source.text.get(..node.place.start).unwrap_or_default();
        format!("`{}`, line {}", self.name, before.matches('\n').count() + 1)
    }

    fn wrong(&self, node: &Node, message: &str, hint: &str) -> Error {
        usage(&format!("{}: {message}", self.place(node)), hint)
    }

    fn text(&self, node: &Node) -> Result<String, Error> {
        match &node.value {
            Value::Text { text, .. } => Ok(text.clone()),
            Value::Nothing => Ok(String::new()),
            _ => Err(self.wrong(
                node,
                "here a text is needed",
                "write it on the same line, in quotes if it contains special characters",
            )),
        }
    }

    fn column(&self, column: &Node, value: &Node) -> Result<Mapped, Error> {
        let heading = self.text(column)?;
        let mut reading = ColumnReading {
            place: self.place(column),
            ..ColumnReading::default()
        };
        let mut target = String::new();
        let Value::Entry(pairs) = &value.value else {
            let text = self.text(value)?;
            target.push_str(confirmed(&text, "the question", &mut reading).unwrap_or_default());
            return Ok(Mapped {
                column: heading,
                target,
                reading,
            });
        };
        for (name, value) in pairs {
            let key = self.text(name)?;
            match key.as_str() {
                "question" => {
                    let text = self.text(value)?;
                    let text = confirmed(&text, "the question", &mut reading);
                    target.push_str(text.unwrap_or_default());
                }
                "blank" => {
                    let text = self.text(value)?;
                    let text = confirmed(&text, "what an empty cell means", &mut reading);
                    reading.blank = text.map(str::to_owned);
                }
                "dates" => {
                    let text = self.text(value)?;
                    if let Some(text) = confirmed(&text, "how days are written", &mut reading) {
                        let form = day_form(text).ok_or_else(|| {
                            self.wrong(
                                value,
                                &format!("`{}` names no year, month and day", plain(text)),
                                "write a format such as \"%d/%m/%Y\" or \"%m/%d/%y\"; or `excel` for numbers of days, or `age` for an age in years",
                            )
                        })?;
                        reading.dates = Some(form);
                    }
                }
                "words" => self.words(value, &mut reading)?,
                "offered" => reading.offered = self.list(value)?,
                other => {
                    return Err(self.wrong(
                        name,
                        &format!("`{}` says nothing about a column", plain(other)),
                        &way_out(other, "key", KEYS.into_iter()),
                    ));
                }
            }
        }
        Ok(Mapped {
            column: heading,
            target,
            reading,
        })
    }

    fn words(&self, value: &Node, reading: &mut ColumnReading) -> Result<(), Error> {
        let pairs = match &value.value {
            Value::Entry(pairs) => pairs.as_slice(),
            Value::Nothing => &[],
            _ => {
                return Err(self.wrong(
                    value,
                    "`words` is not a list of words",
                    "write one line for each: `\"Word\": answer`",
                ));
            }
        };
        for (word, answer) in pairs {
            let (word, answer) = (self.text(word)?, self.text(answer)?);
            if word.trim().is_empty() {
                return Err(self.wrong(
                    value,
                    "an empty cell is not a word",
                    "say what it means with `blank:`",
                ));
            }
            let what = format!("the word `{}`", plain(&word));
            if let Some(answer) = confirmed(&answer, &what, reading) {
                reading.words.push((word.clone(), answer.to_owned()));
            }
        }
        Ok(())
    }

    fn list(&self, value: &Node) -> Result<Vec<String>, Error> {
        match &value.value {
            Value::List(items) => items.iter().map(|item| self.text(item)).collect(),
            _ => Err(self.wrong(
                value,
                "`offered` is not a list of options",
                "write `offered: [eczema, psoriasis]` with the ids of the options",
            )),
        }
    }
}

/// `text`, unless it is a guess that a person has not confirmed; `what` names what is guessed.
fn confirmed<'t>(text: &'t str, what: &str, reading: &mut ColumnReading) -> Option<&'t str> {
    let text = text.trim();
    // A `?` alone means not sure.
    let guess = text.ends_with('?') && text.contains(char::is_alphanumeric);
    if guess || text == CHOOSE {
        reading.guesses.push(what.to_owned());
        return None;
    }
    Some(text)
}

/// Refuses a run that would rest on guesses.
pub fn without_guesses(maps: &[Mapped]) -> Result<(), Error> {
    let open: Vec<&Mapped> = maps
        .iter()
        .filter(|map| !map.reading.guesses.is_empty())
        .collect();
    let Some(first) = open.first() else {
        return Ok(());
    };
    let guess = first.reading.guesses.first().map_or("", String::as_str);
    let more = match open.len() {
        1 => String::new(),
        many => format!(", and {} more columns have guesses", many - 1),
    };
    Err(usage(
        &format!(
            "{}: {guess} of column `{}` is still a guess{more}",
            first.reading.place,
            plain(&first.column)
        ),
        "if a guess is right, remove its `?`; where it is wrong, or says CHOOSE, write the answer or delete the line; `--dry-run` lists all of them",
    ))
}

/// Collects problems of comments after texts without quotes, because the text may contain ` #`.
fn gather_comments((name, value): &(Node, Node), comments: &mut Vec<Diagnostic>) {
    match &value.value {
        Value::Entry(pairs) => pairs
            .iter()
            .for_each(|pair| gather_comments(pair, comments)),
        Value::List(_) => {}
        Value::Nothing | Value::Text { .. } => comments.extend(comment(name, value)),
    }
}

fn comment(name: &Node, value: &Node) -> Option<Diagnostic> {
    let comment = value.comment?;
    let name = yaml::text_of(name).unwrap_or_default();
    let message = format!(
        "` #` begins a comment, and nothing of it is read as the question of `{}`",
        plain(name)
    );
    Some(
        Diagnostic::new(Code::CommentAfterAnswer, comment, message)
            .help("if it is part of the value, put the value in quotes")
            .help("if it is a comment, move it to a line of its own"),
    )
}
