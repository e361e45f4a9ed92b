//! From the cells of a record to answers, and every cell that is none.

use crate::error::Error;
use candidacy_engine::answer::{AnswerError, Answers, Mark, Reader, Reply, Value};
use candidacy_engine::plan::Plan;
use candidacy_engine::question::Question;

use super::columns::{Column, Target, target};
use super::csv::records::Cells;

/// Where the answers to every question come from.
#[derive(Clone, Debug)]
pub struct RowAnswers {
    /// For each question of the plan, in its order.
    pub questions: Vec<Source>,
}

/// Where the answer to one question comes from.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The column of the whole answer.
    pub column: Option<usize>,
    /// Columns of single options: column and option.
    pub options: Vec<(usize, usize)>,
    /// Whether an empty cell in those means no.
    pub ticked: bool,
    /// What stands in where nothing was said.
    pub assumed: Option<Reply>,
    /// What stands in where nothing was said of an option.
    pub assumed_options: Vec<(usize, Mark)>,
}

/// A cell that is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellError {
    /// The column.
    pub column: usize,
    /// Why, and what would be read.
    pub why: AnswerError,
}

impl RowAnswers {
    /// The intake of a table with these columns.
    #[must_use]
    pub fn new(plan: &Plan, columns: &[Column]) -> Self {
        let mut questions = vec![Source::default(); plan.questions.len()];
        for (column, heading) in columns.iter().enumerate() {
            let Some(target) = heading.target else {
                continue;
            };
            let Some(source) = questions.get_mut(target.question()) else {
                continue;
            };
            match target {
                Target::Question(_) => source.column = Some(column),
                Target::Option(_, option) => source.options.push((column, option)),
            }
        }
        Self { questions }
    }

    /// Lets empty cells in the option columns of `name` mean no.
    ///
    /// # Errors
    ///
    /// When it is no question with such columns.
    pub fn tick(&mut self, plan: &Plan, name: &str) -> Result<(), Error> {
        let question = target(plan, "--ticked", name)?.question();
        match self.questions.get_mut(question) {
            Some(source) if !source.options.is_empty() => {
                source.ticked = true;
                Ok(())
            }
            _ => Err(Error::Usage {
                message: format!(
                    "`--ticked {name}` has nothing to say: the table has no column for an option of it"
                ),
                hint: format!("such columns are called `{name}.OPTION`"),
            }),
        }
    }

    /// Lets `value` stand in wherever nothing was said to `name`.
    ///
    /// # Errors
    ///
    /// When there is no such question, or the value is no answer to it.
    pub fn assume(
        &mut self,
        plan: &Plan,
        reader: &Reader<'_>,
        name: &str,
        value: &str,
    ) -> Result<(), Error> {
        let target = target(plan, "--assume", name)?;
        let blank = || Error::Usage {
            message: format!("`--assume {name}={value}` holds no answer"),
            hint: format!(
                "write `--assume {name}=VALUE` with the answer that counts where nothing was said, or leave the flag out"
            ),
        };
        let asked = plan.questions.get(target.question());
        let (Some(asked), Some(source)) = (asked, self.questions.get_mut(target.question())) else {
            return Ok(());
        };
        let question = &asked.question;
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
                source.assumed = Some(reply);
            }
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
    /// Every cell that is no answer.
    pub fn answers(
        &self,
        plan: &Plan,
        reader: &Reader<'_>,
        cells: &Cells<'_>,
    ) -> Result<Answers, Vec<CellError>> {
        let mut answers = plan.blank_answers();
        let mut unread = Vec::new();
        // Ages count from the date of birth, wherever its column stands.
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
    /// Whether anything tells the answer.
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
    /// Its cells that are no answer.
    pub fn reply(
        &self,
        reader: &Reader<'_>,
        question: &Question,
        cells: &Cells<'_>,
    ) -> Result<Reply, Vec<CellError>> {
        if let Some(column) = self.column {
            let read = reader.reply(question, &cells.cell(column));
            return read
                .and_then(|reply| self.settled(reply, question))
                .map_err(|why| vec![CellError { column, why }]);
        }
        let mut marks = Vec::with_capacity(self.options.len());
        let mut unread = Vec::new();
        for (column, option) in &self.options {
            match self.mark(reader, question, *option, &cells.cell(*column)) {
                Ok(mark) => marks.push((*option, mark)),
                Err(why) => unread.push(CellError {
                    column: *column,
                    why,
                }),
            }
        }
        if !unread.is_empty() {
            return Err(unread);
        }
        let column = self.options.first().map_or(0, |(column, _)| *column);
        self.settled(marked(question, Reply::Blank, &marks), question)
            .map_err(|why| vec![CellError { column, why }])
    }

    /// What the cell of one option says.
    ///
    /// # Errors
    ///
    /// When it says nothing that can be read.
    pub fn mark(
        &self,
        reader: &Reader<'_>,
        question: &Question,
        option: usize,
        text: &str,
    ) -> Result<Mark, AnswerError> {
        if self.ticked && text.trim().is_empty() {
            return Ok(Mark::No);
        }
        let choice = question.kind.choices().get(option);
        reader.mark(question, choice.map_or("", |choice| &choice.id), text)
    }

    /// The reply with what is assumed in place of what was not said.
    ///
    /// # Errors
    ///
    /// When every option is no then, although one of them always applies.
    pub fn settled(&self, reply: Reply, question: &Question) -> Result<Reply, AnswerError> {
        // Where nothing is ticked although something always applies, nothing was said.
        let reply = if self.ticked && reply.denies_all(question) {
            Reply::Blank
        } else {
            reply
        };
        let reply = match (&self.assumed, reply) {
            (Some(assumed), Reply::Blank) => assumed.clone(),
            (_, reply) => reply,
        };
        let reply = self.with_assumed_options(reply, question);
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

/// `reply` with these options marked.
pub(super) fn marked(question: &Question, reply: Reply, marks: &[(usize, Mark)]) -> Reply {
    let mut answers = Answers::blank(1);
    answers.set(0, reply);
    for (option, mark) in marks {
        answers.mark(0, *option, question.kind.choices().len(), *mark);
    }
    answers.reply(0).clone()
}
