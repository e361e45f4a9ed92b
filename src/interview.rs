//! Asks one person the questions of a plan.
//!
//! [`Interview`] holds the state: the current question, the answers so far and the next question.
//! It draws nothing and reads no keys. [`Ask`] is the user: at a terminal, or a list of replies in
//! a test.

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

/// A question, and what is shown with it.
#[derive(Clone, Copy, Debug)]
pub struct Prompt<'a> {
    /// The question.
    pub asked: &'a Asked,
    /// The title of its topic.
    pub topic: &'a str,
    /// The number of this question, from 1.
    pub number: usize,
    /// The number of questions if the answers so far stay the same.
    pub at_least: usize,
    /// The greatest number of questions that any later answers can lead to.
    pub at_most: usize,
    /// The number of this question in its topic, and the number of questions in the topic.
    pub in_topic: (usize, usize),
    /// The earlier answer, if the user came back to this question.
    pub before: &'a Reply,
    /// The earlier answer as it was typed; empty if there is none.
    pub said_before: &'a str,
    /// Whether the user skipped this question before.
    pub left_out_before: bool,
    /// Why the last input could not be read.
    pub complaint: Option<&'a AnswerError>,
    /// What the last answer changed.
    pub changes: Option<Changes>,
    /// Whether a private rule reads the answer; the user may then prefer not to say.
    pub private: bool,
    /// Which parts of its answers may be shown again.
    pub mask: Mask<'a>,
}

impl Prompt<'_> {
    /// `Question 12 of 31 to 40 · 3 of 7 here`: the number of questions that follow depends on the
    /// answers.
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

/// The user's response to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// An answer, as in a table cell.
    Reply(String),
    /// No answer; only for an optional question.
    Skip,
    /// Go back to the previous question.
    Back(Begun),
    /// Show all answers.
    Review(Begun),
    /// Stop the interview.
    Quit,
}

/// Whether the user leaves a question with an unconfirmed answer, such as ticked options or typed
/// text. The [`Ask`] keeps that answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// There is no unconfirmed answer.
    No,
    /// There is one; the question is asked again before the interview ends.
    Yes,
}

/// One line of the review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// A short name of the question.
    pub name: String,
    /// The answer, or the part of it that may be shown.
    pub words: String,
}

/// The user's response to the review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reviewed {
    /// The answers are correct.
    Accept,
    /// Change the answer in this row, counted from 0.
    Change(usize),
    /// Go back to the last question.
    Back,
    /// Stop the interview.
    Quit,
}

/// The user's response to a yes/no question that is not in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// Yes.
    Yes,
    /// No or not sure: nothing is confirmed.
    No,
    /// Go back to the previous question.
    Back,
    /// Show all answers.
    Review,
    /// Stop the interview.
    Quit,
}

/// The help text of a yes/no question that is not in the plan.
pub const CONFIRM_HELP: &str =
    "Only yes confirms it. No and not sure (u) do not. < goes back, r shows all answers, q quits.";

/// Asks the user.
pub trait Ask {
    /// Asks one question.
    ///
    /// # Errors
    ///
    /// If the terminal is closed, or the user interrupts the program.
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Response, Error>;

    /// Shows how an answer was read.
    ///
    /// # Errors
    ///
    /// As for [`Ask::ask`].
    fn understood(&mut self, words: &str) -> Result<(), Error>;

    /// Asks a yes/no question that is not in the plan. Only yes confirms it. If it is `private`,
    /// the answer is removed from the screen.
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

/// The options of an interview.
pub struct InterviewOptions<'m> {
    /// The treatment day for which the rules are evaluated.
    pub as_of: Date,
    /// Today.
    pub today: Date,
    /// Whether optional questions are skipped.
    pub quick: bool,
    /// Who sees the screen.
    pub view: View,
    /// Earlier answers as they were typed, by question.
    pub earlier: Vec<(usize, String)>,
    /// Called after every answer.
    pub keep: &'m mut Keep<'m>,
}

/// Receives the ids of all answered questions, and the answers as typed.
pub type Keep<'m> = dyn FnMut(&[(&str, &str)]) -> Result<(), Error> + 'm;

/// Asks all questions that apply, in order, and shows the answers for review.
///
/// # Errors
///
/// If the user stops, the terminal is closed, or the answers cannot be saved.
pub fn interview(
    plan: &Plan,
    options: InterviewOptions<'_>,
    person: &mut dyn Ask,
) -> Result<Answers, Error> {
    let mut interview = begin(plan, &options);
    conduct(plan, &mut interview, options, person)?;
    Ok(interview.answers().clone())
}

/// A new interview that contains only the earlier answers.
#[must_use]
pub fn begin<'a>(plan: &'a Plan, options: &InterviewOptions<'_>) -> Interview<'a> {
    let mut interview = Interview::new(plan, options.as_of, options.quick).on(options.today);
    interview.resume(&options.earlier);
    interview
}

