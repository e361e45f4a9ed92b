//! Combines the columns of a question that has one column for each option.
//!
//! An unticked checkbox only means no if another box of the question is ticked. A form that was
//! never filled in has no ticks either, and some tools write `0` for those.

use candidacy_engine::answer::{
    AnswerError, Answers, Cause, Mark, Reader, Reply, Value, Wording, is_none, option_names,
    yes_or_no,
};
use candidacy_engine::normalize::key;
use candidacy_engine::question::Question;

use super::target::{Rest, Target};

/// The column of one option, or of an answer outside the options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionColumn {
    /// Its place in the table.
    pub column: usize,
    /// Its target.
    pub target: Target,
    /// The meaning of its words.
    pub wording: Option<Wording>,
    /// The meaning of an empty cell, if the map file sets it.
    pub blank: Option<Mark>,
}

/// The meaning of an unticked checkbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unticked {
    /// No answer.
    #[default]
    Blank,
    /// No, if another box of the question is ticked.
    NoBesideTicks,
    /// No.
    No,
}

/// The meaning of the cell of one checkbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// A direct answer.
    Said(Mark),
    /// The box was not ticked.
    Unticked,
}

impl Tick {
    /// All values, by number.
    pub const ALL: [Self; 6] = [
        Self::Said(Mark::Blank),
        Self::Said(Mark::Yes),
        Self::Said(Mark::No),
        Self::Said(Mark::NotSure),
        Self::Said(Mark::Declined),
        Self::Unticked,
    ];

    /// Whether the box says nothing that the whole answer beside it must say too.
    #[must_use]
    pub fn leaves_whole(self) -> bool {
        matches!(self, Self::Unticked | Self::Said(Mark::No | Mark::Blank))
    }
}

impl OptionColumn {
    /// The meaning of the cell `text`, if an unticked box means `unticked`.
    ///
    /// # Errors
    ///
    /// If the cell cannot be read.
    pub fn tick(
        &self,
        reader: &Reader<'_>,
        question: &Question,
        unticked: Unticked,
        text: &str,
    ) -> Result<Tick, AnswerError> {
        let text = text.trim();
        let word = self.wording.as_ref().and_then(|words| words.answer(text));
        if word.is_none() {
            if text.is_empty() {
                return Ok(match (self.blank, unticked) {
                    (Some(mark), _) => Tick::Said(mark),
                    (None, Unticked::Blank) => Tick::Said(Mark::Blank),
                    (None, unticked) => unticked.tick(),
                });
            }
            match key(text).trim_end_matches(['.', '!']) {
                "unchecked" => return Ok(unticked.tick()),
                "0" | "0.0" | "false" if unticked == Unticked::NoBesideTicks => {
                    return Ok(Tick::Unticked);
                }
                "checked" => return Ok(Tick::Said(Mark::Yes)),
                _ if self.is_own_name(question, text) => return Ok(Tick::Said(Mark::Yes)),
                _ => {}
            }
        }
        let id = match self.target {
            Target::Option(_, option) => question.kind.choices().get(option),
            Target::Question(_) | Target::Rest(..) => None,
        };
        let reader = Reader {
            wording: self.wording.as_ref(),
            ..*reader
        };
        let read = reader.mark(question, id.map_or("none", |choice| &choice.id), text);
        let mark = match (read, self.target) {
            // Any other text here means that something else may apply.
            (
                Err(_) | Ok(Mark::NotSure | Mark::Declined),
                Target::Rest(_, Rest::NotSure | Rest::Declined),
            ) => Mark::Yes,
            (read, _) => read?,
        };
        Ok(Tick::Said(match (mark, self.blank) {
            (Mark::Blank, Some(blank)) => blank,
            (mark, _) => mark,
        }))
    }

