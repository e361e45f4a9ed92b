//! Walks the questionnaire with one person.
//!
//! [`Interview`] is the walk itself: where it stands, what has been said, what
//! comes next. It draws nothing and reads no keys. [`Ask`] is the person: a
//! terminal, or a list of replies in a test.

mod line_mode;
mod match_option;
mod state;

use crate::error::Error;
use candidacy_engine::answer::{AnswerError, Answers, Reply, Value, days_of};
use candidacy_engine::assess::assess;
use candidacy_engine::date::{Date, Days};
use candidacy_engine::evaluate::Patient;
use candidacy_engine::medicine::Name;
use candidacy_engine::plan::{Asked, Plan};
use candidacy_engine::verdict::Verdict;

pub use line_mode::Lines;
pub use match_option::{in_full, narrowed};
pub use state::{At, Changes, Interview};

/// One question as it is put.
#[derive(Clone, Copy, Debug)]
pub struct Prompt<'a> {
    /// The question.
    pub asked: &'a Asked,
    /// The topic it stands under.
    pub topic: &'a str,
    /// Which question this is, from 1.
    pub number: usize,
    /// How many there are at most.
    pub at_most: usize,
    /// What was answered before, on the way back.
    pub before: &'a Reply,
    /// The same, word for word; empty where nothing was.
    pub said_before: &'a str,
    /// Why the last try could not be read.
    pub complaint: Option<&'a AnswerError>,
    /// What the last answer changed.
    pub changes: Option<Changes>,
    /// Whether a private rule reads it, so that one may rather not say.
    pub private: bool,
}

/// What a person says to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// An answer, in the words of a table cell.
    Reply(String),
    /// Nothing, where the question may be left out.
    Skip,
    /// To go back to the question before.
    Back,
    /// To see all answers.
    Review,
    /// To break off.
    Quit,
}

/// What a person says to the review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reviewed {
    /// That it is right.
    Accept,
    /// To change the answer in this row, from 0.
    Change(usize),
    /// To go back to the last question.
    Back,
    /// To break off.
    Quit,
}

/// Puts questions to a person.
pub trait Ask {
    /// Puts one question.
    ///
    /// # Errors
    ///
    /// When the terminal goes away, or the person breaks off by force.
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Response, Error>;

    /// Says how an answer was understood.
    ///
    /// # Errors
    ///
    /// As for [`Ask::ask`].
    fn understood(&mut self, words: &str) -> Result<(), Error>;

    /// Asks something that is answered by yes or no, and is no question of the
    /// plan. Whatever is neither counts as no.
    ///
    /// # Errors
    ///
    /// As for [`Ask::ask`].
    fn confirm(&mut self, words: &str) -> Result<bool, Error>;

    /// Shows all answers, each under the question's number.
    ///
    /// # Errors
    ///
    /// As for [`Ask::ask`].
    fn review(&mut self, plan: &Plan, rows: &[(usize, String)]) -> Result<Reviewed, Error>;
}

/// How a walk is made.
pub struct InterviewOptions<'m> {
    /// The day decided for.
    pub as_of: Date,
    /// The day it is made on.
    pub today: Date,
    /// Whether optional questions are left out.
    pub quick: bool,
    /// Answers given earlier, word for word.
    pub earlier: Vec<(usize, String)>,
    /// Told what has been said, word for word, after every answer.
    pub keep: &'m mut Keep<'m>,
}

/// Told what has been said, id and words, after every answer.
pub type Keep<'m> = dyn FnMut(&[(&str, &str)]) -> Result<(), Error> + 'm;

/// Asks everything that applies, in order, and lets the person look it over.
///
/// # Errors
///
/// When the person breaks off, the terminal goes away, or answers cannot be kept.
pub fn interview(
    plan: &Plan,
    manner: InterviewOptions<'_>,
    person: &mut dyn Ask,
) -> Result<Answers, Error> {
    let InterviewOptions {
        as_of,
        today,
        quick,
        earlier,
        keep,
    } = manner;
    let mut walk = Interview::new(plan, as_of, quick).on(today);
    walk.resume(&earlier);
    let mut complaint = None;
    let mut changes = None;
    let mut told_enough = false;
    loop {
        match walk.at() {
            At::Question(question) => {
                let Some(asked) = plan.questions.get(question) else {
                    break;
                };
                let reply =
                    person.ask(&walk.prompt(asked, question, complaint.as_ref(), changes))?;
                (complaint, changes) = (None, None);
                match reply {
                    Response::Reply(text) => {
                        let text = spelt_out(plan, asked, as_of, text, person)?;
                        match walk.answer(&text) {
                            Ok(more) => {
                                changes = more;
                                keep(&walk.texts())?;
                                echo(plan, walk.answers().reply(question), &text, person)?;
                            }
                            Err(misread) => complaint = Some(misread),
                        }
                    }
                    Response::Skip => {
                        walk.skip();
                        keep(&walk.texts())?;
                    }
                    Response::Back => walk.back(),
                    Response::Review => walk.review(),
                    Response::Quit => return Err(Error::BrokenOff),
                }
            }
            At::Review => {
                if let Some(changes) = changes.take() {
                    person.understood(&changes.in_words())?;
                }
                match review(plan, &walk, as_of, person)? {
                    Reviewed::Accept if walk.go_on() => {}
                    Reviewed::Accept => break,
                    Reviewed::Change(row) => walk.change(row),
                    Reviewed::Back => walk.back(),
                    Reviewed::Quit => return Err(Error::BrokenOff),
                }
            }
        }
        if let At::Question(_) = walk.at() {
            let enough = enough(plan, &walk, as_of);
            if enough && !told_enough && person.confirm(ENOUGH)? {
                break;
            }
            // After an edit that lets something lead on, it is worth telling again.
            told_enough = enough;
        }
    }
    Ok(walk.answers().clone())
}

