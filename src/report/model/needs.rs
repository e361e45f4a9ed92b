//! The questions that still matter, and what is known so far.

use candidacy_engine::answer::{Reply, days_of};
use candidacy_engine::evaluate::Patient;
use candidacy_engine::plan::Plan;

/// A question whose answer would help to settle the verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need<'a> {
    /// The question's id, or `private`.
    pub question: &'a str,
    /// The text of the question; none if it is private.
    pub ask: Option<&'a str>,
    /// The answer so far.
    pub so_far: SoFar,
}

/// The answer so far to a question that still matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SoFar {
    /// No answer.
    Nothing,
    /// The patient is not sure, or the list may be incomplete.
    NotSure,
    /// A day that is not exact enough, in words.
    VagueDay(String),
}

impl<'a> Need<'a> {
    /// Describes question number `question`; `id` is `private` if the reader must not see its id.
    pub(super) fn of(plan: &'a Plan, patient: &Patient<'_>, question: usize, id: &'a str) -> Self {
        let asked = plan.questions.get(question);
        let asked = asked.filter(|asked| asked.question.id == id);
        let reply = patient.reply(question);
        let so_far = match (reply, asked) {
            (Reply::Blank, _) => SoFar::Nothing,
            (reply, Some(asked)) if is_vague(patient, question) => {
                SoFar::VagueDay(reply.in_full(&asked.question))
            }
            _ => SoFar::NotSure,
        };
        Self {
            question: id,
            ask: asked.map(|asked| asked.question.ask.as_str()),
            so_far,
        }
    }
}

/// Whether the answer to `question` is a day that is not exact.
pub(super) fn is_vague(patient: &Patient<'_>, question: usize) -> bool {
    days_of(patient.reply(question)).is_some_and(|days| days.exact().is_none())
}

#[cfg(test)]
mod tests {
    use crate::report::handout::Letterhead;
    use crate::report::model::{Report, View, sheet};
    use crate::report::style::Style;
    use crate::report::test_support::{day, plan};
    use crate::report::{brief, full, handout, note, phrases, verdict_line};
    use candidacy_engine::assess::assess;
    use candidacy_engine::plan::Plan;

    const PACK: &str = "\
questions:
  - {id: acne, ask: Acne?, type: yes-no}
  - {id: peel, ask: When was the last peel?, type: event}
  - {id: virus, ask: Virus?, type: yes-no}
rules:
  - {id: spots, grade: temporary, when: acne is yes, clears: when calm, why: Needles carry germs., sources: [P4]}
  - {id: peeled, grade: temporary, when: peel within 3 months, why: The skin peels., sources: [P4]}
  - {id: hidden, grade: absolute, when: virus is yes, private: yes, why: Blood., sources: [P4]}
";

    fn answered(plan: &Plan, answers: &[(&str, &str)], read: impl Fn(&Report<'_>)) {
        let today = day("2026-11-20");
        let mut said = plan.blank_answers();
        for (id, text) in answers {
            let number = plan.question(id).expect("a question");
            let question = &plan.questions[number].question;
            let reply = plan.reader(today).reply(question, text);
            said.set(number, reply.expect("an answer"));
        }
        let assessment = assess(plan, &said, today);
        read(&sheet(plan, &said, &assessment, View::Desk));
    }

    #[test]
    fn no_reader_sees_a_reason_that_may_not_apply() {
        let plan = plan(PACK);
        let answers = [("acne", "not sure"), ("peel", "2026"), ("virus", "no")];
        answered(&plan, &answers, |sheet| {
            let full = full::document(&plan, sheet, &[], View::Desk);
            let handout = handout::document(&plan, sheet, &[], Letterhead::default());
            let forms = [
                full.text(Style::plain(80)),
                full.markdown(),
                full.html(),
                brief::brief(sheet, Style::plain(80), usize::MAX),
                verdict_line::last_line(sheet),
                note::document(&plan, sheet, &[], View::Desk).lines(),
                handout.text(Style::plain(80)),
                handout.markdown(),
                handout.html(),
            ];
            for form in forms {
                let body = form.split("</style>").last().unwrap_or_default();
                let form = body.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(!form.contains("germs") && !form.contains("peels"), "{form}");
                assert!(form.contains("ore exact date"), "{form}");
            }
            assert_eq!(sheet.closer_date, ["peel"]);
        });
    }

    #[test]
    fn what_is_needed_is_asked_as_the_patient_hears_it() {
        let plan = plan(PACK);
        let needed = |answers: &[(&str, &str)], expected: &[&str]| {
            answered(&plan, answers, |sheet| {
                assert_eq!(phrases::needs(sheet), expected, "{answers:?}");
            });
        };
        let closer = "When was the last peel? A more exact date than \"2026-01-01 to 2026-11-20\" is needed.";
        needed(
            &[("acne", "no"), ("peel", "2026"), ("virus", "no")],
            &[closer],
        );
        let private = "Something only the dermatologist asks.";
        needed(
            &[("acne", "not sure"), ("peel", "never")],
            &["Acne?", private],
        );
        needed(&[("acne", "no"), ("peel", "never"), ("virus", "no")], &[]);
    }
}
