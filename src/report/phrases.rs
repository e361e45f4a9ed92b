//! The phrases that reports share, such as verdicts and grades in words.

use std::borrow::Cow;

use candidacy_engine::date::Date;
use candidacy_engine::impossible::Impossible;
use candidacy_engine::plan::{Asked, Header, Plan, Rule};
use candidacy_engine::verdict::{Grade, Verdict};

pub use candidacy_engine::suggest::count;

use super::model::{Because, Need, NotAskedHere, Reason, Relaxed, Report, SoFar, Unrecognised};
use super::specialist::named;

/// `eligible with precautions`.
#[must_use]
pub fn verdict(verdict: Verdict) -> String {
    verdict.word().replace('-', " ")
}

/// What the front desk should do with a report. `until` is the last day to book for, or empty.
#[must_use]
pub fn to_do(sheet: &Report<'_>, until: &str) -> String {
    let own = sheet.verdict;
    let applies = sheet.reasons().any(|reason| reason.counts_as == own);
    let words = match own {
        Verdict::EligibleWithPrecautions if !applies => {
            format!("Book{until}, and find out what is listed below: it may need a precaution.")
        }
        Verdict::Deferred if !applies => "Do not book yet. Find out what is listed below.".into(),
        verdict => desk_does(verdict, until),
    };
    named(&words, sheet.specialist)
}

/// The questions that would settle the verdict, each with what is known so far. If many are
/// unanswered, these are only counted.
#[must_use]
pub fn needs(sheet: &Report<'_>) -> Vec<String> {
    let unanswered = |need: &&Need<'_>| need.so_far == SoFar::Nothing;
    let many = sheet.needs.iter().filter(unanswered).count();
    let counted = many > MOST_UNANSWERED;
    let listed = sheet
        .needs
        .iter()
        .filter(|need| !counted || !unanswered(need));
    let mut words: Vec<String> = listed.map(need).collect();
    if counted {
        words.push(format!(
            "{} that matter were not answered.",
            count(many, "question")
        ));
    }
    words.dedup();
    words
}

/// Maximum number of unanswered questions that are listed one by one.
const MOST_UNANSWERED: usize = 5;

fn need(need: &Need<'_>) -> String {
    let ask = need.ask.unwrap_or("Something only the dermatologist asks.");
    match &need.so_far {
        SoFar::Nothing | SoFar::NotSure => ask.to_owned(),
        SoFar::VagueDay(so_far) => format!("{ask} A more exact date than \"{so_far}\" is needed."),
    }
}

/// What a verdict means at the front desk. `until` is the last day to book for, or empty.
#[must_use]
pub fn desk_does(verdict: Verdict, until: &str) -> String {
    let words = match verdict {
        Verdict::Eligible => return format!("Book{until}."),
        Verdict::EligibleWithPrecautions => {
            return format!("Book{until}, and hand over the precautions below.");
        }
        Verdict::Deferred => {
            "Do not book yet: book from the date, or when the condition below has cleared."
        }
        Verdict::DermatologistReview => "Book the dermatologist, not the treatment.",
        Verdict::NotEligible => "Do not book. Only a dermatologist may overrule this.",
    };
    words.to_owned()
}

/// Says that open answers do not matter because each leads to the verdict; none if they do matter.
#[must_use]
pub fn whichever(plan: &Plan, sheet: &Report<'_>) -> Option<String> {
    if sheet.whichever.is_empty() {
        return None;
    }
    let asked = sheet.whichever.iter().map(|id| {
        let asked = plan
            .question(id)
            .and_then(|number| plan.questions.get(number));
        asked.map_or("something only the dermatologist asks", |asked| {
            asked.question.ask.as_str()
        })
    });
    let asked: Vec<&str> = asked.collect();
    Some(format!(
        "Not known: {} Every possible answer leads to the verdict {}.",
        asked.join(" "),
        verdict(sheet.verdict)
    ))
}

/// Says which verdicts are still possible.
#[must_use]
pub fn not_settled(sheet: &Report<'_>) -> String {
    format!(
        "Not settled: complete answers could lead to anything from {} to {}.",
        verdict(sheet.range.best),
        verdict(sheet.range.worst)
    )
}

/// What ends a finding, and when.
#[must_use]
pub fn ends(reason: &Reason<'_>) -> Option<String> {
    let day = reason.until.map(Date::in_words);
    match (day, reason.clears) {
        (Some(day), None) => Some(format!("{day}, if nothing else changes")),
        (Some(day), Some(clears)) => Some(format!("{clears}; not before {day}")),
        (None, clears) => clears.map(str::to_owned),
    }
}

