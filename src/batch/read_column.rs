//! Prepares the reading of a column from the entries in a map file.

use candidacy_engine::answer::{AnswerError, DayForm, Mark, Reader, Reply, Wording, leaves_open};
use candidacy_engine::plan::Plan;
use candidacy_engine::question::Question;
use candidacy_engine::suggest::way_out;

use super::column_reading::ColumnReading;
use super::columns::{Column, plain};
use super::target::Target;
use crate::error::Error;

/// Represents all other words of a column.
const ANY_OTHER: &str = "*";

/// The word for an empty box in `blank`.
const UNTICKED: &str = "unticked";

/// How a column is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadColumn {
    /// The meaning of its words, and the format of its days.
    pub wording: Option<Wording>,
    /// The meaning of an empty cell in the column of one option.
    pub blank_mark: Option<Mark>,
    /// The meaning of an empty cell in the column of a question.
    pub blank: Option<Reply>,
    /// Whether an empty cell means an unticked checkbox.
    pub unticked: bool,
    /// Words that mean another answer here than usual.
    pub changed: Vec<String>,
}

impl ColumnReading {
    /// How `column` is read.
    ///
    /// # Errors
    ///
    /// If the map file gives an answer that is not valid for the column's question.
    pub fn of(
        &self,
        plan: &Plan,
        reader: &Reader<'_>,
        column: &Column,
    ) -> Result<ReadColumn, Error> {
        let mut read = ReadColumn::default();
        let asked = column.target.map(|target| (target, target.question()));
        let asked = asked.and_then(|(target, number)| Some((target, plan.questions.get(number)?)));
        let Some((target, asked)) = asked else {
            // The question itself may be an unconfirmed guess.
            if self.is_empty() || !self.guesses.is_empty() {
                return Ok(read);
            }
            return Err(self.wrong(
                "the column answers no question, so it can have no other keys",
                "name its question with `question:`".to_owned(),
            ));
        };
        let question = &asked.question;
        let reader = Reader {
            format: None,
            ..*reader
        };
        let mut wording = Wording::default();
        wording.days.clone_from(&self.dates);
        wording.offered = self.offered(question, target)?;
        if self.dates.is_some() {
            self.takes_days(plan, question, target)?;
        }
        for (word, answer) in &self.words {
            if word.trim() == ANY_OTHER {
                let open = matches!(target, Target::Question(_)) && leaves_open(answer);
                if !open {
                    return Err(self.wrong(
                        "`*` means all words that nobody has checked, so it can only mean `not sure`",
                        "write `\"*\": not sure`, in the column of a question".to_owned(),
                    ));
                }
                wording.others_not_sure = true;
                continue;
            }
            let meant = self.answer(&reader, question, target, answer)?;
            if !wording.mean(word, answer) {
                return Err(self.wrong(
                    &format!("the word `{}` has two meanings", plain(word)),
                    "leave one of them; letter case does not matter".to_owned(),
                ));
            }
            let by_itself = meaning(&reader, question, target, word);
            let nothing = Ok(blank_meaning(target));
            if by_itself.is_ok() && by_itself != nothing && by_itself != Ok(meant) {
                read.changed.push(word.clone());
            }
        }
        // If a form was never opened, its boxes are not ticked either.
        if column.boxes && matches!(target, Target::Question(_)) {
            for word in ["0", "0.0", "False", "Unchecked"] {
                if wording.answer(word).is_none() {
                    wording.mean(word, "");
                }
            }
        }
        match self.blank.as_deref() {
            None => {}
            Some(blank) if blank.trim().eq_ignore_ascii_case(UNTICKED) => match target {
                Target::Question(_) => {
                    return Err(self.wrong(
                        "`blank: unticked` is for the column of one option",
                        format!(
                            "write the answer to `{}` that an empty cell means",
                            question.id
                        ),
                    ));
                }
                Target::Option(..) | Target::Rest(..) => read.unticked = true,
            },
            Some(blank) => match self.answer(&reader, question, target, blank)? {
                Meaning::Reply(reply) => read.blank = Some(reply).filter(|reply| !reply.is_blank()),
                Meaning::Mark(mark) => {
                    read.blank_mark = Some(mark).filter(|mark| *mark != Mark::Blank);
                }
            },
        }
        read.wording = (wording != Wording::default()).then_some(wording);
        Ok(read)
    }

    /// The indices of the options that the form offers.
    fn offered(&self, question: &Question, target: Target) -> Result<Option<Vec<usize>>, Error> {
        if self.offered.is_empty() {
            return Ok(None);
        }
        if !question.takes_several() || !matches!(target, Target::Question(_)) {
            return Err(self.wrong(
                "`offered` is for the column of a question that takes several options",
                "leave it out".to_owned(),
            ));
        }
        let number = |id: &String| {
            let known = question
                .kind
                .choices()
                .iter()
                .map(|choice| choice.id.as_str());
            question.option(id.trim()).ok_or_else(|| {
                self.wrong(
                    &format!("`{}` is not an option of `{}`", plain(id), question.id),
                    way_out(id, "option", known),
                )
            })
        };
        let numbers: Result<Vec<usize>, Error> = self.offered.iter().map(number).collect();
        numbers.map(Some)
    }

    fn takes_days(&self, plan: &Plan, question: &Question, target: Target) -> Result<(), Error> {
        let dated = question.kind.is_dated();
        if !dated || !matches!(target, Target::Question(_)) {
            return Err(self.wrong(
                &format!(
                    "`{}` asks for no day, so `dates` has no effect",
                    question.id
                ),
                "leave `dates` out".to_owned(),
            ));
        }
        let is_birth = plan.birth == Some(target.question());
        if self.dates == Some(DayForm::Age) && !is_birth {
            return Err(self.wrong(
                &format!(
                    "`dates: age` is for the date of birth, and `{}` is another day",
                    question.id
                ),
                "leave it out".to_owned(),
            ));
        }
        Ok(())
    }

    fn answer(
        &self,
        reader: &Reader<'_>,
        question: &Question,
        target: Target,
        answer: &str,
    ) -> Result<Meaning, Error> {
        meaning(reader, question, target, answer).map_err(|why| self.wrong(&why.message, why.help))
    }

    fn wrong(&self, message: &str, hint: String) -> Error {
        let place = if self.place.is_empty() {
            "the map file".to_owned()
        } else {
            self.place.clone()
        };
        Error::Usage {
            message: format!("{place}: {message}"),
            hint,
        }
    }
}

/// The meaning of a text in one column.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Meaning {
    /// The reply to the question.
    Reply(Reply),
    /// The mark of one option.
    Mark(Mark),
}

fn blank_meaning(target: Target) -> Meaning {
    match target {
        Target::Question(_) => Meaning::Reply(Reply::Blank),
        Target::Option(..) | Target::Rest(..) => Meaning::Mark(Mark::Blank),
    }
}

fn meaning(
    reader: &Reader<'_>,
    question: &Question,
    target: Target,
    text: &str,
) -> Result<Meaning, AnswerError> {
    match target {
        Target::Question(_) => {
            let reply = reader.reply(question, text)?;
            if reply.denies_all(question) {
                return Err(AnswerError::every_option_denied(question));
            }
            Ok(Meaning::Reply(reply))
        }
        Target::Option(..) | Target::Rest(..) => {
            reader.mark(question, "option", text).map(Meaning::Mark)
        }
    }
}