    /// The error if the box is ticked or leaves its option open, and the whole answer `reply` to
    /// `question` does not.
    #[must_use]
    pub fn disagrees(&self, question: &Question, tick: Tick, reply: &Reply) -> Option<AnswerError> {
        if tick.leaves_whole() {
            return None;
        }
        let is_open = tick != Tick::Said(Mark::Yes);
        let marks: &[Mark] = match reply {
            Reply::Given(Value::Choices(marks)) => marks,
            _ => &[],
        };
        let agrees = match self.target {
            Target::Option(_, option) if is_open => {
                !matches!(marks.get(option), Some(Mark::Yes | Mark::No))
            }
            Target::Option(_, option) => marks.get(option) == Some(&Mark::Yes),
            Target::Rest(_, Rest::None) if !is_open => {
                !marks.is_empty() && marks.iter().all(|mark| *mark == Mark::No)
            }
            // Something must be left open.
            Target::Rest(..) | Target::Question(_) => {
                marks.len() < question.kind.choices().len()
                    || marks
                        .iter()
                        .any(|mark| !matches!(mark, Mark::Yes | Mark::No))
            }
        };
        let message = if is_open {
            format!(
                "this is not known, and the whole answer to `{}` does not leave it open",
                question.id
            )
        } else {
            format!(
                "this is ticked, and the whole answer to `{}` does not say it",
                question.id
            )
        };
        (!agrees).then(|| AnswerError {
            message,
            help: "correct one of the two; if the column is no box of this question, leave it out with `--map 'COLUMN='`"
                .to_owned(),
            cause: Cause::Other,
        })
    }

    /// Whether the cell contains the name of its option, which some tools write for a ticked box.
    fn is_own_name(&self, question: &Question, text: &str) -> bool {
        let wanted = key(text);
        match self.target {
            Target::Option(_, option) => {
                let choice = question.kind.choices().get(option);
                let named = |name: &str| key(name) == wanted;
                yes_or_no(text).is_none()
                    && choice.is_some_and(|choice| option_names(choice).any(named))
            }
            Target::Rest(_, Rest::None) => is_none(text) && yes_or_no(text).is_none(),
            Target::Rest(..) | Target::Question(_) => false,
        }
    }
}

impl Unticked {
    fn tick(self) -> Tick {
        match self {
            Self::Blank | Self::NoBesideTicks => Tick::Unticked,
            Self::No => Tick::Said(Mark::No),
        }
    }
}

/// The combined answer of all columns of `question`.
///
/// # Errors
///
/// If the cells say both that none of the options applies and that one does.
pub fn together(
    question: &Question,
    columns: &[OptionColumn],
    ticks: &[Tick],
) -> Result<Reply, AnswerError> {
    let ticked = |target: Target| {
        let mut both = columns.iter().zip(ticks);
        both.any(|(column, tick)| column.target == target && *tick == Tick::Said(Mark::Yes))
    };
    let rest = |rest: Rest| {
        let number = columns.first().map(|column| column.target.question());
        number.is_some_and(|number| ticked(Target::Rest(number, rest)))
    };
    let any = ticks.contains(&Tick::Said(Mark::Yes));
    let mut marks: Vec<(usize, Mark)> = Vec::with_capacity(columns.len());
    for (column, tick) in columns.iter().zip(ticks) {
        let mark = match tick {
            Tick::Said(mark) => *mark,
            Tick::Unticked if any => Mark::No,
            Tick::Unticked => Mark::Blank,
        };
        if let Target::Option(_, option) = column.target {
            marks.push((option, mark));
        }
    }
    let (none, not_sure, declined) = (rest(Rest::None), rest(Rest::NotSure), rest(Rest::Declined));
    let chosen = marks.iter().any(|(_, mark)| *mark == Mark::Yes);
    if none && (chosen || not_sure || declined) {
        return Err(AnswerError::none_and_something(question));
    }
    if none {
        let open = marks.iter_mut().filter(|(_, mark)| *mark == Mark::Blank);
        open.for_each(|(_, mark)| *mark = Mark::No);
    }
    if not_sure || declined {
        let left = if not_sure {
            Mark::NotSure
        } else {
            Mark::Declined
        };
        for option in 0..question.kind.choices().len() {
            match marks.iter_mut().find(|(known, _)| *known == option) {
                Some((_, Mark::Yes)) => {}
                Some((_, mark)) => *mark = left,
                None => marks.push((option, left)),
            }
        }
    }
    Ok(marked(question, Reply::Blank, &marks))
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
