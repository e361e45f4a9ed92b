//! Reads the cells of a record as answers, and finds all invalid cells.

use std::rc::Rc;

use crate::error::Error;
use candidacy_engine::answer::{
    AnswerError, Answers, Mark, Reader, Reply, Value, Wording, says_age,
};
use candidacy_engine::medicine::Piece;
use candidacy_engine::plan::Plan;
use candidacy_engine::question::Question;

use super::columns::{Column, target};
use super::csv::records::Cells;
use super::option_columns::{OptionColumn, Tick, Unticked, marked, together};
use super::read_column::ReadColumn;
use super::target::Target;

/// The sources of the answers to all questions.
#[derive(Clone, Debug)]
pub struct RowAnswers {
    /// One source for each question of the plan, in order.
    pub questions: Vec<Source>,
}

/// The source of the answers to one question.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The column of the whole answer.
    pub column: Option<usize>,
    /// The meaning of the words in that column.
    pub wording: Option<Wording>,
    /// The columns of single options. Beside the column of the whole answer they must agree with it.
    pub options: Vec<OptionColumn>,
    /// The meaning of an unticked checkbox.
    pub unticked: Unticked,
    /// The answer that is assumed if there is none.
    pub assumed: Option<Reply>,
    /// The marks that are assumed for options without an answer.
    pub assumed_options: Vec<(usize, Mark)>,
}

/// A cell that is not a valid answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellError {
    /// The index of the column.
    pub column: usize,
    /// Why, and how to fix it.
    pub why: AnswerError,
}

impl RowAnswers {
    /// The sources for a table with these columns and readings.
    #[must_use]
    pub fn new(plan: &Plan, columns: &[Column], readings: Vec<ReadColumn>) -> Self {
        let mut questions = vec![Source::default(); plan.questions.len()];
        for (column, (heading, read)) in columns.iter().zip(readings).enumerate() {
            let Some(target) = heading.target else {
                continue;
            };
            let Some(source) = questions.get_mut(target.question()) else {
                continue;
            };
            match target {
                Target::Question(_) => {
                    source.column = Some(column);
                    source.wording = read.wording;
                    source.assumed = read.blank;
                }
                Target::Option(..) | Target::Rest(..) => {
                    source.options.push(OptionColumn {
                        column,
                        target,
                        wording: read.wording,
                        blank: read.blank_mark,
                    });
                    if heading.boxes || read.unticked {
                        source.unticked = source.unticked.max(Unticked::NoBesideTicks);
                    }
                }
            }
        }
        Self { questions }
    }

    /// Makes empty cells in the option columns of `name` mean no.
    ///
    /// # Errors
    ///
    /// If it is not a question with option columns.
    pub fn tick(&mut self, plan: &Plan, name: &str) -> Result<(), Error> {
        let question = target(plan, "--ticked", name)?.question();
        match self.questions.get_mut(question) {
            Some(source) if source.column.is_none() && !source.options.is_empty() => {
                source.unticked = Unticked::No;
                Ok(())
            }
            _ => Err(Error::Usage {
                message: format!(
                    "`--ticked {name}` has no effect: the table has no column for an option of it"
                ),
                hint: format!("such columns are called `{name}.OPTION`"),
            }),
        }
    }

    /// Assumes `value` wherever there is no answer to `name`.
    ///
    /// # Errors
    ///
    /// If there is no such question, or the value is not a valid answer to it.
    pub fn assume(
        &mut self,
        plan: &Plan,
        reader: &Reader<'_>,
        name: &str,
        value: &str,
    ) -> Result<(), Error> {
        let target = target(plan, "--assume", name)?;
        let blank = || Error::Usage {
            message: format!("`--assume {name}={value}` has no answer"),
            hint: format!(
                "write `--assume {name}=VALUE` with the answer to use where nothing was answered, or leave the flag out"
            ),
        };
        let asked = plan.questions.get(target.question());
        let (Some(asked), Some(source)) = (asked, self.questions.get_mut(target.question())) else {
            return Ok(());
        };
        let question = &asked.question;
        let whole = |question: &Question| Error::Usage {
            message: format!("`--assume {name}` names no option of `{}`", question.id),
            hint: format!("write `--assume {}=none`, or name an option", question.id),
        };
        let refused = |why: AnswerError| Error::Usage {
            hint: super::output::problem::help(&why),
            message: format!("`--assume`: {}", why.message),
        };
        match target {
            Target::Question(_) => {
                let reply = reader.reply(question, value).map_err(refused)?;
                if reply == Reply::Blank {
                    return Err(blank());
                }
                // The map file's setting for one column takes precedence.
                source.assumed.get_or_insert(reply);
            }
            Target::Rest(..) => return Err(whole(question)),
            Target::Option(_, option) => {
                let id = question
                    .kind
                    .choices()
                    .get(option)
                    .map_or("", |choice| &choice.id);
                let mark = reader.mark(question, id, value).map_err(refused)?;
                if mark == Mark::Blank {
                    return Err(blank());
                }
                let offers = |wording: &Wording| wording.offers(option);
                if mark == Mark::No && !source.wording.as_ref().is_none_or(offers) {
                    return Err(Error::Usage {
                        message: format!(
                            "`--assume {name}={value}` denies an option that the form does not offer"
                        ),
                        hint: format!(
                            "leave the flag out; or add `{id}` to `offered` in the map file, if the form does offer it"
                        ),
                    });
                }
                source.assumed_options.push((option, mark));
                source.settled(Reply::Blank, question).map_err(refused)?;
            }
        }
        Ok(())
    }

