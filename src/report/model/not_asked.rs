//! The questions without an answer: those that are left out here, and those that were not reached.

use candidacy_engine::assess::Assessment;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::plan::Plan;
use candidacy_engine::truth::Truth;

use super::NotAskedHere;

/// The questions that are left out and have no answer.
pub fn not_asked_here<'a>(plan: &'a Plan, patient: &Patient<'_>) -> Vec<NotAskedHere<'a>> {
    let questions = plan.questions.iter().enumerate();
    let left_out = questions.filter(|(number, _)| patient.is_left_out(*number));
    left_out
        .filter_map(|(number, asked)| {
            let (answer, until) = plan.left_out(number, patient.as_of)?;
            let question = asked.question.id.as_str();
            Some(NotAskedHere {
                question,
                answer,
                until,
            })
        })
        .collect()
}

/// How many questions of undecided rules apply but have no answer. Optional questions are not counted.
pub fn not_asked(plan: &Plan, patient: &Patient<'_>, assessment: &Assessment) -> usize {
    let open = assessment.undecided.iter().filter(|question| {
        let asked = plan.questions.get(**question);
        let optional = asked.is_some_and(|asked| asked.question.optional);
        !optional && patient.reply(**question).is_blank() && patient.gate(**question) == Truth::Yes
    });
    open.count()
}