/// Asks the remaining questions, from the current question on.
///
/// # Errors
///
/// As for [`interview`].
pub fn conduct(
    plan: &Plan,
    interview: &mut Interview<'_>,
    options: InterviewOptions<'_>,
    person: &mut dyn Ask,
) -> Result<(), Error> {
    let InterviewOptions {
        as_of,
        today,
        view,
        keep,
        ..
    } = options;
    let masks = Masks::new(plan, view);
    let mut complaint = None;
    let mut changes = None;
    // Only a change to finished answers begins at the review. The change is asked for first.
    let mut refused = matches!(interview.at(), At::Review);
    loop {
        match interview.at() {
            At::Question(question) => {
                let Some(asked) = plan.questions.get(question) else {
                    break;
                };
                let reader = plan.reader(as_of).answered_on(today);
                let Some(mask) = masks.of(plan, question, reader) else {
                    break;
                };
                let prompt = interview.prompt(asked, question, mask);
                let reply = person.ask(&Prompt {
                    complaint: complaint.as_ref(),
                    changes,
                    ..prompt
                })?;
                (complaint, changes) = (None, None);
                match reply {
                    Response::Reply(text) => {
                        let before = interview.answers().reply(question).clone();
                        let text = match spelt_out(plan, reader, text, &before, mask, person)? {
                            SpeltOut::Text(text) => text,
                            // The question is asked again.
                            SpeltOut::Back => continue,
                            SpeltOut::Review => {
                                interview.review();
                                continue;
                            }
                        };
                        match interview.answer(&text) {
                            Ok(more) => {
                                changes = more;
                                keep(&interview.texts())?;
                                echo(
                                    plan,
                                    interview.answers().reply(question),
                                    (&text, as_of),
                                    mask,
                                    person,
                                )?;
                                guardian::ask(asked, interview, question, as_of, person)?;
                            }
                            Err(why) => complaint = Some(without_ids(&asked.question, why)),
                        }
                    }
                    Response::Skip => {
                        interview.skip();
                        keep(&interview.texts())?;
                    }
                    Response::Back(begun) => {
                        interview.leave(begun);
                        interview.back();
                    }
                    Response::Review(begun) => {
                        interview.leave(begun);
                        interview.review();
                    }
                    Response::Quit => return Err(Error::Stopped),
                }
            }
            At::Review => {
                if let Some(changes) = changes.take() {
                    person.understood(&changes.in_words())?;
                }
                let rows = rows(plan, interview, &masks, as_of);
                tell_doubts(plan, interview, as_of, view, person)?;
                match person.review(&rows)? {
                    Reviewed::Accept if interview.go_on() => {}
                    Reviewed::Accept => break,
                    Reviewed::Change(row) => interview.change(row),
                    Reviewed::Back => interview.back(),
                    Reviewed::Quit => return Err(Error::Stopped),
                }
            }
        }
        if let At::Question(_) = interview.at()
            && stop::offer(plan, interview, &masks, as_of, &mut refused, person)?
        {
            break;
        }
    }
    Ok(())
}

/// Shows which answers cannot all be correct.
fn tell_doubts(
    plan: &Plan,
    interview: &Interview<'_>,
    as_of: Date,
    view: View,
    person: &mut dyn Ask,
) -> Result<(), Error> {
    let private = private(plan, view);
    let patient = Patient::new(plan, interview.answers(), as_of);
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
            // Only answers from before the interview. Others are removed at once.
            Doubt::NotAsked(question) => plan.questions.get(question).map(|asked| {
                let name = heading(&asked.question.id);
                format!("{name} was answered, but an earlier answer says that it does not apply; this answer still counts")
            }),
        };
        if let Some(words) = words {
            person.understood(&format!("Look again: {words}."))?;
        }
    }
    Ok(())
}

/// The lines of the review, without hidden parts.
fn rows(plan: &Plan, interview: &Interview<'_>, masks: &Masks, as_of: Date) -> Vec<Row> {
    let row = |question: usize| {
        let asked = plan.questions.get(question)?;
        let mask = masks.of(plan, question, plan.reader(as_of))?;
        let name = if mask.hides_question() {
            "Private".to_owned()
        } else {
            heading(&asked.question.id)
        };
        let reply = interview.answers().reply(question);
        let words = mask.reply(reply);
        let words = match (interview.is_begun(question), reply) {
            (false, _) => words,
            (true, Reply::Blank) => "started, not confirmed yet".to_owned(),
            (true, _) => format!("{words}; a change is not confirmed yet"),
        };
        Some(Row { name, words })
    };
    let all = interview.rows().into_iter();
    all.filter_map(row).collect()
}