    /// The answers of one record.
    ///
    /// # Errors
    ///
    /// All cells that are not valid answers.
    pub fn answers(
        &self,
        plan: &Plan,
        reader: &Reader<'_>,
        cells: &Cells<'_>,
    ) -> Result<Answers, Vec<CellError>> {
        let mut answers = plan.blank_answers();
        let mut unread = Vec::new();
        // Ages count from the date of birth, wherever its column is.
        let birth = plan.birth.and_then(|birth| {
            let question = &plan.questions.get(birth)?.question;
            let source = self.questions.get(birth)?;
            source.reply(reader, question, cells).ok()
        });
        let reader = &reader.born(&birth.unwrap_or(Reply::Blank));
        for (number, source) in self.questions.iter().enumerate() {
            let Some(asked) = plan.questions.get(number) else {
                continue;
            };
            match source.reply(reader, &asked.question, cells) {
                Ok(reply) => answers.set(number, reply),
                Err(cells) => unread.extend(cells),
            }
        }
        unread.sort_by_key(|unread| unread.column);
        if unread.is_empty() {
            Ok(answers)
        } else {
            Err(unread)
        }
    }
}

impl Source {
    /// Whether the table has no source for the answer.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.column.is_none()
            && self.options.is_empty()
            && self.assumed.is_none()
            && self.assumed_options.is_empty()
    }

    /// The answer to `question` in one record.
    ///
    /// # Errors
    ///
    /// The cells that are not valid answers.
    pub fn reply(
        &self,
        reader: &Reader<'_>,
        question: &Question,
        cells: &Cells<'_>,
    ) -> Result<Reply, Vec<CellError>> {
        if let Some(column) = self.column {
            let text = cells.cell(column);
            let piece = &mut |text: &str| Rc::new(reader.piece(text));
            let reply = self
                .read(reader, question, &text, piece)
                .map_err(|why| vec![CellError { column, why }])?;
            let against = |option: &OptionColumn| {
                let read = option.tick(reader, question, self.unticked, &cells.cell(option.column));
                let why = match read {
                    Ok(tick) => option.disagrees(question, tick, &reply)?,
                    Err(why) => why,
                };
                let column = option.column;
                Some(CellError { column, why })
            };
            let against: Vec<CellError> = self.options.iter().filter_map(against).collect();
            return if against.is_empty() {
                Ok(reply)
            } else {
                Err(against)
            };
        }
        let mut ticks = Vec::with_capacity(self.options.len());
        let mut unread = Vec::new();
        for option in &self.options {
            let column = option.column;
            match option.tick(reader, question, self.unticked, &cells.cell(column)) {
                Ok(tick) => ticks.push(tick),
                Err(why) => unread.push(CellError { column, why }),
            }
        }
        if !unread.is_empty() {
            return Err(unread);
        }
        let column = self.options.first().map_or(0, |option| option.column);
        self.together(question, &ticks)
            .map_err(|why| vec![CellError { column, why }])
    }

    /// The answer in the cell `text` of the column of `question`. `piece` reads one piece of a list
    /// of medicines.
    ///
    /// # Errors
    ///
    /// If the cell is not a valid answer.
    pub fn read(
        &self,
        reader: &Reader<'_>,
        question: &Question,
        text: &str,
        piece: &mut dyn FnMut(&str) -> Rc<Piece>,
    ) -> Result<Reply, AnswerError> {
        let reader = Reader {
            wording: self.wording.as_ref(),
            ..*reader
        };
        let read = reader.reply_by(question, text, piece);
        read.and_then(|reply| self.settled(reply, question))
    }

    /// The combined answer of the option columns.
    ///
    /// # Errors
    ///
    /// If the cells contradict each other.
    pub fn together(&self, question: &Question, ticks: &[Tick]) -> Result<Reply, AnswerError> {
        self.settled(together(question, &self.options, ticks)?, question)
    }

    /// Whether the days of the cell `text` depend on the date of birth.
    #[must_use]
    pub fn says_age(&self, text: &str) -> bool {
        let answer = self.wording.as_ref().and_then(|words| words.answer(text));
        says_age(answer.unwrap_or(text))
    }

    /// The reply with assumed answers filled in.
    ///
    /// # Errors
    ///
    /// If this makes every option no, although at least one always applies.
    pub fn settled(&self, reply: Reply, question: &Question) -> Result<Reply, AnswerError> {
        // If one option always applies but none is ticked, there is no answer.
        let reply = if self.unticked == Unticked::No && reply.denies_all(question) {
            Reply::Blank
        } else {
            reply
        };
        let reply = match (&self.assumed, reply) {
            (Some(assumed), Reply::Blank) => assumed.clone(),
            (_, reply) => reply,
        };
        let reply = self.with_assumed_options(reply, question);
        // An assumed answer is read like the same words in the cell.
        let reply = match &self.wording {
            Some(wording) => wording.asked_about(reply),
            None => reply,
        };
        if reply.denies_all(question) {
            return Err(AnswerError::every_option_denied(question));
        }
        Ok(reply)
    }

    fn with_assumed_options(&self, reply: Reply, question: &Question) -> Reply {
        let blank = |option: usize| match &reply {
            Reply::Blank => true,
            Reply::Given(Value::Choices(marks)) => {
                matches!(marks.get(option), None | Some(Mark::Blank))
            }
            _ => false,
        };
        let assumed: Vec<(usize, Mark)> = self
            .assumed_options
            .iter()
            .filter(|(option, _)| blank(*option))
            .copied()
            .collect();
        marked(question, reply, &assumed)
    }
}
