//! Questions that a relaxation leaves out: the answer that counts for them, in the rules that read them.
//!
//! Only a blank becomes that answer. An answer that is given all the same counts as in the base.

use std::collections::HashMap;

use crate::answer::{Cause, Reader, Reply, Value};
use crate::condition::Condition;
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::medicine::Recogniser;
use crate::pack::Pack;
use crate::plan::{Asked, LeftOut, Rule};
use crate::source::Located;
use crate::truth::Truth;

/// What is needed to read the answers.
#[derive(Clone, Copy)]
pub struct Answerer<'a> {
    /// The questions.
    pub questions: &'a [Asked],
    /// The names of medicines.
    pub medicines: &'a Recogniser,
}

impl<'a> Answerer<'a> {
    /// Puts the answers for the questions that `pack` leaves out into the rules.
    pub fn put(self, pack: &Pack, rules: &mut [Rule]) {
        let left_out = pack.questions.iter();
        let left_out = left_out.filter_map(|one| Some((&one.id.value, one.left_out.as_ref()?)));
        let replies: HashMap<usize, Reply> = left_out
            .filter_map(|(id, answer)| {
                let (number, asked) = self.question(id)?;
                Some((number, self.read(asked, answer).ok()?))
            })
            .collect();
        if replies.is_empty() {
            return;
        }
        for rule in rules {
            answer(&mut rule.when, &replies);
        }
    }

    /// Says of each question whether it is left out, and returns the problems of the answers.
    pub fn wrong(self, pack: &Pack) -> (HashMap<usize, LeftOut>, Problems) {
        let (mut found, mut problems) = (HashMap::new(), Vec::new());
        for (by, relaxation) in pack.overlay.relaxations.iter().enumerate() {
            for (id, written) in &relaxation.left_out {
                // An unknown question is reported where it is named.
                let Some((number, asked)) = self.question(&id.value) else {
                    continue;
                };
                problems.extend(self.read(asked, written).err().map(|problem| *problem));
                let answer = written.value.clone();
                found.insert(number, LeftOut { answer, by });
            }
        }
        (found, problems)
    }

    fn question(self, id: &str) -> Option<(usize, &'a Asked)> {
        let mut questions = self.questions.iter().enumerate();
        questions.find(|(_, asked)| asked.question.id == id)
    }

    /// The answer; a problem if it does not settle every rule that reads the question, on every day.
    fn read(self, asked: &Asked, written: &Located<String>) -> Result<Reply, Box<Diagnostic>> {
        let reader = Reader {
            medicines: self.medicines,
            as_of: Date::EARLIEST,
            answered_on: Date::EARLIEST,
            format: None,
            born: None,
            wording: None,
        };
        let problem = |message| Diagnostic::new(Code::UnreadableAnswer, written.place, message);
        let id = &asked.question.id;
        match reader.reply(&asked.question, &written.value) {
            Ok(Reply::Given(value)) if is_settled(&value) => Ok(Reply::Given(value)),
            Err(why) if why.cause != Cause::LaterDay => {
                Err(Box::new(problem(why.message).help(why.help)))
            }
            _ => {
                let message = format!(
                    "`{}` does not say all that rules ask of `{id}`",
                    written.value
                );
                Err(Box::new(problem(message).help(
                    "write an answer without a day and without doubt, such as `no`, `never`, `none` or an option",
                )))
            }
        }
    }
}

/// Whether an answer makes every sentence yes or no, on every day.
fn is_settled(value: &Value) -> bool {
    let known = |truth: Truth| truth != Truth::Unknown;
    value.days().is_none()
        && match value {
            Value::Choices(marks) => marks.iter().all(|mark| known(mark.truth())),
            Value::Medicines(medicines) => {
                known(medicines.unrecognised) && medicines.groups.iter().copied().all(known)
            }
            _ => true,
        }
}

/// Says in every test of these questions what it comes to.
fn answer(condition: &mut Condition, replies: &HashMap<usize, Reply>) {
    match condition {
        Condition::Test(test) => {
            if let Some(reply) = replies.get(&test.question) {
                let truth = test.check.of(reply, false, Date::EARLIEST);
                test.if_left_out = Some(truth == Truth::Yes);
            }
        }
        Condition::All(parts) | Condition::Any(parts) | Condition::None(parts) => {
            for part in parts {
                answer(part, replies);
            }
        }
        Condition::Not(part) => answer(part, replies),
    }
}