/// Shows all answers, and points at those that cannot all be right.
fn review(
    plan: &Plan,
    walk: &Interview<'_>,
    as_of: Date,
    person: &mut dyn Ask,
) -> Result<Reviewed, Error> {
    for number in Patient::new(plan, walk.answers()).doubts(as_of) {
        if let Some((label, _)) = plan.doubts.get(number) {
            person.understood(&format!("Look again: {label}."))?;
        }
    }
    person.review(plan, &walk.rows())
}

const ENOUGH: &str = "Whatever else is answered, the treatment is not booked today: a dermatologist is needed. \
    Stop here and see the verdict (y), or go on for the record (n)?";

/// Whether no answer could lead to anything the desk may book.
fn enough(plan: &Plan, walk: &Interview<'_>, as_of: Date) -> bool {
    assess(plan, walk.answers(), as_of).outlook.best >= Verdict::DermatologistReview
}

/// The answer with near misses of medicines put right, where the person says so.
fn spelt_out(
    plan: &Plan,
    asked: &Asked,
    as_of: Date,
    text: String,
    person: &mut dyn Ask,
) -> Result<String, Error> {
    let Ok(Reply::Given(Value::Medicines(medicines))) =
        plan.reader(as_of).reply(&asked.question, &text)
    else {
        return Ok(text);
    };
    let mut text = text;
    for typed in medicines
        .entries
        .iter()
        .filter_map(|entry| entry.unrecognised.as_deref())
    {
        let Some(near) = plan.medicines.did_you_mean(typed) else {
            continue;
        };
        let means = meaning(plan, near);
        if person.confirm(&format!(
            "\"{typed}\" is not known. Is it {} ({means})?",
            near.text
        ))? {
            text = text.replacen(typed, &near.text, 1);
        }
    }
    Ok(text)
}

/// Says how an answer was read, where it is not plain from the words.
fn echo(plan: &Plan, reply: &Reply, text: &str, person: &mut dyn Ask) -> Result<(), Error> {
    match reply {
        Reply::Given(Value::Medicines(medicines)) => {
            for entry in &medicines.entries {
                let names = entry
                    .names
                    .iter()
                    .filter_map(|name| plan.medicines.names().get(*name));
                for name in names {
                    let ask = name
                        .means
                        .iter()
                        .find_map(|meaning| meaning.ask_route.as_deref());
                    let ask = ask.map_or(String::new(), |ask| format!(" Ask: {ask}"));
                    person.understood(&format!("{}: {}.{ask}", name.text, meaning(plan, name)))?;
                }
                if let Some(unknown) = &entry.unrecognised {
                    person.understood(&format!(
                        "\"{unknown}\" is not known; the dermatologist will look at it."
                    ))?;
                }
            }
            Ok(())
        }
        reply => match days_of(reply) {
            Some(days) => days_echo(days, text).map_or(Ok(()), |words| person.understood(&words)),
            None => Ok(()),
        },
    }
}

/// Days wider than this are said back with a word on how to say them closer.
const WIDE: i64 = 92;

/// How a day was read, where it is not plain from the words.
fn days_echo(days: Days, text: &str) -> Option<String> {
    if let Some(day) = days.exact() {
        let plain = day.to_string() == text.trim();
        return (!plain).then(|| format!("I take this as {}.", day.in_words()));
    }
    let first = days.first?;
    let words = format!(
        "I take this as {} to {}.",
        first.in_words(),
        days.last.in_words()
    );
    Some(if first.days_to(days.last) > WIDE {
        words + " If it is known more closely, go back and write the month or the day."
    } else {
        words
    })
}

/// What a name stands for: `apixaban, blood thinner`.
fn meaning(plan: &Plan, name: &Name) -> String {
    let mut words: Vec<&str> = Vec::new();
    for meaning in &name.means {
        let label = plan
            .groups
            .get(meaning.group)
            .map(|group| group.label.as_deref().unwrap_or(&group.id));
        for word in [Some(meaning.generic.as_str()), label]
            .into_iter()
            .flatten()
        {
            if !words.contains(&word) && word != name.text {
                words.push(word);
            }
        }
    }
    words.join(", ")
}