/// The words shown if no finding applies.
#[must_use]
pub fn no_reason(sheet: &Report<'_>) -> &'static str {
    if sheet.findings.is_empty() {
        "No answer is a reason against the treatment."
    } else {
        "No answer so far is a reason against the treatment, but some answers that matter are missing."
    }
}

/// The answers of a finding under their labels: those it relies on, or those that are missing or
/// not exact enough.
#[must_use]
pub fn rests_on(reason: &Reason<'_>) -> Vec<(&'static str, String)> {
    let words = |all: Vec<&Because<'_>>| {
        let words: Vec<&str> = all.iter().map(|one| one.in_words.as_str()).collect();
        words.join(", ")
    };
    let mut labels = Vec::new();
    if reason.applies() {
        labels.push(("because", words(reason.because.iter().collect())));
    } else {
        let (vague, missing) = reason.because.iter().partition(|one| one.vague);
        labels.push(("missing", words(missing)));
        labels.push(("vague date", words(vague)));
    }
    labels.retain(|(_, words)| !words.is_empty());
    labels
}

/// A medicine that is not recognised, with suggestions.
#[must_use]
pub fn not_recognised(one: &Unrecognised) -> String {
    let near = one
        .did_you_mean
        .as_ref()
        .map_or(String::new(), |name| format!(" Did you mean {name}?"));
    let holds = match one.generics.as_slice() {
        [] => String::new(),
        generics => format!(
            " It is {}, which is in no group of these rules.",
            generics.join(" with ")
        ),
    };
    format!(
        "\"{}\" is not in the lists, so the dermatologist looks at it.{near}{holds}",
        one.typed
    )
}

/// What a finding of this grade requires, in one or two words.
#[must_use]
pub fn asks_for(grade: Grade) -> &'static str {
    match grade {
        Grade::Precaution => "take care",
        Grade::Temporary => "wait",
        Grade::Relative => "ask the dermatologist",
        Grade::Absolute => "do not treat",
    }
}

/// An id as a heading: `active-acne` becomes `Active acne`.
#[must_use]
pub fn heading(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The questions with these ids as headings: `Active acne, Cold sores`.
#[must_use]
pub fn headings(ids: &[&str]) -> String {
    let names: Vec<String> = ids.iter().map(|id| heading(id)).collect();
    names.join(", ")
}

/// A rule's name in plain words.
#[must_use]
pub fn title(rule: &Rule) -> Cow<'_, str> {
    let own = rule.title.as_deref().map(Cow::Borrowed);
    own.unwrap_or_else(|| heading(&rule.id).into())
}

/// Who has reviewed a pack: `reviewed by Dr A. Example on 3 Nov 2026`.
#[must_use]
pub fn reviewed(pack: &Header) -> String {
    pack.review.as_ref().map_or_else(
        || "a draft that no named clinician has reviewed yet".to_owned(),
        |review| {
            format!(
                "reviewed by {} on {}",
                review.by,
                review.on.value.in_words()
            )
        },
    )
}

/// The packs of the rules, the top overlay first, each with who reviewed it. `mark` is printed
/// after the version of the first.
#[must_use]
pub fn packs(plan: &Plan, mark: &str) -> String {
    let pack = |(number, pack): (usize, &Header)| {
        let mark = if number == 0 { mark } else { "" };
        format!("{} {}{mark}, {}", pack.title, pack.version, reviewed(pack))
    };
    let packs: Vec<String> = plan.packs.iter().enumerate().map(pack).collect();
    packs.join(", over ")
}

/// Until when a question is not asked, and what counts instead: `until 30 Jun 2027; a blank counts as no`.
#[must_use]
pub fn left_out(plan: &Plan, asked: &Asked) -> Option<String> {
    let left_out = asked.left_out.as_ref()?;
    let until = plan.relaxations.get(left_out.by)?.until.in_words();
    Some(format!(
        "until {until}; a blank counts as {}",
        left_out.answer
    ))
}

/// Which questions are not asked here, with the answers that count; none if all are asked.
#[must_use]
pub fn not_asked_here(sheet: &Report<'_>) -> Option<String> {
    let one = |one: &NotAskedHere<'_>| {
        let (question, until) = (heading(one.question), one.until.in_words());
        format!("{question} (counts as {}, until {until})", one.answer)
    };
    let left_out: Vec<String> = sheet.not_asked_here.iter().map(one).collect();
    (!left_out.is_empty()).then(|| format!("Not asked here: {}.", left_out.join("; ")))
}

/// Says that a verdict relies on a relaxation: until when, who is responsible for it, and why.
#[must_use]
pub fn relies(one: &Relaxed<'_>) -> String {
    format!("Relies on rules {}", relaxed(one))
}

/// `relaxed until 30 Jun 2027; Dr A. Example is responsible: ...`
#[must_use]
pub fn relaxed(one: &Relaxed<'_>) -> String {
    let until = until(one.until);
    let owner = one.owner;
    let owner = owner.map_or(String::new(), |owner| format!("; {owner} is responsible"));
    format!("relaxed{until}{owner}: {}", one.reason)
}

