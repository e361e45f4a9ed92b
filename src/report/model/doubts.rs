//! Contradictory answers, limited to what the reader may see.

use std::borrow::Cow;

use candidacy_engine::answer::{Answers, days_of};
use candidacy_engine::assess::Assessment;
use candidacy_engine::condition::Condition;
use candidacy_engine::plan::Plan;
use candidacy_engine::private::Private;
use candidacy_engine::summary::Doubt;

use super::{Contradiction, KEPT_DOUBT, View};
use crate::report::{conditions, phrases};

/// Answers to questions that do not apply. For the desk, those that involve a private question are
/// left out.
pub(super) fn contradictions<'a>(
    plan: &'a Plan,
    answers: &Answers,
    assessment: &Assessment,
    private: &Private,
    view: View,
) -> Vec<Contradiction<'a>> {
    let contradiction = |number: usize| {
        let asked = plan.questions.get(number)?;
        if private.hides(number) {
            return None;
        }
        let hide = view == View::Desk && plan.is_private(number);
        let reply = answers.reply(number);
        let shown = |words: String| (!hide).then_some(words);
        let gate = asked.gate.as_ref();
        let only_when = gate.map(|gate| conditions::in_a_sentence(plan, gate));
        let tests = gate.into_iter().flat_map(Condition::tests);
        let words: Vec<&str> = tests.map(|test| test.words.as_str()).collect();
        Some(Contradiction {
            question: &asked.question.id,
            answer: shown(reply.in_words(&asked.question)),
            asked_when: words.join(", "),
            answer_in_full: shown(reply.in_full(&asked.question)),
            asked_when_in_words: only_when.unwrap_or_default(),
        })
    };
    assessment.not_asked().filter_map(contradiction).collect()
}

/// The doubts that hold. For the desk, one sentence replaces all doubts about private answers.
pub(super) fn doubts<'a>(
    plan: &'a Plan,
    answers: &Answers,
    assessment: &Assessment,
    private: &Private,
) -> Vec<Cow<'a, str>> {
    let mut doubts = Vec::new();
    let mut kept = false;
    for doubt in &assessment.doubts {
        if is_private(plan, private, doubt) {
            kept = true;
            continue;
        }
        let words = match doubt {
            Doubt::Stated(number) => plan
                .doubts
                .get(*number)
                .map(|(label, _)| Cow::Borrowed(label.as_str())),
            Doubt::ImpossibleDay(one) => plan.questions.get(one.question).map(|asked| {
                let days = days_of(answers.reply(one.question));
                let day = days.map_or(String::new(), |days| days.to_string());
                phrases::impossible(&phrases::heading(&asked.question.id), &day, one.why).into()
            }),
            // It is reported as a contradiction.
            Doubt::NotAsked(_) => None,
        };
        doubts.extend(words);
    }
    doubts.extend(kept.then_some(Cow::Borrowed(KEPT_DOUBT)));
    doubts
}

/// Whether a doubt names or reads something private.
#[must_use]
pub fn is_private(plan: &Plan, private: &Private, doubt: &Doubt) -> bool {
    match doubt {
        Doubt::Stated(number) => {
            let doubt = plan.doubts.get(*number);
            doubt.is_some_and(|(_, condition)| private.reads(condition))
        }
        Doubt::NotAsked(question) => private.hides(*question),
        Doubt::ImpossibleDay(one) => private.hides(one.question),
    }
}

/// Everything that `view` must not see.
#[must_use]
pub fn private(plan: &Plan, view: View) -> Private {
    match view {
        View::Clinician => Private::default(),
        View::Desk => Private::of(plan.private_conditions(), &plan.questions),
    }
}
