//! Walks the questionnaire with one person.
//!
//! [`Interview`] is the walk itself: where it stands, what has been said, what
//! comes next. It draws nothing and reads no keys. [`Ask`] is the person: a
//! terminal, or a list of replies in a test.

mod echo;
mod guardian;
mod line_mode;
mod mask;
mod match_option;
mod state;
mod stop;

use crate::error::Error;
use crate::report::model::{View, is_private, private};
use crate::report::phrases::{heading, impossible};
use crate::report::specialist::named;
use candidacy_engine::answer::{AnswerError, Answers, Reply};
use candidacy_engine::date::Date;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::plan::{Asked, Plan};
use candidacy_engine::summary::{Doubt, Scope, Summary};

use echo::{SpeltOut, echo, spelt_out, without_ids};

pub use line_mode::Lines;
pub use mask::{Mask, Masks};
pub use match_option::narrowed;
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
    /// How many there are as things are.
    pub at_least: usize,
    /// How many there are at most, whatever is answered from here on.
    pub at_most: usize,
    /// Which question of its topic this is, and how many the topic has as things are.
    pub in_topic: (usize, usize),
    /// What was answered before, on the way back.
    pub before: &'a Reply,
    /// The same, word for word; empty where nothing was.
    pub said_before: &'a str,
    /// Whether it was left out before.
    pub left_out_before: bool,
    /// Why the last try could not be read.
    pub complaint: Option<&'a AnswerError>,
    /// What the last answer changed.
    pub changes: Option<Changes>,
    /// Whether a private rule reads it, so that one may rather not say.
    pub private: bool,
    /// What of its answers may be shown again.
    pub mask: Mask<'a>,
}

impl Prompt<'_> {
    /// `Question 12 of 31 to 40 · 3 of 7 here`: the answers decide how many more follow.
    #[must_use]
    pub fn progress(&self) -> String {
        let (number, at_least, at_most) = (self.number, self.at_least, self.at_most);
        let to = if at_least == at_most {
            String::new()
        } else {
            format!("{at_least} to ")
        };
        let (here, all) = self.in_topic;
        let here = if all == at_least {
            String::new()
        } else {
            format!(" · {here} of {all} here")
        };
        format!("Question {number} of {to}{at_most}{here}")
    }
}

/// What a person says to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// An answer, in the words of a table cell.
    Reply(String),
    /// Nothing, where the question may be left out.
    Skip,
    /// To go back to the question before.
    Back(Begun),
    /// To see all answers.
    Review(Begun),
    /// To break off.
    Quit,
}

/// Whether a question is left with an answer that was begun but not confirmed:
/// options that are ticked, a line that is written. Whoever asks keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Nothing was begun.
    No,
    /// Something was; the question is put again before the interview ends.
    Yes,
}

/// One line of the review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What was asked, in a word or two.
    pub name: String,
    /// What was answered, as far as it may be shown.
    pub words: String,
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

/// What a person says to something that is no question of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// Yes.
    Yes,
    /// No, or not sure: it is not confirmed.
    No,
    /// To go back to the question before.
    Back,
    /// To see all answers.
    Review,
    /// To break off.
    Quit,
}

/// What is said to `?` where something is to be confirmed.
pub const CONFIRM_HELP: &str =
    "Only yes confirms it. No and not sure (u) do not. < goes back, r shows all answers, q quits.";

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
    /// plan. Not sure is not confirmed. If it is `private`, it is not left on the screen.
    ///
    /// # Errors
    ///
    /// As for [`Ask::ask`].
    fn confirm(&mut self, words: &str, private: bool) -> Result<Confirmed, Error>;

    /// Shows all answers.
    ///
    /// # Errors
    ///
    /// As for [`Ask::ask`].
    fn review(&mut self, rows: &[Row]) -> Result<Reviewed, Error>;
}

/// How a walk is made.
pub struct InterviewOptions<'m> {
    /// The day decided for.
    pub as_of: Date,
    /// The day it is made on.
    pub today: Date,
    /// Whether optional questions are left out.
    pub quick: bool,
    /// Who sees the screen.
    pub view: View,
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
    let mut walk = begin(plan, &manner);
    conduct(plan, &mut walk, manner, person)?;
    Ok(walk.answers().clone())
}

/// An interview that nothing has been asked in, except what was answered earlier.
#[must_use]
pub fn begin<'a>(plan: &'a Plan, manner: &InterviewOptions<'_>) -> Interview<'a> {
    let mut walk = Interview::new(plan, manner.as_of, manner.quick).on(manner.today);
    walk.resume(&manner.earlier);
    walk
}