/// ` until 30 Jun 2027`; empty if there is no such day.
#[must_use]
pub fn until(day: Option<Date>) -> String {
    day.map_or(String::new(), |day| format!(" until {}", day.in_words()))
}

/// Says that the day answered to the question with this name cannot be right.
#[must_use]
pub fn impossible(name: &str, day: &str, why: Impossible) -> String {
    format!(
        "{name}: {day} {}, so it counts as not known",
        why.in_words()
    )
}

/// When treatment may go ahead: `from 1 Mar 2027`. If it may go ahead now but not after some day:
/// `until 30 Jun 2027, and again from 8 Jul 2027`. If it may go ahead for a time before it is stopped again, that time comes
/// first: `from 8 Dec 2026 until 15 Feb 2027, and again from 15 Mar 2027`. `mark` is printed on either side of a day.
#[must_use]
pub fn may_go_ahead(sheet: &Report<'_>, mark: &str) -> Option<String> {
    let marked = |day: Date| format!("{mark}{}{mark}", day.in_words());
    sheet.eligible_from?;
    let (mut times, mut went_ahead) = (Vec::<String>::new(), false);
    for step in &sheet.timeline {
        let goes_ahead = step.verdict.goes_ahead();
        if goes_ahead && !went_ahead && step.from > sheet.as_of {
            times.push(format!("from {}", marked(step.from)));
        }
        if went_ahead && !goes_ahead {
            let from = times.pop().map_or_else(String::new, |from| from + " ");
            times.push(format!("{from}until {}", marked(step.from.plus_days(-1))));
        }
        went_ahead = goes_ahead;
    }
    Some(times.join(", and again "))
}

#[cfg(test)]
mod tests {
    use super::{count, heading, may_go_ahead};
    use crate::report::model::{View, sheet};
    use crate::report::test_support;
    use candidacy_engine::assess::assess;

    const PACK: &str = "\
questions:
  - {id: acne, ask: Acne?, type: yes-no}
rules:
  - {id: spell, grade: relative, when: acne is yes, from: 2026-12-01, to: 2026-12-31, why: w, sources: [P4]}
";

    #[test]
    fn a_treatment_that_may_go_ahead_only_now_is_not_deferred() {
        let plan = test_support::plan(PACK);
        let on = |day: &str| {
            let day = test_support::day(day);
            let mut answers = plan.blank_answers();
            let reply = plan.reader(day).reply(&plan.questions[0].question, "yes");
            answers.set(0, reply.expect("an answer"));
            let assessment = assess(&plan, &answers, day);
            may_go_ahead(&sheet(&plan, &answers, &assessment, View::Desk), "*")
        };
        let before = on("2026-11-20");
        assert_eq!(
            before.as_deref(),
            Some("until *30 Nov 2026*, and again from *1 Jan 2027*")
        );
        assert_eq!(on("2026-12-01").as_deref(), Some("from *1 Jan 2027*"));
        assert_eq!(on("2027-01-01"), None);
    }

    /// A wait that ends well before a planned day, and one that does not.
    #[test]
    fn a_time_before_a_planned_day_is_named() {
        let plan = test_support::plan(
            "\
questions:
  - {id: peel, ask: Peel?, type: event}
  - {id: vaccine, ask: Vaccine?, type: event, planned: yes}
rules:
  - {id: peel, grade: temporary, when: peel within 4 weeks, why: w, sources: [P4]}
  - {id: vaccine, grade: temporary, when: vaccine within 2 weeks before or after, why: w, sources: [P4]}
",
        );
        let with = |peel: &str, vaccine: &str| {
            let day = test_support::day("2026-11-20");
            let (reader, mut answers) = (plan.reader(day), plan.blank_answers());
            for (number, text) in [peel, vaccine].into_iter().enumerate() {
                let reply = reader.reply(&plan.questions[number].question, text);
                answers.set(number, reply.expect("an answer"));
            }
            let assessment = assess(&plan, &answers, day);
            may_go_ahead(&sheet(&plan, &answers, &assessment, View::Desk), "")
        };
        for (peel, vaccine, expected) in [
            ("never", "never", None),
            (
                "never",
                "2026-12-10",
                Some("until 26 Nov 2026, and again from 24 Dec 2026"),
            ),
            ("never", "2026-11-25", Some("from 9 Dec 2026")),
            (
                "2026-11-10",
                "2027-03-01",
                Some("from 8 Dec 2026 until 15 Feb 2027, and again from 15 Mar 2027"),
            ),
            ("2026-11-10", "2026-12-10", Some("from 24 Dec 2026")),
        ] {
            assert_eq!(with(peel, vaccine).as_deref(), expected, "{peel} {vaccine}");
        }
    }

    #[test]
    fn as_people_say_it() {
        assert_eq!(heading("active-acne"), "Active acne");
        assert_eq!(
            (count(1, "row"), count(0, "row")),
            ("1 row".to_owned(), "0 rows".to_owned())
        );
    }
}
