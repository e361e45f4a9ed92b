//! What a question says of interviews and of older answers: its preset answer, the age for a
//! guardian, and the questions that take answers it had.

use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::pack::{self, Pack};
use crate::plan::Plan;
use crate::source::Located;
use crate::suggest::way_out;

/// Complaints about answers that cannot be preset, about ages for a guardian that no date of
/// birth has, and about answers that moved to no question.
pub fn wrong(pack: &Pack, plan: &Plan) -> Problems {
    let questions = pack.questions.iter();
    let preset = questions.clone().filter_map(|one| preset(one, plan));
    let guardian = questions.clone().filter_map(guardian);
    let moved = questions.flat_map(|one| moved(one, plan));
    preset.chain(guardian).chain(moved).collect()
}

fn preset(question: &pack::Question, plan: &Plan) -> Option<Diagnostic> {
    let preset = question.preset.as_ref()?;
    let id = &question.id.value;
    if !question.staff {
        let message = format!("`{id}` is a question for the patient, and has no `preset`");
        return Some(
            Diagnostic::new(Code::WrongShape, preset.place, message)
                .help("leave `preset` out; only a question with `staff: yes` may have one"),
        );
    }
    let asked = plan.questions.get(plan.question(id)?)?;
    // The day only bounds days that are answered, and none is to be preset.
    let read = plan
        .reader(Date::EARLIEST)
        .reply(&asked.question, &preset.value);
    match read {
        Ok(reply) if !reply.is_blank() => None,
        Ok(_) => {
            let message = format!("the `preset` of `{id}` is blank, which is not an answer");
            Some(
                Diagnostic::new(Code::UnreadableAnswer, preset.place, message)
                    .help("write an answer, or leave `preset` out"),
            )
        }
        Err(why) => {
            Some(Diagnostic::new(Code::UnreadableAnswer, preset.place, why.message).help(why.help))
        }
    }
}

fn guardian(question: &pack::Question) -> Option<Diagnostic> {
    let age = question
        .guardian_under
        .as_ref()
        .filter(|_| !question.birth)?;
    let message = format!(
        "`{}` does not ask for the date of birth, and has no `guardian_under`",
        question.id.value
    );
    Some(
        Diagnostic::new(Code::WrongShape, age.place, message)
            .help("add `birth: yes`, or leave `guardian_under` out"),
    )
}

fn moved(question: &pack::Question, plan: &Plan) -> Problems {
    let ids = || {
        plan.questions
            .iter()
            .map(|asked| asked.question.id.as_str())
    };
    let nowhere = question.moved.iter().map(|moved| &moved.to);
    let nowhere = nowhere.filter(|to| plan.question(&to.value).is_none());
    let problem = |to: &Located<String>| {
        let message = format!("no question is called `{}`", to.value);
        Diagnostic::new(Code::UnknownQuestion, to.place, message).help(way_out(
            &to.value,
            "question",
            ids(),
        ))
    };
    nowhere.map(problem).collect()
}