/// Asks what is still to be asked, from where the interview is.
///
/// # Errors
///
/// As for [`interview`].
pub fn conduct(
    plan: &Plan,
    walk: &mut Interview<'_>,
    manner: InterviewOptions<'_>,
    person: &mut dyn Ask,
) -> Result<(), Error> {
    let InterviewOptions {
        as_of,
        today,
        view,
        keep,
        ..
    } = manner;
    let masks = Masks::new(plan, view);
    let mut complaint = None;
    let mut changes = None;
    // Only a change of finished answers begins at the review; that change is asked for first.
    let mut told_enough = matches!(walk.at(), At::Review);
    loop {
        match walk.at() {
            At::Question(question) => {
                let Some(asked) = plan.questions.get(question) else {
                    break;
                };
                let reader = plan.reader(as_of).said_on(today);
                let Some(mask) = masks.of(plan, question, reader) else {
                    break;
                };
                let prompt = walk.prompt(asked, question, mask);
                let reply = person.ask(&Prompt {
                    complaint: complaint.as_ref(),
                    changes,
                    ..prompt
                })?;
                (complaint, changes) = (None, None);
                match reply {
                    Response::Reply(text) => {
                        let before = walk.answers().reply(question).clone();
                        let text = match spelt_out(plan, reader, text, &before, mask, person)? {
                            SpeltOut::Text(text) => text,
                            // The question is put again.
                            SpeltOut::Back => continue,
                            SpeltOut::Review => {
                                walk.review();
                                continue;
                            }
                        };
                        match walk.answer(&text) {
                            Ok(more) => {
                                changes = more;
                                keep(&walk.texts())?;
                                echo(plan, walk.answers().reply(question), &text, mask, person)?;
                                guardian::ask(asked, walk, question, as_of, person)?;
                            }
                            Err(why) => complaint = Some(without_ids(&asked.question, why)),
                        }
                    }
                    Response::Skip => {
                        walk.skip();
                        keep(&walk.texts())?;
                    }
                    Response::Back(begun) => {
                        walk.leave(begun);
                        walk.back();
                    }
                    Response::Review(begun) => {
                        walk.leave(begun);
                        walk.review();
                    }
                    Response::Quit => return Err(Error::Stopped),
                }
            }
            At::Review => {
                if let Some(changes) = changes.take() {
                    person.understood(&changes.in_words())?;
                }
                let rows = rows(plan, walk, &masks, as_of);
                tell_doubts(plan, walk, as_of, view, person)?;
                match person.review(&rows)? {
                    Reviewed::Accept if walk.go_on() => {}
                    Reviewed::Accept => break,
                    Reviewed::Change(row) => walk.change(row),
                    Reviewed::Back => walk.back(),
                    Reviewed::Quit => return Err(Error::Stopped),
                }
            }
        }
        if let At::Question(_) = walk.at() {
            let enough = stop::enough(plan, &masks.without_private(walk.answers()), as_of);
            let put = enough && !told_enough;
            // After an edit that lets something lead on, it is worth telling again.
            told_enough = enough;
            if put {
                let said = person.confirm(&named(stop::OFFER, plan.specialist()), false)?;
                // After a way back or the review it is offered again.
                told_enough = said == Confirmed::No;
                match said {
                    Confirmed::Yes => break,
                    Confirmed::No => {}
                    Confirmed::Back => walk.back(),
                    Confirmed::Review => walk.review(),
                    Confirmed::Quit => return Err(Error::Stopped),
                }
            }
        }
    }
    Ok(())
}

/// Points at answers that cannot all be right.
fn tell_doubts(
    plan: &Plan,
    walk: &Interview<'_>,
    as_of: Date,
    view: View,
    person: &mut dyn Ask,
) -> Result<(), Error> {
    let private = private(plan, view);
    let patient = Patient::new(plan, walk.answers(), as_of);
    for doubt in Summary::of(&patient, &Scope::all(plan), as_of).doubts {
        if is_private(plan, &private, &doubt) {
            continue;
        }
        let words = match doubt {
            Doubt::Stated(number) => plan.doubts.get(number).map(|(label, _)| label.clone()),
            Doubt::ImpossibleDay(one) => plan.questions.get(one.question).map(|asked| {
                let reply = patient.answers.reply(one.question);
                impossible(
                    &heading(&asked.question.id),
                    &reply.in_full(&asked.question),
                    one.why,
                )
            }),
            // Only answers from before the interview: others are dropped at once.
            Doubt::NotAsked(question) => plan.questions.get(question).map(|asked| {
                let name = heading(&asked.question.id);
                format!("{name} was answered, but an earlier answer says that it does not apply; it counts")
            }),
        };
        if let Some(words) = words {
            person.understood(&format!("Look again: {words}."))?;
        }
    }
    Ok(())
}

/// The lines of the review, as far as they may be shown.
fn rows(plan: &Plan, walk: &Interview<'_>, masks: &Masks, as_of: Date) -> Vec<Row> {
    let row = |question: usize| {
        let asked = plan.questions.get(question)?;
        let mask = masks.of(plan, question, plan.reader(as_of))?;
        let name = if mask.hides_question() {
            "Private".to_owned()
        } else {
            heading(&asked.question.id)
        };
        let reply = walk.answers().reply(question);
        let words = mask.reply(reply);
        let words = match (walk.is_begun(question), reply) {
            (false, _) => words,
            (true, Reply::Blank) => "started, not confirmed yet".to_owned(),
            (true, _) => format!("{words}; a change is not confirmed yet"),
        };
        Some(Row { name, words })
    };
    let all = walk.rows().into_iter();
    all.filter_map(row).collect()
}
