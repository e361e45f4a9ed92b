//! Whether a day is possible, judged only from its own cell.
//!
//! A day before the date of birth is impossible, but the date of birth is in another cell. The memo
//! sees single cells. So it only accepts rows for which two things hold: the patient is at least `CUT`
//! years old, and no day in the row is more than `CUT` years ago. Other rows are evaluated in full.

use candidacy_engine::answer::{Answers, Reply, days_of};
use candidacy_engine::date::{Date, Days};
use candidacy_engine::impossible::{Impossible, earliest, impossible_birth, impossible_day};
use candidacy_engine::plan::Plan;

/// A number of years. Any number gives the same results. With this one, few rows need full
/// evaluation: few patients of clinics are younger, and few answers have earlier days.
const CUT: i32 = 16;

/// Whether a day is possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnDay {
    /// It is possible, or there is no day.
    Possible,
    /// It is impossible, whatever the rest of the row says.
    Impossible(Impossible),
    /// It depends on another cell.
    Unsettled,
}

/// Whether the day of `reply` to `question` is possible in a row that the memo accepts.
pub fn own_day(plan: &Plan, question: usize, reply: &Reply, as_of: Date) -> OwnDay {
    let Some(days) = days_of(reply) else {
        return OwnDay::Possible;
    };
    let cut = as_of.plus_months(-12 * CUT);
    let settled = |why: Option<Impossible>| why.map_or(OwnDay::Possible, OwnDay::Impossible);
    if plan.birth == Some(question) {
        return match impossible_birth(days, as_of) {
            None if days.first.is_some_and(|first| first > cut) => OwnDay::Unsettled,
            why => settled(why),
        };
    }
    let asked = plan.questions.get(question);
    let latest = asked.map_or(as_of, |asked| asked.question.latest_day(as_of));
    let impossible = |born| impossible_day(days, born, [as_of, latest]);
    let unknown = impossible(None);
    let born_on = |day: Date| impossible(Some(Days::on(day)));
    let same = [earliest(as_of), cut].map(born_on) == [unknown; 2];
    if plan.birth.is_none() || same {
        settled(unknown)
    } else {
        OwnDay::Unsettled
    }
}

/// Whether the memo accepts rows with these answers in addition to their cells.
pub fn settled(plan: &Plan, answers: &Answers, as_of: Date) -> bool {
    let unsettled = |question: usize| {
        own_day(plan, question, answers.reply(question), as_of) == OwnDay::Unsettled
    };
    !(0..plan.questions.len()).any(unsettled)
}

#[cfg(test)]
mod tests {
    use super::{OwnDay, own_day};
    use crate::report::test_support::{day, plan};
    use candidacy_engine::impossible::Impossible::{Placeholder, TooLongAgo, TooOld};

    #[test]
    fn what_a_cell_says_alone() {
        #[track_caller]
        fn case(question: &str, answer: &str, expected: OwnDay) {
            let plan = plan(
                "\
questions:
  - {id: born, ask: Born?, type: date, birth: yes}
  - {id: peel, ask: Peel?, type: event}
rules:
  - {id: peeled, grade: temporary, when: peel within 4 weeks, why: w, sources: [P4]}
  - {id: minor, grade: absolute, when: born within 18 years, why: w, sources: [P4]}
",
            );
            let as_of = day("2026-11-20");
            let number = plan.question(question).expect("a question");
            let question = &plan.questions[number].question;
            let reply = plan
                .reader(as_of)
                .reply(question, answer)
                .expect("an answer");
            assert_eq!(own_day(&plan, number, &reply, as_of), expected, "{answer}");
        }

        case("born", "1990-05-04", OwnDay::Possible);
        case("born", "2010-11-20", OwnDay::Possible);
        case("born", "2010-11-21", OwnDay::Unsettled);
        case(
            "born",
            "2026-11-20",
            OwnDay::Impossible(super::Impossible::BornToday),
        );
        case("born", "1906-11-20", OwnDay::Possible);
        case("born", "1906-11-19", OwnDay::Impossible(TooOld));
        case("peel", "never", OwnDay::Possible);
        case("peel", "2026", OwnDay::Possible);
        case("peel", "2010-11-20", OwnDay::Possible);
        case("peel", "2010-11-19", OwnDay::Unsettled);
        case("peel", "1970-01-01", OwnDay::Unsettled);
        case("peel", "1906-11-19", OwnDay::Impossible(TooLongAgo));
        case("peel", "1900-01-01", OwnDay::Impossible(Placeholder));
        case("peel", "9999-12-31", OwnDay::Impossible(Placeholder));
    }
}
